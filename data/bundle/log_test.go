package bundle

import (
	"crypto/ed25519"
	"encoding/json"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"fieldbook/data"
	"fieldbook/data/oplog"
)

// Signer signs with a key made from a seed.
type Signer struct{ key ed25519.PrivateKey }

// NewSigner makes the n-th signer.
func NewSigner(n byte) Signer {
	return Signer{ed25519.NewKeyFromSeed(slices.Repeat([]byte{n}, ed25519.SeedSize))}
}

// Public is the signer's key.
func (s Signer) Public() ed25519.PublicKey { return s.key.Public().(ed25519.PublicKey) }

// Sign signs a message.
func (s Signer) Sign(message []byte) []byte { return ed25519.Sign(s.key, message) }

// Log is a small log in which every act is signed.
type Log struct {
	txns []oplog.Txn
	ops  []*oplog.Op // of one act behind the other
}

// act adds a signed act of n ops of replica a.
func (l *Log) act(n int, words string, stamp oplog.Stamp) {
	first := uint64(len(l.ops) + 1)
	t := oplog.Txn{
		ID: data.ImportedID("test", "act", words), Replica: replicaA, Author: data.ImportedID("test", "", "ann"), Name: "Ann “A”", Device: "laptop",
		Day: data.NewDay(1969, 12, 30) + data.Day(len(l.txns)), Stamp: stamp, What: words, First: first, Count: uint64(n),
	}
	if n == 0 {
		t.Day = data.NoDay
	}
	tree := oplog.Tree{Count: uint64(n), Leaves: map[uint64]oplog.Hash{}}
	for i := range n {
		op := &oplog.Op{Dot: oplog.Dot{Replica: replicaA, Seq: first + uint64(i)}, Stamp: stamp, Txn: t.ID, Kind: "deal", Row: data.ImportedID("test", words, string(rune('a'+i%20))), Cells: map[string]oplog.Cell{
			"note":   {Value: json.RawMessage(`"` + words + ` é\u00e9"`)},
			"amount": {Value: json.RawMessage(`{"amount": 1.50,"currency":"USD"}`), Overwrites: []oplog.Dot{{Replica: replicaB, Seq: uint64(i) + 1}, {Replica: replicaB, Seq: 900}}},
			"a\"é <": {Value: json.RawMessage(`null`)},
		}}
		if i%2 == 0 {
			op.Under = []oplog.Dot{{Replica: replicaB, Seq: 7}}
		}
		tree.Leaves[uint64(i)] = op.Leaf()
		l.ops = append(l.ops, op)
	}
	for i := range len(l.txns) {
		t.Basis = append(t.Basis, l.txns[i].ID)
	}
	root, _ := tree.Root()
	t.Sign(NewSigner(7), root)
	l.txns = append(l.txns, t)
}

// SmallLog has acts of no, one and several ops, that of none without a day.
func SmallLog() *Log {
	l := &Log{}
	for i, words := range []string{"Import 13 deals", "Move Rangreen", "Look at nothing", "Change both"} {
		l.act([]int{13, 1, 0, 2}[i], words, oplog.Stamp(i+5)<<15)
	}
	return l
}

// Part says what a file tells of a log.
type Part struct {
	Told   func(seq uint64) bool
	Hidden func(seq uint64, cell string) bool
	Erased []string // words of all acts
}

// Of makes what a file holds of the part.
func (p Part) Of(l *Log) held {
	m := manifest()
	m.Scope, m.ScopeOf, m.Founder = ScopeRep, rowID, NewSigner(9).Public()
	out := held{manifest: &m, runs: map[data.ID]oplog.Ranges{replicaA: {{From: 1, To: 3}, {From: 5, To: 400}}, replicaB: {{From: 2, To: 2}}}}
	for _, t := range l.txns {
		out.txns = append(out.txns, p.act(l, t))
	}
	for _, op := range l.ops {
		if p.Told(op.Seq) {
			out.ops = append(out.ops, p.op(op))
		}
	}
	return out
}

