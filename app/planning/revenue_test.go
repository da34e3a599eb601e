package planning_test

import (
	"math"
	"testing"

	"pgregory.net/rapid"

	"fieldbook/app/planning"
)

func TestCapacities(t *testing.T) {
	each, all := planning.Capacities([]planning.Force{
		{Months: 24, Worked: 20, Won: 2_000_00, Deals: 10}, // 100 a month
		{Months: 6, Hires: 6, Worked: 20, Won: 800_00, Deals: 9},
		{Months: 12, Worked: 3, Won: 900_00, Deals: 20}, // too short a time: the rate of all, 3,700 ÷ 43
		{},
	})
	for i, want := range []planning.Capacity{
		{Heads: 2, Rate: 100_00, Own: true, Known: true, Amount: 2_400_00},
		{Heads: 1, Hires: 0.5, Rate: 40_00, Own: true, Known: true, Amount: 480_00},
		{Heads: 1, Rate: 3_700_00.0 / 43, Known: true, Amount: 103256},
		{Rate: 3_700_00.0 / 43, Known: true},
	} {
		if each[i] != want {
			t.Errorf("part %d: %+v, want %+v", i, each[i], want)
		}
	}
	if all.Heads != 4 || all.Hires != 0.5 || all.Amount != 2_400_00+480_00+103256 || !all.Known {
		t.Errorf("all: %+v", all)
	}
	if _, idle := planning.Capacities([]planning.Force{{Months: 12, Worked: 12}}); idle.Known || idle.Heads != 1 {
		t.Errorf("who won nothing: %+v", idle)
	}
	if _, none := planning.Capacities([]planning.Force{{Months: 12}}); none.Known || none.Amount != 0 {
		t.Errorf("nobody has worked: %+v", none)
	}
}

func TestRamped(t *testing.T) {
	for _, c := range []struct {
		name   string
		shares []float64
		begins int
		want   float64
	}{
		{"in full from the first day", nil, 0, 12},
		{"from July", nil, 6, 6},
		{"a ramp of three months", []float64{0, 50, 75}, 0, 10.25},
		{"half a ramp is over", []float64{0, 50, 75}, -2, 11.75},
		{"begins at the end", []float64{25, 50}, 11, 0.25},
		{"begins later", nil, 12, 0},
	} {
		if got := planning.Ramped(c.shares, c.begins); math.Abs(got-c.want) > 1e-9 {
			t.Errorf("%s: %g, want %g", c.name, got, c.want)
		}
	}
}

// TestCapacitiesAddUp: heads and amounts of the parts are those of the whole, and
// with one rate for all, dividing people otherwise changes nothing.
func TestCapacitiesAddUp(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var parts []planning.Force
		for range rapid.IntRange(1, 8).Draw(t, "parts") {
			parts = append(parts, planning.Force{
				Months: float64(rapid.IntRange(0, 400).Draw(t, "months")) / 4, Hires: float64(rapid.IntRange(0, 40).Draw(t, "hires")) / 4,
				Worked: float64(rapid.IntRange(0, 400).Draw(t, "worked")) / 4, Won: rapid.Int64Range(0, 1e12).Draw(t, "won"), Deals: rapid.IntRange(0, 200).Draw(t, "deals"),
			})
		}
		each, all := planning.Capacities(parts)
		var heads float64
		var amount int64
		for i, c := range each {
			heads, amount = heads+c.Heads, amount+c.Amount
			if c.Own && (parts[i].Worked < 6 || parts[i].Deals < 8) || c.Amount < 0 || c.Hires > c.Heads {
				t.Fatalf("%+v of %+v", c, parts[i])
			}
		}
		if amount != all.Amount || math.Abs(heads-all.Heads) > 1e-9 {
			t.Fatalf("%d and %g of %+v", amount, heads, all)
		}
	})
}
