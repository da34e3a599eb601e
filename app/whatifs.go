package app

import (
	"context"
	"strings"

	"fieldbook/app/planning"
	"fieldbook/data"
)

// WhatIfs are what people suppose of their open deals, and what they would be
// paid for it.
type WhatIfs struct{ app *App }

// WhatIf is a saved one.
type WhatIf struct {
	ID      data.ID // NoID for a new one
	Person  data.ID
	Name    string
	Period  string
	Changes map[data.ID]planning.Change
	Problem string // why its changes cannot be read, in words
}

// List gives the saved what-ifs of a person in a period, by name.
func (w *WhatIfs) List(ctx context.Context, person data.ID, in data.Period) ([]WhatIf, error) {
	rows, err := w.app.store.List(ctx, data.Query{Kind: data.KindWhatIf, Sort: []data.Sort{{Field: "name"}}, Where: []data.Filter{
		{Field: "person", Test: data.Is, Values: []data.Value{person}}, {Field: "period", Test: data.Is, Values: []data.Value{in.Name}},
	}})
	if err != nil {
		return nil, err
	}
	out := make([]WhatIf, len(rows))
	for i, r := range rows {
		out[i] = WhatIf{ID: r.ID, Person: r.Ref("person"), Name: r.Title(), Period: r.Text("period")}
		read, err := planning.ReadWhatIf(r.Text("changes"))
		if err != nil {
			out[i].Problem = err.Error()
			continue
		}
		out[i].Changes = read.Changes
	}
	return out, nil
}

// Save keeps a what-if: a new one, or one that is there with other changes. What
// a newer Fieldbook wrote in it stays.
func (w *WhatIfs) Save(ctx context.Context, save WhatIf) (data.ID, error) {
	name := strings.TrimSpace(save.Name)
	if name == "" {
		return data.NoID, data.FieldErrorf("name", "Give it a name to find it again by, such as “Both large ones come”")
	}
	kept, err := w.kept(ctx, save.ID)
	if err != nil {
		return data.NoID, err
	}
	kept.Changes = save.Changes
	text, err := kept.Text()
	if err != nil {
		return data.NoID, err
	}
	values := data.Values{"name": name, "changes": text}
	if !save.ID.IsZero() {
		return save.ID, w.app.Records.Set(ctx, data.KindWhatIf, []data.ID{save.ID}, values)
	}
	values["person"], values["period"] = save.Person, save.Period
	return w.app.Records.Add(ctx, data.KindWhatIf, values)
}

// kept is what is saved under an id. One that is damaged is written anew; one
// of a newer Fieldbook is not.
func (w *WhatIfs) kept(ctx context.Context, id data.ID) (*planning.WhatIf, error) {
	text := ""
	if !id.IsZero() {
		row, err := w.app.store.Get(ctx, data.KindWhatIf, id)
		if err != nil {
			return nil, err
		}
		text = row.Text("changes")
	}
	read, err := planning.ReadWhatIf(text)
	if data.KindOf(err) == data.Invalid {
		return planning.ReadWhatIf("")
	}
	return read, err
}

// Delete removes a saved what-if.
func (w *WhatIfs) Delete(ctx context.Context, id data.ID) error {
	return w.app.Records.Remove(ctx, data.KindWhatIf, []data.ID{id})
}

// Commission is how a person is paid.
type Commission struct {
	Plan    string // its name, empty where there is none for him
	Rates   planning.Rates
	Problem string // why its rates cannot be read, in words
}

// CommissionOf is by the newest plan that is in force on a day: one for the
// person's role before one for everyone.
func (w *WhatIfs) CommissionOf(ctx context.Context, person data.ID, on data.Day) (out Commission, err error) {
	row, err := w.app.store.Get(ctx, data.KindPerson, person)
	if err != nil && data.KindOf(err) != data.NotFound { // one who has left the book since has no role any more
		return out, err
	}
	plans, err := w.app.store.List(ctx, data.Query{Kind: data.KindCommissionPlan, Sort: []data.Sort{{Field: "start_day"}, {Field: "name"}}})
	if err != nil {
		return out, err
	}
	var best *data.Row
	for i := range plans {
		p := &plans[i]
		role := p.Text("role")
		if role != "" && role != row.Text("role") || p.Day("start_day").Valid() && p.Day("start_day") > on {
			continue
		}
		if best == nil || role != "" || best.Text("role") == "" {
			best = p
		}
	}
	if best == nil {
		return out, nil
	}
	out.Plan = best.Title()
	if out.Rates, err = planning.ParseRates(best.Text("rates")); err != nil {
		out.Problem = err.Error()
	}
	return out, nil
}
