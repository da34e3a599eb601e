package data

import (
	"fmt"
	"strconv"
	"strings"
	"time"
)

// Period is a half-open range of days, From ≤ day < To. NoDay on a side leaves
// that side open; the zero-like AllTime has both open.
type Period struct {
	Name     string
	From, To Day
}

// AllTime holds every day.
var AllTime = Period{Name: "", From: NoDay, To: NoDay}

// Contains reports whether d falls in the period. NoDay is in AllTime only.
func (p Period) Contains(d Day) bool {
	if p.IsAll() {
		return true
	}
	return d.Valid() && (!p.From.Valid() || d >= p.From) && (!p.To.Valid() || d < p.To)
}

// IsAll reports whether the period has no bounds.
func (p Period) IsAll() bool { return !p.From.Valid() && !p.To.Valid() }

// Days is the length of a bounded period.
func (p Period) Days() int { return int(p.To - p.From) }

// Elapsed is the share of the period that has passed at the end of day asOf, 0 to 1.
func (p Period) Elapsed(asOf Day) float64 {
	if p.IsAll() || p.Days() <= 0 {
		return 1
	}
	return min(1, max(0, float64(asOf-p.From+1)/float64(p.Days())))
}

// Calendar is a fiscal calendar: years start on the first day of Start and are
// named for the calendar year they end in.
type Calendar struct {
	Start time.Month
}

// Year is the fiscal year with that name.
func (c Calendar) Year(name int) Period {
	from := NewDay(name-c.shift(), c.Start, 1)
	return Period{Name: strconv.Itoa(name), From: from, To: from.AddMonths(12)}
}

// shift is 1 where a fiscal year begins in the calendar year before its name.
func (c Calendar) shift() int {
	if c.Start > time.January {
		return 1
	}
	return 0
}

// Quarter is quarter q (1 to 4) of the fiscal year with that name.
func (c Calendar) Quarter(year, q int) Period {
	from := c.Year(year).From.AddMonths(3 * (q - 1))
	return Period{Name: fmt.Sprintf("%04d-Q%d", year, q), From: from, To: from.AddMonths(3)}
}

// Month is a calendar month.
func (c Calendar) Month(year int, m time.Month) Period {
	from := NewDay(year, m, 1)
	y, mm, _ := from.Date()
	return Period{Name: fmt.Sprintf("%04d-%02d", y, int(mm)), From: from, To: from.AddMonths(1)}
}

// YearOf is the fiscal year that d falls in.
func (c Calendar) YearOf(d Day) Period {
	y, m, _ := d.Date()
	if c.Start > time.January && m >= c.Start {
		y++
	}
	return c.Year(y)
}

// QuarterOf is the fiscal quarter that d falls in.
func (c Calendar) QuarterOf(d Day) Period {
	year := c.YearOf(d)
	n, _ := strconv.Atoi(year.Name)
	return c.Quarter(n, (d.Month()-year.From.Month())/3+1)
}

// MonthOf is the calendar month that d falls in.
func (c Calendar) MonthOf(d Day) Period {
	y, m, _ := d.Date()
	return c.Month(y, m)
}

// Before is the period of the same length just before p: the month before a
// month, the quarter before a quarter. AllTime has none and gives itself.
func (c Calendar) Before(p Period) Period {
	if p.IsAll() {
		return p
	}
	prev := p.From.AddDays(-1)
	switch {
	case strings.Contains(p.Name, "-Q"):
		return c.QuarterOf(prev)
	case len(p.Name) == len("2006"):
		return c.YearOf(prev)
	case len(p.Name) == len("2006-01"):
		return c.MonthOf(prev)
	}
	return c.Range(p.From.AddDays(-p.Days()), p.From)
}

// Range is the period from a day up to, not including, another.
func (c Calendar) Range(from, to Day) Period {
	return Period{Name: from.String() + ".." + to.AddDays(-1).String(), From: from, To: to}
}

// Months lists the calendar months that p touches; AllTime gives none.
func (c Calendar) Months(p Period) []Period {
	if !p.From.Valid() || !p.To.Valid() {
		return nil
	}
	var out []Period
	for d := p.From; d < p.To; {
		m := c.MonthOf(d)
		out = append(out, m)
		d = m.To
	}
	return out
}

// Parse reads "2017", "2017-Q3", "2017-03", "2017-01-15..2017-02-14" or, for
// all time, nothing or "all".
func (c Calendar) Parse(s string) (Period, error) {
	if s == "" || s == "all" {
		return AllTime, nil
	}
	p, ok := c.parse(s)
	if !ok {
		return Period{}, Errorf(Invalid, "%q is not a period; write 2017, 2017-Q3, 2017-03 or 2017-01-15..2017-02-14", s)
	}
	return p, nil
}

func (c Calendar) parse(s string) (p Period, ok bool) {
	if a, b, ok := strings.Cut(s, ".."); ok {
		return c.parseRange(a, b)
	}
	y, rest, split := strings.Cut(s, "-")
	year, ok := numeral(y, 4, 9999)
	if !ok {
		return Period{}, false
	}
	if !split {
		return c.Year(year), true
	}
	if q, ok := strings.CutPrefix(strings.ToUpper(rest), "Q"); ok {
		n, ok := numeral(q, 1, 4)
		if !ok {
			return Period{}, false
		}
		return c.Quarter(year, n), true
	}
	m, ok := numeral(rest, 2, 12)
	if !ok {
		return Period{}, false
	}
	return c.Month(year, time.Month(m)), true
}

func (c Calendar) parseRange(a, b string) (p Period, ok bool) {
	from, err1 := ParseDay(a)
	to, err2 := ParseDay(b)
	if err1 != nil || err2 != nil || !from.Valid() || !to.Valid() || to < from {
		return Period{}, false
	}
	return c.Range(from, to+1), true
}

// numeral reads a number from 1 to most, written in width characters.
func numeral(s string, width, most int) (n int, ok bool) {
	n, err := strconv.Atoi(s)
	return n, err == nil && len(s) == width && n >= 1 && n <= most
}
