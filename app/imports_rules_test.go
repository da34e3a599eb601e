package app

import (
	"context"
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"fieldbook/data"
)

// importText imports tables given as text and gives the book and the result.
func importText(t *testing.T, a *App, opt PlanOptions, files ...string) *ImportResult {
	t.Helper()
	plan := planFiles(t, a, opt, importFile(t, files...)...)
	res, err := a.Imports.Apply(context.Background(), plan, nil)
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range res.Files {
		if f.New+f.Changed+f.Unchanged+f.SetAside != f.Rows {
			t.Errorf("%s: rows do not add up: %+v", f.File, *f)
		}
	}
	importVerified(t, a)
	return res
}

// importFile writes texts to files 1.csv, 2.csv, ….
func importFile(t testing.TB, texts ...string) []string {
	t.Helper()
	dir := t.TempDir()
	var out []string
	for i, text := range texts {
		path := filepath.Join(dir, string(rune('1'+i))+".csv")
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		out = append(out, path)
	}
	return out
}

func importRow1(t *testing.T, a *App, kind, find string) data.Row {
	t.Helper()
	row, err := a.Records.Find(context.Background(), kind, find)
	if err != nil {
		t.Fatal(err)
	}
	row, err = a.Records.Get(context.Background(), row.Kind.Name, row.ID)
	if err != nil {
		t.Fatal(err)
	}
	return row
}

func TestImportRecognisesKinds(t *testing.T) {
	a := importBook(t)
	for _, c := range []struct{ text, kind string }{
		{"Deal ID,Stage,Amount\n1,Won,5\n", "deal"},
		{"Opportunity Name;Stage Name;Close Date\nx;Won;2017-01-01\n", "deal"},
		{"Rep,Manager,Region\nAnn,Bob,East\n", "person"},
		{"Name,Email,Title\nAnn,a@b.no,Rep\n", "person"},
		{"Company,Industry,Country\nx,y,z\n", "account"},
		{"Product,Price\nx,3\n", "product"},
		{"Contact,Company,E-mail\nx,y,z\n", "contact"},
		{"Rep,Month,Quota\nAnn,2017-01,5\n", "quota"},
		{"Rep,Jan 2017,Feb 2017,Mar 2017\nAnn,5,6,7\n", "quota"},
		{"Type,Subject,Date,Deal\ncall,x,2017-01-01,D1\n", "activity"},
		{"Deal,Stage,Date\nD1,Won,2017-01-01\n", "stage_entry"},
		{"Territory,Parent Territory\nOslo,North\n", "territory"},
		{"Table,Field,Description\naccounts,account,Company name\n", ""},
		{"Id,Status,Account\n1,Shipped,x\n", ""},
		{"Id,Status,Account,Value\n1,Won,x,5\n", "deal"},
		{"Deal ID,Deal name,Pipeline,Stage,Probability\n1,Loom,North,Talk,20\n", "deal"},
		{"Deal ID,Deal name,Account,Amount,Close Date,Owner\n1,Loom,x,5,2026-03-01,Ann\n", "deal"},
		{"Name,Account,Amount,Owner\nLoom,x,5,Ann\n", "account"},
		{"Id,Name,Manager Id,User Role Id,Community Nickname,City,Country\n1,x,2,3,4,y,z\n", "person"},
		{"a,b,c\n1,2,3\n", ""},
		{"account,sector,year_established,revenue,employees,office_location,subsidiary_of\nproduct,series,sales_price,,,,\n", ""},
	} {
		f := planFiles(t, a, PlanOptions{}, importFile(t, c.text)...).Files[0]
		if f.Kind != c.kind || f.Why == "" {
			t.Errorf("%q is taken for %q (%s)", c.text, f.Kind, f.Why)
		}
	}
}

func TestImportSaysWhatIsMissing(t *testing.T) {
	a := importBook(t)
	f := planFiles(t, a, PlanOptions{Kind: "accounts"}, importFile(t, "Key,Whereabouts\n1,Oslo\n")...).Files[0]
	if m := f.Missing(); len(m) != 1 || m[0].Name != "name" {
		t.Errorf("missing %v", m)
	}
	if err := f.SetField(1, "name"); err != nil || len(f.Missing()) > 0 {
		t.Errorf("missing %v, %v", f.Missing(), err)
	}
	wide := planFiles(t, a, PlanOptions{}, importFile(t, "Rep,2017-01,2017-02\nAnn,1,2\n")...).Files[0]
	if len(wide.Missing()) > 0 {
		t.Errorf("a quota table by month lacks %v", wide.Missing())
	}
}

