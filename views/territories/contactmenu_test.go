package territories_test

import (
	"context"
	"testing"

	"fieldbook/data"
	"fieldbook/views/kit"
	"fieldbook/views/kit/kittest"
)

// TestErasingAContact erases a contact from the page of its account.
func TestErasingAContact(t *testing.T) {
	d := newDrive(t)
	d.host.Job = func(_ string, work func(context.Context, func(done, total int64)) error, then func()) {
		d.host.Act("", func(ctx context.Context) error { return work(ctx, func(int64, int64) {}) }, then)
	}
	account := d.add(data.KindAccount, data.Values{"name": "Fjord"})
	id := d.add(data.KindContact, data.Values{"name": "Kari Vik", "account": account, "influence": "champion", "phone": "99999991"})
	d.screen.Open(kit.Target{Kind: data.KindAccount, ID: account})

	var more *kit.Button
	for _, b := range kittest.FindAll[*kit.Button](d.screen.Content()) {
		if b.Text() == "" {
			more = b // the last of the contact's line
		}
	}
	if more == nil {
		t.Fatalf("the contact has no menu: %v", kittest.Texts(d.screen.Content()))
	}
	more.Tapped(nil)
	at, ok := kittest.At(d.overlay(), "Erase the data of Kari Vik…")
	if !ok {
		t.Fatalf("the menu shows %v", kittest.Texts(d.overlay()))
	}
	d.hand.Click(at)
	if !kittest.Shows(d.overlay(), "99999991") {
		t.Fatalf("the dialog shows %v", kittest.Texts(d.overlay()))
	}
	d.hand.Type("asked for it")
	d.window.Canvas().FocusNext()
	d.hand.Type("Kari Vik")
	d.press(d.overlay(), "Erase for good")
	d.must(d.failed)
	row, err := d.app.Records.Get(context.Background(), data.KindContact, id)
	d.must(err)
	name := data.ErasedName(data.KindContact, id)
	if row.Title() != name || row.Has("phone") || row.Text("influence") != "champion" {
		t.Errorf("the record is %v", row.Values)
	}
	if kittest.Shows(d.screen.Content(), "Kari Vik") {
		t.Errorf("the screen shows %v", kittest.Texts(d.screen.Content()))
	}
}
