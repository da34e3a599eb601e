package main

import (
	"math"
	"slices"
)

// inside finds a point well inside a feature, for labels and as its place:
// of the middles of many horizontal and vertical spans of its largest ring,
// the one farthest from any border.
func (t *topology) inside(f feature) (lon, lat float64) {
	var largest [][2]float64
	rings := make([][][2]float64, len(f.rings))
	size := -1.0
	for i, ring := range f.rings {
		rings[i] = t.points(ring)
		if area := t.area(ring); area > size {
			size, largest = area, rings[i]
		}
	}
	if len(largest) == 0 {
		return 0, 0
	}
	best, clear := largest[0], math.Inf(-1)
	shrink := math.Cos(largest[0][1] * math.Pi / 180)
	for axis := range 2 {
		low, high := largest[0][1-axis], largest[0][1-axis]
		for _, p := range largest {
			low, high = min(low, p[1-axis]), max(high, p[1-axis])
		}
		for step := 1; step < 24; step++ {
			at := low + (high-low)*(float64(step)+0.013)/24
			for _, middle := range spans(largest, axis, at) {
				p := [2]float64{}
				p[axis], p[1-axis] = middle, at
				if d := clearance(rings, p, shrink); d > clear {
					best, clear = p, d
				}
			}
		}
	}
	return math.Mod(best[0]+540, 360) - 180, best[1]
}

// spans gives the middles of the stretches inside the ring on a line across it.
func spans(ring [][2]float64, axis int, at float64) []float64 {
	var crossings []float64
	for i := 1; i < len(ring); i++ {
		a, b := ring[i-1], ring[i]
		if (a[1-axis] > at) != (b[1-axis] > at) {
			share := (at - a[1-axis]) / (b[1-axis] - a[1-axis])
			crossings = append(crossings, a[axis]+share*(b[axis]-a[axis]))
		}
	}
	slices.Sort(crossings)
	var middles []float64
	for i := 0; i+1 < len(crossings); i += 2 {
		middles = append(middles, (crossings[i]+crossings[i+1])/2)
	}
	return middles
}

// clearance is the distance from p to the nearest border, in degrees of
// latitude, negative outside.
func clearance(rings [][][2]float64, p [2]float64, shrink float64) float64 {
	nearest, odd := math.Inf(1), false
	for _, points := range rings {
		for i := 1; i < len(points); i++ {
			a, b := points[i-1], points[i]
			if (a[1] > p[1]) != (b[1] > p[1]) && p[0] < a[0]+(p[1]-a[1])/(b[1]-a[1])*(b[0]-a[0]) {
				odd = !odd
			}
			nearest = min(nearest, segmentDistance(p, a, b, shrink))
		}
	}
	if !odd {
		return -nearest
	}
	return nearest
}

func segmentDistance(p, a, b [2]float64, shrink float64) float64 {
	px, py := (p[0]-a[0])*shrink, p[1]-a[1]
	bx, by := (b[0]-a[0])*shrink, b[1]-a[1]
	share := 0.0
	if length := bx*bx + by*by; length > 0 {
		share = min(1, max(0, (px*bx+py*by)/length))
	}
	return math.Hypot(px-share*bx, py-share*by)
}
