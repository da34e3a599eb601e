package app_test

import (
	"context"
	"fmt"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"fieldbook/app"
	"fieldbook/data"
	"fieldbook/data/sheet"
)

var year2026 = data.Calendar{Start: time.January}.Year(2026)

func (c *company) grid(scope data.Scope) *app.QuotaGrid {
	c.t.Helper()
	g, err := c.Quotas.Grid(context.Background(), year2026, scope)
	c.must(err)
	return g
}

// quota is the line of a person or territory.
func (c *company) quota(name string) app.QuotaLine {
	c.t.Helper()
	g := c.grid(data.Everyone)
	for _, l := range slices.Concat(g.People, g.Territories) {
		if l.Name == name {
			return l
		}
	}
	c.t.Fatalf("%s has no line", name)
	return app.QuotaLine{}
}

func (c *company) amount(name string, month time.Month) int64 {
	return c.quota(name).Months[month-1].Minor
}

func (c *company) cell(name string, month time.Month, amount int64) app.QuotaCell {
	cell := app.QuotaCell{Month: data.NewDay(2026, month, 1), Amount: amount}
	if l := c.quota(name); l.Person.IsZero() {
		cell.Territory = l.Territory
	} else {
		cell.Person = l.Person
	}
	return cell
}

func (c *company) lastAct() string {
	c.t.Helper()
	steps, err := c.Journal.Steps(context.Background(), 1)
	c.must(err)
	return steps[0].What
}

func lineNames(lines []app.QuotaLine) (out []string) {
	for _, l := range lines {
		out = append(out, l.Name)
	}
	return out
}

func TestGridLinesAndScopes(t *testing.T) {
	c := staffed(t)
	all := c.grid(data.Everyone)
	if got := lineNames(all.People); !slices.Equal(got, []string{"Ann", "Bob"}) {
		t.Errorf("people %v", got)
	}
	if got := lineNames(all.Territories); !slices.Equal(got, []string{"East", "Coast", "West"}) || !slices.Equal(all.Top, []int{0, 2}) {
		t.Errorf("territories %v, top %v", got, all.Top)
	}
	bob := c.quota("Bob")
	if bob.Boss != "Mia" || bob.Place != "East" {
		t.Errorf("Bob stands under %q in %q, want his manager's", bob.Boss, bob.Place)
	}
	if !all.Any || all.Old {
		t.Errorf("any %v, last year %v", all.Any, all.Old)
	}
	for name, want := range map[string]struct {
		scope  data.Scope
		people []string
		tops   []string
	}{
		"team":      {data.Scope{Person: c.ids["Mia"], Team: true}, []string{"Ann", "Bob"}, nil},
		"person":    {data.Scope{Person: c.ids["Ann"]}, []string{"Ann"}, []string{"Coast"}},
		"territory": {data.Scope{Territory: c.ids["East"]}, []string{"Ann"}, []string{"East"}},
		"nobody":    {data.Scope{Territory: c.ids["West"]}, nil, []string{"West"}},
	} {
		g := c.grid(want.scope)
		var tops []string
		for _, i := range g.Top {
			tops = append(tops, g.Territories[i].Name)
		}
		if got := lineNames(g.People); !slices.Equal(got, want.people) || !slices.Equal(tops, want.tops) {
			t.Errorf("%s: people %v asked by %v, want %v by %v", name, got, tops, want.people, want.tops)
		}
	}
}

