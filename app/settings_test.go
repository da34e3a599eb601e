package app_test

import (
	"context"
	"errors"
	"path/filepath"
	"testing"
	"time"

	"fieldbook/app"
	"fieldbook/data"
)

// settingsBook is an empty book with a clock that moves a minute with each look.
func settingsBook(t *testing.T) *app.App {
	t.Helper()
	now := time.Date(2026, 5, 20, 10, 0, 0, 0, time.UTC)
	tick := func() time.Time { now = now.Add(time.Minute); return now }
	a, err := app.Create(context.Background(), filepath.Join(t.TempDir(), "desk.book"),
		app.NewBook{Name: "Desk", Currency: "USD", FiscalStart: time.January, Zone: "UTC"}, app.Config{Now: tick, Device: "desk"})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := a.Close(); err != nil {
			t.Error(err)
		}
	})
	return a
}

func firstPipeline(t *testing.T, a *app.App) data.ID {
	t.Helper()
	rows, err := a.Records.List(context.Background(), data.Query{Kind: data.KindPipeline})
	if err != nil || len(rows) == 0 {
		t.Fatalf("%d pipelines, %v", len(rows), err)
	}
	return rows[0].ID
}

func stageNames(t *testing.T, a *app.App, pipeline data.ID) (names []string, ids map[string]data.ID) {
	t.Helper()
	rows, err := a.Settings.Stages(context.Background(), pipeline)
	if err != nil {
		t.Fatal(err)
	}
	ids = map[string]data.ID{}
	for _, r := range rows {
		names = append(names, r.Title())
		ids[r.Title()] = r.ID
	}
	return names, ids
}

func TestTraitsAreOneStep(t *testing.T) {
	ctx, a := context.Background(), settingsBook(t)
	if err := a.Settings.SetTraits(ctx, app.Traits{Name: " North ", Currency: "EUR", FiscalStart: time.July}); err != nil {
		t.Fatal(err)
	}
	b := a.Book()
	if b.Name != "North" || b.Currency != "EUR" || b.Calendar.Start != time.July {
		t.Errorf("book %q %s %s", b.Name, b.Currency, b.Calendar.Start)
	}
	if _, err := a.Journal.Undo(ctx, data.NoID); err != nil {
		t.Fatal(err)
	}
	if b := a.Book(); b.Name != "Desk" || b.Currency != "USD" || b.Calendar.Start != time.January {
		t.Errorf("after undo: %q %s %s", b.Name, b.Currency, b.Calendar.Start)
	}
}

func TestTraitsSayWhichFieldIsWrong(t *testing.T) {
	ctx, a := context.Background(), settingsBook(t)
	for field, traits := range map[string]app.Traits{
		"name":         {Name: "  ", Currency: "USD", FiscalStart: time.January},
		"currency":     {Name: "Desk", Currency: "dollars", FiscalStart: time.January},
		"fiscal_start": {Name: "Desk", Currency: "USD"},
	} {
		var e *data.Error
		if err := a.Settings.SetTraits(ctx, traits); !errors.As(err, &e) || e.Field != field {
			t.Errorf("%s: %v", field, err)
		}
	}
}

func TestStagesKeepTheirOrder(t *testing.T) {
	ctx, a := context.Background(), settingsBook(t)
	p := firstPipeline(t, a)
	id, err := a.Settings.AddStage(ctx, p, data.Values{"name": "Pilot", "type": data.StageOpen, "probability": 60.0})
	if err != nil {
		t.Fatal(err)
	}
	names, _ := stageNames(t, a, p)
	if names[6] != "Pilot" || names[7] != "Won" {
		t.Errorf("a new open stage stands at the wrong place: %v", names)
	}
	for _, step := range []struct{ by, at int }{{-2, 4}, {1, 5}, {-100, 0}, {100, 8}} {
		if err := a.Settings.MoveStage(ctx, id, step.by); err != nil {
			t.Fatal(err)
		}
		if names, _ = stageNames(t, a, p); names[step.at] != "Pilot" {
			t.Errorf("moved by %d: %v", step.by, names)
		}
	}
	if _, err := a.Settings.AddStage(ctx, p, data.Values{"name": "Lost to nobody", "type": data.StageLost}); err != nil {
		t.Fatal(err)
	}
	if names, _ = stageNames(t, a, p); names[len(names)-1] != "Lost to nobody" {
		t.Errorf("a new lost stage stands at the wrong place: %v", names)
	}
}

