package metrics_test

import (
	"testing"

	"fieldbook/app/metrics"
	"fieldbook/data"
)

func quotaOf(person, territory int32, month string, amount int64) metrics.Quota {
	return metrics.Quota{Person: person, Territory: territory, Month: on(month), Amount: amount}
}

func TestEffectiveQuota(t *testing.T) {
	april := quotaOf(ann, metrics.None, "2024-04-01", 300_00)
	quarter := data.Calendar{Start: 1}.Quarter(2024, 2)
	for _, c := range []struct {
		name   string
		change func(f *metrics.Facts)
		in     data.Period
		want   int64
		set    bool
	}{
		{"in full", func(*metrics.Facts) {}, quarter, 300_00, true},
		{"hired on the 11th: 20 of 30 days", func(f *metrics.Facts) { f.People[ann].Hired = on("2024-04-11") }, quarter, 200_00, true},
		{"left on the 10th, that day included", func(f *metrics.Facts) { f.People[ann].Left = on("2024-04-10") }, quarter, 100_00, true},
		{"gone before", func(f *metrics.Facts) { f.People[ann].Left = on("2024-03-10") }, quarter, 0, false},
		{"ramping at 25 %", func(f *metrics.Facts) {
			f.Ramp = metrics.Ramp{{Person: ann, Month: on("2024-04-01").Month()}: 25}
		}, quarter, 75_00, true},
		{"away for 15 of 30 days with 40 % taken off", func(f *metrics.Facts) {
			f.Relief = []metrics.Relief{{Person: ann, From: on("2024-03-20"), To: on("2024-04-15"), Share: 40}}
		}, quarter, 240_00, true},
		{"ramping, hired on the 11th and away from the 21st", func(f *metrics.Facts) {
			f.People[ann].Hired = on("2024-04-11")
			f.Ramp = metrics.Ramp{{Person: ann, Month: on("2024-04-01").Month()}: 50}
			f.Relief = []metrics.Relief{{Person: ann, From: on("2024-04-21"), To: on("2024-05-15"), Share: 100}}
		}, quarter, 50_00, true},
		{"half of the month asked for", func(*metrics.Facts) {}, data.Calendar{Start: 1}.Range(on("2024-04-16"), on("2024-06-01")), 150_00, true},
		{"another quarter", func(*metrics.Facts) {}, data.Calendar{Start: 1}.Quarter(2024, 3), 0, false},
		{"in euros", func(f *metrics.Facts) { f.Quotas[0].Currency = 1 }, quarter, 330_00, true},
		{"without a rate", func(f *metrics.Facts) { f.Quotas[0].Currency = 2 }, quarter, 0, false},
	} {
		f := small()
		f.Quotas = []metrics.Quota{april}
		c.change(f)
		got := view(t, f, metrics.Query{AsOf: on("2024-06-30")}).Quota(c.in)
		if got.Minor != c.want || got.Set != c.set {
			t.Errorf("%s: %d %v, want %d", c.name, got.Minor, got.Set, c.want)
		}
	}
}

