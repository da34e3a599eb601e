package sheet

import (
	"bytes"
	"errors"
	"io"
	"math"
	"os"
	"strings"

	"fieldbook/data"
)

// headSize is how much of a file is looked at.
const headSize = 128 << 10

// sniffRows is how many rows are looked at.
const sniffRows = 200

// Sniff finds out how a text table is written from its first bytes. More bytes
// give a surer answer; a row cut by the end of head does no harm.
func Sniff(head []byte) Format {
	encoding, marked := detectEncoding(head)
	return sniffText(head, Format{Fixed: true, Encoding: encoding, BOM: marked})
}

// SniffFile finds out how a file is written. Where the first part of it is
// plain ASCII it reads on to the first other letter to find the encoding.
// A file that is no table gives a *data.Error.
func SniffFile(path string) (Format, error) {
	file, size, err := openFile(path)
	if err != nil {
		return Format{}, err
	}
	defer func() { _ = file.Close() }() // it was only read
	f, err := sniffReader(file, size)
	if err != nil || f.Kind != Workbook {
		return f, err
	}
	r, err := openWorkbook(file, size, f)
	if err != nil {
		return f, err
	}
	return r.Format(), r.Close()
}

// openFile opens a regular file for reading.
func openFile(path string) (*os.File, int64, error) {
	info, err := os.Stat(path)
	if err != nil {
		return nil, 0, data.Wrap(data.NotFound, err, "The file %s cannot be found or opened.", path)
	}
	if !info.Mode().IsRegular() {
		return nil, 0, data.Errorf(data.Invalid, "%s is not a file. Choose a CSV or XLSX file.", path)
	}
	file, err := os.Open(path)
	return file, info.Size(), data.Wrap(data.NotFound, err, "The file %s cannot be opened.", path)
}

// sniffReader tells workbooks from text and refuses what is neither.
func sniffReader(r io.ReaderAt, size int64) (Format, error) {
	head := make([]byte, min(size, headSize))
	n, err := r.ReadAt(head, 0)
	if err != nil && !errors.Is(err, io.EOF) {
		return Format{}, data.Wrap(data.Internal, err, "The file could not be read. Nothing was changed; try again.")
	}
	head = head[:n]
	if isWorkbook(head) {
		return Format{Kind: Workbook}, nil
	}
	if why := notText(head); why != "" {
		return Format{}, data.Errorf(data.Invalid, "This file is not a table: %s. Nothing was changed; choose a CSV or XLSX file.", why)
	}
	f := Sniff(head)
	if kind := contentKind(head, f); kind != Text {
		f = Format{Fixed: true, Kind: kind, Encoding: f.Encoding, BOM: f.BOM, LineEnd: f.LineEnd, Header: true}
	}
	if f.Encoding == UTF8 && !f.BOM && plainASCII(head) {
		f.Encoding, _ = detectEncoding(firstForeign(r, int64(len(head)), size))
	}
	return f, nil
}

// contentKind tells contact cards and calendars by how they begin.
func contentKind(head []byte, f Format) Kind {
	text := bytes.ToUpper(bytes.TrimSpace(headText(head[:min(len(head), 1024)], f)))
	switch {
	case bytes.HasPrefix(text, []byte("BEGIN:VCARD")):
		return Cards
	case bytes.HasPrefix(text, []byte("BEGIN:VCALENDAR")), bytes.HasPrefix(text, []byte("BEGIN:VEVENT")):
		return Calendar
	}
	return Text
}

// firstForeign gives a stretch of text around the first byte above 0x7F at or
// behind from; empty where there is none.
func firstForeign(r io.ReaderAt, from, size int64) []byte {
	buf := make([]byte, 1<<20)
	for at := from; at < size; at += int64(len(buf)) {
		n, err := r.ReadAt(buf, at)
		if i := bytes.IndexFunc(buf[:n], func(c rune) bool { return c >= 0x80 }); i >= 0 {
			stretch := make([]byte, headSize)
			n, _ := r.ReadAt(stretch, max(at+int64(i)-1024, 0))
			return stretch[:n]
		}
		if err != nil {
			break
		}
	}
	return nil
}

// notText names a well-known file that is no table, or says that the bytes are
// not text; "" for text.
func notText(head []byte) string {
	for magic, name := range map[string]string{
		"%PDF": "it is a PDF", "\x89PNG": "it is a picture", "\xFF\xD8\xFF": "it is a picture", "GIF8": "it is a picture",
		"\x1F\x8B": "it is compressed with gzip; unpack it first", "{\\rtf": "it is a text document",
		"SQLite format 3": "it is a database", "7z\xBC\xAF": "it is a packed archive; unpack it first", "Rar!": "it is a packed archive; unpack it first",
	} {
		if bytes.HasPrefix(head, []byte(magic)) {
			return name
		}
	}
	if _, wide := detectUTF16(head); wide || bytes.HasPrefix(head, UTF16LE.bom()) || bytes.HasPrefix(head, UTF16BE.bom()) {
		return ""
	}
	odd := 0
	for _, c := range head {
		if c < 0x20 && c != '\t' && c != '\n' && c != '\r' && c != '\f' && c != 0x1A {
			odd++
		}
	}
	if odd > 8 && odd*20 > len(head) {
		return "it holds bytes that text never does"
	}
	return ""
}

