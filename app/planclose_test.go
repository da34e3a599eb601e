package app_test

import (
	"context"
	"testing"

	"fieldbook/app"
	"fieldbook/app/planning"
	"fieldbook/data"
)

// TestClosingLeavesNoAccountBehind: one that lies in no area, off the coast,
// goes to whoever gets the nearest area.
func TestClosingLeavesNoAccountBehind(t *testing.T) {
	ctx := context.Background()
	a := settingsBook(t)
	add := adder(t, a)
	for name, city := range map[string][2]string{"Texas": {"Houston", "TX"}, "Virginia": {"Richmond", "VA"}, "Carolina": {"Raleigh", "NC"}} {
		at := add(data.KindTerritory, data.Values{"name": name})
		add(data.KindAccount, data.Values{"name": name + " Foods", "city": city[0], "state": city[1], "country": "US", "territory": at})
		if name == "Carolina" {
			add(data.KindAccount, data.Values{"name": "Pier Foods", "latitude": 35.5, "longitude": -74.5, "territory": at})
		}
	}
	plan, err := a.Plans.Create(ctx, app.NewPlan{Name: "Next year", Level: "state", Frame: "US"})
	if err != nil {
		t.Fatal(err)
	}
	b := bookOf(t, a, plan)
	if open := b.Gaps().Accounts; len(open) > 0 {
		t.Fatalf("before anything is closed, %v are in no territory", open)
	}
	var closed data.ID
	for _, x := range b.Plan.Territories {
		if x.Name == "Carolina" {
			closed = x.ID
		}
	}
	if err := a.Plans.Close(ctx, b, closed); err != nil {
		t.Fatal(err)
	}
	b = bookOf(t, a, plan)
	if open := b.Gaps().Accounts; len(open) > 0 {
		t.Errorf("%v are in no territory", open)
	}
	for i := range b.Accounts {
		x := &b.Accounts[i]
		if holder, _ := b.Plan.Place(x); holder == planning.Nobody || x.Name == "Pier Foods" && holder != b.Plan.Areas["US-NC"].Territory {
			t.Errorf("%s went to %d, North Carolina to %d", x.Name, holder, b.Plan.Areas["US-NC"].Territory)
		}
	}
}
