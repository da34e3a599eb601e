package store

import (
	"database/sql"
	"maps"
	"slices"

	"fieldbook/data"
	"fieldbook/data/oplog"
)

// refold works out a row anew from the ops that the log holds of it: after ops
// were taken out, or values came or went that they had told otherwise.
func (tx *Tx) refold(key data.Key) error {
	e, id, k, err := tx.entityByKey(key)
	if err != nil {
		return err
	}
	ids, err := tx.replicaNames()
	if err != nil {
		return err
	}
	book, back, err := tx.foldRow(key, ids)
	if err != nil {
		return err
	}
	for _, table := range []string{"live", "gone", "conflict"} {
		if _, err := tx.s.exec(tx.ctx, "DELETE FROM "+table+" WHERE entity = ?", key); err != nil {
			return err
		}
	}
	row := book.Row(id)
	if row == nil {
		return tx.unborn(k, id, e)
	}
	if e.born, err = tx.bornAnew(e, back); err != nil {
		return err
	}
	gone := book.Deletion(id) == oplog.Deleted
	if _, err := tx.s.exec(tx.ctx, `UPDATE entity SET born_replica = ?, born_seq = ?, deleted = ? WHERE key = ?`, e.born.replica, e.born.seq, gone, key); err != nil {
		return err
	}
	e.deleted = gone
	tx.s.dicts.keep(id, e)
	for name, reg := range row.Cells {
		if err := tx.saveRefolded(e, name, reg, back); err != nil {
			return err
		}
	}
	if k == nil {
		return nil
	}
	tx.change.Mark(k.Name, id)
	if err := tx.markConflict(key, oplog.DeletedCell, book.Deletion(id) == oplog.Contested); err != nil {
		return err
	}
	return tx.showRefolded(k, e, row)
}

// showRefolded brings a row's table line in step.
func (tx *Tx) showRefolded(k *data.Kind, e entity, row *oplog.RowState) error {
	if e.deleted {
		_, err := tx.s.exec(tx.ctx, "DELETE FROM "+k.Name+" WHERE key = ?", e.key)
		return err
	}
	winners := map[string][]byte{}
	for name, reg := range row.Cells {
		if w, ok := reg.Winner(); ok && name != oplog.DeletedCell {
			winners[name] = w.Value
		}
	}
	return tx.insertWinners(k, e.key, winners)
}

// foldRow folds the ops of a row; back leads from shared dots to this file's.
func (tx *Tx) foldRow(key data.Key, ids map[data.Key]data.ID) (*oplog.Book, map[oplog.Dot]dbDot, error) {
	book, back := oplog.NewBook(), map[oplog.Dot]dbDot{}
	err := tx.rows(`SELECT `+opColumns+` FROM op o JOIN entity e ON e.key = o.entity JOIN kind k ON k.key = e.kind WHERE o.entity = ? ORDER BY o.replica, o.seq`,
		[]any{key}, func(r *sql.Rows) error {
			op, _, err := scanOp(r, ids)
			if err != nil {
				return err
			}
			replica, err := tx.s.replicaKey(tx.ctx, op.Replica)
			back[op.Dot] = dbDot{replica, op.Seq}
			book.Apply(op)
			return err
		})
	return book, back, err
}

// bornAnew is the op that a row stands on: still its first one, else the first
// of those that are left.
func (tx *Tx) bornAnew(e entity, left map[oplog.Dot]dbDot) (d dbDot, err error) {
	for _, d := range left {
		if d == e.born {
			return d, nil
		}
	}
	_, err = tx.s.scanOne(tx.ctx, `SELECT replica, seq FROM op WHERE entity = ? ORDER BY stamp, replica, seq LIMIT 1`, []any{e.key}, &d.replica, &d.seq)
	return d, err
}

// unborn leaves of a row only what others refer to.
func (tx *Tx) unborn(k *data.Kind, id data.ID, e entity) error {
	if _, err := tx.s.exec(tx.ctx, `UPDATE entity SET born_replica = NULL, born_seq = NULL, deleted = 0 WHERE key = ?`, e.key); err != nil {
		return err
	}
	e.born, e.deleted = dbDot{}, false
	tx.s.dicts.keep(id, e)
	if k == nil {
		return nil
	}
	tx.change.Mark(k.Name, id)
	_, err := tx.s.exec(tx.ctx, "DELETE FROM "+k.Name+" WHERE key = ?", e.key)
	return err
}

