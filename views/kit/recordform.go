package kit

import (
	"context"
	"maps"

	"fieldbook/app/report"
	"fieldbook/assets/lang"
	"fieldbook/data"
)

// RecordForm describes a form whose fields follow the schema of a kind.
type RecordForm struct {
	Title  string
	Save   string // on the primary button
	Kind   *data.Kind
	Fields []string           // which fields, in order; names that the kind lacks are left out
	Row    *data.Row          // to change; nil makes a new one
	Preset *data.Row          // what a new one begins with
	More   []Field            // of the form alone, behind the others
	Typed  Values             // what was typed before, where a form is shown again
	Check  func(Values) error // of fields together, before anything is kept
	With   data.Values        // kept with a new one beside what is typed
	// Keep writes; it runs away from the screen. values holds every field of
	// the kind that the form shows, typed all fields as typed. Without it Row is
	// changed or a new one added.
	Keep func(ctx context.Context, values data.Values, typed Values) error
	What string // said when it is kept; where empty, "Add" and the record's name
	Then func()
}

// ShowRecordForm shows a form as a sheet. Where keeping fails the form comes
// back with all that was typed, below the reason.
func (h *Host) ShowRecordForm(r RecordForm) {
	fields := h.recordFields(r)
	for i := range fields {
		if v, ok := r.Typed[fields[i].Key]; ok {
			fields[i].Value = v
			if fields[i].Chosen.Key != v {
				fields[i].Chosen = h.optionOf(fields[i].ref, v)
			}
		}
	}
	form := NewForm(FormOptions{
		Fields: fields, Today: h.View().Today, Runner: h.Runner, Save: r.Save, Style: DateStyle{Calendar: h.App.Book().Calendar},
		OnSave: func(typed Values) error {
			values, err := h.recordValues(r, fields, typed)
			if err != nil {
				return err
			}
			h.keepRecord(r, values, typed)
			return nil
		},
	})
	ShowSheet(h.Window, r.Title, form)
}

// Question is a form of fields that belong to no record.
type Question struct {
	Title  string
	What   string // said when it is done; the title where empty
	Save   string // on the button
	Fields []Field
	Keep   func(ctx context.Context, v Values) error // runs away from the screen
	Then   func()
}

// Ask shows a question as ShowRecordForm shows a record.
func (h *Host) Ask(q Question) {
	if q.What == "" {
		q.What = q.Title
	}
	h.ShowRecordForm(RecordForm{
		Title: q.Title, Save: q.Save, Kind: &data.Kind{}, More: q.Fields, What: q.What, Then: q.Then,
		Keep: func(ctx context.Context, _ data.Values, v Values) error { return q.Keep(ctx, v) },
	})
}

func (h *Host) keepRecord(r RecordForm, values data.Values, typed Values) {
	what := r.What
	if name, _ := values[r.Kind.Title].(string); what == "" && name != "" {
		what = lang.T("Add %s", name)
	} else if what == "" {
		what = r.Title
	}
	h.Act(what, func(ctx context.Context) error {
		err := h.writeRecord(ctx, r, values, typed)
		if err != nil {
			again := r
			again.Typed = typed
			h.Runner.Do(func() { h.ShowRecordForm(again) })
		}
		return err
	}, r.Then)
}

func (h *Host) writeRecord(ctx context.Context, r RecordForm, values data.Values, typed Values) error {
	switch {
	case r.Keep != nil:
		return r.Keep(ctx, values, typed)
	case r.Row != nil:
		return h.App.Records.Set(ctx, r.Kind.Name, []data.ID{r.Row.ID}, values)
	}
	maps.Copy(values, r.With)
	_, err := h.App.Records.Add(ctx, r.Kind.Name, values)
	return err
}

func (h *Host) recordFields(r RecordForm) []Field {
	row := r.Row
	if row == nil {
		row = r.Preset
	}
	var out []Field
	for _, name := range r.Fields {
		if f, ok := r.Kind.Field(name); ok {
			out = append(out, h.recordField(r.Kind.Name, f, row))
		}
	}
	return append(out, r.More...)
}

var fieldKinds = map[data.Type]FieldKind{
	data.TypeText: FieldText, data.TypeLongText: FieldLong, data.TypeChoice: FieldChoice, data.TypeInteger: FieldWhole,
	data.TypeMoney: FieldMoney, data.TypeNumber: FieldNumber, data.TypePercent: FieldPercent, data.TypeBool: FieldBool,
	data.TypeDay: FieldDay, data.TypeRef: FieldReference, data.TypeInstant: FieldText,
}

