package metrics_test

import (
	"testing"

	"pgregory.net/rapid"

	"fieldbook/app/metrics"
	"fieldbook/data"
)

// TestSplits: Ann won 100.00, of which 30 % are Bob's; Dan has 50 % as overlay.
func TestSplits(t *testing.T) {
	f := fill(small(), closedDeal(won, "2024-01-01", "2024-04-10", 100_00))
	f.Splits = []metrics.Split{{Deal: 1, Person: bob, Share: 30}, {Deal: 1, Person: dan, Share: 50, Overlay: true}}
	f.Quotas = []metrics.Quota{quotaOf(ann, metrics.None, "2024-04-01", 100_00), quotaOf(bob, metrics.None, "2024-04-01", 60_00)}
	q := metrics.Query{By: metrics.ByPerson, Period: f.Calendar.Quarter(2024, 2), AsOf: on("2024-06-30")}
	r := compute(t, f, q)
	for key, want := range map[string]int64{"Ann": 70_00, "Bob": 30_00, "Dan": 50_00} {
		if got := row(t, r, key).Credited.Minor; got != want {
			t.Errorf("%s is credited %d, want %d", key, got, want)
		}
	}
	ratio(t, "Ann's attainment", row(t, r, "Ann").Attainment, 0.7)
	ratio(t, "Bob's attainment", row(t, r, "Bob").Attainment, 0.5)
	if got := row(t, r, "Ann").WonValue.Minor; got != 100_00 {
		t.Errorf("the deal itself stays hers: %d", got)
	}
	ratio(t, "everybody's attainment", r.Total.Attainment, 100.0/160)
	for _, c := range []struct {
		scope metrics.Scope
		want  int64
	}{
		{metrics.Scope{Whose: metrics.OfPerson, Place: bob}, 30_00},
		{metrics.Scope{Whose: metrics.OfPerson, Place: dan}, 50_00},
		{metrics.Scope{Whose: metrics.OfTeam, Place: cat}, 100_00},
		{metrics.Scope{Whose: metrics.OfRegion, Place: north}, 70_00},
	} {
		q := metrics.Query{By: metrics.ByMonth, Period: q.Period, AsOf: q.AsOf, Scope: c.scope}
		r := compute(t, f, q)
		if r.Total.Credited.Minor != c.want || row(t, r, "2024-04").Credited.Minor != c.want {
			t.Errorf("%+v: %d, April %d, want %d", c.scope, r.Total.Credited.Minor, row(t, r, "2024-04").Credited.Minor, c.want)
		}
	}
}

// TestSplitsBalance: whatever is split, over whom and in which currency, sums
// over people, managers and regions hold what was won, to the cent, and so do
// the categories of owners.
func TestSplitsBalance(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		f := anyBook(t)
		for range rapid.IntRange(0, 20).Draw(t, "splits") {
			f.Splits = append(f.Splits, metrics.Split{
				Deal: data.Key(rapid.IntRange(1, 60).Draw(t, "deal")), Person: rapid.Int32Range(0, 3).Draw(t, "person"),
				Share: float64(rapid.IntRange(1, 120_0000).Draw(t, "share")) / 1e4, Overlay: rapid.IntRange(0, 3).Draw(t, "overlay") == 0,
			})
		}
		categoriesBalance(t, f)
		for _, by := range []metrics.By{metrics.ByPerson, metrics.ByManager, metrics.ByRegion, metrics.ByMonth} {
			r, err := metrics.Compute(f, metrics.Query{By: by, Period: data.AllTime, AsOf: on("2024-06-30")})
			if err != nil {
				t.Fatal(err)
			}
			if r.Total.Credited != r.Total.WonValue {
				t.Fatalf("credited %d, won %d", r.Total.Credited.Minor, r.Total.WonValue.Minor)
			}
			var sum, overlay int64
			for _, row := range r.Rows {
				sum += row.Credited.Minor
			}
			if by == metrics.ByPerson {
				coversTogether(t, r)
				for i, row := range r.Rows {
					if row.Place != metrics.None {
						overlay += overlaid(t, f, &r.Rows[i])
					}
				}
			}
			if sum-overlay != r.Total.Credited.Minor {
				t.Fatalf("by %s: %d without overlays of %d, in all %d", by, sum-overlay, overlay, r.Total.Credited.Minor)
			}
		}
	})
}

// coversTogether holds the rows of people, as those of a team, against the total.
func coversTogether(t *rapid.T, r metrics.Result) {
	var team metrics.Row
	for i := range r.Rows {
		team.Add(&r.Rows[i])
	}
	x := r.Total
	if team.Credited.Minor != x.Credited.Minor || team.CoverageNeeded != x.CoverageNeeded {
		t.Fatalf("together %d, needed %+v; the total has %d, %+v", team.Credited.Minor, team.CoverageNeeded, x.Credited.Minor, x.CoverageNeeded)
	}
	// The total's quota may be set from above, on a territory.
	if team.Quota.Minor == x.Quota.Minor && (team.Coverage != x.Coverage || team.Met != x.Met) {
		t.Fatalf("together %+v %v, the total has %+v %v", team.Coverage, team.Met, x.Coverage, x.Met)
	}
}

// categoriesBalance holds the sums over owners against those without splits.
func categoriesBalance(t *rapid.T, f *metrics.Facts) {
	without := *f
	without.Splits = nil
	sums := func(f *metrics.Facts) (out [5]int64) {
		v, err := metrics.NewView(f, metrics.Query{AsOf: on("2024-02-15")})
		if err != nil {
			t.Fatal(err)
		}
		for _, c := range v.CategoriesByOwner(f.Calendar.Year(2024)) {
			for i, m := range []data.Money{c.Closed, c.Commit, c.BestCase, c.Pipeline, c.Weighted} {
				out[i] += m.Minor
			}
		}
		return out
	}
	if got, want := sums(f), sums(&without); got != want {
		t.Fatalf("categories with splits %v, without %v", got, want)
	}
}

// overlaid is what a person has from overlays alone.
func overlaid(t *rapid.T, f *metrics.Facts, row *metrics.Row) int64 {
	without := *f
	without.Splits = nil
	for _, s := range f.Splits {
		if !s.Overlay {
			without.Splits = append(without.Splits, s)
		}
	}
	v, err := metrics.NewView(&without, metrics.Query{AsOf: on("2024-06-30"), Scope: metrics.Scope{Whose: metrics.OfPerson, Place: row.Place}})
	if err != nil {
		t.Fatal(err)
	}
	r, err := v.Compute(metrics.ByNone, data.AllTime)
	if err != nil {
		t.Fatal(err)
	}
	return row.Credited.Minor - r.Total.Credited.Minor
}
