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
