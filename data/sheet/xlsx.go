package sheet

import (
	"archive/zip"
	"bytes"
	"errors"
	"io"
	"slices"
	"strings"
	"unicode/utf8"

	"fieldbook/data"
)

// partLimit is how much of a part is read that describes a workbook.
const partLimit = 64 << 20

// workbookSource gives the rows of one sheet.
type workbookSource struct {
	book *workbookParts
	rows *rowScanner
	skip int
	sums int // the row of sums that the writer of this package added; 0 for none
	fill mergeFiller
}

// openWorkbook opens the sheet that f names, or the first visible one that
// holds anything. Where f says no more, header and title rows are found out.
func openWorkbook(src io.ReaderAt, size int64, f Format) (*Reader, error) {
	archive, err := checkWorkbook(src, size)
	if err != nil {
		return nil, err
	}
	book, err := openParts(archive)
	if err != nil {
		return nil, unreadable(err)
	}
	r, err := chooseSheet(book, f)
	if err != nil {
		return nil, errors.Join(err, book.table.close())
	}
	return r, nil
}

// chooseSheet makes a reader for the wanted sheet of book.
func chooseSheet(book *workbookParts, f Format) (*Reader, error) {
	var visible []string
	for _, s := range book.sheets {
		if !s.hidden {
			visible = append(visible, s.name)
		}
	}
	candidates := visible
	if f.Sheet != "" {
		s, ok := book.sheet(f.Sheet)
		if !ok {
			return nil, data.Errorf(data.NotFound, "The workbook has no sheet named %q. It has: %s.", f.Sheet, strings.Join(visible, ", "))
		}
		candidates = []string{s.name}
	}
	for _, name := range candidates {
		sample, err := sampleSheet(book, name)
		if err != nil {
			return nil, unreadable(err)
		}
		if len(sample) == 0 && f.Sheet == "" {
			continue
		}
		if !f.Fixed {
			f = sniffLayout(sample, Format{Fixed: true, Kind: Workbook})
		}
		f.Sheet = name
		return openSheet(book, f, visible)
	}
	return nil, data.Errorf(data.Invalid, "No visible sheet of this workbook holds anything. Show the sheet in the spreadsheet program, or name it.")
}

func openSheet(book *workbookParts, f Format, visible []string) (*Reader, error) {
	rows, err := book.rows(f.Sheet)
	if errors.Is(err, errNoPart) {
		return nil, data.Errorf(data.Invalid, "The sheet %q holds no table, perhaps a chart. The workbook has: %s.", f.Sheet, strings.Join(visible, ", "))
	}
	if err != nil {
		return nil, unreadable(err)
	}
	src := &workbookSource{book: book, rows: rows, skip: f.Skip, sums: totalsRow(book, f.Sheet)}
	r := &Reader{format: f, src: src, sheets: visible}
	if err := r.readHeader(); err != nil {
		return r, err
	}
	if src.fill.ranges, err = book.merged(f.Sheet); err != nil {
		return nil, errors.Join(unreadable(err), rows.close())
	}
	src.fill.below(max(r.headerLine, f.Skip))
	r.merged = src.fill.ranges
	return r, nil
}

// sampleSheet reads the first rows that hold anything. A chart sheet has none.
func sampleSheet(book *workbookParts, name string) ([]Record, error) {
	rows, err := book.rows(name)
	if errors.Is(err, errNoPart) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	src := &workbookSource{rows: rows}
	var sample []Record
	for tries := 0; len(sample) < sniffRows && tries < 2*sniffRows; tries++ {
		rec, err := src.next()
		var bad *RowError
		if errors.As(err, &bad) {
			continue
		}
		if err != nil {
			break
		}
		rec.Cells = slices.Clone(rec.Cells)
		sample = append(sample, rec)
	}
	return sample, rows.close()
}

// next gives the next row that holds anything.
func (w *workbookSource) next() (Record, error) {
	for {
		line, cells, err := w.rows.next()
		var bad *RowError
		if errors.Is(err, io.EOF) || errors.As(err, &bad) {
			return Record{}, err
		}
		if err != nil {
			return Record{}, unreadable(err)
		}
		if line <= w.skip || line == w.sums || filled(cells) == 0 {
			continue
		}
		if bad := checkCells(line, cells); bad != nil {
			return Record{}, bad
		}
		return Record{Line: line, Cells: w.fill.fill(line, cells)}, nil
	}
}

