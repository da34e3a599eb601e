package quotas

import (
	"context"
	"slices"
	"strings"
	"testing"

	"fyne.io/fyne/v2"

	"fieldbook/app"
	"fieldbook/data"
	"fieldbook/views/kit"
	"fieldbook/views/kit/kittest"
)

// do runs a command of the screen by its words.
func (b *bench) do(s *Screen, text string) {
	b.t.Helper()
	for _, a := range s.Commands() {
		if a.Text == text {
			a.Do()
			return
		}
	}
	b.t.Fatalf("no command %q", text)
}

// TestRampLeaveAndSignature puts somebody on a ramp by the form, signs, raises the
// quota, takes the ramp away, and finds all of it again after the book was closed.
func TestRampLeaveAndSignature(t *testing.T) {
	ctx := context.Background()
	b := newBench(t, false)
	b.planned()
	s := b.show()
	b.do(s, "Ramp, leave and signatures")
	if !kittest.Shows(b.Root(), "What stands on each quota") || !kittest.Shows(b.Root(), "not signed") {
		t.Fatalf("%q", kittest.Texts(b.Root()))
	}
	must(t, b.app.SetMe(ctx, b.ids["Ben Okafor"]))
	b.do(s, "New ramp profile")
	b.Type("Slow")
	b.Window.Canvas().FocusNext()
	b.Type("0; 50")
	b.Press("Save")
	profiles, err := b.app.Records.List(ctx, data.Query{Kind: data.KindRampProfile})
	must(t, err)
	if len(profiles) != 1 || profiles[0].Text("shares") != "0; 50" {
		t.Fatalf("profiles %v, failed %v, shown %q", profiles, b.Failed, kittest.Texts(b.Root()))
	}
	ramp, err := b.app.Records.Add(ctx, data.KindRamp, data.Values{"person": b.ids["Ben Okafor"], "profile": profiles[0].ID, "start_day": data.NewDay(2026, 3, 1)})
	must(t, err)
	s.Reload(s.host.View())
	b.do(s, "Sign my quota for 2026")
	signed := func() app.QuotaTerm {
		terms, err := b.app.Quotas.Terms(ctx, thisYear, b.app.Today(), data.Scope{Person: b.ids["Ben Okafor"]})
		must(t, err)
		return terms.People[0]
	}
	before := signed()
	if before.Signed == nil || before.Effective >= before.Set || before.Differs {
		t.Fatalf("%+v, failed %v", before, b.Failed)
	}
	if !strings.Contains(strings.Join(kittest.Texts(b.Root()), "|"), "signed for") || !kittest.Shows(b.Root(), "Slow from Mar 1") {
		t.Fatalf("%q", kittest.Texts(b.Root()))
	}
	must(t, b.app.Records.Remove(ctx, data.KindRamp, []data.ID{ramp}))
	if after := signed(); !after.Differs || after.SignedFor != before.Effective {
		t.Fatalf("%+v", after)
	}
	must(t, b.app.Close())
	b.app, err = app.Open(ctx, b.path, config)
	must(t, err)
	if again := signed(); again.Signed == nil || !again.Differs {
		t.Fatalf("after opening again %+v", again)
	}
}

// TestCommissionPlanAndSeason makes a commission plan, changes and removes it, and
// types the season that pace follows; all of it is there after the book was closed.
func TestCommissionPlanAndSeason(t *testing.T) {
	ctx := context.Background()
	b := newBench(t, false)
	b.planned()
	s := b.show()
	b.do(s, "Ramp, leave and signatures")
	plans := func() []data.Row {
		rows, err := b.app.Records.List(ctx, data.Query{Kind: data.KindCommissionPlan})
		must(t, err)
		return rows
	}
	b.do(s, "New commission plan")
	b.Type("Field")
	b.Press("Save")
	b.do(s, "Change the commission plan Field")
	b.Shortcut(&fyne.ShortcutSelectAll{})
	b.Type("Field sales")
	b.Press("Save")
	if got := plans(); len(got) != 1 || got[0].Title() != "Field sales" {
		t.Fatalf("%v, failed %v", got, b.Failed)
	}
	b.do(s, "Season that pace follows")
	b.Shortcut(&fyne.ShortcutSelectAll{})
	b.Type("16.67")
	b.Press("Keep the season")
	season := b.app.Settings.Season()
	if season[0] < 15.3 || season[0] > 15.5 || season[1] < 7.6 || season[1] > 7.8 {
		t.Errorf("season %v, failed %v", season, b.Failed)
	}
	must(t, b.app.Close())
	var err error
	b.app, err = app.Open(ctx, b.path, config)
	must(t, err)
	if got := plans(); len(got) != 1 || b.app.Settings.Season() != season {
		t.Errorf("after opening again %v, %v", got, b.app.Settings.Season())
	}
	s = b.show()
	b.do(s, "Ramp, leave and signatures")
	b.do(s, "Remove the commission plan Field sales")
	if got := plans(); len(got) != 0 {
		t.Errorf("%v is left, failed %v", got, b.Failed)
	}
}

