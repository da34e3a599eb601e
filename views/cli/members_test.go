package cli

import (
	"strings"
	"testing"

	"fieldbook/app/keyring"
)

// invited is the desk of somebody who joined a book by an invitation.
func (d *desk) invited(name string) *desk {
	d.t.Helper()
	file, pass := d.file(name+".fieldbook"), d.write("pass", "six words are best\n")
	d.ok("share", "--to", name, "--out", file, "--passphrase-file", pass)
	n := newDesk(d.t)
	n.now, n.keys = d.now, keyring.Memory()
	n.ok("merge", file, "--passphrase-file", pass)
	return n
}

func TestMembers(t *testing.T) {
	lea := newBook(t)
	lea.keys = keyring.Memory()
	lea.ok("add", "person", "name=Lea", "role=lead")
	lea.ok("add", "person", "name=Ada", "role=rep", "manager=Lea")
	lea.ok("add", "deal", "name=Pumps", "owner=Ada", "stage=Qualification", "amount=100")
	if got := lea.ok("members"); !strings.Contains(got, "open book") {
		t.Errorf("an open book: %s", got)
	}
	same(t, lea.doc("members"), map[string]any{"founded": false})
	if got := lea.fails(exitRefused, "members", "found"); !strings.Contains(got, "who you are") {
		t.Errorf("nobody founds it: %s", got)
	}
	if got := lea.ok("members", "found", "--as", "Lea"); !strings.Contains(got, "fingerprint") {
		t.Errorf("founding says %q", got)
	}
	lea.fails(exitRefused, "members", "found")

	ada := lea.invited("Ada")
	ada.ok("set", "deal", "Pumps", "amount=150")
	ada.fails(exitRefused, "members", "found")
	back := ada.file("back.fieldbook")
	ada.ok("share", "--to", "Lea", "--out", back)
	lea.ok("merge", back)
	who := rows(t, lea.doc("members"))
	if len(who) != 2 || who[0]["name"] != "Ada" || who[1]["founder"] != true {
		t.Fatalf("members %v", who)
	}
	var device map[string]any
	for _, d := range who[0]["devices"].([]any) {
		if x := d.(map[string]any); x["invitation"] == false {
			device = x
		}
	}
	if got := lea.ok("members"); !strings.Contains(got, "used or withdrawn") || !strings.Contains(got, "this one") || !strings.Contains(got, device["fingerprint"].(string)[:20]) {
		t.Errorf("listed: %s", got)
	}

	// What a revoked device does afterwards is refused, until somebody accepts it.
	lea.fails(exitRefused, "revoke", "nobody's")
	lea.fails(exitRefused, "revoke", "desk") // both are called so
	lea.ok("revoke", device["fingerprint"].(string))
	lea.fails(exitRefused, "revoke", device["id"].(string))
	ada.ok("set", "deal", "Pumps", "amount=900", "next_step=Call")
	ada.ok("share", "--to", "Lea", "--out", back)
	same(t, files(lea.doc("merge", back))[0], map[string]any{"refused": number("1")})
	held := rows(t, lea.doc("quarantine"))
	if len(held) != 1 {
		t.Fatalf("in quarantine: %v", held)
	}
	same(t, held[0], map[string]any{"kind": "deal", "title": "Pumps", "name": "Ada", "waits": false, "delete": false})
	if got := lea.ok("quarantine"); !strings.Contains(got, "Pumps") {
		t.Errorf("listed: %s", got)
	}
	lea.fails(exitUsage, "accept")
	lea.fails(exitUsage, "accept", "--all", "x:1")
	lea.fails(exitRefused, "accept", "x:1")
	lea.ok("accept", held[0]["change"].(string))
	if got := lea.list("deals")[0]["amount"]; got != "900.00" {
		t.Errorf("after it was accepted the amount is %v", got)
	}
	if got := lea.ok("discard", "--all"); !strings.Contains(got, "set aside: 0") {
		t.Errorf("nothing is left: %s", got)
	}
	lea.ok("readmit", device["id"].(string))
	lea.fails(exitRefused, "readmit", device["id"].(string))
}
