package kit

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/widget"
)

// BoxStyle says how a Box is drawn. An empty token draws nothing.
type BoxStyle struct {
	Fill, Line Token
	Radius     float32
	Width      float32 // of the line; 1 if zero
}

// Box is a rectangle that follows the theme.
type Box struct {
	widget.BaseWidget
	style BoxStyle
}

// NewBox returns a rectangle; put it under its content in a stack.
func NewBox(style BoxStyle) *Box {
	b := &Box{style: style}
	b.ExtendBaseWidget(b)
	return b
}

// SetStyle draws the box in another style.
func (b *Box) SetStyle(style BoxStyle) {
	if b.style == style {
		return
	}
	b.style = style
	b.Refresh()
}

// CreateRenderer implements fyne.Widget.
func (b *Box) CreateRenderer() fyne.WidgetRenderer {
	r := &boxRenderer{box: b, rect: &canvas.Rectangle{}}
	b.style.apply(r.rect)
	return r
}

func (s BoxStyle) apply(rect *canvas.Rectangle) {
	rect.FillColor = colorOrNone(s.Fill)
	rect.StrokeColor = colorOrNone(s.Line)
	rect.StrokeWidth = 0
	if s.Line != "" {
		rect.StrokeWidth = max(s.Width, sizeHairline)
		if s.Fill == "" {
			rect.FillColor = faint(rect.StrokeColor)
		}
	}
	rect.CornerRadius = s.Radius
}

// faint is a colour that nobody sees. A window blends the soft edge of a line
// with what fills it, so that within a line nothing, which is transparent
// black, would make the edge dark.
func faint(c color.Color) color.Color {
	n := color.NRGBAModel.Convert(c).(color.NRGBA)
	n.A = 1
	return n
}

func colorOrNone(token Token) color.Color {
	if token == "" {
		return color.Transparent
	}
	return Color(token)
}

type boxRenderer struct {
	box  *Box
	rect *canvas.Rectangle
}

func (r *boxRenderer) Layout(size fyne.Size)        { r.rect.Resize(size) }
func (r *boxRenderer) MinSize() fyne.Size           { return fyne.Size{} }
func (r *boxRenderer) Objects() []fyne.CanvasObject { return []fyne.CanvasObject{r.rect} }
func (r *boxRenderer) Destroy()                     {}

func (r *boxRenderer) Refresh() {
	r.box.style.apply(r.rect)
	r.rect.Refresh()
}
