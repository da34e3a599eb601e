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

// FieldChange is one field before and after, as a person reads it.
type FieldChange struct {
	Field string `json:"field"`
	Label string `json:"label"`
	Old   string `json:"old"`
	New   string `json:"new"`
}

// differences compares rows as the rehearsed transaction leaves them with the
// book as it is.
func (s *Sharing) differences(ctx context.Context, tx *store.Tx, touched []store.Touched) ([]Difference, error) {
	var out []Difference
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
		if d, any := s.difference(t, old, now); any {
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

func (s *Sharing) difference(t store.Touched, old, now data.Row) (d Difference, any bool) {
	shown := now
	d = Difference{Kind: t.Kind, ID: t.ID.String(), State: DifferenceChanged}
	switch {
	case old.Kind == nil && now.Kind == nil:
		return d, false
	case old.Kind == nil:
		d.State = DifferenceNew
	case now.Kind == nil:
		d.State, shown = DifferenceRemoved, old
	}
	if t.Conflicting {
		d.State = DifferenceConflicting
	}
	d.Title = shown.Title()
	for _, f := range shown.Kind.Fields {
		if bytes.Equal(data.AppendJSON(nil, old.Values[f.Name]), data.AppendJSON(nil, now.Values[f.Name])) {
			continue
		}
		d.Fields = append(d.Fields, FieldChange{f.Name, f.Label, s.text(old, f), s.text(now, f)})
	}
	return d, len(d.Fields) > 0 || t.Conflicting
}

// text is a field as a person reads it: references by name, money in major units.
func (s *Sharing) text(row data.Row, f data.Field) string {
	if label := row.Labels[f.Name]; label != "" {
		return label
	}
	currency := data.Currency(row.Text("currency"))
	if currency == "" {
		currency = s.app.Book().Currency
	}
	return f.Format(row.Values[f.Name], currency.Digits())
}
