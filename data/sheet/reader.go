package sheet

import (
	"errors"
	"io"
	"os"
	"strings"

	"fieldbook/data"
)

// source gives rows one by one, ending with io.EOF.
type source interface {
	next() (Record, error)
	close() error
}

// Reader gives the rows of a table below its header. It is for one goroutine.
type Reader struct {
	format     Format
	src        source
	header     []string
	headerLine int
	sheets     []string
	file       io.Closer
	read       *countingReader
	size       int64
	merged     []mergedRange // of a workbook, below the header
}

// Open opens a CSV or XLSX file. A Format that is not Fixed asks to find out how
// the file is written; otherwise f is obeyed as it stands. Close the reader after use.
// A file that cannot be read as a table gives a *data.Error.
func Open(path string, f Format) (*Reader, error) {
	file, size, err := openFile(path)
	if err != nil {
		return nil, err
	}
	if f.Member != "" {
		return openMember(file, size, f)
	}
	r, err := OpenAt(file, size, f)
	if err != nil {
		return nil, errors.Join(err, file.Close())
	}
	r.file = file
	return r, nil
}

// openMember opens a table of a packed archive, which it closes.
func openMember(archive *os.File, size int64, f Format) (*Reader, error) {
	member, n, err := unpackTable(archive, size, f.Member)
	if err = errors.Join(err, archive.Close()); err != nil {
		return nil, err
	}
	r, err := OpenAt(member, n, f)
	if err != nil {
		return nil, errors.Join(err, member.Close())
	}
	r.file = member
	return r, nil
}

// OpenAt opens a table that stands in memory or in an open file of size bytes;
// src must stay usable until Close and is not closed by it.
func OpenAt(src io.ReaderAt, size int64, f Format) (*Reader, error) {
	found := f
	if !f.Fixed {
		var err error
		if found, err = sniffReader(src, size); err != nil {
			return nil, err
		}
		found.Sheet, found.Member, found.Horizon = f.Sheet, f.Member, f.Horizon
	}
	if found.Kind == Workbook {
		return openWorkbook(src, size, found)
	}
	return openText(src, size, found)
}

func openText(src io.ReaderAt, size int64, f Format) (*Reader, error) {
	if f.Delimiter == 0 {
		f.Delimiter = ','
	}
	if f.Encoding == "" {
		f.Encoding = UTF8
	}
	counted := &countingReader{src: io.NewSectionReader(src, 0, size)}
	if f.BOM {
		if err := counted.skip(f.Encoding.bom()); err != nil {
			return nil, err
		}
	}
	decoded, err := f.Encoding.decode(counted)
	if err != nil {
		return nil, err
	}
	r := &Reader{format: f, read: counted, size: size}
	switch f.Kind {
	case Cards:
		r.src, r.header, r.headerLine = &cardSource{newLineReader(decoded)}, cardHeader, 1
		return r, nil
	case Calendar:
		r.src, r.header, r.headerLine = newEventSource(newLineReader(decoded), f.Horizon), eventHeader, 1
		return r, nil
	default:
		r.src = &textSource{newScanner(decoded, f)}
	}
	return r, r.readHeader()
}

// textSource is a scanner as a source; it has nothing to close.
type textSource struct{ *scanner }

func (textSource) close() error { return nil }

// readHeader passes the lines above the table and takes the header.
func (r *Reader) readHeader() error {
	if r.format.Skip > 0 {
		if t, ok := r.src.(*textSource); ok {
			t.skipLines(r.format.Skip)
		}
	}
	if !r.format.Header {
		return nil
	}
	rec, err := r.src.next()
	if errors.Is(err, io.EOF) {
		return nil
	}
	if err != nil {
		return errors.Join(data.Wrap(data.Invalid, err, "The row that names the columns cannot be read. Nothing was changed; check the settings of the file."), r.src.close())
	}
	r.headerLine = rec.Line
	for _, name := range rec.Cells {
		r.header = append(r.header, strings.TrimSpace(name))
	}
	if !r.format.Groups {
		return nil
	}
	if rec, err = r.src.next(); err != nil && !errors.Is(err, io.EOF) {
		return errors.Join(data.Wrap(data.Invalid, err, "The second row that names the columns cannot be read. Nothing was changed; check the settings of the file."), r.src.close())
	}
	r.header, r.headerLine = groupedNames(r.header, rec), rec.Line
	return nil
}

// groupedNames are the names below heads of groups. One that several groups have
// stands behind the head of its own; a column without a name has its head's.
func groupedNames(heads []string, rec Record) []string {
	out, count := make([]string, max(len(heads), len(rec.Cells))), map[string]int{}
	for i := range out {
		out[i] = strings.TrimSpace(rec.Cell(i))
		count[out[i]]++
	}
	group := ""
	for i, name := range out {
		if i < len(heads) && heads[i] != "" {
			group = heads[i]
		}
		switch {
		case name == "" && i < len(heads):
			out[i] = heads[i]
		case count[name] > 1:
			out[i] = strings.TrimSpace(group + " " + name)
		}
	}
	return out
}

// skipLines passes n lines without looking into them.
func (s *scanner) skipLines(n int) {
	for range n {
		body, ending, tooLong := s.lineSpan()
		if tooLong {
			_ = s.dropLongLine() // the line is not wanted
			continue
		}
		s.advance(body+ending, 1)
	}
}

// Format is how the file was read.
func (r *Reader) Format() Format { return r.format }

// Header gives the names of the columns and the line they stand on; nil and 0
// where the table has none.
func (r *Reader) Header() (names []string, line int) { return r.header, r.headerLine }

// Sheets lists the visible sheets of a workbook; nil for text.
func (r *Reader) Sheets() []string { return r.sheets }

// Progress gives the share of a text file that has been read, 0 to 1; 0 for a
// workbook, whose length is not known beforehand.
func (r *Reader) Progress() float64 {
	if r.read == nil || r.size == 0 {
		return 0
	}
	return float64(r.read.n) / float64(r.size)
}

// Next gives the next row that holds anything. At the end it returns io.EOF. A
// *RowError stands for a row that was set aside: call Next again to go on. Any
// other error is a *data.Error and final.
func (r *Reader) Next() (Record, error) { return r.src.next() }

// Close frees what the reader holds.
func (r *Reader) Close() error {
	err := r.src.close()
	if r.file != nil {
		err = errors.Join(err, r.file.Close())
	}
	return err
}

// countingReader counts what was read of src.
type countingReader struct {
	src io.Reader
	n   int64
}

func (c *countingReader) Read(p []byte) (int, error) {
	n, err := c.src.Read(p)
	c.n += int64(n)
	return n, err
}

// skip passes the byte order mark.
func (c *countingReader) skip(mark []byte) error {
	if _, err := io.CopyN(io.Discard, c, int64(len(mark))); err != nil && !errors.Is(err, io.EOF) {
		return data.Wrap(data.Internal, err, "The file could not be read. Nothing was changed; try again.")
	}
	return nil
}
