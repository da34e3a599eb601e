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

func clock() time.Time { return time.Date(2026, 5, 20, 10, 0, 0, 0, time.UTC) }

var config = app.Config{Now: clock, Device: "desk"}

func newBook(t *testing.T) (*app.App, string) {
	t.Helper()
	path := filepath.Join(t.TempDir(), "desk.book")
	a, err := app.Create(context.Background(), path, app.NewBook{Name: "Desk", Currency: "USD", FiscalStart: time.January, Zone: "UTC"}, config)
	if err != nil {
		t.Fatal(err)
	}
	return a, path
}

func closeBook(t *testing.T, a *app.App) {
	t.Helper()
	if err := a.Close(); err != nil {
		t.Error(err)
	}
}

func desk(t *testing.T, a *app.App) *kittest.Desk {
	t.Helper()
	return kittest.NewDesk(t, a, fyne.NewSize(1128, 728), func(h *kit.Host) kit.Screen { return New(h) })
}

func must(t *testing.T, ok bool, what string, d *kittest.Desk) {
	t.Helper()
	if !ok {
		t.Fatalf("%s; failed %v, on the screen: %q", what, d.Failed, kittest.Texts(d.Root()))
	}
}

// next moves the keyboard to the next field, as Tab does.
func next(d *kittest.Desk) { d.Window.Canvas().FocusNext() }

func retype(d *kittest.Desk, text string) {
	d.Shortcut(&fyne.ShortcutSelectAll{})
	d.Type(text)
}

func TestBookIsSetUpAndStaysSo(t *testing.T) {
	kittest.App(t, false)
	a, path := newBook(t)
	d := desk(t, a)

	f, ok := kittest.Find[*kit.Form](d.Root())
	must(t, ok, "no form for the book's name", d)
	f.FocusFirst()
	retype(d, "North desk")
	d.Key(fyne.KeyReturn)
	if got := a.Book().Name; got != "North desk" {
		t.Fatalf("the book is called %q, failed %v", got, d.Failed)
	}

	must(t, d.Tap("Pipelines and stages"), "no section of stages", d)
	must(t, d.Do("Add a stage"), "no way to add a stage", d)
	d.Type("Pilot")
	next(d)
	next(d)
	d.Type("60")
	d.Key(fyne.KeyReturn)
	must(t, kittest.Shows(d.Root(), "Pilot") && kittest.Shows(d.Root(), "60%"), "the new stage is not shown", d)

	must(t, d.Tap("Pilot") && d.Press("Move up"), "the stage cannot be moved", d)
	must(t, d.Tap("Proposal") && d.Press("Remove"), "a stage cannot be removed", d)
	must(t, !kittest.Shows(d.Root(), "Proposal"), "the stage is still there", d)
	if _, err := a.Journal.Undo(context.Background(), data.NoID); err != nil {
		t.Fatal(err)
	}
	must(t, kittest.Shows(d.Root(), "Proposal"), "undo did not bring the stage back", d)

	must(t, d.Tap("Custom fields"), "no section of fields", d)
	must(t, d.Do("Add a custom field"), "no way to add a field", d)
	d.Type("Fleet size")
	form, _ := kittest.Find[*kit.Form](d.Root())
	form.Save()
	must(t, kittest.Shows(d.Root(), "Fleet size"), "the new field is not shown", d)

	closeBook(t, a)
	a, err := app.Open(context.Background(), path, config)
	if err != nil {
		t.Fatal(err)
	}
	defer closeBook(t, a)
	d = desk(t, a)
	if got := a.Book().Name; got != "North desk" {
		t.Errorf("after opening again the book is called %q", got)
	}
	must(t, d.Tap("Pipelines and stages") && kittest.Shows(d.Root(), "Pilot"), "the stage is gone after opening again", d)
	must(t, d.Tap("Custom fields") && kittest.Shows(d.Root(), "Fleet size"), "the field is gone after opening again", d)
	k, err := a.Records.Kind(data.KindDeal)
	if err != nil {
		t.Fatal(err)
	}
	if f, ok := k.Field("fleet_size"); !ok || !f.Custom {
		t.Error("deals do not have the new field")
	}
}

func TestProductsAndRatesAreKept(t *testing.T) {
	kittest.App(t, false)
	a, _ := newBook(t)
	defer closeBook(t, a)
	d := desk(t, a)
	must(t, d.Tap("Products and prices") && d.Do("Add a product"), "no way to add a product", d)
	d.Type("GTX")
	next(d)
	d.Type("Rigs")
	next(d)
	d.Type("26768")
	d.Key(fyne.KeyReturn)
	must(t, kittest.Shows(d.Root(), "26,768.00"), "the price is not shown", d)
	must(t, d.Tap("GTX") && d.Press("Edit"), "the product cannot be edited", d)
	retype(d, "GTX Pro")
	d.Key(fyne.KeyReturn)
	must(t, kittest.Shows(d.Root(), "GTX Pro"), "the new name is not shown", d)

	must(t, d.Tap("Exchange rates") && d.Do("Add a rate"), "no way to add a rate", d)
	d.Type("usd")
	next(d)
	d.Type("2026-01-01")
	next(d) // the button of the calendar
	next(d)
	d.Type("1.1")
	d.Key(fyne.KeyReturn)
	must(t, kittest.Shows(d.Root(), "USD is the book's own currency; it needs no rate"), "a rate of the own currency passes", d)
	form, _ := kittest.Find[*kit.Form](d.Root())
	form.FocusFirst()
	retype(d, "eur")
	d.Key(fyne.KeyReturn)
	must(t, kittest.Shows(d.Root(), "1 EUR is 1.1 USD"), "the rate is not shown", d)
}

