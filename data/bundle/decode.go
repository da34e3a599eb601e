package bundle

import (
	"bytes"
	"encoding/json"
	"errors"
	"slices"

	"fieldbook/data"
	"fieldbook/data/oplog"
)

var (
	errReplica = errors.New("names a device that the file does not list, or lists twice")
	errTxn     = errors.New("names an act that did not come before it")
	errOrder   = errors.New("comes out of order")
	errMember  = errors.New("holds something of a newer Fieldbook")
)

// decoder reads the lines between manifest and trailer.
type decoder struct {
	h        Handler
	depth    int
	replicas []data.ID
	last     []uint64 // of each replica, the seq that came last
	txns     []txnHead
}

// txnHead is what ops take over from their transaction.
type txnHead struct {
	id      data.ID
	replica int
	stamp   oplog.Stamp
}

func (d *decoder) line(l *lines) error {
	if bytes.HasPrefix(l.line, []byte(`{"txn":`)) {
		var t oplog.Txn
		r := txnReader{d: d, t: &t, replica: -1}
		if err := l.members("txn", r.member); err != nil {
			return err
		}
		if r.replica < 0 {
			return l.explain(errReplica)
		}
		if err := t.Check(); err != nil {
			return err
		}
		d.txns = append(d.txns, txnHead{t.ID, r.replica, t.Stamp})
		return d.h.Txn(t)
	}
	r := opReader{d: d, replica: -1, txn: -1}
	if err := l.members("op", r.member); err != nil {
		return err
	}
	op, err := r.finish()
	if err != nil {
		return l.explain(err)
	}
	return d.h.Op(op)
}

func (d *decoder) place(raw []byte, into *int) error {
	var n int64
	if err := readNumber(raw, &n); err != nil {
		return err
	}
	if n >= int64(len(d.replicas)) {
		return errReplica
	}
	*into = int(n)
	return nil
}

type txnReader struct {
	d       *decoder
	t       *oplog.Txn
	replica int
}

// dayField reads days as they stand in the log.
var dayField = data.Field{Name: "day", Label: "The day", Type: data.TypeDay}

func (r *txnReader) member(key string, raw []byte) error {
	switch key {
	case "id":
		return readID(raw, &r.t.ID)
	case "replica":
		if err := r.d.place(raw, &r.replica); err != nil {
			return err
		}
		r.t.Replica = r.d.replicas[r.replica]
	case "stamp":
		return readNumber(raw, (*int64)(&r.t.Stamp))
	case "day":
		v, err := dayField.DecodeJSON(raw)
		if err != nil {
			return err
		}
		r.t.Day = data.NoDay
		if day, ok := v.(data.Day); ok {
			r.t.Day = day
		}
	case "author":
		return readID(raw, &r.t.Author)
	case "name":
		return readText(raw, &r.t.Name)
	case "device":
		return readText(raw, &r.t.Device)
	case "what":
		return readText(raw, &r.t.What)
	case "undo_of":
		return readID(raw, &r.t.UndoOf)
	default:
		return errMember
	}
	return nil
}

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

func (r *opReader) member(key string, raw []byte) error {
	switch key {
	case "replica":
		return r.d.place(raw, &r.replica)
	case "seq":
		var n int64
		err := readNumber(raw, &n)
		r.op.Seq = uint64(n)
		return err
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
				return errors.New("holds more cells than a record has")
			}
			r.op.Cells[name] = oplog.Cell{Value: json.RawMessage(slices.Clone(value))}
			return nil
		})
	case "overwrites":
		return fields(raw, r.d.depth, r.readOverwrites)
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
	o := namedDots{cell: cell}
	err := elements(raw, r.d.depth, func(pair []byte) error {
		if len(o.dots) >= oplog.MaxOverwrites {
			return errors.New("replaces more values than people write")
		}
		numbers := make([]int64, 0, 2)
		err := elements(pair, r.d.depth, func(raw []byte) error {
			numbers = append(numbers, 0)
			return readNumber(raw, &numbers[len(numbers)-1])
		})
		switch {
		case err != nil:
			return err
		case len(numbers) != 2:
			return errSyntax
		case numbers[0] >= int64(len(r.d.replicas)):
			return errReplica
		}
		o.dots = append(o.dots, oplog.Dot{Replica: r.d.replicas[numbers[0]], Seq: uint64(numbers[1])})
		return nil
	})
	r.overwrites = append(r.overwrites, o)
	return err
}

// finish puts the op together and holds it against the rules that need no book.
func (r *opReader) finish() (*oplog.Op, error) {
	if r.replica < 0 || r.txn < 0 {
		return nil, errors.New("lacks its device or act")
	}
	op, txn := &r.op, r.d.txns[r.txn]
	if txn.replica != r.replica {
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
	r.d.last[r.replica] = op.Seq
	return op, nil
}
