package kit_test

import (
	"errors"
	"slices"
	"testing"

	"fyne.io/fyne/v2"

	"fieldbook/data"
	"fieldbook/views/kit"
	"fieldbook/views/kit/kittest"
)

func fruits() []kit.Option {
	return []kit.Option{{Key: "n", Text: "Northeast", Group: "Regions"}, {Key: "w", Text: "West", Group: "Regions"}, {Key: "d", Text: "Darcel", Group: "People"}}
}

func TestPickerByKeyboard(t *testing.T) {
	kittest.App(t, false)
	var picked []string
	p := kit.NewPicker(kit.PickerOptions{Text: "Anyone", Options: fruits(), OnPick: func(keys []string) { picked = keys }})
	h := desk(t, kit.HBox(0, p), 600, 500)
	h.Window.Canvas().Focus(p)
	h.Key(fyne.KeyDown) // opens on the first
	h.Key(fyne.KeyDown)
	h.Key(fyne.KeyReturn)
	if !slices.Equal(picked, []string{"w"}) || p.Label() != "West" {
		t.Errorf("picked %v, label %q", picked, p.Label())
	}
	if h.Window.Canvas().Overlays().Top() != nil || h.Window.Canvas().Focused() != fyne.Focusable(p) {
		t.Error("the list stays open or the keyboard is lost")
	}
	h.Key(fyne.KeyDown)
	h.Key(fyne.KeyEscape)
	if p.Label() != "West" || h.Window.Canvas().Overlays().Top() != nil {
		t.Error("Escape does not leave things as they were")
	}
}

func TestPickerOfSeveral(t *testing.T) {
	kittest.App(t, false)
	p := kit.NewPicker(kit.PickerOptions{Options: fruits(), Multi: true}, "n")
	h := desk(t, kit.HBox(0, p), 600, 500)
	p.Open()
	for _, text := range []string{"Darcel", "Northeast"} {
		at, ok := kittest.At(h.Window.Canvas().Overlays().Top(), text)
		if !ok {
			t.Fatalf("no %s on the list", text)
		}
		h.Click(at)
	}
	if got := p.Keys(); !slices.Equal(got, []string{"d"}) {
		t.Errorf("chosen %v", got)
	}
	h.Click(fyne.NewPos(590, 490))
	if h.Window.Canvas().Overlays().Top() != nil {
		t.Error("a click beside it leaves the list open")
	}
}

func TestPickerDropsLateAnswers(t *testing.T) {
	kittest.App(t, false)
	queue := &kittest.Queue{}
	p := kit.NewPicker(kit.PickerOptions{Runner: queue, Search: func(q string) []kit.Option { return []kit.Option{{Key: q, Text: "found " + q}} }})
	h := desk(t, kit.HBox(0, p), 600, 500)
	p.Open()
	queue.Run(0)
	if root := h.Window.Canvas().Overlays().Top(); !kittest.Shows(root, "found ") {
		t.Errorf("nothing is offered before anything is typed: %v", kittest.Texts(root))
	}
	h.Type("ab")
	queue.Run(1)
	queue.Run(0)
	if root := h.Window.Canvas().Overlays().Top(); !kittest.Shows(root, "found ab") {
		t.Errorf("shows %v", kittest.Texts(root))
	}
}

func TestPeriodPickerTakesTypedRanges(t *testing.T) {
	kittest.App(t, false)
	cal := data.Calendar{Start: 2}
	var got data.Period
	p := kit.NewPeriodPicker(cal, kit.PeriodOptions(cal, 2017, 2018), func(period data.Period) { got = period })
	h := desk(t, kit.HBox(0, p), 600, 500)
	for typed, want := range map[string]string{"2017-01-15..2017-02-14": "2017-01-15..2017-02-14", "q2 2018": "2018-Q2", "nov": "2017-11", "all": ""} {
		p.Open()
		h.Type(typed)
		h.Key(fyne.KeyReturn)
		if got.Name != want {
			t.Errorf("%q: got %q, want %q", typed, got.Name, want)
		}
	}
}

func TestPaletteFindsCommandsAtOnceAndRecordsLater(t *testing.T) {
	kittest.App(t, false)
	queue := &kittest.Queue{}
	var picked kit.PaletteItem
	h := desk(t, kit.Body("behind"), 900, 600)
	p := kit.ShowPalette(h.Window, kit.PaletteOptions{
		Items: []kit.PaletteItem{{Key: "new", Group: "Commands", Text: "New deal", Short: "Ctrl+N"}, {Key: "rep", Group: "Commands", Text: "Print report"}},
		Search: func(q string) []kit.PaletteItem {
			return []kit.PaletteItem{{Key: "e", Group: "People", Text: "Néstor " + q}}
		},
		Runner: queue,
		OnPick: func(it kit.PaletteItem) { picked = it },
	})
	h.Type("ne")
	if got := p.Shown(); len(got) != 1 || got[0].Key != "new" {
		t.Fatalf("before the search: %v", got)
	}
	queue.Pass()
	queue.RunAll()
	if got := p.Shown(); len(got) != 2 || got[1].Group != "People" {
		t.Fatalf("after the search: %v", got)
	}
	h.Key(fyne.KeyDown)
	h.Key(fyne.KeyReturn)
	if picked.Group != "People" || h.Window.Canvas().Overlays().Top() != nil {
		t.Errorf("picked %v", picked)
	}
}

func TestPaletteClosesOnEscapeAndSaysNothingFound(t *testing.T) {
	kittest.App(t, false)
	h := desk(t, kit.Body("behind"), 900, 600)
	kit.ShowPalette(h.Window, kit.PaletteOptions{})
	h.Type("zz")
	if top := h.Window.Canvas().Overlays().Top(); !kittest.Shows(top, "Nothing found") {
		t.Errorf("shows %v", kittest.Texts(top))
	}
	h.Key(fyne.KeyEscape)
	if h.Window.Canvas().Overlays().Top() != nil {
		t.Error("still open")
	}
}

func TestConfirmKeys(t *testing.T) {
	for _, c := range []struct {
		danger  bool
		key     fyne.KeyName
		yes, no int
	}{{false, fyne.KeyReturn, 1, 0}, {false, fyne.KeyEscape, 0, 1}, {true, fyne.KeyReturn, 0, 1}, {true, fyne.KeyEscape, 0, 1}} {
		kittest.App(t, false)
		h := desk(t, kit.Body("behind"), 600, 400)
		yes, no := 0, 0
		kit.Confirm(h.Window, kit.ConfirmOptions{Title: "Move 3 deals?", Text: "They go to Proposal.", Yes: "Move", Danger: c.danger, OnYes: func() { yes++ }, OnNo: func() { no++ }})
		h.Key(c.key)
		if yes != c.yes || no != c.no || h.Window.Canvas().Overlays().Top() != nil {
			t.Errorf("danger %v, %s: yes %d, no %d", c.danger, c.key, yes, no)
		}
	}
}

func TestFailureSaysWhyAndTriesAgain(t *testing.T) {
	kittest.App(t, false)
	h := desk(t, kit.Body("behind"), 600, 400)
	tries := 0
	kit.Failure(h.Window, "The file was not shared", data.Wrap(data.Busy, errors.New("disk"), "The disk is full."), func() { tries++ })
	top := h.Window.Canvas().Overlays().Top()
	if !kittest.Shows(top, "The disk is full.") {
		t.Errorf("shows %v", kittest.Texts(top))
	}
	kittest.Button(top, "Try again").Tapped(nil)
	if tries != 1 || h.Window.Canvas().Overlays().Top() != nil {
		t.Errorf("tried %d times", tries)
	}
}
