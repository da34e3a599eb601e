package calendar_test

import (
	"context"
	"path/filepath"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"

	"fieldbook/app"
	"fieldbook/data"
	"fieldbook/views/calendar"
	"fieldbook/views/kit"
	"fieldbook/views/kit/kittest"
)

var config = app.Config{Now: func() time.Time { return time.Date(2026, 5, 18, 10, 0, 0, 0, time.UTC) }, Device: "desk"}

// TestAWeek looks at a week, moves an activity to the day after, and finds it
// there in the book opened again.
func TestAWeek(t *testing.T) {
	kittest.App(t, false)
	ctx := context.Background()
	path := filepath.Join(t.TempDir(), "desk.book")
	a, err := app.Create(ctx, path, app.NewBook{Name: "Desk", Currency: "USD", FiscalStart: time.January, Zone: "UTC"}, config)
	if err != nil {
		t.Fatal(err)
	}
	ann, err := a.Records.Add(ctx, data.KindPerson, data.Values{"name": "Ann Ek"})
	if err != nil {
		t.Fatal(err)
	}
	id, err := a.Records.Add(ctx, data.KindActivity, data.Values{"type": "visit", "subject": "See the mill", "person": ann, "day": a.Today()})
	if err != nil {
		t.Fatal(err)
	}
	build := func(h *kit.Host) kit.Screen { return calendar.New(h) }
	d := kittest.NewDesk(t, a, fyne.NewSize(1128, 728), build)
	kittest.Golden(t, "week-light", d.Root(), fyne.NewSize(1128, 728))
	board, ok := kittest.Find[*kit.Board](d.Root())
	if !ok || !kittest.Shows(d.Root(), "See the mill") {
		t.Fatalf("the week shows %q", kittest.Texts(d.Root()))
	}
	d.Window.Canvas().Focus(board)
	board.Select("0")
	board.TypedShortcut(&desktop.CustomShortcut{KeyName: fyne.KeyRight, Modifier: fyne.KeyModifierControl})
	a = reopened(t, a, path)
	if row, err := a.Records.Get(ctx, data.KindActivity, id); err != nil || row.Day("day") != a.Today().AddDays(1) {
		t.Errorf("the visit is on %v, %v", row.Values["day"], err)
	}
	d = kittest.NewDesk(t, a, fyne.NewSize(1128, 728), build)
	if !kittest.Shows(d.Root(), "See the mill") {
		t.Errorf("the week shows %q", kittest.Texts(d.Root()))
	}
	if !d.Do("Next week") || kittest.Shows(d.Root(), "See the mill") {
		t.Error("another week shows it")
	}
}

// reopened closes a book and opens it again.
func reopened(t *testing.T, a *app.App, path string) *app.App {
	t.Helper()
	if err := a.Close(); err != nil {
		t.Fatal(err)
	}
	again, err := app.Open(context.Background(), path, config)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := again.Close(); err != nil {
			t.Error(err)
		}
	})
	return again
}

// TestDayAndMonth makes an activity by a double click on a day of the month,
// narrows the month to one kind, drags it on, and finds face and kinds again.
func TestDayAndMonth(t *testing.T) {
	kittest.App(t, false)
	ctx := context.Background()
	path := filepath.Join(t.TempDir(), "desk.book")
	a, err := app.Create(ctx, path, app.NewBook{Name: "Desk", Currency: "USD", FiscalStart: time.January, Zone: "UTC", As: "Mia Stone", Role: data.RoleManager}, config)
	if err != nil {
		t.Fatal(err)
	}
	me, err := a.Me(ctx)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := a.Meetings.Promise(ctx, app.NewAction{What: "Send the quote", Person: me.ID, Due: a.Today().AddDays(1)}); err != nil {
		t.Fatal(err)
	}
	build := func(h *kit.Host) kit.Screen { return calendar.New(h) }
	d := kittest.NewDesk(t, a, fyne.NewSize(1128, 728), build)
	if !d.Do("Show the month") {
		t.Fatal("no month")
	}
	grid, ok := kittest.Find[*kit.MonthGrid](d.Root())
	if !ok {
		t.Fatal("no month is shown")
	}
	day := func(n int) fyne.Position { // the lower part of a day of May 2026, which begins on a Friday
		at := fyne.CurrentApp().Driver().AbsolutePositionForObject(grid)
		i := n + 3
		return at.AddXY(grid.Size().Width/7*(float32(i%7)+0.5), 24+(grid.Size().Height-24)/5*(float32(i/7)+0.9))
	}
	d.DoubleClick(day(21))
	d.Type("See the floor")
	if !d.Press("Save") {
		t.Fatalf("no form among %q", kittest.Texts(d.Root()))
	}
	rows, err := a.Records.List(ctx, data.Query{Kind: data.KindActivity})
	if err != nil || len(rows) != 1 || rows[0].Day("day") != data.NewDay(2026, 5, 21) || rows[0].Labels["person"] != "Mia Stone" {
		t.Fatalf("made %v, %v", rows, err)
	}
	if !kittest.Shows(d.Root(), "See the floor") || !kittest.Shows(d.Root(), "Send the quote") {
		t.Errorf("the month shows %q", kittest.Texts(d.Root()))
	}
	kittest.Golden(t, "month-light", d.Root(), fyne.NewSize(1128, 728))
	from, _ := kittest.At(d.Root(), "See the floor")
	d.Drag(from, day(26))
	if row, err := a.Records.Get(ctx, data.KindActivity, rows[0].ID); err != nil || row.Day("day") != data.NewDay(2026, 5, 26) {
		t.Errorf("dragged to %v, %v", row.Values["day"], err)
	}
	d.Window.Canvas().Focus(grid)
	d.Key(fyne.KeyReturn)
	if !kittest.Shows(d.Root(), "On this day") {
		t.Errorf("the day is not shown: %q", kittest.Texts(d.Root()))
	}
	if !d.Do("Show the month") {
		t.Fatal("no way back")
	}
	narrow(t, d, "Action")
	if kittest.Shows(d.Root(), "See the floor") || !kittest.Shows(d.Root(), "Send the quote") {
		t.Errorf("actions alone are %q", kittest.Texts(d.Root()))
	}
	a = reopened(t, a, path)
	d = kittest.NewDesk(t, a, fyne.NewSize(1128, 728), build)
	if _, month := kittest.Find[*kit.MonthGrid](d.Root()); !month || kittest.Shows(d.Root(), "See the floor") || !kittest.Shows(d.Root(), "Send the quote") {
		t.Errorf("opened again it shows %q", kittest.Texts(d.Root()))
	}
	if len(d.Failed) > 0 {
		t.Error(d.Failed)
	}
}

// narrow picks one kind above the entries.
func narrow(t *testing.T, d *kittest.Desk, kind string) {
	t.Helper()
	p, ok := kittest.Find[*kit.Picker](d.Root())
	if !ok {
		t.Fatal("no kinds to pick")
	}
	p.Open()
	d.Tap(kind)
	d.Window.Canvas().Overlays().Remove(d.Window.Canvas().Overlays().Top())
}
