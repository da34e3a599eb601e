package metrics_test

import (
	"slices"
	"testing"

	"pgregory.net/rapid"

	"fieldbook/app/metrics"
	"fieldbook/data"
)

// anyDeal is a deal of the small book with any mix of what may be missing.
func anyDeal(t *rapid.T) metrics.Deal {
	maybe := func(n int32) int32 { return rapid.Int32Range(-1, n-1).Draw(t, "place") }
	day := func() data.Day {
		if rapid.IntRange(0, 4).Draw(t, "absent") == 0 {
			return data.NoDay
		}
		return on("2023-06-01") + data.Day(rapid.IntRange(0, 600).Draw(t, "day"))
	}
	return metrics.Deal{
		Owner: maybe(4), Product: maybe(2), Account: maybe(2), Stage: rapid.Int32Range(0, 4).Draw(t, "stage"),
		Created: day(), Engaged: day(), Close: day(), Entered: day(), Snoozed: data.NoDay,
		Amount: rapid.Int64Range(0, 500_00).Draw(t, "amount"), Currency: int16(rapid.IntRange(0, 2).Draw(t, "currency")),
		Flags: metrics.Flags(rapid.IntRange(0, 7).Draw(t, "flags")),
	}
}

func anyBook(t *rapid.T) *metrics.Facts {
	f := small()
	f.People[ann].Managers = append(f.People[ann].Managers, metrics.Span{From: on("2024-02-01"), To: dan})
	for i := range rapid.IntRange(0, 60).Draw(t, "deals") {
		var history []metrics.Move
		for range rapid.IntRange(0, 3).Draw(t, "moves") {
			history = append(history, metrics.Move{Day: on("2023-06-01") + data.Day(rapid.IntRange(0, 600).Draw(t, "day")), Stage: rapid.Int32Range(0, 4).Draw(t, "stage")})
		}
		slices.SortStableFunc(history, func(a, b metrics.Move) int { return int(a.Day - b.Day) })
		f.Upsert(data.Key(i+1), anyDeal(t), history...)
	}
	for range rapid.IntRange(0, 6).Draw(t, "quotas") {
		f.Quotas = append(f.Quotas, metrics.Quota{
			Person: rapid.Int32Range(0, 2).Draw(t, "person"), Territory: metrics.None,
			Month: on("2023-06-01").AddMonths(rapid.IntRange(0, 20).Draw(t, "month")), Amount: rapid.Int64Range(0, 900_00).Draw(t, "quota"),
		})
	}
	return f
}

// TestGroupsAddUpToTheTotal holds for every grouping whose groups are apart.
func TestGroupsAddUpToTheTotal(t *testing.T) {
	apart := []metrics.By{metrics.ByPerson, metrics.ByManager, metrics.ByRegion, metrics.ByProduct, metrics.ByFamily, metrics.BySector, metrics.ByAccount, metrics.ByStage, metrics.ByMonth, metrics.ByQuarter, metrics.ByYear}
	rapid.Check(t, func(t *rapid.T) {
		f := anyBook(t)
		q := metrics.Query{AsOf: on("2023-06-01") + data.Day(rapid.IntRange(0, 700).Draw(t, "as of")), Period: data.AllTime}
		if rapid.Bool().Draw(t, "bounded") {
			q.Period = f.Calendar.Quarter(2024, rapid.IntRange(1, 4).Draw(t, "quarter"))
		}
		v, err := metrics.NewView(f, q)
		if err != nil {
			t.Fatal(err)
		}
		all, err := v.Compute(metrics.ByNone, q.Period)
		if err != nil {
			t.Fatal(err)
		}
		for _, by := range apart {
			r, err := v.Compute(by, q.Period)
			if err != nil {
				t.Fatal(err)
			}
			if r.Total != all.Total {
				t.Fatalf("by %s the total differs:\n%+v\n%+v", by, r.Total, all.Total)
			}
			checkRows(t, v, r)
		}
	})
}

func checkRows(t *rapid.T, v *metrics.View, r metrics.Result) {
	var total, won, lost int
	var wonValue, lostValue, openValue, quota int64
	for _, row := range r.Rows {
		total, won, lost = total+row.Total, won+row.Won, lost+row.Lost
		wonValue, lostValue, openValue, quota = wonValue+row.WonValue.Minor, lostValue+row.LostValue.Minor, openValue+row.OpenValue.Minor, quota+row.Quota.Minor
		if rate, ok := row.WinRate.Value(); ok && (row.WinRate.Low < 0 || row.WinRate.Low > rate || row.WinRate.High < rate || row.WinRate.High > 1) {
			t.Fatalf("%f is not within %f to %f", rate, row.WinRate.Low, row.WinRate.High)
		}
		if row.Total != row.Won+row.Lost+row.Open || row.MedianWon.N > row.Won || row.CycleClosedMedian.N > row.Won+row.Lost {
			t.Fatalf("%+v", row)
		}
		keys, err := v.DealsBehind(metrics.Mark{By: r.By, Place: row.Place, Period: r.Period, Measure: metrics.WonDeals})
		if err != nil || len(keys) != row.Won {
			t.Fatalf("%d behind %d won of %s by %s: %v", len(keys), row.Won, row.Key, r.By, err)
		}
	}
	x := r.Total
	if total != x.Total || won != x.Won || lost != x.Lost || wonValue != x.WonValue.Minor || lostValue != x.LostValue.Minor || openValue != x.OpenValue.Minor {
		t.Fatalf("by %s rows do not add up: %d %d %d %d %d %d, total %+v", r.By, total, won, lost, wonValue, lostValue, openValue, x)
	}
	if follows := r.By == metrics.ByPerson || r.By == metrics.ByMonth || r.By == metrics.ByQuarter || r.By == metrics.ByYear; follows && quota != x.Quota.Minor {
		t.Fatalf("by %s quotas add up to %d, total %d", r.By, quota, x.Quota.Minor)
	}
}

// TestFunnelsHold: every deal of a cohort is somewhere, and no step has more
// than the one before.
func TestFunnelsHold(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		f := anyBook(t)
		v, err := metrics.NewView(f, metrics.Query{AsOf: on("2024-06-01")})
		if err != nil {
			t.Fatal(err)
		}
		funnel := v.Journey(data.AllTime, metrics.CreatedIn).Funnels[0]
		if funnel.Deals != v.Len() {
			t.Fatalf("%d of %d deals", funnel.Deals, v.Len())
		}
		before := funnel.Deals
		for _, s := range funnel.Steps {
			if s.Reached != s.Advanced+s.LostHere+s.StillHere || s.Reached > before || s.Days.P75 < s.Days.Median {
				t.Fatalf("%+v", s)
			}
			before = s.Advanced
		}
		if before != funnel.Won {
			t.Fatalf("%d leave the last step, %d won", before, funnel.Won)
		}
	})
}
