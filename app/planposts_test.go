package app_test

import (
	"context"
	"path/filepath"
	"testing"
	"time"

	"fieldbook/app"
	"fieldbook/app/planning"
	"fieldbook/data"
)

// TestPublishingEndsWhatThePlanEmpties publishes a plan of new territories for a
// day to come: who covered a territory in which no account stays does so to the
// eve of that day and no longer, and what is in force then is the plan.
func TestPublishingEndsWhatThePlanEmpties(t *testing.T) {
	ctx := context.Background()
	now := time.Date(2026, 5, 20, 10, 0, 0, 0, time.UTC)
	a := sampleBookAt(t, 600, func() time.Time { return now })
	was := bookOf(t, a, data.NoID)
	plan := draftOf(t, a)
	first := a.Today().AddDays(12)
	done, err := a.Plans.Publish(ctx, app.Publishing{Plan: plan.Info.ID, From: first, HandOver: true})
	if err != nil || done.Left == 0 {
		t.Fatalf("%+v %v", done, err)
	}
	if got := bookOf(t, a, data.NoID); len(got.Plan.Territories) != len(was.Plan.Territories) {
		t.Errorf("before its day %d territories are in force, there were %d", len(got.Plan.Territories), len(was.Plan.Territories))
	}
	now = now.AddDate(0, 0, 12)
	if _, err := a.Plans.TakeForce(ctx); err != nil {
		t.Fatal(err)
	}
	is := bookOf(t, a, data.NoID)
	ofPlan := map[data.ID]bool{}
	for _, p := range bookOf(t, a, plan.Info.ID).Plan.Territories {
		ofPlan[p.Live] = true
	}
	load := is.Divide().Loads
	for i, x := range is.Plan.Territories {
		if !ofPlan[x.ID] && load[i].Of(planning.Accounts) == 0 {
			t.Errorf("%s is in force with no account", x.Name)
		}
	}
	// The past is as it was: the ended posts tell who covered what.
	rows, err := a.Records.List(ctx, data.Query{Kind: data.KindAssignment, Where: []data.Filter{{Field: "end_day", Test: data.Is, Values: []data.Value{first.AddDays(-1)}}}})
	if err != nil || len(rows) < done.Left {
		t.Errorf("%d posts end on the eve, %d territories were left (%v)", len(rows), done.Left, err)
	}
	// A new territory lies in the region that its accounts lay in.
	for _, x := range bookOf(t, a, plan.Info.ID).Plan.Territories {
		row, err := a.Records.Get(ctx, data.KindTerritory, x.Live)
		if err != nil || !row.Has("parent") {
			t.Errorf("%s lies in no region (%v)", x.Name, err)
		}
	}
	if r, err := a.Journal.Verify(ctx); err != nil || r.Faults > 0 {
		t.Errorf("verify: %v %v", r.Findings, err)
	}
}

// TestUndoOfAPlanThatTookForceStands: what was carried out by the day and taken
// back is not carried out again at the next opening, but is by a redo, or where
// the plan is published anew.
func TestUndoOfAPlanThatTookForceStands(t *testing.T) {
	ctx := context.Background()
	now := time.Date(2026, 5, 20, 10, 0, 0, 0, time.UTC)
	a := sampleBookAt(t, 300, func() time.Time { return now })
	plan := draftOf(t, a).Info.ID
	publish := func() {
		t.Helper()
		if _, err := a.Plans.Publish(ctx, app.Publishing{Plan: plan, From: a.Today().AddDays(3), HandOver: true}); err != nil {
			t.Fatal(err)
		}
		now = now.AddDate(0, 0, 3)
	}
	force := func(name string, want bool) {
		t.Helper()
		done, err := a.Plans.TakeForce(ctx)
		if err != nil || done.Accounts > 0 != want {
			t.Errorf("%s: %+v %v", name, done, err)
		}
	}
	undo := func() {
		t.Helper()
		if _, err := a.Journal.Undo(ctx, data.NoID); err != nil {
			t.Fatal(err)
		}
	}
	publish()
	force("on its day", true)
	undo()
	force("after the undo", false)
	if _, err := a.Journal.Redo(ctx); err != nil {
		t.Fatal(err)
	}
	force("after the redo", false)
	undo()
	undo() // the publishing
	publish()
	force("published anew", true)
}

// TestARegionOfSeveralPeopleKeepsThem: a territory that several people own is a
// region; a plan that names it with one of them ends no post of the others, save
// where it seats them elsewhere, and seats lie below the region.
func TestARegionOfSeveralPeopleKeepsThem(t *testing.T) {
	ctx := context.Background()
	a, err := app.Create(ctx, filepath.Join(t.TempDir(), "r.book"), app.NewBook{Name: "R", Currency: "USD", FiscalStart: time.January, Zone: "UTC"},
		app.Config{Now: func() time.Time { return time.Date(2026, 5, 20, 10, 0, 0, 0, time.UTC) }, Device: "test"})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = a.Close() })
	add := adder(t, a)
	east := add(data.KindTerritory, data.Values{"name": "East"})
	people := map[string]data.ID{}
	for _, name := range []string{"Ann", "Bob", "Cleo"} {
		people[name] = add(data.KindPerson, data.Values{"name": name})
		add(data.KindAssignment, data.Values{"person": people[name], "territory": east, "role": data.AssignOwner})
	}
	add(data.KindAccount, data.Values{"name": "Elm Foods", "city": "Houston", "state": "TX", "country": "US", "territory": east})
	plan, err := a.Plans.Create(ctx, app.NewPlan{Name: "Next year", Level: "state", Frame: "US"})
	if err != nil {
		t.Fatal(err)
	}
	b := bookOf(t, a, plan)
	one := b.Plan.Territories[0]
	one.Person = people["Ann"]
	if _, err := a.Plans.SaveTerritory(ctx, plan, one); err != nil {
		t.Fatal(err)
	}
	fresh, err := a.Plans.SaveTerritory(ctx, plan, planning.Territory{Name: "East, Bob", Person: people["Bob"]})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := a.Plans.Publish(ctx, app.Publishing{Plan: plan, From: a.Today()}); err != nil {
		t.Fatal(err)
	}
	places := map[string][]string{}
	rows, err := a.Records.List(ctx, data.Query{Kind: data.KindAssignment, Where: []data.Filter{{Field: "end_day", Test: data.Blank}}})
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range rows {
		places[r.Labels["person"]] = append(places[r.Labels["person"]], r.Labels["territory"])
	}
	for name, want := range map[string]string{"Ann": "East", "Bob": "East, Bob", "Cleo": "East"} {
		if got := places[name]; len(got) != 1 || got[0] != want {
			t.Errorf("%s covers %q", name, got)
		}
	}
	for _, x := range bookOf(t, a, plan).Plan.Territories {
		if x.ID != fresh {
			continue
		}
		if row, err := a.Records.Get(ctx, data.KindTerritory, x.Live); err != nil || row.Ref("parent") != east {
			t.Errorf("%s does not lie in East (%v)", x.Name, err)
		}
	}
}
