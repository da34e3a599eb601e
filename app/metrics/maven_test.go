package metrics_test

import (
	"math"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"fieldbook/app/metrics"
	"fieldbook/data"
	"fieldbook/data/datatest"
)

// maven reads the Maven book from its files as an import would have left it on
// the day entered.
func maven(t testing.TB, entered data.Day) *metrics.Facts {
	t.Helper()
	dir := filepath.Join(datatest.Real(t, "maven-crm"), "original")
	f := &metrics.Facts{Calendar: data.Calendar{Start: 1}, Currencies: []data.Currency{"USD"}}
	f.Pipelines = []metrics.Pipeline{{Name: "Sales"}}
	f.Stages = []metrics.Stage{
		{Name: "Prospecting", Position: 1, Probability: 10},
		{Name: "Engaging", Position: 2, Probability: 50},
		{Name: "Won", Position: 3, Type: metrics.Won},
		{Name: "Lost", Position: 4, Type: metrics.Lost},
	}
	stages := map[string]int32{"Prospecting": 0, "Engaging": 1, "Won": 2, "Lost": 3}
	intern := func(list *[]string, s string) int32 {
		if i := slices.Index(*list, s); i >= 0 {
			return int32(i)
		}
		*list = append(*list, s)
		return int32(len(*list) - 1)
	}

	people := map[string]int32{}
	person := func(name string) int32 {
		if _, ok := people[name]; !ok {
			people[name] = int32(len(f.People))
			f.People = append(f.People, metrics.Person{Name: name, ID: data.ImportedID("person", "maven", name), Hired: data.NoDay, Left: data.NoDay})
		}
		return people[name]
	}
	regions := map[string]int32{}
	for _, r := range datatest.Table(t, dir, "sales_teams.csv") {
		p, m := person(r["sales_agent"]), person(r["manager"])
		if _, ok := regions[r["regional_office"]]; !ok {
			regions[r["regional_office"]] = int32(len(f.Territories))
			f.Territories = append(f.Territories, metrics.Territory{Name: r["regional_office"], Parent: metrics.None})
		}
		f.People[p].Managers = []metrics.Span{{From: data.NoDay, To: m}}
		f.People[p].Territories = []metrics.Span{{From: data.NoDay, To: regions[r["regional_office"]]}}
		f.People[m].Leads = true
	}
	products := map[string]int32{}
	for _, r := range datatest.Table(t, dir, "products.csv") {
		name := strings.ReplaceAll(r["product"], " ", "")
		products[name] = int32(len(f.Products))
		f.Products = append(f.Products, metrics.Product{Name: r["product"], Family: intern(&f.Families, r["series"]), Price: datatest.Cents(t, r["sales_price"]), HasPrice: true})
	}
	accounts := map[string]int32{"": metrics.None}
	for _, r := range datatest.Table(t, dir, "accounts.csv") {
		accounts[r["account"]] = int32(len(f.Accounts))
		f.Accounts = append(f.Accounts, metrics.Account{Name: r["account"], Industry: intern(&f.Industries, r["sector"]), Country: intern(&f.Countries, r["office_location"]), Territory: metrics.None})
	}
	for i, r := range datatest.Table(t, dir, "sales_pipeline.csv") {
		d := metrics.Deal{
			Owner: person(r["sales_agent"]), Product: products[strings.ReplaceAll(r["product"], " ", "")], Account: accounts[r["account"]], Stage: stages[r["deal_stage"]],
			Created: data.NoDay, Engaged: datatest.Day(t, r["engage_date"]), Close: datatest.Day(t, r["close_date"]), Entered: entered, Snoozed: data.NoDay,
		}
		if r["close_value"] != "" {
			d.Amount, d.Flags = datatest.Cents(t, r["close_value"]), metrics.HasAmount
		}
		if d.Stage >= 2 {
			d.Flags |= metrics.ClosedByImport
		}
		f.Upsert(data.Key(i+1), d)
	}
	return f
}

