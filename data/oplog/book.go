package oplog

import (
	"bytes"
	"maps"
	"slices"

	"fieldbook/data"
)

// Book is a whole log folded in memory: what data/store keeps in tables, as
// plain maps. It is the yardstick that verify holds the tables against.
type Book struct {
	rows map[data.ID]*RowState
	ops  map[Dot]*Op
}

// RowState is the state of one row: its kind and the register of each cell.
type RowState struct {
	Kind  string
	Cells map[string]*Register
}

// NewBook is an empty book.
func NewBook() *Book {
	return &Book{rows: map[data.ID]*RowState{}, ops: map[Dot]*Op{}}
}

// Apply adds an op; one that is held already changes nothing.
func (b *Book) Apply(op *Op) {
	if _, held := b.ops[op.Dot]; held {
		return
	}
	row := b.rows[op.Row]
	if row == nil {
		row = &RowState{Kind: op.Kind, Cells: map[string]*Register{}}
		b.rows[op.Row] = row
	}
	for name, cell := range op.All() {
		reg := row.Cells[name]
		if reg == nil {
			reg = &Register{}
			row.Cells[name] = reg
		}
		reg.Apply(Entry{op.Dot, op.Stamp, cell.Value}, cell.Overwrites, b.Has)
	}
	b.ops[op.Dot] = op
}

// Has reports whether the op of a dot is held.
func (b *Book) Has(d Dot) bool {
	_, held := b.ops[d]
	return held
}

// Row gives the state of a row, or nil.
func (b *Book) Row(id data.ID) *RowState { return b.rows[id] }

// Rows lists all rows, the deleted ones too, by id.
func (b *Book) Rows() []data.ID {
	return slices.SortedFunc(maps.Keys(b.rows), func(x, y data.ID) int { return bytes.Compare(x[:], y[:]) })
}

// Deletion tells whether a row is gone.
func (b *Book) Deletion(id data.ID) Deletion {
	row := b.rows[id]
	del := row.Cells[DeletedCell]
	if del == nil {
		return Present
	}
	return DeletionOf(del.Live, func(d Dot) []Dot { return b.ops[d].Cells[DeletedCell].Overwrites }, row.Content())
}

// Seen lists the dots of what the deletes of a row had seen.
func (b *Book) Seen(id data.ID) []Dot {
	var out []Dot
	row := b.rows[id]
	if row == nil || row.Cells[DeletedCell] == nil {
		return nil
	}
	for _, e := range row.Cells[DeletedCell].Live {
		if string(e.Value) == "true" {
			out = append(out, b.ops[e.Dot].Cells[DeletedCell].Overwrites...)
		}
	}
	return out
}

// Content lists the dots of the live values of every cell but the deleted one.
func (r *RowState) Content() []Dot {
	var out []Dot
	for name, reg := range r.Cells {
		if name == DeletedCell {
			continue
		}
		for _, e := range reg.Live {
			out = append(out, e.Dot)
		}
	}
	return out
}
