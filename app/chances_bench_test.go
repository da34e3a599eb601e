package app_test

import (
	"context"
	"testing"
	"time"

	"fieldbook/app"
)

// BenchmarkChances learns the win probabilities of 100,000 deals, as the screen
// Forecast and the list of deals need them when a book is opened.
func BenchmarkChances(b *testing.B) {
	ctx := context.Background()
	a := figuresBook(b, &dayClock{now: time.Date(2026, 5, 20, 9, 0, 0, 0, time.UTC)})
	if err := a.Sample(ctx, app.SampleOptions{Deals: 100_000, Seed: 1}, func(int64, int64) {}); err != nil {
		b.Fatal(err)
	}
	q := app.FigureQuery{Period: a.Book().Calendar.QuarterOf(a.Today()), AsOf: a.Today()}
	b.Run("first", func(b *testing.B) {
		for b.Loop() {
			b.StopTimer()
			a.Forecasts.Forget()
			b.StartTimer()
			if _, err := a.Forecasts.Chances(ctx, a.Today()); err != nil {
				b.Fatal(err)
			}
		}
	})
	b.Run("again", func(b *testing.B) {
		for b.Loop() {
			if _, err := a.Forecasts.Chances(ctx, a.Today()); err != nil {
				b.Fatal(err)
			}
		}
	})
	b.Run("page", func(b *testing.B) {
		for b.Loop() {
			if _, err := a.Calls.Rollup(ctx, q); err != nil {
				b.Fatal(err)
			}
		}
	})
	b.Run("band", func(b *testing.B) {
		for b.Loop() {
			if _, err := a.Calls.Band(ctx, q, &app.Rollup{}); err != nil {
				b.Fatal(err)
			}
		}
	})
}
