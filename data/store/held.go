package store

import (
	"database/sql"
	"errors"
	"slices"

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
	cells       string
	overwrites  sql.NullString
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
	return data.Errorf(data.Invalid, "the file holds another change under a number that this book knows already; nothing was changed. Two copies of one book may have been in use; ask for a new file")
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
		h.rows, err = h.tx.s.read.QueryContext(h.tx.ctx, `SELECT seq, stamp, txn, entity, cells, overwrites FROM op WHERE replica = ? AND seq >= ? ORDER BY seq`, d.replica, d.seq)
		if err != nil {
			return dbError(err)
		}
	}
	for !h.some || h.line.seq < d.seq {
		if h.some = h.rows.Next(); !h.some {
			return dbError(h.rows.Err())
		}
		l := &h.line
		if err := h.rows.Scan(&l.seq, &l.stamp, &l.txn, &l.entity, &l.cells, &l.overwrites); err != nil {
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
	_, err := h.tx.s.scanOne(h.tx.ctx, `SELECT stamp, txn, entity, cells, overwrites FROM op WHERE replica = ? AND seq = ?`,
		[]any{d.replica, d.seq}, &l.stamp, &l.txn, &l.entity, &l.cells, &l.overwrites)
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

func (h *heldOps) sameContent(in mergedOp) (bool, error) {
	if string(rawCells(in.op)) != h.line.cells {
		values, err := decodeCells(h.line.cells) // the log may hold them in another order
		if err != nil || len(values) != len(in.op.Cells) {
			return false, err
		}
		for name, v := range values {
			if c, ok := in.op.Cells[name]; !ok || string(c.Value) != string(v) {
				return false, nil
			}
		}
	}
	over, err := decodeOverwrites(h.line.overwrites)
	if err != nil {
		return false, err
	}
	if over == nil {
		over = map[string][]dbDot{}
	}
	theirs, err := h.tx.overwrites(in.op)
	if err != nil || len(theirs) != len(over) {
		return false, err
	}
	for name, dots := range over {
		if !slices.Equal(dots, theirs[name]) {
			return false, nil
		}
	}
	return true, nil
}

func rawCells(op *oplog.Op) []byte {
	cells := make([]cell, 0, len(op.Cells))
	for name, c := range op.Cells {
		cells = append(cells, cell{name, c.Value})
	}
	return encodeCells(sortedCells(cells))
}
