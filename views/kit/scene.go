package kit

import (
	"image/color"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
)

// scene draws a widget anew on each refresh from canvas objects that it keeps
// and uses again, in the order of the calls. A widget whose marks depend on
// its data (a board, a list, a calendar) is then one plain function.
//
//	s.begin()
//	s.box(area{0, 0, 100, 28}, BoxStyle{Fill: ColorHover})
//	s.text(area{8, 0, 84, 28}, "Open", TextStyle{})
//	objects := s.end()
type scene struct {
	objects []fyne.CanvasObject
	rects   pool[*canvas.Rectangle]
	texts   pool[*canvas.Text]
	lines   pool[*canvas.Line]
	dots    pool[*canvas.Circle]
	icons   map[iconKey]*pool[*canvas.Image]
	dark    bool
}

// area is a rectangle in the widget's coordinates.
type area struct{ x, y, w, h float32 }

func (a area) inset(by float32) area { return area{a.x + by, a.y + by, a.w - 2*by, a.h - 2*by} }

func (a area) has(p fyne.Position) bool {
	return p.X >= a.x && p.X < a.x+a.w && p.Y >= a.y && p.Y < a.y+a.h
}

// pool hands out the objects of one kind in turn.
type pool[T any] struct {
	all  []T
	used int
}

func (p *pool[T]) next(fresh func() T) T {
	if p.used == len(p.all) {
		p.all = append(p.all, fresh())
	}
	p.used++
	return p.all[p.used-1]
}

func (s *scene) begin() {
	s.objects = nil // the slice handed out before is still being drawn
	s.rects.used, s.texts.used, s.lines.used, s.dots.used = 0, 0, 0, 0
	if s.icons == nil || s.dark != IsDark() {
		s.icons = map[iconKey]*pool[*canvas.Image]{}
		s.dark = IsDark()
	}
	for _, p := range s.icons {
		p.used = 0
	}
}

func (s *scene) end() []fyne.CanvasObject { return s.objects }

// put adds an object of the widget's own, such as an entry, at this place in
// the order.
func (s *scene) put(o fyne.CanvasObject, at area) {
	o.Move(fyne.NewPos(at.x, at.y))
	o.Resize(fyne.NewSize(at.w, at.h))
	s.objects = append(s.objects, o)
}

func (s *scene) box(at area, style BoxStyle) {
	r := s.rects.next(func() *canvas.Rectangle { return &canvas.Rectangle{} })
	style.apply(r)
	s.put(r, at)
}

// text draws one line, centred in the height of its area and cut to its width,
// and returns the width drawn.
func (s *scene) text(at area, text string, style TextStyle) float32 {
	if text == "" || at.w <= 0 {
		return 0
	}
	t := s.texts.next(func() *canvas.Text { return canvas.NewText("", nil) })
	t.Text = Ellipsis(text, at.w, style.size(), style.Bold)
	t.TextSize, t.TextStyle.Bold, t.Alignment = style.size(), style.Bold, style.Align
	t.Color = Color(style.token())
	width := Measure(t.Text, style.size(), style.Bold)
	line := LineHeight(style.size())
	s.put(t, area{at.x, at.y + (at.h-line)/2, at.w, line})
	return width
}

// icon draws an icon in a square of the size.
func (s *scene) icon(x, y float32, name string, token Token, size float32) {
	if name == "" {
		return
	}
	key := iconKey{name, token}
	p := s.icons[key]
	if p == nil {
		p = &pool[*canvas.Image]{}
		s.icons[key] = p
	}
	s.put(p.next(func() *canvas.Image { return iconImage(name, token, size) }), area{x, y, size, size})
}

func (s *scene) line(from, to fyne.Position, token Token, width float32) {
	l := s.lines.next(func() *canvas.Line { return canvas.NewLine(nil) })
	l.StrokeColor, l.StrokeWidth = Color(token), width
	l.Position1, l.Position2 = from, to
	s.objects = append(s.objects, l)
}

// hline is a horizontal line of one pixel.
func (s *scene) hline(x, y, w float32, token Token) {
	s.box(area{x, y, w, sizeHairline}, BoxStyle{Fill: token})
}

func (s *scene) dot(centre fyne.Position, radius float32, fill, ring Token) {
	c := s.dots.next(func() *canvas.Circle { return canvas.NewCircle(color.Transparent) })
	c.FillColor, c.StrokeColor, c.StrokeWidth = colorOrNone(fill), colorOrNone(ring), 0
	if ring != "" {
		c.StrokeWidth = 1.5
	}
	s.put(c, area{centre.X - radius, centre.Y - radius, 2 * radius, 2 * radius})
}

// sketch is the renderer of a widget that is drawn by a scene.
type sketch struct {
	scene scene
	of    fyne.Widget
	min   func() fyne.Size
	draw  func(s *scene, size fyne.Size)
}

func (k *sketch) redraw(size fyne.Size) {
	k.scene.begin()
	k.draw(&k.scene, size)
	k.scene.end()
}

func (k *sketch) Layout(size fyne.Size) { k.redraw(size) }
func (k *sketch) MinSize() fyne.Size    { return k.min() }
func (k *sketch) Destroy()              {}

func (k *sketch) Refresh() {
	k.redraw(k.of.Size())
	canvas.Refresh(k.of)
}

func (k *sketch) Objects() []fyne.CanvasObject { return k.scene.objects }

// fixed is the least size of a widget that does not depend on its data.
func fixed(width, height float32) func() fyne.Size {
	return func() fyne.Size { return fyne.NewSize(width, height) }
}

// wrap breaks a caption into lines of a width; no text gives none.
func wrap(text string, width float32) []string { return wrapText(text, width, SizeCaption) }

// wrapText breaks a text into lines of a width, keeping its own line breaks.
func wrapText(text string, width, size float32) []string {
	if text == "" {
		return nil
	}
	var lines []string
	for part := range strings.SplitSeq(text, "\n") {
		line := ""
		for word := range strings.FieldsSeq(part) {
			longer := strings.TrimSpace(line + " " + word)
			if line != "" && Measure(longer, size, false) > width {
				lines, longer = append(lines, line), word
			}
			line = longer
		}
		lines = append(lines, line)
	}
	return lines
}
