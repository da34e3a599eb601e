package territories_test

import (
	"context"
	"testing"

	"fyne.io/fyne/v2"

	"fieldbook/data"
	"fieldbook/views/kit"
	"fieldbook/views/kit/kittest"
)

// TestADraftOnTheMap begins a draft by its form, finds it again after the book
// was closed, publishes it and takes that back.
func TestADraftOnTheMap(t *testing.T) {
	d := newDrive(t)
	ctx := context.Background()
	d.must(d.app.SetPref(ctx, "territories side", "map"))
	north := d.add(data.KindTerritory, data.Values{"name": "North"})
	d.add(data.KindAccount, data.Values{"name": "Elm Foods", "city": "Houston", "state": "TX", "country": "US", "territory": north})
	d.add(data.KindAccount, data.Values{"name": "Fir Works"})
	d.show()
	d.screen.Primary().Do()
	d.hand.Key(fyne.KeyReturn)
	d.must(d.failed)
	plans, err := d.app.Plans.List(ctx)
	d.must(err)
	if len(plans) != 1 || plans[0].Level != "county" || d.screen.Primary().Text != "Publish" {
		t.Fatalf("plans %+v, %q is offered", plans, d.screen.Primary().Text)
	}
	for _, text := range []string{"Rebalance", "Accounts without a known place"} {
		if !kittest.Shows(d.screen.Content(), text) {
			t.Errorf("%q is missing: %v", text, kittest.Texts(d.screen.Content()))
		}
	}
	d.click("Accounts without a known place")
	if !kittest.Shows(d.screen.Content(), "Fir Works") {
		t.Errorf("who has no place is not listed: %v", kittest.Texts(d.screen.Content()))
	}
	d.click("Done")
	if kittest.Shows(d.screen.Content(), "Fir Works") || !kittest.Shows(d.screen.Content(), "To settle") {
		t.Errorf("the list stays: %v", kittest.Texts(d.screen.Content()))
	}
	d.reopen()
	again, err := d.app.Plans.List(ctx)
	d.must(err)
	if len(again) != 1 || again[0].ID != plans[0].ID {
		t.Fatalf("after reopening: %+v", again)
	}
	status := func() string {
		info, err := d.app.Plans.Get(ctx, plans[0].ID)
		d.must(err)
		return info.Status
	}
	d.screen.Open(kitPlan(plans[0].ID))
	d.screen.Primary().Do()
	d.press(d.overlay(), "Publish")
	d.must(d.failed)
	if status() != data.PlanActive {
		t.Errorf("published, it is %s", status())
	}
	d.undo()
	if status() != data.PlanDraft {
		t.Errorf("after undo it is %s", status())
	}
}

func kitPlan(id data.ID) kit.Target { return kit.Target{Kind: data.KindPlan, ID: id} }
