package store

import (
	"context"
	"math"
	"slices"
	"strconv"
	"testing"

	"fieldbook/data"
)

// dealBook is a store with two open stages, a won and a lost one, and a product.
type dealBook struct {
	*Store
	first, second, won, lost, product data.ID
}

func newDealBook(t testing.TB) dealBook {
	t.Helper()
	s := create(t, BookInfo{})
	b := dealBook{s, data.NewID(), data.NewID(), data.NewID(), data.NewID(), data.NewID()}
	pipeline := data.NewID()
	put(t, s, data.KindPipeline, pipeline, data.Values{"name": "Sales"})
	for i, st := range []struct {
		id   data.ID
		kind string
		p    float64
	}{{b.first, data.StageOpen, 10}, {b.second, data.StageOpen, 50}, {b.won, data.StageWon, 100}, {b.lost, data.StageLost, 0}} {
		put(t, s, data.KindStage, st.id, data.Values{"name": st.kind, "pipeline": pipeline, "type": st.kind, "position": int64(i), "probability": st.p, "expected_days": int64(10), "category": data.CategoryCommit})
	}
	put(t, s, data.KindProduct, b.product, data.Values{"name": "Pro", "price": int64(500)})
	return b
}

func (b dealBook) add(t *testing.T, v data.Values) data.ID {
	t.Helper()
	id := data.NewID()
	put(t, b.Store, data.KindDeal, id, v)
	return id
}

func TestDealTotals(t *testing.T) {
	b := newDealBook(t)
	today := data.NewDay(2026, 3, 2)
	stalled := b.add(t, data.Values{"stage": b.first, "product": b.product, "created_day": today - 30})
	b.add(t, data.Values{"stage": b.first, "amount": int64(250), "close_day": today - 1, "next_step": "Call", "next_step_day": today - 1, "created_day": today})
	b.add(t, data.Values{"stage": b.first, "amount": int64(70), "currency": "EUR", "created_day": today})
	b.add(t, data.Values{"stage": b.won, "product": b.product})
	b.add(t, data.Values{"stage": b.lost, "product": b.product, "amount": int64(0)})
	b.add(t, data.Values{"stage": b.second, "amount": int64(math.MaxInt64)})
	b.add(t, data.Values{"stage": b.second, "amount": int64(math.MaxInt64)})
	got, err := b.DealTotals(context.Background(), data.Query{Kind: data.KindDeal, Sort: []data.Sort{{Field: "name"}}, Limit: 1}, Lacking{Today: today, Stalled: []data.Key{get(t, b.Store, data.KindDeal, stalled).Key, 999}})
	if err != nil {
		t.Fatal(err)
	}
	want := []DealTotal{
		{Stage: b.first, Count: 2, Sum: 750, NoAccount: 2, NoClose: 1, PastClose: 1, NoStep: 1, LateStep: 1, Stalled: 1},
		{Stage: b.first, Currency: "EUR", Count: 1, Sum: 70, NoAccount: 1, NoClose: 1, NoStep: 1},
		{Stage: b.second, Count: 2, Sum: math.MaxInt64, NoAccount: 2, NoClose: 2, NoStep: 2},
		{Stage: b.won, Count: 1, Unvalued: 1, NoAccount: 1, NoClose: 1, NoStep: 1},
		{Stage: b.lost, Count: 1, Sum: 500, NoAccount: 1, NoClose: 1, NoStep: 1},
	}
	if !slices.Equal(got, want) {
		t.Errorf("got  %+v\nwant %+v", got, want)
	}
}

