package app_test

import (
	"bytes"
	"context"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"fieldbook/app"
	"fieldbook/app/report"
	"fieldbook/data"
	"fieldbook/data/datatest"
	"fieldbook/data/sheet"
)

// annsWeek is a week of two days with one account whose place is not known.
func annsWeek(t *testing.T) (*app.App, *app.VisitWeek) {
	t.Helper()
	a, ids := visitBook(t)
	visited(t, a, ids["Moss Papir"], "visit", data.NewDay(2026, 11, 1), true)
	if err := a.Records.Set(context.Background(), data.KindAccount, []data.ID{ids["Moss Papir"]}, data.Values{"phone": "+47 69 00 00 00", "address": "Storgata 4; bakgården"}); err != nil {
		t.Fatal(err)
	}
	w := week(t, a, ids["Ann Lee"], data.NewDay(2026, 11, 30))
	if len(w.Days) < 2 || len(w.Unplaced) != 1 {
		t.Fatalf("%q, %d without a place", told(w), len(w.Unplaced))
	}
	return a, w
}

// Our own reader gives back what was written, and a plan made anew has the same UIDs.
func TestAppointmentsAreReadBack(t *testing.T) {
	a, w := annsWeek(t)
	path := filepath.Join(t.TempDir(), "week.ics")
	if err := a.Visits.Write(context.Background(), w, path); err != nil {
		t.Fatal(err)
	}
	r, err := sheet.Open(path, sheet.Format{})
	if err != nil {
		t.Fatal(err)
	}
	datatest.Close(t, r)
	header, _ := r.Header()
	var got, uids []string
	for {
		rec, err := r.Next()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			t.Fatal(err)
		}
		cell := func(name string) string { return rec.Cells[slices.Index(header, name)] }
		got = append(got, strings.Join([]string{cell("Subject"), cell("Start"), cell("Minutes"), cell("Location"), cell("Description")}, "|"))
		uids = append(uids, cell("UID"))
	}
	var want []string
	for _, d := range w.Days {
		for i, s := range d.Stops {
			note := fmt.Sprintf("Stop %d of %d, %.0f km", i+1, len(d.Stops), s.Km)
			if s.Phone != "" {
				note += "\n" + s.Phone
			}
			want = append(want, fmt.Sprintf("Visit %s|%s|%.0f|%s|%s", s.Name, s.Arrive.Format("2006-01-02T15:04:05-07:00"), s.Leave.Sub(s.Arrive).Minutes(), s.Address, note))
		}
	}
	if !slices.Equal(got, want) {
		t.Errorf("read\n%q, not\n%q", got, want)
	}
	again := week(t, a, w.Person, w.Monday)
	for i, e := range a.Visits.Agenda(again).Events {
		if e.UID != uids[i] {
			t.Errorf("UID %s, then %s", uids[i], e.UID)
		}
	}
	if !strings.Contains(strings.Join(got, "\n"), "Storgata 4; bakgården, Moss|Stop") || !strings.Contains(strings.Join(got, "\n"), "+47 69 00 00 00") {
		t.Errorf("address or phone are missing in %q", got)
	}
}

func TestWeekAsTable(t *testing.T) {
	a, w := annsWeek(t)
	path := filepath.Join(t.TempDir(), "week.csv")
	if err := a.Visits.Write(context.Background(), w, path); err != nil {
		t.Fatal(err)
	}
	raw, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	rows, err := csv.NewReader(bytes.NewReader(raw)).ReadAll()
	if err != nil || len(rows) != 1+w.Stops()+len(w.Left) {
		t.Fatalf("%d rows, %v", len(rows), err)
	}
	first, last := rows[1], rows[len(rows)-1]
	at := func(row []string, name string) string { return row[slices.Index(rows[0], name)] }
	s := w.Days[0].Stops[0]
	if at(first, "day") != "2026-11-30" || at(first, "stop") != "1" || at(first, "arrive") != s.Arrive.Format("15:04") || at(first, "account_id") != s.Account.String() || at(first, "left_over") != "" || at(first, "latitude") == "" {
		t.Errorf("first %q", first)
	}
	if at(last, "day") != "" || at(last, "km") != "" || at(last, "latitude") != "" || at(last, "left_over") != report.LeftWords(w.Left[len(w.Left)-1].Why) {
		t.Errorf("last %q", last)
	}
	if err := a.Visits.Write(context.Background(), w, filepath.Join(t.TempDir(), "week.doc")); data.KindOf(err) != data.Invalid {
		t.Errorf("another ending: %v", err)
	}
}

// A page a day, each with its stops in order, then what was left over.
func TestWeekOnPaper(t *testing.T) {
	a, w := annsWeek(t)
	path := filepath.Join(t.TempDir(), "week.pdf")
	if err := a.Visits.Write(context.Background(), w, path); err != nil {
		t.Fatal(err)
	}
	if raw, err := os.ReadFile(path); err != nil || !bytes.HasPrefix(raw, []byte("%PDF-")) {
		t.Errorf("%.20q, %v", raw, err)
	}
	doc, err := a.Visits.Doc(context.Background(), w)
	if err != nil || doc.Title != "Visits of Ann Lee" || len(doc.Sections) != len(w.Days)+1 || doc.Sections[0].Page || !doc.Sections[1].Page || doc.Sections[0].Heading != "Monday, Nov 30, 2026" {
		t.Errorf("%+v, %v", doc, err)
	}
	table, _ := doc.Sections[0].Blocks[0].(report.Table)
	var names []string
	for _, r := range table.Rows {
		if r.Cells[0].Text != "" {
			names = append(names, r.Cells[2].Text)
		}
	}
	var want []string
	for _, s := range w.Days[0].Stops {
		want = append(want, s.Name)
	}
	if !slices.Equal(names, want) {
		t.Errorf("rows %q, not %q", names, want)
	}
}
