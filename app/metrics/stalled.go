package metrics

import (
	"slices"

	"fieldbook/data"
)

// leastForStall is how many deals must have advanced before their percentile
// replaces the stage's setting.
const leastForStall = 20

// Stalls are the open deals of a view that have stood in their stage for too
// long with nothing planned (metric definition "stalled"). What is usual in a
// stage is learned from the view's own deals: ask the view of the whole book,
// so that a deal is stalled or not whoever looks at it.
type Stalls struct {
	Keys  []data.Key // ascending
	After []float64  // by stage, more days than these are too many; 0 is never
	days  []int32    // by place in Facts.Deals: days in the stage of those that are stalled
}

// Days is how long the deal of a place has stood in its stage, 0 unless it is stalled.
func (s *Stalls) Days(place int) int {
	if place < 0 || place >= len(s.days) {
		return 0
	}
	return int(s.days[place])
}

// Stalls finds the stalled deals. They are shared with all who ask the view
// and not to be changed.
func (v *View) Stalls() *Stalls {
	s, _ := v.stalls.get(struct{}{}, func() (*Stalls, error) { return v.findStalls(), nil })
	return s
}

func (v *View) findStalls() *Stalls {
	s := &Stalls{After: v.stallAfter(), days: make([]int32, len(v.f.Deals))}
	s.Keys = *tally(v, func() *[]data.Key { return new([]data.Key) }, func(into *[]data.Key, p *part) {
		var entries []Move
		for i := range p.open {
			c := &p.open[i]
			d := &v.f.Deals[c.deal]
			if c.stage < 0 || s.After[c.stage] == 0 || d.Flags&Planned != 0 || d.SnoozedOn(v.query.AsOf) {
				continue
			}
			entries = v.reader.entries(entries[:0], d, c)
			if len(entries) == 0 {
				continue
			}
			if days := v.query.AsOf - entries[len(entries)-1].Day; float64(days) > s.After[c.stage] {
				s.days[c.deal] = int32(days)
				*into = append(*into, v.f.Keys[c.deal])
			}
		}
	}, func(into, from *[]data.Key) { *into = append(*into, *from...) })
	slices.Sort(s.Keys)
	return s
}

// stallAfter is, by stage, the 75th percentile of the days that deals stood in
// it before they advanced; the stage's own setting while fewer than 20 did.
func (v *View) stallAfter() []float64 {
	steps := v.f.steps()
	stays := tally(v, func() []histogram { return make([]histogram, len(steps)) }, func(into []histogram, p *part) {
		entries := make([]Move, 0, 16)
		for _, cells := range [][]cell{p.closed, p.open} {
			for i := range cells {
				c := &cells[i]
				if c.stage < 0 {
					continue
				}
				entries = v.reader.entries(entries[:0], &v.f.Deals[c.deal], c)
				eachStay(entries, c, func(stay stay) {
					if steps[stay.to].ahead(steps[stay.in]) {
						into[stay.in].add(stay.days)
					}
				})
			}
		}
	}, func(into, from []histogram) {
		for i := range from {
			into[i].merge(from[i])
		}
	})
	after := make([]float64, len(steps))
	for i := range after {
		after[i] = float64(v.f.Stages[i].ExpectedDays)
		if stays[i].count() >= leastForStall {
			after[i] = stays[i].percentile(0.75)
		}
	}
	return after
}
