package data

import (
	"fmt"
	"math"
	"time"
)

// Day is a calendar day, counted from 1970-01-01 (day 0). It has no zone.
type Day int32

// NoDay is the absence of a day. It sorts before every real day.
const NoDay Day = math.MinInt32

const secondsPerDay = 24 * 60 * 60

// NewDay gives the day of a civil date; out-of-range months and days roll over
// as in time.Date.
func NewDay(year int, month time.Month, day int) Day {
	return Day(time.Date(year, month, day, 0, 0, 0, 0, time.UTC).Unix() / secondsPerDay)
}

// DayOf gives the day that instant t falls on in zone loc.
func DayOf(t time.Time, loc *time.Location) Day {
	y, m, d := t.In(loc).Date()
	return NewDay(y, m, d)
}

// ParseDay reads the form 2006-01-02 and nothing else; the empty string is NoDay.
func ParseDay(s string) (Day, error) {
	if s == "" {
		return NoDay, nil
	}
	t, err := time.Parse(time.DateOnly, s)
	if err != nil {
		return NoDay, Errorf(Invalid, "%q is not a day; write it as 2017-03-01", s)
	}
	return Day(t.Unix() / secondsPerDay), nil
}

// Valid reports whether d is a day at all.
func (d Day) Valid() bool { return d != NoDay }

// Time is midnight UTC of the day.
func (d Day) Time() time.Time { return time.Unix(int64(d)*secondsPerDay, 0).UTC() }

// Date splits the day into year, month and day of month.
func (d Day) Date() (year int, month time.Month, day int) { return d.Time().Date() }

// Weekday is the day of the week.
func (d Day) Weekday() time.Weekday { return d.Time().Weekday() }

// AddDays moves the day by n days; NoDay stays NoDay.
func (d Day) AddDays(n int) Day {
	if !d.Valid() {
		return NoDay
	}
	return d + Day(n)
}

// AddMonths moves the day by n months and keeps within the target month:
// January 31 plus one month is the last day of February.
func (d Day) AddMonths(n int) Day {
	if !d.Valid() {
		return NoDay
	}
	y, m, day := d.Date()
	first := NewDay(y, m+time.Month(n), 1)
	fy, fm, _ := first.Date()
	last := NewDay(fy, fm+1, 1) - 1
	return min(first+Day(day-1), last)
}

// MonthStart is the first day of the day's month.
func (d Day) MonthStart() Day { return d.AddDays(1 - d.Time().Day()) }

// Month numbers the day's month from year 0 on, so that neighbouring months
// differ by one.
func (d Day) Month() int {
	y, m, _ := d.Date()
	return y*12 + int(m) - 1
}

// String writes 2006-01-02, or nothing for NoDay.
func (d Day) String() string {
	if !d.Valid() {
		return ""
	}
	y, m, day := d.Date()
	return fmt.Sprintf("%04d-%02d-%02d", y, int(m), day)
}

// Min gives the earlier of two days, ignoring NoDay.
func (d Day) Min(other Day) Day {
	switch {
	case !d.Valid():
		return other
	case !other.Valid():
		return d
	}
	return min(d, other)
}

// Instant is a moment in milliseconds since 1970-01-01 UTC.
type Instant int64

// InstantOf turns a time into an Instant.
func InstantOf(t time.Time) Instant { return Instant(t.UnixMilli()) }

// Time is the moment in UTC.
func (i Instant) Time() time.Time { return time.UnixMilli(int64(i)).UTC() }

// String writes the moment in RFC 3339, UTC.
func (i Instant) String() string { return i.Time().Format("2006-01-02T15:04:05.000Z") }

func parseInstant(s string) (Instant, error) {
	t, err := time.Parse(time.RFC3339Nano, s)
	return InstantOf(t), err
}
