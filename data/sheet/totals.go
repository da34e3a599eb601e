package sheet

import (
	"strconv"
	"strings"

	"github.com/xuri/excelize/v2"
)

// totalsName is the name that a workbook gives to the row of sums below a
// table. Spreadsheet programs keep it with the row wherever that moves, and the
// reader passes over the row that has it.
const totalsName = "fieldbook_totals"

// Close ends the sheet, and the workbook where it is its only one.
func (w *xlsxWriter) Close() error {
	if w.flushed || w.file.Done() {
		return w.err
	}
	w.flushed = true
	last := w.row
	if w.err == nil && len(w.columns) > 0 {
		end, err := excelize.CoordinatesToCellName(len(w.columns), max(last, 1))
		if err == nil {
			err = w.book.AutoFilter(w.options.Sheet, "A1:"+end, nil)
		}
		_ = w.fail(err) // told below
	}
	if w.err == nil && w.options.Totals != nil && last > 1 && last < excelize.TotalRows-2 {
		_ = w.totals(last) // told below
	}
	if w.err == nil {
		_ = w.fail(w.stream.Flush()) // told below
	}
	if w.alone {
		return w.Book.Close()
	}
	return w.err
}

// totals writes, a row below the last one, sums that follow the filter.
func (w *xlsxWriter) totals(last int) error {
	values := make([]any, len(w.columns))
	sums := 0
	for i, c := range w.columns {
		if !c.Total || !w.options.Totals(i) {
			continue
		}
		sums++
		cell, err := w.sum(i, last)
		if err != nil {
			return w.fail(err)
		}
		values[i] = cell
	}
	if sums == 0 {
		return nil
	}
	if values[0] == nil {
		style, err := w.style(styleKey{kind: TextKind, bold: true})
		if err != nil {
			return w.fail(err)
		}
		values[0] = excelize.Cell{StyleID: style, Value: "Total"}
	}
	w.row++
	if err := w.set(values); err != nil {
		return err
	}
	end, err := excelize.ColumnNumberToName(len(w.columns))
	if err != nil {
		return w.fail(err)
	}
	row := strconv.Itoa(w.row)
	return w.fail(w.book.SetDefinedName(&excelize.DefinedName{
		Name: totalsName, Scope: w.options.Sheet,
		RefersTo: "'" + strings.ReplaceAll(w.options.Sheet, "'", "''") + "'!$A$" + row + ":$" + end + "$" + row,
	}))
}

// sum is the cell below a column.
func (w *xlsxWriter) sum(column, last int) (excelize.Cell, error) {
	c := w.columns[column]
	style, err := w.style(styleKey{c.Kind, c.Decimals, true})
	if err != nil {
		return excelize.Cell{}, err
	}
	name, err := excelize.ColumnNumberToName(column + 1)
	if err != nil {
		return excelize.Cell{}, err
	}
	sum := w.sums[column].number
	if c.Kind == MoneyKind {
		sum = w.sums[column].minor / pow10(c.Decimals)
	}
	return excelize.Cell{StyleID: style, Formula: "SUBTOTAL(109," + name + "2:" + name + strconv.Itoa(last) + ")", Value: sum}, nil
}

// totalsRow finds the row of sums of a sheet; 0 where it has none.
func totalsRow(book *workbookParts, sheet string) int {
	for _, n := range book.names {
		if n.Name != totalsName || n.Sheet == nil || *n.Sheet < 0 || *n.Sheet >= len(book.sheets) || book.sheets[*n.Sheet].name != sheet {
			continue
		}
		_, at, _ := strings.Cut(n.Refers, "!")
		first, _, _ := strings.Cut(at, ":")
		_, row, err := excelize.CellNameToCoordinates(strings.ReplaceAll(first, "$", ""))
		if err == nil {
			return row
		}
	}
	return 0
}
