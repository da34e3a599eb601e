package store

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"fieldbook/data"
	"fieldbook/data/oplog"
)

// secret is in no byte of a book after it was erased.
const secret = "Zdenka Quux"

var erasedPerson = data.ImportedID("erase", "person", "1")

// signedBook is a book whose acts are signed, in a file.
func signedBook(t testing.TB, name string) *Store {
	t.Helper()
	o := opts()
	o.Device, o.Signer = name, testSigner(name)
	o.Now = ticking(time.Date(2026, 3, 2, 9, 0, int(name[0]), 0, time.UTC))
	s, err := Create(context.Background(), filepath.Join(t.TempDir(), name+".book"), BookInfo{ID: data.ImportedID("erase", "", "book")}, o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	})
	return s
}

func act(t testing.TB, s *Store, a Act, fn func(*Tx) error) Result {
	t.Helper()
	res, err := s.Write(context.Background(), a, fn)
	if err != nil {
		t.Fatal(err)
	}
	return res
}

// makePerson adds the person with a custom field and lets him act once.
func makePerson(t testing.TB, s *Store) {
	t.Helper()
	act(t, s, Act{What: "Add person " + secret, Name: "Ann"}, func(tx *Tx) error {
		shoe := data.NewCustomField("Shoe", data.TypeText, nil)
		if err := putting(data.KindCustomField, soakID("custom", 7), data.Values{"kind": "person", "label": "Shoe", "type": "text"})(tx); err != nil {
			return err
		}
		if err := tx.Learn(data.KindPerson, shoe); err != nil {
			return err
		}
		return putting(data.KindPerson, erasedPerson, data.Values{"name": secret, "email": "zq@secret.example", "role": data.RoleRep, shoe.Name: "size 99999993"})(tx)
	})
	act(t, s, Act{What: "Change person " + secret, Name: "Ann"}, putting(data.KindPerson, erasedPerson, data.Values{"phone": "99999991", "note": "the dog of " + secret, "status": data.StatusActive}))
	act(t, s, Act{What: "Add account Dun", Author: erasedPerson, Name: secret}, putting(data.KindAccount, soakID("account", 1), data.Values{"name": "Dun", "owner": erasedPerson}))
	act(t, s, Act{What: "Give Dun to " + secret, Name: "Ann"}, putting(data.KindAccount, soakID("account", 1), data.Values{"city": "Oslo"}))
}

const erasedCells = "name;email;phone;note;title;external_id;custom.shoe"

func redacting(n int) func(*Tx) error {
	return putting(data.KindRedaction, soakID("redaction", n), data.Values{"kind": data.KindPerson, "row": erasedPerson.String(), "cells": erasedCells, "reason": "asked"})
}

func eraseIn(t testing.TB, s *Store) Result {
	t.Helper()
	return act(t, s, Act{What: "Erase a person's data", Name: "Ann"}, redacting(1))
}

// clean fails where the file holds a trace of the person.
func clean(t *testing.T, s *Store) {
	t.Helper()
	if err := s.Compact(context.Background()); err != nil {
		t.Fatal(err)
	}
	for _, end := range []string{"", "-wal"} {
		b, err := os.ReadFile(s.Path() + end)
		if err != nil {
			t.Fatal(err)
		}
		for _, text := range []string{secret, "Zdenka", "secret.example", "99999991", "99999993"} {
			if bytes.Contains(b, []byte(text)) {
				t.Errorf("%q is left in %s", text, filepath.Base(s.Path())+end)
			}
		}
	}
	verified(t, s)
	row := get(t, s, data.KindPerson, erasedPerson)
	if row.Title() != data.ErasedName(data.KindPerson, erasedPerson) || row.Text("role") != data.RoleRep || row.Has("email") || row.Has("phone") || row.Has("shoe") {
		t.Errorf("the row shows %v", row.Values)
	}
}

func sameDumps(t *testing.T, books ...*Store) {
	t.Helper()
	for _, s := range books[1:] {
		if x, y := dump(t, books[0]), dump(t, s); !slices.Equal(x, y) {
			t.Errorf("books differ\n%s\n\n%s", strings.Join(x, "\n"), strings.Join(y, "\n"))
		}
	}
}

