package cli

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"fieldbook/app"
)

// kept is a desk whose book has an account and a backup.
func kept(t *testing.T) (d *desk, backup string) {
	t.Helper()
	d = newBook(t)
	d.ok("add", "account", "name=Acme")
	a, err := app.Open(context.Background(), d.book, app.Config{Now: d.clock, Device: "desk"})
	if err != nil {
		t.Fatal(err)
	}
	if backup, err = a.Backups.BeforeChange(context.Background(), "import"); err != nil {
		t.Fatal(err)
	}
	if err := a.Close(); err != nil {
		t.Fatal(err)
	}
	return d, backup
}

func TestDamagedBookIsRestoredAsTold(t *testing.T) {
	d, backup := kept(t)
	if err := os.WriteFile(d.book, []byte(strings.Repeat("damaged ", 1000)), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, args := range [][]string{{"list", "accounts"}, {"add", "account", "name=More"}, {"verify"}} {
		got := d.fails(exitRefused, args...)
		if !strings.Contains(got, backup) || !strings.Contains(got, d.now.Format("2006-01-02")) || !strings.Contains(got, "fieldbook --book") {
			t.Errorf("%q: %s", args, got)
		}
	}
	d.ok("restore", backup)
	if got := d.ok("list", "accounts"); !strings.Contains(got, "Acme") {
		t.Errorf("restored: %s", got)
	}
}

func TestFaultsNameTheBackup(t *testing.T) {
	d, backup := kept(t)
	text, err := os.ReadFile(d.book)
	if err != nil {
		t.Fatal(err)
	}
	text = bytes.ReplaceAll(text, []byte("Acme"), []byte("Acne"))
	text = bytes.ReplaceAll(text, []byte(`"Acne"`), []byte(`"Acme"`)) // in the log it stays
	if err := os.WriteFile(d.book, text, 0o600); err != nil {
		t.Fatal(err)
	}
	code, _, got := d.run("verify")
	if code != exitRefused || !strings.Contains(got, backup) {
		t.Errorf("exit %d: %s", code, got)
	}
	if err := os.RemoveAll(filepath.Dir(backup)); err != nil {
		t.Fatal(err)
	}
	if code, _, got := d.run("verify"); code != exitRefused || !strings.Contains(got, "No sound backup") {
		t.Errorf("exit %d: %s", code, got)
	}
}
