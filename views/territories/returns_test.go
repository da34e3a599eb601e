package territories_test

import (
	"context"
	"path/filepath"
	"testing"
	"time"

	"fyne.io/fyne/v2"

	"fieldbook/app"
	"fieldbook/data/datatest"
	"fieldbook/views/kit"
	"fieldbook/views/kit/kittest"
	"fieldbook/views/territories"
)

// The territories and accounts that are written to a file come back in unchanged.
func TestExportedTerritoriesComeBack(t *testing.T) {
	kittest.App(t, false)
	a, err := app.Create(context.Background(), filepath.Join(t.TempDir(), "r.book"), app.NewBook{Name: "R", Currency: "USD", FiscalStart: time.January, Zone: "UTC"}, config())
	if err != nil {
		t.Fatal(err)
	}
	datatest.Close(t, a)
	if err := a.Sample(context.Background(), app.SampleOptions{Deals: 60, Seed: 7}, func(int64, int64) {}); err != nil {
		t.Fatal(err)
	}
	d := kittest.NewDesk(t, a, fyne.NewSize(1128, 728), func(h *kit.Host) kit.Screen { return territories.New(h) })
	d.Returns(t, "Export territories")
	d.Returns(t, "Export accounts")
}
