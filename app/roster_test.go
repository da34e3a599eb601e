package app_test

import (
	"context"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"fieldbook/app"
	"fieldbook/data"
)

// company is a small book whose people and places are known by name.
type company struct {
	*app.App
	t    testing.TB
	path string
	ids  map[string]data.ID
}

var companyDay = data.NewDay(2026, time.May, 20)

func companyConfig() app.Config {
	return app.Config{Now: func() time.Time { return time.Date(2026, 5, 20, 10, 0, 0, 0, time.UTC) }, Device: "test"}
}

func newCompany(t testing.TB) *company {
	t.Helper()
	c := &company{t: t, path: filepath.Join(t.TempDir(), "c.book"), ids: map[string]data.ID{}}
	a, err := app.Create(context.Background(), c.path, app.NewBook{Name: "Company", Currency: "USD", FiscalStart: time.January, Zone: "UTC"}, companyConfig())
	if err != nil {
		t.Fatal(err)
	}
	c.App = a
	t.Cleanup(func() { c.must(c.Close()) })
	return c
}

func (c *company) must(err error) {
	c.t.Helper()
	if err != nil {
		c.t.Fatal(err)
	}
}

// add makes a record and remembers it by name.
func (c *company) add(kind, name string, values data.Values) data.ID {
	c.t.Helper()
	if kind != data.KindAssignment && kind != data.KindQuota {
		values["name"] = name
	}
	id, err := c.Records.Add(context.Background(), kind, values)
	c.must(err)
	c.ids[name] = id
	return id
}

// deal adds a deal at a stage; amount is in minor units, 0 for none.
func (c *company) deal(name, stage string, values data.Values) {
	c.t.Helper()
	row, err := c.Records.Find(context.Background(), data.KindStage, stage)
	c.must(err)
	values["stage"] = row.ID
	c.add(data.KindDeal, name, values)
}

func (c *company) get(kind, name string) data.Row {
	c.t.Helper()
	row, err := c.Records.Get(context.Background(), kind, c.ids[name])
	c.must(err)
	return row
}

func (c *company) undo() {
	c.t.Helper()
	_, err := c.Journal.Undo(context.Background(), data.NoID)
	c.must(err)
}

// reopen closes the book and opens it again.
func (c *company) reopen() {
	c.t.Helper()
	c.must(c.Close())
	a, err := app.Open(context.Background(), c.path, companyConfig())
	c.must(err)
	c.App = a
}

func (c *company) member(name string) app.Member {
	c.t.Helper()
	list, err := c.Roster.List(context.Background(), app.Span{Period: data.AllTime, Today: companyDay})
	c.must(err)
	for _, m := range list.Members {
		if m.Row.Title() == name {
			return m
		}
	}
	c.t.Fatalf("%s is not on the roster", name)
	return app.Member{}
}

// staffed has a lead, a manager, two reps and two regions.
func staffed(t *testing.T) *company {
	t.Helper()
	c := newCompany(t)
	east := c.add(data.KindTerritory, "East", data.Values{})
	c.add(data.KindTerritory, "West", data.Values{})
	coast := c.add(data.KindTerritory, "Coast", data.Values{"parent": east})
	lead := c.add(data.KindPerson, "Lena", data.Values{"role": data.RoleLead})
	mia := c.add(data.KindPerson, "Mia", data.Values{"role": data.RoleManager, "manager": lead})
	ann := c.add(data.KindPerson, "Ann", data.Values{"role": data.RoleRep, "manager": mia, "hire_day": data.NewDay(2025, 1, 6)})
	c.add(data.KindPerson, "Bob", data.Values{"role": data.RoleRep, "manager": mia})
	c.add(data.KindAssignment, "Ann at Coast", data.Values{"person": ann, "territory": coast, "role": data.AssignOwner, "start_day": data.NewDay(2025, 1, 6)})
	acme := c.add(data.KindAccount, "Acme", data.Values{"owner": ann, "territory": coast})
	product := c.add(data.KindProduct, "Pump", data.Values{"price": int64(500_00), "currency": "USD"})
	c.deal("Open one", "Proposal", data.Values{"owner": ann, "account": acme, "amount": int64(1000_00), "currency": "USD"})
	c.deal("At list price", "Discovery", data.Values{"owner": ann, "account": acme, "product": product})
	c.deal("Won one", "Won", data.Values{"owner": ann, "account": acme, "amount": int64(300_00), "currency": "USD", "close_day": data.NewDay(2026, 2, 3)})
	c.add(data.KindQuota, "Ann Jan", data.Values{"person": ann, "month": data.NewDay(2026, 1, 1), "amount": int64(200_00), "currency": "USD"})
	return c
}

