package kittest

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
)

// Hand moves the mouse and the keys over a window as the desktop driver does.
type Hand struct {
	Window fyne.Window
	over   desktop.Hoverable
}

// Click presses and releases the left button, holding the given modifiers.
func (h *Hand) Click(pos fyne.Position, held ...fyne.KeyModifier) {
	o, in := h.press(pos, desktop.MouseButtonPrimary, held)
	if tap, ok := o.(fyne.Tappable); ok {
		tap.Tapped(&fyne.PointEvent{AbsolutePosition: pos, Position: in})
	}
}

// DoubleClick clicks twice at once.
func (h *Hand) DoubleClick(pos fyne.Position) {
	h.press(pos, desktop.MouseButtonPrimary, nil)
	o, in := h.press(pos, desktop.MouseButtonPrimary, nil)
	if tap, ok := o.(fyne.DoubleTappable); ok {
		tap.DoubleTapped(&fyne.PointEvent{AbsolutePosition: pos, Position: in})
	}
}

// RightClick presses and releases the right button.
func (h *Hand) RightClick(pos fyne.Position) {
	o, in := h.press(pos, desktop.MouseButtonSecondary, nil)
	if tap, ok := o.(fyne.SecondaryTappable); ok {
		tap.TappedSecondary(&fyne.PointEvent{AbsolutePosition: pos, Position: in})
	}
}

// Drag presses at one position, moves to another in steps, and releases.
func (h *Hand) Drag(from, to fyne.Position) {
	o, in := hit(h.Window.Canvas(), from, takesPress)
	down := mouseEvent(from, in, desktop.MouseButtonPrimary, nil)
	mouse, _ := o.(desktop.Mouseable)
	if mouse != nil {
		mouse.MouseDown(down)
	}
	drag, _ := hitDraggable(h.Window.Canvas(), from)
	const steps = 4
	step := fyne.NewDelta((to.X-from.X)/steps, (to.Y-from.Y)/steps)
	offset := from.Subtract(in)
	for i := range steps {
		at := from.AddXY(step.DX*float32(i+1), step.DY*float32(i+1))
		if drag != nil {
			drag.Dragged(&fyne.DragEvent{
				PointEvent: fyne.PointEvent{AbsolutePosition: at, Position: at.Subtract(offset)},
				Dragged:    step,
			})
		}
	}
	if mouse != nil {
		mouse.MouseUp(mouseEvent(to, to.Subtract(offset), desktop.MouseButtonPrimary, nil))
	}
	if drag != nil {
		drag.DragEnd()
	}
}

// Move moves the mouse, entering and leaving what is hovered.
func (h *Hand) Move(pos fyne.Position) {
	o, in := hit(h.Window.Canvas(), pos, func(o fyne.CanvasObject) bool { _, ok := o.(desktop.Hoverable); return ok })
	over, _ := o.(desktop.Hoverable)
	e := mouseEvent(pos, in, 0, nil)
	switch {
	case over == h.over && over != nil:
		over.MouseMoved(e)
	case over != h.over:
		if h.over != nil {
			h.over.MouseOut()
		}
		if over != nil {
			over.MouseIn(e)
		}
		h.over = over
	}
}

// Scroll turns the wheel: negative dy goes down the page.
func (h *Hand) Scroll(pos fyne.Position, dx, dy float32) {
	o, in := hit(h.Window.Canvas(), pos, func(o fyne.CanvasObject) bool { _, ok := o.(fyne.Scrollable); return ok })
	if s, ok := o.(fyne.Scrollable); ok {
		s.Scrolled(&fyne.ScrollEvent{
			PointEvent: fyne.PointEvent{AbsolutePosition: pos, Position: in},
			Scrolled:   fyne.NewDelta(dx, dy),
		})
	}
}

// Key presses a key in what has the keyboard, holding the given modifiers.
func (h *Hand) Key(name fyne.KeyName, held ...fyne.KeyModifier) {
	focused := h.Window.Canvas().Focused()
	if focused == nil {
		return
	}
	keys, listens := focused.(desktop.Keyable)
	shift := held != nil && held[0]&fyne.KeyModifierShift != 0
	if listens && shift {
		keys.KeyDown(&fyne.KeyEvent{Name: desktop.KeyShiftLeft})
	}
	focused.TypedKey(&fyne.KeyEvent{Name: name})
	if listens && shift {
		keys.KeyUp(&fyne.KeyEvent{Name: desktop.KeyShiftLeft})
	}
}

// Type types text into what has the keyboard.
func (h *Hand) Type(text string) {
	for _, r := range text {
		if focused := h.Window.Canvas().Focused(); focused != nil {
			focused.TypedRune(r)
		}
	}
}

// Shortcut sends a shortcut, such as &fyne.ShortcutCopy{}, to what has the keyboard.
func (h *Hand) Shortcut(s fyne.Shortcut) {
	if takes, ok := h.Window.Canvas().Focused().(fyne.Shortcutable); ok {
		takes.TypedShortcut(s)
	}
}

func (h *Hand) press(pos fyne.Position, button desktop.MouseButton, held []fyne.KeyModifier) (fyne.CanvasObject, fyne.Position) {
	o, in := hit(h.Window.Canvas(), pos, takesPress)
	if mouse, ok := o.(desktop.Mouseable); ok {
		e := mouseEvent(pos, in, button, held)
		mouse.MouseDown(e)
		mouse.MouseUp(e)
	}
	return o, in
}

func hitDraggable(c fyne.Canvas, pos fyne.Position) (fyne.Draggable, fyne.Position) {
	o, in := hit(c, pos, func(o fyne.CanvasObject) bool { _, ok := o.(fyne.Draggable); return ok })
	drag, _ := o.(fyne.Draggable)
	return drag, in
}

func takesPress(o fyne.CanvasObject) bool {
	switch o.(type) {
	case fyne.Tappable, fyne.SecondaryTappable, fyne.DoubleTappable, fyne.Focusable, desktop.Mouseable:
		return true
	default:
		return false
	}
}

func mouseEvent(pos, in fyne.Position, button desktop.MouseButton, held []fyne.KeyModifier) *desktop.MouseEvent {
	e := &desktop.MouseEvent{Button: button}
	e.AbsolutePosition, e.Position = pos, in
	for _, m := range held {
		e.Modifier |= m
	}
	return e
}
