package app

import (
	"context"
	"slices"
	"strings"

	"fieldbook/data"
	"fieldbook/data/sheet"
)

// SourceOwn is the source of files that Export wrote: their rows carry ids, so
// they go back to where they came from, whatever was edited in between.
const SourceOwn = "fieldbook"

// ownRole is what a column of an exported file holds.
type ownRole int

const (
	ownNothing ownRole = iota // left out
	ownID
	ownVersion
	ownValue // of a field; of a reference the name of what it points to
	ownRef   // the id of what a reference points to
)

// ownColumn is a column of an exported file.
type ownColumn struct {
	role  ownRole
	field data.Field
}

// ownColumns says what each column of an exported file holds, by its name and
// what was corrected in the plan.
func (f *FilePlan) ownColumns(k *data.Kind) []ownColumn {
	out := make([]ownColumn, len(f.Columns))
	left := map[string]bool{} // references that were left out
	for i, c := range f.Columns {
		if !c.moved {
			out[i] = ownNamed(k, c.Name)
			continue
		}
		left[c.Name] = true
		if field, ok := k.Field(c.Field); ok {
			out[i] = ownColumn{ownValue, field}
		}
	}
	for i, c := range f.Columns {
		if out[i].role == ownRef && left[strings.TrimSuffix(c.Name, "_id")] {
			out[i] = ownColumn{}
		}
	}
	return out
}

func ownNamed(k *data.Kind, name string) ownColumn {
	switch name {
	case columnID:
		return ownColumn{role: ownID}
	case columnVersion:
		return ownColumn{role: ownVersion}
	}
	field, ok := k.Field(strings.TrimPrefix(name, data.CustomCell))
	if ok && (field.Name == name || field.Custom) {
		return ownColumn{ownValue, field}
	}
	if field, ok := k.Field(strings.TrimSuffix(name, "_id")); ok && field.Type == data.TypeRef {
		return ownColumn{ownRef, field}
	}
	return ownColumn{}
}

// ownScore says how well the file fits what Export writes of a kind; below zero
// it is no such file. Without versions, as older books wrote none, all columns
// must be Export's and all rows have ids; with them, columns may have been added
// and rows too.
func (f *FilePlan) ownScore(kind string) int {
	k, err := f.app.Records.Kind(kind)
	if err != nil || !f.readable {
		return -1
	}
	id, version, known, strange := -1, -1, 0, 0
	for i, c := range f.Columns {
		switch ownNamed(k, c.Name).role {
		case ownID:
			id = i
		case ownVersion:
			version = i
		case ownNothing:
			if !slices.Contains(importOwnColumns, c.Name) {
				strange++
			}
		default:
			known++
		}
	}
	if id < 0 || known == 0 || !f.idsIn(id, version) || version < 0 && strange > 0 {
		return -1
	}
	return max(0, 1000-10*strange-f.taken(k))
}

// taken counts the columns of Export that were taken out of the file.
func (f *FilePlan) taken(k *data.Kind) int {
	n := 0
	for _, c := range newExporter(k, f.app.Book().Currency, false).columns() {
		if c.Title != columnVersion && f.named(c.Title) == nil {
			n++
		}
	}
	return n
}

// idsIn reports whether the first rows have row ids in a column; beside
// versions, most of those that have anything do.
func (f *FilePlan) idsIn(id, version int) bool {
	ids, others := 0, 0
	for _, row := range f.Preview {
		_, err := data.ParseID(cellAt(row.Cells, id))
		known := version < 0 || isVersion(cellAt(row.Cells, version))
		switch {
		case err == nil && known:
			ids++
		case version < 0 || !known:
			return false
		case cellAt(row.Cells, id) != "":
			others++
		}
	}
	return ids > others
}

func cellAt(cells []string, i int) string {
	if i < 0 || i >= len(cells) {
		return ""
	}
	return cells[i]
}

