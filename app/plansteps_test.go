package app_test

import (
	"context"
	"testing"

	"fieldbook/app"
	"fieldbook/app/planning"
	"fieldbook/data"
)

// TestLargeStepsOfADraft splits, closes, hires and rebalances. Each keeps the
// draft as it was in the archive and is undone in one step.
func TestLargeStepsOfADraft(t *testing.T) {
	ctx := context.Background()
	a := sampleBook(t, 600)
	start := draftOf(t, a)
	id := start.Info.ID
	pacific := start.Plan.Territories[0]
	step := func(name string, do func(b *app.PlanBook) error, check func(b, was *app.PlanBook)) {
		t.Helper()
		was := bookOf(t, a, id)
		if err := do(was.Snapshot()); err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		check(bookOf(t, a, id), was)
		plans, err := a.Plans.List(ctx)
		if err != nil {
			t.Fatal(err)
		}
		kept := 0
		for _, p := range plans {
			if p.Snapshot() && p.Source == id {
				kept++
			}
		}
		if kept != 1 {
			t.Errorf("%s keeps %d snapshots", name, kept)
		}
		if _, err := a.Journal.Undo(ctx, data.NoID); err != nil {
			t.Fatal(err)
		}
		if now := bookOf(t, a, id); !now.Same(was) {
			t.Errorf("%s: undo does not bring the draft back", name)
		}
	}
	var fresh data.ID
	others := func(b, was *app.PlanBook, but ...data.ID) {
		t.Helper()
		holders := func(x *app.PlanBook) map[string]data.ID {
			out := map[string]data.ID{}
			for code, h := range x.Plan.Areas {
				if h.Territory != planning.Nobody {
					out[code] = x.Plan.Territories[h.Territory].ID
				}
			}
			return out
		}
		now := holders(b)
		for code, t0 := range holders(was) {
			if t0 != but[0] && now[code] != t0 {
				t.Errorf("%s of another territory moved", code)
			}
		}
	}
	step("split", func(b *app.PlanBook) (err error) {
		fresh, err = a.Plans.Split(ctx, b, pacific.ID, "Other half")
		return err
	}, func(b, was *app.PlanBook) {
		others(b, was, pacific.ID)
		d := b.Divide()
		for i, x := range b.Plan.Territories {
			if x.ID == fresh && d.Loads[i].Of(planning.Potential) == 0 {
				t.Error("the other half is empty")
			}
		}
	})
	step("close", func(b *app.PlanBook) error { return a.Plans.Close(ctx, b, pacific.ID) }, func(b, was *app.PlanBook) {
		others(b, was, pacific.ID)
		if len(b.Plan.Territories) != len(was.Plan.Territories)-1 || len(b.Gaps().Accounts) > len(was.Gaps().Accounts) {
			t.Error("closing leaves something open")
		}
	})
	step("hire", func(b *app.PlanBook) (err error) {
		fresh, err = a.Plans.Hire(ctx, b, app.Newcomer{Name: "Newcomer"}, nil)
		return err
	}, func(b, was *app.PlanBook) {
		holder := func(x *app.PlanBook, i int) data.ID {
			if at, _ := x.Plan.Place(&x.Accounts[i]); at != planning.Nobody {
				return x.Plan.Territories[at].ID
			}
			return data.NoID
		}
		got, moved := 0, 0
		for i := range b.Accounts {
			if holder(b, i) == fresh {
				got++
			}
			if holder(b, i) != holder(was, i) {
				moved++
			}
		}
		if got == 0 || moved > 2*got {
			t.Errorf("%d accounts change hands so that the newcomer has %d", moved, got)
		}
	})
	step("rebalance", func(b *app.PlanBook) error {
		f, err := b.Frontier(ctx, app.PlanSearch{})
		if err != nil {
			return err
		}
		return a.Plans.Adopt(ctx, b, f.Options[f.Choose(100, 0, 0)])
	}, func(b, was *app.PlanBook) {
		if b.Balance().Spread.Gini >= was.Balance().Spread.Gini {
			t.Error("it is no more even than before")
		}
	})
}

// TestALargeStepFitsTheDraftItWasWorkedOutFor: what was worked out for a draft
// that somebody changed meanwhile changes nothing.
func TestALargeStepFitsTheDraftItWasWorkedOutFor(t *testing.T) {
	ctx := context.Background()
	a := sampleBook(t, 600)
	was := draftOf(t, a)
	id, pacific := was.Info.ID, was.Plan.Territories[0].ID
	if _, err := a.Plans.Split(ctx, was.Snapshot(), pacific, "Other half"); err != nil {
		t.Fatal(err)
	}
	is := bookOf(t, a, id)
	_, err := a.Plans.Split(ctx, was.Snapshot(), pacific, "Another half")
	if data.KindOf(err) != data.Refused || !bookOf(t, a, id).Same(is) {
		t.Errorf("a split of what was split meanwhile: %v", err)
	}
}
