package app_test

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"sync"
	"testing"
	"time"

	"fieldbook/app"
	"fieldbook/app/metrics"
	"fieldbook/data"
	"fieldbook/data/datatest"
)

// dayClock is a clock that a test moves by days.
type dayClock struct{ now time.Time }

func (c *dayClock) Now() time.Time { c.now = c.now.Add(time.Second); return c.now }

func (c *dayClock) next() { c.now = c.now.AddDate(0, 0, 1) }

func figuresBook(t testing.TB, clock *dayClock) *app.App {
	t.Helper()
	a, err := app.Create(context.Background(), filepath.Join(t.TempDir(), "f.book"),
		app.NewBook{Name: "Figures", Currency: "USD", FiscalStart: time.January, Zone: "UTC"}, app.Config{Now: clock.Now, Device: "test"})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := a.Close(); err != nil {
			t.Error(err)
		}
	})
	return a
}

// adder adds records to a book, or ends the test.
func adder(t testing.TB, a *app.App) func(kind string, values data.Values) data.ID {
	t.Helper()
	return func(kind string, values data.Values) data.ID {
		t.Helper()
		id, err := a.Records.Add(context.Background(), kind, values)
		if err != nil {
			t.Fatal(err)
		}
		return id
	}
}

func computed(t testing.TB, a *app.App, q app.ComputeQuery) metrics.Result {
	t.Helper()
	r, err := a.Performance.Compute(context.Background(), q)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// TestMavenFigures imports the Maven book and checks what the window and the
// command line say of it.
func TestMavenFigures(t *testing.T) {
	dir := filepath.Join(datatest.Real(t, "maven-crm"), "original")
	ctx := context.Background()
	a := figuresBook(t, &dayClock{now: time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC)})
	var files []string
	for _, name := range []string{"accounts.csv", "products.csv", "sales_teams.csv", "sales_pipeline.csv"} {
		files = append(files, filepath.Join(dir, name))
	}
	plan, err := a.Imports.Plan(ctx, files, app.PlanOptions{})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := a.Imports.Apply(ctx, plan, nil); err != nil {
		t.Fatal(err)
	}
	r := computed(t, a, app.ComputeQuery{By: metrics.ByRegion, Period: data.AllTime, AsOf: data.NoDay})
	if got := []int{r.Total.Total, r.Total.Won, r.Total.Lost, r.Total.Open}; !slices.Equal(got, []int{8800, 4238, 2473, 2089}) {
		t.Errorf("counts %v", got)
	}
	if got := r.Total.WonValue.Decimal(); got != "10005534.00" {
		t.Errorf("won %s", got)
	}
	if rate, _ := r.Total.WinRate.Value(); fmt.Sprintf("%.6f", rate) != "0.631501" {
		t.Errorf("win rate %f", rate)
	}
	want := map[string]string{"Central": "3346293.00", "East": "3090594.00", "West": "3568647.00"}
	for _, row := range r.Rows {
		if row.WonValue.Decimal() != want[row.Key] {
			t.Errorf("%s won %s, want %s", row.Key, row.WonValue.Decimal(), want[row.Key])
		}
	}
	past := computed(t, a, app.ComputeQuery{By: metrics.ByNone, Period: data.AllTime, AsOf: data.NewDay(2017, 6, 30)})
	if past.Total.Won >= r.Total.Won || past.Total.Won == 0 || past.Total.Open == 0 {
		t.Errorf("as of June 2017: %d won, %d open", past.Total.Won, past.Total.Open)
	}
}

// TestFiguresWhileEditing has several readers ask while a person edits.
func TestFiguresWhileEditing(t *testing.T) {
	ctx := context.Background()
	c := newFirm(t, 7)
	today := c.app.Today()
	stop := make(chan struct{})
	var wg sync.WaitGroup
	for range 3 {
		wg.Go(func() {
			for {
				select {
				case <-stop:
					return
				default:
				}
				q := app.ComputeQuery{By: metrics.ByPerson, Period: data.AllTime, AsOf: today}
				if _, err := c.app.Performance.Compute(ctx, q); err != nil {
					t.Error(err)
					return
				}
			}
		})
	}
	for range 40 {
		c.act()
	}
	close(stop)
	wg.Wait()
	if got, want := figures(t, c.app, data.NoDay), c.fresh(data.NoDay); got != want {
		t.Error("the figures are not those of the book")
	}
	stopped, cancel := context.WithCancel(ctx)
	cancel()
	if _, err := c.app.Performance.Compute(stopped, app.ComputeQuery{Period: data.AllTime, AsOf: data.NoDay}); data.KindOf(err) != data.Canceled {
		t.Error(err)
	}
}

// TestScreensAgree holds Home and Performance against the table of figures.
func TestScreensAgree(t *testing.T) {
	ctx := context.Background()
	a := figuresBook(t, &dayClock{now: time.Date(2026, 5, 20, 9, 0, 0, 0, time.UTC)})
	if err := a.Sample(ctx, app.SampleOptions{Deals: 500, Seed: 3}, func(int64, int64) {}); err != nil {
		t.Fatal(err)
	}
	q := app.FigureQuery{Period: a.Book().Calendar.QuarterOf(a.Today()), AsOf: a.Today()}
	want := computed(t, a, app.ComputeQuery{By: metrics.ByPerson, Period: q.Period, AsOf: q.AsOf}).Total
	home, err := a.Performance.Home(ctx, q)
	if err != nil {
		t.Fatal(err)
	}
	screen, err := a.Performance.Figures(ctx, q, metrics.ByProduct)
	if err != nil {
		t.Fatal(err)
	}
	for name, got := range map[string]metrics.Row{"home": home.Team.Total, "performance": screen.Table.Total} {
		if got.Won != want.Won || got.WonValue != want.WonValue || got.Open != want.Open {
			t.Errorf("%s: %+v, want %+v", name, got, want)
		}
	}
	keys, err := a.Performance.Deals(ctx, q, app.Behind{Mark: metrics.Mark{Period: q.Period, Measure: metrics.WonDeals}})
	if err != nil || len(keys) != want.Won {
		t.Errorf("%d deals behind %d won, %v", len(keys), want.Won, err)
	}
	for _, l := range home.Needs.Overdue.Lines {
		if l.StepOn >= q.AsOf || l.Name == "" {
			t.Errorf("overdue: %+v", l)
		}
	}
	for _, name := range []string{"figures.csv", "figures.xlsx"} {
		path := filepath.Join(t.TempDir(), name)
		if err := a.Performance.ExportFigures(ctx, app.ComputeQuery{By: metrics.ByPerson, Period: q.Period, AsOf: q.AsOf}, path); err != nil {
			t.Error(err)
		}
		if info, err := os.Stat(path); err != nil || info.Size() == 0 {
			t.Error(name, err)
		}
	}
	if err := a.Performance.ExportFigures(ctx, app.ComputeQuery{Period: q.Period, AsOf: q.AsOf}, "figures.txt"); data.KindOf(err) != data.Invalid {
		t.Error(err)
	}
}
