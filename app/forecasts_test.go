package app_test

import (
	"context"
	"encoding/csv"
	"encoding/json"
	"math"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"testing"
	"time"

	"fieldbook/app"
	"fieldbook/app/forecast"
	"fieldbook/app/metrics"
	"fieldbook/data"
	"fieldbook/data/datatest"
)

const (
	mavenWhole = 2_802_496_00 // won in the fourth quarter of 2017
	mavenOpen  = 1_251_928_00 // of it, from deals open at its start
)

// mavenDeal is a line of the pipeline file: id, agent, product, account, stage, engaged, closed, value.
type mavenDeal []string

func (d mavenDeal) closed() bool { return d[6] != "" }

// hide makes a closed deal open again.
func (d mavenDeal) hide() { d[4], d[6], d[7] = "Engaging", "", "" }

// mavenBook imports the Maven files; change may hide deals, or leave them out by false.
func mavenBook(t testing.TB, change func(i int, d mavenDeal) bool) *app.App {
	t.Helper()
	dir := filepath.Join(datatest.Real(t, "maven-crm"), "original")
	lines := datatest.Lines(t, dir, "sales_pipeline.csv")
	kept := lines[:1]
	closed := 0
	for _, line := range lines[1:] {
		d := mavenDeal(line)
		at := -1
		if d.closed() {
			at = closed
			closed++
		}
		if change(at, d) {
			kept = append(kept, d)
		}
	}
	path := filepath.Join(t.TempDir(), "sales_pipeline.csv")
	writeCSV(t, path, kept)
	a := figuresBook(t, &dayClock{now: time.Date(2026, 1, 5, 9, 0, 0, 0, time.UTC)})
	bring(t, a, app.PlanOptions{}, filepath.Join(dir, "accounts.csv"), filepath.Join(dir, "products.csv"), filepath.Join(dir, "sales_teams.csv"), path)
	return a
}

func writeCSV(t testing.TB, path string, lines [][]string) {
	t.Helper()
	out, err := os.Create(path)
	if err != nil {
		t.Fatal(err)
	}
	if err := csv.NewWriter(out).WriteAll(lines); err != nil {
		t.Fatal(err)
	}
	if err := out.Close(); err != nil {
		t.Fatal(err)
	}
}

func bring(t testing.TB, a *app.App, opt app.PlanOptions, paths ...string) {
	t.Helper()
	plan, err := a.Imports.Plan(context.Background(), paths, opt)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := a.Imports.Apply(context.Background(), plan, nil); err != nil {
		t.Fatal(err)
	}
}

func forecastOf(t testing.TB, a *app.App, q app.ForecastQuery) *app.PeriodForecast {
	t.Helper()
	f, err := a.Forecasts.Period(context.Background(), q)
	if err != nil {
		t.Fatal(err)
	}
	return f
}

var (
	mavenDay     = data.NewDay(2017, 9, 30)
	mavenQuarter = data.Calendar{Start: 1}.Quarter(2017, 4)
)

// TestMavenForecast looks at the fourth quarter knowing only the day before it,
// and must not be misled by what the accounts give away.
func TestMavenForecast(t *testing.T) {
	a := mavenBook(t, func(int, mavenDeal) bool { return true })
	var f *app.PeriodForecast
	for _, by := range []metrics.By{metrics.ByNone, metrics.ByManager, metrics.ByTerritory, metrics.ByProduct, metrics.ByPerson} {
		f = forecastOf(t, a, app.ForecastQuery{Period: mavenQuarter, AsOf: mavenDay, By: by})
		w, o := f.Total.Whole, f.Total.FromOpen
		t.Logf("by %q: %d to %d, from open %d to %d", by, w.P10/100, w.P90/100, o.P10/100, o.P90/100)
		if w.P10 > mavenWhole || w.P90 < mavenWhole || w.P90-w.P10 > 1_500_000_00 {
			t.Errorf("by %q, the period: %d to %d", by, w.P10, w.P90)
		}
		if o.P10 > mavenOpen || o.P90 < mavenOpen {
			t.Errorf("by %q, from open deals: %d to %d", by, o.P10, o.P90)
		}
	}
	if got := f.Total.Weighted.Decimal(); got != "3709804.98" { // 5,763,490 × 3,042 won of 4,726 closed, each deal rounded
		t.Errorf("weighted %s", got)
	}
	refused := map[string]bool{}
	for _, r := range f.Model.Refused {
		refused[r.Name] = true
	}
	for _, want := range []string{"account", "account.industry", "account.employees", "amount"} {
		if !refused[want] {
			t.Errorf("%s is used", want)
		}
	}
	if f.Model.Learned != 4726 {
		t.Errorf("learned from %d", f.Model.Learned)
	}
	if a := f.Accuracy; !a.Defined || len(a.Origins) < 5 || a.Held < len(a.Origins)/2 {
		t.Errorf("accuracy %+v", a)
	}
}

