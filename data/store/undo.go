package store

import (
	"context"
	"database/sql"
	"errors"
	"strings"

	"fieldbook/data"
	"fieldbook/data/oplog"
)

// Step is one thing this replica did, as undo sees it.
type Step struct {
	Txn    data.ID
	What   string
	Name   string
	Stamp  oplog.Stamp
	Undone bool
}

// Steps lists what can be undone (newest first) and redone, both across restarts.
// Of a step of several acts the last one stands for it.
func (s *Store) Steps(ctx context.Context, limit int) ([]Step, error) {
	rows, err := s.read.QueryContext(ctx, `SELECT t.id, `+shownWords+`, `+shownAuthor+`, t.stamp, h.undone <> 0 FROM history h JOIN txn t ON t.key = h.txn WHERE h.more = 0 ORDER BY h.pos DESC LIMIT ?`, limit)
	if err != nil {
		return nil, dbError(err)
	}
	defer rows.Close()
	var out []Step
	for rows.Next() {
		var st Step
		var id []byte
		if err := rows.Scan(&id, &st.What, &st.Name, &st.Stamp, &st.Undone); err != nil {
			return nil, dbError(err)
		}
		st.Txn = readID(id)
		out = append(out, st)
	}
	return out, dbError(rows.Err())
}

// Undone says what an undo or redo did.
type Undone struct {
	Result
	What string
	Rows int       // rows put back
	Kept []data.ID // rows that were edited since and stay as they are
}

// Undo takes back a transaction of this replica, or where txn is NoID the newest
// that somebody asked for and that is not taken back. What was edited since
// stays and is listed.
func (s *Store) Undo(ctx context.Context, txn data.ID, author Act) (Undone, error) {
	return s.takeBack(ctx, undoing(txn, author))
}

// RehearseUndo says what Undo would do, and does it not.
func (s *Store) RehearseUndo(ctx context.Context, txn data.ID, author Act) (Undone, error) {
	var out Undone
	act := author
	act.Aside = true
	err := s.Rehearse(ctx, act, func(tx *Tx) error { return tx.takeBack(undoing(txn, author), &out) })
	return out, err
}

// nothingLogged stands in older books for the transaction of an undo that found nothing left to put back.
const nothingLogged = -1

func undoing(txn data.ID, author Act) reversal {
	find, args := `SELECT pos FROM history WHERE undone = 0 AND unasked = 0 ORDER BY pos DESC LIMIT 1`, []any{}
	if !txn.IsZero() {
		find, args = `SELECT h.pos FROM history h JOIN txn t ON t.key = h.txn WHERE h.undone = 0 AND t.id = ?`, []any{txn[:]}
	}
	return reversal{find: find, args: args, column: "h.txn", order: "DESC", verb: "Undo: ", author: author, mark: func(tx *Tx, pos data.Key) error {
		_, err := tx.s.exec(tx.ctx, `UPDATE history SET undone = ? WHERE pos = ?`, tx.key, pos)
		return err
	}}
}

// Redo brings back what was undone last.
func (s *Store) Redo(ctx context.Context, author Act) (Undone, error) {
	return s.takeBack(ctx, redoing(author))
}

func redoing(author Act) reversal {
	return reversal{
		find: `SELECT pos FROM history WHERE undone <> 0 ORDER BY pos LIMIT 1`, column: "h.undone", order: "ASC",
		verb: "Redo: ", author: author, mark: func(tx *Tx, pos data.Key) error {
			if tx.key == 0 {
				_, err := tx.s.exec(tx.ctx, `UPDATE history SET undone = 0 WHERE pos = ?`, pos)
				return err
			}
			// The redo stands for the act from now on, so that it can be undone again.
			_, err := tx.s.exec(tx.ctx, `UPDATE history SET undone = 0, txn = ? WHERE pos = ?`, tx.key, pos)
			return err
		},
	}
}

// reversal takes a step back or brings it back, act by act.
type reversal struct {
	find   string // a line of the step
	args   []any
	column string // the transaction that is reversed
	order  string // of the step's acts
	verb   string
	author Act
	mark   func(tx *Tx, pos data.Key) error
}

func (s *Store) takeBack(ctx context.Context, r reversal) (Undone, error) {
	var out Undone
	act := r.author
	act.Aside = true
	res, err := s.Write(ctx, act, func(tx *Tx) error { return tx.takeBack(r, &out) })
	out.Result = res
	return out, err
}

// stepAct is one act of a step.
type stepAct struct {
	pos, txn data.Key
	what     string
	day      data.Day
	id       data.ID
}

func (tx *Tx) takeBack(r reversal, out *Undone) error {
	acts, err := tx.stepActs(r)
	if err != nil {
		return err
	}
	if len(acts) == 0 && len(r.args) > 0 {
		if erased, err := tx.erasedBy(r.args[0]); err != nil || erased {
			return errors.Join(err, errForGood)
		}
	}
	if len(acts) == 0 {
		return data.Errorf(data.NotFound, "there is nothing to take back")
	}
	act := r.author
	act.Aside = true
	for i, a := range acts {
		if i > 0 {
			if err := tx.Next(act); err != nil {
				return err
			}
		}
		if err := tx.takeBackAct(r, a, out); err != nil {
			return err
		}
	}
	if out.What = acts[0].what; len(acts) > 1 {
		out.What = strings.TrimSuffix(out.What, asOfWords(acts[0].day))
	}
	return nil
}

