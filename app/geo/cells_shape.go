package geo

import (
	"slices"
	"strings"
)

// cellShape draws a ZIP or ZIP3.
func (a *Atlas) cellShape(code string) Shape {
	digits, ok := strings.CutPrefix(code, "US/z")
	if !ok {
		return Shape{}
	}
	if i, ok := a.zips.find(digits); ok {
		return shapeOf(a.zipRings(i))
	}
	i, ok := a.zips.findArea(digits)
	if !ok {
		return Shape{}
	}
	return shapeOf(a.areaRings(i))
}

func (a *Atlas) zipRings(i int) [][]Point {
	r := a.zips.regions[a.countyUnit(a.zips.counties[i]).In]
	a.mesh(r)
	if rings := r.rings[int32(i)]; len(rings) > 0 {
		return rings
	}
	return [][]Point{speckAt(a.zips.centres[i])}
}

// areaRings draws a ZIP3: state by state, its ZIPs without what is between them.
func (a *Atlas) areaRings(i int) [][]Point {
	var rings [][]Point
	here := int32(i)
	within := func(zip int32) bool { return zip >= 0 && a.zips.areaOf[zip] == here }
	for _, r := range a.areaRegions(i) {
		a.mesh(r)
		var edges []edge
		for _, e := range slices.Concat(r.inner, r.outer) {
			switch left, right := within(e.left), within(e.right); {
			case left && !right:
				edges = append(edges, e)
			case right && !left:
				edges = append(edges, edge{e.to, e.from, e.right, e.left})
			}
		}
		for _, ring := range stitch(edges) {
			rings = append(rings, wrapRing(ring)...)
		}
	}
	if len(rings) == 0 {
		return a.zipRings(int(a.zips.areas[i].first))
	}
	return rings
}

func (a *Atlas) areaRegions(i int) []*region {
	var regions []*region
	seen := map[string]bool{}
	for z := a.zips.areas[i].first; z < a.zips.areas[i].end; z++ {
		state := a.countyUnit(a.zips.counties[z]).In
		if !seen[state] {
			seen[state] = true
			regions = append(regions, a.zips.regions[state])
		}
	}
	return regions
}
