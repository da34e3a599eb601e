package metrics_test

import (
	"encoding/json"
	"math"
	"slices"
	"testing"

	"fieldbook/app/metrics"
	"fieldbook/data"
)

// year is a book whose figures are worked out by hand: Ann won 100.00 after 30
// days, 200.00 after 50 and 600.00 after 40, lost one worth 100.00 after 20,
// and has two open deals, 400.00 past qualification and 50.00 in Lead.
func year() *metrics.Facts {
	return fill(small(),
		closedDeal(won, "2024-01-01", "2024-01-31", 100_00),
		closedDeal(won, "2024-01-01", "2024-02-20", 200_00),
		closedDeal(won, "2024-03-01", "2024-04-10", 600_00),
		closedDeal(lost, "2024-03-01", "2024-03-21", 0),
		openDeal(talk, "2024-04-01", "2024-06-30", 400_00),
		openDeal(lead, "2024-04-01", "2024-07-01", 50_00),
	)
}

func TestFiguresOfAYear(t *testing.T) {
	f := year()
	f.Quotas = []metrics.Quota{{Person: ann, Territory: metrics.None, Month: on("2024-04-01"), Amount: 2000_00}}
	r := compute(t, f, metrics.Query{By: metrics.ByPerson, Period: data.AllTime, AsOf: on("2024-06-30")})
	x := row(t, r, "Ann")
	if got := []int{x.Total, x.Won, x.Lost, x.Open}; !slices.Equal(got, []int{6, 3, 1, 2}) {
		t.Errorf("counts %v", got)
	}
	if x.WonValue.Minor != 900_00 || x.LostValue.Minor != 100_00 || x.OpenValue.Minor != 450_00 {
		t.Errorf("values %v %v %v", x.WonValue, x.LostValue, x.OpenValue)
	}
	ratio(t, "win rate", x.WinRate.Ratio, 0.75)
	near(t, "low", x.WinRate.Low, 0.3006418)
	near(t, "high", x.WinRate.High, 0.9544127)
	ratio(t, "win rate by value", x.WinRateValue, 0.9)
	ratio(t, "needed coverage", x.CoverageNeeded, 1/0.9)
	ratio(t, "average won", x.AvgWon, 300_00)
	if m, ok := x.MedianWon.Minor(); m != 200_00 || !ok {
		t.Errorf("median won %d", m)
	}
	ratio(t, "cycle of won", x.CycleWonMean, 40)
	ratio(t, "cycle of closed", x.CycleClosedMean, 35)
	median, _ := x.CycleClosedMedian.Value()
	near(t, "median cycle of closed", median, 35)
	ratio(t, "attainment", x.Attainment, 0.45)
	ratio(t, "pace", x.Pace, 0.45)
	ratio(t, "run rate", x.RunRate, 900_00)
	ratio(t, "coverage", x.Coverage, 450.0/1100)
	ratio(t, "velocity: 1 × 0.75 × 300 ÷ 40 a day", x.VelocityPerDay, 5_62.5)
}

func TestPeriodsAndPace(t *testing.T) {
	f := year()
	quarter := f.Calendar.Quarter(2024, 2)
	for m := range 3 {
		f.Quotas = append(f.Quotas, metrics.Quota{Person: ann, Territory: metrics.None, Month: on("2024-04-01").AddMonths(m), Amount: 400_00})
	}
	x := row(t, compute(t, f, metrics.Query{By: metrics.ByPerson, Period: quarter, AsOf: on("2024-05-16")}), "Ann")
	if x.Won != 1 || x.Open != 1 || x.Lost != 0 {
		t.Errorf("%+v", x)
	}
	ratio(t, "attainment", x.Attainment, 0.5)
	ratio(t, "pace: 46 of 91 days", x.Pace, 0.5*91/46)
	ratio(t, "run rate", x.RunRate, 600_00*91.0/46)
	f.Season = [12]float64{3: 1, 4: 1, 5: 2} // April and May a quarter each, June half
	x = row(t, compute(t, f, metrics.Query{By: metrics.ByPerson, Period: quarter, AsOf: on("2024-04-30")}), "Ann")
	ratio(t, "pace by the season's curve", x.Pace, 2)
	f.Quotas = f.Quotas[:1]
	x = row(t, compute(t, f, metrics.Query{By: metrics.ByPerson, Period: quarter, AsOf: on("2024-05-16")}), "Ann")
	if _, ok := x.Coverage.Value(); ok || !x.Met {
		t.Errorf("coverage with nothing left: %+v met %v", x.Coverage, x.Met)
	}
}

