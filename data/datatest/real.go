// Package datatest helps tests: builders, the demo company, real files.
package datatest

import (
	"os"
	"path/filepath"
	"testing"
)

// Real gives the path of a folder of real data. It stands under
// FIELDBOOK_REALDATA, by default shared/realdata beside the project. Where the
// folder is absent the test is skipped, so that a plain clone passes.
func Real(t testing.TB, dir string) string {
	t.Helper()
	base := os.Getenv("FIELDBOOK_REALDATA")
	if base == "" {
		base = filepath.Join(projectRoot(t), "..", "shared", "realdata")
	}
	path := filepath.Join(base, dir)
	if _, err := os.Stat(path); err != nil {
		t.Skipf("no real data at %s", path)
	}
	return path
}

// projectRoot walks up to the folder that holds go.mod.
func projectRoot(t testing.TB) string {
	t.Helper()
	at, err := os.Getwd()
	if err != nil {
		t.Fatal(err)
	}
	for {
		if _, err := os.Stat(filepath.Join(at, "go.mod")); err == nil {
			return at
		}
		up := filepath.Dir(at)
		if up == at {
			t.Fatal("no go.mod above the test")
		}
		at = up
	}
}
