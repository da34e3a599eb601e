package oplog

import (
	"encoding/json"
	"strings"
	"unicode"
	"unicode/utf8"

	"fieldbook/data"
)

// The bounds of a sound op. They depend on the op alone, so that every book
// judges it alike.
const (
	MaxSeq        = 1<<53 - 1 // fits SQLite's integers and every JSON reader's numbers
	MaxCells      = 1000
	MaxCellName   = 1024      // bytes
	MaxKindName   = 64        // bytes
	MaxOpBytes    = 512 << 10 // of all values of one op
	MaxOverwrites = 10_000    // dots, over all cells of one op
	MaxLive       = 200       // concurrent values of one cell; more were never made by people
)

// Valid reports whether a dot may stand in a log.
func (d Dot) Valid() bool { return !d.Replica.IsZero() && d.Seq >= 1 && d.Seq <= MaxSeq }

// Check reports an op that no Fieldbook would write: a dot out of range, a name
// that is none, values that are not JSON, or overwritten dots that it cannot
// have seen. It is Invalid with the reason in words.
func (op *Op) Check() error {
	switch {
	case !op.Valid():
		return unsound("a change is numbered %d", op.Seq)
	case op.Row.IsZero() || op.Txn.IsZero():
		return unsound("change %d names no record", op.Seq)
	case op.Stamp < 0:
		return unsound("change %d has no time", op.Seq)
	case !kindName(op.Kind):
		return unsound("change %d is of no kind of record", op.Seq)
	case len(op.Cells) > MaxCells:
		return unsound("change %d has %d cells", op.Seq, len(op.Cells))
	}
	dots, bytes := 0, 0
	for name, c := range op.Cells {
		if err := op.checkCell(name, c); err != nil {
			return err
		}
		dots += len(c.Overwrites)
		bytes += len(c.Value)
	}
	if dots > MaxOverwrites {
		return unsound("change %d replaces %d others", op.Seq, dots)
	}
	if bytes > MaxOpBytes {
		return unsound("change %d holds %d bytes", op.Seq, bytes)
	}
	return nil
}

func (op *Op) checkCell(name string, c Cell) error {
	if name == "" || len(name) > MaxCellName || !printable(name) {
		return unsound("change %d names a field that cannot be one", op.Seq)
	}
	if !json.Valid(c.Value) {
		return unsound("change %d holds a value that cannot be read", op.Seq)
	}
	for _, d := range c.Overwrites {
		if !d.Valid() || d.Replica == op.Replica && d.Seq >= op.Seq {
			return unsound("change %d replaces one that it cannot know", op.Seq)
		}
	}
	return nil
}

// Check reports a transaction that no Fieldbook would write.
func (t Txn) Check() error {
	if t.ID.IsZero() || t.Replica.IsZero() || t.Stamp < 0 {
		return unsound("an act lacks its number, device or time")
	}
	for _, s := range []string{t.Name, t.Device, t.What} {
		if len(s) > data.MaxText || !utf8.ValidString(s) || strings.ContainsRune(s, 0) {
			return unsound("an act is described by what is not text")
		}
	}
	return nil
}

// Equal reports whether two ops say the same, byte for byte.
func (op *Op) Equal(o *Op) bool {
	if op.Dot != o.Dot || op.Stamp != o.Stamp || op.Txn != o.Txn || op.Kind != o.Kind || op.Row != o.Row || len(op.Cells) != len(o.Cells) {
		return false
	}
	for name, c := range op.Cells {
		other, ok := o.Cells[name]
		if !ok || string(c.Value) != string(other.Value) || !sameDots(c.Overwrites, other.Overwrites) {
			return false
		}
	}
	return true
}

func sameDots(a, b []Dot) bool {
	if len(a) != len(b) {
		return false
	}
	for i := range a {
		if a[i] != b[i] {
			return false
		}
	}
	return true
}

func unsound(format string, args ...any) error {
	return data.Errorf(data.Invalid, format+", which no Fieldbook writes; nothing was changed", args...)
}

// kindName: a lower-case word of letters, digits and underscores.
func kindName(s string) bool {
	for i, r := range s {
		letter := r >= 'a' && r <= 'z'
		if !letter && (i == 0 || r != '_' && (r < '0' || r > '9')) {
			return false
		}
	}
	return s != "" && len(s) <= MaxKindName
}

func printable(s string) bool {
	return utf8.ValidString(s) && !strings.ContainsFunc(s, unicode.IsControl)
}
