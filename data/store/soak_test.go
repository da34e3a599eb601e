package store

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"fieldbook/data"
	"fieldbook/data/bundle"
	"fieldbook/data/datatest"
	"fieldbook/data/oplog"
)

// soak runs a property in few cases, or in the share of full that is asked for.
func soak(t *testing.T, few, full int, prop func(*rapid.T)) {
	t.Helper()
	datatest.Cases(t, datatest.Share(few, full))
	rapid.Check(t, prop)
}

// team is a few real books, each in a file, that swap real share files.
type team struct {
	t     *rapid.T
	dir   string
	now   time.Time
	books []*member
	files [][]byte // share files on their way
	count int
}

type member struct {
	*Store
	path   string
	off    time.Duration // how wrong its clock is
	backup string
}

const tenYears = 10 * 365 * 24 * time.Hour

func newTeam(t *rapid.T, n int) *team {
	dir, err := os.MkdirTemp("", "fieldbook-soak-")
	if err != nil {
		t.Fatal(err)
	}
	w := &team{t: t, dir: dir, now: time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC)}
	id := data.ImportedID("soak", "", "book")
	for i := range n {
		m := &member{path: filepath.Join(dir, fmt.Sprintf("%d.book", i)), off: time.Duration(rapid.Int64Range(int64(-tenYears), int64(tenYears)).Draw(t, "clock off"))}
		if m.Store, err = Create(context.Background(), m.path, BookInfo{ID: id}, w.options(m)); err != nil {
			t.Fatal(err)
		}
		w.books = append(w.books, m)
	}
	return w
}

func (w *team) options(m *member) Options {
	return Options{Device: filepath.Base(m.path), Now: func() time.Time { return w.now.Add(m.off) }, Signer: testSigner(filepath.Base(m.path))}
}

func (w *team) close() {
	for _, m := range w.books {
		if err := m.Close(); err != nil {
			w.t.Error(err)
		}
	}
	if err := os.RemoveAll(w.dir); err != nil {
		w.t.Error(err)
	}
}

func soakID(kind string, n int) data.ID { return data.ImportedID("soak", kind, fmt.Sprint(n)) }

// drawEdit is a change of one row: of a few kinds, fields and values, so that
// books often touch the same cell.
func (w *team) drawEdit() func(tx *Tx) error {
	t := w.t
	n := rapid.IntRange(0, 2).Draw(t, "row")
	text := rapid.SampledFrom([]data.Value{"x", "y", nil}).Draw(t, "text")
	switch rapid.SampledFrom([]string{"account", "account", "deal", "deal", "custom", "delete"}).Draw(t, "edit") {
	case "account":
		field := rapid.SampledFrom([]string{"city", "industry", "note"}).Draw(t, "field")
		return putting(data.KindAccount, soakID("account", n), data.Values{"name": "n", field: text, "parent": soakID("account", n+1)})
	case "deal":
		values := data.Values{"stage": soakID("stage", n), "account": soakID("account", n)}
		if rapid.Bool().Draw(t, "amount") {
			values["amount"], values["currency"] = int64(n), "USD"
		}
		return putting(data.KindDeal, soakID("deal", n), values)
	case "custom":
		return func(tx *Tx) error {
			field := data.NewCustomField("Size", data.TypeText, nil)
			err := putting(data.KindCustomField, soakID("custom", 0), data.Values{"kind": "account", "label": "Size", "type": "text"})(tx)
			if err == nil {
				err = tx.Learn(data.KindAccount, field)
			}
			if err != nil {
				return err
			}
			return putting(data.KindAccount, soakID("account", n), data.Values{"name": "n", field.Name: text})(tx)
		}
	}
	kind := rapid.SampledFrom([]string{data.KindAccount, data.KindDeal}).Draw(t, "kind")
	return func(tx *Tx) error {
		if !tx.Exists(soakID(kind, n)) {
			return nil
		}
		return tx.Delete(kind, soakID(kind, n))
	}
}

func putting(kind string, id data.ID, v data.Values) func(*Tx) error {
	return func(tx *Tx) error {
		_, err := tx.Put(kind, id, v)
		return err
	}
}

func (w *team) step() {
	t := w.t
	w.now = w.now.Add(time.Duration(rapid.IntRange(0, 2000).Draw(t, "wait")) * time.Millisecond)
	m := rapid.SampledFrom(w.books).Draw(t, "book")
	ctx := context.Background()
	var err error
	switch rapid.SampledFrom([]string{"edit", "edit", "edit", "share", "merge", "merge", "undo", "redo", "undo one", "back up", "restore"}).Draw(t, "do") {
	case "edit":
		_, err = m.Write(ctx, Act{What: "Edit"}, w.drawEdit())
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
		err = w.undoOne(m)
	case "back up":
		w.count++
		m.backup = filepath.Join(w.dir, fmt.Sprintf("backup%d", w.count))
		err = m.Backup(ctx, m.backup)
	case "restore":
		err = w.restore(m)
	}
	if err != nil && data.KindOf(err) != data.NotFound {
		t.Fatal(err)
	}
}

func (w *team) undoOne(m *member) error {
	steps, err := m.Steps(context.Background(), 20)
	if err != nil || len(steps) == 0 {
		return err
	}
	st := rapid.SampledFrom(steps).Draw(w.t, "step")
	_, err = m.Undo(context.Background(), st.Txn, Act{})
	return err
}

func (w *team) restore(m *member) error {
	if m.backup == "" {
		return nil
	}
	if err := m.Close(); err != nil {
		return err
	}
	if err := Restore(context.Background(), m.backup, m.path, w.options(m)); err != nil {
		return err
	}
	var err error
	m.Store, err = Open(context.Background(), m.path, w.options(m))
	return err
}