func TestWhose(t *testing.T) {
	f := year()
	f.People[ann].Managers = []metrics.Span{{From: data.NoDay, To: cat}, {From: on("2024-03-01"), To: dan}}
	f.People[ann].Territories = []metrics.Span{{From: on("2024-02-01"), To: town}}
	zeta := closedDeal(won, "2024-03-01", "2024-04-10", 7_00)
	zeta.Account = zeta.Account + 1
	fill(f, zeta)
	for _, c := range []struct {
		by   metrics.By
		want map[string]int
	}{
		{metrics.ByManager, map[string]int{"Cat": 2, "Dan": 5}},
		{metrics.ByRegion, map[string]int{"North": 6, "(none)": 1, "South": 0}},
		{metrics.ByTerritory, map[string]int{"North": 5, "Town": 5, "South": 1, "(none)": 1}},
		{metrics.BySector, map[string]int{"retail": 6, "(none)": 1}},
		{metrics.ByProduct, map[string]int{"Widget": 7}},
		{metrics.ByStage, map[string]int{"Lead": 1, "Talk": 1, "Won": 4, "Lost": 1}},
		{metrics.ByQuarter, map[string]int{"2024-Q1": 3, "2024-Q2": 3, "2024-Q3": 1}},
		{metrics.ByMonth, map[string]int{"2024-01": 1, "2024-02": 1, "2024-03": 1, "2024-04": 2, "2024-06": 1, "2024-07": 1}},
	} {
		r := compute(t, f, metrics.Query{By: c.by, Period: data.AllTime, AsOf: on("2024-06-30")})
		got := map[string]int{}
		for _, row := range r.Rows {
			got[row.Key] = row.Total
		}
		for key, n := range c.want {
			if got[key] != n {
				t.Errorf("by %s: %s has %d, want %d", c.by, key, got[key], n)
			}
		}
		if len(got) > len(c.want)+1 || r.Total.Total != 7 {
			t.Errorf("by %s: %v of %d", c.by, got, r.Total.Total)
		}
	}
}

func TestFiscalYears(t *testing.T) {
	f := year()
	f.Calendar = data.Calendar{Start: 2}
	r := compute(t, f, metrics.Query{By: metrics.ByYear, Period: data.AllTime, AsOf: on("2024-06-30")})
	if row(t, r, "2024").Total != 1 || row(t, r, "2025").Total != 5 {
		t.Errorf("%+v", r.Rows)
	}
	r = compute(t, f, metrics.Query{By: metrics.ByQuarter, Period: data.AllTime, AsOf: on("2024-06-30")})
	if row(t, r, "2024-Q4").Total != 1 || row(t, r, "2025-Q1").Total != 3 || row(t, r, "2025-Q2").Total != 2 {
		t.Errorf("%+v", r.Rows)
	}
}

func TestScopesAndSegments(t *testing.T) {
	f := year()
	bobs := closedDeal(won, "2024-03-01", "2024-04-10", 7_00)
	bobs.Owner, bobs.Product, bobs.Account = bob, gadget, metrics.None
	fill(f, bobs)
	for _, c := range []struct {
		name   string
		scope  metrics.Scope
		filter metrics.Filter
		want   int
	}{
		{"everyone", metrics.Scope{}, metrics.Filter{}, 7},
		{"a person", metrics.Scope{Whose: metrics.OfPerson, Place: bob}, metrics.Filter{}, 1},
		{"a team", metrics.Scope{Whose: metrics.OfTeam, Place: cat}, metrics.Filter{}, 7},
		{"a team through two steps", metrics.Scope{Whose: metrics.OfTeam, Place: dan}, metrics.Filter{}, 7},
		{"a region", metrics.Scope{Whose: metrics.OfRegion, Place: south}, metrics.Filter{}, 1},
		{"a territory with those below", metrics.Scope{Whose: metrics.OfTerritory, Place: north}, metrics.Filter{}, 6},
		{"a product", metrics.Scope{}, metrics.Filter{Products: []int32{gadget}}, 1},
		{"a family", metrics.Scope{}, metrics.Filter{Families: []int32{0}}, 6},
		{"an industry", metrics.Scope{}, metrics.Filter{Industries: []int32{0}}, 6},
		{"no account", metrics.Scope{}, metrics.Filter{Accounts: []int32{metrics.None}}, 1},
		{"owners", metrics.Scope{}, metrics.Filter{Owners: []int32{ann, bob}}, 7},
		{"stages", metrics.Scope{}, metrics.Filter{Stages: []int32{won}}, 4},
		{"both at once", metrics.Scope{Whose: metrics.OfPerson, Place: ann}, metrics.Filter{Stages: []int32{won}, Countries: []int32{0}}, 3},
	} {
		if got := view(t, f, metrics.Query{AsOf: on("2024-06-30"), Scope: c.scope, Filter: c.filter}).Len(); got != c.want {
			t.Errorf("%s: %d deals, want %d", c.name, got, c.want)
		}
	}
}

