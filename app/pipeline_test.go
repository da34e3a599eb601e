package app

import (
	"context"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"fieldbook/data"
)

// pipelineBook is a new book with a clock that stands on one day.
type pipelineBook struct {
	*testing.T
	*App
	stages map[string]Stage
}

func newPipelineBook(t *testing.T) pipelineBook {
	t.Helper()
	now := time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC)
	cfg := Config{Now: func() time.Time { now = now.Add(time.Second); return now }, Device: "test"}
	a, err := Create(context.Background(), filepath.Join(t.TempDir(), "a.book"),
		NewBook{Name: "Test", Currency: "USD", FiscalStart: time.January, Zone: "UTC", As: "Mel Marsh", Role: data.RoleManager}, cfg)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := a.Close(); err != nil {
			t.Error(err)
		}
	})
	b := pipelineBook{t, a, map[string]Stage{}}
	stages, err := a.Pipeline.Stages(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	for _, s := range stages {
		b.stages[s.Name] = s
	}
	return b
}

func (b pipelineBook) add(kind string, v data.Values) data.ID {
	b.Helper()
	id, err := b.Records.Add(context.Background(), kind, v)
	if err != nil {
		b.Fatal(err)
	}
	return id
}

func (b pipelineBook) deal(id data.ID) data.Row {
	b.Helper()
	row, err := b.Records.Get(context.Background(), data.KindDeal, id)
	if err != nil {
		b.Fatal(err)
	}
	return row
}

// last is what the newest step is called.
func (b pipelineBook) last() string {
	b.Helper()
	log, err := b.Journal.Log(context.Background(), 1)
	if err != nil || len(log) != 1 {
		b.Fatal(err)
	}
	return log[0].What
}

func TestStagesKnowTheirPlace(t *testing.T) {
	b := newPipelineBook(t)
	if s := b.stages["Discovery"]; s.Place != 3 || s.Of != 6 || s.Probability != 40 || s.Expected != 20 {
		t.Errorf("%+v", s)
	}
	if s := b.stages["Won"]; s.Place != 0 || s.Type != data.StageWon {
		t.Errorf("%+v", s)
	}
}

func TestBusiestPipelineHasTheMostOpenDeals(t *testing.T) {
	b := newPipelineBook(t)
	busiest := func() data.ID {
		t.Helper()
		stages, err := b.Pipeline.Stages(context.Background())
		if err != nil {
			t.Fatal(err)
		}
		id, err := b.Pipeline.Busiest(context.Background(), stages)
		if err != nil {
			t.Fatal(err)
		}
		return id
	}
	first := b.stages["Discovery"].Pipeline
	if busiest() != first {
		t.Error("without deals it is not the first pipeline")
	}
	other := b.add(data.KindPipeline, data.Values{"name": "Renewals", "position": int64(2)})
	stage := b.add(data.KindStage, data.Values{"name": "Talk", "pipeline": other, "type": data.StageOpen})
	b.add(data.KindDeal, data.Values{"name": "x", "stage": stage})
	if busiest() != other {
		t.Error("the pipeline with the only open deal is not the busiest")
	}
	b.add(data.KindDeal, data.Values{"name": "y", "stage": b.stages["Won"].ID})
	b.add(data.KindDeal, data.Values{"name": "z", "stage": b.stages["Won"].ID})
	if busiest() != other {
		t.Error("won deals count as open")
	}
}

func TestMoveDeal(t *testing.T) {
	b := newPipelineBook(t)
	ctx := context.Background()
	account := b.add(data.KindAccount, data.Values{"name": "Rangreen"})
	id := b.add(data.KindDeal, data.Values{"account": account, "stage": b.stages["Discovery"].ID})
	move := func(stage string, m MoveDeal) error {
		m.Deal, m.Stage = id, b.stages[stage].ID
		return b.Pipeline.MoveDeal(ctx, m)
	}
	if err := move("Proposal", MoveDeal{}); err != nil {
		t.Fatal(err)
	}
	if b.last() != "Move Rangreen to Proposal" {
		t.Errorf("called %q", b.last())
	}
	if err := move("Lost", MoveDeal{}); data.KindOf(err) != data.Invalid {
		t.Errorf("lost without a reason: %v", err)
	}
	if err := move("Lost", MoveDeal{LossReason: "Price", Competitor: "Acme"}); err != nil {
		t.Fatal(err)
	}
	if d := b.deal(id); d.Day("close_day") != b.Today() || d.Text("loss_reason") != "Price" || d.Text("competitor") != "Acme" {
		t.Errorf("lost: %v", d.Values)
	}
	if err := move("Close", MoveDeal{}); err != nil {
		t.Fatal(err)
	}
	if d := b.deal(id); d.Has("loss_reason") || d.Labels["stage"] != "Close" {
		t.Errorf("open again: %v", d.Values)
	}
	day := b.Today() - 3
	if err := move("Won", MoveDeal{Day: day, Amount: &data.Money{Minor: 480000, Currency: "USD"}}); err != nil {
		t.Fatal(err)
	}
	if d := b.deal(id); d.Day("close_day") != day || d.Int("amount") != 480000 || d.Text("currency") != "USD" {
		t.Errorf("won: %v", d.Values)
	}
}

