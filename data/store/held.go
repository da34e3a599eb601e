package store

import (
	"database/sql"
	"errors"

	"fieldbook/data"
	"fieldbook/data/oplog"
)

// heldOps compares ops that come again with those that the log holds. Both run
// in the order of seqs, so one reading of the log serves a whole file.
type heldOps struct {
	tx      *Tx
	replica data.Key
	rows    *sql.Rows
	line    heldOp
	some    bool // line holds an op
}

type heldOp struct {
	seq         uint64
	stamp       oplog.Stamp
	txn, entity data.Key
	body        opBody
}

// check is Invalid where the log holds another op under the same dot: two files
// took themselves for the same replica, or one was tampered with.
func (h *heldOps) check(in mergedOp) error {
	if err := h.seek(in.d); err != nil {
		return err
	}
	if !h.some || h.line.seq != in.d.seq {
		// It came earlier in this transaction, which other connections do not see.
		if err := h.look(in.d); err != nil {
			return err
		}
	}
	if h.line.stamp == in.op.Stamp && h.line.txn == in.txn.key && h.line.entity == in.e.key && in.e.kind == in.kind.key {
		same, err := h.sameContent(in)
		if err != nil || same {
			return err
		}
	}
	return errCollides()
}

// seek moves to the op of a dot or the first one behind it.
func (h *heldOps) seek(d dbDot) error {
	if h.rows == nil || h.replica != d.replica || h.some && h.line.seq > d.seq {
		if err := h.close(); err != nil {
			return err
		}
		var err error
		h.replica = d.replica
		//nolint:rowserrcheck // the loop below asks for it, here and at every later call
		h.rows, err = h.tx.s.read.QueryContext(h.tx.ctx, `SELECT seq, stamp, txn, entity, cells, overwrites, under, hidden FROM op WHERE replica = ? AND seq >= ? ORDER BY seq`, d.replica, d.seq)
		if err != nil {
			return dbError(err)
		}
	}
	for !h.some || h.line.seq < d.seq {
		if h.some = h.rows.Next(); !h.some {
			return dbError(h.rows.Err())
		}
		l := &h.line
		if err := h.rows.Scan(&l.seq, &l.stamp, &l.txn, &l.entity, &l.body.cells, &l.body.overwrites, &l.body.under, &l.body.hide); err != nil {
			return dbError(err)
		}
	}
	return nil
}

func (h *heldOps) look(d dbDot) error {
	if err := h.close(); err != nil {
		return err
	}
	l := &h.line
	l.seq = d.seq
	_, err := h.tx.s.scanOne(h.tx.ctx, `SELECT stamp, txn, entity, cells, overwrites, under, hidden FROM op WHERE replica = ? AND seq = ?`,
		[]any{d.replica, d.seq}, &l.stamp, &l.txn, &l.entity, &l.body.cells, &l.body.overwrites, &l.body.under, &l.body.hide)
	return err
}

func (h *heldOps) close() error {
	if h.rows == nil {
		return nil
	}
	rows := h.rows
	h.rows, h.some = nil, false
	return dbError(errors.Join(rows.Err(), rows.Close()))
}

// sameContent compares two ops: at a glance where they are written alike, else
// by their hashes, which hidden values leave the same.
func (h *heldOps) sameContent(in mergedOp) (bool, error) {
	b := h.line.body
	if len(in.op.Hidden) == 0 && len(in.op.Under) == 0 && !b.hide.Valid && !b.under.Valid && string(rawCells(in.op)) == b.cells {
		theirs, err := h.tx.overwrites(in.op)
		if text, _ := encodeOverwrites(theirs).(string); err != nil || text == b.overwrites.String {
			return err == nil, err
		}
	}
	ids, err := h.tx.replicaNames()
	if err != nil {
		return false, err
	}
	held := *in.op
	if err := fillOp(&held, b, ids); err != nil {
		return false, err
	}
	return held.Leaf() == in.op.Leaf(), nil
}

func rawCells(op *oplog.Op) []byte {
	cells := make([]cell, 0, len(op.Cells))
	for name, c := range op.Cells {
		cells = append(cells, cell{name, c.Value})
	}
	return encodeCells(sortedCells(cells))
}
