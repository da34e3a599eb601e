package metrics

import (
	"math"

	"fieldbook/data"
)

// Spread is a distribution of days: median and 75th percentile by linear
// interpolation between ranks, as spreadsheets do. N 0 has neither.
type Spread struct {
	Median, P75 float64
	N           int
}

// longestStay is the last day that a histogram tells apart; longer stays count
// as this long.
const longestStay = 1<<13 - 1

// histogram counts stays by their days.
type histogram []int32

func (h *histogram) add(days int) {
	if *h == nil {
		*h = make(histogram, longestStay+1)
	}
	(*h)[min(max(days, 0), longestStay)]++
}

func (h *histogram) merge(o histogram) {
	if *h == nil {
		*h = o
		return
	}
	for i, n := range o {
		(*h)[i] += n
	}
}

func (h histogram) count() int {
	n := 0
	for _, t := range h {
		n += int(t)
	}
	return n
}

// percentile is the value at rank (n−1)·p, interpolated; 0 where h is empty.
func (h histogram) percentile(p float64) float64 {
	n := h.count()
	if n == 0 {
		return 0
	}
	rank := float64(n-1) * p
	low := math.Floor(rank)
	a, b := quantile(h, int(low)), quantile(h, int(math.Ceil(rank)))
	return float64(a) + (rank-low)*float64(b-a)
}

func (h histogram) spread() Spread {
	return Spread{Median: h.percentile(0.5), P75: h.percentile(0.75), N: h.count()}
}

// entries appends the open stages that a deal entered up to the as-of day, in
// order. Without history they are those that its imported dates tell; a stage
// that these do not explain counts from the day the deal entered the book.
func (r *reader) entries(into []Move, d *Deal, c *cell) []Move {
	if d.Stage == None {
		return into
	}
	if d.moveLen > 0 {
		return r.logged(into, d)
	}
	view := &r.stages[d.Stage]
	if d.Created.Valid() && d.Created <= r.asOf && (!d.Engaged.Valid() || d.Created < d.Engaged) {
		into = append(into, Move{Day: d.Created, Stage: view.first})
	}
	if d.Engaged.Valid() && d.Engaged <= r.asOf {
		if len(into) == 0 || view.second != view.first {
			into = append(into, Move{Day: d.Engaged, Stage: view.second})
		}
	}
	if stage := int32(c.stage); c.kind == Open && !standsIn(into, stage) {
		into = append(into, Move{Day: max(d.Entered, d.born()), Stage: stage})
	}
	return into
}

// logged appends the open stages of a deal's history up to the as-of day.
func (r *reader) logged(into []Move, d *Deal) []Move {
	for _, m := range r.f.History(d) {
		if m.Day > r.asOf {
			break
		}
		if m.Stage != None && r.kind(m.Stage) == Open && !standsIn(into, m.Stage) {
			into = append(into, m)
		}
	}
	return into
}

// standsIn reports whether the last of the moves led into a stage.
func standsIn(moves []Move, stage int32) bool {
	return len(moves) > 0 && moves[len(moves)-1].Stage == stage
}

// CohortRate is W ÷ all deals created in the period.
type CohortRate struct {
	Ratio
	// Young: the cohort is younger than the 90th percentile of won cycles, so
	// that much of it is still to close.
	Young bool
}

// CohortRate gives the win rate of the deals created in a period (metric
// definition "win rate (cohort)").
func (v *View) CohortRate(in data.Period) CohortRate {
	type sums struct {
		won, all int
		cycles   histogram
	}
	total := tally(v, func() *sums { return &sums{} }, func(s *sums, p *part) {
		for i := range p.open {
			if in.Contains(p.open[i].born) {
				s.all++
			}
		}
		for i := range p.closed {
			c := &p.closed[i]
			created := in.Contains(c.born)
			if created {
				s.all++
			}
			if c.kind != Won {
				continue
			}
			if created {
				s.won++
			}
			if c.days != untimed {
				s.cycles.add(int(c.days))
			}
		}
	}, func(into, from *sums) {
		into.won, into.all = into.won+from.won, into.all+from.all
		into.cycles.merge(from.cycles)
	})
	end := v.query.AsOf
	if in.To.Valid() {
		end = in.To - 1
	}
	age := float64(v.query.AsOf - end)
	return CohortRate{
		Ratio: Ratio{Num: float64(total.won), Den: float64(total.all), N: total.all},
		Young: age < total.cycles.percentile(0.9),
	}
}