func TestEraseLeavesNoByte(t *testing.T) {
	for name, make := range map[string]func() *Store{
		"signed":   func() *Store { return signedBook(t, "a") },
		"unsigned": func() *Store { return create(t, BookInfo{}) },
	} {
		t.Run(name, func(t *testing.T) {
			s := make()
			makePerson(t, s)
			eraseIn(t, s)
			clean(t, s)
			account := get(t, s, data.KindAccount, soakID("account", 1))
			if account.Labels["owner"] != data.ErasedName(data.KindPerson, erasedPerson) {
				t.Errorf("the owner shows as %q", account.Labels["owner"])
			}
			log, err := s.Log(context.Background(), 0)
			if err != nil {
				t.Fatal(err)
			}
			for _, e := range log {
				if e.Author == erasedPerson && e.Name != data.ErasedName(data.KindPerson, erasedPerson) {
					t.Errorf("%q was done by %q", e.What, e.Name)
				}
			}
			other := create(t, BookInfo{ID: s.BookID()})
			send(t, s, other)
			clean(t, other)
			sameDumps(t, s, other)
		})
	}
}

// TestErasureArrives lets it come before, after and between the ops of the row.
func TestErasureArrives(t *testing.T) {
	source := signedBook(t, "s")
	makePerson(t, source)
	old := signedBook(t, "o") // holds what was before
	send(t, source, old)
	late := signedBook(t, "l") // edits without knowing
	send(t, source, late)
	act(t, late, Act{What: "Change person " + secret, Name: "Bob"}, putting(data.KindPerson, erasedPerson, data.Values{"email": "new@secret.example", "title": "Boss 99999991", "status": data.StatusLeft}))
	eraser := signedBook(t, "e")
	send(t, source, eraser)
	eraseIn(t, eraser)
	clean(t, eraser)

	orders := map[string][]*Store{
		"after":          {old, late, eraser},
		"before":         {eraser, old, late},
		"between":        {old, eraser, late},
		"late one first": {late, eraser, old},
	}
	var first []string
	for name, order := range orders {
		t.Run(name, func(t *testing.T) {
			s := signedBook(t, "t")
			for _, from := range append(order, order...) {
				send(t, from, s)
			}
			clean(t, s)
			if get(t, s, data.KindPerson, erasedPerson).Text("status") != data.StatusLeft {
				t.Error("an edit of what was not erased is lost")
			}
			log, err := s.Log(context.Background(), 0)
			if err != nil {
				t.Fatal(err)
			}
			for _, e := range log {
				if saysName(e.What+e.Name, secret) {
					t.Errorf("the log says %q by %q", e.What, e.Name)
				}
			}
			if first == nil {
				first = dump(t, s)
			}
			if x, y := first, dump(t, s); !slices.Equal(x, y) {
				t.Errorf("books differ\n%s\n\n%s", strings.Join(x, "\n"), strings.Join(y, "\n"))
			}
			// What is passed on obeys too, and the books that it came from take it.
			relayed := signedBook(t, "r")
			send(t, s, relayed)
			clean(t, relayed)
			send(t, s, eraser)
			clean(t, eraser)
		})
	}
	for _, s := range []*Store{old, late} {
		send(t, eraser, s)
		send(t, s, eraser)
	}
	clean(t, old)
	clean(t, late)
}

