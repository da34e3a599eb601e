package cli

import (
	"bytes"
	"context"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"fieldbook/app"
	"fieldbook/views/shell"
)

func TestLifeOfABook(t *testing.T) {
	d := newBook(t)
	ann := strings.TrimSpace(d.ok("add", "person", "name=Ann Lee", "role=manager"))
	d.ok("add", "account", "name=Rangreen", "owner=ann lee", "employees=120")
	deal := strings.TrimSpace(d.ok("add", "deal", "name=Rangreen pumps", "account=Rangreen", "owner="+ann, "stage=Proposal", "amount=1054.50"))

	d.ok("set", "deal", "Rangreen pumps", "amount=2000", "next_step=Call Bo", "next_step_day=2017-12-01")
	got := d.list("deals")
	if len(got) != 1 {
		t.Fatalf("deals %v", got)
	}
	same(t, got[0], map[string]any{
		"id": deal, "name": "Rangreen pumps", "account": "Rangreen", "owner": "Ann Lee", "owner_id": ann, "stage": "Proposal",
		"amount": "2000.00", "currency": "USD", "created_day": "2017-11-17", "next_step_day": "2017-12-01", "close_day": nil, "product": nil, "product_id": nil,
	})
	if got := d.amounts("Rangreen pumps"); !slices.Equal(got, []any{nil, "1054.50", "1054.50", "2000.00"}) {
		t.Errorf("history of the amount %v", got)
	}

	if out := d.ok("undo"); out != "undone: Change deal Rangreen pumps; 1 row put back\n" {
		t.Errorf("undo says %q", out)
	}
	if got := d.list("deals"); got[0]["amount"] != "1054.50" || got[0]["next_step"] != nil {
		t.Errorf("after undo %v", got)
	}
	d.ok("redo")
	if got := d.list("deals"); got[0]["amount"] != "2000.00" {
		t.Errorf("after redo %v", got)
	}
	d.ok("backup", "--out", d.file("copy.book"))
	d.ok("remove", "deals", deal)
	if got := d.list("deal"); len(got) != 0 {
		t.Errorf("after remove %v", got)
	}
	d.ok("restore", d.file("copy.book"))
	if got := d.list("deals"); len(got) != 1 {
		t.Errorf("after restore %v", got)
	}
	if out := d.ok("verify"); !strings.HasPrefix(out, "ok: ") {
		t.Errorf("verify says %q", out)
	}
	if doc := d.doc("verify"); doc["ok"] != true {
		t.Errorf("verify %v", doc)
	}
}

// amounts are the values that the amount of a deal had, before and after each change.
func (d *desk) amounts(deal string) []any {
	d.t.Helper()
	var out []any
	for _, e := range d.doc("show", "deal", deal, "--history")["history"].([]any) {
		if e := e.(map[string]any); e["field"] == "amount" {
			out = append(out, e["old"], e["new"])
		}
	}
	return out
}

func TestUndoOfANamedStep(t *testing.T) {
	d := newBook(t)
	d.ok("add", "territory", "name=North")
	d.ok("add", "territory", "name=South")
	log := rows(t, d.doc("log"))
	if len(log) != 3 || log[1]["what"] != "Add territory North" || log[1]["device"] != "desk" || log[1]["undo_of"] != nil {
		t.Fatalf("log %v", log)
	}
	d.ok("undo", log[1]["txn"].(string))
	if got := d.list("territories"); len(got) != 1 || got[0]["name"] != "South" {
		t.Errorf("left %v", got)
	}
	if log := rows(t, d.doc("log", "--limit", "1")); len(log) != 1 || log[0]["undo_of"] == nil {
		t.Errorf("log %v", log)
	}
}

