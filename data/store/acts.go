package store

import (
	"database/sql"
	"maps"
	"slices"

	"fieldbook/data"
	"fieldbook/data/oplog"
)

// Next ends the act under way and begins another in the same transaction: each
// is logged and signed by itself, with its own day. All of them are one step for
// undo. What was prepared for writing, such as a Bulk, ends with its act.
func (tx *Tx) Next(act Act) error {
	if err := tx.check(); err != nil {
		return err
	}
	if err := tx.endAct(); err != nil {
		return err
	}
	if err := tx.release(); err != nil {
		return err
	}
	tx.act, tx.opened, tx.wrote = act, tx.next, false
	tx.id, tx.key, tx.stamp, tx.log = data.NoID, 0, 0, oplog.Txn{}
	tx.bulks, tx.mergers = nil, nil
	return nil
}

// endAct signs what the act wrote and makes it a step for undo, or a part of the
// one that this transaction has made.
func (tx *Tx) endAct() error {
	for _, b := range tx.bulks {
		if err := b.finish(); err != nil {
			return err
		}
	}
	if err := tx.seal(); err != nil || !tx.wrote {
		return err
	}
	tx.acts = append(tx.acts, tx.id)
	if tx.act.Aside {
		return nil
	}
	if !tx.act.Unasked { // a new act ends what could be redone
		if _, err := tx.s.exec(tx.ctx, `DELETE FROM history WHERE undone <> 0`); err != nil {
			return err
		}
	}
	if tx.step != 0 {
		if _, err := tx.s.exec(tx.ctx, `UPDATE history SET more = 1 WHERE pos = ?`, tx.step); err != nil {
			return err
		}
	}
	res, err := tx.s.exec(tx.ctx, `INSERT INTO history (txn, unasked) VALUES (?, ?)`, tx.key, tx.act.Unasked)
	if err != nil {
		return err
	}
	n, err := res.LastInsertId()
	tx.step = data.Key(n)
	return dbError(err)
}

// Book reads the book with what this transaction has written so far. It is of
// use until the transaction ends, and writes nothing.
func (tx *Tx) Book() *Store {
	s := tx.s
	in := &Store{path: s.path, how: s.how, opt: s.opt, past: data.NoDay, stmts: map[string]*sql.Stmt{}, held: s.held, read: within{s.write}}
	in.opt.ReadOnly = true
	in.dicts.reset()
	s.metaMu.RLock()
	defer s.metaMu.RUnlock()
	in.meta, in.settings, in.zone = maps.Clone(s.meta), s.settings, s.zone
	in.custom = maps.Clone(s.custom)
	for kind, fields := range tx.custom {
		in.custom[kind] = append(slices.Clone(in.custom[kind]), fields...)
	}
	return in
}
