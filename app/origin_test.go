package app

import (
	"context"
	"path/filepath"
	"testing"

	"fieldbook/data"
	"fieldbook/data/oplog"
)

// renewed makes a book a new replica that nobody else heard of: it is restored
// from a backup of itself, and its owner edits a deal of hers.
func (w *crew) renewed(name string) *colleague {
	m := w.at(name)
	ctx := context.Background()
	backup := filepath.Join(w.dir, "backup of "+name+".book")
	w.must(m.Journal.Backup(ctx, backup))
	w.must(m.Close())
	w.must(Restore(ctx, Restoring{Backup: backup, Book: m.path()}, m.cfg))
	w.open(m)
	w.changes(name, data.KindDeal, name+"'s deal", data.Values{"next_step": "call"})
	return m
}

// lastAct is the newest act that a book did itself.
func (w *crew) lastAct(m *colleague) (last oplog.Txn, op *oplog.Op) {
	acts := map[data.ID]oplog.Txn{}
	w.must(m.store.EachOp(context.Background(),
		func(t oplog.Txn, _ []oplog.Hash) error { acts[t.ID] = t; return nil },
		func(x *oplog.Op) error {
			if t := acts[x.Txn]; t.Replica == m.store.ReplicaID() && t.Stamp >= last.Stamp {
				last, op = t, x
			}
			return nil
		}))
	return last, op
}

// ownActivity is an op to which a person has every right.
func (w *crew) ownActivity(name string, dot oplog.Dot) *oplog.Op {
	return &oplog.Op{Dot: dot, Kind: data.KindActivity, Row: data.NewID(), Cells: map[string]oplog.Cell{
		"person": {Value: data.AppendJSON(nil, w.people[name].String())}, "subject": {Value: []byte(`"call"`)},
	}}
}

func (w *crew) forgedAct(name string, op *oplog.Op, t oplog.Txn) string {
	m := w.at(name)
	rights, err := m.store.Rights(context.Background())
	w.must(err)
	t.Name, t.Basis = name, rights.Heads()
	if t.Stamp == 0 {
		t.Stamp = oplog.NewStamp(m.Now())
	}
	w.count++
	path := filepath.Join(w.dir, "forged by "+name+".fieldbook")
	w.must(forgeAct(m.App, path, op, t))
	return path
}

// A member who signs first under the replica of a colleague's that nobody heard
// of yet keeps nothing of hers out.
func TestHostileReplicaOfAColleagueTaken(t *testing.T) {
	w := testCrew(t)
	ada := w.renewed("Ada")
	forged := w.forgedAct("Bob", w.ownActivity("Bob", oplog.Dot{Replica: ada.store.ReplicaID(), Seq: 1}), oplog.Txn{})
	w.refuses(t, "Lea", forged, data.Invalid, "another device's")
	w.passes("Ada", "Lea", true)
	if got := w.sees("Lea", data.KindDeal, "Ada's deal", "next_step"); got != "call" {
		t.Errorf("Lea sees %v", got)
	}
	w.agree("Lea")
}

// Nor does one who uses the number of her act first.
func TestHostileActOfAColleagueTaken(t *testing.T) {
	w := testCrew(t)
	act, _ := w.lastAct(w.renewed("Ada"))
	forged := w.forgedAct("Bob", w.ownActivity("Bob", oplog.Dot{Replica: data.NewID(), Seq: 1}), oplog.Txn{ID: act.ID, Stamp: act.Stamp})
	w.refuses(t, "Lea", forged, data.Invalid, "another device's")
	w.passes("Ada", "Lea", true)
	w.agree("Lea")
}
