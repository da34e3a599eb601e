package sheet

import (
	"math"
	"strconv"
	"strings"

	"fieldbook/data"
)

// CellKind is what a cell holds.
type CellKind int

// The kinds of cell.
const (
	BlankKind CellKind = iota
	TextKind
	NumberKind
	MoneyKind
	DayKind
)

// Cell is one typed value to write. Make it with the functions below; the zero
// Cell is blank.
type Cell struct {
	kind     CellKind
	text     string
	number   float64
	minor    int64
	decimals int
	day      data.Day
}

// TextCell holds text, which no spreadsheet will run as a formula.
func TextCell(text string) Cell { return Cell{kind: TextKind, text: text} }

// NumberCell holds a finite number.
func NumberCell(n float64) Cell { return Cell{kind: NumberKind, number: n} }

// MoneyCell holds minor units of a currency with decimals decimals.
func MoneyCell(minor int64, decimals int) Cell {
	return Cell{kind: MoneyKind, minor: minor, decimals: decimals}
}

// DayCell holds a day; data.NoDay makes it blank.
func DayCell(d data.Day) Cell {
	if !d.Valid() {
		return Cell{}
	}
	return Cell{kind: DayKind, day: d}
}

// String is the cell as CSV has it, formulas not yet defused.
func (c Cell) String() string {
	switch c.kind {
	case TextKind:
		return c.text
	case NumberKind:
		return strconv.FormatFloat(c.number, 'f', -1, 64)
	case MoneyKind:
		return data.DecimalString(c.minor, c.decimals)
	case DayKind:
		return c.day.String()
	default:
		return ""
	}
}

// check refuses what no spreadsheet can hold.
func (c Cell) check() error {
	switch {
	case c.kind == NumberKind && (math.IsNaN(c.number) || math.IsInf(c.number, 0)):
		return data.Errorf(data.Invalid, "A value is not a number and cannot be exported. No file was written.")
	case c.kind == TextKind && strings.IndexByte(c.text, 0) >= 0:
		return data.Errorf(data.Invalid, "A text holds a zero byte and cannot be exported. No file was written.")
	}
	return nil
}

// Column describes a column to write.
type Column struct {
	Title    string
	Kind     CellKind // what its cells hold; decides format and alignment
	Decimals int      // of money
	Width    float64  // in characters; 0 lets the writer choose
	Total    bool     // a workbook sums it in its last row
}

// Writer writes one table to a file. WriteHeader comes first, once. Close puts
// the file in its place, whole, unless a call before it failed: then it leaves
// no file and returns that error. Discard gives the file up; after Close it
// does nothing, so it can be deferred.
type Writer interface {
	WriteHeader(columns []Column) error
	WriteRow(cells []Cell) error
	Close() error
	Discard() error
}
