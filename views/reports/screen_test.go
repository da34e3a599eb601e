package reports_test

import (
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"fyne.io/fyne/v2"

	"fieldbook/app"
	"fieldbook/data"
	"fieldbook/views/kit"
	"fieldbook/views/kit/kittest"
	"fieldbook/views/reports"
)

var (
	now    = time.Date(2026, 5, 20, 9, 0, 0, 0, time.UTC)
	window = fyne.NewSize(1128, 728)
)

func open(t *testing.T, path string) *app.App {
	t.Helper()
	cfg := app.Config{Now: func() time.Time { return now }, Device: "test"}
	var a *app.App
	var err error
	if _, gone := os.Stat(path); gone != nil {
		a, err = app.Create(t.Context(), path, app.NewBook{Name: "P", Currency: "USD", FiscalStart: time.January, Zone: "UTC"}, cfg)
	} else {
		a, err = app.Open(t.Context(), path, cfg)
	}
	if err != nil {
		t.Fatal(err)
	}
	a.Printing.Folder = t.TempDir()
	return a
}

func desk(t *testing.T, a *app.App) *kittest.Desk {
	t.Helper()
	return kittest.NewDesk(t, a, window, func(h *kit.Host) kit.Screen { return reports.New(h) })
}

// A report is chosen, set, printed and mailed; its settings are saved, changed,
// there again when the book is opened anew, and deleted.
func TestJourney(t *testing.T) {
	kittest.App(t, false)
	path := filepath.Join(t.TempDir(), "p.book")
	a := open(t, path)
	if err := a.Sample(t.Context(), app.SampleOptions{Deals: 300, Seed: 3}, func(int64, int64) {}); err != nil {
		t.Fatal(err)
	}
	s := &kittest.Tray{}
	a.Printing.Spooler = s
	d := desk(t, a)
	d.Screen.(kit.Opening).Open(kit.Target{Report: app.ReportGoal})
	if !kittest.Shows(d.Screen.Content(), "Page 1 of 2") || !slices.Contains(kittest.Texts(d.Screen.Content()), "What the goal needs") {
		t.Fatal(kittest.Texts(d.Screen.Content()))
	}
	if !d.Do("Report, Team performance") || !kittest.Shows(d.Screen.Content(), "Page 1 of 2") {
		t.Fatal(kittest.Texts(d.Screen.Content()))
	}
	d.Tap("Letter")
	d.Tap("Black and white")
	if !d.Press("Print") || !kittest.Shows(d.Root(), "Copies") || !d.Press("Print") || len(s.Jobs) != 1 {
		t.Fatal(kittest.Texts(d.Root()), d.Failed, s.Jobs)
	}
	if j := s.Jobs[0]; j.Printer != "Tray" || !j.Letter || !j.Mono || j.Copies != 1 {
		t.Errorf("%+v", j)
	}
	if !d.Press("Mail") || len(d.Failed) > 0 {
		t.Error(d.Failed)
	}
	if !d.Press("Save these settings") {
		t.Fatal("no button to save")
	}
	d.Type("Board")
	d.Press("Save")
	saved, err := a.Reports.FindSaved(t.Context(), "Board")
	if err != nil || saved.Report != app.ReportTeamPerformance || !saved.Options.Letter || !saved.Options.Mono {
		t.Fatal(saved, err, d.Failed)
	}
	if err := a.Close(); err != nil {
		t.Fatal(err)
	}
	a = open(t, path)
	t.Cleanup(func() {
		if err := a.Close(); err != nil {
			t.Error(err)
		}
	})
	d = desk(t, a)
	if !d.Tap("Board") || !kittest.Shows(d.Screen.Content(), "Delete the saved report") {
		t.Fatal(kittest.Texts(d.Screen.Content()))
	}
	d.Press("Delete the saved report")
	if _, err := a.Reports.FindSaved(t.Context(), "Board"); data.KindOf(err) != data.NotFound {
		t.Error(err)
	}
	if _, err := a.Journal.Undo(t.Context(), data.NoID); err != nil {
		t.Fatal(err)
	}
	if _, err := a.Reports.FindSaved(t.Context(), "Board"); err != nil {
		t.Error(err)
	}
	d.Do("Report, Person scorecard")
	if !kittest.Shows(d.Screen.Content(), "Whose report?") {
		t.Error(kittest.Texts(d.Screen.Content()))
	}
	d.Do("Report, Win and loss")
	d.Picture(t, "reports", window)
}

