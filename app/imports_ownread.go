package app

import (
	"cmp"
	"strings"

	"fieldbook/data"
	"fieldbook/data/sheet"
)

// read takes the values of the row in hand from its cells.
func (w *ownWriter) read(id data.ID) error {
	named, err := w.currency()
	if err != nil {
		return err
	}
	currency := cmp.Or(named, w.app.Book().Currency)
	for i, f := range w.fields {
		var err error
		switch text := w.cell(f); f.Type {
		case data.TypeRef:
			w.values[i], err = w.refer(f, id, text)
		case data.TypeInstant:
			w.values[i] = nil
		case data.TypeText, data.TypeLongText:
			w.values[i] = nil
			if f.Name == "currency" && named != "" {
				w.values[i] = string(named)
			} else if text != "" {
				w.values[i] = strings.Clone(text)
			}
		default:
			w.values[i], err = w.parse(i, text, currency)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// currency is the one that the row in hand names, "" for none.
func (w *ownWriter) currency() (data.Currency, error) {
	for _, f := range w.fields {
		text := strings.TrimSpace(w.cell(f))
		if f.Name != "currency" || text == "" {
			continue
		}
		c := importCurrency(text, w.app.Book().Currency)
		if c == "" {
			return "", data.FieldErrorf(f.Name, "%s: %q is not a currency", f.Label, text)
		}
		return c, nil
	}
	return "", nil
}

func (w *ownWriter) cell(f ownField) string {
	if f.text < 0 {
		return ""
	}
	return w.row.Cell(f.text)
}

// parse reads a cell as Export writes it, else as a spreadsheet program may
// have written it anew.
func (w *ownWriter) parse(i int, text string, currency data.Currency) (data.Value, error) {
	f := &w.fields[i]
	if f.Type == data.TypeChoice && f.Custom && text != "" {
		return strings.Clone(text), nil
	}
	v, err := f.Parse(text, currency.Digits())
	if err == nil || f.Type == data.TypeChoice {
		return v, err
	}
	again, _, err2 := f.parse.read(strings.TrimSpace(text), currency)
	if err2 != nil {
		return nil, err
	}
	if p, ok := again.(data.Period); ok { // a month
		again = p.From
	}
	return again, nil
}

// refer finds what a reference means: by its id, unless the name beside it is
// another's, else by its name.
func (w *ownWriter) refer(f ownField, from data.ID, name string) (data.Value, error) {
	idText := ""
	if f.ref >= 0 {
		idText = w.row.Cell(f.ref)
	}
	switch {
	case name != "":
	case idText == "":
		return nil, nil
	case f.text < 0:
		name = idText
	case w.unnamed(f, idText):
		return data.ParseID(idText) // of a row without a name, or one that is gone
	default:
		return nil, nil // the name was taken out
	}
	id, err := data.ParseID(idText)
	if err != nil || !w.expected(f, id) || w.renamed(f, id, name) {
		v, err := w.named(f, name)
		if err != nil || v == nil {
			return nil, err
		}
		id, _ = v.(data.ID)
	}
	id = w.joins[f.Ref].of(id)
	if f.Ref != w.kind.Name || from.IsZero() {
		return id, nil
	}
	circle, err := w.tx.Leads(f.Ref, f.Name, id, from)
	if err == nil && circle {
		err = data.FieldErrorf(f.Name, "%s: that would make a circle", f.Label)
	}
	return id, err
}

// expected reports whether a row is in the book or will come with this file.
func (w *ownWriter) expected(f ownField, id data.ID) bool {
	_, coming := w.coming[id]
	return w.tx.Known(id) || coming && f.Ref == w.kind.Name
}

// unnamed reports whether a reference stands by its id alone since what it
// points to has no name.
func (w *ownWriter) unnamed(f ownField, idText string) bool {
	id, err := data.ParseID(idText)
	return err == nil && w.title(f.Ref, id) == ""
}

// renamed reports whether somebody wrote another name beside the id in the
// file. One that the row was given in the book since is not meant by that.
func (w *ownWriter) renamed(f ownField, id data.ID, name string) bool {
	if f.text < 0 || f.ref < 0 || name == "" {
		return false
	}
	title := w.title(f.Ref, id)
	if title == "" || title == name || sheet.Fold(title) == sheet.Fold(name) {
		return false
	}
	if names, err := w.of(f.Ref); err == nil && names.find(name) != nil {
		return true
	}
	return !w.wasCalled(f.Ref, id, name)
}

// wasCalled reports whether a row had a name before.
func (w *ownWriter) wasCalled(kind string, id data.ID, name string) bool {
	k, err := w.tx.Kind(kind)
	if err != nil {
		return false
	}
	was := false
	err = w.tx.EachState(kind, id, func(state data.Values) bool {
		title, _ := state[k.Title].(string)
		outer, _ := state["external_id"].(string)
		was = title == name || title == "" && outer == name
		return !was
	})
	return was && err == nil
}

// byName finds the only row that is called so.
func (w *ownWriter) byName(f ownField, name string) (data.ID, error) {
	if f.Ref == w.kind.Name {
		for id, title := range w.coming {
			if title == name && name != "" && !w.tx.Known(id) {
				return id, nil
			}
		}
	}
	row, err := w.app.Records.Find(w.ctx, f.Ref, name)
	if err == nil {
		return row.ID, nil
	}
	if names, err2 := w.of(f.Ref); err2 == nil && data.KindOf(err) == data.NotFound {
		if e := names.find(name); e != nil && w.tx.Exists(e.id) {
			return e.id, nil
		}
	}
	if data.KindOf(err) == data.Ambiguous {
		return data.NoID, data.FieldErrorf(f.Name, "more than one %s is called %q; write its id beside the name", strings.ReplaceAll(f.Ref, "_", " "), name)
	}
	return data.NoID, data.FieldErrorf(f.Name, "there is no %s %q in this book", strings.ReplaceAll(f.Ref, "_", " "), name)
}

// mostTitles bounds how many names are remembered at once.
const mostTitles = 100_000

// title is what the row of a reference is called; "" where it has no name or is
// not here yet.
func (w *ownWriter) title(kind string, id data.ID) string {
	if title, ok := w.titles[id]; ok {
		return title
	}
	if len(w.titles) >= mostTitles {
		clear(w.titles)
	}
	row, err := w.tx.Row(kind, id)
	if err != nil {
		return w.coming[id]
	}
	f, _ := row.Kind.Field(row.Kind.Title)
	title := row.Text(row.Kind.Title)
	if title == "" && f.Type == data.TypeText {
		title = row.Text("external_id")
	}
	w.titles[id] = title
	return title
}
