package store

import (
	"context"
	"fmt"
	"slices"
	"testing"

	"fieldbook/data"
	"fieldbook/data/oplog"
)

// someDeals writes n deals, one after another, by put.
func someDeals(n int, put func(id data.ID, values []data.Value) error) error {
	stage, owner := data.ImportedID("stage", "t", "won"), data.ImportedID("person", "t", "ann")
	for i := range n {
		values := []data.Value{fmt.Sprintf("D%d “ü”", i), stage, owner, data.Day(17000 + i), int64(i * 100), "USD", nil, nil}
		if i%3 == 0 {
			values[2], values[3], values[4], values[5] = nil, nil, nil, nil
		}
		if i%5 == 0 {
			values[6], values[7] = "a\tb\"c", float64(i)/3
		}
		if err := put(data.ImportedID("deal", "t", fmt.Sprint(i)), values); err != nil {
			return err
		}
	}
	return nil
}

var bulkFields = []string{"external_id", "stage", "owner", "close_day", "amount", "currency", "note", "score"}

func bulkPut(tx *Tx, n, expect int, want Outcome) error {
	b, err := tx.Bulk(BulkPlan{Kind: "deal", Fields: bulkFields, Defaults: data.Values{"source": "web"}, Expect: expect})
	if err != nil {
		return err
	}
	return someDeals(n, func(id data.ID, values []data.Value) error {
		got, err := b.Put(id, values)
		if err == nil && got != want {
			err = fmt.Errorf("outcome %v, want %v", got, want)
		}
		return err
	})
}

func plainPut(tx *Tx, n int) error {
	return someDeals(n, func(id data.ID, values []data.Value) error {
		v := data.Values{"source": "web"}
		for i, x := range values {
			if x != nil {
				v[bulkFields[i]] = x
			}
		}
		_, err := tx.Put("deal", id, v)
		return err
	})
}

func ops(t *testing.T, s *Store) []string {
	t.Helper()
	var out []string
	err := s.EachOp(context.Background(), nil, func(op *oplog.Op) error {
		line := fmt.Sprint(op.Seq, op.Kind, op.Row)
		names := make([]string, 0, len(op.Cells))
		for name, c := range op.Cells {
			names = append(names, fmt.Sprintf(" %s=%s%v", name, c.Value, c.Overwrites))
		}
		slices.Sort(names)
		out = append(out, fmt.Sprint(line, names))
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

func indexNames(t *testing.T, s *Store) []string {
	t.Helper()
	return textLines(t, s, `SELECT name || coalesce(sql, '') FROM sqlite_master WHERE type = 'index' ORDER BY name`)
}

func bulkBook(t *testing.T) *Store {
	t.Helper()
	s := create(t, BookInfo{})
	put(t, s, data.KindCustomField, data.ImportedID("custom_field", "deal", "score"), data.Values{"kind": "deal", "label": "Score", "type": "number"})
	return s
}

func write(t *testing.T, s *Store, fn func(*Tx) error) Result {
	t.Helper()
	res, err := s.Write(context.Background(), Act{What: "Import"}, fn)
	if err != nil {
		t.Fatal(err)
	}
	return res
}

func TestBulkWritesWhatPutWrites(t *testing.T) {
	const n = 400
	for _, expect := range []int{n, manyRows} {
		a, b := bulkBook(t), bulkBook(t)
		before := indexNames(t, b)
		write(t, a, func(tx *Tx) error { return plainPut(tx, n) })
		write(t, b, func(tx *Tx) error { return bulkPut(tx, n, expect, Created) })
		if x, y := dump(t, a), dump(t, b); !slices.Equal(x, y) {
			t.Fatalf("dumps differ:\n%v\n%v", x[:2], y[:2])
		}
		if x, y := ops(t, a), ops(t, b); !slices.Equal(x, y) {
			t.Fatalf("ops differ:\n%v\n%v", x[1], y[1])
		}
		if after := indexNames(t, b); !slices.Equal(before, after) {
			t.Fatalf("indexes were %v and are %v", before, after)
		}
		verified(t, b)
	}
}

func TestBulkAgainChangesNothing(t *testing.T) {
	s := bulkBook(t)
	write(t, s, func(tx *Tx) error { return bulkPut(tx, 50, manyRows, Created) })
	want := dump(t, s)
	res := write(t, s, func(tx *Tx) error { return bulkPut(tx, 50, manyRows, Unchanged) })
	if !res.Txn.IsZero() {
		t.Error("writing what is there left a trace")
	}
	if _, err := s.Undo(context.Background(), data.NoID, Act{}); err != nil {
		t.Fatal(err)
	}
	write(t, s, func(tx *Tx) error { return bulkPut(tx, 50, manyRows, Created) })
	if got := dump(t, s); !slices.Equal(got, want) {
		t.Errorf("revived %v, want %v", got[:2], want[:2])
	}
	verified(t, s)
}

func TestBulkFailsWhole(t *testing.T) {
	s := bulkBook(t)
	want, indexes := dump(t, s), indexNames(t, s)
	_, err := s.Write(context.Background(), Act{}, func(tx *Tx) error {
		if err := bulkPut(tx, 50, manyRows, Created); err != nil {
			return err
		}
		b, err := tx.Bulk(BulkPlan{Kind: "deal", Fields: []string{"amount"}})
		if err != nil {
			return err
		}
		_, err = b.Put(data.NewID(), []data.Value{int64(1)})
		return err
	})
	if data.KindOf(err) != data.Invalid {
		t.Fatalf("a deal without stage: %v", err)
	}
	if got := dump(t, s); !slices.Equal(got, want) || !slices.Equal(indexNames(t, s), indexes) {
		t.Error("a failed bulk left something")
	}
	write(t, s, func(tx *Tx) error { return bulkPut(tx, 50, 0, Created) })
	verified(t, s)
}

func TestBulkUsesFieldsLearntInTheSameTransaction(t *testing.T) {
	s := create(t, BookInfo{})
	id := data.NewID()
	write(t, s, func(tx *Tx) error {
		if _, err := tx.Put(data.KindCustomField, data.NewID(), data.Values{"kind": "account", "label": "Fleet size", "type": "number"}); err != nil {
			return err
		}
		if err := tx.Learn("account", data.NewCustomField("Fleet size", data.TypeNumber, nil)); err != nil {
			return err
		}
		b, err := tx.Bulk(BulkPlan{Kind: "account", Fields: []string{"name", "fleet_size"}})
		if err != nil {
			return err
		}
		_, err = b.Put(id, []data.Value{"x", 12.0})
		return err
	})
	if got := get(t, s, "account", id); got.Float("fleet_size") != 12 {
		t.Errorf("read back %v", got.Values)
	}
	verified(t, s)
}

func BenchmarkBulkDeals(b *testing.B) {
	s := create(b, BookInfo{})
	_, err := s.Write(context.Background(), Act{What: "Import"}, func(tx *Tx) error {
		bulk, err := tx.Bulk(BulkPlan{Kind: "deal", Fields: bulkFields[:7], Expect: b.N})
		if err != nil {
			return err
		}
		b.ResetTimer()
		return someDeals(b.N, func(id data.ID, values []data.Value) error {
			_, err := bulk.Put(id, values[:7])
			return err
		})
	})
	if err != nil {
		b.Fatal(err)
	}
}
