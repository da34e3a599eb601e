package cli

import (
	"os"
	"strings"
	"testing"
)

func TestAgenda(t *testing.T) {
	d := quarterBook(t)
	doc := d.doc("agenda", "--for", "Ann Lee")
	list := rows(t, doc)
	if len(list) == 0 {
		t.Fatalf("%v", doc)
	}
	for _, r := range list {
		if reasons, ok := r["reasons"].([]any); r["owner"] != "Ann Lee" || !ok || len(reasons) == 0 {
			t.Errorf("%v", r)
		}
	}
	if out := d.ok("agenda"); !strings.Contains(out, "WHY") || !strings.Contains(out, "Open 0") {
		t.Error(out)
	}
	d.fails(exitRefused, "agenda", "--for", "Nobody")
	empty := newBook(t)
	if out := empty.ok("agenda"); !strings.Contains(out, "No deal asks") {
		t.Error(out)
	}
}

func TestMinutes(t *testing.T) {
	d := quarterBook(t)
	d.ok("add", "meeting", "subject=Monday", "type=pipeline review", "person=Ann Lee", "day=2017-11-20")
	if out := d.ok("minutes", "Monday", "--out", d.file("m.pdf")); !strings.HasPrefix(out, "Minutes of Monday written to ") {
		t.Error(out)
	}
	if b, err := os.ReadFile(d.file("m.pdf")); err != nil || !strings.HasPrefix(string(b), "%PDF") {
		t.Error(err)
	}
	d.fails(exitUsage, "minutes", "Monday", "--out", d.file("m.doc"))
	d.fails(exitRefused, "minutes", "Tuesday", "--out", d.file("n.pdf"))
}
