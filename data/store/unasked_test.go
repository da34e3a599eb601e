package store

import (
	"context"
	"testing"

	"fieldbook/data"
)

// What came by itself is taken back by name only, and what was undone before it
// came can still be redone.
func TestUndoPassesOverWhatCameByItself(t *testing.T) {
	ctx := context.Background()
	s := create(t, BookInfo{})
	mine, theirs := data.NewID(), data.NewID()
	write := func(act Act, id data.ID, name string) data.ID {
		t.Helper()
		res, err := s.Write(ctx, act, putting(data.KindAccount, id, data.Values{"name": name}))
		if err != nil {
			t.Fatal(err)
		}
		return res.Txn
	}
	there := func(id data.ID) bool {
		t.Helper()
		_, err := s.Get(ctx, data.KindAccount, id)
		if err != nil && data.KindOf(err) != data.NotFound {
			t.Fatal(err)
		}
		return err == nil
	}
	write(Act{What: "Add mine"}, mine, "Rangreen")
	came := write(Act{What: "Merge from Bob", Unasked: true}, theirs, "Bluth")

	if u, err := s.Undo(ctx, data.NoID, Act{}); err != nil || u.What != "Add mine" || there(mine) || !there(theirs) {
		t.Fatalf("undo took back %q, %v", u.What, err)
	}
	write(Act{What: "Merge from Cleo", Unasked: true}, data.NewID(), "Isdom")
	if _, err := s.Redo(ctx, Act{}); err != nil || !there(mine) {
		t.Fatalf("what came ended the redo: %v", err)
	}
	if _, err := s.Undo(ctx, came, Act{}); err != nil || there(theirs) || !there(mine) {
		t.Fatalf("undo by name: %v", err)
	}
	steps, err := s.Steps(ctx, 10)
	if err != nil || len(steps) != 3 {
		t.Errorf("steps %+v, %v", steps, err)
	}
}
