package cli

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"fieldbook/data/datatest"
)

func TestImport(t *testing.T) {
	d := newBook(t)
	accounts := d.write("accounts.csv", "account,industry,employees\nAcme,retail,12\nBest,retail,many\n")
	noise := d.write("notes.csv", "to,do\nbuy,milk\n")

	dry := d.doc("import", accounts, "--dry-run")
	if len(d.list("accounts")) != 0 || files(dry)[0]["new"] == number("0") {
		t.Errorf("dry run %v", dry)
	}
	doc := d.doc("import", accounts, noise)
	f := files(doc)
	if len(f) != 2 || doc["txn"] == "" {
		t.Fatalf("import %v", doc)
	}
	same(t, f[0], map[string]any{"file": "accounts.csv", "kind": "account", "rows": number("2")})
	same(t, f[0]["problems"].([]any)[0].(map[string]any), map[string]any{"line": number("3"), "column": "employees", "value": "many"})
	same(t, f[1], map[string]any{"file": "notes.csv", "kind": nil, "new": number("0")})
	if again := files(d.doc("import", accounts)); again[0]["new"] != number("0") || again[0]["changed"] != number("0") {
		t.Errorf("again %v", again)
	}
	d.ok("import", accounts, noise)
	d.ok("undo")
	d.fails(exitUsage, "import")
	d.fails(exitRefused, "import", d.file("nowhere.csv"))
	d.fails(exitRefused, "import", accounts, "--kind", "widget")
	d.fails(exitRefused, "import", accounts, "--map", d.file("nowhere.json"))
	d.fails(exitRefused, "import", accounts, "--map", noise)
}

func TestExportedFilesComeBack(t *testing.T) {
	d := newBook(t)
	d.ok("sample", "--deals", "40")
	for _, kind := range []string{"people", "accounts", "deals", "stages", "quotas"} {
		for _, ending := range []string{".csv", ".xlsx"} {
			path := d.file(kind + ending)
			d.ok("export", kind, "--out", path)
			f := files(d.doc("import", path))[0]
			if f["rows"] == number("0") || f["unchanged"] != f["rows"] {
				t.Errorf("%s%s: %v", kind, ending, f)
			}
		}
	}
	d.ok("export", "deals", "--where", "stage.type=won", "--out", d.file("won.csv"))
}

func TestShareAndMerge(t *testing.T) {
	ann := newBook(t)
	ann.ok("add", "account", "name=Acme", "city=Oslo")
	share := ann.file("ann.fieldbook")
	ann.ok("share", "--out", share)

	bo := newDesk(t)
	if dry := files(bo.doc("merge", share, "--dry-run")); dry[0]["new"] == number("0") {
		t.Errorf("dry run %v", dry)
	}
	bo.fails(exitRefused, "list", "accounts")
	doc := bo.doc("merge", share)
	if f := files(doc); len(f) != 1 || f[0]["from"] != "desk" || f[0]["ops"] == number("0") || f[0]["refused"] != number("0") || doc["txn"] == nil {
		t.Errorf("merge %v", doc)
	}
	if doc := bo.doc("merge", share); files(doc)[0]["new"] != number("0") || doc["txn"] != nil {
		t.Errorf("again %v", doc)
	}

	bo.ok("set", "account", "Acme", "city=Bergen")
	ann.ok("set", "account", "Acme", "city=Molde")
	back := bo.file("bo.fieldbook")
	bo.ok("share", "--out", back, "--everything")
	if f := files(ann.doc("merge", back)); f[0]["conflicting"] != number("1") {
		t.Errorf("merge back %v", f)
	}
	found := rows(t, ann.doc("conflicts"))
	if len(found) != 1 || found[0]["kind"] != "account" || found[0]["title"] != "Acme" || len(found[0]["values"].([]any)) != 2 {
		t.Fatalf("conflicts %v", found)
	}
	first := found[0]["values"].([]any)[0].(map[string]any)["fields"].(map[string]any)["city"]
	if shown := ann.list("accounts")[0]["city"]; first != shown {
		t.Errorf("the first value is %v, shown is %v", first, shown)
	}
	ann.ok("conflicts")
	ann.ok("verify")

	other := newBook(t)
	other.fails(exitRefused, "merge", share)
	other.fails(exitRefused, "merge", other.file("nowhere.fieldbook"))
	other.fails(exitRefused, "merge", other.write("noise.fieldbook", "noise"))
	other.fails(exitUsage, "merge")
	other.fails(exitUsage, "share")
	other.fails(exitUsage, "share", "--to", "Ann", "--everything", "--out", share)
	other.fails(exitRefused, "share", "--to", "Nobody", "--out", share)
	other.fails(exitRefused, "share", "--out", "/no/such/folder/x.fieldbook")
}

