package app_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"fieldbook/app"
	"fieldbook/data"
)

// Whatever is moved, sized, added and removed, no two cards lie on each other, none
// leaves the grid, and what is written reads back the same.
func TestCardsNeverLieOnEachOther(t *testing.T) {
	names := app.PaneKinds()
	rapid.Check(t, func(t *rapid.T) {
		l := app.DefaultLayout(rapid.SampledFrom([]string{data.RoleRep, data.RoleManager, data.RoleLead}).Draw(t, "role"))
		for range rapid.IntRange(1, 12).Draw(t, "acts") {
			n := len(l.Cards)
			switch rapid.IntRange(0, 2).Draw(t, "act") {
			case 0:
				l = l.Add(app.PaneAsk{Name: rapid.SampledFrom(names).Draw(t, "pane").Name})
				if len(l.Cards) != n+1 {
					t.Fatal("nothing was added")
				}
			case 1:
				if n > 0 {
					if l = l.Remove(rapid.IntRange(0, n-1).Draw(t, "card")); len(l.Cards) != n-1 {
						t.Fatal("nothing was removed")
					}
				}
			default:
				if n > 0 {
					size := rapid.IntRange(-3, 30)
					l = l.Place(rapid.IntRange(0, n-1).Draw(t, "card"), size.Draw(t, "x"), size.Draw(t, "y"), size.Draw(t, "w"), size.Draw(t, "h"))
				}
			}
		}
		for i, a := range l.Cards {
			if a.X < 0 || a.Y < 0 || a.W < 2 || a.H < 2 || a.X+a.W > app.GridColumns {
				t.Fatalf("%+v leaves the grid", a)
			}
			for _, b := range l.Cards[i+1:] {
				if a.X < b.X+b.W && b.X < a.X+a.W && a.Y < b.Y+b.H && b.Y < a.Y+a.H {
					t.Fatalf("%+v lies on %+v", a, b)
				}
			}
		}
		again, err := app.ParseLayout(l.String())
		if err != nil || again.String() != l.String() {
			t.Fatalf("%s reads back as %s, %v", l.String(), again.String(), err)
		}
	})
}

// What a newer Fieldbook wrote stays through an edit here.
func TestLayoutKeepsWhatItDoesNotKnow(t *testing.T) {
	l, err := app.ParseLayout(`{"version":7,"theme":"dusk","cards":[{"pane":"hologram","x":0,"y":0,"w":4,"h":4,"glow":[1,2]},{"pane":"won","x":4,"y":0,"w":2,"h":2}]}`)
	if err != nil {
		t.Fatal(err)
	}
	text := l.Place(1, 6, 0, 3, 2).String()
	for _, want := range []string{`"theme":"dusk"`, `"glow":[1,2]`, `"hologram"`, `"version":7`, `"w":3`} {
		if !strings.Contains(text, want) {
			t.Errorf("%s lost %s", text, want)
		}
	}
	if _, err := app.ParseLayout(`{"cards":3}`); data.KindOf(err) != data.Invalid {
		t.Error(err)
	}
}

// A page is made, changed and undone, and is there when the book opens again.
func TestDashboardsAreKept(t *testing.T) {
	a := figuresBook(t, &dayClock{now: time.Date(2026, 5, 20, 9, 0, 0, 0, time.UTC)})
	ctx := t.Context()
	pages, err := a.Dashboards.List(ctx)
	if err != nil || len(pages) != 1 || !pages[0].ID.IsZero() || len(pages[0].Layout.Cards) == 0 {
		t.Fatalf("%+v, %v", pages, err)
	}
	page := pages[0]
	page.Name = "Mine"
	if page.ID, err = a.Dashboards.Save(ctx, page); err != nil {
		t.Fatal(err)
	}
	n := len(page.Layout.Cards)
	page.Layout = page.Layout.Add(app.PaneAsk{Name: app.PaneFlow, Days: 30})
	if _, err := a.Dashboards.Save(ctx, page); err != nil {
		t.Fatal(err)
	}
	names := func() (out []string) {
		pages, err := a.Dashboards.List(ctx)
		if err != nil || len(pages) != 1 || pages[0].Name != "Mine" {
			t.Fatalf("%+v, %v", pages, err)
		}
		for _, c := range pages[0].Layout.Cards {
			out = append(out, c.Name)
		}
		return out
	}
	if got := names(); len(got) != n+1 || !slices.Contains(got, app.PaneFlow) {
		t.Errorf("%v", got)
	}
	if _, err := a.Journal.Undo(ctx, data.NoID); err != nil {
		t.Fatal(err)
	}
	if got := names(); len(got) != n {
		t.Errorf("after undo: %v", got)
	}
}

// TestCardsChangePlaces: a card put on another of its size changes places with
// it, so that one drag sorts a row and leaves no hole.
func TestCardsChangePlaces(t *testing.T) {
	l := app.DefaultLayout(data.RoleManager)
	moved := l.Place(1, 8, 0, 2, 2)
	for i, c := range l.Cards {
		want := c
		switch i {
		case 1:
			want.X = 8
		case 4:
			want.X = 2
		}
		if got := moved.Cards[i]; got.X != want.X || got.Y != want.Y {
			t.Errorf("%s lies at %d, %d, want %d, %d", c.Name, got.X, got.Y, want.X, want.Y)
		}
	}
}
