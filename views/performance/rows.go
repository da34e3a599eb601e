package performance

import (
	"math"
	"slices"

	"fieldbook/app"
	"fieldbook/app/metrics"
	"fieldbook/app/report"
	"fieldbook/assets/lang"
)

// sheet turns the figures of a view into charts and cards. It is pure: the
// same figures make the same pictures.
type sheet struct {
	*app.PerformanceFigures
	num      report.Numbers
	by       metrics.By
	pipeline int32         // whose funnel is shown
	links    app.PaneLinks // what the marks of the sheet open
}

// groupings are those that the picker offers, in order.
var groupings = []metrics.By{metrics.ByPerson, metrics.ByManager, metrics.ByRegion, metrics.ByProduct, metrics.BySector}

func (s *sheet) share(r metrics.Ratio) string {
	if v, ok := r.Value(); ok {
		return s.num.Percent(v)
	}
	return lang.T("n/a")
}

// span writes what has passed of the period: "Oct 1 – Nov 17".
func (s *sheet) span() string { return s.panes().Span() }

// funnels are those that deals went through.
func (s *sheet) funnels() []metrics.Funnel {
	return slices.DeleteFunc(slices.Clone(s.Funnels), func(f metrics.Funnel) bool { return f.Deals == 0 })
}

// chosen is the funnel to show: the one picked, else the one with most deals.
func (s *sheet) chosen() (metrics.Funnel, bool) {
	var best metrics.Funnel
	for _, f := range s.funnels() {
		if f.Pipeline == s.pipeline {
			return f, true
		}
		if f.Deals > best.Deals {
			best = f
		}
	}
	return best, best.Deals > 0
}

// panes makes charts whose marks open what links hold.
func (s *sheet) panes() report.Panes {
	return report.Panes{
		Numbers: s.num, Calendar: s.Calendar, Period: s.Period, AsOf: s.AsOf, Share: s.Share,
		Open: s.links.Open, Keys: s.links.Keys,
	}
}

func (s *sheet) funnel() report.Funnel {
	f, _ := s.chosen()
	return s.panes().Funnel(f, len(s.funnels()) > 1)
}

// card is one figure beside the months.
type card struct {
	report.Card
	trend float64
}

// cards are deal size, cycle, rate and speed.
func (s *sheet) cards() [cardCount]card {
	t, before, against := &s.Table.Total, &s.Before, report.Against(s.Calendar, s.Period, s.AsOf)
	closed := s.links.Open(lang.T("Closed, %s", s.span()), app.Behind{Mark: metrics.Mark{Period: s.Period, Measure: metrics.ClosedDeals}})
	won := s.links.Open(lang.T("Won, %s", s.span()), app.Behind{Mark: metrics.Mark{Period: s.Period, Measure: metrics.WonDeals}})
	size := card{Card: report.Card{Name: lang.T("Average won deal"), Text: s.short(t.AvgWon), Key: won}}
	if m, ok := t.MedianWon.Minor(); ok {
		size.Sub = lang.T("median %s, n %s", s.num.Short(m), s.num.Count(t.MedianWon.N))
	}
	size.grown(s.num, t.AvgWon, before.AvgWon, against, 1)
	cycle := card{Card: report.Card{Name: lang.T("Sales cycle, won"), Text: s.days(t.CycleWonMean), Key: won}}
	if m, ok := t.CycleWonMedian.Value(); ok {
		cycle.Sub = lang.T("median %s, n %s", s.num.Number(m, 0), s.num.Count(t.CycleWonMedian.N))
	}
	cycle.grown(s.num, t.CycleWonMean, before.CycleWonMean, against, -1)
	rate := card{Card: report.Card{Name: lang.T("Win rate, count"), Text: s.share(t.WinRate.Ratio), Key: closed}}
	if t.WinRate.N > 0 {
		rate.Sub = lang.T("%s closed", s.num.Ratio(t.Won, t.Won+t.Lost))
	}
	now, _ := t.WinRate.Value()
	then, known := before.WinRate.Value()
	if text, change, ok := s.num.Points(now, then, against); ok && known && t.WinRate.N > 0 {
		rate.Change, rate.trend, rate.Tone = text, change, toneOf(change)
	}
	speed := card{Card: report.Card{Name: lang.T("Velocity per day"), Text: s.short(t.VelocityPerDay), Sub: lang.T("365 days")}}
	return [cardCount]card{size, cycle, rate, speed}
}

// grown compares a ratio with the one before; better is 1 where more is good.
func (c *card) grown(num report.Numbers, now, before metrics.Ratio, against string, better float64) {
	a, known := now.Value()
	b, _ := before.Value()
	if text, change, ok := num.Grown(a, b, against); ok && known {
		c.Change, c.trend, c.Tone = text, change, toneOf(change*better)
	}
}

func toneOf(change float64) report.Tone {
	switch {
	case change > 0:
		return report.Good
	case change < 0:
		return report.Bad
	}
	return report.Plain
}

func (s *sheet) short(r metrics.Ratio) string {
	if v, ok := r.Value(); ok {
		return s.num.Short(int64(math.Round(v)))
	}
	return lang.T("n/a")
}

func (s *sheet) days(r metrics.Ratio) string {
	if v, ok := r.Value(); ok {
		return lang.T("%s days", s.num.Number(v, 0))
	}
	return lang.T("n/a")
}

// empty reports whether the book has nothing that figures could be made of.
func (s *sheet) empty() bool {
	return s.Deals == 0 && !s.Table.Total.Quota.Set
}
