package calendar

import (
	"strconv"

	"fieldbook/app"
	"fieldbook/assets/lang"
	"fieldbook/data"
	"fieldbook/views/kit"
)

// column is a day with its entries, by their place among all that were loaded.
type column struct {
	day     data.Day // NoDay is what is overdue
	entries []app.CalendarEntry
	first   int
}

// columnsOf lays the entries out by day: what is overdue first, then the week.
func columnsOf(f found, monday data.Day) []column {
	out := []column{{day: data.NoDay, entries: f.overdue}}
	at := 0
	for i := range 7 {
		c := column{day: monday.AddDays(i), first: len(f.overdue) + at}
		for at < len(f.days) && f.days[at].Day == c.day {
			c.entries = append(c.entries, f.days[at])
			at++
		}
		out = append(out, c)
	}
	return out
}

// source gives the board its days.
type source struct {
	days  []column
	words kit.Words
}

// Columns implements kit.BoardSource.
func (s source) Columns() []kit.BoardColumn {
	names := []string{lang.T("Mon"), lang.T("Tue"), lang.T("Wed"), lang.T("Thu"), lang.T("Fri"), lang.T("Sat"), lang.T("Sun")}
	out := make([]kit.BoardColumn, len(s.days))
	for i, c := range s.days {
		out[i] = kit.BoardColumn{Key: c.day.String(), Title: lang.T("Overdue"), Count: s.words.Num.Count(len(c.entries))}
		if c.day.Valid() {
			out[i].Title, out[i].Sum = names[i-1], s.words.Day(c.day)
		}
	}
	return out
}

// Len implements kit.BoardSource.
func (s source) Len(column int) int { return len(s.days[column].entries) }

// Card implements kit.BoardSource.
func (s source) Card(column, index int) kit.BoardCard {
	c := s.days[column]
	e := c.entries[index]
	card := kit.BoardCard{Key: strconv.Itoa(c.first + index), Title: e.Title, Product: sortName(e.Sort), Day: e.Time, Step: e.About, Owner: e.Who, Initials: kit.Initials(e.Who)}
	switch {
	case e.Done:
		card.Icon = "check"
	case e.Overdue:
		card.State, card.StepDay = kit.StepLate, s.words.Day(e.Day)
	}
	return card
}

func sortName(sort string) string {
	return map[string]string{
		app.EntryOneOnOne: lang.T("One-on-one"), app.EntryMeeting: lang.T("Meeting"), app.EntryActivity: lang.T("Activity"), app.EntryStep: lang.T("Next step"), app.EntryCommitment: lang.T("Commitment"),
		app.EntryAction: lang.T("Action"), app.EntryOnboarding: lang.T("Onboarding"), app.EntryTraining: lang.T("Training"), app.EntryClose: lang.T("Close day"),
	}[sort]
}

// sortIcon is the mark of a kind of entry.
func sortIcon(sort string) string {
	return map[string]string{
		app.EntryOneOnOne: "coaching", app.EntryMeeting: "users", app.EntryActivity: "phone", app.EntryStep: "arrow", app.EntryCommitment: "check",
		app.EntryAction: "flag", app.EntryOnboarding: "user", app.EntryTraining: "book", app.EntryClose: "pipeline",
	}[sort]
}

// monthEntries are what stands on each day of a month.
func monthEntries(f found) map[data.Day][]kit.MonthEntry {
	out := map[data.Day][]kit.MonthEntry{}
	for i, e := range f.days {
		text := e.Title
		if e.Time != "" {
			text = e.Time + " " + text
		}
		out[e.Day] = append(out[e.Day], kit.MonthEntry{Key: strconv.Itoa(len(f.overdue) + i), Text: text, Icon: sortIcon(e.Sort), Late: e.Overdue, Done: e.Done})
	}
	return out
}
