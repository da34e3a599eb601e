package shell

import (
	"context"
	"path/filepath"
	"testing"

	"fieldbook/app"
	"fieldbook/views/kit/kittest"
)

// starting is a window that opens a book, with all its work held back.
func starting(t *testing.T, shown func()) (*shell, *kittest.Queue) {
	t.Helper()
	path := filepath.Join(t.TempDir(), "a.book")
	a, err := app.Create(context.Background(), path, app.NewBook{Name: "North", Currency: "USD", FiscalStart: 1}, config())
	if err != nil {
		t.Fatal(err)
	}
	if err := a.Close(); err != nil {
		t.Fatal(err)
	}
	queue := &kittest.Queue{}
	sh := newShell(t.Context(), kittest.App(t, false), Options{Config: config(), Book: path, Folder: t.TempDir(), Runner: queue, Shown: shown})
	t.Cleanup(func() {
		if err := sh.closeSession(); err != nil {
			t.Error(err)
		}
	})
	return sh, queue
}

func TestFirstScreenIsShownOnceItHasLoaded(t *testing.T) {
	shown := 0
	sh, queue := starting(t, func() { shown++ })
	for queue.Waiting() > 0 {
		if sh.shows("Home") || shown > 0 {
			t.Fatalf("shown with %d works to do: %q", queue.Waiting(), kittest.Texts(sh.window.Content()))
		}
		queue.Run(0)
	}
	mustShow(t, sh, "Home")
	mustShow(t, sh, "Your book is empty")
	sh.session.show("roster")
	queue.RunAll()
	mustShow(t, sh, "Roster")
	if shown != 1 {
		t.Errorf("told %d times that the first screen stands", shown)
	}
}

func TestFirstScreenIsNotAwaitedForLong(t *testing.T) {
	sh, queue := starting(t, nil)
	queue.Run(0) // the book opens
	queue.Pass()
	mustShow(t, sh, "Home")
	if sh.shows("Your book is empty") {
		t.Fatal("it shows what was not loaded")
	}
	queue.RunAll()
	mustShow(t, sh, "Your book is empty")
}

func TestStartPageComesWhereTheBookDoesNotOpen(t *testing.T) {
	queue := &kittest.Queue{}
	sh := newShell(t.Context(), kittest.App(t, false), Options{Config: config(), Book: filepath.Join(t.TempDir(), "none.book"), Folder: t.TempDir(), Runner: queue})
	queue.RunAll()
	mustShow(t, sh, "Create a book")
}