func TestImportResultAsJSON(t *testing.T) {
	a := importBook(t)
	res := importText(t, a, PlanOptions{}, "a,b\n1,2\n", "Company,City\nx,y\n")
	raw, err := json.Marshal(res)
	if err != nil {
		t.Fatal(err)
	}
	var got struct {
		Files []map[string]any
		Txn   string
	}
	if err := json.Unmarshal(raw, &got); err != nil {
		t.Fatal(err)
	}
	if kind, ok := got.Files[0]["kind"]; !ok || kind != nil || got.Files[1]["kind"] != "account" || got.Files[1]["new"] != 1.0 || got.Txn == "" {
		t.Errorf("%s", raw)
	}
	for _, key := range []string{"file", "source", "rows", "changed", "unchanged", "set_aside", "to_fix", "problems"} {
		if _, ok := got.Files[0][key]; !ok {
			t.Errorf("no %s in %s", key, raw)
		}
	}
}

func TestImportSetsBadRowsAside(t *testing.T) {
	a := importBook(t)
	text := "Deal ID,Stage,Amount,Close Date,Owner\n" +
		"D1,Won,100.50,2017-01-31,Ann\n" +
		"D2,Won,many,2017-01-31,Ann\n" +
		"D3,Won,1,2017-02-30,Ann\n" +
		"D4,,1,2017-02-28,Bob\n" +
		"D5,Lost,many,2017-02-28,Bob\n" +
		",Won,3,2017-02-28,Bob\n" +
		"D1,Won,100.50,2017-01-31,Ann\n"
	path := importFile(t, text)[0]
	res := importText(t, a, PlanOptions{Mapping: &ImportMapping{Files: []FileMapping{{NoStage: StageAside}}}}, text)
	f := res.Files[0]
	want := []ImportProblem{
		{3, "Amount", "many", "is not a number", 2, false},
		{4, "Close Date", "2017-02-30", "is no day: February 2017 has no day 30", 1, false},
		{5, "Stage", "", "Stage must be filled in", 1, false},
		{7, "Deal ID", "", "the deal has neither an id nor a name, so another import could not find it again", 1, false},
		{8, "Deal ID", "D1", "stands on an earlier line too; the later line holds", 1, true},
	}
	if !slices.Equal(f.Problems, want) || f.New != 1 || f.Unchanged != 1 || f.SetAside != 5 || res.SetAside() != 5 {
		t.Errorf("%+v", *f)
	}
	out := filepath.Join(t.TempDir(), "aside.csv")
	written, err := res.WriteSetAside(out)
	if err != nil || !slices.Equal(written, []string{out}) {
		t.Fatal(written, err)
	}
	raw, err := os.ReadFile(out)
	if err != nil {
		t.Fatal(err)
	}
	lines := strings.Split(strings.TrimSpace(strings.ReplaceAll(string(raw), "\r", "")), "\n")
	if len(lines) != 6 || !strings.HasPrefix(lines[1], "D2,Won,many,2017-01-31,Ann,") || !strings.Contains(lines[1], "is not a number") || !strings.HasSuffix(lines[1], ",3") {
		t.Errorf("set aside:\n%s", raw)
	}
	mended := strings.ReplaceAll(strings.ReplaceAll(string(raw), ",many,", ",7,"), "2017-02-30", "2017-02-28")
	if f := importText(t, a, PlanOptions{}, mended).Files[0]; f.New != 3 || f.SetAside != 2 {
		t.Errorf("mended rows: %+v", *f)
	}
	if err := os.Remove(path); err != nil {
		t.Fatal(err)
	}
}

