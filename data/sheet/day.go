package sheet

import (
	"cmp"
	"errors"
	"fmt"
	"math"
	"strconv"
	"strings"
	"time"

	"fieldbook/data"
)

// DayOrder is the order in which the days of a column are written.
type DayOrder int

// The orders. Days with a four-digit year in front or a month in words are
// read alike under every order but the serials.
const (
	AnyOrder   DayOrder = iota // only what can be read in one way
	YearFirst                  // 2017-03-31
	MonthFirst                 // 3/31/2017
	DayFirst                   // 31/3/2017
	Serial1900                 // days as Excel counts them
	Serial1904                 // days as old Excel for Mac counts them
)

// String names the order for the person.
func (o DayOrder) String() string {
	return [...]string{"any", "year first", "month first", "day first", "Excel day number", "Excel day number from 1904"}[o]
}

// AmbiguousError is a value that can be read in more than one way.
type AmbiguousError struct{ Why string }

func (e *AmbiguousError) Error() string { return e.Why }

func isAmbiguous(err error) bool {
	var e *AmbiguousError
	return errors.As(err, &e)
}

// dayParts are the numbers of a written day, in the order they stand.
type dayParts struct {
	numbers   [3]string
	separator string
}

// ParseDay reads a day as people and programs write it: 2017-03-31, 20170331,
// 3/31/2017, 31.3.17, 3 Mar 2017, Mar 3, 2017, 2017-03-31T10:00:00Z (the day
// as written; the time is dropped). Empty text is data.NoDay. Two-digit years
// from 69 on belong to 19xx, below to 20xx. An error says what is wrong with
// the value; under AnyOrder it is an *AmbiguousError where both orders fit.
func ParseDay(text string, order DayOrder) (data.Day, error) {
	body := strings.TrimSpace(text)
	if body == "" {
		return data.NoDay, nil
	}
	if order == Serial1900 || order == Serial1904 {
		return serialDay(body, order)
	}
	if len(body) > 64 {
		return data.NoDay, dayError(text, "is too long for a day")
	}
	body = strings.TrimLeft(body, "'")
	if day, ok := compactDay(body); ok {
		return civilDay(text, day[0], day[1], day[2])
	}
	if strings.ContainsFunc(body, isLetter) {
		if d, named, err := namedDay(text, body); named {
			return d, err
		}
	}
	date, err := cutTime(text, body)
	if err != nil {
		return data.NoDay, err
	}
	parts, ok := splitDay(date)
	if !ok {
		return data.NoDay, dayError(text, "is not a day")
	}
	return parts.day(text, order)
}

func dayError(text, why string) error {
	return fmt.Errorf("%q %s", excerpt([]byte(text)), why)
}

// compactDay reads 20170331.
func compactDay(body string) (day [3]int, ok bool) {
	if len(body) != 8 || strings.Trim(body, "0123456789") != "" {
		return day, false
	}
	n, _ := strconv.Atoi(body)
	day = [3]int{n / 10000, n / 100 % 100, n % 100}
	return day, day[0] >= 1800 && day[0] < 2200 && day[1] >= 1 && day[1] <= 12
}

// cutTime takes the time of day off behind the day and checks it.
func cutTime(text, body string) (date string, err error) {
	i := strings.IndexAny(body, "Tt :")
	if i < 0 || !strings.ContainsAny(body[:i], "0123456789") {
		return body, nil
	}
	if body[i] == ' ' && strings.Count(body, " ") >= 2 && !strings.ContainsAny(body, ":-/.") {
		return body, nil // 31 3 2017
	}
	date, clock := strings.TrimRight(body[:i], ","), strings.TrimSpace(body[i+1:])
	if body[i] == ' ' && !strings.Contains(clock, ":") {
		return "", dayError(text, "is not a day")
	}
	if body[i] == ':' || !validClock(clock) {
		return "", dayError(text, "has a time of day that cannot be read")
	}
	return date, nil
}

// validClock checks 10:30, 10:30:15.250, 2:05 PM and zones (Z, +02:00, UTC).
func validClock(clock string) bool {
	clock = strings.ReplaceAll(strings.ToUpper(clock), "\u202f", " ")
	clock = strings.NewReplacer("A.M.", "AM", "P.M.", "PM").Replace(clock)
	clock = cutZone(clock)
	if i := strings.LastIndexAny(clock, "+-"); i > 0 {
		if !validOffset(clock[i+1:]) {
			return false
		}
		clock = cutZone(strings.TrimSpace(clock[:i]))
	}
	hours := 24
	if strings.HasSuffix(clock, "AM") || strings.HasSuffix(clock, "PM") {
		hours = 12
		clock = strings.TrimSpace(clock[:len(clock)-2])
	}
	clock, _, _ = strings.Cut(clock, ".")
	fields := strings.Split(clock, ":")
	if len(fields) < 2 || len(fields) > 3 {
		return false
	}
	for i, most := range []int{hours, 59, 60}[:len(fields)] {
		if n, err := strconv.Atoi(fields[i]); err != nil || n < 0 || n > most || len(fields[i]) > 2 {
			return false
		}
	}
	return true
}

