package quotas

import (
	"context"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"

	"fieldbook/app"
	"fieldbook/data"
	"fieldbook/views/kit"
	"fieldbook/views/kit/kittest"
)

// sampleBench is the screen over the sample company.
func sampleBench(t *testing.T) *bench {
	t.Helper()
	kittest.App(t, false)
	b := &bench{t: t, path: filepath.Join(t.TempDir(), "s.book")}
	a, err := app.Create(context.Background(), b.path, app.NewBook{Name: "S", Currency: "USD", FiscalStart: time.January, Zone: "UTC"}, config)
	must(t, err)
	b.app = a
	t.Cleanup(func() { must(t, b.app.Close()) })
	must(t, a.Sample(context.Background(), app.SampleOptions{Deals: 1500, Seed: 1}, func(int64, int64) {}))
	return b
}

// revenue is the plan of 2028.
func (b *bench) revenue() *app.RevenueSheet {
	b.t.Helper()
	s, err := b.app.Revenue.Sheet(context.Background(), app.RevenueQuery{Year: b.app.Book().Calendar.Year(2028), AsOf: b.app.Today()})
	must(b.t, err)
	return s
}

func (b *bench) next(s *Screen, text string) {
	b.t.Helper()
	if p := s.Primary(); p == nil || p.Text != text {
		b.t.Fatalf("the next step is %+v, not %s; shown %q", p, text, kittest.Texts(b.Root()))
	}
	s.Primary().Do()
}

// TestRevenuePlanOnScreen plans a year by hand: first number, division, one amount,
// season by mouse, proposal, approval, quotas; copies, edits and removes a scenario;
// and finds all of it again after the book was closed.
func TestRevenuePlanOnScreen(t *testing.T) {
	ctx := context.Background()
	b := sampleBench(t)
	s := b.show()
	b.do(s, "Revenue plan")
	s.showYear(b.app.Book().Calendar.Year(2028))
	if !kittest.Shows(b.Root(), "No revenue plan for 2028 yet") {
		t.Fatalf("%q", kittest.Texts(b.Root()))
	}
	b.next(s, "New plan")
	b.Type("Growth")
	b.Window.Canvas().FocusNext()
	b.Shortcut(&fyne.ShortcutSelectAll{})
	b.Type("12m")
	b.Press("Begin the plan")
	if got := b.revenue(); got.Plan == nil || got.Plan.Name != "Growth" || got.Whole.Months.Year() != 12_000_000_00 || got.Plan.Season == [12]float64{} {
		t.Fatalf("%+v, failed %v, shown %q", got.Plan, b.Failed, kittest.Texts(b.Root()))
	}
	b.next(s, "Divide")
	b.Press("Divide")
	sheet := b.revenue()
	if !sheet.Divided() || sheet.Loose(0, 6, 11) != 0 {
		t.Fatalf("%+v, failed %v", sheet.Lines, b.Failed)
	}
	for _, want := range []string{"Whole company", "Left to divide", "People can sell", "Gap between plan and people", "Scenarios and versions"} {
		if !kittest.Shows(b.Root(), want) {
			t.Errorf("no %q in %q", want, kittest.Texts(b.Root()))
		}
	}
	for _, key := range []fyne.KeyName{fyne.KeyDown, fyne.KeyRight, fyne.KeyF2} { // the first region's first quarter
		b.Window.Canvas().Focus(s.revenue.table)
		s.revenue.table.TypedKey(&fyne.KeyEvent{Name: key})
	}
	b.Shortcut(&fyne.ShortcutSelectAll{})
	b.Type("500k")
	b.Key(fyne.KeyReturn)
	if got := b.revenue(); got.Lines[0].Months.Sum(0, 1, 2) != 500_000_00 || got.Loose(0, 1, 2) == 0 {
		t.Errorf("%v, failed %v", got.Lines[0].Months, b.Failed)
	}
	before := b.revenue().Whole.Months
	at := fyne.CurrentApp().Driver().AbsolutePositionForObject(s.revenue.curve)
	b.Drag(at.AddXY(20, 100), at.AddXY(20, 30))
	if got := b.revenue(); got.Whole.Months[0] <= before[0] || got.Whole.Months.Year() != 12_000_000_00 {
		t.Errorf("the season did not follow: %v after %v", got.Whole.Months, before)
	}
	b.do(s, "Season from history")
	b.do(s, "Plan by segment")
	b.do(s, "Plan by months")
	b.do(s, "Plan by region")
	b.do(s, "Plan by quarters")
	b.next(s, "Propose")
	b.next(s, "Approve")
	if got := b.revenue(); got.Plan.Status != data.RevenueApproved || got.Plan.Revision != 1 || !kittest.Shows(b.Root(), "Growth, approved") {
		t.Fatalf("%+v, failed %v, %q", got.Plan, b.Failed, kittest.Texts(b.Root()))
	}
	b.next(s, "Make quotas")
	b.Press("Make quotas")
	if got := b.revenue(); !got.Whole.HasQuota || !strings.Contains(strings.Join(b.Said, "|"), "people in") {
		t.Errorf("%+v, said %q, failed %v", got.Whole, b.Said, b.Failed)
	}
	b.do(s, "Copy the plan Growth")
	b.Press("Copy the plan")
	if got := b.revenue(); len(got.Plans) != 2 || !kittest.Shows(b.Root(), "Growth, copy, draft") {
		t.Fatalf("%d plans, failed %v, %q", len(got.Plans), b.Failed, kittest.Texts(b.Root()))
	}
	b.do(s, "Name, stretch and note of Growth, copy")
	b.Shortcut(&fyne.ShortcutSelectAll{})
	b.Type("Bolder")
	b.Press("Save")
	b.do(s, "Remove the plan Bolder")
	b.Press("Remove the plan")
	if got := b.revenue(); len(got.Plans) != 1 || len(b.Failed) != 0 {
		t.Errorf("%d plans, failed %v", len(got.Plans), b.Failed)
	}
	_, err := b.app.Journal.Undo(ctx, data.NoID)
	must(t, err)
	must(t, b.app.Close())
	b.app, err = app.Open(ctx, b.path, config)
	must(t, err)
	if got := b.revenue(); len(got.Plans) != 2 || got.Plan.Name != "Growth" || got.Plan.Status != data.RevenueApproved || got.Plans[1].Name != "Bolder" {
		t.Errorf("after opening again %+v", got.Plans)
	}
}

