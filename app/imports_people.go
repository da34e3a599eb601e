package app

import (
	"fieldbook/data"
	"fieldbook/data/store"
)

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
	if !w.plan.creates() {
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
	w.assigned = map[string]bool{}
	return w.app.store.Each(w.ctx, data.Query{Kind: data.KindAssignment}, func(row data.Row) error {
		w.assigned[importKey(row.Ref("person"), row.Ref("territory"), row.Text("role"))] = true
		return nil
	})
}
