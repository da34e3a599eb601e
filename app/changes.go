package app

import (
	"context"

	"fieldbook/app/metrics"
	"fieldbook/data"
)

// ChangesQuery asks what changed in the open value of a period between the ends
// of two days.
type ChangesQuery struct {
	Period   data.Period
	From, To data.Day
	Scope    data.Scope
}

// PipelineChanges are the answer, with the names of the deals.
type PipelineChanges struct {
	metrics.Waterfall
	Names map[data.Key]string
	IDs   map[data.Key]data.ID
}

// Changes says what changed between two days, knowing on each only what was known
// then. The error is Invalid where the days are not in order.
func (p *Performance) Changes(ctx context.Context, q ChangesQuery) (*PipelineChanges, error) {
	if q.From > q.To {
		return nil, data.FieldErrorf("from", "The first day must not be after the last")
	}
	due := func(day data.Day) (d metrics.Due, err error) {
		err = p.view(ctx, viewQuery{AsOf: day, Scope: q.Scope}, func(_ *factBook, v *metrics.View) error {
			d = v.Due(q.Period)
			return nil
		})
		return d, err
	}
	where := func(day data.Day, keys map[data.Key]bool) (out map[data.Key]metrics.Where, err error) {
		err = p.view(ctx, viewQuery{AsOf: day}, func(_ *factBook, v *metrics.View) error {
			out = v.Whereabouts(keys, q.Period)
			return nil
		})
		return out, err
	}
	before, err := due(q.From)
	if err != nil {
		return nil, err
	}
	after, err := due(q.To)
	if err != nil {
		return nil, err
	}
	went, err := where(q.To, before.Without(after))
	if err != nil {
		return nil, err
	}
	came, err := where(q.From, after.Without(before))
	if err != nil {
		return nil, err
	}
	out := &PipelineChanges{Waterfall: metrics.NewWaterfall(before, after, came, went), Names: map[data.Key]string{}, IDs: map[data.Key]data.ID{}}
	var keys []data.Key
	for _, s := range out.Steps {
		for _, d := range s.Deals {
			keys = append(keys, d.Key)
		}
	}
	rows, err := p.app.Records.Rows(ctx, data.KindDeal, keys) // those that were removed have no name any more
	for _, r := range rows {
		out.Names[r.Key], out.IDs[r.Key] = RecordName(r), r.ID
	}
	return out, err
}
