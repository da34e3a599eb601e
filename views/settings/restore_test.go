package settings

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"fyne.io/fyne/v2"

	"fieldbook/app"
	"fieldbook/app/disk"
	"fieldbook/app/keyring"
	"fieldbook/data/seal"
	"fieldbook/views/kit"
	"fieldbook/views/kit/kittest"
)

const secret = "anchor-banana-cactus"

func TestLockedBackupAsksTwice(t *testing.T) {
	kittest.App(t, false)
	a, path := newBook(t)
	defer closeBook(t, a)
	d := desk(t, a)
	must(t, d.Tap("Backups") && d.Press("Save a locked backup"), "no way to lock a backup", d)
	d.Type("short")
	d.Key(fyne.KeyReturn)
	must(t, kittest.Shows(d.Root(), "Write at least 10 characters"), "a short passphrase passes", d)
	d.Type("er no more")
	next(d)
	d.Type("another one")
	d.Key(fyne.KeyReturn)
	must(t, kittest.Shows(d.Root(), "This differs from the passphrase above"), "two passphrases pass", d)
	must(t, !kittest.Shows(d.Root(), "another one"), "the passphrase can be read", d)
	retype(d, "shorter no more")
	d.Key(fyne.KeyReturn)
	must(t, d.Press("Save"), "no file is asked for", d)
	must(t, len(d.Failed) == 0, "the backup was not written", d)
	out := filepath.Join(filepath.Dir(path), "Desk 2026-05-20"+app.LockedEnd)
	text, err := os.ReadFile(out)
	if err != nil || !seal.NeedsPassphrase(text) {
		t.Fatalf("the backup is not locked: %v", err)
	}
	ready, err := a.Backups.Ready(context.Background(), out, "shorter no more")
	if err != nil {
		t.Fatal(err)
	}
	if err := ready.Drop(); err != nil {
		t.Error(err)
	}
}

func TestBackupIsRestored(t *testing.T) {
	kittest.App(t, false)
	a, path := newBook(t)
	closed := false
	defer func() {
		if !closed {
			closeBook(t, a)
		}
	}()
	locked := filepath.Join(t.TempDir(), "copy"+app.LockedEnd)
	if err := a.Backups.SaveLocked(context.Background(), locked, secret); err != nil {
		t.Fatal(err)
	}
	if err := a.Rename(context.Background(), "Other"); err != nil {
		t.Fatal(err)
	}
	d := desk(t, a)
	must(t, d.Tap("Backups") && d.Do("Back up now"), "no backup", d)
	must(t, !d.Press("Restore this one"), "restoring without one chosen", d)
	must(t, d.Tap("Before going on") && d.Press("Restore this one") && d.Press("Restore"), "a kept copy cannot be restored", d)
	must(t, len(d.Ready) == 1, "the copy is not ready", d)
	if err := d.Ready[0].Drop(); err != nil {
		t.Fatal(err)
	}

	page := d.Screen.(*Screen).pages[sectionBackups].(*backupsPage)
	page.ask(locked)
	must(t, kittest.Shows(d.Root(), "Passphrase of the backup"), "no passphrase is asked for", d)
	d.Type("anchor")
	d.Key(fyne.KeyReturn)
	must(t, len(d.Failed) == 1 && strings.Contains(d.Failed[0].Error(), "does not open"), "the wrong passphrase is not told", d)
	form, ok := kittest.Find[*kit.Form](d.Root())
	must(t, ok, "what was typed is lost", d)
	form.FocusFirst()
	retype(d, secret)
	d.Key(fyne.KeyReturn)
	must(t, len(d.Ready) == 2 && len(d.Failed) == 1, "the right passphrase does not open it", d)

	closed = true
	closeBook(t, a)
	if err := d.Ready[1].Put(context.Background()); err != nil {
		t.Fatal(err)
	}
	b, err := app.Open(context.Background(), path, config)
	if err != nil {
		t.Fatal(err)
	}
	defer closeBook(t, b)
	if got := b.Book().Name; got != "Desk" {
		t.Errorf("the book is called %q", got)
	}
}

func TestLocksPage(t *testing.T) {
	kittest.App(t, false)
	cfg := config
	folder := filepath.Join(t.TempDir(), "keys")
	cfg.Keys = keyring.Open(keyring.Options{Folder: folder, NoSystem: true})
	a, err := app.Create(context.Background(), filepath.Join(t.TempDir(), "desk.book"), app.NewBook{Name: "Desk", Currency: "USD", FiscalStart: 1, Zone: "UTC"}, cfg)
	if err != nil {
		t.Fatal(err)
	}
	defer closeBook(t, a)
	d := desk(t, a)
	must(t, d.Tap("Locks and keys"), "no section of locks", d)
	shown := strings.Join(kittest.Texts(d.Root()), " ")
	must(t, strings.Contains(shown, folder), "the keys' place is not told", d)
	must(t, strings.Contains(shown, "A book has no password of its own"), "nothing of passwords", d)

	for _, tt := range []struct {
		found disk.Finding
		says  string
	}{
		{disk.Finding{Encryption: disk.Encrypted, By: "LUKS"}, "is encrypted (LUKS)"},
		{disk.Finding{Encryption: disk.Plain}, "is not encrypted"},
		{disk.Finding{By: "nfs4"}, "cannot tell"},
	} {
		if says, next := diskWords(tt.found); !strings.Contains(says, tt.says) || len(next) == 0 {
			t.Errorf("%+v: %q, %q", tt.found, says, next)
		}
	}
	if words := keyWords(app.Protection{Keys: keyring.Place{System: true, Folder: folder}}); strings.Contains(words[0], folder) {
		t.Errorf("keys in the system's store: %q", words)
	}
}
