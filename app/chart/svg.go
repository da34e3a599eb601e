package chart

import (
	"bytes"
	"encoding/base64"
	"encoding/xml"
	"fmt"
	"image"
	"image/png"
	"io"
	"math"
	"strconv"
	"strings"
)

// svgUnits is how many units of the SVG renderer make one px: it takes whole
// numbers, and two decimals are enough for every curve.
const svgUnits = 100

// svg is a Renderer that writes SVG. go-chart's own escapes no text, has whole
// stroke widths and names no weight. Of the interface it does what Picture
// uses; text rotation is not part of that.
type svg struct {
	head         string
	body         bytes.Buffer
	path         strings.Builder
	fill, stroke Color
	width, dpi   float64
	dash         []float64
	font         *Font
	fontColor    Color
	size         float64
	started      bool
}

func newSVG(p *Picture) *svg {
	return &svg{head: fmt.Sprintf(
		`<svg xmlns="http://www.w3.org/2000/svg" width="%d" height="%d" viewBox="0 0 %d %d" role="img" stroke="none" font-family="'Noto Sans', sans-serif">`+"\n"+
			`<title>%s</title>`+"\n"+`<rect width="%d" height="%d" fill="%s"/>`+"\n",
		p.Width, p.Height, p.Width, p.Height, escaped(p.title), p.Width, p.Height, hex(p.ground))}
}

func escaped(s string) string {
	var b strings.Builder
	if err := xml.EscapeText(&b, []byte(s)); err != nil {
		return ""
	}
	return b.String()
}

func hex(c Color) string { return fmt.Sprintf("#%02X%02X%02X", c.R, c.G, c.B) }

// px writes device units as px.
func px(v float64) string {
	return strconv.FormatFloat(math.Round(v)/svgUnits, 'f', -1, 64)
}

func (s *svg) ResetStyle() {
	s.fill, s.stroke, s.width, s.dash, s.fontColor, s.size = Color{}, Color{}, 0, nil, Color{}, 0
}
func (s *svg) GetDPI() float64                { return s.dpi }
func (s *svg) SetDPI(dpi float64)             { s.dpi = dpi }
func (s *svg) SetClassName(string)            {}
func (s *svg) SetStrokeColor(c Color)         { s.stroke = c }
func (s *svg) SetFillColor(c Color)           { s.fill = c }
func (s *svg) SetStrokeWidth(w float64)       { s.width = w }
func (s *svg) SetStrokeDashArray(d []float64) { s.dash = d }
func (s *svg) SetFont(f *Font)                { s.font = f }
func (s *svg) SetFontColor(c Color)           { s.fontColor = c }
func (s *svg) SetFontSize(size float64)       { s.size = size }
func (s *svg) SetTextRotation(float64)        {}
func (s *svg) ClearTextRotation()             {}

func (s *svg) MoveTo(x, y int) { s.to("M", float64(x), float64(y)) }
func (s *svg) LineTo(x, y int) { s.to("L", float64(x), float64(y)) }

func (s *svg) to(cmd string, coords ...float64) {
	s.started = true
	s.path.WriteString(cmd)
	for i, v := range coords {
		if i > 0 {
			s.path.WriteByte(' ')
		}
		s.path.WriteString(px(v))
	}
}

func (s *svg) QuadCurveTo(cx, cy, x, y int) {
	s.to("Q", float64(cx), float64(cy), float64(x), float64(y))
}

// ArcTo follows the raster renderer: a line to the arc's start, or a move
// where the path is empty, then the arc in parts below a half turn.
func (s *svg) ArcTo(cx, cy int, rx, ry, start, delta float64) {
	x, y := float64(cx), float64(cy)
	cmd := "L"
	if !s.started {
		cmd = "M"
	}
	s.to(cmd, x+rx*math.Cos(start), y+ry*math.Sin(start))
	parts := int(math.Ceil(math.Abs(delta) / 3))
	sweep := "1"
	if delta < 0 {
		sweep = "0"
	}
	for i := 1; i <= parts; i++ {
		a := start + delta*float64(i)/float64(parts)
		fmt.Fprintf(&s.path, "A%s %s 0 0 %s %s %s", px(rx), px(ry), sweep, px(x+rx*math.Cos(a)), px(y+ry*math.Sin(a)))
	}
}

func (s *svg) Close() { s.path.WriteByte('Z') }

func (s *svg) Stroke()     { s.emit(false, true) }
func (s *svg) Fill()       { s.emit(true, false) }
func (s *svg) FillStroke() { s.emit(true, true) }

func (s *svg) emit(fill, stroke bool) {
	fmt.Fprintf(&s.body, `<path d="%s"`, s.path.String())
	if fill {
		fmt.Fprintf(&s.body, ` fill="%s"`, hex(s.fill))
	} else {
		s.body.WriteString(` fill="none"`)
	}
	if stroke {
		fmt.Fprintf(&s.body, ` stroke="%s" stroke-width="%s" stroke-linejoin="round"`, hex(s.stroke), px(s.width))
		if len(s.dash) > 0 {
			var parts []string
			for _, d := range s.dash {
				parts = append(parts, px(d))
			}
			fmt.Fprintf(&s.body, ` stroke-dasharray="%s"`, strings.Join(parts, " "))
		}
	}
	s.body.WriteString("/>\n")
	s.path.Reset()
	s.started = false
}

func (s *svg) Circle(radius float64, x, y int) {
	s.ArcTo(x, y, radius, radius, 0, 2*math.Pi)
	s.Close()
}

// Text fixes the length that was measured, so that a viewer without Noto Sans
// keeps columns straight.
func (s *svg) Text(body string, x, y int) {
	weight := Regular
	bold := ""
	if s.font == FontFor(Bold) {
		weight, bold = Bold, ` font-weight="700"`
	}
	fmt.Fprintf(&s.body, `<text x="%s" y="%s" font-size="%s"%s fill="%s" textLength="%s" lengthAdjust="spacingAndGlyphs">%s</text>`+"\n",
		px(float64(x)), px(float64(y)), px(s.size), bold, hex(s.fontColor), px(TextWidth(body, s.size, weight)), escaped(body))
}

// Image writes the picture into the drawing itself, as PNG.
func (s *svg) Image(img *image.RGBA, at image.Rectangle) {
	var buf bytes.Buffer
	if png.Encode(&buf, img) != nil {
		return // a picture in memory that is no picture; the rest of the drawing stands
	}
	fmt.Fprintf(&s.body, `<image x="%s" y="%s" width="%s" height="%s" href="data:image/png;base64,%s"/>`+"\n",
		px(float64(at.Min.X)), px(float64(at.Min.Y)), px(float64(at.Dx())), px(float64(at.Dy())), base64.StdEncoding.EncodeToString(buf.Bytes()))
}

func (s *svg) MeasureText(body string) Box {
	weight := Regular
	if s.font == FontFor(Bold) {
		weight = Bold
	}
	return Box{Right: int(math.Ceil(TextWidth(body, s.size, weight))), Bottom: int(math.Ceil(s.size))}
}

func (s *svg) Save(w io.Writer) error {
	_, err := io.WriteString(w, s.head+s.body.String()+"</svg>\n")
	return err
}