func TestSetQuotasIsOneStep(t *testing.T) {
	c := staffed(t)
	ctx := context.Background()
	c.must(c.Quotas.Set(ctx, []app.QuotaCell{c.cell("Ann", 1, 320_00)}))
	if got := c.lastAct(); got != "Set the quota of Ann for Jan 2026 to 320" {
		t.Errorf("worded %q", got)
	}
	spread := []app.QuotaCell{c.cell("Ann", 1, 100_00), c.cell("Ann", 2, 1_100_00), c.cell("Bob", 2, 50_50)}
	c.must(c.Quotas.Spread(ctx, spread))
	if got := c.lastAct(); got != "Spread 1,250.50 over 3 quotas" {
		t.Errorf("worded %q", got)
	}
	if c.amount("Ann", 1) != 100_00 || c.amount("Ann", 2) != 1_100_00 || c.amount("Bob", 2) != 50_50 {
		t.Errorf("%v %v", c.quota("Ann").Months, c.quota("Bob").Months)
	}
	c.undo()
	if c.amount("Ann", 1) != 320_00 || c.quota("Bob").IsSet() {
		t.Error("undo left something of the spread")
	}
	_, err := c.Journal.Redo(ctx)
	c.must(err)
	c.must(c.Quotas.Clear(ctx, spread[:2]))
	if got := c.lastAct(); got != "Clear 2 quotas" || c.quota("Ann").IsSet() || c.amount("Bob", 2) != 50_50 {
		t.Errorf("%q, %v", got, c.quota("Ann").Months)
	}
	c.must(c.Quotas.Set(ctx, []app.QuotaCell{c.cell("East", 3, 900_00)}))
	c.reopen()
	if c.amount("East", 3) != 900_00 || c.amount("Bob", 2) != 50_50 {
		t.Error("the quotas are gone after a restart")
	}
}

func TestSetQuotasRefuses(t *testing.T) {
	c := staffed(t)
	for name, cell := range map[string]app.QuotaCell{
		"negative":  c.cell("Ann", 1, -1),
		"nobody":    {Month: data.NewDay(2026, 1, 1)},
		"both":      {Person: c.ids["Ann"], Territory: c.ids["East"], Month: data.NewDay(2026, 1, 1)},
		"no month":  {Person: c.ids["Ann"], Month: data.NoDay},
		"currency":  {Person: c.ids["Ann"], Month: data.NewDay(2026, 1, 1), Currency: "dollar"},
		"a product": {Person: c.ids["Pump"], Month: data.NewDay(2026, 4, 1), Amount: 1},
	} {
		if err := c.Quotas.Spread(context.Background(), []app.QuotaCell{cell, c.cell("Bob", 1, 1)}); err == nil {
			t.Errorf("%s was taken", name)
		}
	}
	if c.quota("Bob").IsSet() {
		t.Error("a refused act left a quota")
	}
}

func TestForeignQuotasAreNotSummedSilently(t *testing.T) {
	c := staffed(t)
	ctx := context.Background()
	rate := data.Values{"currency": "EUR", "day": data.NewDay(2025, 1, 1), "rate": "1.25"}
	_, err := c.Records.Add(ctx, data.KindRate, rate)
	c.must(err)
	euro, pound := c.cell("Bob", 1, 100_00), c.cell("Bob", 2, 100_00)
	euro.Currency, pound.Currency = "EUR", "GBP"
	c.must(c.Quotas.Set(ctx, []app.QuotaCell{euro, pound}))
	months := c.quota("Bob").Months
	if a := months[0]; !a.IsForeign() || a.Minor != 125_00 || a.Foreign != (data.Money{Minor: 100_00, Currency: "EUR"}) || a.NoRate {
		t.Errorf("euros: %+v", a)
	}
	if a := months[1]; !a.NoRate || a.Minor != 0 {
		t.Errorf("pounds without a rate: %+v", a)
	}
}

func TestQuotaSplitOverTerritoriesKeepsItsProportions(t *testing.T) {
	c := staffed(t)
	for name, amount := range map[string]int64{"East": 300_00, "West": 100_00} {
		c.add(data.KindQuota, "split "+name, data.Values{"person": c.ids["Bob"], "territory": c.ids[name], "month": data.NewDay(2026, 5, 1), "amount": amount, "currency": "USD"})
	}
	if got := c.amount("Bob", 5); got != 400_00 {
		t.Fatalf("one amount of %d", got)
	}
	c.must(c.Quotas.Set(context.Background(), []app.QuotaCell{c.cell("Bob", 5, 800_00)}))
	if east, west := c.get(data.KindQuota, "split East").Int("amount"), c.get(data.KindQuota, "split West").Int("amount"); east != 600_00 || west != 200_00 {
		t.Errorf("%d and %d", east, west)
	}
}

