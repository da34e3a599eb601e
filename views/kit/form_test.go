package kit_test

import (
	"errors"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"

	"fieldbook/data"
	"fieldbook/views/kit"
	"fieldbook/views/kit/kittest"
)

// desk is a window with a hand over it.
func desk(t *testing.T, content fyne.CanvasObject, width, height float32) *kittest.Hand {
	t.Helper()
	return &kittest.Hand{Window: kittest.Window(t, content, width, height)}
}

func ctrlEnter() fyne.Shortcut {
	return &desktop.CustomShortcut{KeyName: fyne.KeyReturn, Modifier: fyne.KeyModifierShortcutDefault}
}

// next moves the keyboard to the next field, as Tab does.
func next(h *kittest.Hand) { h.Window.Canvas().FocusNext() }

func TestFormTypedThroughAndSaved(t *testing.T) {
	kittest.App(t, false)
	var saved kit.Values
	f := sampleForm(kit.FormOptions{OnSave: func(v kit.Values) error { saved = v; return nil }})
	h := desk(t, kit.Body("behind"), 800, 600)
	kit.ShowForm(h.Window, "New deal", f)

	h.Type("Rangreen GTX Pro")
	next(h)
	h.Type("ran") // opens the list of accounts
	h.Key(fyne.KeyReturn)
	next(h)
	h.Shortcut(&fyne.ShortcutSelectAll{})
	h.Type("4.8k")
	next(h)
	next(h) // past the currency
	h.Type("+2w")
	h.Key(fyne.KeyReturn)

	want := kit.Values{
		"name": "Rangreen GTX Pro", "account": "a1", "amount": "4800.00 USD", "close": "2017-12-01",
		"odds": "45", "units": "", "stage": "p", "split": "false", "notes": "",
	}
	for key, value := range want {
		if saved[key] != value {
			t.Errorf("%s: got %q, want %q", key, saved[key], value)
		}
	}
	if h.Window.Canvas().Overlays().Top() != nil {
		t.Error("the dialog is still open after saving")
	}
	if d, err := saved.Day("close"); err != nil || d != data.NewDay(2017, time.December, 1) {
		t.Errorf("day %s, %v", d, err)
	}
	if m, err := saved.Money("amount"); err != nil || m != (data.Money{Minor: 480000, Currency: "USD"}) {
		t.Errorf("money %v, %v", m, err)
	}
}

func TestFormPutsMistakesBesideFields(t *testing.T) {
	kittest.App(t, false)
	calls := 0
	f := kit.NewForm(kit.FormOptions{
		Fields: []kit.Field{
			{Key: "name", Label: "Name", Required: true},
			{Key: "units", Label: "Units", Kind: kit.FieldWhole, Value: "1.5"},
			{Key: "close", Label: "Close", Kind: kit.FieldDay},
		},
		Today: nov17,
		OnSave: func(kit.Values) error {
			calls++
			return errors.Join(data.FieldErrorf("units", "There are only 3 left"), &data.Error{Kind: data.Busy, Msg: "The book is locked"})
		},
	})
	h := desk(t, f, 600, 400)
	h.Window.Canvas().Focus(nil)
	f.Save()
	root := h.Window.Content()
	for _, sentence := range []string{"Fill this in", "Write a whole number, without decimals"} {
		if !kittest.Shows(root, sentence) {
			t.Errorf("no %q in %v", sentence, kittest.Texts(root))
		}
	}
	if calls != 0 {
		t.Error("saved with mistakes")
	}
	h.Type("Deal") // the first mistake has the keyboard
	if kittest.Shows(root, "Fill this in") {
		t.Error("the mistake stays after it was mended")
	}
	next(h)
	h.Shortcut(&fyne.ShortcutSelectAll{})
	h.Type("4")
	h.Key(fyne.KeyReturn)
	if calls != 1 || !kittest.Shows(root, "There are only 3 left") || !kittest.Shows(root, "The book is locked") {
		t.Errorf("saved %d times, shows %v", calls, kittest.Texts(root))
	}
}

func TestFormEscapeAsksOnlyWhenSomethingIsLost(t *testing.T) {
	kittest.App(t, false)
	cancelled := 0
	h := desk(t, kit.Body("behind"), 800, 600)
	overlays := h.Window.Canvas().Overlays()
	open := func() {
		kit.ShowForm(h.Window, "New deal", sampleForm(kit.FormOptions{OnCancel: func() { cancelled++ }}))
	}
	open()
	h.Key(fyne.KeyEscape)
	if cancelled != 1 || overlays.Top() != nil {
		t.Fatalf("an untouched form asks: cancelled %d", cancelled)
	}
	open()
	h.Type("x")
	h.Key(fyne.KeyEscape)
	if !kittest.Shows(overlays.Top(), "Discard what you typed?") {
		t.Fatalf("no question; shows %v", kittest.Texts(overlays.Top()))
	}
	h.Key(fyne.KeyEscape) // keep editing
	if cancelled != 1 || len(overlays.List()) != 1 {
		t.Fatalf("Escape on the question lost the form: cancelled %d", cancelled)
	}
	h.Window.Canvas().FocusNext()
	h.Key(fyne.KeyEscape)
	kittest.Button(overlays.Top(), "Discard").Tapped(nil)
	if cancelled != 2 || overlays.Top() != nil {
		t.Errorf("cancelled %d, overlays %d", cancelled, len(overlays.List()))
	}
}

