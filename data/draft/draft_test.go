package draft

import (
	"bufio"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"testing"

	"fieldbook/data"
)

// holdEnv names a folder in which a child process begins a draft and waits to
// be killed.
const holdEnv = "FIELDBOOK_DRAFT_IN"

func TestMain(m *testing.M) {
	if dir := os.Getenv(holdEnv); dir != "" {
		f, err := Create(filepath.Join(dir, "theirs"))
		if err == nil {
			err = os.WriteFile(f.Name()+"-journal", nil, 0o600)
		}
		if err != nil {
			os.Exit(1)
		}
		_, _ = os.Stdout.WriteString("ready\n")
		_, _ = os.Stdin.Read(make([]byte, 1)) // until the end of the parent at the latest
		os.Exit(1)
	}
	os.Exit(m.Run())
}

func lies(t *testing.T, dir string) (names []string) {
	t.Helper()
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		names = append(names, e.Name())
	}
	return names
}

// holder is a living process with a draft in a folder.
func holder(t *testing.T, dir string) *exec.Cmd {
	t.Helper()
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command(self)
	cmd.Env = append(os.Environ(), holdEnv+"="+dir)
	if _, err := cmd.StdinPipe(); err != nil {
		t.Fatal(err)
	}
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	if !bufio.NewScanner(out).Scan() {
		t.Fatal("the other process begins nothing")
	}
	return cmd
}

func TestWhatAKilledProcessLeavesIsCleared(t *testing.T) {
	dir := t.TempDir()
	strange := []string{"~fieldbook-00000000-1.tmp", "~fieldbook-notes.txt", "mine.tmp"} // of another computer, of a person
	for _, name := range strange {
		if err := os.WriteFile(filepath.Join(dir, name), nil, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	cmd := holder(t, dir)
	Sweep(dir)
	if got := lies(t, dir); len(got) != len(strange)+2 {
		t.Fatalf("with its maker alive there lie %q", got)
	}
	if err := cmd.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	if err := cmd.Wait(); err == nil {
		t.Fatal("it ended by itself")
	}
	size, err := Write(filepath.Join(dir, "whole"), func(f *os.File) error { _, err := f.WriteString("all"); return err })
	if err != nil || size != 3 {
		t.Fatal(size, err)
	}
	want := append([]string{"whole"}, strange...)
	slices.Sort(want)
	got := lies(t, dir)
	slices.Sort(got)
	if !slices.Equal(got, want) {
		t.Errorf("there lie %q, want %q", got, want)
	}
}

// TestOwnDraftsStay: two goroutines that write into one folder leave each other
// alone, however often each clears it.
func TestOwnDraftsStay(t *testing.T) {
	dir := t.TempDir()
	failed := make(chan error, 4)
	for i := range 4 {
		go func() {
			var err error
			for range 200 {
				_, wrong := Write(filepath.Join(dir, string(rune('a'+i))), func(f *os.File) error { Sweep(dir); return nil })
				err = errors.Join(err, wrong)
			}
			failed <- err
		}()
	}
	for range 4 {
		if err := <-failed; err != nil {
			t.Error(err)
		}
	}
	if got := lies(t, dir); len(got) != 4 {
		t.Errorf("there lie %q", got)
	}
}

func TestNothingIsLeftOfAFailure(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "x")
	if err := os.WriteFile(path, []byte("old"), 0o600); err != nil {
		t.Fatal(err)
	}
	wrong := errors.New("no more")
	_, err := Write(path, func(f *os.File) error { return errors.Join(wrong, os.WriteFile(f.Name()+"-wal", nil, 0o600)) })
	var told *data.Error
	if !errors.Is(err, wrong) || !errors.As(err, &told) {
		t.Errorf("told: %v", err)
	}
	text, err := os.ReadFile(path)
	if got := lies(t, dir); len(got) != 1 || string(text) != "old" || err != nil {
		t.Errorf("there lie %q, %q, %v", got, text, err)
	}
	for _, bad := range []string{dir, filepath.Join(dir, "none", "x")} {
		if _, err := Create(bad); data.KindOf(err) != data.Refused {
			t.Errorf("%s: %v", bad, err)
		}
	}
}