func TestRosterFigures(t *testing.T) {
	c := staffed(t)
	ann := c.member("Ann")
	if want := (app.Sums{Open: 2, OpenValue: 1500_00, Won: 1, WonValue: 300_00, Quota: 200_00}); ann.Sums != want {
		t.Errorf("Ann has %+v, want %+v", ann.Sums, want)
	}
	for name, region := range map[string]string{"Ann": "East", "Mia": "East", "Lena": "East", "Bob": ""} {
		if got := c.member(name).Place; got != region {
			t.Errorf("%s belongs to %q, want %q", name, got, region)
		}
	}
	if got := c.member("Mia").Reports; got != 2 {
		t.Errorf("Mia has %d reports", got)
	}
}

func TestRosterSaysWhatToMend(t *testing.T) {
	c := staffed(t)
	c.add(data.KindPerson, "Cy", data.Values{"role": data.RoleRep})
	gone := c.add(data.KindPerson, "Gus", data.Values{"role": data.RoleManager, "manager": c.ids["Lena"]})
	c.add(data.KindPerson, "Dee", data.Values{"role": data.RoleRep, "manager": gone})
	c.must(c.Roster.SetStatus(context.Background(), []data.ID{gone}, data.StatusLeft))
	for name, want := range map[string][]app.Mend{
		"Ann": nil, "Lena": nil, "Mia": nil, "Gus": nil,
		"Bob": {app.NoTerritory}, "Cy": {app.NoManager, app.NoTerritory}, "Dee": {app.ManagerLeft, app.NoTerritory},
	} {
		if got := c.member(name).Mends; !slices.Equal(got, want) {
			t.Errorf("%s wants mending of %v, want %v", name, got, want)
		}
	}
}

func TestRosterMoveRefusesACircle(t *testing.T) {
	c := staffed(t)
	err := c.Roster.Move(context.Background(), []data.ID{c.ids["Lena"]}, c.ids["Ann"])
	if data.KindOf(err) != data.Invalid {
		t.Fatalf("moving Lena under her own team: %v", err)
	}
	if c.get(data.KindPerson, "Lena").Has("manager") {
		t.Error("Lena has a manager now")
	}
}

func TestHireCoversATerritory(t *testing.T) {
	c := staffed(t)
	ctx := context.Background()
	hired := data.NewDay(2026, 3, 2)
	id, err := c.Roster.Hire(ctx, data.Values{"name": "Eve", "manager": c.ids["Mia"], "hire_day": hired}, app.Post{Territory: c.ids["West"], Role: data.AssignOwner})
	c.must(err)
	eve := c.member("Eve")
	if len(eve.Posts) != 1 || eve.Posts[0].From != hired || eve.Place != "West" || eve.Row.Text("role") != data.RoleRep {
		t.Errorf("Eve: %+v", eve)
	}
	c.undo()
	if _, err := c.Records.Get(ctx, data.KindPerson, id); data.KindOf(err) != data.NotFound {
		t.Errorf("after undo Eve is still here: %v", err)
	}
	if n, err := c.Records.Count(ctx, data.Query{Kind: data.KindAssignment}); err != nil || n != 1 {
		t.Errorf("%d assignments after undo, %v", n, err)
	}
}

