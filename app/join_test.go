package app

import (
	"context"
	"slices"
	"strings"
	"testing"

	"fieldbook/data"
)

func listOf(t *testing.T, a *App, kind string) []data.Row {
	t.Helper()
	rows, err := a.Records.List(context.Background(), data.Query{Kind: kind, Sort: []data.Sort{{Field: "name"}}})
	if err != nil {
		t.Fatal(err)
	}
	return rows
}

func duplicatesOf(t *testing.T, a *App, kind string) []DuplicateGroup {
	t.Helper()
	groups, err := a.Duplicates.Find(context.Background(), kind)
	if err != nil {
		t.Fatal(err)
	}
	return groups
}

const (
	accountsTwice = "Account ID,Account Name,Billing City,Phone,Notes\nA1,Acme,Oslo,,Likes boats\nA2,\"ACME, Inc.\",Oslo,555,Pays late\nA3,Rangreen,Bergen,,\n"
	dealsOfBoth   = "Opportunity ID,Opportunity Name,Account ID,Stage,Amount\nD1,Boats,A1,Proposal,100\nD2,Oars,A2,Proposal,200\n"
)

// TestJoinAccounts joins two accounts, imports the same files again, and undoes it all.
func TestJoinAccounts(t *testing.T) {
	ctx := context.Background()
	a := importBook(t)
	accounts, deals := importFile(t, accountsTwice)[0], importFile(t, dealsOfBoth)[0]
	importFiles(t, a, accounts, deals)
	before := importDump(t, a)

	groups := duplicatesOf(t, a, "")
	if len(groups) != 1 || groups[0].Kind != data.KindAccount || len(groups[0].Rows) != 2 || !slices.Equal(groups[0].Why, []DuplicateReason{SameName}) {
		t.Fatalf("groups %+v", groups)
	}
	acme := slices.IndexFunc(groups[0].Rows, func(r data.Row) bool { return r.Title() == "Acme" })
	plan, err := a.Duplicates.Plan(ctx, data.KindAccount, []data.ID{groups[0].Rows[acme].ID, groups[0].Rows[1-acme].ID})
	if err != nil {
		t.Fatal(err)
	}
	if len(plan.Moves) != 1 || plan.Moves[0].Count != 1 || plan.Moves[0].Kind != data.KindDeal {
		t.Errorf("moves %+v", plan.Moves)
	}
	done, err := a.Duplicates.Join(ctx, plan)
	if err != nil {
		t.Fatal(err)
	}
	if done.Moved != 1 || done.Gone != 0 {
		t.Errorf("joined %+v", done)
	}
	joined := func(when string) {
		t.Helper()
		rows := listOf(t, a, data.KindAccount)
		if len(rows) != 2 || rows[0].ID != done.ID || rows[0].Text("name") != "Acme" || rows[0].Text("phone") != "555" || rows[0].Text("city") != "Oslo" {
			t.Errorf("%s: accounts %+v", when, rows)
		}
		for _, d := range listOf(t, a, data.KindDeal) {
			if d.Ref("account") != done.ID {
				t.Errorf("%s: %s points to %s", when, d.Title(), d.Ref("account"))
			}
		}
	}
	joined("after the join")
	if note := listOf(t, a, data.KindAccount)[0].Text("note"); note != "Likes boats\nPays late" {
		t.Errorf("note %q", note)
	}
	if left := duplicatesOf(t, a, ""); len(left) != 0 {
		t.Errorf("left %+v", left)
	}

	// Both ids and both names find the one account.
	res := importFiles(t, a, importFile(t, "Account ID,Account Name\nA1,Acme\nA2,Acme\n")[0], importFile(t, strings.ReplaceAll(dealsOfBoth, "A2", "\"Acme, Inc\""))[0])
	for _, f := range res.Files {
		if f.New != 0 {
			t.Errorf("%s brings %d new: %+v", f.File, f.New, *f)
		}
	}
	joined("after importing again")
	importVerified(t, a)

	if _, err := a.Journal.Undo(ctx, data.NoID); err != nil { // importing again changed nothing
		t.Fatal(err)
	}
	if after := importDump(t, a); !slices.Equal(after, before) {
		t.Errorf("after undo the book is not as it was:\n%s\n\n%s", strings.Join(before, "\n"), strings.Join(after, "\n"))
	}
	importVerified(t, a)
}

func TestChosenValuesStandAfterAJoin(t *testing.T) {
	ctx := context.Background()
	a := importBook(t)
	importFiles(t, a, importFile(t, accountsTwice)[0])
	rows := listOf(t, a, data.KindAccount)
	plan, err := a.Duplicates.Plan(ctx, data.KindAccount, []data.ID{rows[0].ID, rows[1].ID})
	if err != nil {
		t.Fatal(err)
	}
	second := slices.IndexFunc(plan.Rows, func(r data.Row) bool { return r.Text("external_id") == "A2" })
	for _, cell := range []string{"name", "note"} {
		if err := plan.Choose(cell, second); err != nil {
			t.Fatal(err)
		}
	}
	if plan.Choose("name", JoinAll) == nil || plan.Choose("city", 0) == nil || plan.Choose("name", 2) == nil {
		t.Error("a choice that there is none of is taken")
	}
	done, err := a.Duplicates.Join(ctx, plan)
	if err != nil {
		t.Fatal(err)
	}
	row, err := a.Records.Get(ctx, data.KindAccount, done.ID)
	if err != nil || row.Text("name") != "ACME, Inc." || row.Text("note") != "Pays late" {
		t.Errorf("%+v, %v", row, err)
	}
}

