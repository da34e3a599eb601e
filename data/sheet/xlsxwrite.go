package sheet

import (
	"errors"
	"strings"
	"unicode/utf8"

	"github.com/xuri/excelize/v2"

	"fieldbook/data"
	"fieldbook/data/draft"
)

// XLSXOptions choose how a workbook is written.
type XLSXOptions struct {
	Sheet  string // name of the sheet; "Sheet1" where empty
	Totals bool   // a last row sums the columns marked Total
}

// maxCellText is the longest text a workbook's cell takes, in characters.
const maxCellText = 32_767

// exactDigits is the greatest amount, in minor units, whose digits a
// spreadsheet keeps; greater ones are written as text.
const exactDigits = 999_999_999_999_999

// xlsxWriter writes one sheet row by row.
type xlsxWriter struct {
	file    *draft.File
	book    *excelize.File
	stream  *excelize.StreamWriter
	options XLSXOptions
	columns []Column
	sums    []columnSum
	styles  map[styleKey]int
	row     int // the last row written
	err     error
}

// columnSum keeps the total of a column.
type columnSum struct {
	minor  int64
	number float64
}

// styleKey names a style: a kind of cell, its decimals, bold or not.
type styleKey struct {
	kind     CellKind
	decimals int
	bold     bool
}

// NewXLSXWriter starts a workbook at path with one sheet: typed cells, a bold
// header that stays in view, a filter and fitting widths.
func NewXLSXWriter(path string, options XLSXOptions) (Writer, error) {
	if options.Sheet == "" {
		options.Sheet = "Sheet1"
	}
	options.Sheet = sheetName(options.Sheet)
	book := excelize.NewFile()
	if err := book.SetSheetName("Sheet1", options.Sheet); err != nil {
		return nil, data.Wrap(data.Invalid, err, "The sheet cannot be named %q. Choose another name.", options.Sheet)
	}
	stream, err := book.NewStreamWriter(options.Sheet)
	if err != nil {
		return nil, errors.Join(data.Wrap(data.Internal, err, "The workbook could not be started. No file was written."), book.Close())
	}
	file, err := draft.Create(path)
	if err != nil {
		return nil, errors.Join(err, book.Close())
	}
	return &xlsxWriter{file: file, book: book, stream: stream, options: options, styles: map[styleKey]int{}}, nil
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
			w.sums[i].minor += c.minor
			w.sums[i].number += c.number
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

// fail keeps the first failure.
func (w *xlsxWriter) fail(err error) error {
	if w.err == nil {
		w.err = draft.Fault(err, w.file.Path())
	}
	return w.err
}

// value is the cell as the spreadsheet library takes it; nil for blank.
func (c Cell) value() any {
	switch c.kind {
	case TextKind:
		return cutText(strings.ToValidUTF8(c.text, "\uFFFD"))
	case NumberKind:
		return c.number
	case MoneyKind:
		if c.minor > exactDigits || c.minor < -exactDigits {
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

// cutText shortens text to what a cell takes.
func cutText(text string) string {
	if utf8.RuneCountInString(text) <= maxCellText {
		return text
	}
	return string([]rune(text)[:maxCellText-1]) + "…"
}

func pow10(n int) float64 {
	p := 1.0
	for range n {
		p *= 10
	}
	return p
}

// excelSerial counts days as Excel does, right from 1900-03-01 on.
func excelSerial(d data.Day) int { return int(d) + 25_569 }

// style makes or finds the style of a kind of cell.
func (w *xlsxWriter) style(key styleKey) (int, error) {
	if id, ok := w.styles[key]; ok {
		return id, nil
	}
	style := &excelize.Style{}
	if key.bold {
		style.Font = &excelize.Font{Bold: true}
	}
	format := ""
	switch key.kind {
	case MoneyKind:
		format = "#,##0"
		if key.decimals > 0 {
			format += "." + strings.Repeat("0", key.decimals)
		}
	case DayKind:
		format = isoDay
	default: // texts and plain numbers show as they are
	}
	if format != "" {
		style.CustomNumFmt = &format
	}
	id, err := w.book.NewStyle(style)
	w.styles[key] = id
	return id, err
}

// totals writes the last row: sums that follow the filter.
func (w *xlsxWriter) totals(last int) error {
	values := make([]any, len(w.columns))
	for i, c := range w.columns {
		if !c.Total {
			continue
		}
		style, err := w.style(styleKey{c.Kind, c.Decimals, true})
		if err != nil {
			return w.fail(err)
		}
		name, err := excelize.ColumnNumberToName(i + 1)
		if err != nil {
			return w.fail(err)
		}
		sum := w.sums[i].number
		if c.Kind == MoneyKind {
			sum = float64(w.sums[i].minor) / pow10(c.Decimals)
		}
		end, err := excelize.JoinCellName(name, last)
		if err != nil {
			return w.fail(err)
		}
		values[i] = excelize.Cell{StyleID: style, Formula: "SUBTOTAL(109," + name + "2:" + end + ")", Value: sum}
	}
	return w.set(values)
}

func (w *xlsxWriter) Close() error {
	if w.file.Done() {
		return w.err
	}
	last := w.row
	if w.err == nil && w.options.Totals && last > 1 {
		w.err = w.totals(last)
	}
	if w.err == nil && len(w.columns) > 0 {
		end, err := excelize.CoordinatesToCellName(len(w.columns), max(last, 1))
		if err == nil {
			err = w.book.AutoFilter(w.options.Sheet, "A1:"+end, nil)
		}
		w.err = w.fail(err)
	}
	if w.err == nil {
		w.err = w.fail(w.stream.Flush())
	}
	if w.err == nil {
		_, err := w.book.WriteTo(w.file)
		w.err = w.fail(err)
	}
	if w.err != nil {
		_ = w.Discard() // the first failure is the one to tell
		return w.err
	}
	_, w.err = w.file.Commit()
	return errors.Join(w.err, w.book.Close())
}

func (w *xlsxWriter) Discard() error {
	if w.file.Done() {
		return nil
	}
	return errors.Join(w.file.Discard(), w.book.Close())
}