func TestWhere(t *testing.T) {
	d := newBook(t)
	for _, p := range []string{"Ann", "Bo", "Cy"} {
		d.ok("add", "person", "name="+p)
	}
	d.ok("set", "person", "Bo", "manager=Ann", "hire_day=2017-03-01")
	d.ok("set", "person", "Cy", "manager=Ann", "hire_day=2017-06-01", "note=100% remote = home")
	ann := d.list("people", "name=Ann")[0]["id"].(string)
	for _, tt := range []struct {
		where []string
		want  string
	}{
		{nil, "Ann Bo Cy"},
		{[]string{"manager=Ann"}, "Bo Cy"},
		{[]string{"manager=" + ann}, "Bo Cy"},
		{[]string{"manager!=Ann"}, "Ann"},
		{[]string{"manager="}, "Ann"},
		{[]string{"manager!="}, "Bo Cy"},
		{[]string{"manager.name~nn"}, "Bo Cy"},
		{[]string{"manager~AN"}, "Bo Cy"},
		{[]string{"hire_day>=2017-04-01"}, "Cy"},
		{[]string{"hire_day<=2017-04-01"}, "Bo"},
		{[]string{"hire_day=2017-03-01", "manager=Ann"}, "Bo"},
		{[]string{"hire_day=2017-03-01", "name=Cy"}, ""},
		{[]string{"note=100% remote = home"}, "Cy"},
		{[]string{"note~100%"}, "Cy"},
		{[]string{"id=" + ann}, "Ann"},
		{[]string{"manager.id=" + ann}, "Bo Cy"},
		{[]string{"status=ACTIVE"}, "Ann Bo Cy"},
	} {
		var names []string
		for _, r := range d.list("people", tt.where...) {
			names = append(names, r["name"].(string))
		}
		if got := strings.Join(names, " "); got != tt.want {
			t.Errorf("%q gives %q, want %q", tt.where, got, tt.want)
		}
	}
}

// A name that several records have means all of them in a condition.
func TestWhereTakesAllOfOneName(t *testing.T) {
	d := newBook(t)
	for _, city := range []string{"Oslo", "Bergen"} {
		id := strings.TrimSpace(d.ok("add", "account", "name=Acme", "city="+city))
		d.ok("add", "contact", "name=Contact in "+city, "account="+id)
	}
	if got := d.list("contacts", "account=Acme"); len(got) != 2 {
		t.Errorf("contacts %v", got)
	}
	d.fails(exitRefused, "add", "contact", "name=Third", "account=Acme")
}

func TestPlainOutputIsAligned(t *testing.T) {
	d := newBook(t)
	d.ok("add", "product", "name=GTX Pro", "price=4821")
	d.ok("add", "product", "name=MG\tSpecial\x1b[31m", "price=55.5")
	lines := strings.Split(d.ok("list", "products"), "\n")
	if len(lines) != 4 || strings.Contains(lines[0], "FAMILY") || strings.ContainsRune(strings.Join(lines, ""), '\x1b') {
		t.Fatalf("%q", lines)
	}
	end := strings.Index(lines[0], "PRICE") + len("PRICE")
	if !strings.HasSuffix(lines[1][:end], "4821.00") || !strings.HasSuffix(lines[2][:end], "55.50") {
		t.Errorf("prices are not right-aligned: %q", lines)
	}
	if out := d.ok("show", "product", "GTX Pro"); !strings.Contains(out, "price             4821.00\n") {
		t.Errorf("show prints %q", out)
	}
	for _, args := range [][]string{{"log"}, {"conflicts"}, {"show", "product", "GTX Pro", "--history"}, {"list", "deals"}} {
		if out := d.ok(args...); out == "" {
			t.Errorf("%q prints nothing", args)
		}
	}
}

