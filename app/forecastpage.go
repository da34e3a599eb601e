package app

import (
	"context"
	"maps"
	"slices"

	"fieldbook/app/metrics"
	"fieldbook/data"
)

// ForecastPage is what the screen Forecast shows.
type ForecastPage struct {
	FigureQuery
	Calendar data.Calendar
	Rollup   *Rollup
	Running  metrics.Running
	Since    data.Day // Changes begin on it: a week before the day, not before the book
	Changes  *PipelineChanges
}

// Page reads the screen Forecast: the roll-up, what was won up to the day, and what
// changed in the week before it.
func (c *Calls) Page(ctx context.Context, q FigureQuery) (*ForecastPage, error) {
	out := &ForecastPage{FigureQuery: q, Calendar: c.app.Book().Calendar, Since: q.AsOf.AddDays(-7)}
	var err error
	if out.Rollup, err = c.Rollup(ctx, q); err != nil {
		return nil, err
	}
	err = c.app.Performance.view(ctx, viewQuery{AsOf: q.AsOf, Scope: q.Scope}, func(_ *factBook, v *metrics.View) error {
		out.Running = v.RunningTotal(q.Period)
		return nil
	})
	if err != nil {
		return nil, err
	}
	out.Changes, err = c.app.Performance.Changes(ctx, ChangesQuery{Period: q.Period, From: out.Since, To: q.AsOf, Scope: q.Scope})
	return out, err
}

// Band is what the book's history says of where a period ends.
type Band struct {
	Known         bool
	P10, P50, P90 int64
	Odds          float64 // of the quota, with HasOdds
	HasOdds       bool
	Verdict       string              // how such forecasts did before
	People        map[data.ID]float64 // the odds of those with a quota, theirs alone
}

// Band forecasts the period of a query; it takes seconds in a large book. For a
// period without an end, or one that is over, nothing is known.
func (c *Calls) Band(ctx context.Context, q FigureQuery) (Band, error) {
	if !q.Period.From.Valid() || !q.Period.To.Valid() || q.Period.To <= q.AsOf+1 {
		return Band{}, nil
	}
	told, err := c.app.Forecasts.Period(ctx, ForecastQuery{Period: q.Period, AsOf: q.AsOf, Scope: q.Scope, By: metrics.ByPerson})
	if err != nil {
		return Band{}, err
	}
	people := map[data.ID]float64{}
	for _, r := range told.Rows {
		if told.Known && r.HasOdds {
			people[r.ID] = r.Odds
		}
	}
	l := told.Total
	return Band{told.Known, l.Whole.P10, l.Whole.P50, l.Whole.P90, l.Odds, l.HasOdds, told.Verdict, people}, nil
}

// Due lists the open deals of a scope that are to close in a period.
func (c *Calls) Due(ctx context.Context, q FigureQuery) ([]data.Key, error) {
	var out []data.Key
	err := c.app.Performance.view(ctx, viewQuery{AsOf: q.AsOf, Scope: q.Scope}, func(_ *factBook, v *metrics.View) error {
		out = slices.Sorted(maps.Keys(v.Due(q.Period).Values))
		return nil
	})
	return out, err
}
