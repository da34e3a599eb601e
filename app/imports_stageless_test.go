package app

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"

	"fieldbook/data"
)

const stagelessDeals = "Deal ID,Deal name,Pipeline,Stage,Probability,Amount\n1,Loom,North,Talk,20,1\n2,Kiln,North,Offer,60,1\n3,Oil,North,,,1\n4,Pump,South,Visit,30,1\n5,Saw,South,,,1\n6,Axe,South,Signed (won),100,1\n"

// Deals without a stage go into the first open one of their pipeline, or where
// the person or a mapping says; deals that the book has keep theirs.
func TestDealsWithoutAStage(t *testing.T) {
	for _, c := range []struct{ mapping, want, lacking string }{
		{"", "Talk Visit", "[{no account 6} {no close day 6} {no stage, put into Talk 1} {no stage, put into Visit 1}]"},
		{`{"no_stage": "offer"}`, "Offer Offer", "[{no account 6} {no close day 6} {no stage, put into Offer 2}]"},
		{`{"no_stage": "set aside"}`, "", "[{no account 4} {no close day 4}]"},
	} {
		a := importBook(t)
		opt := PlanOptions{}
		if c.mapping != "" {
			m, err := ParseMapping([]byte(c.mapping))
			if err != nil {
				t.Fatal(err)
			}
			opt.Mapping = m
		}
		f := importText(t, a, opt, stagelessDeals).Files[0]
		var got []string
		if f.SetAside == 0 {
			got = []string{importRow1(t, a, data.KindDeal, "3").Labels["stage"], importRow1(t, a, data.KindDeal, "5").Labels["stage"]}
		} else if f.SetAside != 2 || f.Problems[0].Why != "Stage must be filled in" {
			t.Errorf("%+v", f.Problems)
		}
		lacking := append([]Lacking(nil), f.Lacking...)
		slices.SortFunc(lacking, func(a, b Lacking) int { return strings.Compare(a.What, b.What) })
		if strings.Join(got, " ") != c.want || fmt.Sprint(lacking) != c.lacking {
			t.Errorf("%s: %q, want %q; %v", c.mapping, got, c.want, lacking)
		}
		importVerified(t, a)
		if again := importText(t, a, opt, stagelessDeals); again.Txn != "" {
			t.Errorf("%s again: %+v", c.mapping, again.Files[0])
		}
		if c.mapping != "" {
			continue
		}
		moved := strings.NewReplacer("Oil,North,,", "Oil,North,Offer,").Replace(stagelessDeals)
		importText(t, a, opt, moved)
		importText(t, a, opt, stagelessDeals)
		if stage := importRow1(t, a, data.KindDeal, "3").Labels["stage"]; stage != "Offer" {
			t.Errorf("a blank moved the deal to %s", stage)
		}
	}
	if _, err := ParseMapping([]byte(`{"no_stage": 7}`)); err == nil {
		t.Error("a number is taken for a stage")
	}
}

func TestStagelessChoices(t *testing.T) {
	a := importBook(t)
	plan, err := a.Imports.Plan(context.Background(), importFile(t, stagelessDeals), PlanOptions{})
	if err != nil {
		t.Fatal(err)
	}
	f := plan.Files[0]
	rows, stage, aside := f.Stageless()
	if rows != 2 || !stage.IsZero() || aside {
		t.Errorf("%d %v %v", rows, stage, aside)
	}
	choices := f.StagelessChoices()
	if err := f.SetStageless(choices[2].Stage); err != nil || f.SetStageless(data.NewID()) == nil {
		t.Errorf("%v, and any id is taken", err)
	}
	if got := plan.Mapping().Files[0].NoStage; got != choices[2].Label {
		t.Errorf("%q, want %q", got, choices[2].Label)
	}
	f.SetStagelessAside()
	if got := plan.Mapping().Files[0].NoStage; got != StageAside {
		t.Errorf("%q", got)
	}
}

// A probability of a deal that is not that of its stage is kept in a field of
// its own, follows the file, and comes back from an export.
func TestOwnProbabilitiesAreKept(t *testing.T) {
	const head = "Opportunity ID,Opportunity Name,Stage,Probability (%),Amount,Close Date\n"
	const rows = "1,Loom,Talk,20,1,2026-05-01\n2,Kiln,Talk,20,1,2026-05-01\n3,Oil,Talk,35%,1,2026-05-01\n4,Pump,Closed Won,100,1,2026-05-01\n5,Saw,Offer,60,1,2026-05-01\n6,Axe,Closed Lost,7,1,2026-05-01\n"
	a := importBook(t)
	f := importText(t, a, PlanOptions{}, head+rows).Files[0]
	odds := func() string {
		var out []string
		for _, id := range []string{"1", "2", "3", "4", "5", "6"} {
			out = append(out, fmt.Sprint(importRow1(t, a, data.KindDeal, id).Values[ownOddsField().Name]))
		}
		return strings.Join(out, " ")
	}
	if got := odds(); got != "<nil> <nil> 35 <nil> <nil> <nil>" || fmt.Sprint(f.Notes) != "[{have a probability of their own, kept as Deal probability 1}]" {
		t.Errorf("%s, %v", got, f.Notes)
	}
	importText(t, a, PlanOptions{}, head+strings.NewReplacer("35%", "20", "Saw,Offer,60", "Saw,Offer,45").Replace(rows))
	if got := odds(); got != "<nil> <nil> 20 <nil> 45 <nil>" {
		t.Errorf("after a second file: %s", got)
	}
	importVerified(t, a)
	path := t.TempDir() + "/deals.xlsx"
	if _, err := a.Records.Export(context.Background(), data.Query{Kind: data.KindDeal}, path); err != nil {
		t.Fatal(err)
	}
	if again := importFiles(t, a, path); again.Txn != "" {
		t.Errorf("the export changed the book: %+v", again.Files[0])
	}
	b := importBook(t)
	if f := importText(t, b, PlanOptions{}, head+strings.ReplaceAll(rows, "35%", "20")).Files[0]; len(f.Notes) > 0 {
		t.Errorf("%v", f.Notes)
	}
	if n := importCount(t, b, data.KindCustomField); n != 0 {
		t.Errorf("%d custom fields for nothing", n)
	}
}

// To say of a stage what it is anyway leaves its probability as it was reckoned.
func TestStageTypeSaidAgain(t *testing.T) {
	a := importBook(t)
	f := planFiles(t, a, PlanOptions{}, importFile(t, "Deal Name,Stage,Amount\nA,Sketch,10\nB,Done,10\n")...).Files[0]
	for _, s := range f.Stages {
		before := *s
		if err := f.SetStageType(s.Name, s.Type); err != nil || s.Probability != before.Probability || s.Category != before.Category {
			t.Errorf("%s: %v, %+v", s.Name, err, *s)
		}
	}
}
