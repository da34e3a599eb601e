package store

import (
	"database/sql"

	"fieldbook/data"
	"fieldbook/data/oplog"
)

// mergedAct is an act of a share file while its ops come.
type mergedAct struct {
	mergedTxn
	rest  []oplog.Hash // of the ops that do not come
	whole treeBuilder  // over the ops, where all come
	told  []uint64     // else their places
	leafs []oplog.Hash // and hashes

	nameless map[data.ID]bool // rows of its ops whose name was erased
}

// take notes an op of the act.
func (a *mergedAct) take(op *oplog.Op) error {
	if a == nil || op.Txn != a.log.ID || op.Stamp != a.stamp {
		return data.Errorf(data.Invalid, "the file names a change without saying whose it is, or scatters those of one act; nothing was changed")
	}
	if !a.log.Signed() {
		return nil
	}
	place := op.Seq - a.log.First
	if op.Seq < a.log.First || place >= a.log.Count {
		return data.Errorf(data.Invalid, "the file puts a change into “%.80s” that is none of it; nothing was changed", a.log.What)
	}
	if len(a.rest) == 0 {
		if place != a.whole.n {
			return a.unproven()
		}
		a.whole.add(op.Leaf())
		return nil
	}
	a.told, a.leafs = append(a.told, place), append(a.leafs, op.Leaf())
	return nil
}

func (a *mergedAct) unproven() error {
	return data.Errorf(data.Invalid, "the file tells “%.80s” in part and does not prove that it is part of it; nothing was changed. Ask for a new file", a.log.What)
}

// tree is the act's tree, as far as it is known.
func (a *mergedAct) tree() (oplog.Tree, bool) {
	t := oplog.Tree{Count: a.log.Count, Leaves: make(map[uint64]oplog.Hash, len(a.told))}
	for i, place := range a.told {
		t.Leaves[place] = a.leafs[i]
	}
	return t, t.Complete(a.told, a.rest)
}

// prove is Invalid where the act's signature is not that over its ops. It gives
// the hashes of those that are not here.
func (a *mergedAct) prove() (map[oplog.Span]oplog.Hash, error) {
	if len(a.rest) == 0 {
		if a.whole.n != a.log.Count {
			return nil, a.unproven()
		}
		return nil, a.log.Verify(a.whole.root())
	}
	tree, ok := a.tree()
	if !ok {
		return nil, a.unproven()
	}
	root, ok := tree.Root()
	if !ok {
		return nil, a.unproven()
	}
	return tree.Spans, a.log.Verify(root)
}

// endAct checks the signature over the act whose ops came last, and keeps the
// hashes of those that did not.
func (m *Merger) endAct() error {
	a := m.act
	m.act = nil
	if a == nil {
		return nil
	}
	if err := m.eraseArrived(a); err != nil || !a.log.Signed() {
		return err
	}
	spans, err := a.prove()
	if err != nil {
		return err
	}
	for span, h := range spans {
		_, err := m.tx.s.exec(m.tx.ctx, `INSERT OR IGNORE INTO act_span (txn, from_op, ops, hash) VALUES (?, ?, ?, ?)`, a.key, int64(span.From), int64(span.Count), h[:])
		if err != nil {
			return err
		}
	}
	return nil
}

// Governing is an op about rights with its act.
type Governing struct {
	Act oplog.Txn
	Op  *oplog.Op
}

// Foresee takes in what a share file says about members before anything else of
// it is read, since everything else is judged by it. The ops come again.
func (m *Merger) Foresee(list []Governing) error {
	rights, err := m.rights()
	if err != nil {
		return err
	}
	for _, g := range list {
		if _, key, ok := oplog.FoundingCut(g.Op); ok && !rights.Founded() && string(key) == string(g.Act.Key) && len(g.Act.Basis) == 0 {
			if err := m.tx.setRoot(key); err != nil {
				return err
			}
			if rights, err = m.tx.rights(); err != nil {
				return err
			}
			m.founded = key
		}
	}
	if !rights.Founded() {
		return nil
	}
	for _, g := range list {
		rights.Add(&g.Act, g.Op)
	}
	return nil
}

// Founded is the key of the device that founded the book, where this merge is
// the first to say so; nil otherwise.
func (m *Merger) Founded() []byte { return m.founded }

