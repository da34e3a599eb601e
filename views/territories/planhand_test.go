package territories_test

import (
	"context"
	"slices"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"

	"fieldbook/app"
	"fieldbook/app/planning"
	"fieldbook/data"
	"fieldbook/views/kit"
	"fieldbook/views/kit/kittest"
)

// tool clicks the n-th tool of the map.
func (d *drive) tool(n int) {
	d.t.Helper()
	for _, s := range kittest.FindAll[*kit.Segmented](d.screen.Content()) {
		size := s.Size()
		if size.Width < 90 || size.Width > 130 {
			continue
		}
		at := fyne.CurrentApp().Driver().AbsolutePositionForObject(s)
		d.hand.Click(at.AddXY(size.Width*(float32(n)+0.5)/4, size.Height/2))
		return
	}
	d.t.Fatal("the map has no tools")
}

// onMap is where a place lies on the map, on the canvas.
func (d *drive) onMap(lon, lat float64) fyne.Position {
	d.t.Helper()
	m, ok := kittest.Find[*kit.MapView](d.screen.Content())
	if !ok {
		d.t.Fatal("there is no map")
	}
	from := fyne.CurrentApp().Driver().AbsolutePositionForObject(m)
	var best fyne.Position
	nearest := 1e9
	for x := float32(0); x < m.Size().Width; x += 2 {
		for y := float32(0); y < m.Size().Height; y += 2 {
			at := from.AddXY(x, y)
			if lo, la, ok := m.PlaceAt(at); ok {
				if far := (lo-lon)*(lo-lon) + (la-lat)*(la-lat); far < nearest {
					nearest, best = far, at
				}
			}
		}
	}
	if nearest > 0.5 {
		d.t.Fatalf("%v, %v is not on the map", lon, lat)
	}
	return best
}

// stroke presses the mouse on the map, drags it through the other places and
// lets go.
func (d *drive) stroke(places ...fyne.Position) {
	d.t.Helper()
	m, _ := kittest.Find[*kit.MapView](d.screen.Content())
	from := fyne.CurrentApp().Driver().AbsolutePositionForObject(m)
	down := &desktop.MouseEvent{Button: desktop.MouseButtonPrimary}
	down.Position, down.AbsolutePosition = places[0].Subtract(from), places[0]
	m.MouseDown(down)
	for _, at := range places[1:] {
		m.Dragged(&fyne.DragEvent{PointEvent: fyne.PointEvent{Position: at.Subtract(from), AbsolutePosition: at}})
	}
	m.MouseUp(down)
	m.DragEnd()
}

// held tells who has an area in the only plan, and whether it is locked.
func (d *drive) held(code string) (name string, locked bool) {
	d.t.Helper()
	ctx := context.Background()
	plans, err := d.app.Plans.List(ctx)
	d.must(err)
	b, err := d.app.Plans.Book(ctx, plans[len(plans)-1].ID)
	d.must(err)
	h := b.Plan.Areas[code]
	if h.Territory == planning.Nobody {
		return "", h.Locked
	}
	return b.Plan.Territories[h.Territory].Name, h.Locked
}

// TestADraftByHand begins a draft by its form, paints, lassoes, locks and moves
// states on the map, closes the book and finds all of it again.
func TestADraftByHand(t *testing.T) {
	d := newDrive(t)
	d.must(d.app.SetPref(context.Background(), "territories side", "map"))
	for name, at := range map[string][2]string{"North": {"Boston", "MA"}, "South": {"Houston", "TX"}} {
		territory := d.add(data.KindTerritory, data.Values{"name": name})
		d.add(data.KindAccount, data.Values{"name": at[0] + " Foods", "city": at[0], "state": at[1], "country": "US", "territory": territory})
	}
	d.show()
	d.screen.Primary().Do()
	kittest.FindAll[*kit.Picker](d.overlay())[0].Open()
	at, ok := kittest.At(d.overlay(), "States and provinces")
	if !ok {
		t.Fatalf("states cannot be chosen: %v", kittest.Texts(d.overlay()))
	}
	d.hand.Click(at)
	d.press(d.overlay(), "Begin")
	d.must(d.failed)
	want := func(where string, whole map[string]string) {
		t.Helper()
		for code, name := range whole {
			if got, _ := d.held(code); got != name {
				t.Errorf("%s: %s is with %q, not %q", where, code, got, name)
			}
		}
	}
	want("begun", map[string]string{"US-TX": "South", "US-MA": "North", "US-KS": "South", "US-CO": "South"})

	d.click("North")
	d.tool(2)
	d.stroke(d.onMap(-98.5, 38.5), d.onMap(-105.5, 39))
	d.must(d.failed)
	want("painted", map[string]string{"US-KS": "North", "US-CO": "North", "US-TX": "South"})

	d.tool(1)
	wyoming := []fyne.Position{d.onMap(-111.5, 45.3), d.onMap(-103.5, 45.3), d.onMap(-103.5, 40.7), d.onMap(-111.5, 40.7)}
	d.stroke(wyoming...)
	if !slices.ContainsFunc(kittest.Texts(d.screen.Content()), func(s string) bool { return s == "Wyoming, 0 accounts" }) {
		t.Errorf("the lasso does not say what it caught: %v", kittest.Texts(d.screen.Content()))
	}
	d.click("Lock")
	d.must(d.failed)
	before, locked := d.held("US-WY")
	if !locked {
		t.Error("Wyoming is not locked")
	}
	other := map[string]string{"North": "South", "South": "North"}[before]
	d.click(other)
	d.tool(2)
	d.stroke(d.onMap(-107.5, 43), d.onMap(-108.5, 43))
	want("painted over the lock", map[string]string{"US-WY": before})

	d.tool(0)
	d.click("South")
	d.hand.Click(d.onMap(-98.5, 38.5))
	d.click("Move to South")
	d.must(d.failed)
	want("moved", map[string]string{"US-KS": "South", "US-CO": "North"})

	d.reopen()
	d.screen.Open(kitPlan(d.plan().ID))
	want("opened again", map[string]string{"US-KS": "South", "US-CO": "North", "US-WY": before})
	if _, locked := d.held("US-WY"); !locked || !kittest.Shows(d.screen.Content(), "Locked") {
		t.Errorf("the lock is gone: %v", kittest.Texts(d.screen.Content()))
	}
	d.undo()
	want("undone", map[string]string{"US-KS": "North"})
}