func TestStageDay(t *testing.T) {
	b := newDealBook(t)
	ctx := context.Background()
	engaged := data.NewDay(2026, 1, 10)
	told := data.NewDay(2026, 2, 1)
	logged := data.NewDay(2026, 3, 2) // the day of the test's clock
	id := b.add(t, data.Values{"stage": b.first, "engaged_day": engaged, "created_day": engaged + 5})
	since := func() data.Day {
		t.Helper()
		row := get(t, b.Store, data.KindDeal, id)
		facts, err := b.DealStandings(ctx, []data.Key{row.Key, 999})
		if err != nil {
			t.Fatal(err)
		}
		if len(facts) != 1 {
			t.Fatalf("facts of %d deals", len(facts))
		}
		return facts[row.Key].Since
	}
	if got := since(); got != engaged {
		t.Errorf("as imported: %v", got)
	}
	put(t, b.Store, data.KindDeal, id, data.Values{"close_day": told})
	if got := since(); got != engaged {
		t.Errorf("a change of the close day alone moved the entry to %v", got)
	}
	put(t, b.Store, data.KindStageEntry, data.NewID(), data.Values{"deal": id, "stage": b.first, "day": told})
	if got := since(); got != told {
		t.Errorf("stage history says %v", got)
	}
	put(t, b.Store, data.KindDeal, id, data.Values{"stage": b.second})
	put(t, b.Store, data.KindDeal, id, data.Values{"close_day": told + 9})
	if got := since(); got != logged {
		t.Errorf("moved in the book: %v", got)
	}
}

func TestDealComputedFields(t *testing.T) {
	b := newDealBook(t)
	today := data.NewDay(2026, 3, 2)
	small := b.add(t, data.Values{"stage": b.second, "amount": int64(100), "created_day": today - 3})
	listed := b.add(t, data.Values{"stage": b.first, "product": b.product, "created_day": today - 40})
	large := b.add(t, data.Values{"stage": b.first, "amount": int64(900), "next_step": "Call", "created_day": today - 40})
	ids := func(q data.Query) []data.ID {
		t.Helper()
		q.Kind = data.KindDeal
		rows, err := b.List(context.Background(), q)
		if err != nil {
			t.Fatal(err)
		}
		out := []data.ID{}
		for _, r := range rows {
			out = append(out, r.ID)
		}
		return out
	}
	for name, tt := range map[string]struct {
		q    data.Query
		want []data.ID
	}{
		"value":       {data.Query{Sort: []data.Sort{{Field: DealValue, Desc: true}}}, []data.ID{large, listed, small}},
		"weighted":    {data.Query{Sort: []data.Sort{{Field: DealWeighted}}}, []data.ID{small, listed, large}},
		"in stage":    {data.Query{Sort: []data.Sort{{Field: DealStageDay, Desc: true}}, Limit: 1}, []data.ID{small}},
		"value range": {data.Query{Where: []data.Filter{{Field: DealValue, Test: data.AtLeast, Values: []data.Value{int64(500)}}, {Field: DealValue, Test: data.AtMost, Values: []data.Value{int64(600)}}}}, []data.ID{listed}},
		"next step":   {data.Query{Sort: []data.Sort{{Field: DealStepDay}}, Limit: 1}, []data.ID{small}},
		"category":    {data.Query{Where: []data.Filter{{Field: DealCategory, Test: data.Is, Values: []data.Value{data.CategoryCommit}}}, Sort: []data.Sort{{Field: DealValue}}, Limit: 1}, []data.ID{small}},
		"by key":      {data.Query{Where: []data.Filter{{Field: KeyField, Test: data.Is, Values: []data.Value{int64(get(t, b.Store, data.KindDeal, large).Key)}}}}, []data.ID{large}},
	} {
		if got := ids(tt.q); !slices.Equal(got, tt.want) {
			t.Errorf("%s: got %v, want %v", name, got, tt.want)
		}
	}
}

func TestIDsOf(t *testing.T) {
	b := newDealBook(t)
	first, second := b.add(t, data.Values{"stage": b.first}), b.add(t, data.Values{"stage": b.first})
	keys := []data.Key{get(t, b.Store, data.KindDeal, second).Key, 12345, get(t, b.Store, data.KindDeal, first).Key}
	ids, err := b.IDsOf(context.Background(), keys)
	if err != nil {
		t.Fatal(err)
	}
	if !slices.Equal(ids, []data.ID{second, first}) {
		t.Errorf("got %v", ids)
	}
}

