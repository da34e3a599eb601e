package geo

import "math"

// kilometres in a degree of latitude.
const degree = 111.195

// Nearest gives the unit of a level that a point lies in, else the one whose
// border is nearest, and how far that is in kilometres: points on a pier or a
// small island are not on the map. It does not look farther than one square of
// the grid, some 100 km. A ZIP or ZIP3 is that of the nearest centre in the
// state of the nearest county.
func (a *Atlas) Nearest(level Level, lon, lat float64) (Unit, float64, bool) {
	if u, ok := a.At(level, lon, lat); ok {
		return u, 0, true
	}
	p := Point{lon, lat}
	best, away := int32(-1), math.Inf(1)
	from := func(l *layer) {
		if place, d := l.nearest(p); place >= 0 && d < away {
			best, away = l.units[place], d
		}
	}
	switch level {
	case Country:
		from(a.countries)
	case State:
		from(a.states)
		from(a.usStates)
	case County:
		from(a.counties)
	case ZIP, ZIP3:
		return a.nearestZIP(level, p)
	}
	if best < 0 {
		return Unit{}, 0, false
	}
	return a.units[best], away, true
}

func (a *Atlas) nearestZIP(level Level, p Point) (Unit, float64, bool) {
	county, away, ok := a.Nearest(County, p[0], p[1])
	i := a.zips.nearest(county.In, p)
	if !ok || i < 0 {
		return Unit{}, 0, false
	}
	if level == ZIP3 {
		return a.areaUnit(int(a.zips.areaOf[i])), away, true
	}
	return a.zipUnit(i), away, true
}

// nearest gives the unit whose border is nearest, of those near enough.
func (l *layer) nearest(p Point) (int32, float64) {
	g := l.index()
	best, away := int32(-1), math.Inf(1)
	if math.IsNaN(p[0]) || math.IsNaN(p[1]) {
		return best, away
	}
	shrink := math.Cos(p[1] * math.Pi / 180)
	seen := map[int32]bool{}
	for y := max(0, row(p[1])-1); y <= min(rows-1, row(p[1])+1); y++ {
		for x := column(p[0]) - 1; x <= column(p[0])+1; x++ {
			here := y*columns + (x+columns)%columns
			for _, i := range g.rings[g.starts[here]:g.starts[here+1]] {
				if seen[i] {
					continue
				}
				seen[i] = true
				h := &g.hoops[i]
				if d := h.distance(p, shrink, away); d < away {
					best, away = h.place, d
				}
			}
		}
	}
	return best, away
}

// distance gives the distance to the ring in kilometres, if below a limit.
func (h *hoop) distance(p Point, shrink, limit float64) float64 {
	if (h.bound.Min[1]-p[1])*degree > limit || (p[1]-h.bound.Max[1])*degree > limit {
		return limit
	}
	least := math.Inf(1)
	for i := 1; i < len(h.points); i++ {
		a, b := h.points[i-1], h.points[i]
		ax, ay := (a[0]-p[0])*shrink, a[1]-p[1]
		dx, dy := (b[0]-a[0])*shrink, b[1]-a[1]
		share := 0.0
		if length := dx*dx + dy*dy; length > 0 {
			share = min(1, max(0, -(ax*dx+ay*dy)/length))
		}
		x, y := ax+share*dx, ay+share*dy
		least = min(least, x*x+y*y)
	}
	return math.Sqrt(least) * degree
}
