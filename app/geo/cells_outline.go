package geo

import (
	"math"
	"runtime"
	"slices"
	"sync"
)

// cut names a segment of an arc: that from the point of this number to the
// next.
type cut struct{ arc, segment int32 }

// fence is the outline of a state on its flat map, its segments by latitude.
type fence struct {
	from, to []spot
	of       []cut
	south    float64
	height   float64 // of a band
	bands    [][]int32
	low      spot
	high     spot
}

// fence collects the arcs that have the state on one side only.
func (a *world) fence(r *region) *fence {
	f := &fence{low: spot{math.Inf(1), math.Inf(1)}, high: spot{math.Inf(-1), math.Inf(-1)}}
	for _, arc := range a.outline()[r.state] {
		points := a.counties.arcs[arc]
		for i := 1; i < len(points); i++ {
			from, to := r.flat(points[i-1]), r.flat(points[i])
			if math.Abs(from[0]-to[0]) > 180*r.shrink {
				continue
			}
			f.from, f.to, f.of = append(f.from, from), append(f.to, to), append(f.of, cut{arc, int32(i - 1)})
			for axis := range 2 {
				f.low[axis] = min(f.low[axis], from[axis], to[axis])
				f.high[axis] = max(f.high[axis], from[axis], to[axis])
			}
		}
	}
	f.south, f.bands = f.low[1], make([][]int32, len(f.of)/4+1)
	f.height = (f.high[1] - f.low[1]) / float64(len(f.bands))
	for i := range f.of {
		low, high := f.band(min(f.from[i][1], f.to[i][1])), f.band(max(f.from[i][1], f.to[i][1]))
		for b := low; b <= high; b++ {
			f.bands[b] = append(f.bands[b], int32(i))
		}
	}
	return f
}

func (f *fence) band(lat float64) int {
	return min(len(f.bands)-1, max(0, int((lat-f.south)/f.height)))
}

func (f *fence) inside(s spot) bool {
	odd := false
	for _, i := range f.bands[f.band(s[1])] {
		if crosses(Point(s), Point(f.from[i]), Point(f.to[i])) {
			odd = !odd
		}
	}
	return odd
}

// meets finds where a line from a to b crosses the outline: how far along, and
// which segment, in order.
func (f *fence) meets(a, b spot) []crossing {
	var found []crossing
	first, last := f.band(min(a[1], b[1])), f.band(max(a[1], b[1]))
	for band := first; band <= last; band++ {
		for _, i := range f.bands[band] {
			if band > max(first, f.band(min(f.from[i][1], f.to[i][1]))) {
				continue // seen in a band before
			}
			if share, ok := crossingOf(a, b, f.from[i], f.to[i]); ok {
				found = append(found, crossing{share, f.of[i]})
			}
		}
	}
	slices.SortFunc(found, func(x, y crossing) int {
		if x.share < y.share {
			return -1
		}
		return 1
	})
	return found
}

type crossing struct {
	share float64
	of    cut
}

func crossingOf(a, b, c, d spot) (share float64, ok bool) {
	if max(a[0], b[0]) < min(c[0], d[0]) || min(a[0], b[0]) > max(c[0], d[0]) {
		return 0, false
	}
	abx, aby, cdx, cdy := b[0]-a[0], b[1]-a[1], d[0]-c[0], d[1]-c[1]
	across := abx*cdy - aby*cdx
	if across == 0 {
		return 0, false
	}
	share = ((c[0]-a[0])*cdy - (c[1]-a[1])*cdx) / across
	other := ((c[0]-a[0])*aby - (c[1]-a[1])*abx) / across
	return share, share > 0 && share < 1 && other >= 0 && other < 1
}

// outline gives, by state, the arcs with the state on one side only.
func (a *world) outline() map[string][]int32 {
	a.outlineOnce.Do(func() {
		a.outlines = map[string][]int32{}
		for arc, sides := range a.counties.between() {
			left, right := a.stateOf(sides[0]), a.stateOf(sides[1])
			if left == right {
				continue
			}
			for _, state := range []string{left, right} {
				if state != "" {
					a.outlines[state] = append(a.outlines[state], int32(arc))
				}
			}
		}
	})
	return a.outlines
}

// stateOf gives the state of a county by its place, "" for -1.
func (a *world) stateOf(county int32) string {
	if county < 0 {
		return ""
	}
	return a.units[a.counties.units[county]].In
}

