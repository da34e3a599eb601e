package metrics

import (
	"slices"

	"fieldbook/data"
)

// Measure says which deals of a row are meant.
type Measure uint8

// The measures of a row, and of a step of a funnel.
const (
	AllDeals Measure = iota
	WonDeals
	LostDeals
	OpenDeals
	ClosedDeals
	WithoutRate
	WithoutAmount
	Reached
	Advanced
	LostHere
	StillHere
)

// Mark names a figure: a row of a grouping and which of its deals.
type Mark struct {
	By      By // ByNone: the total
	Place   int32
	Period  data.Period
	Measure Measure // up to WithoutAmount
}

// DealsBehind gives the rows behind a figure of Compute, OpenByStage (by
// stage), ByMonth or RunningTotal (with the day as a period). The error is
// Invalid: an unknown grouping.
func (v *View) DealsBehind(m Mark) ([]data.Key, error) {
	g, err := v.group(m.By, m.Period)
	if err != nil {
		return nil, err
	}
	lo, hi := int32(0), int32(0)
	if m.By == ByNone {
		hi = int32(g.n)
	}
	for _, group := range g.groups {
		if group.place == m.Place {
			lo, hi = group.lo, group.hi
		}
	}
	return v.keys(func(_ *Deal, c *cell) bool {
		if !m.Period.Contains(c.close) || !m.Measure.holds(c) {
			return false
		}
		p := g.at(c)
		return p >= lo && p < hi
	}), nil
}

// holds reports whether a deal counts for a measure of a row.
func (m Measure) holds(c *cell) bool {
	switch m {
	case WonDeals:
		return c.kind == Won
	case LostDeals:
		return c.kind == Lost
	case OpenDeals:
		return c.kind == Open
	case ClosedDeals:
		return c.kind != Open
	case WithoutRate:
		return c.worth == noRate
	case WithoutAmount:
		return c.worth == noAmount
	default:
		return true
	}
}

// DealsBehind gives the rows behind a figure of a funnel's step: Reached,
// Advanced, LostHere or StillHere.
func (j *Journey) DealsBehind(stage int32, m Measure) []data.Key {
	v := j.view
	if stage < 0 || int(stage) >= len(v.f.Stages) {
		return nil
	}
	return v.keys(func(d *Deal, c *cell) bool {
		if c.stage < 0 || j.stages[c.stage].pipeline != j.stages[stage].pipeline || !j.follows(c) {
			return false
		}
		if c.kind == Won {
			return m == Reached || m == Advanced
		}
		furthest := j.furthest(v.reader.entries(nil, d, c), c)
		return furthest != None && j.counts(m, c.kind, stepped{furthest: furthest, stage: stage})
	})
}

// stepped is how far a deal came and the stage that it is looked at from.
type stepped struct{ furthest, stage int32 }

// counts reports whether a deal that is not won counts for a figure of a stage.
func (j *Journey) counts(m Measure, kind StageType, s stepped) bool {
	here, beyond := s.furthest == s.stage, j.stages[s.furthest].at > j.stages[s.stage].at
	switch m {
	case Reached:
		return here || beyond
	case Advanced:
		return beyond
	case LostHere:
		return here && kind == Lost
	case StillHere:
		return here && kind == Open
	default:
		return false
	}
}

// keys gives the rows of the deals that keep accepts, ascending.
func (v *View) keys(keep func(d *Deal, c *cell) bool) []data.Key {
	found := tally(v, func() *[]data.Key { return new([]data.Key) }, func(into *[]data.Key, p *part) {
		for _, cells := range [][]cell{p.closed, p.open} {
			for i := range cells {
				if deal := cells[i].deal; keep(&v.f.Deals[deal], &cells[i]) {
					*into = append(*into, v.f.Keys[deal])
				}
			}
		}
	}, func(into, from *[]data.Key) { *into = append(*into, *from...) })
	slices.Sort(*found)
	return *found
}