// mavenFiles are the five files of a real book.
func mavenFiles(t *testing.T, variant string) []string {
	t.Helper()
	paths, err := filepath.Glob(filepath.Join(datatest.Real(t, "maven-crm"), variant, "*.csv"))
	if err != nil || len(paths) != 5 {
		t.Fatalf("files %v, %v", paths, err)
	}
	return paths
}

func TestMavenBook(t *testing.T) {
	d := newBook(t)
	d.now = d.now.AddDate(0, 6, 0) // after the last deal
	for _, f := range files(d.doc(append([]string{"import"}, mavenFiles(t, "original")...)...)) {
		if f["set_aside"] != number("0") {
			t.Errorf("import %v", f)
		}
	}
	if deals := d.list("deals"); len(deals) != 8800 {
		t.Errorf("%d deals", len(deals))
	}
	if won := d.list("deals", "stage.type=won", "owner=Darcel Schlecht", "close_day>=2017-10-01"); len(won) == 0 {
		t.Error("no deals of Darcel Schlecht")
	}
	for _, f := range files(d.doc(append([]string{"import"}, mavenFiles(t, "variant-us-dates")...)...)) {
		if f["new"] != number("0") || f["changed"] != number("0") {
			t.Errorf("same book with other days: %v", f)
		}
	}
	d.ok("verify")

	doc := d.doc("metrics", "--by", "region")
	total := doc["total"].(map[string]any)
	same(t, total, map[string]any{
		"total": number("8800"), "won": number("4238"), "lost": number("2473"), "open": number("2089"),
		"won_value": "10005534.00", "win_rate": number("0.631501"), "quota": nil,
	})
	won := map[string]any{}
	for _, r := range rows(t, doc) {
		won[r["key"].(string)] = r["won_value"]
	}
	same(t, won, map[string]any{"Central": "3346293.00", "East": "3090594.00", "West": "3568647.00"})
	if central := d.doc("metrics", "--for", "Central", "--period", "2017-Q4", "--as-of", "2017-11-17")["total"].(map[string]any); central["won"] != number("203") {
		t.Errorf("Central by mid-November %v", central)
	}
}

func TestMetrics(t *testing.T) {
	d := newBook(t)
	d.ok("add", "territory", "name=North")
	d.ok("add", "person", "name=Ann Lee")
	d.ok("add", "assignment", "person=Ann Lee", "territory=North", "role=owner")
	d.ok("add", "quota", "person=Ann Lee", "month=2017-11-01", "amount=4000")
	d.ok("add", "deal", "name=Pumps", "owner=Ann Lee", "stage=Won", "close_day=2017-11-10", "amount=1000")
	d.ok("add", "deal", "name=Pipes", "owner=Ann Lee", "stage=Proposal", "close_day=2017-12-10", "amount=500")

	doc := d.doc("metrics", "--by", "person", "--period", "2017-Q4")
	same(t, doc, map[string]any{"as_of": "2017-11-17", "period": "2017-Q4", "by": "person"})
	same(t, rows(t, doc)[0], map[string]any{"key": "Ann Lee", "won_value": "1000.00", "quota": "4000.00", "attainment": number("0.250000"), "open": number("1")})
	if r := rows(t, d.doc("metrics")); len(r) != 0 {
		t.Errorf("without --by there are rows: %v", r)
	}
	if out := d.ok("metrics", "--by", "region"); !strings.Contains(out, "North") || !strings.Contains(out, "1000.00") {
		t.Errorf("metrics prints %q", out)
	}
	d.fails(exitUsage, "metrics", "--by", "shoe")
	d.fails(exitUsage, "metrics", "--period", "2017-Q5")
	d.fails(exitUsage, "metrics", "--as-of", "yesterday")
	d.fails(exitRefused, "metrics", "--for", "Nobody")
}

