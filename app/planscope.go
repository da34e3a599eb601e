package app

import (
	"context"
	"slices"

	"fieldbook/app/planning"
	"fieldbook/data"
)

// keeps reports whether a plan is read with an account: where the segment names
// accounts, sectors, countries or owners, with one of those; where it names
// products, families, stages or pipelines, with one that has such a deal open or
// won within the year.
func (r *planReader) keeps(row data.Row) bool {
	s := &r.only
	of := func(list []data.ID, id data.ID) bool { return len(list) == 0 || slices.Contains(list, id) }
	named := func(list []string, text string) bool { return len(list) == 0 || slices.Contains(list, text) }
	deals := len(s.Products)+len(s.Families)+len(s.Stages)+len(s.Pipelines) == 0 || r.deals[row.ID]
	return deals && of(s.Accounts, row.ID) && of(s.People, row.Ref("owner")) && named(s.Industries, row.Text("industry")) && named(s.Countries, row.Text("country"))
}

// planScope is whose part of a plan is shown. Nil is everyone's.
type planScope struct {
	territories []data.ID // in force
	people      []data.ID
}

// planScope finds what a scope means in a plan: a person, maybe with the team,
// and their territories; or a territory with all below it, and their people.
func (a *App) planScope(ctx context.Context, s data.Scope, p *planPaper) (*planScope, error) {
	if s == data.Everyone {
		return nil, nil
	}
	people, err := a.ScopePeople(ctx, s)
	if err != nil {
		return nil, err
	}
	out := &planScope{people: people}
	if s.Territory.IsZero() {
		return out, nil
	}
	if out.territories, err = a.below(ctx, data.KindTerritory, "parent", s.Territory); err != nil {
		return nil, err
	}
	for _, b := range []*PlanBook{p.book, p.live} {
		for _, t := range b.Plan.Territories {
			if out.covers(t) && !t.Person.IsZero() {
				out.people = append(out.people, t.Person)
			}
		}
	}
	return out, nil
}

func (s *planScope) covers(t planning.Territory) bool {
	return s == nil || slices.Contains(s.territories, t.Live) || len(s.territories) == 0 && slices.Contains(s.people, t.Person)
}

func (s *planScope) concerns(person data.ID) bool {
	return s == nil || slices.Contains(s.people, person)
}

// spread is how even the territories of the scope are, 100 being an even share
// of the whole plan.
func (s *planScope) spread(b *PlanBook, now *PlanBalance) planning.Spread {
	var index []float64
	for i, t := range b.Plan.Territories {
		if s.covers(t) {
			index = append(index, now.Index[i])
		}
	}
	return planning.SpreadOf(index, b.Info.Tolerance)
}
