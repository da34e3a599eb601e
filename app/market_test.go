package app

import (
	"context"
	"math"
	"slices"
	"testing"

	"fieldbook/data"
)

func (w *weeks) market() *MarketBook {
	w.Helper()
	b, err := w.Market.Book(context.Background())
	w.must(err)
	return b
}

// TestMarket works a small market out by hand.
func TestMarket(t *testing.T) {
	ctx := context.Background()
	w := newWeeks(t)
	food := w.add(data.KindSegment, data.Values{"name": "Food", "rule": "industry is food", "size": int64(10), "potential": int64(100_000_00), "currency": "USD", "share_goal": 20.0, "priority": data.PriorityHigh})
	w.add(data.KindSegment, data.Values{"name": "Broken", "rule": "colour is green"})
	w.add(data.KindFitRule, data.Values{"name": "Large", "rule": "employees at least 400", "points": 60.0, "position": int64(1)})
	w.add(data.KindFitRule, data.Values{"name": "Food", "rule": "industry is food", "points": 40.0, "position": int64(2)})
	mill := w.add(data.KindAccount, data.Values{"name": "Mill", "industry": "food", "employees": int64(500), "potential": 1000.0})
	farm := w.add(data.KindAccount, data.Values{"name": "Farm", "industry": "food", "employees": int64(20), "potential": 9000.0})
	w.add(data.KindAccount, data.Values{"name": "Smith", "industry": "metal", "employees": int64(900), "potential": 5000.0})
	rival := w.add(data.KindCompetitor, data.Values{"name": "Olvar Systems", "answers": "Ask for the figures."})
	w.deal("One", 12_000_00, data.Values{"account": mill, "stage": w.stages["Won"], "close_day": w.Today().AddDays(-3), "competitor": "olvar  SYSTEMS"})
	w.deal("Two", 8_000_00, data.Values{"account": mill, "stage": w.stages["Lost"], "close_day": w.Today().AddDays(-4), "competitor": "Olvar Systems", "loss_reason": "price"})
	old := w.deal("Old", 9_000_00, data.Values{"account": mill, "stage": w.stages["Won"], "close_day": w.Today().AddDays(-400), "created_day": w.Today().AddDays(-450), "competitor": "Somebody"})
	w.deal("Three", 5_000_00, data.Values{"account": mill})

	b := w.market()
	s := b.Segments[slices.IndexFunc(b.Segments, func(s SegmentFigures) bool { return s.Row.ID == food })]
	coverage, _ := s.Coverage()
	share, _ := s.Share()
	if s.Accounts != 2 || s.Whitespace != 1 || coverage != 0.2 || s.Won != 1 || s.Lost != 1 || s.Open != 1 || math.Abs(share-0.12) > 1e-9 {
		t.Errorf("food: %+v, coverage %v, share %v", s, coverage, share)
	}
	if b.Segments[0].Fault == nil || b.Segments[0].Accounts != 0 {
		t.Errorf("a rule that cannot be read has no fault: %+v", b.Segments[0])
	}
	var order []string
	for _, a := range b.Accounts {
		order = append(order, a.Name)
	}
	if want := []string{"Farm", "Smith", "Mill"}; !slices.Equal(order, want) || b.Accounts[0].Score != 3600 || b.Accounts[1].Score != 3000 || b.Accounts[2].Score != 1000 {
		t.Errorf("ranked %v: %+v", order, b.Accounts)
	}
	c := b.Competitors[0]
	if c.Won != 1 || c.Lost != 1 || !c.TooFew() || c.BySegment[1].Won != 1 || len(c.Reasons) != 1 || c.Reasons[0] != (ReasonCount{"price", 1}) || b.Unmatched["Somebody"] != 1 {
		t.Errorf("against Olvar: %+v, unmatched %v", c, b.Unmatched)
	}
	if again := w.market(); again != b {
		t.Error("worked out twice where nothing changed")
	}
	w.must(w.Records.Set(ctx, data.KindAccount, []data.ID{farm}, data.Values{"industry": "metal"}))
	if again := w.market(); again == b || again.Segments[1].Accounts != 1 {
		t.Error("an account that changed counts as before")
	}
	w.must(w.Market.Adopt(ctx, "Somebody", data.NoID))
	b = w.market()
	if len(b.Competitors) != 2 || len(b.Unmatched) != 0 {
		t.Errorf("a name that was taken up is unmatched: %v", b.Unmatched)
	}
	w.must(w.Records.Set(ctx, data.KindDeal, []data.ID{old}, data.Values{"competitor": "Olvarr"}))
	w.must(w.Market.Adopt(ctx, "Olvarr", rival))
	if row, err := w.Records.Get(ctx, data.KindDeal, old); err != nil || row.Text("competitor") != "Olvar Systems" {
		t.Errorf("the deal names %q, %v", row.Text("competitor"), err)
	}
	doc, err := w.Market.BattleCard(ctx, rival)
	w.must(err)
	if doc.Title != "Against Olvar Systems" || len(doc.Sections) < 3 {
		t.Errorf("the card: %q, %d sections", doc.Title, len(doc.Sections))
	}
}

// TestJourneysShowWhereDealsStand counts the open deals of the segment at each step.
func TestJourneysShowWhereDealsStand(t *testing.T) {
	w := newWeeks(t)
	food := w.add(data.KindSegment, data.Values{"name": "Food", "rule": "industry is food"})
	journey := w.add(data.KindJourney, data.Values{"name": "First machine", "segment": food})
	for i, stage := range []string{"Qualification", "Proposal"} {
		w.add(data.KindJourneyStep, data.Values{"journey": journey, "name": "Step " + stage, "position": int64(i), "stage": w.stages[stage]})
	}
	mill := w.add(data.KindAccount, data.Values{"name": "Mill", "industry": "food"})
	other := w.add(data.KindAccount, data.Values{"name": "Smith", "industry": "metal"})
	w.deal("In", 4_000_00, data.Values{"account": mill})
	w.deal("Out", 4_000_00, data.Values{"account": other})
	steps := w.market().Journeys[0].Steps
	if steps[0].Deals != 0 || steps[1].Deals != 1 || steps[1].Value != 4_000_00 || len(steps[1].Keys) != 1 {
		t.Errorf("steps: %+v", steps)
	}
}
