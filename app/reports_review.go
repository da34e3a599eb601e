package app

import (
	"context"

	"fieldbook/app/metrics"
	"fieldbook/app/pdf"
	"fieldbook/app/report"
	"fieldbook/data"
)

// bound are the reports of the quarterly review, before the scorecards.
var bound = [...]string{
	ReportQuotaAttainment, ReportTeamPerformance, ReportFunnel, ReportForecast, ReportPipelineReview, ReportWinLoss, ReportTerritoryPlan,
}

// review binds the reports of a period with a scorecard for each person
// behind a cover with their pages. A book without a plan has no report on one.
func (r *Reports) review(ctx context.Context, q ReportQuery) (*pdf.Paper, error) {
	var err error
	if q.segment, err = r.app.segmentOf(ctx, q.Filters); err != nil {
		return nil, err
	}
	cover, err := r.cover(ctx, q)
	if err != nil {
		return nil, err
	}
	front := report.Review{Cover: cover}
	var docs []report.Doc
	add := func(doc report.Doc, level int) {
		docs = append(docs, doc)
		front.Parts = append(front.Parts, report.Part{Title: doc.Title, Level: level})
	}
	for _, name := range bound {
		part := q
		part.Name, part.Notes = name, "" // they stand on the cover
		if !Filterable(name) {
			part.Filters = nil // and its head says so
		}
		doc, err := r.Doc(ctx, part)
		if name == ReportTerritoryPlan && (data.KindOf(err) == data.NotFound || data.KindOf(err) == data.Refused) {
			continue
		}
		if err != nil {
			return nil, err
		}
		add(doc, 0)
	}
	err = r.app.Performance.view(ctx, viewQuery{AsOf: q.AsOf, Scope: q.Scope, Filter: q.segment}, func(b *factBook, v *metrics.View) error {
		paper := reportView{ctx: ctx, app: r.app, query: q, cover: cover, book: b, view: v}
		paper.cover.Notes = ""
		people, err := v.Compute(metrics.ByPerson, q.Period)
		if err != nil {
			return err
		}
		front.Total, front.People = people.Total, len(people.Rows)
		cards, err := paper.scorecards(people.Rows)
		for i, doc := range cards {
			if i > 0 {
				doc.Definitions = nil // those of the first hold for all
			}
			add(doc, 1)
		}
		return err
	})
	if err != nil {
		return nil, err
	}
	return pdf.Bind(func(pages []int) report.Doc {
		for i, page := range pages {
			front.Parts[i].Page = page
		}
		return front.Doc()
	}, docs, q.Page), nil
}

// scorecards makes one for each person of a table.
func (p reportView) scorecards(rows []metrics.Row) ([]report.Doc, error) {
	done, err := p.activities()
	if err != nil {
		return nil, err
	}
	filter, err := p.book.segment(p.query.segment)
	if err != nil {
		return nil, err
	}
	var out []report.Doc
	for _, row := range rows {
		if row.Place == metrics.None {
			continue
		}
		one := p
		one.query.Scope = data.Scope{Person: row.ID}
		one.cover.Scope = row.Key
		if one.view, err = metrics.NewView(&p.book.Facts, metrics.Query{AsOf: p.query.AsOf, Scope: metrics.Scope{Whose: metrics.OfPerson, Place: row.Place}, Filter: filter}); err != nil {
			return nil, err
		}
		doc, err := one.scorecard(done)
		if err != nil {
			return nil, err
		}
		out = append(out, doc)
	}
	return out, nil
}
