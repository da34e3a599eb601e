package metrics

import "fieldbook/data"

// Categories are the values of a period by forecast category. Each deal is in
// one of them (metric definition "forecast, single category"); omitted deals
// are in none.
type Categories struct {
	Pipeline, BestCase, Commit, Closed data.Money
	Omitted                            data.Money
	Weighted                           data.Money // Σ over open deals of value × probability
}

// Cumulative adds the categories up: commit + closed, + best case, + pipeline
// (metric definition "forecast, cumulative").
func (c Categories) Cumulative() (commit, bestCase, pipeline data.Money) {
	sum := func(a, b data.Money) data.Money { return data.Money{Minor: a.Minor + b.Minor, Currency: a.Currency} }
	commit = sum(c.Commit, c.Closed)
	bestCase = sum(commit, c.BestCase)
	return commit, bestCase, sum(bestCase, c.Pipeline)
}

// ownerSums are the sums of one owner.
type ownerSums struct {
	category [Closed + 1]int64
	stage    []int64 // open value by stage
}

// CategoriesByOwner sorts what was won in a period and what is expected to close
// in it by owner, the place in Facts.People or None for deals of nobody, and by
// category: the deal's own, else its stage's, else pipeline. What splits move is
// moved; overlays count for nobody, so that the owners add up to the deals.
// Weighted is rounded for each owner and stage.
func (v *View) CategoriesByOwner(in data.Period) map[int32]Categories {
	type owners = map[int32]*ownerSums
	sums := tally(v, func() owners { return owners{} }, func(into owners, p *part) {
		of := func(owner int32) *ownerSums {
			s := into[owner]
			if s == nil {
				s = &ownerSums{stage: make([]int64, len(v.f.Stages))}
				into[owner] = s
			}
			return s
		}
		for i := range p.open {
			if c := &p.open[i]; in.Contains(c.close) {
				s := of(c.owner)
				s.category[v.categoryOf(c)] += c.value
				if c.stage >= 0 {
					s.stage[c.stage] += c.value
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
			for i, x := range sum.stage {
				s.stage[i] += x
			}
		}
	})
	v.moveCategories(sums, in)
	money := func(minor int64) data.Money { return data.Money{Minor: minor, Currency: v.f.Currency()} }
	out := make(map[int32]Categories, len(sums))
	for owner, s := range sums {
		var weighted int64
		for stage, value := range s.stage {
			part, _ := mulDiv(value, percent(v.f.Stages[stage].Probability), wholePercent)
			weighted += part
		}
		c := s.category
		out[owner] = Categories{
			Pipeline: money(c[Pipelined]), BestCase: money(c[BestCase]), Commit: money(c[Commit]), Closed: money(c[Closed]), Omitted: money(c[Omitted]), Weighted: money(weighted),
		}
	}
	return out
}

// moveCategories enters what splits move.
func (v *View) moveCategories(sums map[int32]*ownerSums, in data.Period) {
	for _, x := range v.credited() {
		if x.overlay || x.kind == Lost || !in.Contains(x.close) {
			continue
		}
		s := sums[x.owner]
		if s == nil {
			s = &ownerSums{stage: make([]int64, len(v.f.Stages))}
			sums[x.owner] = s
		}
		if x.kind == Won {
			s.category[Closed] += x.value
			continue
		}
		s.category[v.categoryOf(&x.cell)] += x.value
		if x.stage >= 0 {
			s.stage[x.stage] += x.value
		}
	}
}

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
