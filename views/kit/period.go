package kit

import (
	"strconv"
	"strings"
	"time"

	"fieldbook/assets/lang"
	"fieldbook/data"
)

// PeriodOptions are the periods to choose from around a day: the quarters and
// months of the fiscal years of from to to, those years, and all time. Keys
// are what Calendar.Parse reads; all time has the key "all".
func PeriodOptions(cal data.Calendar, from, to int) []Option {
	var quarters, months, years []Option
	for y := to; y >= from; y-- {
		year := cal.Year(y)
		years = append(years, Option{Key: year.Name, Text: year.Name, Group: lang.T("Years")})
		for q := 4; q >= 1; q-- {
			quarters = append(quarters, Option{Key: cal.Quarter(y, q).Name, Text: PeriodText(cal.Quarter(y, q)), Group: lang.T("Quarters")})
		}
		list := cal.Months(year)
		for i := len(list) - 1; i >= 0; i-- {
			months = append(months, Option{Key: list[i].Name, Text: PeriodText(list[i]), Group: lang.T("Months")})
		}
	}
	all := append(quarters, years...)
	return append(append(all, months...), Option{Key: "all", Text: lang.T("All time"), Group: ""})
}

// PeriodText writes a period for a person: "Q4 2017", "Nov 2017", "2017". A
// custom range stays as it is written.
func PeriodText(p data.Period) string {
	switch {
	case len(p.Name) == len("2017-Q4") && p.Name[5] == 'Q':
		return p.Name[5:] + " " + p.Name[:4]
	case len(p.Name) == len("2017-11"):
		m, _ := strconv.Atoi(p.Name[5:])
		return monthShort(time.Month(m)) + " " + p.Name[:4]
	}
	return p.Name
}

// NewPeriodPicker is the title-row picker of a period; any range that
// Calendar.Parse reads can be typed as well. OnPick gets the period chosen.
func NewPeriodPicker(cal data.Calendar, options []Option, onPick func(p data.Period)) *Picker {
	var p *Picker
	p = NewPicker(PickerOptions{
		Icon: "cal", Text: lang.T("All time"), Options: options, Find: lang.T("Find or type a range"),
		Search: func(query string) []Option {
			found := rankOptions(query, options)
			if typed, err := typedPeriod(cal, query); err == nil && len(found) == 0 && !typed.IsAll() {
				found = append(found, Option{Key: typed.Name, Text: PeriodText(typed)})
			}
			return found
		},
		OnPick: func([]string) {
			if period, err := cal.Parse(p.Key()); err == nil {
				onPick(period)
			}
		},
	})
	return p
}

// typedPeriod reads a period as it is written on screen, "Q3 2017", or as
// Calendar.Parse does.
func typedPeriod(cal data.Calendar, query string) (data.Period, error) {
	quarter, year, ok := strings.Cut(strings.ToUpper(strings.TrimSpace(query)), " ")
	if ok && strings.HasPrefix(quarter, "Q") {
		query = strings.TrimSpace(year) + "-" + quarter
	}
	return cal.Parse(query)
}
