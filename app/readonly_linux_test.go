package app

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"fieldbook/data"
	"fieldbook/data/store"
)

// protected is a closed book with one account of some days ago.
func protected(t *testing.T, dir string) (path string, cfg Config) {
	t.Helper()
	path, cfg = filepath.Join(dir, "books", "sales.book"), Config{Device: "laptop", Now: func() time.Time { return time.Now().AddDate(0, 0, -3) }}
	a, err := Create(context.Background(), path, NewBook{Name: "Sales", Currency: "USD", FiscalStart: 1, Zone: "UTC"}, cfg)
	if err != nil {
		t.Fatal(err)
	}
	_, err = a.Records.Add(context.Background(), data.KindAccount, data.Values{"name": "Rangreen"})
	if err := errors.Join(err, a.Close()); err != nil {
		t.Fatal(err)
	}
	cfg.Now = time.Now
	return path, cfg
}

// readOnly opens a book that cannot be written to: for writing that is refused
// in words, for reading it is done, and nothing is left beside it.
func readOnly(t *testing.T, path string, cfg Config) {
	t.Helper()
	ctx := context.Background()
	before := names(t, filepath.Dir(path), "")
	a, err := Open(ctx, path, cfg)
	if err == nil {
		t.Fatalf("it was opened for writing: %v", a.Close())
	}
	if !refused(err, "read-only") || !strings.Contains(err.Error(), path) {
		t.Errorf("for writing: %v", err)
	}
	if a, err = OpenReadOnly(ctx, path, cfg); err != nil {
		t.Fatalf("for reading: %v", err)
	}
	rows, err := a.Records.List(ctx, data.Query{Kind: data.KindAccount})
	if err != nil || len(rows) != 1 || !a.Book().ReadOnly {
		t.Errorf("%d accounts, %v; read-only: %t", len(rows), err, a.Book().ReadOnly)
	}
	if r, err := a.Journal.Verify(ctx); err != nil || r.Faults > 0 {
		t.Errorf("verify: %v %+v", err, r)
	}
	past, err := a.AsOf(ctx, a.Today().AddDays(-1))
	if err != nil {
		t.Fatalf("as of a day: %v", err)
	}
	if n, err := past.Records.Count(ctx, data.Query{Kind: data.KindAccount}); err != nil || n != 1 {
		t.Errorf("as of a day %d accounts, %v", n, err)
	}
	if err := past.Close(); err != nil {
		t.Error(err)
	}
	if _, err := a.Records.Add(ctx, data.KindAccount, data.Values{"name": "More"}); !refused(err, "read-only") {
		t.Errorf("adding: %v", err)
	}
	if err := a.SetPref(ctx, "columns", "name"); err != nil {
		t.Errorf("a wish: %v", err)
	}
	if _, err := a.Backups.BeforeChange(ctx, "going on"); err != nil && !refused(err, "othing was changed") && !refused(err, "is safe") {
		t.Errorf("a backup: %v", err)
	}
	if err := a.Close(); err != nil {
		t.Error(err)
	}
	if after := names(t, filepath.Dir(path), ""); strings.Join(after, " ") != strings.Join(before, " ") {
		t.Errorf("beside the book lay %q, now %q", before, after)
	}
}

func TestReadOnlyFolderAndFile(t *testing.T) {
	for name, protect := range map[string]func(path string) error{
		"folder": func(path string) error { return os.Chmod(filepath.Dir(path), 0o555) },
		"both": func(path string) error {
			return errors.Join(os.Chmod(path, 0o444), os.Chmod(filepath.Dir(path), 0o555))
		},
	} {
		t.Run(name, func(t *testing.T) {
			path, cfg := protected(t, t.TempDir())
			if err := protect(path); err != nil {
				t.Fatal(err)
			}
			t.Cleanup(func() { _ = os.Chmod(filepath.Dir(path), 0o755) }) // so that it can be cleared away
			asNobody(t, func() { readOnly(t, path, cfg) })
		})
	}
	t.Run("file", func(t *testing.T) {
		path, cfg := protected(t, t.TempDir())
		if err := os.Chmod(path, 0o444); err != nil {
			t.Fatal(err)
		}
		asNobody(t, func() {
			if _, err := Open(context.Background(), path, cfg); !refused(err, "read-only") {
				t.Errorf("for writing: %v", err)
			}
			a, err := OpenReadOnly(context.Background(), path, cfg)
			if err != nil {
				t.Fatal(err)
			}
			if n, err := a.Records.Count(context.Background(), data.Query{Kind: data.KindAccount}); err != nil || n != 1 {
				t.Errorf("%d accounts, %v", n, err)
			}
			if err := a.Close(); err != nil {
				t.Error(err)
			}
		})
	})
}

