package app_test

import (
	"context"
	"errors"
	"slices"
	"testing"

	"fieldbook/app"
	"fieldbook/data"
)

func asError(err error, into **data.Error) bool { return errors.As(err, into) }

func (c *company) tree() *app.TerritoryTree {
	c.t.Helper()
	tree, err := c.Territories.Tree(context.Background(), app.Span{Period: data.AllTime, Today: companyDay})
	c.must(err)
	return tree
}

func (c *company) node(name string) *app.Territory {
	c.t.Helper()
	n := c.tree().Get(c.ids[name])
	if n == nil {
		c.t.Fatalf("%s is not in the tree", name)
	}
	return n
}

func names(list []*app.Territory) (out []string) {
	for _, t := range list {
		out = append(out, t.Row.Title())
	}
	return out
}

func TestTreeTotalsIncludeWhatIsBelow(t *testing.T) {
	c := staffed(t)
	harbour := c.add(data.KindTerritory, "Harbour", data.Values{"parent": c.ids["Coast"]})
	dock := c.add(data.KindAccount, "Dockside", data.Values{"territory": harbour})
	c.deal("Cranes", "Proposal", data.Values{"account": dock, "amount": int64(40_00), "currency": "USD"})
	// Without an account a deal counts where its owner owned on the close day.
	c.deal("Walk-in", "Won", data.Values{"owner": c.ids["Ann"], "amount": int64(7_00), "currency": "USD", "close_day": data.NewDay(2025, 6, 1)})
	c.deal("Too early", "Won", data.Values{"owner": c.ids["Ann"], "amount": int64(9_00), "currency": "USD", "close_day": data.NewDay(2024, 6, 1)})
	if got := names(c.tree().List); !slices.Equal(got, []string{"East", "Coast", "Harbour", "West"}) {
		t.Errorf("the tree is %v", got)
	}
	want := app.Sums{Accounts: 2, Open: 3, OpenValue: 1540_00, Won: 2, WonValue: 307_00, Quota: 200_00}
	for _, name := range []string{"East", "Coast"} {
		if got := c.node(name).Total; got != want {
			t.Errorf("%s has %+v, want %+v", name, got, want)
		}
	}
	if got := c.node("East").Own; got != (app.Sums{}) {
		t.Errorf("East itself has %+v", got)
	}
	if got := c.tree().Loose; got != (app.Sums{Won: 1, WonValue: 9_00}) {
		t.Errorf("outside stand %+v", got)
	}
	keys, err := c.Territories.Deals(context.Background(), c.ids["East"], data.StageWon, app.Span{Period: data.AllTime, Today: companyDay})
	if err != nil || len(keys) != 2 {
		t.Errorf("%d deals won behind East, %v", len(keys), err)
	}
	keys, err = c.Territories.Deals(context.Background(), data.NoID, data.StageWon, app.Span{Period: data.AllTime, Today: companyDay})
	if err != nil || len(keys) != 1 {
		t.Errorf("%d deals won outside, %v", len(keys), err)
	}
}

func TestTreeConvertsByTheDay(t *testing.T) {
	c := staffed(t)
	c.add(data.KindAccount, "Euro", data.Values{"territory": c.ids["West"]})
	for _, r := range []data.Values{
		{"currency": "EUR", "day": data.NewDay(2025, 1, 1), "rate": "1.10"},
		{"currency": "EUR", "day": data.NewDay(2026, 1, 1), "rate": "1.20"},
	} {
		_, err := c.Records.Add(context.Background(), data.KindRate, r)
		c.must(err)
	}
	for name, v := range map[string]data.Values{
		"old": {"amount": int64(100_00), "currency": "EUR", "close_day": data.NewDay(2025, 7, 1)},
		"new": {"amount": int64(100_00), "currency": "EUR", "close_day": data.NewDay(2026, 2, 1)},
		"odd": {"amount": int64(100_00), "currency": "NOK", "close_day": data.NewDay(2026, 2, 1)},
	} {
		v["account"] = c.ids["Euro"]
		c.deal(name, "Won", v)
	}
	if got := c.node("West").Total; got.WonValue != 230_00 || got.Won != 3 || got.LeftOut != 1 {
		t.Errorf("West has %+v", got)
	}
}

