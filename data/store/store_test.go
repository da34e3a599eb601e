package store

import (
	"context"
	"errors"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"fieldbook/data"
)

// ticking is a clock that moves a second at each look.
func ticking(start time.Time) func() time.Time {
	now := start
	return func() time.Time {
		now = now.Add(time.Second)
		return now
	}
}

func opts() Options {
	return Options{Now: ticking(time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC)), Device: "test"}
}

func create(t testing.TB, info BookInfo) *Store {
	t.Helper()
	s, err := Create(context.Background(), filepath.Join(t.TempDir(), "a.book"), info, opts())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	})
	return s
}

func put(t testing.TB, s *Store, kind string, id data.ID, v data.Values) Result {
	t.Helper()
	res, err := s.Write(context.Background(), Act{What: "Put " + kind, Name: "Ann"}, func(tx *Tx) error {
		_, err := tx.Put(kind, id, v)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return res
}

func get(t testing.TB, s *Store, kind string, id data.ID) data.Row {
	t.Helper()
	row, err := s.Get(context.Background(), kind, id)
	if err != nil {
		t.Fatal(err)
	}
	return row
}

func verified(t testing.TB, s *Store) {
	t.Helper()
	r, err := s.Verify(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	if r.Faults > 0 {
		t.Fatalf("verify: %v", r.Findings)
	}
}

func dump(t testing.TB, s *Store) []string {
	t.Helper()
	var out []string
	if err := s.Dump(context.Background(), func(l string) error { out = append(out, l); return nil }); err != nil {
		t.Fatal(err)
	}
	return out
}

// send merges everything of one book into another.
func send(t testing.TB, from, to *Store) MergeCount {
	t.Helper()
	var count MergeCount
	_, err := to.Write(context.Background(), Act{What: "Merge", Name: "Bob"}, func(tx *Tx) error {
		m := tx.Merger()
		if err := from.EachOp(context.Background(), m.Txn, m.Op); err != nil {
			return err
		}
		count = m.Count()
		return m.Finish()
	})
	if err != nil {
		t.Fatal(err)
	}
	return count
}

func TestPutReadUndoRedo(t *testing.T) {
	ctx := context.Background()
	s := create(t, BookInfo{})
	acc, deal := data.NewID(), data.NewID()
	stage := data.NewID()
	pipe := data.NewID()
	put(t, s, data.KindPipeline, pipe, data.Values{"name": "Sales"})
	put(t, s, data.KindStage, stage, data.Values{"name": "Won", "pipeline": pipe, "type": "won"})
	put(t, s, data.KindAccount, acc, data.Values{"name": "Rangreen"})
	put(t, s, data.KindDeal, deal, data.Values{"account": acc, "stage": stage, "close_day": data.NewDay(2017, 3, 1), "amount": int64(105400), "currency": "USD"})
	row := get(t, s, data.KindDeal, deal)
	if row.Labels["account"] != "Rangreen" || row.Int("amount") != 105400 || row.Day("close_day") != data.NewDay(2017, 3, 1) {
		t.Fatalf("read back %+v", row)
	}
	put(t, s, data.KindDeal, deal, data.Values{"amount": int64(5)})
	if row := get(t, s, data.KindDeal, deal); row.Int("amount") != 5 || row.Text("currency") != "USD" {
		t.Fatalf("after edit %+v", row.Values)
	}
	if res := put(t, s, data.KindDeal, deal, data.Values{"amount": int64(5)}); !res.Txn.IsZero() {
		t.Fatal("an edit that changes nothing left a trace")
	}
	undo := func() {
		t.Helper()
		if _, err := s.Undo(ctx, data.NoID, Act{}); err != nil {
			t.Fatal(err)
		}
	}
	redo := func() {
		t.Helper()
		if _, err := s.Redo(ctx, Act{}); err != nil {
			t.Fatal(err)
		}
	}
	before := dump(t, s)
	undo()
	if row := get(t, s, data.KindDeal, deal); row.Int("amount") != 105400 {
		t.Fatalf("after undo %+v", row.Values)
	}
	undo()
	if _, err := s.Get(ctx, data.KindDeal, deal); data.KindOf(err) != data.NotFound {
		t.Fatalf("deal still there: %v", err)
	}
	verified(t, s)
	redo()
	redo()
	verified(t, s)
	if after := dump(t, s); !slices.Equal(before, after) {
		t.Fatalf("redo gave\n%v\nnot\n%v", after, before)
	}
	for range 5 {
		undo()
	}
	if d := dump(t, s); len(d) != 0 {
		t.Fatalf("left after undoing all: %v", d)
	}
	if _, err := s.Undo(ctx, data.NoID, Act{}); data.KindOf(err) != data.NotFound {
		t.Fatalf("undo of nothing: %v", err)
	}
	for range 5 {
		redo()
	}
	if after := dump(t, s); !slices.Equal(before, after) {
		t.Fatalf("redo gave\n%v\nnot\n%v", after, before)
	}
	hist, err := s.History(ctx, data.KindDeal, deal)
	if err != nil || len(hist) < 5 {
		t.Fatalf("history %v %v", hist, err)
	}
	verified(t, s)
}

func TestMergeBothWays(t *testing.T) {
	a := create(t, BookInfo{})
	b := create(t, BookInfo{ID: a.BookID()})
	acc, other := data.NewID(), data.NewID()
	put(t, a, data.KindAccount, acc, data.Values{"name": "Rangreen", "city": "Oslo"})
	put(t, a, data.KindAccount, other, data.Values{"name": "Konex"})
	if c := send(t, a, b); c.New != 2 || c.Ops != 2 {
		t.Fatalf("first merge %+v", c)
	}
	put(t, a, data.KindAccount, acc, data.Values{"city": "Bergen"})
	put(t, b, data.KindAccount, acc, data.Values{"city": "Tromsø"})
	put(t, b, data.KindAccount, acc, data.Values{"industry": "fish"})
	if _, err := a.Write(context.Background(), Act{}, func(tx *Tx) error { return tx.Delete(data.KindAccount, other) }); err != nil {
		t.Fatal(err)
	}
	put(t, b, data.KindAccount, other, data.Values{"city": "Rome"})
	send(t, a, b)
	if c := send(t, b, a); c.Conflicting != 2 {
		t.Fatalf("merge back %+v", c)
	}
	if c := send(t, b, a); c.Already != c.Ops {
		t.Fatalf("second time %+v", c)
	}
	if x, y := dump(t, a), dump(t, b); !slices.Equal(x, y) {
		t.Fatalf("books differ\n%v\n%v", x, y)
	}
	verified(t, a)
	verified(t, b)
	con, err := a.Conflicts(context.Background())
	if err != nil || len(con) != 2 || len(con[0].Values) != 2 {
		t.Fatalf("conflicts %+v %v", con, err)
	}
	if get(t, a, data.KindAccount, other).Text("city") != "Rome" {
		t.Fatal("an edit was lost to a delete")
	}
	put(t, a, data.KindAccount, acc, data.Values{"city": "Oslo"})
	put(t, a, data.KindAccount, acc, data.Values{"city": "Bodø"})
	send(t, a, b)
	if con, _ := b.Conflicts(context.Background()); len(con) != 1 {
		t.Fatalf("a resolution did not travel: %+v", con)
	}
	if x, y := dump(t, a), dump(t, b); !slices.Equal(x, y) {
		t.Fatalf("books differ\n%v\n%v", x, y)
	}
}

func TestUndoMergeEvenAfterLaterEdits(t *testing.T) {
	ctx := context.Background()
	a := create(t, BookInfo{})
	b := create(t, BookInfo{ID: a.BookID()})
	acc := data.NewID()
	put(t, a, data.KindAccount, acc, data.Values{"name": "Rangreen", "city": "Oslo"})
	send(t, a, b)
	before := dump(t, b)
	put(t, a, data.KindAccount, acc, data.Values{"city": "Bergen"})
	put(t, a, data.KindAccount, acc, data.Values{"city": "Rome"})
	put(t, a, data.KindAccount, data.NewID(), data.Values{"name": "New"})
	send(t, a, b)
	steps, err := b.Steps(ctx, 1)
	if err != nil {
		t.Fatal(err)
	}
	mine := data.NewID()
	put(t, b, data.KindAccount, mine, data.Values{"name": "Mine"})
	if _, err := b.Undo(ctx, steps[0].Txn, Act{}); err != nil {
		t.Fatal(err)
	}
	if _, err := b.Undo(ctx, data.NoID, Act{}); err != nil {
		t.Fatal(err)
	}
	if after := dump(t, b); !slices.Equal(before, after) {
		t.Fatalf("undo of a merge gave\n%v\nnot\n%v", after, before)
	}
	if c := send(t, a, b); c.Already != c.Ops {
		t.Fatalf("merging again %+v", c)
	}
	verified(t, b)
}

func TestRehearsalChangesNothing(t *testing.T) {
	s := create(t, BookInfo{})
	err := s.Rehearse(context.Background(), Act{}, func(tx *Tx) error {
		_, err := tx.Put(data.KindAccount, data.NewID(), data.Values{"name": "x"})
		return err
	})
	if err != nil || len(dump(t, s)) != 0 {
		t.Fatal(err, dump(t, s))
	}
	put(t, s, data.KindAccount, data.NewID(), data.Values{"name": "y"})
	verified(t, s)
}

func TestFailedWriteRollsBack(t *testing.T) {
	s := create(t, BookInfo{})
	boom := errors.New("boom")
	_, err := s.Write(context.Background(), Act{}, func(tx *Tx) error {
		if _, err := tx.Put(data.KindAccount, data.NewID(), data.Values{"name": "x"}); err != nil {
			return err
		}
		return boom
	})
	if !errors.Is(err, boom) || len(dump(t, s)) != 0 {
		t.Fatal(err, dump(t, s))
	}
	verified(t, s)
}

func TestCustomFields(t *testing.T) {
	ctx := context.Background()
	s := create(t, BookInfo{})
	put(t, s, data.KindCustomField, data.NewID(), data.Values{"kind": "account", "label": "Fleet size", "type": "number"})
	id := data.NewID()
	put(t, s, data.KindAccount, id, data.Values{"name": "x", "fleet_size": 12.5})
	put(t, s, data.KindAccount, id, data.Values{"fleet_size": 13.0})
	rows, err := s.List(ctx, data.Query{Kind: "account", Where: []data.Filter{{Field: "fleet_size", Test: data.AtLeast, Values: []data.Value{13.0}}}})
	if err != nil || len(rows) != 1 || rows[0].Float("fleet_size") != 13 {
		t.Fatalf("%+v %v", rows, err)
	}
	verified(t, s)
}

func TestCustomFieldsComeByMerge(t *testing.T) {
	a := create(t, BookInfo{})
	b := create(t, BookInfo{ID: a.BookID()})
	put(t, a, data.KindCustomField, data.NewID(), data.Values{"kind": "account", "label": "Fleet size", "type": "number"})
	id := data.NewID()
	put(t, a, data.KindAccount, id, data.Values{"name": "x", "fleet_size": 12.5})
	send(t, a, b)
	if n := get(t, b, data.KindAccount, id).Float("fleet_size"); n != 12.5 {
		t.Fatalf("fleet size is %v", n)
	}
	put(t, a, data.KindAccount, id, data.Values{"fleet_size": 13.0})
	send(t, a, b)
	if n := get(t, b, data.KindAccount, id).Float("fleet_size"); n != 13 {
		t.Fatalf("fleet size is %v", n)
	}
	verified(t, b)
}

func TestSchemaMatchesTables(t *testing.T) {
	s := create(t, BookInfo{})
	for _, k := range data.Kinds() {
		if _, err := s.List(context.Background(), data.Query{Kind: k.Name, Search: "x", Sort: []data.Sort{{Field: k.Fields[0].Name}}}); err != nil {
			t.Errorf("%s: %v", k.Name, err)
		}
	}
}

func BenchmarkCreateDeals(b *testing.B) {
	s := create(b, BookInfo{})
	stage := data.NewID()
	owner := data.NewID()
	b.ResetTimer()
	_, err := s.Write(context.Background(), Act{What: "Import"}, func(tx *Tx) error {
		for i := range b.N {
			_, err := tx.Put(data.KindDeal, data.ImportedID("deal", "x", string(rune(i))+"k"+time.Duration(i).String()), data.Values{
				"external_id": "ABCDEFG", "stage": stage, "owner": owner, "amount": int64(i), "currency": "USD", "close_day": data.Day(17000 + i%300), "engaged_day": data.Day(16900),
			})
			if err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		b.Fatal(err)
	}
}

func TestCustomFieldsNeedANameOfTheirOwn(t *testing.T) {
	s := create(t, BookInfo{})
	put(t, s, data.KindCustomField, data.NewID(), data.Values{"kind": "account", "label": "City", "type": "number"})
	put(t, s, data.KindCustomField, data.NewID(), data.Values{"kind": "account", "label": "-", "type": "number"})
	put(t, s, data.KindCustomField, data.NewID(), data.Values{"kind": "account", "label": "Fleet", "type": "number"})
	put(t, s, data.KindCustomField, data.NewID(), data.Values{"kind": "account", "label": "fleet", "type": "text"})
	k, err := s.Kind("account")
	if err != nil {
		t.Fatal(err)
	}
	builtIn, _ := data.KindByName("account")
	if added := k.Fields[len(builtIn.Fields):]; len(added) != 1 || added[0].Label != "Fleet" {
		t.Errorf("custom fields are %+v", added)
	}
}

func TestOpeningReadsNoLog(t *testing.T) {
	s := create(t, BookInfo{})
	for _, query := range []string{settingsSQL, customSQL} {
		var step string
		err := s.scanAll(context.Background(), "EXPLAIN QUERY PLAN "+query, nil, []any{new(int), new(int), new(int), &step}, func() error {
			if strings.HasPrefix(step, "SCAN e") {
				t.Errorf("%s\nwalks over all rows of the book: %s", query, step)
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	}
}
