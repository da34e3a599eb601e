package store

import (
	"context"
	"testing"

	"fieldbook/data"
)

func TestCloseSpan(t *testing.T) {
	ctx := context.Background()
	s := create(t, BookInfo{})
	today := data.NewDay(2026, 3, 2)
	if first, newest, err := s.CloseSpan(ctx, today); err != nil || first.Valid() || newest.Valid() {
		t.Fatalf("an empty book spans %v to %v, %v", first, newest, err)
	}
	open, won := data.NewID(), data.NewID()
	pipe := data.NewID()
	put(t, s, data.KindPipeline, pipe, data.Values{"name": "Sales"})
	put(t, s, data.KindStage, open, data.Values{"name": "Talk", "pipeline": pipe, "type": data.StageOpen})
	put(t, s, data.KindStage, won, data.Values{"name": "Won", "pipeline": pipe, "type": data.StageWon})
	for _, d := range []struct {
		stage data.ID
		close data.Value
	}{{won, today.AddDays(-400)}, {won, today.AddDays(-30)}, {open, today.AddDays(50)}, {open, nil}} {
		put(t, s, data.KindDeal, data.NewID(), data.Values{"stage": d.stage, "close_day": d.close})
	}
	first, newest, err := s.CloseSpan(ctx, today)
	if err != nil || first != today.AddDays(-400) || newest != today.AddDays(-30) {
		t.Errorf("spans %v to %v, %v", first, newest, err)
	}
}
