package app

import (
	"context"

	"fieldbook/app/report"
)

// Paper puts the figures of a goal into words.
func (f *GoalFigures) Paper(cover report.Cover) report.Goal {
	out := report.Goal{Cover: cover, Forecast: f.Forecast, Wins: f.Wins, Total: f.Team.Total, AtRisk: f.AtRisk.counted(), Help: f.Help}
	for i := range f.Groups {
		groups := report.GoalGroups{By: f.Groups[i].By}
		for j := range f.Groups[i].Rows {
			g := &f.Groups[i].Rows[j]
			groups.Rows = append(groups.Rows, report.GoalGroup{Row: g.Row, Expected: g.Forecast(), Gap: g.Gap(), Due: g.Due.Value})
		}
		out.Groups = append(out.Groups, groups)
	}
	for _, s := range f.Stages {
		out.Stages = append(out.Stages, report.GoalStage{Name: s.Name, Chance: s.Chance, Due: s.Due.counted(), Weighted: s.Weighted, Stalled: s.Stalled.counted()})
	}
	for _, r := range f.Risks {
		out.Risks = append(out.Risks, report.GoalRisk{Name: r.Name, Owner: r.Owner, Reasons: r.Reasons, Close: r.Close, Value: r.Value})
	}
	return out
}

func (s GoalSum) counted() report.GoalDeals { return report.GoalDeals{N: len(s.Keys), Value: s.Value} }

// goalDoc is the page of a goal on paper.
func (r *Reports) goalDoc(ctx context.Context, cover report.Cover, q ReportQuery) (report.Doc, error) {
	figures, err := r.app.Performance.Goal(ctx, FigureQuery{Period: q.Period, AsOf: q.AsOf, Scope: q.Scope})
	if err != nil {
		return report.Doc{}, err
	}
	return figures.Paper(cover).Doc(), nil
}