func (tx *Tx) saveRefolded(e entity, name string, reg *oplog.Register, back map[oplog.Dot]dbDot) error {
	lines := map[oplog.Dot]liveRow{}
	for _, l := range reg.Live {
		lines[l.Dot] = liveRow{name, back[l.Dot], l.Stamp, l.Value}
	}
	if err := tx.saveRegister(e, name, *reg, lines); err != nil {
		return err
	}
	for _, d := range slices.SortedFunc(maps.Keys(reg.Gone), oplog.Dot.Compare) {
		replica, err := tx.s.replicaKey(tx.ctx, d.Replica)
		if err != nil {
			return err
		}
		if tx.holds(dbDot{replica, d.Seq}) {
			continue
		}
		if _, err := tx.s.exec(tx.ctx, `INSERT OR IGNORE INTO gone (entity, cell, replica, seq) VALUES (?, ?, ?, ?)`, e.key, name, replica, d.Seq); err != nil {
			return err
		}
	}
	return nil
}

// retractFallen takes out of the book the ops that count no longer, since their
// device proved to be revoked or what they stood on fell, and folds their rows anew.
func (tx *Tx) retractFallen(rights *oplog.Rights, since oplog.RightsMark) error {
	ids, err := tx.replicaNames()
	if err != nil {
		return err
	}
	cut, fell := rights.Since(since)
	if fell {
		return tx.retractWhere(rights, ids, `1`, nil)
	}
	for _, key := range cut {
		if err := tx.retractWhere(rights, ids, `o.replica IN (SELECT r.key FROM replica r JOIN signer s ON s.key = r.signer WHERE s.public = ?)`, []any{[]byte(key)}); err != nil {
			return err
		}
	}
	return nil
}

// retractWhere takes out the ops among some that count no longer, and then what
// stood on them: whose a record was is told by ops of the same record.
func (tx *Tx) retractWhere(rights *oplog.Rights, ids map[data.Key]data.ID, where string, args []any) error {
	touched := map[data.Key]bool{}
	rows, err := tx.retract(rights, ids, where, args)
	for err == nil && len(rows) > 0 {
		for _, key := range rows {
			touched[key] = true
		}
		rows, err = tx.retract(rights, ids, `o.under IS NOT NULL AND o.entity IN (`+keyList(rows)+`)`, nil)
	}
	if err != nil {
		return err
	}
	for _, key := range slices.Sorted(maps.Keys(touched)) {
		if err := tx.refold(key); err != nil {
			return err
		}
	}
	return nil
}

// retract puts the ops among some that count no longer into quarantine and gives
// their rows.
func (tx *Tx) retract(rights *oplog.Rights, ids map[data.Key]data.ID, where string, args []any) ([]data.Key, error) {
	type fallen struct {
		d       dbDot
		op      *oplog.Op
		txn     data.Key
		entity  data.Key
		verdict oplog.Verdict
		body    opBody
	}
	var all []fallen
	acts := map[data.Key]*oplog.Txn{}
	err := tx.rows(`SELECT `+opColumns+`, o.replica, o.entity, o.cells, o.overwrites, o.under, o.hidden FROM op o JOIN entity e ON e.key = o.entity JOIN kind k ON k.key = e.kind WHERE `+where,
		args, func(r *sql.Rows) error {
			var x fallen
			var err error
			if x.op, x.txn, err = scanOp(scanWith{r, []any{&x.d.replica, &x.entity, &x.body.cells, &x.body.overwrites, &x.body.under, &x.body.hide}}, ids); err != nil {
				return err
			}
			x.d.seq = x.op.Seq
			t := acts[x.txn]
			if t == nil {
				got, err := tx.txnByKey(x.txn, ids)
				if err != nil {
					return err
				}
				t = &got
				acts[x.txn] = t
			}
			x.op.Txn = t.ID
			if x.verdict = rights.Judge(t, x.op, tx.ownerOf); x.verdict.Outcome != oplog.Counts {
				all = append(all, x)
			}
			return nil
		})
	if err != nil {
		return nil, err
	}
	rows := map[data.Key]bool{}
	for _, x := range all {
		line := opLine{d: x.d, txn: x.txn, cells: []byte(x.body.cells), overwrites: textOrNil(x.body.overwrites), under: textOrNil(x.body.under), hidden: textOrNil(x.body.hide)}
		if err := tx.setAside(line, x.op, x.verdict); err != nil {
			return nil, err
		}
		if _, err := tx.s.exec(tx.ctx, `DELETE FROM op WHERE replica = ? AND seq = ?`, x.d.replica, x.d.seq); err != nil {
			return nil, err
		}
		tx.drop(x.d)
		rows[x.entity] = true
		if x.op.Kind != data.KindRedaction {
			continue
		}
		if err := tx.unerase(x.d, x.op, rows); err != nil {
			return nil, err
		}
	}
	return slices.Sorted(maps.Keys(rows)), nil
}

func textOrNil(s sql.NullString) any {
	if !s.Valid {
		return nil
	}
	return s.String
}

// drop notes that an op is held no longer.
func (tx *Tx) drop(d dbDot) {
	tx.dropped.add(d)
}
