package shell

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"fyne.io/fyne/v2"

	"fieldbook/app"
	"fieldbook/data"
	"fieldbook/views/kit/kittest"
)

// deskBook is a closed book of a name in a folder of its own.
func deskBook(t *testing.T, keep bool) (path string) {
	t.Helper()
	path = filepath.Join(t.TempDir(), "books", "desk.book")
	a, err := app.Create(context.Background(), path, app.NewBook{Name: "Desk", Currency: "USD", FiscalStart: time.January, Zone: "UTC"}, config())
	if err != nil {
		t.Fatal(err)
	}
	if keep {
		_, err = a.Backups.BeforeChange(context.Background(), "import")
	}
	if err := errors.Join(err, a.Close()); err != nil {
		t.Fatal(err)
	}
	return path
}

func TestDamagedBookOffersItsBackup(t *testing.T) {
	path := deskBook(t, true)
	if err := os.WriteFile(path, []byte(strings.Repeat("damaged ", 1000)), 0o600); err != nil {
		t.Fatal(err)
	}
	sh := window(t, t.TempDir())
	sh.openBook(path)
	top := sh.window.Canvas().Overlays().Top()
	if top == nil {
		t.Fatal("nothing is told")
	}
	words := strings.Join(kittest.Texts(top), " ")
	for _, part := range []string{"is damaged", "left as it is", "before import.book.zst", clock().Format("2006-01-02")} {
		if !strings.Contains(words, part) {
			t.Errorf("%q is not told: %s", part, words)
		}
	}
	b := kittest.Button(top, "Restore this backup")
	if b == nil {
		t.Fatal("nothing is offered")
	}
	b.Tapped(nil)
	if got := book(t, sh).Book(); got.Name != "Desk" || got.ReadOnly {
		t.Errorf("restored: %+v", got)
	}
	if text, err := os.ReadFile(path + ".before-restore"); err != nil || !strings.HasPrefix(string(text), "damaged") {
		t.Errorf("the damaged file is not kept: %v", err)
	}
}

// TestWindowOnABookThatCannotBeWritten: the window opens it, says so and goes
// through all screens.
func TestWindowOnABookThatCannotBeWritten(t *testing.T) {
	path := deskBook(t, false)
	if err := errors.Join(os.Chmod(path, 0o444), os.Chmod(filepath.Dir(path), 0o555)); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = os.Chmod(filepath.Dir(path), 0o755) })
	if f, err := os.OpenFile(path, os.O_RDWR, 0); err == nil {
		// Root may write all the same: somebody else has the book then.
		if err := f.Close(); err != nil {
			t.Fatal(err)
		}
		a, err := app.Open(context.Background(), path, config())
		if err != nil {
			t.Fatal(err)
		}
		defer func() { _ = a.Close() }() // only to be in the way
	}
	sh := window(t, t.TempDir())
	sh.openBook(path)
	top := sh.window.Canvas().Overlays().Top()
	if top == nil || !kittest.Shows(top, "Opened read-only") {
		t.Fatal("that it is read-only is not told")
	}
	sh.window.Canvas().Overlays().Remove(top)
	if !book(t, sh).Book().ReadOnly {
		t.Error("it can be written")
	}
	everyScreen(t, sh)
}

// TestWindowOnABookThatVanishes takes the file away: what is done is refused in a
// dialog that says so, and every screen still opens.
func TestWindowOnABookThatVanishes(t *testing.T) {
	path := deskBook(t, false)
	sh := window(t, t.TempDir())
	sh.openBook(path)
	if err := os.RemoveAll(filepath.Dir(path)); errors.Is(err, syscall.EACCES) {
		t.Logf("this system keeps open files: %v", err)
		return
	} else if err != nil {
		t.Fatal(err)
	}
	a := book(t, sh)
	sh.session.act("Add an account", func(ctx context.Context) error {
		_, err := a.Records.Add(ctx, data.KindAccount, data.Values{"name": "Lost"})
		return err
	}, nil)
	top := sh.window.Canvas().Overlays().Top()
	if top == nil || !strings.Contains(strings.Join(kittest.Texts(top), " "), "is no longer there") {
		t.Fatalf("not told: %v", top)
	}
	sh.window.Canvas().Overlays().Remove(top)
	everyScreen(t, sh)
	if _, err := os.Stat(filepath.Dir(path)); err == nil {
		t.Error("its folder was made anew")
	}
}

// everyScreen shows each screen in turn.
func everyScreen(t *testing.T, sh *shell) {
	t.Helper()
	for _, e := range sh.session.entries {
		sh.session.show(e.name)
		if sh.session.current != e.name {
			t.Errorf("%s does not open", e.name)
		}
		sh.window.Resize(fyne.NewSize(1280, 800))
	}
}
