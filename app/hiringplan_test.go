package app_test

import (
	"context"
	"testing"

	"fieldbook/app"
	"fieldbook/data"
)

// TestOpeningsFromTheRevenuePlan: a plan above what people can sell asks for heads
// in its regions; they become openings with territory and role, of which the plan
// then asks for fewer.
func TestOpeningsFromTheRevenuePlan(t *testing.T) {
	ctx := context.Background()
	a, _ := revenueBook(t)
	rows, err := a.Records.List(ctx, data.Query{Kind: data.KindRevenuePlan})
	do(t, err)
	for _, r := range rows {
		do(t, a.Records.Remove(ctx, data.KindRevenuePlan, []data.ID{r.ID}))
	}
	if _, err := a.Hiring.Missing(ctx); data.KindOf(err) != data.NotFound {
		t.Errorf("without a plan: %v", err)
	}
	s := revenueSheet(t, a, app.RevenueQuery{Year: a.Book().Calendar.YearOf(a.Today())})
	plan, err := a.Revenue.Add(ctx, app.NewRevenue{Name: "Growth", Year: a.Book().Calendar.YearOf(a.Today()), Total: 2 * s.Whole.Capacity.Amount})
	do(t, err)
	do(t, a.Revenue.Split(ctx, plan, app.RevenueRegion, app.RevenueEqually))
	missing, err := a.Hiring.Missing(ctx)
	do(t, err)
	if len(missing) == 0 || missing[0].Heads < 1 || missing[0].Each < 1 || int64(missing[0].Heads)*missing[0].Each < missing[0].Gap {
		t.Fatalf("a plan of twice of what people sell asks for %+v", missing)
	}
	count := func() int {
		t.Helper()
		n, err := a.Records.Count(ctx, data.Query{Kind: data.KindOpening, Where: []data.Filter{{Field: "territory", Test: data.Filled}}})
		do(t, err)
		return n
	}
	before := count()
	if err := a.Hiring.OpenWanted(ctx, []app.Wanted{{Region: missing[0].Region}}, data.RoleRep, data.NoDay); data.KindOf(err) != data.Invalid {
		t.Errorf("nobody is wanted: %v", err)
	}
	do(t, a.Hiring.OpenWanted(ctx, []app.Wanted{{Region: missing[0].Region, Heads: 2}}, data.RoleManager, a.Today().AddDays(30)))
	openings, err := a.Records.List(ctx, data.Query{Kind: data.KindOpening, Where: []data.Filter{{Field: "role", Test: data.Is, Values: []data.Value{data.RoleManager}}}})
	do(t, err)
	if count() != before+2 || len(openings) < 2 || !openings[0].Day("start_day").Valid() {
		t.Errorf("%d openings, then %d: %v", before, count(), openings)
	}
	if _, err := a.Journal.Undo(ctx, data.NoID); err != nil || count() != before {
		t.Errorf("undo leaves %d, %v", count(), err)
	}
}
