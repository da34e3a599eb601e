package app

import (
	"regexp"
	"slices"
	"strconv"
	"time"

	"fieldbook/data"
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
		fourth := data.NewDay(year, time.January, 4) // always in week 1
		monday := fourth.AddDays(-(int(fourth.Time().Weekday()) + 6) % 7)
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
	if p, ok := importMonth(text, calendar); ok {
		return p.To.AddDays(-1), true
	}
	return data.NoDay, false
}

// holdsPeriods reports whether a column says months, quarters or weeks instead
// of days.
func (c *ColumnPlan) holdsPeriods(calendar data.Calendar) bool {
	return len(c.Samples) > 0 && !slices.ContainsFunc(c.Samples, func(v string) bool {
		_, ok := importPeriodEnd(v, calendar)
		return !ok
	})
}
