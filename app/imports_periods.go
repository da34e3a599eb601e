package app

import (
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"fieldbook/data"
	"fieldbook/data/sheet"
)

// weekNames are how people write a week, perhaps with its day: 2026-W22,
// 2026W22-5, W22 2026, KW 22/2026, Week 22, 2026.
var weekNames = []*regexp.Regexp{
	regexp.MustCompile(`(?i)^(?P<year>\d{4})[- ]?(?:W|KW|CW|WK)\s?(?P<week>\d{1,2})(?:-?(?P<day>[1-7]))?$`),
	regexp.MustCompile(`(?i)^(?:W|KW|CW|WK|week|semaine|semana|woche)\s?(?P<week>\d{1,2})[ ,/.-]+(?P<year>\d{4})$`),
}

// importWeek reads a week of ISO 8601: its last day, or the one that is named.
func importWeek(text string) (data.Day, bool) {
	for _, named := range weekNames {
		m := named.FindStringSubmatch(text)
		if m == nil {
			continue
		}
		part := func(name string) int {
			if i := named.SubexpIndex(name); i >= 0 {
				n, err := strconv.Atoi(m[i])
				if err == nil {
					return n
				}
			}
			return 0
		}
		year, week, day := part("year"), part("week"), part("day")
		if day == 0 {
			day = 7
		}
		monday := MondayOf(data.NewDay(year, time.January, 4)) // always in week 1
		at := monday.AddDays(7*(week-1) + day - 1)
		if y, w := at.Time().ISOWeek(); y != year || w != week {
			return data.NoDay, false
		}
		return at, true
	}
	return data.NoDay, false
}

// importPeriodEnd reads a month, a quarter or a week as its last day, as people
// write when a deal is to close.
func importPeriodEnd(text string, calendar data.Calendar) (data.Day, bool) {
	if day, ok := importWeek(text); ok {
		return day, true
	}
	if _, end, span := strings.Cut(text, "→"); span { // from one day to another
		day, err := sheet.ParseDay(strings.TrimSpace(end), sheet.AnyOrder)
		return day, err == nil && day.Valid()
	}
	if p, ok := importMonth(text, calendar); ok {
		return p.To.AddDays(-1), true
	}
	return data.NoDay, false
}

// fewestBareMonths is how many columns that are named for a month alone make a table by months.
const fewestBareMonths = 3

// monthOf reads names of columns as months. Where they name no year, they are
// those of the year of account that is going on.
func (f *FilePlan) monthOf() func(name string) (data.Period, bool) {
	calendar := f.app.Book().Calendar
	f.yearless = false
	plain := func(name string) (data.Period, bool) { return importMonth(name, calendar) }
	year := calendar.YearOf(f.app.Today())
	bare := func(name string) (data.Period, bool) {
		for y := year.From.Time().Year(); y <= year.To.AddDays(-1).Time().Year(); y++ {
			p, ok := importMonth(fmt.Sprintf("%s %d", name, y), calendar)
			if ok && year.Contains(p.From) && !strings.ContainsAny(name, "0123456789") {
				return p, true
			}
		}
		return data.Period{}, false
	}
	n := 0
	for _, c := range f.Columns {
		if _, ok := plain(c.Name); ok {
			return plain
		}
		if _, ok := bare(c.Name); ok {
			n++
		}
	}
	if n < fewestBareMonths {
		return plain
	}
	f.yearless = true
	return bare
}

// holdsPeriods reports whether a column says months, quarters or weeks instead
// of days.
func (c *ColumnPlan) holdsPeriods(calendar data.Calendar) bool {
	return len(c.Samples) > 0 && !slices.ContainsFunc(c.Samples, func(v string) bool {
		_, ok := importPeriodEnd(v, calendar)
		return !ok
	})
}
