package app

import (
	"context"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"testing"
	"time"

	"pgregory.net/rapid"

	"fieldbook/data"
	"fieldbook/data/datatest"
	"fieldbook/data/store"
)

// carriers are a few books whose shared folders a careless program copies: it
// drops, delays, reorders and doubles files, and writes them bit by bit.
type carriers struct {
	t     *rapid.T
	now   time.Time
	mates []*carried
}

type carried struct {
	*App
	shared string
	clock  time.Duration // how wrong it is
}

func newCarriers(t *rapid.T, dir string, n int) *carriers {
	w := &carriers{t: t, now: time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC)}
	for i := range n {
		m := &carried{shared: filepath.Join(dir, fmt.Sprint("shared", i)), clock: time.Duration(rapid.IntRange(-48, 48).Draw(t, "clock")) * time.Hour}
		cfg := Config{Device: fmt.Sprint("laptop ", i), Now: func() time.Time { return w.now.Add(m.clock) }}
		path := filepath.Join(dir, fmt.Sprint("book", i), "sales.book")
		var err error
		if i == 0 {
			m.App, err = Create(context.Background(), path, NewBook{Name: "Sales", Currency: "USD", FiscalStart: 1, Zone: "UTC"}, cfg)
		} else {
			m.App, err = CreateReplica(context.Background(), path, w.mates[0].Book().ID, cfg)
		}
		w.must(err)
		w.must(os.Mkdir(m.shared, 0o755))
		w.must(m.Sharing.Folder.Choose(context.Background(), m.shared))
		w.mates = append(w.mates, m)
	}
	return w
}

func (w *carriers) must(err error) {
	if err != nil {
		w.t.Fatal(err)
	}
}

func (w *carriers) close() {
	for _, m := range w.mates {
		if err := m.Close(); err != nil {
			w.t.Error(err)
		}
	}
}

// own is the sub-folder of one of the mates in a copy of the folder.
func (w *carriers) own(of, at *carried) string {
	return filepath.Join(at.shared, folderName(of.Book().ID), of.store.ReplicaID().String())
}

func (w *carriers) names(dir string) []string {
	entries, err := os.ReadDir(dir)
	if err != nil && !os.IsNotExist(err) {
		w.t.Fatal(err)
	}
	var out []string
	for _, e := range entries {
		if !memberName.MatchString(e.Name()) {
			w.t.Fatalf("%s holds %s, which nobody wrote", dir, e.Name())
		}
		out = append(out, e.Name())
	}
	return out
}

func (w *carriers) step() {
	ctx := context.Background()
	mate := rapid.SampledFrom(w.mates)
	m := mate.Draw(w.t, "who")
	switch rapid.SampledFrom([]string{"edit", "edit", "send", "send", "receive", "copy", "copy", "copy", "part", "delete", "undo", "wait"}).Draw(w.t, "do") {
	case "edit":
		id := data.ImportedID("account", "soak", fmt.Sprint(rapid.IntRange(0, 3).Draw(w.t, "row")))
		w.must(m.edit(id, rapid.SampledFrom([]string{"Oslo", "Rome", "Bergen"}).Draw(w.t, "city")))
	case "undo":
		if _, err := m.Journal.Undo(ctx, data.NoID); err != nil && data.KindOf(err) != data.NotFound {
			w.t.Fatal(err)
		}
	case "send":
		_, err := m.Sharing.Folder.Send(ctx)
		w.must(err)
	case "receive":
		_, err := m.Sharing.Folder.receive(ctx, false)
		w.must(err)
	case "copy":
		w.copyOne(m, mate.Draw(w.t, "to"), 1)
	case "part":
		w.copyOne(m, mate.Draw(w.t, "to"), rapid.Float64Range(0, 1).Draw(w.t, "part"))
	case "delete":
		w.deleteGone(m, mate.Draw(w.t, "at"))
	case "wait":
		w.now = w.now.Add(time.Duration(rapid.IntRange(1, 300).Draw(w.t, "seconds")) * time.Second)
	}
}

func (m *carried) edit(id data.ID, city string) error {
	return m.write(context.Background(), store.Act{What: "Edit"}, func(tx *store.Tx) error {
		_, err := tx.Put(data.KindAccount, id, data.Values{"name": "Rangreen", "city": city})
		return err
	})
}

// copyOne brings one of a mate's files, or the beginning of it, to another's
// copy of the folder.
func (w *carriers) copyOne(from, to *carried, part float64) {
	names := w.names(w.own(from, from))
	if from == to || len(names) == 0 {
		return
	}
	name := rapid.SampledFrom(names).Draw(w.t, "file")
	b, err := os.ReadFile(filepath.Join(w.own(from, from), name))
	w.must(err)
	w.must(os.MkdirAll(w.own(from, to), 0o755))
	w.must(os.WriteFile(filepath.Join(w.own(from, to), name), b[:int(float64(len(b))*part)], 0o644))
}

