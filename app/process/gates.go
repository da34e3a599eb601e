// Package process holds the rules of working deals: which criteria a move asks
// for, what of them is missing, and where figures say that the process should
// change. It is pure.
package process

import (
	"cmp"
	"slices"

	"fieldbook/data"
)

// Criterion is one thing that a gate asks for.
type Criterion struct {
	ID        data.ID
	Stage     data.ID
	Gate      string // data.GateEntry or data.GateExit
	Name      string
	Type      string // data.CriterionChecklist, CriterionField or CriterionFramework
	Field     string // of the deal, for CriterionField
	Framework data.ID
	Points    int
	Position  int
	Guidance  string
}

// Place is one stage as gates see it.
type Place struct {
	ID, Pipeline data.ID
	Type         string // data.StageOpen, StageWon or StageLost
	Position     int
}

// Work is what a deal shows of what gates ask for. A deal of which nothing was
// done has the zero Work.
type Work struct {
	Met    map[data.ID]bool // criteria that were ticked
	Points map[data.ID]int  // by framework
	Filled func(field string) bool
}

func (w Work) meets(c Criterion) bool {
	switch c.Type {
	case data.CriterionField:
		return w.Filled != nil && w.Filled(c.Field)
	case data.CriterionFramework:
		return w.Points[c.Framework] >= c.Points
	}
	return w.Met[c.ID]
}

// Item is one criterion with how a deal stands to it.
type Item struct {
	Criterion
	Met    bool
	Points int // of the framework, for CriterionFramework
}

// Rules are the gates of a book.
type Rules struct {
	places map[data.ID]Place
	gates  map[gate][]Criterion
	order  map[data.ID][]Place // by pipeline
}

type gate struct {
	stage data.ID
	side  string
}

// NewRules takes the criteria that are in force. Those of stages that are gone
// ask for nothing.
func NewRules(criteria []Criterion, places []Place) *Rules {
	r := &Rules{places: map[data.ID]Place{}, gates: map[gate][]Criterion{}, order: map[data.ID][]Place{}}
	for _, p := range places {
		r.places[p.ID] = p
		r.order[p.Pipeline] = append(r.order[p.Pipeline], p)
	}
	for _, list := range r.order {
		slices.SortStableFunc(list, func(a, b Place) int { return cmp.Compare(a.Position, b.Position) })
	}
	for _, c := range criteria {
		if _, ok := r.places[c.Stage]; ok {
			r.gates[gate{c.Stage, c.Gate}] = append(r.gates[gate{c.Stage, c.Gate}], c)
		}
	}
	for _, list := range r.gates {
		slices.SortStableFunc(list, func(a, b Criterion) int { return cmp.Compare(a.Position, b.Position) })
	}
	return r
}

// None reports whether no gate asks for anything.
func (r *Rules) None() bool { return r == nil || len(r.gates) == 0 }

// Of lists the criteria of one side of a stage, in order.
func (r *Rules) Of(stage data.ID, side string) []Criterion {
	if r == nil {
		return nil
	}
	return r.gates[gate{stage, side}]
}

// Forward reports whether a move goes on towards won. From NoID is a deal that
// is new; into another pipeline is no way on.
func (r *Rules) Forward(from, to data.ID) bool {
	a, known := r.places[from]
	b, ok := r.places[to]
	return known && ok && a.Pipeline == b.Pipeline && a.Type == data.StageOpen && b.Type != data.StageLost &&
		(b.Type == data.StageWon || b.Position > a.Position)
}

// Asked lists what a move asks for. A move forward passes every stage between:
// it must meet the exit of each stage that it leaves behind and the entry of
// each that it comes to. Into any other stage only that one's entry is asked,
// and nothing of a deal that goes back.
func (r *Rules) Asked(from, to data.ID) []Criterion {
	if r.None() || from == to {
		return nil
	}
	if !r.Forward(from, to) {
		a, known := r.places[from]
		if b := r.places[to]; known && a.Pipeline == b.Pipeline && b.Type == data.StageOpen {
			return nil
		}
		return r.Of(to, data.GateEntry)
	}
	start, end := r.places[from], r.places[to]
	out := slices.Clone(r.Of(from, data.GateExit))
	for _, p := range r.order[start.Pipeline] {
		if p.Type == data.StageOpen && p.ID != from && p.ID != to && p.Position > start.Position && (end.Type == data.StageWon || p.Position < end.Position) {
			out = append(append(out, r.Of(p.ID, data.GateEntry)...), r.Of(p.ID, data.GateExit)...)
		}
	}
	return append(out, r.Of(to, data.GateEntry)...)
}

// Check lists what a move asks for with how the deal stands to it.
func (r *Rules) Check(from, to data.ID, w Work) []Item { return Judge(r.Asked(from, to), w) }

// Judge tells of each criterion whether a deal meets it.
func Judge(list []Criterion, w Work) []Item {
	out := make([]Item, len(list))
	for i, c := range list {
		out[i] = Item{Criterion: c, Met: w.meets(c), Points: w.Points[c.Framework]}
	}
	return out
}

// Missing are the items that are not met.
func Missing(items []Item) []Item {
	var out []Item
	for _, it := range items {
		if !it.Met {
			out = append(out, it)
		}
	}
	return out
}
