package chart

import (
	"image"
	"math"
	"strings"
)

// Canvas records a drawing in logical pixels (96 per inch, y down). What was
// recorded is replayed on a renderer at any scale, so a picture is laid out
// once and every output holds the same.
type Canvas struct {
	w, h float64
	opt  Options
	pal  palette
	ops  []op
	hits []Hit
	time [2]float64 // edges of what goes along time
}

// op is one recorded mark: exactly one of the drawing functions below.
type op struct {
	kind   opKind
	x, y   float64
	w, h   float64
	color  Color
	width  float64
	dash   []float64
	points []XY
	a0, a1 float64 // arc from, to, in radians clockwise from three o'clock
	text   string
	runs   []run // of a text with letters that Noto Sans lacks
	size   float64
	weight Weight
	image  *image.RGBA
}

type opKind int

const (
	opRect opKind = iota
	opPolyline
	opPolygon
	opRing
	opDisc
	opText
	opImage
)

// XY is a place on a canvas.
type XY struct{ X, Y float64 }

// NewCanvas starts an empty drawing of opt's size and palette.
func NewCanvas(opt Options) *Canvas {
	return &Canvas{w: float64(opt.Width), h: float64(opt.Height), opt: opt, pal: paletteOf(opt)}
}

// Picture ends the drawing.
func (c *Canvas) Picture(title string) *Picture {
	return &Picture{Width: c.opt.Width, Height: c.opt.Height, Hits: c.hits, From: c.time[0], To: c.time[1], title: title, scale: c.opt.scale(), ground: c.pal.bg, ops: c.ops}
}

// Rect fills a rectangle; a negative width or height reaches the other way.
func (c *Canvas) Rect(x, y, w, h float64, ink Ink) {
	if w < 0 {
		x, w = x+w, -w
	}
	if h < 0 {
		y, h = y+h, -h
	}
	if w == 0 || h == 0 || !finite(x, y, w, h) {
		return
	}
	c.ops = append(c.ops, op{kind: opRect, x: x, y: y, w: w, h: h, color: c.pal.color(ink)})
}

// RoundRect fills a rectangle with corners of radius r.
func (c *Canvas) RoundRect(x, y, w, h, r float64, ink Ink) {
	var outline []XY
	for _, corner := range []struct{ x, y, from float64 }{
		{x + w - r, y + r, -math.Pi / 2}, {x + w - r, y + h - r, 0}, {x + r, y + h - r, math.Pi / 2}, {x + r, y + r, math.Pi},
	} {
		for i := range 5 {
			a := corner.from + float64(i)*math.Pi/8
			outline = append(outline, XY{corner.x + r*math.Cos(a), corner.y + r*math.Sin(a)})
		}
	}
	c.Polygon(outline, ink)
}

// HLine draws a horizontal line of the given thickness, centred on y.
func (c *Canvas) HLine(x0, x1, y, thick float64, ink Ink) { c.Rect(x0, y-thick/2, x1-x0, thick, ink) }

// VLine draws a vertical line of the given thickness, centred on x.
func (c *Canvas) VLine(x, y0, y1, thick float64, ink Ink) { c.Rect(x-thick/2, y0, thick, y1-y0, ink) }

// Stroke says how a polyline is drawn.
type Stroke struct {
	Ink   Ink
	Width float64
	Dash  []float64 // on, off; none for a solid line
}

// Polyline strokes a path through the points; fewer than two draw nothing.
func (c *Canvas) Polyline(points []XY, s Stroke) {
	if len(points) < 2 || !finitePoints(points) {
		return
	}
	c.ops = append(c.ops, op{kind: opPolyline, points: points, color: c.pal.color(s.Ink), width: s.Width, dash: s.Dash})
}

// Polygon fills a shape.
func (c *Canvas) Polygon(points []XY, ink Ink) {
	if len(points) < 3 || !finitePoints(points) {
		return
	}
	c.ops = append(c.ops, op{kind: opPolygon, points: points, color: c.pal.color(ink)})
}

// Disc fills a circle of radius r.
func (c *Canvas) Disc(x, y, r float64, ink Ink) {
	if !finite(x, y, r) {
		return
	}
	c.ops = append(c.ops, op{kind: opDisc, x: x, y: y, w: r, color: c.pal.color(ink)})
}

// Ring is a part of a band around a centre, from one angle to another in
// radians, clockwise from three o'clock.
type Ring struct {
	Center       XY
	Inner, Outer float64
	From, To     float64
}