// TestSoakWriteProtectedDisk opens books on a disk that takes nothing: one that was
// closed, and one whose program was killed.
func TestSoakWriteProtectedDisk(t *testing.T) {
	disk, ok := ownDisk(t)
	if !ok {
		return
	}
	path, cfg := protected(t, disk)
	protect := func(flags uintptr) {
		t.Helper()
		if err := syscall.Mount("", disk, "", syscall.MS_REMOUNT|flags, ""); err != nil {
			t.Fatal(err)
		}
	}
	protect(syscall.MS_RDONLY)
	readOnly(t, path, cfg)
	protect(0)
	c := startChild(t, "edit", path)
	c.heard()
	c.killed(50 * time.Millisecond)
	protect(syscall.MS_RDONLY)
	a, err := OpenReadOnly(context.Background(), path, cfg)
	if err == nil {
		n, count := a.Records.Count(context.Background(), data.Query{Kind: data.KindAccount})
		if err := errors.Join(count, a.Close()); err != nil || n == 0 {
			t.Errorf("%d accounts, %v", n, err)
		}
	} else if !refused(err, "Copy it") {
		t.Errorf("of a program that was killed: %v", err)
	}
	protect(0)
	if err := os.Remove(path + "-shm"); err != nil {
		t.Fatal(err)
	}
	protect(syscall.MS_RDONLY)
	if _, err := OpenReadOnly(context.Background(), path, cfg); !refused(err, "Copy it") {
		t.Errorf("with its changes beside it: %v", err)
	}
}

// ownDisk is a disk that the test may do anything to; ok is false where the test
// ran in a process of its own, or where there is none and this is no full run.
func ownDisk(t *testing.T) (dir string, ok bool) {
	t.Helper()
	switch done, err := inOwnMounts(t); {
	case done:
		return "", false
	case err == nil:
		return mountDisk(t, 16<<20), true
	case os.Getenv("FIELDBOOK_SOAK") != "":
		t.Fatalf("no disk can be mounted here, so this was not tried; run it as root: %v", err)
	default:
		t.Logf("NOT TRIED: no disk can be mounted here: %v", err)
	}
	return "", false
}

// editForEver adds accounts to a book.
func editForEver(path string) error {
	a, err := Open(context.Background(), path, Config{Device: "child", Now: time.Now})
	for err == nil {
		if _, err = a.Records.Add(context.Background(), data.KindAccount, data.Values{"name": data.NewID().String()}); err == nil {
			_, err = os.Stdout.WriteString("done 1\n")
		}
	}
	return err
}

// TestBookThatVanishes takes an open book away: what is done from then on is
// refused, not written where nobody finds it. What is shown stays readable.
func TestBookThatVanishes(t *testing.T) {
	for name, take := range map[string]func(path string) error{
		"its folder is deleted": func(path string) error { return os.RemoveAll(filepath.Dir(path)) },
		"its folder is moved":   func(path string) error { return os.Rename(filepath.Dir(path), filepath.Dir(path)+" old") },
		"it is moved":           func(path string) error { return os.Rename(path, path+".old") },
		"another is put there": func(path string) error {
			return errors.Join(copyBook(path, path+".other"), os.Rename(path+".other", path))
		},
	} {
		t.Run(name, func(t *testing.T) {
			path, cfg := protected(t, t.TempDir())
			vanishes(t, path, cfg, take)
		})
	}
}

// TestSoakStickThatVanishes takes the disk away from under an open book.
func TestSoakStickThatVanishes(t *testing.T) {
	disk, ok := ownDisk(t)
	if !ok {
		return
	}
	path, cfg := protected(t, disk)
	vanishes(t, path, cfg, func(string) error { return syscall.Unmount(disk, syscall.MNT_DETACH) })
	if left := names(t, disk, ""); len(left) > 0 {
		t.Errorf("where the disk was, there is now %q", left)
	}
}

func vanishes(t *testing.T, path string, cfg Config, take func(path string) error) {
	t.Helper()
	ctx := context.Background()
	a, err := Open(ctx, path, cfg)
	if err != nil {
		t.Fatal(err)
	}
	if err := take(path); err != nil {
		t.Fatal(err)
	}
	for what, do := range map[string]func() error{
		"adding": func() error {
			_, err := a.Records.Add(ctx, data.KindAccount, data.Values{"name": "Lost"})
			return err
		},
		"undo":   func() error { _, err := a.Journal.Undo(ctx, data.NoID); return err },
		"a wish": func() error { return a.SetPref(ctx, "columns", "name") },
		"backup": func() error { _, err := a.Backups.BeforeChange(ctx, "import"); return err },
		"put back": func() error {
			_, err := a.store.Write(ctx, store.Act{What: "x"}, func(*store.Tx) error { return nil })
			return err
		},
	} {
		if err := do(); !refused(err, "is no longer there") {
			t.Errorf("%s: %v", what, err)
		}
	}
	rows, err := a.Records.List(ctx, data.Query{Kind: data.KindAccount})
	if err != nil || len(rows) != 1 {
		t.Errorf("%d accounts, %v", len(rows), err)
	}
	_ = a.Close() // that it cannot be finished is no harm: nothing is lost
}