// cutZone takes the name of a zone off the end.
func cutZone(clock string) string {
	i := strings.LastIndexFunc(clock, func(r rune) bool { return r < 'A' || r > 'Z' })
	if _, ok := clockZones[clock[i+1:]]; ok {
		return strings.TrimSpace(clock[:i+1])
	}
	return clock
}

// validOffset checks the 02:00, 0200 or 02 of a zone.
func validOffset(offset string) bool {
	digits := strings.ReplaceAll(offset, ":", "")
	return strings.Trim(digits, "0123456789") == "" && len(digits) >= 1 && len(digits) <= 4
}

// splitDay cuts a day at its separators, which must be alike.
func splitDay(date string) (dayParts, bool) {
	date = strings.TrimRight(date, ".")
	for _, sep := range []string{"-", "/", ".", " "} {
		fields := strings.Split(date, sep)
		if len(fields) != 3 {
			continue
		}
		parts := dayParts{separator: sep}
		for i, f := range fields {
			f = strings.TrimSpace(f)
			if f == "" || len(f) > 4 || len(f) == 3 || strings.Trim(f, "0123456789") != "" {
				return parts, false
			}
			parts.numbers[i] = f
		}
		return parts, true
	}
	return dayParts{}, false
}

func (p dayParts) number(i int) int {
	n, _ := strconv.Atoi(p.numbers[i])
	return n
}

// yearLeads reports whether the year certainly stands in front.
func (p dayParts) yearLeads() bool { return len(p.numbers[0]) == 4 }

// day reads the parts in the given order.
func (p dayParts) day(text string, order DayOrder) (data.Day, error) {
	a, b, c := p.number(0), p.number(1), p.number(2)
	switch {
	case p.yearLeads():
		return civilDay(text, a, b, c)
	case len(p.numbers[1]) == 4:
		return data.NoDay, dayError(text, "has the year in the middle")
	case order == AnyOrder:
		return p.onlyDay(text)
	case order == YearFirst && (len(p.numbers[2]) == 4 || p.separator != "-"):
		return data.NoDay, dayError(text, "has its year at the end, but the column is read year first")
	case order == YearFirst:
		return civilDay(text, fullYear(p.numbers[0]), b, c)
	case order == MonthFirst && a > 12 && a <= 31:
		return data.NoDay, dayError(text, fmt.Sprintf("has no month %d, but the column is read month first", a))
	case order == DayFirst && b > 12 && b <= 31:
		return data.NoDay, dayError(text, fmt.Sprintf("has no month %d, but the column is read day first", b))
	case order == MonthFirst:
		return civilDay(text, fullYear(p.numbers[2]), a, b)
	}
	return civilDay(text, fullYear(p.numbers[2]), b, a)
}

// onlyDay reads the parts where all orders that fit give the same day. With
// points between them days are always written day first, if that fits.
func (p dayParts) onlyDay(text string) (found data.Day, err error) {
	found = data.NoDay
	for _, order := range []DayOrder{DayFirst, MonthFirst, YearFirst} {
		d, fault := p.day(text, order)
		switch {
		case fault != nil:
			err = cmp.Or(err, fault)
		case found.Valid() && d != found:
			return data.NoDay, &AmbiguousError{fmt.Sprintf("%q can be read in more than one order of day, month and year; say which", text)}
		default:
			found = d
		}
		if found.Valid() && p.separator == "." {
			break
		}
	}
	if found.Valid() {
		return found, nil
	}
	return found, err
}

// fullYear completes a two-digit year.
func fullYear(text string) int {
	year, _ := strconv.Atoi(text)
	switch {
	case len(text) > 2:
		return year
	case year >= 69:
		return 1900 + year
	}
	return 2000 + year
}

// civilDay makes a day of numbers after checking that it exists.
func civilDay(text string, year, month, day int) (data.Day, error) {
	switch {
	case year < 1 || year > 9999:
		return data.NoDay, dayError(text, "has no possible year")
	case month < 1 || month > 12:
		return data.NoDay, dayError(text, fmt.Sprintf("has no month %d", month))
	}
	d := data.NewDay(year, time.Month(month), day)
	if _, m, back := d.Date(); day < 1 || back != day || int(m) != month {
		return data.NoDay, dayError(text, fmt.Sprintf("is no day: %s %d has no day %d", time.Month(month), year, day))
	}
	return d, nil
}

// serialDay reads the number of days that Excel keeps; the time of day, its
// fraction, is dropped. Day 60 of the 1900 system never was.
func serialDay(body string, order DayOrder) (data.Day, error) {
	serial, err := strconv.ParseFloat(body, 64)
	if err != nil || math.IsNaN(serial) || serial < 0 || serial > 2_958_465 {
		return data.NoDay, dayError(body, "is not an Excel day number")
	}
	n := int(serial)
	switch {
	case order == Serial1904:
		return data.NewDay(1904, time.January, 1+n), nil
	case n == 0 || n == 60:
		return data.NoDay, dayError(body, "is an Excel day number that is no day")
	case n < 60:
		return data.NewDay(1899, time.December, 31+n), nil
	}
	return data.NewDay(1899, time.December, 30+n), nil
}
