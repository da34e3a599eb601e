package alignment

import (
	"context"
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
		if len(locked[t]) == 0 && r.atHome(t) {
			take(t, r.besideHome(t, chosen))
		}
	}
	for t := range r.k {
		if len(locked[t]) == 0 && !r.atHome(t) {
			take(t, drawn(r, rng, gap, chosen))
		}
	}
	return out
}

// besideHome is the free unit nearest to a territory's home; any other one where
// all are bound.
func (r *rules) besideHome(t int, chosen []bool) int {
	best, least := -1, math.Inf(1)
	for i, v := range r.home[t] {
		if !chosen[i] && r.Units[i].Locked == Anywhere && v < least {
			best, least = i, v
		}
	}
	if best < 0 {
		return slices.Index(chosen, false)
	}
	return best
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
func start(ctx context.Context, r *rules, rng *rand.Rand) []int32 {
	if rng.IntN(3) == 0 && r.n <= sumsMost {
		if r.near != nil {
			return grow(r, seeds(r, rng))
		}
		return evened(ctx, r, seeds(r, rng))
	}
	of := make([]int32, r.n)
	f := newField(r, rng.Float64()*math.Pi)
	for t, part := range f.parts(f.everything(), r.k) {
		for _, i := range part {
			of[i] = int32(t)
		}
	}
	named(r, of)
	obey(r, of)
	if r.near != nil {
		return stitched(r, of)
	}
	return evened(ctx, r, newState(r, of).centre)
}

// stitched leaves each territory the pieces that locked units hold, else its
// largest one, and gives the others to territories beside them.
func stitched(r *rules, of []int32) []int32 {
	s := newState(r, of)
	kept := make([][]int32, r.k)
	mass := make([]float64, r.k) // of what is kept; locked pieces weigh more than any
	s.eachPiece(func(units []int32) {
		t, sum, locked := s.of[units[0]], 0.0, r.anyLocked(units)
		for _, i := range units {
			sum += r.mass(int(i))
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
	g := newGrowth(r, s.centre)
	for t, units := range kept {
		for _, i := range units {
			g.put(int(i), t)
		}
	}
	return g.filled()
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
func evened(ctx context.Context, r *rules, at []int32) []int32 {
	var of []int32
	at = namedCentres(r, at)
	for range evenings {
		of = spread(r, at)
		levelled(ctx, r, of, at)
		if ctx.Err() != nil {
			break
		}
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
		if i >= 0 && r.allowed(int(i), t) {
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

// cheapest is the territory in which a unit costs least, with centres as they
// are; -1 is one that has none, nor a home.
func cheapest(r *rules, i int, at []int32) int {
	if u := r.Units[i]; u.Locked != Anywhere {
		return u.Locked
	}
	best, cost := 0, math.Inf(1)
	for t, c := range at {
		if c < 0 && !r.atHome(t) {
			continue
		}
		if v := r.way(i, t, c) + r.moved(i, t); v < cost {
			best, cost = t, v
		}
	}
	return best
}