func TestReports(t *testing.T) {
	d := newBook(t)
	d.ok("add", "territory", "name=North")
	for ending, head := range map[string]string{".pdf": "%PDF-", ".png": "\x89PNG", ".svg": "<svg"} {
		for _, name := range []string{"quota-attainment", "funnel"} {
			path := d.file(name + ending)
			d.ok("report", name, "--for", "North", "--out", path)
			file, err := os.ReadFile(path)
			if err != nil || !strings.HasPrefix(string(file), head) {
				t.Errorf("%s: %v, %.20q", path, err, file)
			}
			d.ok("report", name, "--for", "North", "--period", "2017", "--as-of", "2017-11-30", "--out", path)
		}
	}
	d.fails(exitUsage, "report")
	d.fails(exitUsage, "report", "funnel")
	d.fails(exitUsage, "report", "horoscope", "--out", d.file("x.pdf"))
	d.fails(exitUsage, "report", "funnel", "--out", d.file("x.docx"))
	d.fails(exitRefused, "report", "funnel", "--for", "Nobody", "--out", d.file("x.pdf"))
	d.fails(exitRefused, "report", "funnel", "--out", "/no/such/folder/x.pdf")
	d.ok("add", "account", "name=Acme", "industry=retail")
	svg, plain := d.file("logo.svg"), d.file("plain.pdf")
	if err := os.WriteFile(svg, []byte(`<svg viewBox="0 0 40 20"><rect width="40" height="20" fill="#c80000"/></svg>`), 0o600); err != nil {
		t.Fatal(err)
	}
	options := []string{"--paper", "letter", "--landscape", "--black-and-white", "--logo", svg, "--notes", "For the board", "--where", "sector=retail"}
	d.ok(append([]string{"report", "funnel", "--out", plain}, options...)...)
	if raw, err := os.ReadFile(plain); err != nil || !bytes.Contains(raw, []byte("/MediaBox [0 0 792.00 612.00]")) {
		t.Errorf("letter on its side: %d bytes, %v", len(raw), err)
	}
	again := d.file("again.pdf")
	d.ok(append([]string{"report", "funnel", "--out", again, "--state", plain}, options...)...)
	first, err1 := os.ReadFile(plain)
	second, err2 := os.ReadFile(again)
	if err1 != nil || err2 != nil || !bytes.Equal(first, second) {
		t.Errorf("made again: %d and %d bytes, %v, %v", len(first), len(second), err1, err2)
	}
	d.ok("add", "report-setting", "name=Board", "report=funnel", `options={"letter":true}`)
	d.ok("report", "--saved", "Board", "--out", plain)
	for _, wrong := range [][]string{{"--where", "sector"}, {"--where", "weather=fine"}, {"--state", "0123456789abcdef"}, {"--logo", plain}} {
		d.fails(exitRefused, append([]string{"report", "funnel", "--out", again}, wrong...)...)
	}
	d.fails(exitRefused, "report", "--saved", "Nothing", "--out", again)
	d.ok("add", "report-setting", "name=Monday", "report=charts", `options={"charts":[{"pane":"leaders","by":"region"},{"pane":"won","note":"so far"}]}`)
	d.ok("report", "--saved", "Monday", "--out", plain)
	d.ok("report", "charts", "--chart", "attainment:region:year", "--chart", "course", "--out", plain)
	d.fails(exitRefused, "report", "charts", "--out", again)
	d.fails(exitRefused, "report", "charts", "--chart", "horoscope", "--out", again)
	d.fails(exitUsage, "report", "--out", again)
	d.fails(exitUsage, "report", "funnel", "--paper", "a5", "--out", again)
}

