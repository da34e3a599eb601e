package metrics_test

import (
	"testing"

	"pgregory.net/rapid"

	"fieldbook/app/metrics"
	"fieldbook/data"
)

func viewOn(t interface {
	Helper()
	Fatal(args ...any)
}, f *metrics.Facts, day data.Day, scope metrics.Scope,
) *metrics.View {
	t.Helper()
	v, err := metrics.NewView(f, metrics.Query{AsOf: day, Scope: scope})
	if err != nil {
		t.Fatal(err)
	}
	return v
}

// waterfall compares two views of a scope and two of everybody.
func waterfall(before, after, allBefore, allAfter *metrics.View, in data.Period) metrics.Waterfall {
	first, last := before.Due(in), after.Due(in)
	return metrics.NewWaterfall(first, last, allBefore.Whereabouts(last.Without(first), in), allAfter.Whereabouts(first.Without(last), in))
}

// TestWaterfallNamesEachChange goes through one deal of each sort.
func TestWaterfallNamesEachChange(t *testing.T) {
	quarter := data.Calendar{Start: 1}.Quarter(2024, 2)
	deal := func(owner int32, closes string, amount int64) metrics.Deal {
		d := openDeal(offer, "2024-01-05", closes, amount)
		d.Owner, d.Entered = owner, on("2024-01-05")
		return d
	}
	fresh := deal(ann, "2024-06-01", 7_00)
	fresh.Created, fresh.Entered = on("2024-05-01"), on("2024-05-01")
	won := closedDeal(won, "2024-01-10", "2024-05-02", 40_00)
	won.Owner, won.Entered = ann, on("2024-01-10")
	lostDeal := closedDeal(lost, "2024-01-10", "2024-05-03", 50_00)
	lostDeal.Owner, lostDeal.Entered = ann, on("2024-01-10")
	before, after := small(), small()
	put := func(key data.Key, was, is *metrics.Deal, history ...metrics.Move) {
		if was != nil {
			before.Upsert(key, *was, history...)
		}
		if is != nil {
			after.Upsert(key, *is, history...)
		}
	}
	p := func(d metrics.Deal) *metrics.Deal { return &d }
	put(1, p(deal(ann, "2024-05-01", 10_00)), p(deal(ann, "2024-06-01", 10_00))) // nothing that counts
	put(2, nil, &fresh)                                                          // created
	put(3, p(deal(ann, "2024-08-01", 11_00)), p(deal(ann, "2024-06-01", 12_00))) // pulled in
	put(4, p(deal(ann, "2024-06-01", 13_00)), p(deal(ann, "2024-06-01", 20_00))) // increased
	put(5, p(deal(ann, "2024-06-01", 14_00)), p(deal(ann, "2024-06-01", 9_00)))  // decreased
	put(6, p(deal(ann, "2024-06-01", 15_00)), p(deal(ann, "2024-09-01", 15_00))) // pushed
	put(7, p(deal(bob, "2024-06-01", 16_00)), p(deal(ann, "2024-06-01", 16_00))) // received
	put(8, p(deal(ann, "2024-06-01", 17_00)), p(deal(bob, "2024-06-01", 17_00))) // handed over
	put(9, p(deal(ann, "2024-06-01", 18_00)), nil)                               // removed
	put(10, &won, &won)                                                          // won in between
	put(11, &lostDeal, &lostDeal)                                                // lost in between
	first, last := on("2024-04-10"), on("2024-05-20")
	scope := metrics.Scope{Whose: metrics.OfPerson, Place: ann}
	w := waterfall(viewOn(t, before, first, scope), viewOn(t, after, last, scope),
		viewOn(t, before, first, metrics.Scope{}), viewOn(t, after, last, metrics.Scope{}), quarter)
	want := map[metrics.Change]int64{
		metrics.Created: 7_00, metrics.PulledIn: 12_00, metrics.Increased: 7_00, metrics.Received: 16_00,
		metrics.Decreased: -5_00 - 18_00, metrics.Pushed: -15_00, metrics.HandedOver: -17_00, metrics.WonOut: -40_00, metrics.LostOut: -50_00,
	}
	for _, s := range w.Steps {
		if s.Value != want[s.Change] {
			t.Errorf("change %d: %d, not %d (%v)", s.Change, s.Value, want[s.Change], s.Deals)
		}
	}
	if w.StartDeals != 8 || w.EndDeals != 6 {
		t.Errorf("%d deals, then %d", w.StartDeals, w.EndDeals)
	}
}

// TestWaterfallBalances: whatever happened, start and steps make the end, and each
// deal stands in one step at most.
func TestWaterfallBalances(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		before, after := anyBook(t), anyBook(t)
		first := on("2023-06-01") + data.Day(rapid.IntRange(0, 500).Draw(t, "first"))
		last := first + data.Day(rapid.IntRange(0, 200).Draw(t, "later"))
		in := before.Calendar.Quarter(2024, rapid.IntRange(1, 4).Draw(t, "quarter"))
		scope := metrics.Scope{}
		if rapid.Bool().Draw(t, "one person") {
			scope = metrics.Scope{Whose: metrics.OfPerson, Place: ann}
		}
		w := waterfall(viewOn(t, before, first, scope), viewOn(t, after, last, scope),
			viewOn(t, before, first, metrics.Scope{}), viewOn(t, after, last, metrics.Scope{}), in)
		sum, seen := w.Start, map[data.Key]bool{}
		for _, s := range w.Steps {
			var value int64
			for _, d := range s.Deals {
				if seen[d.Key] {
					t.Fatalf("deal %d stands in two steps", d.Key)
				}
				seen[d.Key] = true
				value += d.After - d.Before
			}
			if value != s.Value {
				t.Fatalf("change %d: its deals make %d, it says %d", s.Change, value, s.Value)
			}
			sum += s.Value
		}
		if sum != w.End {
			t.Fatalf("%d and the steps make %d, not %d", w.Start, sum, w.End)
		}
	})
}
