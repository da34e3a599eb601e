package app_test

import (
	"context"
	"fmt"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"fieldbook/app"
	"fieldbook/data"
)

// TestWeightedIsOneFigure: on the board and in the table deals weigh by the share
// won of the deals that were in their stage, as in every other figure, and are
// sorted by it; while few have closed by what the stage is set to.
func TestWeightedIsOneFigure(t *testing.T) {
	ctx := context.Background()
	for _, c := range []struct {
		closed int
		weight float64
	}{{20, 40}, {60, 75}} {
		a := figuresBook(t, &dayClock{now: time.Date(2026, 1, 5, 9, 0, 0, 0, time.UTC)})
		var lines [][]string
		lines = append(lines, strings.Split("id,name,stage,amount,created_day,close_day", ","))
		for i := range c.closed {
			stage := "Won"
			if i%4 == 0 {
				stage = "Lost"
			}
			lines = append(lines, []string{fmt.Sprint(i), fmt.Sprint("Deal ", i), stage, "1000", "2025-03-01", "2025-05-01"})
		}
		lines = append(lines, []string{"o1", "Open one", "Proposal", "1000", "2025-12-01", "2026-03-01"})
		path := filepath.Join(t.TempDir(), "deals.csv")
		writeCSV(t, path, lines)
		bring(t, a, app.PlanOptions{Kind: data.KindDeal}, path)
		stages, err := a.Pipeline.Stages(ctx)
		do(t, err)
		for i := range stages {
			if stages[i].Name == "Proposal" {
				do(t, a.Records.Set(ctx, data.KindStage, []data.ID{stages[i].ID}, data.Values{"probability": 40.0}))
			}
		}
		above, err := a.Records.List(ctx, data.Query{Kind: data.KindDeal, Where: []data.Filter{
			{Field: "stage.type", Test: data.Is, Values: []data.Value{data.StageOpen}}, {Field: app.DealWeighted, Test: data.AtLeast, Values: []data.Value{c.weight*1000_00 - 1}},
		}})
		do(t, err)
		if len(above) != 1 {
			t.Errorf("of %d closed: %d deals weigh as much", c.closed, len(above))
		}
		stages, err = a.Pipeline.Stages(ctx)
		do(t, err)
		do(t, a.Pipeline.Weigh(ctx, stages))
		totals, err := a.Pipeline.StageTotals(ctx, data.Query{})
		do(t, err)
		var weighted int64
		for _, x := range totals {
			if x.Type == data.StageOpen {
				weighted += x.Weighted
			}
		}
		if want := int64(c.weight * 1000); weighted != want {
			t.Errorf("of %d closed: %d, want %d", c.closed, weighted, want)
		}
		for _, s := range stages {
			if s.Name == "Proposal" && (s.Weight() != c.weight || s.Weighted(1000_00) != weighted) {
				t.Errorf("of %d closed the stage weighs %g", c.closed, s.Weight())
			}
		}
	}
}