// stepActs finds the acts of the step that a reversal is about, in the order in
// which it goes through them.
func (tx *Tx) stepActs(r reversal) (acts []stepAct, err error) {
	var pos, last data.Key
	var before sql.NullInt64
	found, err := tx.s.scanOne(tx.ctx, r.find, r.args, &pos)
	if err != nil || !found {
		return nil, err
	}
	_, err = tx.s.scanOne(tx.ctx, `SELECT (SELECT min(pos) FROM history WHERE pos >= ?1 AND more = 0), (SELECT max(pos) FROM history WHERE pos < ?1 AND more = 0)`, []any{pos}, &last, &before)
	if err != nil {
		return nil, err
	}
	query := `SELECT h.pos, ` + r.column + `, t.what, t.day, t.id FROM history h JOIN txn t ON t.key = h.txn WHERE h.pos > ? AND h.pos <= ? ORDER BY h.pos ` + r.order
	return acts, tx.rows(query, []any{before.Int64, last}, func(row *sql.Rows) error {
		var a stepAct
		var id []byte
		err := row.Scan(&a.pos, &a.txn, &a.what, &a.day, &id)
		a.id = readID(id)
		acts = append(acts, a)
		return err
	})
}

func (tx *Tx) takeBackAct(r reversal, a stepAct, out *Undone) error {
	tx.act.What, tx.act.UndoOf = r.verb+trimVerb(a.what), a.id
	if what, told := strings.CutSuffix(tx.act.What, asOfWords(a.day)); told {
		tx.act.What, tx.act.AsOf = what, a.day // what is told of a past day is taken back for that day
	}
	if a.txn != nothingLogged {
		if err := tx.reverse(a.txn, out); err != nil {
			return err
		}
		// Later ones must know of it, also where it found all as it shall be.
		if err := tx.begin(); err != nil {
			return err
		}
	}
	return r.mark(tx, a.pos)
}

func trimVerb(what string) string {
	for _, verb := range []string{"Undo: ", "Redo: "} {
		if len(what) > len(verb) && what[:len(verb)] == verb {
			return what[len(verb):]
		}
	}
	return what
}

// reverse writes compensating ops for every cell whose live value is still the
// transaction's: see rowLog.
func (tx *Tx) reverse(txn data.Key, out *Undone) error {
	p, err := tx.putBack(txn)
	if err != nil {
		return err
	}
	p.out = out
	return tx.reverseAll(p)
}

// putBack finds out what a transaction did. An undo or redo is about all rows
// of its act, also those that it left as they were.
func (tx *Tx) putBack(txn data.Key) (putBack, error) {
	rights, err := tx.rights()
	if err != nil {
		return putBack{}, err
	}
	p := putBack{txn: txn, members: rights.Now().Members()}
	if p.part, p.merged, err = tx.partOf(txn); err != nil {
		return putBack{}, err
	}
	if p.logs, err = tx.logBook(); err != nil {
		return putBack{}, err
	}
	merged := p.merged
	if act, found := p.logs.acts[txn]; found {
		txn = act
		if _, merged, err = tx.partOf(act); err != nil {
			return putBack{}, err
		}
	}
	query := `SELECT entity FROM op WHERE txn = ? ORDER BY seq DESC`
	if merged {
		query = `SELECT o.entity FROM merged m JOIN op o ON o.replica = m.replica AND o.seq BETWEEN m.from_seq AND m.to_seq WHERE m.txn = ? ORDER BY o.replica, o.seq DESC`
	}
	seen := map[data.Key]bool{}
	err = tx.rows(query, []any{txn}, func(r *sql.Rows) error {
		var e data.Key
		err := r.Scan(&e)
		if !seen[e] {
			seen[e] = true
			p.rows = append(p.rows, e)
		}
		return err
	})
	return p, err
}

// partOf tells which ops a transaction wrote or, being a merge, brought.
func (tx *Tx) partOf(txn data.Key) (part func(dbDot) bool, merged bool, err error) {
	dots, err := tx.runsOf(`SELECT replica, from_seq, to_seq FROM merged WHERE txn = ? ORDER BY replica, from_seq`, txn)
	merged = len(dots) > 0
	if err == nil && !merged {
		dots, err = tx.runsOf(`SELECT replica, min(seq), max(seq) FROM op WHERE txn = ? GROUP BY replica`, txn)
	}
	return func(d dbDot) bool { return dots[d.replica].Has(d.seq) }, merged, err
}

func (tx *Tx) runsOf(query string, txn data.Key) (map[data.Key]oplog.Ranges, error) {
	out := map[data.Key]oplog.Ranges{}
	err := tx.rows(query, []any{txn}, func(r *sql.Rows) error {
		var replica data.Key
		var from, to uint64
		err := r.Scan(&replica, &from, &to)
		out[replica] = out[replica].Add(from, to)
		return err
	})
	return out, err
}
