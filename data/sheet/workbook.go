package sheet

import (
	"archive/zip"
	"errors"
	"io"
	"os"
	"slices"
	"strings"

	"github.com/xuri/excelize/v2"

	"fieldbook/data"
	"fieldbook/data/draft"
)

// Book writes a workbook of several sheets, one after the other. Close
// puts the file in its place, whole, unless a call before it failed: then it
// leaves no file and returns that error.
type Book struct {
	file   *draft.File
	book   *excelize.File
	styles map[styleKey]int
	sheets int
	err    error // the first failure
}

// NewBook starts a workbook at path.
func NewBook(path string) (*Book, error) {
	file, err := draft.Create(path)
	if err != nil {
		return nil, err
	}
	return &Book{file: file, book: excelize.NewFile(), styles: map[styleKey]int{}}, nil
}

// NewXLSXWriter starts a workbook at path with one sheet: typed cells, a bold
// header that stays in view, a filter and fitting widths.
func NewXLSXWriter(path string, options XLSXOptions) (Writer, error) {
	b, err := NewBook(path)
	if err != nil {
		return nil, err
	}
	w, err := b.newSheet(options)
	if err != nil {
		return nil, errors.Join(err, b.Discard())
	}
	w.alone = true
	return w, nil
}

// Sheet starts the next sheet. Close it before the next one.
func (b *Book) Sheet(options XLSXOptions) (Writer, error) { return b.newSheet(options) }

func (b *Book) newSheet(options XLSXOptions) (*xlsxWriter, error) {
	if options.Sheet == "" {
		options.Sheet = firstSheet
	}
	options.Sheet = sheetName(options.Sheet)
	var err error
	if b.sheets++; b.sheets == 1 {
		err = b.book.SetSheetName(firstSheet, options.Sheet)
	} else {
		_, err = b.book.NewSheet(options.Sheet)
	}
	if err != nil {
		return nil, b.fail(data.Wrap(data.Invalid, err, "The sheet cannot be named %q. Choose another name.", options.Sheet))
	}
	stream, err := b.book.NewStreamWriter(options.Sheet)
	if err != nil {
		return nil, b.fail(err)
	}
	return &xlsxWriter{Book: b, stream: stream, options: options}, nil
}

// firstSheet is the sheet that a workbook has from the start.
const firstSheet = "Sheet1"

// Close puts the workbook in its place.
func (b *Book) Close() error {
	if b.file.Done() {
		return b.err
	}
	if b.err == nil {
		_ = b.fail(b.writeTo(b.file)) // told below
	}
	if b.err != nil {
		_ = b.Discard() // the first failure is the one to tell
		return b.err
	}
	_, b.err = b.file.Commit()
	return errors.Join(b.err, b.book.Close())
}

// writeTo writes the workbook. The library packs several sheets in any order, so
// they are packed again in that of their names: equal tables give equal files.
func (b *Book) writeTo(out io.Writer) (err error) {
	if b.sheets < 2 {
		return b.pack(out)
	}
	temp, err := os.CreateTemp("", "fieldbook-book-")
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, unpacked{temp}.Close()) }()
	if err := b.pack(temp); err != nil {
		return err
	}
	size, err := temp.Seek(0, io.SeekCurrent)
	if err != nil {
		return err
	}
	from, err := zip.NewReader(temp, size)
	if err != nil {
		return err
	}
	slices.SortFunc(from.File, func(x, y *zip.File) int { return strings.Compare(x.Name, y.Name) })
	to := zip.NewWriter(out)
	for _, part := range from.File {
		if err := to.Copy(part); err != nil {
			return err
		}
	}
	return to.Close()
}

// pack writes the workbook straight to out. Left to itself the library packs it in
// memory first, in a buffer that doubles as it grows.
func (b *Book) pack(out io.Writer) error {
	b.book.SetZipWriter(func(io.Writer) excelize.ZipWriter { return zip.NewWriter(out) })
	_, err := b.book.WriteTo(io.Discard)
	return err
}

// Discard gives the workbook up; after Close it does nothing.
func (b *Book) Discard() error {
	if b.file.Done() {
		return nil
	}
	return errors.Join(b.file.Discard(), b.book.Close())
}

// fail keeps the first failure.
func (b *Book) fail(err error) error {
	if b.err == nil {
		b.err = draft.Fault(err, b.file.Path())
	}
	return b.err
}

// style makes or finds the style of a kind of cell.
func (b *Book) style(key styleKey) (int, error) {
	if id, ok := b.styles[key]; ok {
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
	id, err := b.book.NewStyle(style)
	b.styles[key] = id
	return id, err
}
