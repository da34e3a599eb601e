package shell

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"testing"

	"fieldbook/app"
	"fieldbook/data"
	"fieldbook/views/kit/kittest"
)

func TestBackupReplacesTheOpenBook(t *testing.T) {
	folder := t.TempDir()
	path := filepath.Join(folder, "desk.book")
	a, err := app.Create(context.Background(), path, app.NewBook{Name: "Desk", Currency: "USD", FiscalStart: 1, Zone: "UTC"}, config())
	if err != nil {
		t.Fatal(err)
	}
	backup := filepath.Join(t.TempDir(), "copy.book")
	if err := errors.Join(a.Journal.Backup(context.Background(), backup), a.Rename(context.Background(), "Later"), a.Close()); err != nil {
		t.Fatal(err)
	}
	sh := window(t, folder)
	sh.openBook(path)
	if got := book(t, sh).Book().Name; got != "Later" {
		t.Fatalf("the book is called %q", got)
	}
	replace := func() {
		t.Helper()
		ready, err := book(t, sh).Backups.Ready(context.Background(), backup, "")
		if err != nil {
			t.Fatal(err)
		}
		sh.session.host.Replace(ready)
	}
	replace()
	if got := book(t, sh).Book().Name; got != "Desk" {
		t.Errorf("after restoring the book is called %q", got)
	}
	if _, err := os.Stat(path + ".before-restore"); err != nil {
		t.Error(err)
	}

	// What goes wrong at the last moment is told over the book as it was.
	if err := book(t, sh).Rename(context.Background(), "Still here"); err != nil {
		t.Fatal(err)
	}
	ready, err := book(t, sh).Backups.Ready(context.Background(), backup, "")
	if err != nil {
		t.Fatal(err)
	}
	if err := os.Remove(backup); err != nil {
		t.Fatal(err)
	}
	sh.session.host.Replace(ready)
	if got := book(t, sh).Book().Name; got != "Still here" {
		t.Errorf("after a failure the book is called %q", got)
	}
	if top := sh.window.Canvas().Overlays().Top(); top == nil || !kittest.Shows(top, "Restore a backup") {
		t.Error("the failure is not told")
	}
	if n := count(t, book(t, sh), data.Query{Kind: data.KindPipeline}); n != 1 {
		t.Errorf("%d pipelines", n)
	}
}
