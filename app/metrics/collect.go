package metrics

import (
	"strings"
	"sync"

	"fieldbook/data"
)

// sums are what the figures of a position are made from; they add up.
type sums struct {
	won, lost, open                int
	wonValue, lostValue, openValue int64
	wonValued                      int
	cycleWon, cycleLost            int // days
	cycleWonN, cycleLostN          int
	qualified                      int // open deals past qualification, whenever they are expected
	trail                          trail
}

// trail are the sums of the trailing window.
type trail struct {
	won, lost, wonValued, cycle, cycleN int
	wonValue                            int64
}

func (s *sums) add(o *sums) {
	s.won, s.lost, s.open = s.won+o.won, s.lost+o.lost, s.open+o.open
	s.wonValue, s.lostValue, s.openValue = s.wonValue+o.wonValue, s.lostValue+o.lostValue, s.openValue+o.openValue
	s.wonValued += o.wonValued
	s.cycleWon, s.cycleWonN = s.cycleWon+o.cycleWon, s.cycleWonN+o.cycleWonN
	s.cycleLost, s.cycleLostN = s.cycleLost+o.cycleLost, s.cycleLostN+o.cycleLostN
	s.qualified += o.qualified
	t, u := &s.trail, &o.trail
	t.won, t.lost, t.wonValued, t.wonValue = t.won+u.won, t.lost+u.lost, t.wonValued+u.wonValued, t.wonValue+u.wonValue
	t.cycle, t.cycleN = t.cycle+u.cycle, t.cycleN+u.cycleN
}

// collected are the sums by position, and the values that medians need laid
// out by position.
type collected struct {
	sums        []sums
	amounts     laidOut[int64]
	cycleWon    laidOut[int32]
	cycleLosing laidOut[int32] // of lost deals
}

// laidOut holds values grouped by position: those of p are at from[p]:from[p+1].
type laidOut[T number] struct {
	values []T
	from   []int
}

func (l *laidOut[T]) of(lo, hi int32) []T { return l.values[l.from[lo]:l.from[hi]] }

// layOut makes room for n[w][p] values of worker w at position p and gives
// each worker its places.
func layOut[T number](positions int, n [][]sums, of func(*sums) int) (laidOut[T], [][]int) {
	l := laidOut[T]{from: make([]int, positions+1)}
	next := make([][]int, len(n))
	for w := range next {
		next[w] = make([]int, positions)
	}
	at := 0
	for p := range positions {
		l.from[p] = at
		for w := range n {
			next[w][p] = at
			if n[w] != nil {
				at += of(&n[w][p])
			}
		}
	}
	l.from[positions] = at
	l.values = make([]T, at)
	return l, next
}

// cycle is the number of days from engaged, else created, to close; false
// where one is missing or the close comes first.
func (d *Deal) cycle(close data.Day) (int, bool) {
	start := d.Engaged
	if !start.Valid() {
		start = d.Created
	}
	if !start.Valid() || !close.Valid() || close < start {
		return 0, false
	}
	return int(close - start), true
}

// collect passes over the view twice: to add up and count, then to lay out the
// values for the medians.
func (v *View) collect(g *grouping, in data.Period) *collected {
	parts := make([][]sums, len(v.parts))
	past := v.f.pastQualification()
	v.each(func(w int, cells []cell) {
		parts[w] = make([]sums, g.n)
		v.addUp(parts[w], cells, g, in, past)
	})
	c := &collected{sums: make([]sums, g.n)}
	amounts, toAmount := layOut[int64](g.n, parts, func(s *sums) int { return s.wonValued })
	won, toWon := layOut[int32](g.n, parts, func(s *sums) int { return s.cycleWonN })
	lost, toLost := layOut[int32](g.n, parts, func(s *sums) int { return s.cycleLostN })
	v.each(func(w int, cells []cell) {
		for i := range cells {
			k := &cells[i]
			if k.kind == Open || !in.Contains(k.close) {
				continue
			}
			p := g.at(k)
			days, ok := v.f.Deals[k.deal].cycle(k.close)
			if ok {
				cycles, next := won.values, toWon[w]
				if k.kind == Lost {
					cycles, next = lost.values, toLost[w]
				}
				cycles[next[p]] = int32(days)
				next[p]++
			}
			if k.kind == Won && k.worth == known {
				amounts.values[toAmount[w][p]] = k.value
				toAmount[w][p]++
			}
		}
	})
	c.amounts, c.cycleWon, c.cycleLosing = amounts, won, lost
	for _, part := range parts {
		for p := range part {
			c.sums[p].add(&part[p])
		}
	}
	return c
}

