package app

import (
	"context"
	"slices"
	"testing"

	"fieldbook/app/meeting"
	"fieldbook/app/metrics"
	"fieldbook/app/report"
	"fieldbook/data"
)

// TestGoalSaysWhatClosesTheGap: two reps of one team with a quota of 20,000 each;
// 10,000 are won, 16,000 are due, of which 7,000 are at risk.
func TestGoalSaysWhatClosesTheGap(t *testing.T) {
	ctx := context.Background()
	w := newWeeks(t)
	in := w.Book().Calendar.QuarterOf(w.Today())
	for _, rep := range w.reps {
		w.add(data.KindQuota, data.Values{"person": rep, "month": in.From, "amount": int64(20_000_00), "currency": "USD"})
	}
	w.must(w.Records.Set(ctx, data.KindStage, []data.ID{w.stages["Proposal"]}, data.Values{"probability": 50.0}))
	w.deal("Won", 10_000_00, data.Values{"stage": w.stages["Won"], "close_day": w.Today(), "created_day": w.Today().AddDays(-20)})
	w.deal("Well", 9_000_00, nil)
	bare := w.deal("Bare", 7_000_00, data.Values{"next_step": nil, "next_step_day": nil})
	w.deal("Later", 50_000_00, data.Values{"close_day": in.To.AddDays(5)})
	got, err := w.Performance.Goal(ctx, FigureQuery{Period: in, AsOf: w.Today(), Scope: data.Everyone})
	w.must(err)
	if f := got.Forecast; f.Won != 10_000_00 || f.Weighted != 8_000_00 || f.Goal != 40_000_00 || f.Gap() != 22_000_00 {
		t.Errorf("the forecast is %+v with a gap of %d", f, f.Gap())
	}
	teams := got.Groups[0].Rows
	if len(teams) != 1 || teams[0].Gap() != 22_000_00 || teams[0].Due.Value != 16_000_00 || len(teams[0].Due.Keys) != 2 {
		t.Errorf("the team is %+v", teams)
	}
	w.must(w.Calls.Adjust(ctx, w.reps[1], in, 3_000_00, "The fair"))
	w.must(w.Calls.Adjust(ctx, w.me, in, -1_000_00, "Ann hopes for too much"))
	adjusted, err := w.Performance.Goal(ctx, FigureQuery{Period: in, AsOf: w.Today(), Scope: data.Everyone})
	w.must(err)
	if team := adjusted.Groups[0].Rows[0]; team.Adjusted != 2_000_00 || team.Gap() != 20_000_00 || adjusted.Forecast.Gap() != team.Gap() {
		t.Errorf("the adjusted team is %+v with a gap of %d beside %d of all", team, team.Gap(), adjusted.Forecast.Gap())
	}
	if len(got.Risks) != 1 || got.Risks[0].ID != bare || !slices.Equal(got.Risks[0].Reasons, []meeting.Reason{meeting.NoStep}) || got.AtRisk.Value != 7_000_00 {
		t.Errorf("at risk: %+v, %+v", got.Risks, got.AtRisk)
	}
	if len(got.Stages) != 1 || got.Stages[0].Name != "Proposal" || got.Stages[0].Due.Value != 16_000_00 || got.Stages[0].Lost() != 8_000_00 {
		t.Errorf("stages: %+v", got.Stages)
	}
	if len(got.Help) != 1 || got.Help[0].ID != w.reps[1] {
		t.Errorf("Bo, who has nothing open, is to be helped, not %+v", got.Help)
	}
	if got.Wins.Known {
		t.Error("one won deal tells how many are needed")
	}
	panes, err := w.Performance.Panes(ctx, PaneQuery{FigureQuery: FigureQuery{Period: in, AsOf: w.Today(), Scope: data.Everyone}, Panes: []PaneAsk{{Name: PaneGoal}}})
	w.must(err)
	bridge, ok := panes[0].Spec.(report.Waterfall)
	if !ok || len(bridge.Steps) != 6 || bridge.Steps[3].Value != 20_000 || bridge.Steps[4].Value != 20_000 || bridge.Steps[5].Value != 40_000 {
		t.Fatalf("as a card of its own it is %+v", panes[0].Spec)
	}
	if link, ok := panes[0].Links.Find(bridge.Steps[1].Key); !ok || len(link.Keys) != 2 {
		t.Errorf("the open deals lead to %+v", link)
	}
}

func TestWinsNeeded(t *testing.T) {
	year := func(won, lost int, value float64) *metrics.Row {
		return &metrics.Row{WinRate: metrics.NewWinRate(won, lost), AvgWon: metrics.Ratio{Num: value, Den: float64(won), N: won}}
	}
	for name, c := range map[string]struct {
		gap          int64
		year         *metrics.Row
		won, decided int
		known        bool
	}{
		"a quarter is won":  {1_000, year(10, 30, 1_500), 7, 28, true},
		"nothing is short":  {0, year(10, 30, 1_500), 0, 0, true},
		"too few to tell":   {1_000, year(9, 1, 1_500), 0, 0, false},
		"nothing was ended": {1_000, year(0, 0, 0), 0, 0, false},
	} {
		t.Run(name, func(t *testing.T) {
			if got := winsNeeded(c.gap, c.year); got.Won != c.won || got.Decided != c.decided || got.Known != c.known {
				t.Errorf("got %+v", got)
			}
		})
	}
}
