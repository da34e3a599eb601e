package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"
)

// Prose is text over several lines: it wraps in its width and ends in "…" where
// it needs more lines than it has. The whole text stays to be read from Text.
type Prose struct {
	widget.BaseWidget
	text  string
	lines int
	style TextStyle
}

// proseLine is the height of a line.
const proseLine = 18

// NewProse returns text that takes a number of lines.
func NewProse(text string, lines int, style TextStyle) *Prose {
	p := &Prose{text: text, lines: lines, style: style}
	p.ExtendBaseWidget(p)
	return p
}

// Text returns the whole text.
func (p *Prose) Text() string { return p.text }

// CreateRenderer implements fyne.Widget.
func (p *Prose) CreateRenderer() fyne.WidgetRenderer {
	return &sketch{of: p, min: func() fyne.Size { return fyne.NewSize(40, proseLine*float32(p.lines)) }, draw: func(s *scene, size fyne.Size) {
		lines := wrapText(p.text, size.Width, p.style.size())
		style := p.style
		style.Cut = true
		if len(lines) > p.lines {
			lines = lines[:p.lines]
			lines[p.lines-1] += " …"
		}
		for i, line := range lines {
			s.text(area{0, float32(i) * proseLine, size.Width, proseLine}, line, style)
		}
	}}
}
