package geo

import (
	"cmp"
	"math"
	"slices"

	"fieldbook/app/report"

	"github.com/paulmach/orb"
)

// cone is the conic that suits a box of latitudes around a meridian: true to
// scale at a sixth of the height from either end.
func cone(lon0, south, north float64) *albers {
	sixth := (north - south) / 6
	return newAlbers(south+sixth, north-sixth, lon0, (south+north)/2)
}

// countryConic suits the largest part of a country and what lies near it.
func countryConic(rings [][]orb.Point) *albers {
	lon0, b, ok := mainPart(rings)
	if !ok {
		return cone(0, 0, 60)
	}
	return cone(wrap(lon0+(b.x0+b.x1)/2), b.y0, b.y1)
}

// mainPart returns the box of the largest ring and of those near it, in
// degrees from a meridian. Far islands and lands beyond the sea are left out.
func mainPart(rings [][]orb.Point) (lon0 float64, main box, ok bool) {
	type part struct {
		box  box
		size float64
	}
	var parts []part
	for _, ring := range rings {
		if len(ring) < 3 {
			continue
		}
		if !ok {
			lon0, ok = ring[0][0], true
		}
		b := nowhere()
		for _, q := range unwrap(ring, lon0) {
			b = b.with(q[0], q[1])
		}
		narrow := math.Cos((b.y0 + b.y1) / 2 * radians)
		parts = append(parts, part{b, b.w() * b.h() * narrow})
	}
	if !ok {
		return 0, box{}, false
	}
	slices.SortStableFunc(parts, func(a, b part) int { return cmp.Compare(b.size, a.size) })
	main = parts[0].box
	const near = 0.2 // of the size of what is shown already
	for range 2 {
		for _, p := range parts[1:] {
			narrow := max(0.1, math.Cos((main.y0+main.y1)/2*radians)) // degrees of longitude are shorter
			reach := near * max(main.w()*narrow, main.h())
			if p.box.meets(box{main.x0 - reach/narrow, main.y0 - reach, main.x1 + reach/narrow, main.y1 + reach}) {
				main = main.union(p.box)
			}
		}
	}
	return lon0, main, true
}

// mainland is the box on the plane of the main part of the scene's country.
func (s *Scene) mainland(a *Atlas) box {
	lon0, b, ok := mainPart(a.Shape(s.Frame).Rings)
	if !ok {
		return s.extent()
	}
	turn := remainder(lon0 - s.proj.Middle())
	return s.onPlane(box{b.x0 + turn, b.y0, b.x1 + turn, b.y1})
}

// onPlane is the box on the plane of a box in degrees from the middle.
func (s *Scene) onPlane(b box) box {
	out := nowhere()
	const steps = 16
	for i := range steps + 1 {
		t := float64(i) / steps
		lon, lat := b.x0+t*b.w(), b.y0+t*b.h()
		for _, q := range [][2]float64{{lon, b.y0}, {lon, b.y1}, {b.x0, lat}, {b.x1, lat}} {
			x, y := s.proj.Forward(wrap(s.proj.Middle()+q[0]), q[1])
			out = out.with(x, y)
		}
	}
	return out
}

// shown is the box on the plane of what a spec shows.
func (s *Scene) shown(spec report.MapSpec) box {
	b := nowhere()
	for _, x := range spec.Areas {
		if i, ok := s.index[x.Code]; ok {
			b = b.union(s.units[i].main)
		}
	}
	put := func(lon, lat float64) {
		if x, y := s.proj.Forward(lon, lat); onGlobe(lon, lat) && !math.IsNaN(x) {
			b = b.with(x, y)
		}
	}
	for _, p := range spec.Points {
		put(p.Lon, p.Lat)
	}
	for _, r := range spec.Routes {
		for _, q := range r.Points {
			put(q[0], q[1])
		}
	}
	if b.w() < 0 {
		return s.extent()
	}
	const least = 0.002 // some ten kilometres
	return b.grown(max(0, least-max(b.w(), b.h())/2))
}

// fitting returns a projection for what a spec shows, and its box in degrees
// from the middle meridian.
func fitting(a *Atlas, spec report.MapSpec) (Projection, box) {
	var lons [][2]float64 // spans of longitude
	lats := nowhere()
	add := func(b orb.Bound) {
		lons = append(lons, [2]float64{b.Min[0], b.Max[0]})
		lats = lats.with(0, b.Min[1]).with(0, b.Max[1])
	}
	for _, area := range spec.Areas {
		if lon0, b, ok := mainPart(a.Shape(area.Code).Rings); ok {
			west := wrap(lon0 + b.x0)
			add(orb.Bound{Min: orb.Point{west, b.y0}, Max: orb.Point{west + b.w(), b.y1}})
		}
	}
	point := func(lon, lat float64) {
		if onGlobe(lon, lat) {
			add(orb.Bound{Min: orb.Point{lon, lat}, Max: orb.Point{lon, lat}})
		}
	}
	for _, p := range spec.Points {
		point(p.Lon, p.Lat)
	}
	for _, r := range spec.Routes {
		for _, q := range r.Points {
			point(q[0], q[1])
		}
	}
	if len(lons) == 0 {
		return equalEarth{lon0: 11}, box{-180, -58, 180, 84}
	}
	from, wide := span(lons)
	const least = 0.4 // degrees, about a town
	wide = max(wide, least)
	south, north := lats.y0, lats.y1
	if north-south < least {
		south, north = south-least/2, north+least/2
	}
	south, north = max(south, -89), min(north, 89)
	middle := wrap(from + wide/2)
	around := box{-wide / 2, south, wide / 2, north}
	if wide > 140 {
		return equalEarth{lon0: middle}, around
	}
	return cone(middle, south, north), around
}

// span is the shortest stretch of longitude that holds all spans: where it
// begins, and how many degrees it takes eastwards.
func span(lons [][2]float64) (from, wide float64) {
	slices.SortFunc(lons, func(a, b [2]float64) int { return cmp.Compare(a[0], b[0]) })
	reach, gap := lons[0][1], -1.0
	for _, l := range lons[1:] {
		if l[0]-reach > gap {
			gap, from = l[0]-reach, l[0]
		}
		reach = max(reach, l[1])
	}
	if last := lons[0][0] + 360 - reach; last >= gap {
		gap, from = last, lons[0][0]
	}
	return from, 360 - max(0, gap)
}
