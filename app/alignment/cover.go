package alignment

import (
	"cmp"
	"context"
	"math"
	"slices"
)

// piece is a territory that can be part of something better than the record.
type piece struct {
	in    set
	kind  int
	above float64 // what it costs beyond the bound
}

// gather collects all of them at the prices in hand and puts them together. It
// reports whether it came to the end.
func (p *prover) gather(ctx context.Context, top float64, found func([]int32)) bool {
	p.left = proofPrices << (2 * p.effort)
	l, ok := p.evaluate(make([]float64, p.n))
	if !ok {
		return ctx.Err() == nil
	}
	c := cover{prover: p, bound: l.total, top: top, gap: top - p.gain() - l.total, left: proofNodes << (2 * p.effort), ctx: ctx}
	if c.gap < 0 {
		return true
	}
	left := c.left
	var pieces []piece
	for n := range p.kinds {
		for j := range p.n + 1 {
			if p.closed[n][j] || math.IsInf(l.value[n][j], 1) {
				continue
			}
			pieces = append(pieces, p.around(n, j, around{l.row[n] + l.at[j], c.gap, &left})...)
			if left <= 0 || len(pieces) > proofSets<<p.effort || ctx.Err() != nil {
				return false
			}
		}
	}
	c.sort(pieces)
	c.put(set{}, 0, 0)
	if c.found != nil {
		found(c.found)
	}
	return c.left > 0 && ctx.Err() == nil
}

// around says which pieces with one centre are looked for.
type around struct {
	base float64 // what the centre costs in the bound
	gap  float64
	left *int // sets that may still be gone through
}

// around collects the pieces of a kind with one centre, the home, or none.
func (p *prover) around(n, j int, a around) (out []piece) {
	t, centre := p.kinds[n], j
	if j == p.n {
		if p.hollow[t] && p.excess(t, p.base[t]) == 0 && -a.base <= a.gap {
			out = append(out, piece{kind: n, above: -a.base})
		}
		centre = -1
	}
	if j == p.n && !p.atHome(t) || !p.begin(t, centre, p.price) {
		return out
	}
	p.leastOnly, p.under = false, a.base+a.gap
	p.tell = func(in set, cost float64) {
		if j == p.n || p.middleOf(in, j) {
			out = append(out, piece{in, n, cost - a.base})
		}
		if len(out) > proofSets<<p.effort {
			p.nodes = 0
		}
	}
	p.through(*a.left)
	*a.left = p.nodes
	return out
}

// middleOf reports whether a unit is the best centre of a set, the first of the
// best.
func (p *prover) middleOf(in set, j int) bool {
	units := in.units()
	sum := func(c int32) float64 {
		out := 0.0
		for _, i := range units {
			out += p.travel[i] * p.dist.at(int(i), int(c))
		}
		return out
	}
	own := sum(int32(j))
	for _, c := range units {
		if v := sum(c); v < own-1e-9 || v < own+1e-9 && int(c) < j {
			return false
		}
	}
	return true
}

// cover puts pieces together to divisions.
type cover struct {
	*prover
	ctx   context.Context
	of    [][]piece // by a unit: those with it that have none before it in rank
	rank  []int     // units, those in the fewest pieces first
	used  []piece
	bound float64
	top   float64 // cost of the best so far
	gap   float64 // what a division may cost beyond the bound; pieces tell less, where one leaves out a centre that the bound chose
	left  int
	found []int32
}

func (c *cover) sort(pieces []piece) {
	count := make([]int, c.n)
	for _, x := range pieces {
		for _, i := range x.in.units() {
			count[i]++
		}
	}
	c.rank = make([]int, c.n)
	for i := range c.rank {
		c.rank[i] = i
	}
	slices.SortFunc(c.rank, func(a, b int) int { return cmp.Or(cmp.Compare(count[a], count[b]), cmp.Compare(a, b)) })
	c.of = make([][]piece, c.n+1)
	for _, x := range pieces {
		at := c.n // those without units
		for _, i := range c.rank {
			if x.in.has(i) {
				at = i
				break
			}
		}
		c.of[at] = append(c.of[at], x)
	}
	for i := range c.of {
		slices.SortStableFunc(c.of[i], func(a, b piece) int { return cmp.Compare(a.above, b.above) })
	}
}

// put covers the first unit by rank that is not covered yet in every way that
// stays within the gap.
func (c *cover) put(covered set, above float64, ranked int) {
	if c.left--; c.left <= 0 || c.left%1024 == 0 && c.ctx.Err() != nil {
		c.left = 0
		return
	}
	for ranked < c.n && covered.has(c.rank[ranked]) {
		ranked++
	}
	if ranked == c.n {
		c.finish(above)
		return
	}
	if len(c.used) == c.k {
		return
	}
	for _, x := range c.of[c.rank[ranked]] {
		if above+x.above > c.gap {
			return
		}
		if !x.in.and(covered).empty() || len(c.kinds) > 1 && c.taken(x.kind) {
			continue
		}
		c.used = append(c.used, x)
		c.put(covered.or(x.in), above+x.above, ranked+1)
		c.used = c.used[:len(c.used)-1]
	}
}

func (c *cover) taken(kind int) bool {
	return slices.ContainsFunc(c.used, func(x piece) bool { return x.kind == kind })
}

// finish takes a division over that covers all units.
func (c *cover) finish(above float64) {
	if len(c.kinds) == 1 && len(c.used) < c.k {
		return
	}
	for n := range c.kinds {
		if len(c.kinds) > 1 && !c.taken(n) {
			at := slices.IndexFunc(c.of[c.n], func(x piece) bool { return x.kind == n })
			if at < 0 {
				return
			}
			above += c.of[c.n][at].above
		}
	}
	of := make([]int32, c.n)
	for n, x := range c.used {
		t := n
		if len(c.kinds) > 1 {
			t = x.kind
		}
		for _, i := range x.in.units() {
			of[i] = int32(t)
		}
	}
	if b := judged(c.rules, of); above <= c.gap && b.excess == 0 && b.cost < c.top {
		c.top, c.gap, c.found = b.cost, b.cost-c.gain()-c.bound, b.of
	}
}
