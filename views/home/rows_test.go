package home

import (
	"math"
	"slices"
	"testing"

	"fieldbook/app"
	"fieldbook/app/metrics"
	"fieldbook/app/planning"
	"fieldbook/app/report"
	"fieldbook/data"
	"fieldbook/views/kit"
)

func dollars(n int64) data.Money { return data.Money{Minor: n * 100, Currency: "USD"} }

// made is a sheet of Q4 2017 on its 48th day: 45 of 100 won, 60 open.
func made() *sheet {
	cal := data.Calendar{Start: 1}
	h := &app.HomeFigures{FigureQuery: app.FigureQuery{Period: cal.Quarter(2017, 4), AsOf: data.NewDay(2017, 11, 17)}, Calendar: cal, Share: 0.5}
	t := &h.Team.Total
	t.Won, t.Lost, t.Open = 9, 9, 6
	t.WonValue, t.Credited, t.OpenValue = dollars(45), dollars(45), dollars(60)
	t.Quota = metrics.Target{Money: dollars(100), Set: true}
	t.Attainment = metrics.Ratio{Num: 4500, Den: 10000}
	t.Pace = metrics.Ratio{Num: 4500, Den: 5000}
	t.RunRate = metrics.Ratio{Num: 4500, Den: 0.5}
	t.Coverage = metrics.Ratio{Num: 6000, Den: 5500}
	t.CoverageNeeded = metrics.Ratio{Num: 2, Den: 1}
	t.WinRate = metrics.NewWinRate(9, 9)
	t.AvgWon = metrics.Ratio{Num: 4500, Den: 9, N: 9}
	h.Before.WonValue = dollars(50)
	h.Before.WinRate = metrics.NewWinRate(3, 1)
	return &sheet{HomeFigures: h, num: report.Numbers{Currency: "USD", Symbol: "$"}}
}

func TestCards(t *testing.T) {
	var got []string
	for _, c := range made().cards() {
		got = append(got, c.Name+": "+c.Text+"; "+c.Sub+"; "+c.Change)
	}
	want := []string{
		"Attainment: 45%; $45 of $100; 90% of pace",
		"Won, to date: $45; 9 deals; 10% on Q3, day 48",
		"Coverage to Dec 31: 1.1×; $60 on $55 left; below the 2.0× needed",
		"Win rate, count: 50%; 9 of 18 closed; 25 points on Q3, day 48",
		"Average won deal: $5; ; ",
	}
	if !slices.Equal(got, want) {
		t.Errorf("%q\nwant\n%q", got, want)
	}
}

func TestCardsWithoutQuota(t *testing.T) {
	s := made()
	s.Team.Total.Quota, s.Team.Total.Attainment, s.Team.Total.Pace, s.Team.Total.Coverage = metrics.Target{}, metrics.Ratio{}, metrics.Ratio{}, metrics.Ratio{}
	cards := s.cards()
	if cards[0].Text != "n/a" || cards[0].Sub != "no quota" || cards[2].Name != "Open value in period" || cards[2].Text != "$60" {
		t.Errorf("%+v", cards)
	}
}

func TestFacts(t *testing.T) {
	var got []string
	for _, f := range made().facts() {
		got = append(got, f.name+": "+f.figure+" ("+f.note+")")
	}
	want := []string{
		"Left to quota: 55 (30 working days)", "Of pace: 90% (50 expected by now)", "Run rate: 90 (at this pace by Dec 31)", "What it takes: 11 won (22 decisions at 50%)",
	}
	if !slices.Equal(got, want) {
		t.Errorf("%q\nwant\n%q", got, want)
	}
}

