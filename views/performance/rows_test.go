package performance

import (
	"slices"
	"testing"
	"time"

	"fieldbook/app"
	"fieldbook/app/metrics"
	"fieldbook/app/report"
	"fieldbook/data"
)

func made(rows ...metrics.Row) *sheet {
	cal := data.Calendar{Start: 1}
	in := cal.Quarter(2017, 4)
	return &sheet{
		PerformanceFigures: &app.PerformanceFigures{
			FigureQuery: app.FigureQuery{Period: in, AsOf: data.NewDay(2017, 11, 17)}, Calendar: cal, Share: 0.43, Table: metrics.Result{Rows: rows},
		},
		num: report.Numbers{Currency: "USD", Symbol: "$"}, by: metrics.ByPerson,
	}
}

func person(name string, won, quota int64) metrics.Row {
	r := metrics.Row{Key: name, ID: data.NewID(), Won: 2, WonValue: data.Money{Minor: won * 100, Currency: "USD"}, Credited: data.Money{Minor: won * 100, Currency: "USD"}}
	if quota > 0 {
		r.Quota = metrics.Target{Money: data.Money{Minor: quota * 100, Currency: "USD"}, Set: true}
		r.Attainment = metrics.Ratio{Num: float64(won), Den: float64(quota)}
	}
	return r
}

func labels(b report.AttainmentBars) []string {
	var out []string
	for _, r := range b.Rows {
		out = append(out, r.Label+" "+r.Text)
	}
	return out
}

func TestBarsRankByAttainmentThenWon(t *testing.T) {
	s := made(person("Ann", 50, 100), person("Bob", 90, 100), person("Cy", 70, 0), person("Di", 80, 0))
	b := s.bars()
	if got, want := labels(b), []string{"Bob 90%", "Ann 50%", "Di n/a", "Cy n/a"}; !slices.Equal(got, want) {
		t.Errorf("%v, want %v", got, want)
	}
	if b.Pace.Label != "pace 43%" || b.Rows[0].Sub != "90 of 100" || b.Rows[0].Expected != 43 {
		t.Errorf("%+v", b)
	}
	if l, ok := s.links.find(b.Rows[0].Key); !ok || l.behind[0].Measure != metrics.WonDeals || l.title != "Won by Bob, Oct 1 – Nov 17, 2017" {
		t.Errorf("%+v", l)
	}
}

func TestBarsWithoutQuotasShowWon(t *testing.T) {
	s := made(person("Ann", 50, 0), person("Bob", 90, 0))
	if got, want := labels(s.bars()), []string{"Bob $90", "Ann $50"}; !slices.Equal(got, want) {
		t.Errorf("%v, want %v", got, want)
	}
}

func TestBandOf(t *testing.T) {
	edges := []float64{0.5, 0.8, 1, 1.2}
	for v, want := range map[float64]int{0: 0, 0.49: 0, 0.5: 1, 0.79: 1, 0.8: 2, 0.99: 2, 1: 3, 1.2: 3, 1.21: 4} {
		if got := bandOf(edges, v); got != want {
			t.Errorf("%v is in band %d, want %d", v, got, want)
		}
	}
}

func TestMonthsNameDaysOfTheLast(t *testing.T) {
	s := made()
	month := func(y, m int, partial bool) metrics.Month {
		return metrics.Month{Period: s.Calendar.Month(y, time.Month(m)), Won: 1, WonValue: data.Money{Minor: 100, Currency: "USD"}, Mean: report.NA(), Partial: partial}
	}
	s.Months = []metrics.Month{month(2016, 12, false), month(2017, 1, false), month(2017, 11, true)}
	var got []string
	for _, b := range s.months().Bars {
		got = append(got, b.Label)
	}
	if want := []string{"Dec", "Jan 2017", "Nov 1–17"}; !slices.Equal(got, want) {
		t.Errorf("%v, want %v", got, want)
	}
}

func TestLinkOfNoMark(t *testing.T) {
	var l links
	for _, key := range []string{"", "x", "-1", "0"} {
		if _, ok := l.find(key); ok {
			t.Errorf("%q leads somewhere", key)
		}
	}
}
