package cli

import (
	"os"
	"strings"
	"testing"
)

func TestAboutAndErase(t *testing.T) {
	d := newBook(t)
	person := strings.TrimSpace(d.ok("add", "person", "name=Zdenka Quux", "email=zq@secret.example"))
	d.ok("add", "account", "name=Dun", "owner=Zdenka Quux", "note=ask Zdenka Quux")
	contact := strings.TrimSpace(d.ok("add", "contact", "name=Bo Quux", "account=Dun", "phone=99999991"))

	out := d.file("about.json")
	if said := d.ok("about", "person", "Zdenka Quux", "--out", out); !strings.Contains(said, "1 records that point there") {
		t.Errorf("about says %q", said)
	}
	text, err := os.ReadFile(out)
	if err != nil {
		t.Fatal(err)
	}
	if doc := decode(t, string(text)); doc["name"] != "Zdenka Quux" || len(doc["mentions"].([]any)) != 1 {
		t.Errorf("the file holds %v", doc)
	}

	plan := d.doc("erase", "person", "Zdenka Quux", "--dry-run")
	if len(plan["goes"].([]any)) != 7 || len(plan["stays"].([]any)) < 4 || len(plan["mentions"].([]any)) != 1 {
		t.Errorf("the plan is %v", plan)
	}
	if said := d.ok("erase", "person", "Zdenka Quux", "--dry-run"); !strings.Contains(said, "nothing was changed") || !strings.Contains(said, "zq@secret.example") {
		t.Errorf("the dry run says %q", said)
	}
	d.ok("show", "person", "Zdenka Quux")
	name := "Erased person " + person[len(person)-4:]
	if said := d.ok("erase", "people", person, "--reason", "asked for it"); !strings.Contains(said, "called "+name) {
		t.Errorf("erase says %q", said)
	}
	if doc := d.doc("erase", "contact", contact, "--reason", "asked for it"); doc["becomes"] != "Erased contact "+contact[len(contact)-4:] {
		t.Errorf("erase says %v", doc)
	}
	if got := d.list("people"); got[0]["name"] != name || got[0]["email"] != nil {
		t.Errorf("the person is %v", got)
	}
	if got := d.list("accounts"); got[0]["owner"] != name || got[0]["owner_id"] != person {
		t.Errorf("the account is %v", got)
	}
	d.ok("verify")
	if said := d.ok("erase", "person", person, "--reason", "again"); !strings.Contains(said, "erased before") {
		t.Errorf("erasing again says %q", said)
	}

	for _, step := range rows(t, d.doc("log")) {
		if strings.HasPrefix(step["what"].(string), "Erase the data of Erased person") {
			if said := d.fails(exitRefused, "undo", step["txn"].(string)); !strings.Contains(said, "for good") {
				t.Errorf("undoing the erasure says %q", said)
			}
		}
	}

	d.fails(exitUsage, "erase", "person", person)
	d.fails(exitUsage, "about", "person", person)
	d.fails(exitRefused, "erase", "account", "Dun", "--reason", "x")
	d.fails(exitRefused, "set", "person", person, "name=Zdenka Quux")
	d.fails(exitRefused, "about", "person", "Nobody", "--out", out)
	redaction := d.list("redactions")[0]["id"].(string)
	if said := d.fails(exitRefused, "remove", "redaction", redaction); !strings.Contains(said, "for good") {
		t.Errorf("removing the erasure says %q", said)
	}
}
