// Package oplog holds the rules by which two books become one: dots that name
// edits, clocks that order them, cells that keep every value nobody has
// overwritten. It is pure; data/store applies it to SQLite and the tests apply
// it to books in memory.
package oplog

import (
	"bytes"
	"cmp"
	"encoding/json"
	"iter"

	"fieldbook/data"
)

// Dot names one op: the n-th of a replica, counted from 1 without gaps.
type Dot struct {
	Replica data.ID
	Seq     uint64
}

// Compare orders dots by replica, then seq.
func (d Dot) Compare(o Dot) int {
	if c := bytes.Compare(d.Replica[:], o.Replica[:]); c != 0 {
		return c
	}
	return cmp.Compare(d.Seq, o.Seq)
}

// Cell is what an op says of one cell: its new value and the dots of the
// values it replaces.
type Cell struct {
	Value      json.RawMessage
	Overwrites []Dot
}

// Op is one edit of one row, as it stands in the log for ever.
type Op struct {
	Dot
	Stamp Stamp
	Txn   data.ID
	Kind  string
	Row   data.ID
	Cells map[string]Cell

	// Hidden are cells whose value is not told here: kept back from a part of
	// the book, or erased. The op's hash is the same with and without them.
	Hidden map[string]HiddenCell
	// Under are the dots of the values that say whose the row was, as the author
	// saw it: what his right to change it stands on.
	Under []Dot
}

// HiddenCell is a cell without its value.
type HiddenCell struct {
	Value      Hash // of the value
	Overwrites []Dot
}

// All are the op's cells, the hidden ones as if they were empty.
func (op *Op) All() iter.Seq2[string, Cell] {
	return func(yield func(string, Cell) bool) {
		for name, c := range op.Cells {
			if !yield(name, c) {
				return
			}
		}
		for name, c := range op.Hidden {
			if !yield(name, Cell{Value: json.RawMessage("null"), Overwrites: c.Overwrites}) {
				return
			}
		}
	}
}

// DeletedCell is the cell that says a row is gone. Its op overwrites the dots
// of every cell that its author saw; its value is true, or null once taken back.
const DeletedCell = "_deleted"

// Txn is one act of one person: what was done, by whom, on which device and
// day. Its ops name it.
type Txn struct {
	ID      data.ID
	Replica data.ID
	Author  data.ID // the person, where the book knows who uses it
	Name    string  // the author's name as it was
	Device  string
	Day     data.Day // the author's calendar day in the book's zone
	Stamp   Stamp
	What    string  // in words, such as "Move Rangreen to Proposal"
	UndoOf  data.ID // the transaction that this one takes back

	First, Count uint64          // the seq of its first op, and how many it has, one behind the other; 0 where it is not signed
	Basis        []data.ID       // the newest acts about rights that its author had seen
	Erased       map[string]Hash // words of it that were erased, by the hashes of what they were
	Key          []byte          // the Ed25519 key of the device that signed it
	Signature    []byte
}

// Entry is one live value of a cell.
type Entry struct {
	Dot
	Stamp Stamp
	Value json.RawMessage
}

// Compare orders entries by stamp, then dot: the greatest is the shown winner.
// No two different entries are equal, so all books choose alike.
func (e Entry) Compare(o Entry) int {
	if c := cmp.Compare(e.Stamp, o.Stamp); c != 0 {
		return c
	}
	return e.Dot.Compare(o.Dot)
}

// Register is the state of one cell: the values that no op overwrites, and the
// overwritten dots whose op is not here yet.
type Register struct {
	Live []Entry
	Gone map[Dot]struct{}
}

// Apply adds an op's word on the cell. have tells whether the op of a dot is
// held already; an overwritten dot that is not is kept in Gone, so that the
// order in which ops arrive makes no difference. Applying an op twice is the
// caller's to prevent (a held dot is never applied again).
func (r *Register) Apply(e Entry, overwrites []Dot, have func(Dot) bool) {
	for _, d := range overwrites {
		if d == e.Dot {
			continue // an op cannot overwrite itself
		}
		if i := r.find(d); i >= 0 {
			r.Live = append(r.Live[:i], r.Live[i+1:]...)
		} else if !have(d) {
			if r.Gone == nil {
				r.Gone = map[Dot]struct{}{}
			}
			r.Gone[d] = struct{}{}
		}
	}
	if _, dead := r.Gone[e.Dot]; dead {
		delete(r.Gone, e.Dot)
		return
	}
	r.Live = append(r.Live, e)
}

func (r *Register) find(d Dot) int {
	for i, e := range r.Live {
		if e.Dot == d {
			return i
		}
	}
	return -1
}

// Winner is the shown value; ok is false for a cell nobody wrote.
func (r *Register) Winner() (e Entry, ok bool) { return Winner(r.Live) }

// Winner is the greatest of the entries.
func Winner(live []Entry) (e Entry, ok bool) {
	for i, x := range live {
		if i == 0 || x.Compare(e) > 0 {
			e = x
		}
	}
	return e, len(live) > 0
}

// InConflict reports whether concurrent live values differ. Those that are the
// same resolve themselves.
func InConflict(live []Entry) bool {
	for _, e := range live[min(1, len(live)):] {
		if !Same(e.Value, live[0].Value) {
			return true
		}
	}
	return false
}

// Deletion is what a row's deleted cell says, and whether it holds.
type Deletion int

// The states of a row.
const (
	Present   Deletion = iota // never deleted, or taken back
	Deleted                   // every live value was seen by a delete
	Contested                 // deleted by one, edited by another who did not know: stays visible
)

// DeletionOf decides whether a row is gone. live are the deleted cell's entries,
// seen(d) the dots that delete d overwrote, content the dots of the live values
// of all other cells.
func DeletionOf(live []Entry, seen func(Dot) []Dot, content []Dot) Deletion {
	gone := map[Dot]struct{}{}
	deletes, takenBack := 0, false
	for _, e := range live {
		if string(e.Value) != "true" {
			takenBack = true
			continue
		}
		deletes++
		for _, d := range seen(e.Dot) {
			gone[d] = struct{}{}
		}
	}
	if deletes == 0 {
		return Present
	}
	if takenBack {
		return Contested
	}
	for _, d := range content {
		if _, ok := gone[d]; !ok {
			return Contested
		}
	}
	return Deleted
}
