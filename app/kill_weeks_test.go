package app

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"fieldbook/data"
)

// Exports of some weeks, each with all deals at another amount.
const killWeeks, killDeals = 4, 150

// writeWeeks writes the exports into a folder; the last one says amount killWeeks.
func writeWeeks(dir string) error {
	for week := 1; week <= killWeeks; week++ {
		var text strings.Builder
		text.WriteString("Opportunity ID,Opportunity Name,Stage,Amount,Close Date\n")
		for i := range killDeals {
			fmt.Fprintf(&text, "%d,Deal %d,Discovery,%d,2040-01-01\n", i, i, week)
		}
		day := time.Now().AddDate(0, 0, 7*(week-killWeeks)-1).Format("2006-01-02")
		if err := os.WriteFile(filepath.Join(dir, "deals "+day+".csv"), []byte(text.String()), 0o600); err != nil {
			return err
		}
	}
	return nil
}

// weeksForEver imports the exports beside the book together and takes them back.
func weeksForEver(path string) error {
	ctx := context.Background()
	a, err := Open(ctx, path, Config{Device: "child", Now: time.Now})
	if err != nil {
		return err
	}
	files, err := filepath.Glob(filepath.Join(filepath.Dir(path), "deals *.csv"))
	if err != nil {
		return err
	}
	if n, err := a.Records.Count(ctx, data.Query{Kind: data.KindDeal}); err != nil || n > 0 {
		_, undo := a.Journal.Undo(ctx, data.NoID)
		if err := errors.Join(err, undo); err != nil {
			return err
		}
	}
	for n := 1; ; n++ {
		fmt.Printf("try %d\n", n)
		plan, err := a.Imports.Plan(ctx, files, PlanOptions{})
		if err != nil {
			return err
		}
		if _, err := a.Imports.Apply(ctx, plan, nil); err != nil {
			return err
		}
		if _, err := a.Journal.Undo(ctx, data.NoID); err != nil {
			return err
		}
		fmt.Printf("done %d\n", n)
	}
}

// TestSoakKillWeeks kills a process that imports the exports of several weeks
// together: all of them are in the book or none, and so is taking them back.
func TestSoakKillWeeks(t *testing.T) {
	kills := 4
	if n, err := strconv.Atoi(os.Getenv("FIELDBOOK_SOAK")); err == nil && n > 0 {
		kills = 10 * n
	}
	seed := uint64(time.Now().UnixNano())
	t.Logf("%d kills, seed %d", kills, seed)
	r := rand.New(rand.NewPCG(seed, 4))
	ctx := context.Background()
	book := filepath.Join(t.TempDir(), "k.book")
	a, err := Create(ctx, book, NewBook{Name: "K", Currency: "USD", FiscalStart: time.January, Zone: "UTC"}, Config{Device: "child", Now: time.Now})
	if err != nil {
		t.Fatal(err)
	}
	if err := errors.Join(a.Close(), writeWeeks(filepath.Dir(book))); err != nil {
		t.Fatal(err)
	}
	whole := 0
	for range kills {
		c := startChild(t, "weeks", book)
		c.heard()
		c.killed(time.Duration(r.IntN(900)) * time.Millisecond)
		if weeksWhole(t, book) {
			whole++
		}
	}
	t.Logf("%d times all was in the book", whole)
}

// weeksWhole reports whether the book holds all of the exports. It fails the test
// where it holds a part of them.
func weeksWhole(t *testing.T, book string) bool {
	t.Helper()
	ctx := context.Background()
	a, err := Open(ctx, book, Config{Device: "child", Now: time.Now})
	if err != nil {
		t.Fatal(err)
	}
	rows, err := a.store.List(ctx, data.Query{Kind: data.KindDeal})
	report, fault := a.store.Verify(ctx)
	if err := errors.Join(err, fault, a.Close()); err != nil || report.Faults > 0 {
		t.Fatal(err, report)
	}
	last := func(r data.Row) bool { return r.Int("amount") == 100*killWeeks }
	if len(rows) != 0 && (len(rows) != killDeals || !slices.ContainsFunc(rows, last) || slices.ContainsFunc(rows, func(r data.Row) bool { return !last(r) })) {
		t.Fatalf("%d deals, the first at %d", len(rows), rows[0].Int("amount"))
	}
	return len(rows) > 0
}
