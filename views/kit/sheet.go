package kit

import (
	"image/color"
	"sort"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"
)

// sheet is a tall drawing inside a vertical scroll of which only the visible
// part is drawn. Its owner answers the mouse; positions are the sheet's own.
type sheet struct {
	widget.BaseWidget
	outer  fyne.Widget
	scroll *container.Scroll
	frame  fyne.CanvasObject // the scroll as it is put on the screen
	height func() float32
	draw   func(s *scene, view area) // view is the visible part
	hover  func(at fyne.Position, in bool)
}

var _ desktop.Hoverable = (*sheet)(nil)

// mount puts the sheet's outermost widget into a scroll that redraws it.
func (h *sheet) mount(outer fyne.Widget) {
	h.outer = outer
	h.ExtendBaseWidget(outer)
	h.scroll = container.NewVScroll(outer)
	h.frame = flat(h.scroll)
	h.scroll.OnScrolled = func(fyne.Position) { outer.Refresh() }
}

// CreateRenderer implements fyne.Widget.
func (h *sheet) CreateRenderer() fyne.WidgetRenderer {
	return &sketch{
		of:   h.outer,
		min:  func() fyne.Size { return fyne.NewSize(1, h.height()) },
		draw: func(s *scene, size fyne.Size) { h.draw(s, h.view(size.Width)) },
	}
}

func (h *sheet) view(width float32) area {
	return area{0, h.scroll.Offset.Y, width, h.scroll.Size().Height}
}

// reveal scrolls as little as it takes to show the rows between top and bottom.
func (h *sheet) reveal(top, bottom float32) {
	y, room := h.scroll.Offset.Y, h.scroll.Size().Height
	switch {
	case room <= 0:
		return
	case top < y:
		y = top
	case bottom > y+room:
		y = bottom - room
	}
	h.scrollTo(y)
}

func (h *sheet) scrollTo(y float32) {
	y = max(0, min(y, h.height()-h.scroll.Size().Height))
	if y != h.scroll.Offset.Y {
		h.scroll.ScrollToOffset(fyne.NewPos(0, y))
		h.outer.Refresh() // OnScrolled is for the wheel only
	}
}

// MouseIn implements desktop.Hoverable.
func (h *sheet) MouseIn(e *desktop.MouseEvent) { h.MouseMoved(e) }

// MouseMoved implements desktop.Hoverable.
func (h *sheet) MouseMoved(e *desktop.MouseEvent) {
	if h.hover != nil {
		h.hover(e.Position, true)
	}
}

// MouseOut implements desktop.Hoverable.
func (h *sheet) MouseOut() {
	if h.hover != nil {
		h.hover(fyne.Position{}, false)
	}
}

// window gives the half-open range of rows that touch the span between top and
// bottom; tops[i] is where row i begins, and the last of tops is the end.
func window(tops []float32, top, bottom float32) (from, to int) {
	n := len(tops) - 1
	if n <= 0 {
		return 0, 0
	}
	from = sort.Search(n, func(i int) bool { return tops[i+1] > top })
	to = sort.Search(n, func(i int) bool { return tops[i] >= bottom })
	return from, max(from, to)
}

// flat shows an object without the shadows that Fyne draws at the ends of a
// scroll.
func flat(o fyne.CanvasObject) fyne.CanvasObject {
	return container.NewThemeOverride(o, flatTheme{})
}

// flatTheme is the current theme without shadows.
type flatTheme struct{ Theme }

func (flatTheme) Color(name fyne.ThemeColorName, v fyne.ThemeVariant) color.Color {
	if name == theme.ColorNameShadow {
		return color.Transparent
	}
	return currentTheme().Color(name, v)
}
