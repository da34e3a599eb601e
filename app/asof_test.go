package app_test

import (
	"context"
	"path/filepath"
	"testing"
	"time"

	"fieldbook/app"
	"fieldbook/app/metrics"
	"fieldbook/data"
)

// TestEveryListAnswersForAPastDay edits people, accounts, territories, quotas
// and deals on a later day and looks back.
func TestEveryListAnswersForAPastDay(t *testing.T) {
	ctx := context.Background()
	now := time.Date(2026, 3, 2, 10, 0, 0, 0, time.UTC)
	a, err := app.Create(ctx, filepath.Join(t.TempDir(), "past.book"), app.NewBook{Name: "Past", Currency: "USD", FiscalStart: time.January, Zone: "UTC", As: "Mia Moss", Role: data.RoleManager},
		app.Config{Now: func() time.Time { now = now.Add(time.Second); return now }, Device: "desk"})
	check := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	check(err)
	defer func() { check(a.Close()) }()
	add := adder(t, a)
	change := func(kind string, id data.ID, v data.Values) {
		t.Helper()
		check(a.Records.Set(ctx, kind, []data.ID{id}, v))
	}
	stages, err := a.Records.List(ctx, data.Query{Kind: data.KindStage, Sort: []data.Sort{{Field: "position"}}})
	check(err)
	won := stages[0]
	for _, s := range stages {
		if s.Text("type") == data.StageWon {
			won = s
		}
	}
	ada := add(data.KindPerson, data.Values{"name": "Ada", "role": data.RoleRep})
	north := add(data.KindTerritory, data.Values{"name": "North"})
	acc := add(data.KindAccount, data.Values{"name": "Inity", "territory": north})
	deal := add(data.KindDeal, data.Values{"name": "Rangreen", "stage": stages[0].ID, "owner": ada, "account": acc, "amount": int64(100), "currency": "USD"})
	quota := add(data.KindQuota, data.Values{"person": ada, "month": data.NewDay(2026, 3, 1), "amount": int64(5000), "currency": "USD"})

	now = time.Date(2026, 3, 20, 10, 0, 0, 0, time.UTC)
	change(data.KindPerson, ada, data.Values{"name": "Ada Berg"})
	change(data.KindTerritory, north, data.Values{"name": "Far north"})
	change(data.KindQuota, quota, data.Values{"amount": int64(9000)})
	check(a.Pipeline.MoveDeal(ctx, app.MoveDeal{Deal: deal, Stage: won.ID, Day: data.NewDay(2026, 3, 20)}))
	check(a.Records.Remove(ctx, data.KindAccount, []data.ID{acc}))
	late := add(data.KindDeal, data.Values{"name": "Late", "stage": stages[0].ID})

	past, err := a.AsOf(ctx, data.NewDay(2026, 3, 10))
	check(err)
	defer func() { check(past.Close()) }()
	get := func(kind string, id data.ID) data.Row {
		t.Helper()
		row, err := past.Records.Get(ctx, kind, id)
		check(err)
		return row
	}
	if row := get(data.KindDeal, deal); row.Ref("stage") != stages[0].ID || row.Labels["owner"] != "Ada" || row.Labels["account"] != "Inity" || row.Int("amount") != 100 {
		t.Errorf("the deal was %v, %v", row.Values, row.Labels)
	}
	if row := get(data.KindAccount, acc); row.Labels["territory"] != "North" {
		t.Errorf("the account was %v", row.Labels)
	}
	if got := get(data.KindQuota, quota).Int("amount"); got != 5000 {
		t.Errorf("the quota was %d", got)
	}
	if _, err := past.Records.Get(ctx, data.KindDeal, late); data.KindOf(err) != data.NotFound {
		t.Errorf("a deal that was added later is there: %v", err)
	}
	edits, err := past.Journal.History(ctx, data.KindPerson, ada)
	check(err)
	for _, e := range edits {
		if e.New == "Ada Berg" {
			t.Error("the history knows what came later")
		}
	}
	open, err := past.Records.Count(ctx, data.Query{Kind: data.KindDeal, Where: []data.Filter{{Field: "stage.type", Test: data.Is, Values: []data.Value{data.StageOpen}}}})
	check(err)
	r, err := past.Performance.Compute(ctx, app.ComputeQuery{By: metrics.ByPerson, Period: data.AllTime, AsOf: past.Today()})
	check(err)
	if open != 1 || r.Total.Open != open {
		t.Errorf("%d deals are listed as open, %d counted", open, r.Total.Open)
	}
	b := past.Book()
	if !b.ReadOnly || b.Past != data.NewDay(2026, 3, 10) || past.Today() != b.Past {
		t.Errorf("%+v", b)
	}
	if err := past.Records.Set(ctx, data.KindPerson, []data.ID{ada}, data.Values{"name": "x"}); data.KindOf(err) != data.Refused {
		t.Errorf("the past is changed: %v", err)
	}
	if _, err := a.AsOf(ctx, a.Today()); data.KindOf(err) != data.Invalid {
		t.Errorf("today is past: %v", err)
	}
}