// isVersion reports whether text is a version as Export writes it, or none.
func isVersion(text string) bool {
	if text == "" {
		return true
	}
	digits, ok := strings.CutPrefix(text, "v")
	return ok && len(digits) == 16 && strings.Trim(digits, "0123456789abcdef") == ""
}

// ownKind finds the kind of a file that Export wrote; "" for any other.
func (f *FilePlan) ownKind() string {
	best, bestScore := "", 0
	for _, k := range data.Kinds() {
		if score := f.ownScore(k.Name); score > bestScore {
			best, bestScore = k.Name, score
		}
	}
	full := bestScore > 1000-10
	if best == "" || full {
		return best
	}
	// Columns were taken out, which may leave those that several kinds have.
	if f.holds != "" && f.ownScore(f.holds) >= 0 {
		return f.holds
	}
	if f.named(columnVersion) == nil {
		return ""
	}
	return best
}

// holding finds out of which kind the file's first rows are, where their ids
// are in the book.
func (im *Imports) holding(ctx context.Context, f *FilePlan) error {
	at := slices.IndexFunc(f.Columns, func(c *ColumnPlan) bool { return c.Name == columnID })
	f.holds = ""
	for _, row := range f.Preview {
		id, err := data.ParseID(cellAt(row.Cells, at))
		if err != nil {
			continue
		}
		for _, k := range data.Kinds() {
			_, err := im.app.store.Get(ctx, k.Name, id)
			if err == nil {
				f.holds = k.Name
				return nil
			}
			if data.KindOf(err) != data.NotFound && data.KindOf(err) != data.Invalid {
				return err
			}
		}
	}
	return nil
}

// Finds says what a column of a file that the book exported is for, where it
// fills no field: "id", "version" or "reference"; "" for any other column.
func (f *FilePlan) Finds(column int) string {
	c, err := f.column(column)
	if err != nil || !f.own || c.moved || c.Field != "" {
		return ""
	}
	k, err := f.app.Records.Kind(f.Kind)
	if err != nil {
		return ""
	}
	switch ownNamed(k, c.Name).role {
	case ownID:
		return columnID
	case ownVersion:
		return columnVersion
	case ownRef:
		return "reference"
	default:
		return ""
	}
}

// mapOwn shows what an exported file fills: ids need no field.
func (f *FilePlan) mapOwn(k *data.Kind) {
	f.own = true
	for i, c := range f.ownColumns(k) {
		if c.role == ownValue {
			f.Columns[i].Field = c.field.Name
		}
	}
	f.Source, f.Why = SourceOwn, "The file was exported from a book: its rows are found by their ids."
	if f.named(columnVersion) != nil {
		f.Why = "The file was exported from a book: its rows are found by their ids, and what was edited in it meets what was edited in the book."
	}
}

// ownFormat is how a file that Export wrote is written, known by its first line,
// so that nothing in its cells can make it look otherwise.
func ownFormat(path, member string) (sheet.Format, bool) {
	own := sheet.Format{Fixed: true, Encoding: sheet.UTF8, Delimiter: ',', Quote: '"', LineEnd: sheet.CRLF, Member: member}
	r, err := sheet.Open(path, own)
	if err != nil {
		return own, false
	}
	defer func() { _ = r.Close() }() // it was only read
	own.Header = true
	rec, err := r.Next()
	return own, err == nil && rec.Line == 1 && rec.Cell(0) == columnID && slices.Contains(rec.Cells, columnVersion)
}

// ownHeaderBelow reports whether the header of an exported workbook was taken
// for its first row.
func (f *FilePlan) ownHeaderBelow() bool {
	if f.Format.Kind != sheet.Workbook || f.Format.Header && f.Format.Skip == 0 || len(f.Preview) == 0 {
		return false
	}
	first := f.Preview[0]
	return first.Line == 1 && cellAt(first.Cells, 0) == columnID && slices.Contains(first.Cells, columnVersion)
}