func TestBulkActsAreOneStep(t *testing.T) {
	b := newPipelineBook(t)
	ctx := context.Background()
	var ids []data.ID
	for range 3 {
		ids = append(ids, b.add(data.KindDeal, data.Values{"stage": b.stages["Discovery"].ID}))
	}
	if err := b.Pipeline.SetDeals(ctx, ids, data.Values{"next_step": "Call", "next_step_day": b.Today()}); err != nil {
		t.Fatal(err)
	}
	if b.last() != "Change next step of 3 deals" {
		t.Errorf("called %q", b.last())
	}
	if err := b.Pipeline.MoveDeals(ctx, ids, MoveDeal{Stage: b.stages["Close"].ID}); err != nil {
		t.Fatal(err)
	}
	if err := b.Pipeline.RemoveDeals(ctx, ids); err != nil {
		t.Fatal(err)
	}
	for range 2 {
		if _, err := b.Journal.Undo(ctx, data.NoID); err != nil {
			t.Fatal(err)
		}
	}
	for _, id := range ids {
		if d := b.deal(id); d.Labels["stage"] != "Discovery" || d.Text("next_step") != "Call" {
			t.Errorf("after undo: %v", d.Values)
		}
	}
	if err := b.Pipeline.SetDeals(ctx, append(ids, data.NewID()), data.Values{"source": "web"}); data.KindOf(err) != data.NotFound {
		t.Errorf("a deal that is gone: %v", err)
	}
	if b.deal(ids[0]).Has("source") {
		t.Error("a part of the deals was changed")
	}
	if err := b.Pipeline.RemoveDeals(ctx, nil); data.KindOf(err) != data.Invalid {
		t.Errorf("nothing chosen: %v", err)
	}
}

func TestSaveDeal(t *testing.T) {
	b := newPipelineBook(t)
	ctx := context.Background()
	id, err := b.Pipeline.SaveDeal(ctx, SaveDeal{Values: data.Values{"name": "Retrofit"}, Account: " Northwind "})
	if err != nil {
		t.Fatal(err)
	}
	d := b.deal(id)
	if d.Labels["account"] != "Northwind" || d.Labels["stage"] != "Prospecting" || d.Labels["owner"] != "Mel Marsh" || d.Day("created_day") != b.Today() {
		t.Errorf("new: %v %v", d.Values, d.Labels)
	}
	if b.last() != "Add deal Northwind" {
		t.Errorf("called %q", b.last())
	}
	if _, err := b.Pipeline.SaveDeal(ctx, SaveDeal{Deal: id, Values: data.Values{"owner": data.NewID()}}); data.KindOf(err) != data.Invalid {
		t.Errorf("an owner who is nobody: %v", err)
	}
	if _, err := b.Pipeline.SaveDeal(ctx, SaveDeal{Deal: id, Values: data.Values{"source": "fair"}}); err != nil {
		t.Fatal(err)
	}
	if b.deal(id).Text("source") != "fair" || b.last() != "Change deal Northwind" {
		t.Errorf("%v %q", b.deal(id).Values, b.last())
	}
}

func TestLogActivity(t *testing.T) {
	b := newPipelineBook(t)
	ctx := context.Background()
	account := b.add(data.KindAccount, data.Values{"name": "Rangreen"})
	id := b.add(data.KindDeal, data.Values{"account": account, "stage": b.stages["Discovery"].ID, "next_step": "Quote call", "next_step_day": b.Today()})
	err := b.Pipeline.LogActivity(ctx, LogActivity{Deal: id, Type: "call", Subject: "Quote call", Minutes: 12, FinishStep: true, Next: "Send quote", NextDay: b.Today() + 2})
	if err != nil {
		t.Fatal(err)
	}
	story, err := b.Pipeline.Story(ctx, id)
	if err != nil {
		t.Fatal(err)
	}
	if len(story.Activities) != 1 || story.Activities[0].Labels["account"] != "Rangreen" || story.Activities[0].Labels["person"] != "Mel Marsh" || !story.Activities[0].Bool("done") {
		t.Errorf("%v", story.Activities)
	}
	if d := story.Deal; d.Text("next_step") != "Send quote" || d.Day("next_step_day") != b.Today()+2 {
		t.Errorf("%v", d.Values)
	}
	if b.last() != "Finish quote call for Rangreen" {
		t.Errorf("called %q", b.last())
	}
	if _, err := b.Journal.Undo(ctx, data.NoID); err != nil {
		t.Fatal(err)
	}
	if got := b.deal(id).Text("next_step"); got != "Quote call" {
		t.Errorf("after undo the next step is %q", got)
	}
}

