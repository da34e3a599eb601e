package app

import (
	"context"
	"fmt"
	"strings"

	"fieldbook/data"
	"fieldbook/data/store"
)

// RevertPoint names a moment to put records back to: see store.RevertPoint.
type RevertPoint = store.RevertPoint

// Reverted says what was put back or, in a preview, would be.
type Reverted struct {
	Rows   []RevertedRow `json:"rows"`
	Failed []RevertedRow `json:"failed"` // what cannot be put back, and why
}

// RevertedRow is one record and what became of it.
type RevertedRow struct {
	Kind string `json:"kind"`
	ID   string `json:"id"`
	Name string `json:"name"`
	How  string `json:"how"` // "changed", "removed" or "brought back"
	Why  string `json:"why,omitempty"`
}

var revertWords = map[store.Reverted]string{
	store.RevertedChanged: "changed", store.RevertedGone: "removed", store.RevertedBack: "brought back",
}

// Removed lists deleted records, the newest first; kind "" is every kind.
func (j *Journal) Removed(ctx context.Context, kind string, limit int) ([]store.Removed, error) {
	if kind != "" {
		k, err := j.app.Records.Kind(kind)
		if err != nil {
			return nil, err
		}
		kind = k.Name
	}
	return j.app.store.RemovedRows(ctx, kind, limit)
}

// Remains is a record as it stands or, deleted, as it last stood.
func (j *Journal) Remains(ctx context.Context, kind string, id data.ID) (data.Row, bool, error) {
	return j.app.store.Remains(ctx, kind, id)
}

// Story is a record's history in words, the newest edit first.
func (j *Journal) Story(ctx context.Context, kind string, id data.ID) ([]Edited, error) {
	return j.app.story(ctx, kind, id)
}

// Revert puts one record back to how it stood at a moment, as a step that
// undo takes back. A record that stands so already is left alone.
func (j *Journal) Revert(ctx context.Context, kind string, id data.ID, to store.RevertPoint) (Reverted, error) {
	row, _, err := j.app.store.Remains(ctx, kind, id)
	if err != nil {
		return Reverted{}, err
	}
	what := fmt.Sprintf("Put %s back to before an edit", RecordName(row))
	if to.Before.IsZero() {
		what = fmt.Sprintf("Put %s back to %s", RecordName(row), to.Day)
	}
	var out Reverted
	err = j.app.write(ctx, store.Act{What: what}, func(tx *store.Tx) error {
		out = Reverted{}
		return j.revertRow(ctx, tx, store.RowRef{Kind: row.Kind.Name, ID: id}, to, &out)
	})
	if err == nil && len(out.Failed) > 0 {
		return out, data.Errorf(data.Refused, "%s cannot be put back: %s", RecordName(row), out.Failed[0].Why)
	}
	return out, err
}

// RevertDay puts everything that was changed since the end of a day back to how
// it stood, as one step that undo takes back. Preview only says what that is.
// What cannot be put back is listed and left as it is.
func (j *Journal) RevertDay(ctx context.Context, day data.Day, preview bool) (Reverted, error) {
	if !day.Valid() || day >= j.app.Today() {
		return Reverted{}, data.Errorf(data.Invalid, "%s is not a past day; nothing was changed", day)
	}
	var out Reverted
	act, err := j.app.signed(ctx, store.Act{What: fmt.Sprintf("Put everything back to %s", day)})
	if err != nil {
		return out, err
	}
	do := func(tx *store.Tx) error {
		out = Reverted{Rows: []RevertedRow{}, Failed: []RevertedRow{}}
		rows, err := tx.ChangedSince(day)
		if err != nil {
			return err
		}
		for _, c := range rows {
			if err := ctx.Err(); err != nil {
				return err
			}
			if err := j.revertRow(ctx, tx, c, store.RevertPoint{Day: day}, &out); err != nil {
				return err
			}
		}
		return nil
	}
	if preview {
		err = j.app.store.Rehearse(ctx, act, do)
	} else {
		err = j.app.write(ctx, act, do)
	}
	return out, err
}

// revertRow puts one record back and takes note of it.
func (j *Journal) revertRow(ctx context.Context, tx *store.Tx, c store.RowRef, to store.RevertPoint, out *Reverted) error {
	name, _, err := j.app.lastName(ctx, c.Kind, c.ID)
	if err != nil {
		return err
	}
	line := RevertedRow{Kind: c.Kind, ID: c.ID.String(), Name: name}
	if c.Kind == data.KindDevice || c.Kind == data.KindRedaction {
		line.Why = "who belongs to the book, and what was erased from it, do not go back"
		out.Failed = append(out.Failed, line)
		return nil
	}
	how := store.RevertedNot
	err = tx.Try(func() error {
		how, err = tx.Revert(c.Kind, c.ID, to)
		return err
	})
	switch kind := data.KindOf(err); {
	case err == nil && how == store.RevertedNot:
	case err == nil:
		line.How = revertWords[how]
		out.Rows = append(out.Rows, line)
	case kind == data.Invalid || kind == data.NotFound || kind == data.Refused:
		line.Why = strings.TrimSuffix(err.Error(), "; nothing was changed")
		out.Failed = append(out.Failed, line)
	default:
		return err
	}
	return nil
}

// RemovedRecord is a deleted record and who deleted it.
type RemovedRecord struct {
	Kind  string
	Label string // of the kind
	ID    data.ID
	Name  string
	Txn   data.ID // the step that deleted it
	At    data.Instant
	Who   string
	What  string
}

// RemovedRecords names deleted records, the newest first; limit bounds them.
func (j *Journal) RemovedRecords(ctx context.Context, limit int) ([]RemovedRecord, error) {
	rows, err := j.Removed(ctx, "", limit)
	if err != nil {
		return nil, err
	}
	out := make([]RemovedRecord, len(rows))
	for i, r := range rows {
		out[i] = RemovedRecord{Kind: r.Row.Kind.Name, Label: r.Row.Kind.Label, ID: r.Row.ID, Name: RecordName(r.Row), Txn: r.Txn, At: r.At, Who: r.Name, What: r.What}
	}
	return out, nil
}

// BringBack shows a deleted record again, as it stood before it was deleted.
func (j *Journal) BringBack(ctx context.Context, r RemovedRecord) error {
	return j.PutBackBefore(ctx, r.Kind, r.ID, r.Txn)
}

// PutBackBefore puts a record back to how it stood before a step.
func (j *Journal) PutBackBefore(ctx context.Context, kind string, id, step data.ID) error {
	_, err := j.Revert(ctx, kind, id, store.RevertPoint{Before: step})
	return err
}