// share makes a real share file; a few ops may be left out, as a scope does.
func (w *team) share(m *member) []byte {
	if rapid.IntRange(0, 3).Draw(w.t, "partial") > 0 {
		return w.pack(m, nil)
	}
	every := rapid.Uint64Range(2, 7).Draw(w.t, "every")
	held, err := m.Held(context.Background())
	if err != nil {
		w.t.Fatal(err)
	}
	for id, runs := range held {
		for _, run := range runs {
			for seq := run.From; seq <= run.To; seq++ {
				if seq%every == 0 {
					held[id] = held[id].Without(oplog.Ranges{{From: seq, To: seq}})
				}
			}
		}
	}
	return w.pack(m, held)
}

// pack writes a share file of ops, nil for all.
func (w *team) pack(m *member, only map[data.ID]oplog.Ranges) []byte {
	var b bytes.Buffer
	var out *bundle.Writer
	err := m.ReadLog(context.Background(), LogReader{
		Only:  only,
		Aside: true,
		Replicas: func(ids []data.ID) (err error) {
			out, err = bundle.NewWriter(&b, bundle.Manifest{Book: m.BookID(), From: bundle.Sender{Replica: m.ReplicaID()}, Replicas: ids}, bundle.WriteOptions{})
			return err
		},
		Txn: func(t oplog.Txn, rest []oplog.Hash) error { return out.Txn(t, rest) },
		Op:  func(op *oplog.Op) error { return out.Op(op) },
	})
	if err == nil {
		err = out.Close()
	}
	if err != nil {
		w.t.Fatal(err)
	}
	return b.Bytes()
}

func (w *team) merge(m *member, file []byte) {
	_, err := m.Write(context.Background(), Act{What: "Merge"}, func(tx *Tx) error {
		mg := tx.Merger()
		if err := bundle.Read(context.Background(), bytes.NewReader(file), bundle.OpenOptions{}, bundle.Handler{Txn: mg.Txn, Op: mg.Op}); err != nil {
			return err
		}
		return mg.Finish()
	})
	if err != nil {
		w.t.Fatal(err)
	}
}

func (w *team) dump(m *member) []string {
	var out []string
	if err := m.Dump(context.Background(), func(l string) error { out = append(out, l); return nil }); err != nil {
		w.t.Fatal(err)
	}
	return out
}

func (w *team) sound(m *member) {
	r, err := m.Verify(context.Background())
	if err != nil || r.Faults > 0 {
		w.t.Fatalf("verify: %v %v", err, r.Findings)
	}
}

// log is every op of a book as text, for comparing logs byte for byte.
func (w *team) log(m *member) []string {
	var out []string
	err := m.EachOp(context.Background(), nil, func(op *oplog.Op) error {
		b, err := json.Marshal(op)
		out = append(out, string(b))
		return err
	})
	if err != nil {
		w.t.Fatal(err)
	}
	slices.Sort(out)
	return out
}

// converge lets books of real files drift apart and together again.
func converge(t *rapid.T) {
	w := newTeam(t, rapid.IntRange(3, 4).Draw(t, "books"))
	defer w.close()
	for range rapid.IntRange(1, 30).Draw(t, "steps") {
		w.step()
	}
	for _, m := range w.books {
		w.sound(m)
	}
	w.unite()
	w.alike()
	w.inbox()
}

// unite lets all books hear of all others.
func (w *team) unite() {
	for range 2 {
		for _, from := range w.books {
			file := w.pack(from, nil)
			for _, to := range w.books {
				w.merge(to, file)
			}
		}
	}
}

// alike: all books are sound, and show and hold the same.
func (w *team) alike() {
	for _, m := range w.books {
		w.sound(m)
		if x := datatest.Differing(w.log(w.books[0]), w.log(m)); len(x) > 0 {
			w.t.Fatalf("the logs of %s and %s differ\n%s", filepath.Base(w.books[0].path), filepath.Base(m.path), strings.Join(x, "\n"))
		}
		if x := datatest.Differing(w.dump(w.books[0]), w.dump(m)); len(x) > 0 {
			w.t.Fatalf("the books %s and %s differ\n%s", filepath.Base(w.books[0].path), filepath.Base(m.path), strings.Join(x, "\n"))
		}
	}
}

// inbox compares the conflict inbox with a refolding of the log: every loser
// that nobody overwrote is in it.
func (w *team) inbox() {
	m := w.books[0]
	book := oplog.NewBook()
	err := m.EachOp(context.Background(), nil, func(op *oplog.Op) error { book.Apply(op); return nil })
	if err != nil {
		w.t.Fatal(err)
	}
	var want []string
	for _, id := range book.Rows() {
		for name, reg := range book.Row(id).Cells {
			if name != oplog.DeletedCell && oplog.InConflict(reg.Live) {
				want = append(want, fmt.Sprintf("conflict %x %s", id[:], name))
			}
		}
		if book.Deletion(id) == oplog.Contested {
			want = append(want, fmt.Sprintf("conflict %x %s", id[:], oplog.DeletedCell))
		}
	}
	slices.Sort(want)
	got := slices.DeleteFunc(w.dump(m), func(l string) bool { return !strings.HasPrefix(l, "conflict") })
	slices.Sort(got)
	if !slices.Equal(got, want) {
		w.t.Fatalf("the inbox holds\n%v\nnot\n%v", got, want)
	}
}

func TestSoakStoresConverge(t *testing.T) { soak(t, 12, 2000, converge) }
