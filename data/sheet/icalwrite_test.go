package sheet

import (
	"bytes"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"
)

func oslo(t testing.TB) *time.Location {
	t.Helper()
	loc, err := time.LoadLocation("Europe/Oslo")
	if err != nil {
		t.Fatal(err)
	}
	return loc
}

func written(t testing.TB, c Agenda) string {
	t.Helper()
	var out bytes.Buffer
	if err := WriteCalendar(&out, c); err != nil {
		t.Fatal(err)
	}
	return out.String()
}

// A week in which summer time ends: the file says by itself what each hour means.
func TestCalendarIsWrittenWithItsZone(t *testing.T) {
	zone := oslo(t)
	text := written(t, Agenda{
		Name: "Visits", Zone: zone, Stamp: time.Date(2026, 10, 1, 12, 0, 0, 0, time.UTC),
		Events: []Event{
			{UID: "a@fieldbook", Subject: "Visit Nord, Sør; AS", Place: "Storgata 1\n0150 Oslo", Start: time.Date(2026, 10, 23, 8, 30, 0, 0, zone), End: time.Date(2026, 10, 23, 9, 30, 0, 0, zone), Lon: 10.75, Lat: 59.91, Located: true},
			{UID: "b@fieldbook", Subject: "Visit Rangreen", Note: strings.Repeat("æ", 80), Start: time.Date(2026, 10, 26, 8, 30, 0, 0, zone), End: time.Date(2026, 10, 26, 8, 45, 0, 0, zone)},
		},
	})
	for _, want := range []string{
		"BEGIN:VTIMEZONE\r\nTZID:Europe/Oslo\r\nBEGIN:DAYLIGHT\r\nDTSTART:20260329T020000\r\nTZOFFSETFROM:+0100\r\nTZOFFSETTO:+0200\r\nTZNAME:CEST\r\nEND:DAYLIGHT\r\n" +
			"BEGIN:STANDARD\r\nDTSTART:20261025T030000\r\nTZOFFSETFROM:+0200\r\nTZOFFSETTO:+0100\r\nTZNAME:CET\r\nEND:STANDARD\r\nEND:VTIMEZONE\r\n",
		"DTSTAMP:20261001T120000Z\r\nDTSTART;TZID=Europe/Oslo:20261023T083000\r\n",
		`SUMMARY:Visit Nord\, Sør\; AS`, `LOCATION:Storgata 1\n0150 Oslo`, "GEO:59.910000;10.750000",
	} {
		if !strings.Contains(text, want) {
			t.Errorf("%q is missing in\n%s", want, text)
		}
	}
	for line := range strings.SplitSeq(text, "\r\n") {
		if len(line) > 75 || strings.ContainsAny(line, "\r\n") || !strings.HasPrefix(line, " ") && line != "" && !strings.Contains(line, ":") {
			t.Errorf("line %q", line)
		}
	}
	rows, _ := readContent(t, text)
	want := []string{
		`Type=meeting | Subject=Visit Nord, Sør; AS | Start=2026-10-23T08:30:00+02:00 | Minutes=60 | Done=no | Location=Storgata 1\n0150 Oslo | UID=a@fieldbook`,
		`Type=meeting | Subject=Visit Rangreen | Start=2026-10-26T08:30:00+01:00 | Minutes=15 | Done=no | Description=` + strings.Repeat("æ", 80) + ` | UID=b@fieldbook`,
	}
	if !slices.Equal(rows, want) {
		t.Errorf("read back\n%s", strings.Join(rows, "\n"))
	}
	if utc := written(t, Agenda{Zone: time.UTC, Events: []Event{{UID: "u", Start: time.Unix(0, 0), End: time.Unix(60, 0)}}}); strings.Contains(utc, "TZID") || !strings.Contains(utc, "DTSTART:19700101T000000Z") {
		t.Errorf("in UTC\n%s", utc)
	}
	if empty := written(t, Agenda{Zone: zone}); empty != "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//Fieldbook//Fieldbook//EN\r\nCALSCALE:GREGORIAN\r\nEND:VCALENDAR\r\n" {
		t.Errorf("without events\n%s", empty)
	}
}

// Whatever stands in an event, our own reader gives it back.
func TestCalendarsAreReadBack(t *testing.T) {
	zone := oslo(t)
	text := rapid.StringOfN(rapid.RuneFrom([]rune("aZ9 \\;,:\"'=\nåß漢🙂")), 0, 120, -1)
	rapid.Check(t, func(rt *rapid.T) {
		var c Agenda
		var want []string
		for i := range rapid.IntRange(1, 4).Draw(rt, "events") {
			start := time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC).Add(time.Duration(rapid.IntRange(0, 400*24*60).Draw(rt, "start")) * time.Minute)
			minutes := rapid.IntRange(0, 600).Draw(rt, "minutes")
			e := Event{
				UID: fmt.Sprint("event ", i), Subject: "x" + text.Draw(rt, "subject"), Note: text.Draw(rt, "note"), Place: text.Draw(rt, "place"),
				Start: start, End: start.Add(time.Duration(minutes) * time.Minute),
			}
			c.Events = append(c.Events, e)
			fields := []string{"Type=meeting"}
			for _, f := range [][2]string{
				{"Subject", e.Subject},
				{"Start", start.In(zone).Format("2006-01-02T15:04:05-07:00")},
				{"Minutes", fmt.Sprint(minutes)},
				{"Done", "no"},
				{"Description", e.Note},
				{"Location", e.Place},
				{"UID", e.UID},
			} {
				if v := strings.TrimSpace(f[1]); v != "" {
					fields = append(fields, f[0]+"="+strings.ReplaceAll(v, "\n", "\\n"))
				}
			}
			want = append(want, strings.Join(fields, " | "))
		}
		c.Zone = zone
		if rows, _ := readContent(t, written(t, c)); !slices.Equal(rows, want) {
			rt.Errorf("%q, not\n%q", rows, want)
		}
	})
}
