package app_test

import (
	"context"
	"fmt"
	"math"
	"math/rand/v2"
	"path/filepath"
	"testing"
	"time"

	"fieldbook/app"
	"fieldbook/data"
)

// TestCustomFieldsTell imports a file of won and lost deals whose columns are
// custom fields: some tell the outcome beforehand, some nothing, and some are
// known only after the close. It has no days at all.
func TestCustomFieldsTell(t *testing.T) {
	ctx := context.Background()
	a := figuresBook(t, &dayClock{now: time.Date(2026, 1, 5, 9, 0, 0, 0, time.UTC)})
	head := []string{"Opportunity Number", "Stage"}
	for _, f := range []struct{ label, kind string }{
		{"Route To Market", "text"},
		{"Region", "text"},
		{"Sales Stage Change Count", "number"},
		{"Revenue From Client", "number"},
		{"Total Days Identified Through Closing", "number"},
		{"Ratio Days Qualified", "number"},
		{"Decision", "text"},
		{"Invoice Day", "day"},
	} {
		head = append(head, f.label)
		if _, err := a.Records.Add(ctx, data.KindCustomField, data.Values{"kind": data.KindDeal, "label": f.label, "type": f.kind}); err != nil {
			t.Fatal(err)
		}
	}
	rng := rand.New(rand.NewPCG(4, 2))
	lines, truth := [][]string{head}, map[string]bool{}
	best := 0.0
	for i := range 6000 {
		route, changes := rng.IntN(4), rng.IntN(10)
		p := 1 / (1 + math.Exp(1-float64(route)-1.5*math.Sin(float64(changes))))
		won := rng.Float64() < p
		id, stage, days, ratio, decision, invoice := fmt.Sprint(70000+i), "Lost", fmt.Sprint(30+rng.IntN(60)), fmt.Sprintf("%.3f", rng.Float64()), "no", ""
		if won {
			stage, days, decision, invoice = "Won", fmt.Sprint(10+rng.IntN(60)), "yes", "2025-12-01"
		}
		if i%5 == 0 {
			truth[id] = won
			stage, days, ratio, decision, invoice = "Open", "", "0", "", ""
			if won {
				best += (1 - p) * (1 - p) / 1200
			} else {
				best += p * p / 1200
			}
		}
		lines = append(lines, []string{
			id, stage, fmt.Sprintf("Route %d", route), fmt.Sprintf("Region %d", rng.IntN(5)), fmt.Sprint(changes), fmt.Sprint(rng.IntN(1000)), days, ratio, decision, invoice,
		})
	}
	path := filepath.Join(t.TempDir(), "deals.csv")
	writeCSV(t, path, lines)
	bring(t, a, app.PlanOptions{Kind: data.KindDeal}, path)

	chances, err := a.Forecasts.Chances(ctx, data.NoDay)
	if err != nil {
		t.Fatal(err)
	}
	brier, _ := scoreOf(t, a, truth)
	t.Logf("Brier %.4f, achievable %.4f; %s", brier, best, chances.Model.Verdict)
	if !chances.Model.Used || brier > best+0.006 {
		t.Errorf("Brier %.4f, achievable %.4f", brier, best)
	}
	refused := map[string]string{}
	for _, r := range chances.Model.Refused {
		refused[r.Name] = r.Reason
	}
	for _, want := range []string{"total_days_identified_through_closing", "ratio_days_qualified", "decision"} {
		if refused[want] == "" {
			t.Errorf("%s is used; refused %v", want, refused)
		}
	}
	for _, want := range []string{"route_to_market", "region", "sales_stage_change_count", "revenue_from_client"} {
		if refused[want] != "" {
			t.Errorf("%s is refused: %s", want, refused[want])
		}
	}
}
