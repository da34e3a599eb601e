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

// Due lists the open deals of a scope that are to close in a period.
func (c *Calls) Due(ctx context.Context, q FigureQuery) ([]data.Key, error) {
	var out []data.Key
	err := c.app.Performance.view(ctx, viewQuery{AsOf: q.AsOf, Scope: q.Scope}, func(_ *factBook, v *metrics.View) error {
		out = slices.Sorted(maps.Keys(v.Due(q.Period).Values))
		return nil
	})
	return out, err
}
