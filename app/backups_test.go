package app_test

import (
	"bytes"
	"context"
	"crypto/sha256"
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/klauspost/compress/zstd"

	"fieldbook/app"
	"fieldbook/data"
	"fieldbook/data/seal"
)

const passphrase = "anchor-banana-cactus-dinner-eagle-fabric"

var backupConfig = app.Config{Now: func() time.Time { return time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC) }, Device: "desk"}

// newKept is a closed book with one account, in a folder of its own.
func newKept(t *testing.T) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "sales.book")
	a, err := app.Create(t.Context(), path, app.NewBook{Name: "Sales", Currency: "USD", FiscalStart: 1, Zone: "UTC"}, backupConfig)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := a.Records.Add(t.Context(), data.KindAccount, data.Values{"name": "Acme"}); err != nil {
		t.Fatal(err)
	}
	if err := a.Close(); err != nil {
		t.Fatal(err)
	}
	return path
}

func onBook(t *testing.T, path string, fn func(a *app.App)) {
	t.Helper()
	a, err := app.Open(t.Context(), path, backupConfig)
	if err != nil {
		t.Fatal(err)
	}
	defer func() {
		if err := a.Close(); err != nil {
			t.Error(err)
		}
	}()
	fn(a)
}

func accounts(t *testing.T, path string) (names []string) {
	t.Helper()
	onBook(t, path, func(a *app.App) {
		rows, err := a.Records.List(t.Context(), data.Query{Kind: data.KindAccount})
		if err != nil {
			t.Fatal(err)
		}
		for _, r := range rows {
			names = append(names, r.Text("name"))
		}
	})
	return names
}

// files gives what lies in a folder, with what is in it.
func files(t *testing.T, dir string) map[string][32]byte {
	t.Helper()
	out := map[string][32]byte{}
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		text, err := os.ReadFile(filepath.Join(dir, e.Name()))
		if err != nil {
			t.Fatal(err)
		}
		out[e.Name()] = sha256.Sum256(text)
	}
	return out
}

func sameFiles(a, b map[string][32]byte) bool {
	for name, sum := range a {
		if b[name] != sum {
			return false
		}
	}
	return len(a) == len(b)
}

func saveLocked(t *testing.T, book string) string {
	t.Helper()
	out := filepath.Join(t.TempDir(), "copy"+app.LockedEnd)
	onBook(t, book, func(a *app.App) {
		if err := a.Backups.SaveLocked(t.Context(), out, passphrase); err != nil {
			t.Fatal(err)
		}
	})
	return out
}

func TestLockedBackupBringsTheBookBack(t *testing.T) {
	book := newKept(t)
	locked := saveLocked(t, book)
	if left := files(t, filepath.Dir(locked)); len(left) != 1 {
		t.Errorf("beside the backup: %v", left)
	}
	for name := range files(t, filepath.Dir(book)) {
		if strings.HasSuffix(name, ".part") {
			t.Errorf("beside the book stays %s", name)
		}
	}
	text, err := os.ReadFile(locked)
	if err != nil {
		t.Fatal(err)
	}
	if bytes.Contains(text, []byte("Acme")) || bytes.Contains(text, []byte("SQLite")) || !seal.NeedsPassphrase(text) {
		t.Error("the backup can be read by anyone")
	}
	if needs, err := app.NeedsPassphrase(locked); err != nil || !needs {
		t.Errorf("needs a passphrase: %t, %v", needs, err)
	}
	if needs, err := app.NeedsPassphrase(book); err != nil || needs {
		t.Errorf("the book needs a passphrase: %t, %v", needs, err)
	}
	onBook(t, book, func(a *app.App) {
		if _, err := a.Records.Add(t.Context(), data.KindAccount, data.Values{"name": "Later"}); err != nil {
			t.Fatal(err)
		}
	})
	if err := app.Restore(t.Context(), app.Restoring{Backup: locked, Book: book, Passphrase: passphrase}, backupConfig); err != nil {
		t.Fatal(err)
	}
	if got := accounts(t, book); len(got) != 1 || got[0] != "Acme" {
		t.Errorf("after restoring: %v", got)
	}
	for name := range files(t, filepath.Dir(book)) {
		if strings.Contains(name, "unpacked") || strings.HasSuffix(name, ".part") {
			t.Errorf("restoring leaves %s", name)
		}
	}
	// A computer where there is no book yet.
	elsewhere := filepath.Join(t.TempDir(), "sales.book")
	if err := app.Restore(t.Context(), app.Restoring{Backup: locked, Book: elsewhere, Passphrase: passphrase}, backupConfig); err != nil {
		t.Fatal(err)
	}
	if got := accounts(t, elsewhere); len(got) != 1 {
		t.Errorf("elsewhere: %v", got)
	}
}

