// Package visits is the arithmetic of calling on customers: how many hours a
// year accounts ask for, which of them are due in a week, and in which order a
// day goes round them. It is pure: everything comes as arguments.
package visits

import (
	"encoding/json"
	"slices"
	"strings"

	"fieldbook/data"
)

// Class says how often accounts of a class are visited, and how long.
type Class struct {
	Name       string  `json:"name"`
	VisitsYear float64 `json:"visits_year"`
	Minutes    float64 `json:"minutes"` // of one visit, without the drive
}

// Model is what workload is reckoned with.
type Model struct {
	Classes   []Class `json:"classes"`
	Other     string  `json:"other"` // class of accounts that have none, or one that is not listed; "" leaves them unvisited
	SpeedKmh  float64 `json:"speed_kmh"`
	Circuity  float64 `json:"circuity"`   // road kilometres to one as the crow flies
	WeeksYear float64 `json:"weeks_year"` // weeks with visits
	DayHours  float64 `json:"day_hours"`  // from leaving home to coming back
	DaysWeek  int     `json:"days_week"`  // from Monday on
	DayStart  float64 `json:"day_start"`  // hour of the day, 8.5 for half past eight
}

// Default is the model of a book that has none of its own. Roads are a third
// longer than straight lines on average: 1.3 is the middle of what is found for
// road networks (1.2 in the United States, 1.4 in Europe: Ballou, Rahardja and
// Sakai 2002, Transportation Research A 36, 843–848).
func Default() Model {
	return Model{
		Classes: []Class{{"A", 24, 60}, {"B", 12, 45}, {"C", 4, 30}},
		Other:   "C", SpeedKmh: 60, Circuity: 1.3, WeeksYear: 46, DayHours: 8, DaysWeek: 5, DayStart: 8,
	}
}

// Validate is Invalid, with the field, where a number makes no sense.
func (m Model) Validate() error {
	seen := map[string]bool{}
	for _, c := range m.Classes {
		name := fold(c.Name)
		switch {
		case name == "":
			return data.FieldErrorf("classes", "A visit class needs a name; call it A, B or C")
		case seen[name]:
			return data.FieldErrorf("classes", "Two visit classes are called %s; give each a name of its own", c.Name)
		case outside(c.VisitsYear, 0, 366):
			return data.FieldErrorf("classes", "Class %s has %g visits a year; write a number from 0 to 366", c.Name, c.VisitsYear)
		case outside(c.Minutes, 0, 24*60):
			return data.FieldErrorf("classes", "A visit of class %s takes %g minutes; write a number from 0 to 1440", c.Name, c.Minutes)
		}
		seen[name] = true
	}
	if m.Other != "" && !seen[fold(m.Other)] {
		return data.FieldErrorf("other", "Accounts without a class count as %s, which is no class; name one of the list or leave it blank", m.Other)
	}
	for _, x := range []struct {
		field, words string
		value        float64
		least, most  float64
	}{
		{"speed_kmh", "Speed in km/h", m.SpeedKmh, 5, 200},
		{"circuity", "Circuity (road length to straight line)", m.Circuity, 1, 5},
		{"weeks_year", "Working weeks a year", m.WeeksYear, 1, 53},
		{"day_hours", "Hours a day", m.DayHours, 1, 16},
		{"days_week", "Days a week", float64(m.DaysWeek), 1, 7},
		{"day_start", "Start of the day", m.DayStart, 0, 23},
	} {
		if outside(x.value, x.least, x.most) {
			return data.FieldErrorf(x.field, "%s cannot be %g; write a number from %g to %g", x.words, x.value, x.least, x.most)
		}
	}
	return nil
}

// outside is true for what is no number, too.
func outside(x, least, most float64) bool { return !(x >= least && x <= most) }

func fold(name string) string { return strings.ToLower(strings.TrimSpace(name)) }

// Class finds how accounts of a class are visited: by its name in any case, "A"
// and "class a" alike, else as Model.Other. The name of the class found is "" and
// its figures 0 for accounts that nobody visits.
func (m Model) Class(name string) Class {
	name = strings.TrimPrefix(fold(name), "class ")
	for _, want := range []string{strings.TrimSpace(name), fold(m.Other)} {
		if i := slices.IndexFunc(m.Classes, func(c Class) bool { return fold(c.Name) == want }); i >= 0 && want != "" {
			return m.Classes[i]
		}
	}
	return Class{}
}

// Capacity is the hours a week of a person who has said how many, else those of
// the model's days.
func (m Model) Capacity(weeklyHours float64) float64 {
	if weeklyHours > 0 {
		return weeklyHours
	}
	return m.DayHours * float64(m.DaysWeek)
}

// finder is Class that remembers, for many accounts.
func (m Model) finder() func(Stop) Class {
	known := map[string]Class{}
	return func(s Stop) Class {
		c, ok := known[s.Class]
		if !ok {
			c = m.Class(s.Class)
			known[s.Class] = c
		}
		if s.Minutes > 0 {
			c.Minutes = s.Minutes
		}
		return c
	}
}

// Text writes a model as Parse reads it.
func (m Model) Text() string {
	text, err := json.Marshal(m)
	if err != nil { // a number that is none, which Validate refuses
		return ""
	}
	return string(text)
}

// Parse reads a model. Nothing is the default, what is missing is as in it. The
// error is Invalid.
func Parse(text string) (Model, error) {
	m := Default()
	if strings.TrimSpace(text) == "" {
		return m, nil
	}
	classes := m.Classes
	m.Classes = nil
	if err := json.Unmarshal([]byte(text), &m); err != nil {
		return Default(), data.Wrap(data.Invalid, err, "How this book reckons visits cannot be read; nothing was changed. Set it anew")
	}
	if m.Classes == nil {
		m.Classes = classes
	}
	if err := m.Validate(); err != nil {
		return Default(), err
	}
	return m, nil
}