// plan is the only one of the book.
func (d *drive) plan() app.PlanInfo {
	d.t.Helper()
	plans, err := d.app.Plans.List(context.Background())
	d.must(err)
	if len(plans) != 1 {
		d.t.Fatalf("%d plans", len(plans))
	}
	return plans[0]
}

// TestFindingPlans divides a draft anew by the panel: what is found is shown in
// place of the draft, cannot be painted over, is left again and is taken.
func TestFindingPlans(t *testing.T) {
	d := newDrive(t)
	ctx := context.Background()
	d.must(d.app.SetPref(ctx, "territories side", "map"))
	north, south := d.add(data.KindTerritory, data.Values{"name": "North"}), d.add(data.KindTerritory, data.Values{"name": "South"})
	for i, at := range [][2]string{{"Boston", "MA"}, {"Albany", "NY"}, {"Columbus", "OH"}, {"Detroit", "MI"}, {"Chicago", "IL"}, {"Houston", "TX"}} {
		territory := north
		if i == 5 {
			territory = south
		}
		d.add(data.KindAccount, data.Values{"name": at[0] + " Foods", "city": at[0], "state": at[1], "country": "US", "territory": territory})
	}
	id, err := d.app.Plans.Create(ctx, app.NewPlan{Name: "Next year", Level: "state", Frame: "US", Mix: app.ParseMix("accounts"), Tolerance: 10})
	d.must(err)
	d.show()
	d.screen.Open(kitPlan(id))
	shows := func(text string, want bool) {
		t.Helper()
		if kittest.Shows(d.screen.Content(), text) != want {
			t.Errorf("%q is shown: %v\n%v", text, !want, kittest.Texts(d.screen.Content()))
		}
	}
	shows("At most 67 points off, variation 67%, 0 of 2 within 10 points", true)
	balance := kittest.FindAll[*kit.Slider](d.screen.Content())[0]
	at := fyne.CurrentApp().Driver().AbsolutePositionForObject(balance)
	d.hand.Drag(at.AddXY(balance.Size().Width/2, balance.Size().Height/2), at.AddXY(balance.Size().Width-2, balance.Size().Height/2))
	d.press(d.screen.Content(), "Find plans")
	d.must(d.failed)
	shows("At most 0 points off, variation 0%, 2 of 2 within 10 points", true)
	if got, _ := d.held("US-IL"); got != "North" {
		t.Errorf("before it is taken, Illinois is with %q", got)
	}
	d.press(d.screen.Content(), "Back to the draft")
	shows("At most 67 points off, variation 67%, 0 of 2 within 10 points", true)
	d.hand.Drag(at.AddXY(balance.Size().Width-4, balance.Size().Height/2), at.AddXY(balance.Size().Width-8, balance.Size().Height/2))
	d.press(d.screen.Content(), "Take this plan")
	d.must(d.failed)
	d.reopen()
	d.screen.Open(kitPlan(id))
	shows("At most 0 points off, variation 0%, 2 of 2 within 10 points", true)
	b, err := d.app.Plans.Book(ctx, id)
	d.must(err)
	if s := b.Balance().Spread; s.Outside != 0 {
		t.Errorf("what was taken is %+v", s)
	}
	d.undo()
	if b, err = d.app.Plans.Book(ctx, id); err != nil || b.Balance().Spread.Outside != 2 {
		t.Errorf("undo does not bring the draft back (%v)", err)
	}
}
