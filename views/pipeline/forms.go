package pipeline

import (
	"context"
	"slices"
	"strings"

	"fieldbook/app"
	"fieldbook/assets/lang"
	"fieldbook/data"
	"fieldbook/views/kit"
)

// formAsk is one form: what it asks, and what becomes of the answer.
type formAsk struct {
	title  string
	save   string
	fields []kit.Field
	then   func(kit.Values) error // an error stands beside its field
}

func (s *Screen) form(a formAsk) {
	kit.ShowForm(s.h.Window, a.title, kit.NewForm(kit.FormOptions{
		Fields: a.fields, Today: s.h.App.Today(), Style: kit.DateStyle{Calendar: s.h.App.Book().Calendar},
		Runner: s.h.Runner, Save: a.save, OnSave: a.then,
	}))
}

// newPrefix marks the option that makes a record of what was typed.
const newPrefix = "new:"

// search answers what is typed into a reference's field; with create it also
// offers to make a record of that name.
func (s *Screen) search(kind string, create bool) func(string) []kit.Option {
	return func(text string) []kit.Option {
		text = strings.TrimSpace(text)
		rows, err := s.h.App.Records.List(s.h.Context, data.Query{Kind: kind, Search: text, Sort: []data.Sort{{Field: "name"}}, Limit: 40})
		if err != nil {
			return nil
		}
		var out []kit.Option
		same := false
		for _, r := range rows {
			out = append(out, kit.Option{Key: r.ID.String(), Text: r.Title(), Detail: recordDetail(r)})
			same = same || strings.EqualFold(r.Title(), text)
		}
		if create && text != "" && !same {
			out = append(out, kit.Option{Key: newPrefix + text, Text: lang.T("New account “%s”", text), Icon: "plus"})
		}
		return out
	}
}

// recordDetail tells records of the same name apart.
func recordDetail(r data.Row) string {
	for _, field := range []string{"industry", "family", "title"} {
		if text := r.Text(field); text != "" {
			return text
		}
	}
	return ""
}

// dealFields is the form of a deal, made from the schema: each field by its
// type, the currency with its amount, and what only moving a deal sets left out.
func (s *Screen) dealFields(row data.Row, fresh bool) []kit.Field {
	first := []string{"account", "product", "amount", "close_day", "stage", "owner", "next_step", "next_step_day"}
	skip := []string{"currency", "snooze_day", "snooze_reason", "loss_reason"}
	if !fresh {
		skip = append(skip, "stage")
	}
	if row.Text("loss_reason") != "" {
		skip = slices.DeleteFunc(skip, func(name string) bool { return name == "loss_reason" })
	}
	var out []kit.Field
	add := func(f data.Field) {
		if !slices.Contains(skip, f.Name) {
			out = append(out, s.schemaField(f, row))
		}
	}
	for _, name := range first {
		if f, ok := s.found.kind.Field(name); ok {
			add(f)
		}
	}
	for _, f := range s.found.kind.Fields {
		if !slices.Contains(first, f.Name) {
			add(f)
		}
	}
	return out
}

// schemaField is one field of a form as the schema describes it.
func (s *Screen) schemaField(f data.Field, row data.Row) kit.Field {
	digits := s.h.App.Book().Currency.Digits()
	out := kit.Field{Key: f.Name, Label: lang.T(f.Label), Required: f.Required, Value: f.Format(row.Values[f.Name], digits)}
	switch f.Type {
	case data.TypeLongText:
		out.Kind = kit.FieldLong
	case data.TypeChoice:
		out.Kind, out.Options = kit.FieldChoice, choiceOptions(f)
	case data.TypeInteger:
		out.Kind = kit.FieldWhole
	case data.TypeNumber:
		out.Kind = kit.FieldNumber
	case data.TypePercent:
		out.Kind = kit.FieldPercent
	case data.TypeBool:
		out.Kind, out.Value = kit.FieldBool, boolText(row.Bool(f.Name))
	case data.TypeDay:
		out.Kind, out.Hint = kit.FieldDay, "fri, +2w"
	case data.TypeMoney:
		s.moneyField(&out, f, row)
	case data.TypeRef:
		s.refField(&out, f, row)
	default: // a line of text
		out.Search = s.h.Offered(data.KindDeal, f)
	}
	return out
}

func (s *Screen) moneyField(out *kit.Field, f data.Field, row data.Row) {
	out.Kind, out.Currencies, out.Value = kit.FieldMoney, s.currencies(row.Text("currency")), ""
	if row.Has(f.Name) {
		m := row.Money(f.Name, s.h.App.Book().Currency)
		out.Value = m.Decimal() + " " + string(m.Currency)
	}
	if f.Name == "amount" {
		out.Help = lang.T("Blank counts at the list price")
	}
}

// currencies offers the book's and the deal's own.
func (s *Screen) currencies(own string) []string {
	out := []string{string(s.h.App.Book().Currency)}
	for _, c := range []string{own, "EUR", "USD", "GBP"} {
		if c != "" && !slices.Contains(out, c) {
			out = append(out, c)
		}
	}
	return out
}

