package geo

import (
	"math"
	"slices"

	"github.com/paulmach/orb"
)

// grid finds what a point lies in: the rings by the squares of a degree grid
// that they touch, and the segments of long rings by their latitude.
type grid struct {
	starts []int32 // of each square, in rings
	rings  []int32 // in hoops
	hoops  []hoop
}

type hoop struct {
	place  int32 // of the unit in the layer
	points []Point
	bound  orb.Bound
	bands  [][]int32 // segments by latitude; nil where looking at all is as fast
}

const (
	square  = 1.0 // degrees
	columns = 360 / square
	rows    = 180 / square
)

func column(lon float64) int { return int(min(columns-1, max(0, math.Floor((lon+180)/square)))) }
func row(lat float64) int    { return int(min(rows-1, max(0, math.Floor((lat+90)/square)))) }

func (l *layer) index() *grid {
	l.gridOnce.Do(func() {
		l.grid = &grid{}
		l.drawAll()
		for _, specks := range []bool{true, false} { // these lie within others, and go first
			for place := range l.rings {
				if l.isHidden(int32(place)) {
					continue
				}
				rings := l.shape(place).Rings
				if l.specks[place] == specks {
					l.grid.add(int32(place), rings)
				}
			}
		}
		l.grid.fill()
	})
	return l.grid
}

func (g *grid) add(place int32, rings [][]Point) {
	for _, ring := range rings {
		h := hoop{place: place, points: ring, bound: orb.Ring(ring).Bound()}
		h.cut()
		g.hoops = append(g.hoops, h)
	}
}

// fill counts the rings of each square, then lists them.
func (g *grid) fill() {
	g.starts = make([]int32, columns*rows+1)
	each := func(do func(square int, hoop int32)) {
		for i, h := range g.hoops {
			for y := row(h.bound.Min[1]); y <= row(h.bound.Max[1]); y++ {
				for x := column(h.bound.Min[0]); x <= column(h.bound.Max[0]); x++ {
					do(y*columns+x, int32(i))
				}
			}
		}
	}
	each(func(square int, _ int32) { g.starts[square+1]++ })
	for i := 1; i < len(g.starts); i++ {
		g.starts[i] += g.starts[i-1]
	}
	g.rings = make([]int32, g.starts[len(g.starts)-1])
	next := slices.Clone(g.starts)
	each(func(square int, hoop int32) {
		g.rings[next[square]] = hoop
		next[square]++
	})
}

const bandSize = 24 // segments that a band holds about

func (h *hoop) band(lat float64) int {
	height := h.bound.Max[1] - h.bound.Min[1]
	return min(len(h.bands)-1, max(0, int((lat-h.bound.Min[1])/height*float64(len(h.bands)))))
}

func (h *hoop) cut() {
	if len(h.points) < 4*bandSize || h.bound.Max[1] <= h.bound.Min[1] {
		return
	}
	h.bands = make([][]int32, len(h.points)/bandSize)
	for i := 1; i < len(h.points); i++ {
		low, high := h.band(h.points[i-1][1]), h.band(h.points[i][1])
		for b := min(low, high); b <= max(low, high); b++ {
			h.bands[b] = append(h.bands[b], int32(i))
		}
	}
}

// crossings counts how often a ray from p to the east meets the ring.
func (h *hoop) crossings(p Point) int {
	if !h.bound.Contains(p) {
		return 0
	}
	n := 0
	if h.bands != nil {
		for _, i := range h.bands[h.band(p[1])] {
			if crosses(p, h.points[i-1], h.points[i]) {
				n++
			}
		}
		return n
	}
	for i := 1; i < len(h.points); i++ {
		if crosses(p, h.points[i-1], h.points[i]) {
			n++
		}
	}
	return n
}

func crosses(p, a, b Point) bool {
	return (a[1] > p[1]) != (b[1] > p[1]) && p[0] < a[0]+(p[1]-a[1])/(b[1]-a[1])*(b[0]-a[0])
}

// at gives the place in the layer of the unit that p lies in, -1 for none.
func (l *layer) at(p Point) int32 {
	g := l.index()
	if math.IsNaN(p[0]) || math.IsNaN(p[1]) {
		return -1
	}
	here := row(p[1])*columns + column(p[0])
	odd, place := false, int32(-1)
	for _, i := range g.rings[g.starts[here]:g.starts[here+1]] { // a unit's rings stand together
		h := &g.hoops[i]
		if h.place != place {
			if odd {
				return place
			}
			place = h.place
		}
		if h.crossings(p)%2 == 1 {
			odd = !odd
		}
	}
	if odd {
		return place
	}
	return -1
}
