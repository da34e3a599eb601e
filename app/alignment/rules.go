package alignment

import (
	"cmp"
	"math"
	"slices"
)

// rules is a problem made ready for the search. What it holds loads to are rows:
// the measures, or a mix of them, those with limits first.
type rules struct {
	*Problem
	n, k   int
	dist   *distances
	travel []float64   // of a unit: how often its distance counts
	leave  []float64   // of a unit: what it costs that it leaves its current territory
	home   [][]float64 // a territory, a unit: the distance to the home as it counts; nil without a home
	hollow []bool      // territories that may be without units
	roam   bool        // units may have to go to territories that no unit beside them is in

	measures int         // rows
	weight   [][]float64 // a row, a unit
	base     [][]float64 // a territory, a row: what it holds beside its units
	target   [][]float64 // a territory, a row
	low      [][]float64 // what it must hold, at least
	high     [][]float64 // and may hold
	scale    []float64   // of a row: what an excess is measured in
	judged   []bool      // of a row: whether it counts for imbalance
	alike    bool        // all territories have the same limits and hold nothing yet

	near  [][]int32 // neighbours; nil where none are asked for
	whole float64   // 1 where all distances and costs are whole numbers, else 0
}

// newRules measures all distances and joins units that hang together with no
// others.
func newRules(p *Problem) *rules {
	dist := newDistances(p)
	return newRulesOver(p.bridged(dist), dist)
}

// newRulesOver takes distances that were measured before.
func newRulesOver(p *Problem, dist *distances) *rules {
	r := &rules{
		Problem: p, n: len(p.Units), k: p.Territories, dist: dist,
		travel: make([]float64, len(p.Units)), leave: make([]float64, len(p.Units)), hollow: make([]bool, p.Territories),
		base: make([][]float64, p.Territories), target: make([][]float64, p.Territories),
		low: make([][]float64, p.Territories), high: make([][]float64, p.Territories),
		alike: p.Share == nil && p.Base == nil && !p.AsToday,
	}
	for i, u := range p.Units {
		r.travel[i], r.leave[i] = 1, p.Change
		if p.Weighted {
			r.travel[i] = u.Travel
		}
		if u.Change > 0 {
			r.leave[i] = u.Change
		}
	}
	for t, load := range p.Base {
		r.hollow[t] = slices.ContainsFunc(load, positive)
		r.roam = r.roam || r.hollow[t]
	}
	r.settleHomes()
	for _, x := range r.rows() {
		r.hold(x)
	}
	r.measures = len(r.weight)
	if p.Edges != nil {
		r.near = neighbours(r.n, p.Edges)
	}
	fraction := func(v float64) bool { return v != math.Floor(v) }
	if p.Metric == EuclidFloor && !slices.ContainsFunc(r.leave, fraction) && !slices.ContainsFunc(r.travel, fraction) {
		r.whole = 1
	}
	return r
}

func (r *rules) settleHomes() {
	for t, h := range r.Homes {
		if !h.Set {
			continue
		}
		if r.home == nil {
			r.home = make([][]float64, r.k)
		}
		r.roam = true
		r.home[t] = r.dist.to(h)
		for i := range r.home[t] {
			r.home[t][i] *= r.travel[i]
		}
	}
}

// row is something that loads are held to.
type row struct {
	weight    []float64 // of a unit
	base      []float64 // of a territory
	tolerance float64   // 0 is any
	capacity  float64   // 0 is none
	judged    bool
}

// rows are the mix, if there is one, and the measures; those with limits first.
func (r *rules) rows() []row {
	var out []row
	measures := len(r.Units[0].Weights)
	anyLimit := slices.ContainsFunc(r.Tolerances, positive)
	if len(r.Mix) > 0 {
		out = append(out, r.mixed())
	}
	for m := range measures {
		x := r.measure(m)
		switch {
		case len(r.Tolerances) > 0:
			x.tolerance = r.Tolerances[m]
			x.judged = len(r.Mix) == 0 && (x.tolerance > 0 || !anyLimit)
		case len(r.Mix) == 0:
			x.tolerance, x.judged = r.Tolerance, true
		}
		if m == 0 {
			x.capacity = r.Capacity
		}
		out = append(out, x)
	}
	slices.SortStableFunc(out, func(a, b row) int { return cmp.Compare(a.free(), b.free()) })
	return out
}

func (x row) free() int {
	if x.tolerance > 0 || x.capacity > 0 {
		return 0
	}
	return 1
}

// measure is one measure with what it comes to, without limits.
func (r *rules) measure(m int) row {
	x := row{weight: make([]float64, r.n), base: make([]float64, r.k)}
	for i, u := range r.Units {
		x.weight[i] = u.Weights[m]
	}
	for t := range r.Base {
		x.base[t] = r.Base[t][m]
	}
	return x
}

