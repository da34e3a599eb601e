package app

import (
	"fmt"
	"strings"

	"fieldbook/data"
	"fieldbook/data/sheet"
)

// importKeyed finds records by the fields that the plan chose.
type importKeyed struct {
	w      *importWriter
	fields []data.Field
	at     []int // of the fields in the shape
	byKey  map[string]data.ID
	shared map[string]bool // keys that several records have
}

// loadKeys reads by which values the book's records are found: those that tell
// rows of the kind apart, and where the plan says so the fields that it chose.
func (w *importWriter) loadKeys() (err error) {
	if w.found, err = w.app.importFound(w.ctx, w.Kind); err != nil || len(w.plan.Key) == 0 {
		return err
	}
	k := &importKeyed{w: w, byKey: map[string]data.ID{}, shared: map[string]bool{}}
	for _, name := range w.plan.Key {
		f, ok := w.kind.Field(name)
		at := w.shape.index(name)
		if !ok || at < 0 && name != w.kind.Title {
			return data.FieldErrorf("key", "no column of %s fills %s, by which its rows are to be found", w.File, name)
		}
		k.fields, k.at = append(k.fields, f), append(k.at, at)
	}
	w.keys = k
	return w.app.store.Each(w.ctx, data.Query{Kind: w.Kind}, func(row data.Row) error {
		values := make([]data.Value, len(k.fields))
		for i, f := range k.fields {
			values[i] = row.Values[f.Name]
		}
		key, ok := keyOf(k.fields, values)
		if _, taken := k.byKey[key]; ok && taken {
			k.shared[key] = true
		} else if ok {
			k.byKey[key] = row.ID
		}
		return nil
	})
}

// keyOf folds names and addresses; ids of other programs stay as they are. It
// is false where a field is blank.
func keyOf(fields []data.Field, values []data.Value) (string, bool) {
	parts := make([]string, len(fields))
	for i, f := range fields {
		switch v := values[i].(type) {
		case nil:
			return "", false
		case string:
			parts[i] = v
			if f.Name != "external_id" {
				parts[i] = sheet.Fold(v)
			}
			if f.Name == "email" {
				parts[i] = strings.ToLower(v)
			}
		default:
			parts[i] = f.Format(v, 0)
		}
		if parts[i] == "" {
			return "", false
		}
	}
	return strings.Join(parts, "\x00"), true
}

// id finds the record of a row, or gives it the id of a new one.
func (k *importKeyed) id(row *importRow) (data.ID, *ImportProblem) {
	values := make([]data.Value, len(k.fields))
	for i, at := range k.at {
		values[i] = valueAt(row, at)
		if at < 0 && k.w.name(row) != "" {
			values[i] = k.w.name(row) // of its parts
		}
	}
	key, ok := keyOf(k.fields, values)
	switch {
	case !ok:
		return data.NoID, &ImportProblem{Line: row.line, Column: k.column(), Why: "the row lacks " + k.words() + ", by which records are found"}
	case k.shared[key]:
		return data.NoID, &ImportProblem{Line: row.line, Column: k.column(), Value: k.w.called(row), Why: "more than one record has this " + k.words()}
	}
	id, found := k.byKey[key]
	if !found {
		id = data.ImportedID(k.w.Kind, k.w.Source, "by "+strings.Join(k.w.plan.Key, " ")+"\x00"+key)
		k.byKey[key] = id
	}
	return id, nil
}

func (k *importKeyed) words() string {
	labels := make([]string, len(k.fields))
	for i, f := range k.fields {
		labels[i] = strings.ToLower(f.Label)
	}
	return strings.Join(labels, " and ")
}

func (k *importKeyed) column() string {
	if k.at[0] < 0 {
		return ""
	}
	return k.w.shape.columns[k.at[0]].Name
}

// enter finds or gives the name of a row of a kind that has names: by the
// plan's key, else as the kind is told apart.
func (w *importWriter) enter(row *importRow, outer, name string, account data.ID) (*importName, *ImportProblem) {
	if w.keys == nil {
		if e := w.placed(row, outer, name); e != nil {
			return e, nil
		}
		return w.own.row(w.Source, outer, name, account), nil
	}
	id, why := w.keys.id(row)
	if why != nil {
		return nil, why
	}
	return w.own.add(id, name, outer, account), nil
}

// there reports whether the book has the record of a row, or a row of the file
// has made it.
func (w *importWriter) there(id data.ID, e *importName) bool {
	if e != nil {
		return e.there
	}
	return w.tx.Exists(id)
}

// allowed refuses rows of new records where only records that are there are
// changed.
func (w *importWriter) allowed(row *importRow, id data.ID) *ImportProblem {
	if w.plan.creates() || w.tx.Exists(id) {
		return nil
	}
	return &ImportProblem{Line: row.line, Column: w.keyColumn(), Value: fmt.Sprint(w.called(row)), Why: notThere}
}
