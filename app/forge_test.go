package app

import (
	"context"
	"errors"
	"os"
	"slices"

	"fieldbook/data"
	"fieldbook/data/bundle"
	"fieldbook/data/oplog"
)

// forgeFile writes a file with one act that is signed by the device of an open
// book. It asks nobody whether the author has a right to it.
func forgeFile(a *App, name, path string, op *oplog.Op) error {
	rights, err := a.store.Rights(context.Background())
	if err != nil {
		return err
	}
	return forgeAct(a, path, op, oplog.Txn{Name: name, Stamp: oplog.NewStamp(a.Now()), Basis: rights.Heads()})
}

// forgeAct is forgeFile with an act that is partly given.
func forgeAct(a *App, path string, op *oplog.Op, t oplog.Txn) error {
	ctx := context.Background()
	d, err := a.id.device(ctx)
	if err != nil {
		return err
	}
	if op.Replica.IsZero() {
		op.Dot = oplog.Dot{Replica: data.NewID(), Seq: 1}
	}
	if t.ID.IsZero() {
		t.ID = data.NewID()
	}
	t.Replica, t.Device, t.Day, t.What, t.First, t.Count = op.Replica, "forge", a.Today(), "Forge", op.Seq, 1
	op.Txn, op.Stamp = t.ID, t.Stamp
	root, _ := (&oplog.Tree{Count: 1, Leaves: map[uint64]oplog.Hash{0: op.Leaf()}}).Root()
	t.Sign(d, root)
	replicas := []data.ID{op.Replica}
	for _, c := range op.Cells {
		for _, o := range c.Overwrites {
			if !slices.Contains(replicas, o.Replica) {
				replicas = append(replicas, o.Replica)
			}
		}
	}
	for _, o := range op.Under {
		if !slices.Contains(replicas, o.Replica) {
			replicas = append(replicas, o.Replica)
		}
	}
	rights, err := a.store.Rights(ctx)
	if err != nil {
		return err
	}
	_, err = writeWhole(path, func(f *os.File) error {
		w, err := bundle.NewWriter(f, bundle.Manifest{
			Book: a.Book().ID, From: bundle.Sender{Replica: op.Replica}, Scope: bundle.ScopeEverything, Made: a.Now(), Founder: rights.Root(), Replicas: replicas,
		}, bundle.WriteOptions{Signer: d})
		if err != nil {
			return err
		}
		return errors.Join(w.Txn(t, nil), w.Op(op), w.Close())
	})
	return err
}
