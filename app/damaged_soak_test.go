package app

import (
	"context"
	"errors"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"fieldbook/data"
	"fieldbook/data/datatest"
)

// TestSoakDamagedBook cuts, flips and blanks parts of a book. Nothing crashes,
// every failure has words, and what is cut or blanked is found.
func TestSoakDamagedBook(t *testing.T) {
	lea := founded(t)
	whole := filepath.Join(t.TempDir(), "whole.book")
	if err := lea.app.Journal.Backup(context.Background(), whole); err != nil {
		t.Fatal(err)
	}
	good, err := os.ReadFile(whole)
	if err != nil {
		t.Fatal(err)
	}
	cases := datatest.Share(100, 10000)
	seed := uint64(time.Now().UnixNano())
	t.Logf("%d cases, seed %d", cases, seed)
	r := rand.New(rand.NewPCG(seed, 7))
	found := map[int]int{}
	for i := range cases {
		bad, how := damaged(r, good, i%3), i%3
		if string(bad) == string(good) {
			continue
		}
		path := filepath.Join(t.TempDir(), "bad.book")
		if err := os.WriteFile(path, bad, 0o600); err != nil {
			t.Fatal(err)
		}
		switch faults, err := look(path, lea.cfg); {
		case err != nil:
			var told *data.Error
			if !errors.As(err, &told) || told.Msg == "" {
				t.Fatalf("without words: %v", err)
			}
			found[how]++
		case faults > 0:
			found[how]++
		case how == 0:
			t.Fatalf("a book cut to %d of %d bytes passed for sound", len(bad), len(good))
		}
	}
	t.Logf("found: %d cut, %d flipped, %d blanked", found[0], found[1], found[2])
}

// damaged cuts a file, flips a bit or blanks a page.
func damaged(r *rand.Rand, good []byte, how int) []byte {
	bad := append([]byte(nil), good...)
	switch how {
	case 0:
		return bad[:r.IntN(len(bad)-1)]
	case 1:
		bad[r.IntN(len(bad))] ^= 1 << r.IntN(8)
	default:
		const page = 4096
		at := r.IntN(len(bad)/page) * page
		clear(bad[at : at+page])
	}
	return bad
}

func look(path string, cfg Config) (faults int, err error) {
	a, err := Open(context.Background(), path, cfg)
	if err != nil {
		return 0, err
	}
	defer func() { err = errors.Join(err, a.Close()) }()
	report, err := a.Journal.Verify(context.Background())
	if err != nil {
		return 0, err
	}
	_, err = a.Records.List(context.Background(), data.Query{Kind: data.KindDeal})
	return report.Faults, err
}

// TestSoakTwoOpenOneBook lets two open one book at the same moment: one gets
// it, and the other hears who has it.
func TestSoakTwoOpenOneBook(t *testing.T) {
	m := newOffice(t, "laptop")
	a, err := Create(context.Background(), m.path(), NewBook{Name: "Sales", Currency: "USD", FiscalStart: 1, Zone: "UTC"}, m.cfg)
	if err != nil {
		t.Fatal(err)
	}
	if err := a.Close(); err != nil {
		t.Fatal(err)
	}
	cases := datatest.Share(20, 1000)
	t.Logf("%d races", cases)
	cfg := Config{Device: "laptop", Now: time.Now}
	for range cases {
		var got [2]*App
		var failed [2]error
		var start, group sync.WaitGroup
		start.Add(1)
		for i := range got {
			group.Add(1)
			go func() {
				defer group.Done()
				start.Wait()
				got[i], failed[i] = Open(context.Background(), m.path(), cfg)
			}()
		}
		start.Done()
		group.Wait()
		won := 0
		for i := range got {
			if failed[i] == nil {
				won++
				if err := got[i].Close(); err != nil {
					t.Fatal(err)
				}
			} else if data.KindOf(failed[i]) != data.Busy || !strings.Contains(failed[i].Error(), "process") {
				t.Fatal(failed[i])
			}
		}
		if won != 1 {
			t.Fatalf("%d won: %v", won, failed)
		}
	}
}
