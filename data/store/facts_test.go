package store

import (
	"context"
	"testing"
	"time"

	"fieldbook/data"
)

// daily is a clock that a test moves by days.
type daily struct{ now time.Time }

func (d *daily) Now() time.Time { d.now = d.now.Add(time.Second); return d.now }

func (d *daily) next() { d.now = d.now.AddDate(0, 0, 1) }

// factBook is a book with a pipeline of two stages and one deal, and its clock.
type factBook struct {
	*Store
	clock           *daily
	open, won, deal data.ID
}

func newFactBook(t *testing.T) *factBook {
	t.Helper()
	b := &factBook{clock: &daily{now: time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC)}, open: data.NewID(), won: data.NewID(), deal: data.NewID()}
	s, err := Create(context.Background(), t.TempDir()+"/a.book", BookInfo{}, Options{Now: b.clock.Now, Device: "test"})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	})
	b.Store = s
	pipe := data.NewID()
	put(t, s, data.KindPipeline, pipe, data.Values{"name": "Sales"})
	put(t, s, data.KindStage, b.open, data.Values{"name": "Open", "pipeline": pipe, "type": "open"})
	put(t, s, data.KindStage, b.won, data.Values{"name": "Won", "pipeline": pipe, "type": "won"})
	put(t, s, data.KindDeal, b.deal, data.Values{
		"stage": b.open, "amount": int64(-70), "currency": "NOK", "category": data.CategoryCommit, "created_day": data.NewDay(1969, 12, 30), "next_step": "call",
	})
	return b
}

func (b *factBook) facts(t *testing.T) []DealFact {
	t.Helper()
	var out []DealFact
	err := b.EachDealFact(context.Background(), "USD", func(batch []DealFact) error {
		out = append(out, batch...)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

func TestDealFactsHoldEveryField(t *testing.T) {
	b := newFactBook(t)
	b.clock.next()
	dollars := data.NewID()
	put(t, b.Store, data.KindDeal, dollars, data.Values{"stage": b.won, "close_day": data.NewDay(1970, 1, 1), "amount": int64(0), "currency": "USD", "next_step_day": data.NewDay(2026, 4, 1)})
	all := b.facts(t)
	if len(all) != 2 {
		t.Fatalf("%d deals", len(all))
	}
	f, g := all[0], all[1]
	if f.Amount != -70 || !f.HasAmount || f.Currency != "NOK" || f.Category != data.CategoryCommit || !f.HasStep || f.Created != data.NewDay(1969, 12, 30) || f.Close.Valid() || f.NextOn.Valid() {
		t.Errorf("%+v", f)
	}
	if g.Currency != "" || !g.HasAmount || g.Amount != 0 || g.Close != 0 || !g.HasStep || g.NextOn != data.NewDay(2026, 4, 1) || g.Account != 0 || g.Stage == f.Stage {
		t.Errorf("%+v", g)
	}
	if f.Entered != data.NewDay(2026, 3, 2) || g.Entered != data.NewDay(2026, 3, 3) {
		t.Errorf("entered %v and %v", f.Entered, g.Entered)
	}
	some, err := b.DealFacts(context.Background(), "USD", []data.Key{g.Key, f.Key, 9999})
	if err != nil || len(some) != 2 || some[0] != f || some[1] != g {
		t.Errorf("%+v, %v; want %+v", some, err, all)
	}
}

func TestStageEditsNameWhatTheyTakeBack(t *testing.T) {
	ctx := context.Background()
	b := newFactBook(t)
	read := func(until data.Day) []StageEdit {
		var out []StageEdit
		err := b.EachStageEdit(ctx, PastQuery{Until: until}, func(e StageEdit) error { out = append(out, e); return nil })
		if err != nil {
			t.Fatal(err)
		}
		return out
	}
	if got := read(data.NoDay); len(got) != 0 {
		t.Fatalf("a deal that never moved: %+v", got)
	}
	b.clock.next()
	res := put(t, b.Store, data.KindDeal, b.deal, data.Values{"stage": b.won, "close_day": data.NewDay(2026, 3, 3), "amount": int64(80)})
	b.clock.next()
	if _, err := b.Undo(ctx, data.NoID, Act{Name: "Ann"}); err != nil {
		t.Fatal(err)
	}
	got := read(data.NoDay)
	if len(got) != 3 || got[0].Stage != b.open || got[1].Stage != b.won || got[1].Amount != int64(80) || got[1].Close != data.NewDay(2026, 3, 3) || got[2].UndoOf != res.Txn {
		t.Errorf("%+v", got)
	}
	if got := read(data.NewDay(2026, 3, 1)); len(got) != 1 || got[0].Day != data.NewDay(2026, 3, 2) {
		t.Errorf("before the deal came: %+v", got)
	}
}

func TestPastRows(t *testing.T) {
	ctx := context.Background()
	b := newFactBook(t)
	first := data.NewDay(2026, 3, 2)
	read := func(day data.Day) map[data.ID]Past {
		out := map[data.ID]Past{}
		if err := b.EachPast(ctx, day, func(p Past) error { out[p.ID] = p; return nil }); err != nil {
			t.Fatal(err)
		}
		if changed, err := b.ChangedAfter(ctx, day); err != nil || changed != (len(out) > 0) {
			t.Errorf("changed after %s: %v, %v, with %d rows", day, changed, err, len(out))
		}
		return out
	}
	if got := read(first); len(got) != 0 {
		t.Fatalf("nothing changed, yet %+v", got)
	}
	b.clock.next()
	late := data.NewID()
	put(t, b.Store, data.KindAccount, late, data.Values{"name": "Late"})
	put(t, b.Store, data.KindAccount, late, data.Values{"name": "Later"})
	put(t, b.Store, data.KindDeal, b.deal, data.Values{"amount": int64(5)})
	b.clock.next()
	if _, err := b.Write(ctx, Act{What: "Delete", Name: "Ann"}, func(tx *Tx) error { return tx.Delete(data.KindDeal, b.deal) }); err != nil {
		t.Fatal(err)
	}
	then := read(first)
	if p := then[b.deal]; p.Gone || p.Values["amount"] != int64(-70) || p.Born != first {
		t.Errorf("the deal on the first day: %+v", p)
	}
	if p := then[late]; p.Gone || p.Values["name"] != "Late" {
		t.Errorf("a row that came later keeps its first values: %+v", p)
	}
	if p := read(first + 1)[b.deal]; p.Gone || p.Values["amount"] != int64(5) {
		t.Errorf("the deal on the second day: %+v", p)
	}
	if _, err := b.Write(ctx, Act{What: "Delete", Name: "Ann"}, func(tx *Tx) error { return tx.Delete(data.KindAccount, late) }); err != nil {
		t.Fatal(err)
	}
	if p := read(first)[late]; !p.Gone {
		t.Errorf("what came later and is gone was never there: %+v", p)
	}
}

func TestNarrowRefusesUnknownFields(t *testing.T) {
	b := newFactBook(t)
	err := b.EachNarrow(context.Background(), Narrow{Kind: data.KindDeal, Fields: []string{"amount", "key; DROP TABLE deal"}}, func(data.Key, data.ID, []any) error { return nil })
	if data.KindOf(err) != data.Invalid {
		t.Error(err)
	}
}

func TestFactsStopWhenCancelled(t *testing.T) {
	b := newFactBook(t)
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if err := b.EachDealFact(ctx, "USD", func([]DealFact) error { return nil }); data.KindOf(err) != data.Canceled {
		t.Error(err)
	}
}
