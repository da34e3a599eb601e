package metrics_test

import (
	"fmt"
	"reflect"
	"testing"

	"fieldbook/app/metrics"
	"fieldbook/data"
)

// TestViewAnswersAlike asks a view for more tables and journeys than it keeps,
// twice and in turn, spoils what it got, and compares with a view of its own.
func TestViewAnswersAlike(t *testing.T) {
	f, q := year(), metrics.Query{AsOf: on("2024-06-30")}
	v := view(t, f, q)
	for range 2 {
		for month := range 8 {
			in := data.Calendar{Start: 1}.MonthOf(on("2024-01-01").AddMonths(month))
			for _, by := range []metrics.By{metrics.ByNone, metrics.ByPerson, metrics.ByStage} {
				t.Run(fmt.Sprint(in.Name, " by ", by), func(t *testing.T) {
					got, err := v.Compute(by, in)
					want, wantErr := view(t, f, q).Compute(by, in)
					if err != nil || wantErr != nil || !reflect.DeepEqual(got, want) {
						t.Errorf("got %+v (%v), want %+v (%v)", got, err, want, wantErr)
					}
					clear(got.Rows)
				})
			}
			for _, cohort := range []metrics.Cohort{metrics.CreatedIn, metrics.ClosedIn} {
				got, want := v.Journey(in, cohort).Funnels, view(t, f, q).Journey(in, cohort).Funnels
				if !reflect.DeepEqual(got, want) {
					t.Errorf("journey of %s: got %+v, want %+v", in.Name, got, want)
				}
			}
		}
	}
}

// TestAgainIsAfresh replaces and adds deals, one in a currency that is new, and
// compares a view read again with one made afresh.
func TestAgainIsAfresh(t *testing.T) {
	f, q := generate(40_000, 3), metrics.Query{AsOf: on("2024-11-17")}
	v := view(t, f, q)
	from := generate(60, 4)
	var places []int
	put := func(key data.Key, i int) {
		f.Upsert(key, from.Deals[i], from.History(&from.Deals[i])...)
		place, _ := f.Place(key)
		places = append(places, place)
	}
	for i := range 30 {
		put(data.Key(i*7+1), i)
		put(data.Key(40_001+i), 30+i)
	}
	f.Currencies = append(f.Currencies, "JPY")
	from.Deals[0].Currency = 2
	put(39_999, 0)
	again, fresh := v.Again(places), view(t, f, q)
	for _, by := range []metrics.By{metrics.ByPerson, metrics.ByStage, metrics.ByMonth} {
		got, err := again.Compute(by, data.AllTime)
		want, wantErr := fresh.Compute(by, data.AllTime)
		if err != nil || wantErr != nil || !reflect.DeepEqual(got, want) {
			t.Errorf("by %s: got %+v (%v), want %+v (%v)", by, got.Total, err, want.Total, wantErr)
		}
	}
	got, want := again.Journey(data.AllTime, metrics.ClosedIn), fresh.Journey(data.AllTime, metrics.ClosedIn)
	if !reflect.DeepEqual(got.Funnels, want.Funnels) || !reflect.DeepEqual(again.Stalls(), fresh.Stalls()) {
		t.Errorf("got %+v, want %+v", got.Funnels, want.Funnels)
	}
	if v.Len() != 40_000 || again.Len() != 40_030 {
		t.Errorf("views of %d and %d deals", v.Len(), again.Len())
	}
}
