package app

import (
	"context"
	"io"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"unicode/utf8"

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

// Limits of a workbook's cell.
const (
	longestCell  = 32_767  // characters
	largestExact = 1 << 53 // whole numbers up to it stand exactly
)

// Export writes the rows of a query to path as CSV or XLSX, by its ending, and
// gives their number. The columns are id and every field by its name;
// a reference FIELD holds the name of what it points to, and FIELD_id the id,
// so that the file comes back in unchanged. The file appears whole or not at
// all. The error is Invalid for another ending, Refused where path cannot be
// written or a text is too long for a workbook.
func (r *Records) Export(ctx context.Context, q data.Query, path string) (n int, err error) {
	k, err := r.Kind(q.Kind)
	if err != nil {
		return 0, err
	}
	w, err := newSheetWriter(path, k)
	if err != nil {
		return 0, err
	}
	defer func() {
		if err != nil {
			_ = w.Discard() // the first failure is the one to tell
		}
	}()
	e := exporter{kind: k, currency: r.app.Book().Currency, workbook: strings.EqualFold(filepath.Ext(path), ".xlsx")}
	if err := w.WriteHeader(e.columns()); err != nil {
		return 0, err
	}
	err = r.Each(ctx, q, func(row data.Row) error {
		cells, err := e.cells(row)
		if err != nil {
			return err
		}
		n++
		return w.WriteRow(cells)
	})
	if err != nil {
		return 0, err
	}
	return n, w.Close()
}

func newSheetWriter(path string, k *data.Kind) (sheet.Writer, error) {
	switch strings.ToLower(filepath.Ext(path)) {
	case ".csv":
		return sheet.NewCSVWriter(path, sheet.CSVOptions{})
	case ".xlsx":
		return sheet.NewXLSXWriter(path, sheet.XLSXOptions{Sheet: k.Plural})
	}
	return nil, data.FieldErrorf("out", "%s must end in .csv or .xlsx", path)
}

// exporter turns rows of one kind into cells.
type exporter struct {
	kind     *data.Kind
	currency data.Currency // of amounts whose row names none
	workbook bool
}

func (e exporter) columns() []sheet.Column {
	out := []sheet.Column{{Title: "id", Kind: sheet.TextKind}}
	for _, f := range e.kind.Fields {
		c := sheet.Column{Title: f.Name, Kind: sheet.TextKind, Decimals: e.currency.Digits()}
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
		out = append(out, c)
	}
	return out
}

func (e exporter) cells(row data.Row) ([]sheet.Cell, error) {
	out := []sheet.Cell{sheet.TextCell(row.ID.String())}
	for _, f := range e.kind.Fields {
		if f.Type == data.TypeRef {
			out = append(out, textCell(row.Labels[f.Name]))
		}
		text, _ := row.Values[f.Name].(string)
		if e.workbook && utf8.RuneCountInString(text) > longestCell {
			return nil, data.Errorf(data.Refused, "%s of %s is longer than a workbook's cell takes. No file was written; export to CSV.", f.Label, row.Title())
		}
		out = append(out, e.cell(row, f))
	}
	return out, nil
}

func (e exporter) cell(row data.Row, f data.Field) sheet.Cell {
	switch x := row.Values[f.Name].(type) {
	case int64:
		if f.Type == data.TypeMoney {
			return sheet.MoneyCell(x, row.Money(f.Name, e.currency).Currency.Digits())
		}
		if x > largestExact || x < -largestExact {
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