func compute(t testing.TB, f *metrics.Facts, q metrics.Query) metrics.Result {
	t.Helper()
	r, err := metrics.Compute(f, q)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func TestMavenTotals(t *testing.T) {
	today := datatest.Day(t, "2026-01-05")
	f := maven(t, today)
	r := compute(t, f, metrics.Query{By: metrics.ByRegion, Period: data.AllTime, AsOf: today})
	if got := []int{r.Total.Total, r.Total.Won, r.Total.Lost, r.Total.Open}; !slices.Equal(got, []int{8800, 4238, 2473, 2089}) {
		t.Errorf("counts %v", got)
	}
	if got := r.Total.WonValue.Decimal(); got != "10005534.00" {
		t.Errorf("won value %s", got)
	}
	if rate, _ := r.Total.WinRate.Value(); math.Abs(rate-0.631501) > 5e-7 {
		t.Errorf("win rate %f", rate)
	}
	want := map[string]string{"Central": "3346293.00", "East": "3090594.00", "West": "3568647.00"}
	for _, row := range r.Rows {
		if row.WonValue.Decimal() != want[row.Key] {
			t.Errorf("%s: won %s, want %s", row.Key, row.WonValue.Decimal(), want[row.Key])
		}
	}
	if len(r.Rows) != 3 {
		t.Errorf("%d regions", len(r.Rows))
	}
}

// TestMavenGroups counts rows where the dimension has entries without deals,
// deals without entry, or names that the files spell in two ways.
func TestMavenGroups(t *testing.T) {
	today := datatest.Day(t, "2026-01-05")
	f := maven(t, today)
	for by, rows := range map[metrics.By]int{
		metrics.ByPerson: 35, metrics.ByManager: 6, metrics.ByTerritory: 3, metrics.ByProduct: 7, metrics.ByFamily: 3,
		metrics.BySector: 11, metrics.ByStage: 4, metrics.ByMonth: 11, metrics.ByQuarter: 5, metrics.ByYear: 2,
	} {
		r := compute(t, f, metrics.Query{By: by, Period: data.AllTime, AsOf: today})
		if len(r.Rows) != rows {
			t.Errorf("by %s: %d rows, want %d", by, len(r.Rows), rows)
		}
		sum := 0
		for _, row := range r.Rows {
			sum += row.Total
		}
		if sum != 8800 {
			t.Errorf("by %s: rows hold %d deals", by, sum)
		}
	}
}

// TestMavenAsOf looks back before the import: what closed later was open, at
// list price, and what has no date was not there.
func TestMavenAsOf(t *testing.T) {
	f := maven(t, datatest.Day(t, "2026-01-05"))
	x := compute(t, f, metrics.Query{Period: data.AllTime, AsOf: datatest.Day(t, "2017-06-30")}).Total
	if got := []int{x.Total, x.Won, x.Lost, x.Open}; !slices.Equal(got, []int{4365, 1785, 894, 1686}) {
		t.Errorf("counts %v", got)
	}
	if x.WonValue.Decimal() != "4220783.00" || x.OpenValue.Decimal() != "4216807.00" {
		t.Errorf("won %s, open %s", x.WonValue.Decimal(), x.OpenValue.Decimal())
	}
	x = compute(t, f, metrics.Query{Period: data.AllTime, AsOf: datatest.Day(t, "2017-12-31")}).Total
	ratio(t, "mean cycle of won", x.CycleWonMean, 219452.0/4238)
	if v, _ := x.VelocityPerDay.Value(); math.Round(v) != 45750_76 {
		t.Errorf("velocity %f", v)
	}
	if m, _ := x.MedianWon.Minor(); m != 1117_00 || x.LostValue.Decimal() != "5946468.00" {
		t.Errorf("median %d, lost %s", m, x.LostValue.Decimal())
	}
}
