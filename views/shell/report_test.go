package shell

import (
	"testing"
	"time"

	"fieldbook/app"
	"fieldbook/views/kit"
)

// TestAScreenLeadsToItsReport: what Home offers to print is the report that is shown.
func TestAScreenLeadsToItsReport(t *testing.T) {
	now := time.Date(2026, 5, 20, 10, 0, 0, 0, time.UTC)
	sh := ticking(t, &now)
	sh.session.open(kit.Target{Screen: "reports", Report: app.ReportGoal})
	mustShow(t, sh, "How it looks")
	if shown := sh.session.screens["reports"].(kit.Titled).Crumbs(); len(shown) != 1 || shown[0].Text != "What the goal needs" {
		t.Errorf("it shows %+v", shown)
	}
}