// addUp adds cells to the sums of their positions.
func (v *View) addUp(into []sums, cells []cell, g *grouping, in data.Period, past pass) {
	since := v.query.AsOf - trailing
	for i := range cells {
		c := &cells[i]
		counts := in.Contains(c.close)
		if c.kind == Open {
			qualified := past.has(int32(c.stage))
			if !counts && !qualified {
				continue
			}
			s := position(into, g, c)
			if qualified {
				s.qualified++
			}
			if counts {
				s.open++
				s.openValue += c.value
			}
			continue
		}
		recent := c.close > since && c.close.Valid()
		if !counts && !recent {
			continue
		}
		s := position(into, g, c)
		days, ok := v.f.Deals[c.deal].cycle(c.close)
		if counts {
			s.addClosed(c, days, ok)
		}
		if recent {
			s.trail.addClosed(c, days, ok)
		}
	}
}

// position finds the sums of a cell. Positions of months exist only for what
// counts in the period; the rest of the trailing window goes to the total.
func position(into []sums, g *grouping, c *cell) *sums {
	if p := g.at(c); p >= 0 && int(p) < len(into) {
		return &into[p]
	}
	return &into[0]
}

func (s *sums) addClosed(c *cell, days int, timed bool) {
	if c.kind == Lost {
		s.lost++
		s.lostValue += c.value
		if timed {
			s.cycleLost += days
			s.cycleLostN++
		}
		return
	}
	s.won++
	s.wonValue += c.value
	if c.worth == known {
		s.wonValued++
	}
	if timed {
		s.cycleWon += days
		s.cycleWonN++
	}
}

func (t *trail) addClosed(c *cell, days int, timed bool) {
	if c.kind == Lost {
		t.lost++
		return
	}
	t.won++
	t.wonValue += c.value
	if c.worth == known {
		t.wonValued++
	}
	if timed {
		t.cycle += days
		t.cycleN++
	}
}

func (c *collected) sum(lo, hi int32) sums {
	var s sums
	for p := lo; p < hi; p++ {
		s.add(&c.sums[p])
	}
	return s
}

// middle holds the medians of a group.
type middle struct {
	amount, cycleWon, cycleClosed Median
}

// medians gives those of every group, and of everything last. Taking one
// reorders its range, so what lies within a range comes before it.
func (c *collected) medians(g *grouping) []middle {
	out := make([]middle, len(g.groups)+1)
	ranges := append(append([]group(nil), g.groups...), group{lo: 0, hi: int32(g.n)})
	var wg sync.WaitGroup
	wg.Go(func() {
		innerFirst(ranges, func(i int, r group) { out[i].amount = median(c.amounts.of(r.lo, r.hi)) })
	})
	wg.Go(func() {
		var closed []int32
		innerFirst(ranges, func(i int, r group) {
			won, lost := c.cycleWon.of(r.lo, r.hi), c.cycleLosing.of(r.lo, r.hi)
			closed = append(append(closed[:0], won...), lost...)
			out[i].cycleWon, out[i].cycleClosed = median(won), median(closed)
		})
	})
	wg.Wait()
	return out
}

// innerFirst visits the groups from the last, since a territory stands before
// those below it, and the total, which stands last and holds all, at the end.
func innerFirst(ranges []group, visit func(i int, r group)) {
	last := len(ranges) - 1
	for i := last - 1; i >= 0; i-- {
		visit(i, ranges[i])
	}
	visit(last, ranges[last])
}

// pastQualification keeps the open stages after the qualification of their
// pipeline: after the stage of that name, else after the first of several.
func (f *Facts) pastQualification() pass {
	out := make(pass, len(f.Stages)+1)
	for p := range f.Pipelines {
		open := f.openStages(int32(p))
		from := min(1, len(open)-1)
		for i, s := range open {
			if isQualification(f.Stages[s].Name) {
				from = i + 1
				break
			}
		}
		for _, s := range open[max(0, from):] {
			out[s+1] = true
		}
	}
	return out
}

func isQualification(name string) bool {
	return strings.HasPrefix(strings.ToLower(name), "qualif")
}
