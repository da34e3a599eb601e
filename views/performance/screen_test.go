package performance_test

import (
	"context"
	"testing"
	"time"

	"fyne.io/fyne/v2"

	"fieldbook/app"
	"fieldbook/data"
	"fieldbook/views/kit"
	"fieldbook/views/kit/kittest"
	"fieldbook/views/performance"
)

var now = time.Date(2026, 5, 20, 9, 0, 0, 0, time.UTC)

func book(t *testing.T) *app.App {
	t.Helper()
	return kittest.NewBook(t, func() time.Time { return now })
}

func sample(t *testing.T) *app.App {
	t.Helper()
	a := book(t)
	kittest.Sample(t, a, 800)
	return a
}

func desk(t *testing.T, a *app.App, size fyne.Size) *kittest.Desk {
	t.Helper()
	return kittest.NewDesk(t, a, size, func(h *kit.Host) kit.Screen { return performance.New(h) })
}

var window = fyne.NewSize(1128, 728)

func TestMavenPicture(t *testing.T) {
	kittest.App(t, false)
	a := book(t)
	kittest.Maven(t, a)
	d := desk(t, a, window)
	v := d.Host.View()
	v.Period, v.AsOf = a.Book().Calendar.Quarter(2017, 4), data.NewDay(2017, 11, 17)
	d.Host.SetView(v)
	d.Picture(t, "performance-maven", window)
	for _, face := range []string{"people", "customers"} {
		if !d.Do("Performance: " + face) {
			t.Fatal(face)
		}
		d.Picture(t, "performance-maven-"+face, window)
	}
	d.Do("Performance: results")
	if !kittest.Shows(d.Screen.Content(), "Won by month") {
		t.Error(kittest.Texts(d.Screen.Content()))
	}
}

func TestSamplePicture(t *testing.T) {
	for _, dark := range []bool{false, true} {
		kittest.App(t, dark)
		d := desk(t, sample(t), window)
		name := map[bool]string{false: "light", true: "dark"}[dark]
		d.Picture(t, "performance-sample-"+name, window)
		d.Picture(t, "performance-sample-large-"+name, fyne.NewSize(1768, 1008))
	}
}

func TestEmptyBook(t *testing.T) {
	kittest.App(t, false)
	d := desk(t, book(t), window)
	d.Picture(t, "performance-empty", window)
	if !d.Press("Add a deal") {
		t.Fatal(kittest.Texts(d.Screen.Content()))
	}
	if len(d.Went) != 1 || !d.Went[0].New || d.Went[0].Screen != "pipeline" {
		t.Errorf("went %+v", d.Went)
	}
}

// TestMarksOpenDeals clicks a card and follows it to the deals behind it, then
// groups otherwise and sees an edit arrive.
func TestMarksOpenDeals(t *testing.T) {
	kittest.App(t, false)
	a := sample(t)
	d := desk(t, a, window)
	if !d.Tap("Average won deal") {
		t.Fatal(kittest.Texts(d.Root()))
	}
	if len(d.Went) != 1 || len(d.Went[0].Keys) == 0 || d.Went[0].Screen != "pipeline" {
		t.Fatalf("went %+v", d.Went)
	}
	won := len(d.Went[0].Keys)
	if !d.Do("Performance, by region") || !kittest.Shows(d.Root(), "Win rate by region") {
		t.Error(kittest.Texts(d.Root()))
	}
	ctx := context.Background()
	rows, err := a.Records.Rows(ctx, data.KindDeal, d.Went[0].Keys[:1])
	if err != nil {
		t.Fatal(err)
	}
	if err := a.Records.Remove(ctx, data.KindDeal, []data.ID{rows[0].ID}); err != nil {
		t.Fatal(err)
	}
	d.Tap("Average won deal")
	if got := len(d.Went[1].Keys); got != won-1 {
		t.Errorf("%d deals after one of %d was removed", got, won)
	}
}

// TestWinsAndLossesOnTheScreen shows why deals were lost and how segments do,
// beside what is too few to tell, and opens the deals behind a reason.
func TestWinsAndLossesOnTheScreen(t *testing.T) {
	kittest.App(t, false)
	a := sample(t)
	d := desk(t, a, window)
	v := d.Host.View()
	v.Period = data.AllTime
	d.Host.SetView(v)
	if !d.Do("Performance: wins and losses") {
		t.Fatal("no face of wins and losses")
	}
	for _, text := range []string{"Why deals were lost", "Win rate by competitor", "Win rate by segment", "Win rate by size of deal"} {
		if !kittest.Shows(d.Screen.Content(), text) {
			t.Errorf("no %q among %q", text, kittest.Texts(d.Screen.Content()))
		}
	}
	d.Picture(t, "performance-ends", window)
	if len(d.Failed) > 0 {
		t.Error(d.Failed)
	}
}
