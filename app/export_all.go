package app

import (
	"archive/zip"
	"context"
	"errors"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"fieldbook/data"
	"fieldbook/data/draft"
	"fieldbook/data/sheet"
)

// EveryKind lists the kinds of record that people keep in the book, those that
// others point to first. Keys of devices and erasures are the book's own affair
// and come into no other.
func EveryKind() []*data.Kind {
	return slices.DeleteFunc(data.Kinds(), func(k *data.Kind) bool {
		return k.Name == data.KindDevice || k.Name == data.KindRedaction
	})
}

// ExportProgress is told how many records are written, and of how many.
type ExportProgress func(done, total int64)

// ExportAll writes every kind of record that the book has, each as Export writes
// it, and gives their number: to path.xlsx as a workbook with a sheet for each,
// to path.zip as packed CSV files, else to CSV files in a folder, which is made
// where there is none. Together they import into an empty book. The error is
// Refused where path cannot be written.
func (r *Records) ExportAll(ctx context.Context, path string, progress ExportProgress) (n int, err error) {
	var kinds []*data.Kind
	total := 0
	for _, k := range EveryKind() {
		held, err := r.Count(ctx, data.Query{Kind: k.Name})
		if err != nil {
			return 0, err
		}
		if total += held; held > 0 {
			kinds = append(kinds, k)
		}
	}
	each := func(write func(k *data.Kind) (int, error)) error {
		for _, k := range kinds {
			got, err := write(k)
			if err != nil {
				return err
			}
			n += got
			if progress != nil {
				progress(int64(n), int64(total))
			}
		}
		return nil
	}
	switch strings.ToLower(filepath.Ext(path)) {
	case ".xlsx":
		err = r.exportSheets(ctx, path, each)
	case ".zip":
		err = WriteFile(path, func(w io.Writer) error { return r.exportZip(ctx, w, each) })
	default:
		err = r.exportFolder(ctx, path, each)
	}
	return n, err
}

type eachKind func(write func(k *data.Kind) (int, error)) error

// exportSheets writes a workbook with a sheet for each kind.
func (r *Records) exportSheets(ctx context.Context, path string, each eachKind) error {
	book, err := sheet.NewBook(path)
	if err != nil {
		return err
	}
	sheets := 0
	err = each(func(k *data.Kind) (int, error) {
		sheets++
		k, err := r.Kind(k.Name)
		if err != nil {
			return 0, err
		}
		e := newExporter(k, r.app.Book().Currency, true)
		w, err := book.Sheet(sheet.XLSXOptions{Sheet: k.Plural, Totals: e.summed})
		if err != nil {
			return 0, err
		}
		n, err := r.fill(ctx, data.Query{Kind: k.Name}, w, e)
		if err != nil {
			return 0, err
		}
		return n, w.Close()
	})
	if err == nil && sheets == 0 {
		err = data.Errorf(data.NotFound, "The book holds nothing to export yet. No file was written.")
	}
	if err != nil {
		return errors.Join(err, book.Discard())
	}
	return book.Close()
}

// exportFolder writes a CSV file for each kind.
func (r *Records) exportFolder(ctx context.Context, path string, each eachKind) error {
	if err := os.MkdirAll(path, 0o755); err != nil { //nolint:gosec // a folder of files that a person exports for others
		return data.Wrap(data.Refused, err, "The folder %s cannot be made. Choose another.", path)
	}
	return each(func(k *data.Kind) (int, error) {
		return r.Export(ctx, data.Query{Kind: k.Name}, filepath.Join(path, k.Plural+".csv"))
	})
}

// exportZip packs a CSV file for each kind. The archive carries no times, so
// that equal books give equal files.
func (r *Records) exportZip(ctx context.Context, out io.Writer, each eachKind) error {
	archive := zip.NewWriter(out)
	folder, err := os.MkdirTemp("", "fieldbook-export-")
	if err != nil {
		return data.Wrap(data.Refused, err, "The system's temporary folder cannot be written. No file was written.")
	}
	defer func() { _ = os.RemoveAll(folder) }() // what stays, the system clears away
	err = each(func(k *data.Kind) (int, error) {
		path := filepath.Join(folder, k.Plural+".csv")
		n, err := r.Export(ctx, data.Query{Kind: k.Name}, path)
		if err != nil {
			return 0, err
		}
		return n, packTable(archive, path)
	})
	if err != nil {
		return err
	}
	return archive.Close()
}

func packTable(archive *zip.Writer, path string) error {
	from, err := os.Open(path)
	if err != nil {
		return data.Wrap(data.Internal, err, "%s could not be packed. No file was written.", filepath.Base(path))
	}
	defer func() { _ = from.Close() }() // it was only read
	to, err := archive.CreateHeader(&zip.FileHeader{Name: filepath.Base(path), Method: zip.Deflate})
	if err == nil {
		_, err = io.Copy(to, from)
	}
	return draft.Fault(err, path)
}

// WriteFigures writes lines of cells, the names of the columns first, to a CSV
// file or workbook, by its ending. A column of plain numbers holds numbers.
func WriteFigures(path, name string, lines [][]string) error {
	return writeTable(path, name, func(w sheet.Writer) error { return fillFigures(w, lines) })
}

func fillFigures(w sheet.Writer, lines [][]string) error {
	if len(lines) == 0 {
		return data.Errorf(data.NotFound, "There are no figures to write. No file was written.")
	}
	var columns []sheet.Column
	for i, title := range lines[0] {
		c := sheet.Column{Title: title, Kind: sheet.TextKind}
		if i > 0 && allNumbers(lines[1:], i) {
			c.Kind = sheet.NumberKind
		}
		columns = append(columns, c)
	}
	if err := w.WriteHeader(columns); err != nil {
		return err
	}
	for _, line := range lines[1:] {
		cells := make([]sheet.Cell, len(line))
		for i, text := range line {
			if x, err := strconv.ParseFloat(text, 64); err == nil && i < len(columns) && columns[i].Kind == sheet.NumberKind {
				cells[i] = sheet.NumberCell(x)
			} else {
				cells[i] = textCell(text)
			}
		}
		if err := w.WriteRow(cells); err != nil {
			return err
		}
	}
	return nil
}

// allNumbers reports whether a column holds numbers, blanks aside.
func allNumbers(lines [][]string, i int) bool {
	n := 0
	for _, line := range lines {
		if i >= len(line) || line[i] == "" {
			continue
		}
		if _, err := strconv.ParseFloat(line[i], 64); err != nil || strings.ContainsAny(line[i], "xXnN") {
			return false
		}
		n++
	}
	return n > 0
}
