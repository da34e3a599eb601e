package pipeline

import (
	"context"
	"testing"

	"fyne.io/fyne/v2"

	"fieldbook/app"
	"fieldbook/data"
	"fieldbook/views/kit"
	"fieldbook/views/kit/kittest"
)

// TestShareADeal lets a colleague share in a deal on its page, changes the share,
// takes it away, brings it back by undo, and finds it after the book was closed.
func TestShareADeal(t *testing.T) {
	ctx := context.Background()
	kittest.App(t, false)
	a, path := newBook(t)
	add(t, a, data.KindPerson, data.Values{"name": "Ann Lee", "role": data.RoleRep})
	me, err := a.Me(ctx)
	if err != nil {
		t.Fatal(err)
	}
	stages, err := a.Pipeline.Stages(ctx)
	if err != nil {
		t.Fatal(err)
	}
	deal := add(t, a, data.KindDeal, data.Values{"name": "Big one", "stage": stages[0].ID, "owner": me.ID, "amount": int64(1000_00), "currency": "USD"})
	d := sit(t, a, path, fyne.NewSize(deskWide, deskHigh))
	d.screen.Open(kit.Target{Kind: data.KindDeal, ID: deal})
	splits := func() []data.Row {
		rows, err := d.app.Records.List(ctx, data.Query{Kind: data.KindDealSplit})
		if err != nil {
			t.Fatal(err)
		}
		return rows
	}
	d.hand.Click(d.at("Share with somebody"))
	pickExisting(d, 0, "Ann Lee")
	d.press("Save")
	if got := splits(); len(got) != 1 || got[0].Float("share") != 50 || got[0].Ref("deal") != deal || got[0].Labels["person"] != "Ann Lee" {
		t.Fatalf("%v, failed %v, shown %q", got, d.failed, kittest.Texts(d.content()))
	}
	d.sees("keeps 50%")
	do := func(text string) {
		t.Helper()
		for _, c := range d.screen.Commands() {
			if c.Text == text {
				c.Do()
				return
			}
		}
		t.Fatalf("no command %q", text)
	}
	do("Change the share of Ann Lee")
	d.hand.Window.Canvas().FocusNext()
	d.hand.Shortcut(&fyne.ShortcutSelectAll{})
	d.hand.Type("30")
	d.press("Save")
	if got := splits(); got[0].Float("share") != 30 {
		t.Fatalf("%v, failed %v", got[0].Values, d.failed)
	}
	d.sees("keeps 70%")
	do("Take the share of Ann Lee away")
	if got := splits(); len(got) != 0 {
		t.Fatalf("%v is left", got)
	}
	if _, err := a.Journal.Undo(ctx, data.NoID); err != nil {
		t.Fatal(err)
	}
	d.sees("keeps 70%")
	d.leave()
	if d.app, err = app.Open(ctx, path, config()); err != nil {
		t.Fatal(err)
	}
	if got := splits(); len(got) != 1 || got[0].Float("share") != 30 {
		t.Errorf("after opening again %v", got)
	}
	if err := d.app.Close(); err != nil {
		t.Error(err)
	}
}
