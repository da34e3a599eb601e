package sheet

import (
	"errors"
	"io"
	"regexp"
	"strconv"
	"strings"
	"time"
)

// eventHeader names the columns of a calendar file (iCalendar).
var eventHeader = []string{
	"Type", "Subject", "Start", "Minutes", "Done", "Cancelled", "Description", "Location", "Organizer", "Attendees", "Repeats", "UID",
}

// The places in eventHeader.
const (
	eventType = iota
	eventSubject
	eventStart
	eventMinutes
	eventDone
	eventCancelled
	eventNote
	eventPlace
	eventOrganizer
	eventAttendees
	eventRepeats
	eventUID
)

// RepeatsColumn is the column of a calendar that is filled where an event
// repeats. Without a Horizon only its first time is a row, and where its rule is
// not understood.
const RepeatsColumn = "Repeats"

// eventTypes are the parts of a calendar that are rows, and what they are.
var eventTypes = map[string]string{"VEVENT": "meeting", "VTODO": "task", "VJOURNAL": "note"}

// eventSource gives one row for each event, task and journal entry.
type eventSource struct {
	lines   *lineReader
	zones   map[string]*time.Location // of the zones that the file describes
	inside  []string                  // parts that are open
	zone    string                    // id of the zone being read
	horizon Horizon
	held    held
}

func newEventSource(lines *lineReader, in Horizon) *eventSource {
	return &eventSource{lines: lines, zones: map[string]*time.Location{}, horizon: in}
}

func (*eventSource) close() error { return nil }

// mostInside bounds how deep parts stand within each other.
const mostInside = 32

func (s *eventSource) next() (Record, error) {
	for {
		e, err := s.event()
		switch {
		case e != nil && s.hold(e):
			continue
		case e != nil:
			return e.record(), nil
		case !errors.Is(err, io.EOF):
			return Record{}, err
		}
		s.unroll()
		if len(s.held.rows) == 0 {
			return Record{}, err
		}
		row := s.held.rows[0]
		s.held.rows = s.held.rows[1:]
		return row, nil
	}
}

// event reads up to the end of the next event, task or entry.
func (s *eventSource) event() (*event, error) {
	var e *event
	for {
		p, err := s.lines.next()
		if err != nil {
			if e != nil {
				return e, nil
			}
			return nil, err
		}
		part := strings.ToUpper(strings.TrimSpace(p.value))
		switch {
		case p.name == "BEGIN":
			if kind, ok := eventTypes[part]; ok && e == nil {
				e = &event{line: p.line, source: s, depth: len(s.inside)}
				e.cells[eventType], e.cells[eventDone] = kind, "no"
			}
			if len(s.inside) < mostInside {
				s.inside = append(s.inside, part)
			}
		case p.name == "END":
			if len(s.inside) > 0 {
				s.inside = s.inside[:len(s.inside)-1]
			}
			if e != nil && len(s.inside) <= e.depth {
				return e, nil
			}
		case e != nil && len(s.inside) == e.depth+1:
			e.take(p)
		case e == nil:
			s.readZone(p)
		}
	}
}

// readZone learns the zones that the file describes: where the system does not
// know one by its name, its standard time holds.
func (s *eventSource) readZone(p property) {
	if p.name == "TZID" {
		s.zone = strings.TrimSpace(p.value)
	}
	if n := len(s.inside); p.name != "TZOFFSETTO" || n == 0 || s.zone == "" {
		return
	}
	minutes, ok := zoneMinutes(strings.TrimSpace(p.value)[:min(5, len(strings.TrimSpace(p.value)))])
	if _, known := s.zones[s.zone]; ok && (!known || s.inside[len(s.inside)-1] == "STANDARD") {
		s.zones[s.zone] = time.FixedZone(s.zone, minutes*60)
	}
}

// location finds a zone by its id: the system's, else the file's; nil for none.
func (s *eventSource) location(id string) *time.Location {
	if id == "" {
		return nil
	}
	tries := []string{id}
	if segments := strings.Split(id, "/"); len(segments) > 2 {
		tries = append(tries, strings.Join(segments[len(segments)-2:], "/"))
	}
	for _, try := range tries {
		if loc, err := time.LoadLocation(try); err == nil && try != "Local" {
			return loc
		}
	}
	return s.zones[id]
}

// event is an event in the making.
type event struct {
	source     *eventSource
	line       int
	depth      int // of the parts around it
	cells      [eventUID + 1]string
	start, end time.Time
	allDay     bool
	due        bool
	guests     []string
	written    string    // start as it is written in a table
	instance   string    // which time of a series it stands for
	original   time.Time // when that would have been
	rule       string
	without    []time.Time
	with       []time.Time
}

