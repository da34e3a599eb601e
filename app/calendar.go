package app

import (
	"cmp"
	"context"
	"io"
	"slices"
	"time"

	"fieldbook/app/reminder"
	"fieldbook/data"
	"fieldbook/data/sheet"
)

// Calendar shows what is planned by day, of all sorts of work.
type Calendar struct{ app *App }

// CalendarEntry is something on a day.
type CalendarEntry struct {
	Sort    string // as dated.sort
	Kind    string
	ID      data.ID
	Day     data.Day
	Time    string // of day, "14:30"; "" where none is known
	Title   string
	About   string // the deal or account
	Who     string
	Person  data.ID // whose it is
	Done    bool
	Overdue bool
}

// dated is one sort of entry: where its day stands and whose it is.
type dated struct {
	sort, kind, day, person string
	also                    string // a second reference to whose it is
	title                   func(data.Row) string
	about                   string // reference
	done                    func(data.Row) bool
	where                   []data.Filter
	undone                  []data.Filter // keeps most of what is done from being read; done decides
}

// Sorts of entries, in the order in which they stand on a day.
const (
	EntryOneOnOne   = "one-on-one"
	EntryMeeting    = "meeting"
	EntryActivity   = "activity"
	EntryStep       = "next step"
	EntryCommitment = "commitment"
	EntryAction     = "action"
	EntryOnboarding = "onboarding task"
	EntryTraining   = "training"
	EntryClose      = "close day"
)

var openDeals = []data.Filter{{Field: "stage.type", Test: data.Is, Values: []data.Value{data.StageOpen}}}

func not(field string, value data.Value) []data.Filter {
	return []data.Filter{{Field: field, Test: data.IsNot, Values: []data.Value{value}}}
}

var datedSorts = []dated{
	{
		sort: EntryOneOnOne, kind: data.KindOneOnOne, day: "day", person: "person", also: "manager", about: "manager",
		title: func(r data.Row) string { return r.Labels["person"] }, done: func(r data.Row) bool { return r.Text("status") == data.OneOnOneHeld }, undone: not("status", data.OneOnOneHeld),
	},
	{
		sort: EntryMeeting, kind: data.KindMeeting, day: "day", person: "person", also: "about", about: "about",
		title: func(r data.Row) string { return r.Title() }, done: func(r data.Row) bool { return r.Text("status") == data.MeetingHeld }, undone: not("status", data.MeetingHeld),
	},
	{
		sort: EntryActivity, kind: data.KindActivity, day: "day", person: "person", about: "account",
		title: func(r data.Row) string { return cmp.Or(r.Text("subject"), r.Text("type")) }, done: func(r data.Row) bool { return r.Bool("done") }, undone: not("done", true),
	},
	{
		sort: EntryStep, kind: data.KindDeal, day: "next_step_day", person: "owner", about: "account", where: openDeals,
		title: func(r data.Row) string { return cmp.Or(r.Text("next_step"), DealName(r)) }, done: func(data.Row) bool { return false },
	},
	{
		sort: EntryCommitment, kind: data.KindCommitment, day: "due_day", person: "person", about: "person",
		title: func(r data.Row) string { return r.Text("what") }, done: func(r data.Row) bool { return !IsOpenPromise(r) },
	},
	{
		sort: EntryAction, kind: data.KindAction, day: "due_day", person: "person", about: "account",
		title: func(r data.Row) string { return r.Text("what") }, done: func(r data.Row) bool { return !ActionIsOpen(r) },
	},
	{
		sort: EntryOnboarding, kind: data.KindOnboardingTask, day: "due_day", person: "person", about: "person",
		title: func(r data.Row) string { return r.Title() }, done: func(r data.Row) bool { return r.Has("done_day") }, undone: []data.Filter{{Field: "done_day", Test: data.Blank}},
	},
	{
		sort: EntryTraining, kind: data.KindTraining, day: "due_day", person: "person", about: "person",
		title: func(r data.Row) string { return r.Labels["module"] }, done: func(r data.Row) bool { return r.Has("done_day") }, undone: []data.Filter{{Field: "done_day", Test: data.Blank}},
	},
	{sort: EntryClose, kind: data.KindDeal, day: "close_day", person: "owner", about: "account", where: openDeals, title: DealName, done: func(data.Row) bool { return false }},
}

// CalendarKinds are the kinds of which entries are made.
func CalendarKinds() []string {
	return []string{data.KindOneOnOne, data.KindActivity, data.KindDeal, data.KindCommitment, data.KindAction, data.KindOnboardingTask, data.KindTraining, data.KindMeeting, data.KindStage, data.KindPerson}
}

