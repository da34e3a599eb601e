package report

import (
	"math"
	"regexp"
	"strings"
	"testing"
	"time"

	"fieldbook/data"

	"pgregory.net/rapid"
)

var (
	dollars = Numbers{Currency: "USD", Symbol: "$"}
	kroner  = Numbers{Currency: "NOK", Locale: Locale{Group: "\u00a0", Decimal: ",", DayFirst: true}}
	yen     = Numbers{Currency: "JPY", Symbol: "¥"}
	dinars  = Numbers{Currency: "KWD"}
)

func TestMoney(t *testing.T) {
	for _, tc := range []struct {
		n                          Numbers
		minor                      int64
		short, exact, whole, money string
	}{
		{dollars, 0, "$0", "0", "0", "$0"},
		{dollars, 302_300, "$3,023", "3,023", "3,023", "$3,023"},
		{dollars, 302_350, "$3,024", "3,023.50", "3,024", "$3,023.50"},
		{dollars, 5, "$0", "0.05", "0", "$0.05"},
		{dollars, 999_949, "$9,999", "9,999.49", "9,999", "$9,999.49"},
		{dollars, 1_000_000, "$10.0K", "10,000", "10,000", "$10,000"},
		{dollars, 7_710_000, "$77.1K", "77,100", "77,100", "$77,100"},
		{dollars, 33_011_300, "$330K", "330,113", "330,113", "$330,113"},
		{dollars, 99_949_999, "$999K", "999,499.99", "999,500", "$999,499.99"},
		{dollars, 99_995_000, "$1.00M", "999,950", "999,950", "$999,950"},
		{dollars, 112_300_000, "$1.12M", "1,123,000", "1,123,000", "$1,123,000"},
		{dollars, 1_000_553_400, "$10.0M", "10,005,534", "10,005,534", "$10,005,534"},
		{dollars, 123_456_789_012_34, "$123B", "123,456,789,012.34", "123,456,789,012", "$123,456,789,012.34"},
		{dollars, -33_000_000, "–$330K", "–330,000", "–330,000", "–$330,000"},
		{dollars, -150, "–$2", "–1.50", "–2", "–$1.50"},
		{dollars, math.MaxInt64, "$92,234T", "92,233,720,368,547,758.07", "92,233,720,368,547,758", "$92,233,720,368,547,758.07"},
		{dollars, math.MinInt64, "–$92,234T", "–92,233,720,368,547,758.08", "–92,233,720,368,547,758", "–$92,233,720,368,547,758.08"},
		{kroner, 123_456_750, "NOK\u00a01,23M", "1\u00a0234\u00a0567,50", "1\u00a0234\u00a0568", "NOK\u00a01\u00a0234\u00a0567,50"},
		{yen, 330_113, "¥330K", "330,113", "330,113", "¥330,113"},
		{dinars, 1_234_567, "KWD\u00a01,235", "1,234.567", "1,235", "KWD\u00a01,234.567"},
	} {
		got := []string{tc.n.Short(tc.minor), tc.n.Exact(tc.minor), tc.n.Whole(tc.minor), tc.n.Money(tc.minor)}
		for i, want := range []string{tc.short, tc.exact, tc.whole, tc.money} {
			if got[i] != want {
				t.Errorf("%s %d: %s is %q, want %q", tc.n.Currency, tc.minor, []string{"short", "exact", "whole", "money"}[i], got[i], want)
			}
		}
	}
}

func TestAxisLabels(t *testing.T) {
	for v, want := range map[float64]string{
		0: "0", 200_000: "$200K", 1_500_000: "$1.5M", 1_000_000: "$1M", 250: "$250", 2.5: "$2.5", 0.25: "$0.25",
		-50_000: "–$50K", 1e18: "$1e+18", 9e17: "$900,000T", 1e300: "$1e+300", -1e300: "–$1e+300",
	} {
		if got := dollars.Axis()(v); got != want {
			t.Errorf("axis %g: %q, want %q", v, got, want)
		}
	}
}

func TestNumbers(t *testing.T) {
	for _, tc := range []struct{ got, want string }{
		{dollars.Percent(0.4678), "47%"},
		{dollars.Percent(-0.005), "–1%"},
		{dollars.Percent(-0.001), "0%"},
		{dollars.Percent(12.345), "1,235%"},
		{dollars.Percent(math.NaN()), "n/a"},
		{dollars.Percent(math.Inf(1)), "n/a"},
		{dollars.Percent(math.MaxFloat64), "n/a"},
		{dollars.Times(2), "2.0×"},
		{kroner.Times(1.65), "1,7×"},
		{dollars.Times(math.NaN()), "n/a"},
		{dollars.Count(1_234_567), "1,234,567"},
		{dollars.Count(-12), "–12"},
		{dollars.Ratio(109, 2330), "109 of 2,330"},
		{dollars.Number(1234.5678, 2), "1,234.57"},
		{dollars.Number(-0.2, 0), "0"},
		{dollars.Number(math.NaN(), 2), "n/a"},
	} {
		if tc.got != tc.want {
			t.Errorf("%q, want %q", tc.got, tc.want)
		}
	}
}