func (e *event) take(p property) {
	text := plainText(p.text())
	switch p.name {
	case "SUMMARY":
		e.cells[eventSubject] = text
	case "DESCRIPTION":
		e.cells[eventNote] = text
	case "LOCATION":
		e.cells[eventPlace] = text
	case "UID":
		e.cells[eventUID] = text
	case "RECURRENCE-ID":
		if e.instance = text; text != "" {
			e.original, e.instance = e.occurrence(p, text)
		}
	case "EXDATE":
		e.without = append(e.without, e.moments(p)...)
	case "RDATE":
		e.with = append(e.with, e.moments(p)...)
	case "ORGANIZER":
		e.cells[eventOrganizer] = guest(p)
	case "ATTENDEE":
		e.guests = append(e.guests, guest(p))
	case "DTSTART", "DUE", "DTEND", "DURATION":
		e.when(p, text)
	case "COMPLETED":
		e.cells[eventDone] = "yes"
	case "STATUS":
		e.stands(strings.ToUpper(text))
	case "RRULE":
		e.cells[eventRepeats], e.rule = repetition(text), text
	}
}

// occurrence reads which time of a series is meant: when it would have been, and
// how it is named, the same in whichever zone a program writes it.
func (e *event) occurrence(p property, text string) (time.Time, string) {
	at, written, ok := e.moment(p)
	if !ok {
		return at, text
	}
	return at, stampOf(at, written)
}

// stands takes over how an event or task stands.
func (e *event) stands(status string) {
	switch status {
	case "COMPLETED":
		e.cells[eventDone] = "yes"
	case "CANCELLED":
		e.cells[eventCancelled] = "yes"
	}
}

// when takes over when an event begins, ends or is due.
func (e *event) when(p property, text string) {
	if p.name == "DURATION" {
		if d, ok := calendarDuration(text); ok {
			e.cells[eventMinutes] = strconv.Itoa(int(d.Minutes()))
		}
		return
	}
	at, written, ok := e.moment(p)
	switch {
	case !ok:
	case p.name == "DTEND":
		e.end = at
	case p.name == "DUE" || !e.due:
		e.start, e.cells[eventStart], e.written, e.due = at, written, written, p.name == "DUE"
		e.allDay = len(written) == len("2006-01-02")
	}
}

// guest is a person of an event: the name, else the mail address.
func guest(p property) string {
	if name := p.param("CN"); name != "" {
		return name
	}
	text := plainText(p.value)
	if len(text) > 7 && strings.EqualFold(text[:7], "mailto:") {
		return text[7:]
	}
	return text
}

// moment reads 20120803, 20120630T060000Z or a time in a zone, and writes it
// as days and instants are written in tables.
func (e *event) moment(p property) (at time.Time, written string, ok bool) {
	text := strings.TrimSpace(p.value)
	if at, err := time.Parse("20060102", text); err == nil {
		return at, at.Format("2006-01-02"), true
	}
	if at, err := time.Parse("20060102T150405Z", text); err == nil {
		return at, at.Format(time.RFC3339), true
	}
	loc := e.source.location(p.param("TZID"))
	if loc == nil {
		at, err := time.Parse("20060102T150405", text)
		return at, at.Format("2006-01-02T15:04:05"), err == nil
	}
	at, err := time.ParseInLocation("20060102T150405", text, loc)
	return at, at.Format("2006-01-02T15:04:05-07:00"), err == nil
}

var durationText = regexp.MustCompile(`^\+?P(?:(\d{1,4})W)?(?:(\d{1,5})D)?(?:T(?:(\d{1,6})H)?(?:(\d{1,7})M)?(?:(\d{1,8})S)?)?$`)

// calendarDuration reads PT1H30M and P1W.
func calendarDuration(text string) (time.Duration, bool) {
	m := durationText.FindStringSubmatch(strings.ToUpper(text))
	if m == nil {
		return 0, false
	}
	total := time.Duration(0)
	for i, unit := range []time.Duration{7 * 24 * time.Hour, 24 * time.Hour, time.Hour, time.Minute, time.Second} {
		n, _ := strconv.Atoi(m[i+1])
		total += time.Duration(n) * unit
	}
	return total, true
}

// repetition words a rule: "weekly", "daily, 4 times", "monthly until 2012-12-31".
func repetition(rule string) string {
	word, rest := "", ""
	for _, part := range strings.Split(strings.ToUpper(rule), ";") {
		key, value, _ := strings.Cut(part, "=")
		switch key {
		case "FREQ":
			word = strings.ToLower(value)
		case "COUNT":
			rest = ", " + value + " times"
		case "UNTIL":
			if at, err := time.Parse("20060102", value[:min(8, len(value))]); err == nil {
				rest = " until " + at.Format("2006-01-02")
			}
		}
	}
	if word == "" {
		return "yes"
	}
	return word + rest
}

func (e *event) record() Record {
	if e.instance != "" && e.cells[eventUID] != "" {
		e.cells[eventUID] += "/" + e.instance
	}
	if minutes := e.end.Sub(e.start).Minutes(); !e.end.IsZero() && !e.start.IsZero() && !e.allDay && minutes >= 0 && minutes < 1e6 {
		e.cells[eventMinutes] = strconv.Itoa(int(minutes))
	}
	e.cells[eventAttendees] = strings.Join(e.guests, "; ")
	return Record{Line: e.line, Cells: e.cells[:]}
}
