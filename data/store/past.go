package store

import (
	"context"
	"database/sql"
	"encoding/json"

	"fieldbook/data"
	"fieldbook/data/oplog"
)

// StageEdit is one logged edit of a deal's stage or amount.
type StageEdit struct {
	Deal   data.Key
	Day    data.Day // the author's
	Txn    data.ID
	UndoOf data.ID // the transaction that it takes back or brings back
	Staged bool
	Stage  data.ID // with Staged
	Close  data.Day
	Priced bool
	Amount data.Value // with Priced: int64, or nil for none
	Money  string     // its currency

	told bool // see tellsOf
}

// PastQuery narrows what is read from the log.
type PastQuery struct {
	Deals []data.Key // nil is all
	Until data.Day   // edits of later days are left out, first ops aside; NoDay is none
}

// EachStageEdit calls fn with every edit of the deals whose stage changed after
// they entered the book, the oldest first, deal by deal. The first is that of
// the deal's creation, unless an act told of days before it.
func (s *Store) EachStageEdit(ctx context.Context, q PastQuery, fn func(StageEdit) error) error {
	k, err := data.KindByName(data.KindDeal)
	if err != nil {
		return err
	}
	stage, amount := k.CellFields("stage"), k.CellFields("amount")
	query := `SELECT o.entity, t.day, t.id, t.undo_of, o.cells, t.what FROM op o JOIN txn t ON t.key = o.txn JOIN entity e ON e.key = o.entity
		WHERE o.entity IN (SELECT l.entity FROM live l WHERE l.cell = 'stage'`
	if q.Deals != nil {
		query += ` AND l.entity IN (` + keyList(q.Deals) + `)`
	}
	query += `) AND e.kind = (SELECT key FROM kind WHERE name = 'deal')`
	var args []any
	if q.Until.Valid() {
		query += ` AND (t.day <= ? OR o.replica = e.born_replica AND o.seq = e.born_seq)`
		args = append(args, int64(q.Until))
	}
	query += ` ORDER BY o.entity, o.stamp, o.replica, o.seq`
	var edit StageEdit
	var txn, undo, cells []byte
	var what string
	row := inTurn[StageEdit]{until: q.Until, fn: fn}
	err = s.scanAll(ctx, query, args, []any{&edit.Deal, &edit.Day, &txn, &undo, &cells, &what}, func() error {
		var named map[string]json.RawMessage
		if json.Unmarshal(cells, &named) != nil {
			return data.Errorf(data.Internal, "the log holds an entry that cannot be read; run `fieldbook verify`")
		}
		e := StageEdit{Deal: edit.Deal, Day: edit.Day, Close: data.NoDay, told: tellsOf(what, edit.Day)}
		copy(e.Txn[:], txn)
		copy(e.UndoOf[:], undo)
		values := data.Values{}
		if raw, ok := named["stage"]; ok {
			decodeCell(stage, raw, values)
			e.Staged = true
			e.Stage, _ = values["stage"].(data.ID)
			if d, ok := values["close_day"].(data.Day); ok {
				e.Close = d
			}
		}
		if raw, ok := named["amount"]; ok {
			decodeCell(amount, raw, values)
			e.Priced, e.Amount = true, values["amount"]
			e.Money, _ = values["currency"].(string)
		}
		if !e.Staged && !e.Priced {
			return nil
		}
		return row.take(e.Deal, e)
	})
	if err != nil {
		return err
	}
	return row.tell()
}

// FieldEdit is one logged value of a field.
type FieldEdit struct {
	Row   data.Key
	Day   data.Day
	Value data.Value // nil where it was cleared

	told bool // see tellsOf
}

// EditQuery says whose edits are read from the log.
type EditQuery struct {
	Kind, Field string
	Rows        []data.Key // nil is all
	Until       data.Day   // edits of later days are left out, first ops aside; NoDay is none
}

// EachFieldEdit calls fn with every value that a field of a kind was given, for
// the rows where it changed after they entered the book, the oldest first, row
// by row.
func (s *Store) EachFieldEdit(ctx context.Context, q EditQuery, fn func(FieldEdit) error) error {
	k, err := data.KindByName(q.Kind)
	if err != nil {
		return err
	}
	f, ok := k.Field(q.Field)
	if !ok {
		return data.FieldErrorf(q.Field, "a %s has no field %q", k.Label, q.Field)
	}
	fields := k.CellFields(f.Cell)
	query := `SELECT o.entity, t.day, o.cells, t.what FROM op o JOIN txn t ON t.key = o.txn JOIN entity e ON e.key = o.entity
		WHERE o.entity IN (SELECT l.entity FROM live l WHERE l.cell = ?`
	if q.Rows != nil {
		query += ` AND l.entity IN (` + keyList(q.Rows) + `)`
	}
	query += `) AND e.kind = (SELECT key FROM kind WHERE name = ?)`
	args := []any{f.Cell, k.Name}
	if q.Until.Valid() {
		query += ` AND (t.day <= ? OR o.replica = e.born_replica AND o.seq = e.born_seq)`
		args = append(args, int64(q.Until))
	}
	var e FieldEdit
	var cells []byte
	var what string
	turn := inTurn[FieldEdit]{until: q.Until, fn: fn}
	err = s.scanAll(ctx, query+` ORDER BY o.entity, o.stamp, o.replica, o.seq`, args, []any{&e.Row, &e.Day, &cells, &what}, func() error {
		var named map[string]json.RawMessage
		if json.Unmarshal(cells, &named) != nil {
			return data.Errorf(data.Internal, "the log holds an entry that cannot be read; run `fieldbook verify`")
		}
		raw, ok := named[f.Cell]
		if !ok {
			return nil
		}
		values := data.Values{}
		decodeCell(fields, raw, values)
		e.Value, e.told = values[q.Field], tellsOf(what, e.Day)
		return turn.take(e.Row, e)
	})
	if err != nil {
		return err
	}
	return turn.tell()
}

