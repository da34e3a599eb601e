// Package sheet reads and writes tables: delimited text (CSV and its kin) and
// XLSX workbooks. It finds out how a file is written, hands over its rows one
// by one without holding the file in memory, turns the text of a cell into a
// day, a number or an amount of money, and writes tables that open safely in a
// spreadsheet. It knows nothing of what the columns mean.
package sheet

import "fmt"

// Limits of what is read. A row beyond them is set aside with a RowError.
const (
	MaxCell    = 1 << 20  // bytes of one cell
	MaxColumns = 16_384   // cells of one row, as in Excel
	MaxRow     = 16 << 20 // bytes of one row
)

// maxUnclosed is how many never-closed quotes are set aside before the reader
// gives up: then the quote sign itself is wrong.
const maxUnclosed = 100

// Kind tells text tables from workbooks.
type Kind int

// The kinds of file.
const (
	Text Kind = iota
	Workbook
	Cards    // contacts as vCard
	Calendar // events as iCalendar
)

// LineEnd is how the lines of a text table end.
type LineEnd int

// The line ends. Reading accepts all of them in any mixture; the value is for
// showing.
const (
	LF LineEnd = iota
	CRLF
	CR
	MixedEnds
)

// String names the line end.
func (e LineEnd) String() string {
	return [...]string{"LF", "CRLF", "CR", "mixed"}[e]
}

// Format is how a file is written. Sniff and SniffFile fill it in; a caller
// may change any setting before Open. The zero Format asks Open to find out;
// so does one that is not Fixed and only names a sheet or a member.
type Format struct {
	Fixed     bool // obeyed as it stands; set by Sniff
	Kind      Kind
	Encoding  Encoding // of a text table
	BOM       bool     // a byte order mark stands at the start
	Delimiter byte     // between cells
	Quote     byte     // around cells; 0 where cells are never quoted
	Escape    byte     // before a quote inside a quoted cell; 0 where quotes are doubled
	Comment   byte     // starts lines to leave out; 0 for none
	LineEnd   LineEnd
	Skip      int     // lines above the header (or above the first row)
	Header    bool    // the first row after Skip names the columns
	Groups    bool    // that row heads groups of columns, and the next one names them
	Member    string  // of a packed archive: the file in it
	Sheet     string  // of a workbook; empty means the first visible one with content
	Horizon   Horizon // of a calendar
}

// Record is one row. Line is the line it starts on (the row number in a
// workbook), counted from 1. Cells is valid until the next call of Next; the
// strings in it stay valid.
type Record struct {
	Line  int
	Cells []string
}

// Cell gives cell i, or "" where the row is shorter.
func (r Record) Cell(i int) string {
	if i < 0 || i >= len(r.Cells) {
		return ""
	}
	return r.Cells[i]
}

// RowError is a row that cannot be read. It is set aside: the next call of
// Next goes on behind it.
type RowError struct {
	Line   int    // the line the row starts on
	Column int    // the cell at fault, counted from 1; 0 where it is the whole row
	Value  string // the start of the text at fault
	Why    string // for the person
}

func (e *RowError) Error() string { return fmt.Sprintf("line %d: %s", e.Line, e.Why) }

// excerpt shortens text for a message.
func excerpt(b []byte) string {
	const most = 80
	if len(b) <= most {
		return string(b)
	}
	return string(b[:most]) + "…"
}