// TestJoinPeople: quotas of both months move, one of a month that both have does
// not; managers and posts follow, and nobody reports to himself.
func TestJoinPeople(t *testing.T) {
	ctx := context.Background()
	a := importBook(t)
	add := func(kind string, v data.Values) data.ID {
		t.Helper()
		return addRow(t, a, kind, v)
	}
	ann := add(data.KindPerson, data.Values{"name": "Ann Lee", "email": "ann@x.org", "role": data.RoleManager})
	anna := add(data.KindPerson, data.Values{"name": "Anna Lee", "email": "Ann@X.org", "role": data.RoleRep, "manager": ann})
	bob := add(data.KindPerson, data.Values{"name": "Bob", "manager": anna})
	north := add(data.KindTerritory, data.Values{"name": "North"})
	for _, who := range []data.ID{ann, anna} {
		add(data.KindAssignment, data.Values{"person": who, "territory": north, "role": data.AssignOwner})
		add(data.KindQuota, data.Values{"person": who, "month": data.NewDay(2026, 1, 1), "amount": int64(100), "currency": "USD"})
	}
	add(data.KindQuota, data.Values{"person": anna, "month": data.NewDay(2026, 2, 1), "amount": int64(200), "currency": "USD"})

	groups := duplicatesOf(t, a, data.KindPerson)
	if len(groups) != 1 || !slices.Equal(groups[0].Why, []DuplicateReason{SameMail}) {
		t.Fatalf("groups %+v", groups)
	}
	plan, err := a.Duplicates.Plan(ctx, data.KindPerson, []data.ID{ann, anna})
	if err != nil {
		t.Fatal(err)
	}
	done, err := a.Duplicates.Join(ctx, plan)
	if err != nil {
		t.Fatal(err)
	}
	if done.ID != ann || done.Gone != 2 { // the post and January's quota
		t.Errorf("joined %+v", done)
	}
	row, err := a.Records.Get(ctx, data.KindPerson, ann)
	if err != nil || row.Has("manager") || row.Text("role") != data.RoleManager {
		t.Errorf("Ann is %+v, %v", row.Values, err)
	}
	if row, err = a.Records.Get(ctx, data.KindPerson, bob); err != nil || row.Ref("manager") != ann {
		t.Errorf("Bob is %+v, %v", row.Values, err)
	}
	quotas, err := a.Records.List(ctx, data.Query{Kind: data.KindQuota})
	if err != nil || len(quotas) != 2 {
		t.Fatalf("quotas %+v, %v", quotas, err)
	}
	for _, q := range quotas {
		if q.Ref("person") != ann || q.ID != QuotaID(ann, data.NoID, q.Day("month")) {
			t.Errorf("quota %+v", q)
		}
	}
}

// TestActivitiesOfJoinedPeopleComeInOnce: an activity without an id is known by
// what it refers to, whatever that was joined with since.
func TestActivitiesOfJoinedPeopleComeInOnce(t *testing.T) {
	ctx := context.Background()
	a := importBook(t)
	people := importFile(t, "Name,Email\nAnn Lee,ann@x.org\nAnna Lee,ann@x.org\n")[0]
	calls := importFile(t, "Type,Subject,Date,Person\ncall,Boats,2026-02-03,Anna Lee\ncall,Oars,2026-02-04,Ann Lee\n")[0]
	if _, err := a.Imports.Apply(ctx, planFiles(t, a, PlanOptions{Kinds: map[string]string{people: data.KindPerson, calls: data.KindActivity}}, people, calls), nil); err != nil {
		t.Fatal(err)
	}
	plan, err := a.Duplicates.Plan(ctx, data.KindPerson, []data.ID{listOf(t, a, data.KindPerson)[0].ID, listOf(t, a, data.KindPerson)[1].ID})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := a.Duplicates.Join(ctx, plan); err != nil {
		t.Fatal(err)
	}
	res, err := a.Imports.Apply(ctx, planFiles(t, a, PlanOptions{Kind: data.KindActivity}, calls), nil)
	if err != nil || res.Files[0].New != 0 || res.Files[0].Unchanged != 2 {
		t.Errorf("again %+v, %v", *res.Files[0], err)
	}
}

