package forecast_test

import (
	"testing"

	"fieldbook/data"
	"fieldbook/views/kit/kittest"
)

// TestAccuracy looks for the scores of a period before any is over, brings one
// in with a call, and finds both by person and by week.
func TestAccuracy(t *testing.T) {
	b := newBench(t, false)
	if !b.Tap("Accuracy") {
		t.Fatal("no way to the accuracy")
	}
	b.sees("No forecast to score yet")
	b.Press("Back to the roll-up")
	b.sees("Forecast by category")
	people, stages := b.ids(data.KindPerson), b.ids(data.KindStage)
	last := b.app.Book().Calendar.Before(b.period)
	b.add(data.KindDeal, data.Values{
		"name": "Harbour cranes", "owner": people["Ann Ek"], "stage": stages["Won"], "amount": int64(40_000_00), "currency": "USD",
		"created_day": last.From.AddDays(-5), "close_day": last.From.AddDays(40),
	})
	b.add(data.KindForecastCall, data.Values{"person": people["Ann Ek"], "period": last.Name, "day": last.From, "amount": int64(50_000_00), "currency": "USD"})
	if !b.Do("Show the accuracy of forecasts") {
		t.Fatal("no command for the accuracy")
	}
	b.sees("Accuracy of Q1 2026", "off by 25%", "25% over-forecast, n 13", "100% under-forecast, n 13", "By week: Together")
	if !b.Tap("Ann Ek") {
		t.Fatal("no line of Ann Ek")
	}
	b.sees("By week: Ann Ek", "50,000", "10,000 over-forecast", "40,000 under-forecast")
	b.Tap("Together")
	b.sees("By week: Together")
	if len(b.Failed) > 0 {
		t.Fatal(b.Failed)
	}
	for name, dark := range map[string]bool{"accuracy-light": false, "accuracy-dark": true} {
		kittest.App(t, dark)
		b.show()
		b.Do("Show the accuracy of forecasts")
		kittest.Golden(t, name, b.Screen.Content(), goldenSize)
	}
}

func (b *bench) ids(kind string) map[string]data.ID {
	b.t.Helper()
	rows, err := b.app.Records.List(b.t.Context(), data.Query{Kind: kind})
	b.must(err)
	out := map[string]data.ID{}
	for _, r := range rows {
		out[r.Title()] = r.ID
	}
	return out
}
