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
