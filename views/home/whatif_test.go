package home_test

import (
	"context"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"

	"fieldbook/app"
	"fieldbook/data"
	"fieldbook/views/kit"
	"fieldbook/views/kit/kittest"
)

// TestWhatIfJourney ticks deals, supposes another amount, saves it under a name,
// closes the book, and finds it again.
func TestWhatIfJourney(t *testing.T) {
	kittest.App(t, false)
	path := filepath.Join(t.TempDir(), "w.book")
	ctx := context.Background()
	cfg := app.Config{Now: func() time.Time { return now }, Device: "test"}
	a, err := app.Create(ctx, path, app.NewBook{Name: "W", Currency: "USD", FiscalStart: time.January, Zone: "UTC"}, cfg)
	if err != nil {
		t.Fatal(err)
	}
	if err := a.Sample(ctx, app.SampleOptions{Deals: 800, Seed: 3}, func(int64, int64) {}); err != nil {
		t.Fatal(err)
	}
	rep := people(t, a)[0].ID
	table := func(d *kittest.Desk) *kit.Table {
		t.Helper()
		v := d.Host.View()
		v.Scope = data.Scope{Person: rep}
		d.Host.SetView(v)
		table, ok := kittest.Find[*kit.Table](d.Screen.Content())
		if !ok || table.Len() < 2 {
			t.Fatal("no deals to tick")
		}
		return table
	}
	ticked := func(d *kittest.Desk) string {
		texts := kittest.Texts(d.Screen.Content())
		if i := slices.IndexFunc(texts, func(s string) bool { return strings.HasPrefix(s, "ticked ") }); i >= 0 {
			return texts[i]
		}
		return ""
	}
	d := desk(t, a, window)
	deals := table(d)
	before := kittest.Texts(d.Screen.Content())
	if !slices.Contains(before, "Commission on won") {
		t.Error(before)
	}
	deals.Select(1)
	if ticked(d) == "" || slices.Equal(before, kittest.Texts(d.Screen.Content())) {
		t.Error("a tick moves no figure")
	}
	supposed(t, d, deals, "123456")
	if ticked(d) != "ticked 125,856" {
		t.Errorf("with another amount of a second deal: %q", ticked(d))
	}
	d.Picture(t, "home-whatif", window)
	if !d.Press("Save") {
		t.Fatal("nothing to save with")
	}
	name, ok := kittest.Find[*kit.Form](d.Root())
	if !ok {
		t.Fatal("no name is asked for")
	}
	name.FocusFirst()
	(&kittest.Hand{Window: d.Host.Window}).Type("Large one")
	name.Save()
	if !kittest.Shows(d.Screen.Content(), "Large one") || len(d.Failed) != 0 {
		t.Fatal(kittest.Texts(d.Screen.Content()), d.Failed)
	}
	if err := a.Close(); err != nil {
		t.Fatal(err)
	}

	again, err := app.Open(ctx, path, cfg)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := again.Close(); err != nil {
			t.Error(err)
		}
	})
	d = desk(t, again, window)
	table(d)
	for _, p := range kittest.FindAll[*kit.Picker](d.Screen.Content()) {
		p.Open()
	}
	if ticked(d) != "" || !d.Tap("Large one") || ticked(d) != "ticked 125,856" {
		t.Errorf("opened again: %q", ticked(d))
	}
	if !d.Press("Remove") || kittest.Shows(d.Screen.Content(), "Large one") || ticked(d) != "" {
		t.Error("it is still there after removal")
	}
	if _, err := again.Journal.Undo(ctx, data.NoID); err != nil {
		t.Fatal(err)
	}
	if saved, err := again.WhatIfs.List(ctx, rep, d.Host.View().Period); err != nil || len(saved) != 1 {
		t.Error(saved, err)
	}
}

// supposed types another value into the first deal's.
func supposed(t *testing.T, d *kittest.Desk, table *kit.Table, text string) {
	t.Helper()
	hand := &kittest.Hand{Window: d.Host.Window}
	at := fyne.CurrentApp().Driver().AbsolutePositionForObject(table)
	hand.DoubleClick(at.Add(fyne.NewPos(table.Size().Width-30, kit.HeightRow+kit.HeightRow/2)))
	entry, ok := kittest.Find[*kit.CellEntry](d.Root())
	if !ok {
		t.Fatal("no editor opens")
	}
	entry.SetText(text)
	hand.Key(fyne.KeyReturn)
}
