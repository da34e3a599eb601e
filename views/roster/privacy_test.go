package roster_test

import (
	"context"
	"strings"
	"testing"

	"fieldbook/data"
	"fieldbook/views/kit"
	"fieldbook/views/kit/kittest"
)

// TestErasingAPerson shows what goes and what stays, asks for the name, and
// leaves a record without one.
func TestErasingAPerson(t *testing.T) {
	d := newDrive(t)
	id := d.add(data.KindPerson, data.Values{"name": "Zdenka Quux", "role": data.RoleManager, "email": "zq@secret.example", "phone": "+47 99999991", "title": "Area manager"})
	d.add(data.KindPerson, data.Values{"name": "Bob Lund", "role": data.RoleRep, "manager": id})
	d.add(data.KindAccount, data.Values{"name": "Dun", "owner": id, "note": "ask Zdenka Quux first"})
	d.click("Zdenka Quux")

	d.click("Erase the data of Zdenka Quux…")
	for _, text := range []string{"zq@secret.example", "Erased person " + id.String()[32:], "Records that point to the record · 2", "Account · Note", "Dun"} {
		if !shows(d, text) {
			t.Errorf("the dialog lacks %q: %v", text, kittest.Texts(d.overlay()))
		}
	}
	erase := kittest.Button(d.overlay(), "Erase for good")
	if erase == nil || !erase.Disabled() {
		t.Fatal("it can be erased before the name is typed")
	}
	d.hand.Type("asked for it")
	d.window.Canvas().FocusNext()
	d.hand.Type("Zdenka")
	if !erase.Disabled() {
		t.Error("half a name is enough")
	}
	d.hand.Type(" Quux")
	d.press(d.overlay(), "Erase for good")
	d.must(d.failed)
	row, err := d.app.Records.Get(context.Background(), data.KindPerson, id)
	d.must(err)
	name := data.ErasedName(data.KindPerson, id)
	if row.Title() != name || row.Has("email") || row.Text("role") != data.RoleManager {
		t.Errorf("the record is %v", row.Values)
	}
	if !kittest.Shows(d.screen.Content(), name) {
		t.Errorf("the screen shows %v", kittest.Texts(d.screen.Content()))
	}
	if got := d.row(data.KindPerson, "Bob Lund").Labels["manager"]; got != name {
		t.Errorf("Bob reports to %q", got)
	}
	d.reopen()
	if !kittest.Shows(d.screen.Content(), name) {
		t.Errorf("opened again, the screen shows %v", kittest.Texts(d.screen.Content()))
	}
}

func shows(d *drive, text string) bool {
	d.t.Helper()
	for _, p := range kittest.FindAll[*kit.Prose](d.overlay()) {
		if strings.Contains(p.Text(), text) {
			return true
		}
	}
	return kittest.Shows(d.overlay(), text)
}
