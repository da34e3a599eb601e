package store

import (
	"database/sql"

	"fieldbook/data"
	"fieldbook/data/oplog"
)

// EachState calls fn with every state that a row of a kind had in this book, in
// the order in which its edits came here, then in the order in which they were
// made, until fn wants no more. The values are fn's to keep.
func (tx *Tx) EachState(kind string, id data.ID, fn func(values data.Values) (more bool)) error {
	k, err := tx.Kind(kind)
	if err != nil {
		return err
	}
	made, _, err := opsOf(tx.ctx, tx.s.write, id)
	if err != nil {
		return err
	}
	came, err := tx.arrivals(id)
	if err != nil {
		return err
	}
	byDot := map[oplog.Dot]*oplog.Op{}
	for _, op := range made {
		byDot[op.Dot] = op
	}
	ordered := make([]*oplog.Op, 0, len(made))
	for _, dot := range came {
		if op := byDot[dot]; op != nil {
			ordered = append(ordered, op)
		}
	}
	for _, ops := range [][]*oplog.Op{ordered, made} {
		book := oplog.NewBook()
		for _, op := range ops {
			book.Apply(op)
			if !fn(winningValues(k, book, id)) {
				return nil
			}
		}
	}
	return nil
}

// arrivals lists the ops of a row in the order in which this book got them.
func (tx *Tx) arrivals(id data.ID) ([]oplog.Dot, error) {
	ids, err := tx.replicaNames()
	if err != nil {
		return nil, err
	}
	var out []oplog.Dot
	err = tx.rows(`SELECT o.replica, o.seq FROM entity e JOIN op o ON o.entity = e.key WHERE e.id = ? ORDER BY o.txn, o.seq`, []any{id[:]}, func(r *sql.Rows) error {
		var replica data.Key
		var dot oplog.Dot
		err := r.Scan(&replica, &dot.Seq)
		dot.Replica = ids[replica]
		out = append(out, dot)
		return err
	})
	return out, err
}

// Deleted reports whether a row was deleted by somebody. One that an undo took
// out again was not: it was never to be there.
func (tx *Tx) Deleted(id data.ID) (bool, error) {
	e, err := tx.s.entityOf(tx.ctx, id)
	if err != nil || !e.deleted || e.born.seq == 0 {
		return false, err
	}
	deleted := false
	err = tx.rows(`SELECT 1 FROM live l JOIN op o ON o.replica = l.replica AND o.seq = l.seq JOIN txn t ON t.key = o.txn
		WHERE l.entity = ? AND l.cell = '_deleted' AND t.undo_of IS NULL`, []any{int64(e.key)}, func(*sql.Rows) error {
		deleted = true
		return nil
	})
	return deleted, err
}
