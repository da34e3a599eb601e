package geo

import (
	"cmp"
	"math"
	"slices"
)

// dot is a point on the screen, in px.
type dot struct {
	x, y, r float64
	size    float64
	index   int
}

// cluster is one mark for one or more dots.
type cluster struct {
	x, y, r float64
	dots    []int // indexes of the points, ascending
	sum     float64
}

// crowd says when dots become a cluster: more than most of them in a cell.
type crowd struct {
	cell float64 // px
	most int
	unit float64 // px per px of a screen of the usual kind
}

// clusters joins the dots of a cell that holds more than fit there. Cells are
// fixed to the map by the offset ox, oy, so panning changes nothing. Marks of
// several dots that would cover each other are joined as well.
func clusters(dots []dot, c crowd, ox, oy float64) []cluster {
	type place struct{ x, y int }
	cells := map[place][]int{}
	for i, d := range dots {
		at := place{int(math.Floor((d.x - ox) / c.cell)), int(math.Floor((d.y - oy) / c.cell))}
		cells[at] = append(cells[at], i)
	}
	var joined, single []cluster
	for _, in := range cells {
		if len(in) > c.most {
			joined = append(joined, c.join(dots, in))
			continue
		}
		for _, i := range in {
			d := dots[i]
			single = append(single, cluster{d.x, d.y, d.r, []int{d.index}, d.size})
		}
	}
	slices.SortFunc(joined, func(a, b cluster) int {
		return cmp.Or(cmp.Compare(len(b.dots), len(a.dots)), cmp.Compare(a.dots[0], b.dots[0]))
	})
	joined = c.merge(joined)
	slices.SortFunc(single, func(a, b cluster) int { return cmp.Or(cmp.Compare(b.r, a.r), cmp.Compare(a.dots[0], b.dots[0])) })
	return append(single, joined...)
}

func (c crowd) join(dots []dot, in []int) cluster {
	var out cluster
	for _, i := range in {
		d := dots[i]
		out.x, out.y, out.sum = out.x+d.x, out.y+d.y, out.sum+d.size
		out.dots = append(out.dots, d.index)
	}
	n := float64(len(in))
	out.x, out.y = out.x/n, out.y/n
	out.r = c.radius(len(in))
	slices.Sort(out.dots)
	return out
}

// radius grows with the count, slowly: the number must fit.
func (c crowd) radius(n int) float64 { return c.unit * (8 + 3*math.Log10(float64(n))) }

// merge joins clusters that cover each other, the larger taking in the
// smaller, until none do.
func (c crowd) merge(all []cluster) []cluster {
	for {
		out := c.mergeOnce(all)
		if len(out) == len(all) {
			return out
		}
		all = out
	}
}

func (c crowd) mergeOnce(all []cluster) []cluster {
	var out []cluster
next:
	for _, m := range all {
		for i := range out {
			o := &out[i]
			if math.Hypot(m.x-o.x, m.y-o.y) < m.r+o.r {
				n, k := float64(len(o.dots)), float64(len(m.dots))
				o.x, o.y = (o.x*n+m.x*k)/(n+k), (o.y*n+m.y*k)/(n+k)
				o.dots, o.sum = append(o.dots, m.dots...), o.sum+m.sum
				slices.Sort(o.dots)
				o.r = c.radius(len(o.dots))
				continue next
			}
		}
		out = append(out, m)
	}
	return out
}
