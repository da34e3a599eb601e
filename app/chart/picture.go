package chart

import (
	"bytes"
	"image"
	"image/draw"
	"image/png"
	"math"

	gochart "github.com/wcharczuk/go-chart/v2"
	"github.com/wcharczuk/go-chart/v2/drawing"

	"fieldbook/data"

	"github.com/golang/freetype/truetype"
)

// The types of go-chart that a Renderer is made of, so that a package that
// writes one (paper, for instance) needs no other import.
type (
	// Renderer puts paths and text on a surface.
	Renderer = gochart.Renderer
	// Color is red, green, blue and alpha, 8 bits each.
	Color = drawing.Color
	// Box is a rectangle in the pixels of a surface.
	Box = gochart.Box
	// Font is a loaded TrueType font.
	Font = truetype.Font
)

// Picture is a finished drawing. It is immutable and safe to share.
type Picture struct {
	Width, Height int     // logical px
	Hits          []Hit   // in logical px
	From, To      float64 // the left and right edge of what goes along time, in logical px
	title         string
	scale         float64
	ground        Color
	ops           []op
}

// Hit is a region that answers to the pointer, in logical px.
type Hit struct {
	X, Y, W, H float64
	Key        string // what a click opens
	Hint       string // what hovering says
	Part       string // the series that a click shows or leaves out, see report.Without
}

// At returns the uppermost hit at a place.
func (p *Picture) At(x, y float64) (Hit, bool) {
	for i := len(p.Hits) - 1; i >= 0; i-- {
		h := p.Hits[i]
		if x >= h.X && x < h.X+h.W && y >= h.Y && y < h.Y+h.H {
			return h, true
		}
	}
	return Hit{}, false
}

// Texts returns every text of the picture in the order drawn.
func (p *Picture) Texts() []string {
	var texts []string
	for _, o := range p.ops {
		if o.kind == opText {
			texts = append(texts, o.text)
		}
	}
	return texts
}

// Image draws the picture at its scale.
func (p *Picture) Image() (*image.RGBA, error) {
	w, h := int(math.Ceil(float64(p.Width)*p.scale)), int(math.Ceil(float64(p.Height)*p.scale))
	r, err := gochart.PNG(max(w, 1), max(h, 1))
	if err != nil {
		return nil, unprintable(err)
	}
	// go-chart's raster takes sizes in 1/64 of size × DPI: 64 makes them px.
	r.SetDPI(64)
	var out collector
	if err := r.Save(&out); err != nil {
		return nil, unprintable(err)
	}
	draw.Draw(out.img, out.img.Bounds(), image.NewUniform(p.ground), image.Point{}, draw.Src)
	p.Render(raster{r, out.img}, p.scale)
	return out.img, nil
}

// frame is where the picture of an op lies on a surface of k units per logical px.
func (o op) frame(k float64) image.Rectangle {
	at := func(v float64) int { return int(math.Round(v * k)) }
	return image.Rect(at(o.x), at(o.y), at(o.x+o.w), at(o.y+o.h))
}

// Imager is a Renderer that also takes pictures of pixels, in device units.
type Imager interface {
	Image(img *image.RGBA, at image.Rectangle)
}

// PNG encodes the picture at its scale.
func (p *Picture) PNG() ([]byte, error) {
	img, err := p.Image()
	if err != nil {
		return nil, err
	}
	var buf bytes.Buffer
	if err := png.Encode(&buf, img); err != nil {
		return nil, unprintable(err)
	}
	return buf.Bytes(), nil
}

// SVG writes the picture as a vector with its text as text.
func (p *Picture) SVG() ([]byte, error) {
	r := newSVG(p)
	p.Render(r, svgUnits)
	var buf bytes.Buffer
	if err := r.Save(&buf); err != nil {
		return nil, unprintable(err)
	}
	return buf.Bytes(), nil
}

