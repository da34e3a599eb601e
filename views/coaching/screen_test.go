package coaching_test

import (
	"context"
	"path/filepath"
	"testing"
	"time"

	"fyne.io/fyne/v2"

	"fieldbook/app"
	"fieldbook/data"
	"fieldbook/views/coaching"
	"fieldbook/views/kit"
	"fieldbook/views/kit/kittest"
)

func config() app.Config {
	return app.Config{Now: func() time.Time { return time.Date(2026, 5, 20, 10, 0, 0, 0, time.UTC) }, Device: "test"}
}

func book(t *testing.T, path string) *app.App {
	t.Helper()
	a, err := app.Create(context.Background(), path, app.NewBook{Name: "C", Currency: "USD", FiscalStart: time.January, Zone: "UTC"}, config())
	if err != nil {
		t.Fatal(err)
	}
	return a
}

func desk(t *testing.T, a *app.App) *kittest.Desk {
	t.Helper()
	return kittest.NewDesk(t, a, fyne.NewSize(1560, 900), func(h *kit.Host) kit.Screen { return coaching.New(h) })
}

func typed(t *testing.T, d *kittest.Desk, field, text string) {
	t.Helper()
	at, ok := kittest.At(d.Root(), field)
	if !ok {
		t.Fatalf("no field %q among %v", field, kittest.Texts(d.Root()))
	}
	d.Click(fyne.NewPos(at.X+20, at.Y+30))
	d.Type(text)
}

func must(t *testing.T, ok bool, what string, d *kittest.Desk) {
	t.Helper()
	if !ok || len(d.Failed) > 0 {
		t.Fatalf("%s: %v, shown %v", what, d.Failed, kittest.Texts(d.Root()))
	}
}

// TestATalkFromPlanToKept walks through a talk on the screen: plan it, promise
// something, hold it, keep the promise, undo, close and open the book again.
func TestATalkFromPlanToKept(t *testing.T) {
	kittest.App(t, false)
	ctx := context.Background()
	path := filepath.Join(t.TempDir(), "c.book")
	a := book(t, path)
	if _, err := a.Roster.Hire(ctx, data.Values{"name": "Ann", "role": data.RoleRep, "hire_day": data.NewDay(2025, 6, 1)}, app.Post{}); err != nil {
		t.Fatal(err)
	}
	d := desk(t, a)
	must(t, kittest.Shows(d.Root(), "One year here, Jun 1"), "the anniversary is on the agenda", d)
	must(t, d.Do("Plan a talk") && d.Press("Plan"), "plan", d)
	must(t, kittest.Shows(d.Root(), "May 27"), "the talk is planned", d)
	must(t, d.Do("Add a commitment"), "ask for a commitment", d)
	typed(t, d, "What", "Call five fleets")
	must(t, d.Press("Add"), "add", d)
	must(t, kittest.Shows(d.Root(), "Call five fleets") && kittest.Shows(d.Root(), "1 open"), "the commitment stands on the page", d)
	must(t, d.Do("Hold a one-on-one") && d.Press("Keep"), "hold", d)
	must(t, kittest.Shows(d.Root(), "held") && kittest.Shows(d.Root(), "Call five fleets"), "what is open is carried forward", d)
	must(t, d.Press("Kept"), "keep the promise", d)
	must(t, kittest.Shows(d.Root(), "kept") && kittest.Shows(d.Root(), "0 open"), "it is kept", d)
	if _, err := a.Journal.Undo(ctx, data.NoID); err != nil {
		t.Fatal(err)
	}
	must(t, kittest.Shows(d.Root(), "1 open"), "undo opens it again", d)
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
	d = desk(t, again)
	must(t, kittest.Shows(d.Root(), "Call five fleets") && kittest.Shows(d.Root(), "held") && kittest.Shows(d.Root(), "Jun 3"), "all of it is there again", d)
}

func TestFacesOverASample(t *testing.T) {
	for _, dark := range []bool{false, true} {
		kittest.App(t, dark)
		a := book(t, filepath.Join(t.TempDir(), "s.book"))
		t.Cleanup(func() {
			if err := a.Close(); err != nil {
				t.Error(err)
			}
		})
		if err := a.Sample(context.Background(), app.SampleOptions{Deals: 300, Seed: 7}, func(int64, int64) {}); err != nil {
			t.Fatal(err)
		}
		d := desk(t, a)
		name := map[bool]string{false: "people-light", true: "people-dark"}[dark]
		kittest.Golden(t, name, d.Screen.Content(), fyne.NewSize(1400, 800))
		if dark {
			continue
		}
		must(t, d.Do("Show the wall of recognition"), "the wall", d)
		must(t, kittest.Shows(d.Root(), "Won back a lost customer"), "the wall shows what was given", d)
		must(t, d.Do("Show rules and templates"), "rules", d)
		must(t, kittest.Shows(d.Root(), "Quarter over quota"), "the rules are listed", d)
	}
}

func TestAnEmptyBookSaysWhatItIsFor(t *testing.T) {
	kittest.App(t, false)
	a := book(t, filepath.Join(t.TempDir(), "e.book"))
	t.Cleanup(func() {
		if err := a.Close(); err != nil {
			t.Error(err)
		}
	})
	d := desk(t, a)
	must(t, kittest.Shows(d.Root(), "Whom you look after") && d.Press("Open the roster"), "the first step", d)
	if len(d.Went) != 1 || d.Went[0].Screen != "roster" {
		t.Errorf("went to %v", d.Went)
	}
}
