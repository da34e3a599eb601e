package sheet

import (
	"regexp"
	"strconv"
	"strings"
	"time"

	"fieldbook/data"
)

// clockZones are the names of zones that stand behind a time of day, with their
// minutes ahead of UTC. Names that several zones share are not among them.
var clockZones = map[string]int{
	"Z": 0, "UTC": 0, "GMT": 0, "CET": 60, "CEST": 120, "EET": 120, "EEST": 180, "WET": 0, "WEST": 60,
	"EST": -300, "EDT": -240, "CDT": -300, "MDT": -360, "MST": -420, "PST": -480, "PDT": -420, "AEST": 600, "AEDT": 660, "JST": 540,
}

// clockText is a time of day, a zone behind it where it has one, at the end of a value.
var clockText = regexp.MustCompile(`(?i)[T ,]\s*(\d{1,2})[:.](\d{2})(?:[:.](\d{2})(?:[.,]\d+)?)?\s*(am|pm|a\.m\.|p\.m\.)?\s*([A-Z]{1,4}|(?:utc|gmt)?[+-]\d{1,2}(?::?\d{2})?)?$`)

// clock is a time of day as it is written.
type clock struct {
	seconds int // since midnight
	ahead   int // minutes of its zone ahead of UTC
	zoned   bool
}

// clockOf finds the time of day at the end of a value.
func clockOf(text string) (clock, bool) {
	m := clockText.FindStringSubmatch(strings.TrimSpace(text))
	if m == nil {
		return clock{}, false
	}
	hour, _ := strconv.Atoi(m[1])
	minute, _ := strconv.Atoi(m[2])
	second, _ := strconv.Atoi(m[3])
	switch half := strings.ToLower(strings.ReplaceAll(m[4], ".", "")); {
	case half == "pm" && hour < 12:
		hour += 12
	case half == "am" && hour == 12:
		hour = 0
	}
	c := clock{seconds: (hour*60+minute)*60 + second}
	c.ahead, c.zoned = zoneMinutes(strings.ToUpper(m[5]))
	return c, hour < 24 && minute < 60 && second <= 60
}

// in is the moment in a zone of a time of a day that names its own zone.
func (c clock) in(day data.Day, zone *time.Location) time.Time {
	return day.Time().Add(time.Duration(c.seconds-60*c.ahead) * time.Second).In(zone)
}

// SecondsOfDay reads the time of day behind a day, or that of an instant, in seconds since
// midnight, in a zone where the text names its own. Midnight is how programs write
// a day alone; ok is then false.
func SecondsOfDay(text string, day data.Day, zone *time.Location) (seconds int, ok bool) {
	c, ok := clockOf(text)
	switch at, epoch := parseInstant(text); {
	case !ok && epoch && at.Unix()%86_400 != 0:
		c = clock{seconds: int(at.Unix() % 86_400), zoned: true}
	case !ok || c.seconds == 0:
		return 0, false
	}
	if c.zoned && zone != nil {
		at := c.in(day, zone)
		c.seconds = at.Hour()*3600 + at.Minute()*60 + at.Second()
	}
	return c.seconds, true
}

// ParseDayIn is ParseDay in a zone: a time of day that names its own zone is an
// instant, whose day is that of zone. Midnight of UTC is how programs write a
// day alone, so it stays one.
func ParseDayIn(text string, order DayOrder, zone *time.Location) (data.Day, error) {
	day, err := ParseDay(text, order)
	if err != nil || !day.Valid() || zone == nil {
		return day, err
	}
	c, ok := clockOf(text)
	if !ok || !c.zoned || c.seconds == 0 && c.ahead == 0 {
		return day, nil
	}
	return data.DayOf(c.in(day, zone), zone), nil
}

// zoneMinutes reads Z, CET, +02:00, UTC+2, -0530.
func zoneMinutes(text string) (minutes int, ok bool) {
	if n, known := clockZones[text]; known {
		return n, true
	}
	text = strings.TrimPrefix(strings.TrimPrefix(text, "UTC"), "GMT")
	if len(text) < 2 || text[0] != '+' && text[0] != '-' {
		return 0, false
	}
	digits := strings.ReplaceAll(text[1:], ":", "")
	n, err := strconv.Atoi(digits)
	if err != nil {
		return 0, false
	}
	if len(digits) > 2 {
		minutes = n/100*60 + n%100
	} else {
		minutes = n * 60
	}
	if text[0] == '-' {
		minutes = -minutes
	}
	return minutes, minutes >= -14*60 && minutes <= 14*60
}

// ParseEpoch reads an instant as seconds or milliseconds since 1970, as the
// interfaces of programs write it; ok is false for any other text. Times before
// 2001 are not among them.
func ParseEpoch(text string, zone *time.Location) (day data.Day, ok bool) {
	at, ok := parseInstant(text)
	if !ok {
		return data.NoDay, false
	}
	if zone != nil && at.Unix()%86_400 != 0 {
		return data.DayOf(at, zone), true
	}
	return data.DayOf(at, time.UTC), true
}

func parseInstant(text string) (at time.Time, ok bool) {
	text = strings.TrimSpace(text)
	n, err := strconv.ParseInt(text, 10, 64)
	switch {
	case err != nil:
		return at, false
	case len(text) == 13:
		n /= 1000
	case len(text) != 10:
		return at, false
	}
	at = time.Unix(n, 0).UTC()
	return at, at.Year() >= 2001 && at.Year() <= 2100
}
