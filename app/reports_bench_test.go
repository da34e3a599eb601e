package app_test

import (
	"context"
	"testing"
	"time"

	"fieldbook/app"
	"fieldbook/data"
)

// BenchmarkQuarterlyReview sets the quarterly review of a company of some 35
// reps on paper, with what all its figures need read and computed.
func BenchmarkQuarterlyReview(b *testing.B) {
	ctx := context.Background()
	a := figuresBook(b, &dayClock{now: time.Date(2026, 5, 20, 9, 0, 0, 0, time.UTC)})
	if err := a.Sample(ctx, app.SampleOptions{Deals: 4_000, Seed: 1}, func(int64, int64) {}); err != nil {
		b.Fatal(err)
	}
	rep := data.Filter{Field: "role", Test: data.Is, Values: []data.Value{data.RoleRep}}
	reps, err := a.Records.Count(ctx, data.Query{Kind: data.KindPerson, Where: []data.Filter{rep}})
	if err != nil {
		b.Fatal(err)
	}
	q := app.ReportQuery{Name: app.ReportQuarterlyReview, Period: a.Book().Calendar.QuarterOf(a.Today()), AsOf: a.Today()}
	for b.Loop() {
		a.Forecasts.Forget()
		paper, err := a.Reports.Paper(ctx, q)
		if err != nil {
			b.Fatal(err)
		}
		file, err := paper.PDF()
		if err != nil {
			b.Fatal(err)
		}
		b.ReportMetric(float64(len(file)), "file-bytes")
		b.ReportMetric(float64(len(paper.Pages())), "pages")
		b.ReportMetric(float64(reps), "reps")
	}
}
