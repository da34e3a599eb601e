package app

import (
	"errors"
	"io"
	"strings"

	"fieldbook/data"
	"fieldbook/data/sheet"
	"fieldbook/data/store"
)

// ownWriter writes the rows of a file that Export wrote.
type ownWriter struct {
	*importRun
	*FileResult
	kind    *data.Kind
	columns []ownColumn
	id      int // columns; -1 where the file has none
	version int
	fields  []ownField
	values  []data.Value // of the row in hand, one per field
	row     sheet.Record // the row in hand
	bulk    *store.Bulk
	hash    *rowVersion
	whole   bool                    // the file has every field of the kind
	coming  map[data.ID]string      // rows of this file and their titles, where rows of the kind refer to each other
	titles  map[data.ID]string      // of what references point to
	found   importFound             // rows of the book by what tells them apart
	new     map[data.ID]int         // rows without an id, by the id that they got
	met     int                     // rows that the book has
	asked   map[string]*unknownName // names that nothing has, by kind and folded name
	looked  map[[2]string]namedRef  // by field and name, as they stand
}

// ownField is a field that the file fills and the columns it stands in; -1 for
// none.
type ownField struct {
	data.Field
	text, ref int
	parse     cellParser // for cells that a spreadsheet has rewritten
}

// own brings a file of Export back in.
func (run *importRun) own(r *FileResult) error {
	w := &ownWriter{importRun: run, FileResult: r, id: -1, version: -1, coming: map[data.ID]string{}, titles: map[data.ID]string{}, new: map[data.ID]int{}, asked: map[string]*unknownName{}, looked: map[[2]string]namedRef{}}
	r.Source = SourceOwn
	if err := run.defineFields(r.plan); err != nil {
		return err
	}
	var err error
	if w.kind, err = run.tx.Kind(r.Kind); err != nil {
		return err
	}
	if w.arrange(); w.id < 0 {
		if w.found, err = run.app.importFound(run.ctx, r.Kind); err != nil {
			return err
		}
	}
	if selfReference(w.kind) != "" {
		if err := w.each(w.expect); err != nil {
			return err
		}
	}
	plan := store.BulkPlan{Kind: r.Kind, Expect: r.plan.Rows}
	for _, f := range w.fields {
		plan.Fields = append(plan.Fields, f.Name)
	}
	plan.Clears = r.plan.clears(plan.Fields)
	if w.bulk, err = run.tx.Bulk(plan); err != nil {
		return err
	}
	if err := w.each(w.take); err != nil {
		return err
	}
	return w.missing()
}

// arrange finds the columns of each field.
func (w *ownWriter) arrange() {
	w.columns = w.plan.ownColumns(w.kind)
	w.hash = newRowVersion(w.kind)
	at := map[string]int{}
	for i, c := range w.columns {
		switch c.role {
		case ownID:
			w.id = i
		case ownVersion:
			w.version = i
		case ownValue, ownRef:
			n, ok := at[c.field.Name]
			if !ok {
				n = len(w.fields)
				at[c.field.Name] = n
				w.fields = append(w.fields, ownField{c.field, -1, -1, newCellParser(c.field, w.plan.Columns[i], w.app.Book())})
			}
			if c.role == ownRef {
				w.fields[n].ref = i
			} else {
				w.fields[n].text = i
			}
		default: // left out
		}
	}
	w.values = make([]data.Value, len(w.fields))
	w.whole = len(w.fields) == len(w.kind.Fields)
}

// each calls fn for every row of the file; a line that cannot be read as cells
// comes with the reason.
func (w *ownWriter) each(fn func(rec sheet.Record, bad *sheet.RowError) error) error {
	src, err := openTable(w.ctx, w.plan.Path, w.plan.Format)
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
		case bad == nil && w.plan.drops(rec.Line):
			continue
		}
		if err := fn(rec, bad); err != nil {
			return err
		}
	}
}

// expect notes which rows the file will bring.
func (w *ownWriter) expect(rec sheet.Record, bad *sheet.RowError) error {
	if id, err := data.ParseID(rec.Cell(w.id)); bad == nil && err == nil {
		w.coming[id] = ""
		for _, f := range w.fields {
			if f.Name == w.kind.Title && f.text >= 0 {
				w.coming[id] = strings.Clone(rec.Cell(f.text))
			}
		}
	}
	return nil
}

// take brings one row in, or sets it aside.
func (w *ownWriter) take(rec sheet.Record, bad *sheet.RowError) error {
	w.Rows++
	if w.done++; w.done%progressRows == 0 {
		w.tell("Importing " + w.File)
	}
	if bad != nil {
		w.setAside(ImportProblem{Line: bad.Line, Value: bad.Value, Why: bad.Why}, bad.Value+" ")
		return nil
	}
	w.row = rec
	out, err := w.bring()
	var known *data.Error
	switch {
	case err == nil:
		w.count(out)
		if w.Kind == data.KindCustomField {
			return w.learn()
		}
		return nil
	case errors.As(err, &known) && known.Kind != data.Internal && known.Kind != data.Canceled:
		w.setAside(w.fault(known), "")
		return nil
	}
	return err
}