func TestExitCodes(t *testing.T) {
	d := newBook(t)
	d.ok("add", "person", "name=Ann")
	for _, tt := range []struct {
		code int
		args string
	}{
		{exitUsage, "frobnicate"},
		{exitUsage, "list"},
		{exitUsage, "list people --nonsense"},
		{exitUsage, "list people --where name"},
		{exitUsage, "list people --where =x"},
		{exitUsage, "list people --where hire_day>2017-01-01"},
		{exitUsage, "list people extra"},
		{exitUsage, "add person name"},
		{exitUsage, "add person name=Bo name=Cy"},
		{exitUsage, "set person Ann"},
		{exitUsage, "set person"},
		{exitUsage, "init"},
		{exitUsage, "init --name X --role lead"},
		{exitUsage, "init --name X --as Y --role king"},
		{exitUsage, "init --name X --fiscal-start june"},
		{exitUsage, "export people"},
		{exitUsage, "export people --out people.ods"},
		{exitUsage, "backup"},
		{exitUsage, "log --limit many"},
		{exitRefused, "init --name X"},
		{exitRefused, "list widgets"},
		{exitRefused, "list people --where shoe=42"},
		{exitRefused, "list people --where name.first=A"},
		{exitRefused, "list people --where manager.shoe=A"},
		{exitRefused, "list people --where manager>=Ann"},
		{exitRefused, "list people --where manager=Nobody"},
		{exitRefused, "list people --where hire_day=tomorrow"},
		{exitRefused, "list people --where hire_day~2017"},
		{exitRefused, "list people --where hire_day>="},
		{exitRefused, "list people --where role=king"},
		{exitRefused, "list people --where ..=x"},
		{exitRefused, "show person Nobody"},
		{exitRefused, "show person 00000000-0000-0000-0000-000000000001"},
		{exitRefused, "show widget Ann"},
		{exitRefused, "add person"},
		{exitRefused, "add person name="},
		{exitRefused, "add person name=Bo shoe=42"},
		{exitRefused, "add person name=Bo role=king"},
		{exitRefused, "add person name=Bo hire_day=1.3.2017"},
		{exitRefused, "add person name=Bo manager=Nobody"},
		{exitRefused, "add deal stage=Proposal amount=12.345"},
		{exitRefused, "add deal stage=Proposal amount=99999999999999999999"},
		{exitRefused, "set person Nobody name=Bo"},
		{exitRefused, "set person Ann name="},
		{exitRefused, "set person Ann manager=Ann"},
		{exitRefused, "remove person Nobody"},
		{exitRefused, "undo x"},
		{exitRefused, "undo 00000000-0000-0000-0000-000000000001"},
		{exitRefused, "redo"},
		{exitRefused, "restore nowhere.book"},
		{exitRefused, "export people --out /no/such/folder/people.csv"},
		{exitRefused, "backup --out /no/such/folder/copy.book"},
		{exitRefused, ""},
	} {
		d.fails(tt.code, strings.Fields(tt.args)...)
	}
	if got := d.list("people"); len(got) != 1 || got[0]["name"] != "Ann" || got[0]["manager"] != nil {
		t.Errorf("refusals changed the book: %v", got)
	}
}