func TestImportUnreadableRowsAreSetAside(t *testing.T) {
	a := importBook(t)
	res := importText(t, a, PlanOptions{}, "Company,City,Country\nAcme,Oslo,Norway\nBeta,\"Ro\"me,Italy\nGamma,Rome,\"Italy\nDelta,Bern,Swiss\n")
	f := res.Files[0]
	if f.SetAside == 0 || f.New == 0 || f.Problems[0].Line == 0 {
		t.Errorf("%+v", *f)
	}
	if _, err := res.WriteSetAside(filepath.Join(t.TempDir(), "x.csv")); err != nil {
		t.Error(err)
	}
}

func TestImportNames(t *testing.T) {
	a := importBook(t)
	if _, err := a.Records.Add(context.Background(), "account", data.Values{"name": "Crème AS"}); err != nil {
		t.Fatal(err)
	}
	res := importText(t, a, PlanOptions{},
		"Deal ID,Stage,Account,Owner,Product\nD1,Won,creme-as,Ann,GTXPro\nD2,Won,Creme,ann,GTX Pro\n",
		"Product,Price\nGTX Pro,5\n")
	f := res.Files[0]
	if !slices.Contains(f.Mended, Mended{"Account", "creme-as", "Crème AS", 1}) || !slices.Contains(f.Mended, Mended{"Product", "GTXPro", "GTX Pro", 1}) ||
		!slices.Contains(f.Mended, Mended{"Owner", "ann", "Ann", 1}) {
		t.Errorf("mended %v", f.Mended)
	}
	if n := importCount(t, a, "account"); n != 2 {
		t.Errorf("%d accounts: a near miss was joined", n)
	}
	if len(f.Made) != 2 { // a person and an account; the stage is one of the book
		t.Errorf("made %v", f.Made)
	}
	if deal := importRow1(t, a, "deal", "D1"); deal.Labels["owner"] != "Ann" || deal.Labels["product"] != "GTX Pro" || deal.Has("created_day") || deal.Has("amount") || deal.Has("currency") {
		t.Errorf("deal %v %v", deal.Values, deal.Labels)
	}
}

func TestImportTreesInAnyOrder(t *testing.T) {
	a := importBook(t)
	res := importText(t, a, PlanOptions{},
		"Company,Parent Company,City\nChild,Mother,a\nMother,Grand,b\nGrand,,c\nOrphan,Nobody,d\nX,Y,e\nY,X,f\nSelf,Self,g\n",
		"Rep,Manager,Region,Email\nAnn,Bob,East,a@x\nBob,,East,b@x\nCy,Zoe,West,c@x\n")
	f := res.Files[0]
	if f.New != 5 || f.SetAside != 2 {
		t.Errorf("%+v", *f)
	}
	if row := importRow1(t, a, "account", "Child"); row.Labels["parent"] != "Mother" {
		t.Errorf("parent of Child is %v", row.Labels)
	}
	if row := importRow1(t, a, "account", "Orphan"); row.Labels["parent"] != "Nobody" {
		t.Errorf("parent of Orphan is %v", row.Labels)
	}
	people := map[string]string{"Ann": "rep", "Bob": "manager", "Cy": "rep", "Zoe": "manager"}
	for name, role := range people {
		if row := importRow1(t, a, "person", name); row.Text("role") != role || row.Text("status") != "active" {
			t.Errorf("%s: %v", name, row.Values)
		}
	}
	if n := importCount(t, a, "assignment", importIs("role", "manager")); n != 2 {
		t.Errorf("%d managers assigned", n)
	}
}

func TestImportMoneyAndCurrencies(t *testing.T) {
	a := importBook(t)
	res := importText(t, a, PlanOptions{}, "Deal ID;Stage;Amount;Currency\nD1;Won;1.234,56;\nD2;Won;1.000;JPY\nD3;Won;€ 12,5;\nD4;Won;7;xx\nD5;Won;(70,00);nok\n")
	f := res.Files[0]
	if f.SetAside != 1 || f.Problems[0].Line != 5 || f.Problems[0].Column != "Currency" {
		t.Errorf("%+v", *f)
	}
	for id, want := range map[string]string{"D1": "1234.56 USD", "D2": "1000 JPY", "D3": "12.50 EUR", "D5": "-70.00 NOK"} {
		m := importRow1(t, a, "deal", id).Money("amount", "")
		if got := m.Decimal() + " " + string(m.Currency); got != want {
			t.Errorf("%s: %s, want %s", id, got, want)
		}
	}
}

