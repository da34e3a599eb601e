package alignment

import (
	"math"
	"slices"

	"fieldbook/data"
)

// NewHire is a person for whom a territory is made.
type NewHire struct {
	Home  Home
	Share float64 // of a usual territory, such as 0.5 to begin with; 0 is a whole one
}

// newHireTolerance is the tolerance of a problem that has none, so that the new
// territory gets its share.
const newHireTolerance = 0.1

// Hire is the problem of one territory more, the last one, that holds nothing
// today. Units stay where they are unless it needs them: leaving costs as much
// as the way across the map, more or less by each unit's Change, and territories
// that are out of balance may stay so.
func (p *Problem) Hire(who NewHire) *Problem {
	out := *p
	k := p.Territories
	out.Territories, out.AsToday = k+1, true
	if p.Tolerance == 0 && p.Capacity == 0 && !slices.ContainsFunc(p.Tolerances, positive) {
		out.Tolerance = newHireTolerance
	}
	if who.Share == 0 {
		who.Share = 1
	}
	mean := 1.0
	out.Share = slices.Repeat([]float64{1}, k)
	if len(p.Share) > 0 {
		out.Share, mean = slices.Clone(p.Share), average(p.Share)
	}
	out.Share = append(out.Share, who.Share*mean)
	if len(p.Base) > 0 {
		out.Base = append(slices.Clone(p.Base), make([]float64, len(p.Units[0].Weights)))
	}
	if len(p.Homes) > 0 || who.Home.Set {
		out.Homes = append(append(make([]Home, 0, k+1), p.Homes...), make([]Home, k-len(p.Homes))...)
		out.Homes = append(out.Homes, who.Home)
	}
	out.staying()
	return &out
}

// Close is the problem of one territory less: the units of a territory go to the
// others, which keep all of theirs. Territories after it move up by one. What it
// held beside its units is gone; what of that must be kept has to be among the
// units, without a current territory.
func (p *Problem) Close(closed int) (*Problem, error) {
	if closed < 0 || closed >= p.Territories || p.Territories < 2 {
		return nil, data.FieldErrorf("territories", "territory %d of %d cannot be closed", closed+1, p.Territories)
	}
	out := *p
	out.Territories, out.AsToday = p.Territories-1, true
	out.Base, out.Homes, out.Share = without(p.Base, closed), without(p.Homes, closed), without(p.Share, closed)
	out.Units = slices.Clone(p.Units)
	up := func(t int) int {
		switch {
		case t == closed:
			return Anywhere
		case t > closed:
			return t - 1
		}
		return t
	}
	for i := range out.Units {
		u := &out.Units[i]
		u.Current, u.Locked = up(u.Current), up(u.Locked)
		if u.Locked == Anywhere {
			u.Locked = u.Current
		}
	}
	return &out, nil
}

// staying makes leaving cost as much as the way across the map.
func (p *Problem) staying() {
	low, high := p.Units[0], p.Units[0]
	travel, value, valued := 0.0, 0.0, 0.0
	for _, u := range p.Units {
		low.X, low.Y, high.X, high.Y = min(low.X, u.X), min(low.Y, u.Y), max(high.X, u.X), max(high.Y, u.Y)
		travel += u.Travel / float64(len(p.Units))
		if u.Change > 0 {
			value, valued = value+u.Change, valued+1
		}
	}
	across := newDistances(&Problem{Units: []Unit{low, high}, Metric: p.Metric}).at(0, 1)
	if p.Weighted {
		across *= travel
	}
	across = math.Ceil(max(across, 1))
	p.Change = max(p.Change, across)
	if valued == 0 {
		return
	}
	p.Units = slices.Clone(p.Units)
	for i := range p.Units {
		p.Units[i].Change *= across * valued / value
	}
}

func average(list []float64) float64 {
	sum := 0.0
	for _, v := range list {
		sum += v / float64(len(list))
	}
	return sum
}

func without[T any](list []T, at int) []T {
	if len(list) == 0 {
		return nil
	}
	return slices.Delete(slices.Clone(list), at, at+1)
}
