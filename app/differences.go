package app

import (
	"bytes"
	"context"

	"fieldbook/data"
	"fieldbook/data/store"
)

// maxDifferences is how many rows a preview shows field by field.
const maxDifferences = 500

// The states of a difference.
const (
	DifferenceNew         = "new"
	DifferenceChanged     = "changed"
	DifferenceConflicting = "conflicting"
	DifferenceRemoved     = "removed"
)

// Difference is what a merge would do to one row.
type Difference struct {
	Kind   string        `json:"kind"`
	ID     string        `json:"id"`
	Title  string        `json:"title"`
	State  string        `json:"state"`
	Fields []FieldChange `json:"fields"`
}

// FieldChange is one field before and after, as a person reads it. In a
// conflict the value that shows after the merge may be the one before.
type FieldChange struct {
	Field   string   `json:"field"`
	Label   string   `json:"label"`
	Old     string   `json:"old"`
	New     string   `json:"new"`
	Waiting []string `json:"waiting,omitempty"` // what will wait in the conflict inbox, and whose: "4,900 USD of Ada Berg"
}

// differences compares rows as the rehearsed transaction leaves them with the
// book as it is.
func (s *Sharing) differences(ctx context.Context, tx *store.Tx, touched []store.Touched) ([]Difference, error) {
	var out []Difference
	c := comparison{ctx, tx, s.app.words()}
	for _, t := range touched {
		if len(out) == maxDifferences {
			break
		}
		old, err := found(s.app.store.Get(ctx, t.Kind, t.ID))
		if err != nil {
			return nil, err
		}
		now, err := found(tx.Row(t.Kind, t.ID))
		if err != nil {
			return nil, err
		}
		d, any, err := c.difference(t, old, now)
		if err != nil {
			return nil, err
		}
		if any {
			out = append(out, d)
		}
	}
	return out, nil
}

// found turns what is not there, or of a newer Fieldbook, into a row without kind.
func found(row data.Row, err error) (data.Row, error) {
	if kind := data.KindOf(err); err != nil && (kind == data.NotFound || kind == data.Invalid) {
		return data.Row{}, nil
	}
	return row, err
}

// comparison compares rows within a rehearsed transaction.
type comparison struct {
	ctx   context.Context //nolint:containedctx // one call long
	tx    *store.Tx
	words *fieldWords
}

func (c comparison) difference(t store.Touched, old, now data.Row) (d Difference, any bool, err error) {
	shown := now
	d = Difference{Kind: t.Kind, ID: t.ID.String(), State: DifferenceChanged}
	switch {
	case old.Kind == nil && now.Kind == nil:
		return d, false, nil
	case old.Kind == nil:
		d.State = DifferenceNew
	case now.Kind == nil:
		d.State, shown = DifferenceRemoved, old
	}
	waiting := map[string][]string{}
	if t.Conflicting {
		d.State = DifferenceConflicting
		if waiting, err = c.waiting(now); err != nil {
			return d, false, err
		}
	}
	d.Title = RecordName(shown)
	for _, f := range shown.Kind.Fields {
		wait := waiting[f.Cell]
		delete(waiting, f.Cell) // a cell's first field tells what waits
		if len(wait) == 0 && bytes.Equal(data.AppendJSON(nil, old.Values[f.Name]), data.AppendJSON(nil, now.Values[f.Name])) {
			continue
		}
		change := FieldChange{Field: f.Name, Label: f.Label, Waiting: wait}
		if change.Old, err = c.text(old, f); err != nil {
			return d, false, err
		}
		if change.New, err = c.text(now, f); err != nil {
			return d, false, err
		}
		d.Fields = append(d.Fields, change)
	}
	if wait := waiting[deletedField]; len(wait) > 0 {
		d.Fields = append(d.Fields, FieldChange{Field: deletedField, Label: "Deleted or kept", New: "Kept", Waiting: wait})
	}
	return d, len(d.Fields) > 0 || t.Conflicting, nil
}

// waiting words what a row will leave in the conflict inbox, by cell.
func (c comparison) waiting(now data.Row) (map[string][]string, error) {
	out := map[string][]string{}
	if now.Kind == nil {
		return out, nil
	}
	conflicts, err := c.tx.ConflictsOf(now)
	if err != nil {
		return nil, err
	}
	for _, x := range conflicts {
		f, err := c.words.clashField(c.ctx, x)
		if err != nil {
			return nil, err
		}
		for i, s := range f.Sides {
			if i > 0 || s.Deletes {
				out[x.Cell] = append(out[x.Cell], orEmpty(s.Text)+" of "+s.Name)
			}
		}
	}
	return out, nil
}

// text is a field as a person reads it: references by name, though what they
// point to comes with the same files, or is gone.
func (c comparison) text(row data.Row, f data.Field) (string, error) {
	if label := row.Labels[f.Name]; label != "" {
		return label, nil
	}
	if id, ok := row.Values[f.Name].(data.ID); ok && f.Type == data.TypeRef {
		to, err := found(c.tx.Row(f.Ref, id))
		if err != nil {
			return "", err
		}
		if name := RecordName(to); name != "" {
			return name, nil
		}
	}
	return c.words.field(c.ctx, f, row.Values[f.Name], data.Currency(row.Text("currency")))
}
