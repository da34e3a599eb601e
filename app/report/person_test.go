package report_test

import (
	"testing"

	"fieldbook/app/metrics"
	"fieldbook/app/report"
	"fieldbook/data"
)

// Bo's figures are those of the test on team performance: three months of
// 30,000, 21,750 won in November. Ten closed deals are too few to tell.
func TestScorecardAndProgressOfAPerson(t *testing.T) {
	f := company()
	v, err := metrics.NewView(f, metrics.Query{AsOf: asOf, Scope: metrics.Scope{Whose: metrics.OfPerson, Place: 1}})
	if err != nil {
		t.Fatal(err)
	}
	whole, err := metrics.NewView(f, metrics.Query{AsOf: asOf})
	if err != nil {
		t.Fatal(err)
	}
	teams, err := whole.Compute(metrics.ByManager, cover().Period)
	if err != nil {
		t.Fatal(err)
	}
	months, err := v.Compute(metrics.ByMonth, cover().Period)
	if err != nil {
		t.Fatal(err)
	}
	c := cover()
	c.Scope = "Bo Dahl"
	s := report.Scorecard{
		Cover: c, Row: months.Total, Months: months, Team: teams.Rows[0], TeamName: report.TeamName(teams.Rows[0]), Stages: v.OpenByStage(data.AllTime),
		Activities: []report.Activity{{Type: "call", Done: 3}, {Type: "visit", Done: 1}},
	}
	same(t, s.Doc(),
		"2017-10|0|30,000|0%|0 of 0|n/a|n/a", "2017-11|21,750|30,000|73%|5 of 10|50%|4,350", "2017-12|0|30,000|0%|0 of 0|n/a|n/a", "Period|21,750|90,000|24%|5 of 10|50%|4,350",
		"Win rate, count|50%|50%|10 and 20|too few to tell", "Deal size, median|4,350|4,125|5 and 10|too few deals to tell", "Cycle, median days|31|31|5 and 10|too few deals to tell",
		"Proposal|5|18,750|9,375", "Open|5|18,750|9,375", "call|3", "visit|1", "All|4",
	)
	p := report.RepProgress{Cover: c, Row: months.Total, Running: v.RunningTotal(cover().Period), Names: map[data.Key]string{1: "A"}, Deals: []report.OpenDeal{
		{Key: 1, Stage: "Proposal", Close: asOf + 3, Value: 60_000_50, Known: true},
		{Key: 2, Stage: "Prospecting", Close: asOf + 4, Value: 9_000_00, Known: true},
	}}
	same(t, p.Doc(), "A|Proposal|Nov 20|60,000.50|8,249.50", "|Prospecting|Nov 21|9,000|met", "2 deals|||69,000.50|")
	cards := p.Doc().Sections[0].Blocks[0].(report.Figures).Cards
	for i, want := range []string{"$90.0K", "$21.8K", "24%", "$68.3K", "$41.7K"} { // 21,750 in 48 of 92 days is 41,688 in 92
		if cards[i].Text != want {
			t.Errorf("card %s is %q, want %q", cards[i].Name, cards[i].Text, want)
		}
	}
}

func TestPersonWithoutAnything(t *testing.T) {
	same(t, report.Scorecard{Cover: cover()}.Doc(),
		"Win rate, count|n/a|n/a|0 and 0|too few to tell", "Deal size, median|n/a|n/a|0 and 0|too few deals to tell", "Cycle, median days|n/a|n/a|0 and 0|too few deals to tell")
	if d := (report.RepProgress{Cover: cover()}).Doc(); len(lines(d)) != 0 || len(d.Sections) != 2 {
		t.Errorf("%+v", d.Sections)
	}
}
