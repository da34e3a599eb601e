package app

import (
	"errors"
	"slices"

	"fieldbook/data"
	"fieldbook/data/sheet"
	"fieldbook/data/store"
)

func asDataError(err error, into **data.Error) bool { return errors.As(err, into) }

// resolve turns the names in a row's references into ids. What nothing is
// called yet is made, so that no row loses its reference; a deal or stage that
// is not there sets the row aside.
func (w *importWriter) resolve(row *importRow) (*ImportProblem, error) {
	for i, f := range w.shape.fields {
		text, ok := row.values[i].(string)
		if f.Type != data.TypeRef || !ok {
			continue
		}
		v, why, err := w.refer(f, w.shape.columns[i].Name, text)
		if err != nil {
			return nil, err
		}
		if why != "" {
			return &ImportProblem{Column: w.shape.columns[i].Name, Value: text, Why: why}, nil
		}
		row.values[i] = v
	}
	return nil, nil
}

// refer finds the row that a reference means.
func (w *importWriter) refer(f data.Field, column, text string) (v data.Value, why string, err error) {
	switch f.Ref {
	case data.KindStage:
		return w.stage(column, text)
	case data.KindDeal:
		id := data.ImportedID(data.KindDeal, w.Source, text)
		if e, err := w.dealNamed(id, text); err != nil || e != nil {
			return e, "", err
		}
		return nil, describeRef(f), nil
	}
	names, err := w.of(f.Ref)
	if err != nil {
		return nil, "", err
	}
	e := names.find(text)
	if e == nil {
		outer := ""
		if importIsID(column) {
			outer = text
		}
		e = names.row(w.Source, outer, text, data.NoID)
	}
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

// dealNamed finds a deal by the id that another program gave it.
func (w *importWriter) dealNamed(id data.ID, text string) (data.Value, error) {
	if w.tx.Exists(id) {
		return id, nil
	}
	for _, name := range []string{"external_id", "name"} {
		rows, err := w.app.store.List(w.ctx, data.Query{Kind: data.KindDeal, Where: []data.Filter{{Field: name, Test: data.Is, Values: []data.Value{text}}}, Limit: 2})
		if err != nil {
			return nil, err
		}
		if len(rows) == 1 {
			return rows[0].ID, nil
		}
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
		if s, ok = w.stages[sheet.Fold(text)]; !ok {
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
	if names.kind.Name == data.KindPerson && names == w.own {
		values["role"] = w.roleOf(e)
	}
	e.there = true
	return w.make(names.kind.Name, e.id, name, values)
}

// identify finds which row of the book the line means.
func (w *importWriter) identify(row *importRow) (data.ID, *importName, *ImportProblem) {
	outer, name := w.outer(row), w.name(row)
	switch w.Kind {
	case data.KindPerson, data.KindTerritory, data.KindAccount, data.KindContact, data.KindProduct, data.KindPipeline:
	case data.KindStageEntry, data.KindAssignment, data.KindRule, data.KindRate, data.KindCustomField, data.KindSetting:
		return w.keyed(row), nil, nil
	default:
		if outer != "" {
			return data.ImportedID(w.Kind, w.Source, outer), nil, nil
		}
		return w.keyed(row), nil, w.nameless(row, name)
	}
	if name == "" {
		return data.NoID, nil, &ImportProblem{Line: row.line, Column: w.keyColumn(), Why: "the row has no name"}
	}
	account, _ := valueAt(row, w.at.account).(data.ID)
	e := w.own.row(w.Source, outer, name, account)
	if w.at.name >= 0 && outer == "" && e.there && e.name != name {
		w.mend(w.shape.columns[w.at.name].Name, name, e.name)
		row.values[w.at.name] = e.name
	}
	parent, _ := valueAt(row, w.at.self).(data.ID)
	if !parent.IsZero() && w.own.circle(e.id, parent) {
		return data.NoID, nil, &ImportProblem{Line: row.line, Column: w.shape.columns[w.at.self].Name, Value: w.own.known[parent].name,
			Why: "would stand below " + name + " and above it at once"}
	}
	return e.id, e, nil
}

// nameless refuses rows that a second import could not find again.
func (w *importWriter) nameless(row *importRow, name string) *ImportProblem {
	if w.Kind == data.KindDeal && name == "" {
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
	return data.ImportedID(w.Kind, w.Source, importKey(parts...))
}

// importKeys are the fields that tell rows of a kind apart.
var importKeys = map[string][]string{
	data.KindDeal:       {"name", "account"},
	data.KindStageEntry: {"deal", "stage", "day"},
	data.KindActivity:   {"type", "subject", "day", "person", "deal", "account", "contact"},
	data.KindAssignment: {"person", "territory", "role", "start_day"},
	data.KindRule:       {"territory", "field", "test", "value"},
	data.KindStage:      {"pipeline", "name"},
}

// roleOf tells managers by having people below them in the file.
func (w *importWriter) roleOf(e *importName) string {
	if e.leads {
		return data.RoleManager
	}
	return data.RoleRep
}

// assign gives a person his territory: reps own it, their manager manages it.
func (w *importWriter) assign(row *importRow, person data.ID) error {
	territory, ok := row.values[w.at.territory].(data.ID)
	if !ok {
		return nil
	}
	if err := w.assignment(person, territory, data.AssignOwner); err != nil {
		return err
	}
	if manager, ok := valueAt(row, w.at.self).(data.ID); ok {
		return w.assignment(manager, territory, data.AssignManager)
	}
	return nil
}

func (w *importWriter) assignment(person, territory data.ID, role string) error {
	if err := w.loadAssigned(); err != nil {
		return err
	}
	key := importKey(person, territory, role)
	if w.assigned[key] {
		return nil
	}
	w.assigned[key] = true
	id := data.ImportedID(data.KindAssignment, w.Source, key)
	out, err := w.tx.Put(data.KindAssignment, id, data.Values{"person": person, "territory": territory, "role": role})
	if err == nil && out == store.Created {
		w.made(data.KindAssignment, "")
	}
	return err
}

func (w *importWriter) loadAssigned() error {
	if w.assigned != nil {
		return nil
	}
	w.importRun.assigned = map[string]bool{}
	return w.app.store.Each(w.ctx, data.Query{Kind: data.KindAssignment}, func(row data.Row) error {
		w.assigned[importKey(row.Ref("person"), row.Ref("territory"), row.Text("role"))] = true
		return nil
	})
}

// quotaRow brings in one or, with a column per month, several quotas.
func (w *importWriter) quotaRow(row *importRow) error {
	why, err := w.resolve(row)
	if err != nil {
		return err
	}
	if why != nil {
		why.Line = row.line
		w.setAside(*why, "")
		return nil
	}
	person, _ := valueAt(row, w.shape.index("person")).(data.ID)
	territory, _ := valueAt(row, w.shape.index("territory")).(data.ID)
	if person.IsZero() && territory.IsZero() {
		w.setAside(ImportProblem{Line: row.line, Why: "the row names neither a person nor a territory"}, "")
		return nil
	}
	currency := w.shape.money
	if c, ok := valueAt(row, w.shape.index("currency")).(string); ok {
		currency = data.Currency(c)
	}
	best := store.Unchanged
	quotas := w.quotas(row)
	if len(quotas) == 0 {
		w.setAside(ImportProblem{Line: row.line, Why: "the row has no month or no amount"}, "")
		return nil
	}
	for _, q := range quotas {
		values := data.Values{"month": q.month, "amount": q.amount, "currency": string(currency)}
		if !person.IsZero() {
			values["person"] = person
		}
		if !territory.IsZero() {
			values["territory"] = territory
		}
		out, err := w.tx.Put(data.KindQuota, QuotaID(person, territory, q.month), values)
		if err != nil {
			return err
		}
		if out == store.Created || out == store.Changed && best == store.Unchanged {
			best = out
		}
	}
	w.count(best)
	return nil
}

type monthQuota struct {
	month  data.Day
	amount int64
}

// quotas lists the quotas of a row. A quarter's is spread over its months, what
// does not divide going to the first of them.
func (w *importWriter) quotas(row *importRow) []monthQuota {
	var out []monthQuota
	for i, c := range w.shape.columns {
		if amount, ok := row.values[i].(int64); ok && c.Month.Valid() {
			out = append(out, monthQuota{c.Month, amount})
		}
	}
	period, ok := valueAt(row, w.shape.index("month")).(data.Period)
	amount, filled := valueAt(row, w.shape.index("amount")).(int64)
	if !ok || !filled {
		return out
	}
	months := w.app.Book().Calendar.Months(period)
	n := int64(max(len(months), 1))
	for i, m := range slices.All(months) {
		part := amount / n
		if int64(i) < amount%n {
			part++
		}
		out = append(out, monthQuota{m.From, part})
	}
	return out
}