func TestResolve(t *testing.T) {
	ann := newBook(t)
	ann.ok("add", "account", "name=Acme", "city=Oslo", "note=start")
	ann.ok("add", "deal", "name=Ship", "stage=Prospecting", "amount=10")
	share := ann.file("ann.fieldbook")
	ann.ok("share", "--everything", "--out", share)
	bob := newDesk(t)
	bob.ok("merge", share)
	part := func(kind, id, field, ours, theirs string) {
		t.Helper()
		ann.ok("set", kind, id, field+"="+ours)
		bob.ok("set", kind, id, field+"="+theirs)
		ann.ok("share", "--everything", "--out", share)
		bob.ok("merge", share)
	}
	value := func(kind, id, field string) any {
		t.Helper()
		return bob.doc("show", kind, id)["row"].(map[string]any)[field]
	}
	part("account", "Acme", "city", "Rome", "Bern")
	bob.fails(exitUsage, "resolve", "account", "Acme", "city")
	bob.fails(exitUsage, "resolve", "account", "Acme", "city", "--keep", "mine", "--value", "x")
	bob.fails(exitRefused, "resolve", "account", "Acme", "name", "--keep", "mine")
	bob.fails(exitRefused, "resolve", "account", "Acme", "city", "--keep", "Nobody")
	bob.fails(exitRefused, "resolve", "account", "Acme", "city", "--keep", "both")
	bob.fails(exitRefused, "resolve", "deal", "Ship", "--keep", "mine")
	bob.ok("resolve", "account", "Acme", "city", "--keep", "theirs")
	if got := value("account", "Acme", "city"); got != "Rome" || len(rows(t, bob.doc("conflicts"))) != 0 {
		t.Errorf("kept theirs, the city is %v", got)
	}
	bob.ok("undo")
	bob.ok("resolve", "account", "Acme", "--keep", "mine")
	if got := value("account", "Acme", "city"); got != "Bern" {
		t.Errorf("kept mine, the city is %v", got)
	}
	part("account", "Acme", "note", "a", "b")
	bob.ok("resolve", "account", "Acme", "note", "--keep", "both")
	if got := value("account", "Acme", "note"); !strings.Contains(got.(string), ": a") || !strings.Contains(got.(string), ": b") {
		t.Errorf("kept both, the note is %v", got)
	}
	part("deal", "Ship", "amount", "20", "30")
	bob.ok("resolve", "deal", "Ship", "amount", "--value", "25")
	if got := value("deal", "Ship", "amount"); got != "25.00" || len(rows(t, bob.doc("conflicts"))) != 0 {
		t.Errorf("written, the amount is %v", got)
	}
}

func TestRevert(t *testing.T) {
	d := newBook(t)
	d.ok("add", "account", "name=Acme", "city=Oslo")
	d.ok("set", "account", "Acme", "city=Rome")
	id := d.list("accounts")[0]["id"].(string)
	story := d.doc("show", "account", "Acme", "--history")["history"].([]any)
	last := story[len(story)-1].(map[string]any)["txn"].(string)
	d.fails(exitUsage, "revert")
	d.fails(exitUsage, "revert", "account", "--to", "2017-01-01")
	d.fails(exitUsage, "revert", "account", "Acme")
	d.fails(exitUsage, "revert", "--before", last)
	d.fails(exitUsage, "revert", "account", "Acme", "--to", "2017-01-01", "--dry-run")
	d.fails(exitRefused, "revert", "account", "Nobody", "--to", "2017-01-01")
	d.fails(exitRefused, "revert", "--to", "2999-01-01")
	if doc := d.doc("revert", "account", "Acme", "--before", last); len(rows(t, doc)) != 1 || d.list("accounts")[0]["city"] != "Oslo" {
		t.Errorf("%v, %v", doc, d.list("accounts"))
	}
	d.ok("remove", "account", "Acme")
	gone := rows(t, d.doc("deleted", "accounts"))
	if len(gone) != 1 || gone[0]["name"] != "Acme" || gone[0]["id"] != id || len(rows(t, d.doc("deleted", "deals"))) != 0 {
		t.Fatalf("%v", gone)
	}
	d.ok("deleted")
	d.ok("revert", "account", id, "--before", gone[0]["txn"].(string))
	if len(d.list("accounts")) != 1 {
		t.Error("the record is not brought back")
	}
	plan := d.doc("revert", "--to", "2017-01-01", "--dry-run")
	if len(rows(t, plan)) == 0 || len(plan["failed"].([]any)) != 0 || len(d.list("accounts")) != 1 {
		t.Errorf("%v", plan)
	}
	d.ok("verify")
}