func (x row) total() float64 {
	sum := 0.0
	for _, v := range x.weight {
		sum += v
	}
	for _, v := range x.base {
		sum += v
	}
	return sum
}

// mixed is the sum of all measures, each in parts of its mean.
func (r *rules) mixed() row {
	out := row{weight: make([]float64, r.n), base: make([]float64, r.k), tolerance: r.Tolerance, judged: true}
	for m, part := range r.Mix {
		x := r.measure(m)
		mean := x.total() / float64(r.k)
		if mean == 0 {
			continue
		}
		for i, v := range x.weight {
			out.weight[i] += part * v / mean
		}
		for t, v := range x.base {
			out.base[t] += part * v / mean
		}
	}
	return out
}

// hold takes a row over with its limits.
func (r *rules) hold(x row) {
	mean := x.total() / float64(r.k)
	shares := 0.0
	for _, v := range r.Share {
		shares += v
	}
	today := slices.Clone(x.base)
	for i, u := range r.Units {
		if u.Current != Anywhere {
			today[u.Current] += x.weight[i]
		}
	}
	for t := range r.k {
		target := mean
		if r.Share != nil {
			target = mean * float64(r.k) * r.Share[t] / shares
		}
		low, high := 0.0, math.Inf(1)
		if x.tolerance > 0 {
			low, high = target*(1-x.tolerance), target*(1+x.tolerance)
		}
		if x.capacity > 0 {
			high = math.Min(high, x.capacity)
		}
		if r.AsToday && today[t] > 0 {
			low, high = min(low, today[t]), max(high, today[t])
		}
		// What rounding adds and takes away is no excess.
		r.low[t], r.high[t] = append(r.low[t], low-1e-9*mean), append(r.high[t], high+1e-9*mean)
		r.base[t], r.target[t] = append(r.base[t], x.base[t]), append(r.target[t], target)
	}
	r.weight, r.scale, r.judged = append(r.weight, x.weight), append(r.scale, math.Max(mean, 1e-12)), append(r.judged, x.judged)
}

// limited reports whether the first row holds loads to anything.
func (r *rules) limited() bool {
	for t := range r.k {
		if r.measures > 0 && (!math.IsInf(r.high[t][0], 1) || r.low[t][0] > 0) {
			return true
		}
	}
	return false
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
func (r *rules) excess(t int, load []float64) float64 {
	out := 0.0
	for m, v := range load {
		out += r.excessOf(t, m, v)
	}
	return out
}

func (r *rules) excessOf(t, m int, v float64) float64 {
	by := 0.0
	switch {
	case v > r.high[t][m]:
		by = (v - r.high[t][m]) / r.scale[m]
	case v < r.low[t][m]:
		by = (r.low[t][m] - v) / r.scale[m]
	}
	return by * (1 + 5*by)
}

// way is what a unit's distance to a territory's home, or to a unit as its
// centre, counts.
func (r *rules) way(i, t int, centre int32) float64 {
	if r.atHome(t) {
		return r.home[t][i]
	}
	return r.travel[i] * r.dist.at(i, int(centre))
}

// atHome reports whether a territory has a home.
func (r *rules) atHome(t int) bool { return r.home != nil && r.home[t] != nil }

// moved is the cost of change of a unit in a territory.
func (r *rules) moved(i, t int) float64 {
	if r.Units[i].Current == Anywhere || r.Units[i].Current == t {
		return 0
	}
	return r.leave[i]
}

// allowed reports whether a lock lets a unit be in a territory.
func (r *rules) allowed(i, t int) bool {
	return r.Units[i].Locked == Anywhere || r.Units[i].Locked == t
}

// anyLocked reports whether a lock holds one of some units.
func (r *rules) anyLocked(units []int32) bool {
	return slices.ContainsFunc(units, func(i int32) bool { return r.Units[i].Locked != Anywhere })
}

// imbalance is how far the territory farthest from its target is from it, as a
// part of it: of the mix, or of the worst of the measures that are held to one.
func (r *rules) imbalance(load [][]float64) float64 {
	worst := 0.0
	for t := range load {
		for m, v := range load[t] {
			if r.judged[m] && r.target[t][m] > 0 {
				worst = max(worst, math.Abs(v-r.target[t][m])/r.target[t][m])
			}
		}
	}
	return worst
}

// uneven is the root of the mean square of all deviations from the targets, as
// parts of them.
func (r *rules) uneven(load [][]float64) float64 {
	sum, n := 0.0, 0.0
	for t := range load {
		for m, v := range load[t] {
			if r.judged[m] && r.target[t][m] > 0 {
				off := (v - r.target[t][m]) / r.target[t][m]
				sum += off * off
				n++
			}
		}
	}
	return math.Sqrt(sum / max(1, n))
}
