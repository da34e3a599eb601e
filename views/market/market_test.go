package market_test

import (
	"context"
	"path/filepath"
	"testing"
	"time"

	"fyne.io/fyne/v2"

	"fieldbook/app"
	"fieldbook/data"
	"fieldbook/views/kit"
	"fieldbook/views/kit/kittest"
	"fieldbook/views/market"
)

var config = app.Config{Now: func() time.Time { return time.Date(2026, 5, 20, 10, 0, 0, 0, time.UTC) }, Device: "desk"}

type bench struct {
	*kittest.Desk
	t    *testing.T
	path string
	app  *app.App
}

func (b *bench) must(err error) {
	b.t.Helper()
	if err != nil {
		b.t.Fatal(err)
	}
}

func (b *bench) show() {
	b.Desk = kittest.NewDesk(b.t, b.app, fyne.NewSize(1128, 728), func(h *kit.Host) kit.Screen { return market.New(h) })
}

func newBench(t *testing.T, dark, sample bool) *bench {
	t.Helper()
	kittest.App(t, dark)
	b := &bench{t: t, path: filepath.Join(t.TempDir(), "desk.book")}
	a, err := app.Create(context.Background(), b.path, app.NewBook{Name: "Desk", Currency: "USD", FiscalStart: time.January, Zone: "UTC"}, config)
	b.must(err)
	b.app = a
	t.Cleanup(func() { b.must(b.app.Close()) })
	if sample {
		b.must(a.Sample(context.Background(), app.SampleOptions{Deals: 900, Seed: 3}, func(int64, int64) {}))
	}
	b.show()
	return b
}

func (b *bench) sees(texts ...string) {
	b.t.Helper()
	for _, text := range texts {
		if !kittest.Shows(b.Root(), text) {
			b.t.Errorf("no %q among %q", text, kittest.Texts(b.Root()))
		}
	}
}

func (b *bench) does(text string) {
	b.t.Helper()
	if !b.Do(text) {
		b.t.Fatalf("nothing is called %q", text)
	}
}

// fill types into the n-th field of the form.
func (b *bench) fill(n int, text string) {
	b.t.Helper()
	fields := kittest.FindAll[interface {
		fyne.Focusable
		fyne.Shortcutable
	}](b.Root())
	if n >= len(fields) {
		b.t.Fatalf("the form has %d fields", len(fields))
	}
	b.Window.Canvas().Focus(fields[n])
	b.Shortcut(&fyne.ShortcutSelectAll{})
	b.Type(text)
}

// TestASegmentIsMadeChangedAndRemoved, with a rule that is mistyped at first, in
// a book that is closed in between.
func TestASegmentIsMadeChangedAndRemoved(t *testing.T) {
	b := newBench(t, false, false)
	b.sees("No segments yet")
	_, err := b.app.Records.Add(context.Background(), data.KindAccount, data.Values{"name": "Mill", "industry": "food", "potential": 5000.0})
	b.must(err)
	b.does("New segment")
	b.fill(0, "Food")
	b.fill(1, "colour is green")
	b.Press("Save")
	b.sees("The rule cannot be read at “colour”: a field of accounts is")
	b.fill(1, "industry is food")
	b.Press("Save")
	b.sees("Food", "industry is food")
	b.must(b.app.Close())
	if b.app, err = app.Open(context.Background(), b.path, config); err != nil {
		t.Fatal(err)
	}
	b.show()
	if !b.Tap("Food") {
		t.Fatal("the segment is gone")
	}
	b.does("Edit Food")
	b.fill(0, "Food and farms")
	b.Press("Save")
	b.sees("Food and farms")
	b.Tap("Food and farms")
	b.does("Accounts of Food and farms")
	b.sees("Mill", "5,000", "meets no rule", "No rules of fit yet")
	b.does("New rule of fit")
	b.fill(0, "Food")
	b.fill(1, "industry is food")
	b.fill(2, "30")
	b.Press("Save")
	b.sees("+30 Food", "100%")
	b.does("Show segments")
	b.Tap("Food and farms")
	b.does("Remove Food and farms")
	b.sees("No segments yet")
	if _, err := b.app.Journal.Undo(context.Background(), data.NoID); err != nil {
		t.Fatal(err)
	}
	b.sees("Food and farms")
}

// TestCompetitorsAndJourneys makes a competitor, takes up a name from deals, and
// adds a step to a journey.
func TestCompetitorsAndJourneys(t *testing.T) {
	b := newBench(t, false, false)
	_, err := b.app.Records.Add(context.Background(), data.KindDeal, data.Values{"name": "One", "competitor": "Brix", "stage": b.stage("Proposal"), "amount": int64(500_00), "currency": "USD"})
	b.must(err)
	b.does("Show competitors")
	b.sees("No competitors yet", "Brix")
	b.does("New competitor")
	b.fill(0, "Brix")
	b.Press("Save")
	b.sees("Against Brix", "Every name that deals mention is one of these")
	b.does("Edit Brix")
	b.fill(3, "Low price")
	b.Press("Save")
	b.sees("Where they are strong", "Low price")
	b.does("Show customer journeys")
	b.sees("No customer journeys yet")
	b.does("New journey")
	b.fill(0, "First machine")
	b.Press("Save")
	b.does("Add a step to First machine")
	b.fill(0, "Notices")
	b.Press("Save")
	b.sees("1. Notices", "no stage")
	if len(b.Failed) > 0 {
		t.Error(b.Failed)
	}
}

func (b *bench) stage(name string) data.ID {
	b.t.Helper()
	row, err := b.app.Records.Find(context.Background(), data.KindStage, name)
	b.must(err)
	return row.ID
}

func TestPictures(t *testing.T) {
	for name, c := range map[string]struct {
		dark bool
		turn string
	}{
		"segments-light": {false, "Show segments"}, "accounts-dark": {true, "Show accounts by score"},
		"competitors-light": {false, "Show competitors"}, "journeys-light": {false, "Show customer journeys"},
	} {
		t.Run(name, func(t *testing.T) {
			b := newBench(t, c.dark, true)
			b.does(c.turn)
			kittest.Golden(t, name, b.Root(), fyne.NewSize(1128, 728))
		})
	}
}
