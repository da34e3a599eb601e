package report

import (
	"image"
	"strings"
	"time"

	"fieldbook/assets/lang"
	"fieldbook/data"
)

// Cover is what every report says of itself.
type Cover struct {
	Org         string // whose book it is
	Numbers     Numbers
	Period      data.Period
	AsOf        data.Day
	Scope       string // "Central", empty for the whole book
	Filters     string // "Product GTX Pro", empty for none
	Fingerprint string // short name of the book's state
	State       string // the state in full, as a program reads it
	Notes       string // a paragraph a line
	Logo        *image.RGBA
}

// doc starts the document with its title, meta lines and footer.
func (c Cover) doc(title string, people int) Doc {
	scope := c.Scope
	if scope == "" {
		scope = WholeBook()
	}
	if people > 0 {
		scope += ", " + lang.N("%d person", "%d people", people)
	}
	filters := c.Filters
	if filters == "" {
		filters = lang.T("none")
	}
	return Doc{
		Title: title, Org: c.Org, Logo: c.Logo, Note: lang.T("Fieldbook report, internal"),
		Meta: []Fact{
			{Name: lang.T("Period"), Text: c.period()},
			{Name: lang.T("Scope"), Text: scope},
			{Name: lang.T("As of"), Text: c.asOf()},
			{Name: lang.T("Filters"), Text: filters},
		},
		NotesTitle: lang.T("Notes"), Notes: c.Notes,
		DefinitionsTitle: lang.T("What the figures mean"),
		Fingerprint:      lang.T("State fingerprint %s", c.Fingerprint),
		Known:            lang.T("As of %s", c.Numbers.DayYear(c.AsOf)), PageOf: lang.T("Page %d of %d"),
		Created: c.made(), Author: c.Org, Keywords: c.State, Language: "en",
	}
}

// made is what stands for the time of making: the beginning of the as-of day, so
// that the same figures always make the same file.
func (c Cover) made() time.Time {
	if !c.AsOf.Valid() {
		return time.Time{}
	}
	return c.AsOf.Time()
}

// period is "2017-Q4, Oct 1 – Dec 31, 2017".
func (c Cover) period() string {
	if c.Period.IsAll() {
		return lang.T("All time")
	}
	if !c.Period.From.Valid() || !c.Period.To.Valid() {
		return c.Period.Name
	}
	days := c.Numbers.Day(c.Period.From) + " – " + c.Numbers.DayYear(c.Period.To-1)
	if strings.Contains(c.Period.Name, "..") {
		return days
	}
	return c.Period.Name + ", " + days
}

// asOf is "Nov 17, 2017, day 48 of 92"; the count stands only within the period.
func (c Cover) asOf() string {
	day := c.Numbers.DayYear(c.AsOf)
	if c.Period.From.Valid() && c.Period.To.Valid() && c.Period.Contains(c.AsOf) {
		return day + ", " + lang.T("day %d of %d", int(c.AsOf-c.Period.From)+1, c.Period.Days())
	}
	return day
}

// total names the row of all: the scope where there is one.
func (c Cover) total() string {
	if c.Scope != "" {
		return c.Scope
	}
	return lang.T("Total")
}

// WholeBook is how a report calls the scope of everyone.
func WholeBook() string { return lang.T("Whole book") }
