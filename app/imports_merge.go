package app

import (
	"fmt"
	"slices"
	"strings"

	"fieldbook/data"
	"fieldbook/data/store"
)

// ImportClash is a value that was changed in an exported file and, since the
// export, in the book too, to different ones.
type ImportClash struct {
	Key    string `json:"key"` // of FilePlan.SettleClash
	Line   int    `json:"line"`
	Name   string `json:"name"` // of the record
	Column string `json:"column"`
	Was    string `json:"was"`
	Sheet  string `json:"sheet"`
	Book   string `json:"book"`
	Took   string `json:"took"` // ClashSheet or ClashBook
	Open   bool   `json:"open"` // nobody has chosen: the book's stays
}

// mostClashes bounds what a result lists; all are counted as problems.
const mostClashes = 500

// whyClash is why a cell was left as it is in the book.
const whyClash = "was changed here and in the book, which has %q; the book's stays unless the file's is chosen"

// merge brings the row in hand together with the record that the book has:
// what was changed only in the file goes in, what was changed only in the book
// stays. The version tells what both began with.
func (w *ownWriter) merge(id data.ID, version string) (store.Outcome, error) {
	if w.whole && w.hash.of(w.sheetValues()) == version {
		return store.Unchanged, nil // nothing was changed in the file
	}
	row, err := w.tx.Row(w.Kind, id)
	if err != nil {
		return 0, err
	}
	base, found, err := w.base(id, version, row.Values)
	if err != nil {
		return 0, err
	}
	if !found {
		w.note("rows are of a version that this book does not know: what they hold went in, what they leave blank stayed", 1)
		return w.bulk.Put(id, w.values)
	}
	puts := data.Values{}
	done := map[string]bool{} // cells
	for _, f := range w.fields {
		if !done[f.Cell] {
			done[f.Cell] = true
			w.mergeCell(row, base, f.Cell, puts)
		}
	}
	if len(puts) == 0 {
		return store.Unchanged, nil
	}
	return w.tx.Put(w.Kind, id, puts)
}

// sheetValues are the values of the row in hand by field.
func (w *ownWriter) sheetValues() data.Values {
	out := data.Values{}
	for i, f := range w.fields {
		out[f.Name] = w.values[i]
	}
	return out
}

// base finds the values with which file and book began: those of the book now,
// or of an earlier state of the record.
func (w *ownWriter) base(id data.ID, version string, now data.Values) (base data.Values, found bool, err error) {
	if w.hash.of(now) == version {
		return now, true, nil
	}
	err = w.tx.EachState(w.Kind, id, func(state data.Values) bool {
		if w.hash.of(state) == version {
			base, found = state, true
		}
		return !found
	})
	return base, found, err
}

// mergeCell decides on the fields that form one cell, which change together.
func (w *ownWriter) mergeCell(row data.Row, base data.Values, cell string, puts data.Values) {
	var sheet, book []int // fields that were changed
	same := true          // to the same
	for i, f := range w.fields {
		if f.Cell != cell {
			continue
		}
		was, now := base[f.Name], row.Values[f.Name]
		if w.edited(i, was) {
			sheet = append(sheet, i)
			same = same && w.values[i] == now
		}
		if was != now {
			book = append(book, i)
		}
	}
	if len(sheet) == 0 || same {
		return
	}
	if len(book) > 0 && !w.clash(row, base, slices.Concat(sheet, book)) {
		return
	}
	for _, i := range sheet {
		puts[w.fields[i].Name] = w.values[i]
	}
}

// edited reports whether somebody changed a field in the file, and not only the
// spreadsheet program what it looks like.
func (w *ownWriter) edited(i int, was data.Value) bool {
	now := w.values[i]
	if now == was || now == nil && w.plan.Blank == BlankLeave {
		return false
	}
	a, ok1 := was.(string)
	b, ok2 := now.(string)
	if !ok1 || !ok2 {
		return true
	}
	if a = plainLines(a); a == plainLines(b) {
		return false
	}
	if digitsOnly(a) && digitsOnly(b) && strings.TrimLeft(a, "+0") == strings.TrimLeft(b, "+0") {
		w.mend(w.plan.Columns[w.fields[i].text].Name, b, a)
		return false
	}
	return true
}

