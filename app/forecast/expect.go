package forecast

import (
	"math"
	"slices"
)

// moments are the mean and variance of an amount, in minor units.
type moments struct{ mean, variance float64 }

func (m *moments) add(o moments) { m.mean, m.variance = m.mean+o.mean, m.variance+o.variance }

// chance is one open deal: what it brings where it is won in the window, and
// how likely that is.
type chance struct {
	p, value float64
	group    int32
	age      int32 // its band
}

// moments are those of what it brings: noise is the variance of a won value
// around the open one, relative to its square.
func (c chance) moments(noise float64) moments {
	square := c.value * c.value * (1 + noise)
	return moments{c.p * c.value, c.p*square - c.p*c.p*c.value*c.value}
}

// stream are the deals of a group that do not exist yet: how many are won in
// the window on average and what one brings.
type stream struct {
	wins, mean, square float64 // square: mean of the squared value
}

// expectation is a forecast before its errors are known.
type expectation struct {
	open  []moments // by group
	ages  byAge     // means of the same
	fresh []moments
	deals []chance
	news  []stream // by group
	noise float64  // variance of a won value around the open one, relative to its square
	n     int      // closed deals with a known start
}

func (e *expectation) totals() (open, fresh moments) {
	for g := range e.open {
		open.add(e.open[g])
		fresh.add(e.fresh[g])
	}
	return open, fresh
}

const (
	poolValues = 20.0 // won deals of everyone's that count in a group's mean value
	mostLift   = 2.5  // log odds
)

// expect tells what a window brings by what was known at the end of its day;
// ok is false where that is too little. keep says whether the chances of each deal are wanted.
func (b *Book) expect(w window, keep bool) (e *expectation, ok bool) {
	c, ok := curvesOf(b.Deals, b.Lines, w.day)
	if !ok {
		return nil, false
	}
	e = &expectation{open: make([]moments, b.Groups), fresh: make([]moments, b.Groups), news: make([]stream, b.Groups)}
	v := b.values(&c.fade)
	e.noise, e.n = v.noise, c.n
	before, upTo := int(w.from-w.day)-1, int(w.to-w.day)
	b.expectOpen(w, e, &c, v, keep, before, upTo)
	b.expectNew(w, e, &c, v)
	return e, true
}

func (b *Book) expectOpen(w window, e *expectation, c *curves, v *values, keep bool, before, upTo int) {
	var ageless []int
	known, sum := 0.0, 0.0
	put := func(d *Deal, p float64, age int32) {
		value := v.mean
		if d.Known {
			value = v.ratio * float64(d.Open)
		}
		if w.day == b.AsOf && d.Lift != 0 {
			p = logistic(logit(p) + max(-mostLift, min(mostLift, d.Lift)))
		}
		x := chance{p, value, d.Group, age}
		e.ages[age] += p * value
		e.open[d.Group].add(x.moments(v.noise))
		if keep {
			e.deals = append(e.deals, x)
		}
	}
	for i := range b.Deals {
		d := &b.Deals[i]
		if !d.Start.Valid() && d.Outcome == StillOpen && w.day == b.AsOf {
			ageless = append(ageless, i)
		}
		if !d.openAt(w.day) {
			continue
		}
		curve, age := c.of(d.Line), int(w.day-d.Start)
		p := curve.within(age, upTo) - curve.within(age, before)
		known, sum = known+1, sum+p
		if p > 0 {
			put(d, p, b.band(age))
		}
	}
	for _, i := range ageless {
		d := &b.Deals[i]
		p := sum / max(1, known)
		if known == 0 {
			p = c.of(d.Line).within(0, upTo) - c.of(d.Line).within(0, before)
		}
		put(d, p, ageBands-1)
	}
}

// expectNew counts on deals coming as they came lately. Of the time before the
// first close the book may have only those deals that were still open then.
func (b *Book) expectNew(w window, e *expectation, c *curves, v *values) {
	first := c.first
	weight := 0.0
	for day := first; day <= w.day; day++ {
		weight += c.fade.of(day)
	}
	lines := len(c.lines)
	rates := make([]float64, b.Groups*lines)
	for i := range b.Deals {
		d := &b.Deals[i]
		if !d.Start.Valid() || d.Start < first || d.Start > w.day {
			continue
		}
		line := int(d.Line)
		if line < 0 || line >= lines {
			line = lines - 1
		}
		rates[int(d.Group)*lines+line] += c.fade.of(d.Start) / weight
	}
	days := make([]float64, lines) // wins by the end of the window for each deal a day
	for l := range days {
		for day := w.day + 1; day <= w.to; day++ {
			curve := c.lines[l]
			days[l] += curve.young(int(w.to-day)) - curve.young(int(w.from-1-day))
		}
	}
	for g := range e.news {
		s := stream{mean: v.of(g)}
		s.square = s.mean * s.mean * (1 + v.spread)
		for l := range days {
			s.wins += rates[g*lines+l] * days[l]
		}
		e.news[g] = s
		e.fresh[g] = moments{s.wins * s.mean, s.wins * s.square}
	}
}

