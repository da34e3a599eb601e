package dashboards_test

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"

	"fieldbook/app"
	"fieldbook/data"
	"fieldbook/data/datatest"
	"fieldbook/views/dashboards"
	"fieldbook/views/kit"
	"fieldbook/views/kit/kittest"
)

var now = time.Date(2026, 5, 20, 9, 0, 0, 0, time.UTC)

func config() app.Config {
	return app.Config{Now: func() time.Time { now = now.Add(time.Second); return now }, Device: "test"}
}

func book(t *testing.T, path string) *app.App {
	t.Helper()
	a, err := app.Create(t.Context(), path, app.NewBook{Name: "D", Currency: "USD", FiscalStart: time.January, Zone: "UTC"}, config())
	if err != nil {
		t.Fatal(err)
	}
	return a
}

func sample(t *testing.T, path string) *app.App {
	t.Helper()
	a := book(t, path)
	kittest.Sample(t, a, 500)
	return a
}

var window = fyne.NewSize(1128, 728)

func desk(t *testing.T, a *app.App) *kittest.Desk {
	t.Helper()
	return kittest.NewDesk(t, a, window, func(h *kit.Host) kit.Screen { return dashboards.New(h) })
}

// page is the only page of a book.
func page(t *testing.T, a *app.App) app.Dashboard {
	t.Helper()
	pages, err := a.Dashboards.List(context.Background())
	if err != nil || len(pages) != 1 {
		t.Fatalf("%+v, %v", pages, err)
	}
	return pages[0]
}

// The page by itself opens records, becomes one's own once it is arranged, is undone
// and is there when the book opens again.
func TestPageIsArrangedAndKept(t *testing.T) {
	kittest.App(t, false)
	path := filepath.Join(t.TempDir(), "d.book")
	a := sample(t, path)
	d := desk(t, a)
	d.Picture(t, "dashboards-manager", window)
	if !d.Tap("Coverage") || len(d.Went) != 1 || len(d.Went[0].Keys) == 0 {
		t.Fatalf("went %+v, %v", d.Went, kittest.Texts(d.Root()))
	}
	before := page(t, a).Layout
	if !d.Do("Arrange the dashboard") {
		t.Fatal("the page cannot be arranged")
	}
	d.Picture(t, "dashboards-arranging", window)
	d.Drag(fyne.NewPos(110, 100), fyne.NewPos(310, 100)) // the first card onto the second
	after := page(t, a)
	if after.ID.IsZero() || after.Layout.Cards[0].X != before.Cards[0].X+2 {
		t.Fatalf("%+v", after.Layout.Cards[0])
	}
	if _, err := a.Journal.Undo(t.Context(), data.NoID); err != nil {
		t.Fatal(err)
	}
	if got := page(t, a).Layout.Cards[0].X; got != before.Cards[0].X {
		t.Errorf("at %d after undo", got)
	}
	if _, err := a.Journal.Redo(t.Context()); err != nil {
		t.Fatal(err)
	}
	if err := a.Close(); err != nil {
		t.Fatal(err)
	}
	again, err := app.Open(context.Background(), path, config())
	if err != nil {
		t.Fatal(err)
	}
	datatest.Close(t, again)
	if got := page(t, again).Layout.Cards[0].X; got != before.Cards[0].X+2 {
		t.Errorf("at %d after opening again", got)
	}
}

// fill types into the last field of the form.
func fill(d *kittest.Desk, text string) {
	fields := kittest.FindAll[interface {
		fyne.Focusable
		fyne.Shortcutable
	}](d.Root())
	d.Window.Canvas().Focus(fields[len(fields)-1])
	d.Shortcut(&fyne.ShortcutSelectAll{})
	d.Type(text)
}

// pick chooses in the form's last picker.
func pick(d *kittest.Desk, text string) {
	pickers := kittest.FindAll[*kit.Picker](d.Root())
	pickers[len(pickers)-1].Tapped(nil)
	if !d.Tap(text) {
		d.Type(text)
		d.Key(fyne.KeyReturn)
	}
}

