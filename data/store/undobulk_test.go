package store

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"fieldbook/data"
)

// takeBackRowByRow is takeBack without sets of rows, to compare with.
func takeBackRowByRow(s *Store, r reversal) (Undone, error) {
	var out Undone
	_, err := s.Write(context.Background(), Act{Aside: true}, func(tx *Tx) error {
		acts, err := tx.stepActs(r)
		if err != nil {
			return err
		}
		act := acts[0]
		tx.act.What = r.verb + trimVerb(act.what)
		tx.act.UndoOf = act.id
		p, err := tx.putBack(act.txn)
		if err != nil {
			return err
		}
		p.out = &out
		for _, e := range p.rows {
			if err := p.reverseRow(tx, e); err != nil {
				return err
			}
		}
		return r.mark(tx, act.pos)
	})
	return out, err
}

// stateLines lists what a book keeps beside its log.
func stateLines(t *testing.T, s *Store) []string {
	t.Helper()
	var out []string
	for _, query := range []string{
		`SELECT 'live ' || entity || cell || seq || value || stamp FROM live ORDER BY entity, cell, replica, seq`,
		`SELECT 'entity ' || key || ' ' || deleted FROM entity ORDER BY key`,
		`SELECT 'custom ' || key || coalesce(custom, '') FROM deal ORDER BY key`,
	} {
		out = append(out, textLines(t, s, query)...)
	}
	return out
}

// textLines gives the rows of a query of one text.
func textLines(t *testing.T, s *Store, query string) []string {
	t.Helper()
	rows, err := s.read.QueryContext(context.Background(), query)
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	var out []string
	for rows.Next() {
		var line string
		if err := rows.Scan(&line); err != nil {
			t.Fatal(err)
		}
		out = append(out, line)
	}
	if err := rows.Err(); err != nil {
		t.Fatal(err)
	}
	return out
}

// mixedImport imports deals, then edits, deletes and joins some of them.
func mixedImport(t *testing.T, s *Store, n int) {
	t.Helper()
	deal := func(i int) data.ID { return data.ImportedID("deal", "t", fmt.Sprint(i)) }
	put(t, s, "deal", deal(3), data.Values{"stage": data.ImportedID("stage", "t", "won"), "note": "was here"})
	write(t, s, func(tx *Tx) error {
		if _, err := tx.Put("account", data.ImportedID("account", "t", "a"), data.Values{"name": "A \u2028 \"b\"", "latitude": -0.5}); err != nil {
			return err
		}
		return plainPut(tx, n)
	})
}

// sameBooks compares all that the two books hold but the replicas' ids.
func sameBooks(t *testing.T, fast, slow *Store) {
	t.Helper()
	for what, list := range map[string]func(*testing.T, *Store) []string{"dumps": func(t *testing.T, s *Store) []string { t.Helper(); return dump(t, s) }, "ops": ops, "state": stateLines} {
		x, y := strings.Join(list(t, fast), "\n"), strings.Join(list(t, slow), "\n")
		if x = strings.ReplaceAll(x, fast.ReplicaID().String(), slow.ReplicaID().String()); x != y {
			t.Fatalf("%s differ:\n%s\n\n%s", what, x, y)
		}
	}
}

// stepBehind is the transaction of the nth newest step.
func stepBehind(t *testing.T, s *Store, n int) data.ID {
	t.Helper()
	steps, err := s.Steps(context.Background(), n+1)
	if err != nil {
		t.Fatal(err)
	}
	return steps[n].Txn
}

func TestUndoBySetsWritesWhatRowByRowWrites(t *testing.T) {
	deal := func(i int) data.ID { return data.ImportedID("deal", "t", fmt.Sprint(i)) }
	edits := []func(s *Store){
		func(s *Store) { put(t, s, "deal", deal(10), data.Values{"note": "edited"}) },
		func(s *Store) { write(t, s, func(tx *Tx) error { return tx.Delete("deal", deal(40)) }) },
		func(s *Store) { put(t, s, "deal", deal(40), data.Values{"amount": int64(1), "currency": "EUR"}) },
	}
	for n := range len(edits) + 1 {
		t.Run(fmt.Sprintf("%d edits since", n), func(t *testing.T) {
			fast, slow := bulkBook(t), bulkBook(t)
			for _, s := range []*Store{fast, slow} {
				mixedImport(t, s, 60)
				for _, edit := range edits[:n] {
					edit(s)
				}
			}
			for round := range 6 {
				act, twin := redoing(Act{}), redoing(Act{})
				if round%2 == 0 {
					act, twin = undoing(stepBehind(t, fast, n), Act{}), undoing(stepBehind(t, slow, n), Act{})
				}
				done, err := fast.takeBack(context.Background(), act)
				if err != nil {
					t.Fatal(err)
				}
				want, err := takeBackRowByRow(slow, twin)
				if err != nil {
					t.Fatal(err)
				}
				if done.Rows != want.Rows || done.Rows < 59 || !slices.Equal(done.Kept, want.Kept) {
					t.Errorf("round %d: %d rows, kept %v; want %d, %v", round, done.Rows, done.Kept, want.Rows, want.Kept)
				}
				sameBooks(t, fast, slow)
				verified(t, fast)
			}
		})
	}
}

