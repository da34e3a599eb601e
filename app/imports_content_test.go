package app

import (
	"context"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"fieldbook/data"
	"fieldbook/data/datatest"
)

func TestContactCardsBecomeContacts(t *testing.T) {
	a := importBook(t)
	res := importText(t, a, PlanOptions{}, "BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Kim Oda\r\nORG:Northgate Mills;Buying\r\nTITLE:Head of buying\r\nEMAIL:kim@northgate.example\r\nTEL;TYPE=CELL:+1 555 0100\r\nUID:u-1\r\nEND:VCARD\r\n"+
		"BEGIN:VCARD\r\nVERSION:2.1\r\nN;ENCODING=QUOTED-PRINTABLE;CHARSET=UTF-8:M=C3=BCller;J=C3=B6rg\r\nEND:VCARD\r\nBEGIN:VCARD\r\nVERSION:3.0\r\nORG:Nobody Ltd\r\nEND:VCARD\r\n")
	f := res.Files[0]
	if f.Kind != data.KindContact || f.Source != "vcard" || f.New != 2 || f.SetAside != 1 || f.Problems[0].Line != 14 || f.Problems[0].Why != "the row has no name" {
		t.Errorf("%+v", *f)
	}
	kim := importRow1(t, a, "contact", "u-1")
	if kim.Text("name") != "Kim Oda" || kim.Labels["account"] != "Northgate Mills" || kim.Text("title") != "Head of buying" || kim.Text("email") != "kim@northgate.example" || kim.Text("phone") != "+1 555 0100" {
		t.Errorf("%v %v", kim.Values, kim.Labels)
	}
	if row := importRow1(t, a, "contact", "Jörg Müller"); row.Has("account") {
		t.Errorf("%v", row.Values)
	}
	if !slices.Contains(f.LeftOut, "Department") {
		t.Errorf("left out %v", f.LeftOut)
	}
}

func TestCalendarsBecomeActivities(t *testing.T) {
	a := zonedBook(t)
	res := importText(t, a, PlanOptions{}, "BEGIN:VCALENDAR\nBEGIN:VEVENT\nUID:e1\nSUMMARY:Demo at Northgate\nDTSTART:20260331T223000Z\nDTEND:20260331T233000Z\nDESCRIPTION:Bring the loom\nRRULE:FREQ=WEEKLY\nEND:VEVENT\n"+
		"BEGIN:VEVENT\nUID:e2\nSUMMARY:Off\nDTSTART;VALUE=DATE:20260401\nSTATUS:CANCELLED\nEND:VEVENT\nBEGIN:VTODO\nUID:e3\nSUMMARY:Call Kim\nDUE:20260402\nSTATUS:COMPLETED\nEND:VTODO\nEND:VCALENDAR\n")
	f := res.Files[0]
	if f.Kind != data.KindActivity || f.Source != "icalendar" || f.New != 50 || f.SetAside != 1 || f.Problems[0].Why != "was cancelled" {
		t.Errorf("%+v", *f)
	}
	if !slices.Contains(f.ReadAs, Reading{Column: "Repeats", Text: "Events that repeat come in with each time from 2025-03-02 to 2027-03-02, 49 in all"}) {
		t.Errorf("%+v", f.ReadAs)
	}
	demo := importRow1(t, a, "activity", "e1")
	if demo.Text("type") != "meeting" || demo.Day("day").String() != "2026-04-01" || demo.Int("minutes") != 60 || demo.Values["done"] != false || demo.Text("note") != "Bring the loom" {
		t.Errorf("%v", demo.Values)
	}
	if call := importRow1(t, a, "activity", "e3"); call.Text("type") != "task" || call.Day("day").String() != "2026-04-02" || call.Values["done"] != true {
		t.Errorf("%v", call.Values)
	}
}

// Every real card and calendar comes in, or its rows are set aside with a
// reason; the same files again change nothing.
func TestRealCardsAndCalendarsComeIn(t *testing.T) {
	dir := datatest.Real(t, "import-vcard-ics")
	for pattern, want := range map[string]int{"*/*.vcf": 28, "*/*.ics": 1816} {
		rows := 0
		for _, path := range filesOf(t, dir, pattern) {
			a := importBook(t)
			f := importFiles(t, a, path).Files[0]
			rows += f.Rows - f.SetAside
			for _, p := range f.Problems {
				if p.Why != "the row has no name" && !strings.Contains(p.Why, "stands on an earlier line") {
					t.Errorf("%s: %+v", f.File, p)
				}
			}
			if again := importFiles(t, a, path); again.Txn != "" {
				t.Errorf("%s again: %+v", f.File, again.Files[0])
			}
		}
		if rows != want {
			t.Errorf("%s: %d rows came in, want %d", pattern, rows, want)
		}
	}
}

// Every real table can be planned as whatever it looks like, and what becomes
// of its rows adds up.
func TestRealTablesAddUp(t *testing.T) {
	ctx := context.Background()
	for dir, pattern := range map[string]string{"import-csv": "*/*.csv", "import-csv/": "*/*/*.*sv", "import-xlsx": "*/*.xls[xm]", "import-naughty-strings": "*.*"} {
		files, err := filepath.Glob(filepath.Join(datatest.Real(t, strings.TrimSuffix(dir, "/")), pattern))
		if err != nil || len(files) == 0 {
			t.Fatalf("%s: %d files, %v", dir, len(files), err)
		}
		a := importBook(t)
		for _, path := range files {
			plan, err := a.Imports.Plan(ctx, []string{path}, PlanOptions{})
			if err != nil {
				t.Errorf("%s: %v", path, err)
				continue
			}
			for _, kind := range []string{plan.Files[0].Kind, data.KindDeal, data.KindAccount} {
				if err := plan.Files[0].SetKind(kind); err != nil {
					t.Fatal(err)
				}
				res, err := a.Imports.Rehearse(ctx, plan, nil)
				if err != nil {
					t.Errorf("%s as %q: %v", path, kind, err)
					break
				}
				if f := res.Files[0]; f.Kind != "" && (f.New+f.Changed+f.Unchanged+f.SetAside != f.Rows || f.Rows+len(f.Dropped) == 0 && plan.Files[0].Rows > 0) {
					t.Errorf("%s as %q: %+v", path, kind, *f)
				}
			}
		}
	}
}

// An event that has more times than a series may bring is cut, and that is told.
func TestLongSeriesAreCutAloud(t *testing.T) {
	a := importBook(t)
	path := filepath.Join(t.TempDir(), "long.ics")
	text := "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nBEGIN:VEVENT\r\nUID:1\r\nDTSTART:20260301T080000Z\r\nSUMMARY:Round\r\nRRULE:FREQ=DAILY;BYHOUR=8,10,12,14\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	f := importFiles(t, a, path).Files[0]
	want := Reading{Column: "Repeats", Text: "Of 1 events that repeat only the first 1000 times come in; the later ones are not in the book", Doubt: true}
	if f.New != 1000 || !slices.Contains(f.ReadAs, want) {
		t.Errorf("%d new, %+v", f.New, f.ReadAs)
	}
}
