package bundle

import (
	"bytes"
	"errors"

	"fieldbook/data"
	"fieldbook/data/oplog"
)

var (
	errVersion = errors.New("does not say what the file is")
	errReplica = errors.New("names a device that the file does not list, or lists twice")
	errTxn     = errors.New("names an act that did not come before it")
	errOrder   = errors.New("comes out of order")
	errMember  = errors.New("holds something of a newer Fieldbook")
	errRest    = errors.New("has more hashes than its act has other changes")
	errBeyond  = errors.New("is a change that its act does not have")
)

// decoder reads the lines between manifest and trailer.
type decoder struct {
	h        Handler
	version  int
	depth    int
	replicas []data.ID
	last     []uint64 // of each replica, the seq that came last
	held     []uint64 // of each replica, the end of the run that is held last
	runs     int      // of all held lines
	txns     []txnHead
	seen     map[data.ID]struct{} // the ids of txns
	open     *openTxn
}

// txnHead is what ops take over from their transaction, and how many of them
// and of the hashes in place of others there are. There may be MaxTxns of it in
// memory.
type txnHead struct {
	id         data.ID
	stamp      oplog.Stamp
	seqs       span
	replica    int32
	told, rest int32
}

// span is the run of seqs that a signed act has; an unsigned one says nothing of it.
type span struct{ first, count uint64 }

func (s span) has(seq uint64) bool {
	return s.first == 0 || seq >= s.first && seq-s.first < s.count
}

// openTxn is an act whose hashes may go on in the next line.
type openTxn struct {
	oplog.Txn
	rest []oplog.Hash
}

func newDecoder(h Handler, m *Manifest, depth int) *decoder {
	n := len(m.Replicas)
	return &decoder{h: h, version: m.Version, depth: depth, replicas: m.Replicas, last: make([]uint64, n), held: make([]uint64, n), seen: map[data.ID]struct{}{}}
}

func (d *decoder) line(l *lines) error {
	switch {
	case d.version >= 2 && bytes.HasPrefix(l.line, []byte(`{"rest":`)):
		return l.only("rest", d.readRest)
	case bytes.HasPrefix(l.line, []byte(`{"txn":`)):
		if err := d.flush(); err != nil {
			return err
		}
		return d.txn(l)
	case d.version >= 2 && bytes.HasPrefix(l.line, []byte(`{"held":`)):
		return d.heldLine(l)
	}
	if err := d.flush(); err != nil {
		return err
	}
	return d.op(l)
}

// close ends the reading: no act may have more hashes than the ops that are
// told of it could leave.
func (d *decoder) close() error {
	if err := d.flush(); err != nil {
		return err
	}
	for _, t := range d.txns {
		if len(d.h.Kinds) == 0 && int64(t.rest) > 2*64*int64(t.told)+64 {
			return data.Errorf(data.Invalid, "an act in the share file %s, so nothing was changed here; ask for it again", errRest)
		}
	}
	return nil
}

// flush hands on the act whose lines have ended.
func (d *decoder) flush() error {
	t := d.open
	if d.open = nil; t == nil || d.h.Txn == nil {
		return nil
	}
	return d.h.Txn(t.Txn, t.rest)
}

func (d *decoder) txn(l *lines) error {
	if len(d.txns) >= MaxTxns {
		return tooLarge("holds more acts")
	}
	t := &openTxn{Txn: oplog.Txn{Day: data.NoDay}}
	r := txnReader{d: d, t: t, replica: -1}
	if err := l.members("txn", r.member); err != nil {
		return err
	}
	if err := r.check(); err != nil {
		return l.explain(err)
	}
	if _, twice := d.seen[t.ID]; twice {
		return l.explain(errDoubled)
	}
	d.seen[t.ID] = struct{}{}
	d.txns = append(d.txns, txnHead{id: t.ID, stamp: t.Stamp, seqs: span{t.First, t.Count}, replica: int32(r.replica), rest: int32(len(t.rest))})
	d.open = t
	return nil
}

// readRest reads a list of hashes that completes the open act.
func (d *decoder) readRest(raw []byte) error {
	if d.open == nil {
		return errOrder
	}
	before := len(d.open.rest)
	if err := d.open.readRest(raw, d.depth); err != nil {
		return err
	}
	switch after := len(d.open.rest); {
	case before == 0 || after == before:
		return errOrder
	case uint64(after) > d.open.Count:
		return errRest
	}
	d.txns[len(d.txns)-1].rest = int32(len(d.open.rest))
	return nil
}

func (t *openTxn) readRest(raw []byte, depth int) error {
	line := 0
	return elements(raw, depth, func(raw []byte) error {
		var h oplog.Hash
		if err := readHash(raw, &h); err != nil {
			return err
		}
		if line++; line > lineHashes || len(t.rest) >= MaxRest {
			return errRest
		}
		t.rest = append(t.rest, h)
		return nil
	})
}

// heldLine reads what the sender holds of a replica.
func (d *decoder) heldLine(l *lines) error {
	if len(d.txns) > 0 {
		return l.explain(errOrder)
	}
	replica := -1
	var runs oplog.Ranges
	err := l.members("held", func(key string, raw []byte) error {
		switch key {
		case "replica":
			return d.place(raw, &replica)
		case "runs":
			return pairs(raw, d.depth, func(from, to int64) error {
				if len(runs) >= lineRuns || d.runs >= MaxHeldRuns {
					return errors.New("lists more runs than a line or a file may")
				}
				d.runs++
				runs = append(runs, oplog.Range{From: uint64(from), To: uint64(to)})
				return nil
			})
		}
		return errMember
	})
	switch {
	case err != nil:
		return err
	case replica < 0 || len(runs) == 0:
		return l.explain(errors.New("does not say what is held"))
	}
	for _, run := range runs {
		if run.From <= d.held[replica] || run.To < run.From || run.To > oplog.MaxSeq {
			return l.explain(errOrder)
		}
		d.held[replica] = run.To + 1
	}
	if d.h.Held == nil {
		return nil
	}
	return d.h.Held(d.replicas[replica], runs)
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

// dots reads a list of dots, at most as many as an op may name.
func (d *decoder) dots(raw []byte) ([]oplog.Dot, error) {
	var out []oplog.Dot
	err := pairs(raw, d.depth, func(place, seq int64) error {
		switch {
		case len(out) >= oplog.MaxOverwrites:
			return errors.New("names more changes than people make")
		case place >= int64(len(d.replicas)):
			return errReplica
		}
		out = append(out, oplog.Dot{Replica: d.replicas[place], Seq: uint64(seq)})
		return nil
	})
	return out, err
}

// pairs reads a list of pairs of numbers.
func pairs(raw []byte, depth int, fn func(a, b int64) error) error {
	return elements(raw, depth, func(pair []byte) error {
		var numbers [2]int64
		n := 0
		err := elements(pair, depth, func(raw []byte) error {
			if n++; n > len(numbers) {
				return errSyntax
			}
			return readNumber(raw, &numbers[n-1])
		})
		switch {
		case err != nil:
			return err
		case n != len(numbers):
			return errSyntax
		}
		return fn(numbers[0], numbers[1])
	})
}
