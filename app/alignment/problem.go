// Package alignment divides units on a map into territories: balanced within a
// tolerance or under a capacity, contiguous where units have neighbours, with
// the least sum of distances to a centre, and with as few changes as wanted. It
// is pure: everything comes as arguments, chance from a seed, and it stops when
// its context ends, with the best that it has found by then.
package alignment

import "math"

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
	Travel  float64   // where the problem is Weighted: how often its distance counts, such as visits a year
	Change  float64   // what it costs, in distance, that it leaves its current territory; 0 takes the problem's
}

// Home is where the person of a territory starts from, in the units' coordinates.
type Home struct {
	X, Y float64
	Set  bool // else the territory has none
}

// Problem is what is to be solved. Every territory gets at least one unit, but
// one that has some load already may get none.
//
// A territory's target of a measure is its share of the total, what it holds
// already included: the mean where there are no shares.
type Problem struct {
	Units       []Unit
	Edges       [][2]int // pairs of neighbours by their place in Units; nil asks for no contiguity
	Territories int
	Metric      Metric
	Capacity    float64 // what the first measure of a territory may come to at most; 0 is no capacity
	Tolerance   float64 // how far each measure of a territory may be from its target, as a part of it; 0 is any
	Change      float64 // what one unit that leaves its current territory costs, in distance

	Base       [][]float64 // a territory, a measure: the load that it holds beside its units, with no distance; nil is none
	Homes      []Home      // one a territory: distances are measured to the home instead of to the best centre; nil is none
	Weighted   bool        // a unit's distance counts Travel times, 0 being never; else once
	Tolerances []float64   // one a measure, instead of Tolerance; 0 is any
	Mix        []float64   // one a measure: not each measure is held to Tolerance but the sum of the measures, each in parts of its mean, times these; Tolerances, if given, hold as well
	Share      []float64   // one a territory, above 0: its part of the whole in relation to the others', such as 0.5 for a half-timer; nil is all alike
	AsToday    bool        // a territory that is beyond the tolerance or the capacity today may stay as far beyond
}

// Solution is a division. Its objective is the sum of distances of all units to
// their territory's centre or home, without the cost of changes; distances count
// once or, where the problem is Weighted, Travel times.
type Solution struct {
	Of        []int       // the territory of each unit
	Centres   []int       // the unit that is each territory's centre; -1 where a home stands for it or there are no units
	Distances []float64   // of each territory
	Loads     [][]float64 // a territory, a measure, with what it holds beside its units
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
