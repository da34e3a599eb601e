package app

import (
	"context"
	"io"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"fieldbook/data"
	"fieldbook/data/draft"
	"fieldbook/data/sheet"
)

// WriteFile writes a file that appears whole or not at all, in place of any
// that stands there. The error is Refused where path cannot be written.
func WriteFile(path string, fill func(io.Writer) error) error {
	_, err := draft.Write(path, func(f *os.File) error { return fill(f) })
	return err
}

// WriteBytes is WriteFile for what is made already.
func WriteBytes(path string, content []byte) error {
	return WriteFile(path, func(out io.Writer) error {
		_, err := out.Write(content)
		return err
	})
}

// Limits of a workbook's cell.
const (
	longestCell  = 32_767  // characters
	largestExact = 1 << 53 // whole numbers up to it stand exactly
)

// Export writes the rows of a query to path as CSV or XLSX, by its ending, and
// gives their number. The columns are id, every field by its name, and the
// version of the row; a reference FIELD holds the name of what it points to, and
// FIELD_id the id, so that the file comes back in unchanged and edits made in
// it meet those made in the book. Rows stand in the order of their ids. The
// file appears whole or not at all. The error is Invalid for another ending,
// Refused where path cannot be written or a text is too long for a workbook.
func (r *Records) Export(ctx context.Context, q data.Query, path string) (n int, err error) {
	k, err := r.Kind(q.Kind)
	if err != nil {
		return 0, err
	}
	e := newExporter(k, r.app.Book().Currency, strings.EqualFold(filepath.Ext(path), ".xlsx"))
	w, err := newSheetWriter(path, k, e)
	if err != nil {
		return 0, err
	}
	defer func() {
		if err != nil {
			_ = w.Discard() // the first failure is the one to tell
		}
	}()
	if n, err = r.fill(ctx, q, w, e); err != nil {
		return 0, err
	}
	return n, w.Close()
}

// fill writes header and rows of a query.
func (r *Records) fill(ctx context.Context, q data.Query, w sheet.Writer, e *exporter) (n int, err error) {
	if err := w.WriteHeader(e.columns()); err != nil {
		return 0, err
	}
	q.Sort = nil // by id: equal books give equal files
	err = r.Each(ctx, q, func(row data.Row) error {
		cells, err := e.cells(row)
		if err != nil {
			return err
		}
		n++
		return w.WriteRow(cells)
	})
	return n, err
}

func newSheetWriter(path string, k *data.Kind, e *exporter) (sheet.Writer, error) {
	if e == nil {
		return newTableWriter(path, k.Plural, nil)
	}
	return newTableWriter(path, k.Plural, e.summed)
}

// newTableWriter starts a CSV file or a workbook, by the ending of path.
func newTableWriter(path, name string, totals func(column int) bool) (sheet.Writer, error) {
	switch strings.ToLower(filepath.Ext(path)) {
	case ".csv":
		return sheet.NewCSVWriter(path, sheet.CSVOptions{})
	case ".xlsx":
		return sheet.NewXLSXWriter(path, sheet.XLSXOptions{Sheet: name, Totals: totals})
	}
	return nil, data.FieldErrorf("out", "%s must end in .csv or .xlsx", path)
}

// writeTable writes a CSV file or a workbook, by the ending of path, that appears
// whole or not at all.
func writeTable(path, name string, fill func(sheet.Writer) error) error {
	w, err := newTableWriter(path, name, nil)
	if err != nil {
		return err
	}
	if err = fill(w); err == nil {
		err = w.Close()
	}
	if err != nil {
		_ = w.Discard() // the first failure is the one to tell
	}
	return err
}

// exporter turns rows of one kind into cells.
type exporter struct {
	kind     *data.Kind
	currency data.Currency // of amounts whose row names none
	workbook bool
	version  *rowVersion
	place    map[string]int // of fields among columns
	seen     map[string]data.Currency
	mixed    map[string]bool // amounts in several currencies, which have no sum
}

func newExporter(k *data.Kind, own data.Currency, workbook bool) *exporter {
	return &exporter{kind: k, currency: own, workbook: workbook, version: newRowVersion(k), place: map[string]int{}, seen: map[string]data.Currency{}, mixed: map[string]bool{}}
}

