package app_test

import (
	"context"
	"maps"
	"testing"
	"time"

	"fieldbook/app"
	"fieldbook/app/planning"
	"fieldbook/data"
)

func TestWhatIfIsKeptChangedAndTakenBack(t *testing.T) {
	ctx := context.Background()
	a := sampleBook(t, 100)
	rep := asPerson(t, a, data.RoleRep, 1)
	quarter := a.Book().Calendar.QuarterOf(a.Today())
	list := func() []app.WhatIf {
		t.Helper()
		out, err := a.WhatIfs.List(ctx, rep.ID, quarter)
		if err != nil {
			t.Fatal(err)
		}
		return out
	}
	if len(list()) != 0 {
		t.Fatal("the book has one before")
	}
	changes := map[data.ID]planning.Change{data.NewID(): {Won: true, Amount: 500, HasAmount: true, Close: quarter.From}}
	if _, err := a.WhatIfs.Save(ctx, app.WhatIf{Person: rep.ID, Period: quarter.Name, Name: " "}); data.KindOf(err) != data.Invalid {
		t.Error(err)
	}
	id, err := a.WhatIfs.Save(ctx, app.WhatIf{Person: rep.ID, Period: quarter.Name, Name: "Large", Changes: changes})
	if err != nil {
		t.Fatal(err)
	}
	if got := list(); len(got) != 1 || got[0].ID != id || got[0].Name != "Large" || !maps.Equal(got[0].Changes, changes) {
		t.Errorf("%+v", got)
	}
	if _, err := a.WhatIfs.Save(ctx, app.WhatIf{ID: id, Name: "None"}); err != nil {
		t.Fatal(err)
	}
	if got := list(); len(got) != 1 || got[0].Name != "None" || len(got[0].Changes) != 0 {
		t.Errorf("%+v", got)
	}
	if err := a.WhatIfs.Delete(ctx, id); err != nil || len(list()) != 0 {
		t.Error(err)
	}
	if _, err := a.Journal.Undo(ctx, data.NoID); err != nil || len(list()) != 1 {
		t.Error(err)
	}
	if err := a.Records.Set(ctx, data.KindWhatIf, []data.ID{id}, data.Values{"changes": `{"version":9}`}); err != nil {
		t.Fatal(err)
	}
	if got := list(); got[0].Problem == "" {
		t.Errorf("%+v", got)
	}
	if _, err := a.WhatIfs.Save(ctx, app.WhatIf{ID: id, Name: "Over it"}); data.KindOf(err) != data.Unsupported {
		t.Errorf("over one of a newer Fieldbook: %v", err)
	}
}

func TestCommissionPlanOfAPerson(t *testing.T) {
	ctx := context.Background()
	a := figuresBook(t, &dayClock{now: time.Date(2026, 5, 20, 9, 0, 0, 0, time.UTC)})
	today := a.Today()
	person, err := a.Records.Add(ctx, data.KindPerson, data.Values{"name": "Ann", "role": data.RoleRep})
	if err != nil {
		t.Fatal(err)
	}
	plan := func() string {
		t.Helper()
		c, err := a.WhatIfs.CommissionOf(ctx, person, today)
		if err != nil || c.Problem != "" {
			t.Fatal(c, err)
		}
		return c.Plan
	}
	if got := plan(); got != "" {
		t.Error(got)
	}
	for _, p := range []struct {
		values data.Values
		want   string
	}{
		{data.Values{"name": "Everyone", "rates": "0: 1"}, "Everyone"},
		{data.Values{"name": "Reps", "role": data.RoleRep, "rates": "0: 2", "start_day": today - 9}, "Reps"},
		{data.Values{"name": "Managers", "role": data.RoleManager, "rates": "0: 3", "start_day": today}, "Reps"},
		{data.Values{"name": "Everyone anew", "rates": "0: 1", "start_day": today}, "Reps"},
		{data.Values{"name": "Reps, next year", "role": data.RoleRep, "rates": "0: 2", "start_day": today + 9}, "Reps"},
		{data.Values{"name": "Reps anew", "role": data.RoleRep, "rates": "0: 2", "start_day": today}, "Reps anew"},
	} {
		if _, err := a.Records.Add(ctx, data.KindCommissionPlan, p.values); err != nil {
			t.Fatal(err)
		}
		if got := plan(); got != p.want {
			t.Errorf("with %v: %q, want %q", p.values["name"], got, p.want)
		}
	}
	if _, err := a.Records.Add(ctx, data.KindCommissionPlan, data.Values{"name": "Bad", "rates": "a lot"}); data.KindOf(err) != data.Invalid {
		t.Errorf("rates that nobody can read: %v", err)
	}
}
