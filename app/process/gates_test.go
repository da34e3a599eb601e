package process_test

import (
	"slices"
	"testing"

	"pgregory.net/rapid"

	"fieldbook/app/process"
	"fieldbook/data"
)

// book has the stages First, Second, Third, Won and Lost, each with a criterion
// at its entry and, where it is open, one at its exit.
type book struct {
	ids   map[string]data.ID
	rules *process.Rules
}

var stageNames = []string{"First", "Second", "Third", "Won", "Lost"}

func newBook() book {
	b := book{ids: map[string]data.ID{}}
	var places []process.Place
	var criteria []process.Criterion
	pipeline := data.NewID()
	for i, name := range stageNames {
		b.ids[name] = data.NewID()
		p := process.Place{ID: b.ids[name], Pipeline: pipeline, Type: data.StageOpen, Position: i + 1}
		switch name {
		case "Won":
			p.Type = data.StageWon
		case "Lost":
			p.Type = data.StageLost
		}
		places = append(places, p)
		criteria = append(criteria, process.Criterion{ID: data.NewID(), Stage: p.ID, Gate: data.GateEntry, Name: "into " + name, Type: data.CriterionChecklist})
		if p.Type == data.StageOpen {
			criteria = append(criteria, process.Criterion{ID: data.NewID(), Stage: p.ID, Gate: data.GateExit, Name: "out of " + name, Type: data.CriterionChecklist})
		}
	}
	other := process.Place{ID: data.NewID(), Pipeline: data.NewID(), Type: data.StageOpen, Position: 1}
	b.ids["Other"] = other.ID
	criteria = append(criteria, process.Criterion{ID: data.NewID(), Stage: other.ID, Gate: data.GateEntry, Name: "into Other"})
	b.rules = process.NewRules(criteria, append(places, other))
	return b
}

func names(list []process.Criterion) []string {
	var out []string
	for _, c := range list {
		out = append(out, c.Name)
	}
	return out
}

func TestMovesAskForWhatTheyPass(t *testing.T) {
	b := newBook()
	for _, c := range []struct {
		from, to string
		want     []string
	}{
		{"First", "Second", []string{"out of First", "into Second"}},
		{"First", "Third", []string{"out of First", "into Second", "out of Second", "into Third"}},
		{"Second", "Won", []string{"out of Second", "into Third", "out of Third", "into Won"}},
		{"Third", "First", nil},
		{"Second", "Lost", []string{"into Lost"}},
		{"Won", "Second", nil},
		{"", "Second", []string{"into Second"}},
		{"First", "Other", []string{"into Other"}},
		{"First", "First", nil},
	} {
		if got := names(b.rules.Asked(b.ids[c.from], b.ids[c.to])); !slices.Equal(got, c.want) {
			t.Errorf("%s to %s asks for %q, want %q", c.from, c.to, got, c.want)
		}
	}
}

func TestCriteriaAreMetByTickFieldOrPoints(t *testing.T) {
	framework := data.NewID()
	tick := process.Criterion{ID: data.NewID(), Type: data.CriterionChecklist}
	field := process.Criterion{ID: data.NewID(), Type: data.CriterionField, Field: "amount"}
	points := process.Criterion{ID: data.NewID(), Type: data.CriterionFramework, Framework: framework, Points: 4}
	all := []process.Criterion{tick, field, points}
	if got := process.Missing(process.Judge(all, process.Work{})); len(got) != 3 {
		t.Errorf("a deal without any work misses %d of 3", len(got))
	}
	w := process.Work{Met: map[data.ID]bool{tick.ID: true}, Points: map[data.ID]int{framework: 3}, Filled: func(f string) bool { return f == "amount" }}
	got := process.Missing(process.Judge(all, w))
	if len(got) != 1 || got[0].ID != points.ID || got[0].Points != 3 {
		t.Errorf("missing %+v", got)
	}
	w.Points[framework] = 4
	if got := process.Missing(process.Judge(all, w)); len(got) != 0 {
		t.Errorf("missing %+v", got)
	}
}

// TestSkippingAsksForNoLess holds that a leap asks for all that the steps of the
// way ask for together.
func TestSkippingAsksForNoLess(t *testing.T) {
	b := newBook()
	rapid.Check(t, func(t *rapid.T) {
		from := rapid.IntRange(0, 2).Draw(t, "from")
		to := rapid.IntRange(from+1, 3).Draw(t, "to")
		var steps []string
		for i := from; i < to; i++ {
			steps = append(steps, names(b.rules.Asked(b.ids[stageNames[i]], b.ids[stageNames[i+1]]))...)
		}
		if got := names(b.rules.Asked(b.ids[stageNames[from]], b.ids[stageNames[to]])); !slices.Equal(got, steps) {
			t.Fatalf("the leap asks for %q, the steps for %q", got, steps)
		}
	})
}

func TestNoCriteriaAskForNothing(t *testing.T) {
	var none *process.Rules
	if !none.None() || none.Asked(data.NewID(), data.NewID()) != nil || none.Of(data.NewID(), data.GateExit) != nil {
		t.Error("rules of a book without criteria ask for something")
	}
}