func TestErasureReachesOnlyWhatMayBeErased(t *testing.T) {
	s := create(t, BookInfo{})
	makePerson(t, s)
	act(t, s, Act{What: "Erase"}, putting(data.KindRedaction, soakID("redaction", 1), data.Values{
		"kind": data.KindPerson, "row": erasedPerson.String(), "cells": "role;status;manager;employment;_deleted;nonsense;;email",
	}))
	row := get(t, s, data.KindPerson, erasedPerson)
	if row.Text("name") != secret || row.Text("role") != data.RoleRep || row.Has("email") {
		t.Errorf("the row shows %v", row.Values)
	}
	for _, v := range []data.Values{
		{"kind": data.KindPerson, "row": "nobody", "cells": "name"},
		{"kind": "hologram", "row": erasedPerson.String(), "cells": "name"},
		{"kind": data.KindQuota, "row": erasedPerson.String(), "cells": "name"},
	} {
		act(t, s, Act{What: "Erase"}, putting(data.KindRedaction, data.NewID(), v))
	}
	if get(t, s, data.KindPerson, erasedPerson).Text("name") != secret {
		t.Error("a redaction of nothing erased a name")
	}
	verified(t, s)
}

func TestErasedCellsAreNotWritten(t *testing.T) {
	s := create(t, BookInfo{})
	makePerson(t, s)
	eraseIn(t, s)
	before := dump(t, s)
	for _, v := range []data.Values{{"name": "Zed"}, {"email": "x@example"}} {
		_, err := s.Write(context.Background(), Act{What: "Edit"}, putting(data.KindPerson, erasedPerson, v))
		if data.KindOf(err) != data.Refused {
			t.Errorf("%v: %v", v, err)
		}
	}
	// What is not erased can be changed, with the name as the form shows it.
	put(t, s, data.KindPerson, erasedPerson, data.Values{"name": data.ErasedName(data.KindPerson, erasedPerson), "email": nil, "role": data.RoleRep})
	if after := dump(t, s); !slices.Equal(before, after) {
		t.Errorf("%v became %v", before, after)
	}
	put(t, s, data.KindPerson, erasedPerson, data.Values{"role": data.RoleManager})
	// A list from elsewhere that still names him brings nothing back.
	out := Unchanged
	act(t, s, Act{What: "Import"}, func(tx *Tx) error {
		b, err := tx.Bulk(BulkPlan{Kind: data.KindPerson, Fields: []string{"name", "email", "role"}})
		if err == nil {
			out, err = b.Put(erasedPerson, []data.Value{secret, "zq@secret.example", data.RoleRep})
		}
		return err
	})
	if out != Changed {
		t.Errorf("the import of his role: %v", out)
	}
	clean(t, s)
	empty := create(t, BookInfo{ID: s.BookID()})
	act(t, empty, Act{What: "Erase"}, redacting(1))
	act(t, empty, Act{What: "Import"}, func(tx *Tx) error {
		b, err := tx.Bulk(BulkPlan{Kind: data.KindPerson, Fields: []string{"name"}})
		if err == nil {
			out, err = b.Put(erasedPerson, []data.Value{secret})
		}
		return err
	})
	if n, err := empty.Count(context.Background(), data.Query{Kind: data.KindPerson}); err != nil || n != 0 || out != Unchanged {
		t.Errorf("%d people, %v, %v", n, out, err)
	}
}

func TestUndoBringsNothingErasedBack(t *testing.T) {
	ctx := context.Background()
	s := create(t, BookInfo{})
	makePerson(t, s)
	edit := act(t, s, Act{What: "Change person " + secret}, putting(data.KindPerson, erasedPerson, data.Values{"email": "later@secret.example", "role": data.RoleManager}))
	res := eraseIn(t, s)
	if out, err := s.Undo(ctx, res.Txn, Act{}); err != nil || out.Rows != 0 || len(out.Kept) != 1 {
		t.Errorf("undo of the erasure: %+v %v", out, err)
	}
	if _, err := s.Undo(ctx, edit.Txn, Act{}); err != nil {
		t.Fatal(err)
	}
	clean(t, s)
	for {
		if _, err := s.Undo(ctx, data.NoID, Act{}); data.KindOf(err) == data.NotFound {
			break
		} else if err != nil {
			t.Fatal(err)
		}
		verified(t, s)
	}
	for {
		if _, err := s.Redo(ctx, Act{}); data.KindOf(err) == data.NotFound {
			break
		} else if err != nil {
			t.Fatal(err)
		}
		verified(t, s)
	}
	act(t, s, Act{What: "Back"}, putting(data.KindPerson, erasedPerson, data.Values{"role": data.RoleRep}))
	clean(t, s)
	for name, fn := range map[string]func(*Tx) error{
		"removing":  func(tx *Tx) error { return tx.Delete(data.KindRedaction, soakID("redaction", 1)) },
		"narrowing": putting(data.KindRedaction, soakID("redaction", 1), data.Values{"cells": "email"}),
	} {
		if _, err := s.Write(ctx, Act{What: name}, fn); data.KindOf(err) != data.Refused {
			t.Errorf("%s the erasure: %v", name, err)
		}
	}
}