func TestFormCtrlEnterInLongText(t *testing.T) {
	kittest.App(t, false)
	var saved kit.Values
	f := kit.NewForm(kit.FormOptions{
		Fields: []kit.Field{{Key: "notes", Label: "Notes", Kind: kit.FieldLong}},
		OnSave: func(v kit.Values) error { saved = v; return nil },
	})
	h := desk(t, f, 400, 300)
	f.FocusFirst()
	h.Type("one")
	h.Key(fyne.KeyReturn)
	h.Type("two")
	if saved != nil {
		t.Fatal("Enter in a long text saves")
	}
	h.Shortcut(ctrlEnter())
	if saved["notes"] != "one\ntwo" {
		t.Errorf("got %q", saved["notes"])
	}
}

func TestDatePickedFromCalendar(t *testing.T) {
	kittest.App(t, false)
	var got data.Day
	e := kit.NewDateEntry(kit.DateOptions{Today: nov17, OnChange: func(d data.Day, _ error) { got = d }})
	h := desk(t, kit.HBox(0, e), 500, 500)
	e.OpenCalendar()
	for _, key := range []fyne.KeyName{fyne.KeyPageDown, fyne.KeyRight, fyne.KeyDown, fyne.KeyReturn} {
		h.Key(key)
	}
	if want := data.NewDay(2017, time.December, 25); got != want {
		t.Errorf("got %s, want %s", got, want)
	}
	if h.Window.Canvas().Overlays().Top() != nil {
		t.Error("the calendar is still open")
	}
	h.Shortcut(&fyne.ShortcutSelectAll{})
	h.Type("next fri")
	if got.String() != "2017-11-24" {
		t.Errorf("typed: got %s", got)
	}
	h.Key(fyne.KeyDown)
	at, _ := kittest.At(h.Window.Canvas().Overlays().Top(), "8")
	h.Click(at)
	if got.String() != "2017-11-08" {
		t.Errorf("clicked: got %s", got)
	}
}

// unpainted is an application whose driver has painted nothing yet: it knows
// of no object which canvas it is on, as in the moment when a dialog opens.
type unpainted struct{ fyne.App }

func (a unpainted) Driver() fyne.Driver { return unpaintedDriver{a.App.Driver()} }

type unpaintedDriver struct{ fyne.Driver }

func (unpaintedDriver) CanvasForObject(fyne.CanvasObject) fyne.Canvas { return nil }

func TestFormTakesTheKeyboardBeforeItIsPainted(t *testing.T) {
	app := kittest.App(t, false)
	var saved kit.Values
	f := kit.NewForm(kit.FormOptions{
		Fields: []kit.Field{{Key: "name", Label: "Name", Kind: kit.FieldText}, {Key: "note", Label: "Note", Kind: kit.FieldText}},
		OnSave: func(v kit.Values) error { saved = v; return nil },
	})
	h := desk(t, kit.Body("behind"), 800, 600)
	fyne.SetCurrentApp(unpainted{app})
	t.Cleanup(func() { fyne.SetCurrentApp(app) })
	kit.ShowForm(h.Window, "New", f)
	h.Type("Acme")
	h.Key(fyne.KeyReturn)
	if saved["name"] != "Acme" {
		t.Errorf("typed at once after opening: saved %v", saved)
	}
}

func TestSecretIsHiddenAndKeptAsTyped(t *testing.T) {
	kittest.App(t, false)
	var saved kit.Values
	asked := false
	h := desk(t, kit.Body("behind"), 800, 600)
	kit.ShowForm(h.Window, "Lock", kit.NewForm(kit.FormOptions{
		Fields: []kit.Field{{Key: "passphrase", Label: "Passphrase", Kind: kit.FieldSecret, Required: true}},
		OnSave: func(v kit.Values) error { saved = v; return nil },
		Then: func(kit.Values) {
			kit.Confirm(h.Window, kit.ConfirmOptions{Title: "And now?", Yes: "Go on", OnYes: func() { asked = true }})
		},
	}))
	h.Type(" two words ")
	top := h.Window.Canvas().Overlays().Top()
	if kittest.Shows(top, "two words") {
		t.Errorf("it can be read: %q", kittest.Texts(top))
	}
	h.Key(fyne.KeyReturn)
	if saved["passphrase"] != " two words " {
		t.Errorf("kept %q", saved["passphrase"])
	}
	h.Key(fyne.KeyReturn)
	if !asked {
		t.Error("the question that follows closed with the form")
	}
}