// lockedOver is a locked file around any content.
func lockedOver(t *testing.T, content io.WriterTo, packed bool) []byte {
	t.Helper()
	var out bytes.Buffer
	lock, err := seal.Writer(&out, seal.Lock{Passphrase: passphrase})
	if err != nil {
		t.Fatal(err)
	}
	to, shut := io.Writer(lock), func() error { return nil }
	if packed {
		zip, err := zstd.NewWriter(lock)
		if err != nil {
			t.Fatal(err)
		}
		to, shut = zip, zip.Close
	}
	_, err = content.WriteTo(to)
	if err := errors.Join(err, shut(), lock.Close()); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// zeros is so many bytes of nothing.
type zeros int64

func (z zeros) WriteTo(w io.Writer) (int64, error) {
	return io.CopyN(w, zeroReader{}, int64(z))
}

type zeroReader struct{}

func (zeroReader) Read(p []byte) (int, error) { clear(p); return len(p), nil }

// Whatever is wrong with a locked backup: one sentence, no secret in it, and
// nothing changed.
func TestLockedBackupThatDoesNotOpen(t *testing.T) {
	book := newKept(t)
	good, err := os.ReadFile(saveLocked(t, book))
	if err != nil {
		t.Fatal(err)
	}
	before := files(t, filepath.Dir(book))
	for _, tt := range []struct {
		name       string
		file       []byte
		passphrase string
		kind       data.ErrorKind
		says       string
	}{
		{"no passphrase", good, "", data.Refused, "locked with a passphrase"},
		{"another passphrase", good, "anchor-banana", data.Refused, "does not open"},
		{"a header that asks for 2^22 rounds", bytes.Replace(good, []byte(" 17\n"), []byte(" 22\n"), 1), passphrase, data.Refused, "too much memory"},
		{"cut short", good[:len(good)/2], passphrase, data.Invalid, "cut short"},
		{"cut in the header", good[:40], passphrase, data.Invalid, "cut short"},
		{"something behind", append(bytes.Clone(good), good...), passphrase, data.Invalid, "damaged"},
		{"no book inside", lockedOver(t, strings.NewReader("hello"), true), passphrase, data.Invalid, ""},
		{"a bomb", lockedOver(t, zeros(80<<20), true), passphrase, data.Refused, "unpacks to more"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			path := filepath.Join(t.TempDir(), "copy"+app.LockedEnd)
			if err := os.WriteFile(path, tt.file, 0o600); err != nil {
				t.Fatal(err)
			}
			err := app.Restore(t.Context(), app.Restoring{Backup: path, Book: book, Passphrase: tt.passphrase}, backupConfig)
			var told *data.Error
			if !errors.As(err, &told) || told.Kind != tt.kind || !strings.Contains(told.Msg, tt.says) || strings.Contains(err.Error(), "banana") {
				t.Errorf("told: %v", err)
			}
			if after := files(t, filepath.Dir(book)); !sameFiles(before, after) {
				t.Errorf("changed: %v", after)
			}
		})
	}
}

