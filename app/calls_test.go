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

// TestRollupAddsUp: teams are the sums of their people, to the cent, and everybody
// together is what the figures of the period say.
func TestRollupAddsUp(t *testing.T) {
	ctx := context.Background()
	a := sampleBook(t, 900)
	period := a.Book().Calendar.QuarterOf(a.Today())
	q := app.FigureQuery{Period: period, AsOf: a.Today()}
	roll, err := a.Calls.Rollup(ctx, q)
	if err != nil {
		t.Fatal(err)
	}
	rep, manager := -1, -1
	for i, r := range roll.Rows {
		switch {
		case r.Team && r.Depth == 1:
			manager = i
		case !r.Team && r.Depth == 2 && manager >= 0 && rep < 0:
			rep = i
		}
	}
	if rep < 0 || roll.Rows[rep].Depth != roll.Rows[manager].Depth+1 {
		t.Fatalf("no rep under a manager among %d rows", len(roll.Rows))
	}
	if err := a.Calls.Adjust(ctx, roll.Rows[rep].Person, period, -1234_56, "two slip"); err != nil {
		t.Fatal(err)
	}
	if err := a.Calls.Adjust(ctx, roll.Rows[manager].Person, period, 777_01, ""); err != nil {
		t.Fatal(err)
	}
	before := roll.Total
	if roll, err = a.Calls.Rollup(ctx, q); err != nil {
		t.Fatal(err)
	}
	if got := roll.Total.Forecast - before.Forecast; got != -1234_56+777_01 {
		t.Errorf("the adjustments make %d", got)
	}
	checkTeams(t, roll)
	if err := a.Calls.Adjust(ctx, roll.Rows[rep].Person, period, 0, ""); err != nil {
		t.Fatal(err)
	}
	all, err := a.Performance.Compute(ctx, app.ComputeQuery{By: metrics.ByPerson, Period: period, AsOf: a.Today()})
	if err != nil {
		t.Fatal(err)
	}
	total := roll.Total
	if total.Closed.Minor != all.Total.WonValue.Minor || total.Commit.Minor+total.BestCase.Minor+total.Pipeline.Minor+total.Omitted.Minor != all.Total.OpenValue.Minor {
		t.Errorf("the roll-up has %+v, the figures %+v", total.Categories, all.Total)
	}
	if total.Quota != all.Total.Quota.Minor {
		t.Errorf("quota %d, the figures have %d", total.Quota, all.Total.Quota.Minor)
	}
}

// checkTeams sums each team's direct rows up.
func checkTeams(t *testing.T, roll *app.Rollup) {
	t.Helper()
	for i, team := range roll.Rows {
		if !team.Team {
			continue
		}
		var forecast, closed, quota int64
		for _, r := range roll.Rows[i+1:] {
			if r.Depth <= team.Depth {
				break
			}
			if r.Depth == team.Depth+1 {
				forecast, closed, quota = forecast+r.Forecast, closed+r.Closed.Minor, quota+r.Quota
			}
		}
		own := team.Forecast - forecast // the team's own adjustment
		if closed != team.Closed.Minor || quota != team.Quota || own != 0 && own != 777_01 {
			t.Errorf("%s: closed %d of %d, quota %d of %d, forecast off by %d", team.Name, closed, team.Closed.Minor, quota, team.Quota, own)
		}
	}
}

// TestCallsAreKept: what was said stays as it was, and the newest until a day counts.
func TestCallsAreKept(t *testing.T) {
	ctx := context.Background()
	now := time.Date(2026, 5, 20, 10, 0, 0, 0, time.UTC)
	a := sampleBookAt(t, 400, func() time.Time { return now })
	period := a.Book().Calendar.QuarterOf(a.Today())
	roll, err := a.Calls.Rollup(ctx, app.FigureQuery{Period: period, AsOf: a.Today()})
	if err != nil {
		t.Fatal(err)
	}
	who := roll.Rows[0]
	if _, err := a.Calls.Submit(ctx, who.Person, period, 500_00, " as it looks "); err != nil {
		t.Fatal(err)
	}
	first := a.Today()
	now = now.AddDate(0, 0, 7)
	if _, err := a.Calls.Submit(ctx, who.Person, period, 650_00, ""); err != nil {
		t.Fatal(err)
	}
	if _, err := a.Calls.Submit(ctx, who.Person, period, -1, ""); data.KindOf(err) != data.Invalid {
		t.Errorf("a call below 0: %v", err)
	}
	calls, err := a.Calls.History(ctx, who.Person, period.Name)
	if err != nil || len(calls) != 2 || calls[0].Amount != 500_00 || calls[0].Note != "as it looks" || calls[0].Closed != who.Closed.Minor || calls[0].Quota != who.Quota {
		t.Fatalf("%+v %v", calls, err)
	}
	for day, want := range map[data.Day]int64{first: 500_00, a.Today(): 650_00} {
		roll, err := a.Calls.Rollup(ctx, app.FigureQuery{Period: period, AsOf: day})
		if err != nil || roll.Rows[0].Call == nil || roll.Rows[0].Call.Amount != want {
			t.Errorf("on %s: %+v %v", day, roll.Rows[0].Call, err)
		}
	}
}