// A page is made, filled, arranged, shown to others, made a report of, found again
// when the book opens, and taken away.
func TestPageIsMadeAndShared(t *testing.T) {
	kittest.App(t, false)
	path := filepath.Join(t.TempDir(), "m.book")
	a := sample(t, path)
	d := desk(t, a)
	must := func(ok bool, what string) {
		t.Helper()
		if !ok || len(d.Failed) > 0 {
			t.Fatal(what, d.Failed, kittest.Texts(d.Root()))
		}
	}
	must(d.Do("New dashboard"), "no new page")
	fill(d, "Mondays")
	must(d.Press("Add"), "the page is not added")
	must(kittest.Shows(d.Root(), "Nothing stands on this page yet"), "the new page is not shown")
	for _, card := range []string{"Leaderboard", "Won by month"} {
		must(d.Do("Add a card"), "no card to add")
		pick(d, card)
		must(d.Press("Add"), card)
	}
	must(kittest.Shows(d.Screen.Content(), "Leaderboard"), "no leaderboard")
	must(d.Do("Arrange the dashboard"), "not to be arranged")
	d.Drag(fyne.NewPos(200, 110), fyne.NewPos(700, 110)) // the leaderboard to the right
	must(d.Do("Rename the dashboard, say for whom it is"), "not to be renamed")
	pick(d, "Managers")
	must(d.Press("Save"), "the name is not kept")
	must(d.Do("Make a report of the dashboard"), "no report")
	must(d.Press("Add"), "the report is not kept")
	if err := a.Close(); err != nil {
		t.Fatal(err)
	}
	a, err := app.Open(t.Context(), path, config())
	if err != nil {
		t.Fatal(err)
	}
	datatest.Close(t, a)
	pages, err := a.Dashboards.List(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	i := slices.IndexFunc(pages, func(p app.Dashboard) bool { return p.Name == "Mondays" })
	if i < 0 || pages[i].Role != data.RoleManager || len(pages[i].Layout.Cards) != 2 || pages[i].Layout.Cards[0].X == 0 || pages[i].Layout.Cards[0].Name != app.PaneLeaders {
		t.Fatalf("%+v", pages)
	}
	saved, err := a.Reports.FindSaved(t.Context(), "Mondays")
	if err != nil || saved.Report != app.ReportCharts || len(saved.Options.Charts) != 2 {
		t.Errorf("%+v, %v", saved, err)
	}
	d = desk(t, a)
	d.Screen.(kit.Opening).Open(kit.Target{Kind: data.KindDashboard, ID: pages[i].ID})
	must(kittest.Shows(d.Screen.Content(), "Won by month"), "the page is not there again")
	must(d.Do("Remove the dashboard"), "not to be removed")
	again, err := a.Dashboards.List(t.Context())
	if err != nil || slices.ContainsFunc(again, func(p app.Dashboard) bool { return p.Name == "Mondays" }) {
		t.Errorf("%+v, %v", again, err)
	}
}

// small is a book of two people with a quota and some deals each.
func small(t *testing.T) *app.App {
	t.Helper()
	a := book(t, filepath.Join(t.TempDir(), "s.book"))
	datatest.Close(t, a)
	add := func(kind string, v data.Values) data.ID {
		t.Helper()
		id, err := a.Records.Add(t.Context(), kind, v)
		if err != nil {
			t.Fatal(err)
		}
		return id
	}
	stages, err := a.Records.List(t.Context(), data.Query{Kind: data.KindStage})
	if err != nil {
		t.Fatal(err)
	}
	stage := map[string]data.ID{}
	for _, s := range stages {
		stage[s.Title()] = s.ID
	}
	april := data.NewDay(2026, time.April, 1)
	for i, name := range []string{"Ann Ek", "Bo Lund"} {
		rep := add(data.KindPerson, data.Values{"name": name, "role": data.RoleRep})
		add(data.KindQuota, data.Values{"person": rep, "month": april, "amount": int64(60_000_00), "currency": "USD"})
		for n, at := range []string{"Won", "Won", "Proposal", "Prospecting", "Lost"} {
			add(data.KindDeal, data.Values{
				"name": name + "’s deal", "owner": rep, "stage": stage[at], "amount": int64(7_000_00 * (n + 2*i + 1)), "currency": "USD",
				"created_day": april.AddDays(n - 20), "close_day": april.AddDays(20 + 9*n),
			})
		}
	}
	return a
}

// The page by itself looks as it did.
func TestGolden(t *testing.T) {
	for _, dark := range []bool{false, true} {
		kittest.App(t, dark)
		d := desk(t, small(t))
		name := map[bool]string{false: "dashboards-light", true: "dashboards-dark"}[dark]
		kittest.Golden(t, name, d.Screen.Content(), window)
	}
}

// An empty book shows a page without figures, and no panic.
func TestEmptyBook(t *testing.T) {
	kittest.App(t, true)
	a := book(t, filepath.Join(t.TempDir(), "e.book"))
	datatest.Close(t, a)
	d := desk(t, a)
	d.Picture(t, "dashboards-empty-dark", window)
	if !kittest.Shows(d.Root(), "Leaderboard") {
		t.Error(kittest.Texts(d.Root()))
	}
}

// A card that a newer Fieldbook put there is told, and stays.
func TestCardOfANewerFieldbook(t *testing.T) {
	kittest.App(t, false)
	a := book(t, filepath.Join(t.TempDir(), "n.book"))
	datatest.Close(t, a)
	if _, err := a.Records.Add(t.Context(), data.KindDashboard, data.Values{"name": "N", "layout": `{"cards":[{"pane":"hologram","w":4,"h":4}]}`}); err != nil {
		t.Fatal(err)
	}
	d := desk(t, a)
	if !kittest.Shows(d.Root(), "A newer Fieldbook draws this") {
		t.Error(kittest.Texts(d.Root()))
	}
}

// A chart is printed as reports are: on the printer that is chosen, a page of its own.
func TestChartIsPrinted(t *testing.T) {
	kittest.App(t, false)
	a := sample(t, filepath.Join(t.TempDir(), "p.book"))
	datatest.Close(t, a)
	tray := &kittest.Tray{}
	a.Printing.Spooler, a.Printing.Folder = tray, t.TempDir()
	d := desk(t, a)
	if !d.Do("Print the chart") || !kittest.Shows(d.Root(), "Copies") || !d.Press("Print") || len(tray.Jobs) != 1 {
		t.Fatal(kittest.Texts(d.Root()), d.Failed, tray.Jobs)
	}
	j := tray.Jobs[0]
	raw, err := os.ReadFile(j.File)
	if err != nil || !bytes.HasPrefix(raw, []byte("%PDF-")) || j.Title != "Attainment against quota" || j.Printer != "Tray" || j.Copies != 1 {
		t.Errorf("%+v, %v", j, err)
	}
}

// In a book that is only read, a chart is compared for the look of it; nothing is kept.
func TestReadOnlyPageIsComparedToo(t *testing.T) {
	kittest.App(t, false)
	path := filepath.Join(t.TempDir(), "r.book")
	if err := sample(t, path).Close(); err != nil {
		t.Fatal(err)
	}
	a, err := app.OpenReadOnly(t.Context(), path, config())
	if err != nil {
		t.Fatal(err)
	}
	datatest.Close(t, a)
	d := desk(t, a)
	note := func() string {
		for _, v := range kittest.FindAll[*kit.ChartView](d.Screen.Content()) {
			if head := v.Shown().Describe(); head.Title == "Attainment against quota" {
				return head.Note
			}
		}
		return "no such chart"
	}
	before := note()
	d.RightClick(fyne.NewPos(300, 300))
	at, _ := kittest.At(d.Root(), "Compare with")
	d.Move(at)
	if !d.Tap("Last year") {
		t.Fatal(kittest.Texts(d.Root()))
	}
	if got := note(); got == before || !strings.Contains(got, "2025") {
		t.Errorf("%q after %q", got, before)
	}
	for _, c := range page(t, a).Layout.Cards {
		if c.Against != "" {
			t.Errorf("%+v was kept", c)
		}
	}
}
