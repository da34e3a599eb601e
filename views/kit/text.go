package kit

import (
	"sync"
	"unicode/utf8"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/widget"
)

// TextStyle says how a Text is drawn. The zero value is body text.
type TextStyle struct {
	Size  float32        // SizeBody if zero
	Bold  bool           //
	Color Token          // ColorFg if empty
	Align fyne.TextAlign // figures are trailing
	Cut   bool           // may be narrower than its text, ending in "…"
}

func (s TextStyle) size() float32 {
	if s.Size == 0 {
		return SizeBody
	}
	return s.Size
}

func (s TextStyle) token() Token {
	if s.Color == "" {
		return ColorFg
	}
	return s.Color
}

// Text is one line of text: a canvas.Text that follows the theme, cuts itself
// to its width and redraws only what changed. It costs a hundredth of a Label.
type Text struct {
	widget.BaseWidget
	text  string
	style TextStyle
}

// NewText returns a line of text.
func NewText(text string, style TextStyle) *Text {
	t := &Text{text: text, style: style}
	t.ExtendBaseWidget(t)
	return t
}

// Title returns the name of a screen or the one figure of a card: 20, bold.
func Title(text string) *Text { return NewText(text, TextStyle{Size: SizeTitle, Bold: true}) }

// Strong returns body text in bold, as a panel's title is set.
func Strong(text string) *Text { return NewText(text, TextStyle{Bold: true}) }

// Body returns text of the usual size.
func Body(text string) *Text { return NewText(text, TextStyle{}) }

// Caption returns small text in the second colour.
func Caption(text string) *Text {
	return NewText(text, TextStyle{Size: SizeCaption, Color: ColorFg2})
}

// Text returns the whole text, also where less of it is shown.
func (t *Text) Text() string { return t.text }

// SetText shows another text.
func (t *Text) SetText(text string) {
	if t.text == text {
		return
	}
	t.text = text
	t.Refresh()
}

// SetStyle draws the text in another style.
func (t *Text) SetStyle(style TextStyle) {
	if t.style == style {
		return
	}
	t.style = style
	t.Refresh()
}

// SetColor draws the text in another token's colour.
func (t *Text) SetColor(token Token) {
	style := t.style
	style.Color = token
	t.SetStyle(style)
}

// CreateRenderer implements fyne.Widget.
func (t *Text) CreateRenderer() fyne.WidgetRenderer {
	r := &textRenderer{text: t, line: canvas.NewText("", nil)}
	r.update()
	return r
}

type textRenderer struct {
	text *Text
	line *canvas.Text
}

func (r *textRenderer) update() {
	s := r.text.style
	r.line.TextSize = s.size()
	r.line.TextStyle.Bold = s.Bold
	r.line.Alignment = s.Align
	r.line.Color = Color(s.token())
	r.line.Text = r.text.text
	if s.Cut && r.text.Size().Width > 0 {
		r.line.Text = Ellipsis(r.text.text, r.text.Size().Width, s.size(), s.Bold)
	}
}

func (r *textRenderer) Layout(size fyne.Size) {
	r.update()
	height := LineHeight(r.text.style.size())
	r.line.Resize(fyne.NewSize(size.Width, height))
	r.line.Move(snapped(0, (size.Height-height)/2))
	r.line.Refresh()
}

func (r *textRenderer) MinSize() fyne.Size {
	s := r.text.style
	width := Measure(r.text.text, s.size(), s.Bold)
	if s.Cut {
		width = min(width, 2*s.size())
	}
	return fyne.NewSize(width, LineHeight(s.size()))
}

func (r *textRenderer) Refresh()                     { r.Layout(r.text.Size()) }
func (r *textRenderer) Objects() []fyne.CanvasObject { return []fyne.CanvasObject{r.line} }
func (r *textRenderer) Destroy()                     {}

// LineHeight returns the height of one line of a text size: 26, 18 and 14
// for title, body and caption.
func LineHeight(size float32) float32 {
	switch {
	case size >= SizeTitle:
		return 26
	case size >= SizeBody:
		return 18
	default:
		return 14
	}
}

// Measure returns the width of a text in the current theme's font.
// It remembers what it measured.
func Measure(text string, size float32, bold bool) float32 {
	return measured.width(text, size, bold)
}

// Ellipsis cuts text to a width, ending in "…" where something was left out.
// A width too small for the ellipsis gives "".
func Ellipsis(text string, width, size float32, bold bool) string {
	const slack = 0.5 // layouts round; a text must not be cut for that
	if text == "" || Measure(text, size, bold) <= width+slack {
		return text
	}
	room := width - Measure("…", size, bold)
	if room < 0 {
		return ""
	}
	low, high := 0, utf8.RuneCountInString(text)-1
	for low < high { // the longest prefix that fits
		mid := (low + high + 1) / 2
		w := fyne.MeasureText(text[:runeOffset(text, mid)], size, fyne.TextStyle{Bold: bold}).Width
		if w <= room+slack {
			low = mid
		} else {
			high = mid - 1
		}
	}
	end := runeOffset(text, low)
	for end > 0 && text[end-1] == ' ' {
		end--
	}
	return text[:end] + "…"
}

// runeOffset returns the byte offset of the n-th rune.
func runeOffset(s string, n int) int {
	for i := range s {
		if n == 0 {
			return i
		}
		n--
	}
	return len(s)
}

var measured = measureCache{known: map[measureKey]float32{}}

type measureKey struct {
	text string
	size float32
	bold bool
	ours bool // a test may run under Fyne's own theme, with another font
}

// measureCache is emptied when full: what is on the screen comes back at once.
type measureCache struct {
	mu    sync.Mutex
	known map[measureKey]float32
}

const measureLimit = 8192

func (c *measureCache) width(text string, size float32, bold bool) float32 {
	_, ours := fyne.CurrentApp().Settings().Theme().(Theme)
	key := measureKey{text, size, bold, ours}
	c.mu.Lock()
	defer c.mu.Unlock()
	if w, ok := c.known[key]; ok {
		return w
	}
	if len(c.known) >= measureLimit {
		clear(c.known)
	}
	w := fyne.MeasureText(text, size, fyne.TextStyle{Bold: bold}).Width
	c.known[key] = w
	return w
}
