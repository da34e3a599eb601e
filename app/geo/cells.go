package geo

import (
	"math"
	"sync"
)

// region is a state with its ZIPs. Each has the part of the state that is
// nearer to its centre than to any other's. Distances are taken on a flat map,
// its longitudes shrunk as in the middle of the state.
type region struct {
	state string
	zips  []int32 // places in zips

	sitesOnce sync.Once
	middle    float64 // longitude that others are kept within 180° of
	shrink    float64
	sites     []spot // centres of zips, flat
	low       spot   // corner of the buckets
	side      float64
	wide      int
	buckets   [][]int32 // places in sites

	cellsOnce sync.Once
	inner     []edge         // between ZIPs of the state
	outer     []edge         // between its ZIPs and what is not of it: sea, other states
	cuts      map[cut][]spot // where inner meets the outline, in degrees
	rings     map[int32][][]Point
}

// spot is a point of a region's flat map.
type spot [2]float64

// edge is a stretch of border between two ZIPs, by their places, -1 for none.
type edge struct {
	from, to    Point
	left, right int32
}

func (r *region) flat(p Point) spot {
	return spot{r.near(p)[0] * r.shrink, p[1]}
}

// near brings the longitude to the side of ±180° that the region is on.
func (r *region) near(p Point) Point {
	p[0] += 360 * math.Round((r.middle-p[0])/360)
	return p
}

// round gives the point of the globe, to a centimetre, so that what is
// computed for two neighbours is the same.
func (r *region) round(s spot) Point {
	return Point{math.Round(s[0]/r.shrink*1e7) / 1e7, math.Round(s[1]*1e7) / 1e7}
}

func square2(a, b spot) float64 { return (a[0]-b[0])*(a[0]-b[0]) + (a[1]-b[1])*(a[1]-b[1]) }

// settle sorts the centres into buckets of two or so.
func (r *region) settle(centres []Point) {
	r.sitesOnce.Do(func() {
		first := centres[r.zips[0]]
		r.middle, r.shrink = first[0], 1
		low, high := 90.0, -90.0
		for _, z := range r.zips {
			low, high = min(low, centres[z][1]), max(high, centres[z][1])
		}
		r.shrink = max(0.01, math.Cos((low+high)/2*math.Pi/180))
		far := spot{math.Inf(-1), math.Inf(-1)}
		r.low = spot{math.Inf(1), math.Inf(1)}
		for _, z := range r.zips {
			s := r.flat(centres[z])
			r.sites = append(r.sites, s)
			for axis := range 2 {
				r.low[axis], far[axis] = min(r.low[axis], s[axis]), max(far[axis], s[axis])
			}
		}
		r.side = max(1e-3, math.Sqrt((far[0]-r.low[0])*(far[1]-r.low[1])*2/float64(len(r.sites))), (far[0]-r.low[0]+far[1]-r.low[1])/200)
		r.wide = int((far[0]-r.low[0])/r.side) + 1
		r.buckets = make([][]int32, r.wide*(int((far[1]-r.low[1])/r.side)+1))
		for i, s := range r.sites {
			x, y := r.bucket(s)
			r.buckets[y*r.wide+x] = append(r.buckets[y*r.wide+x], int32(i))
		}
	})
}

func (r *region) bucket(s spot) (x, y int) {
	tall := len(r.buckets) / r.wide
	return min(r.wide-1, max(0, int((s[0]-r.low[0])/r.side))), min(tall-1, max(0, int((s[1]-r.low[1])/r.side)))
}

// around calls do with the sites round s, ring of buckets by ring of buckets,
// until more says that sites at least so far away do not matter.
func (r *region) around(s spot, more func(distance float64) bool, do func(site int32)) {
	x, y := r.bucket(s)
	tall := len(r.buckets) / r.wide
	for k := 0; k <= max(r.wide, tall) && (k < 2 || more(float64(k-1)*r.side)); k++ {
		for v := max(0, y-k); v <= min(tall-1, y+k); v++ {
			step := 1
			if v != y-k && v != y+k && k > 0 {
				step = 2 * k // the two ends of the row only
			}
			for u := x - k; u <= x+k; u += step {
				if u < 0 || u >= r.wide {
					continue
				}
				for _, site := range r.buckets[v*r.wide+u] {
					do(site)
				}
			}
		}
	}
}

// nearest gives the place in the region of the ZIP whose centre is nearest.
func (r *region) nearest(s spot) int32 {
	best, distance := int32(-1), math.Inf(1)
	r.around(s, func(d float64) bool { return d*d < distance }, func(site int32) {
		if d := square2(s, r.sites[site]); d < distance || d == distance && site < best {
			best, distance = site, d
		}
	})
	return best
}

// nearest gives the ZIP of a state whose centre is nearest, -1 where the state
// has none.
func (z *zips) nearest(state string, p Point) int {
	r := z.regions[state]
	if r == nil {
		return -1
	}
	r.settle(z.centres)
	return int(r.zips[r.nearest(r.flat(p))])
}
