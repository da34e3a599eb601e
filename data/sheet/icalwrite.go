package sheet

import (
	"bufio"
	"fmt"
	"io"
	"strings"
	"time"
	"unicode/utf8"
)

// Agenda is what WriteCalendar writes: events in one zone.
type Agenda struct {
	Name   string
	Zone   *time.Location
	Stamp  time.Time // when it was made
	Events []Event
}

// Event is an appointment. A calendar that knows its UID takes it for a new
// version of the same.
type Event struct {
	UID         string
	Subject     string
	Note, Place string
	Start, End  time.Time
	Lon, Lat    float64
	Located     bool // Lon and Lat say where
}

const (
	icalLocal = "20060102T150405"
	icalUTC   = "20060102T150405Z"
)

// WriteCalendar writes an iCalendar file (RFC 5545). The zone is described in it
// as far as the events reach, so that a program that does not know its name reads
// the right times too. The same calendar gives the same bytes.
func WriteCalendar(out io.Writer, c Agenda) error {
	w := &contentWriter{out: bufio.NewWriter(out)}
	w.line("BEGIN", "VCALENDAR")
	w.line("VERSION", "2.0")
	w.line("PRODID", "-//Fieldbook//Fieldbook//EN")
	w.line("CALSCALE", "GREGORIAN")
	if c.Name != "" {
		w.text("X-WR-CALNAME", c.Name)
	}
	named := c.Zone != nil && c.Zone != time.UTC && c.Zone.String() != "UTC" && c.Zone.String() != "Local"
	if named && len(c.Events) > 0 {
		w.zone(c)
	}
	when := func(name string, t time.Time) {
		if named {
			w.line(name+";TZID="+c.Zone.String(), t.In(c.Zone).Format(icalLocal))
			return
		}
		w.line(name, t.UTC().Format(icalUTC))
	}
	for _, e := range c.Events {
		w.line("BEGIN", "VEVENT")
		w.text("UID", e.UID)
		w.line("DTSTAMP", c.Stamp.UTC().Format(icalUTC))
		when("DTSTART", e.Start)
		when("DTEND", e.End)
		w.text("SUMMARY", e.Subject)
		for _, x := range []struct{ name, value string }{{"LOCATION", e.Place}, {"DESCRIPTION", e.Note}} {
			if x.value != "" {
				w.text(x.name, x.value)
			}
		}
		if e.Located {
			w.line("GEO", fmt.Sprintf("%.6f;%.6f", e.Lat, e.Lon))
		}
		w.line("END", "VEVENT")
	}
	w.line("END", "VCALENDAR")
	if w.err == nil {
		w.err = w.out.Flush()
	}
	return w.err
}

// contentWriter writes content lines: folded to 75 bytes, ended by CRLF.
type contentWriter struct {
	out *bufio.Writer
	err error // the first failure
}

var escaper = strings.NewReplacer(`\`, `\\`, ";", `\;`, ",", `\,`, "\r\n", `\n`, "\n", `\n`, "\r", `\n`)

func (w *contentWriter) text(name, value string) {
	value = strings.Map(func(r rune) rune {
		if r < ' ' && r != '\n' && r != '\r' && r != '\t' {
			return -1
		}
		return r
	}, strings.ToValidUTF8(value, "\uFFFD"))
	w.line(name, escaper.Replace(value))
}

func (w *contentWriter) line(name, value string) {
	const most = 75
	rest, room := name+":"+value, most
	for w.err == nil {
		cut := len(rest)
		if cut > room {
			for cut = room; cut > 0 && !utf8.RuneStart(rest[cut]); cut-- {
			}
		}
		_, w.err = w.out.WriteString(rest[:cut] + "\r\n")
		if rest = rest[cut:]; rest == "" {
			return
		}
		rest, room = " "+rest, most
	}
}

// zone describes the calendar's zone from its first event to its last.
func (w *contentWriter) zone(c Agenda) {
	first, last := c.Events[0].Start, c.Events[0].End
	for _, e := range c.Events {
		if e.Start.Before(first) {
			first = e.Start
		}
		if e.End.After(last) {
			last = e.End
		}
	}
	w.line("BEGIN", "VTIMEZONE")
	w.line("TZID", c.Zone.String())
	for at := first.In(c.Zone); ; {
		start, end := at.ZoneBounds()
		kind := "STANDARD"
		if at.IsDST() {
			kind = "DAYLIGHT"
		}
		name, offset := at.Zone()
		before, from := offset, "19700101T000000"
		if !start.IsZero() {
			_, before = start.Add(-time.Second).Zone()
			from = start.UTC().Add(time.Duration(before) * time.Second).Format(icalLocal)
		}
		w.line("BEGIN", kind)
		w.line("DTSTART", from)
		w.line("TZOFFSETFROM", zoneOffset(before))
		w.line("TZOFFSETTO", zoneOffset(offset))
		w.text("TZNAME", name)
		w.line("END", kind)
		if end.IsZero() || end.After(last) {
			break
		}
		at = end
	}
	w.line("END", "VTIMEZONE")
}

// zoneOffset writes +0130.
func zoneOffset(seconds int) string {
	sign := "+"
	if seconds < 0 {
		sign, seconds = "-", -seconds
	}
	return fmt.Sprintf("%s%02d%02d", sign, seconds/3600, seconds/60%60)
}