func TestCountEachAgreesWithCount(t *testing.T) {
	b := newDealBook(t)
	ctx := context.Background()
	open := data.Filter{Field: "stage.type", Test: data.Is, Values: []data.Value{data.StageOpen}}
	wheres := [][]data.Filter{
		nil,
		{open},
		{{Field: "stage", Test: data.Is, Values: []data.Value{b.won, b.lost}}},
		{open, {Field: "amount", Test: data.Blank}, {Field: DealValue, Test: data.AtLeast, Values: []data.Value{int64(400)}}},
		{{Field: "close_day", Test: data.AtMost, Values: []data.Value{data.Day(20000)}}, open},
		{{Field: "product.name", Test: data.Contains, Values: []data.Value{"ro"}}},
	}
	check := func() {
		t.Helper()
		got, err := b.CountEach(ctx, data.KindDeal, wheres)
		if err != nil {
			t.Fatal(err)
		}
		for i, where := range wheres {
			if want, err := b.Count(ctx, data.Query{Kind: data.KindDeal, Where: where}); err != nil || got[i] != want {
				t.Errorf("%v: counted %d, want %d, %v", where, got[i], want, err)
			}
		}
	}
	check()
	for i, stage := range []data.ID{b.first, b.second, b.won, b.lost, b.first, b.first} {
		v := data.Values{"stage": stage, "close_day": data.Day(19998 + i)}
		if i%2 == 0 {
			v["product"] = b.product
		}
		b.add(t, v)
	}
	check()
	if _, err := b.CountEach(ctx, data.KindDeal, [][]data.Filter{{{Field: "nothing", Test: data.Blank}}}); data.KindOf(err) != data.Invalid {
		t.Errorf("a field that deals lack: %v", err)
	}
}

// BenchmarkDealKeys sorts 1,000,000 deals (100,000 with -short) as the table of
// deals does.
func BenchmarkDealKeys(b *testing.B) {
	n := 1_000_000
	if testing.Short() {
		n = 100_000
	}
	ctx := context.Background()
	s := newDealBook(b)
	if _, err := s.Write(ctx, Act{What: "Import"}, func(tx *Tx) error { return s.mixedDeals(tx, n) }); err != nil {
		b.Fatal(err)
	}
	open := []data.Filter{{Field: "stage.type", Test: data.Is, Values: []data.Value{data.StageOpen}}}
	for _, field := range []string{"", DealValue, "close_day", "account", DealStageDay} {
		for name, where := range map[string][]data.Filter{"all": nil, "open": open} {
			q := data.Query{Kind: data.KindDeal, Where: where}
			if field != "" {
				q.Sort = []data.Sort{{Field: field, Desc: true}}
			}
			b.Run(name+" by "+field, func(b *testing.B) {
				rows := 0
				for b.Loop() {
					keys, err := s.Keys(ctx, q)
					if err != nil {
						b.Fatal(err)
					}
					rows += len(keys)
				}
				b.ReportMetric(float64(rows)/b.Elapsed().Seconds(), "rows/s")
			})
		}
	}
}

// mixedDeals writes n deals, a quarter of them in each stage, with 5,000 accounts.
func (b dealBook) mixedDeals(tx *Tx, n int) error {
	accounts := make([]data.ID, 5000)
	for i := range accounts {
		accounts[i] = data.ImportedID(data.KindAccount, "t", strconv.Itoa(i))
		if _, err := tx.Put(data.KindAccount, accounts[i], data.Values{"name": "Account " + strconv.Itoa(i*7919%5000)}); err != nil {
			return err
		}
	}
	bulk, err := tx.Bulk(BulkPlan{Kind: data.KindDeal, Fields: []string{"external_id", "stage", "account", "product", "close_day", "created_day", "amount"}, Expect: n})
	if err != nil {
		return err
	}
	stages := []data.ID{b.first, b.second, b.won, b.lost}
	for i := range n {
		mixed := i * 7919 % n
		values := []data.Value{strconv.Itoa(i), stages[mixed%4], accounts[mixed%5000], b.product, data.Day(20000 + mixed%700), data.Day(19900 + mixed%700), int64(mixed)}
		if mixed%4 == 0 {
			values[6] = nil
		}
		if _, err := bulk.Put(data.ImportedID(data.KindDeal, "t", strconv.Itoa(i)), values); err != nil {
			return err
		}
	}
	return nil
}
