package app_test

import (
	"math"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"fieldbook/app"
)

func TestSpreadBy(t *testing.T) {
	for _, c := range []struct {
		total   int64
		weights []int64
		step    int64
		want    []int64
	}{
		{100, []int64{1, 1, 1}, 1, []int64{34, 33, 33}},
		{318, []int64{32, 35, 41, 29, 31, 36, 27, 29, 34}, 1, []int64{35, 38, 44, 31, 34, 39, 29, 31, 37}},
		{1000, []int64{2, 1, 1}, 100, []int64{500, 300, 200}},
		{1050, []int64{1, 1, 3}, 100, []int64{200, 200, 650}}, // what is beyond whole steps goes to the heaviest
		{50, []int64{1, 2}, 100, []int64{0, 50}},
		{9, []int64{0, 0, 0}, 1, []int64{3, 3, 3}},
		{9, []int64{-5, 1}, 0, []int64{0, 9}},
		{-9, []int64{1, 1}, 1, []int64{0, 0}},
		{9, nil, 1, []int64{}},
		{math.MaxInt64, []int64{math.MaxInt64, math.MaxInt64, math.MaxInt64}, 1, []int64{math.MaxInt64/3 + 1, math.MaxInt64 / 3, math.MaxInt64 / 3}},
	} {
		if got := app.SpreadBy(c.total, c.weights, c.step); !slices.Equal(got, c.want) {
			t.Errorf("%d by %v in steps of %d is %v, want %v", c.total, c.weights, c.step, got, c.want)
		}
	}
}

func TestSpreadKeepsSumSignAndOrder(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		total := rapid.Int64Range(0, math.MaxInt64).Draw(t, "total")
		weights := rapid.SliceOfN(rapid.OneOf(rapid.Int64(), rapid.Int64Range(0, 50)), 1, 40).Draw(t, "weights")
		step := rapid.SampledFrom([]int64{1, 10, 100, 100_000}).Draw(t, "step")
		parts := app.SpreadBy(total, weights, step)
		var sum int64
		odd := 0
		for i, p := range parts {
			sum += p
			if p < 0 {
				t.Fatalf("part %d is %d", i, p)
			}
			if p%step != 0 {
				odd++
			}
			for k, q := range parts {
				if max(weights[i], 0) > max(weights[k], 0) && p < q {
					t.Fatalf("%d weighs more than %d and gets %d, not %d", weights[i], weights[k], p, q)
				}
			}
		}
		if sum != total || odd > 1 {
			t.Fatalf("%v add up to %d with %d uneven, want %d", parts, sum, odd, total)
		}
	})
}
