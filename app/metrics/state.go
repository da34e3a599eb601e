package metrics

import (
	"cmp"
	"slices"

	"fieldbook/data"
)

// State is what a deal was at the end of a day, by what was known then.
type State struct {
	Exists bool
	Type   StageType
	Stage  int32    // None for a deal without a stage
	Close  data.Day // closed: the close day; open: the expected one, NoDay where unknown
	// Hidden: the deal's amount belongs to its close, which lay ahead, so it
	// counts at list price.
	Hidden bool
}

// StateAt gives the state of deal i at the end of day asOf (metric definition
// "as of a day"). For many deals use NewView, which prepares its tables once.
func (f *Facts) StateAt(i int, asOf data.Day) State {
	r := newReader(f, asOf)
	return r.state(&f.Deals[i])
}

// EachState calls fn with the state of every deal at the end of a day.
func (f *Facts) EachState(asOf data.Day, fn func(i int, s State)) {
	r := newReader(f, asOf)
	for i := range f.Deals {
		fn(i, r.state(&f.Deals[i]))
	}
}

// reader answers for one day. stages holds, for every stage, its type and the
// two stages of its pipeline that the view of imported dates uses.
type reader struct {
	f      *Facts
	asOf   data.Day
	stages []stageView
}

type stageView struct {
	kind          StageType
	first, second int32 // the pipeline's first and second open stage; second is first where there is only one
}

func newReader(f *Facts, asOf data.Day) *reader {
	r := &reader{f: f, asOf: asOf, stages: make([]stageView, len(f.Stages))}
	for i, s := range f.Stages {
		r.stages[i] = stageView{kind: s.Type, first: int32(i), second: int32(i)}
	}
	for p := range f.Pipelines {
		open := f.openStages(int32(p))
		if len(open) == 0 {
			continue
		}
		for i, s := range f.Stages {
			if s.Pipeline == int32(p) {
				r.stages[i].first, r.stages[i].second = open[0], open[min(1, len(open)-1)]
			}
		}
	}
	return r
}

// openStages lists the open stages of a pipeline in order.
func (f *Facts) openStages(pipeline int32) []int32 {
	var out []int32
	for i, s := range f.Stages {
		if s.Pipeline == pipeline && s.Type == Open {
			out = append(out, int32(i))
		}
	}
	slices.SortStableFunc(out, func(a, b int32) int { return cmp.Compare(f.Stages[a].Position, f.Stages[b].Position) })
	return out
}

// born is the first day on which the deal exists: the earlier of created and
// engaged, else the day that it entered the book.
func (d *Deal) born() data.Day {
	if day := d.Created.Min(d.Engaged); day.Valid() {
		return day
	}
	return d.Entered
}

func (r *reader) state(d *Deal) State {
	if d.born() > r.asOf {
		return State{Stage: None, Close: data.NoDay}
	}
	s := State{Exists: true, Stage: d.Stage, Close: d.Close}
	if d.Stage == None {
		return s
	}
	s.Type = r.stages[d.Stage].kind
	switch {
	case s.Type != Open && d.Close <= r.asOf && d.Flags&settled != 0: // without a close day it closed before anyone can tell
		return s
	case d.moveLen > 0:
		return r.fromHistory(d, s)
	case s.Type != Open:
		return r.reopen(d, s, r.viewed(d))
	case r.asOf < d.Entered:
		s.Stage = r.viewed(d)
	}
	return s
}

// viewed is the open stage that imported dates place the deal in.
func (r *reader) viewed(d *Deal) int32 {
	if d.Engaged.Valid() && d.Engaged <= r.asOf {
		return r.stages[d.Stage].second
	}
	return r.stages[d.Stage].first
}

// reopen turns the state of a deal that has closed since into an open one.
func (r *reader) reopen(d *Deal, s State, stage int32) State {
	s.Type, s.Stage = Open, stage
	if d.Flags&ClosedByImport != 0 {
		s.Close, s.Hidden = data.NoDay, true
	}
	return s
}

// fromHistory refines a state by the deal's moves up to the day. The newest
// move is the deal's stage itself, so that decides where no later move exists.
func (r *reader) fromHistory(d *Deal, s State) State {
	moves := r.f.History(d)
	n := len(moves)
	for n > 0 && moves[n-1].Day > r.asOf {
		n--
	}
	if s.Type != Open && !s.Close.Valid() {
		s.Close = r.lastClosing(moves)
	}
	closed := s.Type != Open && s.Close <= r.asOf
	if n == len(moves) {
		if s.Type == Open || closed {
			return s
		}
		return r.reopen(d, s, r.lastOpen(d, moves))
	}
	if n > 0 && r.kind(moves[n-1].Stage) != Open && (s.Type == Open || r.opensAgain(moves[n:])) {
		last := moves[n-1]
		return State{Exists: true, Type: r.kind(last.Stage), Stage: last.Stage, Close: last.Day}
	}
	if closed {
		return s
	}
	stage := r.lastOpen(d, moves[:n])
	if s.Type != Open {
		return r.reopen(d, s, stage)
	}
	s.Stage = stage
	return s
}

func (r *reader) kind(stage int32) StageType {
	if stage == None {
		return Open
	}
	return r.stages[stage].kind
}

// lastOpen is the newest open stage of a history, else that of the view.
func (r *reader) lastOpen(d *Deal, moves []Move) int32 {
	for i := len(moves) - 1; i >= 0; i-- {
		if r.kind(moves[i].Stage) == Open {
			return moves[i].Stage
		}
	}
	return r.viewed(d)
}

func (r *reader) lastClosing(moves []Move) data.Day {
	for i := len(moves) - 1; i >= 0; i-- {
		if r.kind(moves[i].Stage) != Open {
			return moves[i].Day
		}
	}
	return data.NoDay
}

func (r *reader) opensAgain(moves []Move) bool {
	return slices.ContainsFunc(moves, func(m Move) bool { return r.kind(m.Stage) == Open })
}
