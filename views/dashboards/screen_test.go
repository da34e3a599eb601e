package dashboards_test

import (
	"bytes"
	"context"
	"image/png"
	"os"
	"path/filepath"
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
	if err := a.Sample(t.Context(), app.SampleOptions{Deals: 500, Seed: 3}, func(int64, int64) {}); err != nil {
		t.Fatal(err)
	}
	return a
}

var window = fyne.NewSize(1128, 728)

func desk(t *testing.T, a *app.App) *kittest.Desk {
	t.Helper()
	return kittest.NewDesk(t, a, window, func(h *kit.Host) kit.Screen { return dashboards.New(h) })
}

// picture writes what the screen looks like where FIELDBOOK_PICTURES names a
// folder, to be looked at.
func picture(t *testing.T, d *kittest.Desk, name string) {
	t.Helper()
	dir := os.Getenv("FIELDBOOK_PICTURES")
	if dir == "" {
		return
	}
	f, err := os.Create(filepath.Join(dir, name+".png"))
	if err != nil {
		t.Fatal(err)
	}
	if err := png.Encode(f, kittest.Render(d.Screen.Content(), window)); err != nil {
		t.Fatal(err)
	}
	if err := f.Close(); err != nil {
		t.Fatal(err)
	}
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
	picture(t, d, "dashboards-manager")
	if !d.Tap("Coverage") || len(d.Went) != 1 || len(d.Went[0].Keys) == 0 {
		t.Fatalf("went %+v, %v", d.Went, kittest.Texts(d.Root()))
	}
	before := page(t, a).Layout
	if !d.Do("Arrange the dashboard") {
		t.Fatal("the page cannot be arranged")
	}
	picture(t, d, "dashboards-arranging")
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

// An empty book shows a page without figures, and no panic.
func TestEmptyBook(t *testing.T) {
	kittest.App(t, true)
	a := book(t, filepath.Join(t.TempDir(), "e.book"))
	datatest.Close(t, a)
	d := desk(t, a)
	picture(t, d, "dashboards-empty-dark")
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
