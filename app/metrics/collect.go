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
	noRate, noAmount               int
	cycleWon, cycleLost            int // days
	cycleWonN, cycleLostN          int
	qualified                      int // open deals past qualification, whenever they are expected
	trail                          trail
	credit, overlay                int64 // won value that splits move here; that comes on top for the person alone
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
	s.noRate, s.noAmount = s.noRate+o.noRate, s.noAmount+o.noAmount
	s.cycleWon, s.cycleWonN = s.cycleWon+o.cycleWon, s.cycleWonN+o.cycleWonN
	s.cycleLost, s.cycleLostN = s.cycleLost+o.cycleLost, s.cycleLostN+o.cycleLostN
	s.qualified += o.qualified
	s.credit, s.overlay = s.credit+o.credit, s.overlay+o.overlay
	t, u := &s.trail, &o.trail
	t.won, t.lost, t.wonValued, t.wonValue = t.won+u.won, t.lost+u.lost, t.wonValued+u.wonValued, t.wonValue+u.wonValue
	t.cycle, t.cycleN = t.cycle+u.cycle, t.cycleN+u.cycleN
}

// collected are the sums by position and the values that medians need.
type collected struct {
	sums    []sums
	samples []samples // a part each
}

// samples are values with their position.
type samples struct {
	amounts []amountAt
	cycles  []cycleAt
}

type amountAt struct {
	value    int64
	position int32
}

type cycleAt struct {
	position int32
	days     int32 // of a lost deal, ^days
}

// laidOut holds values grouped by position: those of p are at from[p]:from[p+1].
type laidOut[T number] struct {
	values     []T
	from, next []int
}

// layOut makes room for n(p) values at each position p.
func layOut[T number](positions int, n func(p int) int) *laidOut[T] {
	l := &laidOut[T]{from: make([]int, positions+1), next: make([]int, positions)}
	for p := range positions {
		l.next[p] = l.from[p]
		l.from[p+1] = l.from[p] + n(p)
	}
	l.values = make([]T, l.from[positions])
	return l
}

func (l *laidOut[T]) put(p int32, x T) {
	l.values[l.next[p]] = x
	l.next[p]++
}

func (l *laidOut[T]) of(lo, hi int32) []T { return l.values[l.from[lo]:l.from[hi]] }

// cycle is the number of days from engaged, else created, to close; untimed
// where one is missing or the close comes first.
func (d *Deal) cycle(close data.Day) int32 {
	start := d.Engaged
	if !start.Valid() {
		start = d.Created
	}
	if !start.Valid() || !close.Valid() || close < start {
		return untimed
	}
	return int32(close - start)
}

// collect passes over the view, adding up and setting aside what the medians need.
func (v *View) collect(g *grouping, in data.Period) *collected {
	c := &collected{samples: make([]samples, len(v.parts))}
	past := v.f.pastQualification()
	recent := data.Period{From: v.query.AsOf - trailing + 1, To: v.query.AsOf + 1}
	accs := make([][]sums, workers())
	for w := range accs {
		accs[w] = make([]sums, g.n)
	}
	inParallel(len(v.parts), func(w, i int) {
		p := &v.parts[i]
		if p.meets(in) || p.meets(recent) {
			c.samples[i] = addClosed(accs[w], p.closed, g, in, recent)
		}
		addOpen(accs[w], p.open, g, in, past)
	})
	c.sums = accs[0]
	for _, acc := range accs[1:] {
		for p := range acc {
			c.sums[p].add(&acc[p])
		}
	}
	for _, x := range v.credited() {
		if x.kind != Won || !in.Contains(x.close) {
			continue
		}
		if s := &c.sums[position(c.sums, g, &x.cell)]; x.overlay {
			s.overlay += x.value
		} else {
			s.credit += x.value
		}
	}
	return c
}

func addOpen(into []sums, cells []cell, g *grouping, in data.Period, past pass) {
	for i := range cells {
		c := &cells[i]
		counts, qualified := in.Contains(c.close), past.has(int32(c.stage))
		if !counts && !qualified {
			continue
		}
		s := &into[position(into, g, c)]
		if qualified {
			s.qualified++
		}
		if counts {
			s.open++
			s.openValue += c.value
			s.missing(c.worth)
		}
	}
}

func addClosed(into []sums, cells []cell, g *grouping, in, recent data.Period) samples {
	var out samples
	if in.IsAll() {
		out = samples{amounts: make([]amountAt, 0, len(cells)), cycles: make([]cycleAt, 0, len(cells))}
	}
	for i := range cells {
		c := &cells[i]
		counts, trails := in.Contains(c.close), recent.Contains(c.close)
		if !counts && !trails {
			continue
		}
		p := position(into, g, c)
		if trails {
			into[p].trail.addClosed(c)
		}
		if !counts {
			continue
		}
		into[p].addClosed(c)
		if c.kind == Won && c.worth == known {
			out.amounts = append(out.amounts, amountAt{value: c.value, position: p})
		}
		if c.days != untimed {
			days := c.days
			if c.kind == Lost {
				days = ^days
			}
			out.cycles = append(out.cycles, cycleAt{position: p, days: days})
		}
	}
	return out
}

// position finds where a cell adds up. Positions of months exist only for what
// counts in the period; the rest of the trailing window goes to the total.
func position(into []sums, g *grouping, c *cell) int32 {
	if p := g.at(c); p >= 0 && int(p) < len(into) {
		return p
	}
	return 0
}

func (s *sums) missing(w worth) {
	switch w {
	case noRate:
		s.noRate++
	case noAmount:
		s.noAmount++
	default: // its worth is known
	}
}

func (s *sums) addClosed(c *cell) {
	s.missing(c.worth)
	if c.kind == Lost {
		s.lost++
		s.lostValue += c.value
		if c.days != untimed {
			s.cycleLost += int(c.days)
			s.cycleLostN++
		}
		return
	}
	s.won++
	s.wonValue += c.value
	if c.worth == known {
		s.wonValued++
	}
	if c.days != untimed {
		s.cycleWon += int(c.days)
		s.cycleWonN++
	}
}

func (t *trail) addClosed(c *cell) {
	if c.kind == Lost {
		t.lost++
		return
	}
	t.won++
	t.wonValue += c.value
	if c.worth == known {
		t.wonValued++
	}
	if c.days != untimed {
		t.cycle += int(c.days)
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
		amounts := layOut[int64](g.n, func(p int) int { return c.sums[p].wonValued })
		for i := range c.samples {
			for _, a := range c.samples[i].amounts {
				amounts.put(a.position, a.value)
			}
		}
		innerFirst(ranges, func(i int, r group) { out[i].amount = median(amounts.of(r.lo, r.hi)) })
	})
	wg.Go(func() {
		won, lost := c.cycles(g.n)
		for i, r := range ranges {
			w, l := won.of(r.lo, r.hi), lost.of(r.lo, r.hi)
			out[i].cycleWon, out[i].cycleClosed = medianDays(w), medianDays(w, l)
		}
	})
	wg.Wait()
	return out
}

func (c *collected) cycles(positions int) (won, lost *laidOut[int32]) {
	won = layOut[int32](positions, func(p int) int { return c.sums[p].cycleWonN })
	lost = layOut[int32](positions, func(p int) int { return c.sums[p].cycleLostN })
	for i := range c.samples {
		for _, x := range c.samples[i].cycles {
			if x.days < 0 {
				lost.put(x.position, ^x.days)
			} else {
				won.put(x.position, x.days)
			}
		}
	}
	return won, lost
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