func (h *Host) recordField(kind string, f data.Field, row *data.Row) Field {
	out := Field{Key: f.Name, Label: lang.T(f.Label), Kind: fieldKinds[f.Type], Required: f.Required, Wide: f.Type == data.TypeRef}
	if row != nil {
		out.Value = f.Format(row.Values[f.Name], 0)
		if f.Type == data.TypeBool {
			out.Value = boolValue(row.Bool(f.Name))
		}
	}
	switch f.Type {
	case data.TypeText:
		out.Search = h.Offered(kind, f)
	case data.TypeChoice:
		for _, c := range f.Choices {
			out.Options = append(out.Options, Option{Key: c, Text: lang.T(Capital(c))})
		}
	case data.TypeRef:
		out.Search, out.ref = h.RecordSearch(f.Ref), f.Ref
		if row != nil && row.Labels[f.Name] != "" {
			out.Chosen = Option{Key: row.Ref(f.Name).String(), Text: row.Labels[f.Name]}
		}
	case data.TypeMoney:
		own, usual := h.currencyOf(row), h.App.Book().Currency
		out.Currencies = []string{string(own)}
		if own != usual {
			out.Currencies = append(out.Currencies, string(usual))
		}
		if row != nil && row.Has(f.Name) {
			out.Value = data.DecimalString(row.Int(f.Name), own.Digits()) + " " + string(own)
		}
	default: // kind and value say all
	}
	return out
}

// currencyOf is the currency of a row's amounts, the book's where it names none.
func (h *Host) currencyOf(row *data.Row) data.Currency {
	if row != nil {
		if c := data.Currency(row.Text("currency")); c.Valid() {
			return c
		}
	}
	return h.App.Book().Currency
}

// Capital writes a text's first letter as a capital: "on leave" is "On leave".
func Capital(s string) string {
	return lang.Capital(s)
}

const foundRecords = 30

// RecordSearch finds records of a kind for a reference, by name. People who
// have left are not offered.
func (h *Host) RecordSearch(kind string) func(query string) []Option {
	return func(query string) []Option {
		k, err := h.App.Records.Kind(kind)
		if err != nil {
			return nil
		}
		q := data.Query{Kind: kind, Search: query, Sort: []data.Sort{{Field: k.Title}}, Limit: foundRecords}
		if kind == data.KindPerson {
			q.Where = []data.Filter{{Field: "status", Test: data.IsNot, Values: []data.Value{data.StatusLeft}}}
		}
		rows, err := h.App.Records.List(h.Context, q)
		if err != nil {
			return nil // the list stays empty; what is chosen is checked when it is kept
		}
		out := make([]Option, len(rows))
		for i, r := range rows {
			out[i] = Option{Key: r.ID.String(), Text: r.Title(), Detail: recordDetail(r)}
		}
		return out
	}
}

func recordDetail(r data.Row) string {
	for _, name := range []string{"title", "parent", "industry", "role"} {
		if s := r.Labels[name]; s != "" {
			return s
		}
		if s := r.Text(name); s != "" {
			return s
		}
	}
	return ""
}

// ReferenceField is a field for a record of a kind, found by name.
func (h *Host) ReferenceField(key, label, kind string) Field {
	return Field{Key: key, Label: label, Kind: FieldReference, Wide: true, Search: h.RecordSearch(kind), ref: kind}
}

// optionOf finds the record that a reference names, for a form shown again.
func (h *Host) optionOf(kind, id string) Option {
	key, err := data.ParseID(id)
	if err != nil || kind == "" {
		return Option{}
	}
	row, err := h.App.Records.Get(h.Context, kind, key)
	if err != nil {
		return Option{}
	}
	return Option{Key: id, Text: row.Title()}
}

// recordValues turns what a form holds into values of the kind's fields and
// checks them.
func (h *Host) recordValues(r RecordForm, fields []Field, typed Values) (data.Values, error) {
	out := data.Values{}
	for _, field := range fields {
		f, ok := r.Kind.Field(field.Key)
		if !ok {
			continue
		}
		v, err := recordValue(f, typed)
		if err == nil {
			err = f.Check(v)
		}
		if err != nil {
			return nil, atField(f.Name, err)
		}
		out[f.Name] = v
		if m, err := typed.Money(f.Name); f.Type == data.TypeMoney && err == nil && m.Currency != "" && m.Currency != h.currencyOf(r.Row) {
			out["currency"] = string(m.Currency)
		}
	}
	if r.Check != nil {
		return out, r.Check(typed)
	}
	return out, nil
}

func recordValue(f data.Field, typed Values) (data.Value, error) {
	if f.Type != data.TypeMoney {
		return f.Parse(typed[f.Name], 0)
	}
	m, err := typed.Money(f.Name)
	if err != nil || m.Currency == "" {
		return nil, err
	}
	return m.Minor, nil
}

// Ref gives the record that a reference of a form names; empty is NoID.
func (v Values) Ref(key string) data.ID {
	id, err := data.ParseID(v[key])
	if err != nil {
		return data.NoID
	}
	return id
}

// NumbersOf writes the figures of a book in the language of the window.
func (h *Host) NumbersOf() report.Numbers {
	months := make([]string, 12)
	for i, m := range report.English().Months {
		months[i] = lang.T(m)
	}
	c := h.App.Book().Currency
	symbol := map[data.Currency]string{"USD": "$", "EUR": "€", "GBP": "£"}[c]
	return report.Numbers{Currency: c, Symbol: symbol, Locale: report.Locale{Months: months}}
}

// DayText writes a day as lists do: "today", "Nov 17", in another year "Nov
// 17, 2017"; an en dash for none.
func DayText(n report.Numbers, d, today data.Day) string {
	switch {
	case !d.Valid():
		return EnDash
	case d == today:
		return lang.T("today")
	}
	year, _, _ := d.Date()
	if now, _, _ := today.Date(); now == year {
		return n.Day(d)
	}
	return n.DayYear(d)
}
