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
	if err := a.Close(); err != nil {
		t.Fatal(err)
	}
	if a, err = app.Open(ctx, path, config); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := a.Close(); err != nil {
			t.Error(err)
		}
	})
	if row, err := a.Records.Get(ctx, data.KindActivity, id); err != nil || row.Day("day") != a.Today().AddDays(1) {
		t.Errorf("the visit is on %v, %v", row.Values["day"], err)
	}
	d = kittest.NewDesk(t, a, fyne.NewSize(1128, 728), build)
	if !d.Do("Next week") || kittest.Shows(d.Root(), "See the mill") {
		t.Error("another week shows it")
	}
}
