package app

import (
	"context"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"fieldbook/data"
)

// sharer is a book in a folder of its own.
type sharer struct {
	t   *testing.T
	app *App
	dir string
}

func newSharer(t *testing.T, device string, from *sharer) *sharer {
	t.Helper()
	dir := t.TempDir()
	now := time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC)
	cfg := Config{Device: device, Now: func() time.Time { now = now.Add(time.Second); return now }}
	path := filepath.Join(dir, "sales.book")
	var a *App
	var err error
	if from == nil {
		a, err = Create(context.Background(), path, NewBook{Name: "Sales", Currency: "USD", FiscalStart: 1, Zone: "UTC"}, cfg)
	} else {
		a, err = CreateReplica(context.Background(), path, from.app.Book().ID, cfg)
	}
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := a.Close(); err != nil {
			t.Error(err)
		}
	})
	return &sharer{t, a, dir}
}

func (s *sharer) share() string {
	s.t.Helper()
	path := filepath.Join(s.dir, "out.fieldbook")
	if _, err := s.app.Sharing.Share(context.Background(), path, ShareOptions{Everything: true}); err != nil {
		s.t.Fatal(err)
	}
	return path
}

func (s *sharer) merge(paths ...string) *Merged {
	s.t.Helper()
	m, err := s.app.Sharing.Merge(context.Background(), paths, MergeOptions{})
	if err != nil {
		s.t.Fatal(err)
	}
	return m
}

func (s *sharer) dump() []string {
	s.t.Helper()
	var out []string
	if err := s.app.Journal.Dump(context.Background(), func(l string) error { out = append(out, l); return nil }); err != nil {
		s.t.Fatal(err)
	}
	return out
}

func (s *sharer) account(name string) data.ID {
	s.t.Helper()
	id, err := s.app.Records.Add(context.Background(), data.KindAccount, data.Values{"name": name})
	if err != nil {
		s.t.Fatal(err)
	}
	return id
}

func (s *sharer) set(id data.ID, v data.Values) {
	s.t.Helper()
	if err := s.app.Records.Set(context.Background(), data.KindAccount, []data.ID{id}, v); err != nil {
		s.t.Fatal(err)
	}
}

func (s *sharer) sound() {
	s.t.Helper()
	r, err := s.app.Journal.Verify(context.Background())
	if err != nil || r.Faults > 0 {
		s.t.Fatalf("verify: %v %+v", err, r)
	}
}

func TestShareAndMergeBothWays(t *testing.T) {
	ctx := context.Background()
	ann := newSharer(t, "Ann's laptop", nil)
	id := ann.account("Rangreen")
	file := ann.share()
	if last, ok, err := ann.app.Sharing.Last(ctx); err != nil || !ok || last.File != file || last.Ops == 0 {
		t.Fatalf("last share %+v %v %v", last, ok, err)
	}
	bob := newSharer(t, "Bob's laptop", ann)
	first := bob.merge(file)
	if f := first.Files[0]; f.New != f.Ops || f.From != "Ann's laptop" || first.Txn == nil || f.Already != 0 {
		t.Fatalf("first merge %+v", first)
	}
	if !slices.Equal(ann.dump(), bob.dump()) || bob.app.Book().Name != "Sales" {
		t.Fatal("the books differ")
	}
	again := bob.merge(file, file)
	if f := again.Files[1]; again.Txn != nil || f.Already != f.Ops || f.New+f.Changed != 0 {
		t.Fatalf("the same file again: %+v", again)
	}
	ann.set(id, data.Values{"city": "Oslo"})
	bob.set(id, data.Values{"city": "Rome"})
	ann.set(id, data.Values{"industry": "fish"})
	file = ann.share()
	before := bob.dump()
	preview, err := bob.app.Sharing.Preview(ctx, []string{file}, MergeOptions{})
	if err != nil {
		t.Fatal(err)
	}
	if !slices.Equal(before, bob.dump()) {
		t.Fatal("a preview changed the book")
	}
	d := preview.Differences
	if len(d) != 1 || d[0].State != DifferenceConflicting || d[0].Title != "Rangreen" || !slices.ContainsFunc(d[0].Fields, func(f FieldChange) bool { return f.Field == "industry" && f.Old == "" && f.New == "fish" }) {
		t.Fatalf("differences %+v", d)
	}
	real := bob.merge(file)
	if real.Files[0].Conflicting != 1 || real.Files[0].Changed != 1 || real.Files[0].Changed != preview.Files[0].Changed {
		t.Fatalf("merge %+v, preview %+v", real.Files[0], preview.Files[0])
	}
	if _, err := os.Stat(real.Backup); err != nil {
		t.Fatal(err)
	}
	if _, err := bob.app.Journal.Undo(ctx, data.NoID); err != nil {
		t.Fatal(err)
	}
	if now := slices.DeleteFunc(bob.dump(), func(l string) bool { return strings.HasPrefix(l, "conflict") }); !slices.Equal(now, before) {
		t.Fatalf("after undo\n%v\nnot\n%v", now, before)
	}
	bob.sound()
	ann.merge(bob.share())
	ann.sound()
	if !slices.Equal(ann.dump(), bob.dump()) {
		t.Fatal("the books differ after an undone merge")
	}
}

