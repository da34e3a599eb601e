package alignment

import (
	"math"
	"slices"
)

// bridged is the problem with neighbours enough that all units hang together.
func (p *Problem) bridged(dist *distances) *Problem {
	if p.Edges == nil {
		return p
	}
	out := *p
	out.Edges = append(slices.Clone(p.Edges), bridges(p, dist)...)
	return &out
}

// bridges are pairs that join what neighbours leave apart: the smallest part
// with the nearest unit of another one, until all hang together.
func bridges(p *Problem, dist *distances) [][2]int {
	n := len(p.Units)
	part := parts{head: make([]int, n)}
	for i := range n {
		part.head[i] = i
	}
	for _, e := range p.Edges {
		part.join(e[0], e[1])
	}
	var out [][2]int
	for {
		units := part.smallest()
		if units == nil {
			return out
		}
		pair, gap := [2]int{}, math.Inf(1)
		for _, i := range units {
			for j := range n {
				if d := dist.at(i, j); d < gap && part.of(j) != part.of(i) {
					pair, gap = [2]int{i, j}, d
				}
			}
		}
		out = append(out, pair)
		part.join(pair[0], pair[1])
	}
}

// parts are units that hang together, each known by one of them.
type parts struct{ head []int }

func (p parts) of(i int) int {
	for p.head[i] != i {
		p.head[i] = p.head[p.head[i]]
		i = p.head[i]
	}
	return i
}

func (p parts) join(i, j int) { p.head[p.of(i)] = p.of(j) }

// smallest are the units of the smallest part; nil where there is only one.
func (p parts) smallest() []int {
	all := map[int][]int{}
	for i := range p.head {
		all[p.of(i)] = append(all[p.of(i)], i)
	}
	if len(all) < 2 {
		return nil
	}
	var least []int
	for _, units := range all {
		if least == nil || len(units) < len(least) || len(units) == len(least) && units[0] < least[0] {
			least = units
		}
	}
	return least
}
