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
func Real(tb testing.TB, dir string) string {
	tb.Helper()
	base := os.Getenv("FIELDBOOK_REALDATA")
	if base == "" {
		base = filepath.Join(projectRoot(tb), "..", "shared", "realdata")
	}
	path := filepath.Join(base, dir)
	if _, err := os.Stat(path); err != nil {
		tb.Skipf("no real data at %s", path)
	}
	return path
}

// projectRoot walks up to the folder that holds go.mod.
func projectRoot(tb testing.TB) string {
	tb.Helper()
	at, err := os.Getwd()
	if err != nil {
		tb.Fatal(err)
	}
	for {
		if _, err := os.Stat(filepath.Join(at, "go.mod")); err == nil {
			return at
		}
		up := filepath.Dir(at)
		if up == at {
			tb.Fatal("no go.mod above the test")
		}
		at = up
	}
}
