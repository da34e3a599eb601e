package pipeline

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"

	"fieldbook/views/kit"
)

// chip is a word with a count or a value that is switched on and off, or taken
// away by its cross.
type chip struct {
	widget.BaseWidget
	opts    chipOptions
	back    *kit.Box
	content fyne.CanvasObject
	hover   bool
	focused bool
}

type chipOptions struct {
	name  string // in the second colour where there is a value
	value string
	on    bool
	cross bool // a tap takes it away
	tap   func()
}

var (
	_ fyne.Focusable     = (*chip)(nil)
	_ fyne.Tappable      = (*chip)(nil)
	_ desktop.Hoverable  = (*chip)(nil)
	_ desktop.Cursorable = (*chip)(nil)
)

func newChip(opts chipOptions) *chip {
	c := &chip{opts: opts, back: kit.NewBox(kit.BoxStyle{})}
	name := kit.TextStyle{}
	value := kit.TextStyle{Color: kit.ColorFg2}
	if opts.cross {
		name, value = kit.TextStyle{Color: kit.ColorFg2}, kit.TextStyle{}
	}
	var parts []fyne.CanvasObject
	if opts.name != "" {
		parts = append(parts, kit.NewText(opts.name, name))
	}
	if opts.value != "" {
		parts = append(parts, kit.NewText(opts.value, value))
	}
	if opts.cross {
		parts = append(parts, kit.MinBox(fyne.NewSize(kit.IconControl, kit.IconControl), kit.NewIcon("x", kit.ColorFg2)))
	}
	line := kit.HBox(6, parts...)
	c.content = kit.MinBox(fyne.NewSize(0, kit.HeightChip), c.back, kit.Pad(kit.Insets{Left: 9, Right: 9}, line))
	c.dress()
	c.ExtendBaseWidget(c)
	return c
}

func (c *chip) dress() {
	style := kit.BoxStyle{Fill: kit.ColorBg, Line: kit.ColorLine2, Radius: kit.RadiusBox}
	switch {
	case c.opts.cross:
		style.Fill, style.Line = kit.ColorSel, kit.ColorSel
	case c.opts.on:
		style.Fill, style.Line = kit.ColorSel, kit.ColorAccent
	case c.hover:
		style.Fill = kit.ColorHover
	}
	if c.focused || c.opts.cross && c.hover {
		style.Line = kit.ColorAccent
	}
	c.back.SetStyle(style)
}

// CreateRenderer implements fyne.Widget.
func (c *chip) CreateRenderer() fyne.WidgetRenderer {
	return widget.NewSimpleRenderer(container.NewStack(c.content))
}

// Tapped implements fyne.Tappable.
func (c *chip) Tapped(*fyne.PointEvent) { c.opts.tap() }

// TypedKey implements fyne.Focusable: Enter and Space tap.
func (c *chip) TypedKey(e *fyne.KeyEvent) {
	if e.Name == fyne.KeyReturn || e.Name == fyne.KeyEnter || e.Name == fyne.KeySpace {
		c.opts.tap()
	}
}

// TypedRune implements fyne.Focusable.
func (c *chip) TypedRune(rune) {}

// FocusGained implements fyne.Focusable.
func (c *chip) FocusGained() { c.focused = true; c.dress() }

// FocusLost implements fyne.Focusable.
func (c *chip) FocusLost() { c.focused = false; c.dress() }

// MouseIn implements desktop.Hoverable.
func (c *chip) MouseIn(*desktop.MouseEvent) { c.hover = true; c.dress() }

// MouseMoved implements desktop.Hoverable.
func (c *chip) MouseMoved(*desktop.MouseEvent) {}

// MouseOut implements desktop.Hoverable.
func (c *chip) MouseOut() { c.hover = false; c.dress() }

// Cursor implements desktop.Cursorable.
func (c *chip) Cursor() desktop.Cursor { return desktop.PointerCursor }
