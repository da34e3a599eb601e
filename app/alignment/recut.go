package alignment

import "math"

// recut joins two neighbouring territories and cuts them apart anew: along a
// random tree that spans both, at the branch that keeps the rules best and then
// costs least. Where units have few neighbours, moves of single units reach
// little of what can be (recombination: DeFord, Duchin and Solomon, Harvard Data
// Science Review 3, 2021).
type recut struct {
	order  []int32     // units of both, each after the one above it in the tree
	above  []int32     // the place in order of the unit above; -1 at the top
	load   [][]float64 // of a unit's branch, a measure
	rest   []float64   // what both hold beside a branch
	inside []bool      // of a unit in order: whether it is in the branch in hand
	undo   []int32     // the territories before
}

// stepRecut tries to cut two territories anew.
func (s *search) stepRecut(t float64) bool {
	i, b := s.beside()
	if b < 0 {
		return false
	}
	a := int(s.of[i])
	c := &s.cut
	s.spanTree(c, i, a, b)
	if len(c.order) < len(s.members[a])+len(s.members[b]) {
		return false // a territory does not hang together yet
	}
	at, swapped := s.bestCut(c, a, b)
	if at < 0 {
		return false
	}
	before := s.cost() + s.fee*s.excess
	c.undo = c.undo[:0]
	for _, u := range c.order {
		c.undo = append(c.undo, s.of[u])
	}
	s.markBranch(c, at)
	s.lay(c, func(n int) int {
		if c.inside[n] != swapped {
			return a
		}
		return b
	}, a, b)
	if s.takes(s.cost()+s.fee*s.excess-before, t) {
		return true
	}
	s.lay(c, func(n int) int { return int(c.undo[n]) }, a, b)
	return false
}

// lay puts the units of two territories where of says.
func (s *search) lay(c *recut, of func(n int) int, a, b int) {
	for n, u := range c.order {
		if to := of(n); int(s.of[u]) != to {
			s.change += s.moved(int(u), to) - s.moved(int(u), int(s.of[u]))
			s.leave(int(u))
			s.enter(int(u), to)
		}
	}
	s.settle(a)
	s.settle(b)
}

// spanTree walks both territories from a unit in a random order.
func (s *search) spanTree(c *recut, from, a, b int) {
	s.stamp += 2
	c.order, c.above = append(c.order[:0], int32(from)), append(c.above[:0], -1)
	s.mark[from] = s.stamp
	type edge struct{ unit, above int32 }
	var rim []edge
	spread := func(n int) {
		for _, j := range s.near[c.order[n]] {
			if t := int(s.of[j]); (t == a || t == b) && s.mark[j] != s.stamp {
				rim = append(rim, edge{j, int32(n)})
			}
		}
	}
	spread(0)
	for len(rim) > 0 {
		x := s.rng.IntN(len(rim))
		if s.rng.IntN(2) == 0 {
			x = len(rim) - 1 // long branches as well as bushes
		}
		e := rim[x]
		rim[x] = rim[len(rim)-1]
		rim = rim[:len(rim)-1]
		if s.mark[e.unit] == s.stamp {
			continue
		}
		s.mark[e.unit] = s.stamp
		c.order, c.above = append(c.order, e.unit), append(c.above, e.above)
		spread(len(c.order) - 1)
	}
}

// bestCut chooses the branch that becomes a territory of its own: at is its top,
// -1 where locks forbid every one; swapped gives the branch to b.
func (s *search) bestCut(c *recut, a, b int) (at int, swapped bool) {
	s.weigh(c)
	at = -1
	least, equal := math.Inf(1), 0
	for x := 1; x < len(c.order); x++ {
		c.part(x)
		v := s.breaks(c.load[x], c.rest, a, b)
		if !s.alike {
			v = min(v, s.breaks(c.load[x], c.rest, b, a))
		}
		if v > least+1e-9 {
			continue
		}
		if v < least-1e-9 {
			equal = 0
		}
		if equal++; s.rng.IntN(equal) == 0 { // any of the equally good
			at = x
		}
		least = min(least, v)
	}
	if at < 0 {
		return -1, false
	}
	s.markBranch(c, at)
	first, second := s.fits(c, a, b), s.fits(c, b, a)
	if !s.alike {
		c.part(at)
		first += s.fee * s.breaks(c.load[at], c.rest, a, b)
		second += s.fee * s.breaks(c.load[at], c.rest, b, a)
	}
	switch {
	case math.IsInf(min(first, second), 1):
		return -1, false
	case first == second:
		return at, s.rng.IntN(2) == 0
	}
	return at, second < first
}

// weigh sums up the load of every branch.
func (s *search) weigh(c *recut) {
	n := len(c.order)
	for len(c.load) < n {
		c.load = append(c.load, make([]float64, s.measures))
	}
	for x, u := range c.order {
		for m := range s.measures {
			c.load[x][m] = s.weight[m][u]
		}
	}
	for x := n - 1; x > 0; x-- {
		for m := range s.measures {
			c.load[c.above[x]][m] += c.load[x][m]
		}
	}
}

// part works out what both have beside a branch: the top one holds all.
func (c *recut) part(at int) {
	c.rest = c.rest[:0]
	for m, whole := range c.load[0] {
		c.rest = append(c.rest, whole-c.load[at][m])
	}
}

// breaks is the excess of two territories, one with a branch and one with the
// rest of what both have, added to what they hold beside.
func (s *search) breaks(branch, rest []float64, a, b int) float64 {
	over := 0.0
	for m := range branch {
		over += s.excessOf(a, m, branch[m]+s.base[a][m]) + s.excessOf(b, m, rest[m]+s.base[b][m])
	}
	return over
}

// markBranch notes which units hang below one.
func (s *search) markBranch(c *recut, at int) {
	c.inside = append(c.inside[:0], make([]bool, len(c.order))...)
	c.inside[at] = true
	for x := at + 1; x < len(c.order); x++ {
		c.inside[x] = c.inside[c.above[x]]
	}
}

// fits is the cost of changes, and the way to homes, where the branch goes to one
// territory and the rest to the other; infinite where a lock forbids it.
func (s *search) fits(c *recut, branch, rest int) float64 {
	sum := 0.0
	for x, u := range c.order {
		t := rest
		if c.inside[x] {
			t = branch
		}
		if !s.allowed(int(u), t) {
			return math.Inf(1)
		}
		sum += s.moved(int(u), t)
		if s.atHome(t) {
			sum += s.home[t][u]
		}
	}
	return sum
}
