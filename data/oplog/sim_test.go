package oplog

import (
	"bytes"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"fieldbook/data"
)

// world is 3 to 5 books that edit a few rows and send each other what they
// hold; files are dropped, doubled and reordered, clocks are off by years.
type world struct {
	t     *rapid.T
	books []*simBook
	wrote int
	clock data.Instant
}

type simBook struct {
	*Book
	me     data.ID
	seq    uint64
	clock  *Clock
	off    data.Instant // how wrong its clock is
	cells  []string     // those that its version of the schema knows
	inbox  [][]*Op      // files on their way
	backup []*Op
}

func simID(kind string, n int) data.ID { return data.ImportedID("sim", kind, fmt.Sprint(n)) }

const tenYears = 10 * 365 * 24 * time.Hour

func newWorld(t *rapid.T) *world {
	w := &world{t: t, clock: 1_700_000_000_000}
	schemas := [][]string{{"a"}, {"a", "b"}, {"a", "b", "new"}}
	for i := range rapid.IntRange(3, 5).Draw(t, "books") {
		off := rapid.Int64Range(-tenYears.Milliseconds(), tenYears.Milliseconds()).Draw(t, "clock off")
		w.books = append(w.books, &simBook{
			Book: NewBook(), me: simID("replica", i), clock: NewClock(0), off: data.Instant(off),
			cells: rapid.SampledFrom(schemas).Draw(t, "schema"),
		})
	}
	return w
}

func (b *simBook) now(w *world) data.Instant { return w.clock + b.off }

// log is all that a book holds, in the order of dots.
func (b *simBook) log() []*Op {
	return slices.SortedFunc(maps.Values(b.ops), func(x, y *Op) int { return x.Compare(y.Dot) })
}

func (b *simBook) take(w *world, ops []*Op) {
	for _, op := range ops {
		b.clock.Observe(op.Stamp, b.now(w))
		b.Apply(op)
	}
}

// write logs an edit that overwrites what the book sees of the cells.
func (b *simBook) write(w *world, row data.ID, values map[string]string) {
	b.seq++
	op := &Op{Dot: Dot{b.me, b.seq}, Stamp: b.clock.Next(b.now(w)), Txn: simID("txn", w.wrote), Kind: "deal", Row: row, Cells: map[string]Cell{}}
	w.wrote++
	for name, v := range values {
		c := Cell{Value: json.RawMessage(v)}
		if state := b.Row(row); state != nil {
			if reg := state.Cells[name]; reg != nil {
				for _, e := range reg.Live {
					c.Overwrites = append(c.Overwrites, e.Dot)
				}
			}
			if name == DeletedCell && v == "true" {
				c.Overwrites = append(c.Overwrites, state.Content()...)
			}
		}
		op.Cells[name] = c
	}
	if err := op.Check(); err != nil {
		w.t.Fatalf("an honest op is refused: %v", err)
	}
	b.Apply(op)
}

func (w *world) step() {
	t := w.t
	w.clock += data.Instant(rapid.IntRange(0, 5).Draw(t, "wait"))
	b := rapid.SampledFrom(w.books).Draw(t, "book")
	row := simID("row", rapid.IntRange(0, 2).Draw(t, "row"))
	switch rapid.SampledFrom([]string{"edit", "edit", "edit", "both", "delete", "revive", "send", "send", "receive", "receive", "back up", "restore"}).Draw(t, "do") {
	case "edit":
		b.write(w, row, map[string]string{rapid.SampledFrom(b.cells).Draw(t, "cell"): fmt.Sprint(rapid.IntRange(0, 3).Draw(t, "value"))})
	case "both":
		values := map[string]string{}
		for _, name := range b.cells {
			values[name] = fmt.Sprint(rapid.IntRange(0, 3).Draw(t, "value"))
		}
		b.write(w, row, values)
	case "delete":
		b.write(w, row, map[string]string{DeletedCell: "true"})
	case "revive":
		b.write(w, row, map[string]string{DeletedCell: "null"})
	case "send":
		to := rapid.SampledFrom(w.books).Draw(t, "to")
		file := slices.DeleteFunc(b.log(), func(*Op) bool { return rapid.IntRange(0, 9).Draw(t, "scope") == 0 })
		to.inbox = append(to.inbox, file)
	case "receive":
		b.receive(w)
	case "back up":
		b.backup = b.log()
	case "restore":
		// A restored book is a new replica; what came since is lost here.
		b.Book, b.me, b.seq = NewBook(), simID("restored", w.wrote), 0
		w.wrote++
		b.take(w, b.backup)
	}
}

