package app

import (
	"context"
	"slices"
	"strings"
	"time"

	"fieldbook/app/report"
	"fieldbook/data"
	"fieldbook/data/oplog"
	"fieldbook/data/store"
)

// Clash is a row that people changed at the same time in different ways.
type Clash struct {
	Row    data.Row
	Name   string // what people call it
	Fields []ClashField
}

// ClashField is one thing of the row that has more than one value.
type ClashField struct {
	Label string
	Cell  string
	Form  []data.Field // what another value is typed into; none where a row was deleted
	Base  string       // what all sides replaced; "" where it was empty
	Both  string       // the sides joined, with names; "" where they cannot be
	Sides []ClashSide
}

// ClashSide is what one of them made of it. The first side of a field is the
// one that the book shows.
type ClashSide struct {
	Name    string
	Device  string
	At      data.Instant
	Off     time.Duration // of the author's clock: see store.ConflictValue
	Mine    bool          // made in this book, not in a colleague's
	Deletes bool          // this side deleted the row
	Text    string

	values data.Values
}

// deletedField is the pseudo-field of a row that one deleted and another edited.
const deletedField = oplog.DeletedCell

// Clashes lists what waits in the conflict inbox, a row at a time.
func (j *Journal) Clashes(ctx context.Context) ([]Clash, error) {
	found, err := j.Conflicts(ctx)
	if err != nil {
		return nil, err
	}
	w := j.app.words()
	var out []Clash
	for _, c := range found {
		field, err := w.clashField(ctx, c)
		if err != nil {
			return nil, err
		}
		if n := len(out); n > 0 && out[n-1].Row.ID == c.Row.ID {
			out[n-1].Fields = append(out[n-1].Fields, field)
			continue
		}
		out = append(out, Clash{Row: c.Row, Name: RecordName(c.Row), Fields: []ClashField{field}})
	}
	return out, nil
}

func (w *fieldWords) clashField(ctx context.Context, c store.Conflict) (ClashField, error) {
	if c.Cell == deletedField {
		return w.contested(ctx, c)
	}
	fields := c.Row.Kind.CellFields(c.Cell)
	out := ClashField{Label: fields[0].Label, Cell: c.Cell, Form: fields}
	var err error
	if out.Base, err = w.cell(ctx, fields, c.Base); err != nil {
		return out, err
	}
	for _, v := range c.Values {
		side := w.side(v)
		if side.Text, err = w.cell(ctx, fields, v.Values); err != nil {
			return out, err
		}
		side.values = v.Values
		out.Sides = append(out.Sides, side)
	}
	if fields[0].Type == data.TypeLongText {
		out.Both = joined(out.Sides)
	}
	return out, nil
}

func (w *fieldWords) side(v store.ConflictValue) ClashSide {
	return ClashSide{Name: v.Name, Device: v.Device, At: v.At, Off: v.Off, Mine: v.Replica == w.app.store.ReplicaID()}
}

// contested words a row that one deleted and another edited: each edit by its
// fields, before and after.
func (w *fieldWords) contested(ctx context.Context, c store.Conflict) (ClashField, error) {
	out := ClashField{Label: "Deleted or kept", Cell: c.Cell}
	var deleters, editors []string
	for _, v := range c.Values {
		side := w.side(v)
		gone, decides := v.Values[deletedField].(bool)
		side.values = data.Values{deletedField: gone}
		switch {
		case gone:
			side.Deletes, side.Text = true, "Deleted"
			deleters = appendNew(deleters, v.Name)
		case decides:
			side.Text = "Kept"
		default:
			text, err := w.edits(ctx, c.Row.Kind, c.Base, v.Values)
			if err != nil {
				return out, err
			}
			side.Text = "Kept, with " + text
			editors = appendNew(editors, v.Name)
		}
		out.Sides = append(out.Sides, side)
	}
	if len(deleters) > 0 && len(editors) > 0 {
		out.Label = "Deleted by " + strings.Join(deleters, ", ") + ", edited by " + strings.Join(editors, ", ")
	}
	return out, nil
}

