package cli

import (
	"bytes"
	"context"
	"log/slog"
	"os"
	"strings"
	"testing"

	"fieldbook/app"
	"fieldbook/app/keyring"
	"fieldbook/data"
)

func TestLockedBackup(t *testing.T) {
	d := newBook(t)
	pass, wrong := d.write("pass", "six words are best\n"), d.write("wrong", "six words\n")
	copied := d.file("copy.book.age")
	if got := d.ok("backup", "--out", copied, "--passphrase-file", pass); !strings.Contains(got, "locked backup") {
		t.Errorf("said %q", got)
	}
	d.ok("add", "person", "name=Late")
	for _, tt := range []struct {
		says string
		args []string
	}{
		{"locked with a passphrase", []string{copied}},
		{"does not open", []string{copied, "--passphrase-file", wrong}},
		{"no passphrase file", []string{copied, "--passphrase-file", d.file("none")}},
		{"is empty", []string{copied, "--passphrase-file", d.write("empty", "\n")}},
	} {
		if got := d.fails(exitRefused, append([]string{"restore"}, tt.args...)...); !strings.Contains(got, tt.says) {
			t.Errorf("%q: %s", tt.args, got)
		}
	}
	if got := d.ok("list", "people"); !strings.Contains(got, "Late") {
		t.Error("a refused restore changed the book")
	}
	d.ok("restore", copied, "--passphrase-file", pass)
	if got := d.ok("list", "people"); strings.Contains(got, "Late") {
		t.Error("the backup is not in the book's place")
	}
}

// What opens files or signs is told neither to the person nor to the log,
// whichever way a command fails.
func TestFailuresTellNoSecret(t *testing.T) {
	const secret = "anchor banana cactus dinner eagle fabric"
	d := newBook(t)
	folder := t.TempDir()
	keys := keyring.Open(keyring.Options{Folder: folder, NoSystem: true})
	device, err := keyring.New()
	if err != nil {
		t.Fatal(err)
	}
	book := data.NewID()
	if err := keys.Keep(book, device); err != nil {
		t.Fatal(err)
	}
	var heard bytes.Buffer
	logger := slog.New(slog.NewTextHandler(&heard, &slog.HandlerOptions{Level: slog.LevelDebug}))
	was := slog.Default()
	slog.SetDefault(logger)
	defer slog.SetDefault(was)
	run := func(want int, args ...string) {
		t.Helper()
		env := Env{
			Config:  app.Config{Now: d.clock, Device: "desk", Logger: logger, Keys: keys},
			Version: "1.2.3", Book: d.book, Getenv: func(string) string { return "" },
		}
		if code := Run(context.Background(), args, Streams{In: strings.NewReader(""), Out: &heard, Err: &heard}, env); code != want {
			t.Errorf("%q: exit %d, want %d: %s", args, code, want, heard.String())
		}
	}
	pass, other, long := d.write("pass", secret+"\n"), d.write("other", secret+" "+device.Encode()+"\n"), d.write("long", strings.Repeat(secret, 1000))
	copied, torn := d.file("copy.book.age"), d.file("torn.book.age")
	run(exitDone, "backup", "--out", copied, "--passphrase-file", pass)
	text, err := os.ReadFile(copied)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(torn, text[:len(text)/2], 0o600); err != nil {
		t.Fatal(err)
	}
	run(exitRefused, "restore", copied, "--passphrase-file", other)
	run(exitRefused, "restore", copied, "--passphrase-file", long)
	run(exitRefused, "restore", torn, "--passphrase-file", pass)
	run(exitRefused, "backup", "--out", d.book, "--passphrase-file", pass)
	run(exitRefused, "backup", "--out", "/no/such/folder/copy", "--passphrase-file", pass)
	run(exitUsage, "restore", copied, "--passphrase-file", pass, "more")
	run(exitRefused, "restore", copied, "--passphrase-file", secret)
	run(exitUsage, "restore", copied, "--passphrase="+secret)
	// The key file put where another file is expected, or damaged.
	keyFile := folder + "/" + book.String() + ".key"
	run(exitRefused, "restore", keyFile)
	run(exitRefused, "merge", keyFile)
	run(exitRefused, "import", keyFile, "--kind", "deals", "--map", keyFile)
	line, err := os.ReadFile(keyFile)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(keyFile, bytes.Replace(line, []byte("AGE-SECRET-KEY-1"), []byte("AGE-SECRET-KEY-2"), 1), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := keys.Devices(book); err == nil {
		t.Error("a damaged key is read")
	} else {
		logger.Error("keys", "err", err, "device", device, "vault", keys)
	}
	words := strings.Fields(device.Encode())
	for name, hidden := range map[string]string{
		"the passphrase": "banana cactus", "the signing key": words[1], "the receiving key": strings.TrimPrefix(words[2], "AGE-SECRET-KEY-1"),
	} {
		if strings.Contains(heard.String(), hidden) {
			t.Errorf("%s is told: %s", name, heard.String())
		}
	}
	if !strings.Contains(heard.String(), "command failed") {
		t.Error("nothing was logged, so nothing was tried")
	}
}
