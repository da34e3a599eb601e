package app

import (
	"slices"
	"strings"

	"fieldbook/data"
)

// The cuts of a revenue plan: each divides the same year anew.
const (
	RevenueRegion  = "region"
	RevenueSegment = "segment"
	RevenueFamily  = "family" // product lines
	revenuePerson  = "person"
)

// RevenueCuts lists the cuts that a plan is made in, in the order in which one
// stands for the whole where nothing else says what it is.
var RevenueCuts = []string{RevenueRegion, RevenueSegment, RevenueFamily}

// RevenueMonths are the amounts of a fiscal year, its first month first, in minor units.
type RevenueMonths [QuotaMonths]int64

// Sum is that of some months.
func (m RevenueMonths) Sum(months ...int) (sum int64) {
	for _, i := range months {
		sum += m[i]
	}
	return sum
}

// Shares are the months as percents of the year; of one without anything 0.
func (m RevenueMonths) Shares() (out [QuotaMonths]float64) {
	year := float64(m.Year())
	for i, x := range m {
		if year > 0 {
			out[i] = float64(x) / year * 100
		}
	}
	return out
}

// Year is the sum of all months.
func (m RevenueMonths) Year() (sum int64) {
	for _, x := range m {
		sum += x
	}
	return sum
}

func (m RevenueMonths) plus(o RevenueMonths) RevenueMonths {
	for i := range m {
		m[i] += o[i]
	}
	return m
}

// revenueKey names a line of a cut: a record by its id, a product line by its name.
type revenueKey struct {
	id   data.ID
	name string // as it is written
}

// is reports whether two keys name the same line, however it is written.
func (k revenueKey) is(o revenueKey) bool {
	return k.id == o.id && (!k.id.IsZero() || strings.EqualFold(k.name, o.name))
}

// revenueCut is the year divided in one way.
type revenueCut struct {
	keys  []revenueKey
	lines []RevenueMonths
}

// at is the place of a line, made where there is none.
func (c *revenueCut) at(key revenueKey) int {
	for i, k := range c.keys {
		if k.is(key) {
			return i
		}
	}
	c.keys, c.lines = append(c.keys, key), append(c.lines, RevenueMonths{})
	return len(c.keys) - 1
}

func (c *revenueCut) sum() (sum RevenueMonths) {
	for _, l := range c.lines {
		sum = sum.plus(l)
	}
	return sum
}

// revenueTable is what a plan says: the whole where it was set for itself, and
// the lines of each cut.
type revenueTable struct {
	whole RevenueMonths
	set   bool // whole was set for itself
	cuts  map[string]*revenueCut
}

func newRevenueTable() *revenueTable { return &revenueTable{cuts: map[string]*revenueCut{}} }

// cut is one of the table's cuts, made where there is none.
func (t *revenueTable) cut(by string) *revenueCut {
	c := t.cuts[by]
	if c == nil {
		c = &revenueCut{}
		t.cuts[by] = c
	}
	return c
}

// total is the whole: what was set for it, else what the first cut with amounts
// adds up to.
func (t *revenueTable) total() RevenueMonths {
	if t.set {
		return t.whole
	}
	for _, by := range append(slices.Clone(RevenueCuts), revenuePerson) {
		if sum := t.cut(by).sum(); sum.Year() > 0 {
			return sum
		}
	}
	return RevenueMonths{}
}

// rescale changes the plan to another whole. In each month a cut that added up
// to the whole does so again, to the cent; what another cut leaves open stays in
// proportion. Lines keep their shares, in a month without any those of the year.
func (t *revenueTable) rescale(to RevenueMonths) {
	from := t.total()
	for _, c := range t.cuts {
		years, held := make([]int64, len(c.lines)), c.sum()
		for i, l := range c.lines {
			years[i] = l.Year()
		}
		if held.Year() == 0 {
			continue
		}
		for m := range from {
			weights := make([]int64, len(c.lines))
			for i, l := range c.lines {
				weights[i] = l[m]
			}
			if held[m] == 0 {
				weights = years
			}
			want := to[m]
			switch {
			case held[m] == from[m]:
			case from[m] > 0:
				want = scaled(held[m], uint64(to[m]), uint64(from[m]), 1)
			default:
				want = held[m] // of a month that the whole had nothing for
			}
			for i, part := range SpreadBy(want, weights, 1) {
				c.lines[i][m] = part
			}
		}
	}
	if t.set || from.Year() == 0 {
		t.whole, t.set = to, true
	}
}

// divide gives the whole to lines of a cut, month by month, by their weights.
func (t *revenueTable) divide(by string, keys []revenueKey, weights []int64, step int64) {
	total := t.total()
	c := &revenueCut{keys: keys, lines: make([]RevenueMonths, len(keys))}
	for m, amount := range total {
		for i, part := range SpreadBy(amount, weights, step) {
			c.lines[i][m] = part
		}
	}
	t.whole, t.set = total, true // what stood for the whole may be the cut that is divided anew
	t.cuts[by] = c
}

// seasoned spreads a year over its months; without a season all count alike.
func seasoned(year int64, season [QuotaMonths]float64, step int64) (out RevenueMonths) {
	const fine = 1e6
	weights := make([]int64, QuotaMonths)
	for i, x := range season {
		weights[i] = int64(x * fine)
	}
	copy(out[:], SpreadBy(year, weights, step))
	return out
}
