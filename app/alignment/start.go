package alignment

import (
	"container/heap"
	"math"
	"math/rand/v2"
	"slices"
)

// seeds chooses a unit for each territory, far from each other: each next one
// with odds by its distance to the nearest before. Territories with locked
// units begin at one of them.
func seeds(r *rules, rng *rand.Rand) []int32 {
	out := make([]int32, r.k)
	chosen := make([]bool, r.n)
	gap := make([]float64, r.n) // to the nearest seed
	for i := range gap {
		gap[i] = math.Inf(1)
	}
	take := func(t, i int) {
		out[t], chosen[i] = int32(i), true
		for j := range r.n {
			gap[j] = min(gap[j], r.dist.at(i, j))
		}
	}
	locked := make([][]int, r.k)
	for i, u := range r.Units {
		if u.Locked != Anywhere {
			locked[u.Locked] = append(locked[u.Locked], i)
		}
	}
	for t, list := range locked {
		if len(list) > 0 {
			take(t, list[rng.IntN(len(list))])
		}
	}
	for t := range r.k {
		if len(locked[t]) == 0 {
			take(t, drawn(r, rng, gap, chosen))
		}
	}
	return out
}

// drawn is a unit that is no seed yet, the likelier the farther from all of them.
func drawn(r *rules, rng *rand.Rand, gap []float64, chosen []bool) int {
	sum := 0.0
	free := func(i int) bool { return !chosen[i] && r.Units[i].Locked == Anywhere }
	for i := range r.n {
		if free(i) && !math.IsInf(gap[i], 1) {
			sum += gap[i]
		}
	}
	at := rng.Float64() * sum
	last := -1
	for i, start := 0, rng.IntN(r.n); i < r.n; i++ {
		j := (start + i) % r.n
		if !free(j) {
			continue
		}
		last = j
		if sum == 0 {
			break
		}
		if at -= gap[j]; at <= 0 {
			break
		}
	}
	if last >= 0 {
		return last
	}
	return slices.Index(chosen, false)
}

// start is a first division: grown from seeds along neighbours, or, where
// nothing has neighbours, cut into parts of one mass.
func start(r *rules, rng *rand.Rand) []int32 {
	if rng.IntN(3) == 0 && r.n <= sumsMost {
		if r.near != nil {
			return grow(r, seeds(r, rng))
		}
		return evened(r, seeds(r, rng))
	}
	of := make([]int32, r.n)
	f := newField(r, rng.Float64()*math.Pi)
	for t, part := range f.parts(f.everything(), r.k) {
		for _, i := range part {
			of[i] = int32(t)
		}
	}
	obey(r, of)
	if r.near != nil {
		return stitched(r, of)
	}
	return evened(r, newState(r, of).centre)
}

// stitched leaves each territory the pieces that locked units hold, else its
// largest one, and gives the others to territories beside them.
func stitched(r *rules, of []int32) []int32 {
	s := newState(r, of)
	kept := make([][]int32, r.k)
	mass := make([]float64, r.k) // of what is kept; locked pieces weigh more than any
	s.eachPiece(func(units []int32) {
		t, sum, locked := s.of[units[0]], 0.0, false
		for _, i := range units {
			sum += r.mass(int(i))
			locked = locked || r.Units[i].Locked != Anywhere
		}
		switch {
		case locked && math.IsInf(mass[t], 1):
			kept[t] = append(kept[t], units...)
		case locked:
			kept[t], mass[t] = slices.Clone(units), math.Inf(1)
		case kept[t] == nil || sum > mass[t]:
			kept[t], mass[t] = slices.Clone(units), sum
		}
	})
	out := make([]int32, r.n)
	for i := range out {
		out[i] = Anywhere
	}
	g := growth{rules: r, of: out, rim: make([]rim, r.k), load: make([]float64, r.k)}
	for t, units := range kept {
		for _, i := range units {
			g.put(int(i), t, s.centre)
		}
	}
	for g.next(s.centre) {
		continue
	}
	return out
}

// obey puts locked units where they must be. A territory that loses its last
// unit by that takes the one nearest to where it was.
func obey(r *rules, of []int32) {
	count := make([]int, r.k)
	for i, u := range r.Units {
		if u.Locked != Anywhere {
			of[i] = int32(u.Locked)
		}
		count[of[i]]++
	}
	for t := range count {
		for i := 0; count[t] == 0 && i < r.n; i++ {
			if from := of[i]; r.Units[i].Locked == Anywhere && count[from] > 1 {
				of[i] = int32(t)
				count[from]--
				count[t]++
			}
		}
	}
}

