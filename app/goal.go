package app

import (
	"cmp"
	"context"
	"math"
	"slices"

	"fieldbook/app/meeting"
	"fieldbook/app/metrics"
	"fieldbook/app/report"
	"fieldbook/data"
)

// GoalFigures answer what needs to happen to hit the goal of a period: how far
// it is, what is to be expected, and what closes the gap. Amounts are minor units
// of the book's currency.
type GoalFigures struct {
	*HomeFigures
	Forecast report.GoalForecast
	Wins     report.WinsNeeded
	Groups   []GoalGroups // by team, region and territory, in this order
	Stages   []GoalStage  // where the open deals due in the period stand
	Risks    []RiskLine   // of those due, the largest first
	AtRisk   GoalSum      // all of them
	Help     []metrics.Row
}

// GoalGroups are the figures of the groups of one sort, the widest gap first.
type GoalGroups struct {
	By   metrics.By
	Rows []GoalGroup
}

// GoalGroup is a team, region or territory.
type GoalGroup struct {
	metrics.Row
	Due      GoalSum // its open deals due in the period
	Weighted int64   // of these
	Adjusted int64   // of a team: what managers made of it and of its people
}

// Forecast is what was won, what the open deals are expected to bring, and what
// managers adjusted.
func (g *GoalGroup) Forecast() int64 { return g.Credited.Minor + g.Weighted + g.Adjusted }

// Gap is what that is short of the quota, 0 where it is not or there is none.
func (g *GoalGroup) Gap() int64 {
	if !g.Quota.Set {
		return 0
	}
	return max(0, g.Quota.Minor-g.Forecast())
}

// GoalStage is a stage with the deals due in the period that stand there.
type GoalStage struct {
	Name     string
	Chance   metrics.Chance
	Due      GoalSum
	Weighted int64
	Stalled  GoalSum
}

// Lost is what will go by at the chance that the stage has.
func (s GoalStage) Lost() int64 { return s.Due.Value - s.Weighted }

// GoalSum is some deals with what they come to.
type GoalSum struct {
	Keys  []data.Key
	Value int64
}

// Add counts deals that come to a value.
func (s *GoalSum) Add(value int64, keys ...data.Key) {
	s.Keys = append(s.Keys, keys...)
	s.Value += value
}

// RiskLine is a deal due in the period with what speaks against it.
type RiskLine struct {
	DealLine
	Reasons []meeting.Reason
}

// Limits of what the page lists.
const (
	mostRisks = 5
	mostHelp  = 6
)

// Goal computes the page of a goal for a team, a region or everyone. The error
// is NotFound for a scope that the book does not hold on that day.
func (p *Performance) Goal(ctx context.Context, q FigureQuery) (*GoalFigures, error) {
	home, err := p.Home(ctx, q)
	if err != nil {
		return nil, err
	}
	roll, err := p.app.Calls.Rollup(ctx, q)
	if err != nil {
		return nil, err
	}
	out := &GoalFigures{HomeFigures: home}
	t := roll.Total
	out.Forecast = report.GoalForecast{Won: t.Closed.Minor, Weighted: t.Weighted.Minor, Adjusted: t.Adjusted, Forecast: t.Forecast, Goal: t.Quota, HasGoal: t.HasQuota}
	err = p.view(ctx, viewQuery{AsOf: q.AsOf, Scope: q.Scope}, func(b *factBook, v *metrics.View) error {
		year, err := v.Compute(metrics.ByNone, data.Period{From: v.AsOf().AddMonths(-12).AddDays(1), To: v.AsOf().AddDays(1)})
		if err != nil {
			return err
		}
		out.Wins = winsNeeded(out.Forecast.Gap(), &year.Total)
		for _, by := range []metrics.By{metrics.ByManager, metrics.ByRegion, metrics.ByTerritory} {
			var adjusted map[data.ID]int64
			if by == metrics.ByManager {
				adjusted = roll.adjustedTeams()
			}
			rows, err := goalGroups(v, by, q.Period, adjusted)
			if err != nil {
				return err
			}
			out.Groups = append(out.Groups, GoalGroups{by, rows})
		}
		return out.setDue(b, v)
	})
	if err != nil {
		return nil, err
	}
	out.Help = toHelp(home.Team.Rows, home.Team.Total.CoverageNeeded)
	lines := make([]DealLine, len(out.Risks))
	for i, r := range out.Risks {
		lines[i] = r.DealLine
	}
	err = p.app.describeDeals(ctx, lines)
	for i := range lines {
		out.Risks[i].DealLine = lines[i]
	}
	return out, err
}

// DueKeys are the open deals that are to close in the period.
func (g *GoalFigures) DueKeys() []data.Key {
	var keys []data.Key
	for _, st := range g.Stages {
		keys = append(keys, st.Due.Keys...)
	}
	return keys
}

// GoalPane makes the pane PaneGoal of figures that are there.
func (p *Performance) GoalPane(g *GoalFigures, num report.Numbers) Pane {
	out := Pane{PaneAsk: PaneAsk{Name: PaneGoal}}
	out.Spec = out.builder(PaneQuery{FigureQuery: g.FigureQuery, Numbers: num}, p.app.Book().Calendar, 0).Goal(g.Forecast, g.DueKeys())
	return out
}

// winsNeeded turns a gap into deals by what a year brought.
func winsNeeded(gap int64, year *metrics.Row) report.WinsNeeded {
	out := report.WinsNeeded{Rate: year.WinRate}
	average, ok := year.AvgWon.Value()
	rate, rated := year.WinRate.Value()
	if !ok || !rated || average < 1 || rate == 0 || year.AvgWon.N < leastForRate {
		return out
	}
	out.Known, out.Average = true, int64(math.Round(average))
	out.Won = int(math.Ceil(float64(gap) / average))
	out.Decided = int(math.Ceil(float64(out.Won) / rate))
	return out
}

