package imports

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"

	"fieldbook/app"
	"fieldbook/data"
	"fieldbook/views/kit"
	"fieldbook/views/kit/kittest"
)

func clock() time.Time { return time.Date(2026, 5, 20, 10, 0, 0, 0, time.UTC) }

func newBook(t *testing.T) *app.App {
	t.Helper()
	return kittest.NewBook(t, clock)
}

func desk(t *testing.T, a *app.App) *kittest.Desk {
	t.Helper()
	return kittest.NewDesk(t, a, fyne.NewSize(1128, 728), func(h *kit.Host) kit.Screen { return New(h) })
}

func must(t *testing.T, ok bool, what string, d *kittest.Desk) {
	t.Helper()
	if !ok {
		t.Fatalf("%s; failed %v, on the screen: %q", what, d.Failed, kittest.Texts(d.Root()))
	}
}

func write(t *testing.T, name, text string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

const (
	accountsCSV = "account,sector,employees,fleet_size\nRangreen,technology,120,14\nBluth,medical,40,3\nIsdom,retail,900,52\n"
	dealsCSV    = "opportunity_id,account,deal_stage,close_date,close_value\nA1,Rangreen,Won,2026-03-01,1054\nA2,Bluth,Lost,2026-02-31,0\nA3,Isdom,Engaging,,\n"
)

func count(t *testing.T, a *app.App, kind string) int {
	t.Helper()
	n, err := a.Records.Count(context.Background(), data.Query{Kind: kind})
	if err != nil {
		t.Fatal(err)
	}
	return n
}

// choosePicker opens the picker that shows one text and picks another.
func choosePicker(t *testing.T, d *kittest.Desk, shows, option string) {
	t.Helper()
	for _, p := range kittest.FindAll[*kit.Picker](d.Root()) {
		if p.Label() == shows {
			p.Open()
			must(t, d.Tap(option), "no option "+option, d)
			return
		}
	}
	t.Fatalf("no picker shows %q: %q", shows, kittest.Texts(d.Root()))
}

func TestFilesAreCorrectedImportedUndoneAndImportedAgain(t *testing.T) {
	kittest.App(t, false)
	a := newBook(t)
	d := desk(t, a)
	must(t, kittest.Button(d.Root(), "Choose a file") != nil, "the empty screen offers no first step", d)

	s := d.Screen.(*Screen)
	s.Open(kit.Target{Paths: []string{write(t, "accounts.csv", accountsCSV), write(t, "deals.csv", dealsCSV)}})
	must(t, kittest.Shows(d.Root(), "accounts.csv") && kittest.Shows(d.Root(), "deals.csv"), "the files are not shown", d)
	bad := false
	for _, p := range s.shown.problems {
		bad = bad || p.value == "2026-02-31" && p.tone != kit.ToneGood
	}
	must(t, bad, "the day that does not exist is not told", d)

	must(t, kittest.Shows(d.Root(), "fleet_size"), "the columns of the first file are not shown", d)
	choosePicker(t, d, "Leave out", "New custom field…")
	must(t, d.Press("Use this field"), "the new field is not asked for", d)
	must(t, s.shown.files[0].columns[3].newField == "Fleet size", "the column does not fill the new field", d)

	before := d.Said
	must(t, d.Do(s.Primary().Text) && len(d.Failed) == 0, "the import failed", d)
	must(t, len(d.Said) > len(before), "nothing is said of the import", d)
	if n := count(t, a, data.KindAccount); n != 3 {
		t.Fatalf("%d accounts", n)
	}
	rows, err := a.Records.List(context.Background(), data.Query{Kind: data.KindAccount, Sort: []data.Sort{{Field: "name"}}})
	if err != nil || rows[2].Title() != "Rangreen" || rows[2].Values["fleet_size"] != float64(14) {
		t.Errorf("%v, %+v", err, rows[2].Values)
	}
	must(t, kittest.Button(d.Root(), "Undo the import") != nil, "the result offers no undo", d)

	must(t, d.Press("Undo the import") && len(d.Failed) == 0, "undo failed", d)
	if n := count(t, a, data.KindAccount); n != 0 {
		t.Errorf("%d accounts after undo", n)
	}
	must(t, kittest.Shows(d.Root(), "deals.csv") && s.result == nil, "after undo the plan is not back", d)
	must(t, s.shown.files[0].columns[3].newField == "Fleet size", "the correction was not remembered", d)

	must(t, d.Do(s.Primary().Text), "no second import", d)
	if n := count(t, a, data.KindAccount); n != 3 {
		t.Errorf("%d accounts after the second import", n)
	}
}

func TestTheSameFilesAgainChangeNothing(t *testing.T) {
	kittest.App(t, false)
	a := newBook(t)
	d := desk(t, a)
	s := d.Screen.(*Screen)
	path := write(t, "accounts.csv", accountsCSV)
	s.Open(kit.Target{Paths: []string{path}})
	must(t, d.Do("Import 3 rows"), "the count on the button is another one", d)
	s.Open(kit.Target{Paths: []string{path}})
	if s.Primary() != nil {
		t.Errorf("offers %q though nothing is new", s.Primary().Text)
	}
	if c := s.shown.total; c.unchanged != 3 || c.new != 0 {
		t.Errorf("counts %+v", c)
	}
}

func TestHowAFileIsWrittenIsCorrected(t *testing.T) {
	kittest.App(t, false)
	a := newBook(t)
	d := desk(t, a)
	s := d.Screen.(*Screen)
	s.Open(kit.Target{Paths: []string{write(t, "deals.csv", strings.ReplaceAll(dealsCSV, "2026-02-31", "2026-02-28"))}})
	choosePicker(t, d, "Comma", "Semicolon")
	if n := len(s.shown.files[0].columns); n != 1 {
		t.Errorf("%d columns by semicolon", n)
	}
	choosePicker(t, d, "Semicolon", "Comma")
	if n := len(s.shown.files[0].columns); n != 5 {
		t.Errorf("%d columns by comma", n)
	}
	choosePicker(t, d, "Deals", "Not imported")
	must(t, kittest.Shows(d.Root(), "This file is not imported") && s.Primary() == nil, "a file left out is imported", d)
}

func TestMappingIsSavedAndUsed(t *testing.T) {
	kittest.App(t, false)
	a := newBook(t)
	d := desk(t, a)
	s := d.Screen.(*Screen)
	s.Open(kit.Target{Paths: []string{write(t, "accounts.csv", accountsCSV)}})
	s.setField(0, 1, keyLeaveOut)
	must(t, s.shown.files[0].columns[1].field == "", "the column is not left out", d)
	mapping := filepath.Join(t.TempDir(), "m.json")
	if err := s.work.saveMapping(context.Background(), s.order, mapping); err != nil {
		t.Fatal(err)
	}
	s.startOver()
	s.Open(kit.Target{Paths: []string{write(t, "accounts.csv", accountsCSV)}})
	must(t, s.shown.files[0].columns[1].field == "industry", "a dropped plan is remembered", d)
	s.useMapping(mapping)
	must(t, s.shown.files[0].columns[1].field == "", "the saved mapping is not used", d)
}

func TestAMissingFileIsToldInPlace(t *testing.T) {
	kittest.App(t, false)
	d := desk(t, newBook(t))
	d.Screen.(*Screen).Open(kit.Target{Paths: []string{filepath.Join(t.TempDir(), "gone.csv")}})
	must(t, d.Screen.(*Screen).loader.Failure() != "", "no failure is shown", d)
}

func TestEveryStateShowsItself(t *testing.T) {
	for suffix, dark := range map[string]bool{"": false, "-dark": true} {
		kittest.App(t, dark)
		d := desk(t, newBook(t))
		s := d.Screen.(*Screen)
		paths := []string{write(t, "accounts.csv", accountsCSV), write(t, "deals.csv", dealsCSV), write(t, "readme.csv", "what,why\na,b\n")}
		s.Open(kit.Target{Paths: paths})
		s.choose(len(paths) - 2)
		must(t, kittest.Shows(d.Root(), "Columns"), "no columns", d)
		kittest.GoldenImage(t, "plan"+suffix, d.Window.Canvas().Capture())
		s.tab = tabPreview
		s.show()
		must(t, kittest.Shows(d.Root(), "One step, undone as one. The files stay as they are."), "no preview", d)
		must(t, d.Do(s.Primary().Text), "no import", d)
		must(t, kittest.Shows(d.Root(), "The files hold"), "no result", d)
	}
}
