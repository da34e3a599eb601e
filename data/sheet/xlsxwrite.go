package sheet

import (
	"strings"
	"unicode/utf16"
	"unicode/utf8"

	"github.com/xuri/excelize/v2"

	"fieldbook/data"
)

// XLSXOptions choose how a sheet is written.
type XLSXOptions struct {
	Sheet string // its name; "Sheet1" where empty
	// Totals says in the end whether a column marked Total is to have its sum in
	// a row below the table, one row away, which no reader of this package takes
	// for a row of it. nil leaves the row out.
	Totals func(column int) bool
}

// maxCellText is the longest text a workbook's cell takes, in characters.
const maxCellText = 32_767

// exactDigits is the greatest amount, in minor units, whose digits a
// spreadsheet keeps; greater ones are written as text.
const exactDigits = 999_999_999_999_999

// xlsxWriter writes one sheet row by row.
type xlsxWriter struct {
	*Book
	stream  *excelize.StreamWriter
	options XLSXOptions
	columns []Column
	sums    []columnSum
	row     int  // the last row written
	alone   bool // the workbook ends with its only sheet
	flushed bool
}

// columnSum keeps the total of a column.
type columnSum struct {
	minor  float64 // whole
	number float64
}

// styleKey names a style: a kind of cell, its decimals, bold or not.
type styleKey struct {
	kind     CellKind
	decimals int
	bold     bool
}

// sheetName makes a name that Excel accepts: 31 characters, none of []:*?/\.
func sheetName(name string) string {
	name = strings.Map(func(r rune) rune {
		if strings.ContainsRune(`[]:*?/\`, r) {
			return ' '
		}
		return r
	}, name)
	runes := []rune(name)
	return strings.TrimSpace(strings.Trim(string(runes[:min(len(runes), 31)]), "'"))
}

func (w *xlsxWriter) WriteHeader(columns []Column) error {
	if len(columns) > MaxColumns {
		return w.fail(data.Errorf(data.Invalid, "A workbook holds at most 16,384 columns. Export fewer."))
	}
	w.columns, w.sums = columns, make([]columnSum, len(columns))
	cells := make([]Cell, len(columns))
	for i, c := range columns {
		if err := w.stream.SetColWidth(i+1, i+1, c.width()); err != nil {
			return w.fail(err)
		}
		cells[i] = TextCell(c.Title)
	}
	err := w.stream.SetPanes(&excelize.Panes{Freeze: true, YSplit: 1, TopLeftCell: "A2", ActivePane: "bottomLeft"})
	if err != nil {
		return w.fail(err)
	}
	return w.write(cells, true)
}

// width chooses how wide a column stands, in characters.
func (c Column) width() float64 {
	if c.Width > 0 {
		return min(c.Width, 255)
	}
	least := map[CellKind]float64{TextKind: 18, NumberKind: 10, MoneyKind: 14, DayKind: 12}[c.Kind]
	return min(max(least, float64(utf8.RuneCountInString(c.Title))+4), 60)
}

func (w *xlsxWriter) WriteRow(cells []Cell) error {
	if w.row >= excelize.TotalRows-1 {
		return w.fail(data.Errorf(data.Invalid, "A workbook holds at most 1,048,576 rows. Export to CSV, or fewer rows."))
	}
	for i, c := range cells {
		if i < len(w.sums) {
			w.sums[i].number += c.number
			if c.kind == MoneyKind && c.exact() {
				w.sums[i].minor += float64(c.minor)
			}
		}
	}
	return w.write(cells, false)
}

func (w *xlsxWriter) write(cells []Cell, bold bool) error {
	if w.err != nil {
		return w.err
	}
	values := make([]any, len(cells))
	for i, c := range cells {
		if err := c.check(); err != nil {
			return w.fail(err)
		}
		style, err := w.style(styleKey{c.kind, c.decimals, bold})
		if err != nil {
			return w.fail(err)
		}
		if value := c.value(); value != nil {
			values[i] = excelize.Cell{StyleID: style, Value: value}
		}
	}
	return w.set(values)
}

// set writes values as the next row.
func (w *xlsxWriter) set(values []any) error {
	w.row++
	at, err := excelize.CoordinatesToCellName(1, w.row)
	if err == nil {
		err = w.stream.SetRow(at, values)
	}
	return w.fail(err)
}

// value is the cell as the spreadsheet library takes it; nil for blank.
func (c Cell) value() any {
	switch c.kind {
	case TextKind:
		return cutText(escapeXML(strings.ToValidUTF8(c.text, "\uFFFD")))
	case NumberKind:
		return c.number
	case MoneyKind:
		if !c.exact() {
			return c.String()
		}
		return float64(c.minor) / pow10(c.decimals)
	case DayKind:
		if serial := excelSerial(c.day); serial > 60 {
			return serial
		}
		return c.String()
	default:
		return nil
	}
}

// exact reports whether a spreadsheet keeps the digits of an amount.
func (c Cell) exact() bool { return c.minor <= exactDigits && c.minor >= -exactDigits }

// cutText shortens text to what a cell takes.
func cutText(text string) string {
	if len(text) <= maxCellText || CellLength(text) <= maxCellText {
		return text
	}
	runes := []rune(text)
	n, units := 0, 1 // the mark of the cut
	for n < len(runes) && units+utf16.RuneLen(runes[n]) <= maxCellText {
		units += utf16.RuneLen(runes[n])
		n++
	}
	return string(runes[:n]) + "…"
}

// CellLength is the length of a text as a workbook counts it, which takes no
// more than 32,767 in a cell.
func CellLength(text string) int {
	n := 0
	for _, r := range text {
		n += max(utf16.RuneLen(r), 1)
	}
	return n
}

func pow10(n int) float64 {
	p := 1.0
	for range n {
		p *= 10
	}
	return p
}

// isoDay is how days look in a workbook that is written.
const isoDay = "yyyy-mm-dd"

// excelSerial counts days as Excel does, right from 1900-03-01 on.
func excelSerial(d data.Day) int { return int(d) + 25_569 }