func (b *simBook) receive(w *world) {
	if len(b.inbox) == 0 {
		return
	}
	i := rapid.IntRange(0, len(b.inbox)-1).Draw(w.t, "file")
	file := b.inbox[i]
	if rapid.Bool().Draw(w.t, "shuffled") {
		file = rapid.Permutation(file).Draw(w.t, "order")
	}
	b.take(w, file)
	if rapid.IntRange(0, 2).Draw(w.t, "once more") > 0 {
		b.inbox = slices.Delete(b.inbox, i, i+1)
	}
}

// settle sends everything to everyone.
func (w *world) settle() {
	var all []*Op
	for _, b := range w.books {
		all = append(all, b.log()...)
	}
	for _, b := range w.books {
		b.take(w, rapid.Permutation(all).Draw(w.t, "last file"))
	}
}

// simDump is a book's state in a canonical form.
func simDump(b *Book) string {
	var sb strings.Builder
	for _, id := range b.Rows() {
		fmt.Fprintf(&sb, "%s %d\n", id, b.Deletion(id))
		row := b.Row(id)
		for _, name := range slices.Sorted(maps.Keys(row.Cells)) {
			reg := row.Cells[name]
			live := slices.Clone(reg.Live)
			slices.SortFunc(live, Entry.Compare)
			best, _ := reg.Winner()
			fmt.Fprintf(&sb, "  %s = %s %v conflict %t live %v\n", name, best.Value, best.Dot, InConflict(reg.Live), live)
		}
	}
	return sb.String()
}

// checkBook works the state out again from the definition: a value lives unless
// some op overwrites its dot in its cell; the winner is the greatest.
func checkBook(t *rapid.T, b *Book) {
	gone := map[data.ID]map[string]map[Dot]bool{}
	for _, op := range b.ops {
		for name, c := range op.Cells {
			if gone[op.Row] == nil {
				gone[op.Row] = map[string]map[Dot]bool{}
			}
			if gone[op.Row][name] == nil {
				gone[op.Row][name] = map[Dot]bool{}
			}
			for _, d := range c.Overwrites {
				gone[op.Row][name][d] = true
			}
		}
	}
	for _, id := range b.Rows() {
		for name, reg := range b.Row(id).Cells {
			var want []Entry
			for _, op := range b.ops {
				if c, ok := op.Cells[name]; ok && op.Row == id && !gone[id][name][op.Dot] {
					want = append(want, Entry{op.Dot, op.Stamp, c.Value})
				}
			}
			checkRegister(t, reg, want)
		}
	}
}

func checkRegister(t *rapid.T, reg *Register, want []Entry) {
	slices.SortFunc(want, Entry.Compare)
	live := slices.SortedFunc(slices.Values(reg.Live), Entry.Compare)
	if !slices.EqualFunc(live, want, func(a, b Entry) bool { return a.Dot == b.Dot && bytes.Equal(a.Value, b.Value) }) {
		t.Fatalf("live are %v, should be %v", live, want)
	}
	if len(want) == 0 {
		return
	}
	best, _ := reg.Winner()
	if last := want[len(want)-1]; best.Dot != last.Dot {
		t.Fatalf("%v wins, not the greatest %v", best, last)
	}
	for _, loser := range want {
		if !bytes.Equal(loser.Value, best.Value) && !InConflict(reg.Live) {
			t.Fatalf("%v lost to %v and is not in the inbox", loser, best)
		}
	}
}