func TestReceiveMakesTheBook(t *testing.T) {
	ctx := context.Background()
	ann := newSharer(t, "Ann's laptop", nil)
	ann.account("Rangreen")
	file := ann.share()
	dir := t.TempDir()
	cfg := Config{Device: "Cleo's laptop", Now: time.Now}
	r := Received{Book: filepath.Join(dir, "new.book"), Paths: []string{file}, Preview: true}
	if m, err := Receive(ctx, r, cfg); err != nil || m.Files[0].New == 0 || m.Txn != nil {
		t.Fatalf("preview into nothing: %+v %v", m, err)
	}
	if list, _ := os.ReadDir(dir); len(list) != 0 {
		t.Fatalf("a preview left %v", list)
	}
	r.Preview = false
	if m, err := Receive(ctx, r, cfg); err != nil || m.Txn == nil || m.Backup != "" {
		t.Fatalf("into nothing: %+v %v", m, err)
	}
	if m, err := Receive(ctx, r, cfg); err != nil || m.Txn != nil {
		t.Fatalf("again: %+v %v", m, err)
	}
	a, err := Open(ctx, r.Book, cfg)
	if err != nil {
		t.Fatal(err)
	}
	if a.Book().ID != ann.app.Book().ID {
		t.Error("the new book has another id")
	}
	if err := a.Close(); err != nil {
		t.Fatal(err)
	}
}

func TestMergeRefusesWhatIsNotItsOwn(t *testing.T) {
	ctx := context.Background()
	ann, other := newSharer(t, "a", nil), newSharer(t, "b", nil)
	file := ann.share()
	want := other.dump()
	dir := t.TempDir()
	noise := filepath.Join(dir, "noise.fieldbook")
	whole, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(noise, whole[:len(whole)-9], 0o644); err != nil {
		t.Fatal(err)
	}
	for path, kind := range map[string]data.ErrorKind{file: data.Refused, noise: data.Invalid, dir: data.Refused, filepath.Join(dir, "no"): data.NotFound} {
		_, err := other.app.Sharing.Merge(ctx, []string{path}, MergeOptions{})
		if err == nil || data.KindOf(err) != kind {
			t.Errorf("%s: %v", path, err)
		}
	}
	if _, err := Receive(ctx, Received{Book: filepath.Join(dir, "x", "new.book"), Paths: []string{noise}}, Config{Device: "c", Now: time.Now}); err == nil {
		t.Error("a damaged file made a book")
	}
	if _, err := os.Stat(filepath.Join(dir, "x", "new.book")); err == nil {
		t.Error("a book was left behind")
	}
	if _, err := ann.app.Sharing.Share(ctx, filepath.Join(dir, "part.fieldbook"), ShareOptions{}); data.KindOf(err) != data.Invalid {
		t.Errorf("for nobody: %v", err)
	}
	if !slices.Equal(other.dump(), want) {
		t.Error("a refused merge changed the book")
	}
	if left, _ := filepath.Glob(filepath.Join(other.app.Backups.Folder(), "*")); len(left) != 0 {
		t.Errorf("refused merges left %v", left)
	}
}

func TestWrongClockIsTold(t *testing.T) {
	ann := newSharer(t, "Ann's laptop", nil)
	ann.app.cfg.Now = func() time.Time { return time.Date(2026, 3, 5, 12, 0, 0, 0, time.UTC) }
	dir := t.TempDir()
	late, err := Create(context.Background(), filepath.Join(dir, "l.book"), NewBook{Name: "Late", Currency: "USD", FiscalStart: 1, Zone: "UTC"}, Config{Device: "Bob's laptop", Now: ann.app.cfg.Now})
	if err != nil {
		t.Fatal(err)
	}
	file := filepath.Join(dir, "late.fieldbook")
	if _, err := late.Sharing.Share(context.Background(), file, ShareOptions{Everything: true}); err != nil {
		t.Fatal(err)
	}
	replica, err := CreateReplica(context.Background(), filepath.Join(dir, "r.book"), late.Book().ID, Config{Device: "x", Now: func() time.Time { return time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC) }})
	if err != nil {
		t.Fatal(err)
	}
	m, err := replica.Sharing.Merge(context.Background(), []string{file}, MergeOptions{})
	if err != nil || len(m.Files[0].Warnings) != 1 || !strings.HasPrefix(m.Files[0].Warnings[0], "Bob's laptop's clock is 3 days ahead") {
		t.Errorf("%+v %v", m, err)
	}
	for _, a := range []*App{late, replica} {
		if err := a.Close(); err != nil {
			t.Error(err)
		}
	}
}
