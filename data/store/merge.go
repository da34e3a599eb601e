package store

import (
	"fieldbook/data"
	"fieldbook/data/oplog"
)

// MergeCount says what a merge did or, rehearsed, would do.
type MergeCount struct {
	Ops         int // in the file
	Already     int // held before
	New         int // rows that came
	Changed     int // rows that were here and changed
	Conflicting int // rows with concurrent values that differ
	Refused     int // ops that their author had no right to
	Unknown     int // ops of a newer Fieldbook, kept and passed on
}

// Merger takes in the ops of a share file within one transaction.
type Merger struct {
	tx      *Tx
	count   MergeCount
	txns    map[data.ID]data.Key
	touched map[data.Key]bool // rows that came or changed, true if they came
	clash   map[data.Key]bool
	ahead   data.ID // the replica whose clock runs ahead, if any
}

// Merger starts taking in ops.
func (tx *Tx) Merger() *Merger {
	tx.act.merging = true
	return &Merger{tx: tx, txns: map[data.ID]data.Key{}, touched: map[data.Key]bool{}, clash: map[data.Key]bool{}}
}

// Count is what was done so far.
func (m *Merger) Count() MergeCount {
	c := m.count
	for _, came := range m.touched {
		if came {
			c.New++
		} else {
			c.Changed++
		}
	}
	c.Conflicting = len(m.clash)
	return c
}

// Ahead is the replica whose clock runs more than a day ahead of this device's.
func (m *Merger) Ahead() data.ID { return m.ahead }

// Txn takes in a transaction; its ops follow it.
func (m *Merger) Txn(t oplog.Txn) error {
	var key data.Key
	found, err := m.tx.s.scanOne(m.tx.ctx, `SELECT key FROM txn WHERE id = ?`, []any{t.ID[:]}, &key)
	if err != nil {
		return err
	}
	if !found {
		replica, err := m.tx.s.replicaKey(m.tx.ctx, t.Replica)
		if err != nil {
			return err
		}
		if key, err = m.tx.insertTxn(t, replica); err != nil {
			return err
		}
	}
	m.txns[t.ID] = key
	if !m.tx.s.clock.Observe(t.Stamp, data.InstantOf(m.tx.s.opt.Now())) {
		m.ahead = t.Replica
	}
	return nil
}

// Op takes in one op. One that is held changes nothing.
func (m *Merger) Op(op *oplog.Op) error {
	tx := m.tx
	m.count.Ops++
	replica, err := tx.s.replicaKey(tx.ctx, op.Replica)
	if err != nil {
		return err
	}
	d := dbDot{replica, op.Seq}
	if tx.holds(d) {
		m.count.Already++
		return nil
	}
	txn, ok := m.txns[op.Txn]
	if !ok {
		return data.Errorf(data.Invalid, "the file names a change without saying whose it is; nothing was changed")
	}
	key, err := tx.s.entityKey(tx.ctx, op.Kind, op.Row)
	if err != nil {
		return err
	}
	overwrites, err := m.overwrites(op)
	if err != nil {
		return err
	}
	if err := tx.insertOp(d, op.Stamp, txn, key, rawCells(op), encodeOverwrites(overwrites)); err != nil {
		return err
	}
	tx.added[replica] = tx.added[replica].Add(op.Seq, op.Seq)
	return m.apply(op, d, overwrites)
}

func rawCells(op *oplog.Op) []byte {
	cells := make([]cell, 0, len(op.Cells))
	for name, c := range op.Cells {
		cells = append(cells, cell{name, c.Value})
	}
	return encodeCells(sortedCells(cells))
}

func (m *Merger) overwrites(op *oplog.Op) (map[string][]dbDot, error) {
	out := map[string][]dbDot{}
	for name, c := range op.Cells {
		for _, o := range c.Overwrites {
			r, err := m.tx.s.replicaKey(m.tx.ctx, o.Replica)
			if err != nil {
				return nil, err
			}
			out[name] = append(out[name], dbDot{r, o.Seq})
		}
	}
	return out, nil
}

// apply folds an op that was just logged into the row's state.
func (m *Merger) apply(op *oplog.Op, d dbDot, overwrites map[string][]dbDot) error {
	tx := m.tx
	e, err := tx.s.entityOf(tx.ctx, op.Row)
	if err != nil {
		return err
	}
	k, err := tx.s.Kind(op.Kind)
	if err != nil || m.foreign(k, e) {
		k = nil
		m.count.Unknown++
	}
	tx.change.Mark(op.Kind, op.Row)
	if e.born.seq == 0 {
		m.touched[e.key] = true
		return m.bear(k, op, e, d, overwrites)
	}
	if _, ok := m.touched[e.key]; !ok {
		m.touched[e.key] = e.deleted
	}
	var changed []cell
	for name, c := range op.Cells {
		winner, err := m.applyCell(e, liveRow{name, d, op.Stamp, c.Value}, overwrites[name])
		if err != nil {
			return err
		}
		changed = append(changed, cell{name, winner})
	}
	return tx.project(k, op.Row, e, sortedCells(changed))
}