// simulate lets books drift apart and together again; all come out alike.
func simulate(t *rapid.T) {
	w := newWorld(t)
	for range rapid.IntRange(1, 40).Draw(t, "steps") {
		w.step()
	}
	for _, b := range w.books {
		checkBook(t, b.Book)
	}
	w.settle()
	want := simDump(w.books[0].Book)
	for _, b := range w.books[1:] {
		if got := simDump(b.Book); got != want {
			t.Fatalf("books differ:\n%s\n%s", want, got)
		}
	}
	checkBook(t, w.books[0].Book)
}

// mergeLaws: merging is commutative, associative and idempotent. A merge is
// applying one book's log to another.
func mergeLaws(t *rapid.T) {
	w := newWorld(t)
	for range rapid.IntRange(1, 25).Draw(t, "steps") {
		w.step()
	}
	a, b, c := w.books[0].log(), w.books[1].log(), w.books[2].log()
	state := func(logs ...[]*Op) string {
		out := NewBook()
		for _, log := range logs {
			for _, op := range log {
				out.Apply(op)
			}
		}
		return simDump(out)
	}
	merged := func(x, y []*Op) []*Op { return append(slices.Clone(x), y...) }
	if x, y := state(a, b), state(b, a); x != y {
		t.Fatalf("not commutative:\n%s\n%s", x, y)
	}
	if x, y := state(merged(a, b), c), state(a, merged(b, c)); x != y {
		t.Fatalf("not associative:\n%s\n%s", x, y)
	}
	if x, y := state(b, c, a), state(a, b, c); x != y {
		t.Fatalf("not associative turned round:\n%s\n%s", x, y)
	}
	if x, y := state(a), state(a, a); x != y {
		t.Fatalf("not idempotent:\n%s\n%s", x, y)
	}
}

func TestRangesAreSets(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		draw := func(name string) (Ranges, map[uint64]bool) {
			var r Ranges
			set := map[uint64]bool{}
			for range rapid.IntRange(0, 12).Draw(t, name) {
				from := rapid.Uint64Range(1, 40).Draw(t, "from")
				to := from + rapid.Uint64Range(0, 5).Draw(t, "more")
				r = r.Add(from, to)
				for n := from; n <= to; n++ {
					set[n] = true
				}
			}
			return r, set
		}
		a, x := draw("a")
		b, y := draw("b")
		union, without := a.Union(b), a.Without(b)
		for n := range uint64(50) {
			if a.Has(n) != x[n] || union.Has(n) != (x[n] || y[n]) || without.Has(n) != (x[n] && !y[n]) {
				t.Fatalf("%d: %v %v union %v without %v", n, a, b, union, without)
			}
		}
		if int(a.Count()) != len(x) || int(union.Count()) < len(x) {
			t.Fatalf("%v counts %d", a, a.Count())
		}
		for i := 1; i < len(union); i++ {
			if union[i].From <= union[i-1].To+1 {
				t.Fatalf("%v has runs that touch", union)
			}
		}
	})
}

func TestClockOnlyGrowsAndIsNotDragged(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		c := NewClock(0)
		var last Stamp
		for range 20 {
			now := data.Instant(rapid.Int64Range(-1, 1<<50).Draw(t, "now"))
			foreign := Stamp(rapid.Int64Range(0, 1<<62).Draw(t, "foreign"))
			before := c.last
			ok := c.Observe(foreign, now)
			if far := foreign.Instant() > now+data.Instant(MaxAhead.Milliseconds()); far == ok || far && c.last != before {
				t.Fatalf("stamp of %v at %v: absorbed %t", foreign.Instant(), now, ok)
			}
			next := c.Next(now)
			if next <= last || ok && next <= foreign {
				t.Fatalf("%v after %v and %v", next, last, foreign)
			}
			last = next
		}
	})
}
