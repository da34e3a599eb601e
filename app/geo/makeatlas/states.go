package main

import (
	"math"
	"path/filepath"
	"slices"
	"strings"
)

// unitedStates is the map of the Census Bureau: states and counties that share
// their arcs.
func unitedStates(dir string, c census) (t *topology, states, counties []unit, err error) {
	if t, err = readTopology(filepath.Join(dir, "us-atlas", "counties-10m.json")); err != nil {
		return
	}
	for _, f := range t.objects["states"] {
		states = append(states, unit{
			code: "US-" + c.postal[f.id], name: f.name, parent: "US", people: c.population[f.id], feature: f,
		})
	}
	for _, f := range t.objects["counties"] {
		counties = append(counties, unit{
			code: "US/c" + f.id, name: c.countyName(f.id, f.name), parent: "US-" + c.postal[f.id[:2]],
			people: c.population[f.id], feature: f,
		})
	}
	for _, of := range [][]unit{states, counties} {
		slices.SortFunc(of, func(a, b unit) int { return strings.Compare(a.code, b.code) })
	}
	return
}

// near is how far apart, in degrees of latitude, the two drawings of one
// border may run: the coarser one is on a grid of 0.036 by 0.017 degrees.
const near = 0.06

// abroad tells what lies across the outer arcs of the counties: the division
// of Canada or Mexico whose border with the United States runs there, by arc.
func abroad(t *topology, counties []unit, world *topology, divisions []unit) map[int]int {
	borders := foreignBorders(world, divisions)
	across := map[int]int{}
	for arc, uses := range arcUses(t, counties) {
		if uses != 1 {
			continue
		}
		points := t.points([]int{arc})
		votes := map[int]int{}
		for i := 1; i < len(points); i++ {
			middle := [2]float64{(points[i-1][0] + points[i][0]) / 2, (points[i-1][1] + points[i][1]) / 2}
			if d := nearestBorder(borders, middle); d >= 0 {
				votes[d]++
			}
		}
		for d, n := range votes {
			if 2*n > len(points)-1 {
				across[arc] = d
			}
		}
	}
	return across
}

// arcUses counts the rings that each arc is part of.
func arcUses(t *topology, units []unit) []int {
	uses := make([]int, len(t.arcs))
	for _, u := range units {
		for _, ring := range u.rings {
			for _, ref := range ring {
				uses[max(ref, ^ref)]++
			}
		}
	}
	return uses
}

type foreignBorder struct {
	points   [][2]float64
	division int
}

func foreignBorders(world *topology, divisions []unit) []foreignBorder {
	sides := make([][]int, len(world.arcs))
	for i, d := range divisions {
		for _, ring := range d.rings {
			for _, ref := range ring {
				arc := max(ref, ^ref)
				sides[arc] = append(sides[arc], i)
			}
		}
	}
	var borders []foreignBorder
	for arc, of := range sides {
		if len(of) != 2 {
			continue
		}
		for i, d := range of {
			if divisions[d].parent == "US" && divisions[of[1-i]].parent != "US" {
				borders = append(borders, foreignBorder{world.points([]int{arc}), of[1-i]})
			}
		}
	}
	return borders
}

// nearestBorder gives the division whose border runs close to p, else -1.
func nearestBorder(borders []foreignBorder, p [2]float64) int {
	division, nearest := -1, near
	shrink := math.Cos(p[1] * math.Pi / 180)
	for _, b := range borders {
		for i := 1; i < len(b.points); i++ {
			if d := segmentDistance(p, b.points[i-1], b.points[i], shrink); d < nearest {
				division, nearest = b.division, d
			}
		}
	}
	return division
}
