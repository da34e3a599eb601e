package geo

import (
	"image"
	"math"
	"sync"

	"fieldbook/assets"

	"golang.org/x/image/font"
	"golang.org/x/image/font/opentype"
	"golang.org/x/image/math/fixed"
)

// fonts parses the embedded fonts once. They are part of the program, so one
// that does not parse is a broken build.
var fonts = sync.OnceValue(func() [2]*opentype.Font { return [2]*opentype.Font{parse(assets.FontRegular), parse(assets.FontBold)} })

func parse(ttf []byte) *opentype.Font {
	f, err := opentype.Parse(ttf)
	if err != nil {
		panic("geo: embedded font: " + err.Error())
	}
	return f
}

// letters draws text. It keeps what it has drawn, since a map shows the same
// names in each frame.
type letters struct {
	faces map[typeface]font.Face
	kept  map[written]*image.Alpha
}

type typeface struct {
	px   float64
	bold bool
}

type written struct {
	typeface
	text string
	halo bool
}

// mostKept bounds the memory of letters.
const mostKept = 3000

func (l *letters) face(t typeface) font.Face {
	if f, ok := l.faces[t]; ok {
		return f
	}
	if l.faces == nil {
		l.faces = map[typeface]font.Face{}
	}
	weight := 0
	if t.bold {
		weight = 1
	}
	f, err := opentype.NewFace(fonts()[weight], &opentype.FaceOptions{Size: t.px, DPI: 72, Hinting: font.HintingNone})
	if err != nil {
		panic("geo: embedded font: " + err.Error())
	}
	l.faces[t] = f
	return f
}

// width is the advance of a text in px.
func (l *letters) width(text string, t typeface) float64 {
	return float64(font.MeasureString(l.face(t), text)) / 64
}

// mask is a text as a mask with a margin around, and where its baseline is.
func (l *letters) mask(w written) (mask *image.Alpha, margin, baseline int) {
	margin = int(math.Ceil(w.px / 5))
	baseline = margin + int(math.Ceil(w.px*1.05))
	if m, ok := l.kept[w]; ok {
		return m, margin, baseline
	}
	wide := int(math.Ceil(l.width(w.text, w.typeface))) + 2*margin
	m := image.NewAlpha(image.Rect(0, 0, wide, baseline+int(math.Ceil(w.px*0.4))+margin))
	d := font.Drawer{Dst: m, Src: image.Opaque, Face: l.face(w.typeface), Dot: fixed.P(margin, baseline)}
	d.DrawString(w.text)
	if w.halo {
		m = widened(m, w.px/6)
	}
	if l.kept == nil || len(l.kept) > mostKept {
		l.kept = map[written]*image.Alpha{}
	}
	l.kept[w] = m
	return m, margin, baseline
}

// widened is a mask grown by r px in all directions.
func widened(m *image.Alpha, r float64) *image.Alpha {
	out := image.NewAlpha(m.Rect)
	n := int(math.Ceil(r))
	for y := range m.Rect.Dy() {
		for x := range m.Rect.Dx() {
			a := m.Pix[y*m.Stride+x]
			if a == 0 {
				continue
			}
			for dy := -n; dy <= n; dy++ {
				for dx := -n; dx <= n; dx++ {
					cover := min(1, max(0, r+0.5-math.Hypot(float64(dx), float64(dy))))
					if cover == 0 || !(image.Point{X: x + dx, Y: y + dy}).In(m.Rect) {
						continue
					}
					i := (y+dy)*out.Stride + x + dx
					out.Pix[i] = max(out.Pix[i], uint8(float64(a)*cover))
				}
			}
		}
	}
	return out
}

// text writes with the left end of the baseline at x, y.
func (s *surface) text(l *letters, w written, x, y float64, p paint) {
	if w.text == "" {
		return
	}
	m, margin, baseline := l.mask(w)
	at := m.Rect.Add(image.Pt(int(math.Round(x))-margin, int(math.Round(y))-baseline))
	clip := at.Intersect(s.clip)
	if clip.Empty() {
		return
	}
	s.blend(m.Pix[(clip.Min.Y-at.Min.Y)*m.Stride+clip.Min.X-at.Min.X:], m.Stride, clip, p)
}
