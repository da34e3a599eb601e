package roster_test

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
	"fieldbook/views/roster"
)

func deskOf(t *testing.T, path string, fill bool) (*kittest.Desk, *app.App) {
	t.Helper()
	a, err := app.Create(context.Background(), path, app.NewBook{Name: "R", Currency: "USD", FiscalStart: time.January, Zone: "UTC"}, config())
	if err != nil {
		t.Fatal(err)
	}
	if fill {
		if err := a.Sample(context.Background(), app.SampleOptions{Deals: 200, Seed: 7}, func(int64, int64) {}); err != nil {
			t.Fatal(err)
		}
	}
	return kittest.NewDesk(t, a, fyne.NewSize(1560, 900), func(h *kit.Host) kit.Screen { return roster.New(h) }), a
}

func sure(t *testing.T, ok bool, what string, d *kittest.Desk) {
	t.Helper()
	if !ok || len(d.Failed) > 0 {
		t.Fatalf("%s: %v, shown %v", what, d.Failed, kittest.Texts(d.Root()))
	}
}

func fillIn(t *testing.T, d *kittest.Desk, field, text string) {
	t.Helper()
	at, ok := kittest.At(d.Root(), field)
	if !ok {
		t.Fatalf("no field %q among %v", field, kittest.Texts(d.Root()))
	}
	d.Click(fyne.NewPos(at.X+20, at.Y+30))
	d.Type(text)
}

// TestACandidateIsHiredOnTheScreen adds a candidate, hires him, undoes it, and
// finds him again in a book that was closed and opened.
func TestACandidateIsHiredOnTheScreen(t *testing.T) {
	kittest.App(t, false)
	ctx := context.Background()
	path := filepath.Join(t.TempDir(), "h.book")
	d, a := deskOf(t, path, false)
	if _, err := a.Roster.Hire(ctx, data.Values{"name": "Lena", "role": data.RoleLead}, app.Post{}); err != nil {
		t.Fatal(err)
	}
	sure(t, d.Do("Show hiring") && d.Do("Add a candidate"), "ask for a candidate", d)
	fillIn(t, d, "Name", "Cem Aydin")
	sure(t, d.Press("Add"), "add", d)
	all, err := a.Hiring.All(ctx, data.NoID)
	if err != nil || len(all.Candidates) != 1 {
		t.Fatalf("%+v %v", all, err)
	}
	board, ok := kittest.Find[*kit.Board](d.Root())
	sure(t, ok, "a board", d)
	id := all.Candidates[0].Row.ID
	d.Click(middle(t, board))
	d.Key(fyne.KeyReturn)
	sure(t, kittest.Shows(d.Root(), "Cem Aydin") && d.Do("Hire the candidate") && d.Press("Hire"), "hire", d)
	row, err := a.Records.Get(ctx, data.KindCandidate, id)
	if err != nil || row.Text("stage") != data.CandidateHired {
		t.Fatalf("%v %v", row.Values, err)
	}
	sure(t, d.Do("Show the roster as a tree") && kittest.Shows(d.Root(), "Cem Aydin"), "he is a person", d)
	if _, err := a.Journal.Undo(ctx, data.NoID); err != nil {
		t.Fatal(err)
	}
	sure(t, !kittest.Shows(d.Root(), "Cem Aydin"), "he is none once it is undone", d)
	if err := a.Close(); err != nil {
		t.Fatal(err)
	}
	again, err := app.Open(ctx, path, config())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := again.Close(); err != nil {
			t.Error(err)
		}
	})
	if row, err = again.Records.Get(ctx, data.KindCandidate, id); err != nil || row.Text("stage") != data.CandidateApplied {
		t.Errorf("%v %v", row.Values, err)
	}
}

// middle is a place on the first card of a board.
func middle(t *testing.T, b *kit.Board) fyne.Position {
	t.Helper()
	at := fyne.CurrentApp().Driver().AbsolutePositionForObject(b)
	return at.AddXY(60, 110)
}

func TestOtherFacesOverASample(t *testing.T) {
	kittest.App(t, false)
	d, a := deskOf(t, filepath.Join(t.TempDir(), "s.book"), true)
	t.Cleanup(func() {
		if err := a.Close(); err != nil {
			t.Error(err)
		}
	})
	for _, face := range []struct{ command, shows, golden string }{
		{"Show hiring", "Openings", "hiring-light"}, {"Show onboarding and training", "Ride along for three days", "onboarding-light"}, {"Show skills", "Discovery", "skills-light"}, {"Show cases", "Raise a case", "cases-light"},
	} {
		sure(t, d.Do(face.command) && kittest.Shows(d.Root(), face.shows), face.command, d)
		kittest.Golden(t, face.golden, d.Screen.Content(), fyne.NewSize(1400, 800))
	}
}

// TestPlacesThatThePlanAsksFor opens, on the screen, places for the people whom
// the revenue plan lacks.
func TestPlacesThatThePlanAsksFor(t *testing.T) {
	kittest.App(t, false)
	ctx := context.Background()
	d, a := deskOf(t, filepath.Join(t.TempDir(), "w.book"), true)
	t.Cleanup(func() {
		if err := a.Close(); err != nil {
			t.Error(err)
		}
	})
	plans, err := a.Records.List(ctx, data.Query{Kind: data.KindRevenuePlan})
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range plans {
		if err := a.Records.Remove(ctx, data.KindRevenuePlan, []data.ID{p.ID}); err != nil {
			t.Fatal(err)
		}
	}
	id, err := a.Revenue.Add(ctx, app.NewRevenue{Name: "Growth", Year: a.Book().Calendar.YearOf(a.Today()), Total: 100_000_000_00})
	if err == nil {
		err = a.Revenue.Split(ctx, id, app.RevenueRegion, app.RevenueEqually)
	}
	if err != nil {
		t.Fatal(err)
	}
	before, err := a.Records.Count(ctx, data.Query{Kind: data.KindOpening})
	if err != nil {
		t.Fatal(err)
	}
	sure(t, d.Do("Show hiring") && d.Do("Open the places that the revenue plan asks for"), "ask for places", d)
	missing, err := a.Hiring.Missing(ctx)
	if err != nil || len(missing) == 0 {
		t.Fatal(missing, err)
	}
	for _, m := range missing {
		d.Shortcut(&fyne.ShortcutSelectAll{})
		d.Type("1")
		d.Window.Canvas().FocusNext()
		sure(t, kittest.Shows(d.Root(), m.Name), "a region", d)
	}
	sure(t, d.Press("Open"), "open", d)
	if n, err := a.Records.Count(ctx, data.Query{Kind: data.KindOpening}); err != nil || n != before+len(missing) {
		t.Errorf("%d openings, then %d, %v", before, n, err)
	}
}
