package kit_test

import (
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"

	"fieldbook/app"
	"fieldbook/app/report"
	"fieldbook/data"
	"fieldbook/data/datatest"
	"fieldbook/data/sheet"
	"fieldbook/views/kit"
	"fieldbook/views/kit/kittest"
)

// chartScreen is a screen with nothing but a chart.
type chartScreen struct{ chart *kit.ChartView }

func (s chartScreen) Content() fyne.CanvasObject { return s.chart }
func (chartScreen) Topics() []string             { return nil }
func (chartScreen) Reload(kit.View)              {}

// exportDesk is a window over a book with two accounts.
func exportDesk(t *testing.T) (*kittest.Desk, *kit.ChartView) {
	t.Helper()
	kittest.App(t, false)
	t.Setenv("HOME", t.TempDir())
	now := time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC)
	a, err := app.Create(t.Context(), filepath.Join(t.TempDir(), "a.book"), app.NewBook{Name: "Mill: North", Currency: "USD", FiscalStart: time.January, Zone: "UTC"},
		app.Config{Now: func() time.Time { now = now.Add(time.Second); return now }, Device: "test"})
	if err != nil {
		t.Fatal(err)
	}
	datatest.Close(t, a)
	for _, name := range []string{"Harbour Foods", "Northgate Mills"} {
		if _, err := a.Records.Add(t.Context(), data.KindAccount, data.Values{"name": name}); err != nil {
			t.Fatal(err)
		}
	}
	var view *kit.ChartView
	d := kittest.NewDesk(t, a, fyne.NewSize(900, 700), func(h *kit.Host) kit.Screen {
		view = h.Chart(fyne.NewSize(300, 200), nil)
		view.SetSpec(report.Bands{Head: report.Head{Title: "Deals by band"}, Bars: []report.Mark{{Label: "small", Text: "2", Value: 2}, {Label: "large", Text: "1", Value: 1}}, Accent: -1})
		return chartScreen{view}
	})
	return d, view
}

// saveAs types a name into the open file dialog and gives the path of the file.
func saveAs(t *testing.T, d *kittest.Desk, name string) string {
	t.Helper()
	if kittest.Button(d.Root(), "Save") == nil {
		t.Fatalf("no file dialog is open but %v", kittest.Texts(d.Root()))
	}
	d.Type(name)
	d.Key(fyne.KeyReturn)
	if d.Window.Canvas().Overlays().Top() != nil || len(d.Failed) > 0 {
		t.Fatalf("%v, and open is %v", d.Failed, kittest.Texts(d.Root()))
	}
	return filepath.Join(os.Getenv("HOME"), name)
}

// columnOf reads a table back: what stands below a name.
func columnOf(t *testing.T, path, name string) string {
	t.Helper()
	r, err := sheet.Open(path, sheet.Format{})
	if err != nil {
		t.Fatal(err)
	}
	datatest.Close(t, r)
	header, _ := r.Header()
	at := -1
	for i, h := range header {
		if h == name {
			at = i
		}
	}
	var out []string
	for {
		rec, err := r.Next()
		if errors.Is(err, io.EOF) {
			return strings.Join(out, ", ")
		}
		if err != nil {
			t.Fatal(err)
		}
		out = append(out, rec.Cell(at))
	}
}

// The dialog asks what to export and where to; the file holds it.
func TestExportDialog(t *testing.T) {
	d, _ := exportDesk(t)
	for _, c := range []struct{ what, file, reads string }{
		{"", "all.xlsx", ""},
		{"Accounts", "accounts.xlsx", "accounts.xlsx"},
		{"Accounts", "accounts.csv", "accounts.csv"},
		{"Everything as packed CSV files", "all.zip", ""},
	} {
		d.Host.Export()
		if c.what != "" {
			if !d.Tap("Everything as one workbook") {
				t.Fatalf("nothing to choose among %v", kittest.Texts(d.Root()))
			}
			d.Type(c.what)
			d.Key(fyne.KeyReturn)
		}
		if !d.Press("Choose the file") {
			t.Fatalf("no such button among %v", kittest.Texts(d.Root()))
		}
		path := saveAs(t, d, c.file)
		if c.reads != "" {
			if got := columnOf(t, path, "name"); got != "Harbour Foods, Northgate Mills" {
				t.Errorf("%s holds %q", c.file, got)
			}
			continue
		}
		b := exportedInto(t, path)
		if n, err := b.Records.Count(t.Context(), data.Query{Kind: data.KindAccount}); err != nil || n != 2 {
			t.Errorf("%s brings %d accounts, %v", c.file, n, err)
		}
	}
}

// exportedInto imports a file into a new book.
func exportedInto(t *testing.T, path string) *app.App {
	t.Helper()
	b, err := app.Create(t.Context(), filepath.Join(t.TempDir(), "b.book"), app.NewBook{Name: "B", Currency: "USD", FiscalStart: time.January, Zone: "UTC"}, app.Config{Now: time.Now, Device: "test"})
	if err != nil {
		t.Fatal(err)
	}
	datatest.Close(t, b)
	plan, err := b.Imports.Plan(t.Context(), []string{path}, app.PlanOptions{})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := b.Imports.Apply(t.Context(), plan, nil); err != nil {
		t.Fatal(err)
	}
	return b
}

// A right click on a chart saves it: as a picture, or its figures.
func TestChartMenuSaves(t *testing.T) {
	d, view := exportDesk(t)
	at := fyne.CurrentApp().Driver().AbsolutePositionForObject(view).AddXY(150, 100)
	for item, c := range map[string]struct{ file, begins string }{
		"Save as PNG": {"c.png", "\x89PNG"}, "Save as SVG": {"c.svg", "<svg"}, "Save as PDF": {"c.pdf", "%PDF-"},
		"Save the figures as XLSX": {"c.xlsx", "PK"}, "Save the figures as CSV": {"c.csv", ""},
	} {
		d.RightClick(at)
		if !d.Tap(item) {
			t.Fatalf("%s is not among %v", item, kittest.Texts(d.Root()))
		}
		path := saveAs(t, d, c.file)
		raw, err := os.ReadFile(path)
		if err != nil || !strings.Contains(string(raw[:min(len(raw), 200)]), c.begins) {
			t.Errorf("%s begins with %q, %v", item, raw[:min(len(raw), 20)], err)
		}
		if !strings.HasPrefix(item, "Save the figures") {
			continue
		}
		if got := readAll(t, path); !strings.Contains(got, "small, large") {
			t.Errorf("%s holds %q", item, got)
		}
	}
}

// readAll reads the first column of a table.
func readAll(t *testing.T, path string) string {
	t.Helper()
	r, err := sheet.Open(path, sheet.Format{})
	if err != nil {
		t.Fatal(err)
	}
	datatest.Close(t, r)
	var out []string
	for {
		rec, err := r.Next()
		if errors.Is(err, io.EOF) {
			return strings.Join(out, ", ")
		}
		if err != nil {
			t.Fatal(err)
		}
		out = append(out, rec.Cell(0))
	}
}
