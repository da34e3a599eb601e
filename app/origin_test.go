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
func (w *crew) lastAct(m *colleague) (last oplog.Txn) {
	acts := map[data.ID]oplog.Txn{}
	w.must(m.store.EachOp(context.Background(),
		func(t oplog.Txn, _ []oplog.Hash) error { acts[t.ID] = t; return nil },
		func(x *oplog.Op) error {
			if t := acts[x.Txn]; t.Replica == m.store.ReplicaID() && t.Stamp >= last.Stamp {
				last = t
			}
			return nil
		}))
	return last
}

// activity is an op to which Bob has every right.
func (w *crew) activity(dot oplog.Dot) *oplog.Op {
	return &oplog.Op{Dot: dot, Kind: data.KindActivity, Row: data.NewID(), Cells: map[string]oplog.Cell{
		"person": {Value: data.AppendJSON(nil, w.people["Bob"].String())}, "subject": {Value: []byte(`"call"`)},
	}}
}

func (w *crew) bobs(op *oplog.Op, t oplog.Txn) string {
	m := w.at("Bob")
	rights, err := m.store.Rights(context.Background())
	w.must(err)
	t.Name, t.Basis = "Bob", rights.Heads()
	if t.Stamp == 0 {
		t.Stamp = oplog.NewStamp(m.Now())
	}
	w.count++
	path := filepath.Join(w.dir, "forged by Bob.fieldbook")
	w.must(forgeAct(m.App, path, op, t))
	return path
}

// A member who signs first under the replica of a colleague's that nobody heard
// of yet keeps nothing of hers out.
func TestHostileReplicaOfAColleagueTaken(t *testing.T) {
	w := testCrew(t)
	ada := w.renewed("Ada")
	forged := w.bobs(w.activity(oplog.Dot{Replica: ada.store.ReplicaID(), Seq: 1}), oplog.Txn{})
	w.refuses(t, forged, data.Invalid, "another device's")
	w.passes("Ada", "Lea", true)
	if got := w.sees("Lea", data.KindDeal, "Ada's deal", "next_step"); got != "call" {
		t.Errorf("Lea sees %v", got)
	}
	w.agree("Lea")
}

// Nor does one who uses the number of her act first.
func TestHostileActOfAColleagueTaken(t *testing.T) {
	w := testCrew(t)
	act := w.lastAct(w.renewed("Ada"))
	forged := w.bobs(w.activity(oplog.Dot{Replica: data.NewID(), Seq: 1}), oplog.Txn{ID: act.ID, Stamp: act.Stamp})
	w.refuses(t, forged, data.Invalid, "another device's")
	w.passes("Ada", "Lea", true)
	w.agree("Lea")
}