// again meets an op that is held. Values that were kept back then and are told
// now are filled in.
func (m *Merger) again(in mergedOp) error {
	if err := m.held.check(in); err != nil {
		return err
	}
	if !m.held.line.body.hide.Valid {
		return nil
	}
	ids, err := m.tx.replicaNames()
	if err != nil {
		return err
	}
	held := *in.op
	if err := fillOp(&held, m.held.line.body, ids); err != nil {
		return err
	}
	erased, err := m.tx.erasedCells(in.op.Row)
	if err != nil {
		return err
	}
	filled := false
	for name := range held.Hidden {
		if c, told := in.op.Cells[name]; told && !erased[name] {
			held.Cells[name] = c
			delete(held.Hidden, name)
			filled = true
		}
	}
	if !filled {
		return nil
	}
	// What is read of the log here is older than this transaction, which may have
	// erased some of it.
	if err := m.tx.strip(&held); err != nil {
		return err
	}
	m.filled = append(m.filled, in.e.key)
	m.touch(in, false)
	m.tx.change.Mark(in.op.Kind, in.op.Row)
	return m.tx.rewrite(in.d, &held)
}

// rewrite changes which values of a held op are told.
func (tx *Tx) rewrite(d dbDot, op *oplog.Op) error {
	_, err := tx.s.exec(tx.ctx, `UPDATE op SET cells = ?, hidden = ? WHERE replica = ? AND seq = ?`, string(rawCells(op)), encodeHidden(hiddenHashes(op)), d.replica, d.seq)
	return err
}

// replicaNames are the ids of all replicas, as this transaction knows them.
func (tx *Tx) replicaNames() (map[data.Key]data.ID, error) { return replicaIDs(tx.ctx, tx.s.write) }

// settle brings everything in step with what a file said about members and with
// values that came late: ops are judged again and rows folded anew.
func (m *Merger) settle() error {
	tx := m.tx
	for _, key := range m.filled {
		if err := tx.refold(key); err != nil {
			return err
		}
	}
	m.filled = nil
	rights, err := m.rights()
	if err != nil || !rights.Founded() {
		return err
	}
	if err := tx.retractFallen(rights, *m.mark); err != nil {
		return err
	}
	return m.readmit(rights)
}

// readmit lets ops in quarantine count whose rights have come, also those that
// somebody here discarded: what counts is the same in every book.
func (m *Merger) readmit(rights *oplog.Rights) error {
	tx := m.tx
	for {
		ids, err := tx.replicaNames()
		if err != nil {
			return err
		}
		admitted := false
		err = quarantined(tx.ctx, tx.s.write, ids, `1`, func(x quarantineLine) error {
			t, err := tx.txnByKey(x.txn, ids)
			if err != nil {
				return err
			}
			v := rights.Judge(&t, x.op, tx.ownerOf)
			if v.Outcome != oplog.Counts {
				if x.state == quarantineAside || quarantineState(v) == x.state && v.Reason == x.reason {
					return nil
				}
				_, err := tx.s.exec(tx.ctx, `UPDATE quarantine SET state = ?, reason = ? WHERE replica = ? AND seq = ?`, quarantineState(v), v.Reason, x.d.replica, x.d.seq)
				return err
			}
			admitted = true
			return m.admit(x, mergedTxn{key: x.txn, stamp: t.Stamp, log: &t})
		})
		if err != nil || !admitted {
			return err
		}
	}
}

// admit takes an op out of quarantine.
func (m *Merger) admit(x quarantineLine, txn mergedTxn) error {
	tx := m.tx
	if _, err := tx.s.exec(tx.ctx, `DELETE FROM quarantine WHERE replica = ? AND seq = ?`, x.d.replica, x.d.seq); err != nil {
		return err
	}
	tx.dropped[x.d.replica] = tx.dropped[x.d.replica].Without(oplog.Ranges{{From: x.d.seq, To: x.d.seq}})
	tx.change.MarkAll(topicQuarantine)
	kind, err := m.kind(x.op.Kind)
	if err != nil {
		return err
	}
	e, err := tx.s.entityOf(tx.ctx, x.op.Row)
	if err != nil {
		return err
	}
	in := mergedOp{op: x.op, kind: kind, e: e, d: x.d, txn: txn}
	if in.overwrites, err = tx.overwrites(x.op); err != nil {
		return err
	}
	return m.add(in)
}

func (tx *Tx) txnByKey(key data.Key, ids map[data.Key]data.ID) (t oplog.Txn, err error) {
	err = tx.rows(selectTxn+` WHERE t.key = ?`, []any{key}, func(r *sql.Rows) error {
		l, err := scanTxn(r)
		t = l.Txn
		t.Replica = ids[l.replica]
		return err
	})
	return t, err
}
