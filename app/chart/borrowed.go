package chart

import (
	"image"
	"math"

	"github.com/go-text/typesetting/font/opentype"
	"golang.org/x/image/draw"
	"golang.org/x/image/vector"
)

// raster is the renderer of pixels with the image that it draws on: outlines
// of letters need finer places than its whole pixels, and it takes no pictures.
type raster struct {
	Renderer
	img *image.RGBA
}

// Image implements Imager.
func (r raster) Image(img *image.RGBA, at image.Rectangle) {
	draw.ApproxBiLinear.Scale(r.img, at, img, img.Bounds(), draw.Src, nil)
}

// renderText writes a text: in one where Noto Sans has all letters. SVG has it
// whole in any case, since its viewer has fonts of its own.
func (o op) renderText(r Renderer, k float64) {
	r.SetFont(FontFor(o.weight))
	r.SetFontSize(o.size * k)
	r.SetFontColor(o.color)
	if _, whole := r.(*svg); o.runs != nil && !whole {
		o.renderRuns(r, k)
		return
	}
	r.Text(o.text, int(math.Round(o.x*k)), int(math.Round(o.y*k)))
}

// renderRuns writes a text part by part: Noto Sans as text, the rest as
// outlines.
func (o op) renderRuns(r Renderer, k float64) {
	x := o.x
	for _, part := range o.runs {
		if part.borrowed {
			s, from := shape(part.text), x
			o.speak(r, part, s, XY{x, k})
			o.outline(r, s.outline, from, k)
			if o.weight == Bold { // other fonts are borrowed in one weight
				o.outline(r, s.outline, from+o.size/24, k)
			}
			x += s.width * o.size
			continue
		}
		r.Text(part.text, int(math.Round(x*k)), int(math.Round(o.y*k)))
		x += TextWidth(part.text, o.size, o.weight)
	}
}

// Speaker is a renderer that can say which text a drawing stands for, so that
// outlines can be searched and copied.
type Speaker interface {
	// Speak begins a drawing that stands for text at a place, so wide.
	Speak(text string, x, y, width int)
	// Spoken ends it.
	Spoken()
}

// speak says which letters outlines stand for. Those from right to left are said
// one by one, each where it stands: whoever reads them out of a page takes them in
// the order of sight and turns them around.
func (o op) speak(r Renderer, part run, s shaped, at XY) {
	to, ok := r.(Speaker)
	if !ok {
		return
	}
	say := func(text string, x, width float64) {
		to.Speak(text, int(math.Round(x*at.Y)), int(math.Round(o.y*at.Y)), int(math.Round(width*at.Y)))
		to.Spoken()
	}
	if part.level != 1 {
		say(part.text, at.X, s.width*o.size)
		return
	}
	letters := []rune(part.text)
	each := s.width * o.size / float64(len(letters))
	for i := range letters {
		say(string(letters[len(letters)-1-i]), at.X+float64(i)*each, each)
	}
}

// outline draws letters that Noto Sans lacks.
func (o op) outline(r Renderer, outline []segment, x, k float64) {
	place := func(p XY) XY { return XY{(x + p.X*o.size) * k, (o.y + p.Y*o.size) * k} }
	if px, ok := r.(raster); ok {
		px.fill(outline, place, o.color)
		return
	}
	fillOutline(r, outline, place, o.color)
}

// fill draws an outline on the pixels that it covers.
func (r raster) fill(outline []segment, place func(XY) XY, c Color) {
	box := covered(outline, place).Intersect(r.img.Rect)
	if box.Empty() {
		return
	}
	v := vector.NewRasterizer(box.Dx(), box.Dy())
	f := func(p XY) (float32, float32) {
		at := place(p)
		return float32(at.X) - float32(box.Min.X), float32(at.Y) - float32(box.Min.Y)
	}
	for _, s := range outline {
		ax, ay := f(s.at[0])
		bx, by := f(s.at[1])
		cx, cy := f(s.at[2])
		switch s.op {
		case opentype.SegmentOpMoveTo:
			v.ClosePath()
			v.MoveTo(ax, ay)
		case opentype.SegmentOpLineTo:
			v.LineTo(ax, ay)
		case opentype.SegmentOpQuadTo:
			v.QuadTo(ax, ay, bx, by)
		case opentype.SegmentOpCubeTo:
			v.CubeTo(ax, ay, bx, by, cx, cy)
		}
	}
	v.ClosePath()
	v.Draw(r.img, box, image.NewUniform(c), image.Point{})
}

// covered are the pixels that an outline may touch.
func covered(outline []segment, place func(XY) XY) image.Rectangle {
	lo, hi := XY{math.Inf(1), math.Inf(1)}, XY{math.Inf(-1), math.Inf(-1)}
	for _, s := range outline {
		for _, p := range s.points() {
			at := place(p)
			lo, hi = XY{min(lo.X, at.X), min(lo.Y, at.Y)}, XY{max(hi.X, at.X), max(hi.Y, at.Y)}
		}
	}
	if !finite(lo.X, lo.Y, hi.X, hi.Y) {
		return image.Rectangle{}
	}
	return image.Rect(int(math.Floor(lo.X)), int(math.Floor(lo.Y)), int(math.Ceil(hi.X))+1, int(math.Ceil(hi.Y))+1)
}

// points are those that a segment uses.
func (s segment) points() []XY {
	switch s.op {
	case opentype.SegmentOpQuadTo:
		return s.at[:2]
	case opentype.SegmentOpCubeTo:
		return s.at[:3]
	default:
		return s.at[:1]
	}
}

// fillOutline draws an outline on a renderer with fine units. Cubic curves
// become short lines.
func fillOutline(r Renderer, outline []segment, place func(XY) XY, c Color) {
	if len(outline) == 0 {
		return
	}
	r.SetFillColor(c)
	to := func(p XY) (int, int) {
		at := place(p)
		return int(math.Round(at.X)), int(math.Round(at.Y))
	}
	var last XY
	for i, s := range outline {
		ax, ay := to(s.at[0])
		switch s.op {
		case opentype.SegmentOpMoveTo:
			if i > 0 {
				r.Close()
			}
			r.MoveTo(ax, ay)
			last = s.at[0]
		case opentype.SegmentOpLineTo:
			r.LineTo(ax, ay)
			last = s.at[0]
		case opentype.SegmentOpQuadTo:
			bx, by := to(s.at[1])
			r.QuadCurveTo(ax, ay, bx, by)
			last = s.at[1]
		case opentype.SegmentOpCubeTo:
			const parts = 6
			for n := 1; n <= parts; n++ {
				x, y := to(cubic(last, s.at, float64(n)/parts))
				r.LineTo(x, y)
			}
			last = s.at[2]
		}
	}
	r.Close()
	r.Fill()
}

// cubic is the place at t of a curve from a.
func cubic(a XY, c [3]XY, t float64) XY {
	u := 1 - t
	w := [4]float64{u * u * u, 3 * u * u * t, 3 * u * t * t, t * t * t}
	return XY{
		w[0]*a.X + w[1]*c[0].X + w[2]*c[1].X + w[3]*c[2].X,
		w[0]*a.Y + w[1]*c[0].Y + w[2]*c[1].Y + w[3]*c[2].Y,
	}
}