// deleteGone takes out of a copy what its author deleted.
func (w *carriers) deleteGone(of, at *carried) {
	there := w.names(w.own(of, of))
	for _, name := range w.names(w.own(of, at)) {
		if !slices.Contains(there, name) {
			w.must(os.Remove(filepath.Join(w.own(of, at), name)))
		}
	}
}

// settleAll lets everything arrive, and everybody send and take in, until
// nobody writes any more.
func (w *carriers) settleAll() {
	ctx := context.Background()
	for range 10 {
		w.now = w.now.Add(arrivalTime)
		before := fmt.Sprint(w.lies())
		for _, m := range w.mates {
			_, err := m.Sharing.Folder.Send(ctx)
			w.must(err)
		}
		for _, from := range w.mates {
			for _, to := range w.mates {
				if from == to {
					continue
				}
				w.must(os.MkdirAll(w.own(from, to), 0o755))
				for _, name := range w.names(w.own(from, from)) {
					b, err := os.ReadFile(filepath.Join(w.own(from, from), name))
					w.must(err)
					w.must(os.WriteFile(filepath.Join(w.own(from, to), name), b, 0o644))
				}
				w.deleteGone(from, to)
			}
		}
		for _, m := range w.mates {
			got, err := m.Sharing.Folder.Receive(ctx)
			w.must(err)
			if len(got.Refused)+got.Arriving > 0 {
				w.t.Fatalf("everything arrived, and yet %+v", got)
			}
		}
		if fmt.Sprint(w.lies()) == before {
			return
		}
	}
	w.t.Fatal("they never stop writing")
}

// lies lists every mate's own files.
func (w *carriers) lies() (out [][]string) {
	for _, m := range w.mates {
		out = append(out, w.names(w.own(m, m)))
	}
	return out
}

func (w *carriers) agree() {
	var first []string
	for i, m := range w.mates {
		r, err := m.Journal.Verify(context.Background())
		if err != nil || r.Faults > 0 {
			w.t.Fatalf("verify: %v %v", err, r.Findings)
		}
		dump := w.dump(m)
		if i == 0 {
			first = dump
		} else if !slices.Equal(first, dump) {
			w.t.Fatalf("books differ\n%v\n%v", first, dump)
		}
		s, err := m.Sharing.Folder.Status(context.Background())
		w.must(err)
		if s.Waits != 0 || s.Files > fullsKept*(mostParts+1) || len(w.names(w.own(m, m))) > s.Files+1 {
			w.t.Fatalf("status at the end %+v", s)
		}
		for _, p := range s.People {
			if p.Unseen+p.Waiting+p.Arriving+len(p.Refused) > 0 {
				w.t.Fatalf("status of %s at the end %+v", p.Device, p)
			}
		}
	}
}

// newcomer opens an empty book on a copy of the folder: it finds everything.
func (w *carriers) newcomer(dir string) {
	m := &carried{shared: w.mates[0].shared}
	var err error
	m.App, err = CreateReplica(context.Background(), filepath.Join(dir, "late", "sales.book"), w.mates[0].Book().ID, Config{Device: "late", Now: func() time.Time { return w.now }})
	w.must(err)
	w.must(m.Sharing.Folder.Choose(context.Background(), m.shared))
	_, err = m.Sharing.Folder.Receive(context.Background())
	w.must(err)
	if late, first := w.dump(m), w.dump(w.mates[0]); !slices.Equal(late, first) {
		w.t.Fatalf("who comes late misses something\n%v\n%v", late, first)
	}
	w.must(m.Close())
}

func (w *carriers) dump(m *carried) (out []string) {
	w.must(m.Journal.Dump(context.Background(), func(l string) error { out = append(out, l); return nil }))
	return out
}

// TestSoakFoldersConverge copies folders carelessly; in the end all books are equal.
func TestSoakFoldersConverge(t *testing.T) {
	cases := datatest.Share(6, 1000)
	old := flag.Lookup("rapid.checks").Value.String()
	if err := flag.Set("rapid.checks", strconv.Itoa(cases)); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := flag.Set("rapid.checks", old); err != nil {
			t.Error(err)
		}
	})
	t.Logf("%d cases", cases)
	rapid.Check(t, func(rt *rapid.T) {
		dir, err := os.MkdirTemp("", "fieldbook-folders-")
		if err != nil {
			rt.Fatal(err)
		}
		defer func() { _ = os.RemoveAll(dir) }() // a temporary folder
		w := newCarriers(rt, dir, rapid.IntRange(2, 3).Draw(rt, "books"))
		defer w.close()
		for range rapid.IntRange(1, 40).Draw(rt, "steps") {
			w.step()
		}
		w.settleAll()
		w.agree()
		w.newcomer(dir)
	})
}
