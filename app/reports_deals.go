package app

import (
	"context"

	"fieldbook/app/metrics"
	"fieldbook/app/report"
	"fieldbook/data"
	"fieldbook/data/store"
)

// winLoss gathers the deals closed in the period with why and against whom.
func (p reportView) winLoss() (report.Doc, error) {
	in := report.WinLoss{Cover: p.cover}
	var err error
	if in.Sector, err = p.view.Compute(metrics.BySector, p.query.Period); err != nil {
		return report.Doc{}, err
	}
	if in.Products, err = p.view.Compute(metrics.ByProduct, p.query.Period); err != nil {
		return report.Doc{}, err
	}
	in.Total = in.Products.Total
	in.Closed, err = closedDeals(p.ctx, p.app, closedAsk{p.query.Period, p.query.AsOf, p.segments}, p.book, p.view)
	return in.Doc(), err
}

// closedAsk says which closed deals are looked at, and the segments of accounts.
type closedAsk struct {
	in       data.Period
	asOf     data.Day
	segments map[data.ID][]string
}

// closedDeals are the deals of a view that were closed in a period, with why and
// against whom.
func closedDeals(ctx context.Context, a *App, ask closedAsk, b *factBook, v *metrics.View) ([]report.ClosedDeal, error) {
	var out []report.ClosedDeal
	at := map[data.Key]int{}
	for d := range v.All() {
		if d.Type == metrics.Open || !ask.in.Contains(d.Close) {
			continue
		}
		at[d.Key] = len(out)
		closed := report.ClosedDeal{Key: d.Key, Won: d.Type == metrics.Won, Value: d.Value.Minor, Known: d.Valued}
		if account := b.Deals[d.Place].Account; account != metrics.None {
			closed.Segments = ask.segments[b.Accounts[account].ID]
		}
		out = append(out, closed)
	}
	furthest(v.Journey(ask.in, metrics.ClosedIn), out, at)
	src, err := sourceOn(ctx, a.store, ask.asOf)
	if err != nil {
		return nil, err
	}
	return out, src.each(ctx, store.Narrow{Kind: data.KindDeal, Fields: []string{"loss_reason", "competitor", "win_reason"}}, func(l line) error {
		if i, ok := at[l.key]; ok {
			out[i].Reason, out[i].Competitor = l.text(0), l.text(1)
			if out[i].Won {
				out[i].Reason = l.text(2)
			}
		}
		return nil
	})
}

// furthest enters how far lost deals came.
func furthest(j *metrics.Journey, closed []report.ClosedDeal, at map[data.Key]int) {
	place := 0
	for _, f := range j.Funnels {
		for _, s := range f.Steps {
			place++
			for _, key := range j.DealsBehind(s.Stage, metrics.LostHere) {
				if i, ok := at[key]; ok {
					closed[i].Stage, closed[i].StageAt = s.Name, place
				}
			}
		}
	}
}

// source reads rows as they stood on the report's day.
func (p reportView) source() (*source, error) { return sourceOn(p.ctx, p.app.store, p.query.AsOf) }

// sourceOn reads rows as they stood on a day.
func sourceOn(ctx context.Context, s *store.Store, day data.Day) (*source, error) {
	differs, err := s.ChangedAfter(ctx, day)
	if err != nil || !differs {
		return &source{store: s, until: data.NoDay}, err
	}
	return sourceAsOf(ctx, s, day)
}

// pipelineReview gathers the open deals due in the period with what they need.
func (p reportView) pipelineReview() (report.Doc, error) {
	in := report.PipelineReview{Cover: p.cover, Names: map[data.Key]string{}}
	whole, err := p.book.view(metrics.Query{AsOf: p.query.AsOf}, true)
	if err != nil {
		return report.Doc{}, err
	}
	pushed, err := p.pushed()
	if err != nil {
		return report.Doc{}, err
	}
	stalls := whole.Stalls()
	p.view.EachOpen(func(s metrics.Standing) {
		if !s.Close.Valid() {
			in.NoDay++
		}
		if !p.query.Period.Contains(s.Close) {
			return
		}
		d := report.OpenDeal{
			Key: s.Key, Close: s.Close, Value: s.Value, Known: s.Known, Planned: s.Deal.Flags&metrics.Planned != 0,
			StepOn: p.book.steps.get(s.Key), Stalled: stalls.Days(s.Place), Pushed: pushed[s.Key],
		}
		if s.Deal.Owner != metrics.None {
			d.Owner = p.book.People[s.Deal.Owner].Name
		}
		if s.Stage != metrics.None {
			d.Stage = p.book.Stages[s.Stage].Name
		}
		in.Deals = append(in.Deals, d)
	})
	err = p.name(in.Names, in.Shown())
	return in.Doc(), err
}

// name reads what deals are called today: a name says which deal it is, not what
// was known of it.
func (p reportView) name(into map[data.Key]string, keys []data.Key) error {
	rows, err := p.app.store.Rows(p.ctx, data.KindDeal, keys)
	for _, r := range rows {
		into[r.Key] = RecordName(r)
	}
	return err
}

// pushed counts, by deal, how often its close day went into a later quarter.
func (p reportView) pushed() (map[data.Key]int, error) {
	out := map[data.Key]int{}
	row, before := data.Key(0), data.NoDay
	err := p.app.store.EachFieldEdit(p.ctx, store.EditQuery{Kind: data.KindDeal, Field: "close_day", Until: p.query.AsOf}, func(e store.FieldEdit) error {
		if e.Row != row {
			row, before = e.Row, data.NoDay
		}
		day, ok := e.Value.(data.Day)
		if !ok {
			day = data.NoDay
		}
		if before.Valid() && day.Valid() && day >= p.book.Calendar.QuarterOf(before).To {
			out[row]++
		}
		before = day
		return nil
	})
	return out, err
}
