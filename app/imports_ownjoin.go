package app

import (
	"strings"

	"fieldbook/data"
	"fieldbook/data/sheet"
)

// named finds what a name means: the record that is called so, else what a
// person said of it. What was found is kept for the rows below.
func (w *ownWriter) named(f ownField, name string) (data.Value, error) {
	if f.Ref == w.kind.Name {
		found, err := w.look(f, name)
		return found.id, err // not kept: rows of the file itself come in between
	}
	key := [2]string{f.Name, name}
	found, known := w.looked[key]
	if !known {
		var err error
		if found, err = w.look(f, name); err != nil && data.KindOf(err) != data.Invalid {
			return nil, err
		}
		if len(w.looked) >= mostTitles {
			clear(w.looked)
		}
		found.why = err
		w.looked[[2]string{f.Name, strings.Clone(name)}] = found
		return found.id, err
	}
	switch u := w.asked[askedKey(f, name)]; {
	case found.settled != nil:
		w.settledName(f.Ref, name, *found.settled)
	case u != nil && found.why != nil:
		u.Rows++
	}
	return found.id, found.why
}

// namedRef is what a name was found to mean, or why it means nothing.
type namedRef struct {
	id      data.Value
	settled *Join // by a person
	why     error
}

func askedKey(f ownField, name string) string { return f.Ref + "\x00" + sheet.Fold(name) }

// look finds what a name means that was not looked for yet.
func (w *ownWriter) look(f ownField, name string) (namedRef, error) {
	id, err := w.byName(f, name)
	if err == nil {
		return namedRef{id: id}, nil
	}
	if data.KindOf(err) != data.Invalid {
		return namedRef{}, err
	}
	if to, settled := w.plan.join(f.Ref, name); settled {
		v, err := w.settledRef(f, name, to)
		return namedRef{id: v, settled: &to}, err
	}
	if asked := w.ask(f, name); asked != nil {
		return namedRef{}, asked
	}
	return namedRef{}, err
}

// ask lists a name that nothing has, so that a person may say what it means. Until
// then its rows are set aside.
func (w *ownWriter) ask(f ownField, name string) error {
	names, err := w.of(f.Ref)
	if err != nil || !importNamed(f.Ref) || names.find(name) != nil {
		return err
	}
	key := askedKey(f, name)
	u := w.asked[key]
	if u == nil {
		name, column := strings.Clone(name), f.Label
		if f.text >= 0 {
			column = w.plan.Columns[f.text].Name
		}
		u = &unknownName{result: w.FileResult, names: names, line: w.row.Line, StrangeName: StrangeName{Kind: f.Ref, Column: column, Name: name, Aside: true}}
		w.asked[key] = u
		w.unknown = append(w.unknown, u)
	}
	u.Rows++
	return nil
}

// settledRef is what a person said that a name means which nothing in the book
// has: a record, a new one, or nothing.
func (w *ownWriter) settledRef(f ownField, name string, to Join) (data.Value, error) {
	w.settledName(f.Ref, name, to)
	switch {
	case to.New:
		return w.makeNamed(f, name)
	case to.To == "":
		return nil, nil
	}
	if id, err := data.ParseID(to.To); err == nil && w.tx.Exists(id) {
		return id, nil
	}
	return w.byName(f, to.To)
}

// makeNamed makes a record of which only the name is known.
func (w *ownWriter) makeNamed(f ownField, name string) (data.Value, error) {
	names, err := w.of(f.Ref)
	if err != nil {
		return nil, err
	}
	e := names.row(SourceOwn, "", name, data.NoID)
	if w.tx.Exists(e.id) {
		return e.id, nil
	}
	k, err := w.tx.Kind(f.Ref)
	if err != nil {
		return nil, err
	}
	values := importMinimal(f.Ref)
	values[k.Title] = name
	if _, err := w.tx.Put(f.Ref, e.id, values); err != nil {
		return nil, err
	}
	e.there = true
	return e.id, nil
}

// settledName lists a name on which the plan decides, so that it can be decided
// anew.
func (r *FileResult) settledName(kind, name string, to Join) {
	for i := range r.Names {
		if n := &r.Names[i]; n.Settled && n.Kind == kind && n.Name == name {
			n.Rows++
			return
		}
	}
	if len(r.Names) < mostNames {
		r.Names = append(r.Names, StrangeName{Kind: kind, Name: strings.Clone(name), Rows: 1, Settled: true, To: to})
	}
}
