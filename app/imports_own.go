package app

import (
	"errors"
	"io"
	"strings"

	"fieldbook/data"
	"fieldbook/data/sheet"
	"fieldbook/data/store"
)

// SourceOwn is the source of files that Export wrote: their rows carry ids, so
// they go back to where they came from, whatever was edited in between.
const SourceOwn = "fieldbook"

// ownColumn is what a column of an exported file holds.
type ownColumn struct {
	field data.Field
	id    bool // the id of what a reference points to, not its name
}

// ownColumns recognises a file of Export: a column "id" of row ids, and none
// that Export does not write for the kind.
func (f *FilePlan) ownColumns(kind string) ([]ownColumn, bool) {
	k, err := f.app.Records.Kind(kind)
	if err != nil || f.edited || !f.readable {
		return nil, false
	}
	out := make([]ownColumn, len(f.Columns))
	at := -1
	for i, c := range f.Columns {
		field, ok := k.Field(c.Name)
		ref, isRef := k.Field(strings.TrimSuffix(c.Name, "_id"))
		switch {
		case c.Name == "id":
			at = i
		case ok:
			out[i].field = field
		case isRef && ref.Type == data.TypeRef:
			out[i] = ownColumn{ref, true}
		default:
			return nil, false
		}
	}
	return out, at >= 0 && f.idsIn(at)
}

// idsIn reports whether the first rows have row ids in a column.
func (f *FilePlan) idsIn(column int) bool {
	for _, row := range f.Preview {
		if len(row.Cells) <= column {
			return false
		}
		if _, err := data.ParseID(row.Cells[column]); err != nil {
			return false
		}
	}
	return len(f.Preview) > 0
}

// ownKind finds the kind of a file that Export wrote in full; "" for any other.
func (f *FilePlan) ownKind() string {
	for _, known := range data.Kinds() {
		k, err := f.app.Records.Kind(known.Name)
		if err != nil {
			return ""
		}
		if _, own := f.ownColumns(k.Name); own && len(f.Columns) == len(exporter{kind: k}.columns()) {
			return k.Name
		}
	}
	return ""
}

// mapOwn shows what an exported file fills: ids need no field.
func (f *FilePlan) mapOwn(columns []ownColumn) {
	for i, c := range columns {
		if !c.id {
			f.Columns[i].Field = c.field.Name
		}
	}
	f.Source, f.Why = SourceOwn, "The file was exported from a book: its rows are found by their ids."
}

// ownWriter writes the rows of a file that Export wrote.
type ownWriter struct {
	*importRun
	*FileResult
	kind    *data.Kind
	columns []ownColumn
	fields  []data.Field // what is written, in order
	values  []data.Value // of the row in hand
	bulk    *store.Bulk
	coming  map[data.ID]bool // rows of this file, where rows of the kind refer to each other
}

// own brings a file of Export back in. A blank cell leaves what the row has.
func (run *importRun) own(r *FileResult, columns []ownColumn) error {
	w := &ownWriter{importRun: run, FileResult: r, columns: columns, coming: map[data.ID]bool{}}
	r.Source = SourceOwn
	var err error
	if w.kind, err = run.tx.Kind(r.Kind); err != nil {
		return err
	}
	var names []string
	for _, c := range columns {
		if name := c.field.Name; name != "" && !containsField(w.fields, name) {
			w.fields, names = append(w.fields, c.field), append(names, name)
		}
	}
	w.values = make([]data.Value, len(w.fields))
	if selfReference(w.kind) != "" {
		if err := w.each(w.expect); err != nil {
			return err
		}
	}
	if w.bulk, err = run.tx.Bulk(store.BulkPlan{Kind: r.Kind, Fields: names, Expect: r.plan.Rows}); err != nil {
		return err
	}
	return w.each(w.row)
}

func containsField(fields []data.Field, name string) bool {
	for _, f := range fields {
		if f.Name == name {
			return true
		}
	}
	return false
}

