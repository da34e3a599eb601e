package forecast

import (
	"testing"

	"fieldbook/app"
	"fieldbook/app/metrics"
	"fieldbook/app/report"
	"fieldbook/data"
)

func TestOddsAndCoverage(t *testing.T) {
	ann, mia := data.NewID(), data.NewID()
	s := &sheet{num: report.Numbers{Currency: "USD"}, band: app.Band{Known: true, HasOdds: true, Odds: 0.4, People: map[data.ID]float64{ann: 0.7}, Teams: map[data.ID]float64{mia: 0.2}}}
	usd := func(minor int64) data.Money { return data.Money{Minor: minor, Currency: "USD"} }
	row := func(who data.ID, team bool, won, lost, open, quota int64) app.RollupRow {
		r := app.RollupRow{Person: who, Team: team, Quota: quota, HasQuota: quota > 0}
		r.Figures.Add(&metrics.Row{WonValue: usd(won), Credited: usd(won), LostValue: usd(lost), OpenValue: usd(open), Quota: metrics.Target{Money: usd(quota), Set: quota > 0}})
		return r
	}
	for _, c := range []struct {
		what           string
		row            app.RollupRow
		odds, coverage string
	}{
		{"a person", row(ann, false, 100, 100, 200, 200), "70%", "2.0× of 2.0×"},
		{"nothing won yet", row(ann, false, 0, 0, 200, 200), "70%", "1.0× of n/a"},
		{"met", row(ann, false, 300, 0, 0, 200), "70%", "met"},
		{"without a quota", row(ann, false, 100, 0, 200, 0), "n/a", "n/a"},
		{"a team", row(mia, true, 100, 300, 50, 200), "20%", "0.5× of 4.0×"},
		{"a team, whose odds nobody simulated", row(ann, true, 100, 300, 50, 200), "n/a", "0.5× of 4.0×"},
		{"all together", row(data.NoID, true, 100, 0, 50, 200), "40%", "0.5× of 1.0×"},
	} {
		if odds, coverage := s.odds(c.row), s.coverage(c.row); odds != c.odds || coverage != c.coverage {
			t.Errorf("%s: %q %q, want %q %q", c.what, odds, coverage, c.odds, c.coverage)
		}
	}
}
