package store

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"fieldbook/data"
)

// upgradeAndWait opens a book by a newer schema, says when it begins and when
// it is done, and waits to be killed.
func upgradeAndWait(path, stepFile string) error {
	step, err := os.ReadFile(stepFile)
	if err != nil {
		return err
	}
	o := opts()
	if o.schema, err = newer(string(step)); err != nil {
		return err
	}
	fmt.Println("try 1")
	if _, err := Open(context.Background(), path, o); err != nil {
		return err
	}
	fmt.Println("done 1")
	time.Sleep(time.Hour)
	return nil
}

// agedBook is a book of some thousand deals that a newer schema knows, and what
// it holds by that.
func agedBook(t *testing.T) (path, step string, want []string) {
	t.Helper()
	ctx := context.Background()
	path = filepath.Join(t.TempDir(), "old.book")
	s, err := Create(ctx, path, BookInfo{}, opts())
	if err != nil {
		t.Fatal(err)
	}
	write(t, s, func(tx *Tx) error { return bulkPutFields(tx, 3000) })
	acc := data.NewID()
	put(t, s, data.KindAccount, acc, data.Values{"name": "n", "city": "a"})
	put(t, s, data.KindAccount, acc, data.Values{"city": "b"})
	want = dump(t, s)
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	if step, err = aged(path); err != nil {
		t.Fatal(err)
	}
	return path, step, want
}

// TestSoakKillUpgrade kills a process that brings an older book up to date.
// Afterwards the book opens, is sound and holds all that it held.
func TestSoakKillUpgrade(t *testing.T) {
	kills, r := killPlan(t)
	old, step, want := agedBook(t)
	dir := t.TempDir()
	stepFile := filepath.Join(dir, "step.sql")
	if err := os.WriteFile(stepFile, []byte(step), 0o644); err != nil {
		t.Fatal(err)
	}
	o := opts()
	var err error
	if o.schema, err = newer(step); err != nil {
		t.Fatal(err)
	}
	book, err := os.ReadFile(old)
	if err != nil {
		t.Fatal(err)
	}
	finished := 0
	for n := range kills {
		path := filepath.Join(dir, fmt.Sprintf("%d.book", n))
		if err := os.WriteFile(path, book, 0o644); err != nil {
			t.Fatal(err)
		}
		finished += int(runAndKill(t, time.Duration(r.IntN(600))*time.Millisecond, killEnv+"="+path, killStepEnv+"="+stepFile))
		s, err := Open(context.Background(), path, o)
		if err != nil {
			t.Fatal(err)
		}
		verified(t, s)
		if got := dump(t, s); !slices.Equal(got, want) {
			t.Fatalf("%d lines after a kill, want %d", len(got), len(want))
		}
		if err := s.Close(); err != nil {
			t.Fatal(err)
		}
		if err := os.Remove(path); err != nil {
			t.Fatal(err)
		}
	}
	t.Logf("%d of %d had finished", finished, kills)
}
