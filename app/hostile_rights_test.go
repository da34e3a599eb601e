package app

import (
	"context"
	"testing"
	"time"

	"fieldbook/data"
	"fieldbook/data/oplog"
)

// born is the dot of the op that made a record, or its newest op that says whose
// it is.
func (w *crew) born(kind, title string) oplog.Dot {
	m := w.at("Lea")
	row, err := m.Records.Find(context.Background(), kind, title)
	w.must(err)
	cell, _ := data.OwnerCell(kind)
	var out oplog.Dot
	var at oplog.Stamp
	w.must(m.store.EachOp(context.Background(), nil, func(op *oplog.Op) error {
		if _, says := op.Cells[cell]; op.Row == row.ID && (says || cell == "") && op.Stamp >= at {
			out, at = op.Dot, op.Stamp
		}
		return nil
	}))
	if out.Seq == 0 {
		w.f.Fatalf("nobody made %s", title)
	}
	return out
}

// edit is an op that changes one cell of a record and says whose it was.
func (w *crew) edited(kind, title, cell, value string) *oplog.Op {
	row, err := w.at("Lea").Records.Find(context.Background(), kind, title)
	w.must(err)
	d := w.born(kind, title)
	op := &oplog.Op{Kind: kind, Row: row.ID, Cells: map[string]oplog.Cell{cell: {Value: []byte(value), Overwrites: []oplog.Dot{d}}}}
	if _, owned := data.OwnerCell(kind); owned {
		op.Under = []oplog.Dot{d}
	}
	return op
}

// TestHostileRights: a rep's file that edits what no rep may edit.
func TestHostileRights(t *testing.T) {
	w := testCrew(t)
	quota := &oplog.Op{Kind: data.KindQuota, Row: QuotaID(w.people["Bob"], data.NoID, data.NewDay(2026, 3, 1)), Cells: map[string]oplog.Cell{"amount": {Value: []byte(`{"amount":1,"currency":"USD"}`)}}}
	w.must(w.at("Lea").store.EachOp(context.Background(), nil, func(op *oplog.Op) error {
		if op.Row == quota.Row {
			quota.Under = []oplog.Dot{op.Dot}
			quota.Cells["amount"] = oplog.Cell{Value: quota.Cells["amount"].Value, Overwrites: quota.Under}
		}
		return nil
	}))
	devices, err := w.at("Bob").Members.List(context.Background())
	w.must(err)
	var leas data.ID
	for _, p := range devices {
		if p.Founder {
			leas = p.Devices[0].ID
		}
	}
	for name, c := range map[string]struct {
		op     *oplog.Op
		reason string
	}{
		"his own role":          {w.edited(data.KindPerson, "Bob", "role", `"lead"`), "the author's role does not let them change the role"},
		"a colleague's manager": {w.edited(data.KindPerson, "Ada", "manager", `"`+w.people["Bob"].String()+`"`), "the author's role does not let them change"},
		"his own quota":         {quota, "the author's role does not let them change"},
		"another's deal":        {w.edited(data.KindDeal, "Ada's deal", "next_step", `{"next_step":"mine"}`), "was not the author's"},
		"whose a deal is":       {w.edited(data.KindDeal, "Ada's deal", "owner", `"`+w.people["Bob"].String()+`"`), "the author's role does not let them change the owner"},
		"deletes another's":     {w.edited(data.KindDeal, "Ada's deal", oplog.DeletedCell, `true`), "was not the author's"},
		"a stage":               {w.edited(data.KindStage, "Qualification", "probability", `1`), "the author's role does not let them change"},
		"a device of his own for Lea": {&oplog.Op{Kind: data.KindDevice, Row: data.NewID(), Cells: map[string]oplog.Cell{
			"person": {Value: data.AppendJSON(nil, w.people["Lea"].String())}, "signing_key": {Value: data.AppendJSON(nil, keyText(w.keyOf("Bob")))},
		}}, "enters a key as that of another device"},
		"that he founded it": {&oplog.Op{Kind: data.KindDevice, Row: data.NewID(), Cells: map[string]oplog.Cell{
			"person": {Value: data.AppendJSON(nil, w.people["Lea"].String())}, "signing_key": {Value: data.AppendJSON(nil, keyText(w.keyOf("Bob")))}, "founding": {Value: []byte(`"{}"`)},
		}}, "enters a key as that of another device"},
		"revokes the founder": {&oplog.Op{Kind: data.KindDevice, Row: leas, Cells: map[string]oplog.Cell{"revoked": {Value: []byte(`"{}"`)}}, Under: []oplog.Dot{{Replica: w.at("Lea").store.ReplicaID(), Seq: 1}}}, "founder"},
		"a case of his, already decided": {&oplog.Op{Kind: data.KindDispute, Row: data.NewID(), Cells: map[string]oplog.Cell{
			"subject": {Value: []byte(`"Acme"`)}, "person": {Value: data.AppendJSON(nil, w.people["Bob"].String())}, "verdict": {Value: []byte(`{"status":"decided","decision":"Bob's"}`)},
		}}, "the author's role does not let them change the status"},
		"that he erased a name": {&oplog.Op{Kind: data.KindRedaction, Row: data.NewID(), Cells: map[string]oplog.Cell{
			"kind": {Value: []byte(`"person"`)}, "row": {Value: data.AppendJSON(nil, w.people["Ada"].String())}, "cells": {Value: []byte(`"name"`)},
		}}, "the author's role does not let them change"},
	} {
		t.Run(name, func(t *testing.T) {
			path := w.bobs(c.op, oplog.Txn{})
			w.keepsAside(t, path, c.reason)
			before := w.all(w.at("Lea"))
			if out, err := w.receives("Lea", path); err != nil || out.Files[0].Already != 1 {
				t.Errorf("again: %+v, %v", out, err)
			}
			w.unchanged(t, before)
		})
	}
}

