package app

import (
	"context"

	"fieldbook/data"
	"fieldbook/data/oplog"
)

// look takes note of whose records each person may see by the roles and reporting
// lines of a book: a manager those of all below him, everybody his own. What is
// shared follows the sender's book, so what any book ever said is the widest that
// anybody may hold.
func (w *crew) look(m *colleague) {
	rows, err := m.Records.List(context.Background(), data.Query{Kind: data.KindPerson})
	w.must(err)
	manager, role := map[data.ID]data.ID{}, map[data.ID]string{}
	for _, r := range rows {
		manager[r.ID], role[r.ID] = r.Ref("manager"), r.Text("role")
	}
	for _, r := range rows {
		w.scope[[2]data.ID{r.ID, r.ID}] = true
		up := manager[r.ID]
		for range rows {
			if up.IsZero() {
				break
			}
			if role[up] == data.RoleManager {
				w.scope[[2]data.ID{up, r.ID}] = true
			}
			up = manager[up]
		}
	}
}

// owners are the people whose a record ever was, as any book tells, by record;
// what belongs to a deal belongs to whoever has the deal.
func (w *crew) owners() map[data.ID]map[data.ID]bool {
	out, deals := map[data.ID]map[data.ID]bool{}, map[data.ID]map[data.ID]bool{}
	add := func(to map[data.ID]map[data.ID]bool, row, of data.ID) {
		if to[row] == nil {
			to[row] = map[data.ID]bool{}
		}
		to[row][of] = true
	}
	for _, m := range w.mates {
		w.must(m.store.EachOp(context.Background(), nil, func(op *oplog.Op) error {
			for _, cell := range ofCells(op.Kind) {
				if c, says := op.Cells[cell]; says {
					add(out, op.Row, data.RefText(c.Value))
				}
			}
			if c, says := op.Cells["deal"]; says && goesWithDeal(op.Kind) {
				add(deals, op.Row, data.RefText(c.Value))
			}
			return nil
		}))
	}
	for row, of := range deals {
		for deal := range of {
			for owner := range out[deal] {
				add(out, row, owner)
			}
		}
	}
	return out
}

// discreet: a book holds nothing that its member has no right to see: of others'
// deals, accounts, quotas, talks, reviews, cases and what belongs to them nothing,
// of colleagues no private word, neither in what counts nor in quarantine.
func (w *crew) discreet(m *colleague) {
	if isLead(m.name) {
		return // leads without a region of their own see all
	}
	me := w.people[m.name]
	owners := w.owners()
	author := map[data.ID]data.ID{} // by act
	w.must(m.store.EachOp(context.Background(), func(t oplog.Txn, _ []oplog.Hash) error { author[t.ID] = t.Author; return nil }, func(op *oplog.Op) error {
		if author[op.Txn] == me {
			return nil // his own words
		}
		switch {
		case op.Kind == data.KindCandidate && m.name == "Bob":
			w.f.Fatalf("Bob, a rep, holds a candidate: %s", cellsText(op))
		case personal(op.Kind), op.Kind == data.KindStageEntry:
			for owner := range owners[op.Row] {
				if w.scope[[2]data.ID{me, owner}] {
					return nil
				}
			}
			w.f.Fatalf("%s holds a %s of somebody else: %s", m.name, op.Kind, cellsText(op))
		case op.Kind == data.KindPerson:
			for _, name := range privateCells {
				if c, told := op.Cells[name]; told && string(c.Value) != "null" && !w.scope[[2]data.ID{me, op.Row}] {
					w.f.Fatalf("%s reads %s of a colleague: %s", m.name, name, c.Value)
				}
			}
		}
		return nil
	}))
	list, err := m.store.Quarantine(context.Background())
	w.must(err)
	for _, q := range list {
		for _, name := range privateCells {
			if v := q.Values[name]; q.Kind == data.KindPerson && v != nil && !w.scope[[2]data.ID{me, q.Row}] {
				w.f.Fatalf("%s reads %s of a colleague in quarantine: %v", m.name, name, v)
			}
		}
	}
}