func TestPasteReadsWhatSpreadsheetsGive(t *testing.T) {
	c := staffed(t)
	ctx := context.Background()
	one := func(text, name string, month time.Month) app.PastedQuota {
		return app.PastedQuota{Text: text, Cells: []app.QuotaCell{c.cell(name, month, 0)}}
	}
	quarter := app.PastedQuota{Text: "$1.000,00", Cells: []app.QuotaCell{c.cell("Bob", 4, 0), c.cell("Bob", 5, 0), c.cell("Bob", 6, 0)}}
	n, err := c.Quotas.Paste(ctx, []app.PastedQuota{one("1.234,50", "Ann", 2), one("3.100", "Ann", 3), one("–", "Ann", 1), one("250 €", "Bob", 1), quarter})
	c.must(err)
	if n != 7 || c.lastAct() != "Paste 7 quotas" {
		t.Errorf("%d quotas, %q", n, c.lastAct())
	}
	if ann := c.quota("Ann").Months; ann[0].Set || ann[1].Minor != 1_234_50 || ann[2].Minor != 3_100_00 {
		t.Errorf("Ann: %+v", ann)
	}
	if bob := c.quota("Bob").Months; bob[0].Foreign != (data.Money{Minor: 250_00, Currency: "EUR"}) || bob[3].Minor != 333_34 || bob[5].Minor != 333_33 {
		t.Errorf("Bob: %+v", bob)
	}
	_, err = c.Quotas.Paste(ctx, []app.PastedQuota{one("5", "Ann", 7), one("soon", "Ann", 8)})
	if data.KindOf(err) != data.Invalid || c.amount("Ann", 7) != 0 {
		t.Errorf("nonsense: %v, %d", err, c.amount("Ann", 7))
	}
	if _, err = c.Quotas.Paste(ctx, nil); data.KindOf(err) != data.Invalid {
		t.Errorf("nothing: %v", err)
	}
}

func TestParseAmount(t *testing.T) {
	for text, want := range map[string]string{
		"32": "32000.00 USD", "32.5": "32500.00 USD", "1,200": "1200000.00 USD", "32k": "32000.00 USD", "1.5M": "1500000.00 USD", "1.5 m": "1500000.00 USD",
		"1200 EUR": "1200.00 EUR", "$40": "40000.00 USD", "900 JPY": "900 JPY", "0": "0.00 USD", "USD 1200": "1200.00 USD",
	} {
		got, err := app.ParseAmount(text, app.AmountForm{Currency: "USD", Shift: 3})
		if s := got.Decimal() + " " + string(got.Currency); err != nil || s != want {
			t.Errorf("%q is %s, %v; want %s", text, s, err, want)
		}
	}
	for _, text := range []string{"", "k", "m", "soon", "-5", "5%", "12 apples", "99999999999999999999"} {
		if got, err := app.ParseAmount(text, app.AmountForm{Currency: "USD"}); data.KindOf(err) != data.Invalid || err == nil {
			t.Errorf("%q is taken for %v", text, got)
		}
	}
	if got, err := app.ParseAmount("1.250,5", app.AmountForm{Currency: "USD", Mark: sheet.Comma}); err != nil || got.Minor != 1250_50 {
		t.Errorf("with a comma: %v, %v", got, err)
	}
}

func TestCopyYear(t *testing.T) {
	c := staffed(t)
	ctx := context.Background()
	c.must(c.Quotas.Set(ctx, []app.QuotaCell{c.cell("Ann", 2, 333_00), c.cell("East", 1, 1000_00)}))
	next := data.Calendar{Start: time.January}.Year(2027)
	n, err := c.Quotas.CopyYear(ctx, app.CopyQuotas{To: next, Change: 550})
	c.must(err)
	if n != 3 || c.lastAct() != "Copy the quotas of 2026 to 2027, plus 5.5%" {
		t.Errorf("%d, %q", n, c.lastAct())
	}
	g, err := c.Quotas.Grid(ctx, next, data.Everyone)
	c.must(err)
	if ann := g.People[0]; ann.Months[0].Minor != 211_00 || ann.Months[1].Minor != 351_00 || ann.Last[1] != 333_00 || !g.Old {
		t.Errorf("Ann has %+v", ann)
	}
	if g.Territories[0].Months[0].Minor != 1055_00 {
		t.Errorf("East has %+v", g.Territories[0].Months[0])
	}
	if n, err = c.Quotas.CopyYear(ctx, app.CopyQuotas{To: next, Change: -1000, Missing: true}); data.KindOf(err) != data.NotFound {
		t.Errorf("all there: %d, %v", n, err)
	}
	c.undo()
	if g, err = c.Quotas.Grid(ctx, next, data.Everyone); err != nil || g.Any {
		t.Errorf("after undo: %v, %v", g.Any, err)
	}
	if _, err = c.Quotas.CopyYear(ctx, app.CopyQuotas{To: next, Change: -10_001}); data.KindOf(err) != data.Invalid {
		t.Errorf("less than nothing: %v", err)
	}
	first, last, ok, err := c.Quotas.Years(ctx)
	if err != nil || !ok || first.Name != "2026" || last.Name != "2026" {
		t.Errorf("%v to %v, %v %v", first, last, ok, err)
	}
}

