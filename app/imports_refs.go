package app

import (
	"errors"
	"strings"

	"fieldbook/data"
	"fieldbook/data/sheet"
)

// resolve turns the names in a row's references into ids. What nothing is
// called yet is made, so that no row loses its reference; a deal or stage that
// is not there sets the row aside.
//
// References that can set the row aside come first, so that a row that does not
// come in makes nothing.
func (w *importWriter) resolve(row *importRow) (*ImportProblem, error) {
	for _, makes := range []bool{false, true} {
		for i, f := range w.shape.fields {
			text, ok := row.values[i].(string)
			if f.Type != data.TypeRef || !ok || makes != (f.Ref != data.KindStage && f.Ref != data.KindDeal) {
				continue
			}
			v, why, err := w.refer(i, text)
			if err != nil {
				return nil, err
			}
			if why != "" {
				return &ImportProblem{Column: w.shape.columns[i].Name, Value: text, Why: why}, nil
			}
			row.values[i] = v
		}
	}
	return nil, nil
}

// refer finds the row that a reference means.
func (w *importWriter) refer(i int, text string) (v data.Value, why string, err error) {
	f, column := w.shape.fields[i], w.shape.columns[i].Name
	switch f.Ref {
	case data.KindStage:
		return w.stage(column, text)
	case data.KindDeal:
		return w.dealRef(f, text)
	}
	names, err := w.of(f.Ref)
	if err != nil {
		return nil, "", err
	}
	e, gone := w.referred(names, column, w.turned(names, i, refText(text)))
	if gone || e == nil {
		return nil, map[bool]string{false: describeRef(f)}[gone], nil
	}
	e.uses++
	if !e.there {
		if names == w.own {
			w.pending[e.id] = e
		} else if err := w.minimal(names, e, importMinimal(f.Ref)); err != nil {
			return nil, "", err
		}
	}
	e.leads = e.leads || names == w.own && f.Name == w.self
	if e.name != text && e.outer != text && e.name != "" {
		w.mend(column, text, e.name)
	}
	return e.value, "", nil
}

// dealRef finds the deal that a reference means. Where none is called so a row
// that needs one cannot come in; any other leaves it blank.
func (w *importWriter) dealRef(f data.Field, text string) (v data.Value, why string, err error) {
	if id, err := w.dealNamed(text); err != nil || id != nil {
		return id, "", err
	}
	if f.Required {
		return nil, describeRef(f), nil
	}
	w.FileResult.note("name a deal that is neither in the files nor in the book, which is left blank", 1)
	return nil, "", nil
}

// referred finds what a text refers to, the whole of it or the first of a list,
// else promises it. gone says that a person wants no record of it; nil without
// that, that the import may make none.
func (w *importWriter) referred(names *importNames, column, text string) (e *importName, gone bool) {
	e = names.find(text)
	if first := refFirst(text); e == nil && first != "" {
		text = first
		e = names.find(text)
	}
	if e == nil {
		var settled bool
		if e, settled = w.joined(names, text); settled && e == nil {
			return nil, true
		}
	}
	if e != nil || !w.plan.creates() {
		return e, false
	}
	e = w.promised(names, column, text)
	w.strange(names, column, text, e)
	return e, false
}

// promised is the row that a reference to none makes: by its id where the
// column holds ids, else by its name.
func (w *importWriter) promised(names *importNames, column, text string) *importName {
	outer := ""
	if importIsID(column) {
		outer = text
	}
	return names.row(w.Source, outer, text, data.NoID)
}

// dealNamed finds a deal by the id that another program gave it, else among
// the names that the book has.
func (w *importWriter) dealNamed(text string) (data.Value, error) {
	for _, source := range append(w.sources, w.Source) {
		if id := data.ImportedID(data.KindDeal, source, outerKey(text)); w.tx.Exists(id) {
			return id, nil
		}
	}
	names, err := w.of(data.KindDeal)
	if err != nil {
		return nil, err
	}
	if e := names.find(text); e != nil {
		return e.value, nil
	}
	return nil, nil
}

// importIsID reports whether a column holds ids and not names.
func importIsID(column string) bool {
	fold := sheet.Fold(column)
	return len(fold) > 2 && fold[len(fold)-2:] == "id"
}

// stage finds the stage that the plan has for a name.
func (w *importWriter) stage(column, text string) (data.Value, string, error) {
	s, ok := w.spelt[text]
	if !ok {
		if s = w.stages[stageKey("", text)]; s == nil {
			return nil, "is a stage that the plan does not know", nil
		}
		w.spelt[text] = s
	}
	if s.Label != text {
		w.mend(column, text, s.Label)
	}
	return s.Stage, "", nil
}

// importMinimal are the values of a row of which only the name is known.
func importMinimal(kind string) data.Values {
	if kind == data.KindPerson {
		return data.Values{"role": data.RoleRep, "status": data.StatusActive}
	}
	return data.Values{}
}

// minimal makes a row of which only the name is known.
func (w *importWriter) minimal(names *importNames, e *importName, values data.Values) error {
	name := e.name
	if name == "" {
		name = e.outer
	}
	values[names.kind.Title] = name
	if e.outer != "" {
		values["external_id"] = e.outer
	}
	if (names.kind.Name == data.KindPerson || names.kind.Name == data.KindContact) && strings.Contains(name, "@") {
		values["email"] = name
	}
	if names.kind.Name == data.KindPerson && names == w.own {
		values["role"] = w.roleOf(e)
	}
	e.there = true
	return w.make(names.kind.Name, e.id, name, values)
}

// makePending makes rows that others of the file refer to but that did not
// come in themselves.
func (w *importWriter) makePending() error {
	for _, e := range w.pending {
		if err := w.minimal(w.own, e, importMinimal(w.Kind)); err != nil {
			return err
		}
	}
	return nil
}

// importFault gives the field that a refused value was for.
func importFault(err error) (field, why string) {
	var own *data.Error
	if !errors.As(err, &own) || own.Kind != data.Invalid {
		return "", ""
	}
	return own.Field, own.Msg
}

// describeRef says that what a field points to is not there.
func describeRef(f data.Field) string {
	return "there is no such " + f.Ref + " in the files or the book"
}
