package oplog

import (
	"crypto/ed25519"
	"encoding/json"
	"slices"
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
	case len(op.Cells)+len(op.Hidden) > MaxCells:
		return unsound("change %d has %d cells", op.Seq, len(op.Cells)+len(op.Hidden))
	}
	dots, bytes := len(op.Under), 0
	for name, c := range op.Hidden {
		if _, twice := op.Cells[name]; twice {
			return unsound("change %d both tells and hides a value", op.Seq)
		}
		if err := op.checkCell(name, Cell{Value: json.RawMessage("null"), Overwrites: c.Overwrites}); err != nil {
			return err
		}
		dots += len(c.Overwrites)
	}
	for name, c := range op.Cells {
		if err := op.checkCell(name, c); err != nil {
			return err
		}
		dots += len(c.Overwrites)
		bytes += len(c.Value)
	}
	if err := op.checkDots(op.Under); err != nil {
		return err
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
	return op.checkDots(c.Overwrites)
}

// checkDots refuses dots that the op's author cannot have seen.
func (op *Op) checkDots(dots []Dot) error {
	for _, d := range dots {
		if !d.Valid() || d.Replica == op.Replica && d.Seq >= op.Seq {
			return unsound("change %d stands on one that it cannot know", op.Seq)
		}
	}
	return nil
}

// Check reports a transaction that no Fieldbook would write.
func (t *Txn) Check() error {
	if t.ID.IsZero() || t.Replica.IsZero() || t.Stamp < 0 {
		return unsound("an act lacks its number, device or time")
	}
	if err := t.checkSigned(); err != nil {
		return err
	}
	if err := t.checkOrigin(); err != nil {
		return err
	}
	for _, s := range []string{t.Name, t.Device, t.What} {
		if len(s) > data.MaxText || !utf8.ValidString(s) || strings.ContainsRune(s, 0) {
			return unsound("an act is described by what is not text")
		}
	}
	return nil
}

// checkSigned reports what an act says of its signature and cannot be.
func (t *Txn) checkSigned() error {
	if len(t.Basis) > MaxBasis || slices.ContainsFunc(t.Basis, data.ID.IsZero) {
		return unsound("an act stands on %d others", len(t.Basis))
	}
	if !t.Signed() {
		if t.First != 0 || t.Count != 0 || len(t.Basis) > 0 || len(t.Erased) > 0 {
			return unsound("an act lacks its signature")
		}
		return nil
	}
	if len(t.Key) != ed25519.PublicKeySize || len(t.Signature) != ed25519.SignatureSize {
		return unsound("an act bears no sound signature")
	}
	if t.First < 1 || t.First > MaxSeq || t.Count > MaxSeq {
		return unsound("an act counts its changes from %d to %d", t.First, t.Count)
	}
	return t.checkErased()
}

func (t *Txn) checkErased() error {
	words := map[string]string{WordName: t.Name, WordDevice: t.Device, WordWhat: t.What}
	for word := range t.Erased {
		if text, has := words[word]; !has || text != "" {
			return unsound("an act both lacks and has a word")
		}
	}
	return nil
}

// Equal reports whether two ops say the same, byte for byte.
// Values that only one of them tells do not matter.
func (op *Op) Equal(o *Op) bool {
	return op.Stamp == o.Stamp && op.Txn == o.Txn && op.Leaf() == o.Leaf()
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
