package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/widget"
)

// Segment is one choice of a Segmented.
type Segment struct{ Text, Icon string }

// segmentPlace is where a button stands among its neighbours.
type segmentPlace int

const (
	segmentNone segmentPlace = iota
	segmentFirst
	segmentInner
	segmentLast
)

// round rounds only the outer corners of the row.
func (p segmentPlace) round(rect *canvas.Rectangle) {
	switch p {
	case segmentFirst:
		rect.TopLeftCornerRadius, rect.BottomLeftCornerRadius = RadiusBox, RadiusBox
	case segmentLast:
		rect.TopRightCornerRadius, rect.BottomRightCornerRadius = RadiusBox, RadiusBox
	case segmentNone, segmentInner:
	}
}

// Segmented is a row of joined buttons of which one is current.
type Segmented struct {
	widget.BaseWidget
	buttons  []*Button
	current  int
	onChange func(index int)
}

// NewSegmented returns the choices with the first current. onChange hears
// what a person picks, never what SetCurrent sets.
func NewSegmented(segments []Segment, onChange func(index int)) *Segmented {
	s := &Segmented{onChange: onChange}
	s.ExtendBaseWidget(s)
	for i, seg := range segments {
		b := NewButton(ButtonOptions{Text: seg.Text, Icon: seg.Icon, OnTap: func() { s.pick(i) }})
		switch i {
		case 0:
			b.segment = segmentFirst
		case len(segments) - 1:
			b.segment = segmentLast
		default:
			b.segment = segmentInner
		}
		s.buttons = append(s.buttons, b)
	}
	s.SetCurrent(0)
	return s
}

// Current returns the index of the current choice.
func (s *Segmented) Current() int { return s.current }

// SetCurrent makes a choice current.
func (s *Segmented) SetCurrent(index int) {
	s.current = index
	for i, b := range s.buttons {
		if b.current != (i == index) {
			b.current = i == index
			b.Refresh()
		}
	}
}

func (s *Segmented) pick(index int) {
	if index == s.current {
		return
	}
	s.SetCurrent(index)
	if s.onChange != nil {
		s.onChange(index)
	}
}

// CreateRenderer implements fyne.Widget.
func (s *Segmented) CreateRenderer() fyne.WidgetRenderer {
	objects := make([]fyne.CanvasObject, len(s.buttons))
	for i, b := range s.buttons {
		objects[i] = b
	}
	// Neighbours overlap by their border, which so stays one pixel wide.
	return widget.NewSimpleRenderer(HBox(-sizeHairline, objects...))
}
