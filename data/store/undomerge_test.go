package store

import (
	"context"
	"slices"
	"strings"
	"testing"
	"time"

	"fieldbook/data"
	"fieldbook/data/oplog"
)

// stepTest walks the steps of a book and compares what is visible.
type stepTest struct {
	*testing.T
	s *Store
}

func (c stepTest) undo() {
	c.Helper()
	if _, err := c.s.Undo(context.Background(), data.NoID, Act{}); err != nil {
		c.Fatal(err)
	}
}

func (c stepTest) redo() {
	c.Helper()
	if _, err := c.s.Redo(context.Background(), Act{}); err != nil {
		c.Fatal(err)
	}
}

func (c stepTest) visible() []string {
	c.Helper()
	return slices.DeleteFunc(dump(c.T, c.s), func(l string) bool { return strings.HasPrefix(l, "conflict") })
}

func (c stepTest) shows(what string, want []string) {
	c.Helper()
	if got := c.visible(); !slices.Equal(got, want) {
		c.Fatalf("%s: visible is %q, not %q", what, got, want)
	}
	verified(c.T, c.s)
}

// A row that a merge brought, and that its undo took away, goes again where a
// second merge brought it back because its author knew nothing of the undo.
func TestUndoOfAMergeThatRevivedARow(t *testing.T) {
	mine := create(t, BookInfo{})
	theirs := create(t, BookInfo{ID: mine.BookID()})
	c := stepTest{t, mine}
	id := data.NewID()
	empty := c.visible()
	put(t, theirs, data.KindAccount, id, data.Values{"name": "n", "industry": "y"})
	send(t, theirs, mine)
	put(t, theirs, data.KindAccount, id, data.Values{"note": "x"})
	send(t, theirs, mine)
	c.undo()
	c.undo()
	c.shows("both undone", empty)
	write(t, theirs, func(tx *Tx) error { return tx.Delete(data.KindAccount, id) })
	put(t, theirs, data.KindAccount, id, data.Values{"note": "y"})
	send(t, theirs, mine)
	revived := c.visible()
	for range 2 {
		c.undo()
		c.shows("the third undone", empty)
		c.redo()
		c.shows("the third redone", revived)
	}
}

// A delete whose author knew nothing of an undo and redo here leaves the row
// contested, also when the merge that brought it is undone and redone.
func TestRedoOfAMergedDeleteOfARowThatARedoBroughtBack(t *testing.T) {
	mine := create(t, BookInfo{})
	theirs := create(t, BookInfo{ID: mine.BookID()})
	c := stepTest{t, mine}
	id := data.NewID()
	put(t, theirs, data.KindAccount, id, data.Values{"name": "n"})
	send(t, theirs, mine)
	c.undo()
	c.redo()
	before := c.visible()
	theirs.opt.Now = ticking(time.Date(2026, 3, 2, 10, 0, 0, 0, time.UTC)) // the delete is newer than the redo
	write(t, theirs, func(tx *Tx) error { return tx.Delete(data.KindAccount, id) })
	send(t, theirs, mine)
	contested := c.visible()
	for range 2 {
		c.undo()
		c.shows("undone", before)
		c.redo()
		c.shows("redone", contested)
	}
}

// What a taken back act replaced does not come back behind a later edit.
func TestUndoOfAStepBelowOthers(t *testing.T) {
	s := create(t, BookInfo{})
	ctx := context.Background()
	id := data.NewID()
	put(t, s, data.KindAccount, id, data.Values{"name": "n", "city": "a"})
	under := put(t, s, data.KindAccount, id, data.Values{"city": "b", "note": "b"})
	over := put(t, s, data.KindAccount, id, data.Values{"city": "c"})
	is := func(what, city, note string) {
		t.Helper()
		if row := get(t, s, data.KindAccount, id); row.Text("city") != city || row.Text("note") != note {
			t.Fatalf("%s: %v", what, row.Values)
		}
		verified(t, s)
	}
	if done, err := s.Undo(ctx, under.Txn, Act{}); err != nil || done.Rows != 1 {
		t.Fatal(done, err)
	}
	is("the lower undone", "c", "")
	if done, err := s.Undo(ctx, over.Txn, Act{}); err != nil || done.Rows != 1 {
		t.Fatal(done, err)
	}
	is("both undone", "a", "")
	if _, err := s.Redo(ctx, Act{}); err != nil {
		t.Fatal(err)
	}
	is("the lower redone", "b", "b")
	if _, err := s.Redo(ctx, Act{}); err != nil {
		t.Fatal(err)
	}
	is("both redone", "c", "b")
}

// Of a row, a file may bring only that it is not deleted: it is shown with no
// fields, also once the undo of a second file leaves it so again.
func TestUndoOfAMergeThatFilledARow(t *testing.T) {
	s := create(t, BookInfo{})
	c := stepTest{t, s}
	id := data.NewID()
	if _, err := mergeOps(s, peerOp(2, "account", id, map[string]oplog.Cell{oplog.DeletedCell: value("null", oplog.Dot{Replica: benchPeer, Seq: 1})})); err != nil {
		t.Fatal(err)
	}
	blank := c.visible()
	if _, err := mergeOps(s, peerOp(1, "account", id, map[string]oplog.Cell{"name": value(`"n"`)})); err != nil {
		t.Fatal(err)
	}
	full := c.visible()
	for range 2 {
		c.undo()
		c.shows("undone", blank)
		c.redo()
		c.shows("redone", full)
	}
}

// An undo may find a row as it shall be because the one before it left it so;
// those further down know of it all the same.
func TestUndoThatFindsARowAsItShallBe(t *testing.T) {
	mine := create(t, BookInfo{})
	theirs := create(t, BookInfo{ID: mine.BookID()})
	c, other := stepTest{t, mine}, stepTest{t, theirs}
	states := [][]string{c.visible()}
	put(t, theirs, data.KindAccount, data.NewID(), data.Values{"name": "n"})
	send(t, theirs, mine)
	states = append(states, c.visible())
	c.undo()
	c.redo()
	send(t, mine, theirs)
	for range 2 { // their merge, then their account
		other.undo()
		send(t, theirs, mine)
		states = append(states, c.visible())
	}
	for range 2 {
		for i := len(states) - 2; i >= 0; i-- {
			c.undo()
			c.shows("undone", states[i])
		}
		for _, want := range states[1:] {
			c.redo()
			c.shows("redone", want)
		}
	}
}
