package store

import (
	"context"
	"errors"
	"testing"

	"pgregory.net/rapid"

	"fieldbook/data"
	"fieldbook/data/oplog"
)

// drawErasing is an edit, an erasure or a deletion of one of a few people and contacts.
func drawErasing(t *rapid.T) func(tx *Tx) error {
	kind := rapid.SampledFrom([]string{data.KindPerson, data.KindContact}).Draw(t, "kind")
	id := soakID(kind, rapid.IntRange(0, 1).Draw(t, "row"))
	text := rapid.SampledFrom([]data.Value{"x", "y", nil}).Draw(t, "text")
	switch rapid.SampledFrom([]string{"edit", "edit", "edit", "erase", "delete"}).Draw(t, "edit") {
	case "erase":
		cells := rapid.SampledFrom([]string{"name", "email;phone", erasedCells}).Draw(t, "cells")
		return putting(data.KindRedaction, data.NewID(), data.Values{"kind": kind, "row": id.String(), "cells": cells})
	case "delete":
		return func(tx *Tx) error {
			if !tx.Exists(id) {
				return nil
			}
			return tx.Delete(kind, id)
		}
	}
	field := rapid.SampledFrom([]string{"email", "phone", "title", "manager"}).Draw(t, "field")
	values := data.Values{"name": "n " + id.String()}
	switch {
	case field != "manager":
		values[field] = text
	case kind == data.KindPerson:
		values[field] = soakID(kind, 1)
	}
	return func(tx *Tx) error {
		erased, err := tx.erasedCells(id)
		for name := range erased {
			if name != "name" || tx.Exists(id) {
				delete(values, name)
			}
		}
		if err != nil || erased["name"] && !tx.Exists(id) {
			return err // it cannot be made again
		}
		return putting(kind, id, values)(tx)
	}
}

func (w *team) eraseStep() {
	t := w.t
	ctx := context.Background()
	m := rapid.SampledFrom(w.books).Draw(t, "book")
	var err error
	switch rapid.SampledFrom([]string{"edit", "edit", "edit", "share", "merge", "merge", "undo", "redo", "undo one"}).Draw(t, "do") {
	case "edit":
		_, err = m.Write(ctx, Act{What: "Edit"}, drawErasing(t))
	case "share":
		w.files = append(w.files, w.share(m))
	case "merge":
		if len(w.files) > 0 {
			w.merge(m, rapid.SampledFrom(w.files).Draw(t, "file"))
		}
	case "undo":
		_, err = m.Undo(ctx, data.NoID, Act{})
	case "redo":
		_, err = m.Redo(ctx, Act{})
	case "undo one":
		if err = w.undoOne(m); errors.Is(err, errForGood) {
			err = nil // an erasure, named once more
		}
	}
	if err != nil && data.KindOf(err) != data.NotFound {
		t.Fatal(err)
	}
}

// convergeErased lets books edit, erase, undo and swap files in any order: in the end
// all are alike and none tells what any of them erased.
func convergeErased(t *rapid.T) {
	w := newTeam(t, 3)
	defer w.close()
	for range rapid.IntRange(1, 30).Draw(t, "steps") {
		w.eraseStep()
	}
	for _, m := range w.books {
		w.sound(m)
	}
	w.unite()
	w.alike()
	for _, m := range w.books {
		all, err := erasedIn(context.Background(), m.read)
		if err != nil {
			t.Fatal(err)
		}
		err = m.EachOp(context.Background(), nil, func(op *oplog.Op) error {
			for name := range all[op.Row] {
				if c, told := op.Cells[name]; told && string(c.Value) != "null" {
					t.Fatalf("%s of %s is told", name, op.Row)
				}
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	}
}

func TestSoakErasuresConverge(t *testing.T) { soak(t, 12, 2000, convergeErased) }
