package kittest

import (
	"bytes"
	"os"
	"path/filepath"
	"testing"

	"fyne.io/fyne/v2"

	"fieldbook/app"
)

// Saved runs a screen's action that asks for a file, gives it a name and reads what
// was written. The home folder must be the test's own.
func (d *Desk) Saved(t testing.TB, action, name string) (path string, written []byte) {
	t.Helper()
	if !d.Do(action) || Button(d.Root(), "Save") == nil {
		t.Fatalf("%s asks for no file: %v, shown %v", action, d.Failed, Texts(d.Root()))
	}
	d.Type(name)
	d.Key(fyne.KeyReturn)
	if len(d.Failed) > 0 {
		t.Fatalf("%s: %v", action, d.Failed)
	}
	path = filepath.Join(os.Getenv("HOME"), name)
	written, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return path, written
}

// Returns holds that what an action writes, as text and as a workbook, comes back
// in unchanged, and that the same bytes are written afterwards.
func (d *Desk) Returns(t testing.TB, action string) {
	t.Helper()
	t.Setenv("HOME", t.TempDir())
	for _, ending := range []string{".csv", ".xlsx"} {
		path, before := d.Saved(t, action, "out"+ending)
		for _, f := range Imported(t, d.Host.App, path).Files {
			if f.Kind == "" || f.Rows == 0 || f.Unchanged != f.Rows || len(f.Made) > 0 {
				t.Errorf("%s comes back as %+v", path, *f)
			}
		}
		if _, after := d.Saved(t, action, "again"+ending); !bytes.Equal(before, after) {
			t.Errorf("%s: the file has other bytes after it came back", action+ending)
		}
	}
}

// Imported brings a file in as it is recognised.
func Imported(t testing.TB, a *app.App, path string) *app.ImportResult {
	t.Helper()
	plan, err := a.Imports.Plan(t.Context(), []string{path}, app.PlanOptions{})
	if err != nil {
		t.Fatal(err)
	}
	res, err := a.Imports.Apply(t.Context(), plan, nil)
	if err != nil {
		t.Fatal(err)
	}
	return res
}
