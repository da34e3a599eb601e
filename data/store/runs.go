package store

import (
	"slices"

	"fieldbook/data"
	"fieldbook/data/oplog"
)

// runs are sets of seqs by replica that one transaction builds up. It alone
// holds them, so that they grow in place.
type runs map[data.Key]oplog.Ranges

func (r runs) add(d dbDot) {
	set := r[d.replica]
	switch n := len(set); {
	case n > 0 && set[n-1].To+1 == d.seq:
		set[n-1].To = d.seq
	case n == 0 || set[n-1].To < d.seq:
		r[d.replica] = append(set, oplog.Range{From: d.seq, To: d.seq})
	default:
		r[d.replica] = set.Add(d.seq, d.seq)
	}
}

// replica names a replica to the world and to this file.
type replica struct {
	id  data.ID
	key data.Key
}

// renew makes this file a new replica from the commit on: a merge brought or
// named ops under its own name that it does not hold, so an older copy of the file
// stands in its place and new edits must not be numbered like those.
func (tx *Tx) renew() error {
	if tx.newMe != nil {
		return nil
	}
	signer, err := tx.s.mySigner(tx.ctx)
	if err != nil {
		return err
	}
	me := replica{id: replicaFor(signer)}
	if me.key, err = tx.s.replicaKey(tx.ctx, me.id); err != nil {
		return err
	}
	tx.newMe = &me
	_, err = tx.s.exec(tx.ctx, `INSERT OR REPLACE INTO meta (name, value) VALUES ('replica', ?)`, me.id.String())
	return err
}

func (s *Store) become(me replica) {
	s.replica = me.key
	s.metaMu.Lock()
	defer s.metaMu.Unlock()
	s.meta["replica"] = me.id.String()
}

// meetOwn looks whether an op stands on own ops that this file never wrote. Else
// its next edits would have their numbers, and be dead before they were made.
func (m *Merger) meetOwn(in mergedOp) error {
	mine := func(d dbDot) bool { return d.replica == m.tx.s.replica && d.seq >= m.tx.first }
	for _, dots := range in.overwrites {
		if slices.ContainsFunc(dots, mine) {
			return m.tx.renew()
		}
	}
	for _, d := range in.op.Under {
		replica, err := m.tx.s.replicaKey(m.tx.ctx, d.Replica)
		if err != nil {
			return err
		}
		if mine(dbDot{replica, d.Seq}) {
			return m.tx.renew()
		}
	}
	return nil
}
