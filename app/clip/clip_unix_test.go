//go:build unix

package clip

import (
	"os"
	"path/filepath"
	"testing"
)

// The picture arrives at the program of the desktop as it is.
func TestPictureReachesTheProgram(t *testing.T) {
	dir := t.TempDir()
	out := filepath.Join(dir, "got")
	for _, name := range []string{"xclip", "osascript"} {
		script := "#!/bin/sh\nfor a; do last=$a; done\nif [ -f \"$last\" ]; then /bin/cat \"$last\" > " + out + "; else /bin/cat > " + out + "; fi\n"
		if err := os.WriteFile(filepath.Join(dir, name), []byte(script), 0o700); err != nil { //nolint:gosec // a program
			t.Fatal(err)
		}
	}
	t.Setenv("PATH", dir)
	if err := Picture(t.Context(), []byte("picture")); err != nil {
		t.Fatal(err)
	}
	if got, err := os.ReadFile(out); err != nil || string(got) != "picture" {
		t.Errorf("%q, %v", got, err)
	}
}
