package metrics_test

import (
	"testing"

	"fieldbook/app/metrics"
	"fieldbook/data"
)

// Places in the tables of the small book.
const (
	ann, bob, cat, dan = 0, 1, 2, 3 // dan leads cat; cat leads ann and bob
	north, south, town = 0, 1, 2    // town is part of north
	widget, gadget     = 0, 1
	acme, zeta         = 0, 1
	lead, talk, offer  = 0, 1, 2
	won, lost          = 3, 4
)

// small is a company of four with two regions, in dollars and euros. Ann owns
// town (in north) and Bob south. Widget lists at 100.00 USD, gadget at 50.00 EUR.
func small() *metrics.Facts {
	always := func(to int32) []metrics.Span { return []metrics.Span{{From: data.NoDay, To: to}} }
	return &metrics.Facts{
		Calendar: data.Calendar{Start: 1}, Currencies: []data.Currency{"USD", "EUR", "GBP"},
		Rates: [][]metrics.DatedRate{nil, {{From: on("2024-01-01"), Rate: data.Rate{Num: 11, Den: 10}}, {From: on("2024-07-01"), Rate: data.Rate{Num: 12, Den: 10}}}},
		People: []metrics.Person{
			{Name: "Ann", Managers: always(cat), Territories: always(town), Hired: data.NoDay, Left: data.NoDay},
			{Name: "Bob", Managers: always(cat), Territories: always(south), Hired: data.NoDay, Left: data.NoDay},
			{Name: "Cat", Managers: always(dan), Leads: true, Hired: data.NoDay, Left: data.NoDay},
			{Name: "Dan", Leads: true, Hired: data.NoDay, Left: data.NoDay},
		},
		Territories: []metrics.Territory{{Name: "North", Parent: metrics.None}, {Name: "South", Parent: metrics.None}, {Name: "Town", Parent: north}},
		Products: []metrics.Product{
			{Name: "Widget", Price: 100_00, HasPrice: true, Family: 0},
			{Name: "Gadget", Price: 50_00, Currency: 1, HasPrice: true, Family: 1},
		},
		Families: []string{"W", "G"}, Industries: []string{"retail"}, Countries: []string{"Norway"},
		Accounts:  []metrics.Account{{Name: "Acme", Industry: 0, Country: 0, Territory: metrics.None}, {Name: "Zeta", Industry: metrics.None, Country: metrics.None, Territory: south}},
		Pipelines: []metrics.Pipeline{{Name: "Sales"}},
		Stages: []metrics.Stage{
			{Name: "Lead", Position: 1, Probability: 10, ExpectedDays: 10},
			{Name: "Talk", Position: 2, Probability: 40, ExpectedDays: 20},
			{Name: "Offer", Position: 3, Probability: 99},
			{Name: "Won", Position: 4, Type: metrics.Won},
			{Name: "Lost", Position: 5, Type: metrics.Lost},
		},
	}
}

// on reads a day that the test wrote itself.
func on(s string) data.Day {
	d, err := data.ParseDay(s)
	if err != nil {
		panic(err)
	}
	return d
}

// blank is Ann's widget deal with Acme, in its first stage, without days.
func blank() metrics.Deal {
	return metrics.Deal{Owner: ann, Product: widget, Account: acme, Stage: lead, Created: data.NoDay, Engaged: data.NoDay, Close: data.NoDay, Entered: data.NoDay, Snoozed: data.NoDay}
}

// closedDeal is one that was created, engaged and closed on the given days.
func closedDeal(stage int32, engaged, closed string, amount int64) metrics.Deal {
	d := blank()
	d.Stage, d.Created, d.Engaged, d.Close = stage, on(engaged), on(engaged), on(closed)
	d.Entered, d.Amount, d.Flags = d.Created, amount, metrics.HasAmount
	return d
}

func openDeal(stage int32, created, expected string, amount int64) metrics.Deal {
	d := blank()
	d.Stage, d.Created, d.Close = stage, on(created), on(expected)
	d.Entered, d.Amount, d.Flags = d.Created, amount, metrics.HasAmount
	return d
}

func fill(f *metrics.Facts, deals ...metrics.Deal) *metrics.Facts {
	for _, d := range deals {
		f.Upsert(data.Key(len(f.Deals)+1), d)
	}
	return f
}

func view(t testing.TB, f *metrics.Facts, q metrics.Query) *metrics.View {
	t.Helper()
	v, err := metrics.NewView(f, q)
	if err != nil {
		t.Fatal(err)
	}
	return v
}

func row(t testing.TB, r metrics.Result, key string) metrics.Row {
	t.Helper()
	for _, row := range r.Rows {
		if row.Key == key {
			return row
		}
	}
	t.Fatalf("no row %q", key)
	return metrics.Row{}
}

func near(t testing.TB, what string, got, want float64) {
	t.Helper()
	if d := got - want; d > 1e-6 || d < -1e-6 || got != got {
		t.Errorf("%s: %v, want %v", what, got, want)
	}
}

func ratio(t testing.TB, what string, r metrics.Ratio, want float64) {
	t.Helper()
	got, ok := r.Value()
	if !ok {
		t.Errorf("%s is absent, want %v", what, want)
		return
	}
	near(t, what, got, want)
}
