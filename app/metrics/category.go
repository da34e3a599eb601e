package metrics

import "fieldbook/data"

// Categories are the values of a period by forecast category. Each deal is in
// one of them (metric definition "forecast, single category"); omitted deals
// are in none.
type Categories struct {
	Pipeline, BestCase, Commit, Closed data.Money
	Omitted                            data.Money
	Weighted                           data.Money // Σ over open deals of value × the chance of their stage
}

// Cumulative adds the categories up: commit + closed, + best case, + pipeline
// (metric definition "forecast, cumulative").
func (c Categories) Cumulative() (commit, bestCase, pipeline data.Money) {
	commit = plus(c.Commit, c.Closed)
	bestCase = plus(commit, c.BestCase)
	return commit, bestCase, plus(bestCase, c.Pipeline)
}

// Together are the categories of two owners as one.
func Together(a, b Categories) Categories {
	return Categories{
		Pipeline: plus(a.Pipeline, b.Pipeline), BestCase: plus(a.BestCase, b.BestCase), Commit: plus(a.Commit, b.Commit), Closed: plus(a.Closed, b.Closed),
		Omitted: plus(a.Omitted, b.Omitted), Weighted: plus(a.Weighted, b.Weighted),
	}
}

// ownerSums are the sums of one owner.
type ownerSums struct {
	category [Closed + 1]int64
	weighted int64
}

// CategoriesByOwner sorts what was won in a period and what is expected to close
// in it by owner, the place in Facts.People or None for deals of nobody, and by
// category: the deal's own, else its stage's, else pipeline. What splits move is
// moved; overlays count for nobody, so that the owners add up to the deals.
// An open deal without an expected day counts in the period under way.
func (v *View) CategoriesByOwner(in data.Period) map[int32]Categories {
	type owners = map[int32]*ownerSums
	chances := v.Chances()
	sums := tally(v, func() owners { return owners{} }, func(into owners, p *part) {
		of := func(owner int32) *ownerSums {
			s := into[owner]
			if s == nil {
				s = &ownerSums{}
				into[owner] = s
			}
			return s
		}
		for i := range p.open {
			if c := &p.open[i]; v.dueIn(c, in) {
				s := of(c.owner)
				s.category[v.categoryOf(c)] += c.value
				if c.stage >= 0 {
					s.weighted += chances[c.stage].Weigh(c.value)
				}
			}
		}
		if !p.meets(in) {
			return
		}
		for i := range p.closed {
			if c := &p.closed[i]; c.kind == Won && in.Contains(c.close) {
				of(c.owner).category[Closed] += c.value
			}
		}
	}, func(into, from owners) {
		for owner, sum := range from {
			s := into[owner]
			if s == nil {
				into[owner] = sum
				continue
			}
			for i, x := range sum.category {
				s.category[i] += x
			}
			s.weighted += sum.weighted
		}
	})
	v.moveCategories(sums, in)
	money := func(minor int64) data.Money { return data.Money{Minor: minor, Currency: v.f.Currency()} }
	out := make(map[int32]Categories, len(sums))
	for owner, s := range sums {
		c := s.category
		out[owner] = Categories{
			Pipeline: money(c[Pipelined]), BestCase: money(c[BestCase]), Commit: money(c[Commit]), Closed: money(c[Closed]), Omitted: money(c[Omitted]), Weighted: money(s.weighted),
		}
	}
	return out
}

// moveCategories enters what splits move. What the owner gives of weighted value
// is what the others get of it, to the cent.
func (v *View) moveCategories(sums map[int32]*ownerSums, in data.Period) {
	chances, given := v.Chances(), map[int32]int64{}
	for _, x := range v.credited() {
		if x.overlay || x.kind == Lost || x.kind == Won && !in.Contains(x.close) || x.kind == Open && !v.dueIn(&x.cell, in) {
			continue
		}
		s := sums[x.owner]
		if s == nil {
			s = &ownerSums{}
			sums[x.owner] = s
		}
		if x.kind == Won {
			s.category[Closed] += x.value
			continue
		}
		s.category[v.categoryOf(&x.cell)] += x.value
		if x.stage >= 0 {
			part := chances[x.stage].Weigh(x.value)
			if got, ok := given[x.deal]; ok && x.back {
				part = -got
			}
			given[x.deal] += part
			s.weighted += part
		}
	}
}

// dueIn reports whether an open deal is expected to close in a period. Without an
// expected day it counts in the period that the day after the view's lies in.
func (v *View) dueIn(c *cell, in data.Period) bool {
	if in.IsAll() || !in.To.Valid() {
		return in.Contains(c.close)
	}
	return in.To > v.query.AsOf+1 && (in.Contains(c.close) || !c.close.Valid() && (in.Contains(v.query.AsOf) || in.Contains(v.query.AsOf+1)))
}

// DueIn reports whether an open deal of the view counts in a period.
func (v *View) DueIn(s Standing, in data.Period) bool { return v.dueIn(&cell{close: s.Close}, in) }

// categoryOf is never Closed for an open deal, whatever its stage says.
func (v *View) categoryOf(c *cell) Category {
	category := v.f.Deals[c.deal].Category
	if category == FromStage && c.stage >= 0 {
		category = v.f.Stages[c.stage].Category
	}
	if category == FromStage || category >= Closed {
		return Pipelined
	}
	return category
}
