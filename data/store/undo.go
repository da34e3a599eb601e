package store

import (
	"context"
	"database/sql"

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
func (s *Store) Steps(ctx context.Context, limit int) ([]Step, error) {
	rows, err := s.read.QueryContext(ctx, `SELECT t.id, t.what, t.name, t.stamp, h.undone <> 0 FROM history h JOIN txn t ON t.key = h.txn ORDER BY h.pos DESC LIMIT ?`, limit)
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
		st.Txn = data.ID(id)
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

// Undo takes back a transaction of this replica, or the newest that is not
// taken back where txn is NoID. What was edited since stays and is listed.
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

// nothingLogged stands for the transaction of an undo that found nothing left to put back.
const nothingLogged = -1

func undoing(txn data.ID, author Act) reversal {
	query, args := `SELECT h.pos, h.txn, t.what, t.id FROM history h JOIN txn t ON t.key = h.txn WHERE h.undone = 0 ORDER BY h.pos DESC LIMIT 1`, []any{}
	if !txn.IsZero() {
		query, args = `SELECT h.pos, h.txn, t.what, t.id FROM history h JOIN txn t ON t.key = h.txn WHERE h.undone = 0 AND t.id = ?`, []any{txn[:]}
	}
	return reversal{find: query, args: args, verb: "Undo: ", author: author, mark: func(tx *Tx, pos data.Key) error {
		key := tx.key
		if key == 0 {
			key = nothingLogged
		}
		_, err := tx.s.exec(tx.ctx, `UPDATE history SET undone = ? WHERE pos = ?`, key, pos)
		return err
	}}
}

// Redo brings back what was undone last.
func (s *Store) Redo(ctx context.Context, author Act) (Undone, error) {
	return s.takeBack(ctx, redoing(author))
}

func redoing(author Act) reversal {
	return reversal{
		find: `SELECT h.pos, h.undone, t.what, t.id FROM history h JOIN txn t ON t.key = h.txn WHERE h.undone <> 0 ORDER BY h.pos LIMIT 1`,
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

type reversal struct {
	find   string
	args   []any
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

func (tx *Tx) takeBack(r reversal, out *Undone) error {
	var pos, txn data.Key
	var id []byte
	found, err := tx.s.scanOne(tx.ctx, r.find, r.args, &pos, &txn, &out.What, &id)
	if err != nil {
		return err
	}
	if !found {
		return data.Errorf(data.NotFound, "there is nothing to take back")
	}
	tx.act.What = r.verb + trimVerb(out.What)
	tx.act.UndoOf = data.ID(id)
	if txn != nothingLogged {
		if err := tx.reverse(txn, out); err != nil {
			return err
		}
	}
	return r.mark(tx, pos)
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
// transaction's.
func (tx *Tx) reverse(txn data.Key, out *Undone) error {
	p, err := tx.putBack(txn)
	if err != nil {
		return err
	}
	p.out = out
	return tx.reverseAll(p)
}

// putBack finds out what a transaction did.
func (tx *Tx) putBack(txn data.Key) (putBack, error) {
	dots, err := tx.merges(txn)
	if err != nil {
		return putBack{}, err
	}
	p := putBack{merged: len(dots) > 0}
	query, args := `SELECT entity FROM op WHERE txn = ? ORDER BY seq DESC`, []any{txn}
	if p.merged {
		query = `SELECT o.entity FROM merged m JOIN op o ON o.replica = m.replica AND o.seq BETWEEN m.from_seq AND m.to_seq WHERE m.txn = ? ORDER BY o.replica, o.seq DESC`
	}
	if p.part, err = tx.partOf(txn); err != nil {
		return putBack{}, err
	}
	seen := map[data.Key]bool{}
	err = tx.rows(query, args, func(r *sql.Rows) error {
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
func (tx *Tx) partOf(txn data.Key) (func(dbDot) bool, error) {
	dots, err := tx.merges(txn)
	if err == nil && len(dots) == 0 {
		dots, err = tx.dotsOf(txn)
	}
	return func(d dbDot) bool { return dots[d.replica].Has(d.seq) }, err
}

// besides are the values that an undo's op replaced beside those that it took
// back: they would live on if what it put back in their place went too.
func (tx *Tx) besides(name string, d dbDot) ([]liveRow, error) {
	var txn data.Key
	found, err := tx.s.scanOne(tx.ctx, `SELECT was.key FROM op o JOIN txn t ON t.key = o.txn JOIN txn was ON was.id = t.undo_of WHERE o.replica = ? AND o.seq = ?`,
		[]any{d.replica, d.seq}, &txn)
	if err != nil || !found {
		return nil, err
	}
	undone, err := tx.partOf(txn)
	if err != nil {
		return nil, err
	}
	replaced, err := tx.replacedBy(name, d)
	if err != nil {
		return nil, err
	}
	var out []liveRow
	for _, l := range replaced {
		if mine, _, err := tx.stems(name, l.dot, undone); err != nil {
			return nil, err
		} else if !mine {
			out = append(out, l)
		}
	}
	return out, nil
}

func (tx *Tx) dotsOf(txn data.Key) (map[data.Key]oplog.Ranges, error) {
	out := map[data.Key]oplog.Ranges{}
	err := tx.rows(`SELECT replica, min(seq), max(seq) FROM op WHERE txn = ? GROUP BY replica`, []any{txn}, func(r *sql.Rows) error {
		var replica data.Key
		var from, to uint64
		err := r.Scan(&replica, &from, &to)
		out[replica] = out[replica].Add(from, to)
		return err
	})
	return out, err
}

func (tx *Tx) merges(txn data.Key) (map[data.Key]oplog.Ranges, error) {
	out := map[data.Key]oplog.Ranges{}
	err := tx.rows(`SELECT replica, from_seq, to_seq FROM merged WHERE txn = ? ORDER BY replica, from_seq`, []any{txn}, func(r *sql.Rows) error {
		var replica data.Key
		var from, to uint64
		err := r.Scan(&replica, &from, &to)
		out[replica] = out[replica].Add(from, to)
		return err
	})
	return out, err
}

// reverseRow puts one row back: it is deleted again where part bore it, and
// otherwise gets back the values that part replaced.
func (tx *Tx) reverseRow(key data.Key, part func(dbDot) bool, out *Undone) error {
	e, id, k, err := tx.entityByKey(key)
	if err != nil || k == nil {
		return err
	}
	live, err := tx.allLive(key)
	if err != nil {
		return err
	}
	ours, others := false, false
	for _, l := range live {
		mine, blank, err := tx.stems(l.cell, l.dot, part)
		if err != nil {
			return err
		}
		if l.cell != oplog.DeletedCell && !mine && !blank {
			others = true
		}
		ours = ours || mine
	}
	if part(e.born) {
		switch {
		case others:
			out.Kept = append(out.Kept, id)
			return nil
		case e.deleted:
			return nil // came and went
		}
		out.Rows++
		return tx.deleteSeen(k, id, e)
	}
	if !ours {
		out.Kept = append(out.Kept, id)
		return nil
	}
	return tx.restoreCells(restore{k: k, id: id, e: e, live: live, part: part}, out)
}

func (tx *Tx) entityByKey(key data.Key) (e entity, id data.ID, k *data.Kind, err error) {
	var raw []byte
	var replica, seq sql.NullInt64
	var kind string
	_, err = tx.s.scanOne(tx.ctx, `SELECT e.kind, e.id, e.born_replica, e.born_seq, e.deleted, k.name FROM entity e JOIN kind k ON k.key = e.kind WHERE e.key = ?`,
		[]any{key}, &e.kind, &raw, &replica, &seq, &e.deleted, &kind)
	if err != nil {
		return e, id, nil, err
	}
	e.key = key
	e.born = dbDot{data.Key(replica.Int64), uint64(seq.Int64)}
	copy(id[:], raw)
	if k, err = tx.s.Kind(kind); err != nil {
		return e, id, nil, nil // a kind of a newer Fieldbook: left alone
	}
	return e, id, k, nil
}