// A report of charts is put together, set in order, said something to, saved, and is
// there again with the book; what a filter is called stands where it is taken off.
func TestReportOfCharts(t *testing.T) {
	kittest.App(t, false)
	path := filepath.Join(t.TempDir(), "c.book")
	a := open(t, path)
	if err := a.Sample(t.Context(), app.SampleOptions{Deals: 200, Seed: 3}, func(int64, int64) {}); err != nil {
		t.Fatal(err)
	}
	product, err := a.Records.List(t.Context(), data.Query{Kind: data.KindProduct})
	if err != nil {
		t.Fatal(err)
	}
	d := desk(t, a)
	d.Do("Report, Charts of my choosing")
	if !kittest.Shows(d.Root(), "A report of charts of your own choosing") {
		t.Fatal(kittest.Texts(d.Root()))
	}
	add := func(name string) {
		t.Helper()
		if !d.Press("Add a chart") {
			t.Fatal(kittest.Texts(d.Root()))
		}
		pickers := kittest.FindAll[*kit.Picker](d.Root())
		pickers[len(pickers)-1].Tapped(nil)
		d.Type(name)
		d.Key(fyne.KeyReturn)
		if !d.Press("Add") {
			t.Fatal(name, kittest.Texts(d.Root()), d.Failed)
		}
	}
	add("Leaderboard")
	add("Won by month")
	if !d.Press("Won by month") {
		t.Fatal(kittest.Texts(d.Root()))
	}
	last := func() {
		fields := kittest.FindAll[interface {
			fyne.Focusable
			fyne.Shortcutable
		}](d.Root())
		d.Window.Canvas().Focus(fields[len(fields)-1])
	}
	last()
	d.Type("Look at May")
	d.Press("Keep")
	buttons := kittest.FindAll[*kit.Button](d.Screen.Content())
	at := slices.IndexFunc(buttons, func(b *kit.Button) bool { return b.Text() == "Won by month" })
	buttons[at+1].Tapped(nil) // up
	if !d.Press("Add a filter") {
		t.Fatal("no filter can be added")
	}
	last()
	d.Type(product[0].ID.String())
	d.Press("Add")
	if want := "product " + product[0].Title(); !kittest.Shows(d.Screen.Content(), kit.Ellipsis(want, 164, kit.SizeBody, false)) {
		t.Errorf("no %q among %q", want, kittest.Texts(d.Screen.Content()))
	}
	d.Press("Save these settings")
	d.Type("Monday")
	d.Press("Save")
	if err := a.Close(); err != nil {
		t.Fatal(err)
	}
	a = open(t, path)
	t.Cleanup(func() {
		if err := a.Close(); err != nil {
			t.Error(err)
		}
	})
	saved, err := a.Reports.FindSaved(t.Context(), "Monday")
	want := []app.ReportChart{{PaneAsk: app.PaneAsk{Name: app.PaneMonths}, Note: "Look at May"}, {PaneAsk: app.PaneAsk{Name: app.PaneLeaders, By: "person"}}}
	if err != nil || saved.Report != app.ReportCharts || len(saved.Options.Charts) != 2 || saved.Options.Charts[0] != want[0] || saved.Options.Charts[1].Name != app.PaneLeaders {
		t.Fatalf("%+v, %v, %v", saved, err, d.Failed)
	}
	d = desk(t, a)
	if !d.Tap("Monday") || !kittest.Shows(d.Screen.Content(), "Page 1 of 1") {
		t.Error(kittest.Texts(d.Screen.Content()))
	}
	d.Picture(t, "reports-charts", window)
}

func TestEmptyBook(t *testing.T) {
	kittest.App(t, true)
	a := open(t, filepath.Join(t.TempDir(), "e.book"))
	t.Cleanup(func() {
		if err := a.Close(); err != nil {
			t.Error(err)
		}
	})
	d := desk(t, a)
	if !kittest.Shows(d.Screen.Content(), "Page 1 of 1") || len(d.Failed) > 0 {
		t.Error(kittest.Texts(d.Screen.Content()), d.Failed)
	}
	d.Picture(t, "reports-empty", window)
}
