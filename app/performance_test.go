package app_test

import (
	"context"
	"fmt"
	"path/filepath"
	"slices"
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
