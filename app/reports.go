package app

import (
	"context"
	"image"
	"path/filepath"
	"strings"

	"fieldbook/app/metrics"
	"fieldbook/app/pdf"
	"fieldbook/app/report"
	"fieldbook/data"
)

// Names of the reports.
const (
	ReportQuotaAttainment = "quota-attainment"
	ReportFunnel          = "funnel"
	ReportForecast        = "forecast"
	ReportTerritoryPlan   = "territory-plan"
	ReportTeamPerformance = "team-performance"
	ReportWinLoss         = "win-loss"
	ReportPipelineReview  = "pipeline-review"
	ReportPersonScorecard = "person-scorecard"
	ReportRepProgress     = "rep-progress"
	ReportQuarterlyReview = "quarterly-review"
	ReportQuotaSignoff    = "quota-signoff"
	ReportGoal            = "goal"
	ReportCharts          = "charts"
)

// Reports makes documents of the book's figures.
type Reports struct{ app *App }

// ReportQuery asks for one report.
type ReportQuery struct {
	Name    string
	Period  data.Period
	AsOf    data.Day
	Scope   data.Scope
	Filters []ReportFilter
	Charts  []ReportChart // of the report of charts
	Title   string        // of the report of charts, "" for its own
	Page    pdf.Page      // the paper that it is set on
	Logo    *image.RGBA   // nil for Fieldbook's mark
	Notes   string        // a paragraph a line

	segment Segment // what Filters mean
}

// ReportNames lists the reports.
func ReportNames() []string {
	return []string{
		ReportGoal, ReportQuotaAttainment, ReportTeamPerformance, ReportFunnel, ReportPipelineReview, ReportForecast, ReportWinLoss, ReportTerritoryPlan,
		ReportPersonScorecard, ReportRepProgress, ReportQuotaSignoff, ReportCharts, ReportQuarterlyReview,
	}
}

// DefaultPeriod is the period of a report for who names none: the quarter of the
// day where results are held against a quota, the year for wins and losses
// and for a scorecard, else all time.
func (r *Reports) DefaultPeriod(name string, asOf data.Day) data.Period {
	switch name {
	case ReportGoal, ReportQuotaAttainment, ReportTeamPerformance, ReportForecast, ReportPipelineReview, ReportRepProgress, ReportQuarterlyReview, ReportCharts:
		return r.app.Book().Calendar.QuarterOf(asOf)
	case ReportWinLoss, ReportPersonScorecard, ReportQuotaSignoff:
		return r.app.Book().Calendar.YearOf(asOf)
	}
	return data.AllTime
}

// Doc builds a report. The error is Invalid for an unknown report, NotFound
// for a scope that is not in the book.
func (r *Reports) Doc(ctx context.Context, q ReportQuery) (report.Doc, error) {
	if q.Name == ReportPersonScorecard || q.Name == ReportRepProgress {
		q.Scope.Team = false
	}
	var err error
	if q.segment, err = r.app.segmentOf(ctx, q.Filters); err != nil {
		return report.Doc{}, err
	}
	cover, err := r.cover(ctx, q)
	if err != nil {
		return report.Doc{}, err
	}
	if len(q.Filters) > 0 && !Filterable(q.Name) {
		return report.Doc{}, data.FieldErrorf("where", "the report %s is not made of single deals; leave out the filters", q.Name)
	}
	switch q.Name {
	case ReportGoal:
		return r.goalDoc(ctx, cover, q)
	case ReportForecast:
		return r.forecastDoc(ctx, cover, q)
	case ReportTerritoryPlan:
		return r.planDoc(ctx, cover, q)
	case ReportQuotaSignoff:
		return r.signoffDoc(ctx, cover, q)
	case ReportCharts:
		return r.chartsDoc(ctx, cover, q)
	case ReportQuarterlyReview:
		return report.Doc{}, data.FieldErrorf("name", "the quarterly review is bound of other reports")
	}
	var segments map[data.ID][]string
	if q.Name == ReportWinLoss {
		if segments, err = r.app.Market.accountSegments(ctx); err != nil {
			return report.Doc{}, err
		}
	}
	var doc report.Doc
	err = r.app.Performance.view(ctx, viewQuery{AsOf: q.AsOf, Scope: q.Scope, Filter: q.segment}, func(b *factBook, v *metrics.View) error {
		var err error
		doc, err = reportView{ctx: ctx, app: r.app, query: q, cover: cover, book: b, view: v, segments: segments}.doc()
		return err
	})
	return doc, err
}