func TestDifferentRecordsAreNotShownAgain(t *testing.T) {
	ctx := context.Background()
	a := importBook(t)
	importFiles(t, a, importFile(t, accountsTwice)[0])
	groups := duplicatesOf(t, a, data.KindAccount)
	if len(groups) != 1 {
		t.Fatalf("groups %+v", groups)
	}
	if err := a.Duplicates.Different(ctx, data.KindAccount, []data.ID{groups[0].Rows[0].ID, groups[0].Rows[1].ID}); err != nil {
		t.Fatal(err)
	}
	if left := duplicatesOf(t, a, data.KindAccount); len(left) != 0 {
		t.Errorf("left %+v", left)
	}
	if _, err := a.Journal.Undo(ctx, data.NoID); err != nil {
		t.Fatal(err)
	}
	if back := duplicatesOf(t, a, data.KindAccount); len(back) != 1 {
		t.Errorf("after undo %+v", back)
	}
}

// TestTwoLaptopsJoinTheSame: two managers join the same pair the other way
// round and meanwhile a third adds a deal; nothing is gone, and nothing doubled.
func TestTwoLaptopsJoinTheSame(t *testing.T) {
	ctx := context.Background()
	lea := founded(t)
	max := lea.joined("Max")
	lea.merge(max.share("Lea", ""))
	add := func(name string) data.ID {
		t.Helper()
		id, err := lea.app.Records.Add(ctx, data.KindAccount, data.Values{"name": name, "city": "Oslo", "owner": lea.find(data.KindPerson, "Ada").ID})
		if err != nil {
			t.Fatal(err)
		}
		return id
	}
	one, two := add("Acme"), add("Acme Inc")
	max.merge(lea.share("Max", ""))
	for i, m := range []*office{lea, max} {
		ids := []data.ID{one, two}
		if i == 1 {
			ids = []data.ID{two, one}
		}
		plan, err := m.app.Duplicates.Plan(ctx, data.KindAccount, ids)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := m.app.Duplicates.Join(ctx, plan); err != nil {
			t.Fatal(err)
		}
	}
	lea.merge(max.share("Lea", ""))
	max.merge(lea.share("Max", ""))
	for _, m := range []*office{lea, max} {
		rows := listOf(t, m.app, data.KindAccount)
		if len(rows) != 1 || rows[0].ID != one {
			t.Errorf("%s has %+v", m.cfg.Device, rows)
		}
	}
	if a, b := lea.find(data.KindAccount, "Acme Inc").Values, max.find(data.KindAccount, "Acme Inc").Values; a["city"] != b["city"] {
		t.Errorf("Lea has %v, Max %v", a, b)
	}
}

func TestMembersAreNotJoinedAway(t *testing.T) {
	ctx := context.Background()
	lea := founded(t)
	lea.joined("Ada")
	lea.joined("Bob")
	ada, bob := lea.find(data.KindPerson, "Ada").ID, lea.find(data.KindPerson, "Bob").ID
	if _, err := lea.app.Duplicates.Plan(ctx, data.KindPerson, []data.ID{ada, bob}); data.KindOf(err) != data.Refused {
		t.Errorf("two members: %v", err)
	}
	eve, err := lea.app.Records.Add(ctx, data.KindPerson, data.Values{"name": "Ada L."})
	if err != nil {
		t.Fatal(err)
	}
	plan, err := lea.app.Duplicates.Plan(ctx, data.KindPerson, []data.ID{eve, ada})
	if err != nil {
		t.Fatal(err)
	}
	done, err := lea.app.Duplicates.Join(ctx, plan)
	if err != nil || done.ID != ada || lea.find(data.KindPerson, "Ada L.").ID != ada {
		t.Errorf("joined %+v, %v", done, err)
	}
}

// TestWhoWasJoinedIsErasedWhole: what the record said that went is erased, too.
func TestWhoWasJoinedIsErasedWhole(t *testing.T) {
	ctx := context.Background()
	a := importBook(t)
	importFiles(t, a, importFile(t, "Contact Name,Account Name,Email\nAnn Lee,Acme,ann@x.org\nAnna Leeworth,Acme,ann@x.org\n")[0])
	rows := listOf(t, a, data.KindContact)
	plan, err := a.Duplicates.Plan(ctx, data.KindContact, []data.ID{rows[0].ID, rows[1].ID})
	if err != nil {
		t.Fatal(err)
	}
	done, err := a.Duplicates.Join(ctx, plan)
	if err != nil {
		t.Fatal(err)
	}
	about, err := a.Privacy.About(ctx, data.KindContact, done.ID)
	if err != nil || !slices.ContainsFunc(about.History, func(e AboutEdit) bool { return e.New == "Anna Leeworth" }) {
		t.Errorf("the book holds of her %+v, %v", about, err)
	}
	if _, err := a.Privacy.Erase(ctx, data.KindContact, done.ID, "she asked"); err != nil {
		t.Fatal(err)
	}
	if about, err = a.Privacy.About(ctx, data.KindContact, done.ID); err != nil || slices.ContainsFunc(about.History, func(e AboutEdit) bool { return strings.Contains(e.Old+e.New, "Lee") }) {
		t.Errorf("still %+v, %v", about, err)
	}
	importVerified(t, a)
}