func TestLogUndoesAStepAndTheBookIsChecked(t *testing.T) {
	kittest.App(t, false)
	a, _ := newBook(t)
	defer closeBook(t, a)
	if err := a.Rename(context.Background(), "Other"); err != nil {
		t.Fatal(err)
	}
	d := desk(t, a)
	must(t, d.Tap("Activity log"), "no section of the log", d)
	must(t, !d.Press("Undo this step"), "undo without a step chosen", d)
	must(t, d.Tap("Rename the book to Other") && d.Press("Undo this step"), "the step cannot be undone", d)
	if got := a.Book().Name; got != "Desk" {
		t.Errorf("the book is called %q after undo", got)
	}
	must(t, kittest.Shows(d.Root(), "Undone"), "the step is not marked", d)

	must(t, d.Tap("Data check") && d.Do("Check the book"), "no check", d)
	must(t, kittest.Shows(d.Root(), "Everything agrees"), "the check did not end well", d)

	must(t, d.Tap("Backups") && d.Do("Back up now"), "no backup", d)
	if files, err := a.Backups.List(); err != nil || len(files) != 1 {
		t.Errorf("%d backups, %v, failed %v", len(files), err, d.Failed)
	}
}

func TestWhoIAmIsChosen(t *testing.T) {
	kittest.App(t, false)
	a, _ := newBook(t)
	defer closeBook(t, a)
	id, err := a.Records.Add(context.Background(), data.KindPerson, data.Values{"name": "Ada Berg", "role": data.RoleManager})
	if err != nil {
		t.Fatal(err)
	}
	d := desk(t, a)
	must(t, d.Tap("Who I am") && d.Do("Choose who I am"), "no picker of people", d)
	must(t, d.Tap("Ada Berg"), "the person is not offered", d)
	if me, err := a.Me(context.Background()); err != nil || me.ID != id {
		t.Errorf("me is %+v, %v", me, err)
	}
	must(t, kittest.Shows(d.Root(), "Ada Berg works in this book as manager."), "the choice is not shown", d)
}

func TestReadOnlyBookOffersNoChange(t *testing.T) {
	kittest.App(t, false)
	a, path := newBook(t)
	closeBook(t, a)
	a, err := app.OpenReadOnly(context.Background(), path, config)
	if err != nil {
		t.Fatal(err)
	}
	defer closeBook(t, a)
	d := desk(t, a)
	for _, s := range sections {
		d.Screen.(*Screen).show(s.key)
		for _, word := range []string{"Save", "Edit", "Remove", "Undo this step"} {
			if kittest.Button(d.Root(), word) != nil {
				t.Errorf("%s offers %q in a read-only book", s.key, word)
			}
		}
	}
}

func TestEverySectionOfASampleShowsItself(t *testing.T) {
	for _, dark := range []bool{false, true} {
		kittest.App(t, dark)
		a, _ := newBook(t)
		if err := a.Sample(context.Background(), app.SampleOptions{Deals: 50, Seed: 3}, func(int64, int64) {}); err != nil {
			t.Fatal(err)
		}
		d := desk(t, a)
		for _, s := range sections {
			d.Screen.(*Screen).show(s.key)
			if len(kittest.Texts(d.Root())) < 15 {
				t.Errorf("%s shows next to nothing: %q", s.key, kittest.Texts(d.Root()))
			}
		}
		d.Screen.(*Screen).show(sectionStages)
		kittest.GoldenImage(t, "stages"+map[bool]string{true: "-dark"}[dark], d.Window.Canvas().Capture())
		closeBook(t, a)
	}
}

func TestRemindersAreSetAndStaySo(t *testing.T) {
	kittest.App(t, false)
	a, path := newBook(t)
	d := desk(t, a)
	must(t, d.Tap("Who I am"), "who I am", d)
	must(t, d.Tap("Half an hour before") && d.Tap("An hour before"), "no choice of when", d)
	must(t, d.Tap("In this window alone") && d.Tap("By the desktop too"), "no choice of where", d)
	closeBook(t, a)
	again, err := app.Open(context.Background(), path, config)
	if err != nil {
		t.Fatal(err)
	}
	defer closeBook(t, again)
	set, err := again.Reminders.Setting(context.Background())
	if err != nil || set.Minutes != 60 || set.Hour != 9 || !set.System || set.Off {
		t.Errorf("kept %+v, %v", set, err)
	}
	d = desk(t, again)
	must(t, d.Tap("Who I am") && kittest.Shows(d.Root(), "An hour before"), "not shown again", d)
}
