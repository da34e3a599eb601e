package app

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/klauspost/compress/zstd"

	"fieldbook/data"
)

var restoreConfig = Config{Device: "child", Now: time.Now}

// restoreForEver brings the older book in a folder up to date, then adds an
// account to it and restores the first backup, again and again.
func restoreForEver(dir string) error {
	ctx := context.Background()
	book := filepath.Join(dir, "sales.book")
	fmt.Println("begun")
	for n := 0; ; n++ {
		a, err := Open(ctx, book, restoreConfig)
		if err != nil {
			return err
		}
		all, err := a.Backups.List()
		if err == nil {
			_, err = a.Records.Add(ctx, data.KindAccount, data.Values{"name": fmt.Sprint("Later ", n)})
		}
		if err := errors.Join(err, a.Close()); err != nil {
			return err
		}
		if err := Restore(ctx, Restoring{Backup: all[len(all)-1].Path, Book: book}, restoreConfig); err != nil {
			return err
		}
		fmt.Printf("done %d\n", n)
	}
}

// TestSoakKillRestore kills a process that upgrades a book, edits and restores.
// There is a sound book in its place at every moment, of before or of after, and
// each backup and the file set aside are whole.
func TestSoakKillRestore(t *testing.T) {
	kills, r := killsOf(t, 3, 1000, 17)
	packed, err := os.Open("testdata/older.book.zst")
	if err != nil {
		t.Fatal(err)
	}
	zip, err := zstd.NewReader(packed)
	if err != nil {
		t.Fatal(err)
	}
	plain, err := io.ReadAll(zip)
	zip.Close()
	if err := errors.Join(err, packed.Close()); err != nil {
		t.Fatal(err)
	}
	rounds := 0
	for range kills {
		dir := t.TempDir()
		if err := os.WriteFile(filepath.Join(dir, "sales.book"), plain, 0o600); err != nil {
			t.Fatal(err)
		}
		c := startChild(t, "restore", dir)
		c.heard()
		if c.killed(time.Duration(r.IntN(400))*time.Millisecond) != "" {
			rounds++
		}
		checkRestored(t, dir)
		if err := os.RemoveAll(dir); err != nil {
			t.Fatal(err)
		}
	}
	t.Logf("%d had restored at least once", rounds)
}

func checkRestored(t *testing.T, dir string) {
	t.Helper()
	ctx := context.Background()
	book := filepath.Join(dir, "sales.book")
	a, err := Open(ctx, book, restoreConfig)
	if err != nil {
		t.Fatal(err)
	}
	rows, err := a.Records.List(ctx, data.Query{Kind: data.KindAccount})
	if err != nil || len(rows) < 1 || len(rows) > 2 {
		t.Fatalf("%d accounts, %v", len(rows), err)
	}
	if report, err := a.Journal.Verify(ctx); err != nil || report.Faults > 0 {
		t.Fatal(err, report.Findings)
	}
	all, err := a.Backups.List()
	if err != nil || len(all) == 0 {
		t.Fatalf("%d backups, %v", len(all), err)
	}
	for _, b := range all {
		if _, err := examinePacked(ctx, b.Path); err != nil {
			t.Errorf("%s: %v", b.Path, err)
		}
	}
	if err := a.Close(); err != nil {
		t.Fatal(err)
	}
	aside := book + ".before-restore"
	if _, err := os.Stat(aside); err == nil {
		if a, err = Open(ctx, aside, restoreConfig); err != nil {
			t.Fatalf("what was set aside: %v", err)
		}
		if err := a.Close(); err != nil {
			t.Fatal(err)
		}
	}
	noDrafts(t, dir)
}
