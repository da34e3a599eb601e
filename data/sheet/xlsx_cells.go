package sheet

import (
	"bytes"
	"io"
	"math"
	"strconv"
	"strings"
	"time"
)

// rowScanner reads the rows of a sheet, one after the other.
type rowScanner struct {
	book  *workbookParts
	part  io.ReadCloser
	xml   *xmlScanner
	line  int
	cells []string  // of the row, used again
	own   []byte    // the texts of the row that stand in its cells
	spans []span    // where they stand
	cell  cellState // being read
	size  int       // of the row, shared strings included
	bad   *RowError // the first fault of the row
	value stringText
}

// span is the place of a cell's text.
type span struct{ cell, from, to int }

// cellState is what is known of the cell being read.
type cellState struct {
	column int // counted from 0
	kind   string
	format cellFormat
}

// rows starts to read a sheet; errNoPart where it is a chart, or not there.
func (b *workbookParts) rows(sheet string) (*rowScanner, error) {
	s, _ := b.sheet(sheet)
	part, err := b.open(s.part)
	if err != nil {
		return nil, err
	}
	return &rowScanner{book: b, part: part, xml: newXMLScanner(part)}, nil
}

func (r *rowScanner) close() error { return r.part.Close() }

// next gives the next row and its number: its cells are valid until the next
// call. A *RowError stands for a row beyond the limits; io.EOF for the end.
func (r *rowScanner) next() (line int, cells []string, err error) {
	for {
		m, err := r.xml.next()
		if err != nil {
			return 0, nil, err
		}
		switch {
		case m.kind == markEnd && string(m.name) == "sheetData":
			return 0, nil, io.EOF
		case m.kind == markStart && string(m.name) == "row":
			r.line++
			if n, err := strconv.Atoi(string(m.attr("r"))); err == nil && n >= r.line {
				r.line = n
			}
			if err := r.row(); err != nil {
				return 0, nil, cutShort(err)
			}
			if r.bad != nil {
				return 0, nil, r.bad
			}
			return r.line, r.cells, nil
		}
	}
}

// row reads the cells of a row.
func (r *rowScanner) row() error {
	clear(r.cells)
	r.cells, r.own, r.spans, r.size, r.bad = r.cells[:0], r.own[:0], r.spans[:0], 0, nil
	column := 0
	for {
		m, err := r.xml.next()
		if err != nil {
			return err
		}
		switch {
		case m.kind == markEnd && string(m.name) == "row":
			text := string(r.own)
			for _, s := range r.spans {
				r.cells[s.cell] = text[s.from:s.to]
			}
			return nil
		case m.kind == markStart && string(m.name) == "c":
			if n := columnOf(m.attr("r")); n >= 0 {
				column = n
			}
			r.start(m, column)
			if err := r.inside(); err != nil {
				return err
			}
			column++
		}
	}
}

// columnOf takes the column out of a cell's name; -1 without one.
func columnOf(name []byte) int {
	n := 0
	for _, c := range name {
		if c |= 0x20; c < 'a' || c > 'z' {
			break
		}
		if n = n*26 + int(c-'a'+1); n > 10*MaxColumns {
			break
		}
	}
	return n - 1
}

func (r *rowScanner) start(m mark, column int) {
	r.cell = cellState{column: column}
	switch kind := m.attr("t"); string(kind) {
	case "", "n":
	case "s":
		r.cell.kind = "s"
	case "inlineStr":
		r.cell.kind = "inlineStr"
	case "b", "d":
		r.cell.kind = string(kind)
	default:
		r.cell.kind = "str"
	}
	style := 0
	for _, c := range m.attr("s") {
		if style = style*10 + int(c-'0'); c < '0' || c > '9' || style > 1<<20 {
			return
		}
	}
	if style < len(r.book.formats) {
		r.cell.format = r.book.formats[style]
	}
}

// inside reads a cell to its end. Its formula, and what other programs keep
// there, is passed over.
func (r *rowScanner) inside() error {
	r.value.reset()
	inValue := false
	for {
		m, err := r.xml.next()
		if err != nil {
			return err
		}
		switch {
		case m.kind == markEnd && string(m.name) == "c":
			return r.finish()
		case m.kind != markText && string(m.name) == "v":
			inValue = m.kind == markStart
		case inValue && m.kind == markText:
			v := &r.value
			v.got = append(v.got, m.text[:min(len(m.text), MaxCell+1-len(v.got))]...)
		default:
			r.value.take(m)
		}
	}
}

