package metrics_test

import (
	"math"
	"testing"

	"fieldbook/app/metrics"
)

func counts(before, after float64) metrics.Shift {
	return metrics.Shift{Before: metrics.Ratio{Num: before, Den: 1, N: int(before)}, After: metrics.Ratio{Num: after, Den: 1, N: int(after)}}
}

func rates(won, n, wonAfter, nAfter float64) metrics.Shift {
	return metrics.Shift{Before: metrics.Ratio{Num: won, Den: n, N: int(n)}, After: metrics.Ratio{Num: wonAfter, Den: nAfter, N: int(nAfter)}}
}

func TestCompareHoldsAChangeAgainstPeers(t *testing.T) {
	// Peers change by 1, 2, 3, 4 and 5: mean 3, deviation √2.5, t(4) 2.776445.
	peers := []metrics.Shift{counts(10, 11), counts(10, 12), counts(10, 13), counts(10, 14), counts(10, 15)}
	e := metrics.Compare(metrics.WatchVisits, counts(4, 17), peers)
	half := math.Sqrt(2.5) * math.Sqrt(1.2) * 2.7764451
	if e.Told != metrics.Enough || e.Peers != 5 || e.PeerBefore != 10 || e.PeerMean != 13 || e.Diff != 10 {
		t.Fatalf("%+v", e)
	}
	near(t, "low", e.Low, 10-half)
	near(t, "high", e.High, 10+half)
}

func TestCompareSaysWhatItCannotTell(t *testing.T) {
	few := []metrics.Shift{counts(10, 11), counts(10, 12)}
	many := []metrics.Shift{rates(5, 10, 6, 10), rates(5, 10, 6, 10), rates(5, 10, 6, 10), rates(5, 10, 6, 10), rates(5, 10, 6, 10), rates(1, 2, 2, 2)}
	for name, c := range map[string]struct {
		which metrics.Watch
		own   metrics.Shift
		peers []metrics.Shift
		want  metrics.Told
		n     int
	}{
		"two peers":              {metrics.WatchVisits, counts(4, 9), few, metrics.NoPeers, 2},
		"four deals":             {metrics.WatchWinRate, rates(2, 4, 5, 9), many, metrics.TooFew, 5},
		"none":                   {metrics.WatchWinRate, rates(0, 0, 5, 9), many, metrics.TooFew, 5},
		"three calls":            {metrics.WatchCalls, counts(1, 2), many, metrics.TooFew, 6},
		"enough, a peer has not": {metrics.WatchWinRate, rates(5, 10, 9, 10), many, metrics.Enough, 5},
	} {
		if e := metrics.Compare(c.which, c.own, c.peers); e.Told != c.want || e.Peers != c.n {
			t.Errorf("%s: %+v", name, e)
		}
	}
}

func TestEffectSpansAreEqual(t *testing.T) {
	if _, _, ok := metrics.EffectSpans(on("2024-05-01"), on("2024-05-13")); ok {
		t.Error("13 days are too few")
	}
	for until, days := range map[string]int{"2024-05-14": 14, "2024-06-30": 61, "2025-06-30": 91} {
		before, after, ok := metrics.EffectSpans(on("2024-05-01"), on(until))
		if !ok || before.Days() != days || after.Days() != days || before.To != after.From || after.From != on("2024-05-01") {
			t.Errorf("%s: %v %v", until, before, after)
		}
	}
}

func TestMeets(t *testing.T) {
	for _, c := range []struct {
		which  metrics.Watch
		figure metrics.Ratio
		target float64
		want   bool
	}{
		{metrics.WatchAttainment, metrics.Ratio{Num: 99, Den: 100}, 100, false},
		{metrics.WatchAttainment, metrics.Ratio{Num: 100, Den: 100}, 100, true},
		{metrics.WatchAttainment, metrics.Ratio{}, 0, false},
		{metrics.WatchWonValue, metrics.Ratio{Num: 500_00, Den: 1}, 500, true},
		{metrics.WatchCycle, metrics.Ratio{Num: 60, Den: 2}, 30, true},
		{metrics.WatchCycle, metrics.Ratio{Num: 62, Den: 2}, 30, false},
	} {
		if got := c.which.Meets(c.figure, c.target, "USD"); got != c.want {
			t.Errorf("%s %v against %v: %v", c.which, c.figure, c.target, got)
		}
	}
}