func TestExportedQuotasImportAgain(t *testing.T) {
	c := staffed(t)
	ctx := context.Background()
	euro := c.cell("Bob", 2, 70_00)
	euro.Currency = "EUR"
	c.must(c.Quotas.Set(ctx, []app.QuotaCell{c.cell("Ann", 2, 1_333_33), c.cell("Bob", 1, 50_00), euro, c.cell("East", 1, 1000_00), c.cell("East", 2, 900_00)}))
	before := c.grid(data.Everyone)
	for _, ending := range []string{".csv", ".xlsx"} {
		path := filepath.Join(t.TempDir(), "quotas"+ending)
		n, err := c.Quotas.Export(ctx, year2026, data.Everyone, path)
		c.must(err)
		if n != 4 {
			t.Errorf("%d lines, want Ann, Bob twice and East", n)
		}
		c.must(c.Quotas.Clear(ctx, allCells(before)))
		if c.grid(data.Everyone).Any {
			t.Fatal("the year is not empty")
		}
		plan, err := c.Imports.Plan(ctx, []string{path}, app.PlanOptions{})
		c.must(err)
		if _, err = c.Imports.Apply(ctx, plan, nil); err != nil {
			t.Fatal(err)
		}
		after := c.grid(data.Everyone)
		for i := range before.People {
			if before.People[i] != after.People[i] {
				t.Errorf("%s: %+v came back as %+v", ending, before.People[i], after.People[i])
			}
		}
		if before.Territories[0] != after.Territories[0] {
			t.Errorf("%s: East came back as %+v", ending, after.Territories[0])
		}
	}
	if _, err := c.Quotas.Export(ctx, year2026, data.Everyone, filepath.Join(t.TempDir(), "q.pdf")); data.KindOf(err) != data.Invalid {
		t.Errorf("pdf: %v", err)
	}
}

func allCells(g *app.QuotaGrid) (out []app.QuotaCell) {
	for _, l := range slices.Concat(g.People, g.Territories) {
		for m, a := range l.Months {
			if a.Set {
				out = append(out, app.QuotaCell{Person: l.Person, Territory: l.Territory, Month: g.Months[m].From})
			}
		}
	}
	return out
}

func TestFiscalYearAndSeason(t *testing.T) {
	c := staffed(t)
	c.must(c.Settings.SetTraits(context.Background(), app.Traits{Name: "Company", Currency: "USD", FiscalStart: time.July}))
	g := c.grid(data.Everyone) // the year that January 2026 falls in
	if g.Year.Name != "2026" || g.Months[0].Name != "2025-07" || g.People[0].Months[6].Minor != 200_00 {
		t.Errorf("%v from %s: %+v", g.Year, g.Months[0].Name, g.People[0].Months)
	}
	season, err := c.Quotas.Season(context.Background(), data.Everyone)
	c.must(err)
	if want := [app.QuotaMonths]int64{7: 300_00}; season != want {
		t.Errorf("February's won deal weighs %v", season)
	}
}

// BenchmarkQuotaGrid is a year of 400 people.
func BenchmarkQuotaGrid(b *testing.B) {
	c := newCompany(b)
	var cells []app.QuotaCell
	for i := range 400 {
		id := c.add(data.KindPerson, fmt.Sprintf("Person %03d", i), data.Values{"role": data.RoleRep})
		for m := range 12 {
			cells = append(cells, app.QuotaCell{Person: id, Month: data.NewDay(2026, time.Month(m+1), 1), Amount: int64(i+1) * 100})
		}
	}
	c.must(c.Quotas.Spread(context.Background(), cells))
	for b.Loop() {
		if g := c.grid(data.Everyone); len(g.People) != 400 {
			b.Fatalf("%d people", len(g.People))
		}
	}
}
