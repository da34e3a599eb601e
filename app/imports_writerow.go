package app

import (
	"cmp"
	"slices"
	"strings"

	"fieldbook/data"
	"fieldbook/data/store"
)

func (w *importWriter) outer(row *importRow) string { return textAt(row, w.at.outer) }

// name is what the row is called, of its parts where it has no field of it.
func (w *importWriter) name(row *importRow) string {
	if name := textAt(row, w.at.name); name != "" {
		if w.own != nil {
			if name = w.turned(w.own, w.at.name, name); row.values[w.at.name] != name {
				row.values[w.at.name] = name
			}
		}
		return name
	}
	return strings.TrimSpace(textAt(row, w.at.first) + " " + textAt(row, w.at.last))
}

func textAt(row *importRow, i int) string {
	if i < 0 {
		return ""
	}
	s, _ := row.values[i].(string)
	return s
}

// ready lets a row say what it says besides its fields: that it no longer counts,
// how a deal stands, what the parts of a name make. It gives the reason why the
// row cannot come in.
func (w *importWriter) ready(row *importRow) *ImportProblem {
	if why := w.flagged(row); why != nil {
		return why
	}
	if w.Kind == data.KindDeal {
		if why := w.nameless(row); why != nil || w.at.stage < 0 {
			return why
		}
		return w.settle(row)
	}
	name := w.name(row)
	if w.at.name >= 0 && row.values[w.at.name] == nil && name != "" {
		row.values[w.at.name] = name
	}
	if importNamed(w.Kind) && w.keys == nil && name == "" {
		return &ImportProblem{Line: row.line, Column: w.keyColumn(), Why: "the row has no name"}
	}
	return nil
}

// row brings one row of the file in, or sets it aside.
func (w *importWriter) row(row *importRow) error {
	w.line = row.line
	if row.problem != nil {
		w.setAside(*row.problem, row.raw)
		return nil
	}
	for _, note := range row.notes {
		w.problem(note)
	}
	if w.holdsBack(row) {
		return nil
	}
	if w.plan.links {
		return w.link(row)
	}
	if why := w.ready(row); why != nil {
		w.setAside(*why, "")
		return nil
	}
	if w.special != nil {
		return w.special(row)
	}
	if w.past != nil && w.past.takes(row) {
		return w.past.property(row)
	}
	if w.steps != nil {
		w.steps.take(row)
	}
	if ok, err := w.resolved(row); !ok {
		return err
	}
	if err := w.ownStage(row); err != nil {
		return err
	}
	id, e, why := w.identify(row)
	if why == nil {
		why = w.allowed(row, id)
	}
	if why != nil {
		w.setAside(*why, "")
		return nil
	}
	return w.put(row, id, e)
}

// resolved finds what the references of a row mean, or sets it aside.
func (w *importWriter) resolved(row *importRow) (ok bool, err error) {
	why, err := w.resolve(row)
	if err != nil || why == nil {
		return err == nil, err
	}
	why.Line = row.line
	w.setAside(*why, "")
	return false, nil
}

// put writes a row whose references are found.
func (w *importWriter) put(row *importRow, id data.ID, e *importName) error {
	w.note(id)
	if w.outdated(row, id) {
		return nil
	}
	w.placeStageless(row, id)
	if !w.plan.updates() && w.there(id, e) {
		w.count(store.Unchanged)
		return nil
	}
	out, err := w.bulk.Put(id, w.lay(row, id, e))
	if err != nil {
		return w.refused(row, err)
	}
	w.count(out)
	if w.past != nil {
		w.past.state(row)
	}
	if err := w.repeated(row, id, e, out); err != nil {
		return err
	}
	if e != nil {
		e.there = true
		w.own.mail(e, textAt(row, w.shape.index("email")))
		delete(w.pending, id)
		if w.at.self >= 0 {
			e.parent, _ = row.values[w.at.self].(data.ID)
		}
	}
	if w.Kind == data.KindDeal {
		w.checkDeal(row)
		if err := w.arrive(row, id); err != nil {
			return err
		}
	}
	if w.at.territory >= 0 {
		return w.assign(row, id)
	}
	return nil
}

// repeated notes a row that the file has twice.
func (w *importWriter) repeated(row *importRow, id data.ID, e *importName, out store.Outcome) error {
	again := e != nil && e.line > 0
	if e != nil {
		e.line = row.line
	} else if out != store.Created {
		var err error
		if again, err = w.tx.BornHere(id); err != nil {
			return err
		}
	}
	if again {
		w.problem(ImportProblem{Line: row.line, Column: w.keyColumn(), Value: w.called(row), Why: "stands on an earlier line too; the later line holds", CameIn: true})
	}
	return nil
}

// refused sets a row aside whose value the book does not take.
func (w *importWriter) refused(row *importRow, err error) error {
	field, why := importFault(err)
	if field == "" {
		return err
	}
	p := ImportProblem{Line: row.line, Column: field, Why: why}
	if i := w.shape.index(field); i >= 0 {
		p.Column = w.shape.columns[i].Name
		p.Value = w.shape.fields[i].Format(row.values[i], w.app.Book().Currency.Digits())
	}
	w.setAside(p, "")
	return nil
}

// lay orders a row for the bulk writer.
func (w *importWriter) lay(row *importRow, id data.ID, e *importName) []data.Value {
	clear(w.out)
	for i, at := range w.written {
		w.out[i] = row.values[at]
	}
	next := len(w.written)
	if w.coin >= 0 {
		if w.coin == next {
			next++
		}
		amount := slices.ContainsFunc(w.money, func(at int) bool { return row.values[at] != nil })
		if amount && w.out[w.coin] == nil {
			w.out[w.coin] = string(cmp.Or(row.money, w.shape.money))
		}
	}
	if (w.at.first >= 0 || w.at.last >= 0) && w.at.name < 0 {
		w.out[next] = w.name(row)
		next++
	}
	if w.Kind == data.KindPerson && next < len(w.out) && !e.there {
		w.out[next] = w.roleOf(e)
	}
	if w.typed {
		w.out[len(w.out)-1] = w.typeStage(row)
	}
	if w.odds.at >= 0 {
		own := w.odds.own(row, id, valueAt(row, w.at.stage))
		if w.out[w.odds.to] = own; own != nil {
			w.FileResult.note("have a probability of their own, kept as "+ownOddsLabel, 1)
		}
	}
	w.steps.lay(w.out)
	return w.out
}

func (w *importWriter) keyColumn() string {
	for _, at := range []int{w.at.outer, w.at.name} {
		if at >= 0 {
			return w.shape.columns[at].Name
		}
	}
	return ""
}

func (w *importWriter) called(row *importRow) string {
	if s := w.outer(row); s != "" {
		return s
	}
	return w.name(row)
}

// checkDeal counts what a deal that came in lacks.
func (w *importWriter) checkDeal(row *importRow) {
	account := w.at.account >= 0 && row.values[w.at.account] != nil
	closing := w.at.closeDay >= 0 && row.values[w.at.closeDay] != nil
	if !account {
		w.lacks("no account")
	}
	if !closing {
		w.lacks("no close day")
	}
	if w.into != "" {
		w.lacks(stagelessWord(w.into))
	}
	if !account || !closing || w.into != "" {
		w.ToFix++
	}
}
