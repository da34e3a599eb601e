package app

import (
	"context"
	"slices"

	"fieldbook/app/metrics"
	"fieldbook/app/report"
	"fieldbook/data"
)

// FigureQuery is what the title row of a screen has chosen.
type FigureQuery struct {
	Period data.Period
	AsOf   data.Day
	Scope  data.Scope
}

// PerformanceFigures are those of the screen Performance.
type PerformanceFigures struct {
	FigureQuery
	Calendar data.Calendar
	Table    metrics.Result   // by the grouping asked for
	Deals    int              // in the scope
	Share    float64          // part of the period's sales that is expected by now
	Before   metrics.Row      // total of as much of the period before, what the cards compare with
	Funnels  []metrics.Funnel // of the deals closed in the period, a pipeline each
}

// Figures computes the screen Performance. The error is Invalid for an unknown
// grouping, NotFound for a scope that the book does not hold.
func (p *Performance) Figures(ctx context.Context, q FigureQuery, by metrics.By) (*PerformanceFigures, error) {
	out := &PerformanceFigures{FigureQuery: q}
	err := p.view(ctx, viewQuery{AsOf: q.AsOf, Scope: q.Scope}, func(b *factBook, v *metrics.View) error {
		out.Calendar = b.Calendar
		out.Share = b.Share(q.Period, q.AsOf)
		out.Funnels = v.Journey(q.Period, metrics.ClosedIn).Funnels
		before, err := v.Compute(metrics.ByNone, b.ToDate(q.Period, q.AsOf))
		if err != nil {
			return err
		}
		out.Before = before.Total
		out.Deals = v.Len()
		out.Table, err = v.Compute(by, q.Period)
		return err
	})
	return out, err
}

// leastMonths is how many months the chart of months shows at least.
const leastMonths = 9

// monthsShown is the period's months, with some before it where they are few.
func monthsShown(b *factBook, q FigureQuery) data.Period {
	if q.Period.IsAll() {
		return q.Period
	}
	end := min(q.Period.To, q.AsOf+1)
	last := b.Calendar.MonthOf(end - 1)
	from := min(q.Period.From, last.From.AddMonths(1-leastMonths))
	return b.Calendar.Range(from, q.Period.To)
}

// Behind names the deals of a figure.
type Behind = report.Behind

// Deals gives the deals behind figures of Figures or Home, each once.
func (p *Performance) Deals(ctx context.Context, q FigureQuery, behind ...Behind) ([]data.Key, error) {
	var out []data.Key
	err := p.view(ctx, viewQuery{AsOf: q.AsOf, Scope: q.Scope}, func(f *factBook, v *metrics.View) error {
		for _, b := range behind {
			keys, err := dealsBehind(v, b)
			if err != nil {
				return err
			}
			if b.Owned {
				keys = slices.DeleteFunc(keys, func(key data.Key) bool {
					place, ok := f.Place(key)
					return !ok || f.Deals[place].Owner != b.Owner
				})
			}
			out = append(out, keys...)
		}
		return nil
	})
	slices.Sort(out)
	return slices.Compact(out), err
}

func dealsBehind(v *metrics.View, b Behind) ([]data.Key, error) {
	if b.Funnel {
		return v.Journey(b.Period, metrics.ClosedIn).DealsBehind(b.Stage, b.Measure), nil
	}
	return v.DealsBehind(b.Mark)
}

// FigureKinds are the kinds of records that figures are made from.
func FigureKinds() []string { return slices.Clone(factKinds) }
