package app

import (
	"strings"

	"fieldbook/data"
)

// named finds what a name means: the record that is called so, else what a
// person said of it.
func (w *ownWriter) named(f ownField, name string) (data.Value, error) {
	id, err := w.byName(f, name)
	if err == nil {
		return id, nil
	}
	if to, settled := w.plan.join(f.Ref, name); settled && data.KindOf(err) == data.Invalid {
		return w.settledRef(f, name, to)
	}
	return nil, err
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