// Ring fills a part of a band; an empty one draws nothing.
func (c *Canvas) Ring(r Ring, ink Ink) {
	if r.To-r.From <= 1e-9 || !finite(r.Center.X, r.Center.Y, r.Inner, r.Outer, r.From, r.To) {
		return
	}
	c.ops = append(c.ops, op{kind: opRing, x: r.Center.X, y: r.Center.Y, w: r.Inner, h: r.Outer, a0: r.From, a1: r.To, color: c.pal.color(ink)})
}

// Align says which point of a text its x names.
type Align int

// The alignments.
const (
	Left Align = iota
	Center
	Right
)

// Style is how a text looks: size in px, weight, ink and alignment.
type Style struct {
	Size   float64
	Weight Weight
	Ink    Ink
	Align  Align
}

// Body is running text, 13 px.
func Body() Style { return Style{Size: 13} }

// Strong is body text in bold, for the figure that answers the question.
func Strong() Style { return Style{Size: 13, Weight: Bold} }

// Small is a caption, 11 px in the caption ink.
func Small() Style { return Style{Size: 11, Ink: Caption} }

// SmallBold is a caption in bold and the ink of text.
func SmallBold() Style { return Style{Size: 11, Weight: Bold} }

// Title is the title of a page and the figure on a card, 20 px bold.
func Title() Style { return Style{Size: 20, Weight: Bold} }

// To returns the style with another alignment.
func (s Style) To(a Align) Style { s.Align = a; return s }

// In returns the style in another ink.
func (s Style) In(i Ink) Style { s.Ink = i; return s }

// Text writes s on one line with its baseline at y and returns its width.
func (c *Canvas) Text(s string, x, y float64, st Style) float64 {
	s = clean(s)
	if s == "" || !finite(x, y) {
		return 0
	}
	w := TextWidth(s, st.Size, st.Weight)
	switch st.Align {
	case Center:
		x -= w / 2
	case Right:
		x -= w
	default: // Left: it starts at x
	}
	o := op{kind: opText, x: x, y: y, w: w, text: s, size: st.Size, weight: st.Weight, color: c.pal.color(st.Ink)}
	if strings.ContainsFunc(s, lacks) {
		o.runs = runsOf(s)
	}
	c.ops = append(c.ops, o)
	return w
}

// TextIn writes s cut to width.
func (c *Canvas) TextIn(s string, at XY, width float64, st Style) float64 {
	return c.Text(Fit(s, width, st.Size, st.Weight), at.X, at.Y, st)
}

// Image puts a picture of pixels into a rectangle.
func (c *Canvas) Image(img *image.RGBA, x, y, w, h float64) {
	if img == nil || w <= 0 || h <= 0 || !finite(x, y, w, h) {
		return
	}
	c.ops = append(c.ops, op{kind: opImage, x: x, y: y, w: w, h: h, image: img})
}

// Triangle draws the sign of a change, 8 wide, standing on the baseline y.
func (c *Canvas) Triangle(x, y float64, up bool, ink Ink) {
	const w, h = 8, 6
	if up {
		c.Polygon([]XY{{x, y - 1}, {x + w, y - 1}, {x + w/2, y - 1 - h}}, ink)
		return
	}
	c.Polygon([]XY{{x, y - 1 - h}, {x + w, y - 1 - h}, {x + w/2, y - 1}}, ink)
}

// Hit marks a region that says hint under the pointer and opens key on a
// click. Regions with neither are left out; later ones lie above earlier ones.
func (c *Canvas) Hit(h Hit) {
	if h.Key == "" && h.Hint == "" || !finite(h.X, h.Y, h.W, h.H) {
		return
	}
	c.hits = append(c.hits, h)
}

// Place draws another picture with its top left corner at (x, y).
func (c *Canvas) Place(p *Picture, x, y float64) {
	for _, o := range p.ops {
		o.x, o.y = o.x+x, o.y+y
		if o.points != nil {
			moved := make([]XY, len(o.points))
			for i, pt := range o.points {
				moved[i] = XY{pt.X + x, pt.Y + y}
			}
			o.points = moved
		}
		c.ops = append(c.ops, o)
	}
	for _, h := range p.Hits {
		h.X, h.Y = h.X+x, h.Y+y
		c.hits = append(c.hits, h)
	}
}

func finite(vs ...float64) bool {
	for _, v := range vs {
		if math.IsNaN(v) || math.Abs(v) > 1e6 {
			return false
		}
	}
	return true
}

func finitePoints(points []XY) bool {
	for _, p := range points {
		if !finite(p.X, p.Y) {
			return false
		}
	}
	return true
}
