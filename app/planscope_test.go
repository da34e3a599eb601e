package app_test

import (
	"context"
	"strings"
	"testing"
	"time"

	"fieldbook/app"
	"fieldbook/app/report"
	"fieldbook/data"
)

// TestThePlanOnPaperKeepsToWhatIsAsked: the report of the plan tells of the day,
// the accounts and the people that are asked for, and of no others.
func TestThePlanOnPaperKeepsToWhatIsAsked(t *testing.T) {
	ctx := context.Background()
	clock := &dayClock{now: time.Date(2026, 5, 20, 9, 0, 0, 0, time.UTC)}
	a := figuresBook(t, clock)
	add := adder(t, a)
	boss := add(data.KindPerson, data.Values{"name": "Lena Lead", "role": data.RoleManager})
	ann := add(data.KindPerson, data.Values{"name": "Ann Arbor", "role": data.RoleRep, "manager": boss})
	bob := add(data.KindPerson, data.Values{"name": "Bob Boyle", "role": data.RoleRep})
	east := add(data.KindTerritory, data.Values{"name": "East"})
	north := add(data.KindTerritory, data.Values{"name": "North", "parent": east})
	south := add(data.KindTerritory, data.Values{"name": "South"})
	product := add(data.KindProduct, data.Values{"name": "Pump"})
	for territory, person := range map[data.ID]data.ID{north: ann, south: bob} {
		add(data.KindAssignment, data.Values{"territory": territory, "person": person, "role": data.AssignOwner, "start_day": a.Today()})
	}
	account := func(name, industry string, territory, owner data.ID) data.ID {
		return add(data.KindAccount, data.Values{"name": name, "industry": industry, "territory": territory, "owner": owner, "state": "MA", "country": "US"})
	}
	acme := account("Acme", "retail", north, ann)
	account("Brill", "medical", north, ann)
	crown := account("Crown", "retail", north, ann)
	account("Dover", "retail", south, bob)
	stages, err := a.Records.List(ctx, data.Query{Kind: data.KindStage, Sort: []data.Sort{{Field: "position"}}})
	if err != nil {
		t.Fatal(err)
	}
	add(data.KindDeal, data.Values{"name": "Acme pumps", "stage": stages[0].ID, "account": acme, "product": product, "owner": ann, "amount": int64(5_000_00), "currency": "USD"})
	clock.now = clock.now.AddDate(0, 0, 3)
	if err := a.Records.Set(ctx, data.KindAccount, []data.ID{crown}, data.Values{"territory": south, "owner": bob}); err != nil {
		t.Fatal(err)
	}

	said := func(q app.ReportQuery) (rows []string) {
		t.Helper()
		if q.AsOf == 0 {
			q.AsOf = a.Today()
		}
		q.Name, q.Period = app.ReportTerritoryPlan, data.AllTime
		doc, err := a.Reports.Doc(ctx, q)
		if err != nil {
			t.Fatal(err)
		}
		for _, s := range doc.Sections {
			if s.Heading != "Territories" {
				continue
			}
			for _, r := range s.Blocks[0].(report.Table).Rows {
				rows = append(rows, r.Cells[0].Text+" "+r.Cells[2].Text)
			}
		}
		return rows
	}
	for name, x := range map[string]struct {
		ask  app.ReportQuery
		want string
	}{
		"all":             {app.ReportQuery{}, "North 2, South 2"},
		"an earlier day":  {app.ReportQuery{AsOf: a.Today().AddDays(-1)}, "North 3, South 1"},
		"a sector":        {app.ReportQuery{Filters: []app.ReportFilter{{Field: "sector", Value: "retail"}}}, "North 1, South 2"},
		"a sector then":   {app.ReportQuery{AsOf: a.Today().AddDays(-1), Filters: []app.ReportFilter{{Field: "sector", Value: "retail"}}}, "North 2, South 1"},
		"an owner":        {app.ReportQuery{Filters: []app.ReportFilter{{Field: "owner", Value: "Bob Boyle"}}}, "North 0, South 2"},
		"a product":       {app.ReportQuery{Filters: []app.ReportFilter{{Field: "product", Value: "Pump"}}}, "North 1, South 0"},
		"a person":        {app.ReportQuery{Scope: data.Scope{Person: bob}}, "South 2"},
		"a team":          {app.ReportQuery{Scope: data.Scope{Person: boss, Team: true}}, "North 2"},
		"a region":        {app.ReportQuery{Scope: data.Scope{Territory: east}}, "North 2"},
		"a person's past": {app.ReportQuery{AsOf: a.Today().AddDays(-1), Scope: data.Scope{Person: bob}}, "South 1"},
	} {
		if got := strings.Join(said(x.ask), ", "); got != x.want {
			t.Errorf("%s: %s, not %s", name, got, x.want)
		}
	}
}
