package app_test

import (
	"context"
	"database/sql"
	"path/filepath"
	"testing"
	"time"

	_ "github.com/mattn/go-sqlite3" // the yardstick's driver

	"fieldbook/app"
	"fieldbook/app/metrics"
	"fieldbook/data"
)

// plainFigures are the aggregates behind Home and Performance as one would
// write them in SQL: ?1 to ?2 is the period, ?3 begins the one before, ?4 the
// months. Medians, journeys, stalls and quotas are not among them.
var plainFigures = []string{
	`SELECT d.owner, s.type, count(*), sum(d.amount) FROM deal d JOIN stage s ON s.key = d.stage WHERE d.close_day >= ?1 AND d.close_day < ?2 GROUP BY d.owner, s.type`,
	`SELECT s.type, count(*), sum(d.amount) FROM deal d JOIN stage s ON s.key = d.stage WHERE d.close_day >= ?3 AND d.close_day < ?1 GROUP BY s.type`,
	`SELECT d.close_day, sum(d.amount) FROM deal d JOIN stage s ON s.key = d.stage WHERE s.type = 'won' AND d.close_day >= ?3 AND d.close_day < ?2 GROUP BY d.close_day`,
	`SELECT d.stage, count(*), sum(coalesce(d.amount, p.price)) FROM deal d JOIN stage s ON s.key = d.stage LEFT JOIN product p ON p.key = d.product WHERE s.type = 'open' GROUP BY d.stage`,
	`SELECT d.close_day / 30, count(*), sum(d.amount) FROM deal d JOIN stage s ON s.key = d.stage WHERE s.type = 'won' AND d.close_day >= ?4 AND d.close_day < ?2 GROUP BY 1`,
	`SELECT a.territory, s.type, count(*), sum(d.amount) FROM deal d JOIN stage s ON s.key = d.stage JOIN assignment a ON a.person = d.owner AND a.role = 'owner' WHERE d.close_day >= ?1 AND d.close_day < ?2 GROUP BY 1, 2`,
	`SELECT d.key FROM deal d JOIN stage s ON s.key = d.stage WHERE s.type = 'open' AND d.next_step IS NULL AND d.engaged_day + s.expected_days < ?2 ORDER BY d.amount DESC LIMIT 12`,
}

// BenchmarkHomeAndPerformance edits one deal of 1,000,000 (100,000 with
// -short) and computes all that both screens show, beside plain SQL through
// the driver.
func BenchmarkHomeAndPerformance(b *testing.B) {
	deals := 1_000_000
	if testing.Short() {
		deals = 100_000
	}
	ctx := context.Background()
	clock := &dayClock{now: time.Date(2026, 5, 20, 9, 0, 0, 0, time.UTC)}
	a := figuresBook(b, clock)
	if err := a.Sample(ctx, app.SampleOptions{Deals: deals, Seed: 1}, func(int64, int64) {}); err != nil {
		b.Fatal(err)
	}
	rows, err := a.Records.List(ctx, data.Query{Kind: data.KindDeal, Limit: 1})
	if err != nil {
		b.Fatal(err)
	}
	q := app.FigureQuery{Period: a.Book().Calendar.QuarterOf(a.Today()), AsOf: a.Today()}
	both := func() {
		if _, err := a.Performance.Home(ctx, q); err != nil {
			b.Fatal(err)
		}
		if _, err := a.Performance.Figures(ctx, q, metrics.ByPerson); err != nil {
			b.Fatal(err)
		}
	}
	both()
	amount := int64(0)
	b.Run("figures", func(b *testing.B) {
		for b.Loop() {
			b.StopTimer()
			amount++
			if err := a.Records.Set(ctx, data.KindDeal, []data.ID{rows[0].ID}, data.Values{"amount": amount}); err != nil {
				b.Fatal(err)
			}
			b.StartTimer()
			both()
		}
	})
	b.Run("sql", func(b *testing.B) { plainSQL(b, a.Book().Path, a.Book().Calendar, q.Period) })
}

func plainSQL(b *testing.B, path string, cal data.Calendar, in data.Period) {
	b.Helper()
	db, err := sql.Open("sqlite3", "file:"+filepath.ToSlash(path)+"?mode=ro")
	if err != nil {
		b.Fatal(err)
	}
	defer func() {
		if err := db.Close(); err != nil {
			b.Error(err)
		}
	}()
	args := []any{int64(in.From), int64(in.To), int64(cal.Before(in).From), int64(in.From.AddMonths(-6))}
	for b.Loop() {
		for _, query := range plainFigures {
			drainQuery(b, db, query, args)
		}
	}
}

// drainQuery runs a query and reads all of its rows.
func drainQuery(b *testing.B, db *sql.DB, query string, args []any) {
	b.Helper()
	rows, err := db.Query(query, args...)
	if err != nil {
		b.Fatal(err)
	}
	defer rows.Close()
	for rows.Next() {
	}
	if err := rows.Err(); err != nil {
		b.Fatal(err)
	}
}
