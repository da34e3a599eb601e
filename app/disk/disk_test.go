package disk

import (
	"os/exec"
	"runtime"
	"testing"
)

func TestFileVault(t *testing.T) {
	for says, want := range map[string]Finding{
		"FileVault is On.":  {Encrypted, "FileVault"},
		"FileVault is Off.": {Plain, ""},
		"FileVault is On.\nEncryption in progress: Percent completed = 12": {Encrypted, "FileVault"},
		"FileVault is Off, but needs to be restarted to finish.":           {Plain, ""},
		"": {}, "Error: The device could not be found.": {}, "fdesetup: not now": {},
	} {
		if got := fileVault(says); got != want {
			t.Errorf("%q: %+v, want %+v", says, got, want)
		}
	}
}

func TestBitLocker(t *testing.T) {
	for says, want := range map[string]Encryption{
		"1": Encrypted, "2": Plain, "3": Encrypted, "4": Plain, "5": Plain, "6": Encrypted, "0": Plain,
		"": Unknown, "7": Unknown, "Access denied": Unknown,
	} {
		if got := bitLocker(says); got.Encryption != want || (got.By != "") != (want == Encrypted) {
			t.Errorf("%q: %+v", says, got)
		}
	}
}

func TestDrive(t *testing.T) {
	for path, want := range map[string]string{
		`C:\Users\ann\sales.book`: "C:", `d:`: "d:", `\\server\share\x`: "", "": "", "/home/ann": "", `';:`: "", "1:x": "",
	} {
		if got := drive(path); got != want {
			t.Errorf("%s: %q", path, got)
		}
	}
}

func TestOutput(t *testing.T) {
	if runtime.GOOS == "windows" {
		return // it has no such programs
	}
	if got := output(exec.CommandContext(t.Context(), "echo", "On")); got != "On" {
		t.Errorf("heard %q", got)
	}
	for _, cmd := range [][]string{{"false"}, {"no-such-program"}} {
		if got := output(exec.CommandContext(t.Context(), cmd[0])); got != "" {
			t.Errorf("%s: %q", cmd, got)
		}
	}
}
