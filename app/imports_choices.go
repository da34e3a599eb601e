package app

import (
	"cmp"
	"context"
	"slices"

	"fieldbook/data"
	"fieldbook/data/sheet"
)

// FileWriting is how a file is written, in words that a person can choose from.
type FileWriting struct {
	Text      bool     // a text table
	Content   string   // of files that are no tables: "cards" or "calendar"
	Encoding  string   // of a text table, such as "utf-8"
	Delimiter string   // of a text table, one character
	Sheet     string   // of a workbook
	Sheets    []string // to choose from
	Order     string   // of its days; "" where no column holds days
	Orders    []string // to choose from
	Doubt     bool     // Order is a guess
	Mark      string   // before decimals, "." or ","; "" where no column holds numbers
	MarkDoubt bool     // Mark is a guess
	Coin      string   // of amounts that name none; "" where no column holds amounts
	Coins     []string // to choose from
}

// ImportEncodings lists the encodings that a text table can have, the usual
// ones first.
func ImportEncodings() []string {
	all := sheet.Encodings()
	out := make([]string, len(all))
	for i, e := range all {
		out[i] = string(e)
	}
	return out
}

// ImportDelimiters lists the signs that usually stand between cells.
func ImportDelimiters() []string { return []string{",", ";", "\t", "|"} }

// Writing tells how the file is written, as it will be read.
func (f *FilePlan) Writing() FileWriting {
	w := FileWriting{
		Text: f.Format.Kind == sheet.Text, Encoding: string(f.Format.Encoding), Delimiter: string(rune(f.Format.Delimiter)),
		Sheet: f.Format.Sheet, Sheets: slices.Clone(f.Sheets),
	}
	switch f.Format.Kind {
	case sheet.Cards:
		w.Content = "cards"
	case sheet.Calendar:
		w.Content = "calendar"
	default: // a table
	}
	for _, c := range f.Columns {
		if t, ok := f.typeOf(c); ok {
			w.see(c, t)
		}
	}
	if c := f.moneyColumn(); c != nil {
		w.Coin, w.Coins = string(cmp.Or(c.Coin, f.app.Book().Currency)), f.coins()
	}
	if w.Order != "" {
		w.Orders = []string{sheet.YearFirst.String(), sheet.MonthFirst.String(), sheet.DayFirst.String()}
		if !slices.Contains(w.Orders, w.Order) {
			w.Orders = append(w.Orders, w.Order)
		}
	}
	return w
}

// see takes from a column of a type how the file writes days and decimals; one
// that leaves it open decides, since it is to be asked about.
func (w *FileWriting) see(c *ColumnPlan, t data.Type) {
	switch {
	case t == data.TypeDay && c.Days.Values > 0:
		if w.Order == "" || c.Days.Ambiguous {
			w.Order, w.Doubt = c.DayOrder.String(), c.Days.Ambiguous && c.DayOrder == c.Days.Order
		}
	case hasDecimals(t) && c.Numbers.Values > 0 && c.Mark != sheet.AnyMark:
		if w.Mark == "" || c.Numbers.Ambiguous {
			w.Mark, w.MarkDoubt = string(rune(c.Mark)), c.Numbers.Ambiguous && c.Mark == c.Numbers.Mark
		}
	}
}

// typeOf is the type of what a column fills; false where it is left out.
func (f *FilePlan) typeOf(c *ColumnPlan) (data.Type, bool) {
	if c.New != nil {
		return c.New.Type, true
	}
	field, ok := f.field(c.Field)
	return field.Type, ok
}

func hasDecimals(t data.Type) bool {
	return t == data.TypeMoney || t == data.TypeNumber || t == data.TypePercent
}

// SetEncoding reads the file anew in another encoding.
func (im *Imports) SetEncoding(ctx context.Context, f *FilePlan, name string) error {
	if !slices.Contains(ImportEncodings(), name) {
		return data.FieldErrorf("encoding", "%q is no encoding that can be read", name)
	}
	f.Format.Fixed, f.Format.Encoding = true, sheet.Encoding(name)
	return im.Rescan(ctx, f)
}

// SetDelimiter reads the file anew with another sign between cells.
func (im *Imports) SetDelimiter(ctx context.Context, f *FilePlan, sign string) error {
	if len(sign) != 1 {
		return data.FieldErrorf("delimiter", "one sign stands between cells, such as a comma")
	}
	f.Format.Fixed, f.Format.Delimiter = true, sign[0]
	return im.Rescan(ctx, f)
}

// SetSheet reads another sheet of the workbook.
func (im *Imports) SetSheet(ctx context.Context, f *FilePlan, name string) error {
	if !slices.Contains(f.Sheets, name) {
		return data.FieldErrorf("sheet", "%s has no sheet %q", f.Name, name)
	}
	f.Format = sheet.Format{Sheet: name, Member: f.Format.Member}
	return im.Rescan(ctx, f)
}

// SetDayOrders says how all days of the file are written: "year first",
// "month first" or "day first".
func (f *FilePlan) SetDayOrders(order string) error {
	o, ok := importDayOrder(order)
	if !ok {
		return data.FieldErrorf("days", "%q is no order of days; write year first, month first or day first", order)
	}
	for _, c := range f.Columns {
		if t, used := f.typeOf(c); used && t == data.TypeDay {
			if err := f.SetDayOrder(c.Index, o); err != nil {
				return err
			}
		}
	}
	return nil
}

// SetMarks says which sign stands before the decimals of all numbers of the file.
func (f *FilePlan) SetMarks(mark string) error {
	if mark != "." && mark != "," {
		return data.FieldErrorf("marks", "%q is no decimal mark; write . or ,", mark)
	}
	for _, c := range f.Columns {
		if t, used := f.typeOf(c); used && hasDecimals(t) {
			if err := f.SetMark(c.Index, sheet.DecimalMark(mark[0])); err != nil {
				return err
			}
		}
	}
	return nil
}
