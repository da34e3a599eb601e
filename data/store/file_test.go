package store

import (
	"context"
	"path/filepath"
	"slices"
	"testing"

	"fieldbook/data"
)

func TestLockKeepsSecondWriterOut(t *testing.T) {
	s := create(t, BookInfo{})
	if _, err := Open(context.Background(), s.Path(), opts()); data.KindOf(err) != data.Busy {
		t.Fatalf("second writer: %v", err)
	}
	ro := opts()
	ro.ReadOnly = true
	r, err := Open(context.Background(), s.Path(), ro)
	if err != nil {
		t.Fatal(err)
	}
	if err := r.Close(); err != nil {
		t.Fatal(err)
	}
}

func TestClosedBookIsOneFile(t *testing.T) {
	path := filepath.Join(t.TempDir(), "one.book")
	s, err := Create(context.Background(), path, BookInfo{}, opts())
	if err != nil {
		t.Fatal(err)
	}
	put(t, s, data.KindAccount, data.NewID(), data.Values{"name": "x"})
	dump(t, s)
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	if left, err := filepath.Glob(path + "-*"); err != nil || len(left) > 0 {
		t.Errorf("beside the closed book lie %v (%v)", left, err)
	}
}

func TestBackupRestore(t *testing.T) {
	ctx := context.Background()
	dir := t.TempDir()
	path := filepath.Join(dir, "b.book")
	s, err := Create(ctx, path, BookInfo{}, opts())
	if err != nil {
		t.Fatal(err)
	}
	id := data.NewID()
	put(t, s, data.KindAccount, id, data.Values{"name": "x"})
	want := dump(t, s)
	if err := s.Backup(ctx, filepath.Join(dir, "copy.book")); err != nil {
		t.Fatal(err)
	}
	put(t, s, data.KindAccount, id, data.Values{"name": "later"})
	replica := s.metaValue("replica")
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	if err := Restore(ctx, filepath.Join(dir, "copy.book"), path, opts()); err != nil {
		t.Fatal(err)
	}
	s, err = Open(ctx, path, opts())
	if err != nil {
		t.Fatal(err)
	}
	if got := dump(t, s); !slices.Equal(got, want) {
		t.Errorf("restored %v, want %v", got, want)
	}
	if s.metaValue("replica") == replica {
		t.Error("a restored book kept its replica id")
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
}

func TestFolderIsNoBook(t *testing.T) {
	if _, err := Open(context.Background(), t.TempDir(), opts()); data.KindOf(err) != data.Invalid {
		t.Errorf("a folder was opened: %v", err)
	}
}
