package sheet

import (
	"bytes"

	"fieldbook/data"
)

// noByte stands for the end of the text.
const noByte = -1

// quotedRow is the state of cutting a record that holds quotes. Positions count
// from the start of the record, since the buffer may move while it is filled.
type quotedRow struct {
	*scanner
	pos   int // the next byte
	lines int // line ends passed
}

// peek gives the byte at pos, or noByte at the end of the text.
func (q *quotedRow) peek(pos int) int {
	for q.start+pos >= q.end {
		if !q.fill() {
			return noByte
		}
	}
	return int(q.buf[q.start+pos])
}

// lineEndAt gives the length of the line end at pos; 0 where there is none.
func (q *quotedRow) lineEndAt(pos int) int {
	switch q.peek(pos) {
	case '\n':
		return 1
	case '\r':
		if q.peek(pos+1) == '\n' {
			return 2
		}
		return 1
	}
	return 0
}

// quotedRecord cuts a record that holds quotes and may span lines.
func (s *scanner) quotedRecord() (Record, error) {
	q := &quotedRow{scanner: s}
	s.text, s.ends = s.text[:0], s.ends[:0]
	for {
		open := q.skipBlanks(q.pos)
		if q.peek(open) == int(s.format.Quote) {
			if why := q.quotedCell(open); why != "" {
				return Record{}, q.giveUp(open, why)
			}
		} else {
			q.plainCell()
		}
		s.ends = append(s.ends, len(s.text))
		if len(s.ends) > MaxColumns || len(s.text) > MaxRow {
			return Record{}, q.setAside(q.pos, "the row has more than 16,384 columns or 16 MB")
		}
		if q.peek(q.pos) != int(s.format.Delimiter) {
			break
		}
		q.pos++
	}
	raw := s.buf[s.start : s.start+q.pos]
	rec := Record{Line: s.line}
	why := s.fault(raw)
	value := excerpt(raw)
	if n := q.lineEndAt(q.pos); n > 0 {
		q.pos += n
		q.lines++
	}
	s.advance(q.pos, q.lines)
	if why != "" {
		return Record{}, &RowError{Line: rec.Line, Value: value, Why: why}
	}
	s.cells = s.cells[:0]
	joined, from := string(s.text), 0
	for _, end := range s.ends {
		s.cells = append(s.cells, joined[from:end])
		from = end
	}
	return s.checked(rec)
}

// skipBlanks passes blanks that may stand before an opening quote.
func (q *quotedRow) skipBlanks(pos int) int {
	for {
		c := q.peek(pos)
		if (c != ' ' && c != '\t') || c == int(q.format.Delimiter) {
			return pos
		}
		pos++
	}
}

// plainCell takes an unquoted cell, up to the delimiter or line end.
func (q *quotedRow) plainCell() {
	for {
		c := q.peek(q.pos)
		if c == noByte || c == int(q.format.Delimiter) || c == '\n' || c == '\r' {
			return
		}
		q.text = append(q.text, byte(c))
		q.pos++
	}
}

// quotedCell takes a quoted cell whose quote stands at open and leaves pos
// behind it. It returns what is wrong with it, or "".
func (q *quotedRow) quotedCell(open int) string {
	quote := int(q.format.Quote)
	from, stray, lines := len(q.text), false, 0
	pos := open + 1
	for {
		c := q.peek(pos)
		switch {
		case c == noByte:
			return "the quote that opens here is never closed"
		case len(q.text)-from > MaxCell && lines > 0:
			return "the quote that opens here is not closed within 1 MB"
		case len(q.text)-from > MaxCell:
			return "a cell is longer than 1 MB"
		case q.escapes(c, pos):
			pos = q.take(pos+1, 1)
		case c == '\n' || c == '\r':
			if stray {
				return "a quote inside a quoted cell is not doubled, and the cell is not closed on its line"
			}
			pos = q.take(pos, q.lineEndAt(pos))
			lines++
		case c == quote:
			if end, closes := q.closes(pos); closes {
				q.pos, q.lines = end, q.lines+lines
				return ""
			}
			if lines > 0 && q.opensCell(pos) {
				return "the quote that opens here is never closed"
			}
			stray = true
			pos = q.take(pos, 1)
		default:
			q.text = append(q.text, byte(c))
			pos++
		}
	}
}

// take adds n bytes from pos on to the cell and gives the place behind them.
func (q *quotedRow) take(pos, n int) int {
	for range n {
		q.text = append(q.text, byte(q.peek(pos)))
		pos++
	}
	return pos
}

// escapes reports whether c, which stands at pos, only says that the quote or
// escape sign behind it belongs to the text.
func (q *quotedRow) escapes(c, pos int) bool {
	quote, escape := int(q.format.Quote), int(q.format.Escape)
	switch {
	case c != quote && (c != escape || escape == 0):
		return false
	case c == escape && escape != 0 && q.peek(pos+1) == escape:
		return true
	default:
		return q.peek(pos+1) == quote
	}
}

// closes reports whether the quote at pos ends its cell, and where the
// delimiter or line end behind it stands.
func (q *quotedRow) closes(pos int) (end int, ok bool) {
	end = q.skipBlanks(pos + 1)
	c := q.peek(end)
	return end, c == noByte || c == int(q.format.Delimiter) || c == '\n' || c == '\r'
}

// opensCell reports whether the quote at pos looks like the start of a cell:
// then the quote before it was never closed.
func (q *quotedRow) opensCell(pos int) bool {
	before := q.peek(pos - 1)
	return before == int(q.format.Delimiter) || before == '\n' || before == '\r'
}

// giveUp sets aside a row whose quote at pos is never closed. After too many
// of them it stops the reading, since looking for the close is slow.
func (q *quotedRow) giveUp(pos int, why string) error {
	s := q.scanner
	s.unclosed++
	if s.unclosed > maxUnclosed {
		return data.Errorf(data.Invalid, "More than %d rows have a quote (%c) that is never closed, the last on line %d. Nothing was changed; choose another quote sign for this file, or none.", maxUnclosed, s.format.Quote, s.line)
	}
	return q.setAside(pos, why)
}

// setAside leaves out the lines up to and with the one that pos stands on.
func (q *quotedRow) setAside(pos int, why string) error {
	s := q.scanner
	bad := &RowError{Line: s.line + q.lines, Value: excerpt(q.firstLine(pos)), Why: why}
	bad.Column = len(s.ends) + 1
	lines := q.lines
	for {
		if n := q.lineEndAt(pos); n > 0 {
			s.advance(pos+n, lines+1)
			return bad
		}
		if q.peek(pos) == noByte {
			s.advance(pos, lines)
			return bad
		}
		pos++
		if pos > MaxRow {
			s.advance(pos, lines)
			pos, lines = 0, 0
		}
	}
}

// firstLine gives what is in the buffer of the line that pos stands on, from
// pos on.
func (q *quotedRow) firstLine(pos int) []byte {
	rest := q.buf[min(q.start+pos, q.end):q.end]
	if i := bytes.IndexAny(rest[:min(len(rest), 200)], "\r\n"); i >= 0 {
		return rest[:i]
	}
	return rest
}
