package app

import (
	"context"
	"strings"

	"fieldbook/app/report"
	"fieldbook/assets/lang"
	"fieldbook/data"
)

// forecastDoc is the report "forecast".
func (r *Reports) forecastDoc(ctx context.Context, cover report.Cover, q ReportQuery) (report.Doc, error) {
	figures := FigureQuery{Period: q.Period, AsOf: q.AsOf, Scope: q.Scope}
	rollup, err := r.app.Calls.Rollup(ctx, figures)
	if err != nil {
		return report.Doc{}, err
	}
	row := func(x RollupRow) report.ForecastRow {
		out := report.ForecastRow{
			Name: x.Name, Level: x.Depth, Team: x.Team, Won: x.Closed.Minor, Commit: x.Commit.Minor, BestCase: x.BestCase.Minor, Pipeline: x.Pipeline.Minor,
			Weighted: x.Weighted.Minor, Adjusted: x.Adjusted, Forecast: x.Forecast, Quota: x.Quota, HasQuota: x.HasQuota, Note: x.Note,
		}
		if x.Call != nil {
			out.Call, out.HasCall = x.Call.Amount, true
		}
		return out
	}
	f := report.ForecastReport{Cover: cover, Total: row(rollup.Total)}
	for _, x := range rollup.Rows {
		f.Rows = append(f.Rows, row(x))
	}
	panes, err := r.app.Performance.Panes(ctx, PaneQuery{
		FigureQuery: figures, Numbers: cover.Numbers, Panes: []PaneAsk{{Name: PaneCourse}, {Name: PaneChanges, Days: weekLong}}, Ahead: true, Rollup: rollup,
	})
	if err != nil {
		return report.Doc{}, err
	}
	f.Course, _ = panes[0].Spec.(report.Lines)
	f.Changes, _ = panes[1].Spec.(report.Waterfall)
	return f.Doc(), nil
}

// signoffDoc is the report "quota-signoff".
func (r *Reports) signoffDoc(ctx context.Context, cover report.Cover, q ReportQuery) (report.Doc, error) {
	terms, err := r.app.Quotas.Terms(ctx, q.Period, q.AsOf, q.Scope)
	if err != nil {
		return report.Doc{}, err
	}
	out := report.QuotaSignoff{Cover: cover}
	for _, t := range terms.People {
		if !t.HasQuota {
			continue
		}
		l := report.SignoffLine{Name: t.Name, Set: t.Set, Effective: t.Effective, Why: t.Why(cover.Numbers)}
		if t.Signed != nil {
			l.Signed = lang.T("%s for %s", cover.Numbers.DayYear(t.Signed.Day("day")), cover.Numbers.Whole(t.SignedFor))
		}
		out.Lines = append(out.Lines, l)
	}
	return out.Doc(), nil
}

// Why says in words what makes less of a quota, "" for nothing.
func (t *QuotaTerm) Why(n report.Numbers) string {
	var parts []string
	for _, r := range t.Ramps {
		parts = append(parts, lang.T("%s from %s", r.Labels["profile"], n.Day(r.Day("start_day"))))
	}
	for _, r := range t.Absences {
		parts = append(parts, lang.T("away %s – %s, %s off", n.Day(r.Day("start_day")), n.Day(r.Day("end_day")), n.Percent(r.Float("relief")/100)))
	}
	if len(parts) == 0 && t.Effective < t.Set {
		return lang.T("not in role throughout")
	}
	return strings.Join(parts, "; ")
}

// planDoc is the report "territory-plan": of the plan in force, else of the first
// draft, else of what is in force without a plan, as the day had it.
func (r *Reports) planDoc(ctx context.Context, cover report.Cover, q ReportQuery) (report.Doc, error) {
	a := r.app
	if q.AsOf < a.Today() {
		past, err := a.AsOf(ctx, q.AsOf)
		if err != nil {
			return report.Doc{}, err
		}
		defer func() { _ = past.Close() }() // it was only read
		a = past
	}
	plans, err := a.Plans.List(ctx)
	if err != nil {
		return report.Doc{}, err
	}
	id := data.NoID
	if len(plans) > 0 && plans[0].Status != data.PlanArchived {
		id = plans[0].ID
	}
	paper, err := a.Plans.paper(ctx, id, q.segment)
	if err != nil {
		return report.Doc{}, err
	}
	cover.Period = paper.cover.Period
	paper.cover = cover
	if paper.scope, err = a.planScope(ctx, q.Scope, paper); err != nil {
		return report.Doc{}, err
	}
	return paper.summary(), nil
}