// TestAPastDayHasNothingOfLaterDays brings in, on a later day, what was done in
// between: as of a day before that it had not been done. A talk that was planned
// by then is there.
func TestAPastDayHasNothingOfLaterDays(t *testing.T) {
	ctx := t.Context()
	now := time.Date(2026, 3, 5, 10, 0, 0, 0, time.UTC)
	a, err := app.Create(ctx, filepath.Join(t.TempDir(), "past.book"), app.NewBook{Name: "Past", Currency: "USD", FiscalStart: time.January, Zone: "UTC"},
		app.Config{Now: func() time.Time { now = now.Add(time.Second); return now }, Device: "desk"})
	if err != nil {
		t.Fatal(err)
	}
	defer func() {
		if err := a.Close(); err != nil {
			t.Error(err)
		}
	}()
	add := adder(t, a)
	march := func(day int) data.Day { return data.NewDay(2026, 3, day) }
	ada := add(data.KindPerson, data.Values{"name": "Ada", "role": data.RoleRep})
	known := add(data.KindOneOnOne, data.Values{"person": ada, "day": march(25), "status": data.OneOnOnePlanned})
	early := add(data.KindCommitment, data.Values{"person": ada, "what": "Call mills", "day": march(4)})

	now = time.Date(2026, 3, 20, 10, 0, 0, 0, time.UTC)
	add(data.KindOneOnOne, data.Values{"person": ada, "day": march(12), "status": data.OneOnOneHeld})
	add(data.KindOneOnOne, data.Values{"person": ada, "day": march(30), "status": data.OneOnOnePlanned})
	add(data.KindCommitment, data.Values{"person": ada, "what": "Visit mills", "day": march(12)})
	add(data.KindReview, data.Values{"person": ada, "period": "2026-Q1", "day": march(18)})
	add(data.KindRecognition, data.Values{"person": ada, "day": march(18), "title": "A mill"})
	meeting := add(data.KindMeeting, data.Values{"subject": "Review", "type": data.MeetingPipeline, "day": march(16), "status": data.MeetingHeld})
	add(data.KindAction, data.Values{"what": "Ask who signs", "meeting": meeting, "due_day": march(19)})

	for day, want := range map[data.Day]map[string]int{
		march(10): {data.KindOneOnOne: 1, data.KindCommitment: 1, data.KindReview: 0, data.KindRecognition: 0, data.KindMeeting: 0, data.KindAction: 0},
		march(17): {data.KindOneOnOne: 2, data.KindCommitment: 2, data.KindReview: 0, data.KindRecognition: 0, data.KindMeeting: 1, data.KindAction: 1},
		march(19): {data.KindOneOnOne: 2, data.KindCommitment: 2, data.KindReview: 1, data.KindRecognition: 1, data.KindMeeting: 1, data.KindAction: 1},
	} {
		past, err := a.AsOf(ctx, day)
		if err != nil {
			t.Fatal(err)
		}
		for kind, n := range want {
			rows, err := past.Records.List(ctx, data.Query{Kind: kind})
			if err != nil || len(rows) != n {
				t.Errorf("as of %s there are %d of kind %s, not %d; %v", day, len(rows), kind, n, err)
			}
			if kind == data.KindOneOnOne && len(rows) > 0 && rows[0].ID != known || kind == data.KindCommitment && len(rows) > 0 && rows[0].ID != early {
				t.Errorf("as of %s the first %s is %v", day, kind, rows[0].Values)
			}
		}
		if err := past.Close(); err != nil {
			t.Error(err)
		}
	}
}
