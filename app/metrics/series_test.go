package metrics_test

import (
	"math"
	"slices"
	"testing"

	"fieldbook/app/metrics"
	"fieldbook/data"
)

func TestByMonth(t *testing.T) {
	v := view(t, year(), metrics.Query{AsOf: on("2024-04-15")})
	months := v.ByMonth(data.AllTime)
	var names []string
	var values []int64
	for _, m := range months {
		names, values = append(names, m.Period.Name), append(values, m.WonValue.Minor)
	}
	if !slices.Equal(names, []string{"2024-01", "2024-02", "2024-03", "2024-04"}) || !slices.Equal(values, []int64{100_00, 200_00, 0, 600_00}) {
		t.Errorf("%v %v", names, values)
	}
	if !math.IsNaN(months[1].Mean) || months[2].Mean != 100_00 || math.Round(months[3].Mean*3) != 800_00 {
		t.Errorf("means %v %v %v", months[1].Mean, months[2].Mean, months[3].Mean)
	}
	if months[2].Partial || !months[3].Partial || months[2].Lost != 1 {
		t.Errorf("%+v", months[2:])
	}
	if quarter := v.ByMonth(data.Calendar{Start: 1}.Quarter(2024, 2)); len(quarter) != 1 || math.Round(quarter[0].Mean*3) != 800_00 {
		t.Errorf("the mean reaches back beyond the period: %+v", quarter)
	}
}

func TestRunningTotal(t *testing.T) {
	f := year()
	f.Quotas = []metrics.Quota{{Person: ann, Territory: metrics.None, Month: on("2024-04-01"), Amount: 910_00}}
	r := view(t, f, metrics.Query{AsOf: on("2024-04-15")}).RunningTotal(f.Calendar.Quarter(2024, 2))
	if len(r.This) != 15 || r.This[8] != 0 || r.This[9] != 600_00 || r.This[14] != 600_00 {
		t.Errorf("this: %v", r.This)
	}
	if len(r.Previous) != 91 || r.Previous[29] != 0 || r.Previous[30] != 100_00 || r.Previous[90] != 300_00 {
		t.Errorf("previous: %v", r.Previous)
	}
	if len(r.Pace) != 91 || r.Pace[0] != 10_00 || r.Pace[90] != 910_00 {
		t.Errorf("pace: %v", r.Pace)
	}
	if all := view(t, f, metrics.Query{AsOf: on("2024-04-15")}).RunningTotal(data.AllTime); all.This != nil {
		t.Errorf("all time has no day to start from: %v", all.This)
	}
}

func TestToDate(t *testing.T) {
	f := small()
	q := f.Calendar.Quarter(2024, 2)
	for asOf, want := range map[string]string{"2024-04-15": "2024-01-01..2024-01-15", "2024-06-30": "2024-Q1", "2025-01-01": "2024-Q1", "2024-03-15": "2024-01-01..2023-12-31"} {
		if got := f.ToDate(q, on(asOf)).Name; got != want {
			t.Errorf("%s: %s, want %s", asOf, got, want)
		}
	}
}

func TestSparklines(t *testing.T) {
	f := year()
	f.Quotas = []metrics.Quota{{Person: ann, Territory: metrics.None, Month: on("2024-04-01"), Amount: 1200_00}}
	s := view(t, f, metrics.Query{AsOf: on("2024-04-20")}).Sparklines(f.Calendar.Quarter(2024, 2), 2)
	if !slices.Equal(s.Days, []data.Day{on("2024-04-10"), on("2024-04-20")}) || !slices.Equal(s.Attainment, []float64{0.5, 0.5}) || !slices.Equal(s.Won, []float64{600_00, 0}) {
		t.Errorf("%+v", s)
	}
	if s.WinRate[0] != 1 || !math.IsNaN(s.WinRate[1]) || s.AvgWon[0] != 600_00 {
		t.Errorf("%+v", s)
	}
	near(t, "coverage: 400.00 open in the quarter, 600.00 left", s.Coverage[1], 400.0/600)
	if s = view(t, f, metrics.Query{AsOf: on("2024-04-09")}).Sparklines(f.Calendar.Quarter(2024, 2), 1); math.Abs(s.Coverage[0]-1000.0/1200) > 1e-9 {
		t.Errorf("before the close it was open: %+v", s)
	}
}

func TestBands(t *testing.T) {
	var r metrics.Result
	for _, a := range []float64{0.2, 0.4999, 0.5, 0.79, 0.8, 0.999, 1, 1.2, 1.2001, 3} {
		r.Rows = append(r.Rows, metrics.Row{Attainment: metrics.Ratio{Num: a, Den: 1}})
	}
	r.Rows = append(r.Rows, metrics.Row{})
	b := r.Bands()
	if b.Counts != [5]int{2, 2, 2, 2, 2} || b.N != 10 {
		t.Errorf("%+v", b)
	}
	near(t, "median", b.Median, (0.8+0.999)/2)
	ratio(t, "share at quota", b.AtQuota, 0.4)
}
