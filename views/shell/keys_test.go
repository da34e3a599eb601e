package shell

import (
	"context"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/dialog"
	"fyne.io/fyne/v2/widget"

	"fieldbook/data"
	"fieldbook/views/kit"
)

// press runs what the main menu has under the shortcut of a name, as the
// desktop driver does.
func (sh *shell) press(name string) bool {
	for _, menu := range sh.window.MainMenu().Items {
		for _, item := range menu.Items {
			if item.Shortcut != nil && item.Shortcut.ShortcutName() == name {
				item.Action()
				return true
			}
		}
	}
	return false
}

// The desktop driver turns Ctrl+Z into a shortcut called Undo.
func TestCtrlZTakesBackTypingFirstThenTheNewestStep(t *testing.T) {
	sh := window(t, t.TempDir())
	if err := sh.createBook(kit.Values{"name": "x", "currency": "USD", "fiscal": "1"}, nil); err != nil {
		t.Fatal(err)
	}
	people := data.Query{Kind: data.KindPerson, Where: []data.Filter{{Field: "name", Test: data.Is, Values: []data.Value{"Greta Zeman"}}}}
	if _, err := book(t, sh).Records.Add(context.Background(), data.KindPerson, data.Values{"name": "Greta Zeman"}); err != nil {
		t.Fatal(err)
	}
	field := widget.NewEntry()
	form := dialog.NewCustom("New", "Close", field, sh.window)
	form.Show()
	sh.window.Canvas().Focus(field)
	field.TypedRune('a')
	here := sh.session.current
	sh.press(shortcut(fyne.Key2).ShortcutName())
	if sh.session.current != here {
		t.Errorf("Ctrl+2 went to %q under an open dialog", sh.session.current)
	}
	if !sh.press("Undo") || field.Text != "" {
		t.Errorf("Ctrl+Z in a field left %q", field.Text)
	}
	form.Hide()
	if n := count(t, book(t, sh), people); n != 1 {
		t.Fatalf("Ctrl+Z in a field took back a step of the book: %d people", n)
	}
	sh.window.Canvas().Unfocus()
	sh.press("Undo")
	if n := count(t, book(t, sh), people); n != 0 {
		t.Fatalf("%d people after Ctrl+Z", n)
	}
	sh.press(shortcut(fyne.KeyZ, fyne.KeyModifierShift).ShortcutName())
	if n := count(t, book(t, sh), people); n != 1 {
		t.Fatalf("%d people after Shift+Ctrl+Z", n)
	}
	sh.session.redo()
	mustShow(t, sh, "There is nothing to redo")
}
