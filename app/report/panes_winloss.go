package report

import (
	"cmp"
	"slices"
	"strings"

	"fieldbook/app/metrics"
	"fieldbook/assets/lang"
	"fieldbook/data"
)

// LossReasons ranks why deals were lost, by how many; those without a reason are
// one of them.
func (p Panes) LossReasons(closed []ClosedDeal) Pareto {
	out := Pareto{Head: Head{Title: lang.T("Why deals were lost"), Unit: lang.T("deals"), Period: p.Span(), More: lang.T("and %d more"), Empty: lang.T("No deal was lost in this period")}, Most: Tick{At: 0.8, Label: "80%"}}
	out.Axis = func(v float64) string { return p.Number(v, 0) }
	lost := slices.DeleteFunc(slices.Clone(closed), func(c ClosedDeal) bool { return c.Won })
	groups := WinLoss{Closed: lost}.grouped(func(c ClosedDeal) []string {
		if strings.TrimSpace(c.Reason) == "" {
			return []string{lang.T("No reason given")}
		}
		return []string{c.Reason}
	})
	slices.SortFunc(groups, func(a, b segment) int { return cmp.Or(cmp.Compare(b.lost, a.lost), cmp.Compare(a.name, b.name)) })
	for _, g := range groups {
		out.Bars = append(out.Bars, Mark{
			Label: g.name, Text: p.Count(g.lost), Value: float64(g.lost), Hint: lang.T("%s: %s, %s", g.name, p.deals(g.lost), p.Short(g.lostValue)),
			Key: p.Keys(lang.T("Lost, %s, %s", g.name, p.Span()), data.KindDeal, g.keys),
		})
	}
	if n := len(lost); n > 0 {
		out.N = lang.N("n = %s lost deal", "n = %s lost deals", n, p.Count(n))
	}
	return out
}

// RivalRates are the win rates against competitors, where these are named on won
// deals too: else a rate would be 0 by the way it is noted.
func (p Panes) RivalRates(closed []ClosedDeal) Intervals {
	w := WinLoss{Closed: closed}
	out := p.apart(lang.T("Win rate by competitor"), closed, w.competitors())
	out.Empty = lang.T("No competitor is named on a closed deal")
	if w.namedOnlyLost() {
		out.Empty = lang.T("Competitors are named on lost deals alone, so nothing can be said of a win rate")
	}
	return out
}

// MarketRates are the win rates of the segments of the market.
func (p Panes) MarketRates(closed []ClosedDeal) Intervals {
	out := p.apart(lang.T("Win rate by segment"), closed, WinLoss{Closed: closed}.markets())
	out.Empty = lang.T("No closed deal is of an account in a segment")
	return out
}

// SizeRates are the win rates of four parts by value, from the smallest.
func (p Panes) SizeRates(closed []ClosedDeal) Intervals {
	out := p.apart(lang.T("Win rate by size of deal"), closed, nil)
	out.Rows = p.rows(closed, WinLoss{Cover: Cover{Numbers: p.Numbers}, Closed: closed}.sizes())
	out.Empty = lang.T("Too few deals were closed to part them by size")
	return out
}

// apart shows groups of the closed deals, each told from all others, the largest
// first.
func (p Panes) apart(title string, closed []ClosedDeal, list []segment) Intervals {
	out := Intervals{Head: Head{Title: title, Period: p.Span(), Note: lang.T("bar is 95% interval, beside all others"), More: lang.T("and %d more")}}
	slices.SortFunc(list, func(a, b segment) int {
		return cmp.Or(cmp.Compare(b.won+b.lost, a.won+a.lost), cmp.Compare(a.name, b.name))
	})
	out.Rows = p.rows(closed, list)
	if n := len(closed); n > 0 {
		out.N = p.closed(n)
	}
	return out
}

func (p Panes) rows(closed []ClosedDeal, list []segment) []Interval {
	won := 0
	for _, c := range closed {
		if c.Won {
			won++
		}
	}
	var out []Interval
	for _, s := range list {
		rate := metrics.NewWinRate(s.won, s.lost)
		v, ok := rate.Value()
		if !ok {
			continue
		}
		verdict := Apart(rate, metrics.NewWinRate(won-s.won, len(closed)-won-s.lost))
		out = append(out, Interval{
			Mark: Mark{
				Label: s.name, Text: p.Percent(v), Value: v, Key: p.Keys(lang.T("Closed, %s, %s", s.name, p.Span()), data.KindDeal, s.keys),
				Hint: lang.T("%s: %s of %s won, %s; %s", s.name, p.Count(s.won), p.Count(s.won+s.lost), p.interval(rate), verdict),
			},
			Low: rate.Low, High: rate.High, Sub: lang.T("n %s, %s", p.Count(s.won+s.lost), verdict),
		})
	}
	return out
}
