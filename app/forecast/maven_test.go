package forecast_test

import (
	"context"
	"path/filepath"
	"strings"
	"testing"

	"fieldbook/app/forecast"
	"fieldbook/data"
	"fieldbook/data/datatest"
)

// maven reads the deals of the Maven book with a known beginning as they stood on a day.
func maven(t testing.TB, asOf data.Day) *forecast.Book {
	t.Helper()
	dir := filepath.Join(datatest.Real(t, "maven-crm"), "original")
	prices, people := map[string]int64{}, map[string]int32{}
	for _, r := range datatest.Table(t, dir, "products.csv") {
		prices[strings.ReplaceAll(r["product"], " ", "")] = datatest.Cents(t, r["sales_price"])
	}
	b := &forecast.Book{AsOf: asOf, Lines: 1}
	for _, r := range datatest.Table(t, dir, "sales_pipeline.csv") {
		d := forecast.Deal{Start: datatest.Day(t, r["engage_date"]), Close: datatest.Day(t, r["close_date"]), Open: prices[strings.ReplaceAll(r["product"], " ", "")], Known: true}
		if !d.Start.Valid() || d.Start > asOf {
			continue
		}
		if _, ok := people[r["sales_agent"]]; !ok {
			people[r["sales_agent"]] = int32(len(people))
		}
		d.Group = people[r["sales_agent"]]
		if d.Close.Valid() && d.Close <= asOf {
			d.Outcome = forecast.Lost
			if r["deal_stage"] == "Won" {
				d.Outcome, d.Value = forecast.Won, datatest.Cents(t, r["close_value"])
			}
		} else {
			d.Close = data.NoDay
		}
		b.Deals = append(b.Deals, d)
	}
	b.Groups = len(people)
	for g := range b.Groups {
		b.Rows = append(b.Rows, forecast.Row{From: int32(g), To: int32(g + 1), Quota: 100_000_00, HasQuota: true})
	}
	return b
}

func predict(t testing.TB, b *forecast.Book, q forecast.Query) *forecast.Result {
	t.Helper()
	r, err := forecast.Predict(context.Background(), b, q)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// TestMavenQuarter looks at the fourth quarter from its start: it brought
// 2,802,496, of which 1,251,928 from deals that were open then. It is told much
// alike of the whole and of the people who make it up.
func TestMavenQuarter(t *testing.T) {
	const whole, open = 2_802_496_00, 1_251_928_00
	var middles []int64
	for _, people := range []bool{false, true} {
		b := maven(t, datatest.Day(t, "2017-09-30"))
		if !people {
			b.Groups, b.Rows = 1, nil
			for i := range b.Deals {
				b.Deals[i].Group = 0
			}
		}
		r := predict(t, b, forecast.Query{Period: data.Calendar{Start: 1}.Quarter(2017, 4)})
		w, o := r.Total.Whole, r.Total.FromOpen
		t.Logf("period %d %d %d, from open %d %d %d, from new %v; %s", w.P10/100, w.P50/100, w.P90/100, o.P10/100, o.P50/100, o.P90/100, r.Total.FromNew, r.Verdict)
		if w.P10 > whole || w.P90 < whole || w.P90-w.P10 > 1_450_000_00 {
			t.Errorf("the period's band %d to %d does not hold %d or is too wide", w.P10, w.P90, whole)
		}
		if o.P10 > open || o.P90 < open {
			t.Errorf("the band of open deals %d to %d does not hold %d", o.P10, o.P90, open)
		}
		middles = append(middles, w.P50)
	}
	if d := float64(middles[1])/float64(middles[0]) - 1; d < -0.03 || d > 0.03 {
		t.Errorf("the middle is %d of the whole and %d of people together", middles[0], middles[1])
	}
}