func TestBackupWithoutThePackingIsRestored(t *testing.T) {
	book := newKept(t)
	plain := filepath.Join(t.TempDir(), "plain.book")
	onBook(t, book, func(a *app.App) {
		if err := a.Journal.Backup(t.Context(), plain); err != nil {
			t.Fatal(err)
		}
	})
	text, err := os.ReadFile(plain)
	if err != nil {
		t.Fatal(err)
	}
	locked := filepath.Join(t.TempDir(), "by-hand.age") // as the age program makes it
	if err := os.WriteFile(locked, lockedOver(t, bytes.NewReader(text), false), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, backup := range []string{plain, locked} {
		if err := app.Restore(t.Context(), app.Restoring{Backup: backup, Book: book, Passphrase: passphrase}, backupConfig); err != nil {
			t.Error(err)
		}
		if got := accounts(t, book); len(got) != 1 {
			t.Errorf("after %s: %v", backup, got)
		}
	}
	if _, err := os.Stat(plain); err != nil {
		t.Error("restoring takes the backup away")
	}
}

// A backup is made ready while the book is open; another book's is refused.
func TestReadyBackup(t *testing.T) {
	book, other := newKept(t), newKept(t)
	locked, foreign := saveLocked(t, book), saveLocked(t, other)
	onBook(t, book, func(a *app.App) {
		before := files(t, filepath.Dir(book))
		_, err := a.Backups.Ready(t.Context(), foreign, passphrase)
		if data.KindOf(err) != data.Refused || !strings.Contains(err.Error(), "of another book") {
			t.Errorf("another book's: %v", err)
		}
		if _, err := a.Backups.Ready(t.Context(), book, ""); data.KindOf(err) != data.Refused || !strings.Contains(err.Error(), "the book itself") {
			t.Errorf("the book: %v", err)
		}
		if _, err := a.Backups.Ready(t.Context(), locked, "wrong"); data.KindOf(err) != data.Refused {
			t.Errorf("the wrong passphrase: %v", err)
		}
		ready, err := a.Backups.Ready(t.Context(), locked, passphrase)
		if err != nil {
			t.Fatal(err)
		}
		if err := ready.Put(t.Context()); data.KindOf(err) != data.Busy {
			t.Errorf("under an open book: %v", err)
		}
		if after := files(t, filepath.Dir(book)); !sameFiles(before, after) {
			t.Errorf("something changed or stays: %v", after)
		}
	})
}

func TestCopyIsNotWrittenOverTheBook(t *testing.T) {
	book := newKept(t)
	link := filepath.Join(t.TempDir(), "link.book")
	if err := os.Symlink(book, link); err != nil {
		link = book // this system makes no links
	}
	onBook(t, book, func(a *app.App) {
		for _, path := range []string{book, link} {
			if err := a.Backups.SaveLocked(t.Context(), path, passphrase); data.KindOf(err) != data.Refused || err == nil {
				t.Errorf("locked: %v", err)
			}
			if err := a.Journal.Backup(t.Context(), path); data.KindOf(err) != data.Refused || err == nil {
				t.Errorf("plain: %v", err)
			}
		}
	})
	if got := accounts(t, book); len(got) != 1 {
		t.Errorf("the book holds %v", got)
	}
}

func TestLockedBackupStops(t *testing.T) {
	book := newKept(t)
	locked := saveLocked(t, book)
	ctx, stop := context.WithCancel(t.Context())
	stop()
	onBook(t, book, func(a *app.App) {
		dir := t.TempDir()
		if err := a.Backups.SaveLocked(ctx, filepath.Join(dir, "copy"), passphrase); err == nil {
			t.Error("it is written all the same")
		}
		if left := files(t, dir); len(left) > 0 {
			t.Errorf("it leaves %v", left)
		}
	})
	before := files(t, filepath.Dir(book))
	if err := app.Restore(ctx, app.Restoring{Backup: locked, Book: book, Passphrase: passphrase}, backupConfig); data.KindOf(err) != data.Canceled {
		t.Errorf("restoring: %v", err)
	}
	if after := files(t, filepath.Dir(book)); !sameFiles(before, after) {
		t.Errorf("changed: %v", after)
	}
}

func TestPassphraseFile(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "pass")
	if err := os.WriteFile(path, []byte(passphrase+"\r\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	if got, err := app.PassphraseFile(path); err != nil || got != passphrase {
		t.Errorf("%q, %v", got, err)
	}
	for _, path := range []string{filepath.Join(dir, "none"), dir} {
		if _, err := app.PassphraseFile(path); err == nil || !strings.Contains(err.Error(), "nothing was changed") {
			t.Errorf("%s: %v", path, err)
		}
	}
}
