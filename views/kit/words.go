package kit

import (
	"fieldbook/app"
	"fieldbook/app/report"
	"fieldbook/assets/lang"
	"fieldbook/data"
)

// Words writes the figures and days of lists of people and territories.
type Words struct {
	Num   report.Numbers
	Today data.Day
}

// Count writes none as an en dash, as Money does.
func (w Words) Count(n int) string {
	if n == 0 {
		return EnDash
	}
	return w.Num.Count(n)
}

// Money writes minor units of the book's currency in whole units.
func (w Words) Money(minor int64) string {
	if minor == 0 {
		return EnDash
	}
	return w.Num.Whole(minor)
}

// Day writes a day as lists do.
func (w Words) Day(d data.Day) string { return DayText(w.Num, d, w.Today) }

// Post writes from when to when a post is held.
func (w Words) Post(p app.Post) string {
	switch {
	case p.From.Valid() && p.To.Valid():
		return lang.T("%s to %s", w.Day(p.From), w.Day(p.To))
	case p.From.Valid():
		return lang.T("since %s", w.Day(p.From))
	case p.To.Valid():
		return lang.T("until %s", w.Day(p.To))
	}
	return lang.T("from the beginning")
}