// evenings is how often a division without neighbours is evened out and its
// centres found anew.
const evenings = 4

// evened gives units to the nearest of some centres and evens the territories
// out.
func evened(r *rules, at []int32) []int32 {
	var of []int32
	at = slices.Clone(at)
	for range evenings {
		of = spread(r, at)
		levelled(r, of, at)
		copy(at, newState(r, of).centre)
	}
	return of
}

// spread gives each unit to the nearest centre.
func spread(r *rules, at []int32) []int32 {
	of := make([]int32, r.n)
	for i := range r.n {
		of[i] = int32(cheapest(r, i, at))
	}
	for t, i := range at { // none stays empty
		if r.allowed(int(i), t) {
			of[i] = int32(t)
		}
	}
	obey(r, of)
	return of
}

// mass is what a unit counts for when territories are filled.
func (r *rules) mass(i int) float64 {
	if r.measures == 0 {
		return 1
	}
	return r.weight[0][i]
}

func cheapest(r *rules, i int, at []int32) int {
	if u := r.Units[i]; u.Locked != Anywhere {
		return u.Locked
	}
	best, cost := 0, math.Inf(1)
	for t, c := range at {
		if v := r.dist.at(i, int(c)) + r.moved(i, t); v < cost {
			best, cost = t, v
		}
	}
	return best
}

// grow adds neighbours to the emptiest territory, the nearest first.
func grow(r *rules, at []int32) []int32 {
	of := make([]int32, r.n)
	for i := range of {
		of[i] = Anywhere
	}
	g := growth{rules: r, of: of, rim: make([]rim, r.k), load: make([]float64, r.k)}
	for i, u := range r.Units {
		if u.Locked != Anywhere {
			g.put(i, u.Locked, at)
		}
	}
	for t, i := range at {
		if of[i] == Anywhere {
			g.put(int(i), t, at)
		}
	}
	for g.next(at) {
		continue
	}
	return of
}

type growth struct {
	*rules
	of   []int32
	rim  []rim // of each territory: units beside it, the nearest first
	load []float64
}

func (g *growth) put(i, t int, at []int32) {
	g.of[i] = int32(t)
	g.load[t] += g.mass(i)
	for _, j := range g.near[i] {
		if g.of[j] == Anywhere {
			heap.Push(&g.rim[t], beside{g.dist.at(int(j), int(at[t])), j})
		}
	}
}

// next gives one unit to the emptiest territory that has one beside it.
func (g *growth) next(at []int32) bool {
	for {
		t := -1
		for u := range g.k {
			if len(g.rim[u]) > 0 && (t < 0 || g.load[u] < g.load[t]) {
				t = u
			}
		}
		if t < 0 {
			return false
		}
		b, _ := heap.Pop(&g.rim[t]).(beside)
		if g.of[b.unit] == Anywhere {
			g.put(int(b.unit), t, at)
			return true
		}
	}
}

// beside is a unit at the rim of a territory.
type beside struct {
	d    float64
	unit int32
}

type rim []beside

func (r rim) Len() int           { return len(r) }
func (r rim) Less(i, j int) bool { return r[i].d < r[j].d }
func (r rim) Swap(i, j int)      { r[i], r[j] = r[j], r[i] }
func (r *rim) Push(x any)        { *r = append(*r, x.(beside)) } //nolint:forcetypeassert // heap hands back what was put in
func (r *rim) Pop() any {
	last := (*r)[len(*r)-1]
	*r = (*r)[:len(*r)-1]
	return last
}

// today is the division as it stands, with units that nobody holds given to the
// nearest; nil where too little is assigned to begin with.
func today(r *rules) []int32 {
	at := make([]int32, r.k)
	held := make([]int, r.k)
	of := make([]int32, r.n)
	for i, u := range r.Units {
		t := u.Current
		if u.Locked != Anywhere {
			t = u.Locked
		}
		of[i] = int32(t)
		if t != Anywhere {
			at[t] = int32(i)
			held[t]++
		}
	}
	if slices.Contains(held, 0) {
		return nil
	}
	if r.near != nil {
		g := growth{rules: r, of: of, rim: make([]rim, r.k), load: make([]float64, r.k)}
		for i, t := range of {
			if t != Anywhere {
				g.put(i, int(t), at)
			}
		}
		for g.next(at) {
			continue
		}
		if s := newState(r, of); s.pieces() > 0 {
			return nil
		}
		return of
	}
	for i, t := range of {
		if t == Anywhere {
			of[i] = int32(cheapest(r, i, at))
		}
	}
	return of
}
