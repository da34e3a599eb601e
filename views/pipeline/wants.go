package pipeline

import (
	"context"
	"encoding/json"

	"fieldbook/data"
	"fieldbook/views/kit"
)

// Names of what this screen remembers in the book, on this device.
const (
	prefWants = "pipeline"
	prefTable = "pipeline.table"
	prefViews = "pipeline.views"
)

// wants is what a person made of the screen, as it is remembered.
type wants struct {
	Table    bool   `json:"table,omitempty"`
	Pipeline string `json:"pipeline,omitempty"`
	Order    string `json:"order,omitempty"` // of the cards: one of orders
	Filter   filter `json:"filter"`

	columns kit.TableState
	views   []savedView
}

func firstWants() wants {
	return wants{
		Order: orderStep, Filter: filter{State: data.StageOpen},
		columns: kit.TableState{Sort: []kit.SortKey{{Key: "close"}, {Key: "value", Desc: true}}},
	}
}

// readWants reads what was remembered; what is damaged counts as never set.
func (s *Screen) readWants(ctx context.Context) (wants, error) {
	w := firstWants()
	for _, p := range []struct {
		name string
		into any
	}{{prefWants, &w}, {prefTable, &w.columns}, {prefViews, &w.views}} {
		text, err := s.h.App.Pref(ctx, p.name)
		if err != nil {
			return w, err
		}
		if text != "" && json.Unmarshal([]byte(text), p.into) != nil {
			continue
		}
	}
	return w, nil
}

// keep remembers what is wanted now. What cannot be remembered costs a click
// the next time, no more.
func (s *Screen) keep() {
	if !s.kept {
		return // nothing was read yet that could be kept
	}
	w := s.wants
	if s.ofFigure() {
		w.Filter = s.aside
	}
	s.h.Remember(prefWants, w)
}

// known is what every load brings: what is remembered, the first time, and
// what is around.
type known struct {
	wants wants
	read  filter // as it was remembered
	found around
}

// know reads it. It runs away from the screen.
func (s *Screen) know(ctx context.Context, v kit.View, w wants, kept bool) (known, error) {
	var err error
	if !kept {
		if w, err = s.readWants(ctx); err != nil {
			return known{}, err
		}
	}
	found, err := s.lookAround(ctx, v, w)
	return known{w, w.Filter, found}, err
}

// learn takes it up on the screen. It reports whether the table was shown last
// and so is to be shown instead of the board.
func (s *Screen) learn(k known) (table bool) {
	first := !s.kept
	s.found = k.found
	if first {
		s.kept = true
		asked := s.wants.Filter
		s.wants = k.wants
		if s.ofFigure() {
			s.wants.Filter, s.aside = asked, k.read
		}
		s.table.take(s.wants.columns)
	}
	s.h.Changed()
	if do := s.pending; do != nil {
		s.pending = nil
		do()
	}
	return first && s.mode == modeBoard && s.wants.Table
}
