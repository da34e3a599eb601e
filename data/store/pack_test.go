package store

import (
	"context"
	"reflect"
	"slices"
	"testing"

	"fieldbook/data"
)

// packed runs a query and keeps its blob.
func (b *factBook) packed(query string) (whole packed, err error) {
	err = b.packs(context.Background(), func(p packed) error {
		whole = slices.Clone(p)
		return nil
	}, query)
	return whole, err
}

func TestPackKeepsEveryValue(t *testing.T) {
	b := newFactBook(t)
	p, err := b.packed(`SELECT pack(n, f, t, x, NULL, e) FROM (
		SELECT 1 AS o, -9223372036854775808 AS n, 0.5 AS f, 'Øre' AS t, x'00ff' AS x, '' AS e UNION ALL SELECT 2, 7, -1e300, 'a,b', x'', 'z' ORDER BY o)`)
	if err != nil {
		t.Fatal(err)
	}
	var got []any
	for len(p) > 0 {
		got = append(got, p.value())
	}
	want := []any{int64(-1 << 63), 0.5, "Øre", "\x00\xff", nil, "", int64(7), -1e300, "a,b", "", nil, "z"}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("%#v", got)
	}
}

func TestPackOfNothingIsEmpty(t *testing.T) {
	b := newFactBook(t)
	p, err := b.packed(`SELECT pack(key) FROM deal WHERE key < 0`)
	if err != nil || len(p) != 0 {
		t.Errorf("%v, %v", p, err)
	}
}

func TestPackGrowsWithItsRows(t *testing.T) {
	b := newFactBook(t)
	p, err := b.packed(`WITH RECURSIVE c (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM c WHERE n < 50000)
		SELECT pack(n, CASE WHEN n % 1000 = 0 THEN printf('%.*c', n, 'x') END) FROM c`)
	if err != nil {
		t.Fatal(err)
	}
	for n := int64(1); n <= 50000; n++ {
		long := 0
		if n%1000 == 0 {
			long = int(n)
		}
		if got, text := p.int(), p.text(); got != n || len(text) != long {
			t.Fatalf("row %d: %d with %d bytes", n, got, len(text))
		}
	}
	if len(p) != 0 {
		t.Errorf("%d bytes left", len(p))
	}
}

func TestPackedReadsWhatIsThere(t *testing.T) {
	b := newFactBook(t)
	whole, err := b.packed(`SELECT pack(5, 2.9, 'text', NULL)`)
	if err != nil {
		t.Fatal(err)
	}
	if p := whole; p.key() != 5 || p.int() != 2 || p.day() != data.NoDay || p.day() != data.NoDay {
		t.Errorf("numbers of %v", whole)
	}
	numbers, err := b.packed(`WITH RECURSIVE c (n) AS (SELECT 1 UNION ALL SELECT n * 2 FROM c WHERE n < 1 << 62) SELECT pack(n, n - 1, -n, -n - 1) FROM c`)
	if err != nil {
		t.Fatal(err)
	}
	for n := int64(1); len(numbers) > 0; n *= 2 {
		for _, want := range []int64{n, n - 1, -n, -n - 1} {
			if got := numbers.int(); got != want {
				t.Fatalf("%d reads as %d", want, got)
			}
		}
	}
	for n := range whole { // cut short anywhere, reading ends
		for p := whole[:n]; len(p) > 0; {
			p.value()
		}
	}
}

// Rows cross in pages; none is lost where one ends.
func TestEachNarrowCrossesPages(t *testing.T) {
	b := newFactBook(t)
	const many = 2*factRange + 1
	_, err := b.Write(context.Background(), Act{What: "fill"}, func(tx *Tx) error {
		for range many {
			if _, err := tx.Put(data.KindProduct, data.NewID(), data.Values{"name": "P"}); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	n, last := 0, data.Key(0)
	err = b.EachNarrow(context.Background(), Narrow{Kind: data.KindProduct, Fields: []string{"name", "price"}}, func(key data.Key, id data.ID, values []any) error {
		if key <= last || id.IsZero() || values[0] != "P" || values[1] != nil {
			t.Fatalf("row %d: %v %v %v", n, key, id, values)
		}
		n, last = n+1, key
		return nil
	})
	if err != nil || n != many {
		t.Errorf("%d rows, %v", n, err)
	}
}
