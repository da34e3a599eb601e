package app

import (
	"context"
	"slices"

	"fieldbook/app/forecast"
	"fieldbook/app/metrics"
	"fieldbook/data"
)

// Forecasts tells what periods may bring, and which open deals may be won.
type Forecasts struct {
	app  *App
	kept keptChances
}

// ForecastQuery asks for the forecast of a period.
type ForecastQuery struct {
	Period data.Period // with an end
	AsOf   data.Day    // NoDay is today
	Scope  data.Scope
	By     metrics.By // what has a row; ByNone gives the total alone
	Runs   int        // of the simulation; 0 is 10,000
	Teams  []Team     // with ByPerson: told of beside the rows
}

// Team is people whose forecast is told together.
type Team struct {
	Leader   data.ID
	People   []data.ID // each once
	Quota    int64     // minor units, with HasQuota
	HasQuota bool
}

// PeriodForecast is what a period may bring, knowing only one day.
type PeriodForecast struct {
	ForecastQuery
	Currency data.Currency
	Known    bool   // false: too little has closed for bands
	Verdict  string // how such forecasts did from earlier days, in words
	Rows     []ForecastRow
	Teams    []forecast.Line // of those asked for, in their order
	Total    ForecastRow
	Accuracy forecast.Accuracy
	Model    *forecast.Model // of win probability, learned from the whole book
	NoRate   int             // deals left out for want of a rate
}

// ForecastRow is one line. Commit, BestCase, Pipeline and Weighted are of open
// deals that are expected to close in the period; those without an expected day
// count in the period under way.
type ForecastRow struct {
	Key string
	ID  data.ID
	forecast.Line
	Quota                      metrics.Target
	Commit, BestCase, Pipeline data.Money
	Weighted                   data.Money // Σ value × the chance of the stage (metrics.View.Chances)
	Learned                    int        // closed deals of the row
}

// forecastSeed makes the simulation repeat.
const forecastSeed = 1

// Period makes the forecast of a period: bands of what it brings, of that from
// open deals and from new ones, the odds of quota, and beside them what the
// categories and a plain weighting of open deals say. It is Invalid for a
// period without an end or a grouping by time, NotFound for a scope that the
// book does not hold.
func (k *Forecasts) Period(ctx context.Context, q ForecastQuery) (*PeriodForecast, error) {
	if !q.AsOf.Valid() {
		q.AsOf = k.app.Today()
	}
	if !q.Period.From.Valid() || !q.Period.To.Valid() {
		return nil, data.Errorf(data.Invalid, "a forecast needs a period with an end, such as a quarter")
	}
	chances, err := k.Chances(ctx, q.AsOf)
	if err != nil {
		return nil, err
	}
	out := &PeriodForecast{ForecastQuery: q, Model: chances.Model}
	var book *forecast.Book
	err = k.app.Performance.view(ctx, viewQuery{AsOf: q.AsOf, Scope: q.Scope}, func(b *factBook, v *metrics.View) error {
		out.Currency = b.Currency()
		g := &gathering{facts: &b.Facts, query: q, chances: chances, out: out}
		if err := g.gather(v); err != nil {
			return err
		}
		book = g.book
		return nil
	})
	if err != nil {
		return nil, err
	}
	told, err := forecast.Predict(ctx, book, forecast.Query{
		Period: q.Period, Runs: q.Runs, Seed: forecastSeed, Quota: out.Total.Quota.Minor, HasQuota: out.Total.Quota.Set,
	})
	if err != nil {
		return nil, err
	}
	out.Known, out.Verdict, out.Accuracy = told.Known, told.Verdict, told.Accuracy
	out.Total.Line = told.Total
	kept := out.Rows[:0]
	for i, row := range out.Rows {
		row.Line = told.Rows[i]
		if row.Closed != 0 || row.Open > 0 || row.Quota.Set || row.Whole.P90 > 0 {
			kept = append(kept, row)
		}
	}
	out.Teams = told.Rows[len(out.Rows):]
	out.Rows = kept
	return out, nil
}

// gathering turns a view into what the forecast is made from.
type gathering struct {
	facts   *metrics.Facts
	view    *metrics.View
	query   ForecastQuery
	chances *Chances
	out     *PeriodForecast
	book    *forecast.Book
	parts   []part
}

// part is what a position of the grouping adds up to.
type part struct {
	commit, best, pipeline, learned, weighted int64
}