func TestStagesInUseStay(t *testing.T) {
	ctx, a := context.Background(), settingsBook(t)
	_, ids := stageNames(t, a, firstPipeline(t, a))
	if _, err := a.Records.Add(ctx, data.KindDeal, data.Values{"name": "Rangreen", "stage": ids["Proposal"]}); err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"Proposal", "Won", "Lost"} {
		if err := a.Settings.RemoveStage(ctx, ids[name]); data.KindOf(err) != data.Refused {
			t.Errorf("removing %s: %v", name, err)
		}
	}
	if err := a.Settings.SetStage(ctx, ids["Won"], data.Values{"type": data.StageOpen}); data.KindOf(err) != data.Refused {
		t.Errorf("the only won stage became an open one: %v", err)
	}
	if err := a.Settings.RemoveStage(ctx, ids["Discovery"]); err != nil {
		t.Error(err)
	}
	for field, values := range map[string]data.Values{
		"name": {"name": ""}, "probability": {"probability": 101.0}, "expected_days": {"expected_days": int64(-1)},
	} {
		var e *data.Error
		if err := a.Settings.SetStage(ctx, ids["Close"], values); !errors.As(err, &e) || e.Field != field {
			t.Errorf("%s: %v", field, err)
		}
	}
}

func TestNewPipelineCanCloseDeals(t *testing.T) {
	ctx, a := context.Background(), settingsBook(t)
	id, err := a.Settings.AddPipeline(ctx, "Renewals")
	if err != nil {
		t.Fatal(err)
	}
	if names, _ := stageNames(t, a, id); len(names) != 3 || names[1] != "Won" || names[2] != "Lost" {
		t.Errorf("stages %v", names)
	}
	if _, err := a.Settings.AddPipeline(ctx, " "); data.KindOf(err) != data.Invalid {
		t.Errorf("a pipeline without a name: %v", err)
	}
}

func TestRatesAreChecked(t *testing.T) {
	ctx, a := context.Background(), settingsBook(t)
	day := data.NewDay(2026, time.May, 1)
	for range 2 { // the same day again changes the rate
		if err := a.Settings.SetRate(ctx, "EUR", day, "1.0842"); err != nil {
			t.Fatal(err)
		}
	}
	if n, err := a.Records.Count(ctx, data.Query{Kind: data.KindRate}); n != 1 || err != nil {
		t.Errorf("%d rates, %v", n, err)
	}
	for _, tt := range []struct {
		currency data.Currency
		day      data.Day
		rate     string
		field    string
	}{
		{"euro", day, "1.1", "currency"},
		{"USD", day, "1.1", "currency"},
		{"EUR", data.NoDay, "1.1", "day"},
		{"EUR", day, "0", "rate"},
		{"EUR", day, "-1", "rate"},
		{"EUR", day, "1e3", "rate"},
		{"EUR", day, "NaN", "rate"},
		{"EUR", day, "much", "rate"},
	} {
		var e *data.Error
		if err := a.Settings.SetRate(ctx, tt.currency, tt.day, tt.rate); !errors.As(err, &e) || e.Field != tt.field {
			t.Errorf("%v: %v", tt, err)
		}
	}
}

func TestSampleLabelIsDroppedForGood(t *testing.T) {
	ctx, a := context.Background(), settingsBook(t)
	if err := a.Sample(ctx, app.SampleOptions{Deals: 10, Seed: 1}, func(int64, int64) {}); err != nil {
		t.Fatal(err)
	}
	if err := a.Settings.DropSampleLabel(ctx); err != nil {
		t.Fatal(err)
	}
	if a.Book().Sample {
		t.Error("the book is still labelled a sample")
	}
}
