package territories_test

import (
	"context"
	"math"
	"testing"

	"fyne.io/fyne/v2"

	"fieldbook/app"
	"fieldbook/data"
	"fieldbook/views/kit/kittest"
)

// TestDraggingAnAccountOntoTheMap drags accounts that have no place from their
// list to where they are, clicks one there, lets go of one beside the map, takes
// a place back, and finds the rest again after the book was closed.
func TestDraggingAnAccountOntoTheMap(t *testing.T) {
	d := newDrive(t)
	ctx := context.Background()
	d.must(d.app.SetPref(ctx, "territories side", "map"))
	north := d.add(data.KindTerritory, data.Values{"name": "North"})
	d.add(data.KindAccount, data.Values{"name": "Elm Foods", "city": "Houston", "state": "TX", "country": "US", "territory": north})
	fir, oak := d.add(data.KindAccount, data.Values{"name": "Fir Works"}), d.add(data.KindAccount, data.Values{"name": "Oak Mills"})
	id, err := d.app.Plans.Create(ctx, app.NewPlan{Name: "Next year", Level: "state", Frame: "US", Mix: app.ParseMix("accounts"), Tolerance: 10})
	d.must(err)
	d.show()
	d.screen.Open(kitPlan(id))
	at := func(account data.ID) (lon, lat float64, placed bool) {
		t.Helper()
		row, err := d.app.Records.Get(ctx, data.KindAccount, account)
		d.must(err)
		return row.Float("longitude"), row.Float("latitude"), row.Has("latitude")
	}
	near := func(account data.ID, lon, lat float64) {
		t.Helper()
		if x, y, ok := at(account); !ok || math.Abs(x-lon) > 0.7 || math.Abs(y-lat) > 0.7 {
			t.Errorf("it stands at %v, %v (%v), not near %v, %v", x, y, ok, lon, lat)
		}
	}
	row := func(name string) fyne.Position {
		t.Helper()
		p, ok := kittest.At(d.screen.Content(), name)
		if !ok {
			t.Fatalf("%s is not listed: %v", name, kittest.Texts(d.screen.Content()))
		}
		return p
	}
	d.click("Accounts without a known place")
	if !kittest.Shows(d.screen.Content(), "by accounts, 100 is even") {
		t.Errorf("the captions went when the list opened: %v", kittest.Texts(d.screen.Content()))
	}
	from := row("Fir Works")
	d.hand.Drag(from, from.AddXY(4, 12)) // let go beside the map
	if _, _, ok := at(fir); ok {
		t.Error("let go beside the map, it has a place")
	}
	kansas := d.onMap(-98.5, 38.5)
	d.hand.Drag(row("Fir Works"), kansas)
	d.must(d.failed)
	near(fir, -98.5, 38.5)
	if kittest.Shows(d.screen.Content(), "Fir Works") {
		t.Error("what has a place is still listed")
	}
	d.click("Oak Mills")
	if !kittest.Shows(d.screen.Content(), "Click where Oak Mills is") {
		t.Errorf("nothing asks where it is: %v", kittest.Texts(d.screen.Content()))
	}
	d.hand.Click(d.onMap(-105.5, 39))
	d.must(d.failed)
	near(oak, -105.5, 39)
	if kittest.Shows(d.screen.Content(), "Without a known place") {
		t.Error("with nobody left the list stays")
	}
	d.undo()
	if _, _, ok := at(oak); ok || !kittest.Shows(d.screen.Content(), "Accounts without a known place") {
		t.Errorf("after undo it still has its place: %v", kittest.Texts(d.screen.Content()))
	}
	d.reopen()
	near(fir, -98.5, 38.5)
}
