package app

import (
	"context"
	"testing"

	"fieldbook/data"
)

// TestTwoPaintOneDraft lets a lead and a manager paint the same draft apart from
// each other: what differs meets, the same county waits in the inbox, and a rep
// neither gets plans nor changes any.
func TestTwoPaintOneDraft(t *testing.T) {
	ctx := context.Background()
	lea := founded(t)
	plan, err := lea.app.Plans.Create(ctx, NewPlan{Name: "Next year", Level: "county", Frame: "US", Blank: true})
	if err != nil {
		t.Fatal(err)
	}
	east := lea.add(data.KindPlanTerritory, map[string]string{"plan": plan.String(), "name": "East"})
	west := lea.add(data.KindPlanTerritory, map[string]string{"plan": plan.String(), "name": "West"})
	max, ada := lea.joined("Max"), lea.joined("Ada")
	if got := ada.titles(data.KindPlan); len(got) > 0 {
		t.Errorf("a rep was given the plans %q", got)
	}
	if _, err := ada.app.Plans.Create(ctx, NewPlan{Name: "Mine", Frame: "US"}); data.KindOf(err) != data.Refused {
		t.Errorf("a rep made a plan: %v", err)
	}
	give := func(m *office, to data.ID, areas ...string) {
		t.Helper()
		if _, err := m.app.Plans.Give(ctx, Giving{Plan: plan, Areas: areas, Territory: to}); err != nil {
			t.Fatal(err)
		}
	}
	lea.merge(max.share("Lea", "")) // Lea knows of Max's device from then on
	give(lea, east, "US/c36061", "US/c17031")
	give(max, west, "US/c06037", "US/c17031")
	lea.merge(max.share("Lea", ""))
	b, err := lea.app.Plans.Book(ctx, plan)
	if err != nil {
		t.Fatal(err)
	}
	for code, want := range map[string]data.ID{"US/c36061": east, "US/c06037": west} {
		if h := b.Plan.Areas[code]; h.Territory < 0 || b.Plan.Territories[h.Territory].ID != want {
			t.Errorf("%s was lost", code)
		}
	}
	conflicts, err := lea.app.Journal.Conflicts(ctx)
	if err != nil || len(conflicts) != 1 {
		t.Errorf("%d conflicts (%v)", len(conflicts), err)
	}
	lea.sound()
}
