package main

import (
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"runtime"
	"strconv"
	"strings"
	"testing"

	"fieldbook/app/keyring"
)

// TestMain lets the test binary play the program, so that what reaches the
// terminal before main starts is seen too.
func TestMain(m *testing.M) {
	if os.Getenv("FIELDBOOK_PLAY") != "" {
		os.Exit(run())
	}
	os.Exit(m.Run())
}

func TestTerminalHearsOneLine(t *testing.T) {
	if runtime.GOOS != "linux" {
		return // only there a display can be missing
	}
	for args, want := range map[string]int{"": 1, "frobnicate": 2, "list people": 1} {
		cmd := exec.CommandContext(t.Context(), os.Args[0], strings.Fields(args)...)
		cmd.Env = []string{"FIELDBOOK_PLAY=1", "HOME=" + t.TempDir(), "FIELDBOOK_KEYS=" + t.TempDir(), "LANG=C"}
		var errs strings.Builder
		cmd.Stderr = &errs
		out, err := cmd.Output()
		if code := cmd.ProcessState.ExitCode(); err == nil || code != want {
			t.Errorf("%q: exit %d, want %d: %v", args, code, want, err)
		}
		if len(out) > 0 || strings.Count(errs.String(), "\n") != 1 || !strings.HasPrefix(errs.String(), "fieldbook: ") {
			t.Errorf("%q: %q, %q", args, out, errs.String())
		}
	}
}

// The packager reads FyneApp.toml, the program the values in metadata.
func TestMetadataIsThatOfFyneApp(t *testing.T) {
	text, err := os.ReadFile("FyneApp.toml")
	if err != nil {
		t.Fatal(err)
	}
	for name, want := range map[string]string{"ID": metadata.ID, "Name": metadata.Name, "Version": metadata.Version} {
		m := regexp.MustCompile(`(?m)^\s*` + name + `\s*=\s*"([^"]*)"`).FindSubmatch(text)
		if m == nil || string(m[1]) != want {
			t.Errorf("%s: FyneApp.toml has %q, the program %q", name, m, want)
		}
	}
	// Packaging raises Build in the file, so the program may be behind.
	m := regexp.MustCompile(`(?m)^\s*Build\s*=\s*(\d+)`).FindSubmatch(text)
	if m == nil {
		t.Fatal("FyneApp.toml has no Build")
	}
	if build, err := strconv.Atoi(string(m[1])); err != nil || build < metadata.Build {
		t.Errorf("Build: FyneApp.toml has %s, the program %d", m[1], metadata.Build)
	}
}

func crash(folder string) (code int) {
	defer reportCrash(folder, &code)
	device, err := keyring.New()
	if err != nil {
		panic(err)
	}
	return opened(secret, []byte(secret), device)
}

const secret = "anchor-banana-cactus"

//go:noinline
func opened(passphrase string, again []byte, device keyring.Device) int {
	if len(passphrase) == len(again) && !device.IsZero() {
		panic("the sky fell")
	}
	return 0
}

func TestCrashIsToldInAFile(t *testing.T) {
	folder := t.TempDir()
	if code := crash(folder); code != 1 {
		t.Errorf("exit %d", code)
	}
	files, err := filepath.Glob(filepath.Join(folder, "crash-*.txt"))
	if err != nil || len(files) != 1 {
		t.Fatalf("files %v, %v", files, err)
	}
	text, err := os.ReadFile(files[0])
	if err != nil || !strings.HasPrefix(string(text), "the sky fell\n") || !strings.Contains(string(text), "main_test.go") {
		t.Errorf("%v: %s", err, text)
	}
	if !strings.Contains(string(text), "fieldbook.opened(") || strings.Contains(string(text), secret) || strings.Contains(string(text), "AGE-SECRET") {
		t.Errorf("what was at work is told: %s", text)
	}
}

func TestLogMakesRoom(t *testing.T) {
	folder := t.TempDir()
	path := filepath.Join(folder, "fieldbook.log")
	if err := os.WriteFile(path, make([]byte, 2<<20), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := openLog(folder).Write([]byte("new\n")); err != nil {
		t.Fatal(err)
	}
	if text, err := os.ReadFile(path); err != nil || string(text) != "new\n" {
		t.Errorf("%v: %d bytes", err, len(text))
	}
	if _, err := os.Stat(path + ".old"); err != nil {
		t.Error(err)
	}
}
