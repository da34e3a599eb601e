package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"
)

// entry is Fyne's entry whose keys its owner sees first. Tab always moves on,
// also from a long text.
type entry struct {
	widget.Entry
	onKey   func(e *fyne.KeyEvent) bool // true: the key is used up
	onEnter func()                      // Ctrl+Enter, which also works in a long text
	onFocus func(on bool)
}

func newEntry(placeholder string) *entry {
	e := &entry{}
	e.Wrapping = fyne.TextWrapOff
	e.SetPlaceHolder(placeholder)
	e.ExtendBaseWidget(e)
	return e
}

func newLongEntry(placeholder string) *entry {
	e := &entry{}
	e.MultiLine = true
	e.Wrapping = fyne.TextWrapWord
	e.SetPlaceHolder(placeholder)
	e.SetMinRowsVisible(3)
	e.ExtendBaseWidget(e)
	return e
}

// CreateRenderer implements fyne.Widget.
func (e *entry) CreateRenderer() fyne.WidgetRenderer { return filledFrame(e.Entry.CreateRenderer()) }

// AcceptsTab implements fyne.Tabbable.
func (e *entry) AcceptsTab() bool { return false }

// TypedKey implements fyne.Focusable.
func (e *entry) TypedKey(k *fyne.KeyEvent) {
	if e.onKey != nil && e.onKey(k) || escapes(e, k) {
		return
	}
	e.Entry.TypedKey(k)
}

// TypedShortcut implements fyne.Shortcutable.
func (e *entry) TypedShortcut(s fyne.Shortcut) {
	c, ok := s.(*desktop.CustomShortcut)
	enter := ok && (c.KeyName == fyne.KeyReturn || c.KeyName == fyne.KeyEnter)
	if enter && e.onEnter != nil && c.Modifier&fyne.KeyModifierShortcutDefault != 0 {
		e.onEnter()
		return
	}
	e.Entry.TypedShortcut(s)
}

// FocusGained implements fyne.Focusable.
func (e *entry) FocusGained() {
	e.Entry.FocusGained()
	if e.onFocus != nil {
		e.onFocus(true)
	}
}

// FocusLost implements fyne.Focusable.
func (e *entry) FocusLost() {
	e.Entry.FocusLost()
	if e.onFocus != nil {
		e.onFocus(false)
	}
}

// frameRenderer is Fyne's entry with a frame that is filled with the colour of
// a field. A window blends the soft edge of a line with what fills it, and
// Fyne's frame is filled with transparent black: its edge is too dark.
type frameRenderer struct {
	fyne.WidgetRenderer
	frame *canvas.Rectangle
}

func filledFrame(of fyne.WidgetRenderer) fyne.WidgetRenderer {
	r := &frameRenderer{WidgetRenderer: of, frame: &canvas.Rectangle{}}
	for _, o := range of.Objects() {
		if rect, ok := o.(*canvas.Rectangle); ok && rect.StrokeWidth > 0 {
			r.frame = rect
		}
	}
	r.frame.FillColor = Color(ColorInput)
	return r
}

func (r *frameRenderer) Refresh() {
	r.frame.FillColor = Color(ColorInput)
	r.WidgetRenderer.Refresh()
}
