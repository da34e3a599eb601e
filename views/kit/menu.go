package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"
)

// MenuItems are actions as lines of a menu.
func MenuItems(actions []Action) []*fyne.MenuItem {
	var out []*fyne.MenuItem
	for _, a := range actions {
		out = append(out, fyne.NewMenuItem(a.Text, a.Do))
	}
	return out
}

// ShowMenu shows lines as a menu at a position of the window; none shows nothing.
func (h *Host) ShowMenu(at fyne.Position, items ...*fyne.MenuItem) {
	if len(items) > 0 {
		widget.ShowPopUpMenuAtPosition(fyne.NewMenu("", items...), h.Window.Canvas(), at)
	}
}

// ShowUnder shows lines as a menu below what was clicked.
func (h *Host) ShowUnder(clicked fyne.CanvasObject, items ...*fyne.MenuItem) {
	at := fyne.CurrentApp().Driver().AbsolutePositionForObject(clicked)
	h.ShowMenu(at.AddXY(0, clicked.Size().Height+4), items...)
}

// ShowActions shows actions as a menu at a position of the window.
func (h *Host) ShowActions(at fyne.Position, actions []Action) { h.ShowMenu(at, MenuItems(actions)...) }
