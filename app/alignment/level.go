package alignment

import (
	"container/heap"
	"context"
	"math"
	"slices"
)

// level moves units out of territories that are too full, or into those that
// are too empty, each along the chain of territories where that costs least: a
// transport problem, solved exactly where all units weigh the same and the
// centres stay. Of several measures it heeds the first that has
// limits.
type level struct {
	*rules
	of    []int32
	count []int // units of each territory
	load  []float64
	far   [][]float64 // a territory, a unit: the distance to its centre, with changes
	offer [][]rim     // from, to: units by what moving them costs, some of which may have left since
	best  [][]int32   // from, to: the unit that moves at least cost, -1 for none
	price [][]float64
}

// levelled evens a division out for its centres, as far as it gets until ctx ends.
func levelled(ctx context.Context, r *rules, of []int32, centres []int32) {
	if !r.limited() {
		return
	}
	l := newLevel(r, of, centres)
	for range 2 * r.n {
		if ctx.Err() != nil || !l.relieve() {
			return
		}
	}
}

func newLevel(r *rules, of []int32, centres []int32) *level {
	l := &level{rules: r, of: of, count: make([]int, r.k), load: make([]float64, r.k)}
	for t, c := range centres {
		far := make([]float64, r.n)
		for i := range far {
			far[i] = r.way(i, t, c) + r.moved(i, t)
		}
		l.far = append(l.far, far)
		l.offer, l.best, l.price = append(l.offer, make([]rim, r.k)), append(l.best, make([]int32, r.k)), append(l.price, make([]float64, r.k))
		l.load[t] = r.base[t][0]
	}
	for i, from := range of {
		l.count[from]++
		l.load[from] += r.weight[0][i]
		for to := range r.k {
			if to != int(from) && r.Units[i].Locked == Anywhere {
				l.offer[from][to] = append(l.offer[from][to], l.beside(int32(i), int(from), to))
			}
		}
	}
	for from := range r.k {
		for to := range r.k {
			heap.Init(&l.offer[from][to])
		}
		l.choose(from)
	}
	return l
}

// beside is a unit with what it costs that it moves.
func (l *level) beside(i int32, from, to int) beside {
	return beside{l.far[to][i] - l.far[from][i], i}
}

// choose finds for each other territory the unit that would move there cheapest.
func (l *level) choose(from int) {
	for to := range l.k {
		l.best[from][to], l.price[from][to] = -1, math.Inf(1)
		if l.count[from] < 2 && !l.hollow[from] {
			continue
		}
		list := &l.offer[from][to]
		for len(*list) > 0 && int(l.of[(*list)[0].unit]) != from {
			heap.Pop(list)
		}
		if len(*list) > 0 {
			l.best[from][to], l.price[from][to] = (*list)[0].unit, (*list)[0].d
		}
	}
}

// relieve moves load along one chain; false where nothing needs or can be moved.
func (l *level) relieve() bool {
	worst, sign := -1, 1.0
	need := 1e-9
	for t, v := range l.load {
		if over := v - l.high[t][0]; over > need {
			worst, sign, need = t, 1, over
		}
		if under := l.low[t][0] - v; under > need {
			worst, sign, need = t, -1, under
		}
	}
	if worst < 0 {
		return false
	}
	chain := l.cheapest(worst, sign)
	if chain == nil {
		return false
	}
	if sign < 0 {
		slices.Reverse(chain)
	}
	units := make([]int32, len(chain)-1)
	for n := range units {
		units[n] = l.best[chain[n]][chain[n+1]]
	}
	for n, i := range units {
		l.move(i, chain[n], chain[n+1])
	}
	for _, t := range chain {
		l.choose(t)
	}
	return true
}

func (l *level) move(i int32, from, to int) {
	l.of[i] = int32(to)
	l.count[from]--
	l.count[to]++
	l.load[from] -= l.weight[0][i]
	l.load[to] += l.weight[0][i]
	for next := range l.k {
		if next != to {
			heap.Push(&l.offer[to][next], l.beside(i, to, next))
		}
	}
}

// cheapest finds the cheapest chain from a territory that is too full to one
// with room, or, with sign below 0, from one too empty back to one that has
// enough; nil where there is none.
func (l *level) cheapest(from int, sign float64) []int {
	cost, before := l.chains(from, sign)
	end := -1
	for t, v := range cost {
		if t != from && l.serves(t, before[t], sign) && (end < 0 || v < cost[end]) {
			end = t
		}
	}
	if end < 0 {
		return nil
	}
	chain := []int{end}
	for t := end; t != from; t = before[t] {
		chain = append(chain, before[t])
	}
	slices.Reverse(chain)
	return chain
}

// chains are the cheapest ones to every territory (Bellman and Ford), each by
// the territory before it.
func (l *level) chains(from int, sign float64) (cost []float64, before []int) {
	cost, before = make([]float64, l.k), make([]int, l.k)
	for t := range cost {
		cost[t], before[t] = math.Inf(1), -1
	}
	cost[from] = 0
	for changed, round := true, 0; changed && round < l.k; round++ {
		changed = false
		for a := range l.k {
			for b := range l.k {
				step := l.price[a][b]
				if sign < 0 {
					step = l.price[b][a]
				}
				if cost[a]+step < cost[b]-1e-9 && !passes(before, a, b) {
					cost[b], before[b], changed = cost[a]+step, a, true
				}
			}
		}
	}
	return cost, before
}

// passes reports whether the chain to a territory passes another one.
func passes(before []int, at, through int) bool {
	for ; at >= 0; at = before[at] {
		if at == through {
			return true
		}
	}
	return false
}

// serves reports whether a territory can end a chain: it has room for the unit
// that comes, or can spare the one that goes.
func (l *level) serves(t, before int, sign float64) bool {
	if before < 0 {
		return false
	}
	if sign > 0 {
		i := l.best[before][t]
		return i >= 0 && l.load[t]+l.weight[0][i] <= l.high[t][0]
	}
	i := l.best[t][before]
	return i >= 0 && l.load[t]-l.weight[0][i] >= l.low[t][0]
}