// finish puts the value of the cell into the row.
func (r *rowScanner) finish() error {
	got := r.value.got
	if len(got) == 0 || r.bad != nil {
		return nil
	}
	i := r.cell.column
	if i >= MaxColumns {
		r.bad = &RowError{Line: r.line, Column: MaxColumns + 1, Why: "the row has more than 16,384 columns"}
		return nil
	}
	for len(r.cells) <= i {
		r.cells = append(r.cells, "")
	}
	from := len(r.own)
	switch r.cell.kind {
	case "s":
		n, err := strconv.Atoi(strings.TrimSpace(string(got)))
		if err != nil {
			return errXML
		}
		if r.cells[i], err = r.book.text(n); err != nil {
			return err
		}
		r.size += len(r.cells[i])
	case "b":
		r.own = append(r.own, map[bool]string{true: "TRUE", false: "FALSE"}[string(got) == "1"]...)
	case "d":
		r.own = append(r.own, strings.TrimSuffix(strings.Replace(string(got), "T", " ", 1), "Z")...)
	case "inlineStr":
		r.own = append(r.own, officeText(got)...)
	case "":
		r.own = r.book.appendNumber(r.own, got, r.cell.format)
	default:
		r.own = append(r.own, got...)
	}
	if r.size += len(r.own) - from; len(r.own) > from {
		r.spans = append(r.spans, span{i, from, len(r.own)})
	}
	if r.size > MaxRow {
		r.bad = &RowError{Line: r.line, Why: "the row is longer than 16 MB"}
	}
	return nil
}

// appendNumber writes the number of a cell: plainly with at most 15 digits, or
// as the day or time that it stands for. What is no number stays as it is.
func (b *workbookParts) appendNumber(to, text []byte, format cellFormat) []byte {
	if format == asNumber && asItStands(text) {
		return append(to, text...)
	}
	n, err := strconv.ParseFloat(string(text), 64)
	if err != nil || math.IsInf(n, 0) || math.IsNaN(n) || strings.Contains(string(text), "_") {
		return append(to, text...)
	}
	if format != asNumber && n >= 0 && n < lastSerial {
		return b.appendMoment(to, n, format)
	}
	whole := strconv.FormatFloat(n, 'f', -1, 64)
	if len(whole)-strings.Count(whole, ".") > sheetDigits && !zeroFilled(string(text)) {
		return strconv.AppendFloat(to, n, 'G', sheetDigits, 64)
	}
	return append(to, whole...)
}

// sheetDigits is how many digits of a number a spreadsheet keeps.
const sheetDigits = 15

// asItStands reports whether a number stands as it is to be given: digits with
// no needless zero, sign or exponent.
func asItStands(text []byte) bool {
	text = bytes.TrimPrefix(text, []byte("-"))
	whole, rest, point := bytes.Cut(text, []byte("."))
	if len(whole) == 0 || len(whole)+len(rest) > sheetDigits || whole[0] == '0' && len(whole) > 1 {
		return false
	}
	if point && (len(rest) == 0 || rest[len(rest)-1] == '0') {
		return false
	}
	return allDigits(whole) && allDigits(rest)
}

func allDigits(text []byte) bool {
	for _, c := range text {
		if c < '0' || c > '9' {
			return false
		}
	}
	return true
}

// zeroFilled reports whether a whole number ends in zeros where a spreadsheet
// keeps no digits.
func zeroFilled(text string) bool {
	if strings.ContainsAny(text, ".Ee") {
		return false
	}
	return len(strings.TrimRight(strings.TrimLeft(text, "+-0"), "0")) <= sheetDigits
}

// lastSerial is 9999-12-31 and a day, where spreadsheets end.
const lastSerial = 2_958_466

// appendMoment writes a count of days as a day, a moment or a time of day.
func (b *workbookParts) appendMoment(to []byte, serial float64, format cellFormat) []byte {
	days := math.Floor(serial)
	seconds := math.Round((serial - days) * 24 * 60 * 60)
	epoch := time.Date(1899, time.December, 30, 0, 0, 0, 0, time.UTC)
	switch {
	case b.date1904:
		epoch = time.Date(1904, time.January, 1, 0, 0, 0, 0, time.UTC)
	case serial < 60:
		epoch = epoch.AddDate(0, 0, 1) // the 29th of February 1900 that never was
	}
	if format == asDay {
		seconds = 0
	}
	at := epoch.AddDate(0, 0, int(days)).Add(time.Duration(seconds) * time.Second)
	switch format {
	case asDay:
		return at.AppendFormat(to, time.DateOnly)
	case asTime:
		return at.AppendFormat(to, time.TimeOnly)
	default:
		return at.AppendFormat(to, time.DateTime)
	}
}
