package metrics

import "fieldbook/data"

// Cohort says which deals a funnel follows.
type Cohort uint8

// The cohorts: deals created in the period, or deals closed in it.
const (
	CreatedIn Cohort = iota
	ClosedIn
)

// Funnel is how the deals of one pipeline went through its open stages, by the
// furthest stage that each reached (metric definition "stage conversion
// (cohort)"; a skipped stage counts as passed).
type Funnel struct {
	Pipeline int32 // place in Facts.Pipelines
	Name     string
	Deals    int // the cohort
	Won      int
	Lost     int
	Steps    []Step
}

// Step is one open stage of a funnel.
type Step struct {
	Stage      int32 // place in Facts.Stages
	Name       string
	Reached    int
	Advanced   int // reached the next stage, or won from the last
	LostHere   int
	StillHere  int
	Conversion Ratio // advanced ÷ (advanced + lost here)
	// Days spent in the stage by all who left it in the period.
	Days Spread
}

// Journey is what the stage histories of a view tell: funnel and time in stage.
type Journey struct {
	Funnels []Funnel
	view    *View
	in      data.Period
	cohort  Cohort
	stages  []stageStep // by stage
}

// journeySums are per stage.
type journeySums struct {
	stay        histogram // ended in the period
	lost, still int       // furthest here
	won         int       // by closed stage
}

// journeyKey names one journey of a view.
type journeyKey struct {
	in     data.Period
	cohort Cohort
}

// Journey follows the deals of a cohort through the pipelines in a period. It
// is shared with all who ask the view for the same and not to be changed.
func (v *View) Journey(in data.Period, cohort Cohort) *Journey {
	j, _ := v.journeys.get(journeyKey{in, cohort}, func() (*Journey, error) { return v.journey(in, cohort), nil })
	return j
}

func (v *View) journey(in data.Period, cohort Cohort) *Journey {
	j := &Journey{view: v, in: in, cohort: cohort, stages: v.f.steps()}
	stages := tally(v, func() []journeySums { return make([]journeySums, len(v.f.Stages)) }, j.follow,
		func(into, from []journeySums) {
			for i := range from {
				a, b := &into[i], &from[i]
				a.stay.merge(b.stay)
				a.lost, a.still, a.won = a.lost+b.lost, a.still+b.still, a.won+b.won
			}
		})
	for p := range v.f.Pipelines {
		j.Funnels = append(j.Funnels, j.funnel(int32(p), stages))
	}
	return j
}

// stageStep says where in its pipeline a stage stands.
type stageStep struct {
	pipeline int32
	at       int16 // among the open stages, -1 for closed ones
	won      bool
}

// ahead reports whether going from one stage to another is an advance.
func (s stageStep) ahead(of stageStep) bool {
	return s.won || s.at > of.at && s.pipeline == of.pipeline
}

func (f *Facts) steps() []stageStep {
	out := make([]stageStep, len(f.Stages))
	for i, s := range f.Stages {
		out[i] = stageStep{pipeline: s.Pipeline, at: -1, won: s.Type == Won}
	}
	for p := range f.Pipelines {
		for i, s := range f.openStages(int32(p)) {
			out[s].at = int16(i)
		}
	}
	return out
}

// follows reports whether a deal belongs to the cohort.
func (j *Journey) follows(c *cell) bool {
	if j.cohort == ClosedIn {
		return c.kind != Open && j.in.Contains(c.close)
	}
	return j.in.Contains(c.born)
}

// follow adds up the stays and ends of some deals.
func (j *Journey) follow(into []journeySums, p *part) {
	entries := make([]Move, 0, 16)
	entries = j.followEach(into, p.closed, entries)
	j.followEach(into, p.open, entries)
}

// followEach reuses room for the entries of a deal and gives it back.
func (j *Journey) followEach(into []journeySums, cells []cell, entries []Move) []Move {
	v := j.view
	for i := range cells {
		c := &cells[i]
		if c.stage < 0 {
			continue
		}
		d := &v.f.Deals[c.deal]
		entries = v.reader.entries(entries[:0], d, c)
		j.stays(into, entries, c)
		if !j.follows(c) {
			continue
		}
		furthest := j.furthest(entries, c)
		switch {
		case c.kind == Won:
			into[c.stage].won++
		case furthest == None:
		case c.kind == Lost:
			into[furthest].lost++
		default:
			into[furthest].still++
		}
	}
	return entries
}

// stays counts the days between entries, the close included.
func (j *Journey) stays(into []journeySums, entries []Move, c *cell) {
	eachStay(entries, c, func(s stay) {
		if j.in.Contains(s.until) {
			into[s.in].stay.add(s.days)
		}
	})
}

// stay is the time in a stage that a deal has left.
type stay struct {
	in, to int32
	until  data.Day
	days   int
}

// eachStay calls fn with the stays that a deal's entries and close tell of.
func eachStay(entries []Move, c *cell, fn func(stay)) {
	for i, e := range entries {
		next := Move{Day: c.close, Stage: int32(c.stage)}
		if i+1 < len(entries) {
			next = entries[i+1]
		} else if c.kind == Open {
			return
		}
		if next.Day.Valid() && next.Day >= e.Day {
			fn(stay{in: e.Stage, to: next.Stage, until: next.Day, days: int(next.Day - e.Day)})
		}
	}
}

// furthest is the last open stage of its pipeline that a deal reached; a lost
// deal without any known stage got to the first.
func (j *Journey) furthest(entries []Move, c *cell) int32 {
	best := None
	if c.kind == Open {
		best = int32(c.stage)
	}
	pipeline := j.stages[c.stage].pipeline
	for _, e := range entries {
		if s := j.stages[e.Stage]; s.pipeline == pipeline && (best == None || s.at > j.stages[best].at) {
			best = e.Stage
		}
	}
	if first := j.view.reader.stages[c.stage].first; best == None && j.stages[first].at >= 0 {
		best = first
	}
	return best
}

// funnel turns the sums of one pipeline into steps, from the last to the first:
// who is found further on has reached all before.
func (j *Journey) funnel(pipeline int32, sums []journeySums) Funnel {
	f := j.view.f
	open := f.openStages(pipeline)
	out := Funnel{Pipeline: pipeline, Name: f.Pipelines[pipeline].Name, Steps: make([]Step, len(open))}
	for i, s := range f.Stages {
		if s.Pipeline == pipeline {
			out.Won += sums[i].won
		}
	}
	beyond := out.Won
	for i := len(open) - 1; i >= 0; i-- {
		s := &sums[open[i]]
		step := Step{
			Stage: open[i], Name: f.Stages[open[i]].Name, Advanced: beyond, LostHere: s.lost, StillHere: s.still,
			Conversion: Ratio{Num: float64(beyond), Den: float64(beyond + s.lost), N: beyond + s.lost},
			Days:       s.stay.spread(),
		}
		beyond += s.lost + s.still
		step.Reached = beyond
		out.Lost += s.lost
		out.Steps[i] = step
	}
	out.Deals = beyond
	return out
}
