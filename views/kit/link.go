package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"
)

// Link is a caption-sized word in the accent that leads on: "Open calendar",
// "Show all".
type Link struct {
	widget.BaseWidget
	text           string
	tap            func()
	size           float32
	hover, focused bool
}

var (
	_ fyne.Focusable     = (*Link)(nil)
	_ fyne.Tappable      = (*Link)(nil)
	_ desktop.Hoverable  = (*Link)(nil)
	_ desktop.Cursorable = (*Link)(nil)
)

const linkHeight = HeightChip

// NewLink returns a link; a nil tap does nothing.
func NewLink(text string, tap func()) *Link {
	return newLink(text, SizeCaption, tap)
}

func newLink(text string, size float32, tap func()) *Link {
	l := &Link{text: text, tap: tap, size: size}
	l.ExtendBaseWidget(l)
	return l
}

// Text is the word.
func (l *Link) Text() string { return l.text }

// CreateRenderer implements fyne.Widget.
func (l *Link) CreateRenderer() fyne.WidgetRenderer {
	min := func() fyne.Size { return fyne.NewSize(Measure(l.text, l.size, false), linkHeight) }
	return &sketch{of: l, min: min, draw: func(s *scene, size fyne.Size) {
		s.text(area{0, 0, size.Width, size.Height}, l.text, TextStyle{Size: l.size, Color: ColorAccent, Cut: true})
		if l.hover || l.focused {
			s.hline(0, size.Height/2+7, size.Width, ColorAccent)
		}
	}}
}

// Tapped implements fyne.Tappable.
func (l *Link) Tapped(*fyne.PointEvent) {
	if l.tap != nil {
		l.tap()
	}
}

// TypedKey implements fyne.Focusable: Enter and Space follow the link.
func (l *Link) TypedKey(e *fyne.KeyEvent) {
	if isPress(e) {
		l.Tapped(nil)
		return
	}
	escapes(l, e)
}

// TypedRune implements fyne.Focusable.
func (l *Link) TypedRune(rune) {}

// FocusGained implements fyne.Focusable.
func (l *Link) FocusGained() { l.mark(&l.focused, true) }

// FocusLost implements fyne.Focusable.
func (l *Link) FocusLost() { l.mark(&l.focused, false) }

// MouseIn implements desktop.Hoverable.
func (l *Link) MouseIn(*desktop.MouseEvent) { l.mark(&l.hover, true) }

// MouseMoved implements desktop.Hoverable.
func (l *Link) MouseMoved(*desktop.MouseEvent) {}

// MouseOut implements desktop.Hoverable.
func (l *Link) MouseOut() { l.mark(&l.hover, false) }

func (l *Link) mark(state *bool, on bool) {
	if *state != on {
		*state = on
		l.Refresh()
	}
}

// Cursor implements desktop.Cursorable.
func (l *Link) Cursor() desktop.Cursor { return desktop.PointerCursor }