// adjustedTeams is what was adjusted of each manager and of who reports to him,
// without the teams below his own; NoID has that of who reports to nobody.
func (r *Rollup) adjustedTeams() map[data.ID]int64 {
	out := map[data.ID]int64{}
	var above []data.ID // by depth
	for _, row := range r.Rows {
		above = append(above[:min(row.Depth, len(above))], row.Person)
		switch top := row.Depth == 0; {
		case row.Team:
			out[row.Person] += row.Adjusted
			if !top {
				out[above[row.Depth-1]] -= row.Adjusted
			}
		case top:
			out[data.NoID] += row.Adjusted
		}
	}
	return out
}

// goalGroups are the figures of one grouping with what was adjusted of each, the
// widest gap first. Of territories only those without any below them stand in it.
func goalGroups(v *metrics.View, by metrics.By, in data.Period, adjusted map[data.ID]int64) ([]GoalGroup, error) {
	figures, err := v.Compute(by, in)
	if err != nil {
		return nil, err
	}
	at := map[int32]*GoalGroup{}
	heads, err := v.PlacedOpen(by, func(p *metrics.Placed) {
		if !v.DueIn(p.Standing, in) {
			return
		}
		d := at[p.Position]
		if d == nil {
			d = &GoalGroup{}
			at[p.Position] = d
		}
		d.Due.Add(p.Value, p.Key)
		d.Weighted += p.Weighted
	})
	if err != nil {
		return nil, err
	}
	span := map[metrics.Heading]metrics.Heading{}
	for _, h := range heads.Rows {
		span[metrics.Heading{Key: h.Key, ID: h.ID}] = h
	}
	var out []GoalGroup
	for _, row := range figures.Rows {
		h := span[metrics.Heading{Key: row.Key, ID: row.ID}]
		if by == metrics.ByTerritory && h.To > h.From+1 {
			continue
		}
		g := GoalGroup{Row: row, Adjusted: adjusted[row.ID]}
		for i := h.From; i < h.To; i++ {
			if d := at[i]; d != nil {
				g.Due.Add(d.Due.Value, d.Due.Keys...)
				g.Weighted += d.Weighted
			}
		}
		if g.Quota.Set || g.Credited.Minor != 0 || g.Adjusted != 0 || len(g.Due.Keys) > 0 {
			out = append(out, g)
		}
	}
	slices.SortStableFunc(out, func(a, b GoalGroup) int {
		return cmp.Or(cmp.Compare(b.Gap(), a.Gap()), cmp.Compare(b.Due.Value, a.Due.Value), cmp.Compare(a.Key, b.Key))
	})
	return out, nil
}

// setDue looks once at every open deal due in the period: where it stands, and
// what speaks against it.
func (g *GoalFigures) setDue(b *factBook, v *metrics.View) error {
	whole, err := b.view(metrics.Query{AsOf: v.AsOf()}, true)
	if err != nil {
		return err
	}
	stalls, chances := whole.Stalls(), v.Chances()
	stages := make([]GoalStage, len(b.Stages))
	var deals []meeting.Deal
	lines := map[data.Key]DealLine{}
	v.EachOpen(func(s metrics.Standing) {
		if !v.DueIn(s, g.Period) {
			return
		}
		d := reviewedDeal(b, s, stalls)
		d.Before, d.Was = d.Now, true // what changed is for the review to say
		deals = append(deals, d)
		lines[s.Key] = b.dealLine(s)
		if s.Stage == metrics.None {
			return
		}
		st := &stages[s.Stage]
		st.Due.Add(s.Value, s.Key)
		st.Weighted += chances[s.Stage].Weigh(s.Value)
		if d.Stalled > 0 {
			st.Stalled.Add(s.Value, s.Key)
		}
	})
	for _, shape := range v.OpenByStage(data.AllTime) {
		if st := stages[shape.Stage]; len(st.Due.Keys) > 0 {
			st.Name, st.Chance = shape.Name, chances[shape.Stage]
			g.Stages = append(g.Stages, st)
		}
	}
	for _, item := range meeting.Make(deals, meeting.Options{Day: v.AsOf(), Period: g.Period}).Items {
		reasons := slices.DeleteFunc(item.Reasons, func(r meeting.Reason) bool { return r == meeting.Large })
		if len(reasons) == 0 {
			continue
		}
		g.AtRisk.Add(item.Now.Value, item.Key)
		g.Risks = append(g.Risks, RiskLine{lines[item.Key], reasons})
	}
	slices.SortFunc(g.Risks, func(x, y RiskLine) int { return cmp.Or(cmp.Compare(y.Value, x.Value), cmp.Compare(x.Key, y.Key)) })
	g.Risks = g.Risks[:min(len(g.Risks), mostRisks)]
	return nil
}

// toHelp are people behind their pace whose open deals do not cover what is left
// at the win rate that the whole has, the widest shortfall first.
func toHelp(rows []metrics.Row, needed metrics.Ratio) []metrics.Row {
	need, known := needed.Value()
	out := slices.DeleteFunc(slices.Clone(rows), func(r metrics.Row) bool {
		pace, paced := r.Pace.Value()
		coverage, covered := r.Coverage.Value()
		return r.ID.IsZero() || !paced || pace >= 1 || r.Met || known && covered && coverage >= need
	})
	short := func(r metrics.Row) int64 { return r.Quota.Minor - r.Credited.Minor }
	slices.SortFunc(out, func(a, b metrics.Row) int {
		return cmp.Or(cmp.Compare(short(b), short(a)), cmp.Compare(a.Key, b.Key))
	})
	return out[:min(len(out), mostHelp)]
}