// rim is the space round a state, in degrees, in which borders are computed.
const rim = 0.1

// mesh computes the borders between the ZIPs of a state, where they meet its
// outline, and so the shape of each.
func (a *world) mesh(r *region) {
	r.settle(a.zips.centres)
	r.cellsOnce.Do(func() {
		f := a.fence(r)
		r.cuts = map[cut][]spot{}
		low, high := f.low, f.high
		for _, s := range r.sites {
			for axis := range 2 {
				low[axis], high[axis] = min(low[axis], s[axis]), max(high[axis], s[axis])
			}
		}
		low, high = spot{low[0] - rim, low[1] - rim}, spot{high[0] + rim, high[1] + rim}
		r.sides(low, high, func(from, to spot, left, right int32) {
			r.keep(f, edge{left: r.zips[left], right: r.zips[right]}, from, to)
		})
		for _, arc := range a.outline()[r.state] {
			r.outer = a.arcEdges(r.outer, arc, []*region{r})
		}
		r.draw()
	})
}

// meshAll computes many states at a time, on every processor there is.
func (a *world) meshAll(regions []*region) {
	next := make(chan *region)
	var all sync.WaitGroup
	for range min(runtime.GOMAXPROCS(0), len(regions)) {
		all.Go(func() {
			for r := range next {
				a.mesh(r)
			}
		})
	}
	for _, r := range regions {
		next <- r
	}
	close(next)
	all.Wait()
}

// keep takes the parts of a border that lie in the state.
func (r *region) keep(f *fence, e edge, from, to spot) {
	last, at := 0.0, r.round(from)
	cuts := append(f.meets(from, to), crossing{share: 1})
	for i, c := range cuts {
		end := r.round(to)
		if i < len(cuts)-1 {
			met := spot{from[0] + c.share*(to[0]-from[0]), from[1] + c.share*(to[1]-from[1])}
			end = r.round(met)
			r.cuts[c.of] = append(r.cuts[c.of], spot(end))
		}
		half := (last + c.share) / 2
		middle := spot{from[0] + half*(to[0]-from[0]), from[1] + half*(to[1]-from[1])}
		if at != end && f.inside(middle) {
			e.from, e.to = at, end
			r.inner = append(r.inner, e)
		}
		last, at = c.share, end
	}
}

// arcEdges adds a stretch of outline, cut where borders between ZIPs of the
// given regions meet it: those on its two sides, or one of them. The ZIP on
// the side of a region that is not given is -1.
func (a *world) arcEdges(edges []edge, arc int32, regions []*region) []edge {
	sides := a.counties.between()[arc]
	points := a.counties.arcs[arc]
	main := regions[0]
	for i := 1; i < len(points); i++ {
		from, to := main.near(points[i-1]), main.near(points[i])
		stops := []Point{from}
		for _, r := range regions {
			for _, met := range r.cuts[cut{arc, int32(i - 1)}] {
				stops = append(stops, main.near(Point(met)))
			}
		}
		slices.SortFunc(stops[1:], func(x, y Point) int {
			if flat(from, x) < flat(from, y) {
				return -1
			}
			return 1
		})
		stops = append(stops, to)
		for k := 1; k < len(stops); k++ {
			e := edge{stops[k-1], stops[k], -1, -1}
			if e.from == e.to {
				continue
			}
			middle := Point{(e.from[0] + e.to[0]) / 2, (e.from[1] + e.to[1]) / 2}
			for _, r := range regions {
				if r.state == a.stateOf(sides[0]) {
					e.left = r.zips[r.nearest(r.flat(middle))]
				} else if r.state == a.stateOf(sides[1]) {
					e.right = r.zips[r.nearest(r.flat(middle))]
				}
			}
			edges = append(edges, e)
		}
	}
	return edges
}

// draw joins the borders of each ZIP to rings.
func (r *region) draw() {
	of := map[int32][]edge{}
	for _, edges := range [][]edge{r.inner, r.outer} {
		for _, e := range edges {
			if e.left >= 0 {
				of[e.left] = append(of[e.left], e)
			}
			if e.right >= 0 {
				of[e.right] = append(of[e.right], edge{e.to, e.from, e.right, e.left})
			}
		}
	}
	r.rings = make(map[int32][][]Point, len(of))
	for zip, edges := range of {
		for _, ring := range stitch(edges) {
			r.rings[zip] = append(r.rings[zip], wrapRing(ring)...)
		}
	}
}
