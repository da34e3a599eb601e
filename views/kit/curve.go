package kit

import (
	"math"
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"
)

// CurveOptions describes a Curve.
type CurveOptions struct {
	Labels []string  // of the bars
	Values []float64 // shares in percent
	Ghost  []float64 // shares to compare with, as lines across the bars; nil for none
	Text   func(share float64) string
	// OnDone gets the shares, adding up to 100, once a bar was let go. Without it
	// the curve only shows.
	OnDone func(values []float64)
}

// Curve is a row of bars that share 100 percent and are drawn by dragging across
// them, or by the keyboard: left and right choose a bar, up and down change it.
type Curve struct {
	widget.BaseWidget
	opts    CurveOptions
	at      int
	focused bool
	drawing bool
	top     float64 // share at the upper edge while drawing
}

var (
	_ fyne.Draggable = (*Curve)(nil)
	_ fyne.Tappable  = (*Curve)(nil)
	_ fyne.Focusable = (*Curve)(nil)
)

// NewCurve returns a curve.
func NewCurve(opts CurveOptions) *Curve {
	c := &Curve{opts: opts}
	c.opts.Values = slices.Clone(opts.Values)
	c.ExtendBaseWidget(c)
	return c
}

// Set shows other shares.
func (c *Curve) Set(opts CurveOptions) {
	if c.drawing {
		return
	}
	c.opts = opts
	c.opts.Values = slices.Clone(opts.Values)
	c.Refresh()
}

// Values are the shares as they stand.
func (c *Curve) Values() []float64 { return slices.Clone(c.opts.Values) }

const (
	curveFoot = float32(18) // labels below the bars
	curveHead = float32(16) // shares above them
)

// highest is the share that reaches the upper edge.
func (c *Curve) highest() float64 {
	if c.drawing {
		return c.top
	}
	top := 1.0
	for _, v := range slices.Concat(c.opts.Values, c.opts.Ghost) {
		top = max(top, v)
	}
	return top * 1.1
}

func (c *Curve) bar(i int, size fyne.Size) (x, w float32) {
	slot := size.Width / float32(max(1, len(c.opts.Values)))
	gap := min(10, slot/4)
	return slot*float32(i) + gap/2, slot - gap
}

func (c *Curve) draw(s *scene, size fyne.Size) {
	high := size.Height - curveFoot - curveHead
	base := size.Height - curveFoot
	s.hline(0, base, size.Width, ColorLine)
	top := c.highest()
	for i, v := range c.opts.Values {
		x, w := c.bar(i, size)
		h := float32(v/top) * high
		fill := ColorAccent
		if c.opts.OnDone == nil {
			fill = ColorMute
		}
		s.box(area{x, base - h, w, h}, BoxStyle{Fill: fill})
		if c.focused && i == c.at {
			s.box(area{x - 2, base - high, w + 4, high}, BoxStyle{Line: ColorAccent, Radius: RadiusBox})
		}
		above := base - h
		if i < len(c.opts.Ghost) {
			y := base - float32(c.opts.Ghost[i]/top)*high
			s.line(fyne.NewPos(x-2, y), fyne.NewPos(x+w+2, y), ColorFg2, 2)
			if y <= above && y > above-curveHead { // it would strike the number through
				above = y - 2
			}
		}
		caption := TextStyle{Size: SizeCaption, Color: ColorFg2, Align: fyne.TextAlignCenter}
		s.text(area{x - 4, above - curveHead, w + 8, curveHead}, c.opts.Text(v), caption)
		if i < len(c.opts.Labels) {
			s.text(area{x - 4, base + 2, w + 8, curveFoot - 2}, c.opts.Labels[i], caption)
		}
	}
}

// CreateRenderer implements fyne.Widget.
func (c *Curve) CreateRenderer() fyne.WidgetRenderer {
	return &sketch{of: c, min: fixed(240, 96), draw: c.draw}
}

// reach sets the bar under a place to the share of its height.
func (c *Curve) reach(p fyne.Position) {
	size := c.Size()
	if c.opts.OnDone == nil || len(c.opts.Values) == 0 || size.Width <= 0 {
		return
	}
	if !c.drawing {
		c.top = c.highest()
		c.drawing = true
	}
	c.at = max(0, min(len(c.opts.Values)-1, int(p.X/size.Width*float32(len(c.opts.Values)))))
	high := size.Height - curveFoot - curveHead
	share := float64((size.Height-curveFoot-p.Y)/high) * c.top
	c.opts.Values[c.at] = max(0, min(100, math.Round(share*10)/10))
	c.Refresh()
}

// done makes the shares add up to 100 again and tells them.
func (c *Curve) done() {
	c.drawing = false
	if c.opts.OnDone == nil {
		return
	}
	sum := 0.0
	for _, v := range c.opts.Values {
		sum += v
	}
	if sum > 0 {
		for i, v := range c.opts.Values {
			c.opts.Values[i] = math.Round(v/sum*10_000) / 100
		}
		c.opts.OnDone(c.Values())
	}
	c.Refresh()
}

// Tapped implements fyne.Tappable.
func (c *Curve) Tapped(e *fyne.PointEvent) {
	focus(c)
	c.reach(e.Position)
	c.done()
}

// Dragged implements fyne.Draggable.
func (c *Curve) Dragged(e *fyne.DragEvent) { c.reach(e.Position) }

// DragEnd implements fyne.Draggable.
func (c *Curve) DragEnd() { c.done() }

// TypedKey implements fyne.Focusable.
func (c *Curve) TypedKey(e *fyne.KeyEvent) {
	n := len(c.opts.Values)
	switch {
	case n == 0:
		return
	case e.Name == fyne.KeyLeft:
		c.at = max(0, c.at-1)
	case e.Name == fyne.KeyRight:
		c.at = min(n-1, c.at+1)
	case e.Name == fyne.KeyUp && c.opts.OnDone != nil:
		c.opts.Values[c.at] = min(100, c.opts.Values[c.at]+0.5)
		c.done()
	case e.Name == fyne.KeyDown && c.opts.OnDone != nil:
		c.opts.Values[c.at] = max(0, c.opts.Values[c.at]-0.5)
		c.done()
	default:
		escapes(c, e)
		return
	}
	c.Refresh()
}

// TypedRune implements fyne.Focusable.
func (c *Curve) TypedRune(rune) {}

// FocusGained implements fyne.Focusable.
func (c *Curve) FocusGained() { c.setFocused(true) }

// FocusLost implements fyne.Focusable.
func (c *Curve) FocusLost() { c.setFocused(false) }

func (c *Curve) setFocused(on bool) {
	c.focused = on
	c.Refresh()
}
