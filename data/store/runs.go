package store

import (
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

// renew makes this file a new replica from the commit on: a merge brought ops
// under its own name that it does not hold, so an older copy of the file stands
// in its place and new edits must not be numbered like those.
func (tx *Tx) renew() error {
	me := replica{id: data.NewID()}
	var err error
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
