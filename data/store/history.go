package store

import (
	"bytes"
	"context"
	"database/sql"
	"slices"
	"strings"

	"fieldbook/data"
	"fieldbook/data/oplog"
)

// Edit is one change of one field of a row, as its history shows it.
type Edit struct {
	Txn    data.ID
	At     data.Instant
	Day    data.Day // the author's day
	Name   string   // who
	Device string
	What   string // the transaction's words
	Field  data.Field
	Old    data.Value
	New    data.Value
}

// History lists every edit of a row, oldest first. The first edits are those
// of its creation. Deleting shows as a field named "_deleted".
func (s *Store) History(ctx context.Context, kind string, id data.ID) ([]Edit, error) {
	k, err := s.Kind(kind)
	if err != nil {
		return nil, err
	}
	ops, txns, err := s.opsOf(ctx, id)
	if err != nil {
		return nil, err
	}
	var out []Edit
	now := data.Values{}
	deleted := false
	for _, op := range ops {
		t := txns[op.Txn]
		if s.past.Valid() && t.Day > s.past {
			continue // not known then
		}
		edit := Edit{Txn: t.ID, At: t.Stamp.Instant(), Day: t.Day, Name: t.Name, Device: t.Device, What: t.What}
		if c, ok := op.Cells[oplog.DeletedCell]; ok {
			gone := string(c.Value) == "true"
			edit.Field, edit.Old, edit.New = data.Field{Name: oplog.DeletedCell, Label: "Deleted", Type: data.TypeBool}, deleted, gone
			deleted = gone
			out = append(out, edit)
		}
		out = append(out, fieldEdits(k, op, edit, now)...)
	}
	return out, nil
}

// fieldEdits compares an op's cells with the values before it, which it updates.
func fieldEdits(k *data.Kind, op *oplog.Op, edit Edit, now data.Values) []Edit {
	next := data.Values{}
	for name, c := range op.Cells {
		if fields := k.CellFields(name); len(fields) > 0 {
			decodeCell(fields, c.Value, next)
		}
	}
	var out []Edit
	for _, f := range k.Fields {
		v, wrote := next[f.Name]
		if !wrote || bytes.Equal(data.AppendJSON(nil, now[f.Name]), data.AppendJSON(nil, v)) {
			continue
		}
		edit.Field, edit.Old, edit.New = f, now[f.Name], v
		now[f.Name] = v
		out = append(out, edit)
	}
	return out
}

// opsOf reads all ops of a row in the order of their stamps.
func (s *Store) opsOf(ctx context.Context, id data.ID) ([]*oplog.Op, map[data.ID]oplog.Txn, error) {
	return opsOf(ctx, s.read, id)
}

// idList is the inside of IN (…) for ids, with the values that stand for it.
func idList(ids []data.ID) (marks string, args []any) {
	args = make([]any, len(ids))
	for i := range ids {
		args[i] = ids[i][:]
	}
	return strings.TrimPrefix(strings.Repeat(",?", len(ids)), ","), args
}

// opsOf gives the ops of rows in the order of time, with their acts.
func opsOf(ctx context.Context, q querier, of ...data.ID) ([]*oplog.Op, map[data.ID]oplog.Txn, error) {
	ids, err := replicaIDs(ctx, q)
	if err != nil {
		return nil, nil, err
	}
	marks, args := idList(of)
	rows, err := q.QueryContext(ctx, `SELECT `+opColumns+`,
		t.id, t.replica, `+shownAuthor+`, t.device, t.day, t.stamp, `+shownWords+`, t.undo_of
		FROM entity e JOIN op o ON o.entity = e.key JOIN kind k ON k.key = e.kind JOIN txn t ON t.key = o.txn
		WHERE e.id IN (`+marks+`)`, args...)
	if err != nil {
		return nil, nil, dbError(err)
	}
	defer rows.Close()
	var ops []*oplog.Op
	txns := map[data.ID]oplog.Txn{}
	for rows.Next() {
		var t oplog.Txn
		var txnID, undo []byte
		var replica data.Key
		op, _, err := scanOp(scanWith{rows, []any{&txnID, &replica, &t.Name, &t.Device, &t.Day, &t.Stamp, &t.What, &undo}}, ids)
		if err != nil {
			return nil, nil, err
		}
		t.ID, t.Replica = readID(txnID), ids[replica]
		copy(t.UndoOf[:], undo)
		op.Txn = t.ID
		txns[t.ID] = t
		ops = append(ops, op)
	}
	slices.SortFunc(ops, func(a, b *oplog.Op) int {
		return oplog.Entry{Dot: a.Dot, Stamp: a.Stamp}.Compare(oplog.Entry{Dot: b.Dot, Stamp: b.Stamp})
	})
	return ops, txns, dbError(rows.Err())
}

// scanWith scans further columns behind those that the caller names.
type scanWith struct {
	rows  *sql.Rows
	extra []any
}

func (s scanWith) Scan(into ...any) error { return s.rows.Scan(append(into, s.extra...)...) }

// LogEntry is one transaction of the whole book's log.
type LogEntry struct {
	oplog.Txn
	Rows int // rows it touched
}

// Log lists transactions, newest first; limit 0 is all.
func (s *Store) Log(ctx context.Context, limit int) ([]LogEntry, error) {
	if limit == 0 {
		limit = -1
	}
	ids, err := s.replicaIDs(ctx)
	if err != nil {
		return nil, err
	}
	rows, err := s.read.QueryContext(ctx, `SELECT t.id, t.replica, t.author, `+shownAuthor+`, t.device, t.day, t.stamp, `+shownWords+`, t.undo_of,
		(SELECT count(DISTINCT o.entity) FROM op o WHERE o.txn = t.key) FROM txn t ORDER BY t.stamp DESC, t.key DESC LIMIT ?`, limit)
	if err != nil {
		return nil, dbError(err)
	}
	defer rows.Close()
	var out []LogEntry
	for rows.Next() {
		var e LogEntry
		var id, author, undo []byte
		var replica data.Key
		if err := rows.Scan(&id, &replica, &author, &e.Name, &e.Device, &e.Day, &e.Stamp, &e.What, &undo, &e.Rows); err != nil {
			return nil, dbError(err)
		}
		e.ID, e.Replica = readID(id), ids[replica]
		copy(e.Author[:], author)
		copy(e.UndoOf[:], undo)
		out = append(out, e)
	}
	return out, dbError(rows.Err())
}
