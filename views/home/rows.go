package home

import (
	"math"
	"slices"
	"time"

	"fieldbook/app"
	"fieldbook/app/metrics"
	"fieldbook/app/report"
	"fieldbook/assets/lang"
	"fieldbook/data"
)

// sheet turns the figures of Home into cards, charts and lines. It is pure:
// the same figures make the same page.
type sheet struct {
	*app.HomeFigures
	num   report.Numbers
	links app.PaneLinks // what the marks of the sheet open
}

// opens links to the deals of a total.
func (s *sheet) opens(title string, in data.Period, m metrics.Measure) string {
	return s.links.Open(title, app.Behind{Mark: metrics.Mark{Period: in, Measure: m}})
}

// deals counts deals in words.
func (s *sheet) deals(n int) string { return lang.N("%s deal", "%s deals", n, s.num.Count(n)) }

// card is a figure with the sign of its change.
type card struct {
	report.Card
	trend float64
}

func (s *sheet) share(r metrics.Ratio) string {
	if v, ok := r.Value(); ok {
		return s.num.Percent(v)
	}
	return lang.T("n/a")
}

// span writes what has passed of the period: "Oct 1 – Nov 17".
func (s *sheet) span() string {
	if s.Period.IsAll() {
		return lang.T("all time")
	}
	return s.num.Day(s.Period.From) + " – " + s.num.Day(s.until())
}

// until is the last day of the period that counts.
func (s *sheet) until() data.Day { return max(s.Period.From, min(s.Period.To-1, s.AsOf)) }

// lastDay names the day by which the quota is due.
func (s *sheet) lastDay() string { return s.num.Day(s.Period.To - 1) }

// cards are attainment, won, coverage, win rate and deal size.
func (s *sheet) cards() [cardCount]card {
	against := report.Against(s.Calendar, s.Period, s.AsOf)
	return [cardCount]card{s.attainment(), s.won(against), s.coverage(), s.winRate(against), s.size(against)}
}

func (s *sheet) attainment() card {
	t := &s.Team.Total
	c := card{Card: report.Card{
		Name: lang.T("Attainment"), Text: s.share(t.Attainment), Sub: lang.T("no quota"), Spark: known(s.Spark.Attainment),
		Key: s.opens(lang.T("Won, %s", s.span()), s.Period, metrics.WonDeals),
	}}
	if s.Scope.Team {
		c.Name = lang.T("Team attainment")
	}
	if t.Quota.Set {
		c.Sub = lang.T("%s of %s", s.num.Short(t.Credited.Minor), s.num.Short(t.Quota.Minor))
	}
	if pace, ok := t.Pace.Value(); ok {
		c.Change, c.trend = lang.T("%s of pace", s.num.Percent(pace)), pace-1
		c.Tone = toneOf(c.trend)
	}
	return c
}

func (s *sheet) won(against string) card {
	t := &s.Team.Total
	c := card{Card: report.Card{
		Name: lang.T("Won"), Text: s.num.Short(t.WonValue.Minor), Sub: s.deals(t.Won), Spark: known(s.Spark.Won),
		Key: s.opens(lang.T("Won, %s", s.span()), s.Period, metrics.WonDeals),
	}}
	if s.AsOf < s.Period.To-1 && !s.Period.IsAll() {
		c.Name = lang.T("Won, to date")
	}
	if text, change, ok := s.num.Grown(float64(t.WonValue.Minor), float64(s.Before.WonValue.Minor), against); ok {
		c.Change, c.trend, c.Tone = text, change, toneOf(change)
	}
	return c
}

func (s *sheet) coverage() card {
	t := &s.Team.Total
	open := s.opens(lang.T("Open deals, %s", s.span()), s.Period, metrics.OpenDeals)
	if !t.Quota.Set || s.Period.IsAll() {
		return card{Card: report.Card{Name: lang.T("Open value in period"), Text: s.num.Short(t.OpenValue.Minor), Sub: s.deals(t.Open), Key: open}}
	}
	c := card{Card: report.Card{Name: lang.T("Coverage to %s", s.lastDay()), Text: lang.T("n/a"), Spark: known(s.Spark.Coverage), Key: open}}
	v, ok := t.Coverage.Value()
	switch {
	case t.Met:
		c.Text, c.Sub, c.Spark = lang.T("met"), lang.T("%s open", s.num.Short(t.OpenValue.Minor)), nil
	case ok:
		c.Text = s.num.Times(v)
		c.Sub = lang.T("%s on %s left", s.num.Short(t.OpenValue.Minor), s.num.Short(t.Quota.Minor-t.Credited.Minor))
		if need, known := t.CoverageNeeded.Value(); known {
			c.trend = v - need
			c.Change, c.Tone = lang.T("below the %s needed", s.num.Times(need)), report.Bad
			if c.trend >= 0 {
				c.Change, c.Tone = lang.T("above the %s needed", s.num.Times(need)), report.Good
			}
		}
	}
	return c
}

func (s *sheet) winRate(against string) card {
	t := &s.Team.Total
	c := card{Card: report.Card{
		Name: lang.T("Win rate, count"), Text: s.share(t.WinRate.Ratio), Spark: known(s.Spark.WinRate),
		Key: s.opens(lang.T("Closed, %s", s.span()), s.Period, metrics.ClosedDeals),
	}}
	if t.WinRate.N > 0 {
		c.Sub = lang.T("%s closed", s.num.Ratio(t.Won, t.Won+t.Lost))
	}
	now, hasNow := t.WinRate.Value()
	then, hasThen := s.Before.WinRate.Value()
	if text, change, ok := s.num.Points(now, then, against); ok && hasNow && hasThen {
		c.Change, c.trend, c.Tone = text, change, toneOf(change)
	}
	return c
}

func (s *sheet) size(against string) card {
	t := &s.Team.Total
	c := card{Card: report.Card{
		Name: lang.T("Average won deal"), Text: lang.T("n/a"), Spark: known(s.Spark.AvgWon),
		Key: s.opens(lang.T("Won, %s", s.span()), s.Period, metrics.WonDeals),
	}}
	v, ok := t.AvgWon.Value()
	if ok {
		c.Text = s.num.Short(int64(math.Round(v)))
	}
	if m, ok := t.MedianWon.Minor(); ok {
		c.Sub = lang.T("median %s", s.num.Short(m))
	}
	before, _ := s.Before.AvgWon.Value()
	if text, change, grown := s.num.Grown(v, before, against); grown && ok {
		c.Change, c.trend, c.Tone = text, change, toneOf(change)
	}
	return c
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

// known drops what a small curve cannot draw.
func known(values []float64) []float64 {
	return slices.DeleteFunc(slices.Clone(values), func(v float64) bool { return math.IsNaN(v) || math.IsInf(v, 0) })
}

// team lists the people, the highest attainment first, then who has no quota
// by what they won.
func (s *sheet) team() []metrics.Row {
	rows := slices.DeleteFunc(slices.Clone(s.Team.Rows), func(r metrics.Row) bool { return r.Total == 0 && !r.Quota.Set && r.ID.IsZero() })
	slices.SortStableFunc(rows, metrics.ByAttainment)
	return rows
}

// workdays counts Mondays to Fridays after a day, up to and with the last.
func workdays(after, last data.Day) int {
	n := 0
	for d := after + 1; d <= last; d++ {
		if w := d.Weekday(); w != time.Saturday && w != time.Sunday {
			n++
		}
	}
	return n
}