func (p Part) act(l *Log, t oplog.Txn) toldTxn {
	tree := oplog.Tree{Count: t.Count, Leaves: map[uint64]oplog.Hash{}}
	var told []uint64
	for _, op := range l.ops {
		if op.Txn != t.ID {
			continue
		}
		tree.Leaves[op.Seq-t.First] = op.Leaf()
		if p.Told(op.Seq) {
			told = append(told, op.Seq-t.First)
		}
	}
	for _, word := range p.Erased {
		if t.Erased == nil {
			t.Erased = map[string]oplog.Hash{}
		}
		text := map[string]*string{oplog.WordName: &t.Name, oplog.WordDevice: &t.Device, oplog.WordWhat: &t.What}[word]
		t.Erased[word] = oplog.HashValue([]byte(*text))
		*text = ""
	}
	rest, ok := tree.Rest(told)
	if !ok {
		panic("a whole act lacks hashes")
	}
	return toldTxn{t, rest}
}

func (p Part) op(op *oplog.Op) *oplog.Op {
	out := *op
	out.Cells = map[string]oplog.Cell{}
	for name, c := range op.Cells {
		if p.Hidden != nil && p.Hidden(op.Seq, name) {
			if out.Hidden == nil {
				out.Hidden = map[string]oplog.HiddenCell{}
			}
			out.Hidden[name] = oplog.HiddenCell{Value: oplog.HashValue(c.Value), Overwrites: c.Overwrites}
			continue
		}
		out.Cells[name] = c
	}
	return &out
}

// Write makes the file of a part; one for certain devices is an invitation too.
func (p Part) Write(t testing.TB, l *Log, o WriteOptions) []byte {
	t.Helper()
	h := p.Of(l)
	if len(o.Lock.Recipients) > 0 {
		h.manifest.Invite = &Invite{Person: rowID, Name: "Bo", Role: "rep", Sees: "his “own” deals", Secret: "s3cr3t"}
	}
	return writtenWith(t, h, o)
}

// Parts are typical parts of SmallLog.
func Parts() map[string]Part {
	all := func(uint64) bool { return true }
	return map[string]Part{
		"all":            {Told: all},
		"nothing":        {Told: func(uint64) bool { return false }},
		"one":            {Told: func(seq uint64) bool { return seq == 6 }},
		"scattered":      {Told: func(seq uint64) bool { return seq%3 == 0 }},
		"a value hidden": {Told: all, Hidden: func(_ uint64, cell string) bool { return cell == "note" }},
		"all hidden":     {Told: func(seq uint64) bool { return seq > 2 }, Hidden: func(uint64, string) bool { return true }},
		"words erased":   {Told: func(seq uint64) bool { return seq < 9 }, Erased: []string{oplog.WordName, oplog.WordDevice, oplog.WordWhat}},
	}
}

// verify checks the signatures of all acts of a file, as a book does that holds
// nothing else.
func (h *held) verify() error {
	for _, t := range h.txns {
		tree := oplog.Tree{Count: t.Count, Leaves: map[uint64]oplog.Hash{}}
		var told []uint64
		for _, op := range h.ops {
			if op.Txn == t.ID {
				tree.Leaves[op.Seq-t.First] = op.Leaf()
				told = append(told, op.Seq-t.First)
			}
		}
		if !tree.Complete(told, t.rest) {
			return data.Errorf(data.Invalid, "%d hashes do not complete %v of %d", len(t.rest), told, t.Count)
		}
		root, _ := tree.Root()
		if err := t.Verify(root); err != nil {
			return err
		}
	}
	return nil
}

func TestPartsAreReadAsWritten(t *testing.T) {
	for name, p := range Parts() {
		t.Run(name, func(t *testing.T) {
			want := p.Of(SmallLog())
			got, err := readAll(writtenWith(t, want, WriteOptions{}))
			if err != nil {
				t.Fatal(err)
			}
			sameHeld(t, *got, want)
			if err := got.verify(); err != nil {
				t.Error(err)
			}
		})
	}
}

// Any part of any log keeps its signatures.
func TestAnyPartKeepsItsSignatures(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		l := &Log{}
		for i := range rapid.IntRange(1, 3).Draw(t, "acts") {
			l.act(rapid.IntRange(0, 40).Draw(t, "ops"), string(rune('a'+i)), 5<<15)
		}
		some := rapid.Uint64().Draw(t, "told")
		p := Part{
			Told:   func(seq uint64) bool { return some>>(seq%64)&1 == 1 },
			Hidden: func(seq uint64, cell string) bool { return some>>((seq+uint64(len(cell)))%64)&1 == 1 },
		}
		want := p.Of(l)
		got, err := readAll(writtenWith(t, want, WriteOptions{}))
		if err != nil {
			t.Fatal(err)
		}
		sameHeld(t, *got, want)
		if err := got.verify(); err != nil {
			t.Fatal(err)
		}
	})
}