func TestQuotaOfATerritoryGoesBeforeItsPeoples(t *testing.T) {
	c := staffed(t)
	c.add(data.KindQuota, "East Jan", data.Values{"territory": c.ids["East"], "month": data.NewDay(2026, 1, 1), "amount": int64(900_00), "currency": "USD"})
	if got := c.node("East").Total.Quota; got != 900_00 {
		t.Errorf("East has a quota of %d", got)
	}
	if got := c.node("Coast").Total.Quota; got != 200_00 {
		t.Errorf("Coast has a quota of %d", got)
	}
}

func TestRemovedTerritoryLeavesItsChildren(t *testing.T) {
	c := staffed(t)
	ctx := context.Background()
	c.must(c.Territories.Remove(ctx, []data.ID{c.ids["East"]}))
	if coast := c.node("Coast"); coast.Depth != 0 || !coast.Loose || coast.Total.Accounts != 1 {
		t.Errorf("Coast is %+v", coast)
	}
	c.undo()
	if coast := c.node("Coast"); coast.Depth != 1 || coast.Loose {
		t.Errorf("after undo Coast is %+v", coast)
	}
	c.must(c.Territories.Remove(ctx, []data.ID{c.ids["Coast"]}))
	if keys, err := c.Territories.Accounts(ctx, app.AccountsIn{}); err != nil || len(keys) != 1 {
		t.Errorf("%d accounts without a territory, %v", len(keys), err)
	}
	if got := c.tree().Loose.Accounts; got != 1 {
		t.Errorf("%d accounts outside", got)
	}
}

func TestMoveTerritory(t *testing.T) {
	c := staffed(t)
	ctx := context.Background()
	c.must(c.Territories.Move(ctx, []data.ID{c.ids["Coast"]}, c.ids["West"]))
	if got := c.node("West").Total.Accounts; got != 1 {
		t.Errorf("West has %d accounts", got)
	}
	if err := c.Territories.Move(ctx, []data.ID{c.ids["West"]}, c.ids["Coast"]); data.KindOf(err) != data.Invalid {
		t.Errorf("a circle: %v", err)
	}
	c.undo()
	if got := c.node("East").Total.Accounts; got != 1 {
		t.Errorf("after undo East has %d accounts", got)
	}
}

func TestMergeTerritories(t *testing.T) {
	c := staffed(t)
	ctx := context.Background()
	month := data.NewDay(2026, 1, 1)
	for _, name := range []string{"East", "West"} {
		c.add(data.KindQuota, "quota "+name, data.Values{"territory": c.ids[name], "month": month, "amount": int64(100_00), "currency": "USD"})
	}
	_, err := c.Territories.SaveRule(ctx, app.Rule{Territory: c.ids["East"], Field: "city", Test: data.Is, Value: "Oslo"})
	c.must(err)
	if err := c.Territories.Merge(ctx, c.ids["East"], c.ids["Coast"]); data.KindOf(err) != data.Invalid {
		t.Errorf("merging into what is below: %v", err)
	}
	c.must(c.Territories.Merge(ctx, c.ids["East"], c.ids["West"]))
	west := c.node("West")
	if west.Total.Accounts != 1 || west.Total.Quota != 200_00 || len(west.Below) != 1 {
		t.Errorf("West is %+v", west)
	}
	if c.tree().Get(c.ids["East"]) != nil {
		t.Error("East is still here")
	}
	book, err := c.Territories.RuleBook(ctx)
	c.must(err)
	if len(book.Rules) != 1 || book.Rules[0].Territory != c.ids["West"] {
		t.Errorf("rules are %+v", book.Rules)
	}
	c.undo()
	if got := c.node("East").Total; got.Accounts != 1 || got.Quota != 100_00 {
		t.Errorf("after undo East has %+v", got)
	}
}

