package settings

import (
	"context"
	"path/filepath"
	"testing"
	"time"

	"fyne.io/fyne/v2"

	"fieldbook/app"
	"fieldbook/data"
	"fieldbook/views/kit"
	"fieldbook/views/kit/kittest"
)

// TestWhatWasDeletedComesBackAndADayIsPutBack clicks through the section: a
// deleted record's history, bringing it back, and a whole day, seen first.
func TestWhatWasDeletedComesBackAndADayIsPutBack(t *testing.T) {
	kittest.App(t, false)
	ctx := context.Background()
	now := time.Date(2026, 5, 20, 10, 0, 0, 0, time.UTC)
	a, err := app.Create(ctx, filepath.Join(t.TempDir(), "a.book"), app.NewBook{Name: "A", Currency: "USD", FiscalStart: time.January, Zone: "UTC", As: "Mia Moss"},
		app.Config{Device: "desk", Now: func() time.Time { now = now.Add(time.Second); return now }})
	check := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	check(err)
	t.Cleanup(func() { check(a.Close()) })
	add := func(name string) data.ID {
		id, err := a.Records.Add(ctx, data.KindProduct, data.Values{"name": name})
		check(err)
		return id
	}
	scout, atlas := add("Scout"), add("Atlas")
	now = now.Add(48 * time.Hour)
	check(a.Records.Set(ctx, data.KindProduct, []data.ID{atlas}, data.Values{"name": "Atlas II"}))
	check(a.Records.Remove(ctx, data.KindProduct, []data.ID{scout}))

	d := kittest.NewDesk(t, a, fyne.NewSize(1128, 728), func(h *kit.Host) kit.Screen { return New(h) })
	must := func(ok bool, what string) {
		t.Helper()
		if !ok || len(d.Failed) > 0 {
			t.Fatalf("%s; failed %v, on the screen: %q", what, d.Failed, kittest.Texts(d.Root()))
		}
	}
	name := func(id data.ID) string {
		row, err := a.Records.Get(ctx, data.KindProduct, id)
		if data.KindOf(err) == data.NotFound && err != nil {
			return ""
		}
		check(err)
		return row.Title()
	}
	must(d.Tap("Put back") && kittest.Shows(d.Root(), "Scout"), "the deleted product is not listed")
	must(d.Tap("Scout") && d.Press("History") && kittest.Shows(d.Root(), "History of Scout"), "no history of a deleted record")
	must(d.Press("Close") && d.Press("Bring back") && name(scout) == "Scout", "it is not brought back")
	must(kittest.Shows(d.Root(), "Nothing was deleted"), "what was brought back is still listed")

	must(d.Do("Put a whole day back"), "no way to put a day back")
	d.Type("2026-05-20")
	must(d.Press("Look first") && kittest.Shows(d.Root(), "Atlas II") && name(atlas) == "Atlas II", "there is no list first")
	must(d.Press("Put 1 record back") && name(atlas) == "Atlas" && name(scout) == "Scout", "the day is not put back")
	_, err = a.Journal.Undo(ctx, data.NoID)
	check(err)
	must(name(atlas) == "Atlas II", "undo does not take it back")

	d.Host.ShowHistory(kit.RecordHistory{Kind: data.KindProduct, ID: atlas, Name: "Atlas II"})
	must(d.Tap("Atlas II") && d.Press("Put back to before this edit") && name(atlas) == "Atlas", "a product is not put back from its history")
}
