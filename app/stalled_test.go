package app

import (
	"context"
	"slices"
	"testing"

	"fieldbook/data"
)

// stalledOn is what each place of the program tells of a deal.
type stalledOn struct{ Home, HisHome, Chip, Deal, Total bool }

func (b pipelineBook) stalledOn(id, owner data.ID) stalledOn {
	b.Helper()
	ctx, key := context.Background(), b.deal(id).Key
	var on stalledOn
	home := func(scope data.Scope) bool {
		h, err := b.Performance.Home(ctx, FigureQuery{Scope: scope, AsOf: b.Today(), Period: data.AllTime})
		if err != nil {
			b.Fatal(err)
		}
		return slices.Contains(h.Needs.Stalled.Keys, key)
	}
	on.Home, on.HisHome = home(data.Scope{}), home(data.Scope{Person: owner})
	keys, err := b.Pipeline.Stalled(ctx)
	if err != nil {
		b.Fatal(err)
	}
	on.Chip = slices.Contains(keys, key)
	deals, err := b.Pipeline.Deals(ctx, []data.Key{key})
	if err != nil {
		b.Fatal(err)
	}
	on.Deal = deals[0].Stalled
	totals, err := b.Pipeline.StageTotals(ctx, data.Query{Where: []data.Filter{KeyFilter([]data.Key{key})}})
	if err != nil {
		b.Fatal(err)
	}
	on.Total = SumTotals(totals, nil).Stalled == 1
	return on
}

// TestStalledEverywhere: whether a deal is stalled follows what is usual in the
// whole book, and every place says the same.
func TestStalledEverywhere(t *testing.T) {
	b := newPipelineBook(t)
	proposal, won, today := b.stages["Proposal"], b.stages["Won"].ID, b.Today()
	rep, other := b.add(data.KindPerson, data.Values{"name": "Ada"}), b.add(data.KindPerson, data.Values{"name": "Bo"})
	after := func(days int) data.ID {
		id := b.add(data.KindDeal, data.Values{"name": "Waits", "owner": rep, "stage": proposal.ID, "amount": int64(100), "created_day": today - 90})
		b.add(data.KindStageEntry, data.Values{"deal": id, "stage": proposal.ID, "day": today - data.Day(days)})
		return id
	}
	yes, no := stalledOn{true, true, true, true, true}, stalledOn{}
	check := func(what string, id data.ID, want stalledOn) {
		t.Helper()
		if got := b.stalledOn(id, rep); got != want {
			t.Errorf("%s: %+v, want %+v", what, got, want)
		}
	}
	within, longer := after(proposal.Expected), after(proposal.Expected+10)
	check("within the stage's setting", within, no)
	check("longer than the setting", longer, yes)
	call := b.add(data.KindActivity, data.Values{"deal": longer, "type": "call", "subject": "Call", "done": false})
	check("with an activity planned", longer, no)
	if err := b.Records.Set(context.Background(), data.KindActivity, []data.ID{call}, data.Values{"done": true}); err != nil {
		t.Fatal(err)
	}
	check("with the activity done", longer, yes)
	for range 20 {
		id := b.add(data.KindDeal, data.Values{"name": "Slow", "owner": other, "stage": won, "created_day": today - 200, "close_day": today - 50})
		b.add(data.KindStageEntry, data.Values{"deal": id, "stage": proposal.ID, "day": today - 50 - data.Day(proposal.Expected) - 20})
	}
	check("as long as others took to advance", longer, no)
	check("longer than that", after(proposal.Expected+21), yes)
}
