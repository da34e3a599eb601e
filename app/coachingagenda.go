package app

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"

	"fieldbook/app/metrics"
	"fieldbook/app/report"
	"fieldbook/data"
)

// Agenda is what a talk with a person would be about, made from the book.
type Agenda struct {
	Stalled []DealLine // the largest first
	NoStep  []DealLine // open deals with neither a next step nor anything planned, the largest first
	Dates   []AgendaDate
}

// AgendaDate is something that comes up for a person, or is late.
type AgendaDate struct {
	Day  data.Day
	Kind string // of the record behind it; a person's own for an anniversary
	ID   data.ID
	What string // its name; the number of years of an anniversary
	Late bool
}

// What an agenda looks at.
const (
	agendaDeals = 5  // of each sort
	agendaAhead = 30 // days
)

func (c *Coaching) agenda(ctx context.Context, page *CoachingPage, q FigureQuery) (Agenda, error) {
	var out Agenda
	person := page.Row.ID
	scope := data.Scope{Person: person}
	err := c.app.Performance.view(ctx, viewQuery{AsOf: q.AsOf, Scope: scope}, func(b *factBook, v *metrics.View) error {
		whole, err := b.view(metrics.Query{AsOf: v.AsOf()}, true)
		if err != nil {
			return err
		}
		stalls := whole.Stalls()
		v.EachOpen(func(s metrics.Standing) {
			line := b.dealLine(s)
			if line.Days = stalls.Days(s.Place); line.Days > 0 {
				out.Stalled = first(out.Stalled, line, agendaDeals, largestFirst)
			} else if s.Deal.Flags&metrics.Planned == 0 {
				out.NoStep = first(out.NoStep, line, agendaDeals, largestFirst)
			}
		})
		return nil
	})
	if data.KindOf(err) == data.NotFound && err != nil {
		return out, nil // somebody who came after the day looked from has no deals on it
	}
	if err == nil {
		err = c.app.describeDeals(ctx, out.Stalled, out.NoStep)
	}
	if err != nil {
		return out, err
	}
	out.Dates, err = c.dates(ctx, page.Row, q.AsOf)
	return out, err
}

func largestFirst(x, y DealLine) int {
	return cmp.Or(cmp.Compare(y.Value, x.Value), cmp.Compare(x.Key, y.Key))
}

// dates finds anniversaries of the hire, tasks and trainings that are near or late.
func (c *Coaching) dates(ctx context.Context, person data.Row, today data.Day) ([]AgendaDate, error) {
	var out []AgendaDate
	if hired := person.Day("hire_day"); hired.Valid() && hired < today {
		for years := 1; ; years++ {
			day := hired.AddMonths(12 * years)
			if day > today+agendaAhead {
				break
			}
			if day >= today {
				out = append(out, AgendaDate{Day: day, Kind: data.KindPerson, ID: person.ID, What: fmt.Sprint(years)})
			}
		}
	}
	for _, kind := range []string{data.KindOnboardingTask, data.KindTraining} {
		q := data.Query{Kind: kind, Where: []data.Filter{{Field: "person", Test: data.Is, Values: []data.Value{person.ID}}, {Field: "done_day", Test: data.Blank}}}
		err := c.app.store.Each(ctx, q, func(r data.Row) error {
			if due := r.Day("due_day"); due.Valid() && due <= today+agendaAhead {
				out = append(out, AgendaDate{Day: due, Kind: kind, ID: r.ID, What: cmp.Or(r.Labels["module"], r.Title()), Late: due < today})
			}
			return nil
		})
		if err != nil {
			return nil, err
		}
	}
	slices.SortStableFunc(out, func(a, b AgendaDate) int { return cmp.Compare(a.Day, b.Day) })
	return out, nil
}

// Lines writes an agenda as the text of a one-on-one begins: what to talk of, a
// line each, which whoever holds it can change.
func (p *CoachingPage) Lines(n report.Numbers) string {
	var lines []string
	for _, c := range p.Commitments {
		if IsOpenPromise(c.Row) {
			lines = append(lines, report.AgendaPromise(c.Row.Title(), n.Day(c.Row.Day("due_day")), c.Late))
		}
	}
	for _, d := range p.Agenda.Stalled {
		lines = append(lines, report.AgendaStalled(d.Name, d.Stage, d.Days))
	}
	for _, d := range p.Agenda.NoStep {
		lines = append(lines, report.AgendaNoStep(d.Name, d.Stage))
	}
	for _, d := range p.Agenda.Dates {
		lines = append(lines, DateText(d)+", "+n.Day(d.Day))
	}
	return strings.Join(lines, "\n")
}

// DateText says what a date of the agenda is.
func DateText(d AgendaDate) string {
	switch d.Kind {
	case data.KindPerson:
		return report.AgendaYears(d.What)
	case data.KindTraining:
		return report.AgendaTraining(d.What, d.Late)
	}
	return report.AgendaTask(d.What, d.Late)
}
