package planning_test

import (
	"testing"

	"pgregory.net/rapid"

	"fieldbook/app/planning"
	"fieldbook/data"
)

func rates(t testing.TB, text string) planning.Rates {
	t.Helper()
	r, err := planning.ParseRates(text)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

const usual = "0: 3; 80: 5; 100: 8; 120: 10"

func TestCommissionIsMarginalToTheCent(t *testing.T) {
	for _, c := range []struct {
		plan            string
		credited, quota int64
		want            int64
		ok              bool
	}{
		{usual, 0, 1_000_00, 0, true},
		{usual, -5, 1_000_00, 0, true},
		{usual, 500_00, 1_000_00, 15_00, true},
		{usual, 800_00, 1_000_00, 24_00, true},
		{usual, 800_01, 1_000_00, 24_00, true},   // 24.0005
		{usual, 800_10, 1_000_00, 24_01, true},   // 24.005 rounds away from zero
		{usual, 1_000_00, 1_000_00, 34_00, true}, // 24 + 200 at 5 %
		{usual, 1_500_00, 1_000_00, 80_00, true}, // 34 + 200 at 8 % + 300 at 10 %
		{usual, 1_500_00, 0, 0, false},           // no quota, no attainment
		{"0: 4", 1_500_00, 0, 60_00, true},       // a flat rate needs none
		{"50: 10", 400_00, 1_000_00, 0, true},    // below the first rate nothing is paid
		{"50: 10", 600_00, 1_000_00, 10_00, true},
		{"0: 7.5; 99.5: 12.25", 1_000_00, 1_000_00, 75_24, true}, // 74.625 + 0.6125 = 75.2375
		{"0: 10", 1 << 62, 1, 461168601842738790, true},
		{"0%: 3%; 100%: 6%;", 2_000_00, 1_000_00, 90_00, true},
	} {
		got, ok := rates(t, c.plan).Estimate(c.credited, c.quota)
		if got != c.want || ok != c.ok {
			t.Errorf("%q on %d of %d: %d %v, want %d %v", c.plan, c.credited, c.quota, got, ok, c.want, c.ok)
		}
	}
}

func TestRateOfTheNextSale(t *testing.T) {
	r := rates(t, usual)
	for credited, want := range map[int64]float64{-1: 3, 0: 3, 79_99: 3, 80_00: 5, 100_00: 8, 999_00: 10} {
		if got, ok := r.At(credited, 100_00); got != want || !ok {
			t.Errorf("at %d: %v %v, want %v", credited, got, ok, want)
		}
	}
	if _, ok := r.At(1, 0); ok {
		t.Error("a rate without a quota")
	}
}

func TestRatesThatNobodyCanRead(t *testing.T) {
	for _, text := range []string{"", " ; ", "5", "0: x", "x: 5", "0: -1", "-1: 3", "0: 101", "1001: 3", "80: 5; 0: 3", "0: 3; 0: 4", "0: 3: 4", "0: 3,5", "0: 1.23456"} {
		r, err := planning.ParseRates(text)
		if data.KindOf(err) != data.Invalid || r != nil || len(err.Error()) < 20 {
			t.Errorf("%q: %v %v", text, r, err)
		}
	}
}

func TestCommissionNeverFallsAndRatesComeBack(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var r planning.Rates
		from := int64(0)
		for range rapid.IntRange(1, 6).Draw(t, "rates") {
			r = append(r, planning.Rate{From: from, Percent: rapid.Int64Range(0, 1_000_000).Draw(t, "percent")})
			from += rapid.Int64Range(1, 1_500_000).Draw(t, "step")
		}
		again, err := planning.ParseRates(r.String())
		if err != nil || again.String() != r.String() {
			t.Fatal(r, again, err)
		}
		quota := rapid.Int64Range(1, 1<<50).Draw(t, "quota")
		a, b := rapid.Int64Range(0, 1<<50).Draw(t, "a"), rapid.Int64Range(0, 1<<50).Draw(t, "b")
		low, _ := r.Estimate(min(a, b), quota)
		high, _ := r.Estimate(max(a, b), quota)
		if low > high || high > max(a, b) {
			t.Errorf("%d then %d on %d and %d of %d", low, high, min(a, b), max(a, b), quota)
		}
	})
}