func TestDays(t *testing.T) {
	day := data.NewDay(2017, time.November, 17)
	for _, tc := range []struct{ got, want string }{
		{dollars.Day(day), "Nov 17"},
		{dollars.DayYear(day), "Nov 17, 2017"},
		{kroner.Day(day), "17 Nov"},
		{kroner.DayYear(day), "17 Nov 2017"},
		{dollars.Day(data.NoDay), ""},
		{dollars.DayYear(data.NoDay), ""},
	} {
		if tc.got != tc.want {
			t.Errorf("%q, want %q", tc.got, tc.want)
		}
	}
}

func TestShortMoneyNeverGrowsBeyondItsCard(t *testing.T) {
	form := regexp.MustCompile(`^–?\$(\d,\d{3}|\d{1,3}|\d{1,3}\.\d{1,2}[KMBT]|\d{3}[KMBT]|\d{1,3}(,\d{3})*T)$`)
	rapid.Check(t, func(t *rapid.T) {
		minor := rapid.Int64().Draw(t, "minor")
		if s := dollars.Short(minor); !form.MatchString(s) {
			t.Fatalf("%d: %q", minor, s)
		}
	})
}

func TestExactMoneyLosesNothing(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		minor := rapid.Int64().Draw(t, "minor")
		plain := strings.NewReplacer(",", "", "–", "-").Replace(dollars.Exact(minor))
		if back, err := data.ParseDecimal(plain, 2); minor != math.MinInt64 && (err != nil || back != minor) {
			t.Fatalf("%d: %q reads as %d, %v", minor, plain, back, err)
		}
	})
}

func TestCaption(t *testing.T) {
	h := Head{Title: "Won", Unit: "USD", N: "n = 233 closed", Note: "line is the mean"}
	if got := h.Caption(); got != "USD, n = 233 closed, line is the mean" {
		t.Errorf("caption %q", got)
	}
	if got := (Head{}).Caption(); got != "" {
		t.Errorf("empty caption %q", got)
	}
}

func TestChanges(t *testing.T) {
	n, cal := Numbers{}, data.Calendar{Start: 1}
	q4 := cal.Quarter(2017, 4)
	for _, c := range []struct {
		in   data.Period
		asOf data.Day
		want string
	}{
		{q4, data.NewDay(2017, 11, 17), "Q3, day 48"},
		{q4, data.NewDay(2018, 2, 1), "Q3"},
		{cal.Month(2017, 3), data.NewDay(2017, 3, 2), "Feb, day 2"},
		{cal.Year(2017), data.NewDay(2018, 1, 1), "2016"},
		{data.AllTime, data.NewDay(2017, 1, 1), ""},
	} {
		if got := Against(cal, c.in, c.asOf); got != c.want {
			t.Errorf("%s on %s: %q, want %q", c.in.Name, c.asOf, got, c.want)
		}
	}
	for _, c := range []struct {
		now, before float64
		want        string
	}{{117, 100, "17% on Q3"}, {92.5, 100, "7.5% on Q3"}, {45, 50, "10% on Q3"}, {5000, 100, "50.0× on Q3"}, {1, 0, ""}} {
		if got, _, _ := n.Grown(c.now, c.before, "Q3"); got != c.want {
			t.Errorf("%v after %v: %q, want %q", c.now, c.before, got, c.want)
		}
	}
	if got, change, ok := n.Points(0.47, 0.59, "Q3"); got != "12 points on Q3" || change > 0 || !ok {
		t.Error(got, change, ok)
	}
	if got, _, _ := n.Points(0.5, 0.49, "Q3"); got != "1 point on Q3" {
		t.Error(got)
	}
}

func TestTabulateHasALineAMark(t *testing.T) {
	mark := Mark{Label: "Ann", Value: 2}
	for _, spec := range []Spec{
		AttainmentBars{Rows: []Attainment{{Mark: mark}}},
		Gauge{Done: mark},
		Funnel{Steps: []Step{{Mark: mark}}},
		Columns{Bars: []Bar{{Mark: mark}}},
		Bands{Bars: []Mark{mark}},
		Intervals{Rows: []Interval{{Mark: mark}}},
		StageBars{Rows: []Stage{{Mark: mark}}},
		Sparkline{Values: []float64{2}},
		Lines{Series: []Line{{Label: "a", Points: []Point{{X: 1, Y: 2}}}, {Label: "b", Points: []Point{{X: 1, Y: NA()}}}}},
	} {
		lines := Tabulate(spec)
		if len(lines) != 2 || len(lines[0]) != len(lines[1]) || lines[1][1] != "2" {
			t.Errorf("%T: %q", spec, lines)
		}
	}
}
