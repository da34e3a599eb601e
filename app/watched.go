package app

import (
	"context"

	"fieldbook/app/metrics"
	"fieldbook/data"
	"fieldbook/data/store"
)

// WatchedQuery asks for the figures of data.WatchedMetrics.
type WatchedQuery struct {
	People []data.ID // nil is everybody
	Period data.Period
	AsOf   data.Day // NoDay is today
}

// WatchedFigures are the watched figures of people, each with what it was made
// from. Somebody whom the book did not hold on that day is not among them.
type WatchedFigures struct {
	Period   data.Period
	AsOf     data.Day
	Currency data.Currency
	People   map[data.ID]metrics.Watched
	Total    metrics.Watched // of these people together: Σ ÷ Σ
}

// Of gives a figure of somebody, absent for who is not here and for a name that
// is none of data.WatchedMetrics.
func (w *WatchedFigures) Of(person data.ID, metric string) metrics.Ratio {
	figures, here := w.People[person]
	which, known := metrics.WatchNamed(metric)
	if !here || !known {
		return metrics.Ratio{}
	}
	return figures[which]
}

// Watched gives the watched figures of people in a period by what was known at
// the end of a day.
func (p *Performance) Watched(ctx context.Context, q WatchedQuery) (*WatchedFigures, error) {
	out, err := p.WatchedIn(ctx, q, q.Period)
	if err != nil {
		return nil, err
	}
	return out[0], nil
}

// WatchedIn gives the figures of several periods, as a comparison needs them;
// q.Period does not count.
func (p *Performance) WatchedIn(ctx context.Context, q WatchedQuery, periods ...data.Period) ([]*WatchedFigures, error) {
	if !q.AsOf.Valid() {
		q.AsOf = p.app.Today()
	}
	out := make([]*WatchedFigures, len(periods))
	return out, p.view(ctx, viewQuery{AsOf: q.AsOf}, func(b *factBook, v *metrics.View) error {
		done, err := b.doing(ctx, p.app.store)
		if err != nil {
			return err
		}
		all := metrics.Doings{Acts: done.acts, Steps: done.steps}
		if all.Calls, err = p.calls(ctx, b); err != nil {
			return err
		}
		for i, in := range periods {
			figures, err := v.Watched(in, all)
			if err != nil {
				return err
			}
			out[i] = &WatchedFigures{Period: in, AsOf: q.AsOf, Currency: b.Currency(), People: map[data.ID]metrics.Watched{}, Total: metrics.NewWatched()}
			out[i].keep(b, figures, q.People)
		}
		return nil
	})
}

// keep takes the figures of the people asked for.
func (w *WatchedFigures) keep(b *factBook, figures []metrics.Watched, people []data.ID) {
	wanted := make(map[data.ID]bool, len(people))
	for _, id := range people {
		wanted[id] = true
	}
	for i := range b.People {
		if id := b.People[i].ID; people == nil || wanted[id] {
			w.People[id] = figures[i]
			w.Total = w.Total.Plus(&figures[i])
		}
	}
}

// calls reads what was said of periods, in the book's currency as they are all
// submitted.
func (p *Performance) calls(ctx context.Context, b *factBook) ([]metrics.Called, error) {
	var out []metrics.Called
	src := &source{store: p.app.store, until: data.NoDay}
	fields := []string{"person", "period", "day", "amount", "currency"}
	return out, src.each(ctx, store.Narrow{Kind: data.KindForecastCall, Fields: fields}, func(l line) error {
		period, err := b.Calendar.Parse(l.text(1))
		if at, known := b.currency[l.text(4)]; err != nil || !l.has(3) || !known || at != 0 {
			return nil //nolint:nilerr // a call of a period that nobody can tell has no error to reckon
		}
		out = append(out, metrics.Called{Person: b.people.get(l.ref(0)), Period: period, Day: l.day(2), Minor: l.int(3)})
		return nil
	})
}
