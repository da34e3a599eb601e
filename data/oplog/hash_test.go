package oplog

import (
	"crypto/ed25519"
	"encoding/json"
	"maps"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"fieldbook/data"
)

func leafOf(n uint64) Hash { return HashValue([]byte{byte(n), byte(n >> 8)}) }

// TestTreeOfPartsIsTheWhole tells any part of an act's ops with the rest as
// hashes: the root stays the same, and a second part told later adds up.
func TestTreeOfPartsIsTheWhole(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		count := rapid.Uint64Range(1, 200).Draw(t, "count")
		all := &Tree{Count: count, Leaves: map[uint64]Hash{}}
		for i := range count {
			all.Leaves[i] = leafOf(i)
		}
		root, ok := all.Root()
		if !ok {
			t.Fatal("a whole tree has no root")
		}
		held := &Tree{Count: count, Leaves: map[uint64]Hash{}}
		for range rapid.IntRange(1, 3).Draw(t, "parts") {
			told := slices.Sorted(maps.Keys(rapid.MapOf(rapid.Uint64Range(0, count-1), rapid.Just(true)).Draw(t, "told")))
			rest, ok := all.Rest(told)
			if !ok {
				t.Fatal("a whole tree lacks hashes")
			}
			got := &Tree{Count: count, Leaves: map[uint64]Hash{}}
			for _, i := range told {
				got.Leaves[i] = leafOf(i)
			}
			if !got.Complete(told, rest) {
				t.Fatalf("%d hashes do not complete %v of %d", len(rest), told, count)
			}
			if r, ok := got.Root(); !ok || r != root {
				t.Fatalf("the root over %v of %d is another one", told, count)
			}
			if got := (&Tree{Count: count, Leaves: got.Leaves}); len(rest) > 0 && got.Complete(told, rest[1:]) {
				t.Fatal("a tree that lacks a hash is taken for complete")
			}
			maps.Copy(held.Leaves, got.Leaves)
			if held.Spans == nil {
				held.Spans = map[Span]Hash{}
			}
			maps.Copy(held.Spans, got.Spans)
		}
		// What was told in any part can be told on, alone.
		told := slices.Sorted(maps.Keys(held.Leaves))
		if len(told) > 1 {
			told = told[:1+rapid.IntRange(0, len(told)-1).Draw(t, "relayed")]
		}
		if rest, ok := held.Rest(told); !ok {
			t.Fatalf("%v cannot be told on: %d hashes", told, len(rest))
		}
	})
}

func sampleOp() *Op {
	return &Op{
		Dot: Dot{data.ImportedID("t", "replica", "a"), 7}, Stamp: 5, Txn: data.ImportedID("t", "txn", "a"), Kind: "person", Row: data.ImportedID("t", "row", "a"),
		Cells: map[string]Cell{
			"name": {Value: json.RawMessage(`"Ada"`)},
			"note": {Value: json.RawMessage(`"secret"`), Overwrites: []Dot{{data.ImportedID("t", "replica", "b"), 3}}},
		},
		Under: []Dot{{data.ImportedID("t", "replica", "b"), 1}},
	}
}

func TestHiddenCellLeavesTheHash(t *testing.T) {
	op := sampleOp()
	whole := op.Leaf()
	note := op.Cells["note"]
	delete(op.Cells, "note")
	if op.Leaf() == whole {
		t.Error("a cell that is gone goes unnoticed")
	}
	op.Hidden = map[string]HiddenCell{"note": {HashValue(note.Value), note.Overwrites}}
	if op.Leaf() != whole {
		t.Error("hiding a value changes the hash")
	}
	op.Hidden["note"] = HiddenCell{HashValue(note.Value), nil}
	if op.Leaf() == whole {
		t.Error("what a hidden value overwrites is not in the hash")
	}
}

