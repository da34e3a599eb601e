package oplog

import (
	"encoding/json"
	"testing"

	"pgregory.net/rapid"
)

func TestWithoutNothingIsTheFold(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		w := newWorld(t)
		for range rapid.IntRange(1, 25).Draw(t, "steps") {
			w.step()
		}
		for _, b := range w.books {
			if x, y := simDump(b.Book), simDump(Without(nil, b.log(), func(Dot) bool { return false })); x != y {
				t.Fatalf("folded\n%s\nnot\n%s", y, x)
			}
		}
	})
}

// Without the newest ops of one who knows all of the book it is what it was before them.
func TestWithoutWhatCameLast(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		w := newWorld(t)
		for range rapid.IntRange(1, 25).Draw(t, "steps") {
			w.step()
		}
		b := w.books[0]
		before, ops := simDump(b.Book), len(b.log())
		fresh := simID("fresh", 0)
		b.me, b.seq = fresh, 0
		for range rapid.IntRange(1, 5).Draw(t, "edits") {
			name := rapid.SampledFrom(append([]string{DeletedCell}, b.cells...)).Draw(t, "cell")
			b.write(w, simID("row", rapid.IntRange(0, 2).Draw(t, "row")), map[string]string{name: "true"})
		}
		got := Without(nil, b.log(), func(d Dot) bool { return d.Replica == fresh })
		if after := simDump(got); after != before || len(got.ops) != ops {
			t.Fatalf("left\n%s\nof\n%s", after, before)
		}
	})
}

func TestWithoutAnOpInBetween(t *testing.T) {
	row, me, other := simID("row", 0), simID("replica", 0), simID("replica", 1)
	dot := func(n uint64) Dot { return Dot{me, n} }
	op := func(d Dot, cells map[string]Cell) *Op {
		return &Op{Dot: d, Stamp: Stamp(d.Seq), Kind: "deal", Row: row, Cells: cells}
	}
	cell := func(v string, over ...Dot) Cell { return Cell{json.RawMessage(v), over} }
	first := op(dot(1), map[string]Cell{"a": cell("1"), "b": cell("1")})
	second := op(dot(2), map[string]Cell{"a": cell("2", dot(1)), "b": cell("2", dot(1))})
	for name, c := range map[string]struct {
		last     *Op
		a, b     string
		live     int
		deletion Deletion
	}{
		"a later edit replaces what it replaced": {op(dot(3), map[string]Cell{"a": cell("3", dot(2))}), "3", "1", 1, Present},
		"an edit that knew it not stands beside": {op(Dot{other, 3}, map[string]Cell{"a": cell("3")}), "3", "1", 2, Present},
		"a delete that saw it saw what it hid":   {op(Dot{other, 3}, map[string]Cell{DeletedCell: cell("true", dot(2))}), "1", "1", 1, Deleted},
	} {
		b := Without([]*Op{first}, []*Op{second, c.last}, func(d Dot) bool { return d == second.Dot })
		x, _ := b.Row(row).Cells["a"].Winner()
		y, _ := b.Row(row).Cells["b"].Winner()
		if string(x.Value) != c.a || string(y.Value) != c.b || len(b.Row(row).Cells["a"].Live) != c.live || b.Deletion(row) != c.deletion {
			t.Errorf("%s: a %s of %d, b %s, %d", name, x.Value, len(b.Row(row).Cells["a"].Live), y.Value, b.Deletion(row))
		}
	}
}

// A delete may have seen an op that came here later. What that op replaced is
// not seen while it is not here.
func TestWithoutLeavesWhatWasBefore(t *testing.T) {
	row, me, other := simID("row", 0), simID("replica", 0), simID("replica", 1)
	first := &Op{Dot: Dot{me, 1}, Kind: "deal", Row: row, Cells: map[string]Cell{"a": {Value: json.RawMessage("1")}}}
	late := &Op{Dot: Dot{other, 1}, Kind: "deal", Row: row, Cells: map[string]Cell{"a": {Value: json.RawMessage("2"), Overwrites: []Dot{first.Dot}}}}
	gone := &Op{Dot: Dot{other, 2}, Kind: "deal", Row: row, Cells: map[string]Cell{DeletedCell: {Value: json.RawMessage("true"), Overwrites: []Dot{late.Dot}}}}
	b := Without([]*Op{first, gone}, []*Op{late}, func(d Dot) bool { return d == late.Dot })
	if got := b.Deletion(row); got != Contested {
		t.Errorf("the row is %d", got)
	}
}
