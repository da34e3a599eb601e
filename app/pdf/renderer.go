package pdf

import (
	"bytes"
	"crypto/sha256"
	"fmt"
	"image"
	"image/png"
	"io"
	"math"
	"slices"
	"unicode/utf16"

	"fieldbook/app/chart"
	"fieldbook/assets"

	"github.com/go-pdf/fpdf"
)

const (
	// units is how many device units of the renderer make one px: it takes
	// whole numbers, and two decimals are enough for every curve.
	units = 100
	// family is the name that both weights of Noto Sans go by in a file.
	family = "NotoSans"
)

// renderer draws on the current page of a PDF measured in points. It writes
// text as text, so that it can be selected and searched. Of the interface it
// does what chart.Picture uses; text rotation is not part of that.
type renderer struct {
	f            *fpdf.Fpdf
	fill, stroke chart.Color
	fontColor    chart.Color
	width, dpi   float64
	dash         []float64
	font         *chart.Font
	size         float64
	k            float64 // points per device unit
	path         []segment
}

// segment is one part of a path, in points.
type segment struct {
	kind segmentKind
	at   [6]float64
}

type segmentKind int

const (
	move segmentKind = iota
	line
	quad
	cubic
	closing
)

var (
	_ chart.Renderer = (*renderer)(nil)
	_ chart.Imager   = (*renderer)(nil)
	_ chart.Speaker  = (*renderer)(nil)
)

// newRenderer gives f the fonts; pages are f's own affair. fpdf works on the
// bytes of a font, so it gets its own.
func newRenderer(f *fpdf.Fpdf, pointsPerPixel float64) *renderer {
	f.AddUTF8FontFromBytes(family, "", slices.Clone(assets.FontRegular))
	f.AddUTF8FontFromBytes(family, "B", slices.Clone(assets.FontBold))
	return &renderer{f: f, k: pointsPerPixel / units}
}

func (r *renderer) ResetStyle() {
	r.fill, r.stroke, r.fontColor = chart.Color{}, chart.Color{}, chart.Color{}
	r.width, r.dash, r.size = 0, nil, 0
}
func (r *renderer) GetDPI() float64                { return r.dpi }
func (r *renderer) SetDPI(dpi float64)             { r.dpi = dpi }
func (r *renderer) SetClassName(string)            {}
func (r *renderer) SetStrokeColor(c chart.Color)   { r.stroke = c }
func (r *renderer) SetFillColor(c chart.Color)     { r.fill = c }
func (r *renderer) SetStrokeWidth(w float64)       { r.width = w }
func (r *renderer) SetStrokeDashArray(d []float64) { r.dash = d }
func (r *renderer) SetFont(f *chart.Font)          { r.font = f }
func (r *renderer) SetFontColor(c chart.Color)     { r.fontColor = c }
func (r *renderer) SetFontSize(size float64)       { r.size = size }
func (r *renderer) SetTextRotation(float64)        {}
func (r *renderer) ClearTextRotation()             {}

func (r *renderer) MoveTo(x, y int) { r.add(move, float64(x), float64(y)) }
func (r *renderer) LineTo(x, y int) { r.add(line, float64(x), float64(y)) }

func (r *renderer) QuadCurveTo(cx, cy, x, y int) {
	r.add(quad, float64(cx), float64(cy), float64(x), float64(y))
}

func (r *renderer) add(kind segmentKind, coords ...float64) {
	s := segment{kind: kind}
	for i, v := range coords {
		s.at[i] = v * r.k
	}
	r.path = append(r.path, s)
}

// ArcTo follows the raster renderer: a line to the arc's start, or a move
// where the path is empty, then the arc as Bézier curves of an eighth turn or
// less, each within a thousandth of its radius.
func (r *renderer) ArcTo(cx, cy int, rx, ry, start, delta float64) {
	x, y := float64(cx), float64(cy)
	kind := line
	if len(r.path) == 0 {
		kind = move
	}
	r.add(kind, x+rx*math.Cos(start), y+ry*math.Sin(start))
	parts := int(math.Ceil(math.Abs(delta) / (math.Pi / 4)))
	for i := range parts {
		a := start + delta*float64(i)/float64(parts)
		b := start + delta*float64(i+1)/float64(parts)
		k := 4.0 / 3 * math.Tan((b-a)/4)
		r.add(cubic,
			x+rx*(math.Cos(a)-k*math.Sin(a)), y+ry*(math.Sin(a)+k*math.Cos(a)),
			x+rx*(math.Cos(b)+k*math.Sin(b)), y+ry*(math.Sin(b)-k*math.Cos(b)),
			x+rx*math.Cos(b), y+ry*math.Sin(b))
	}
}

