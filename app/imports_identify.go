package app

import (
	"fieldbook/data"
)

// loadOuter finds the deals of the book that have an external id but not the
// row id that this file's source gives it: another layout brought them.
func (w *importWriter) loadOuter() error {
	w.outerID = map[string]data.ID{}
	err := w.app.store.ExternalIDs(w.ctx, w.Kind, func(id data.ID, outer string) {
		key := outerKey(outer)
		if _, taken := w.outerID[key]; !taken && id != data.ImportedID(w.Kind, w.Source, key) {
			w.outerID[key] = id
		}
	})
	if err != nil {
		return err
	}
	return w.addJoinedOuter()
}

// importNamed reports whether rows of a kind are told apart by their names
// where they have no id.
func importNamed(kind string) bool {
	switch kind {
	case data.KindPerson, data.KindTerritory, data.KindAccount, data.KindContact, data.KindProduct, data.KindPipeline:
		return true
	}
	return false
}

// identify finds which row of the book the line means.
func (w *importWriter) identify(row *importRow) (data.ID, *importName, *ImportProblem) {
	outer, name := w.outer(row), w.name(row)
	if !importNamed(w.Kind) {
		id, why := w.unnamed(row, outer)
		return id, nil, why
	}
	if name == "" {
		return data.NoID, nil, &ImportProblem{Line: row.line, Column: w.keyColumn(), Why: "the row has no name"}
	}
	account, _ := valueAt(row, w.at.account).(data.ID)
	e, why := w.enter(row, outer, name, account)
	if why != nil {
		return data.NoID, nil, why
	}
	if w.keys == nil && w.at.name >= 0 && outer == "" && e.there && e.name != name {
		w.mend(w.shape.columns[w.at.name].Name, name, e.name)
		row.values[w.at.name] = e.name
	}
	parent, _ := valueAt(row, w.at.self).(data.ID)
	if !parent.IsZero() && w.own.circle(e.id, parent) {
		return data.NoID, nil, &ImportProblem{
			Line: row.line, Column: w.shape.columns[w.at.self].Name, Value: w.own.known[parent].name,
			Why: "would stand below " + name + " and above it at once",
		}
	}
	return e.id, e, nil
}

// unnamed finds the row of a kind whose rows are not told apart by name.
func (w *importWriter) unnamed(row *importRow, outer string) (data.ID, *ImportProblem) {
	if w.keys != nil {
		return w.keys.id(row)
	}
	if id, ok := w.outerID[outerKey(outer)]; ok {
		return id, nil
	}
	if outer != "" {
		return data.ImportedID(w.Kind, w.Source, outerKey(outer)), nil
	}
	id := w.keyed(row)
	if w.Kind == data.KindDeal {
		id = w.namesakes.of(w.Kind, id, row)
	}
	return w.joinedRow(id), nil
}

// nameless refuses deals that a second import could not find again.
func (w *importWriter) nameless(row *importRow) *ImportProblem {
	if w.keys == nil && !w.plan.links && w.outer(row) == "" && w.name(row) == "" {
		return &ImportProblem{Line: row.line, Column: w.keyColumn(), Why: "the deal has neither an id nor a name, so another import could not find it again"}
	}
	return nil
}

func valueAt(row *importRow, i int) data.Value {
	if i < 0 {
		return nil
	}
	return row.values[i]
}

// keyed gives rows without an id of their own one that is made of what tells
// them apart, the same wherever the file is imported.
func (w *importWriter) keyed(row *importRow) data.ID {
	var parts []data.Value
	for _, name := range importKeys[w.Kind] {
		parts = append(parts, valueAt(row, w.shape.index(name)))
	}
	if w.Kind == data.KindRate || w.Kind == data.KindCustomField || w.Kind == data.KindSetting {
		values := data.Values{}
		for i, f := range w.shape.fields {
			values[f.Name] = row.values[i]
		}
		return w.app.Records.idFor(w.kind, values)
	}
	if w.steps != nil && w.steps.again {
		parts = append(parts, w.steps.step)
	}
	key := importKey(parts...)
	if id, ok := w.found[key]; ok {
		return id
	}
	id := data.ImportedID(w.Kind, w.Source, key)
	if len(w.joins) > 0 && !w.tx.Exists(id) {
		if before, ok := w.keyedAsBefore(parts); ok {
			return before
		}
	}
	return id
}
