package kittest

import (
	"os"
	"path/filepath"
	"testing"
	"time"

	"fyne.io/fyne/v2"

	"fieldbook/app"
	"fieldbook/data/datatest"
)

// NewBook makes an empty book in a folder of the test's own, with US dollars, a
// year that begins in January, and UTC. It is closed when the test ends.
func NewBook(t testing.TB, now func() time.Time) *app.App {
	t.Helper()
	a, err := app.Create(t.Context(), filepath.Join(t.TempDir(), "test.book"),
		app.NewBook{Name: "Test", Currency: "USD", FiscalStart: time.January, Zone: "UTC"}, app.Config{Now: now, Device: "test"})
	if err != nil {
		t.Fatal(err)
	}
	datatest.Close(t, a)
	return a
}

// Sample fills a book with the made-up company, the same each time.
func Sample(t testing.TB, a *app.App, deals int) {
	t.Helper()
	if err := a.Sample(t.Context(), app.SampleOptions{Deals: deals, Seed: 3}, func(int64, int64) {}); err != nil {
		t.Fatal(err)
	}
}

// Maven imports the files of the Maven CRM set; where the real data is not at
// hand the test is skipped.
func Maven(t testing.TB, a *app.App) {
	t.Helper()
	dir := filepath.Join(datatest.Real(t, "maven-crm"), "original")
	var files []string
	for _, name := range []string{"accounts.csv", "products.csv", "sales_teams.csv", "sales_pipeline.csv"} {
		files = append(files, filepath.Join(dir, name))
	}
	plan, err := a.Imports.Plan(t.Context(), files, app.PlanOptions{})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := a.Imports.Apply(t.Context(), plan, nil); err != nil {
		t.Fatal(err)
	}
}

// Picture writes what the screen looks like where FIELDBOOK_PICTURES names a
// folder, to be looked at.
func (d *Desk) Picture(t testing.TB, name string, size fyne.Size) {
	t.Helper()
	if dir := os.Getenv("FIELDBOOK_PICTURES"); dir != "" {
		write(t, filepath.Join(dir, name+".png"), Render(d.Screen.Content(), size))
	}
}
