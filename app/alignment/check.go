package alignment

import (
	"math"
	"slices"

	"fieldbook/data"
)

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
	case p.Capacity < 0 || p.Tolerance < 0 || p.Change < 0 || slices.ContainsFunc(p.Tolerances, negative) || slices.ContainsFunc(p.Mix, negative):
		return data.FieldErrorf("tolerance", "capacity, tolerance, mix and the cost of changes cannot be negative")
	}
	if err := p.checkTerritories(); err != nil {
		return err
	}
	for i, u := range p.Units {
		if err := p.checkUnit(i, u); err != nil {
			return err
		}
	}
	return p.checkEdges()
}

// checkTerritories looks at what is given one a territory or one a measure.
func (p *Problem) checkTerritories() error {
	k, measures := p.Territories, len(p.Units[0].Weights)
	for _, x := range []struct {
		field    string
		have     int
		per      string
		expected int
	}{
		{"base", len(p.Base), "territory", k},
		{"homes", len(p.Homes), "territory", k},
		{"share", len(p.Share), "territory", k},
		{"tolerances", len(p.Tolerances), "measure", measures},
		{"mix", len(p.Mix), "measure", measures},
	} {
		if x.have != 0 && x.have != x.expected {
			return data.FieldErrorf(x.field, "there must be %d, one a %s, not %d", x.expected, x.per, x.have)
		}
	}
	if slices.ContainsFunc(p.Share, func(v float64) bool { return none(v) || v <= 0 }) {
		return data.FieldErrorf("share", "each territory's share must be above 0")
	}
	if len(p.Mix) > 0 && !slices.ContainsFunc(p.Mix, positive) {
		return data.FieldErrorf("mix", "a mix needs a measure that counts")
	}
	return p.checkPlaces()
}

// checkPlaces looks at what territories hold and where they start from.
func (p *Problem) checkPlaces() error {
	measures := len(p.Units[0].Weights)
	for t, load := range p.Base {
		if len(load) != measures || slices.ContainsFunc(load, none) || slices.ContainsFunc(load, negative) {
			return data.FieldErrorf("base", "territory %d needs %d loads, none of them negative", t+1, measures)
		}
	}
	for t, h := range p.Homes {
		if h.Set && (none(h.X) || none(h.Y)) {
			return data.FieldErrorf("homes", "the home of territory %d has a number that is none", t+1)
		}
	}
	return nil
}

func none(v float64) bool     { return math.IsNaN(v) || math.IsInf(v, 0) }
func negative(v float64) bool { return v < 0 }
func positive(v float64) bool { return v > 0 }

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
	switch {
	case len(u.Weights) != len(p.Units[0].Weights):
		return data.FieldErrorf("points", "point %d has %d weights, the first one %d", i+1, len(u.Weights), len(p.Units[0].Weights))
	case none(u.X) || none(u.Y) || slices.ContainsFunc(u.Weights, none):
		return data.FieldErrorf("points", "point %d has a number that is none", i+1)
	case slices.ContainsFunc(u.Weights, negative):
		return data.FieldErrorf("points", "point %d has a negative weight", i+1)
	case none(u.Travel) || none(u.Change) || u.Travel < 0 || u.Change < 0:
		return data.FieldErrorf("points", "point %d has travel or a cost of change that is negative or no number", i+1)
	case u.Locked >= p.Territories || u.Current >= p.Territories || u.Locked < Anywhere || u.Current < Anywhere:
		return data.FieldErrorf("points", "point %d is in a territory that there is none of", i+1)
	}
	return nil
}