// TestGridShowsWhatCounts: under leave a quota counts less than it was set to, and
// the grid says so.
func TestGridShowsWhatCounts(t *testing.T) {
	b := newBench(t, false)
	b.planned()
	_, err := b.app.Records.Add(context.Background(), data.KindAbsence, data.Values{"person": b.ids["Ben Okafor"], "start_day": data.NewDay(2026, 6, 1), "end_day": data.NewDay(2026, 6, 30), "relief": 50.0})
	must(t, err)
	s := b.show()
	var ben int
	for i, l := range s.model.lines {
		if l.Name == "Ben Okafor" {
			ben = i
		}
	}
	june := s.model.lines[ben]
	if june.Counts[5]*2 != june.Months[5].Minor || june.Counts[6] != june.Months[6].Minor {
		t.Fatalf("%v of %v", june.Counts, june.Months)
	}
	for i, r := range s.model.rows {
		if r.line == ben {
			cells := s.model.tableRows(s.unit)[i].Cells
			if cells[columnOf(5)].Mark != kit.ColorWarn || cells[columnOf(6)].Mark != "" {
				t.Errorf("%+v", cells)
			}
		}
	}
	foot := s.model.footRows(s.unit)
	if foot[footCounts].Cells[columnOf(5)].Text == foot[footSum].Cells[columnOf(5)].Text || foot[footCounts].Cells[columnOf(6)].Text != foot[footSum].Cells[columnOf(6)].Text {
		t.Errorf("%+v", foot[footCounts].Cells)
	}
}

// TestMarkedFiguresAreShownWhole: the mark of what counts less takes no figure's room.
func TestMarkedFiguresAreShownWhole(t *testing.T) {
	b := sampleBench(t)
	s := b.show()
	marked := 0
	for _, r := range s.model.tableRows(s.unit) {
		for _, c := range r.Cells {
			if c.Mark != "" {
				marked++
			}
		}
	}
	if texts := kittest.Texts(b.Root()); marked == 0 || slices.Contains(texts, "…") {
		t.Errorf("%d marked, shown %q", marked, texts)
	}
}

// columnOf is the column of a month.
func columnOf(month int) int { return 1 + month/3*perQuarter + month%3 }

func TestStressFaceSaysThatHistoryIsShort(t *testing.T) {
	b := newBench(t, false)
	b.planned()
	s := b.show()
	s.turn(faceStress)
	if !b.Press("Try the quotas") {
		t.Fatalf("%q", kittest.Texts(b.Root()))
	}
	if !kittest.Shows(b.Root(), "Too little history to tell: it takes 30 closed deals") {
		t.Fatalf("%q", kittest.Texts(b.Root()))
	}
}

// TestStressFace tries the quotas of the sample company.
func TestStressFace(t *testing.T) {
	kittest.App(t, false)
	b := &bench{t: t}
	a, err := app.Create(context.Background(), t.TempDir()+"/s.book", app.NewBook{Name: "S", Currency: "USD", FiscalStart: 1, Zone: "UTC"}, config)
	must(t, err)
	b.app = a
	t.Cleanup(func() { must(t, a.Close()) })
	must(t, a.Sample(context.Background(), app.SampleOptions{Seed: 1}, func(int64, int64) {}))
	s := b.show()
	var _ kit.Screen = s
	s.turn(faceStress)
	b.Press("Try the quotas")
	shown := strings.Join(kittest.Texts(b.Root()), "|")
	if !strings.Contains(shown, "of 100 cases") || !strings.Contains(shown, "→") || !strings.Contains(shown, "Together") {
		t.Fatalf("%q", shown)
	}
}
