package store

import (
	"database/sql"
	"errors"

	"fieldbook/data"
	"fieldbook/data/oplog"
)

// Try runs one part of a transaction and, where it fails or its author has no
// right to it, takes that part alone back: the rest can go on. The error is what
// the author may be told.
func (tx *Tx) Try(fn func() error) error {
	if err := tx.begin(); err != nil {
		return err
	}
	if err := tx.statement("SAVEPOINT part"); err != nil {
		return err
	}
	next := tx.next
	err := fn()
	if err == nil {
		err = tx.judgeFrom(next)
	}
	if err != nil {
		tx.next = next
		back := tx.statement("ROLLBACK TO part")
		tx.s.dicts.reset()
		err = errors.Join(err, back)
	}
	return errors.Join(err, tx.statement("RELEASE part"))
}

func (tx *Tx) statement(query string) error {
	_, err := tx.s.write.ExecContext(tx.ctx, query)
	return dbError(err)
}

// judgeFrom is Refused where the author has no right to an op that he wrote from
// a seq on. What governs rights themselves is a lead's to change.
func (tx *Tx) judgeFrom(seq uint64) error {
	rights, err := tx.rights()
	if err != nil || !rights.Founded() || seq == tx.next || tx.reachesAll(rights) {
		return err
	}
	signer, err := tx.s.mySigner(tx.ctx)
	if err != nil {
		return err
	}
	if signer == nil {
		return data.Errorf(data.Refused, "this computer holds no key of this book")
	}
	act := tx.log
	act.Key = signer.Public()
	ids, err := replicaIDs(tx.ctx, tx.s.write)
	if err != nil {
		return err
	}
	var ops []*oplog.Op
	err = tx.rows(`SELECT `+opColumns+` FROM op o JOIN entity e ON e.key = o.entity JOIN kind k ON k.key = e.kind
		WHERE o.replica = ? AND o.seq >= ? AND o.seq < ? ORDER BY o.seq`, []any{tx.s.replica, seq, tx.next}, func(r *sql.Rows) error {
		op, _, err := scanOp(r, ids)
		ops = append(ops, op)
		return err
	})
	if err != nil {
		return err
	}
	for _, op := range ops {
		if oplog.Governs(op) {
			return data.Errorf(data.Refused, "it says who may do what in this book, which a lead changes")
		}
		switch v := rights.Judge(&act, op, tx.ownerOf); {
		case v.Outcome == oplog.Counts:
		case v.Refusal != nil:
			return v.Refusal.Err()
		default:
			return data.Errorf(data.Refused, "%s", v.Reason)
		}
	}
	return nil
}
