package sheet

import (
	"slices"
	"strings"
	"time"

	"github.com/teambition/rrule-go"

	"fieldbook/data"
)

// Horizon is the span of days, both included, in which events that repeat have a
// row for each time. The zero Horizon gives one row for the first time alone.
type Horizon struct{ From, To data.Day }

// MostTimes is how many rows an event that repeats has at most; CutShort tells
// where it would have more.
const MostTimes = 1000

// series is an event that repeats.
type series struct {
	event
	rule    string
	without []time.Time // moments that are left out
	with    []time.Time // further ones
}

// held keeps events that repeat, and single times of them that were moved, until
// the end of the file: either may stand first.
type held struct {
	series []*series
	moved  []*event
	rows   []Record
}

// hold keeps an event where it repeats or is a time of one that does.
func (s *eventSource) hold(e *event) bool {
	if s.horizon == (Horizon{}) {
		return false
	}
	switch {
	case e.instance != "":
		s.held.moved = append(s.held.moved, e)
	case e.cells[eventRepeats] != "" && !e.start.IsZero():
		s.held.series = append(s.held.series, &series{event: *e, rule: e.rule, without: e.without, with: e.with})
	default:
		return false
	}
	return true
}

// unroll makes the rows of what was held.
func (s *eventSource) unroll() {
	moved := map[string][]time.Time{}
	first := map[string]time.Time{}
	for _, x := range s.held.series {
		first[x.cells[eventUID]] = x.start
	}
	for _, e := range s.held.moved {
		uid := e.cells[eventUID]
		if at, ok := first[uid]; ok && at.Equal(e.original) {
			e.instance = "" // the first time has the id of the event itself
		}
		moved[uid] = append(moved[uid], e.original)
		s.held.rows = append(s.held.rows, e.record())
	}
	for _, x := range s.held.series {
		s.held.rows = append(s.held.rows, x.times(s.horizon, moved[x.cells[eventUID]])...)
	}
	slices.SortStableFunc(s.held.rows, func(a, b Record) int { return a.Line - b.Line })
	s.held.series, s.held.moved = nil, nil
}

// times are the rows of an event: the times within the horizon that neither the
// file leaves out nor another event of it stands for. Of a rule that is not
// understood, or that repeats within a day, only the first is one.
func (x *series) times(in Horizon, moved []time.Time) []Record {
	out := slices.Concat(x.without, moved)
	all, ok := x.expand(in)
	if !ok {
		if x.cells[eventRepeats] += onlyFirst; slices.ContainsFunc(out, x.start.Equal) {
			return nil
		}
		return []Record{x.record()}
	}
	length := x.end.Sub(x.start)
	all = slices.DeleteFunc(all, func(at time.Time) bool { return slices.ContainsFunc(out, at.Equal) })
	if len(all) > MostTimes {
		all = all[:MostTimes]
		x.cells[eventRepeats] += moreTimes
	}
	var rows []Record
	for _, at := range all {
		e := x.event
		if e.instance = ""; !at.Equal(x.start) {
			e.instance = stampOf(at, x.written)
		}
		if e.start = at; !x.end.IsZero() {
			e.end = at.Add(length)
		}
		e.cells[eventStart] = at.Format(layoutOf(x.written))
		rows = append(rows, e.record())
	}
	return rows
}

// onlyFirst stands behind the rule of an event of which only the first time is a
// row.
const onlyFirst = "; only the first"

// moreTimes stands behind the rule of an event that has more times than rows.
const moreTimes = "; cut short"

// CutShort reports whether a value of the column of repetitions says that the event
// has more times than rows.
func CutShort(repeats string) bool { return strings.HasSuffix(repeats, moreTimes) }

// OnlyFirst reports whether a value of the column of repetitions says that of the
// event only the first time is a row.
func OnlyFirst(repeats string) bool { return strings.HasSuffix(repeats, onlyFirst) }

// expand lists the times within the horizon, the oldest first.
func (x *series) expand(in Horizon) (all []time.Time, ok bool) {
	option, err := rrule.StrToROptionInLocation(x.rule, x.start.Location())
	if err != nil || option.Freq > rrule.DAILY {
		return nil, false
	}
	from, to := in.From.Time(), in.To.AddDays(1).Time()
	if option.Dtstart = x.start; option.Until.IsZero() || option.Until.After(to) {
		option.Until = to
	}
	rule, err := rrule.NewRRule(*option)
	if err != nil {
		return nil, false
	}
	all = append(rule.Between(from, to, true), x.with...)
	all = slices.DeleteFunc(all, func(at time.Time) bool { return at.Before(from) || !at.Before(to) })
	slices.SortFunc(all, time.Time.Compare)
	return slices.CompactFunc(all, time.Time.Equal), true
}

// layoutOf is how a moment was written in the table, and stampOf how one more is
// written in the calendar's own way.
func layoutOf(written string) string {
	switch {
	case len(written) == len("2006-01-02"):
		return "2006-01-02"
	case strings.HasSuffix(written, "Z"):
		return time.RFC3339
	case len(written) == len("2006-01-02T15:04:05"):
		return "2006-01-02T15:04:05"
	}
	return "2006-01-02T15:04:05-07:00"
}

func stampOf(at time.Time, written string) string {
	switch layoutOf(written) {
	case "2006-01-02":
		return at.Format("20060102")
	case "2006-01-02T15:04:05":
		return at.Format("20060102T150405")
	}
	return at.UTC().Format("20060102T150405Z")
}

// moments reads a list of them, as EXDATE and RDATE have.
func (e *event) moments(p property) (out []time.Time) {
	for _, text := range strings.Split(p.value, ",") {
		one := p
		one.value, _, _ = strings.Cut(text, "/") // a period begins where its time does
		if at, _, ok := e.moment(one); ok {
			out = append(out, at)
		}
	}
	return out
}
