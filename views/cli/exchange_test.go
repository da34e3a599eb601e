package cli

import (
	"encoding/json"
	"os"
	"path/filepath"
	"testing"

	"fieldbook/data/datatest"
)

func (d *desk) write(name, text string) string {
	d.t.Helper()
	path := d.file(name)
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		d.t.Fatal(err)
	}
	return path
}

// files are the accounts of an import or merge.
func files(doc map[string]any) []map[string]any {
	var out []map[string]any
	for _, f := range doc["files"].([]any) {
		out = append(out, f.(map[string]any))
	}
	return out
}

func number(n string) json.Number { return json.Number(n) }

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
	if len(f) != 2 || f[0]["file"] != "accounts.csv" || f[0]["kind"] != "account" || f[0]["rows"] != number("2") || doc["txn"] == "" {
		t.Errorf("import %v", doc)
	}
	problem := f[0]["problems"].([]any)[0].(map[string]any)
	if problem["line"] != number("3") || problem["column"] != "employees" || problem["value"] != "many" || problem["why"] == "" {
		t.Errorf("problem %v", problem)
	}
	if kind, ok := f[1]["kind"]; !ok || kind != nil || f[1]["new"] != number("0") {
		t.Errorf("file of no known kind %v", f[1])
	}
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
}
