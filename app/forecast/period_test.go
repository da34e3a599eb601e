package forecast_test

import (
	"context"
	"errors"
	"math"
	"math/rand/v2"
	"testing"

	"fieldbook/app/forecast"
	"fieldbook/data"

	"pgregory.net/rapid"
)

// company makes the deals of people who each find perDay deals a day and win 4
// of 10 after some weeks, as known on asOf; and what the rest of the story brings.
type company struct {
	people  int
	perDay  float64
	seed    uint64
	asOf    data.Day
	days    int // of history
	forever float64
}

func (c company) make(until data.Day) (b *forecast.Book, came [2]int64) {
	rng := rand.New(rand.NewPCG(c.seed, 9))
	b = &forecast.Book{AsOf: c.asOf, Groups: c.people, Lines: 1}
	for g := range c.people {
		b.Rows = append(b.Rows, forecast.Row{From: int32(g), To: int32(g + 1), Quota: 50_000_00, HasQuota: true})
		for start := c.asOf - data.Day(c.days); start <= until; start++ {
			if rng.Float64() > c.perDay {
				continue
			}
			value := int64(math.Exp(13+0.7*rng.NormFloat64())) + 1
			d := forecast.Deal{Start: start, Close: start + data.Day(10+rng.IntN(80)), Outcome: forecast.Lost, Open: value, Known: true, Group: int32(g)}
			if rng.Float64() < 0.4 {
				d.Outcome, d.Value = forecast.Won, value
			}
			if rng.Float64() < c.forever {
				d.Close = until + 1000
			}
			if d.Close > c.asOf && d.Close <= until && d.Outcome == forecast.Won {
				if start <= c.asOf {
					came[0] += value
				} else {
					came[1] += value
				}
			}
			if start > c.asOf {
				continue
			}
			if d.Close > c.asOf {
				d.Outcome, d.Close, d.Value = forecast.StillOpen, data.NoDay, 0
			}
			b.Deals = append(b.Deals, d)
		}
	}
	return b, came
}

var quarter = data.Period{Name: "2026-Q2", From: data.NewDay(2026, 4, 1), To: data.NewDay(2026, 7, 1)}

// TestBandsHold makes forecasts of many companies and counts how often the band
// of 80 % holds what came. It must neither miss much nor be so wide that it says nothing.
func TestBandsHold(t *testing.T) {
	const tries = 40
	var held, openHeld, newHeld int
	width := 0.0
	for seed := range uint64(tries) {
		c := company{people: 8, perDay: 0.15, seed: seed, asOf: quarter.From - 1, days: 500, forever: 0.1}
		b, came := c.make(quarter.To - 1)
		r := predict(t, b, forecast.Query{Period: quarter, Seed: 1, Runs: 2000})
		in := func(x int64, band forecast.Band) int {
			if x >= band.P10 && x <= band.P90 {
				return 1
			}
			return 0
		}
		held += in(came[0]+came[1], r.Total.Whole)
		openHeld += in(came[0], r.Total.FromOpen)
		newHeld += in(came[1], r.Total.FromNew)
		width += float64(r.Total.Whole.P90-r.Total.Whole.P10) / float64(came[0]+came[1]) / tries
	}
	t.Logf("held %d, open %d, new %d of %d; width %.2f of what came", held, openHeld, newHeld, tries, width)
	if held < 28 || openHeld < 28 || newHeld < 28 {
		t.Errorf("bands held %d, %d and %d of %d", held, openHeld, newHeld, tries)
	}
	if width > 0.75 {
		t.Errorf("bands are %.2f of what came", width)
	}
}

