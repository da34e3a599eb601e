package store

import (
	"fieldbook/data"
	"fieldbook/data/oplog"
)

// begin makes a row from the first op of it that comes here.
func (m *Merger) begin(in mergedOp) error {
	tx := m.tx
	for name, dots := range in.overwrites {
		if err := m.remember(in.e.key, name, dots); err != nil {
			return err
		}
	}
	if c, ok := in.op.Cells[oplog.DeletedCell]; ok {
		// The deleted cell is always kept as a live line, so that it is found without reading the log.
		if err := tx.insertLive(in.e.key, liveRow{oplog.DeletedCell, in.d, in.op.Stamp, c.Value}); err != nil {
			return err
		}
		return tx.project(in.kind.k, in.op.Row, in.e, []cell{{oplog.DeletedCell, c.Value}})
	}
	if !hasTable(in.kind.k) {
		return nil
	}
	winners := map[string][]byte{}
	for name, c := range in.op.Cells {
		winners[name] = c.Value
	}
	return tx.insertWinners(in.kind.k, in.e.key, winners)
}

// change folds an op into the state of a row that is here.
func (m *Merger) change(in mergedOp) error {
	changed := make([]cell, 0, len(in.op.Cells))
	for name, c := range in.op.All() {
		winner, err := m.applyCell(in.e, liveRow{name, in.d, in.op.Stamp, c.Value}, in.overwrites[name])
		if err != nil {
			return err
		}
		changed = append(changed, cell{name, winner})
	}
	return m.tx.projectMerged(in.kind.k, in.op.Row, in.e, sortedCells(changed))
}

// remember keeps overwritten dots whose op is not here yet.
func (m *Merger) remember(entity data.Key, name string, dots []dbDot) error {
	for _, d := range dots {
		if m.tx.holds(d) {
			continue
		}
		if _, err := m.tx.s.exec(m.tx.ctx, `INSERT OR IGNORE INTO gone (entity, cell, replica, seq) VALUES (?, ?, ?, ?)`, entity, name, d.replica, d.seq); err != nil {
			return err
		}
	}
	return nil
}

// register is the state of one cell: its live lines or, without any, the born
// op's value.
func (m *Merger) register(e entity, name string) ([]liveRow, error) {
	rows, err := m.tx.live(e.key, name)
	if err != nil {
		return nil, err
	}
	if len(rows) > 0 {
		return livingOf(rows), nil
	}
	born, stamp, err := m.tx.bornOp(e)
	if err != nil {
		return nil, err
	}
	if v, ok := born[name]; ok && name != oplog.DeletedCell {
		rows = append(rows, liveRow{name, e.born, stamp, v})
	}
	return rows, nil
}

// applyCell folds a value into a cell's register, writes the register back
// and gives the winner, null where none is left.
func (m *Merger) applyCell(e entity, in liveRow, overwrites []dbDot) (winner []byte, err error) {
	tx := m.tx
	rows, err := m.register(e, in.cell)
	if err != nil {
		return nil, err
	}
	var reg oplog.Register
	back := map[oplog.Dot]liveRow{}
	for _, l := range rows {
		d, err := tx.shared(l.dot)
		if err != nil {
			return nil, err
		}
		back[d] = l
		reg.Live = append(reg.Live, oplog.Entry{Dot: d, Stamp: l.stamp, Value: l.value})
	}
	own, err := tx.shared(in.dot)
	if err != nil {
		return nil, err
	}
	back[own] = in
	if dead, err := m.forget(e.key, in); err != nil {
		return nil, err
	} else if dead {
		reg.Gone = map[oplog.Dot]struct{}{own: {}}
	}
	dots := make([]oplog.Dot, len(overwrites))
	for i, o := range overwrites {
		if dots[i], err = tx.shared(o); err != nil {
			return nil, err
		}
	}
	if err := m.remember(e.key, in.cell, overwrites); err != nil {
		return nil, err
	}
	reg.Apply(oplog.Entry{Dot: own, Stamp: in.stamp, Value: in.value}, dots, func(oplog.Dot) bool { return true })
	if err := tx.saveRegister(e, in.cell, reg, back); err != nil {
		return nil, err
	}
	best, ok := reg.Winner()
	if !ok {
		return []byte("null"), nil
	}
	return best.Value, nil
}

// forget reports whether a dot was overwritten before it came, and needs no
// more remembering.
func (m *Merger) forget(entity data.Key, in liveRow) (dead bool, err error) {
	res, err := m.tx.s.exec(m.tx.ctx, `DELETE FROM gone WHERE entity = ? AND cell = ? AND replica = ? AND seq = ?`, entity, in.cell, in.dot.replica, in.dot.seq)
	if err != nil {
		return false, err
	}
	n, err := res.RowsAffected()
	return n > 0, dbError(err)
}

// saveRegister writes a cell's live lines and whether they are in conflict.
func (tx *Tx) saveRegister(e entity, name string, reg oplog.Register, back map[oplog.Dot]liveRow) error {
	if len(reg.Live) > oplog.MaxLive {
		return data.Errorf(data.Invalid, "more than %d devices changed one field without knowing of each other, which no Fieldbook writes; nothing was changed", oplog.MaxLive)
	}
	if _, err := tx.s.exec(tx.ctx, `DELETE FROM live WHERE entity = ? AND cell = ?`, e.key, name); err != nil {
		return err
	}
	lines := make([]liveRow, 0, len(reg.Live))
	for _, l := range reg.Live {
		lines = append(lines, back[l.Dot])
	}
	switch {
	case len(lines) == 0:
		lines = append(lines, liveRow{cell: name, value: []byte("null")}) // nobody's: see liveRow.none
	case len(lines) == 1 && lines[0].dot == e.born && name != oplog.DeletedCell:
		lines = nil // as born: no line needed
	}
	for _, l := range lines {
		if err := tx.insertLive(e.key, l); err != nil {
			return err
		}
	}
	if name == oplog.DeletedCell {
		return nil // what a delete leaves behind is judged by the whole row
	}
	return tx.markConflict(e.key, name, oplog.InConflict(reg.Live))
}

// markConflict puts a cell into the conflict inbox or takes it out.
func (tx *Tx) markConflict(entity data.Key, name string, conflict bool) error {
	if conflict {
		if tx.clash != nil {
			tx.clash[entity] = true
		}
		_, err := tx.s.exec(tx.ctx, `INSERT OR IGNORE INTO conflict (entity, cell) VALUES (?, ?)`, entity, name)
		return err
	}
	if _, err := tx.s.exec(tx.ctx, `DELETE FROM conflict WHERE entity = ? AND cell = ?`, entity, name); err != nil || !tx.clash[entity] {
		return err
	}
	var left bool
	_, err := tx.s.scanOne(tx.ctx, `SELECT exists (SELECT 1 FROM conflict WHERE entity = ?)`, []any{entity}, &left)
	tx.clash[entity] = left
	return err
}
