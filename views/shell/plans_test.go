package shell

import (
	"testing"
	"time"

	"fieldbook/app"
	"fieldbook/data"
)

// A plan that was published for next week moves its accounts once that week has
// come, in a window that stayed open.
func TestAPlanTakesForceInAnOpenWindow(t *testing.T) {
	now := clock()
	sh := ticking(t, &now)
	a, ctx := book(t, sh), t.Context()
	add := func(kind string, v data.Values) data.ID {
		id, err := a.Records.Add(ctx, kind, v)
		if err != nil {
			t.Fatal(err)
		}
		return id
	}
	bo := add(data.KindPerson, data.Values{"name": "Bo Dahl", "role": data.RoleRep})
	account := add(data.KindAccount, data.Values{"name": "Elm Foods", "latitude": 59.9, "longitude": 10.7})
	plan, err := a.Plans.Create(ctx, app.NewPlan{Name: "Next week", Frame: "NO"})
	if err != nil {
		t.Fatal(err)
	}
	fjord := add(data.KindPlanTerritory, data.Values{"plan": plan, "name": "Fjord", "person": bo})
	if _, err := a.Plans.Give(ctx, app.Giving{Plan: plan, Accounts: []data.ID{account}, Territory: fjord}); err != nil {
		t.Fatal(err)
	}
	if _, err := a.Plans.Publish(ctx, app.Publishing{Plan: plan, From: a.Today().AddDays(7), HandOver: true}); err != nil {
		t.Fatal(err)
	}
	owner := func() data.ID {
		row, err := a.Records.Get(ctx, data.KindAccount, account)
		if err != nil {
			t.Fatal(err)
		}
		return row.Ref("owner")
	}
	for _, days := range []int{0, 6} {
		now = clock().Add(time.Duration(days) * 24 * time.Hour)
		sh.session.heedPlans()
		if got := owner(); !got.IsZero() {
			t.Fatalf("after %d days Elm Foods belongs to %v", days, got)
		}
	}
	now = clock().Add(8 * 24 * time.Hour)
	sh.session.heedPlans()
	if owner() != bo {
		t.Errorf("on its day Elm Foods belongs to %v", owner())
	}
	mustShow(t, sh, "A plan is in force from today. Accounts in another territory: 1, with another owner: 1")
	// Undone, it stays undone while the day lasts.
	if _, err := a.Journal.Undo(ctx, data.NoID); err != nil {
		t.Fatal(err)
	}
	sh.session.heedPlans()
	if owner() == bo {
		t.Error("what was undone came back the same day")
	}
}
