package cli

import (
	"os"
	"strings"
	"testing"
)

// roundsBook has Ann with four accounts, of which one has no place and one is too far.
func roundsBook(t *testing.T) *desk {
	t.Helper()
	d := newBook(t)
	d.ok("add", "person", "name=Ann Lee", "home=59.91, 10.75", "weekly_hours=30", "status=active")
	d.ok("add", "account", "name=Moss Papir", "owner=Ann Lee", "visit_class=A", "latitude=59.43", "longitude=10.66", "potential=9", "industry=Paper")
	d.ok("add", "account", "name=Drammen Pumper", "owner=Ann Lee", "visit_class=A", "latitude=59.74", "longitude=10.20", "potential=8")
	d.ok("add", "account", "name=Kirkenes Gruver", "owner=Ann Lee", "visit_class=B", "latitude=69.73", "longitude=30.04")
	d.ok("add", "account", "name=Nowhere", "owner=Ann Lee", "visit_class=C")
	return d
}

func TestVisitsOfAWeek(t *testing.T) {
	d := roundsBook(t)
	out := d.ok("visits", "--for", "Ann Lee")
	for _, want := range []string{"DAY", "Mon 2017-11-13", "Moss Papir", "too far for a day", "its place is not known", "1 of 4 accounts without a place"} {
		if !strings.Contains(out, want) {
			t.Errorf("no %q in\n%s", want, out)
		}
	}
	doc := d.doc("visits", "--for", "ann lee", "--week", "2017-W47")
	days := doc["days"].([]any)
	first := days[0].(map[string]any)
	stops := first["stops"].([]any)
	same(t, doc, map[string]any{"person": "Ann Lee", "week": "2017-W47", "monday": "2017-11-20", "accounts": number("4"), "visits": number("1"), "capacity": number("30")})
	same(t, first, map[string]any{"day": "2017-11-20", "start": "08:00"})
	same(t, stops[0].(map[string]any), map[string]any{"account": "Moss Papir", "class": "A", "last_visit": nil, "due": "2017-11-20", "arrive": "09:10", "minutes": number("60")})
	left := doc["left_over"].([]any)
	if len(left) != 2 || left[0].(map[string]any)["why"] != "too far for a day" || left[1].(map[string]any)["place"] != nil || len(doc["unplaced"].([]any)) != 1 {
		t.Errorf("left over %v", left)
	}
}

func TestVisitsAreWrittenAndEntered(t *testing.T) {
	d := roundsBook(t)
	for name, begins := range map[string]string{"w.ics": "BEGIN:VCALENDAR\r\n", "w.pdf": "%PDF-", "w.csv": "day,stop,arrive,leave,account"} {
		if out := d.ok("visits", "--for", "Ann Lee", "--out", d.file(name)); !strings.HasPrefix(out, "1 visit of Ann Lee in 2017-W46 written to ") {
			t.Errorf("%s: %q", name, out)
		}
		if raw, err := os.ReadFile(d.file(name)); err != nil || !strings.HasPrefix(string(raw), begins) {
			t.Errorf("%s: %.40q, %v", name, raw, err)
		}
	}
	if out := d.ok("visits", "--for", "Ann Lee", "--week", "2017-11-22", "--enter"); !strings.HasPrefix(out, "2017-W47 entered for Ann Lee: 1 new, 0 changed, 0 removed, 0 as they were\n") {
		t.Errorf("entered: %q", out)
	}
	if doc := d.doc("visits", "--for", "Ann Lee", "--week", "2017-W47", "--enter"); doc["entered"].(map[string]any)["kept"] != number("1") || doc["entered"].(map[string]any)["txn"] != nil {
		t.Errorf("again: %v", doc["entered"])
	}
	got := d.list("activities")
	if len(got) != 1 {
		t.Fatalf("activities %v", got)
	}
	same(t, got[0], map[string]any{"type": "visit", "account": "Moss Papir", "person": "Ann Lee", "day": "2017-11-20", "minutes": number("60"), "note": "09:10–10:10, stop 1 of 1"})
	if out := d.ok("undo"); !strings.HasPrefix(out, "undone: Plan the visits of Ann Lee in 2017-W47;") || len(d.list("activities")) != 0 {
		t.Errorf("undo: %q", out)
	}
	d.fails(exitUsage, "visits", "--for", "Ann Lee", "--out", d.file("w.doc"))
	d.fails(exitUsage, "visits")
	d.fails(exitRefused, "visits", "--for", "Nobody")
	d.fails(exitRefused, "visits", "--for", "Ann Lee", "--week", "2017-W60")
}

func TestWorkload(t *testing.T) {
	d := roundsBook(t)
	out := d.ok("workload")
	for _, want := range []string{"PERSON", "Ann Lee", "total", "CLASS", "INDUSTRY", "Paper", "none"} {
		if !strings.Contains(out, want) {
			t.Errorf("no %q in\n%s", want, out)
		}
	}
	doc := d.doc("workload")
	people := doc["people"].([]any)
	same(t, people[0].(map[string]any), map[string]any{
		"person": "Ann Lee", "accounts": number("4"), "unplaced": number("1"), "too_far": number("1"), "visits_year": number("64"), "visit_hours_year": number("59"), "capacity": number("30"), "home_known": true,
	})
	same(t, doc["total"].(map[string]any), map[string]any{"accounts": number("4"), "visits_year": number("64")})
	if classes := doc["by_class"].([]any); len(classes) != 3 {
		t.Errorf("classes %v", classes)
	}
}