// TestMavenForecastKnowsOnlyTheDay: a book that ends on the day tells the same.
func TestMavenForecastKnowsOnlyTheDay(t *testing.T) {
	day := mavenDay.String()
	all := mavenBook(t, func(int, mavenDeal) bool { return true })
	cut := mavenBook(t, func(_ int, d mavenDeal) bool {
		if d[6] > day {
			d.hide()
		}
		return d[5] <= day
	})
	q := app.ForecastQuery{Period: mavenQuarter, AsOf: mavenDay}
	f, g := forecastOf(t, all, q).Total, forecastOf(t, cut, q).Total
	for _, x := range [][2]int64{{f.Whole.P10, g.Whole.P10}, {f.Whole.P90, g.Whole.P90}, {f.FromOpen.P50, g.FromOpen.P50}, {f.Weighted.Minor, g.Weighted.Minor}} {
		if math.Abs(float64(x[0]-x[1])) > 0.002*float64(x[0]) {
			t.Errorf("%d, of the book that ends there %d", x[0], x[1])
		}
	}
}

// TestMavenWinProbability hides the outcome of closed deals and asks for their odds.
func TestMavenWinProbability(t *testing.T) {
	tests := []struct {
		name           string
		hides          func(i int, d mavenDeal) bool
		brier, logLoss float64
	}{
		{"every fifth", func(i int, _ mavenDeal) bool { return i%5 == 0 }, 0.233, math.Inf(1)},
		{"engaged from July on", func(_ int, d mavenDeal) bool { return d[5] >= "2017-07-01" }, 0.2425, 0.6784},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			truth := map[string]bool{}
			a := mavenBook(t, func(i int, d mavenDeal) bool {
				if d.closed() && tt.hides(i, d) {
					truth[d[0]] = d[4] == "Won"
					d.hide()
				}
				return true
			})
			brier, loss := scoreOf(t, a, truth)
			t.Logf("%d deals: Brier %.6f, log loss %.6f", len(truth), brier, loss)
			if brier > tt.brier || loss > tt.logLoss {
				t.Errorf("Brier %.6f, log loss %.6f", brier, loss)
			}
		})
	}
}

