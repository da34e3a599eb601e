package alignment

import (
	"math"
	"slices"
)

// named says which part of a division is which territory, where that makes a
// difference: as locks and limits want it, so that homes are near and few units
// change.
func named(r *rules, of []int32) {
	if !r.telling() {
		return
	}
	parts := make([][]int32, r.k)
	for i, part := range of {
		parts[part] = append(parts[part], int32(i))
	}
	cost, breaks := make([][]float64, r.k), make([][]float64, r.k) // a part, a territory
	all := 1.0
	for n, units := range parts {
		cost[n], breaks[n] = r.asTerritories(units)
		for _, v := range cost[n] {
			all += v
		}
	}
	for n := range cost {
		for t := range cost[n] {
			cost[n][t] += all * 100 * breaks[n][t]
		}
	}
	is := matched(cost)
	for i, part := range of {
		of[i] = int32(is[part])
	}
}

// leastChange is what a change counts that decides only between divisions alike
// in all else.
const leastChange = 1e-6

// asToday names the territories of a division for which changes cost nothing,
// where that makes it no worse, so that the units that change hands are worth as
// little as can be.
func (r *rules) asToday(of []int32, worth []float64) []int32 {
	light := *r
	light.leave = make([]float64, r.n)
	for i, v := range worth {
		light.leave[i] = leastChange * v
	}
	out := slices.Clone(of)
	named(&light, out)
	if judged(r, of).betterThan(judged(r, out)) {
		return of
	}
	return out
}

// asTerritories is what units cost as each of the territories, and by how much
// they break its rules.
func (r *rules) asTerritories(units []int32) (cost, breaks []float64) {
	cost, breaks = make([]float64, r.k), make([]float64, r.k)
	compact := 0.0
	if r.home != nil && r.n <= sumsMost {
		compact = r.compact(units)
	}
	load := make([]float64, r.measures)
	for t := range r.k {
		if len(units) == 0 && !r.hollow[t] {
			breaks[t] = empty
		}
		copy(load, r.base[t])
		for _, i := range units {
			cost[t] += r.moved(int(i), t)
			if r.atHome(t) {
				cost[t] += r.home[t][i]
			}
			if !r.allowed(int(i), t) {
				breaks[t] += locked
			}
			for m := range load {
				load[m] += r.weight[m][i]
			}
		}
		if !r.atHome(t) {
			cost[t] += compact
		}
		breaks[t] += r.excess(t, load)
	}
	return cost, breaks
}

// locked is the excess of a unit that is elsewhere than where it is locked.
const locked = 100

// compact is the sum of distances of units to the best of them as their centre.
func (r *rules) compact(units []int32) float64 {
	least := math.Inf(1)
	for _, c := range units {
		sum := 0.0
		for _, i := range units {
			sum += r.travel[i] * r.dist.at(int(c), int(i))
		}
		least = min(least, sum)
	}
	if len(units) == 0 {
		return 0
	}
	return least
}

// namedCentres gives each centre to the territory that the units around it
// belong to best; -1 is a territory's home, and stays.
func namedCentres(r *rules, at []int32) []int32 {
	out := slices.Clone(at)
	if !r.telling() {
		return out
	}
	var free []int // territories without a home
	for t := range at {
		if !r.atHome(t) {
			free = append(free, t)
		}
	}
	cost := make([][]float64, len(free))
	for n := range cost {
		cost[n] = make([]float64, len(free))
	}
	for i := range r.n {
		part, least := -1, math.Inf(1)
		for n, t := range free {
			if at[t] < 0 {
				continue
			}
			if d := r.dist.at(i, int(at[t])); d < least {
				part, least = n, d
			}
		}
		for n, t := range free {
			if part >= 0 {
				cost[part][n] += r.moved(i, t)
			}
		}
	}
	for n, to := range matched(cost) {
		out[free[to]] = at[free[n]]
	}
	return out
}

// telling reports whether territories differ in more than their number.
func (r *rules) telling() bool {
	if r.home != nil || !r.alike {
		return true
	}
	for i, u := range r.Units {
		if u.Current != Anywhere && r.leave[i] > 0 {
			return true
		}
	}
	return false
}

// matched gives each row a column of its own, at the least sum of costs.
func matched(cost [][]float64) []int {
	out, _, _ := matching(cost)
	return out
}

// matching is the Hungarian method, with as many columns as rows or more. No
// cost is less than its row's and its column's together, and those of the pairs
// are just that; a column's is never above 0. Costs may be infinite; of is nil
// where there is no other way.
func matching(cost [][]float64) (of []int, row, column []float64) {
	if len(cost) == 0 {
		return nil, nil, nil
	}
	columns := len(cost[0])
	u, v := make([]float64, len(cost)+1), make([]float64, columns+1)
	holds, way := make([]int, columns+1), make([]int, columns+1) // the row of a column, from 1; 0 is none
	for i := range cost {
		holds[0] = i + 1
		at := 0
		least, done := make([]float64, columns+1), make([]bool, columns+1)
		for j := range least {
			least[j] = math.Inf(1)
		}
		for holds[at] != 0 {
			done[at] = true
			from, delta, next := holds[at], math.Inf(1), 0
			for j := 1; j <= columns; j++ {
				if done[j] {
					continue
				}
				if c := cost[from-1][j-1] - u[from] - v[j]; c < least[j] {
					least[j], way[j] = c, at
				}
				if least[j] < delta {
					delta, next = least[j], j
				}
			}
			if next == 0 {
				return nil, nil, nil
			}
			for j := range least {
				if done[j] {
					u[holds[j]] += delta
					v[j] -= delta
				} else {
					least[j] -= delta
				}
			}
			at = next
		}
		for at != 0 {
			holds[at] = holds[way[at]]
			at = way[at]
		}
	}
	of = make([]int, len(cost))
	for j := 1; j <= columns; j++ {
		if holds[j] > 0 {
			of[holds[j]-1] = j - 1
		}
	}
	return of, u[1:], v[1:]
}