// doc builds the report that was asked for, where it is made of figures.
func (p reportView) doc() (report.Doc, error) {
	switch p.query.Name {
	case ReportQuotaAttainment:
		return p.quotaAttainment()
	case ReportTeamPerformance:
		return p.teamPerformance()
	case ReportWinLoss:
		return p.winLoss()
	case ReportPipelineReview:
		return p.pipelineReview()
	case ReportPersonScorecard:
		done, err := p.activities()
		if err != nil {
			return report.Doc{}, err
		}
		return p.scorecard(done)
	case ReportRepProgress:
		return p.repProgress()
	case ReportFunnel:
		return report.FunnelReport{Cover: p.cover, Funnels: p.view.Journey(p.query.Period, metrics.CreatedIn).Funnels, Cohort: p.view.CohortRate(p.query.Period)}.Doc(), nil
	}
	return report.Doc{}, data.FieldErrorf("name", "%q is not a report; the reports are %s", p.query.Name, strings.Join(ReportNames(), ", "))
}

// Filterable reports whether a report heeds filters.
func Filterable(name string) bool {
	return name != ReportForecast && name != ReportQuotaSignoff && name != ReportGoal
}

// Paper sets a report on pages.
func (r *Reports) Paper(ctx context.Context, q ReportQuery) (*pdf.Paper, error) {
	if q.Name == ReportQuarterlyReview {
		return r.review(ctx, q)
	}
	doc, err := r.Doc(ctx, q)
	if err != nil {
		return nil, err
	}
	return pdf.Set(doc, q.Page), nil
}

// Write sets a report on paper: a file ending in .pdf, .png or .svg, whole or
// not at all.
func (r *Reports) Write(ctx context.Context, q ReportQuery, path string) error {
	ending := strings.ToLower(filepath.Ext(path))
	if q.Name == ReportQuarterlyReview && ending != ".pdf" {
		return data.FieldErrorf("out", "the quarterly review is bound as PDF; name a file ending in .pdf")
	}
	paper, err := r.Paper(ctx, q)
	if err != nil {
		return err
	}
	var out []byte
	switch ending {
	case ".pdf":
		out, err = paper.PDF()
	case ".png":
		out, err = paper.PNG(2)
	case ".svg":
		out, err = paper.SVG()
	default:
		err = data.FieldErrorf("out", "%s must end in .pdf, .png or .svg", path)
	}
	if err != nil {
		return err
	}
	return WriteBytes(path, out)
}

// cover is what the report says of the book, its reader and its scope.
func (r *Reports) cover(ctx context.Context, q ReportQuery) (report.Cover, error) {
	book := r.app.Book()
	c := report.Cover{
		Org: book.Name, Numbers: report.Numbers{Currency: book.Currency, Symbol: symbols[book.Currency]},
		Period: q.Period, AsOf: q.AsOf, Logo: q.Logo, Notes: q.Notes,
	}
	state, err := r.app.State(ctx)
	if err != nil {
		return c, err
	}
	c.Fingerprint, c.State = state.Fingerprint(), state.String()
	if c.Scope, err = r.app.scopeName(ctx, q.Scope); err != nil {
		return c, err
	}
	c.Filters, err = r.app.filterWords(ctx, q.Filters)
	return c, err
}

// symbols are those that one currency alone is known by.
var symbols = map[data.Currency]string{"USD": "$", "EUR": "€", "GBP": "£", "INR": "₹"}

// managersOn gives the place of each person's manager on a day.
func (b *factBook) managersOn(day data.Day) map[int32]int32 {
	out := map[int32]int32{}
	for i := range b.People {
		for _, span := range b.People[i].Managers {
			if span.From <= day {
				out[int32(i)] = span.To
			}
		}
	}
	return out
}

// FindScope finds whose records are meant by a name or id: a person with the
// whole team, or a territory with all below it. Nothing is everyone. The error
// is NotFound, or Ambiguous where several have that name.
func (a *App) FindScope(ctx context.Context, text string) (data.Scope, error) {
	if strings.TrimSpace(text) == "" {
		return data.Everyone, nil
	}
	person, noPerson := a.Records.Find(ctx, data.KindPerson, text)
	if noPerson != nil && data.KindOf(noPerson) != data.NotFound {
		return data.Everyone, noPerson
	}
	territory, noTerritory := a.Records.Find(ctx, data.KindTerritory, text)
	if noTerritory != nil && data.KindOf(noTerritory) != data.NotFound {
		return data.Everyone, noTerritory
	}
	switch {
	case noPerson != nil && noTerritory != nil:
		return data.Everyone, data.Errorf(data.NotFound, "there is neither a person nor a territory %q in this book", text)
	case noPerson == nil && noTerritory == nil:
		return data.Everyone, data.Errorf(data.Ambiguous, "a person and a territory are called %q; name one by its id", text)
	case noPerson == nil:
		return data.Scope{Person: person.ID, Team: true}, nil
	}
	return data.Scope{Territory: territory.ID}, nil
}

// scopeName is how people call a scope; empty for everyone.
func (a *App) scopeName(ctx context.Context, s data.Scope) (string, error) {
	kind, id := data.KindTerritory, s.Territory
	if id.IsZero() {
		kind, id = data.KindPerson, s.Person
	}
	if id.IsZero() {
		return "", nil
	}
	row, err := a.Records.Get(ctx, kind, id)
	return row.Title(), err
}
