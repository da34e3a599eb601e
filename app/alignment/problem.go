// Package alignment divides units on a map into territories: balanced within a
// tolerance or under a capacity, contiguous where units have neighbours, with
// the least sum of distances to a centre, and with as few changes as wanted. It
// is pure: everything comes as arguments, chance from a seed, and it stops when
// its context ends, with the best that it has found by then.
package alignment

import (
	"math"
	"slices"

	"fieldbook/data"
)

// Metric is how distances are measured.
type Metric string

// The metrics. Haversine takes X as longitude and Y as latitude in degrees and
// gives kilometres on a sphere of 6,371 km; the others give the unit of the
// coordinates. EuclidFloor drops what is behind the decimal point of each
// distance, as some published instances do.
const (
	Euclid      Metric = "euclid"
	EuclidFloor Metric = "euclid-floor"
	Haversine   Metric = "haversine"
)

// Anywhere is a unit that no territory holds yet, or that is bound to none.
const Anywhere = -1

// Unit is one thing to be assigned: an account, a ZIP area, a county.
type Unit struct {
	X, Y    float64
	Weights []float64 // one a measure, not negative
	Current int       // its territory today, from 0, or Anywhere
	Locked  int       // the territory that it must be in, or Anywhere
}

// Problem is what is to be solved. Every territory gets at least one unit.
type Problem struct {
	Units       []Unit
	Edges       [][2]int // pairs of neighbours by their place in Units; nil asks for no contiguity
	Territories int
	Metric      Metric
	Capacity    float64 // what the first measure of a territory may come to at most; 0 is no capacity
	Tolerance   float64 // how far each measure of a territory may be from the mean, as a part of it; 0 is any
	Change      float64 // what one unit that leaves its current territory costs, in distance
}

// Solution is a division. Its objective is the sum of distances of all units to
// their territory's centre, without weights and without the cost of changes.
type Solution struct {
	Of        []int // the territory of each unit
	Centres   []int // the unit that is each territory's centre
	Distances []float64
	Loads     [][]float64 // a territory, a measure
	Objective float64
	Changed   int // units that leave their current territory

	Bound      float64 // no division that keeps the rules costs less, changes included; 0 where nothing is proven
	Cost       float64 // the objective with the cost of changes
	Proven     Proof
	Balanced   bool // all loads are within the rules
	Contiguous bool // every territory hangs together; true where nothing has neighbours
}

// Proof is what is known of a solution.
type Proof string

// The proofs.
const (
	Optimal   Proof = "optimal"
	Bounded   Proof = "bounded"
	BestFound Proof = "best found"
)

// Gap is how much of the cost may be too much, at most; 1 where nothing is proven.
func (s *Solution) Gap() float64 {
	if s.Proven == Optimal || s.Cost == 0 {
		return 0
	}
	return math.Max(0, (s.Cost-s.Bound)/s.Cost)
}

// Check says in what the problem makes no sense: Invalid, with the field.
func (p *Problem) Check() error {
	n := len(p.Units)
	switch {
	case n == 0:
		return data.FieldErrorf("points", "there is nothing to assign")
	case p.Territories < 1 || p.Territories > n:
		return data.FieldErrorf("territories", "%d territories cannot be made of %d points", p.Territories, n)
	case p.Metric != Euclid && p.Metric != EuclidFloor && p.Metric != Haversine:
		return data.FieldErrorf("metric", "%q is no metric; write euclid, euclid-floor or haversine", string(p.Metric))
	case p.Capacity < 0 || p.Tolerance < 0 || p.Change < 0:
		return data.FieldErrorf("tolerance", "capacity, tolerance and the cost of changes cannot be negative")
	}
	for i, u := range p.Units {
		if err := p.checkUnit(i, u); err != nil {
			return err
		}
	}
	return p.checkEdges()
}

func (p *Problem) checkEdges() error {
	if p.Capacity > 0 && len(p.Units[0].Weights) == 0 {
		return data.FieldErrorf("capacity", "a capacity needs points with a weight")
	}
	n := len(p.Units)
	for _, e := range p.Edges {
		if e[0] < 0 || e[0] >= n || e[1] < 0 || e[1] >= n {
			return data.FieldErrorf("edges", "there is no point %d or %d", e[0]+1, e[1]+1)
		}
	}
	return nil
}

func (p *Problem) checkUnit(i int, u Unit) error {
	none := func(v float64) bool { return math.IsNaN(v) || math.IsInf(v, 0) }
	switch {
	case len(u.Weights) != len(p.Units[0].Weights):
		return data.FieldErrorf("points", "point %d has %d weights, the first one %d", i+1, len(u.Weights), len(p.Units[0].Weights))
	case none(u.X) || none(u.Y) || slices.ContainsFunc(u.Weights, none):
		return data.FieldErrorf("points", "point %d has a number that is none", i+1)
	case slices.ContainsFunc(u.Weights, func(v float64) bool { return v < 0 }):
		return data.FieldErrorf("points", "point %d has a negative weight", i+1)
	case u.Locked >= p.Territories || u.Current >= p.Territories || u.Locked < Anywhere || u.Current < Anywhere:
		return data.FieldErrorf("points", "point %d is in a territory that there is none of", i+1)
	}
	return nil
}
