package cli

import (
	"encoding/json"
	"path/filepath"
	"strings"
	"testing"
)

// TestAPlanFromDraftToForce walks a plan through the command line.
func TestAPlanFromDraftToForce(t *testing.T) {
	d := newBook(t)
	d.ok("sample", "--deals", "400")
	show := func(name ...string) map[string]any { return d.doc(append([]string{"plan", "show"}, name...)...) }
	before := show("Eight territories")
	if len(before["territories"].([]any)) != 8 || before["status"] != "planning" {
		t.Fatalf("%v", before)
	}
	if said := d.ok("plan", "give", "Eight territories", "Mountain", "US-CA", "US/c53033"); !strings.Contains(said, "2 areas and 0 accounts given") {
		t.Errorf("giving says %q", said)
	}
	d.ok("plan", "lock", "Eight territories", "US-CA")
	if said := d.ok("plan", "give", "Eight territories", "Pacific", "US-CA"); !strings.Contains(said, "1 are locked") {
		t.Errorf("giving what is locked says %q", said)
	}
	d.ok("plan", "lock", "--off", "Eight territories", "US-CA")
	if got := d.fails(1, "plan", "give", "Eight territories", "Nowhere", "US-CA"); !strings.Contains(got, `no territory "Nowhere"`) {
		t.Errorf("an unknown territory: %q", got)
	}
	options := d.doc("plan", "solve", "Eight territories", "--balance", "90", "--travel", "5", "--disruption", "5")["options"].([]any)
	after := show("Eight territories")
	if len(options) < 2 || figure(t, after["largest_deviation"]) >= figure(t, before["largest_deviation"]) {
		t.Errorf("%d options; deviation %v, was %v", len(options), after["largest_deviation"], before["largest_deviation"])
	}
	if n := len(d.list("plans")); n != 2 {
		t.Errorf("%d plans; the draft as it was should stand beside it", n)
	}
	compared := d.doc("plan", "compare", "Eight territories")
	if figure(t, compared["moved"]) == 0 || len(compared["changes"].([]any)) == 0 {
		t.Errorf("%v", compared)
	}
	d.ok("plan", "copy", "Eight territories", "The same")
	if same := d.doc("plan", "compare", "The same", "--with", "Eight territories"); figure(t, same["moved"]) != 0 {
		t.Errorf("against the plan that it is a copy of it moves %v accounts", same["moved"])
	}
	d.ok("remove", "plan", "The same")
	if said := d.ok("plan", "letters", "Eight territories", "--out", d.file("letters")); !strings.Contains(said, "letters are in") {
		t.Errorf("letters say %q", said)
	}
	d.ok("plan", "print", "Eight territories", "--out", d.file("plan.pdf"))
	for _, pattern := range []string{"letters/*.pdf", "plan.pdf"} {
		if found, err := filepath.Glob(d.file(pattern)); err != nil || len(found) == 0 {
			t.Errorf("no %s (%v)", pattern, err)
		}
	}
	if said := d.ok("plan", "publish", "Eight territories", "--hand-over", "deals"); !strings.Contains(said, "is in force") {
		t.Errorf("publishing says %q", said)
	}
	if again := d.doc("plan", "compare", "Eight territories"); figure(t, again["moved"]) != 0 {
		t.Errorf("in force, it still moves %v accounts", again["moved"])
	}
	if got := d.fails(1, "plan", "give", "Eight territories", "Pacific", "US-CA"); !strings.Contains(got, "Copy it") {
		t.Errorf("changing what is in force: %q", got)
	}
	d.ok("plan", "copy", "Eight territories", "Next year")
	d.ok("plan", "new", "By accounts", "--areas", "accounts", "--by", "sales 70, hours 30")
	if doc := show("By accounts"); doc["balanced_by"] != "sales 70, hours 30" || len(doc["open"].(map[string]any)["areas"].([]any)) != 0 {
		t.Errorf("%v", doc)
	}
	d.ok("verify")
}

// TestTerritoriesOfADraft adds, changes, splits, closes and removes territories
// and makes room for a person.
func TestTerritoriesOfADraft(t *testing.T) {
	d := newBook(t)
	d.ok("sample", "--deals", "400")
	const plan = "Eight territories"
	territories := func() map[string]map[string]any {
		out := map[string]map[string]any{}
		for _, x := range d.doc("plan", "show", plan)["territories"].([]any) {
			out[x.(map[string]any)["territory"].(string)] = x.(map[string]any)
		}
		return out
	}
	before := territories()
	d.ok("plan", "split", plan, "Great Lakes", "--name", "Ohio side")
	split := territories()
	whole := figure(t, before["Great Lakes"]["load"].(map[string]any)["potential"])
	half := figure(t, split["Ohio side"]["load"].(map[string]any)["potential"])
	if len(split) != 9 || half < 0.3*whole || half > 0.7*whole {
		t.Errorf("%d territories, the half has %g of %g", len(split), half, whole)
	}
	d.ok("plan", "close", plan, "Ohio side")
	if after := territories(); len(after) != 8 || len(d.doc("plan", "show", plan)["open"].(map[string]any)["accounts"].([]any)) > 2 {
		t.Errorf("closed: %d territories", len(after))
	}
	people := d.list("people")
	who := people[0]["name"].(string)
	d.ok("plan", "hire", plan, who, "--name", "New seat", "--share", "50")
	if hired := territories()["New seat"]; hired["owner"] != who || figure(t, hired["load"].(map[string]any)["accounts"]) == 0 {
		t.Errorf("hired: %v", hired)
	}
	d.ok("plan", "territory", "add", plan, "Banks", "--rule", "industry is finance", "--order", "1", "--color", "#d55e00")
	if x := territories()["Banks"]; x["owner"] != "" {
		t.Errorf("added: %v", x)
	}
	d.ok("plan", "territory", "set", plan, "Banks", "--name", "All banks", "--owner", who, "--share", "80", "--locked")
	if x := territories()["All banks"]; x["owner"] != who || x["locked"] != true {
		t.Errorf("changed: %v", x)
	}
	d.ok("plan", "territory", "set", plan, "All banks", "--owner", "-", "--no-locked", "--rule", "-")
	if x := territories()["All banks"]; x["owner"] != "" || x["locked"] != false {
		t.Errorf("changed back: %v", x)
	}
	d.ok("plan", "territory", "remove", plan, "All banks", "--into", "New seat")
	for _, c := range []struct {
		words []string
		want  string
	}{
		{[]string{"territory", "add", plan, "X", "--color", "red"}, "no colour"},
		{[]string{"territory", "add", plan, "X", "--share", "1"}, "no share"},
		{[]string{"territory", "add", plan, "X", "--rule", "nothing at all"}, ""},
		{[]string{"hire", plan}, "needs a name"},
		{[]string{"split", plan, "Nowhere"}, "no territory"},
	} {
		if got := d.fails(1, append([]string{"plan"}, c.words...)...); !strings.Contains(got, c.want) {
			t.Errorf("%q: %q", c.words, got)
		}
	}
	d.ok("plan", "archive", plan)
	if got := d.fails(1, "plan", "close", plan, "Pacific"); !strings.Contains(got, "archived") {
		t.Errorf("changing what is archived: %q", got)
	}
	d.ok("plan", "archive", "--off", plan)
	d.ok("verify")
}

func figure(t *testing.T, v any) float64 {
	t.Helper()
	n, err := v.(json.Number).Float64()
	if err != nil {
		t.Fatal(err)
	}
	return n
}
