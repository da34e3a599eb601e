package metrics

import (
	"math/big"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"fieldbook/data"
)

func TestMedianIsThatOfASort(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		values := rapid.SliceOfN(rapid.Int64Range(-50, 1000), 1, 900).Draw(t, "values")
		sorted := slices.Sorted(slices.Values(values))
		n := len(values)
		want := sorted[(n-1)/2] + sorted[n/2]
		got := median(values)
		if got.twice != want || got.N != n {
			t.Fatalf("%+v, want twice %d", got, want)
		}
		if m, _ := got.Value(); m < float64(sorted[0]) || m > float64(sorted[n-1]) {
			t.Fatalf("%f is outside the values", m)
		}
	})
}

func TestMedianOfDaysIsTheMedian(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		longest := rapid.SampledFrom([]int32{40, 900, 3 * maxDays}).Draw(t, "longest")
		won := rapid.SliceOfN(rapid.Int32Range(0, longest), 0, 700).Draw(t, "won")
		lost := rapid.SliceOfN(rapid.Int32Range(0, longest), 0, 700).Draw(t, "lost")
		if got, want := medianDays(won, lost), median(slices.Concat(won, lost)); got != want {
			t.Fatalf("%+v, want %+v", got, want)
		}
	})
}

// TestSelectionSurvivesPatterns runs what slows a naive quickselect down.
func TestSelectionSurvivesPatterns(t *testing.T) {
	const n = 1 << 16
	for name, value := range map[string]func(i int) int64{
		"equal": func(int) int64 { return 7 }, "rising": func(i int) int64 { return int64(i) }, "falling": func(i int) int64 { return int64(n - i) },
		"organ pipe": func(i int) int64 { return int64(min(i, n-i)) }, "saw": func(i int) int64 { return int64(i % 3) },
	} {
		values := make([]int64, n)
		for i := range values {
			values[i] = value(i)
		}
		want := slices.Sorted(slices.Values(values))[n/3]
		if got := nth(values, n/3); got != want {
			t.Errorf("%s: %d, want %d", name, got, want)
		}
	}
}

func TestMoneyMedianRoundsAwayFromZero(t *testing.T) {
	for twice, want := range map[int64]int64{5: 3, -5: -3, 4: 2, 0: 0} {
		if got, _ := (Median{twice: twice, N: 2}).Minor(); got != want {
			t.Errorf("half of %d: %d, want %d", twice, got, want)
		}
	}
}

func TestMulDivIsExact(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n, num, den := rapid.Int64().Draw(t, "n"), rapid.Uint64().Draw(t, "num"), rapid.Uint64Min(1).Draw(t, "den")
		// Half away from zero: (2|n|·num + den) ÷ 2den.
		x := new(big.Int).Abs(big.NewInt(n))
		x.Mul(x, new(big.Int).SetUint64(num)).Lsh(x, 1)
		d := new(big.Int).SetUint64(den)
		x.Add(x, d).Quo(x, d.Lsh(d, 1))
		if n < 0 {
			x.Neg(x)
		}
		got, ok := mulDiv(n, num, den)
		if ok && got != x.Int64() {
			t.Fatalf("%d, want %v", got, x)
		}
		if fits := x.IsInt64() && x.Int64() != -1<<63; ok != fits {
			t.Fatalf("ok %v for %v", ok, x)
		}
	})
}

func TestMonthNumberIsThatOfTheCalendar(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d := data.Day(rapid.IntRange(-719_000, 2_900_000).Draw(t, "day"))
		if got, want := monthNumber(d), d.Month(); got != want {
			t.Fatalf("%s: %d, want %d", d, got, want)
		}
	})
}

func TestBandOf(t *testing.T) {
	for v, want := range map[float64]int{0: 0, 0.49: 0, 0.5: 1, 0.79: 1, 0.8: 2, 0.99: 2, 1: 3, 1.2: 3, 1.21: 4} {
		if got := BandOf(v); got != want {
			t.Errorf("%v is in band %d, want %d", v, got, want)
		}
	}
}
