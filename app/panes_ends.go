package app

import (
	"context"

	"fieldbook/app/metrics"
	"fieldbook/app/report"
)

// ends makes the panes of why and against whom deals were won and lost.
func (p *Performance) ends(ctx context.Context, q PaneQuery, out []Pane, which []int) error {
	segments, err := p.app.Market.accountSegments(ctx)
	if err != nil {
		return err
	}
	var closed []report.ClosedDeal
	err = p.view(ctx, viewQuery{AsOf: q.AsOf, Scope: q.Scope, Filter: q.Filter}, func(b *factBook, v *metrics.View) error {
		closed, err = closedDeals(ctx, p.app, closedAsk{q.Period, q.AsOf, segments}, b, v)
		return err
	})
	for _, i := range which {
		b := out[i].builder(q, p.app.Book().Calendar, 0)
		switch out[i].Name {
		case PaneReasons:
			out[i].Spec = b.LossReasons(closed)
		case PaneRivals:
			out[i].Spec = b.RivalRates(closed)
		case PaneMarkets:
			out[i].Spec = b.MarketRates(closed)
		default:
			out[i].Spec = b.SizeRates(closed)
		}
	}
	return err
}