func TestPostsEndAndComeBack(t *testing.T) {
	c := staffed(t)
	ctx := context.Background()
	post := c.node("Coast").Posts[0]
	c.must(c.Territories.Unassign(ctx, post, companyDay.AddDays(-1)))
	if got := c.node("Coast").Posts; len(got) != 0 {
		t.Errorf("Coast is covered by %+v", got)
	}
	c.undo()
	if got := c.node("Coast").Posts; len(got) != 1 {
		t.Errorf("after undo Coast is covered by %+v", got)
	}
	_, err := c.Territories.Assign(ctx, app.Post{Person: c.ids["Bob"], Territory: c.ids["Coast"], Role: data.AssignOverlay, From: companyDay, To: companyDay.AddDays(-9)})
	if data.KindOf(err) != data.Invalid {
		t.Errorf("an end before the start: %v", err)
	}
}

func TestApplyRules(t *testing.T) {
	c := staffed(t)
	ctx := context.Background()
	for name, v := range map[string]data.Values{
		"Fjord": {"city": "Oslo", "employees": int64(900)}, "Skog": {"city": "oslo"}, "Elv": {"city": "Bergen"},
	} {
		c.add(data.KindAccount, name, v)
	}
	first, err := c.Territories.SaveRule(ctx, app.Rule{Territory: c.ids["West"], Field: "city", Test: data.Is, Value: "Oslo"})
	c.must(err)
	second, err := c.Territories.SaveRule(ctx, app.Rule{Territory: c.ids["East"], Field: "employees", Test: data.AtLeast, Value: "500"})
	c.must(err)
	c.must(c.Territories.MoveRule(ctx, second, -1))
	plan, err := c.Territories.ApplyRules(ctx, app.Unplaced)
	c.must(err)
	if len(plan.Moves) != 2 || plan.Unplaced != 1 {
		t.Errorf("the plan is %+v", plan)
	}
	for name, want := range map[string]string{"Fjord": "East", "Skog": "West", "Elv": "", "Acme": "Coast"} {
		if got := c.get(data.KindAccount, name).Labels["territory"]; got != want {
			t.Errorf("%s stands in %q, want %q", name, got, want)
		}
	}
	c.must(c.Territories.MoveRule(ctx, first, -5))
	if plan, err = c.Territories.ApplyRules(ctx, app.Unplaced); err != nil || len(plan.Moves) != 0 || plan.Kept != 1 {
		t.Errorf("by hand goes first: %+v, %v", plan, err)
	}
	if plan, err = c.Territories.ApplyRules(ctx, app.EveryAccount); err != nil || len(plan.Moves) != 1 {
		t.Errorf("every account: %+v, %v", plan, err)
	}
	c.undo()
	if got := c.get(data.KindAccount, "Fjord").Labels["territory"]; got != "East" {
		t.Errorf("after undo Fjord stands in %q", got)
	}
	c.reopen()
	if got := c.node("West").Total.Accounts; got != 1 {
		t.Errorf("after reopening West has %d accounts", got)
	}
}

func TestAccountPage(t *testing.T) {
	c := staffed(t)
	p, err := c.Territories.Account(context.Background(), c.ids["Acme"])
	c.must(err)
	if !slices.Equal(p.Path, []string{"East", "Coast"}) {
		t.Errorf("the path is %v", p.Path)
	}
	if p.OpenDeals != (app.Figure{Count: 2, Value: 1500_00}) || p.Won != (app.Figure{Count: 1, Value: 300_00}) {
		t.Errorf("open %+v, won %+v", p.OpenDeals, p.Won)
	}
	if len(p.Deals) != 3 || p.Deals[2].Title() != "Won one" {
		t.Errorf("deals are %v", p.Deals)
	}
}
