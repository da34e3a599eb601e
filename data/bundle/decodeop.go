package bundle

import (
	"bytes"
	"encoding/json"
	"errors"
	"slices"

	"fieldbook/data/oplog"
)

type opReader struct {
	d            *decoder
	op           oplog.Op
	replica, txn int
	overwrites   []namedDots
}

type namedDots struct {
	cell string
	dots []oplog.Dot
}

var errCells = errors.New("holds more cells than a record has")

func (d *decoder) op(l *lines) error {
	if !d.wanted(l.line) {
		return nil
	}
	r := opReader{d: d, replica: -1, txn: -1}
	if err := l.members("op", r.member); err != nil {
		return err
	}
	op, err := r.finish()
	if err != nil {
		return l.explain(err)
	}
	if d.h.Op == nil {
		return nil
	}
	return d.h.Op(op)
}

// wanted reports whether an op's line may be of a kind that is asked for: whether
// it holds the kind's name at all.
func (d *decoder) wanted(line []byte) bool {
	return len(d.h.Kinds) == 0 || slices.ContainsFunc(d.h.Kinds, func(kind string) bool { return bytes.Contains(line, []byte(kind)) })
}

func (r *opReader) member(key string, raw []byte) error {
	switch key {
	case "replica":
		return r.d.place(raw, &r.replica)
	case "seq":
		return readSeq(raw, &r.op.Seq)
	case "txn":
		return r.readTxn(raw)
	case "kind":
		return readText(raw, &r.op.Kind)
	case "row":
		return readID(raw, &r.op.Row)
	case "cells":
		r.op.Cells = map[string]oplog.Cell{}
		return fields(raw, r.d.depth, func(name string, value []byte) error {
			if len(r.op.Cells) >= oplog.MaxCells {
				return errCells
			}
			r.op.Cells[name] = oplog.Cell{Value: json.RawMessage(slices.Clone(value))}
			return nil
		})
	case "overwrites":
		return fields(raw, r.d.depth, r.readOverwrites)
	}
	if r.d.version < 2 {
		return errMember
	}
	return r.member2(key, raw)
}

// member2 reads what version 2 added.
func (r *opReader) member2(key string, raw []byte) (err error) {
	switch key {
	case "under":
		r.op.Under, err = r.d.dots(raw)
		return err
	case "hidden":
		r.op.Hidden = map[string]oplog.HiddenCell{}
		return fields(raw, r.d.depth, r.readHidden)
	}
	return errMember
}

func (r *opReader) readTxn(raw []byte) error {
	var n int64
	if err := readNumber(raw, &n); err != nil {
		return err
	}
	if n >= int64(len(r.d.txns)) {
		return errTxn
	}
	r.txn = int(n)
	return nil
}

func (r *opReader) readOverwrites(cell string, raw []byte) error {
	dots, err := r.d.dots(raw)
	r.overwrites = append(r.overwrites, namedDots{cell, dots})
	return err
}

func (r *opReader) readHidden(name string, raw []byte) error {
	if len(r.op.Hidden) >= oplog.MaxCells {
		return errCells
	}
	var c oplog.HiddenCell
	hashed := false
	err := fields(raw, r.d.depth, func(key string, raw []byte) (err error) {
		switch key {
		case "hash":
			hashed = true
			return readHash(raw, &c.Value)
		case "overwrites":
			c.Overwrites, err = r.d.dots(raw)
			return err
		}
		return errMember
	})
	if err == nil && !hashed {
		err = errors.New("hides a value without its hash")
	}
	r.op.Hidden[name] = c
	return err
}

// finish puts the op together and holds it against the rules that need no book.
func (r *opReader) finish() (*oplog.Op, error) {
	if r.replica < 0 || r.txn < 0 {
		return nil, errors.New("lacks its device or act")
	}
	op, txn := &r.op, &r.d.txns[r.txn]
	if int(txn.replica) != r.replica {
		return nil, errors.New("belongs to an act of another device")
	}
	op.Replica, op.Txn, op.Stamp = r.d.replicas[r.replica], txn.id, txn.stamp
	for _, o := range r.overwrites {
		c, ok := op.Cells[o.cell]
		if !ok {
			return nil, errors.New("replaces a value without giving one")
		}
		c.Overwrites = o.dots
		op.Cells[o.cell] = c
	}
	if err := op.Check(); err != nil {
		return nil, err
	}
	if op.Seq <= r.d.last[r.replica] {
		return nil, errOrder
	}
	if !txn.seqs.has(op.Seq) {
		return nil, errBeyond
	}
	r.d.last[r.replica] = op.Seq
	txn.told++
	return op, nil
}