// young is the share of new deals that are won up to a number of days after
// the one on which they came.
func (c *curve) young(days int) float64 {
	if days < 0 {
		return 0
	}
	return c.within(0, days)
}

// values tell what deals are won for.
type values struct {
	ratio, noise float64 // of the won value to the open one
	mean, spread float64 // of all; spread is the variance relative to the squared mean
	sums, counts []float64
}

// of is the mean value of a group's won deals, drawn towards everyone's.
func (v *values) of(group int) float64 {
	return (v.sums[group] + poolValues*v.mean) / (v.counts[group] + poolValues)
}

func (b *Book) values(fade *fading) *values {
	v := &values{ratio: 1, sums: make([]float64, b.Groups), counts: make([]float64, b.Groups)}
	var n, sum, square, open, wonKnown, openSquare, cross, wonSquare float64
	for i := range b.Deals {
		d := &b.Deals[i]
		if d.Outcome != Won || d.Close > fade.day {
			continue
		}
		w, x := fade.of(d.Close), float64(d.Value)
		n, sum, square = n+w, sum+w*x, square+w*x*x
		v.sums[d.Group] += w * x
		v.counts[d.Group] += w
		if d.Known && d.Open > 0 {
			o := float64(d.Open)
			open, wonKnown = open+w*o, wonKnown+w*x
			openSquare, cross, wonSquare = openSquare+w*o*o, cross+w*o*x, wonSquare+w*x*x
		}
	}
	if n == 0 {
		return v
	}
	v.mean = sum / n
	if v.mean > 0 {
		v.spread = max(0, square/n/(v.mean*v.mean)-1)
	}
	if open > 0 {
		v.ratio = wonKnown / open
		if fitted := v.ratio * v.ratio * openSquare; fitted > 0 {
			v.noise = min(4, max(0, (wonSquare-2*v.ratio*cross+fitted)/fitted))
		}
	}
	return v
}

// brought is what a window brought, from deals that were open at its start and
// from others, by group; and the former by age.
func (b *Book) brought(w window) (open, fresh []float64, ages byAge) {
	open, fresh = make([]float64, b.Groups), make([]float64, b.Groups)
	for i := range b.Deals {
		d := &b.Deals[i]
		if !d.wonIn(w.from, w.to) {
			continue
		}
		if d.openAt(w.day) {
			open[d.Group] += float64(d.Value)
			ages[b.band(int(w.day-d.Start))] += float64(d.Value)
		} else {
			fresh[d.Group] += float64(d.Value)
		}
	}
	return open, fresh, ages
}

// ageBands is into how many parts open deals are sorted by age: their errors
// differ, since what is never going to close grows old.
const ageBands = 5

// cutAges sets the ages at which bands end: quarters of the cycles seen, and the longest.
func (b *Book) cutAges() {
	var cycles []int
	for i := range b.Deals {
		if d := &b.Deals[i]; d.Outcome != StillOpen && d.Start.Valid() && d.Close >= d.Start {
			cycles = append(cycles, int(d.Close-d.Start))
		}
	}
	slices.Sort(cycles)
	for i, share := range []float64{0.25, 0.5, 0.75, 0.95} {
		b.cuts[i] = 0
		if len(cycles) > 0 {
			b.cuts[i] = cycles[int(share*float64(len(cycles)-1))]
		}
	}
}

func (b *Book) band(age int) int32 {
	for i, cut := range b.cuts {
		if age <= cut {
			return int32(i)
		}
	}
	return ageBands - 1
}

func sum(x []float64) float64 {
	s := 0.0
	for _, v := range x {
		s += v
	}
	return s
}

func finite(x float64) float64 {
	if math.IsNaN(x) || math.IsInf(x, 0) {
		return 0
	}
	return x
}
