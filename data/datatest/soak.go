package datatest

import (
	"encoding/binary"
	"flag"
	"os"
	"slices"
	"strconv"
	"testing"

	"fieldbook/data"
)

// Share is how many cases a long test runs: few, or the share of the full run
// that FIELDBOOK_SOAK asks for in hundredths, where that is more.
func Share(few, full int) int {
	n, err := strconv.Atoi(os.Getenv("FIELDBOOK_SOAK"))
	if err != nil {
		return few
	}
	return max(few, full*n/100)
}

// Cases lets rapid try a number of cases until the test ends, and tells the seed:
// -rapid.seed repeats it.
func Cases(t *testing.T, cases int) {
	t.Helper()
	set(t, "rapid.checks", strconv.Itoa(cases))
	if seed := flag.Lookup("rapid.seed").Value.String(); seed == "0" {
		id := data.NewID()
		set(t, "rapid.seed", strconv.FormatUint(binary.BigEndian.Uint64(id[8:]), 10))
	}
	t.Logf("%d cases, seed %s", cases, flag.Lookup("rapid.seed").Value)
}

// set gives a flag a value until the test ends.
func set(t *testing.T, name, value string) {
	t.Helper()
	old := flag.Lookup(name).Value.String()
	if err := flag.Set(name, value); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := flag.Set(name, old); err != nil {
			t.Error(err)
		}
	})
}

// Differing lists what one of two lists has that the other has not, and nothing
// where both are the same.
func Differing(x, y []string) (out []string) {
	for _, l := range x {
		if !slices.Contains(y, l) {
			out = append(out, "- "+l)
		}
	}
	for _, l := range y {
		if !slices.Contains(x, l) {
			out = append(out, "+ "+l)
		}
	}
	if len(out) == 0 && !slices.Equal(x, y) {
		out = append(out, "the same in another order or number")
	}
	return out
}
