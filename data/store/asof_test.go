package store

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"fieldbook/data"

	"pgregory.net/rapid"
)

// pastLines is what a book shows, without what waits in the inbox.
func pastLines(t fataler, s *Store) []string {
	var out []string
	if err := s.Dump(context.Background(), func(line string) error {
		if !strings.HasPrefix(line, "conflict") {
			out = append(out, line)
		}
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	slices.Sort(out)
	return out
}

type fataler interface{ Fatal(args ...any) }

// TestAPastDayIsAsItWasDumped: whatever happened later, a past day shows what
// was there at its end, and of later rows their first values alone.
func TestAPastDayIsAsItWasDumped(t *testing.T) {
	soak(t, 15, 500, func(t *rapid.T) {
		dir, err := os.MkdirTemp("", "fieldbook-asof-")
		if err != nil {
			t.Fatal(err)
		}
		defer func() {
			if err := os.RemoveAll(dir); err != nil {
				t.Fatal(err)
			}
		}()
		now := time.Date(2026, 3, 2, 10, 0, 0, 0, time.UTC)
		ctx := context.Background()
		books := make([]*Store, 2)
		id := data.NewID()
		for i := range books {
			books[i], err = Create(ctx, filepath.Join(dir, fmt.Sprintf("%d.book", i)), BookInfo{ID: id}, Options{Device: fmt.Sprint(i), Now: func() time.Time { now = now.Add(time.Second); return now }})
			if err != nil {
				t.Fatal(err)
			}
			defer func(s *Store) {
				if err := s.Close(); err != nil {
					t.Fatal(err)
				}
			}(books[i])
		}
		m := &pastTeam{t, books, map[data.ID]data.Day{}}
		days := map[data.Day][]string{}
		for range rapid.IntRange(1, 4).Draw(t, "days") {
			for range rapid.IntRange(0, 6).Draw(t, "acts") {
				m.act(rapid.IntRange(0, 1).Draw(t, "who"), data.DayOf(now, time.UTC))
			}
			m.swap(0, 1)
			m.swap(1, 0)
			days[data.DayOf(now, time.UTC)] = pastLines(t, books[0])
			now = now.Add(time.Duration(rapid.IntRange(1, 3).Draw(t, "pause")) * 24 * time.Hour)
		}
		for day, want := range days {
			past, err := books[0].AsOf(ctx, day, nil)
			if err != nil {
				t.Fatal(err)
			}
			got := pastLines(t, past)
			if err := past.Close(); err != nil {
				t.Fatal(err)
			}
			for _, line := range want {
				if !slices.Contains(got, line) {
					t.Fatalf("on %s there was %q, as of it there is\n%s", day, line, strings.Join(got, "\n"))
				}
			}
			for _, line := range got {
				row, err := data.ParseID(strings.Fields(line)[1])
				if err != nil {
					t.Fatal(err)
				}
				if !slices.Contains(want, line) && m.born[row] <= day {
					t.Fatalf("as of %s there is %q, on it there was\n%s", day, line, strings.Join(want, "\n"))
				}
			}
		}
	})
}

// pastTeam are two books whose rows' first days are noted.
type pastTeam struct {
	t     *rapid.T
	books []*Store
	born  map[data.ID]data.Day
}

func (m *pastTeam) act(i int, today data.Day) {
	s := m.books[i]
	row := rapid.IntRange(0, 3).Draw(m.t, "row")
	id, kind := soakID("account", row), data.KindAccount
	if row > 1 {
		id, kind = soakID("person", row), data.KindPerson
	}
	var err error
	switch rapid.SampledFrom([]string{"put", "put", "put", "delete", "undo", "redo"}).Draw(m.t, "act") {
	case "put":
		values := data.Values{"name": rapid.SampledFrom([]string{"a", "b", "c"}).Draw(m.t, "name")}
		if kind == data.KindAccount {
			values["owner"] = soakID("person", rapid.IntRange(2, 3).Draw(m.t, "owner"))
		}
		_, err = s.Write(context.Background(), Act{What: "put"}, func(tx *Tx) error {
			_, err := tx.Put(kind, id, values)
			return err
		})
		if _, known := m.born[id]; !known {
			m.born[id] = today
		}
	case "delete":
		_, err = s.Write(context.Background(), Act{What: "delete"}, func(tx *Tx) error {
			if !tx.Exists(id) {
				return nil
			}
			return tx.Delete(kind, id)
		})
	case "undo":
		_, err = s.Undo(context.Background(), data.NoID, Act{})
	case "redo":
		_, err = s.Redo(context.Background(), Act{})
	}
	if err != nil && data.KindOf(err) != data.NotFound {
		m.t.Fatal(err)
	}
}

func (m *pastTeam) swap(from, to int) {
	_, err := m.books[to].Write(context.Background(), Act{What: "Merge"}, func(tx *Tx) error {
		merger := tx.Merger()
		if err := m.books[from].EachOp(context.Background(), merger.Txn, merger.Op); err != nil {
			return err
		}
		return merger.Finish()
	})
	if err != nil {
		m.t.Fatal(err)
	}
}

// TestAPastDayAnswersEveryQuery: conditions, orders, counts and the names of
// references are those of the day, and nothing can be written.
func TestAPastDayAnswersEveryQuery(t *testing.T) {
	ctx := context.Background()
	s := create(t, BookInfo{})
	s.opt.Now = ticking(time.Date(2026, 3, 2, 10, 0, 0, 0, time.UTC))
	ada, bo, acc := data.NewID(), data.NewID(), data.NewID()
	put(t, s, data.KindPerson, ada, data.Values{"name": "Ada", "role": data.RoleRep})
	put(t, s, data.KindPerson, bo, data.Values{"name": "Bo", "role": data.RoleRep})
	put(t, s, data.KindAccount, acc, data.Values{"name": "Inity", "owner": ada})
	s.opt.Now = ticking(time.Date(2026, 3, 9, 10, 0, 0, 0, time.UTC))
	put(t, s, data.KindPerson, ada, data.Values{"name": "Ada Berg"})
	put(t, s, data.KindAccount, acc, data.Values{"owner": bo, "city": "Oslo"})
	write(t, s, func(tx *Tx) error { return tx.Delete(data.KindPerson, bo) })

	past, err := s.AsOf(ctx, data.NewDay(2026, 3, 2), nil)
	if err != nil {
		t.Fatal(err)
	}
	defer func() {
		if err := past.Close(); err != nil {
			t.Error(err)
		}
	}()
	row := get(t, past, data.KindAccount, acc)
	if row.Labels["owner"] != "Ada" || row.Has("city") || past.Past() != data.NewDay(2026, 3, 2) {
		t.Errorf("%v, %v", row.Values, row.Labels)
	}
	people, err := past.List(ctx, data.Query{Kind: data.KindPerson, Sort: []data.Sort{{Field: "name", Desc: true}}})
	if err != nil || len(people) != 2 || people[0].Title() != "Bo" {
		t.Errorf("%v, %v", people, err)
	}
	for _, c := range []struct {
		owner string
		want  int
	}{{"Ada", 1}, {"Bo", 0}, {"Ada Berg", 0}} {
		n, err := past.Count(ctx, data.Query{Kind: data.KindAccount, Where: []data.Filter{{Field: "owner.name", Test: data.Is, Values: []data.Value{c.owner}}}})
		if err != nil || n != c.want {
			t.Errorf("%d accounts of %s, %v", n, c.owner, err)
		}
	}
	if _, err := past.Write(ctx, Act{What: "x"}, func(*Tx) error { return nil }); data.KindOf(err) != data.Refused {
		t.Errorf("the past is written to: %v", err)
	}
	if row := get(t, s, data.KindAccount, acc); row.Text("city") != "Oslo" {
		t.Errorf("the present shows the past: %v", row.Values)
	}
}

func BenchmarkListAsOf(b *testing.B) {
	ctx := context.Background()
	s := create(b, BookInfo{})
	s.opt.Now = ticking(time.Date(2026, 3, 2, 10, 0, 0, 0, time.UTC))
	const deals, changed = 100_000, 1000
	id := func(i int) data.ID { return data.ImportedID("bench", "deal", fmt.Sprint(i)) }
	fill := func(n int, values func(i int) data.Values) {
		if _, err := s.Write(ctx, Act{What: "fill"}, func(tx *Tx) error {
			for i := range n {
				if _, err := tx.Put(data.KindDeal, id(i), values(i)); err != nil {
					return err
				}
			}
			return nil
		}); err != nil {
			b.Fatal(err)
		}
	}
	stage := data.NewID()
	fill(deals, func(i int) data.Values {
		return data.Values{"name": fmt.Sprintf("Deal %d", i*7919%deals), "stage": stage, "amount": int64(i), "currency": "USD", "created_day": data.NewDay(2026, 1, 1), "next_step": "Call on price"}
	})
	s.opt.Now = ticking(time.Date(2026, 3, 9, 10, 0, 0, 0, time.UTC))
	fill(changed, func(i int) data.Values { return data.Values{"amount": int64(2 * i), "note": "later"} })
	for b.Loop() {
		past, err := s.AsOf(ctx, data.NewDay(2026, 3, 2), nil)
		if err != nil {
			b.Fatal(err)
		}
		keys, err := past.Keys(ctx, data.Query{Kind: data.KindDeal, Sort: []data.Sort{{Field: "name"}}})
		if err != nil || len(keys) != deals {
			b.Fatal(len(keys), err)
		}
		if rows, err := past.Rows(ctx, data.KindDeal, keys[:50]); err != nil || len(rows) != 50 {
			b.Fatal(len(rows), err)
		}
		if err := past.Close(); err != nil {
			b.Fatal(err)
		}
	}
}
