package performance_test

import (
	"bytes"
	"path/filepath"
	"testing"

	"fyne.io/fyne/v2"

	"fieldbook/views/kit/kittest"
)

// Figures are no records: a file of them is taken for none, changes nothing, and is
// the same when it is written again.
func TestExportedFiguresChangeNothing(t *testing.T) {
	kittest.App(t, false)
	t.Setenv("HOME", t.TempDir())
	a := sample(t)
	d := desk(t, a, fyne.NewSize(1128, 728))
	for _, ending := range []string{".csv", ".xlsx"} {
		path, before := d.Saved(t, "Export", "out"+ending)
		if f := kittest.Imported(t, a, path).Files[0]; f.Kind != "" || f.Rows > 0 || f.Why == "" {
			t.Errorf("%s comes back as %+v", filepath.Base(path), *f)
		}
		if _, after := d.Saved(t, "Export", "again"+ending); !bytes.Equal(before, after) {
			t.Errorf("%s has other bytes the second time", filepath.Base(path))
		}
	}
}