// foreign reports whether an op speaks of a row as another kind than it is.
func (m *Merger) foreign(k *data.Kind, e entity) bool {
	key, err := m.tx.s.kindKey(m.tx.ctx, k.Name)
	return err != nil || key != e.kind
}

// bear makes a row from the first op of it that comes here.
func (m *Merger) bear(k *data.Kind, op *oplog.Op, e entity, d dbDot, overwrites map[string][]dbDot) error {
	tx := m.tx
	if _, err := tx.bear(op.Kind, op.Row, e, d); err != nil {
		return err
	}
	for name, dots := range overwrites {
		if err := m.remember(e.key, name, dots); err != nil {
			return err
		}
	}
	e.born = d
	if c, ok := op.Cells[oplog.DeletedCell]; ok {
		// The deleted cell is always kept as a live line, so that it is found without reading the log.
		if err := tx.insertLive(e.key, liveRow{oplog.DeletedCell, d, op.Stamp, c.Value}); err != nil {
			return err
		}
		return tx.project(k, op.Row, e, []cell{{oplog.DeletedCell, c.Value}})
	}
	if k == nil {
		return nil
	}
	winners := map[string][]byte{}
	for name, c := range op.Cells {
		winners[name] = c.Value
	}
	return tx.insertRow(k, e.key, valuesOf(k, winners))
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
func (m *Merger) register(e entity, name string) (rows []liveRow, explicit bool, err error) {
	rows, err = m.tx.live(e.key, name)
	if err != nil || len(rows) > 0 {
		return rows, true, err
	}
	born, stamp, err := m.tx.bornOp(e)
	if err != nil {
		return nil, false, err
	}
	if v, ok := born[name]; ok && name != oplog.DeletedCell {
		rows = append(rows, liveRow{name, e.born, stamp, v})
	}
	return rows, false, nil
}

// applyCell folds a value into a cell's register, writes the register back
// where it changed and gives the winner.
func (m *Merger) applyCell(e entity, in liveRow, overwrites []dbDot) (winner []byte, err error) {
	tx := m.tx
	rows, _, err := m.register(e, in.cell)
	if err != nil {
		return nil, err
	}
	reg := oplog.Register{Gone: map[oplog.Dot]struct{}{}}
	back := map[oplog.Dot]liveRow{}
	for _, l := range append(rows, in) {
		d, err := tx.shared(l.dot)
		if err != nil {
			return nil, err
		}
		back[d] = l
		if l.dot != in.dot {
			reg.Live = append(reg.Live, oplog.Entry{Dot: d, Stamp: l.stamp, Value: l.value})
		}
	}
	own, err := tx.shared(in.dot)
	if err != nil {
		return nil, err
	}
	if dead, err := m.forget(e.key, in); err != nil {
		return nil, err
	} else if dead {
		reg.Gone[own] = struct{}{}
	}
	var dots []oplog.Dot
	for _, o := range overwrites {
		d, err := tx.shared(o)
		if err != nil {
			return nil, err
		}
		dots = append(dots, d)
	}
	if err := m.remember(e.key, in.cell, overwrites); err != nil {
		return nil, err
	}
	reg.Apply(oplog.Entry{Dot: own, Stamp: in.stamp, Value: in.value}, dots, func(oplog.Dot) bool { return true })
	if err := m.saveRegister(e, in.cell, reg, back); err != nil {
		return nil, err
	}
	best, _ := reg.Winner()
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

func (m *Merger) saveRegister(e entity, name string, reg oplog.Register, back map[oplog.Dot]liveRow) error {
	tx := m.tx
	if _, err := tx.s.exec(tx.ctx, `DELETE FROM live WHERE entity = ? AND cell = ?`, e.key, name); err != nil {
		return err
	}
	if len(reg.Live) == 1 && back[reg.Live[0].Dot].dot == e.born && name != oplog.DeletedCell {
		reg.Live = nil // as born: no line needed
	}
	for _, l := range reg.Live {
		if err := tx.insertLive(e.key, back[l.Dot]); err != nil {
			return err
		}
	}
	query := `DELETE FROM conflict WHERE entity = ? AND cell = ?`
	if oplog.InConflict(reg.Live) && name != oplog.DeletedCell {
		query = `INSERT OR IGNORE INTO conflict (entity, cell) VALUES (?, ?)`
		m.clash[e.key] = true
	}
	_, err := tx.s.exec(tx.ctx, query, e.key, name)
	return err
}

// Finish records the merge as one step that undo can take back.
func (m *Merger) Finish() error {
	tx := m.tx
	if len(tx.added) == 0 {
		return nil
	}
	if err := tx.begin(); err != nil {
		return err
	}
	for replica, runs := range tx.added {
		for _, r := range runs {
			if _, err := tx.s.exec(tx.ctx, `INSERT INTO merged (txn, replica, from_seq, to_seq) VALUES (?, ?, ?, ?)`, tx.key, replica, r.From, r.To); err != nil {
				return err
			}
		}
	}
	return nil
}
