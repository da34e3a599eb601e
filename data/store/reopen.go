package store

import (
	"slices"

	"fieldbook/data/oplog"
)

// An undo that takes back the settling of a conflict opens it again. It cannot
// bring the old ops back to life, since what an op overwrites stays overwritten
// in every book. It writes one op for each side instead, of which none
// overwrites another: every book then holds several live values, as before. An
// undo that opens a deletion again writes a delete that has seen no more than
// the deletes before had.

// sides are the different values that a cell shall have at the same time, the
// greatest last; none where it is in no conflict.
func (r restore) sides(name string) []oplog.Entry {
	row := r.then.Row(r.id)
	if row == nil || row.Cells[name] == nil || !oplog.InConflict(row.Cells[name].Live) {
		return nil
	}
	live := slices.Clone(row.Cells[name].Live)
	slices.SortFunc(live, func(a, b oplog.Entry) int { return b.Compare(a) })
	var out []oplog.Entry
	for _, e := range live {
		if !slices.ContainsFunc(out, func(o oplog.Entry) bool { return oplog.Same(o.Value, e.Value) }) {
			out = append(out, e)
		}
	}
	slices.Reverse(out)
	return out
}

// reopen writes the sides of one cell.
func (tx *Tx) reopen(r restore, name string, sides []oplog.Entry) error {
	seen, err := tx.liveDots(r.e, name)
	if err != nil {
		return err
	}
	var lines []liveRow
	for _, side := range sides {
		c := cell{name, side.Value}
		d, err := tx.appendOp(r.e.key, []cell{c}, map[string][]dbDot{name: seen})
		if err != nil {
			return err
		}
		lines = append(lines, liveRow{name, d, tx.stamp, c.value})
	}
	last := len(lines) - 1
	if err := tx.setLive(r.e.key, cell{name, lines[last].value}, lines[last].dot); err != nil {
		return err
	}
	for _, l := range lines[:last] {
		if err := tx.insertLive(r.e.key, l); err != nil {
			return err
		}
	}
	if err := tx.markConflict(r.e.key, name, true); err != nil {
		return err
	}
	tx.change.Mark(r.k.Name, r.id)
	return tx.project(r.k, r.id, r.e, []cell{{name, lines[last].value}})
}

// redelete deletes a row as it was deleted before somebody chose: what had been
// edited elsewhere stays unseen, and who had kept the row keeps it, so that it is
// contested again.
func (tx *Tx) redelete(r restore) error {
	e, err := tx.s.entityOf(tx.ctx, r.id)
	if err != nil {
		return err
	}
	live, err := tx.live(e.key, oplog.DeletedCell)
	if err != nil {
		return err
	}
	var replaced []dbDot
	for _, l := range livingOf(live) {
		replaced = append(replaced, l.dot)
	}
	seen := slices.Clone(replaced)
	for _, d := range r.then.Seen(r.id) {
		key, err := tx.s.replicaKey(tx.ctx, d.Replica)
		if err != nil {
			return err
		}
		if dot := (dbDot{key, d.Seq}); !slices.Contains(seen, dot) {
			seen = append(seen, dot)
		}
	}
	kept, gone := cell{oplog.DeletedCell, []byte("null")}, cell{oplog.DeletedCell, []byte("true")}
	var keeps []liveRow
	if r.keeps() {
		d, err := tx.appendOp(e.key, []cell{kept}, map[string][]dbDot{kept.name: replaced})
		if err != nil {
			return err
		}
		keeps = append(keeps, liveRow{kept.name, d, tx.stamp, kept.value})
	}
	d, err := tx.appendOp(e.key, []cell{gone}, map[string][]dbDot{gone.name: seen})
	if err != nil {
		return err
	}
	if err := tx.setLive(e.key, gone, d); err != nil {
		return err
	}
	for _, l := range keeps {
		if err := tx.insertLive(e.key, l); err != nil {
			return err
		}
	}
	tx.change.Mark(r.k.Name, r.id)
	return tx.project(r.k, r.id, e, []cell{gone})
}

// keeps reports whether somebody shall have taken a delete back while another
// deleted.
func (r restore) keeps() bool {
	return slices.ContainsFunc(r.then.Row(r.id).Cells[oplog.DeletedCell].Live, func(e oplog.Entry) bool { return string(e.Value) != "true" })
}

// contested reports whether the row shall be deleted by one and edited by another.
func (r restore) contested() bool {
	return r.then.Row(r.id) != nil && r.then.Deletion(r.id) == oplog.Contested
}

// apart splits cells into those that get one value and those in conflict.
func (r restore) apart(cells []cell) (plain []cell, open map[string][]oplog.Entry) {
	open = map[string][]oplog.Entry{}
	for _, c := range cells {
		if sides := r.sides(c.name); len(sides) > 0 {
			open[c.name] = sides
		} else {
			plain = append(plain, c)
		}
	}
	return plain, open
}

// reopenAll writes what the undo leaves in conflict, cell by cell in order.
func (tx *Tx) reopenAll(r restore, cells []cell, open map[string][]oplog.Entry) error {
	for _, c := range cells {
		if len(open[c.name]) == 0 {
			continue
		}
		var err error
		if r.e, err = tx.s.entityOf(tx.ctx, r.id); err != nil {
			return err
		}
		if err := tx.reopen(r, c.name, open[c.name]); err != nil {
			return err
		}
	}
	return nil
}
