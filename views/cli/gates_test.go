package cli

import (
	"strings"
	"testing"
)

// TestGatesOnTheCommandLine refuses a move in one line, lets it through with a
// reason, and lists the override.
func TestGatesOnTheCommandLine(t *testing.T) {
	d := newBook(t)
	d.ok("add", "criterion", "stage=Prospecting", "gate=exit", "name=Need confirmed", "type=checklist")
	d.ok("add", "deal", "name=Rangreen", "stage=Prospecting")
	if line := d.fails(exitRefused, "set", "deal", "Rangreen", "stage=Qualification"); !strings.Contains(line, "Need confirmed") || !strings.Contains(line, "--override REASON") {
		t.Error(line)
	}
	d.ok("set", "deal", "Rangreen", "stage=Qualification", "--override", "Asked at the fair")
	if out := d.ok("list", "gate-overrides"); !strings.Contains(out, "Asked at the fair") {
		t.Error(out)
	}
	d.ok("add", "deal", "name=Inity", "stage=Prospecting")
	d.ok("add", "criterion-check", "deal=Inity", "criterion=Need confirmed", "met=yes")
	d.ok("set", "deal", "Inity", "stage=Qualification")
}

// TestPartOfARepCarriesHisDealsWork shares a rep's part: the playbook and what
// was done on his deals come along, nothing of anybody else's.
func TestPartOfARepCarriesHisDealsWork(t *testing.T) {
	d := newBook(t)
	d.ok("add", "criterion", "stage=Prospecting", "gate=exit", "name=Need confirmed", "type=checklist")
	d.ok("add", "framework", "name=BANT")
	d.ok("add", "framework-element", "framework=BANT", "name=Budget")
	d.ok("add", "sequence", "name=After the quote")
	d.ok("add", "discovery-guide", "name=First visit")
	d.ok("add", "discovery-question", "guide=First visit", "question=How today")
	for _, name := range []string{"Ann", "Bob"} {
		d.ok("add", "person", "name="+name, "role=rep")
		deal := "Deal of " + name
		d.ok("add", "deal", "name="+deal, "owner="+name, "stage=Prospecting")
		d.ok("add", "criterion-check", "deal="+deal, "criterion=Need confirmed", "met=yes", "evidence=told by "+name)
		d.ok("add", "qualification", "deal="+deal, "element=Budget", "score=2", "evidence=told by "+name)
		d.ok("add", "discovery-answer", "deal="+deal, "question=How today", "answer=told by "+name)
		d.ok("add", "sequence-run", "deal="+deal, "sequence=After the quote", "start_day=2017-11-17", "person="+name, "status=running")
		d.ok("add", "gate-override", "deal="+deal, "to_stage=Prospecting", "day=2017-11-17", "reason=told by "+name)
	}
	file := d.file("ann.fieldbook")
	d.ok("share", "--to", "Ann", "--out", file)

	rep := newDesk(t)
	rep.ok("merge", file)
	for _, kind := range []string{"criteria", "frameworks", "framework-elements", "sequences", "discovery-guides", "discovery-questions", "criterion-checks", "qualifications", "discovery-answers", "sequence-runs", "gate-overrides"} {
		rows := rep.doc("list", kind, "--json")["rows"].([]any)
		if len(rows) != 1 {
			t.Errorf("%d %s came to the rep, want 1: %v", len(rows), kind, rows)
		}
	}
	if out := rep.ok("list", "criterion-checks", "--json"); !strings.Contains(out, "told by Ann") {
		t.Error(out)
	}
}
