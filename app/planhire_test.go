package app_test

import (
	"context"
	"fmt"
	"testing"

	"fieldbook/app"
	"fieldbook/app/planning"
	"fieldbook/data"
)

// TestWhoWorksLessGetsLess makes room beside a territory that has enough for two:
// who comes gets what is due for the part that they work, not half of it.
func TestWhoWorksLessGetsLess(t *testing.T) {
	ctx := context.Background()
	a := settingsBook(t)
	add := adder(t, a)
	for name, towns := range map[string]map[float64]int{"North": {44: 12}, "South": {30: 20, 34: 20}} {
		at := add(data.KindTerritory, data.Values{"name": name})
		for lat, n := range towns {
			for i := range n {
				add(data.KindAccount, data.Values{"name": fmt.Sprintf("%s %v %d", name, lat, i), "latitude": lat, "longitude": -100 + float64(i)/10, "territory": at})
			}
		}
	}
	plan, err := a.Plans.Create(ctx, app.NewPlan{Name: "Next year", Mix: app.ParseMix("accounts"), Tolerance: 10})
	if err != nil {
		t.Fatal(err)
	}
	fresh, err := a.Plans.Hire(ctx, bookOf(t, a, plan), app.Newcomer{Name: "Half", Share: 50}, nil)
	if err != nil {
		t.Fatal(err)
	}
	b := bookOf(t, a, plan)
	loads := map[data.ID]float64{}
	for i, load := range b.Divide().Loads {
		loads[b.Plan.Territories[i].ID] = load.Of(planning.Accounts)
	}
	const due = 52 * 0.5 / 2.5
	if got := loads[fresh]; got < 0.9*due || got > 1.1*due {
		t.Errorf("half a territory has %v accounts, its due is %v: %v", got, due, loads)
	}
}
