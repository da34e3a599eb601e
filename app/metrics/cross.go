package metrics

import (
	"cmp"
	"math"
	"slices"

	"fieldbook/data"
)

// Crossed is what is open in one stage with one owner.
type Crossed struct {
	Stage, Owner int32 // places; None for deals without
	Count        int
	Value        int64 // minor units of the book's currency
}

// OpenByStageAndOwner gives the open deals expected to close in a period, AllTime
// for every open deal, by stage and owner; what is empty is left out.
func (v *View) OpenByStageAndOwner(in data.Period) []Crossed {
	type place struct{ stage, owner int32 }
	sums := map[place]*Crossed{}
	v.EachOpen(func(d Standing) {
		if !in.Contains(d.Close) {
			return
		}
		at := place{d.Stage, d.Deal.Owner}
		s := sums[at]
		if s == nil {
			s = &Crossed{Stage: at.stage, Owner: at.owner}
			sums[at] = s
		}
		s.Count++
		s.Value += d.Value
	})
	out := make([]Crossed, 0, len(sums))
	for _, s := range sums {
		out = append(out, *s)
	}
	slices.SortFunc(out, func(x, y Crossed) int { return cmp.Or(cmp.Compare(x.Stage, y.Stage), cmp.Compare(x.Owner, y.Owner)) })
	return out
}

// CycleSpread is how long the won deals of a group took (metric definition "sales
// cycle"), after Tukey: Low and High are the farthest within one and a half times
// the middle half, what lies beyond is listed, the longest first.
type CycleSpread struct {
	Key                       string
	Place                     int32
	N                         int
	Low, Q1, Median, Q3, High float64 // days
	Beyond                    []CycleDeal
}

// CycleDeal is a won deal and the days that it took.
type CycleDeal struct {
	Key  data.Key
	Days int
}

// mostBeyond is how many deals beyond are listed of a group.
const mostBeyond = 50

// Cycles gives the spread of the cycles of deals won in a period, in the order of
// the grouping; groups without any are left out. The error is Invalid: an unknown
// grouping.
func (v *View) Cycles(by By, in data.Period) ([]CycleSpread, error) {
	g, err := v.group(by, in)
	if err != nil {
		return nil, err
	}
	at := make([][]CycleDeal, g.n)
	for i := range v.parts {
		p := &v.parts[i]
		if !p.meets(in) {
			continue
		}
		for j := range p.closed {
			if c := &p.closed[j]; c.kind == Won && c.days != untimed && in.Contains(c.close) {
				pos := g.at(c)
				at[pos] = append(at[pos], CycleDeal{v.f.Keys[c.deal], int(c.days)})
			}
		}
	}
	var out []CycleSpread
	for _, group := range g.groups {
		if deals := slices.Concat(at[group.lo:group.hi]...); len(deals) > 0 {
			s := spreadOf(deals)
			s.Key, s.Place = group.key, group.place
			out = append(out, s)
		}
	}
	return out, nil
}

// spreadOf reorders the deals.
func spreadOf(deals []CycleDeal) CycleSpread {
	slices.SortFunc(deals, func(x, y CycleDeal) int { return cmp.Or(cmp.Compare(x.Days, y.Days), cmp.Compare(x.Key, y.Key)) })
	at := func(p float64) float64 {
		rank := float64(len(deals)-1) * p
		low := int(rank)
		a, b := float64(deals[low].Days), float64(deals[int(math.Ceil(rank))].Days)
		return a + (rank-float64(low))*(b-a)
	}
	s := CycleSpread{N: len(deals), Q1: at(0.25), Median: at(0.5), Q3: at(0.75)}
	reach := 1.5 * (s.Q3 - s.Q1)
	within := func(d CycleDeal) bool { return float64(d.Days) >= s.Q1-reach && float64(d.Days) <= s.Q3+reach }
	first := slices.IndexFunc(deals, within)
	last := len(deals) - 1
	for !within(deals[last]) {
		last--
	}
	s.Low, s.High = float64(deals[first].Days), float64(deals[last].Days)
	s.Beyond = slices.Concat(deals[:first], deals[last+1:])
	slices.SortStableFunc(s.Beyond, func(x, y CycleDeal) int { return cmp.Compare(y.Days, x.Days) })
	s.Beyond = s.Beyond[:min(len(s.Beyond), mostBeyond)]
	return s
}

// GroupMonths is what a group won in each of some months, in minor units.
type GroupMonths struct {
	Key    string
	Place  int32
	Values []int64
}

// WonByMonth gives what each group won in months that follow each other. The error
// is Invalid: an unknown grouping.
func (v *View) WonByMonth(by By, months []data.Period) ([]GroupMonths, error) {
	if len(months) == 0 {
		return nil, nil
	}
	in := data.Period{From: months[0].From, To: months[len(months)-1].To}
	g, err := v.group(by, in)
	if err != nil {
		return nil, err
	}
	first := monthNumber(in.From)
	n := len(months)
	sums := tally(v, func() []int64 { return make([]int64, g.n*n) }, func(into []int64, p *part) {
		if !p.meets(in) {
			return
		}
		for i := range p.closed {
			if c := &p.closed[i]; c.kind == Won && c.close.Valid() && in.Contains(c.close) {
				if m := monthNumber(c.close) - first; m >= 0 && m < n {
					into[int(g.at(c))*n+m] += c.value
				}
			}
		}
	}, func(into, from []int64) {
		for i := range from {
			into[i] += from[i]
		}
	})
	out := make([]GroupMonths, 0, len(g.groups))
	for _, group := range g.groups {
		row := GroupMonths{Key: group.key, Place: group.place, Values: make([]int64, n)}
		for pos := group.lo; pos < group.hi; pos++ {
			for m := range n {
				row.Values[m] += sums[int(pos)*n+m]
			}
		}
		out = append(out, row)
	}
	return out, nil
}
