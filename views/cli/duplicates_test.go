package cli

import "testing"

// TestDuplicatesAreListedJoinedAndKeptApart goes through the commands on a book
// in which one firm stands twice.
func TestDuplicatesAreListedJoinedAndKeptApart(t *testing.T) {
	d := newBook(t)
	accounts := d.write("accounts.csv", "account id,account,city,phone\nA1,Acme,Oslo,\nA2,\"ACME, Inc.\",Oslo,555\nB1,Best,Bergen,\nB2,Best AS,Bergen,\n")
	d.ok("import", accounts)
	groups := func() []any { return d.doc("duplicates", "accounts")["groups"].([]any) }
	if got := groups(); len(got) != 2 {
		t.Fatalf("groups %v", got)
	}
	d.ok("duplicates")
	d.ok("join", "account", "A1", "A2", "--from", "name=A2", "--dry-run")
	if len(d.list("accounts")) != 4 {
		t.Error("a dry run joined")
	}
	d.ok("join", "account", "A1", "A2", "--from", "name=A2")
	d.ok("join", "account", "B1", "B2", "--apart")
	if got := groups(); len(got) != 0 || len(d.list("accounts")) != 3 {
		t.Errorf("left %v", got)
	}
	for _, f := range files(d.doc("import", accounts)) {
		if f["new"] != number("0") {
			t.Errorf("importing again: %v", f)
		}
	}
	d.fails(exitRefused, "join", "account", "B1", "nobody")
	d.fails(exitRefused, "join", "account", "B1", "B1")
	d.fails(exitRefused, "join", "account", "B1", "B2", "--from", "colour=B1")
	d.fails(exitRefused, "duplicates", "quotas")
	d.ok("undo")
	d.ok("undo")
}
