package reports

import (
	"fieldbook/app"
	"fieldbook/assets/lang"
	"fieldbook/data"
	"fieldbook/views/kit"
)

// names says what each report is called and what it says, in the order of the list.
func names() []kit.ListRow {
	row := func(key, title, says string) kit.ListRow { return kit.ListRow{Key: key, Title: title, Detail: says} }
	return []kit.ListRow{
		row(app.ReportGoal, lang.T("What the goal needs"), lang.T("What closes the gap to it")),
		row(app.ReportQuotaAttainment, lang.T("Quota and attainment"), lang.T("Who is where against quota")),
		row(app.ReportTeamPerformance, lang.T("Team performance"), lang.T("What each team won, and how")),
		row(app.ReportFunnel, lang.T("Funnel and conversion"), lang.T("Where deals get through or not")),
		row(app.ReportPipelineReview, lang.T("Pipeline review"), lang.T("What open deals need")),
		row(app.ReportForecast, lang.T("Forecast and changes"), lang.T("Where the period may end")),
		row(app.ReportWinLoss, lang.T("Win and loss"), lang.T("Why deals were won or lost")),
		row(app.ReportTerritoryPlan, lang.T("Territory plan"), lang.T("Who covers what, with a map")),
		row(app.ReportPersonScorecard, lang.T("Person scorecard"), lang.T("One person beside the team")),
		row(app.ReportRepProgress, lang.T("Rep progress"), lang.T("One person's way to the quota")),
		row(app.ReportQuotaSignoff, lang.T("Quotas to sign"), lang.T("Each quota with room to sign")),
		row(app.ReportCharts, lang.T("Charts of my choosing"), lang.T("From the menu of any chart")),
		row(app.ReportQuarterlyReview, lang.T("Quarterly review"), lang.T("All of these, bound")),
	}
}

func titleOf(report string) string {
	for _, r := range names() {
		if r.Key == report {
			return r.Title
		}
	}
	return report
}

// list is the reports and, below them, those that were saved.
func list(saved []app.SavedReport) []kit.ListRow {
	rows := append([]kit.ListRow{{Header: true, Title: lang.T("Reports")}}, names()...)
	if len(saved) > 0 {
		rows = append(rows, kit.ListRow{Header: true, Title: lang.T("Saved")})
	}
	for _, s := range saved {
		rows = append(rows, kit.ListRow{Key: s.ID.String(), Title: s.Name, Detail: titleOf(s.Report)})
	}
	return rows
}

// viewed gives options the scope and day that the title row has chosen, and its
// period where the report heeds one.
func viewed(o app.ReportOptions, v kit.View, report string) app.ReportOptions {
	o.AsOf, o.Person, o.Territory, o.Period = v.AsOf.String(), "", "", ""
	if !v.Scope.Person.IsZero() {
		o.Person = v.Scope.Person.String()
	}
	if !v.Scope.Territory.IsZero() {
		o.Territory = v.Scope.Territory.String()
	}
	if report == app.ReportTerritoryPlan {
		return o
	}
	o.Period = v.Period.Name
	if v.Period.IsAll() {
		o.Period = "all"
	}
	return o
}

// aboutOne reports whether a report is about one person, whom the title row
// must name.
func aboutOne(report string) bool {
	return report == app.ReportPersonScorecard || report == app.ReportRepProgress
}

// lacks says what a report has to be told before it has pages; "" where nothing.
func lacks(report string, o app.ReportOptions, v kit.View) string {
	switch {
	case aboutOne(report) && v.Scope.Person.IsZero():
		return lacksPerson
	case report == app.ReportCharts && len(o.Charts) == 0:
		return lacksCharts
	}
	return ""
}

const (
	lacksPerson = "person"
	lacksCharts = "charts"
)

// filterOptions are the fields to filter by.
func filterOptions() []kit.Option {
	var out []kit.Option
	for _, f := range app.ReportFilterFields() {
		out = append(out, kit.Option{Key: f, Text: kit.Capital(app.FilterWord(f))})
	}
	return out
}

// fileName is what a saved report is called unless somebody says otherwise.
func fileName(title string, day data.Day) string {
	return title + " " + day.String() + ".pdf"
}