func TestBooksThatCannotBeOpened(t *testing.T) {
	d := newDesk(t)
	d.fails(exitRefused, "list", "people")
	d.fails(exitRefused, "add", "person", "name=Ann")
	if _, err := os.Stat(d.book); err == nil {
		t.Error("asking made a book")
	}
	noise := d.file("noise.book")
	if err := os.WriteFile(noise, bytes.Repeat([]byte("no book "), 1000), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, path := range []string{noise, d.dir} {
		d.fails(exitRefused, "--book", path, "list", "people")
		d.fails(exitRefused, "--book", path, "add", "person", "name=Ann")
		d.fails(exitRefused, "--book", path, "verify")
	}
	d.fails(exitRefused, "init", "--name", "X", "--zone", "Mars/Olympus")
	d.fails(exitRefused, "init", "--name", "X", "--currency", "dollars")
	d.fails(exitRefused, "init", "--name", "X", "--fiscal-start", "13")
	d.fails(exitRefused, "init", "--name", " ")
	d.fails(exitRefused, "restore", noise)
}

func TestHelpAndVersion(t *testing.T) {
	d := newDesk(t)
	if out := d.ok("--version"); out != "1.2.3\n" {
		t.Errorf("version %q", out)
	}
	if out := d.ok("--help"); !strings.Contains(out, "conflicts") || strings.Contains(out, "Open the window") {
		t.Errorf("help %q", out)
	}
	if out := d.ok("list", "--help"); !strings.Contains(out, "--where") {
		t.Errorf("help of list %q", out)
	}
}

// The window holds the book's lock; reading goes on beside it.
func TestReadWhileTheWindowIsOpen(t *testing.T) {
	d := newBook(t)
	d.ok("add", "person", "name=Ann")
	window, err := app.Open(context.Background(), d.book, app.Config{Now: func() time.Time { return d.now }, Device: "window"})
	if err != nil {
		t.Fatal(err)
	}
	for _, args := range [][]string{
		{"list", "people"},
		{"show", "person", "Ann", "--history"},
		{"log"},
		{"conflicts"},
		{"verify"},
		{"export", "people", "--out", d.file("people.csv")},
		{"backup", "--out", d.file("copy.book")},
	} {
		d.ok(args...)
	}
	for _, args := range [][]string{{"add", "person", "name=Bo"}, {"undo"}, {"restore", d.file("copy.book")}} {
		d.fails(exitRefused, args...)
	}
	if err := window.Close(); err != nil {
		t.Fatal(err)
	}
	d.ok("add", "person", "name=Bo")
}

func TestSample(t *testing.T) {
	d := newBook(t)
	d.ok("sample", "--deals", "50", "--seed", "7")
	if got := d.list("deals"); len(got) != 50 {
		t.Errorf("%d deals", len(got))
	}
	if early := d.list("deals", "close_day<=2015-01-01"); len(early) != 0 {
		t.Errorf("deals that close before the company began: %v", early)
	}
	d.fails(exitRefused, "sample")
	d.fails(exitUsage, "sample", "--deals", "-1")
	d.fails(exitUsage, "sample", "--seed", "x")
	d.ok("undo")
	if got := d.list("deals"); len(got) != 0 {
		t.Errorf("%d deals after undo", len(got))
	}
}

func TestRender(t *testing.T) {
	d := newBook(t)
	if out, want := d.ok("report", "--list"), strings.Join(app.ReportNames(), "\n"); strings.TrimSpace(out) != want {
		t.Errorf("reports %q", out)
	}
	if out, want := d.ok("render", "--list"), strings.Join(shell.Screens(), "\n"); strings.TrimSpace(out) != want {
		t.Errorf("screens %q, want %q", out, want)
	}
	picture := d.file("screen.png")
	d.ok("render", shell.Screens()[0], "--size", "800x600", "--theme", "dark", "--as-of", "2017-11-01", "--out", picture)
	if png, err := os.ReadFile(picture); err != nil || !bytes.HasPrefix(png, []byte("\x89PNG")) {
		t.Errorf("picture: %v, %.8q", err, png)
	}
	d.fails(exitUsage, "render")
	d.fails(exitUsage, "render", "home")
	d.fails(exitUsage, "render", "home", "--out", d.file("home.jpg"))
	for _, flag := range []string{"--size=big", "--size=10x10", "--size=1280x800x2", "--size=9000x800", "--size=-1x800", "--theme=blue", "--as-of=friday", "--as-of=", "--period=2017-Q5"} {
		d.fails(exitUsage, "render", "home", "--out", d.file("home.png"), flag)
	}
	d.fails(exitRefused, "render", "nowhere", "--out", d.file("nowhere.png"))
}

func TestInit(t *testing.T) {
	d := newDesk(t)
	d.ok("init", "--name", "Harbour", "--currency", "jpy", "--fiscal-start", "4", "--zone", "Europe/Oslo", "--as", "Ann Lee", "--role", "lead")
	settings := map[any]any{}
	for _, r := range d.list("settings") {
		settings[r["name"]] = r["value"]
	}
	if settings["name"] != "Harbour" || settings["currency"] != "JPY" || settings["fiscal_start"] != "4" || settings["zone"] != "Europe/Oslo" {
		t.Errorf("settings %v", settings)
	}
	d.ok("add", "product", "name=Pump", "price=4821")
	if got := d.list("products"); got[0]["price"] != "4821" {
		t.Errorf("yen have no decimals: %v", got)
	}
	if log := rows(t, d.doc("log")); log[0]["name"] != "Ann Lee" {
		t.Errorf("log %v", log)
	}
}

func TestCancelledCommand(t *testing.T) {
	d := newBook(t)
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	var out, errs bytes.Buffer
	code := Run(ctx, []string{"list", "people"}, Streams{Out: &out, Err: &errs}, Env{Config: app.Config{Now: time.Now}, Book: d.book})
	if code != exitRefused || strings.Count(errs.String(), "\n") != 1 {
		t.Errorf("exit %d, %q", code, errs.String())
	}
}