// CalendarQuery asks for the entries of a scope's people.
type CalendarQuery struct {
	Scope data.Scope
	Span  data.Period
	Sorts []string // which; nil is all
}

// EntrySorts lists the sorts in their order.
func EntrySorts() []string {
	out := make([]string, len(datedSorts))
	for i, d := range datedSorts {
		out[i] = d.sort
	}
	return out
}

// Entries lists what stands on the days of a span: only those days are read. Each
// day has its entries in the order of their sorts, those with a time by it.
func (c *Calendar) Entries(ctx context.Context, q CalendarQuery) ([]CalendarEntry, error) {
	return c.entries(ctx, q, false)
}

// Overdue lists what was to be done before today and is not, of the last ninety
// days, whatever the span of the query.
func (c *Calendar) Overdue(ctx context.Context, q CalendarQuery) ([]CalendarEntry, error) {
	today := c.app.Today()
	q.Span = data.Period{From: today.AddDays(-90), To: today}
	return c.entries(ctx, q, true)
}

func (c *Calendar) entries(ctx context.Context, q CalendarQuery, overdue bool) ([]CalendarEntry, error) {
	people, err := c.app.ScopePeople(ctx, q.Scope)
	if err != nil {
		return nil, err
	}
	var out []CalendarEntry
	today, span := c.app.Today(), q.Span
	for _, d := range datedSorts {
		if q.Sorts != nil && !slices.Contains(q.Sorts, d.sort) {
			continue
		}
		err := c.app.store.Each(ctx, data.Query{Kind: d.kind, Where: d.filters(span, people, overdue)}, func(r data.Row) error {
			if !d.isOf(r, people) {
				return nil
			}
			e := CalendarEntry{Sort: d.sort, Kind: d.kind, ID: r.ID, Day: r.Day(d.day), Time: timeOf(r), Title: d.title(r), About: r.Labels[d.about], Who: r.Labels[d.person], Person: r.Ref(d.person), Done: d.done(r)}
			e.Overdue = !e.Done && e.Day < today
			if !overdue || e.Overdue {
				out = append(out, e)
			}
			return nil
		})
		if err != nil {
			return nil, err
		}
	}
	slices.SortStableFunc(out, func(a, b CalendarEntry) int {
		if c := cmp.Compare(a.Day, b.Day); c != 0 || a.Sort != b.Sort {
			return c
		}
		return cmp.Compare(a.Time, b.Time)
	})
	return out, nil
}

// filters find the entries of a span: of people, unless there is a second reference
// to whose they are, and of what is not done.
func (d dated) filters(span data.Period, people []data.ID, undone bool) []data.Filter {
	out := append([]data.Filter{{Field: d.day, Test: data.Between, Values: []data.Value{span.From, span.To}}}, d.where...)
	if undone {
		out = append(out, d.undone...)
	}
	if d.also == "" {
		out = append(out, ofPeople(d.person, people)...)
	}
	return out
}

// isOf reports whether an entry is one of people's; nil is everybody.
func (d dated) isOf(r data.Row, people []data.ID) bool {
	return d.also == "" || people == nil || slices.Contains(people, r.Ref(d.person)) || slices.Contains(people, r.Ref(d.also))
}

// timeOf is the time of day of an activity.
func timeOf(r data.Row) string {
	if r.Kind == nil || r.Kind.Name != data.KindActivity {
		return ""
	}
	return r.Text("time")
}

// Move puts an entry on another day.
func (c *Calendar) Move(ctx context.Context, e CalendarEntry, to data.Day) error {
	for _, d := range datedSorts {
		if d.sort == e.Sort {
			return c.app.Records.Set(ctx, d.kind, []data.ID{e.ID}, data.Values{d.day: to})
		}
	}
	return data.Errorf(data.Invalid, "%q is no sort of entry", e.Sort)
}

// WriteICS writes entries as appointments of a calendar program, at their time or
// else at nine o'clock of their day; an entry has the same UID whenever it is written.
func (c *Calendar) WriteICS(entries []CalendarEntry, path string) error {
	zone := c.app.Book().Zone
	out := sheet.Agenda{Name: c.app.Book().Name, Zone: zone, Stamp: c.app.cfg.Now()}
	for _, e := range entries {
		start := reminder.Setting{Hour: 9}.At(reminder.Item{Day: e.Day, Time: e.Time}, zone)
		out.Events = append(out.Events, sheet.Event{UID: e.ID.String() + "-" + data.CustomName(e.Sort) + "@fieldbook", Subject: e.Title, Note: e.About, Start: start, End: start.Add(30 * time.Minute)})
	}
	return WriteFile(path, func(w io.Writer) error { return sheet.WriteCalendar(w, out) })
}