// A redaction whose record another book deleted is obeyed all the same.
func TestErasureOutlivesItsRecord(t *testing.T) {
	s := create(t, BookInfo{})
	makePerson(t, s)
	other := create(t, BookInfo{ID: s.BookID()})
	send(t, s, other)
	eraseIn(t, s)
	var made oplog.Dot
	if err := s.EachOp(context.Background(), nil, func(op *oplog.Op) error {
		if op.Kind == data.KindRedaction {
			made = op.Dot
		}
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	if _, err := mergeOps(s, peerOp(1, data.KindRedaction, soakID("redaction", 1), map[string]oplog.Cell{oplog.DeletedCell: value(`true`, made)})); err != nil {
		t.Fatal(err)
	}
	act(t, other, Act{What: "Change"}, putting(data.KindPerson, erasedPerson, data.Values{"email": "again@secret.example"}))
	send(t, other, s)
	clean(t, s)
}

// Values that were kept back come with a later file, unless they were erased.
func TestKeptBackIsFilledInUnlessErased(t *testing.T) {
	ctx := context.Background()
	source := signedBook(t, "s")
	makePerson(t, source)
	for name, erase := range map[string]bool{"told": false, "erased": true} {
		t.Run(name, func(t *testing.T) {
			s := signedBook(t, "t")
			act(t, s, Act{What: "Merge"}, func(tx *Tx) error {
				m := tx.Merger()
				err := source.ReadLog(ctx, LogReader{Txn: m.Txn, Op: m.Op, Hide: func(op *oplog.Op) []string { return []string{"email", "phone", "note"} }})
				if err != nil {
					return err
				}
				return m.Finish()
			})
			verified(t, s)
			if erase {
				eraseIn(t, s)
			}
			send(t, source, s)
			verified(t, s)
			if has := get(t, s, data.KindPerson, erasedPerson).Has("email"); has == erase {
				t.Errorf("the email is there: %t", has)
			}
			if erase {
				clean(t, s)
			} else {
				sameDumps(t, source, s)
			}
		})
	}
}

// One step may take in a redaction and then a file from before it, which tells
// values that had been kept back of the same op.
func TestErasureAndFillingInOneStep(t *testing.T) {
	ctx := context.Background()
	source := signedBook(t, "s")
	makePerson(t, source)
	eraser := signedBook(t, "e")
	send(t, source, eraser)
	act(t, eraser, Act{What: "Erase"}, putting(data.KindRedaction, soakID("redaction", 1), data.Values{"kind": data.KindPerson, "row": erasedPerson.String(), "cells": "name;custom.shoe"}))
	s := signedBook(t, "t")
	take := func(tx *Tx, from *Store, hide func(*oplog.Op) []string) error {
		m := tx.Merger()
		if err := from.ReadLog(ctx, LogReader{Txn: m.Txn, Op: m.Op, Hide: hide}); err != nil {
			return err
		}
		return m.Finish()
	}
	act(t, s, Act{What: "Merge"}, func(tx *Tx) error {
		return take(tx, source, func(*oplog.Op) []string { return []string{"email"} })
	})
	act(t, s, Act{What: "Merge"}, func(tx *Tx) error {
		if err := take(tx, eraser, nil); err != nil {
			return err
		}
		return take(tx, source, nil)
	})
	sameDumps(t, eraser, s)
	verified(t, s)
	if row := get(t, s, data.KindPerson, erasedPerson); row.Text("name") == secret || !row.Has("email") {
		t.Errorf("the row shows %v", row.Values)
	}
}
