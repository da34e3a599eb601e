package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"
)

// EmptyOptions describes an empty state: what the place is for and the first
// step.
type EmptyOptions struct {
	Icon     string
	Title    string
	Text     string
	Step     string // the word on the button; "" leaves it out
	StepIcon string
	OnTap    func()
}

// Empty stands where there is nothing to show yet.
type Empty struct {
	widget.BaseWidget
	opts   EmptyOptions
	button *Button
}

// NewEmpty returns an empty state, centred in the room it is given.
func NewEmpty(opts EmptyOptions) *Empty {
	e := &Empty{opts: opts}
	if opts.Step != "" {
		e.button = NewButton(ButtonOptions{Text: opts.Step, Icon: opts.StepIcon, Kind: ButtonPrimary, OnTap: opts.OnTap})
	}
	e.ExtendBaseWidget(e)
	return e
}

const (
	emptyWide = 360
	emptySide = 40 // of the square behind the icon
)

// CreateRenderer implements fyne.Widget.
func (e *Empty) CreateRenderer() fyne.WidgetRenderer {
	return &sketch{of: e, min: func() fyne.Size { return fyne.NewSize(240, e.high(240)) }, draw: e.draw}
}

func (e *Empty) high(width float32) float32 {
	h := emptySide + 12 + 20 + 18*float32(len(wrapText(e.opts.Text, width, SizeBody)))
	if e.button != nil {
		h += 14 + HeightControl
	}
	return h
}

func (e *Empty) draw(s *scene, size fyne.Size) {
	w := min(emptyWide, size.Width)
	x, y := (size.Width-w)/2, max(0, (size.Height-e.high(w))*2/5)
	square := area{(size.Width - emptySide) / 2, y, emptySide, emptySide}
	s.box(square, BoxStyle{Fill: ColorSel, Radius: RadiusPanel})
	s.icon(square.x+12, square.y+12, e.opts.Icon, ColorAccent, IconSize)
	y += emptySide + 12
	s.text(area{x, y, w, 18}, e.opts.Title, TextStyle{Bold: true, Align: fyne.TextAlignCenter})
	y += 20
	for _, line := range wrapText(e.opts.Text, w, SizeBody) {
		s.text(area{x, y, w, 18}, line, TextStyle{Color: ColorFg2, Align: fyne.TextAlignCenter})
		y += 18
	}
	if e.button != nil {
		bw := e.button.MinSize().Width
		s.put(e.button, area{(size.Width - bw) / 2, y + 14, bw, HeightControl})
	}
}
