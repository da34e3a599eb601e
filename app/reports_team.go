package app

import (
	"context"

	"fieldbook/app/metrics"
	"fieldbook/app/report"
	"fieldbook/data"
)

// reportView is what a report is made from: the figures of its scope and day.
type reportView struct {
	ctx   context.Context // of the one call that the report is made in
	app   *App
	query ReportQuery
	cover report.Cover
	book  *factBook
	view  *metrics.View
	// segments of the market by account, for the report on wins and losses
	segments map[data.ID][]string
}

// tables computes the figures of a period by person and by manager.
func (p reportView) tables(in data.Period) (people, teams metrics.Result, err error) {
	if people, err = p.view.Compute(metrics.ByPerson, in); err == nil {
		teams, err = p.view.Compute(metrics.ByManager, in)
	}
	return people, teams, err
}

func (p reportView) quotaAttainment() (report.Doc, error) {
	in := report.QuotaAttainment{Cover: p.cover, ManagerOf: p.book.managersOn(p.query.AsOf), Share: p.book.Share(p.query.Period, p.query.AsOf)}
	var err error
	in.People, in.Teams, err = p.tables(p.query.Period)
	return in.Doc(), err
}

func (p reportView) teamPerformance() (report.Doc, error) {
	in := report.TeamPerformance{
		Cover: p.cover, ManagerOf: p.book.managersOn(p.query.AsOf), Share: p.book.Share(p.query.Period, p.query.AsOf),
		Against: report.Against(p.book.Calendar, p.query.Period, p.query.AsOf),
	}
	var err error
	if in.People, in.Teams, err = p.tables(p.query.Period); err != nil {
		return report.Doc{}, err
	}
	if in.Against != "" {
		in.PeopleBefore, in.TeamsBefore, err = p.tables(p.book.ToDate(p.query.Period, p.query.AsOf))
	}
	return in.Doc(), err
}