// columnID and columnVersion are what Export adds to a kind's fields.
const (
	columnID      = "id"
	columnVersion = "version"
)

func (e *exporter) columns() []sheet.Column {
	out := []sheet.Column{{Title: columnID, Kind: sheet.TextKind}}
	for _, f := range e.kind.Fields {
		c := sheet.Column{Title: e.title(f), Kind: sheet.TextKind, Decimals: e.currency.Digits(), Total: adds(f)}
		switch f.Type {
		case data.TypeInteger, data.TypeNumber, data.TypePercent:
			c.Kind = sheet.NumberKind
		case data.TypeMoney:
			c.Kind = sheet.MoneyKind
		case data.TypeDay:
			c.Kind = sheet.DayKind
		case data.TypeRef:
			out = append(out, c)
			c.Title += "_id"
		default: // text
		}
		e.place[f.Name] = len(out)
		out = append(out, c)
	}
	return append(out, sheet.Column{Title: columnVersion, Kind: sheet.TextKind})
}

// title is the name of a field's column. A custom field that is named like a
// column of another meaning says that it is custom.
func (e *exporter) title(f data.Field) string {
	ref, ok := e.kind.Field(strings.TrimSuffix(f.Name, "_id"))
	if f.Custom && (f.Name == columnID || f.Name == columnVersion || ok && ref.Type == data.TypeRef && ref.Name != f.Name) {
		return data.CustomCell + f.Name
	}
	return f.Name
}

// adds reports whether the sum of a field over records means anything.
func adds(f data.Field) bool {
	switch f.Type {
	case data.TypeMoney:
		return f.Name != "price"
	case data.TypeInteger:
		return f.Name == "employees" || f.Name == "minutes"
	case data.TypeNumber:
		return f.Name == "revenue" || f.Custom
	default:
		return false
	}
}

// summed reports whether a column's sum is to stand below it.
func (e *exporter) summed(column int) bool {
	for name := range e.mixed {
		if e.place[name] == column {
			return false
		}
	}
	return true
}

func (e *exporter) cells(row data.Row) ([]sheet.Cell, error) {
	out := []sheet.Cell{sheet.TextCell(row.ID.String())}
	for _, f := range e.kind.Fields {
		if f.Type == data.TypeRef {
			out = append(out, textCell(row.Labels[f.Name]))
		}
		text, _ := row.Values[f.Name].(string)
		if e.workbook && len(text) > longestCell && sheet.CellLength(text) > longestCell {
			return nil, data.Errorf(data.Refused, "%s of %s is longer than a workbook's cell takes. No file was written; export to CSV.", f.Label, row.Title())
		}
		out = append(out, e.cell(row, f))
	}
	return append(out, sheet.TextCell(e.version.of(row.Values))), nil
}

// note remembers in which currencies a field's amounts are.
func (e *exporter) note(field string, c data.Currency) {
	if old, ok := e.seen[field]; ok && old != c {
		e.mixed[field] = true
	}
	e.seen[field] = c
}

func (e *exporter) cell(row data.Row, f data.Field) sheet.Cell {
	switch x := row.Values[f.Name].(type) {
	case int64:
		if f.Type == data.TypeMoney {
			c := row.Money(f.Name, e.currency).Currency
			e.note(f.Name, c)
			return sheet.MoneyCell(x, c.Digits())
		}
		if x > largestExact || x < -largestExact || e.workbook && !keptBySheets(float64(x)) {
			return sheet.TextCell(strconv.FormatInt(x, 10))
		}
		return sheet.NumberCell(float64(x))
	case float64:
		if text := f.Format(x, 0); e.workbook && !keptBySheets(x) {
			return sheet.TextCell(text)
		}
		return sheet.NumberCell(x)
	case data.Day:
		return sheet.DayCell(x)
	default:
		return textCell(f.Format(x, 0))
	}
}

// keptBySheets reports whether a number has no more than the 15 digits that a
// spreadsheet shows.
func keptBySheets(x float64) bool {
	short, err := strconv.ParseFloat(strconv.FormatFloat(x, 'g', 15, 64), 64)
	return err == nil && short == x
}

// textCell is blank for no text, so that nothing comes back as nothing.
func textCell(text string) sheet.Cell {
	if text == "" {
		return sheet.Cell{}
	}
	return sheet.TextCell(text)
}