// checkCells holds the cells of a workbook to the same limits as text, and
// drops the empty time of day that a day carries.
func checkCells(line int, cells []string) error {
	if len(cells) > MaxColumns {
		return &RowError{Line: line, Column: MaxColumns + 1, Why: "the row has more than 16,384 columns"}
	}
	for i, c := range cells {
		switch {
		case len(c) > MaxCell:
			return &RowError{Line: line, Column: i + 1, Value: excerpt([]byte(c)), Why: "a cell is longer than 1 MB"}
		case strings.IndexByte(c, 0) >= 0 || !utf8.ValidString(c):
			return &RowError{Line: line, Column: i + 1, Value: excerpt([]byte(c)), Why: "a cell holds bytes that text never does"}
		case len(c) == len("2006-01-02 00:00:00"):
			cells[i] = strings.TrimSuffix(c, " 00:00:00")
		}
		if strings.Contains(c, escapeStart) {
			cells[i] = unescapeXML(c)
		}
	}
	return nil
}

func (w *workbookSource) close() error { return errors.Join(w.rows.close(), w.book.table.close()) }

// unreadable tells a workbook that is damaged.
func unreadable(err error) error {
	return data.Wrap(data.Invalid, err, "This workbook cannot be read; it may be damaged. Nothing was changed; open it in a spreadsheet program and save it as XLSX or CSV.")
}

// isWorkbook reports whether head starts a zip or an OLE file.
func isWorkbook(head []byte) bool {
	return bytes.HasPrefix(head, []byte("PK\x03\x04")) || bytes.HasPrefix(head, []byte("PK\x05\x06")) || bytes.HasPrefix(head, oleMagic())
}

func oleMagic() []byte { return []byte{0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1} }

// Unpacked, a workbook may take the greater of unzipFloor and unzipRatio times
// its size, and never more than unzipCeiling.
const (
	unzipFloor   = 64 << 20
	unzipRatio   = 100
	unzipCeiling = 4 << 30
	mostParts    = 10_000
)

// checkWorkbook refuses what is not an XLSX file and what would unpack to too
// much, before anything is unpacked.
func checkWorkbook(src io.ReaderAt, size int64) (*zip.Reader, error) {
	head := make([]byte, 8)
	if _, err := src.ReadAt(head, 0); err != nil {
		return nil, unreadable(err)
	}
	if bytes.Equal(head, oleMagic()) {
		return nil, refuseOLE(src, size)
	}
	archive, err := zip.NewReader(src, size)
	if err != nil {
		return nil, unreadable(err)
	}
	if err := refuseForeign(archive); err != nil {
		return nil, err
	}
	limit := min(max(unzipFloor, unzipRatio*size), unzipCeiling)
	if len(archive.File) > mostParts || unpackedSize(archive) > uint64(limit) {
		return nil, data.Errorf(data.Refused, "This workbook would unpack to far more than its size allows, as only a damaged or hostile file does. Nothing was changed; save it again from a spreadsheet program, or as CSV.")
	}
	return archive, nil
}

// unpackedSize adds up the parts, stopping at the first absurd one. The zip
// reader fails where a part unpacks to more than it says here.
func unpackedSize(archive *zip.Reader) uint64 {
	total := uint64(0)
	for _, part := range archive.File {
		if part.UncompressedSize64 > unzipCeiling {
			return unzipCeiling + 1
		}
		total += part.UncompressedSize64
	}
	return total
}

// refuseForeign names other formats that are zip files too.
func refuseForeign(archive *zip.Reader) error {
	hasBook := false
	for _, part := range archive.File {
		name := strings.ToLower(strings.ReplaceAll(part.Name, "\\", "/"))
		switch name {
		case "xl/workbook.bin":
			return data.Errorf(data.Unsupported, "This is a binary workbook (XLSB). Save it as XLSX or CSV and import that.")
		case "mimetype", "content.xml":
			return data.Errorf(data.Unsupported, "This is an OpenDocument file. Save it as XLSX or CSV and import that.")
		case "word/document.xml":
			return data.Errorf(data.Unsupported, "This is a Word document. Copy its table into a spreadsheet and save it as XLSX or CSV.")
		case "[content_types].xml":
			hasBook = true
		}
	}
	if !hasBook {
		return data.Errorf(data.Unsupported, "This is a packed archive, not a workbook. Unpack it and import the files inside.")
	}
	return nil
}

// refuseOLE tells an encrypted workbook from one of the old binary format.
func refuseOLE(src io.ReaderAt, size int64) error {
	head := make([]byte, min(size, 1<<20))
	n, _ := src.ReadAt(head, 0)
	if bytes.Contains(head[:n], wide("EncryptedPackage")) || bytes.Contains(head[:n], wide("EncryptionInfo")) {
		return data.Errorf(data.Unsupported, "This workbook is locked with a password. Open it in a spreadsheet program, remove the password, save it and import it again.")
	}
	return data.Errorf(data.Unsupported, "This is a file of an old office format (XLS or similar). Save it as XLSX or CSV and import that.")
}

// wide writes ASCII as UTF-16, as OLE files write names.
func wide(text string) []byte {
	var b []byte
	for _, c := range []byte(text) {
		b = append(b, c, 0)
	}
	return b
}
