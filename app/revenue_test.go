package app_test

import (
	"context"
	"strings"
	"testing"
	"time"

	"fieldbook/app"
	"fieldbook/data"
)

// revenueBook is a company with some years behind it, and the year to plan.
func revenueBook(t *testing.T) (*app.App, data.Period) {
	t.Helper()
	a := figuresBook(t, &dayClock{now: time.Date(2026, 11, 20, 9, 0, 0, 0, time.UTC)})
	if err := a.Sample(context.Background(), app.SampleOptions{Deals: 3000, Seed: 3}, func(int64, int64) {}); err != nil {
		t.Fatal(err)
	}
	return a, a.Book().Calendar.Year(2028)
}

func revenueSheet(t *testing.T, a *app.App, q app.RevenueQuery) *app.RevenueSheet {
	t.Helper()
	q.AsOf = a.Today()
	s, err := a.Revenue.Sheet(context.Background(), q)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func do(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// TestRevenueYear plans a year from the first number to the quotas, and takes the
// last step back.
func TestRevenueYear(t *testing.T) {
	ctx := context.Background()
	a, year := revenueBook(t)
	season := [12]float64{5, 5, 10, 5, 5, 10, 5, 5, 10, 10, 10, 20}
	plan, err := a.Revenue.Add(ctx, app.NewRevenue{Name: "Growth", Year: year, Total: 4_000_000_01, Stretch: 12.5, Season: season})
	do(t, err)
	s := revenueSheet(t, a, app.RevenueQuery{Year: year})
	if s.Plan == nil || s.Plan.ID != plan || s.Whole.Months.Year() != 4_000_000_01 || s.Whole.Months[11] != 800_000_01 || s.Plan.StretchGoal() != 4_500_000_01 || s.Divided() {
		t.Fatalf("%+v", s.Whole)
	}
	if !s.Whole.Capacity.Known || s.Whole.Capacity.Amount <= 0 || s.Whole.Capacity.Hires <= 0 || s.Whole.Won <= 0 || s.Whole.Gap() != s.Whole.Months.Year()-s.Whole.Capacity.Amount {
		t.Errorf("capacity %+v, won %d", s.Whole.Capacity, s.Whole.Won)
	}
	for _, by := range app.RevenueCuts {
		for _, how := range app.RevenueWays {
			err := a.Revenue.Split(ctx, plan, by, how)
			if refused := by == app.RevenueFamily && how == app.RevenueByPotential || by != app.RevenueRegion && how == app.RevenueByCapacity; refused {
				if data.KindOf(err) != data.Refused || !strings.Contains(err.Error(), "does not know") {
					t.Errorf("%s by %s: %v", by, how, err)
				}
				continue
			}
			do(t, err)
			s = revenueSheet(t, a, app.RevenueQuery{Year: year, By: by})
			for m := range 12 {
				if s.Loose(m) != 0 {
					t.Errorf("%s by %s: %d left in month %d", by, how, s.Loose(m), m+1)
				}
			}
		}
	}
	regions := revenueSheet(t, a, app.RevenueQuery{Year: year})
	var capacity int64
	for _, l := range regions.Lines {
		if l.Won <= 0 || l.Capacity.Amount <= 0 || l.Months.Year() == 0 {
			t.Errorf("%+v", l)
		}
		capacity += l.Capacity.Amount
	}
	if capacity > regions.Whole.Capacity.Amount {
		t.Errorf("regions can sell %d of %d", capacity, regions.Whole.Capacity.Amount)
	}
	do(t, a.Revenue.Set(ctx, plan, app.RevenueCell{By: app.RevenueRegion, ID: regions.Lines[0].ID, Months: []int{0, 1, 2}, Amount: regions.Lines[0].Months.Sum(0, 1, 2) + 9_00}))
	if s = revenueSheet(t, a, app.RevenueQuery{Year: year}); s.Loose(0, 1, 2) != -9_00 || s.Whole.Months.Year() != 4_000_000_01 {
		t.Errorf("loose %d of %d", s.Loose(0, 1, 2), s.Whole.Months.Year())
	}
	do(t, undo(a))
	do(t, a.Revenue.Set(ctx, plan, app.RevenueCell{Months: []int{0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11}, Amount: 5_000_000_03}))
	if s = revenueSheet(t, a, app.RevenueQuery{Year: year, By: app.RevenueFamily}); s.Whole.Months.Year() != 5_000_000_03 || s.Loose(11) != 0 {
		t.Errorf("the whole is %d, %d left", s.Whole.Months.Year(), s.Loose(11))
	}
	do(t, a.Revenue.Reseason(ctx, plan, [12]float64{1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1}))
	if s = revenueSheet(t, a, app.RevenueQuery{Year: year, By: app.RevenueSegment}); s.Whole.Months.Year() != 5_000_000_03 || s.Loose(11) != 0 || s.Plan.Season[0] != 1 || s.Whole.Months[0] > 416_668_00 {
		t.Errorf("%+v", s.Whole.Months)
	}

	_, err = a.Revenue.MakeQuotas(ctx, app.RevenueQuotas{Plan: plan, How: app.RevenueEqually})
	if data.KindOf(err) != data.Refused || !strings.Contains(err.Error(), "Approve it first") {
		t.Errorf("quotas of a draft: %v", err)
	}
	do(t, a.Revenue.SetStatus(ctx, plan, data.RevenueProposed))
	do(t, a.Revenue.SetStatus(ctx, plan, data.RevenueApproved))
	if err := a.Revenue.Split(ctx, plan, app.RevenueRegion, app.RevenueEqually); data.KindOf(err) != data.Refused || !strings.Contains(err.Error(), "its amounts stand") {
		t.Errorf("an approved plan was divided: %v", err)
	}
	made, err := a.Revenue.MakeQuotas(ctx, app.RevenueQuotas{Plan: plan, Over: 5_00, How: app.RevenueByHistory})
	do(t, err)
	grid, err := a.Quotas.Grid(ctx, year, data.Scope{})
	do(t, err)
	s = revenueSheet(t, a, app.RevenueQuery{Year: year})
	for m := range 12 {
		var regions, people int64
		for _, l := range grid.Territories {
			regions += l.Months[m].Minor
		}
		for _, l := range grid.People {
			people += l.Months[m].Minor
		}
		if plan := s.Whole.Months[m]; regions != plan || people < plan*105/100-5 || people > plan*105/100+5 {
			t.Errorf("month %d: regions %d, people %d of %d", m+1, regions, people, plan)
		}
	}
	if made.Regions == 0 || made.People == 0 || len(made.Nobody) != 0 || !s.Whole.HasQuota {
		t.Errorf("%+v", made)
	}
	do(t, undo(a))
	if grid, err = a.Quotas.Grid(ctx, year, data.Scope{}); err != nil || grid.Any {
		t.Errorf("quotas are left after undo: %v", err)
	}
}

func undo(a *app.App) error {
	_, err := a.Journal.Undo(context.Background(), data.NoID)
	return err
}

// TestRevenueScenarios copies a plan, approves one after the other, and removes one.
func TestRevenueScenarios(t *testing.T) {
	ctx := context.Background()
	a, year := revenueBook(t)
	people, err := a.Records.List(ctx, data.Query{Kind: data.KindPerson, Where: []data.Filter{{Field: "role", Test: data.Is, Values: []data.Value{data.RoleLead}}}, Limit: 1})
	do(t, err)
	do(t, a.SetMe(ctx, people[0].ID))
	first, err := a.Revenue.Add(ctx, app.NewRevenue{Name: "Base", Year: year, Total: 3_000_000_07})
	do(t, err)
	do(t, a.Revenue.Split(ctx, first, app.RevenueRegion, app.RevenueByCapacity))
	do(t, a.Revenue.SetStatus(ctx, first, data.RevenueApproved))
	second, err := a.Revenue.Copy(ctx, app.CopyRevenue{Plan: first, Name: "More", Change: 7_50})
	do(t, err)
	s := revenueSheet(t, a, app.RevenueQuery{Year: year, Plan: second})
	if s.Plan.Source != "Base" || s.Plan.Status != data.RevenueDraft || s.Loose(0, 5, 11) != 0 || s.Whole.Months.Year() < 3_225_000_00 || s.Whole.Months.Year() > 3_225_000_20 {
		t.Errorf("%+v, %d", s.Plan, s.Whole.Months.Year())
	}
	do(t, a.Revenue.SetStatus(ctx, second, data.RevenueApproved))
	s = revenueSheet(t, a, app.RevenueQuery{Year: year})
	old := s.Plans[len(s.Plans)-1]
	if s.Plan.ID != second || s.Plan.Revision != 2 || s.Plan.ApprovedBy != people[0].Title() || s.Plan.Approved != a.Today() || old.ID != first || old.Status != data.RevenueArchived || old.ApprovedBy == "" {
		t.Errorf("%+v after %+v", s.Plan, old)
	}
	do(t, undo(a))
	if s = revenueSheet(t, a, app.RevenueQuery{Year: year}); s.Plan.ID != first || s.Plan.Status != data.RevenueApproved {
		t.Errorf("undone: %+v", s.Plan)
	}
	do(t, a.Revenue.Remove(ctx, second))
	if s = revenueSheet(t, a, app.RevenueQuery{Year: year}); len(s.Plans) != 1 {
		t.Errorf("%d plans", len(s.Plans))
	}
	do(t, undo(a))
	if s = revenueSheet(t, a, app.RevenueQuery{Year: year, Plan: second}); len(s.Plans) != 2 || s.Whole.Months.Year() < 3_225_000_00 {
		t.Errorf("%d plans, %d", len(s.Plans), s.Whole.Months.Year())
	}
	for name, err := range map[string]error{
		"no name":       func() error { _, err := a.Revenue.Add(ctx, app.NewRevenue{Year: year}); return err }(),
		"below nothing": a.Revenue.Set(ctx, second, app.RevenueCell{Months: []int{0}, Amount: -1}),
		"no such way":   a.Revenue.Split(ctx, second, app.RevenueRegion, "luck"),
		"no such state": a.Revenue.SetStatus(ctx, second, "signed"),
	} {
		if data.KindOf(err) != data.Invalid {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// TestRevenueOfNamesakes: two regions of one name keep what each of them won.
func TestRevenueOfNamesakes(t *testing.T) {
	a, year := revenueBook(t)
	before := revenueSheet(t, a, app.RevenueQuery{Year: year}).Lines
	if len(before) < 2 || before[0].Won == before[1].Won {
		t.Fatalf("the sample's regions do not differ: %+v", before)
	}
	do(t, a.Records.Set(context.Background(), data.KindTerritory, []data.ID{before[1].ID}, data.Values{"name": before[0].Name}))
	for i, l := range revenueSheet(t, a, app.RevenueQuery{Year: year}).Lines {
		if l.ID != before[i].ID || l.Won != before[i].Won {
			t.Errorf("%s won %d, not %d", l.Name, l.Won, before[i].Won)
		}
	}
}

// TestYearsOfPlans: a plan for a year that has no quotas yet can be chosen.
func TestYearsOfPlans(t *testing.T) {
	ctx := context.Background()
	a, year := revenueBook(t)
	far := a.Book().Calendar.YearOf(year.From.AddMonths(12 * 9))
	_, err := a.Revenue.Add(ctx, app.NewRevenue{Name: "Far", Year: far, Total: 1_000_00})
	do(t, err)
	if _, last, ok, err := a.Quotas.Years(ctx); err != nil || !ok || last != far {
		t.Errorf("the last year is %v, %v, %v", last, ok, err)
	}
}