func TestEndHandsEverythingOver(t *testing.T) {
	c := staffed(t)
	ctx := context.Background()
	bob := c.ids["Bob"]
	last := data.NewDay(2026, 5, 31)
	c.must(c.Roster.End(ctx, app.Leaving{Person: c.ids["Ann"], Day: last, Deals: bob, Accounts: bob, Territories: bob}))
	ann := c.get(data.KindPerson, "Ann")
	if ann.Text("status") != data.StatusLeft || ann.Day("end_day") != last || ann.Day("hire_day") != data.NewDay(2025, 1, 6) {
		t.Errorf("Ann: %v", ann.Values)
	}
	for kind, name := range map[string]string{data.KindAccount: "Acme", data.KindDeal: "Open one"} {
		if got := c.get(kind, name).Labels["owner"]; got != "Bob" {
			t.Errorf("%s belongs to %s", name, got)
		}
	}
	if got := c.get(data.KindDeal, "Won one").Labels["owner"]; got != "Ann" {
		t.Errorf("what Ann won belongs to %s", got)
	}
	page, err := c.Roster.Person(ctx, bob)
	c.must(err)
	if len(page.Posts) != 1 || page.Posts[0].From != last.AddDays(1) || page.Posts[0].Role != data.AssignOwner {
		t.Errorf("Bob covers %+v", page.Posts)
	}
	c.undo()
	if got := c.get(data.KindPerson, "Ann"); got.Text("status") != data.StatusActive || got.Has("end_day") {
		t.Errorf("after undo Ann is %v", got.Values)
	}
	if got := c.get(data.KindDeal, "Open one").Labels["owner"]; got != "Ann" {
		t.Errorf("after undo the deal belongs to %s", got)
	}
	c.reopen()
	if m := c.member("Ann"); len(m.Posts) != 1 || m.Posts[0].To.Valid() {
		t.Errorf("after reopening Ann covers %+v", m.Posts)
	}
}

func TestEndLetsAReportTakeOver(t *testing.T) {
	c := staffed(t)
	c.must(c.Roster.End(context.Background(), app.Leaving{Person: c.ids["Mia"], Day: companyDay, Reports: c.ids["Ann"]}))
	if got := c.get(data.KindPerson, "Ann").Labels["manager"]; got != "Lena" {
		t.Errorf("Ann reports to %q", got)
	}
	if got := c.get(data.KindPerson, "Bob").Labels["manager"]; got != "Ann" {
		t.Errorf("Bob reports to %q", got)
	}
}

func TestEndIsChecked(t *testing.T) {
	c := staffed(t)
	ann := c.ids["Ann"]
	for field, l := range map[string]app.Leaving{
		"day":   {Person: ann, Day: data.NoDay},
		"deals": {Person: ann, Day: companyDay, Deals: ann},
	} {
		err := c.Roster.End(context.Background(), l)
		var wrong *data.Error
		if !asError(err, &wrong) || wrong.Field != field {
			t.Errorf("%+v: %v, want a mistake at %s", l, err, field)
		}
	}
	if err := c.Roster.End(context.Background(), app.Leaving{Person: ann, Day: data.NewDay(2024, 1, 1)}); data.KindOf(err) != data.Invalid {
		t.Errorf("leaving before the hire: %v", err)
	}
}

func TestPersonPageTellsItsStory(t *testing.T) {
	c := staffed(t)
	ctx := context.Background()
	c.must(c.Roster.Move(ctx, []data.ID{c.ids["Bob"]}, c.ids["Lena"]))
	page, err := c.Roster.Person(ctx, c.ids["Bob"])
	c.must(err)
	first := page.Story[0]
	if first.What != "Move Bob to Lena" || first.Old != "Mia" || first.New != "Lena" {
		t.Errorf("the newest edit is %+v", first)
	}
}
