package app

import (
	"context"
	"slices"
	"testing"

	"fieldbook/app/report"
	"fieldbook/data"
)

// TestWinsAndLosses: of 24 deals against 24 the ones of the segment are told from
// the others, those of a competitor named four times are too few to tell, and each
// mark opens its deals.
func TestWinsAndLosses(t *testing.T) {
	ctx := context.Background()
	w := newWeeks(t)
	w.add(data.KindSegment, data.Values{"name": "Mills", "rule": "industry is food"})
	mill, farm := w.add(data.KindAccount, data.Values{"name": "Mill", "industry": "food"}), w.add(data.KindAccount, data.Values{"name": "Farm", "industry": "farms"})
	for i := range 48 {
		v := data.Values{"stage": w.stages["Won"], "account": mill, "close_day": w.Today(), "created_day": w.Today().AddDays(-9)}
		if i >= 24 {
			v["stage"], v["account"], v["loss_reason"] = w.stages["Lost"], farm, "Price"
		}
		if i >= 22 && i < 26 {
			v["competitor"] = "Brix"
		}
		w.deal("Deal", int64(1_000_00+i*100), v)
	}
	panes, err := w.Performance.Panes(ctx, PaneQuery{
		FigureQuery: FigureQuery{Period: data.AllTime, AsOf: w.Today()}, Numbers: report.Numbers{Currency: "USD"},
		Panes: []PaneAsk{{Name: PaneMarkets}, {Name: PaneRivals}, {Name: PaneReasons}, {Name: PaneBySize}},
	})
	w.must(err)
	row := func(i int) report.Interval { return panes[i].Spec.(report.Intervals).Rows[0] }
	if r := row(0); r.Label != "Mills" || r.Value != 1 || r.Sub != "n 24, higher by 100 points" {
		t.Errorf("segments: %+v", r)
	}
	if r := row(1); r.Label != "Brix" || r.Value != 0.5 || r.Sub != "n 4, too few to tell" {
		t.Errorf("competitors: %+v", r)
	}
	reasons := panes[2].Spec.(report.Pareto).Bars
	if len(reasons) != 1 || reasons[0].Label != "Price" || reasons[0].Value != 24 {
		t.Errorf("reasons: %+v", reasons)
	}
	if l, ok := panes[2].Links.Find(reasons[0].Key); !ok || len(l.Keys) != 24 {
		t.Errorf("the reason opens %+v", l)
	}
	if sizes := panes[3].Spec.(report.Intervals).Rows; len(sizes) != 4 || sizes[0].Value != 1 || sizes[3].Value != 0 {
		t.Errorf("sizes: %+v", sizes)
	}
	doc, err := w.Reports.Doc(ctx, ReportQuery{Name: ReportWinLoss, Period: data.AllTime, AsOf: w.Today()})
	w.must(err)
	if !slices.ContainsFunc(doc.Sections, func(s report.Section) bool { return s.Heading == "By segment" }) {
		t.Error("the report has no segments")
	}
}
