package sheet

import (
	"bytes"
	"errors"
	"io"
	"strings"
	"unicode/utf8"

	"fieldbook/data"
)

// scanner cuts UTF-8 text into records. It holds one record at a time.
//
// A quote opens a quoted cell only at the start of the cell (blanks before it
// are dropped) and closes it only before a delimiter, a line end or the end of
// the text; elsewhere it stands for itself. A quote that is never closed costs
// the line it stands on, not the rest of the file.
type scanner struct {
	src        io.Reader
	buf        []byte
	start, end int // the unread part of buf
	lf, cr     int // where the next line feed and carriage return are, or how far there is none
	srcErr     error
	line       int // number of the line at start
	format     Format
	undefuse   bool // take back the apostrophe before a formula
	unclosed   int
	cells      []string
	text       []byte // cells of a quoted record, joined
	ends       []int  // where each cell ends in text
}

func newScanner(src io.Reader, f Format) *scanner {
	return &scanner{src: src, buf: make([]byte, 128<<10), line: 1, format: f, undefuse: true}
}

// fill reads more bytes behind the unread part; false at the end of the text.
func (s *scanner) fill() bool {
	if s.srcErr != nil {
		return false
	}
	if s.start > 0 {
		copy(s.buf, s.buf[s.start:s.end])
		s.lf, s.cr = max(s.lf-s.start, 0), max(s.cr-s.start, 0)
		s.end -= s.start
		s.start = 0
	}
	if s.end == len(s.buf) {
		s.buf = append(s.buf, make([]byte, len(s.buf))...)
	}
	for empty := 0; ; empty++ {
		n, err := s.src.Read(s.buf[s.end:])
		s.end += n
		if err == nil && n == 0 && empty > 100 {
			err = io.ErrNoProgress
		}
		s.srcErr = err
		if n > 0 {
			return true
		}
		if err != nil {
			return false
		}
	}
}

// seek finds the next byte c in the unread part, remembering in at how far it
// has looked; -1 where there is none yet.
func (s *scanner) seek(c byte, at *int) int {
	*at = max(*at, s.start)
	if i := bytes.IndexByte(s.buf[*at:s.end], c); i >= 0 {
		*at += i
		return *at
	}
	*at = s.end
	return -1
}

// lineSpan gives the length of the line at start and of its end (0 at the end
// of the text). tooLong means that the line is longer than MaxRow.
func (s *scanner) lineSpan() (body, ending int, tooLong bool) {
	for {
		lf, cr := s.seek('\n', &s.lf), s.seek('\r', &s.cr)
		switch {
		case cr >= 0 && cr+1 < s.end && (lf < 0 || cr < lf-1):
			return cr - s.start, 1, false
		case lf >= 0 && cr == lf-1 && cr >= 0:
			return cr - s.start, 2, false
		case lf >= 0:
			return lf - s.start, 1, false
		}
		if s.end-s.start > MaxRow {
			return 0, 0, true
		}
		if !s.fill() {
			if n := s.end - s.start; n > 0 && s.buf[s.end-1] == '\r' {
				return n - 1, 1, false
			}
			return s.end - s.start, 0, false
		}
	}
}

// next gives the next record that holds anything. Errors: io.EOF at the end, a
// *RowError for a row set aside, a *data.Error where reading has to stop.
func (s *scanner) next() (Record, error) {
	for {
		body, ending, tooLong := s.lineSpan()
		if tooLong {
			return Record{}, s.dropLongLine()
		}
		if body == 0 && ending == 0 {
			return Record{}, s.finish()
		}
		raw := s.buf[s.start : s.start+body]
		if blank(raw, s.format.Delimiter) || (s.format.Comment != 0 && raw[0] == s.format.Comment) {
			s.advance(body+ending, 1)
			continue
		}
		if s.format.Quote != 0 && bytes.IndexByte(raw, s.format.Quote) >= 0 {
			return s.quotedRecord()
		}
		rec := Record{Line: s.line}
		s.advance(body+ending, 1)
		if why := s.fault(raw); why != "" {
			return Record{}, &RowError{Line: rec.Line, Value: excerpt(raw), Why: why}
		}
		s.cells = splitInto(s.cells[:0], string(raw), s.format.Delimiter)
		return s.checked(rec)
	}
}

// finish tells the true end of the text from a reading fault.
func (s *scanner) finish() error {
	if errors.Is(s.srcErr, io.EOF) {
		return io.EOF
	}
	return data.Wrap(data.Internal, s.srcErr, "The file could not be read to its end. Nothing was changed; try again, or copy the file to this computer first.")
}

func (s *scanner) advance(n, lines int) {
	s.start += n
	s.line += lines
}

// dropLongLine leaves out a line longer than MaxRow without holding it.
func (s *scanner) dropLongLine() error {
	bad := &RowError{Line: s.line, Value: excerpt(s.buf[s.start : s.start+200]), Why: "the row is longer than 16 MB"}
	for {
		s.start = s.end
		if s.buf[s.end-1] == '\r' {
			s.start-- // perhaps the first half of a line end
		}
		if body, ending, tooLong := s.lineSpan(); !tooLong {
			s.advance(body+ending, 1)
			return bad
		}
	}
}

// fault says what makes the bytes of a row unreadable, or "".
func (s *scanner) fault(raw []byte) string {
	switch {
	case bytes.IndexByte(raw, 0) >= 0:
		return "the row holds a zero byte, which text never does; the file may be damaged or in another encoding"
	case !utf8.Valid(raw):
		return "the row holds bytes that are not valid in the encoding " + string(s.format.Encoding) + "; choose another encoding"
	case len(raw) > MaxCell && longestCell(raw, s.format.Delimiter) > MaxCell:
		return "a cell is longer than 1 MB"
	}
	return ""
}

// checked finishes a record whose cells stand in s.cells.
func (s *scanner) checked(rec Record) (Record, error) {
	if len(s.cells) > MaxColumns {
		return Record{}, &RowError{Line: rec.Line, Column: MaxColumns + 1, Value: excerpt([]byte(s.cells[0])), Why: "the row has more than 16,384 columns"}
	}
	if s.undefuse {
		for i, c := range s.cells {
			if len(c) > 1 && c[0] == '\'' {
				s.cells[i] = undefuse(c)
			}
		}
	}
	rec.Cells = s.cells
	return rec, nil
}

// splitInto cuts line at each delimiter. It stops one past MaxColumns.
func splitInto(cells []string, line string, delimiter byte) []string {
	for len(cells) <= MaxColumns {
		i := strings.IndexByte(line, delimiter)
		if i < 0 {
			return append(cells, line)
		}
		cells = append(cells, line[:i])
		line = line[i+1:]
	}
	return cells
}

// blank reports whether a line holds nothing but blanks and delimiters.
func blank(raw []byte, delimiter byte) bool {
	for _, c := range raw {
		if c != delimiter && c != ' ' && c != '\t' {
			return false
		}
	}
	return true
}

func longestCell(raw []byte, delimiter byte) int {
	longest := 0
	for {
		i := bytes.IndexByte(raw, delimiter)
		if i < 0 {
			return max(longest, len(raw))
		}
		longest = max(longest, i)
		raw = raw[i+1:]
	}
}
