package app

import (
	"context"
	"strings"
	"testing"

	"fieldbook/data"
)

// TestWhoApprovesAPlan: in a book with members those who carry a number may not
// approve the plan that it comes from; who may not is told so, and nothing changes.
func TestWhoApprovesAPlan(t *testing.T) {
	ctx := context.Background()
	lea := founded(t)
	year := lea.app.Book().Calendar.YearOf(lea.app.Today())
	plan, err := lea.app.Revenue.Add(ctx, NewRevenue{Name: "Growth", Year: year, Total: 4_000_000_00})
	if err != nil {
		t.Fatal(err)
	}
	joined := map[string]*office{}
	for _, name := range []string{"Max", "Ada"} { // a manager and a rep
		joined[name] = lea.joined(name)
	}
	for name, m := range joined {
		if name == "Ada" && len(m.titles(data.KindRevenuePlan)) == 0 {
			continue // a rep does not get the plan at all
		}
		err := m.app.Revenue.SetStatus(ctx, plan, data.RevenueApproved)
		if data.KindOf(err) != data.Refused || !strings.Contains(err.Error(), "lead") {
			t.Errorf("%s: %v", name, err)
		}
		if got := m.find(data.KindRevenuePlan, "Growth"); got.Text("status") != data.RevenueDraft || got.Has("approved_by") {
			t.Errorf("%s approved it all the same: %v", name, got.Values)
		}
		m.sound()
	}
	if err := lea.app.Revenue.SetStatus(ctx, plan, data.RevenueApproved); err != nil {
		t.Fatal(err)
	}
	if got := lea.find(data.KindRevenuePlan, "Growth"); got.Text("status") != data.RevenueApproved || got.Labels["approved_by"] != "Lea" {
		t.Errorf("%v", got.Values)
	}
}