func TestImportQuotas(t *testing.T) {
	a := importBook(t)
	wide := "Rep,Jan 2017,Feb 2017,Mar 2017\nAnn,100,,300\nBob,,,\n"
	long := "Rep,Month,Quota\nAnn,2017-01,100\nann,2017-03,300.00\nCy,2017-Q2,100\n"
	res := importText(t, a, PlanOptions{}, wide)
	if f := res.Files[0]; f.New != 1 || f.SetAside != 1 {
		t.Errorf("wide %+v", *f)
	}
	res = importText(t, a, PlanOptions{}, long)
	if f := res.Files[0]; f.New != 1 || f.Unchanged != 2 {
		t.Errorf("long over wide %+v", *f)
	}
	var quarter []int64
	err := a.Records.Each(context.Background(), data.Query{Kind: "quota", Where: []data.Filter{importIs("person.name", "Cy")}, Sort: []data.Sort{{Field: "month"}}}, func(r data.Row) error {
		quarter = append(quarter, r.Int("amount"))
		return nil
	})
	if err != nil || !slices.Equal(quarter, []int64{3334, 3333, 3333}) {
		t.Errorf("a quarter's quota became %v, %v", quarter, err)
	}
}

func TestImportHistoryAndActivities(t *testing.T) {
	a := importBook(t)
	entries := "Deal,Stage,Date\nD1,Engaging,2017-01-01\nD1,Won,2017-02-01\nD9,Won,2017-02-01\nD1,Maybe,2017-02-01\n"
	activities := "Type,Subject,Date,Deal,Minutes\nCall,Hello,3/14/2017,D1,\"1,200\"\nfax,x,3/15/2017,D1,\n"
	deals := "opportunity_id,sales_agent,product,account,deal_stage,engage_date,close_date,close_value\nD1,Ann,P,Acme,Won,2017-01-01,2017-02-01,5\nD2,Ann,P,Acme,Engaging,2017-01-01,,\n"
	for range 2 {
		res := importText(t, a, PlanOptions{}, entries, activities, deals)
		if f := res.Files[0]; f.New+f.Unchanged != 2 || f.SetAside != 2 {
			t.Errorf("entries %+v", *f)
		}
		if f := res.Files[1]; f.New+f.Unchanged != 1 || f.SetAside != 1 || !strings.HasPrefix(f.Problems[0].Why, "is none of call") {
			t.Errorf("activities %+v", *f)
		}
	}
	if n := importCount(t, a, "stage", importIs("name", "Engaging")); n != 1 {
		t.Errorf("%d stages Engaging", n)
	}
	if n := importCount(t, a, "stage_entry"); n != 2 {
		t.Errorf("%d stage entries", n)
	}
}

// Deals that one layout brought are the same deals in another.
func TestImportFromAnotherLayoutDoublesNothing(t *testing.T) {
	a := importBook(t)
	importText(t, a, PlanOptions{}, "opportunity_id,sales_agent,product,account,deal_stage,engage_date,close_date,close_value\nD1,Ann,P,Acme,Won,2017-01-01,2017-02-01,5\n")
	res := importText(t, a, PlanOptions{}, "Deal ID,Stage,Amount,Note\nD1,Won,6,hello\n")
	if f := res.Files[0]; f.Changed != 1 || importCount(t, a, "deal") != 1 {
		t.Errorf("%+v", *f)
	}
	if row := importRow1(t, a, "deal", "D1"); row.Int("amount") != 600 || row.Labels["account"] != "Acme" || row.Text("note") != "hello" {
		t.Errorf("%v", row.Values)
	}
}

