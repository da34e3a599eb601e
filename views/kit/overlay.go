package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"
)

// overlay is a box above everything else in a window: a pop-up under its
// button, a dialog, the palette. Escape and a click beside it close it.
type overlay struct {
	widget.BaseWidget
	canvas fyne.Canvas
	body   fyne.CanvasObject
	opts   overlayOptions
	box    area
	closed bool
}

type overlayOptions struct {
	size    func(window fyne.Size) fyne.Size // of the body; its own least size if nil
	under   fyne.CanvasObject                // stands under this; nil: centred
	top     float32                          // distance from the top where not under something; 0: centred
	pad     float32
	dim     bool                     // a dialog: greys the rest and stays on a click beside
	side    bool                     // a sheet over the whole height at the right edge
	escape  func()                   // instead of closing
	key     func(fyne.KeyEvent) bool // keys while nothing inside has the focus
	onClose func()
}

var _ fyne.Focusable = (*overlay)(nil)

func showOverlay(c fyne.Canvas, body fyne.CanvasObject, opts overlayOptions) *overlay {
	o := &overlay{canvas: c, body: body, opts: opts}
	o.ExtendBaseWidget(o)
	o.Resize(c.Size())
	c.Overlays().Add(o)
	c.Focus(o)
	return o
}

// Close takes the overlay away; a second call does nothing.
func (o *overlay) Close() {
	if o.closed {
		return
	}
	o.closed = true
	o.canvas.Overlays().Remove(o)
	if o.opts.onClose != nil {
		o.opts.onClose()
	}
}

// escape is what the Escape key does here.
func (o *overlay) escape() {
	if o.opts.escape != nil {
		o.opts.escape()
		return
	}
	o.Close()
}

// escapes hands Escape on to the box above the window from what has the
// keyboard within it. It reports whether there was one to close.
func escapes(from fyne.CanvasObject, e *fyne.KeyEvent) bool {
	if e.Name != fyne.KeyEscape {
		return false
	}
	c := fyne.CurrentApp().Driver().CanvasForObject(from)
	if c == nil {
		return false
	}
	top, ok := c.Overlays().Top().(*overlay)
	if ok {
		top.escape()
	}
	return ok
}

// Tapped implements fyne.Tappable: a click beside the box.
func (o *overlay) Tapped(e *fyne.PointEvent) {
	if !o.opts.dim && !o.box.has(e.Position) {
		o.escape()
	}
}

// TypedKey implements fyne.Focusable.
func (o *overlay) TypedKey(e *fyne.KeyEvent) {
	if e.Name == fyne.KeyEscape {
		o.escape()
		return
	}
	if o.opts.key != nil {
		o.opts.key(*e)
	}
}

// TypedRune implements fyne.Focusable.
func (o *overlay) TypedRune(rune) {}

// FocusGained implements fyne.Focusable.
func (o *overlay) FocusGained() {}

// FocusLost implements fyne.Focusable.
func (o *overlay) FocusLost() {}

// CreateRenderer implements fyne.Widget.
func (o *overlay) CreateRenderer() fyne.WidgetRenderer {
	return &sketch{of: o, min: fixed(1, 1), draw: o.draw}
}

func (o *overlay) draw(s *scene, window fyne.Size) {
	if o.opts.dim {
		s.box(area{0, 0, window.Width, window.Height}, BoxStyle{Fill: colorDim})
	}
	o.box = o.place(window)
	style := BoxStyle{Fill: ColorBg, Line: ColorLine2, Radius: RadiusPanel}
	if o.opts.side {
		style.Radius = 0
	}
	s.box(o.box, style)
	s.put(o.body, o.box.inset(o.opts.pad))
}

const colorDim Token = "shadow" // Fyne's own shadow: a see-through black

// place decides where the box stands, within the window.
func (o *overlay) place(window fyne.Size) area {
	size := o.body.MinSize()
	if o.opts.size != nil {
		size = o.opts.size(window).Max(size)
	}
	size = size.AddWidthHeight(2*o.opts.pad, 2*o.opts.pad)
	w, h := min(size.Width, window.Width), min(size.Height, window.Height)
	if o.opts.side {
		return area{window.Width - w, 0, w, window.Height}
	}
	if o.opts.under == nil {
		top := o.opts.top
		if top == 0 {
			top = max(0, (window.Height-h)*2/5)
		}
		return area{(window.Width - w) / 2, min(top, window.Height-h), w, h}
	}
	at := fyne.CurrentApp().Driver().AbsolutePositionForObject(o.opts.under)
	below := at.Y + o.opts.under.Size().Height + 4
	if below+h > window.Height && at.Y-4-h >= 0 {
		below = at.Y - 4 - h
	}
	return area{max(0, min(at.X, window.Width-w)), max(0, min(below, window.Height-h)), w, h}
}
