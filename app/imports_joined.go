package app

import (
	"fieldbook/data"
)

// addJoined lets all names and ids that joined records ever had find the one
// that stayed. A record that is back in the book stands for itself.
func (run *importRun) addJoined(n *importNames) error {
	for from, into := range run.joins[n.kind.Name] {
		e, ok := n.known[into]
		if _, back := n.known[from]; !ok || back {
			continue
		}
		n.known[from] = e
		called, err := run.calledBefore(n.kind.Name, from, into)
		if err != nil {
			return err
		}
		for _, c := range called {
			if _, taken := n.byID[outerKey(c.outer)]; c.outer != "" && !taken {
				n.byID[outerKey(c.outer)] = e
			}
			for _, key := range n.keys(c.name, run.joins[data.KindAccount].of(c.account)) {
				if _, taken := n.byName[key]; !taken {
					n.byName[key] = e
				}
			}
		}
	}
	return nil
}

// calledBefore is what two joined records were called: the one that went as it
// last stood, the one that stayed as it ever stood.
func (run *importRun) calledBefore(kind string, from, into data.ID) ([]calledSo, error) {
	row, gone, err := run.app.store.Remains(run.ctx, kind, from)
	if err != nil && data.KindOf(err) != data.NotFound {
		return nil, err
	}
	var out []calledSo
	if err == nil && gone {
		out = append(out, calledSo{row.Text(row.Kind.Title), row.Text("external_id"), row.Ref("account")})
	}
	edits, err := run.app.store.History(run.ctx, kind, into)
	if err != nil {
		return nil, err
	}
	for _, e := range edits {
		text, _ := e.Old.(string)
		switch e.Field.Name {
		case "external_id":
			out = append(out, calledSo{outer: text})
		case "name":
			out = append(out, calledSo{name: text})
		}
	}
	return out, nil
}

// calledSo is a name and an id that a record had.
type calledSo struct {
	name, outer string
	account     data.ID
}

// addJoinedOuter lets the external ids of deals that were joined find the one
// that stayed.
func (w *importWriter) addJoinedOuter() error {
	for from, into := range w.joins[w.Kind] {
		if w.tx.Exists(from) {
			continue
		}
		called, err := w.calledBefore(w.Kind, from, into)
		if err != nil {
			return err
		}
		for _, c := range called {
			if _, taken := w.outerID[outerKey(c.outer)]; c.outer != "" && !taken {
				w.outerID[outerKey(c.outer)] = into
			}
		}
	}
	return nil
}

// joinedRow is the row that stands for one: itself, or what it was joined into.
func (w *importWriter) joinedRow(id data.ID) data.ID {
	if len(w.joins) == 0 {
		return id
	}
	if w.tx.Exists(id) {
		return id
	}
	return w.joins[w.Kind].of(id)
}

// keyedAsBefore finds the row that a line without an id made before what it
// refers to was joined with something: its id was made of the old reference.
func (w *importWriter) keyedAsBefore(parts []data.Value) (data.ID, bool) {
	for i, name := range importKeys[w.Kind] {
		now, ok := parts[i].(data.ID)
		f, known := w.kind.Field(name)
		if !ok || !known {
			continue
		}
		for from, into := range w.joins[f.Ref] {
			if into != now {
				continue
			}
			parts[i] = from
			id := data.ImportedID(w.Kind, w.Source, importKey(parts...))
			parts[i] = now
			if w.tx.Exists(id) {
				return id, true
			}
		}
	}
	return data.NoID, false
}