// Past is a row as it stood on an earlier day, where that differs from how it
// stands now.
type Past struct {
	Kind   string
	Key    data.Key
	ID     data.ID
	Born   data.Day // when it entered the book
	Gone   bool     // it was not in the book
	Values data.Values
}

// changedAfter lists the rows that a later day's edit changed. A row that
// entered the book after the day keeps its first values, unless it is gone
// again: what an undo took out was never there.
const changedAfter = `SELECT l.entity FROM live l JOIN op o ON o.replica = l.replica AND o.seq = l.seq JOIN txn t ON t.key = o.txn WHERE t.day > ?`

// ChangedAfter reports whether any row stands otherwise now than at the end of
// the day.
func (s *Store) ChangedAfter(ctx context.Context, day data.Day) (bool, error) {
	var last sql.NullInt64
	if err := s.read.QueryRowContext(ctx, `SELECT max(day) FROM txn`).Scan(&last); err != nil || last.Int64 <= int64(day) {
		return false, dbError(err)
	}
	keys, err := s.keysOf(ctx, changedAfter+` LIMIT 1`, int64(day))
	return len(keys) > 0, err
}

// EditedAfter gives the rows of a kind that acts of later days touched which
// nobody took back, each with the last such day.
func (s *Store) EditedAfter(ctx context.Context, kind string, day data.Day) (map[data.ID]data.Day, error) {
	rows, err := s.read.QueryContext(ctx, `WITH RECURSIVE turn (act) AS (SELECT undo_of FROM txn WHERE undo_of IS NOT NULL
			UNION ALL SELECT t.undo_of FROM turn JOIN txn t ON t.id = turn.act WHERE t.undo_of IS NOT NULL),
		gone (act) AS (SELECT act FROM turn GROUP BY act HAVING count(*) % 2 = 1)
		SELECT e.id, max(t.day) FROM txn t JOIN op o ON o.txn = t.key JOIN entity e ON e.key = o.entity
		WHERE t.day > ? AND t.undo_of IS NULL AND t.id NOT IN (SELECT act FROM gone)
		AND e.kind = (SELECT key FROM kind WHERE name = ?) GROUP BY e.id`, int64(day), kind)
	if err != nil {
		return nil, dbError(err)
	}
	defer rows.Close()
	out := map[data.ID]data.Day{}
	for rows.Next() {
		var id []byte
		var last data.Day
		if err := rows.Scan(&id, &last); err != nil {
			return nil, dbError(err)
		}
		out[readID(id)] = last
	}
	return out, dbError(rows.Err())
}

// EachPast calls fn with every row that an edit of a later day changed, as it
// stood at the end of the day: by the ops up to then, its first op whenever
// that was.
func (s *Store) EachPast(ctx context.Context, day data.Day, fn func(Past) error) error {
	ids, err := s.replicaIDs(ctx)
	if err != nil {
		return err
	}
	rows, err := s.read.QueryContext(context.WithoutCancel(ctx), `SELECT `+opColumns+`,
		e.key, t.day, e.deleted, o.replica = e.born_replica AND o.seq = e.born_seq
		FROM op o JOIN entity e ON e.key = o.entity JOIN kind k ON k.key = e.kind JOIN txn t ON t.key = o.txn
		WHERE o.entity IN (`+changedAfter+`) ORDER BY o.entity`, int64(day))
	if err != nil {
		return dbError(err)
	}
	defer rows.Close()
	erased, err := erasedIn(ctx, s.read)
	if err != nil {
		return err
	}
	now := rewinder{erased: erased}
	for rows.Next() {
		if err := ctx.Err(); err != nil {
			return dbError(err)
		}
		var line pastLine
		op, _, err := scanOp(scanWith{rows, []any{&line.key, &line.day, &line.deleted, &line.born}}, ids)
		if err != nil {
			return err
		}
		if line.key != now.past.Key {
			if err := now.tell(fn); err != nil {
				return err
			}
			now = rewinder{erased: erased, past: Past{Kind: op.Kind, Key: line.key, ID: op.Row, Born: data.NoDay}, book: oplog.NewBook()}
		}
		now.take(op, line, day)
	}
	if err := rows.Err(); err != nil {
		return dbError(err)
	}
	return now.tell(fn)
}

type pastLine struct {
	key           data.Key
	day           data.Day
	deleted, born bool
}

// rewinder folds the ops of one row up to a day.
type rewinder struct {
	past Past
	book *oplog.Book
	held bool // some op counted

	erased erasures
}

func (r *rewinder) take(op *oplog.Op, line pastLine, day data.Day) {
	if line.born {
		r.past.Born = line.day
	}
	if line.day > day && (!line.born || line.deleted) {
		return
	}
	r.held = true
	r.book.Apply(op)
}

func (r *rewinder) tell(fn func(Past) error) error {
	if r.book == nil {
		return nil
	}
	k, err := data.KindByName(r.past.Kind)
	if err != nil {
		return nil //nolint:nilerr // of a newer Fieldbook, which no figure knows
	}
	r.past.Gone = !r.held || r.book.Deletion(r.past.ID) == oplog.Deleted
	if !r.past.Gone {
		winners := map[string][]byte{}
		for name, reg := range r.book.Row(r.past.ID).Cells {
			if e, ok := reg.Winner(); ok {
				winners[name] = e.Value
			}
		}
		r.past.Values = valuesOf(k, winners)
		r.erased.standIn(k.Name, r.past.ID, r.past.Values)
	}
	return fn(r.past)
}