func TestStoryFollowsTheStages(t *testing.T) {
	b := newPipelineBook(t)
	ctx := context.Background()
	engaged := b.Today() - 50
	first, second := b.stages["Prospecting"].ID, b.stages["Qualification"].ID
	id := b.add(data.KindDeal, data.Values{"stage": second, "engaged_day": engaged, "created_day": engaged})
	b.add(data.KindStageEntry, data.Values{"deal": id, "stage": first, "day": engaged})
	b.add(data.KindStageEntry, data.Values{"deal": id, "stage": second, "day": engaged + 12})
	if err := b.Pipeline.MoveDeal(ctx, MoveDeal{Deal: id, Stage: b.stages["Lost"].ID, Day: b.Today() - 1, LossReason: "Timing"}); err != nil {
		t.Fatal(err)
	}
	story, err := b.Pipeline.Story(ctx, id)
	if err != nil {
		t.Fatal(err)
	}
	want := []Visit{{first, engaged, engaged + 12}, {second, engaged + 12, b.Today() - 1}, {b.stages["Lost"].ID, b.Today() - 1, data.NoDay}}
	if !slices.Equal(story.Visits, want) {
		t.Errorf("got %v, want %v", story.Visits, want)
	}
	if got := story.Visits[0].Days(b.Today()); got != 12 {
		t.Errorf("%d days", got)
	}
	e := story.Edits[len(story.Edits)-1]
	if e.Field.Name != "" || e.What == "" {
		t.Errorf("the first entry is %+v", e)
	}
	if i := slices.IndexFunc(story.Edits, func(e DealEdit) bool { return e.Field.Name == "stage" }); i < 0 || story.Edits[i].From != "Qualification" || story.Edits[i].To != "Lost" {
		t.Errorf("edits %+v", story.Edits)
	}
}

func TestStageTotalsConvert(t *testing.T) {
	b := newPipelineBook(t)
	ctx := context.Background()
	b.add(data.KindRate, data.Values{"currency": "EUR", "day": b.Today() - 5, "rate": "1.25"})
	b.add(data.KindRate, data.Values{"currency": "EUR", "day": b.Today() + 5, "rate": "9"})
	stage := b.stages["Proposal"].ID
	b.add(data.KindDeal, data.Values{"stage": stage, "amount": int64(10000), "currency": "USD"})
	b.add(data.KindDeal, data.Values{"stage": stage, "amount": int64(8000), "currency": "EUR"})
	b.add(data.KindDeal, data.Values{"stage": stage, "amount": int64(500), "currency": "NOK"})
	b.add(data.KindDeal, data.Values{"stage": stage})
	totals, err := b.Pipeline.StageTotals(ctx, data.Query{})
	if err != nil {
		t.Fatal(err)
	}
	if len(totals) != 1 {
		t.Fatalf("%+v", totals)
	}
	if got := totals[0]; got.Count != 4 || got.Value != 20000 || got.Weighted != 11000 || got.Unvalued != 2 || got.Type != data.StageOpen {
		t.Errorf("%+v", got)
	}
	b.add(data.KindDeal, data.Values{"stage": b.stages["Won"].ID, "amount": int64(700)})
	over, err := b.Pipeline.Overview(ctx, data.Query{})
	if err != nil {
		t.Fatal(err)
	}
	if want := []StageTotal{totals[0], {Stage: b.stages["Won"].ID, Type: data.StageWon, Count: 1}}; !slices.Equal(over, want) {
		t.Errorf("overview %+v", over)
	}
	keys, err := b.Records.Keys(ctx, data.Query{Kind: data.KindDeal, Where: []data.Filter{{Field: "stage", Test: data.Is, Values: []data.Value{stage}}}})
	if err != nil {
		t.Fatal(err)
	}
	deals, err := b.Pipeline.Deals(ctx, keys)
	if err != nil {
		t.Fatal(err)
	}
	var values []int64
	for _, d := range deals {
		if d.Valued {
			values = append(values, d.Value)
		}
	}
	if !slices.Equal(values, []int64{10000, 10000}) {
		t.Errorf("values %v", values)
	}
}
