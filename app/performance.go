package app

import (
	"context"

	"fieldbook/app/metrics"
	"fieldbook/data"
)

// Performance computes the book's figures from facts kept in memory.
type Performance struct {
	app   *App
	facts facts
}

// ComputeQuery asks for one table of figures.
type ComputeQuery struct {
	By     metrics.By  // ByNone gives the total alone
	Period data.Period // AllTime is everything
	AsOf   data.Day    // NoDay is today
	Scope  data.Scope
	Filter Segment
}

// Segment keeps the deals whose entry is one of each list that is not empty;
// NoID and the empty text stand for deals without.
type Segment struct {
	People, Products, Accounts, Stages, Pipelines []data.ID
	Families, Industries, Countries               []string
}

// empty reports whether the segment keeps every deal.
func (s Segment) empty() bool {
	return len(s.People)+len(s.Products)+len(s.Accounts)+len(s.Stages)+len(s.Pipelines)+len(s.Families)+len(s.Industries)+len(s.Countries) == 0
}

// Warm reads what figures of today are made from, so that the first screen that
// asks for them need not wait.
func (p *Performance) Warm(ctx context.Context) error {
	return p.facts.read(ctx, p.app.Today(), func(*factBook) error { return nil })
}

// Compute gives the figures of METRICS.md: a row a group and the total.
// metrics.Result writes itself as the JSON that scripts read. The error is
// NotFound where the scope or segment names what the book does not hold,
// Invalid for an unknown grouping.
func (p *Performance) Compute(ctx context.Context, q ComputeQuery) (metrics.Result, error) {
	var out metrics.Result
	err := p.view(ctx, viewQuery{AsOf: q.AsOf, Scope: q.Scope, Filter: q.Filter}, func(_ *factBook, v *metrics.View) error {
		var err error
		out, err = v.Compute(q.By, q.Period)
		return err
	})
	return out, err
}

// viewQuery says what a view of the facts holds.
type viewQuery struct {
	AsOf   data.Day
	Scope  data.Scope
	Filter Segment
}

// view runs fn on the deals of a scope as they stood on a day.
func (p *Performance) view(ctx context.Context, q viewQuery, fn func(*factBook, *metrics.View) error) error {
	if !q.AsOf.Valid() {
		q.AsOf = p.app.Today()
	}
	return p.facts.read(ctx, q.AsOf, func(b *factBook) error {
		scope, err := b.scope(q.Scope)
		if err != nil {
			return err
		}
		filter, err := b.segment(q.Filter)
		if err != nil {
			return err
		}
		v, err := b.view(metrics.Query{AsOf: q.AsOf, Scope: scope, Filter: filter}, q.Filter.empty())
		if err != nil {
			return err
		}
		return fn(b, v)
	})
}

// viewKey names a view without a segment.
type viewKey struct {
	asOf  data.Day
	scope metrics.Scope
}

// keptViews is how many views are kept between figures: the screens that are
// looked at in turn ask for the same.
const keptViews = 2

// view makes a view, or gives the one made before of the same deals.
func (b *factBook) view(q metrics.Query, keep bool) (*metrics.View, error) {
	if !keep {
		return metrics.NewView(&b.Facts, q)
	}
	b.viewMu.Lock()
	defer b.viewMu.Unlock()
	key := viewKey{q.AsOf, q.Scope}
	if v, ok := b.views[key]; ok {
		return v, nil
	}
	v, err := metrics.NewView(&b.Facts, q)
	if err != nil {
		return nil, err
	}
	if b.views == nil || len(b.views) >= keptViews {
		b.views = map[viewKey]*metrics.View{}
	}
	b.views[key] = v
	return v, nil
}

// scope finds the people or territory that a scope means. A root territory is
// a region: it holds what its people sell.
func (b *factBook) scope(s data.Scope) (metrics.Scope, error) {
	switch {
	case !s.Territory.IsZero():
		for i, t := range b.Territories {
			if t.ID == s.Territory && t.Parent == metrics.None {
				return metrics.Scope{Whose: metrics.OfRegion, Place: int32(i)}, nil
			}
			if t.ID == s.Territory {
				return metrics.Scope{Whose: metrics.OfTerritory, Place: int32(i)}, nil
			}
		}
		return metrics.Scope{}, data.Errorf(data.NotFound, "the territory to look at is not in this book on that day; choose another")
	case !s.Person.IsZero():
		for i, person := range b.People {
			if person.ID != s.Person {
				continue
			}
			if s.Team {
				return metrics.Scope{Whose: metrics.OfTeam, Place: int32(i)}, nil
			}
			return metrics.Scope{Whose: metrics.OfPerson, Place: int32(i)}, nil
		}
		return metrics.Scope{}, data.Errorf(data.NotFound, "the person to look at is not in this book on that day; choose another")
	}
	return metrics.Scope{}, nil
}

func (b *factBook) segment(s Segment) (metrics.Filter, error) {
	var out metrics.Filter
	var err error
	ids := func(want []data.ID, n int, id func(int) data.ID) []int32 {
		return placesOf(want, n, id, data.NoID, &err)
	}
	names := func(want, have []string) []int32 {
		return placesOf(want, len(have), func(i int) string { return have[i] }, "", &err)
	}
	out.Owners = ids(s.People, len(b.People), func(i int) data.ID { return b.People[i].ID })
	out.Products = ids(s.Products, len(b.Products), func(i int) data.ID { return b.Products[i].ID })
	out.Accounts = ids(s.Accounts, len(b.Accounts), func(i int) data.ID { return b.Accounts[i].ID })
	out.Stages = ids(s.Stages, len(b.Stages), func(i int) data.ID { return b.Stages[i].ID })
	out.Pipelines = ids(s.Pipelines, len(b.Pipelines), func(i int) data.ID { return b.Pipelines[i].ID })
	out.Families, out.Industries, out.Countries = names(s.Families, b.Families), names(s.Industries, b.Industries), names(s.Countries, b.Countries)
	return out, err
}

// placesOf finds the places of what is wanted; none stands for deals without.
func placesOf[T comparable](want []T, n int, at func(int) T, none T, err *error) []int32 {
	if len(want) == 0 {
		return nil
	}
	where := make(map[T]int32, n)
	for i := range n {
		where[at(i)] = int32(i)
	}
	where[none] = metrics.None
	var out []int32
	for _, w := range want {
		place, ok := where[w]
		if !ok {
			*err = data.Errorf(data.NotFound, "the filter names something that is not in this book on that day; choose another")
		}
		out = append(out, place)
	}
	return out
}
