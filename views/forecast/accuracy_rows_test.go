package forecast

import (
	"testing"

	"fieldbook/app"
	"fieldbook/app/metrics"
	"fieldbook/app/report"
	"fieldbook/views/kit"
)

func TestScoreWords(t *testing.T) {
	s := &scores{&app.ForecastAccuracy{Currency: "USD"}, report.Numbers{Currency: "USD"}}
	way := func(n int, e, bias, actual float64) app.WayScore {
		return app.WayScore{N: n, WAPE: metrics.Ratio{Num: e, Den: actual}, Bias: metrics.Ratio{Num: bias, Den: actual}}
	}
	for _, c := range []struct {
		what      string
		way       app.WayScore
		text, sub string
	}{
		{"nothing foretold", way(0, 0, 0, 0), kit.EnDash, ""},
		{"nothing came", way(3, 50, 50, 0), "n/a", "nothing came, n 3"},
		{"too much", way(13, 30, 20, 100), "off by 30%", "20% over-forecast, n 13"},
		{"too little", way(2, 30, -30, 100), "off by 30%", "30% under-forecast, n 2"},
		{"either side", way(2, 30, 0, 100), "off by 30%", "no bias, n 2"},
	} {
		if got := s.score(c.way); got.Text != c.text || got.Sub != c.sub {
			t.Errorf("%s: %q %q, want %q %q", c.what, got.Text, got.Sub, c.text, c.sub)
		}
	}
	for _, c := range []struct {
		minor, actual int64
		sub           string
	}{{500_00, 300_00, "200 over-forecast"}, {300_00, 500_00, "200 under-forecast"}, {500_00, 500_00, "exact"}} {
		if got := s.said(app.Foretold{Minor: c.minor, Actual: c.actual}, true); got.Sub != c.sub {
			t.Errorf("%d against %d: %q, want %q", c.minor, c.actual, got.Sub, c.sub)
		}
	}
}
