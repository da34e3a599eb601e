package app

import (
	"context"
	"fmt"
	"slices"

	"fieldbook/data"
	"fieldbook/data/store"
)

// StarterFrameworks names the frameworks that Process.Begin can lay down.
func StarterFrameworks() []string {
	out := make([]string, len(sampleFrameworks))
	for i, f := range sampleFrameworks {
		out[i] = f.name
	}
	return out
}

// Begin lays down a well-known framework with its elements. It is Invalid where
// the book has one of that name.
func (p *Process) Begin(ctx context.Context, name string) error {
	i := slices.IndexFunc(sampleFrameworks, func(f starter) bool { return f.name == name })
	if i < 0 {
		return data.Errorf(data.NotFound, "there is no framework %q to begin with", name)
	}
	rows, err := p.app.store.List(ctx, data.Query{Kind: data.KindFramework})
	if err != nil {
		return err
	}
	if slices.ContainsFunc(rows, func(r data.Row) bool { return r.Title() == name }) {
		return data.FieldErrorf("name", "the book has %s already; nothing was changed", name)
	}
	return p.app.write(ctx, store.Act{What: "Add qualification framework " + name}, func(tx *store.Tx) error {
		_, _, err := putStarter(sampleFrameworks[i], int64(len(rows)+1), func(kind string, id data.ID, v data.Values) error {
			_, err := tx.Put(kind, id, v)
			return err
		})
		return err
	})
}

// putStarter writes a framework and its elements. The ids are the same in every
// book, so that two people who begin with it have one.
func putStarter(f starter, position int64, put func(kind string, id data.ID, v data.Values) error) (data.ID, []data.ID, error) {
	id := data.ImportedID(data.KindFramework, SourceOwn, f.name)
	if err := put(data.KindFramework, id, data.Values{"name": f.name, "position": position}); err != nil {
		return id, nil, err
	}
	var elements []data.ID
	for i, e := range f.elements {
		part := data.ImportedID(data.KindFrameworkElement, id.String(), e[0])
		elements = append(elements, part)
		if err := put(data.KindFrameworkElement, part, data.Values{"framework": id, "name": e[0], "guidance": e[1], "position": int64(i + 1)}); err != nil {
			return id, nil, err
		}
	}
	return id, elements, nil
}

// Reorder puts a row of a kind with an order at another place among those that
// are listed, which it numbers anew from 1, in one step for undo.
func (p *Process) Reorder(ctx context.Context, kind string, list []data.ID, move data.ID, by int) error {
	at := slices.Index(list, move)
	to := at + by
	if at < 0 || to < 0 || to >= len(list) {
		return nil
	}
	row, err := p.app.store.Get(ctx, kind, move)
	if err != nil {
		return err
	}
	order := slices.Clone(list)
	order[at], order[to] = order[to], order[at]
	return p.app.write(ctx, store.Act{What: fmt.Sprintf("Reorder %s", row.Title())}, func(tx *store.Tx) error {
		for i, id := range order {
			if _, err := tx.Put(kind, id, data.Values{"position": int64(i + 1)}); err != nil {
				return err
			}
		}
		return nil
	})
}

// RemoveWhole deletes a framework, guide or sequence with its parts, in one step
// for undo. What was kept on deals stays.
func (p *Process) RemoveWhole(ctx context.Context, kind string, id data.ID) error {
	parts := map[string][2]string{
		data.KindFramework:      {data.KindFrameworkElement, "framework"},
		data.KindDiscoveryGuide: {data.KindDiscoveryQuestion, "guide"},
		data.KindSequence:       {data.KindSequenceStep, "sequence"},
	}
	row, err := p.app.store.Get(ctx, kind, id)
	if err != nil {
		return err
	}
	part := parts[kind]
	rows, err := p.app.store.List(ctx, data.Query{Kind: part[0], Where: []data.Filter{{Field: part[1], Test: data.Is, Values: []data.Value{id}}}})
	if err != nil {
		return err
	}
	return p.app.write(ctx, store.Act{What: "Remove " + row.Title()}, func(tx *store.Tx) error {
		for _, r := range rows {
			if err := tx.Delete(part[0], r.ID); err != nil {
				return err
			}
		}
		return tx.Delete(kind, id)
	})
}

// Snooze takes deals off the stalled list until a day, with the reason; without
// a day they come back to it. It is Invalid without a reason or for a past day.
func (p *Process) Snooze(ctx context.Context, deals []data.ID, until data.Day, reason string) error {
	values := data.Values{"snooze_day": nil, "snooze_reason": nil}
	if until.Valid() && until != 0 {
		switch {
		case until <= p.app.Today():
			return data.FieldErrorf("snooze_day", "choose a day after today")
		case reason == "":
			return data.FieldErrorf("snooze_reason", "say why it waits; the list shows it to whoever asks")
		}
		values["snooze_day"], values["snooze_reason"] = until, reason
	}
	return p.app.Pipeline.SetDeals(ctx, deals, values)
}