func TestRefusals(t *testing.T) {
	for name, q := range map[string]metrics.Query{
		"no day":        {AsOf: data.NoDay},
		"no person":     {AsOf: 0, Scope: metrics.Scope{Whose: metrics.OfPerson, Place: 9}},
		"no territory":  {AsOf: 0, Scope: metrics.Scope{Whose: metrics.OfRegion, Place: metrics.None}},
		"unknown group": {AsOf: 0, By: "colour"},
	} {
		if _, err := metrics.Compute(small(), q); data.KindOf(err) != data.Invalid {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestEmptyBook(t *testing.T) {
	f := &metrics.Facts{Calendar: data.Calendar{Start: 1}, Currencies: []data.Currency{"USD"}}
	for _, by := range []metrics.By{metrics.ByNone, metrics.ByPerson, metrics.ByTerritory, metrics.ByMonth, metrics.ByStage} {
		r := compute(t, f, metrics.Query{By: by, Period: data.AllTime, AsOf: on("2024-06-30")})
		if len(r.Rows) != 0 || r.Total.Total != 0 {
			t.Errorf("by %s: %+v", by, r)
		}
	}
	v := view(t, f, metrics.Query{AsOf: on("2024-06-30")})
	if v.ByMonth(data.AllTime) != nil || len(v.Journey(data.AllTime, metrics.CreatedIn).Funnels) != 0 || v.OpenByStage(data.AllTime) != nil {
		t.Error("figures out of nothing")
	}
}

func TestJSON(t *testing.T) {
	f := year()
	f.People[ann].ID = data.ImportedID("person", "test", "Ann")
	b, err := json.Marshal(compute(t, f, metrics.Query{By: metrics.ByPerson, Period: f.Calendar.Quarter(2024, 1), AsOf: on("2024-06-30")}))
	if err != nil {
		t.Fatal(err)
	}
	var got struct {
		AsOf   string `json:"as_of"`
		Period string
		By     string
		Rows   []map[string]any
		Total  map[string]any
	}
	if err := json.Unmarshal(b, &got); err != nil {
		t.Fatal(err)
	}
	if got.AsOf != "2024-06-30" || got.Period != "2024-Q1" || got.By != "person" || len(got.Rows) != 2 {
		t.Errorf("%s", b)
	}
	for key, want := range map[string]any{
		"key": "Ann", "id": f.People[ann].ID.String(), "total": 3.0, "won": 2.0, "lost": 1.0, "open": 0.0,
		"won_value": "300.00", "lost_value": "100.00", "open_value": "0.00",
		"win_rate": 0.666667, "win_rate_value": 0.75, "avg_won": "150.00", "median_won": "150.00",
		"cycle_won_mean": 40.0, "cycle_won_median": 40.0, "cycle_closed_mean": 33.333333, "cycle_closed_median": 30.0,
		"quota": nil, "attainment": nil, "pace": nil, "coverage": nil, "velocity_per_day": "5.63",
	} {
		if value, there := got.Rows[0][key]; !there || value != want {
			t.Errorf("%s: %v, want %v", key, value, want)
		}
	}
	if bobs := got.Rows[1]; bobs["key"] != "Bob" || bobs["win_rate"] != nil || bobs["won_value"] != "0.00" {
		t.Errorf("a person without deals: %v", bobs)
	}
	if len(got.Total) != len(got.Rows[0]) {
		t.Errorf("total has other keys: %v", got.Total)
	}
}

func TestWilson(t *testing.T) {
	// Newcombe (1998), Statistics in Medicine 17, table I, method 3.
	for _, c := range []struct {
		won, n    int
		low, high float64
	}{{81, 263, 0.2553, 0.3662}, {15, 148, 0.0624, 0.1605}, {0, 20, 0, 0.1611}, {1, 29, 0.0061, 0.1718}} {
		w := metrics.NewWinRate(c.won, c.n-c.won)
		if math.Abs(w.Low-c.low) > 5e-5 || math.Abs(w.High-c.high) > 5e-5 {
			t.Errorf("%d of %d: %.4f to %.4f, want %.4f to %.4f", c.won, c.n, w.Low, w.High, c.low, c.high)
		}
	}
	if w := metrics.NewWinRate(0, 0); w.N != 0 || w.Low != 0 || w.High != 0 {
		t.Errorf("out of nothing: %+v", w)
	}
}

func TestDealsBehind(t *testing.T) {
	f := year()
	v := view(t, f, metrics.Query{AsOf: on("2024-06-30")})
	for _, c := range []struct {
		mark metrics.Mark
		want []data.Key
	}{
		{metrics.Mark{Period: data.AllTime}, []data.Key{1, 2, 3, 4, 5, 6}},
		{metrics.Mark{By: metrics.ByPerson, Place: ann, Period: data.AllTime, Measure: metrics.WonDeals}, []data.Key{1, 2, 3}},
		{metrics.Mark{By: metrics.ByPerson, Place: bob, Period: data.AllTime}, nil},
		{metrics.Mark{By: metrics.ByTerritory, Place: north, Period: f.Calendar.Quarter(2024, 1), Measure: metrics.ClosedDeals}, []data.Key{1, 2, 4}},
		{metrics.Mark{By: metrics.ByStage, Place: talk, Period: data.AllTime, Measure: metrics.OpenDeals}, []data.Key{5}},
		{metrics.Mark{By: metrics.ByMonth, Place: int32(on("2024-03-01").Month()), Period: data.AllTime, Measure: metrics.LostDeals}, []data.Key{4}},
		{metrics.Mark{Period: data.AllTime, Measure: metrics.WithoutRate}, nil},
	} {
		got, err := v.DealsBehind(c.mark)
		if err != nil || !slices.Equal(got, c.want) {
			t.Errorf("%+v: %v %v, want %v", c.mark, got, err, c.want)
		}
	}
}

func TestUpsertAndRemove(t *testing.T) {
	f := small()
	early := []metrics.Move{{Day: on("2024-01-01"), Stage: lead}, {Day: on("2024-02-01"), Stage: talk}}
	f.Upsert(10, openDeal(talk, "2024-01-01", "2024-06-30", 1), early...)
	f.Upsert(1<<40, openDeal(lead, "2024-01-01", "2024-06-30", 2))
	f.Upsert(12, openDeal(lead, "2024-01-01", "2024-06-30", 3), early[0])
	f.Upsert(12, openDeal(offer, "2024-01-01", "2024-06-30", 4), append(early, metrics.Move{Day: on("2024-03-01"), Stage: offer})...)
	f.Remove(10)
	f.Remove(10)
	if len(f.Deals) != 2 {
		t.Fatalf("%d deals", len(f.Deals))
	}
	for key, amount := range map[data.Key]int64{1 << 40: 2, 12: 4} {
		i, ok := f.Place(key)
		if !ok || f.Keys[i] != key || f.Deals[i].Amount != amount {
			t.Errorf("row %d is at %d: %+v", key, i, f.Deals[i])
		}
	}
	if i, _ := f.Place(12); len(f.History(&f.Deals[i])) != 3 || f.StateAt(i, on("2024-02-10")).Stage != talk {
		t.Errorf("history %v", f.History(&f.Deals[i]))
	}
	if _, ok := f.Place(10); ok {
		t.Error("a removed row is still found")
	}
	for range 70_000 { // histories that no deal uses are given up
		f.Upsert(12, openDeal(offer, "2024-01-01", "2024-06-30", 4))
		f.Upsert(12, openDeal(offer, "2024-01-01", "2024-06-30", 4), early...)
	}
	if i, _ := f.Place(12); len(f.Moves) > 1<<17 || len(f.History(&f.Deals[i])) != 2 {
		t.Errorf("%d moves kept", len(f.Moves))
	}
}
