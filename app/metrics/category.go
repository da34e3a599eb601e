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

// Categories sorts what was won in a period and what is expected to close in
// it by category: the deal's own, else its stage's, else pipeline.
func (v *View) Categories(in data.Period) Categories {
	sums := tally(v, func() *[Closed + 1]int64 { return new([Closed + 1]int64) }, func(into *[Closed + 1]int64, p *part) {
		for i := range p.open {
			if c := &p.open[i]; in.Contains(c.close) {
				into[v.categoryOf(c)] += c.value
			}
		}
		if !p.meets(in) {
			return
		}
		for i := range p.closed {
			if c := &p.closed[i]; c.kind == Won && in.Contains(c.close) {
				into[Closed] += c.value
			}
		}
	}, func(into, from *[Closed + 1]int64) {
		for i := range from {
			into[i] += from[i]
		}
	})
	money := func(minor int64) data.Money { return data.Money{Minor: minor, Currency: v.f.Currency()} }
	var weighted int64
	for _, s := range v.OpenByStage(in) {
		weighted += s.Weighted.Minor
	}
	return Categories{
		Pipeline: money(sums[Pipelined]), BestCase: money(sums[BestCase]), Commit: money(sums[Commit]), Closed: money(sums[Closed]),
		Omitted: money(sums[Omitted]), Weighted: money(weighted),
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
