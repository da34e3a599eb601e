package roster_test

import (
	"path/filepath"
	"testing"

	"fieldbook/data/datatest"
)

// The people that are written to a file come back in unchanged.
func TestExportedPeopleComeBack(t *testing.T) {
	d, a := deskOf(t, filepath.Join(t.TempDir(), "r.book"), true)
	datatest.Close(t, a)
	d.Returns(t, "Export people")
}