// fault words why the row in hand is set aside.
func (w *ownWriter) fault(err *data.Error) ImportProblem {
	p := ImportProblem{Line: w.row.Line, Column: err.Field, Why: err.Msg}
	for _, f := range w.fields {
		if f.Name == err.Field && f.text >= 0 {
			p.Column, p.Value = w.plan.Columns[f.text].Name, strings.Clone(w.row.Cell(f.text))
		}
	}
	return p
}

// bring finds the record of the row in hand and gives it the row's values.
func (w *ownWriter) bring() (store.Outcome, error) {
	idText := strings.TrimSpace(w.row.Cell(w.id))
	if idText == "" {
		return w.added()
	}
	id, err := data.ParseID(idText)
	if err != nil {
		return 0, data.FieldErrorf(columnID, "%q is not the id of a record; leave it blank for a new one", idText)
	}
	if w.joins[w.Kind].of(id) != id {
		w.note("rows were joined with others in the book since the export and stay so", 1)
		return store.Unchanged, nil
	}
	if err := w.read(id); err != nil {
		return 0, err
	}
	there := w.tx.Exists(id)
	if there {
		w.met++
	}
	version := w.row.Cell(w.version)
	if w.version < 0 {
		version = ""
	}
	switch {
	case there && !w.plan.updates():
		return store.Unchanged, nil
	case there && version != "":
		return w.merge(id, version)
	case there:
		return w.bulk.Put(id, w.values)
	}
	deleted, err := w.tx.Deleted(id)
	switch {
	case err != nil:
		return 0, err
	case deleted:
		return w.revive(id, version)
	case !w.plan.creates():
		return 0, data.Errorf(data.Refused, "%s", notThere)
	}
	return w.bulk.Put(id, w.values)
}

// added brings in a row that was written into the file: it has no id.
func (w *ownWriter) added() (store.Outcome, error) {
	if err := w.read(data.NoID); err != nil {
		return 0, err
	}
	id, err := w.newID()
	if err != nil {
		return 0, err
	}
	there := w.tx.Exists(id)
	switch {
	case there && !w.plan.updates():
		return store.Unchanged, nil
	case !there && !w.plan.creates():
		return 0, data.Errorf(data.Refused, "%s", notThere)
	}
	if there {
		w.met++
	}
	return w.bulk.Put(id, w.values)
}

// value is a field of the row in hand.
func (w *ownWriter) value(name string) data.Value {
	for i, f := range w.fields {
		if f.Name == name {
			return w.values[i]
		}
	}
	return nil
}

// newID gives a row without an id the one that another import of the file
// gives it too.
func (w *ownWriter) newID() (data.ID, error) {
	outer, _ := w.value("external_id").(string)
	if importNamed(w.Kind) {
		names, err := w.of(w.Kind)
		if err != nil {
			return data.NoID, err
		}
		name, _ := w.value(w.kind.Title).(string)
		account, _ := w.value("account").(data.ID)
		e := names.row(SourceOwn, outer, name, account)
		e.there = true
		return e.id, nil
	}
	values := data.Values{}
	for i, f := range w.fields {
		values[f.Name] = w.values[i]
	}
	switch w.Kind {
	case data.KindQuota, data.KindRate, data.KindCustomField, data.KindSetting:
		return w.app.Records.idFor(w.kind, values), nil
	}
	var parts []data.Value
	for _, name := range importKeys[w.Kind] {
		parts = append(parts, values[name])
	}
	key := importKey(parts...)
	if id, ok := w.found[key]; ok && outer == "" && w.new[id] == 0 {
		w.new[id]++
		return id, nil
	}
	if outer != "" {
		key = outer
	}
	id := data.ImportedID(w.Kind, SourceOwn, key)
	if w.new[id]++; w.new[id] > 1 && outer == "" {
		id = data.ImportedID(w.Kind, SourceOwn, importKey(key, int64(w.new[id])))
	}
	return id, nil
}

// missing says that records which the file does not have stay.
func (w *ownWriter) missing() error {
	if w.met == 0 {
		return nil
	}
	held, err := w.app.Records.Count(w.ctx, data.Query{Kind: w.Kind})
	if err == nil && held > w.met {
		w.note("records that are not in the file stay as they are", held-w.met)
	}
	return err
}

// learn makes the custom fields that came usable for the files behind.
func (w *ownWriter) learn() error {
	kind, _ := w.value("kind").(string)
	label, _ := w.value("label").(string)
	typ, _ := w.value("type").(string)
	choices, _ := w.value("choices").(string)
	k, err := data.KindByName(kind)
	if err != nil {
		return nil //nolint:nilerr // of a newer Fieldbook
	}
	for _, c := range customTypes {
		if c.name == typ && data.CustomName(label) != "" {
			return w.tx.Learn(k.Name, data.NewCustomField(label, c.t, data.CustomChoices(choices)))
		}
	}
	return nil
}
