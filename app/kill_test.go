package app

import (
	"context"
	"encoding/csv"
	"errors"
	"fmt"
	"io/fs"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strconv"
	"testing"
	"time"

	"fieldbook/data"
	"fieldbook/data/datatest"
	"fieldbook/data/store"
)

// killRows is how many accounts a child changes at once: enough that writing
// them takes longer than one write to the disk.
const killRows = 400

// exportForEver writes round N into all accounts and then into a CSV file and a
// share file beside the book. It says "done N" once all three stand.
func exportForEver(path string) error {
	ctx := context.Background()
	a, err := Open(ctx, path, Config{Device: "child", Now: time.Now})
	if err != nil {
		return err
	}
	fmt.Println("try")
	for n := time.Now().UnixNano(); ; n++ {
		_, err := a.store.Write(ctx, store.Act{What: "Edit"}, func(tx *store.Tx) error {
			for i := range killRows {
				id := data.ImportedID("account", "kill", strconv.Itoa(i))
				if _, err := tx.Put(data.KindAccount, id, data.Values{"name": fmt.Sprintf("Account %03d", i), "note": strconv.FormatInt(n, 10)}); err != nil {
					return err
				}
			}
			return nil
		})
		if err != nil {
			return err
		}
		if _, err := a.Records.Export(ctx, data.Query{Kind: data.KindAccount}, killedFile(path, "csv")); err != nil {
			return err
		}
		if _, err := a.Sharing.Share(ctx, killedFile(path, "fieldbook"), ShareOptions{Everything: true}); err != nil {
			return err
		}
		fmt.Printf("done %d\n", n)
	}
}

func killedFile(book, ending string) string { return filepath.Join(filepath.Dir(book), "out."+ending) }

// TestSoakKillExport kills a process that exports. Afterwards the book is
// sound, and each file under its name is whole: that of the round which was
// acknowledged last, or one of the round under way.
func TestSoakKillExport(t *testing.T) {
	kills := datatest.Share(3, 10_000)
	seed := uint64(time.Now().UnixNano())
	t.Logf("%d kills, seed %d", kills, seed)
	r := rand.New(rand.NewPCG(seed, 3))
	for left := kills; left > 0; left -= killsOfABook {
		killExports(t, r, min(left, killsOfABook))
	}
}

// killsOfABook is how many kills a book lives through: it grows with each, and
// so would the time to check it.
const killsOfABook = 40

func killExports(t *testing.T, r *rand.Rand, kills int) {
	t.Helper()
	first := newSharer(t, "first", nil)
	book := filepath.Join(t.TempDir(), "k.book")
	a, err := CreateReplica(context.Background(), book, first.app.Book().ID, Config{Device: "child", Now: time.Now})
	if err != nil {
		t.Fatal(err)
	}
	if err := a.Close(); err != nil {
		t.Fatal(err)
	}
	var done int64
	for range kills {
		done = max(done, exportAndKill(t, book, time.Duration(r.IntN(500))*time.Millisecond))
		checkExported(t, first, book, done)
	}
	if a, err = Open(context.Background(), book, Config{Device: "child", Now: time.Now}); err != nil {
		t.Fatal(err)
	}
	_, err = a.Records.Export(context.Background(), data.Query{Kind: data.KindAccount}, killedFile(book, "csv"))
	if err := errors.Join(err, a.Close()); err != nil {
		t.Fatal(err)
	}
	noDrafts(t, filepath.Dir(book))
}

// exportAndKill gives the last round that the child said was done, 0 for none.
func exportAndKill(t *testing.T, book string, after time.Duration) int64 {
	t.Helper()
	c := startChild(t, "export", book)
	c.heard() // it writes from here on
	word := c.killed(after)
	if word == "" {
		return 0
	}
	done, err := strconv.ParseInt(word, 10, 64)
	if err != nil {
		t.Fatal(err)
	}
	return done
}

func checkExported(t *testing.T, reader *sharer, book string, done int64) {
	t.Helper()
	ctx := context.Background()
	a, err := Open(ctx, book, Config{Device: "child", Now: time.Now})
	if err != nil {
		t.Fatal(err)
	}
	report, err := a.store.Verify(ctx)
	if err := errors.Join(err, a.Close()); err != nil || report.Faults > 0 {
		t.Fatal(err, report.Findings)
	}
	round := wholeCSV(t, killedFile(book, "csv"))
	if round < done {
		t.Fatalf("the CSV file is of round %d, and %d was acknowledged", round, done)
	}
	share := killedFile(book, "fieldbook")
	if _, err := os.Stat(share); err == nil {
		// Read to the end and held against its SHA-256.
		if _, err := reader.app.Sharing.Preview(ctx, []string{share}, MergeOptions{}); err != nil {
			t.Fatalf("the share file is not whole: %v", err)
		}
	} else if done != 0 || !errors.Is(err, fs.ErrNotExist) {
		t.Fatal(err)
	}
}

// wholeCSV gives the round that a CSV file is of, 0 where there is none.
func wholeCSV(t *testing.T, path string) int64 {
	t.Helper()
	f, err := os.Open(path)
	if errors.Is(err, fs.ErrNotExist) {
		return 0
	}
	if err != nil {
		t.Fatal(err)
	}
	lines, err := csv.NewReader(f).ReadAll()
	if err := errors.Join(err, f.Close()); err != nil || len(lines) != killRows+1 {
		t.Fatalf("the CSV file is not whole: %d lines, %v", len(lines), err)
	}
	column := -1
	for i, name := range lines[0] {
		if name == "note" {
			column = i
		}
	}
	if column < 0 {
		t.Fatalf("no note among %v", lines[0])
	}
	for _, line := range lines[1:] {
		if line[column] != lines[1][column] {
			t.Fatalf("the CSV file is of several rounds: %s and %s", lines[1][column], line[column])
		}
	}
	round, err := strconv.ParseInt(lines[1][column], 10, 64)
	if err != nil {
		t.Fatal(err)
	}
	return round
}
