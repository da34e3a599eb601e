package oplog

import (
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"slices"
	"strings"

	"fieldbook/data"
)

// Hash is a SHA-256 sum.
type Hash [sha256.Size]byte

// String is the hash in lower-case hexadecimal.
func (h Hash) String() string { return hex.EncodeToString(h[:]) }

// ParseHash reads what String wrote.
func ParseHash(s string) (h Hash, err error) {
	if len(s) != 2*len(h) {
		return h, unsound("a fingerprint has %d signs", len(s))
	}
	if _, err := hex.Decode(h[:], []byte(s)); err != nil {
		return h, unsound("a fingerprint is no number")
	}
	return h, nil
}

// What is hashed says first what it is, so that no hash of one thing can be
// taken for another's.
const (
	valueDomain = "fieldbook value 1\x00"
	opDomain    = "fieldbook op 1\x00"
	actDomain   = "fieldbook act 1\x00"
)

// HashValue is the hash that stands for a value which is not told: a cell kept
// back or erased, or a word of an act.
func HashValue(value []byte) Hash {
	var room [512]byte
	return sha256.Sum256(append(append(room[:0], valueDomain...), value...))
}

// digest gathers numbers and texts, each text behind its length, to be hashed.
type digest []byte

func (d *digest) number(n uint64) { *d = binary.BigEndian.AppendUint64(*d, n) }
func (d *digest) id(id data.ID)   { *d = append(*d, id[:]...) }
func (d *digest) hash(h Hash)     { *d = append(*d, h[:]...) }

func (d *digest) text(s string) {
	d.number(uint64(len(s)))
	*d = append(*d, s...)
}

func (d *digest) dots(dots []Dot) {
	d.number(uint64(len(dots)))
	for _, x := range dots {
		d.id(x.Replica)
		d.number(x.Seq)
	}
}

func (d *digest) begin(op *Op, cells int) {
	*d = append((*d)[:0], opDomain...)
	d.id(op.Replica)
	d.number(op.Seq)
	d.id(op.Row)
	d.text(op.Kind)
	d.number(uint64(cells))
}

// Leaf is the hash of an op: of its dot, row, kind, what it overwrites and what
// it stands on, and of each cell's name and the hash of its value. A value that
// is not told leaves it the same.
func (op *Op) Leaf() Hash {
	var room [1024]byte
	d := digest(room[:0])
	names := make([]string, 0, len(op.Cells)+len(op.Hidden))
	for name := range op.Cells {
		names = append(names, name)
	}
	for name := range op.Hidden {
		names = append(names, name)
	}
	slices.Sort(names)
	d.begin(op, len(names))
	for _, name := range names {
		d.text(name)
		if c, told := op.Cells[name]; told {
			d.hash(HashValue(c.Value))
			d.dots(c.Overwrites)
			continue
		}
		hidden := op.Hidden[name]
		d.hash(hidden.Value)
		d.dots(hidden.Overwrites)
	}
	d.dots(op.Under)
	return sha256.Sum256(d)
}

// NewCell is a cell of an op that made its row and so overwrites nothing.
type NewCell struct {
	Name  string
	Value []byte
}

// Leafs hashes ops that made rows, one after another, in the same room.
type Leafs struct{ room digest }

// Of is the Leaf of an op with these cells, which it brings into order, and no
// others.
func (l *Leafs) Of(op *Op, cells []NewCell) Hash {
	slices.SortFunc(cells, func(a, b NewCell) int { return strings.Compare(a.Name, b.Name) })
	l.room.begin(op, len(cells))
	for _, c := range cells {
		l.room.text(c.Name)
		l.room.hash(HashValue(c.Value))
		l.room.dots(nil)
	}
	l.room.dots(nil)
	return sha256.Sum256(l.room)
}

// Node is the hash of two neighbours in the tree of an act's ops (RFC 9162,
// section 2.1.1).
func Node(left, right Hash) Hash {
	var b [1 + 2*sha256.Size]byte
	b[0] = 1
	copy(b[1:], left[:])
	copy(b[1+sha256.Size:], right[:])
	return sha256.Sum256(b[:])
}

// Span is a run of an act's ops, counted from 0.
type Span struct{ From, Count uint64 }

// Split cuts a span where RFC 9162 does: behind the largest power of two that
// is smaller than it.
func (s Span) Split() (left, right Span) {
	k := uint64(1)
	for k<<1 < s.Count {
		k <<= 1
	}
	return Span{s.From, k}, Span{s.From + k, s.Count - k}
}

// Tree is what is known of an act's ops: the hashes of some of them and of
// whole spans of others.
type Tree struct {
	Count  uint64
	Leaves map[uint64]Hash
	Spans  map[Span]Hash
}

// Root is the hash over all ops; ok is false where too little is known.
func (t *Tree) Root() (Hash, bool) {
	if t.Count == 0 {
		return sha256.Sum256(nil), true
	}
	return t.Of(Span{0, t.Count})
}

// Of is the hash over a span; ok is false where too little of it is known.
func (t *Tree) Of(s Span) (Hash, bool) {
	if h, ok := t.Spans[s]; ok {
		return h, true
	}
	if s.Count == 1 {
		h, ok := t.Leaves[s.From]
		return h, ok
	}
	l, r := s.Split()
	left, ok := t.Of(l)
	if !ok {
		return Hash{}, false
	}
	right, ok := t.Of(r)
	return Node(left, right), ok
}

// Gaps lists the spans of an act that lack every op told: from left to right,
// each as large as can be. told lists their places in rising order.
func Gaps(count uint64, told []uint64) []Span {
	if count == 0 {
		return nil
	}
	return gaps(Span{0, count}, told, nil)
}

func gaps(s Span, told []uint64, out []Span) []Span {
	from, _ := slices.BinarySearch(told, s.From)
	to, _ := slices.BinarySearch(told, s.From+s.Count)
	switch told = told[from:to]; {
	case uint64(len(told)) == s.Count:
		return out
	case len(told) == 0:
		return append(out, s)
	}
	l, r := s.Split()
	return gaps(r, told, gaps(l, told, out))
}

// Rest lists the hashes of the gaps between the ops told. Who holds those ops
// and these hashes can compute the root; ok is false where too little is known.
func (t *Tree) Rest(told []uint64) (rest []Hash, ok bool) {
	for _, gap := range Gaps(t.Count, told) {
		h, ok := t.Of(gap)
		if !ok {
			return nil, false
		}
		rest = append(rest, h)
	}
	return rest, true
}

// Complete puts the hashes that Rest gave into the tree, where they belong for
// the ops told. It is false where they are too few or too many.
func (t *Tree) Complete(told []uint64, rest []Hash) bool {
	spans := Gaps(t.Count, told)
	if len(spans) != len(rest) {
		return false
	}
	if t.Spans == nil {
		t.Spans = make(map[Span]Hash, len(rest))
	}
	for i, s := range spans {
		t.Spans[s] = rest[i]
	}
	return true
}