func TestUndoStopsWhereNobodyWaits(t *testing.T) {
	s := bulkBook(t)
	mixedImport(t, s, 60)
	want := dump(t, s)
	ctx, cancel := context.WithCancel(context.Background())
	s.opt.Now = func() time.Time { // asked when the first op is about to be written
		cancel()
		return time.Date(2026, 3, 3, 0, 0, 0, 0, time.UTC)
	}
	if _, err := s.Undo(ctx, data.NoID, Act{}); data.KindOf(err) != data.Canceled {
		t.Fatalf("undo that nobody waits for: %v", err)
	}
	if got := dump(t, s); !slices.Equal(got, want) {
		t.Error("a stopped undo left something")
	}
	verified(t, s)
}

func TestEachMember(t *testing.T) {
	for text, want := range map[string][]string{
		`{}`:                                  {},
		`{"a":1}`:                             {"a", "1"},
		`{"a":"x,}\"y","b":{"c":[1,"]"]}}`:    {"a", `"x,}\"y"`, "b", `{"c":[1,"]"]}`},
		`{"a":null,"b":-1.5e3,"c":[],"d":""}`: {"a", "null", "b", "-1.5e3", "c", "[]", "d", `""`},
		`{ "a":1}`:                            nil, `{"a" :1}`: nil, `{"a\u0041":1}`: nil, `{"a":1,}`: nil, `{"a":}`: nil, `{"a":1`: nil, `{"a":1}x`: nil, `[1]`: nil, ``: nil, `null`: nil,
		`{"a":"x`: nil, `{"a":"x\`: nil, `{"a":{"b":1}`: nil,
	} {
		got := []string{}
		if ok := eachMember([]byte(text), func(name, value []byte) { got = append(got, string(name), string(value)) }); ok != (want != nil) || ok && !slices.Equal(got, want) {
			t.Errorf("%s: %q, %t", text, got, ok)
		}
	}
}

func TestUndoOfManyRowsLeavesTheOthers(t *testing.T) {
	s := bulkBook(t)
	ctx := context.Background()
	put(t, s, "deal", data.ImportedID("deal", "other", "1"), data.Values{"stage": data.ImportedID("stage", "t", "won"), "note": "stays"})
	want, indexes := dump(t, s), indexNames(t, s)
	write(t, s, func(tx *Tx) error { return bulkPutFields(tx, manyRows) })
	full := dump(t, s)
	if done, err := s.Undo(ctx, data.NoID, Act{}); err != nil || done.Rows != manyRows {
		t.Fatalf("undid %d rows, %v", done.Rows, err)
	}
	if got := dump(t, s); !slices.Equal(got, want) {
		t.Fatalf("%d lines after undo, want %d", len(got), len(want))
	}
	if done, err := s.Redo(ctx, Act{}); err != nil || done.Rows != manyRows {
		t.Fatalf("redid %d rows, %v", done.Rows, err)
	}
	if got := dump(t, s); !slices.Equal(got, full) {
		t.Fatalf("%d lines after redo, want %d", len(got), len(full))
	}
	if after := indexNames(t, s); !slices.Equal(after, indexes) {
		t.Errorf("indexes were %v and are %v", indexes, after)
	}
}

// BenchmarkTakeBack writes 200,000 deals at once, undoes and redoes that twice,
// and verifies the book.
func BenchmarkTakeBack(b *testing.B) {
	const n = 200_000
	ctx := context.Background()
	for b.Loop() {
		s := create(b, BookInfo{})
		step := func(name string, do func() error) {
			start := time.Now()
			if err := do(); err != nil {
				b.Fatal(name, err)
			}
			b.ReportMetric(float64(n)/time.Since(start).Seconds(), name+"-rows/s")
		}
		step("create", func() error {
			_, err := s.Write(ctx, Act{What: "Import"}, func(tx *Tx) error { return bulkPutFields(tx, n) })
			return err
		})
		undo := func() error { _, err := s.Undo(ctx, data.NoID, Act{}); return err }
		redo := func() error { _, err := s.Redo(ctx, Act{}); return err }
		step("undo", undo)
		step("redo", redo)
		step("undo2", undo)
		step("redo2", redo)
		step("verify", func() error {
			r, err := s.Verify(ctx)
			if err == nil && r.Faults > 0 {
				err = fmt.Errorf("%v", r.Findings)
			}
			return err
		})
	}
}

func bulkPutFields(tx *Tx, n int) error {
	bulk, err := tx.Bulk(BulkPlan{Kind: "deal", Fields: bulkFields[:7], Expect: n})
	if err != nil {
		return err
	}
	return someDeals(n, func(id data.ID, values []data.Value) error {
		_, err := bulk.Put(id, values[:7])
		return err
	})
}
