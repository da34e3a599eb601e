package metrics_test

import (
	"fmt"
	"math/rand/v2"
	"sync"
	"testing"
	"time"

	"fieldbook/app/metrics"
	"fieldbook/data"
)

// million is a book of 1,000,000 deals over four years, a quarter of them with
// a stage history, shared by the benchmarks.
var million = sync.OnceValue(func() *metrics.Facts { return generate(1_000_000, 7) })

const reps, accounts = 400, 20_000

// generate makes a company of 400 reps under 40 managers in 8 regions, with
// quotas for each month.
func generate(n int, seed uint64) *metrics.Facts {
	r := rand.New(rand.NewPCG(seed, 1))
	f := &metrics.Facts{Calendar: data.Calendar{Start: 2}, Currencies: []data.Currency{"USD", "EUR"}}
	f.Rates = [][]metrics.DatedRate{nil, {{From: data.NewDay(2020, 1, 1), Rate: data.Rate{Num: 11, Den: 10}}, {From: data.NewDay(2023, 6, 1), Rate: data.Rate{Num: 109, Den: 100}}}}
	f.Pipelines = []metrics.Pipeline{{Name: "Field"}}
	for i, name := range []string{"Prospecting", "Qualification", "Discovery", "Proposal", "Close", "Won", "Lost"} {
		s := metrics.Stage{Name: name, Position: i, Probability: float64(i) * 18, ExpectedDays: 30}
		if i > 4 {
			s.Type = metrics.StageType(i - 4)
		}
		f.Stages = append(f.Stages, s)
	}
	for i := range 100 {
		t := metrics.Territory{Name: fmt.Sprintf("T%02d", i), Parent: int32(i % 8)}
		if i < 8 {
			t.Parent = metrics.None
		}
		f.Territories = append(f.Territories, t)
	}
	for i := range reps + 40 {
		p := metrics.Person{Name: fmt.Sprintf("Person %03d", i), Hired: data.NoDay, Left: data.NoDay, Leads: i >= reps}
		if i < reps {
			p.Managers = []metrics.Span{{From: data.NoDay, To: int32(reps + i%40)}}
			p.Territories = []metrics.Span{{From: data.NoDay, To: int32(8 + i%92)}}
		}
		f.People = append(f.People, p)
	}
	for i := range 60 {
		f.Families = append(f.Families, fmt.Sprintf("F%d", i))
		f.Products = append(f.Products, metrics.Product{Name: fmt.Sprintf("P%d", i), Family: int32(i % 9), Price: int64(r.IntN(900_000)) + 5_000, HasPrice: true})
	}
	for i := range 12 {
		f.Industries = append(f.Industries, fmt.Sprintf("I%d", i))
	}
	for range accounts {
		f.Accounts = append(f.Accounts, metrics.Account{Industry: int32(r.IntN(12)), Country: metrics.None, Territory: int32(r.IntN(110) - 10)})
	}
	for i := range accounts {
		if f.Accounts[i].Territory < 0 {
			f.Accounts[i].Territory = metrics.None
		}
	}
	for p := range reps {
		for m := range 48 {
			f.Quotas = append(f.Quotas, metrics.Quota{Person: int32(p), Territory: metrics.None, Month: data.NewDay(2021, time.Month(1+m), 1), Amount: 90_000_000})
		}
	}
	f.Reserve(n, n)
	for i := range n {
		d, history := generateDeal(r, data.NewDay(2021, 1, 1)+data.Day(i*1400/n))
		f.Upsert(data.Key(i+1), d, history...)
	}
	return f
}

// generateDeal makes one that began on a day; a book fills in order of time.
func generateDeal(r *rand.Rand, start data.Day) (metrics.Deal, []metrics.Move) {
	d := metrics.Deal{
		Owner: int32(r.IntN(reps)), Product: int32(r.IntN(60)), Account: int32(r.IntN(accounts)), Stage: int32(r.IntN(5)),
		Created: start, Engaged: start + data.Day(r.IntN(20)), Close: start + data.Day(20+r.IntN(200)), Entered: start, Snoozed: data.NoDay,
		Amount: int64(r.IntN(2_000_000)), Currency: int16(r.IntN(10) / 9), Flags: metrics.HasAmount,
	}
	if r.IntN(5) == 0 {
		d.Flags |= metrics.Planned
	}
	if d.Close < data.NewDay(2024, 11, 17) {
		d.Stage = int32(5 + r.IntN(2))
	}
	if d.Stage == 6 {
		d.LastOpenAmount, d.Amount = d.Amount, 0
	}
	if r.IntN(4) > 0 {
		return d, nil
	}
	var history []metrics.Move
	for s, at := int32(0), start; s < min(d.Stage, 5) && at < d.Close; s, at = s+1, at+data.Day(1+r.IntN(40)) {
		history = append(history, metrics.Move{Day: at, Stage: s})
	}
	if d.Stage > 4 {
		history = append(history, metrics.Move{Day: d.Close, Stage: d.Stage})
	}
	return d, history
}

var quarter = data.Calendar{Start: 2}.QuarterOf(data.NewDay(2024, 11, 17))

func BenchmarkView(b *testing.B) {
	f := million()
	for b.Loop() {
		if _, err := metrics.NewView(f, metrics.Query{AsOf: data.NewDay(2024, 11, 17)}); err != nil {
			b.Fatal(err)
		}
	}
	yardstick(b, 20*time.Millisecond)
}

func BenchmarkComputeByPerson(b *testing.B) {
	f := million()
	for b.Loop() {
		compute(b, f, metrics.Query{By: metrics.ByPerson, Period: data.AllTime, AsOf: data.NewDay(2024, 11, 17)})
	}
	yardstick(b, 60*time.Millisecond)
}

func BenchmarkComputeQuarterByPerson(b *testing.B) {
	f := million()
	for b.Loop() {
		compute(b, f, metrics.Query{By: metrics.ByPerson, Period: quarter, AsOf: data.NewDay(2024, 11, 17)})
	}
	yardstick(b, 30*time.Millisecond)
}

// BenchmarkHomeAndPerformance is all that the two screens show for a quarter.
func BenchmarkHomeAndPerformance(b *testing.B) {
	f := million()
	asOf := data.NewDay(2024, 11, 17)
	for b.Loop() {
		v, err := metrics.NewView(f, metrics.Query{AsOf: asOf})
		if err != nil {
			b.Fatal(err)
		}
		people := figures(b, v, metrics.ByPerson, quarter)
		people.Bands()
		figures(b, v, metrics.ByNone, f.ToDate(quarter, asOf))
		figures(b, v, metrics.ByRegion, quarter)
		v.RunningTotal(quarter)
		v.OpenByStage(data.AllTime)
		v.Sparklines(quarter, 8)
		v.ByMonth(f.Calendar.YearOf(asOf))
		v.Stalls()
	}
	yardstick(b, 60*time.Millisecond)
}

func figures(b *testing.B, v *metrics.View, by metrics.By, in data.Period) metrics.Result {
	b.Helper()
	r, err := v.Compute(by, in)
	if err != nil {
		b.Fatal(err)
	}
	return r
}

// yardstick prints the budget beside the time, on two cores.
func yardstick(b *testing.B, budget time.Duration) {
	b.Helper()
	b.ReportMetric(float64(budget.Nanoseconds())/1e6, "budget-ms/op")
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/1e6, "ms/op")
}