// edits words new values field by field: "Next step: Visit (was Call)".
func (w *fieldWords) edits(ctx context.Context, k *data.Kind, base, values data.Values) (string, error) {
	var parts []string
	var done []string
	for _, f := range k.Fields {
		if _, wrote := values[f.Name]; !wrote || slices.Contains(done, f.Cell) {
			continue
		}
		done = append(done, f.Cell)
		fields := k.CellFields(f.Cell)
		now, err := w.cell(ctx, fields, values)
		if err != nil {
			return "", err
		}
		was, err := w.cell(ctx, fields, base)
		if err != nil {
			return "", err
		}
		if now == was {
			continue
		}
		text := f.Label + ": " + orEmpty(now)
		if was != "" {
			text += " (was " + was + ")"
		}
		parts = append(parts, text)
	}
	return strings.Join(parts, "; "), nil
}

func orEmpty(s string) string {
	if s == "" {
		return "empty"
	}
	return s
}

func appendNew(list []string, s string) []string {
	if slices.Contains(list, s) {
		return list
	}
	return append(list, s)
}

// joined puts texts below one another, the oldest first, each behind its
// author's name; "" where there are not two to join.
func joined(sides []ClashSide) string {
	oldest := slices.Clone(sides)
	slices.SortStableFunc(oldest, func(a, b ClashSide) int { return int(a.At - b.At) })
	var parts []string
	for _, s := range oldest {
		if s.Text != "" {
			parts = append(parts, s.Name+": "+s.Text)
		}
	}
	if text := strings.Join(parts, "\n\n"); len(parts) > 1 && len(text) <= data.MaxText {
		return text
	}
	return ""
}

// fieldWords writes values as people read them; it remembers names.
type fieldWords struct {
	app   *App
	names map[data.ID]string
}

func (a *App) words() *fieldWords { return &fieldWords{app: a, names: map[data.ID]string{}} }

// cell writes the fields of one cell, an amount with its currency behind it.
func (w *fieldWords) cell(ctx context.Context, fields []data.Field, values data.Values) (string, error) {
	currency, _ := values["currency"].(string)
	var parts []string
	money := false // the part before is an amount
	for _, f := range fields {
		text, err := w.field(ctx, f, values[f.Name], data.Currency(currency))
		if err != nil {
			return "", err
		}
		switch {
		case text == "":
		case money && f.Name == "currency":
			parts[len(parts)-1] += " " + text
		default:
			parts = append(parts, text)
		}
		money = f.Type == data.TypeMoney && text != ""
	}
	return strings.Join(parts, ", "), nil
}

// field writes one value: a reference by name, be what it points to gone or
// not, an amount and a day as tables show them. No currency is the book's.
func (w *fieldWords) field(ctx context.Context, f data.Field, v data.Value, c data.Currency) (string, error) {
	if !c.Valid() {
		c = w.app.Book().Currency
	}
	numbers := report.Numbers{Currency: c}
	switch x := v.(type) {
	case data.ID:
		return w.name(ctx, f.Ref, x)
	case data.Day:
		if x.Valid() {
			return numbers.DayYear(x), nil
		}
	case int64:
		if f.Type == data.TypeMoney {
			return numbers.Exact(x), nil
		}
	}
	return f.Format(v, c.Digits()), nil
}

func (w *fieldWords) name(ctx context.Context, kind string, id data.ID) (string, error) {
	if name, ok := w.names[id]; ok || id.IsZero() {
		return name, nil
	}
	name, gone, err := w.app.lastName(ctx, kind, id)
	if err != nil {
		return "", err
	}
	label := strings.ReplaceAll(kind, "_", " ")
	switch {
	case name == "" && gone:
		name = "a removed " + label
	case name == "":
		name = "a " + label + " without a name"
	case gone:
		name += " (removed)"
	}
	w.names[id] = name
	return name, nil
}