func TestPlanAddsWhatIsTicked(t *testing.T) {
	s := made()
	one, two := app.DealLine{ID: data.NewID(), Value: 1000, Known: true}, app.DealLine{ID: data.NewID(), Value: 3000, Known: true}
	s.Due = []app.DealLine{one, two}
	in := s.Period.From
	p := s.plan(map[data.ID]planning.Change{two.ID: {Won: true, Close: in}, data.NewID(): {Won: true, Close: in}})
	if p.Deals != 1 || p.of != 2 || p.Value != 7500 || p.figure(s.num) != "75%" {
		t.Errorf("%+v, %s", p, p.figure(s.num))
	}
	s.Team.Total.Quota = metrics.Target{}
	if got := s.plan(nil).figure(s.num); got != "$45" {
		t.Errorf("without a quota %s", got)
	}
}

func TestWorkdays(t *testing.T) {
	friday := data.NewDay(2017, 11, 17)
	for last, want := range map[data.Day]int{friday: 0, friday + 2: 0, friday + 3: 1, friday + 7: 5, friday - 3: 0} {
		if got := workdays(friday, last); got != want {
			t.Errorf("from Friday to %s: %d, want %d", last, got, want)
		}
	}
}

func TestKnownDropsGaps(t *testing.T) {
	if got := known([]float64{math.NaN(), 1, math.Inf(1), 2}); !slices.Equal(got, []float64{1, 2}) {
		t.Error(got)
	}
}

func TestNeedsAreGroupedByUrgency(t *testing.T) {
	s := made()
	deal := func(name string, on data.Day) app.DealGroup {
		return app.DealGroup{Keys: []data.Key{1}, Lines: []app.DealLine{{ID: data.NewID(), Name: name, Owner: "Ann Lee", Step: "Call back", StepOn: on, Value: 100, Known: true, Days: 60, Stage: "Proposal"}}}
	}
	s.Needs.Overdue, s.Needs.NextWeek = deal("Late", s.AsOf-1), deal("Soon", s.AsOf+3)
	s.Needs.Overdue.Keys = append(s.Needs.Overdue.Keys, 2)
	s.Needs.Stalled, s.Needs.StalledOf = deal("Stuck", data.NoDay), 7
	s.Needs.NoClose = app.DealGroup{Keys: []data.Key{3, 4}}
	var got []string
	for _, r := range s.needs() {
		got = append(got, join(" | ", r.Title, r.Detail, r.Right, r.RightDetail))
	}
	want := []string{
		"Overdue | 2", "Late | Ann · Call back | 1 | Nov 16", "All 2 deals", "To the end of next week | 1", "Soon | Ann · Call back | 1 | Nov 20",
		"Stalled | 1 of 7, largest first", "Stuck | Ann · 60 days in Proposal | 1 | no next step", "Open deals to fix | 2", "Without a close day | 2",
	}
	if !slices.Equal(got, want) {
		t.Errorf("%q\nwant\n%q", got, want)
	}
}

func TestTeamRows(t *testing.T) {
	s := made()
	row := func(name string, attained float64, won int64) metrics.Row {
		r := metrics.Row{Key: name, ID: data.NewID(), Total: 1, WonValue: dollars(won), Credited: dollars(won)}
		if attained >= 0 {
			r.Quota, r.Attainment = metrics.Target{Money: dollars(100), Set: true}, metrics.Ratio{Num: attained, Den: 1}
		}
		return r
	}
	s.Team.Rows = []metrics.Row{row("Cy", -1, 5), row("Ann", 0.2, 20), row("Bob", 1.3, 130), row("Di", -1, 50)}
	var got []string
	for _, r := range s.againstRows(s.team()) {
		got = append(got, r.Cells[0].Text+" "+r.Cells[2].Text)
	}
	if want := []string{"Bob 130%", "Ann 20%", "Di " + kit.EnDash, "Cy " + kit.EnDash}; !slices.Equal(got, want) {
		t.Errorf("%q, want %q", got, want)
	}
	if bar := s.againstRows(s.team())[0].Cells[1].Bar; bar.Done != 1 || bar.Full >= 1 || bar.Expected >= bar.Full {
		t.Errorf("%+v", bar)
	}
}