// scoreOf is how well the odds of some open deals, named by their external ids, told their ends.
func scoreOf(t testing.TB, a *app.App, truth map[string]bool) (brier, loss float64) {
	t.Helper()
	ctx := context.Background()
	chances, err := a.Forecasts.Chances(ctx, data.NoDay)
	if err != nil {
		t.Fatal(err)
	}
	n := 0
	err = a.Records.Each(ctx, data.Query{Kind: data.KindDeal}, func(row data.Row) error {
		won, asked := truth[row.Text("external_id")]
		if !asked {
			return nil
		}
		p, ok := chances.Of(row.Key)
		if !ok {
			t.Fatalf("no odds of %s", row.Text("external_id"))
		}
		n++
		if won {
			brier, loss = brier+(1-p)*(1-p), loss-math.Log(p)
		} else {
			brier, loss = brier+p*p, loss-math.Log(1-p)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if n != len(truth) || n == 0 {
		t.Fatalf("%d odds of %d deals", n, len(truth))
	}
	return brier / float64(n), loss / float64(n)
}

// TestForecastOfSample: rows add up to the total, odds come with a quota, and
// the JSON repeats.
func TestForecastOfSample(t *testing.T) {
	a := figuresBook(t, &dayClock{now: time.Date(2026, 5, 20, 9, 0, 0, 0, time.UTC)})
	ctx := context.Background()
	if err := a.Sample(ctx, app.SampleOptions{Deals: 6000, Seed: 1}, func(int64, int64) {}); err != nil {
		t.Fatal(err)
	}
	q := app.ForecastQuery{Period: a.Book().Calendar.QuarterOf(a.Today()), AsOf: a.Today(), By: metrics.ByPerson, Runs: 2000}
	f := forecastOf(t, a, q)
	if !f.Known || len(f.Rows) == 0 || !f.Total.Quota.Set || !f.Total.HasOdds {
		t.Fatalf("%+v", f.Total)
	}
	var closed, commit, best, pipeline int64
	var open, learned int
	for _, r := range f.Rows {
		closed, commit, best, pipeline = closed+r.Closed, commit+r.Commit.Minor, best+r.BestCase.Minor, pipeline+r.Pipeline.Minor
		open, learned = open+r.Open, learned+r.Learned
	}
	if closed != f.Total.Closed || commit != f.Total.Commit.Minor || best != f.Total.BestCase.Minor || pipeline != f.Total.Pipeline.Minor || open != f.Total.Open || learned != f.Total.Learned {
		t.Errorf("rows do not add up to %+v", f.Total)
	}
	r := computed(t, a, app.ComputeQuery{Period: q.Period, AsOf: q.AsOf})
	if r.Total.WonValue.Minor != closed || r.Total.Quota.Minor != f.Total.Quota.Minor {
		t.Errorf("closed %d of quota %d, the figures have %d of %d", closed, f.Total.Quota.Minor, r.Total.WonValue.Minor, r.Total.Quota.Minor)
	}
	everyone := app.Team{Quota: f.Total.Quota.Minor, HasQuota: true}
	for _, r := range f.Rows {
		everyone.People = append(everyone.People, r.ID)
	}
	one := f.Rows[0]
	q.Teams = []app.Team{everyone, {People: []data.ID{one.ID}, Quota: one.Quota.Minor, HasQuota: one.Quota.Set}}
	teams := forecastOf(t, a, q)
	if got, want := teams.Teams, []forecast.Line{f.Total.Line, one.Line}; !reflect.DeepEqual(got, want) {
		t.Errorf("teams of everyone and of one\n%+v, want\n%+v", got, want)
	}
	q.Teams = nil
	first, err := json.Marshal(f)
	if err != nil {
		t.Fatal(err)
	}
	again, err := json.Marshal(forecastOf(t, a, q))
	if err != nil || !slices.Equal(first, again) {
		t.Errorf("the forecast does not repeat: %v", err)
	}
	for _, by := range []metrics.By{metrics.ByNone, metrics.ByManager, metrics.ByRegion, metrics.ByTerritory, metrics.ByProduct, metrics.ByFamily, metrics.BySector} {
		q.By, q.Runs = by, 500
		if g := forecastOf(t, a, q); g.Total.Closed != closed {
			t.Errorf("by %s: closed %d", by, g.Total.Closed)
		}
	}
	q.By = metrics.ByMonth
	if _, err := a.Forecasts.Period(ctx, q); data.KindOf(err) != data.Invalid {
		t.Errorf("by month: %v", err)
	}
}

// BenchmarkForecast is a book of 1,000,000 deals (100,000 with -short).
func BenchmarkForecast(b *testing.B) {
	deals := 1_000_000
	if testing.Short() {
		deals = 100_000
	}
	ctx := context.Background()
	a := figuresBook(b, &dayClock{now: time.Date(2026, 5, 20, 9, 0, 0, 0, time.UTC)})
	if err := a.Sample(ctx, app.SampleOptions{Deals: deals, Seed: 1}, func(int64, int64) {}); err != nil {
		b.Fatal(err)
	}
	if err := a.Performance.Warm(ctx); err != nil {
		b.Fatal(err)
	}
	q := app.ForecastQuery{Period: a.Book().Calendar.QuarterOf(a.Today()), AsOf: a.Today(), By: metrics.ByPerson}
	for b.Loop() {
		f := forecastOf(b, a, q)
		b.Logf("%d closed, %d open; %s", f.Model.Learned, f.Total.Open, f.Model.Verdict)
	}
}
