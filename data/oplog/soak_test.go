package oplog

import (
	"flag"
	"os"
	"strconv"
	"testing"

	"pgregory.net/rapid"
)

// soak gives how many cases a long test runs: FIELDBOOK_SOAK in hundredths of
// the full run, 0 where it is not asked for. rapid prints seed and shrunk
// script where it fails; -rapid.seed repeats it.
func soak(t *testing.T, full int) {
	t.Helper()
	n, err := strconv.Atoi(os.Getenv("FIELDBOOK_SOAK"))
	if err != nil || n < 1 {
		n = 0
	}
	checks := max(full*n/100, 300)
	old := flag.Lookup("rapid.checks").Value.String()
	if err := flag.Set("rapid.checks", strconv.Itoa(checks)); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := flag.Set("rapid.checks", old); err != nil {
			t.Error(err)
		}
	})
	t.Logf("%d cases", checks)
}

func TestSoakMergeLaws(t *testing.T) {
	soak(t, 100_000)
	rapid.Check(t, mergeLaws)
}

func TestSoakConvergence(t *testing.T) {
	soak(t, 100_000)
	rapid.Check(t, simulate)
}
