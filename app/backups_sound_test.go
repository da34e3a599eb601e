package app_test

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/klauspost/compress/zstd"

	"fieldbook/app"
	"fieldbook/data"
)

// older is a packed backup that a Fieldbook made which knew fewer kinds; it
// holds the account Rangreen.
const older = "testdata/older.book.zst"

func TestOlderBackupIsRestored(t *testing.T) {
	before, err := os.ReadFile(older)
	if err != nil {
		t.Fatal(err)
	}
	book := filepath.Join(t.TempDir(), "sales.book")
	if err := app.Restore(t.Context(), app.Restoring{Backup: older, Book: book}, backupConfig); err != nil {
		t.Fatal(err)
	}
	if got := accounts(t, book); !slices.Equal(got, []string{"Rangreen"}) {
		t.Errorf("restored: %q", got)
	}
	onBook(t, book, func(a *app.App) {
		if r, err := a.Journal.Verify(t.Context()); err != nil || r.Faults > 0 {
			t.Errorf("verify: %v %+v", err, r)
		}
		// From the window: again, and from a plain file.
		plain := unpacked(t, t.TempDir())
		for _, backup := range []string{older, plain} {
			ready, err := a.Backups.Ready(t.Context(), backup, "")
			if err != nil {
				t.Fatal(err)
			}
			if err := ready.Drop(); err != nil {
				t.Error(err)
			}
		}
	})
	if after, err := os.ReadFile(older); err != nil || string(after) != string(before) {
		t.Errorf("the backup was changed (%v)", err)
	}
	if left := files(t, filepath.Dir(book)); len(left) != 2 { // the book and its lock
		t.Errorf("there lie %v", left)
	}
}

// unpacked is a book of an older Fieldbook.
func unpacked(t *testing.T, dir string) string {
	t.Helper()
	text, err := os.ReadFile(older)
	if err != nil {
		t.Fatal(err)
	}
	zip, err := zstd.NewReader(nil)
	if err != nil {
		t.Fatal(err)
	}
	defer zip.Close()
	plain, err := zip.DecodeAll(text, nil)
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(dir, "sales.book")
	if err := os.WriteFile(path, plain, 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

func TestUpgradeIsBackedUpFirst(t *testing.T) {
	book := unpacked(t, t.TempDir())
	if got := accounts(t, book); !slices.Equal(got, []string{"Rangreen"}) {
		t.Errorf("brought up to date: %q", got)
	}
	var kept string
	onBook(t, book, func(a *app.App) {
		all, err := a.Backups.List()
		if err != nil || len(all) != 1 || all[0].Why != "before upgrade" || !all[0].At.Equal(backupConfig.Now()) {
			t.Fatalf("kept: %+v, %v", all, err)
		}
		kept = all[0].Path
	})
	if err := app.Restore(t.Context(), app.Restoring{Backup: kept, Book: book}, backupConfig); err != nil {
		t.Fatal(err)
	}
	if got := accounts(t, book); !slices.Equal(got, []string{"Rangreen"}) {
		t.Errorf("restored: %q", got)
	}
}

// Without a backup a book is not brought up to date.
func TestUpgradeWithoutABackupIsRefused(t *testing.T) {
	book := unpacked(t, t.TempDir())
	if err := os.WriteFile(strings.TrimSuffix(book, ".book")+" backups", nil, 0o600); err != nil {
		t.Fatal(err)
	}
	before, err := os.ReadFile(book)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := app.Open(t.Context(), book, backupConfig); data.KindOf(err) != data.Refused || !strings.Contains(err.Error(), "no backup of it could be made") {
		t.Errorf("told: %v", err)
	}
	if after, err := os.ReadFile(book); err != nil || string(after) != string(before) {
		t.Errorf("the book was changed (%v)", err)
	}
}

// keptBook is a closed book with three backups, the newest of them cut short, of
// 9:00, 10:00 and 11:00.
func keptBook(t *testing.T) (book string, cfg app.Config) {
	t.Helper()
	book = newKept(t)
	cfg = backupConfig
	var newest string
	for hour := range 3 {
		cfg.Now = func() time.Time { return backupConfig.Now().Add(time.Duration(hour) * time.Hour) }
		a, err := app.Open(t.Context(), book, cfg)
		if err != nil {
			t.Fatal(err)
		}
		if newest, err = a.Backups.BeforeChange(t.Context(), "import"); err != nil {
			t.Fatal(err)
		}
		if err := a.Close(); err != nil {
			t.Fatal(err)
		}
	}
	text, err := os.ReadFile(newest)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(newest, text[:len(text)/2], 0o600); err != nil {
		t.Fatal(err)
	}
	return book, cfg
}

func TestDamagedBookNamesItsNewestSoundBackup(t *testing.T) {
	for name, damage := range map[string]func(text []byte) []byte{
		"overwritten at the start": func(text []byte) []byte { clear(text[:200]); return text },
		"a page blanked":           func(text []byte) []byte { clear(text[4096 : 3*4096]); return text },
		"cut to nothing":           func([]byte) []byte { return nil },
	} {
		t.Run(name, func(t *testing.T) {
			book, cfg := keptBook(t)
			text, err := os.ReadFile(book)
			if err != nil {
				t.Fatal(err)
			}
			if err := os.WriteFile(book, damage(text), 0o600); err != nil {
				t.Fatal(err)
			}
			for _, open := range []func() (*app.App, error){
				func() (*app.App, error) { return app.Open(t.Context(), book, cfg) },
				func() (*app.App, error) { return app.OpenReadOnly(t.Context(), book, cfg) },
			} {
				_, err := open()
				if err == nil || !strings.Contains(err.Error(), "2026-03-02 10:00") || !strings.Contains(err.Error(), "2026-03-02 10.00.00 before import.book.zst") || !strings.Contains(err.Error(), "left as it is") && !strings.Contains(err.Error(), "as it was") {
					t.Errorf("told: %v", err)
				}
			}
			if err := app.Restore(t.Context(), app.Restoring{Backup: filepath.Join(strings.TrimSuffix(book, ".book")+" backups", "2026-03-02 10.00.00 before import.book.zst"), Book: book}, cfg); err != nil {
				t.Fatal(err)
			}
			if got := accounts(t, book); len(got) != 1 {
				t.Errorf("restored: %q", got)
			}
		})
	}
}

func TestDamagedBookWithoutASoundBackup(t *testing.T) {
	book := newKept(t)
	folder := strings.TrimSuffix(book, ".book") + " backups"
	if err := os.WriteFile(book, []byte("no book at all, but some text that is long enough"), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := app.Open(t.Context(), book, backupConfig); err == nil || strings.Contains(err.Error(), folder) {
		t.Errorf("without backups: %v", err)
	}
	if err := os.Mkdir(folder, 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(folder, "2026-03-02 10.00.00 daily.book.zst"), []byte("rubbish"), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := app.Open(t.Context(), book, backupConfig); err == nil || !strings.Contains(err.Error(), "None of the 1 backups in "+folder) {
		t.Errorf("with a bad backup: %v", err)
	}
}
