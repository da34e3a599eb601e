package report

import (
	"fmt"
	"math"
	"strings"
	"time"

	"fieldbook/app/visits"
	"fieldbook/assets/lang"
	"fieldbook/data"
)

// VisitRounds is a person's week of visits for the clipboard: a page a day.
type VisitRounds struct {
	Cover
	Person string
	Week   string // "2026-W48"
	Home   string // where the days begin and end, "" where nobody knows
	Days   []VisitRound
	Left   []VisitLine // due and in no round
}

// VisitRound is one day of it.
type VisitRound struct {
	Day          data.Day
	Start, End   time.Time
	Lines        []VisitLine
	Km           float64
	DriveMinutes float64
	VisitMinutes float64
	HomeKm       float64 // the leg back
	HomeMinutes  float64
}

// VisitLine is one stop.
type VisitLine struct {
	Name, Class, Address, Phone string
	Arrive, Leave               time.Time
	Km, DriveMinutes            float64 // of the leg to it
	LastVisit, Due              data.Day
	OverdueDays                 int
	Rough                       bool // the place is that of its town
	Why                         visits.Reason
}

// Doc lays the list out.
func (r VisitRounds) Doc() Doc {
	d := r.doc(lang.T("Visits of %s", r.Person), 0)
	d.Note = lang.T("Fieldbook list, internal")
	stops, km, minutes := 0, 0.0, 0.0
	for _, day := range r.Days {
		stops, km, minutes = stops+len(day.Lines), km+day.Km, minutes+day.DriveMinutes+day.VisitMinutes
	}
	home := r.Home
	if home == "" {
		home = lang.T("not known")
	}
	d.Meta = []Fact{
		{Name: lang.T("Week"), Text: r.Week},
		{Name: lang.T("Visits"), Text: r.Numbers.Count(stops)},
		{Name: lang.T("Hours, with the drive"), Text: r.Numbers.Number(minutes/60, 1)},
		{Name: lang.T("From and to"), Text: home},
	}
	for i, day := range r.Days {
		d.Sections = append(d.Sections, r.day(day, i > 0))
	}
	if len(r.Days) == 0 {
		d.say(lang.T("Nothing is due in this week, or nothing that is due has a known place."))
	}
	if len(r.Left) > 0 {
		d.Sections = append(d.Sections, r.left(len(r.Days) > 0))
	}
	d.DefinitionsTitle = lang.T("How this was reckoned")
	d.Definitions = []Fact{
		{Name: lang.T("Kilometres"), Text: lang.T("straight lines made longer as roads are on average; no road was looked up, so that times are estimates")},
		{Name: lang.T("Order"), Text: lang.T("the shortest way from home through the stops and back, for certain up to twelve of them")},
	}
	return d
}

func (r VisitRounds) day(day VisitRound, fresh bool) Section {
	n := r.Numbers
	t := Table{Columns: []Column{
		{Title: "#"},
		{Title: lang.T("Time")},
		{Title: lang.T("Account"), Share: 1},
		{Title: lang.T("Class")},
		{Title: lang.T("Last visit"), Right: true},
		{Title: lang.T("km"), Right: true},
		{Title: lang.T("Drive"), Right: true},
		{Title: lang.T("Done"), Right: true},
	}}
	for i, l := range day.Lines {
		t.Rows = append(t.Rows, Row{Cells: []Cell{
			{Text: fmt.Sprint(i + 1)},
			{Text: l.Arrive.Format("15:04") + "–" + l.Leave.Format("15:04")},
			{Text: l.Name},
			{Text: l.Class},
			r.last(l),
			{Text: n.Number(l.Km, 0)},
			{Text: span(l.DriveMinutes)},
			{Text: "[   ]"},
		}})
		t.Rows = append(t.Rows, Row{Cells: []Cell{{}, {}, {Text: l.where(), Tone: Quiet}, {}, {}, {}, {}, {}}})
	}
	if r.Home != "" {
		t.Rows = append(t.Rows, Row{Cells: []Cell{
			{}, {Text: day.End.Format("15:04")}, {Text: lang.T("Home")}, {}, {}, {Text: n.Number(day.HomeKm, 0)}, {Text: span(day.HomeMinutes)}, {},
		}})
	}
	t.Totals = []Row{{Cells: []Cell{
		{},
		{Text: span(day.DriveMinutes + day.VisitMinutes)},
		{Text: lang.N("%d visit", "%d visits", len(day.Lines))},
		{},
		{},
		{Text: n.Number(day.Km, 0)},
		{Text: span(day.DriveMinutes)},
		{},
	}}}
	return Section{
		Page:    fresh,
		Heading: lang.T(day.Day.Weekday().String()) + ", " + n.DayYear(day.Day),
		Caption: day.Start.Format("15:04") + "–" + day.End.Format("15:04"),
		Blocks:  []Block{t},
	}
}

// last says when the account was seen last, with a sign where that is too long ago.
func (r VisitRounds) last(l VisitLine) Cell {
	switch {
	case !l.LastVisit.Valid():
		return Cell{Text: lang.T("never")}
	case l.OverdueDays > 0:
		return Cell{Text: r.Numbers.Day(l.LastVisit) + ", " + lang.N("%d day late", "%d days late", l.OverdueDays), Tone: Warn}
	}
	return Cell{Text: r.Numbers.Day(l.LastVisit)}
}

// where is the address, with what stands for it where it is not known exactly.
func (l VisitLine) where() string {
	parts := []string{l.Address}
	if l.Phone != "" {
		parts = append(parts, l.Phone)
	}
	if l.Rough {
		parts = append(parts, lang.T("placed by its town"))
	}
	return strings.TrimPrefix(strings.Join(parts, " · "), " · ")
}

// leftMost is how many accounts in no round the list names.
const leftMost = 40

func (r VisitRounds) left(fresh bool) Section {
	t := Table{Columns: []Column{
		{Title: lang.T("Account"), Bold: true},
		{Title: lang.T("Class")},
		{Title: lang.T("Last visit"), Right: true},
		{Title: lang.T("Address"), Share: 1},
		{Title: lang.T("Why not")},
	}}
	for i, l := range r.Left {
		if i == leftMost {
			more := len(r.Left) - i
			t.Rows = append(t.Rows, Row{Cells: []Cell{{Text: lang.N("and %d more", "and %d more", more)}, {}, {}, {}, {}}})
			break
		}
		t.Rows = append(t.Rows, Row{Cells: []Cell{{Text: l.Name}, {Text: l.Class}, r.last(l), {Text: l.Address}, {Text: LeftWords(l.Why)}}})
	}
	return Section{Page: fresh, Heading: lang.T("Due, but in no round"), Caption: lang.N("%d account", "%d accounts", len(r.Left)), Blocks: []Block{t}}
}

// LeftWords says why an account is in no round.
func LeftWords(why visits.Reason) string {
	switch why {
	case visits.NoPlace:
		return lang.T("its place is not known")
	case visits.TooFar:
		return lang.T("too far for a day")
	default:
		return lang.T("the week is full")
	}
}

// span writes minutes as "1:05".
func span(minutes float64) string {
	whole := int(math.Round(minutes))
	return fmt.Sprintf("%d:%02d", whole/60, whole%60)
}
