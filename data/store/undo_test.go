package store

import (
	"context"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"fieldbook/data"
)

// visible is what a person sees of a book: its rows, without the inbox.
func (w *team) visible(m *member) []string {
	return slices.DeleteFunc(w.dump(m), func(l string) bool { return strings.HasPrefix(l, "conflict") })
}

// act edits a book or merges into it what another one wrote, who may know all,
// some or none of what happened meanwhile and may undo and redo too; it reports
// whether a step for undo came of it.
func (w *team) act(m, other *member) bool {
	ctx := context.Background()
	before, err := m.Steps(ctx, 1000)
	if err != nil {
		w.t.Fatal(err)
	}
	w.now = w.now.Add(time.Duration(rapid.IntRange(0, 2).Draw(w.t, "wait")) * time.Millisecond)
	if rapid.IntRange(0, 2).Draw(w.t, "merge") == 0 {
		if rapid.Bool().Draw(w.t, "tell") {
			w.merge(other, w.share(m))
		}
		for range rapid.IntRange(0, 3).Draw(w.t, "their acts") {
			w.theirs(other)
		}
		w.merge(m, w.share(other))
	} else if _, err := m.Write(ctx, Act{What: "Mine"}, w.drawEdit()); err != nil {
		w.t.Fatal(err)
	}
	after, err := m.Steps(ctx, 1000)
	if err != nil {
		w.t.Fatal(err)
	}
	return len(after) > 0 && (len(before) == 0 || after[0].Txn != before[0].Txn)
}

// theirs is what another book does meanwhile.
func (w *team) theirs(other *member) {
	ctx := context.Background()
	var err error
	switch rapid.SampledFrom([]string{"edit", "edit", "edit", "undo", "redo"}).Draw(w.t, "they") {
	case "edit":
		_, err = other.Write(ctx, Act{What: "Theirs"}, w.drawEdit())
	case "undo":
		_, err = other.Undo(ctx, data.NoID, Act{})
	case "redo":
		_, err = other.Redo(ctx, Act{})
	}
	if err != nil && data.KindOf(err) != data.NotFound {
		w.t.Fatal(err)
	}
}

// walk does, undoes and redoes at random; what is visible is that of a plain
// stack of states all the way.
func walk(t *rapid.T) {
	w := newTeam(t, 2)
	defer w.close()
	m, other := w.books[0], w.books[1]
	ctx := context.Background()
	states, at := [][]string{w.visible(m)}, 0
	for range rapid.IntRange(1, 25).Draw(t, "steps") {
		switch rapid.SampledFrom([]string{"act", "act", "undo", "undo", "redo"}).Draw(t, "do") {
		case "act":
			if w.act(m, other) {
				at++
				states = append(states[:at], w.visible(m))
			}
		case "undo":
			preview, previewErr := m.RehearseUndo(ctx, data.NoID, Act{})
			done, err := m.Undo(ctx, data.NoID, Act{})
			if (at == 0) != (data.KindOf(err) == data.NotFound && err != nil) || (err == nil) != (previewErr == nil) {
				t.Fatalf("undo at %d: %v, preview %v", at, err, previewErr)
			}
			if err == nil {
				at--
			}
			if preview.What != done.What || preview.Rows != done.Rows || !slices.Equal(preview.Kept, done.Kept) {
				t.Fatalf("previewed %+v, did %+v", preview, done)
			}
		case "redo":
			if _, err := m.Redo(ctx, Act{}); err == nil {
				at++
			} else if data.KindOf(err) != data.NotFound || at < len(states)-1 {
				t.Fatalf("redo at %d of %d: %v", at, len(states)-1, err)
			}
		}
		if got := w.visible(m); !slices.Equal(got, states[at]) {
			t.Fatalf("visible is\n%s\n\nnot\n%s", strings.Join(got, "\n"), strings.Join(states[at], "\n"))
		}
	}
	w.sound(m)
	// And the other one, who hears of it all, sees the same.
	w.merge(other, w.pack(m, nil))
	w.merge(m, w.pack(other, nil))
	if x, y := w.dump(m), w.dump(other); !slices.Equal(x, y) {
		t.Fatalf("books differ\n%v\n%v", x, y)
	}
}

func TestSoakUndoWalk(t *testing.T) { soak(t, 25, 10_000, walk) }
