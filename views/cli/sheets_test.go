package cli

import (
	"os"
	"strings"
	"testing"
)

// A sheet that was edited outside comes back cell by cell.
func TestEditedSheetOnTheCommandLine(t *testing.T) {
	d := newBook(t)
	d.ok("add", "account", "name=Acme", "city=Oslo", "phone=1")
	path := d.file("accounts.csv")
	d.ok("export", "accounts", "--out", path)
	raw, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(strings.Replace(string(raw), "Oslo", "Bergen", 1)), 0o600); err != nil {
		t.Fatal(err)
	}
	d.ok("set", "account", "Acme", "city=Hamar", "phone=2")
	f := files(d.doc("import", path))[0]
	clash := f["clashes"].([]any)[0].(map[string]any)
	same(t, f, map[string]any{"rows": number("1"), "unchanged": number("1"), "set_aside": number("0")})
	same(t, clash, map[string]any{"column": "city", "was": "Oslo", "sheet": "Bergen", "book": "Hamar", "took": "book", "open": true})
	if out := d.ok("import", path); !strings.Contains(out, `line 2: city "Bergen" was changed here and in the book, which has "Hamar"`) {
		t.Errorf("says %q", out)
	}
	d.ok("import", path, "--clash", "sheet")
	same(t, d.list("accounts")[0], map[string]any{"city": "Bergen", "phone": "2"})
	d.fails(exitUsage, "import", path, "--clash", "mine")
	d.fails(exitUsage, "import", path, "--mode", "replace")
}

func TestModesOnTheCommandLine(t *testing.T) {
	d := newBook(t)
	d.ok("add", "account", "name=Acme", "city=Oslo", "website=acme.example")
	file := d.write("accounts.csv", "Company,City,Website\nAcme Inc,,ACME.example\nNew,Oslo,new.example\n")
	f := files(d.doc("import", file, "--mode", "update", "--key", "website", "--blank", "clear", "--set-aside", d.file("aside.csv")))[0]
	same(t, f, map[string]any{"changed": number("1"), "set_aside": number("1"), "new": number("0")})
	same(t, d.list("accounts")[0], map[string]any{"name": "Acme Inc", "city": nil})
	if raw, err := os.ReadFile(d.file("aside.csv")); err != nil || !strings.Contains(string(raw), "New,Oslo,new.example,") {
		t.Errorf("%v, %s", err, raw)
	}
	deals := d.write("deals.csv", "Deal ID,Stage,Amount,Account\n1,Won,5,Acmee Inc\n")
	joins := d.write("joins.json", `{"joins": {"account": {"Acmee Inc": "Acme Inc"}}}`)
	if out := d.ok("import", deals, "--dry-run"); !strings.Contains(out, "resembles Acme Inc") {
		t.Errorf("says %q", out)
	}
	if out := d.ok("import", deals, "--map", joins); strings.Contains(out, "resembles") || len(d.list("accounts")) != 1 {
		t.Errorf("says %q", out)
	}
}

func TestWatchOnTheCommandLine(t *testing.T) {
	d := newBook(t)
	mapping := d.write("map.json", `{"kind": "account", "columns": {"Firma": "name"}}`)
	folder := d.file("in")
	if err := os.Mkdir(folder, 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(folder+"/week.csv", []byte("Firma,Ort\nAcme,Oslo\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	if out := d.ok("watch", folder, "--map", mapping, "--once"); out != "week.csv: 1 new, 0 changed, 0 unchanged, 0 set aside\n" {
		t.Errorf("says %q", out)
	}
	if out := d.ok("watch", folder, "--map", mapping, "--once"); out != "" || len(d.list("accounts")) != 1 {
		t.Errorf("again says %q", out)
	}
	if err := os.WriteFile(folder+"/other.csv", []byte("a,b\n1,2\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	d.fails(exitRefused, "watch", folder, "--map", mapping, "--once")
	d.fails(exitRefused, "watch", d.file("nowhere"), "--map", mapping, "--once")
	d.fails(exitUsage, "watch", folder)
}

func TestEverythingOnTheCommandLine(t *testing.T) {
	d := newBook(t)
	d.ok("add", "account", "name=Acme")
	for _, name := range []string{"all.xlsx", "all.zip", "folder"} {
		d.ok("export", "all", "--out", d.file(name))
	}
	for _, name := range []string{"all.xlsx", "all.zip", "folder/accounts.csv"} {
		for _, f := range files(d.doc("import", d.file(name))) {
			if f["unchanged"] != f["rows"] {
				t.Errorf("%s: %v", name, f)
			}
		}
	}
	d.fails(exitUsage, "export", "all", "--out", d.file("all.csv"))
	d.fails(exitUsage, "export", "all", "--where", "name=Acme", "--out", d.file("all.zip"))
	d.fails(exitUsage, "export", "accounts", "--out", d.file("all.zip"))
}
