package alignment

import "math"

// rules is a problem made ready for the search.
type rules struct {
	*Problem
	n, k     int
	dist     *distances
	measures int
	weight   [][]float64 // a measure, a unit
	low      []float64   // what a territory must hold of each measure
	high     []float64   // and may hold
	scale    []float64   // what an excess is measured in
	near     [][]int32   // neighbours; nil where none are asked for
	whole    float64     // 1 where all distances and costs are whole numbers, else 0
}

func newRules(p *Problem) *rules {
	r := &rules{Problem: p, n: len(p.Units), k: p.Territories, dist: newDistances(p), measures: len(p.Units[0].Weights)}
	for m := range r.measures {
		list := make([]float64, r.n)
		sum := 0.0
		for i, u := range p.Units {
			list[i] = u.Weights[m]
			sum += list[i]
		}
		mean := sum / float64(r.k)
		low, high := 0.0, math.Inf(1)
		if p.Tolerance > 0 {
			low, high = mean*(1-p.Tolerance), mean*(1+p.Tolerance)
		}
		if m == 0 && p.Capacity > 0 {
			high = math.Min(high, p.Capacity)
		}
		// What rounding adds and takes away is no excess.
		r.low, r.high = append(r.low, low-1e-9*mean), append(r.high, high+1e-9*mean)
		r.weight, r.scale = append(r.weight, list), append(r.scale, math.Max(mean, 1e-12))
	}
	if p.Edges != nil {
		r.near = neighbours(r.n, p.Edges)
	}
	if p.Metric == EuclidFloor && p.Change == math.Floor(p.Change) {
		r.whole = 1
	}
	return r
}

func neighbours(n int, edges [][2]int) [][]int32 {
	near := make([][]int32, n)
	seen := map[[2]int]bool{}
	for _, e := range edges {
		a, b := min(e[0], e[1]), max(e[0], e[1])
		if a == b || seen[[2]int{a, b}] {
			continue
		}
		seen[[2]int{a, b}] = true
		near[a], near[b] = append(near[a], int32(b)), append(near[b], int32(a))
	}
	return near
}

// excess is by how much a territory's load breaks the rules, in parts of the
// mean. A large excess weighs more than two small ones, so that it flows off
// through territories that are full themselves.
func (r *rules) excess(load []float64) float64 {
	out := 0.0
	for m, v := range load {
		out += r.excessOf(m, v)
	}
	return out
}

func (r *rules) excessOf(m int, v float64) float64 {
	by := 0.0
	switch {
	case v > r.high[m]:
		by = (v - r.high[m]) / r.scale[m]
	case v < r.low[m]:
		by = (r.low[m] - v) / r.scale[m]
	}
	return by * (1 + 5*by)
}

// moved is the cost of change of a unit in a territory.
func (r *rules) moved(i, t int) float64 {
	if r.Change == 0 || r.Units[i].Current == Anywhere || r.Units[i].Current == t {
		return 0
	}
	return r.Change
}

// allowed reports whether a lock lets a unit be in a territory.
func (r *rules) allowed(i, t int) bool {
	return r.Units[i].Locked == Anywhere || r.Units[i].Locked == t
}
