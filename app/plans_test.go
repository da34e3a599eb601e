package app_test

import (
	"context"
	"slices"
	"testing"

	"fieldbook/app"
	"fieldbook/app/planning"
	"fieldbook/data"
)

func TestADraftBeginsWithWhatIsInForce(t *testing.T) {
	ctx := context.Background()
	a := sampleBook(t, 600)
	id, err := a.Plans.Create(ctx, app.NewPlan{Name: "Next year", Level: "county"})
	if err != nil {
		t.Fatal(err)
	}
	live, err := a.Plans.Book(ctx, data.NoID)
	if err != nil {
		t.Fatal(err)
	}
	draft, err := a.Plans.Book(ctx, id)
	if err != nil {
		t.Fatal(err)
	}
	if draft.Info.Frame != "US" || len(draft.Areas) < 3000 {
		t.Fatalf("%d areas of %s", len(draft.Areas), draft.Info.Frame)
	}
	before, after := live.Divide(), draft.Divide()
	for i := range live.Accounts {
		was, is := before.Of[i], after.Of[i]
		if was == planning.Nobody {
			continue // areas may take in what nobody had
		}
		if is == planning.Nobody || draft.Plan.Territories[is].Live != live.Plan.Territories[was].ID {
			t.Errorf("%s went elsewhere: %d, %d", live.Accounts[i].Name, was, is)
		}
	}
	if g := draft.Gaps(); len(g.Areas) > 0 || len(g.Accounts) > 0 {
		t.Errorf("%d areas and %d accounts are nobody's", len(g.Areas), len(g.Accounts))
	}
	// Only those get another owner who belong to somebody else than their territory's person.
	stray := 0
	for i, to := range after.Of {
		if to == planning.Nobody {
			continue
		}
		if person := draft.Plan.Territories[to].Person; !person.IsZero() && person != draft.Accounts[i].Owner {
			stray++
		}
	}
	if got := app.Moves(draft.Effects(live)); got != stray {
		t.Errorf("a draft of what is in force gives %d accounts another owner, not %d", got, stray)
	}
}

// draftOf makes a draft of the sample by states.
func draftOf(t *testing.T, a *app.App) *app.PlanBook {
	t.Helper()
	plans, err := a.Plans.List(context.Background())
	if err != nil || len(plans) == 0 {
		t.Fatal(plans, err)
	}
	return bookOf(t, a, plans[0].ID)
}