// plainLines writes line ends in one way: programs change them as they save.
func plainLines(text string) string {
	return strings.ReplaceAll(strings.ReplaceAll(text, "\r\n", "\n"), "\r", "\n")
}

// digitsOnly reports whether a spreadsheet takes a text for a number and drops
// the zeros or the plus that it begins with.
func digitsOnly(text string) bool {
	return text != "" && strings.Trim(strings.TrimPrefix(text, "+"), "0123456789") == ""
}

// clash enters that file and book differ over a cell, and reports whether the
// file's goes in.
func (w *ownWriter) clash(row data.Row, base data.Values, fields []int) (takeSheet bool) {
	slices.Sort(fields)
	fields = slices.Compact(fields)
	cell := w.fields[fields[0]].Cell
	c := ImportClash{Key: row.ID.String() + "/" + cell, Line: w.row.Line, Name: RecordName(row), Took: w.plan.Clash}
	var columns, was, sheet, book []string
	for _, i := range fields {
		f := w.fields[i]
		columns = append(columns, f.Name)
		was = append(was, w.shown(f, base[f.Name], base))
		sheet = append(sheet, w.shown(f, w.values[i], w.sheetValues()))
		book = append(book, w.shown(f, row.Values[f.Name], row.Values))
	}
	c.Column, c.Was, c.Sheet, c.Book = strings.Join(columns, ", "), strings.Join(was, ", "), strings.Join(sheet, ", "), strings.Join(book, ", ")
	if side, ok := w.plan.settled[c.Key]; ok {
		c.Took = side
	}
	if c.Took == "" {
		c.Took, c.Open = ClashBook, true
		w.problem(ImportProblem{Line: c.Line, Column: c.Column, Value: c.Sheet, Why: fmt.Sprintf(whyClash, c.Book), CameIn: true})
	}
	if len(w.Clashes) < mostClashes {
		w.Clashes = append(w.Clashes, c)
	}
	return c.Took == ClashSheet
}

// shown writes a value for a person; a reference by its name.
func (w *ownWriter) shown(f ownField, v data.Value, beside data.Values) string {
	if id, ok := v.(data.ID); ok {
		if name := w.title(f.Ref, id); name != "" {
			return name
		}
	}
	currency := w.app.Book().Currency
	if c, ok := beside["currency"].(string); ok {
		currency = data.Currency(c)
	}
	return f.Format(v, currency.Digits())
}

// revive decides on a row that was deleted in the book since the export. Where
// nothing was changed in the file, it stays deleted.
func (w *ownWriter) revive(id data.ID, version string) (store.Outcome, error) {
	switch {
	case version == "":
		return w.bulk.Put(id, w.values) // as any file brings its rows back
	case w.whole && w.plan.Clash != ClashSheet && w.hash.of(w.sheetValues()) == version:
		w.note("rows were deleted in the book since the export and stay deleted unless the file's side is chosen", 1)
		return store.Unchanged, nil
	}
	title, _ := w.value(w.kind.Title).(string)
	c := ImportClash{Key: id.String() + "/", Line: w.row.Line, Name: title, Column: columnID, Sheet: "changed", Book: "deleted", Took: w.plan.Clash}
	if side, ok := w.plan.settled[c.Key]; ok {
		c.Took = side
	}
	if c.Took == "" {
		c.Took, c.Open = ClashBook, true
		w.problem(ImportProblem{Line: c.Line, Column: columnID, Value: id.String(), Why: "was changed here but deleted in the book; it stays deleted unless the file's is chosen", CameIn: true})
	}
	if len(w.Clashes) < mostClashes {
		w.Clashes = append(w.Clashes, c)
	}
	if c.Took == ClashSheet && w.plan.creates() {
		return w.bulk.Put(id, w.values)
	}
	return store.Unchanged, nil
}
