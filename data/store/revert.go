package store

import (
	"bytes"
	"context"
	"database/sql"
	"slices"

	"fieldbook/data"
	"fieldbook/data/oplog"
)

// RevertPoint names a moment: the end of a day or, with Before, the moment
// before an act.
type RevertPoint struct {
	Day    data.Day
	Before data.ID
}

// Reverted says what putting a row back to a moment did.
type Reverted int

// The outcomes of Revert.
const (
	RevertedNot     Reverted = iota // it stands as it stood then
	RevertedChanged                 // fields got the values of then
	RevertedGone                    // it was not there then, and is deleted
	RevertedBack                    // it was deleted since, and is there again
)

// Revert puts a row back to how it stood at a moment, as an ordinary edit that
// travels and can be undone. It is NotFound for a row that the log does not
// hold, and Invalid where its values of then may not stand in their fields.
func (tx *Tx) Revert(kind string, id data.ID, to RevertPoint) (Reverted, error) {
	k, err := tx.Kind(kind)
	if err != nil {
		return RevertedNot, err
	}
	e, err := tx.s.entityOf(tx.ctx, id)
	if err != nil {
		return RevertedNot, err
	}
	if e.born.seq == 0 {
		return RevertedNot, data.Errorf(data.NotFound, "there is no such record; nothing was changed")
	}
	if err := tx.sameKind(k, e); err != nil {
		return RevertedNot, err
	}
	then, there, err := tx.stood(k, id, to)
	switch {
	case err != nil:
		return RevertedNot, err
	case !there && e.deleted:
		return RevertedNot, nil
	case !there:
		return RevertedGone, tx.deleteSeen(k, id, e)
	}
	erased, err := tx.erasedCells(id)
	if err != nil {
		return RevertedNot, err
	}
	for _, f := range k.Fields {
		if erased[f.Cell] {
			delete(then, f.Name)
		}
	}
	outcome, err := tx.Put(k.Name, id, then)
	switch {
	case err != nil || outcome == Unchanged:
		return RevertedNot, err
	case outcome == Created:
		return RevertedBack, nil
	}
	return RevertedChanged, nil
}

// stood folds the log of a row up to a moment. values holds every field of the
// kind, absent ones as nil.
func (tx *Tx) stood(k *data.Kind, id data.ID, to RevertPoint) (values data.Values, there bool, err error) {
	ops, txns, err := opsOf(tx.ctx, tx.s.write, id)
	if err != nil {
		return nil, false, err
	}
	if !to.Before.IsZero() {
		first := slices.IndexFunc(ops, func(op *oplog.Op) bool { return op.Txn == to.Before })
		if first < 0 {
			return nil, false, data.Errorf(data.NotFound, "that step did not change this record; nothing was changed")
		}
		ops = ops[:first]
	} else {
		ops = slices.DeleteFunc(ops, func(op *oplog.Op) bool { return txns[op.Txn].Day > to.Day })
	}
	if len(ops) == 0 {
		return nil, false, nil
	}
	book := oplog.NewBook()
	for _, op := range ops {
		book.Apply(op)
	}
	if book.Deletion(id) == oplog.Deleted {
		return nil, false, nil
	}
	values = data.Values{}
	for _, f := range k.Fields {
		values[f.Name] = nil
	}
	for name, v := range winningValues(k, book, id) {
		if _, ok := k.Field(name); ok {
			values[name] = v
		}
	}
	return values, true, nil
}

// RowRef is a row by its kind and id; a kind of a newer Fieldbook has no table.
type RowRef struct {
	Kind string
	ID   data.ID
}

// ChangedSince lists the rows that acts of later days touched, those that others
// point to first. Erasures are not among them: they are for good.
func (tx *Tx) ChangedSince(day data.Day) ([]RowRef, error) {
	var out []RowRef
	err := tx.rows(`SELECT DISTINCT k.name, e.id, e.key FROM txn t JOIN op o ON o.txn = t.key JOIN entity e ON e.key = o.entity JOIN kind k ON k.key = e.kind
		WHERE t.day > ? AND k.name <> 'redaction' ORDER BY e.key`, []any{int64(day)}, func(r *sql.Rows) error {
		var c RowRef
		var id []byte
		var key data.Key
		err := r.Scan(&c.Kind, &id, &key)
		copy(c.ID[:], id)
		out = append(out, c)
		return err
	})
	order := map[string]int{}
	for i, k := range data.Kinds() {
		order[k.Name] = i
	}
	slices.SortStableFunc(out, func(a, b RowRef) int { return order[a.Kind] - order[b.Kind] })
	return out, err
}

// Removed is a deleted row, as it last stood.
type Removed struct {
	Row    data.Row
	Txn    data.ID
	At     data.Instant
	Name   string // who deleted it
	Device string
	What   string
}

// RemovedRows lists deleted rows, the newest first; kind "" is every kind. What
// an undo took out is not among them: redo brings it back.
func (s *Store) RemovedRows(ctx context.Context, kind string, limit int) ([]Removed, error) {
	rows, err := s.read.QueryContext(ctx, `SELECT k.name, e.id, t.id, t.stamp, `+shownAuthor+`, t.device, `+shownWords+`
		FROM entity e JOIN kind k ON k.key = e.kind JOIN live l ON l.entity = e.key AND l.cell = '_deleted' JOIN op o ON o.replica = l.replica AND o.seq = l.seq JOIN txn t ON t.key = o.txn
		WHERE e.deleted = 1 AND t.undo_of IS NULL AND (?1 = '' OR k.name = ?1) ORDER BY t.stamp DESC, e.key DESC LIMIT ?2`, kind, limit)
	if err != nil {
		return nil, dbError(err)
	}
	defer rows.Close()
	var out []Removed
	var kinds []string
	for rows.Next() {
		var r Removed
		var kind string
		var id, txn []byte
		var stamp oplog.Stamp
		if err := rows.Scan(&kind, &id, &txn, &stamp, &r.Name, &r.Device, &r.What); err != nil {
			return nil, dbError(err)
		}
		copy(r.Row.ID[:], id)
		copy(r.Txn[:], txn)
		r.At = stamp.Instant()
		if slices.ContainsFunc(out, func(o Removed) bool { return bytes.Equal(o.Row.ID[:], r.Row.ID[:]) }) {
			continue // two deleted it
		}
		out, kinds = append(out, r), append(kinds, kind)
	}
	if err := rows.Err(); err != nil {
		return nil, dbError(err)
	}
	shown := out[:0]
	for i, r := range out {
		row, _, err := s.Remains(ctx, kinds[i], r.Row.ID)
		if data.KindOf(err) == data.NotFound || data.KindOf(err) == data.Invalid {
			continue // of a newer Fieldbook
		}
		if err != nil {
			return nil, err
		}
		r.Row = row
		shown = append(shown, r)
	}
	return shown, nil
}