func TestEveryPartOfAnOpIsInItsHash(t *testing.T) {
	whole := sampleOp().Leaf()
	for name, change := range map[string]func(*Op){
		"replica":    func(op *Op) { op.Replica[0]++ },
		"seq":        func(op *Op) { op.Seq++ },
		"row":        func(op *Op) { op.Row[0]++ },
		"kind":       func(op *Op) { op.Kind = "deal" },
		"value":      func(op *Op) { op.Cells["name"] = Cell{Value: json.RawMessage(`"Bob"`)} },
		"cell":       func(op *Op) { op.Cells["title"] = Cell{Value: json.RawMessage(`1`)} },
		"overwrites": func(op *Op) { op.Cells["name"] = Cell{Value: json.RawMessage(`"Ada"`), Overwrites: op.Under} },
		"under":      func(op *Op) { op.Under = nil },
	} {
		op := sampleOp()
		change(op)
		if op.Leaf() == whole {
			t.Errorf("%s can change unnoticed", name)
		}
	}
}

// keySigner signs with a key made from a seed.
type keySigner struct{ key ed25519.PrivateKey }

func newSigner(seed byte) keySigner {
	return keySigner{ed25519.NewKeyFromSeed(slices.Repeat([]byte{seed}, ed25519.SeedSize))}
}

func (s keySigner) Public() ed25519.PublicKey  { return s.key.Public().(ed25519.PublicKey) }
func (s keySigner) Sign(message []byte) []byte { return ed25519.Sign(s.key, message) }

func sampleTxn() *Txn {
	return &Txn{
		ID: data.ImportedID("t", "txn", "a"), Replica: data.ImportedID("t", "replica", "a"), Author: data.ImportedID("t", "person", "a"), Name: "Ada", Device: "laptop",
		Day: 20000, Stamp: 5, What: "Move Rangreen to Proposal", First: 7, Count: 1, Basis: []data.ID{data.ImportedID("t", "txn", "0")},
	}
}

func TestSignatureCoversTheAct(t *testing.T) {
	root := leafOf(1)
	signed := sampleTxn()
	signed.Sign(newSigner(1), root)
	if err := signed.Verify(root); err != nil {
		t.Fatal(err)
	}
	if err := signed.Check(); err != nil {
		t.Fatal(err)
	}
	for name, change := range map[string]func(*Txn){
		"id":     func(x *Txn) { x.ID[0]++ },
		"author": func(x *Txn) { x.Author[0]++ },
		"name":   func(x *Txn) { x.Name = "Bob" },
		"device": func(x *Txn) { x.Device = "phone" },
		"what":   func(x *Txn) { x.What = "Move it back" },
		"day":    func(x *Txn) { x.Day-- },
		"stamp":  func(x *Txn) { x.Stamp++ },
		"basis":  func(x *Txn) { x.Basis = nil },
		"first":  func(x *Txn) { x.First++ },
		"count":  func(x *Txn) { x.Count++ },
		"undo":   func(x *Txn) { x.UndoOf = x.ID },
		"key":    func(x *Txn) { x.Key = newSigner(2).Public() },
	} {
		forged := *signed
		change(&forged)
		if forged.Verify(root) == nil {
			t.Errorf("%s can be forged", name)
		}
	}
	if signed.Verify(leafOf(2)) == nil {
		t.Error("the ops can be forged")
	}
	erased := *signed
	erased.Name, erased.Erased = "", map[string]Hash{WordName: HashValue([]byte("Ada"))}
	if err := erased.Verify(root); err != nil {
		t.Errorf("an erased name breaks the signature: %v", err)
	}
	if !erased.Equal(signed) {
		t.Error("an erased name makes it another act")
	}
}

func TestLeafsAreTheLeafOfAnOpThatMadeItsRow(t *testing.T) {
	op := sampleOp()
	op.Under = nil
	var cells []NewCell
	for name, c := range op.Cells {
		op.Cells[name] = Cell{Value: c.Value}
		cells = append(cells, NewCell{name, c.Value})
	}
	var l Leafs
	for range 2 {
		if l.Of(op, cells) != op.Leaf() {
			t.Fatal("the two ways to hash an op differ")
		}
	}
}