func (s *Screen) refField(out *kit.Field, f data.Field, row data.Row) {
	out.Kind = kit.FieldReference
	if id := row.Ref(f.Name); !id.IsZero() {
		out.Chosen = kit.Option{Key: id.String(), Text: row.Labels[f.Name]}
	}
	switch f.Ref {
	case data.KindStage:
		out.Kind = kit.FieldChoice
		for _, st := range s.found.stages.pipeline(s.found.pipeline) {
			if st.Type == data.StageOpen {
				out.Options = append(out.Options, kit.Option{Key: st.ID.String(), Text: st.Name})
			}
		}
		return
	case data.KindPerson:
		out.Options = s.found.people
	case data.KindProduct:
		out.Options = s.found.products
	case data.KindAccount:
		out.Hint = lang.T("Find, or type a new name")
		out.Required = false
	}
	out.Search = s.search(f.Ref, f.Ref == data.KindAccount)
}

// dealValues reads a filled form back: only the fields that it asked for.
func (s *Screen) dealValues(fields []kit.Field, v kit.Values) (app.SaveDeal, error) {
	save := app.SaveDeal{Values: data.Values{}}
	for _, field := range fields {
		if field.Key == overrideKey {
			save.Override = v[overrideKey]
			continue
		}
		f, _ := s.found.kind.Field(field.Key)
		text := v[field.Key]
		if name, ok := strings.CutPrefix(text, newPrefix); ok && field.Key == "account" {
			save.Account = name
			continue
		}
		if f.Type == data.TypeMoney {
			m, err := v.Money(field.Key)
			if err != nil {
				return save, err
			}
			save.Values[f.Name], save.Values["currency"] = nil, nil
			if text != "" {
				save.Values[f.Name], save.Values["currency"] = m.Minor, string(m.Currency)
			}
			continue
		}
		value, err := f.Parse(text, 0)
		if err != nil {
			return save, err
		}
		if f.Type == data.TypeBool && text == "false" {
			value = nil
		}
		if err := f.Check(value); err != nil {
			return save, err
		}
		save.Values[f.Name] = value
	}
	return save, nil
}

// newDeal asks for a new deal.
func (s *Screen) newDeal() {
	if s.readOnly() {
		return
	}
	if s.found.kind == nil { // the first load is still on its way
		s.pending = s.newDeal
		return
	}
	row := data.Row{Kind: s.found.kind, Values: data.Values{}, Labels: map[string]string{}}
	for _, st := range s.found.stages.pipeline(s.found.pipeline) {
		if st.Type == data.StageOpen {
			row.Values["stage"], row.Labels["stage"] = st.ID, st.Name
			break
		}
	}
	if p := s.h.View().Scope.Person; !p.IsZero() && !s.h.View().Scope.Team {
		i := slices.IndexFunc(s.found.people, func(o kit.Option) bool { return o.Key == p.String() })
		if i >= 0 {
			row.Values["owner"], row.Labels["owner"] = p, s.found.people[i].Text
		}
	}
	fields := s.dealFields(row, true)
	s.saveForm(formAsk{title: lang.T("New deal"), save: lang.T("Save deal"), fields: fields}, data.NoID)
}

// editDeal asks for a deal's fields again.
func (s *Screen) editDeal(d app.Deal) {
	s.saveForm(formAsk{title: lang.T("Edit %s", app.DealName(d.Row)), save: lang.T("Save deal"), fields: s.dealFields(d.Row, false)}, d.ID)
}

// saveForm shows the form of a deal and saves it. Where saving fails it comes
// back with all that was typed.
func (s *Screen) saveForm(a formAsk, deal data.ID) {
	a.then = func(v kit.Values) error {
		save, err := s.dealValues(a.fields, v)
		if err != nil {
			return err
		}
		save.Deal = deal
		again := a
		again.fields = refilled(a.fields, v)
		what := lang.T("Deal saved")
		s.h.Act(what, func(ctx context.Context) error {
			_, err := s.h.App.Pipeline.SaveDeal(ctx, save)
			if err != nil {
				s.h.Runner.Do(func() { s.saveForm(withReason(again, err), deal) })
			}
			return err
		}, nil)
		return nil
	}
	s.form(a)
}

// withReason asks for the reason to go without what a gate asks for, where that
// is what a form was refused for.
func withReason(a formAsk, err error) formAsk {
	if gateOf(err) == nil || slices.ContainsFunc(a.fields, func(f kit.Field) bool { return f.Key == overrideKey }) {
		return a
	}
	a.fields = append(slices.Clone(a.fields), kit.Field{Key: overrideKey, Label: lang.T("Or why it goes on without"), Wide: true, Help: lang.T("It is kept with the deal and reported in the Playbook.")})
	return a
}

// refilled are the fields with what was typed into them.
func refilled(fields []kit.Field, v kit.Values) []kit.Field {
	out := slices.Clone(fields)
	for i := range out {
		out[i].Value = v[out[i].Key]
		if out[i].Value != out[i].Chosen.Key {
			name := strings.TrimPrefix(out[i].Value, newPrefix)
			if _, err := data.ParseID(name); err == nil {
				name = lang.T("As chosen")
			}
			for _, o := range out[i].Options {
				if o.Key == out[i].Value {
					name = o.Text
				}
			}
			out[i].Chosen = kit.Option{}
			if out[i].Kind == kit.FieldReference && out[i].Value != "" {
				out[i].Chosen = kit.Option{Key: out[i].Value, Text: name}
			}
		}
	}
	return out
}