// TestRevenuePlanOfThePast shows a plan of a past day, which nobody changes.
func TestRevenuePlanOfThePast(t *testing.T) {
	b := sampleBench(t)
	past, err := b.app.AsOf(context.Background(), b.app.Today().AddDays(-1))
	must(t, err)
	t.Cleanup(func() { must(t, past.Close()) })
	b.Desk = kittest.NewDesk(t, past, fyne.NewSize(screenWide, screenHigh), func(h *kit.Host) kit.Screen { return New(h) })
	s := b.Screen.(*Screen)
	s.turn(faceRevenue)
	s.showYear(past.Book().Calendar.Year(2027))
	if !kittest.Shows(b.Root(), "Whole company") || s.Primary() != nil || s.revenue.writes() {
		t.Errorf("%q, %+v", kittest.Texts(b.Root()), s.Primary())
	}
	for _, a := range s.Commands() {
		if strings.HasPrefix(a.Text, "Remove") || strings.HasPrefix(a.Text, "Divide") {
			t.Errorf("%s is offered", a.Text)
		}
	}
}

// TestStressFollowsTheBook: a trial that is looked at is repeated when quotas change.
func TestStressFollowsTheBook(t *testing.T) {
	b := sampleBench(t)
	s := b.show()
	s.turn(faceStress)
	b.Press("Try the quotas")
	before := s.stress.test.Total.Quota
	grid, err := b.app.Quotas.Grid(context.Background(), s.year, data.Everyone)
	must(t, err)
	must(t, b.app.Quotas.Set(context.Background(), []app.QuotaCell{{Person: grid.People[0].Person, Month: s.year.From.AddMonths(11), Amount: 90_000_000_00}}))
	if after := s.stress.test.Total.Quota; after <= before {
		t.Errorf("the trial still is of %d after %d", after, before)
	}
}