func (r *renderer) Close()      { r.add(closing) }
func (r *renderer) Stroke()     { r.draw("D") }
func (r *renderer) Fill()       { r.draw("F") }
func (r *renderer) FillStroke() { r.draw("FD") }

// draw writes colours and path together, because a PDF takes no colour between
// a path's first point and its painting.
func (r *renderer) draw(how string) {
	f := r.f
	if how != "F" {
		f.SetDrawColor(int(r.stroke.R), int(r.stroke.G), int(r.stroke.B))
		f.SetLineWidth(r.width * r.k)
		dash := make([]float64, len(r.dash))
		for i, d := range r.dash {
			dash[i] = d * r.k
		}
		f.SetDashPattern(dash, 0)
	}
	if how != "D" {
		f.SetFillColor(int(r.fill.R), int(r.fill.G), int(r.fill.B))
	}
	for _, s := range r.path {
		switch s.kind {
		case move:
			f.MoveTo(s.at[0], s.at[1])
		case line:
			f.LineTo(s.at[0], s.at[1])
		case quad:
			f.CurveTo(s.at[0], s.at[1], s.at[2], s.at[3])
		case cubic:
			f.CurveBezierCubicTo(s.at[0], s.at[1], s.at[2], s.at[3], s.at[4], s.at[5])
		case closing:
			f.ClosePath()
		}
	}
	f.DrawPath(how)
	r.path = r.path[:0]
}

func (r *renderer) Circle(radius float64, x, y int) {
	r.ArcTo(x, y, radius, radius, 0, 2*math.Pi)
	r.Close()
}

func (r *renderer) weight() chart.Weight {
	if r.font == chart.FontFor(chart.Bold) {
		return chart.Bold
	}
	return chart.Regular
}

func (r *renderer) Text(body string, x, y int) {
	style := ""
	if r.weight() == chart.Bold {
		style = "B"
	}
	r.f.SetFont(family, style, r.size*r.k)
	r.f.SetTextColor(int(r.fontColor.R), int(r.fontColor.G), int(r.fontColor.B))
	r.f.Text(float64(x)*r.k, float64(y)*r.k, body)
}

// Image puts a picture of pixels on the page; fpdf keeps its error to the end.
func (r *renderer) Image(img *image.RGBA, at image.Rectangle) {
	var buf bytes.Buffer
	if err := png.Encode(&buf, img); err != nil {
		r.f.SetError(err)
		return
	}
	// One that stands on several pages is in the file once.
	name, kind := fmt.Sprintf("%x", sha256.Sum256(buf.Bytes())), fpdf.ImageOptions{ImageType: "PNG"}
	r.f.RegisterImageOptionsReader(name, kind, &buf)
	r.f.ImageOptions(name, float64(at.Min.X)*r.k, float64(at.Min.Y)*r.k, float64(at.Dx())*r.k, float64(at.Dy())*r.k, false, kind, 0, "")
}

// Speak implements chart.Speaker: an unseen "…" of that width that reads as text.
func (r *renderer) Speak(text string, x, y, width int) {
	code := utf16.Encode([]rune(text))
	hex := "FEFF"
	for _, c := range code {
		hex += fmt.Sprintf("%04X", c)
	}
	r.f.RawWriteStr("/Span <</ActualText <" + hex + ">>> BDC\n")
	const unseen = 3
	r.f.SetTextRenderingMode(unseen)
	if dots := chart.TextWidth("…", r.size, r.weight()); dots > 0 {
		r.f.RawWriteStr(fmt.Sprintf("%.2f Tz\n", 100*float64(width)/dots))
	}
	r.Text("…", x, y)
	r.f.RawWriteStr("100 Tz\n")
	r.f.SetTextRenderingMode(0)
}

// Spoken implements chart.Speaker.
func (r *renderer) Spoken() { r.f.RawWriteStr("EMC\n") }

func (r *renderer) MeasureText(body string) chart.Box {
	return chart.Box{
		Right:  int(math.Ceil(chart.TextWidth(body, r.size, r.weight()))),
		Bottom: int(math.Ceil(r.size)),
	}
}

// Save writes the whole document.
func (r *renderer) Save(w io.Writer) error { return r.f.Output(w) }
