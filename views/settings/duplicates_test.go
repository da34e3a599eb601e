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

// TestRecordsThatStandTwiceAreJoined clicks through the section: one group is
// joined with another name kept, one kept apart, and undo brings both back.
func TestRecordsThatStandTwiceAreJoined(t *testing.T) {
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
	add := func(name string, more data.Values) {
		more["name"] = name
		_, err := a.Records.Add(ctx, data.KindAccount, more)
		check(err)
	}
	add("Acme", data.Values{"city": "Oslo", "note": "Likes boats"})
	add("ACME, Inc.", data.Values{"city": "Oslo", "note": "Pays late"})
	add("Best", data.Values{"website": "best.example"})
	add("Best of All", data.Values{"website": "https://www.best.example/home"})
	names := func() (out []string) {
		rows, err := a.Records.List(ctx, data.Query{Kind: data.KindAccount, Sort: []data.Sort{{Field: "name"}}})
		check(err)
		for _, r := range rows {
			out = append(out, r.Title())
		}
		return out
	}

	d := kittest.NewDesk(t, a, fyne.NewSize(1128, 728), func(h *kit.Host) kit.Screen { return New(h) })
	must := func(ok bool, what string) {
		t.Helper()
		if !ok || len(d.Failed) > 0 {
			t.Fatalf("%s; failed %v, on the screen: %q", what, d.Failed, kittest.Texts(d.Root()))
		}
	}
	acme, best := "Acme (Oslo)  ·  ACME, Inc. (Oslo)", "Best  ·  Best of All"
	must(d.Tap("Duplicates") && kittest.Shows(d.Root(), acme) && kittest.Shows(d.Root(), best), "the groups are not listed")
	must(d.Tap(best) && d.Press("They are different") && !kittest.Shows(d.Root(), best), "they are not kept apart")
	must(d.Tap(acme) && d.Press("Join…") && kittest.Shows(d.Root(), "All, one below the other"), "what is kept is not asked")
	must(d.Press("Join") && len(names()) == 3 && names()[0] == "Acme", "they are not joined")
	must(kittest.Shows(d.Root(), "Nothing stands here twice"), "the list is not empty")
	row, err := a.Records.Find(ctx, data.KindAccount, "Acme")
	check(err)
	if row.Text("note") != "Likes boats\nPays late" {
		t.Errorf("note %q", row.Text("note"))
	}
	for range 2 {
		_, err := a.Journal.Undo(ctx, data.NoID)
		check(err)
	}
	d.Screen.Reload(d.Host.View())
	must(len(names()) == 4 && kittest.Shows(d.Root(), acme) && kittest.Shows(d.Root(), best), "undo does not bring them back")
}
