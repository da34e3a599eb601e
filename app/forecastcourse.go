package app

import (
	"context"
	"maps"
	"slices"

	"fieldbook/app/metrics"
	"fieldbook/app/report"
	"fieldbook/data"
)

// CourseQuery asks for the chart of what was won in a period so far and where its
// forecast ends.
type CourseQuery struct {
	FigureQuery
	Numbers  report.Numbers
	Forecast int64  // of the roll-up's total
	Against  string // a period whose course stands beside it, see PaneAsk
	Band     Band   // where the book's history lets it end, if that is known
}

// Course makes that chart.
func (c *Calls) Course(ctx context.Context, q CourseQuery) (report.Lines, error) {
	s := report.ForecastCourse{
		Numbers: q.Numbers, Calendar: c.app.Book().Calendar, Period: q.Period, AsOf: q.AsOf, Forecast: q.Forecast,
		HasBand: q.Band.Known, P10: q.Band.P10, P50: q.Band.P50, P90: q.Band.P90,
	}
	if q.Band.HasOdds {
		s.Odds = report.OddsOfQuota(q.Numbers, q.Band.Odds)
	}
	err := c.app.Performance.view(ctx, viewQuery{AsOf: q.AsOf, Scope: q.Scope}, func(_ *factBook, v *metrics.View) error {
		s.Running = v.RunningTotal(q.Period)
		s.Past, s.PastName = runningBefore(s.Calendar, v, q.Period, q.Against)
		return nil
	})
	return s.Lines(), err
}

// runningBefore is what was won, day by day, in a period that another is compared
// with, and what that is called; nothing where it is compared with none.
func runningBefore(calendar data.Calendar, v *metrics.View, in data.Period, against string) ([]int64, string) {
	then, name, ok := wholeBefore(calendar, in, against)
	if !ok || against == "" {
		return nil, ""
	}
	return v.RunningTotal(then).This, name
}

// wholeBefore is the whole of the period before, or of the same days a year
// earlier, and what it is called; false where a period has no bounds.
func wholeBefore(calendar data.Calendar, in data.Period, against string) (then data.Period, name string, ok bool) {
	switch {
	case !in.From.Valid() || !in.To.Valid():
		return in, "", false
	case against == AgainstYear:
		return calendar.Range(in.From.AddMonths(-12), in.To.AddMonths(-12)), report.YearBefore(in), true
	}
	return calendar.Before(in), report.Against(calendar, in, in.To), true
}

// course makes the pane of that chart.
func (c *Calls) course(ctx context.Context, q PaneQuery, against string) (report.Spec, error) {
	var err error
	rollup := q.Rollup
	if rollup == nil {
		if rollup, err = c.Rollup(ctx, q.FigureQuery); err != nil {
			return nil, err
		}
	}
	course := CourseQuery{FigureQuery: q.FigureQuery, Numbers: q.Numbers, Forecast: rollup.Total.Forecast, Against: against}
	if q.Ahead {
		if course.Band, err = c.Band(ctx, q.FigureQuery, rollup); err != nil {
			return nil, err
		}
	}
	return c.Course(ctx, course)
}

// Band is what the book's history says of where a period ends.
type Band struct {
	Known         bool
	P10, P50, P90 int64
	Odds          float64 // of the quota, with HasOdds
	HasOdds       bool
	Verdict       string              // how such forecasts did before
	People        map[data.ID]float64 // the odds of those with a quota, theirs alone
	Teams         map[data.ID]float64 // those of teams, by who leads them
}

// Band forecasts the period of a query whose roll-up is given; it takes seconds
// in a large book. For a period without an end, or one that is over, nothing is
// known.
func (c *Calls) Band(ctx context.Context, q FigureQuery, of *Rollup) (Band, error) {
	if !q.Period.From.Valid() || !q.Period.To.Valid() || q.Period.To <= q.AsOf+1 {
		return Band{}, nil
	}
	told, err := c.app.Forecasts.Period(ctx, ForecastQuery{Period: q.Period, AsOf: q.AsOf, Scope: q.Scope, By: metrics.ByPerson, Teams: of.teams()})
	if err != nil {
		return Band{}, err
	}
	people, teams := map[data.ID]float64{}, map[data.ID]float64{}
	for _, r := range told.Rows {
		if told.Known && r.HasOdds {
			people[r.ID] = r.Odds
		}
	}
	for i, t := range told.Teams {
		if told.Known && t.HasOdds {
			teams[told.ForecastQuery.Teams[i].Leader] = t.Odds
		}
	}
	l := told.Total
	return Band{told.Known, l.Whole.P10, l.Whole.P50, l.Whole.P90, l.Odds, l.HasOdds, told.Verdict, people, teams}, nil
}

// teams are those of a roll-up, each with all below it.
func (r *Rollup) teams() []Team {
	var out []Team
	for i := range r.Rows {
		row := &r.Rows[i]
		if !row.Team {
			continue
		}
		t := Team{Leader: row.Person, Quota: row.Quota, HasQuota: row.HasQuota}
		for j := i + 1; j < len(r.Rows) && r.Rows[j].Depth > row.Depth; j++ {
			if !r.Rows[j].Team {
				t.People = append(t.People, r.Rows[j].Person)
			}
		}
		out = append(out, t)
	}
	return out
}

// Due lists the open deals of a scope that are to close in a period.
func (c *Calls) Due(ctx context.Context, q FigureQuery) ([]data.Key, error) {
	var out []data.Key
	err := c.app.Performance.view(ctx, viewQuery{AsOf: q.AsOf, Scope: q.Scope}, func(_ *factBook, v *metrics.View) error {
		out = slices.Sorted(maps.Keys(v.Due(q.Period).Values))
		return nil
	})
	return out, err
}
