package app

import (
	"testing"

	"pgregory.net/rapid"
)

func drawMonths(t *rapid.T, label string) (out RevenueMonths) {
	for i := range out {
		out[i] = rapid.Int64Range(0, 5_000_000_00).Draw(t, label)
	}
	return out
}

// TestRevenueTableAddsUp: divided among lines the months, quarters and the year of
// the lines are those of the whole, to the cent; changed to another whole, and
// divided anew otherwise, they are still.
func TestRevenueTableAddsUp(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		table := newRevenueTable()
		table.whole, table.set = drawMonths(t, "whole"), true
		for _, by := range RevenueCuts {
			n := rapid.IntRange(1, 9).Draw(t, "lines")
			keys, weights := make([]revenueKey, n), make([]int64, n)
			for i := range keys {
				keys[i], weights[i] = revenueKey{name: string(rune('a' + i))}, rapid.Int64Range(0, 1e14).Draw(t, "weight")
			}
			table.divide(by, keys, weights, rapid.SampledFrom([]int64{1, 100, 1000_00}).Draw(t, "step"))
		}
		check := func(when string, whole RevenueMonths) {
			if table.total() != whole {
				t.Fatalf("%s: the whole is %v, not %v", when, table.total(), whole)
			}
			for by, c := range table.cuts {
				if got := c.sum(); whole.Year() > 0 && len(c.lines) > 0 && got != whole {
					t.Fatalf("%s: by %s %v of %v", when, by, got, whole)
				}
				for _, l := range c.lines {
					for _, x := range l {
						if x < 0 {
							t.Fatalf("%s: %v", when, l)
						}
					}
				}
			}
		}
		check("divided", table.whole)
		if table.whole.Year() == 0 {
			return
		}
		to := drawMonths(t, "to")
		to[0]++ // not nothing
		table.rescale(to)
		check("rescaled", to)
	})
}

// TestRevenueTableKeepsWhatIsOpen: what a cut leaves of the whole stays in
// proportion, and a line that nobody divided is not made.
func TestRevenueTableKeepsWhatIsOpen(t *testing.T) {
	table := newRevenueTable()
	table.whole, table.set = RevenueMonths{1000, 500}, true
	c := table.cut(RevenueRegion)
	c.lines[c.at(revenueKey{name: "north"})] = RevenueMonths{300, 500}
	c.lines[c.at(revenueKey{name: "south"})] = RevenueMonths{100}
	table.rescale(RevenueMonths{2000, 250, 90})
	if want := (RevenueMonths{600, 250, 90 * 8 / 9}); c.lines[0] != want {
		t.Errorf("north %v, want %v", c.lines[0], want)
	}
	if want := (RevenueMonths{200, 0, 10}); c.lines[1] != want {
		t.Errorf("south %v, want %v", c.lines[1], want)
	}
	if table.cut(RevenueSegment).sum().Year() != 0 {
		t.Error("segments came from nowhere")
	}
	derived := newRevenueTable()
	derived.cut(RevenueSegment).at(revenueKey{name: "a"})
	derived.cut(RevenueSegment).lines[0] = RevenueMonths{7, 8}
	if derived.total() != (RevenueMonths{7, 8}) {
		t.Errorf("without a whole of its own it is %v", derived.total())
	}
}

func TestSeasoned(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var season [QuotaMonths]float64
		for i := range season {
			season[i] = float64(rapid.IntRange(0, 4000).Draw(t, "share")) / 100
		}
		year := rapid.Int64Range(0, 1e13).Draw(t, "year")
		got := seasoned(year, season, 100)
		if got.Year() != year {
			t.Fatalf("%d of %d", got.Year(), year)
		}
		if back := readSeason(SeasonText(season)); season != [QuotaMonths]float64{} && back != season {
			t.Fatalf("%v came back as %v", season, back)
		}
	})
	if got := seasoned(1200, [QuotaMonths]float64{}, 1); got[0] != 100 || got[11] != 100 {
		t.Errorf("even: %v", got)
	}
}
