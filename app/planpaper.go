package app

import (
	"context"
	"os"
	"path/filepath"

	"fieldbook/app/pdf"
	"fieldbook/app/planning"
	"fieldbook/app/report"
	"fieldbook/assets/lang"
	"fieldbook/data"
)

// planPaper sets a plan on paper, against what is in force.
type planPaper struct {
	book, live  *PlanBook
	now, before *PlanBalance
	changes     []PlanChange
	cover       report.Cover
	signer      string
	managers    map[data.ID]string
	scope       *planScope // what of it is put on paper; nil is all
}

// paper reads a plan with the accounts of a segment alone.
func (p *Plans) paper(ctx context.Context, plan data.ID, only Segment) (*planPaper, error) {
	out := &planPaper{managers: map[data.ID]string{}}
	var err error
	if out.book, err = p.book(ctx, plan, only); err != nil {
		return nil, err
	}
	if out.live, err = p.book(ctx, data.NoID, only); err != nil {
		return nil, err
	}
	out.now, out.before, out.changes = out.book.Balance(), out.live.Balance(), out.book.Effects(out.live)
	today := p.app.Today()
	if out.cover, err = p.app.Reports.cover(ctx, ReportQuery{Period: out.book.Year, AsOf: today}); err != nil {
		return nil, err
	}
	me, err := p.app.Me(ctx)
	if err != nil {
		return nil, err
	}
	out.signer = me.Name
	err = p.app.store.Each(ctx, data.Query{Kind: data.KindPerson, Where: []data.Filter{{Field: "manager", Test: data.Filled}}}, func(r data.Row) error {
		out.managers[r.ID] = r.Labels["manager"]
		return nil
	})
	return out, err
}

// value is what accounts are worth on paper: sales where there are any.
func (p *planPaper) value() planning.Measure {
	for _, m := range []planning.Measure{planning.Sales, planning.Potential} {
		if p.now.Division.Total.Of(m) > 0 {
			return m
		}
	}
	return planning.Accounts
}

// letter is what one person is told.
func (p *planPaper) letter(c PlanChange) report.Doc {
	l := report.PlanLetter{
		Cover: p.cover, Plan: p.book.Info.Name, Start: p.book.Info.Start, Person: c.Name, Manager: p.managers[c.Person], Signer: p.signer, Effect: c.Effect, HasHome: c.Home,
		Accounts: p.book.Accounts, People: p.book.owners, Value: p.value(), Before: p.before.Spread, After: p.now.Spread, Tolerance: p.book.Info.Tolerance,
	}
	for i, t := range p.live.Plan.Territories {
		if t.Person == c.Person {
			l.Index[0] = p.before.Index[i]
		}
	}
	for i, t := range p.book.Plan.Territories {
		if t.Person == c.Person {
			l.Territory, l.Index[1] = t.Name, p.now.Index[i]
		}
	}
	return l.Doc()
}

// WriteLetters writes a letter of one page for each person whom the plan
// concerns, as PDF files in a folder, or for one person alone. It tells the files.
func (p *Plans) WriteLetters(ctx context.Context, plan, person data.ID, folder string) ([]string, error) {
	paper, err := p.paper(ctx, plan, Segment{})
	if err != nil {
		return nil, err
	}
	if err := os.MkdirAll(folder, 0o755); err != nil {
		return nil, data.Wrap(data.Refused, err, "the folder %s cannot be made; no letter was written", folder)
	}
	var files []string
	names := fileNames{}
	for _, c := range paper.changes {
		if c.Person.IsZero() || !person.IsZero() && c.Person != person {
			continue
		}
		path := filepath.Join(folder, names.of(c.Name)+".pdf")
		if err := writePDF(paper.letter(c), path); err != nil {
			return files, err
		}
		files = append(files, path)
	}
	if len(files) == 0 {
		return nil, data.Errorf(data.NotFound, "%s concerns nobody of that name; no letter was written", paper.book.Info.Name)
	}
	return files, nil
}

// WriteSummary writes what the plan comes to, on the map, territory by territory
// and person by person, as a PDF file.
func (p *Plans) WriteSummary(ctx context.Context, plan data.ID, path string) error {
	paper, err := p.paper(ctx, plan, Segment{})
	if err != nil {
		return err
	}
	return writePDF(paper.summary(), path)
}

func (p *planPaper) summary() report.Doc {
	b := p.book
	spec := b.Map(PlanView{Size: planning.Open, Index: p.now.Index})
	s := report.PlanSummary{
		Cover: p.cover, Plan: b.Info.Name, Status: b.Info.Status, Start: b.Info.Start, Note: b.Info.Note, Mix: b.Info.Mix, Tolerance: b.Info.Tolerance,
		Loose: p.now.Division.Loose, Before: p.before.Spread, After: p.now.Spread, People: b.owners, Value: p.value(), Map: &spec,
	}
	if p.scope != nil {
		s.Loose = planning.Values{} // it is nobody's
		s.Before, s.After = p.scope.spread(p.live, p.before), p.scope.spread(b, p.now)
	}
	if s.Plan == "" {
		s.Plan = lang.T("in force")
	}
	for i, t := range b.Plan.Territories {
		if !p.scope.covers(t) {
			continue
		}
		s.Territories = append(s.Territories, report.PlanTerritory{
			ID: t.ID, Name: t.Name, Owner: t.Owner, Values: p.now.Division.Loads[i], Quota: p.now.Quota[i], Index: p.now.Index[i],
		})
	}
	for _, c := range p.changes {
		if p.scope.concerns(c.Person) {
			s.Effects = append(s.Effects, c.Effect)
		}
	}
	return s.Doc()
}

// writePDF writes a document as PDF, whole or not at all.
func writePDF(doc report.Doc, path string) error {
	paper, err := pdf.Render(doc, pdf.Page{})
	if err != nil {
		return err
	}
	return WriteBytes(path, paper)
}