// Render replays the picture on a renderer with k device units per logical
// px. The renderer takes font sizes in device units. It paints no background.
func (p *Picture) Render(r Renderer, k float64) {
	for _, o := range p.ops {
		o.render(r, k)
	}
}

func (o op) render(r Renderer, k float64) {
	at := func(v float64) int { return int(math.Round(v * k)) }
	switch o.kind {
	case opRect:
		x0, y0 := at(o.x), at(o.y)
		x1, y1 := max(at(o.x+o.w), x0+1), max(at(o.y+o.h), y0+1)
		if px, ok := r.(raster); ok {
			draw.Draw(px.img, image.Rect(x0, y0, x1, y1), image.NewUniform(o.color), image.Point{}, draw.Src)
			return
		}
		r.SetFillColor(o.color)
		r.MoveTo(x0, y0)
		r.LineTo(x1, y0)
		r.LineTo(x1, y1)
		r.LineTo(x0, y1)
		r.Close()
		r.Fill()
	case opPolyline:
		o.renderLine(r, k)
	case opPolygon:
		// go-chart is slow where many edges cross a line of pixels, and fast on thin shapes.
		const many = 100
		if px, ok := r.(raster); ok && len(o.points) > many {
			px.polygon(scaledPoints(o.points, k), o.color)
			return
		}
		r.SetFillColor(o.color)
		r.MoveTo(at(o.points[0].X), at(o.points[0].Y))
		for _, p := range o.points[1:] {
			r.LineTo(at(p.X), at(p.Y))
		}
		r.Close()
		r.Fill()
	case opRing:
		r.SetFillColor(o.color)
		r.ArcTo(at(o.x), at(o.y), o.h*k, o.h*k, o.a0, o.a1-o.a0)
		r.ArcTo(at(o.x), at(o.y), o.w*k, o.w*k, o.a1, o.a0-o.a1)
		r.Close()
		r.Fill()
	case opDisc:
		r.SetFillColor(o.color)
		r.ArcTo(at(o.x), at(o.y), o.w*k, o.w*k, 0, 2*math.Pi)
		r.Close()
		r.Fill()
	case opText:
		o.renderText(r, k)
	case opImage:
		if i, ok := r.(Imager); ok {
			i.Image(o.image, o.frame(k))
		}
	}
}

func (o op) renderLine(r Renderer, k float64) {
	points := scaledPoints(o.points, k)
	if px, ok := r.(raster); ok {
		px.stroke(points, o.width*k, scaled(o.dash, k), o.color)
		return
	}
	r.SetStrokeColor(o.color)
	r.SetStrokeWidth(o.width * k)
	r.SetStrokeDashArray(scaled(o.dash, k))
	for i, p := range points {
		x, y := int(math.Round(p.X)), int(math.Round(p.Y))
		if i == 0 {
			r.MoveTo(x, y)
		} else {
			r.LineTo(x, y)
		}
	}
	r.Stroke()
}

func scaledPoints(points []XY, k float64) []XY {
	out := make([]XY, len(points))
	for i, p := range points {
		out[i] = XY{p.X * k, p.Y * k}
	}
	return out
}

func scaled(vs []float64, k float64) []float64 {
	var out []float64
	for _, v := range vs {
		out = append(out, v*k)
	}
	return out
}

// collector takes the image that the raster renderer draws on, without a
// detour through PNG.
type collector struct{ img *image.RGBA }

// SetRGBA receives the renderer's image.
func (c *collector) SetRGBA(img *image.RGBA) { c.img = img }

// Write is never called by a renderer that knows SetRGBA.
func (c *collector) Write(b []byte) (int, error) { return len(b), nil }

func unprintable(err error) error {
	return data.Wrap(data.Internal, err, "The chart could not be drawn. Your data is safe; try again, or save it in another format.")
}

// ImageAt draws the picture at another scale: device px per logical px.
func (p *Picture) ImageAt(scale float64) (*image.RGBA, error) {
	other := *p
	other.scale = Options{Scale: scale}.scale()
	return other.Image()
}