func FuzzImportPlan(f *testing.F) {
	f.Add([]byte("Deal ID,Stage,Amount,Close Date,Owner\nD1,Won,5,2017-01-01,Ann\nD1,Lost,x,31/12/2017,\n"))
	f.Add([]byte("Rep,Jan 2017,Feb 2017\nAnn,1,2\n"))
	f.Add([]byte("Company,Parent\nA,B\nB,A\n"))
	f.Add([]byte{0xff, 0xfe, 'a', 0, ';', 0, 'b', 0, '\n', 0})
	a := importBook(f)
	f.Fuzz(func(t *testing.T, raw []byte) {
		plan := planFiles(t, a, PlanOptions{}, importFile(t, string(raw))...)
		for _, kind := range []string{plan.Files[0].Kind, "deals", "people", "contacts"} {
			if err := plan.Files[0].SetKind(kind); err != nil {
				t.Fatal(err)
			}
			res, err := a.Imports.Rehearse(context.Background(), plan, nil)
			if err != nil {
				t.Fatal(err)
			}
			if r := res.Files[0]; r.New+r.Changed+r.Unchanged+r.SetAside != r.Rows {
				t.Errorf("rows do not add up: %+v", *r)
			}
		}
	})
}

// A record on several lines is put together, the later line holding, and the same
// file again changes nothing.
func TestRepeatedIDsHoldTheLaterLine(t *testing.T) {
	a := importBook(t)
	text := "Deal ID,Deal name,Stage,Amount,Next step\n1,Loom,Talk,5,Call\n2,Kiln,Talk,7,\n1,Loom two,Talk,6,\n3,Oil,Talk,1,\n3,Oil,Talk,many,\n"
	f := importText(t, a, PlanOptions{}, text).Files[0]
	if f.Rows != 5 || f.New != 3 || f.Unchanged != 1 || f.SetAside != 1 {
		t.Errorf("%+v", *f)
	}
	if d := importRow1(t, a, data.KindDeal, "1"); d.Text("name") != "Loom two" || d.Int("amount") != 600 || d.Text("next_step") != "Call" {
		t.Errorf("%v", d.Values)
	}
	if d := importRow1(t, a, data.KindDeal, "3"); d.Int("amount") != 100 {
		t.Errorf("%v", d.Values)
	}
	again := importText(t, a, PlanOptions{}, text)
	if f := again.Files[0]; again.Txn != "" || f.New+f.Changed != 0 || f.Unchanged != 4 || f.SetAside != 1 {
		t.Errorf("again %+v", *f)
	}
}

// A row that is set aside makes neither the people nor the accounts that it names.
func TestRowsSetAsideMakeNothing(t *testing.T) {
	a := importBook(t)
	f := importText(t, a, PlanOptions{}, "Deal name,Account,Owner,Stage,Amount\nLoom,Mill,Ann Lee,Talk,5\n,Nobody,No One,Talk,7\n").Files[0]
	if f.New != 1 || f.SetAside != 1 || importCount(t, a, data.KindPerson) != 1 || importCount(t, a, data.KindAccount) != 1 {
		t.Errorf("%d new, %d set aside, made %+v", f.New, f.SetAside, f.Made)
	}
}

// What is called like a sum is one only where its figures are those of the group
// above it.
func TestSumsAreToldFromRecords(t *testing.T) {
	for _, c := range []struct {
		name, text    string
		rows, dropped int
	}{
		{"sums of groups", "Owner,Deal,Stage,Amount\nAnn,Loom,Talk,5\nAnn,Kiln,Talk,7\nAnn Total,,,12\nBo,Oil,Talk,1\nBo Total,,,1\nGrand Total,,,13\n", 3, 3},
		{"a count", "Owner,Deal,Stage,Amount\nAnn,Loom,Talk,5\nAnn,Kiln,Talk,7\nAnn Count,,,2\nBo,Oil,Talk,1\n", 3, 1},
		{"an account called so", "Account,Industry,Revenue,City\nAcme,Food,100,Oslo\nAcme Total,,250,\nTotal,Oil,900,Paris\n", 3, 0},
		{"a deal called so", "Deal,Account,Stage,Amount\nAcme,Acme,Talk,5\nAcme Total,Acme,Talk,5\nTotal,Acme,Talk,10\n", 3, 0},
	} {
		a := importBook(t)
		f := importText(t, a, PlanOptions{}, c.text).Files[0]
		if f.New != c.rows || len(f.Dropped) != c.dropped || f.SetAside > 0 {
			t.Errorf("%s: %d new, %d set aside, dropped %+v", c.name, f.New, f.SetAside, f.Dropped)
		}
	}
}
