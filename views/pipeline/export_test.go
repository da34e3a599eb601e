package pipeline

import (
	"context"
	"errors"
	"io"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"fyne.io/fyne/v2"

	"fieldbook/data/datatest"
	"fieldbook/data/sheet"
	"fieldbook/views/kit/kittest"
)

// The deals that the table shows, or those of them that are selected, stand in
// the exported file and no others.
func TestExportOfTheList(t *testing.T) {
	kittest.App(t, false)
	home := t.TempDir()
	t.Setenv("HOME", home)
	a, path, _ := stocked(t)
	d := sit(t, a, path, fyne.NewSize(deskWide, deskHigh))
	defer d.leave()
	d.screen.h.Job = func(name string, work func(context.Context, func(done, total int64)) error, then func()) {
		d.screen.h.Act(name, func(ctx context.Context) error { return work(ctx, func(int64, int64) {}) }, then)
	}
	d.screen.turn(modeTable)
	for i, c := range []struct {
		do   func()
		want string
	}{
		{func() {}, "Harbour, Lakeside, Northwind"},
		{func() { d.screen.look(filter{Search: "lake"}) }, "Lakeside"},
		{func() {
			d.screen.look(filter{})
			d.hand.Click(d.at("Harbour"))
		}, "Harbour"},
	} {
		c.do()
		d.screen.exportChosen()
		name := string(rune('a'+i)) + ".xlsx"
		d.hand.Type(name)
		d.hand.Key(fyne.KeyReturn)
		if got := accountsIn(t, filepath.Join(home, name)); got != c.want || len(d.failed) > 0 {
			t.Errorf("%d: the file holds %q, want %q; %v", i, got, c.want, d.failed)
		}
	}
}

// accountsIn lists the accounts of an exported file of deals.
func accountsIn(t *testing.T, path string) string {
	t.Helper()
	r, err := sheet.Open(path, sheet.Format{})
	if err != nil {
		t.Fatal(err)
	}
	datatest.Close(t, r)
	header, _ := r.Header()
	var out []string
	for {
		rec, err := r.Next()
		if errors.Is(err, io.EOF) {
			slices.Sort(out)
			return strings.Join(out, ", ")
		}
		if err != nil {
			t.Fatal(err)
		}
		out = append(out, rec.Cell(slices.Index(header, "account")))
	}
}
