package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"
)

// CardData is what a card shows: "Won, quarter to date", "$330K", "109 deals",
// and the change against the last period in words.
type CardData struct {
	Name    string
	Figure  string
	Caption string  // beside the figure: the denominator
	Change  string  // "7.5% on Q3, day 48"
	Trend   float64 // its sign draws the up or down mark
	Tone    Tone    // whether the change is good
	Spark   []float64
}

// Card is one figure; a click opens the records behind it.
type Card struct {
	widget.BaseWidget
	data           CardData
	open           func()
	hover, focused bool
}

var (
	_ fyne.Focusable    = (*Card)(nil)
	_ desktop.Hoverable = (*Card)(nil)
)

// NewCard returns a card. A nil open makes it still.
func NewCard(data CardData, open func()) *Card {
	c := &Card{data: data, open: open}
	c.ExtendBaseWidget(c)
	return c
}

// Set shows other figures.
func (c *Card) Set(data CardData) {
	c.data = data
	c.Refresh()
}

const (
	cardHeight = 84
	sparkWide  = 60
	sparkHigh  = 18
)

// CreateRenderer implements fyne.Widget.
func (c *Card) CreateRenderer() fyne.WidgetRenderer {
	return &sketch{of: c, min: fixed(140, cardHeight), draw: c.draw}
}

func (c *Card) draw(s *scene, size fyne.Size) {
	style := BoxStyle{Fill: ColorBg, Line: ColorLine, Radius: RadiusPanel}
	switch {
	case c.focused:
		style.Line, style.Width = ColorAccent, 2
	case c.hover && c.open != nil:
		style.Fill, style.Line = ColorHead, ColorLine2
	}
	s.box(area{0, 0, size.Width, size.Height}, style)
	d, inner := c.data, size.Width-2*PadPanel
	caption := TextStyle{Size: SizeCaption, Color: ColorFg2}
	name := inner
	if beside := inner - sparkWide - 8; len(d.Spark) > 1 && Measure(d.Name, SizeCaption, false) <= beside { // a whole name says more than a small curve
		name = beside
		s.spark(area{size.Width - PadPanel - sparkWide - 3, 12, sparkWide, sparkHigh}, d.Spark)
	}
	s.text(area{PadPanel, 10, name, 16}, d.Name, caption)
	w := s.text(area{PadPanel, 26, inner, 26}, d.Figure, TextStyle{Size: SizeTitle, Bold: true})
	s.text(area{PadPanel + w + 8, 29, inner - w - 8, 26}, d.Caption, caption)
	s.change(area{PadPanel, 57, inner, 16}, d)
}

// change draws the mark and the words of a change in its tone.
func (s *scene) change(at area, d CardData) {
	x := at.x
	ink := d.Tone.Ink()
	if d.Tone == TonePlain {
		ink = ColorFg2
	}
	if mark := Direction(d.Trend); mark != "" && d.Change != "" {
		s.icon(x-2, at.y+(at.h-12)/2, mark, ink, 12)
		x += 12
	}
	s.text(area{x, at.y, at.x + at.w - x, at.h}, d.Change, TextStyle{Size: SizeCaption, Color: ink})
}

// spark draws values as a line with a dot on the last.
func (s *scene) spark(at area, values []float64) {
	low, high := values[0], values[0]
	for _, v := range values {
		low, high = min(low, v), max(high, v)
	}
	place := func(i int) fyne.Position {
		y := 0.5
		if high > low {
			y = (high - values[i]) / (high - low)
		}
		return fyne.NewPos(at.x+at.w*float32(i)/float32(len(values)-1), at.y+at.h*float32(y))
	}
	for i := 1; i < len(values); i++ {
		s.line(place(i-1), place(i), ColorAccent, 1.5)
	}
	s.dot(place(len(values)-1), 2.5, ColorAccent, "")
}

// Tapped implements fyne.Tappable.
func (c *Card) Tapped(*fyne.PointEvent) {
	if c.open != nil {
		c.open()
	}
}

// TypedKey implements fyne.Focusable: Enter and Space open.
func (c *Card) TypedKey(e *fyne.KeyEvent) {
	if isPress(e) {
		c.Tapped(nil)
		return
	}
	escapes(c, e)
}

// isPress reports whether a key presses what has the focus.
func isPress(e *fyne.KeyEvent) bool {
	return e.Name == fyne.KeyReturn || e.Name == fyne.KeyEnter || e.Name == fyne.KeySpace
}

// TypedRune implements fyne.Focusable.
func (c *Card) TypedRune(rune) {}

// FocusGained implements fyne.Focusable.
func (c *Card) FocusGained() { c.mark(&c.focused, true) }

// FocusLost implements fyne.Focusable.
func (c *Card) FocusLost() { c.mark(&c.focused, false) }

// MouseIn implements desktop.Hoverable.
func (c *Card) MouseIn(*desktop.MouseEvent) { c.mark(&c.hover, true) }

// MouseMoved implements desktop.Hoverable.
func (c *Card) MouseMoved(*desktop.MouseEvent) {}

// MouseOut implements desktop.Hoverable.
func (c *Card) MouseOut() { c.mark(&c.hover, false) }

func (c *Card) mark(state *bool, on bool) {
	if *state != on {
		*state = on
		c.Refresh()
	}
}

// Cursor implements desktop.Cursorable.
func (c *Card) Cursor() desktop.Cursor {
	if c.open != nil {
		return desktop.PointerCursor
	}
	return desktop.DefaultCursor
}