// TestQuotaFollowsPeople moves Ann from Cat to Dan, and out of North, on the
// 11th: her quota of 100.00 is split 33.33 to 66.67 and loses no cent.
func TestQuotaFollowsPeople(t *testing.T) {
	f := small()
	f.People[ann].Managers = append(f.People[ann].Managers, metrics.Span{From: on("2024-04-11"), To: dan})
	f.People[ann].Territories = append(f.People[ann].Territories, metrics.Span{From: on("2024-04-11"), To: south})
	f.Quotas = []metrics.Quota{quotaOf(ann, metrics.None, "2024-04-01", 100_00), quotaOf(bob, metrics.None, "2024-04-01", 10_00)}
	q := metrics.Query{Period: data.AllTime, AsOf: on("2024-06-30")}
	for by, want := range map[metrics.By]map[string]int64{
		metrics.ByPerson:    {"Ann": 100_00, "Bob": 10_00},
		metrics.ByManager:   {"Cat": 43_33, "Dan": 66_67},
		metrics.ByRegion:    {"North": 33_33, "South": 76_67},
		metrics.ByTerritory: {"North": 33_33, "Town": 33_33, "South": 76_67},
		metrics.ByMonth:     {"2024-04": 110_00},
	} {
		q.By = by
		r := compute(t, f, q)
		for key, minor := range want {
			if got := row(t, r, key).Quota; got.Minor != minor || !got.Set {
				t.Errorf("by %s: %s has %d, want %d", by, key, got.Minor, minor)
			}
		}
		if r.Total.Quota.Minor != 110_00 {
			t.Errorf("by %s: total %d", by, r.Total.Quota.Minor)
		}
	}
	for _, c := range []struct {
		scope metrics.Scope
		want  int64
	}{
		{metrics.Scope{Whose: metrics.OfPerson, Place: bob}, 10_00},
		{metrics.Scope{Whose: metrics.OfTeam, Place: cat}, 43_33},
		{metrics.Scope{Whose: metrics.OfTeam, Place: dan}, 110_00},
		{metrics.Scope{Whose: metrics.OfRegion, Place: south}, 76_67},
		{metrics.Scope{Whose: metrics.OfTerritory, Place: town}, 33_33},
	} {
		if got := view(t, f, metrics.Query{AsOf: on("2024-06-30"), Scope: c.scope}).Quota(data.AllTime).Minor; got != c.want {
			t.Errorf("%+v: %d, want %d", c.scope, got, c.want)
		}
	}
}

// TestTerritoryQuota: what is set on a territory stands for its month; in
// other months it is what is below.
func TestTerritoryQuota(t *testing.T) {
	f := small()
	f.Quotas = []metrics.Quota{
		quotaOf(metrics.None, north, "2024-04-01", 500_00), quotaOf(metrics.None, town, "2024-04-01", 200_00),
		quotaOf(metrics.None, town, "2024-05-01", 70_00), quotaOf(metrics.None, south, "2024-05-01", 5_00),
	}
	q := metrics.Query{By: metrics.ByTerritory, Period: data.AllTime, AsOf: on("2024-06-30")}
	r := compute(t, f, q)
	for key, want := range map[string]int64{"North": 570_00, "Town": 270_00, "South": 5_00} {
		if got := row(t, r, key).Quota.Minor; got != want {
			t.Errorf("%s: %d, want %d", key, got, want)
		}
	}
	if r.Total.Quota.Minor != 575_00 {
		t.Errorf("without quotas of people the total is that of the regions: %d", r.Total.Quota.Minor)
	}
	f.Quotas = append(f.Quotas, quotaOf(ann, metrics.None, "2024-04-01", 90_00))
	if r = compute(t, f, q); r.Total.Quota.Minor != 90_00 {
		t.Errorf("total of people: %d", r.Total.Quota.Minor)
	}
	q.Filter.Products = []int32{widget}
	if r = compute(t, f, q); r.Total.Quota.Set {
		t.Error("a quota for one product only")
	}
}

func TestMonthsAddUpToTheTotal(t *testing.T) {
	f := small()
	f.Quotas = []metrics.Quota{
		quotaOf(metrics.None, north, "2024-04-01", 500_00), quotaOf(metrics.None, town, "2024-04-01", 200_00), quotaOf(metrics.None, town, "2024-05-01", 70_00),
	}
	r := compute(t, f, metrics.Query{By: metrics.ByMonth, Period: data.AllTime, AsOf: on("2024-06-30")})
	if a, b := row(t, r, "2024-04").Quota.Minor, row(t, r, "2024-05").Quota.Minor; a != 500_00 || b != 70_00 || r.Total.Quota.Minor != 570_00 {
		t.Errorf("April %d, May %d, total %d", a, b, r.Total.Quota.Minor)
	}
}
