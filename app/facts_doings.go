package app

import (
	"context"
	"slices"

	"fieldbook/app/metrics"
	"fieldbook/data"
	"fieldbook/data/store"
)

// doings are what people did beside closing deals, in memory. They are read when
// a figure first asks for them, and patched as the facts are.
type doings struct {
	acts  []metrics.Act
	at    index // of activities in acts
	steps []metrics.StepSet
}

var actFields = []string{"type", "person", "day", "done"}

var actTypes = map[string]metrics.ActType{"call": metrics.ActCall, "meeting": metrics.ActMeeting, "visit": metrics.ActVisit}

// doing gives what was done, reading it where that was not yet.
func (b *factBook) doing(ctx context.Context, s *store.Store) (*doings, error) {
	b.doingMu.Lock()
	defer b.doingMu.Unlock()
	if b.doings != nil {
		return b.doings, nil
	}
	src := &source{store: s, until: data.NoDay}
	if b.until.Valid() {
		var err error
		if src, err = sourceAsOf(ctx, s, b.until); err != nil {
			return nil, err
		}
	}
	d := &doings{}
	if err := src.each(ctx, store.Narrow{Kind: data.KindActivity, Fields: actFields}, func(l line) error {
		d.put(b, l)
		return nil
	}); err != nil {
		return nil, err
	}
	if err := d.readSteps(ctx, src, nil); err != nil {
		return nil, err
	}
	b.doings = d
	return d, nil
}

// put enters an activity. One that was not done, or is a note, keeps its place
// and counts for nobody.
func (d *doings) put(b *factBook, l line) {
	act := metrics.Act{Day: l.day(2), Person: b.people.get(l.ref(1)), Type: actTypes[l.text(0)]}
	if l.int(3) == 0 || l.text(0) == "note" || !act.Day.Valid() {
		act.Person = metrics.None
	}
	place := d.at.get(l.key)
	switch {
	case place != metrics.None:
		d.acts[place] = act
	case act.Person != metrics.None:
		d.at.set(l.key, int32(len(d.acts)))
		d.acts = append(d.acts, act)
	}
}

// reloadActs reads some activities again; those that are gone count no more.
func (b *factBook) reloadActs(ctx context.Context, src *source, ids []data.ID) error {
	d := b.doings
	keys, err := src.store.KeysOf(ctx, ids)
	if err != nil {
		return err
	}
	for _, key := range keys {
		if place := d.at.get(key); place != metrics.None {
			d.acts[place].Person = metrics.None
		}
	}
	return src.each(ctx, store.Narrow{Kind: data.KindActivity, Fields: actFields, IDs: ids}, func(l line) error {
		d.put(b, l)
		return nil
	})
}

// readSteps reads when a next step was written, once a deal and day.
func (d *doings) readSteps(ctx context.Context, src *source, deals []data.Key) error {
	q := store.EditQuery{Kind: data.KindDeal, Field: "next_step", Rows: deals, Until: src.until}
	return src.store.EachFieldEdit(ctx, q, func(e store.FieldEdit) error {
		step := metrics.StepSet{Deal: e.Row, Day: e.Day}
		if n := len(d.steps); e.Value != nil && (n == 0 || d.steps[n-1] != step) {
			d.steps = append(d.steps, step)
		}
		return nil
	})
}

func (d *doings) reloadSteps(ctx context.Context, src *source, deals []data.Key) error {
	again := make(map[data.Key]bool, len(deals))
	for _, deal := range deals {
		again[deal] = true
	}
	d.steps = slices.DeleteFunc(d.steps, func(s metrics.StepSet) bool { return again[s.Deal] })
	return d.readSteps(ctx, src, deals)
}