// each calls fn for every row of the file; a line that cannot be read as cells
// comes with the reason.
func (w *ownWriter) each(fn func(rec sheet.Record, bad *sheet.RowError) error) error {
	src, err := sheet.Open(w.plan.Path, w.plan.Format)
	if err != nil {
		return err
	}
	defer func() { _ = src.Close() }() // it was only read
	for {
		if err := w.ctx.Err(); err != nil {
			return data.Wrap(data.Canceled, err, "The import was stopped. Nothing was changed.")
		}
		rec, err := src.Next()
		var bad *sheet.RowError
		switch {
		case errors.Is(err, io.EOF):
			return nil
		case err != nil && !errors.As(err, &bad):
			return err
		}
		if err := fn(rec, bad); err != nil {
			return err
		}
	}
}

// expect notes which rows the file will bring.
func (w *ownWriter) expect(rec sheet.Record, bad *sheet.RowError) error {
	if id, err := data.ParseID(rec.Cell(w.idColumn())); bad == nil && err == nil {
		w.coming[id] = true
	}
	return nil
}

func (w *ownWriter) idColumn() int {
	for i, c := range w.columns {
		if c.field.Name == "" {
			return i
		}
	}
	return -1
}

// row brings one row in, or sets it aside.
func (w *ownWriter) row(rec sheet.Record, bad *sheet.RowError) error {
	w.Rows++
	if w.done++; w.done%progressRows == 0 {
		w.tell("Importing " + w.File)
	}
	if bad != nil {
		w.setAside(ImportProblem{Line: bad.Line, Value: bad.Value, Why: bad.Why}, bad.Value+" ")
		return nil
	}
	id, err := data.ParseID(rec.Cell(w.idColumn()))
	if err == nil {
		err = w.read(rec, id)
	}
	var out store.Outcome
	if err == nil {
		out, err = w.bulk.Put(id, w.values)
	}
	var known *data.Error
	switch {
	case err == nil:
		w.count(out)
		return nil
	case errors.As(err, &known) && known.Kind != data.Internal && known.Kind != data.Canceled:
		w.setAside(ImportProblem{Line: rec.Line, Column: known.Field, Why: known.Msg}, "")
		return nil
	}
	return err
}

// read takes the values of a row from its cells.
func (w *ownWriter) read(rec sheet.Record, id data.ID) error {
	cells := map[string]string{}
	ids := map[string]string{}
	for i, c := range w.columns {
		if c.id {
			ids[c.field.Name] = rec.Cell(i)
		} else if c.field.Name != "" {
			cells[c.field.Name] = rec.Cell(i)
		}
	}
	currency := data.Currency(cells["currency"])
	if !currency.Valid() {
		currency = w.app.Book().Currency
	}
	for i, f := range w.fields {
		var err error
		switch f.Type {
		case data.TypeRef:
			w.values[i], err = w.refer(f, id, ids[f.Name], cells[f.Name])
		case data.TypeInstant:
			w.values[i] = nil
		default:
			w.values[i], err = f.Parse(cells[f.Name], currency.Digits())
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// refer finds what a reference means: by its id, else by its name.
func (w *ownWriter) refer(f data.Field, from data.ID, idText, name string) (data.Value, error) {
	id, err := data.ParseID(idText)
	if err != nil || !w.tx.Known(id) && !w.coming[id] {
		if name == "" && idText == "" {
			return nil, nil
		}
		row, err := w.app.Records.Find(w.ctx, f.Ref, name)
		if err != nil {
			return nil, data.FieldErrorf(f.Name, "there is no %s %q in this book", strings.ReplaceAll(f.Ref, "_", " "), name)
		}
		id = row.ID
	}
	if f.Ref == w.kind.Name {
		circle, err := w.tx.Leads(f.Ref, f.Name, id, from)
		if err != nil {
			return nil, err
		}
		if circle {
			return nil, data.FieldErrorf(f.Name, "%s: that would make a circle", f.Label)
		}
	}
	return id, nil
}