// sniffText finds delimiter, quotes, line ends and header, given the encoding.
func sniffText(head []byte, f Format) Format {
	text := headText(head, f)
	f.LineEnd = detectLineEnd(text)
	f.Quote = detectQuote(text)
	if d, ok := declaredDelimiter(text); ok {
		f.Delimiter, f.Skip = d, 1
	} else {
		f.Delimiter = detectDelimiter(text, f)
	}
	f.Escape = detectEscape(text, f)
	rows := sampleRows(text, f)
	if f.Skip > 0 && len(rows) > 0 {
		rows = rows[1:]
	}
	return sniffLayout(rows, f)
}

// headText decodes head as far as it goes.
func headText(head []byte, f Format) []byte {
	if f.BOM {
		head = bytes.TrimPrefix(head, f.Encoding.bom())
	}
	src, err := f.Encoding.decode(bytes.NewReader(head))
	if err != nil {
		return head
	}
	text, err := io.ReadAll(src)
	if err != nil && len(text) == 0 {
		return head
	}
	return text
}

func detectLineEnd(text []byte) LineEnd {
	crlf := bytes.Count(text, []byte("\r\n"))
	lf, cr := bytes.Count(text, []byte("\n"))-crlf, bytes.Count(text, []byte("\r"))-crlf
	switch {
	case crlf > 0 && lf+cr == 0:
		return CRLF
	case cr > 0 && lf+crlf == 0:
		return CR
	case crlf+cr > 0:
		return MixedEnds
	}
	return LF
}

// detectQuote takes the double quote unless only single quotes stand around
// cells, on two lines at least.
func detectQuote(text []byte) byte {
	if bytes.IndexByte(text, '"') >= 0 {
		return '"'
	}
	lines := 0
	for line := range bytes.Lines(text) {
		line = bytes.TrimRight(line, "\r\n")
		opened := bytes.Count(line, []byte(",'")) + bytes.Count(line, []byte(";'")) + bytes.Count(line, []byte("\t'"))
		closed := bytes.Count(line, []byte("',")) + bytes.Count(line, []byte("';")) + bytes.Count(line, []byte("'\t"))
		if opened > 0 && closed > 0 && bytes.Count(line, []byte("'"))%2 == 0 {
			lines++
		}
	}
	if lines >= 2 {
		return '\''
	}
	return '"'
}

// declaredDelimiter reads the first line "sep=;" that Excel writes and obeys.
func declaredDelimiter(text []byte) (byte, bool) {
	line, _, _ := bytes.Cut(text, []byte("\n"))
	line = bytes.TrimRight(line, "\r")
	if len(line) == 5 && strings.EqualFold(string(line[:4]), "sep=") {
		return line[4], true
	}
	return 0, false
}

// detectDelimiter takes the sign under which most rows have equally many cells,
// two or more.
func detectDelimiter(text []byte, f Format) byte {
	best, bestScore := byte(','), 0.0
	for _, d := range []byte{',', ';', '\t', '|'} {
		f.Delimiter = d
		rows := sampleRows(text, f)
		width, share := commonWidth(rows)
		if width < 2 {
			continue
		}
		if score := share + 0.02*math.Log2(float64(width)); score > bestScore+1e-9 {
			best, bestScore = d, score
		}
	}
	return best
}

// commonWidth gives the most usual number of cells and the share of rows that
// have it.
func commonWidth(rows []Record) (width int, share float64) {
	counts := map[int]int{}
	for _, r := range rows {
		counts[len(r.Cells)]++
	}
	for w, n := range counts {
		if n > counts[width] || (n == counts[width] && w > width) {
			width = w
		}
	}
	return width, float64(counts[width]) / float64(max(len(rows), 1))
}

// detectEscape finds quotes inside cells that are escaped with a backslash and
// not doubled.
func detectEscape(text []byte, f Format) byte {
	mark := []byte{'\\', f.Quote}
	for i := 0; ; {
		j := bytes.Index(text[i:], mark)
		if j < 0 || i+j+2 >= len(text) {
			return 0
		}
		i += j + 2
		if c := text[i]; c != f.Delimiter && c != f.Quote && c != '\n' && c != '\r' {
			return '\\'
		}
	}
}

// sampleRows cuts the first rows of text; rows that cannot be read are left out.
func sampleRows(text []byte, f Format) []Record {
	s := newScanner(bytes.NewReader(text), f)
	var rows []Record
	for tries := 0; len(rows) < sniffRows && tries < 2*sniffRows; tries++ {
		rec, err := s.next()
		var bad *RowError
		if errors.As(err, &bad) {
			continue
		}
		if err != nil {
			break
		}
		rec.Cells = append([]string(nil), rec.Cells...)
		rows = append(rows, rec)
	}
	if len(rows) > 2 && len(text) >= headSize && s.srcErr != nil && s.start == s.end {
		rows = rows[:len(rows)-1]
	}
	return rows
}