func (p *part) add(o *part) {
	p.commit, p.best, p.pipeline, p.learned = p.commit+o.commit, p.best+o.best, p.pipeline+o.pipeline, p.learned+o.learned
	p.weighted += o.weighted
}

func (g *gathering) gather(v *metrics.View) error {
	g.view = v
	g.book = &forecast.Book{AsOf: g.query.AsOf, Lines: len(g.facts.Pipelines)}
	g.book.Deals = make([]forecast.Deal, 0, v.Len())
	heads, err := v.Placed(g.query.By, g.take)
	if err != nil {
		return err
	}
	g.parts = append(g.parts, make([]part, max(0, heads.Positions-len(g.parts)))...)
	g.book.Groups = heads.Positions
	figures, err := v.Compute(g.query.By, g.query.Period)
	if err != nil {
		return err
	}
	quotas := map[metrics.Heading]metrics.Target{}
	for _, row := range figures.Rows {
		quotas[metrics.Heading{Key: row.Key, ID: row.ID}] = row.Quota
	}
	for _, h := range heads.Rows {
		quota := quotas[metrics.Heading{Key: h.Key, ID: h.ID}]
		g.out.Rows = append(g.out.Rows, g.row(ForecastRow{Key: h.Key, ID: h.ID, Quota: quota}, h.From, h.To))
		g.book.Rows = append(g.book.Rows, forecast.Row{From: h.From, To: h.To, Quota: quota.Minor, HasQuota: quota.Set})
	}
	g.addTeams(heads.Rows)
	g.out.Total = g.row(ForecastRow{Key: "total", Quota: figures.Total.Quota}, 0, int32(heads.Positions))
	return nil
}

// addTeams puts the teams below the rows of their people.
func (g *gathering) addTeams(people []metrics.Heading) {
	at := map[data.ID]int32{}
	for _, h := range people {
		at[h.ID] = h.From
	}
	for _, t := range g.query.Teams {
		row := forecast.Row{Quota: t.Quota, HasQuota: t.HasQuota}
		for _, id := range t.People {
			if group, ok := at[id]; ok {
				row.Of = append(row.Of, group)
			}
		}
		slices.Sort(row.Of) // sums do not hang on the order in which people are named
		g.book.Rows = append(g.book.Rows, row)
	}
}

func (g *gathering) row(r ForecastRow, from, to int32) ForecastRow {
	var sum part
	for at := from; at < to; at++ {
		sum.add(&g.parts[at])
	}
	money := func(minor int64) data.Money { return data.Money{Minor: minor, Currency: g.out.Currency} }
	r.Commit, r.BestCase, r.Pipeline = money(sum.commit), money(sum.best), money(sum.pipeline)
	r.Weighted, r.Learned = money(sum.weighted), int(sum.learned)
	return r
}

// take enters one deal.
func (g *gathering) take(p *metrics.Placed) {
	for int(p.Position) >= len(g.parts) {
		g.parts = append(g.parts, part{})
	}
	if p.NoRate {
		g.out.NoRate++
		return
	}
	d := forecast.Deal{
		Start: startOf(p.Deal, g.query.AsOf), Close: data.NoDay, Open: p.OpenValue, Known: p.OpenKnown, Group: p.Position, Line: metrics.None,
	}
	if p.Stage != metrics.None {
		d.Line = g.facts.Stages[p.Stage].Pipeline
	}
	at := &g.parts[p.Position]
	if p.Type == metrics.Open {
		d.Lift = g.chances.lift(p.Key)
		g.due(at, p)
	} else {
		d.Close, d.Outcome = p.Close, forecast.Lost
		at.learned++
		if p.Type == metrics.Won {
			d.Outcome, d.Value = forecast.Won, p.Value
		}
	}
	g.book.Deals = append(g.book.Deals, d)
}

// due adds up an open deal that is expected to close in the period.
func (g *gathering) due(into *part, p *metrics.Placed) {
	if !g.view.DueIn(p.Standing, g.query.Period) {
		return
	}
	switch p.Category {
	case metrics.Commit:
		into.commit += p.Value
	case metrics.BestCase:
		into.best += p.Value
	case metrics.Pipelined:
		into.pipeline += p.Value
	default: // omitted
	}
	into.weighted += p.Weighted
}

// startOf is the first day on which a deal was worked on, as known on a day.
func startOf(d *metrics.Deal, asOf data.Day) data.Day {
	start := d.Created.Min(d.Engaged)
	if start > asOf {
		return data.NoDay
	}
	return start
}