// TestRollupCoversAsTheFiguresDo: an overlay is won for the person alone, an open
// deal without a day is not coverage of the period, and who only lost has lost for
// all. So say the figures, and so says the roll-up.
func TestRollupCoversAsTheFiguresDo(t *testing.T) {
	ctx := context.Background()
	a, err := app.Create(ctx, filepath.Join(t.TempDir(), "c.book"),
		app.NewBook{Name: "Coverage", Currency: "USD", FiscalStart: time.January, Zone: "UTC"},
		app.Config{Now: func() time.Time { return time.Date(2026, 5, 20, 10, 0, 0, 0, time.UTC) }, Device: "test"})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = a.Close() })
	add := adder(t, a)
	pipeline := add(data.KindPipeline, data.Values{"name": "Field"})
	stages := map[string]data.ID{}
	for i, typ := range []string{data.StageOpen, data.StageWon, data.StageLost} {
		stages[typ] = add(data.KindStage, data.Values{"name": "At " + typ, "pipeline": pipeline, "type": typ, "position": int64(10 + i)})
	}
	lead := add(data.KindPerson, data.Values{"name": "Cat", "role": data.RoleManager})
	person := func(name string) data.ID {
		return add(data.KindPerson, data.Values{"name": name, "role": data.RoleRep, "manager": lead})
	}
	ann, bob, dan := person("Ann"), person("Bob"), person("Dan")
	deal := func(owner data.ID, typ string, day data.Value, amount int64) data.ID {
		return add(data.KindDeal, data.Values{"name": typ, "owner": owner, "stage": stages[typ], "close_day": day, "amount": amount, "currency": "USD", "created_day": data.NewDay(2026, 4, 1)})
	}
	for _, who := range []data.ID{ann, bob} {
		add(data.KindQuota, data.Values{"person": who, "month": data.NewDay(2026, 5, 1), "amount": int64(1000_00), "currency": "USD"})
	}
	june := data.NewDay(2026, 6, 10)
	deal(ann, data.StageOpen, june, 300_00)
	deal(ann, data.StageOpen, nil, 5000_00)
	won := deal(bob, data.StageWon, data.NewDay(2026, 5, 10), 800_00)
	deal(dan, data.StageLost, data.NewDay(2026, 5, 10), 800_00)
	add(data.KindDealSplit, data.Values{"deal": won, "person": ann, "share": 50.0, "type": data.SplitOverlay})
	deal(bob, data.StageOpen, june, 100_00)

	period := a.Book().Calendar.QuarterOf(a.Today())
	roll, err := a.Calls.Rollup(ctx, app.FigureQuery{Period: period, AsOf: a.Today()})
	if err != nil {
		t.Fatal(err)
	}
	all, err := a.Performance.Compute(ctx, app.ComputeQuery{By: metrics.ByPerson, Period: period, AsOf: a.Today()})
	if err != nil {
		t.Fatal(err)
	}
	own := map[data.ID]metrics.Row{}
	for _, row := range all.Rows {
		own[row.ID] = row
	}
	got := map[string]float64{}
	for _, r := range append(roll.Rows, roll.Total) {
		x, _ := r.Figures.Coverage.Value()
		got[r.Name] = x
		if !r.Team && r.Figures != own[r.Person] {
			t.Errorf("%s: %+v, the figures have %+v", r.Name, r.Figures, own[r.Person])
		}
	}
	if roll.Total.Figures != all.Total {
		t.Errorf("together %+v, the figures have %+v", roll.Total.Figures, all.Total)
	}
	for name, want := range map[string]float64{"Ann": 300.0 / (1000 - 400), "Bob": 100.0 / (1000 - 800), "Cat": 400.0 / (2000 - 800), "": 400.0 / (2000 - 800)} {
		if got[name] != want {
			t.Errorf("the coverage of %q is %f, want %f", name, got[name], want)
		}
	}
	if needed, _ := roll.Total.Figures.CoverageNeeded.Value(); needed != 2 {
		t.Errorf("all together need %f", needed)
	}
}
