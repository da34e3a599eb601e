package kit

import (
	"math"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"
)

// Slider chooses a whole number from 0 to 100 by mouse or arrow keys.
type Slider struct {
	widget.BaseWidget
	value    int
	focused  bool
	onChange func(value int) // while it moves
	onDone   func(value int) // once it was let go
}

var (
	_ fyne.Draggable = (*Slider)(nil)
	_ fyne.Tappable  = (*Slider)(nil)
	_ fyne.Focusable = (*Slider)(nil)
)

// NewSlider returns a slider at a value. Both functions may be nil.
func NewSlider(value int, onChange, onDone func(value int)) *Slider {
	s := &Slider{value: value, onChange: onChange, onDone: onDone}
	s.ExtendBaseWidget(s)
	return s
}

// Value is where the slider stands.
func (s *Slider) Value() int { return s.value }

// Set moves the slider without telling anybody.
func (s *Slider) Set(value int) {
	if value = min(100, max(0, value)); value != s.value {
		s.value = value
		s.Refresh()
	}
}

func (s *Slider) move(value int) {
	was := s.value
	s.Set(value)
	if s.value != was && s.onChange != nil {
		s.onChange(s.value)
	}
}

func (s *Slider) done() {
	if s.onDone != nil {
		s.onDone(s.value)
	}
}

const sliderKnob = float32(8)

func (s *Slider) at(x float32) int {
	long := s.Size().Width - 2*sliderKnob
	if long <= 0 {
		return s.value
	}
	return int(math.Round(float64((x - sliderKnob) / long * 100)))
}

// Tapped implements fyne.Tappable.
func (s *Slider) Tapped(e *fyne.PointEvent) {
	focus(s)
	s.move(s.at(e.Position.X))
	s.done()
}

// Dragged implements fyne.Draggable.
func (s *Slider) Dragged(e *fyne.DragEvent) { s.move(s.at(e.Position.X)) }

// DragEnd implements fyne.Draggable.
func (s *Slider) DragEnd() { s.done() }

// TypedKey implements fyne.Focusable.
func (s *Slider) TypedKey(e *fyne.KeyEvent) {
	to := s.value
	switch e.Name {
	case fyne.KeyLeft, fyne.KeyDown:
		to -= 5
	case fyne.KeyRight, fyne.KeyUp:
		to += 5
	case fyne.KeyHome:
		to = 0
	case fyne.KeyEnd:
		to = 100
	default:
		escapes(s, e)
		return
	}
	s.move(to)
	s.done()
}

// TypedRune implements fyne.Focusable.
func (s *Slider) TypedRune(rune) {}

// FocusGained implements fyne.Focusable.
func (s *Slider) FocusGained() { s.setFocused(true) }

// FocusLost implements fyne.Focusable.
func (s *Slider) FocusLost() { s.setFocused(false) }

func (s *Slider) setFocused(on bool) {
	s.focused = on
	s.Refresh()
}

// CreateRenderer implements fyne.Widget.
func (s *Slider) CreateRenderer() fyne.WidgetRenderer {
	return &sketch{of: s, min: fixed(120, 22), draw: func(c *scene, size fyne.Size) {
		middle := size.Height / 2
		long := size.Width - 2*sliderKnob
		at := sliderKnob + long*float32(s.value)/100
		c.box(area{sliderKnob, middle - 2, long, 4}, BoxStyle{Fill: ColorTrack, Radius: 2})
		c.box(area{sliderKnob, middle - 2, at - sliderKnob, 4}, BoxStyle{Fill: ColorAccent, Radius: 2})
		if s.focused {
			c.dot(fyne.NewPos(at, middle), sliderKnob+3, ColorSel, "")
		}
		c.dot(fyne.NewPos(at, middle), sliderKnob, ColorBg, ColorAccent)
	}}
}