// TestHostileBackDated: a clock that is set back gives nobody a right that he has
// lost, and a device that was revoked counts up to where it was cut, whatever
// its clock says.
func TestHostileBackDated(t *testing.T) {
	w := testCrew(t)
	ctx := context.Background()
	back := oplog.NewStamp(data.InstantOf(w.now.AddDate(-1, 0, 0)))

	w.now = w.now.Add(time.Hour)
	w.changes("Lea", data.KindDeal, "Bob's deal", data.Values{"owner": w.people["Ada"]})
	w.keepsAside(t, w.bobs(w.edited(data.KindDeal, "Bob's deal", "next_step", `{"next_step":"mine"}`), oplog.Txn{Stamp: back}), "was not the author's")
	bare := w.edited(data.KindDeal, "Bob's deal", "next_step", `{"next_step":"mine"}`)
	bare.Under = nil
	w.keepsAside(t, w.bobs(bare, oplog.Txn{Stamp: back}), "does not say whose the record was")
	elsewhere := w.edited(data.KindDeal, "Bob's deal", "next_step", `{"next_step":"mine"}`)
	elsewhere.Under = []oplog.Dot{w.born(data.KindDeal, "Bob's other deal")}
	w.keepsAside(t, w.bobs(elsewhere, oplog.Txn{Stamp: back}), "does not say whose the record was")

	w.must(w.at("Lea").Members.Revoke(ctx, w.device("Bob").ID))
	own := w.activity(oplog.Dot{})
	w.keepsAside(t, w.bobs(own, oplog.Txn{Stamp: back}), "made after its device was revoked")
	// Also where it says that it knew nothing of the revocation, or of anything.
	bob := w.at("Bob")
	path := w.file()
	w.must(forgeAct(bob.App, path, w.activity(oplog.Dot{}), oplog.Txn{Name: "Bob", Stamp: back}))
	w.keepsAside(t, path, "made after its device was revoked")
	// Nor does a number before the cut help in a replica that is cut elsewhere.
	w.must(forgeAct(bob.App, path, w.activity(oplog.Dot{Replica: oplog.ReplicaID(w.keyOf("Bob").Public(), data.NewID()), Seq: 1}), oplog.Txn{Name: "Bob", Stamp: back}))
	w.keepsAside(t, path, "made after its device was revoked")
	w.passes("Lea", "Lin", true)
	w.agree("Lea", "Lin")
}

// TestHostileAfterRevocation: what an honest program wrote before it heard that
// its device was revoked does not count either, and is kept for a lead's word.
func TestHostileAfterRevocation(t *testing.T) {
	w := testCrew(t)
	w.must(w.at("Lea").Members.Revoke(context.Background(), w.device("Ada").ID))
	w.edits()
	path := w.file()
	_, err := w.at("Ada").Sharing.Share(context.Background(), path, ShareOptions{Everything: true, Plain: true})
	w.must(err)
	w.keepsAside(t, path, "made after its device was revoked")
}