// TestForecastProperties: whatever the deals, bands are in order, hold what has
// closed, repeat with the seed, and rows add up to what has closed.
func TestForecastProperties(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		b := &forecast.Book{AsOf: quarter.From.AddDays(rapid.IntRange(-30, 120).Draw(t, "day")), Groups: 3, Lines: 2}
		b.Rows = []forecast.Row{{From: 0, To: 1}, {From: 1, To: 3, HasQuota: true, Quota: 1000}}
		rng := rand.New(rand.NewPCG(rapid.Uint64().Draw(t, "seed"), 1))
		for range rapid.IntRange(0, 400).Draw(t, "deals") {
			d := forecast.Deal{
				Start: b.AsOf - data.Day(rng.IntN(400)), Close: data.NoDay, Open: rng.Int64N(1e9), Known: rng.IntN(3) > 0,
				Group: int32(rng.IntN(3)), Line: int32(rng.IntN(3)) - 1, Lift: rng.NormFloat64(),
			}
			if rng.IntN(9) == 0 {
				d.Start = data.NoDay
			}
			if rng.IntN(2) == 0 {
				d.Outcome, d.Close, d.Value = forecast.Won, b.AsOf-data.Day(rng.IntN(100)), rng.Int64N(1e9)
			} else if rng.IntN(2) == 0 {
				d.Outcome, d.Close = forecast.Lost, b.AsOf-data.Day(rng.IntN(300))
			}
			b.Deals = append(b.Deals, d)
		}
		q := forecast.Query{Period: quarter, Runs: 500, Seed: 7, HasQuota: true, Quota: 1e9}
		r, err := forecast.Predict(context.Background(), b, q)
		if err != nil {
			t.Fatal(err)
		}
		again, _ := forecast.Predict(context.Background(), b, q)
		if r.Total != again.Total {
			t.Fatalf("%+v, then %+v", r.Total, again.Total)
		}
		closed := int64(0)
		for _, l := range append(r.Rows, r.Total) {
			w := l.Whole
			if r.Known && (w.P10 > w.P50 || w.P50 > w.P90 || w.P10 < l.Closed || l.FromOpen.P10 < 0 || l.FromNew.P10 < 0 || l.Odds < 0 || l.Odds > 1) {
				t.Fatalf("%+v", l)
			}
			closed += l.Closed
		}
		if closed != 2*r.Total.Closed {
			t.Fatalf("rows closed %d, the whole %d", closed-r.Total.Closed, r.Total.Closed)
		}
	})
}

func TestForecastOfLittle(t *testing.T) {
	b := &forecast.Book{AsOf: quarter.From, Groups: 1, Lines: 1}
	b.Deals = []forecast.Deal{{Start: quarter.From - 9, Close: quarter.From, Outcome: forecast.Won, Value: 500}}
	r := predict(t, b, forecast.Query{Period: quarter})
	if r.Known || r.Verdict == "" || r.Total.Closed != 500 {
		t.Errorf("%+v", r)
	}
	b.AsOf = quarter.To
	r = predict(t, b, forecast.Query{Period: quarter, Quota: 500, HasQuota: true})
	if want := (forecast.Band{P10: 500, P50: 500, P90: 500}); r.Total.Whole != want || r.Total.Odds != 1 {
		t.Errorf("%+v", r.Total)
	}
	if _, err := forecast.Predict(context.Background(), b, forecast.Query{Period: data.AllTime}); data.KindOf(err) != data.Invalid {
		t.Errorf("all time: %v", err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	big, _ := company{people: 3, perDay: 0.3, seed: 1, asOf: quarter.From, days: 300}.make(quarter.To)
	if _, err := forecast.Predict(ctx, big, forecast.Query{Period: quarter}); !errors.Is(err, context.Canceled) {
		t.Errorf("after the end of its context: %v", err)
	}
}

// BenchmarkPredict is 10,000 runs for 100 people with 15,000 deals: 2 s at most.
func BenchmarkPredict(b *testing.B) {
	book, _ := company{people: 100, perDay: 0.3, seed: 1, asOf: quarter.From - 1, days: 500}.make(quarter.To)
	for b.Loop() {
		predict(b, book, forecast.Query{Period: quarter})
	}
}

// BenchmarkPredictMillion is a book of a million deals.
func BenchmarkPredictMillion(b *testing.B) {
	book, _ := company{people: 700, perDay: 0.95, seed: 1, asOf: quarter.From - 1, days: 1500, forever: 0.1}.make(quarter.To)
	b.Logf("%d deals", len(book.Deals))
	for b.Loop() {
		predict(b, book, forecast.Query{Period: quarter})
	}
}
