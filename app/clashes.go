package app

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"fieldbook/data"
	"fieldbook/data/store"
)

// Clash is a row that people changed at the same time in different ways.
type Clash struct {
	Row    data.Row
	Fields []ClashField
}

// ClashField is one thing of the row that has more than one value.
type ClashField struct {
	Label string
	Base  string // what it was before they parted; "" where it was empty or is not known
	Sides []ClashSide
}

// ClashSide is what one of them made of it. The first side of a field is the
// one that the book shows.
type ClashSide struct {
	Name   string
	Device string
	At     data.Instant
	Mine   bool // made in this book, not in a colleague's
	Text   string

	values data.Values
}

// deletedField is the pseudo-field of a row that one deleted and another edited.
const deletedField = "_deleted"

// Clashes lists what waits in the conflict inbox, a row at a time.
func (j *Journal) Clashes(ctx context.Context) ([]Clash, error) {
	found, err := j.Conflicts(ctx)
	if err != nil {
		return nil, err
	}
	var out []Clash
	for _, c := range found {
		field, err := j.clashField(ctx, c)
		if err != nil {
			return nil, err
		}
		if n := len(out); n > 0 && out[n-1].Row.ID == c.Row.ID {
			out[n-1].Fields = append(out[n-1].Fields, field)
			continue
		}
		out = append(out, Clash{Row: c.Row, Fields: []ClashField{field}})
	}
	return out, nil
}

func (j *Journal) clashField(ctx context.Context, c store.Conflict) (ClashField, error) {
	fields := c.Row.Kind.CellFields(c.Cell)
	out := ClashField{Label: "Deleted or kept"}
	if len(fields) > 0 {
		out.Label = fields[0].Label
	}
	for _, v := range c.Values {
		side := ClashSide{Name: v.Name, Device: v.Device, At: v.At, Mine: v.Replica == j.app.store.ReplicaID(), values: v.Values}
		var err error
		if side.Text, err = j.sideText(ctx, c, v.Values); err != nil {
			return out, err
		}
		if c.Cell == deletedField {
			gone, _ := v.Values[deletedField].(bool)
			side.values = data.Values{deletedField: gone}
		}
		out.Sides = append(out.Sides, side)
	}
	if c.Cell == deletedField {
		return out, nil
	}
	var err error
	out.Base, err = j.baseText(ctx, c, fields)
	return out, err
}

func (j *Journal) sideText(ctx context.Context, c store.Conflict, values data.Values) (string, error) {
	if gone, _ := values[deletedField].(bool); gone {
		return "Deleted", nil
	}
	var fields []data.Field
	for _, f := range c.Row.Kind.Fields {
		if _, ok := values[f.Name]; ok {
			fields = append(fields, f)
		}
	}
	text, err := j.wordsOf(ctx, fields, values)
	if c.Cell == deletedField && err == nil {
		return "Kept, with " + text, nil
	}
	return text, err
}

// baseText is the value before the first of the concurrent edits.
func (j *Journal) baseText(ctx context.Context, c store.Conflict, fields []data.Field) (string, error) {
	edits, err := j.History(ctx, c.Row.Kind.Name, c.Row.ID)
	if err != nil {
		return "", err
	}
	first := slices.MinFunc(c.Values, func(a, b store.ConflictValue) int { return int(a.At - b.At) }).At
	before := data.Values{}
	for _, e := range edits {
		if e.At < first && slices.ContainsFunc(fields, func(f data.Field) bool { return f.Name == e.Field.Name }) {
			before[e.Field.Name] = e.New
		}
	}
	return j.wordsOf(ctx, fields, before)
}

// wordsOf writes the fields of one cell as a person reads them, references by name.
func (j *Journal) wordsOf(ctx context.Context, fields []data.Field, values data.Values) (string, error) {
	currency, _ := values["currency"].(string)
	if currency == "" {
		currency = string(j.app.Book().Currency)
	}
	var parts []string
	money := false // the part before is an amount
	for _, f := range fields {
		text := f.Format(values[f.Name], data.Currency(currency).Digits())
		if id, ok := values[f.Name].(data.ID); ok && f.Type == data.TypeRef {
			row, err := found(j.app.store.Get(ctx, f.Ref, id))
			if err != nil {
				return "", err
			}
			if row.Kind != nil {
				text = row.Title()
			}
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

// Keep settles one field of a row for a side of it.
func (j *Journal) Keep(ctx context.Context, row data.Row, side ClashSide) error {
	return j.Resolve(ctx, row, side.values)
}

// KeepAll settles every field that a person had a part in for that person, in
// one step, and gives how many fields those were.
func (j *Journal) KeepAll(ctx context.Context, name string) (int, error) {
	clashes, err := j.Clashes(ctx)
	if err != nil {
		return 0, err
	}
	n := 0
	err = j.app.write(ctx, store.Act{What: fmt.Sprintf("Settle all conflicts for %s", name)}, func(tx *store.Tx) error {
		for _, c := range clashes {
			for _, f := range c.Fields {
				i := slices.IndexFunc(f.Sides, func(s ClashSide) bool { return s.Name == name })
				if i < 0 {
					continue
				}
				if err := tx.Settle(c.Row.Kind.Name, c.Row.ID, f.Sides[i].values); err != nil {
					return err
				}
				n++
			}
		}
		return nil
	})
	return n, err
}
