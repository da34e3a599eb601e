package imports

import (
	"testing"

	"fieldbook/data"
	"fieldbook/views/kit"
	"fieldbook/views/kit/kittest"
)

// TestAnExportOfLastWeekIsDated chooses the day in the file's name, then another
// one, and imports it as history.
func TestAnExportOfLastWeekIsDated(t *testing.T) {
	kittest.App(t, false)
	a := newBook(t)
	d := desk(t, a)
	s := d.Screen.(*Screen)
	last := a.Today().AddDays(-7)
	s.Open(kit.Target{Paths: []string{write(t, "deals "+last.String()+".csv", "opportunity_id,account,deal_stage,close_value\nA1,Rangreen,Engaging,1054\nA2,Bluth,Engaging,20\n")}})
	must(t, d.Tap("How"), "no way to say how", d)
	choosePicker(t, d, "Today", last.Time().Format("Jan 2, 2006"))
	must(t, s.shown.files[0].how.asOf == last, "the day in the name is not taken", d)
	choosePicker(t, d, last.Time().Format("Jan 2, 2006"), "Another day…")
	must(t, kittest.Shows(d.Root(), "Of which day does the file tell?") && d.Press("Cancel"), "no other day is asked for", d)
	must(t, d.Do(s.Primary().Text), "it is not imported", d)
	rows, err := a.Records.List(t.Context(), data.Query{Kind: data.KindDeal})
	if err != nil || len(rows) != 2 {
		t.Fatal(rows, err)
	}
	story, err := a.Journal.History(t.Context(), data.KindDeal, rows[0].ID)
	if err != nil || story[0].Day != last {
		t.Errorf("history %+v, %v", story, err)
	}
	// This week one deal is missing, and the screen says so.
	s.Open(kit.Target{Paths: []string{write(t, "deals.csv", "opportunity_id,account,deal_stage,close_value\nA1,Rangreen,Engaging,1054\n")}})
	must(t, d.Tap("To know") && kittest.Shows(d.Root(), "1 open deal is not in the file"), "the missing deal is not told", d)
}
