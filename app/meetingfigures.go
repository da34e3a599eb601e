package app

import (
	"cmp"
	"context"
	"slices"

	"fieldbook/app/metrics"
	"fieldbook/app/report"
	"fieldbook/data"
)

// leadingFigures move before the result does; laggingFigures are the result.
var (
	leadingFigures = []metrics.Watch{
		metrics.WatchNewPipeline, metrics.WatchNewDeals, metrics.WatchMoves, metrics.WatchSteps,
		metrics.WatchActivities, metrics.WatchCalls, metrics.WatchMeetings, metrics.WatchVisits,
	}
	laggingFigures = []metrics.Watch{
		metrics.WatchAttainment, metrics.WatchWonValue, metrics.WatchWonDeals, metrics.WatchWinRate, metrics.WatchDealSize, metrics.WatchCycle, metrics.WatchForecastCall,
	}
)

// Discussion is what a performance discussion looks at.
type Discussion struct {
	Scope          data.Scope
	Period, Before data.Period // the month that is spoken of, and the one before
	AsOf           data.Day
	Currency       data.Currency
	Leading        []report.WatchLine
	Lagging        []report.WatchLine
	People         []DiscussionPerson // of the scope, those with figures, by name
}

// DiscussionPerson is somebody of the scope.
type DiscussionPerson struct {
	ID      data.ID
	Name    string
	Figures metrics.Watched
}

// DiscussionPeriod is the month that a discussion on a day speaks of: the one
// before, in its first week, else the running one.
func DiscussionPeriod(cal data.Calendar, day data.Day) data.Period {
	return cal.MonthOf(day.AddDays(-7))
}

// Discussion reads the figures of a scope for a discussion on a day.
func (m *Meetings) Discussion(ctx context.Context, scope data.Scope, day data.Day) (*Discussion, error) {
	if day <= 0 {
		day = m.app.Today()
	}
	cal := m.app.Book().Calendar
	d := &Discussion{Scope: scope, Period: DiscussionPeriod(cal, day), AsOf: day}
	d.Before = cal.Before(d.Period)
	people, err := m.app.ScopePeople(ctx, scope)
	if err != nil {
		return nil, err
	}
	figures, err := m.app.Performance.WatchedIn(ctx, WatchedQuery{People: people, AsOf: day}, d.Period, d.Before)
	if err != nil {
		return nil, err
	}
	d.Currency = figures[0].Currency
	targets, err := m.targets(ctx, people, d.Period)
	if err != nil {
		return nil, err
	}
	line := func(w metrics.Watch) report.WatchLine {
		l := report.WatchLine{Watch: w, Now: figures[0].Total[w], Before: figures[1].Total[w]}
		l.Target, l.HasTarget = targets[w]
		if quota := figures[0].Total[metrics.WatchAttainment].Den; w == metrics.WatchWonValue && !l.HasTarget && quota > 0 {
			l.Target, l.HasTarget = quota, true
		}
		if w == metrics.WatchAttainment && !l.HasTarget && l.Now.Den > 0 {
			l.Target, l.HasTarget = 1, true
		}
		return l
	}
	for _, w := range leadingFigures {
		d.Leading = append(d.Leading, line(w))
	}
	for _, w := range laggingFigures {
		d.Lagging = append(d.Lagging, line(w))
	}
	return d, m.people(ctx, d, figures[0])
}

// targets adds up what the people are to reach in the month, by figure; what
// is no sum counts only where one person is spoken of.
func (m *Meetings) targets(ctx context.Context, people []data.ID, in data.Period) (map[metrics.Watch]float64, error) {
	where := append(ofPeople("person", people), data.Filter{Field: "person", Test: data.Filled}, data.Filter{Field: "month", Test: data.Between, Values: []data.Value{in.From, in.To}})
	out, of := map[metrics.Watch]float64{}, map[metrics.Watch]int{}
	err := m.app.store.Each(ctx, data.Query{Kind: data.KindTarget, Where: where}, func(r data.Row) error {
		w, known := metrics.WatchNamed(r.Text("measure"))
		if !known {
			return nil
		}
		of[w]++
		out[w] += w.Raw(r.Float("target"), m.app.Book().Currency)
		return nil
	})
	for w, n := range of {
		if n > 1 && !w.IsSum() {
			delete(out, w)
		}
	}
	return out, err
}

// people lists those of the scope of whom there is anything to say.
func (m *Meetings) people(ctx context.Context, d *Discussion, figures *WatchedFigures) error {
	ids := make([]data.ID, 0, len(figures.People))
	for id, w := range figures.People {
		if w[metrics.WatchActivities].Num+w[metrics.WatchNewDeals].Num+w[metrics.WatchMoves].Num+w[metrics.WatchWonDeals].Num+w[metrics.WatchAttainment].Den > 0 {
			ids = append(ids, id)
		}
	}
	rows, err := m.app.rowsByID(ctx, data.KindPerson, ids)
	for _, r := range rows {
		d.People = append(d.People, DiscussionPerson{r.ID, r.Title(), figures.People[r.ID]})
	}
	slices.SortFunc(d.People, func(a, b DiscussionPerson) int {
		return cmp.Or(cmp.Compare(a.Name, b.Name), slices.Compare(a.ID[:], b.ID[:]))
	})
	return err
}