func bookOf(t *testing.T, a *app.App, id data.ID) *app.PlanBook {
	t.Helper()
	b, err := a.Plans.Book(context.Background(), id)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func TestGivingAreas(t *testing.T) {
	ctx := context.Background()
	a := sampleBook(t, 600)
	b := draftOf(t, a)
	id := b.Info.ID
	find := func(name string) planning.Territory {
		i := slices.IndexFunc(b.Plan.Territories, func(t planning.Territory) bool { return t.Name == name })
		if i < 0 {
			t.Fatalf("no %s", name)
		}
		return b.Plan.Territories[i]
	}
	mountain, pacific := find("Mountain"), find("Pacific")
	holder := func(code string, around ...string) string {
		h := bookOf(t, a, id).Plan.Holder(code, around...)
		if h.Territory == planning.Nobody {
			return ""
		}
		return b.Plan.Territories[h.Territory].Name
	}
	give := func(want app.Given, g app.Giving) {
		t.Helper()
		g.Plan = id
		got, err := a.Plans.Give(ctx, g)
		if err != nil || got != want {
			t.Errorf("%+v: %+v %v", g, got, err)
		}
	}
	// A county out of a state, then the whole state, which takes the county along.
	give(app.Given{Areas: 1}, app.Giving{Areas: []string{"US/c06037"}, Territory: mountain.ID})
	if got := holder("US/c06037", "US-CA", "US"); got != "Mountain" {
		t.Errorf("Los Angeles County: %q", got)
	}
	give(app.Given{}, app.Giving{Areas: []string{"US/c06037"}, Territory: mountain.ID})
	give(app.Given{Areas: 1}, app.Giving{Areas: []string{"US-CA"}, Territory: pacific.ID})
	if got := holder("US/c06037", "US-CA", "US"); got != "Pacific" {
		t.Errorf("Los Angeles County after its state: %q", got)
	}
	// What is locked stays, by itself or by its territory.
	if err := a.Plans.Lock(ctx, app.Giving{Plan: id, Areas: []string{"US-NV"}}, true); err != nil {
		t.Fatal(err)
	}
	give(app.Given{Areas: 1, Locked: 1}, app.Giving{Areas: []string{"US-NV", "US-UT"}, Territory: pacific.ID})
	mountain.Locked = true
	if _, err := a.Plans.SaveTerritory(ctx, id, mountain); err != nil {
		t.Fatal(err)
	}
	give(app.Given{Locked: 2}, app.Giving{Areas: []string{"US-WY", "US-MT"}, Territory: pacific.ID})
	give(app.Given{Locked: 1}, app.Giving{Areas: []string{"US-UT"}, Territory: mountain.ID})
	// An account by name goes before its area; unlisted it comes back.
	at := slices.IndexFunc(bookOf(t, a, id).Divide().Of, func(n int) bool { return n != planning.Nobody && b.Plan.Territories[n].Name == "Southeast" })
	account := b.Accounts[at]
	give(app.Given{Accounts: 1}, app.Giving{Accounts: []data.ID{account.ID}, Territory: pacific.ID})
	now := bookOf(t, a, id)
	if to, why := now.Plan.Place(&now.Accounts[at]); now.Plan.Territories[to].Name != "Pacific" || why != planning.Named {
		t.Errorf("the account: %d %v", to, why)
	}
	if err := a.Plans.Unlist(ctx, id, []data.ID{account.ID}); err != nil {
		t.Fatal(err)
	}
	now = bookOf(t, a, id)
	if _, why := now.Plan.Place(&now.Accounts[at]); why == planning.Named {
		t.Error("it is still listed by name")
	}
	// Merging leaves nothing behind.
	if err := a.Plans.RemoveTerritory(ctx, id, find("Plains").ID, find("Great Lakes").ID); err != nil {
		t.Fatal(err)
	}
	now = bookOf(t, a, id)
	if len(now.Plan.Territories) != 7 || len(now.Gaps().Areas) != len(b.Gaps().Areas) {
		t.Errorf("%d territories, %d areas of nobody", len(now.Plan.Territories), len(now.Gaps().Areas))
	}
	for range 7 { // all of it back
		if _, err := a.Journal.Undo(ctx, data.NoID); err != nil {
			t.Fatal(err)
		}
	}
	if got := bookOf(t, a, id); len(got.Plan.Territories) != 8 || holder("US-UT") != "Mountain" || holder("US-NV") != "Mountain" {
		t.Errorf("after undoing: %d territories, Utah %q", len(got.Plan.Territories), holder("US-UT"))
	}
}

func TestAPlanTakesForce(t *testing.T) {
	ctx := context.Background()
	a := sampleBook(t, 600)
	b := draftOf(t, a)
	if _, err := a.Plans.Publish(ctx, app.Publishing{Plan: b.Info.ID, From: a.Today().AddDays(30), HandOver: true}); err != nil {
		t.Fatal(err)
	}
	live := bookOf(t, a, data.NoID)
	before := live.Divide()
	done, err := a.Plans.TakeForce(ctx)
	if err != nil || done.Accounts > 0 {
		t.Fatalf("before its day: %+v %v", done, err)
	}
	// From today on, by a copy: the first one is archived.
	next, err := a.Plans.Copy(ctx, b.Info.ID, "From today")
	if err != nil {
		t.Fatal(err)
	}
	done, err = a.Plans.Publish(ctx, app.Publishing{Plan: next, From: a.Today(), HandOver: true, OpenDeals: true})
	if err != nil || done.Accounts == 0 || done.Posts == 0 || done.Owners == 0 || done.Deals == 0 || done.Waits {
		t.Fatalf("%+v %v", done, err)
	}
	live = bookOf(t, a, data.NoID)
	plan := bookOf(t, a, next)
	after := plan.Divide()
	for i := range plan.Accounts {
		acc := &live.Accounts[i]
		if to := after.Of[i]; to != planning.Nobody {
			if acc.Territory != plan.Plan.Territories[to].Live || acc.Owner != plan.Plan.Territories[to].Person {
				t.Errorf("%s is not where the plan says", acc.Name)
			}
		} else if before.Of[i] != planning.Nobody && acc.Territory.IsZero() {
			t.Errorf("%s lost its territory", acc.Name)
		}
	}
	plans, err := a.Plans.List(ctx)
	if err != nil || plans[0].Status != data.PlanActive || plans[0].ID != next || plans[1].Status != data.PlanArchived {
		t.Errorf("%+v %v", plans, err)
	}
	if again, err := a.Plans.TakeForce(ctx); err != nil || again.Accounts > 0 {
		t.Errorf("again: %+v %v", again, err)
	}
	if _, err := a.Plans.Give(ctx, app.Giving{Plan: next, Areas: []string{"US-CA"}}); data.KindOf(err) != data.Refused {
		t.Errorf("a plan in force was changed: %v", err)
	}
	if r, err := a.Journal.Verify(ctx); err != nil || r.Faults > 0 {
		t.Errorf("verify: %v %v", r.Findings, err)
	}
}

// TestWhatIsInForceTellsWhoHasNoTerritory: an account that stands in none is a gap,
// whether or not its place is known.
func TestWhatIsInForceTellsWhoHasNoTerritory(t *testing.T) {
	ctx := context.Background()
	a := sampleBook(t, 400)
	n, err := a.Records.Count(ctx, data.Query{Kind: data.KindAccount, Where: []data.Filter{{Field: "territory", Test: data.Blank}}})
	if err != nil || n == 0 {
		t.Fatal(n, err)
	}
	if g := bookOf(t, a, data.NoID).Gaps(); len(g.Accounts) != n {
		t.Errorf("%d accounts in no territory, the book has %d", len(g.Accounts), n)
	}
}
