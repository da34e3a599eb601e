package chart

import (
	"bytes"
	"encoding/xml"
	"errors"
	"flag"
	"image"
	"image/draw"
	"image/png"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"fieldbook/app/report"
)

var update = flag.Bool("update", false, "write the golden pictures anew")

// compareGolden allows a few edge pixels to differ: floating point is not the
// same on every processor.
func compareGolden(t *testing.T, name string, p *Picture) {
	t.Helper()
	got, err := p.PNG()
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join("testdata", "golden", name+".png")
	if *update {
		if err := os.WriteFile(path, got, 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	a, b := decode(t, got), decode(t, want)
	if n, area := differing(t, a, b), a.Bounds().Dx()*a.Bounds().Dy(); n*300 > area {
		t.Errorf("%s: %d values of %d pixels differ; look at it, then run with -update", name, n, area)
	}
}

// differing counts the bytes of two opaque pictures that are further apart
// than an edge that was rounded otherwise.
func differing(t *testing.T, a, b image.Image) int {
	t.Helper()
	x, okX := a.(*image.RGBA)
	y, okY := b.(*image.RGBA)
	if !okX || !okY || x.Bounds() != y.Bounds() {
		t.Fatalf("pictures of %T %v and %T %v", a, a.Bounds(), b, b.Bounds())
	}
	n := 0
	for i, v := range x.Pix {
		if w := y.Pix[i]; max(v, w)-min(v, w) > 24 {
			n++
		}
	}
	return n
}

func decode(t *testing.T, b []byte) image.Image {
	t.Helper()
	img, err := png.Decode(bytes.NewReader(b))
	if err != nil {
		t.Fatal(err)
	}
	return img
}

func TestEveryKindLooksAsItDid(t *testing.T) {
	for _, s := range samples() {
		compareGolden(t, s.name+"-light", Draw(s.spec, Options{Width: s.w, Height: s.h}))
		compareGolden(t, s.name+"-dark", Draw(s.spec, Options{Width: s.w, Height: s.h, Dark: true}))
	}
	compareGolden(t, "lines-2x", Draw(linesSample(), Options{Width: 484, Height: 328, Scale: 2}))
	compareGolden(t, "attainment-mono", Draw(attainmentSample(), Options{Width: 632, Height: 262, Mono: true}))
	compareGolden(t, "waterfall-mono", Draw(waterfallSample(), Options{Width: 632, Height: 328, Mono: true}))
	compareGolden(t, "flow-mono", Draw(flowSample(), Options{Width: 752, Height: 360, Mono: true}))
	compareGolden(t, "heat-mono", Draw(heatChange(), Options{Width: 480, Height: 220, Mono: true}))
	compareGolden(t, "stacks-mono", Draw(stacksSample(false), Options{Width: 632, Height: 300, Mono: true}))
	over := gaugeSample(1.6)
	compareGolden(t, "gauge-over", Draw(over, Options{Width: 352, Height: 240}))
}

// TestSmallLooksAsItDid keeps one sheet of every sample on a card's room.
func TestSmallLooksAsItDid(t *testing.T) {
	const w, h, across = 260, 170, 5
	all := samples()
	sheet := NewCanvas(Options{Width: w * across, Height: h * ((len(all) + across - 1) / across)})
	for i, s := range all {
		sheet.Place(Draw(s.spec, Options{Width: w, Height: h}), float64(i%across*w), float64(i/across*h))
	}
	compareGolden(t, "small", sheet.Picture("small"))
}

// sheets are the kinds that stand together on a picture of nasty data.
func sheets() map[string][]string {
	return map[string][]string{
		"":        {"attainment", "funnel", "columns", "bands", "intervals", "stagebars", "lines", "sparkline", "gauge"},
		"change-": {"waterfall", "stacks", "grouped", "band"},
		"fields-": {"pareto", "bullets", "scatter", "heat", "calendar", "boxes", "leaders", "multiples", "flow"},
	}
}

// TestNastyDataLooksAsItDid keeps one sheet a case with all kinds on it.
func TestNastyDataLooksAsItDid(t *testing.T) {
	for name, marks := range nasty() {
		specs := specsOf(marks)
		for sheet, kinds := range sheets() {
			on := NewCanvas(Options{Width: 1200, Height: 240 * ((len(kinds) + 2) / 3)})
			for i, kind := range kinds {
				p := Draw(specs[kind], Options{Width: 400, Height: 240})
				on.Place(p, float64(i%3*400), float64(i/3*240))
			}
			compareGolden(t, "nasty-"+sheet+name, on.Picture(name))
		}
	}
}

// TestNothingLeavesThePicture draws everything at many sizes: no panic, no
// text beyond the edges, every output readable.
func TestNothingLeavesThePicture(t *testing.T) {
	for name, marks := range nasty() {
		for kind, spec := range specsOf(marks) {
			for _, size := range [][2]int{{0, 0}, {1, 1}, {40, 30}, {120, 400}, {300, 60}, {640, 360}} {
				p := Draw(spec, Options{Width: size[0], Height: size[1], Dark: true})
				for _, o := range p.ops {
					if o.kind == opText && size[0] >= 120 && (o.x < -1 || o.x+o.w > float64(size[0])+1) {
						t.Errorf("%s %s %v: text %.20q from %.0f to %.0f", kind, name, size, o.text, o.x, o.x+o.w)
					}
				}
				for _, o := range p.ops {
					if beyond(o, float64(size[0]), float64(size[1])) && size[0] >= 120 {
						t.Errorf("%s %s %v: a mark of kind %d leaves the picture: %+v", kind, name, size, o.kind, o)
					}
				}
				if _, err := p.Image(); err != nil {
					t.Errorf("%s %s %v: %v", kind, name, size, err)
				}
				checkSVG(t, p)
			}
		}
	}
}

// beyond reports whether a mark that is not text reaches over an edge.
func beyond(o op, w, h float64) bool {
	out := func(x, y float64) bool { return x < -1 || y < -1 || x > w+1 || y > h+1 }
	for _, pt := range o.points {
		if out(pt.X, pt.Y) {
			return true
		}
	}
	switch o.kind {
	case opRect:
		return out(o.x, o.y) || out(o.x+o.w, o.y+o.h)
	case opDisc:
		return out(o.x-o.w, o.y-o.w) || out(o.x+o.w, o.y+o.w)
	default:
		return false
	}
}

func checkSVG(t *testing.T, p *Picture) {
	t.Helper()
	out, err := p.SVG()
	if err != nil {
		t.Fatal(err)
	}
	var texts []string
	inText := false
	d := xml.NewDecoder(bytes.NewReader(out))
	for {
		tok, err := d.Token()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			t.Fatalf("svg: %v", err)
		}
		switch tok := tok.(type) {
		case xml.StartElement:
			inText = tok.Name.Local == "text"
		case xml.CharData:
			if inText {
				texts = append(texts, string(tok))
			}
		case xml.EndElement:
			inText = false
		}
	}
	if !slices.Equal(texts, p.Texts()) {
		t.Errorf("svg texts %q, want %q", texts, p.Texts())
	}
}

// TestTextsNeverTouch checks every pair of texts in the samples and in the
// nasty ones with short names.
func TestTextsNeverTouch(t *testing.T) {
	all := samples()
	for kind, spec := range specsOf(nasty()["many"]) {
		all = append(all, sample{"many-" + kind, spec, 640, 360})
	}
	for _, s := range all {
		for _, pair := range touching(Draw(s.spec, Options{Width: s.w, Height: s.h})) {
			t.Errorf("%s: %q and %q touch", s.name, pair[0], pair[1])
		}
	}
}

// touching returns the pairs of texts that overlap.
func touching(p *Picture) [][2]string {
	var texts []op
	for _, o := range p.ops {
		if o.kind == opText {
			texts = append(texts, o)
		}
	}
	var pairs [][2]string
	for i, a := range texts {
		for _, b := range texts[:i] {
			if a.x < b.x+b.w && b.x < a.x+a.w && a.y-a.size*0.7 < b.y && b.y-b.size*0.7 < a.y {
				pairs = append(pairs, [2]string{b.text, a.text})
			}
		}
	}
	return pairs
}

func TestWhatDoesNotFitIsCounted(t *testing.T) {
	for kind, spec := range specsOf(nasty()["many"]) {
		if slices.Contains([]string{"lines", "sparkline", "gauge", "band", "scatter", "calendar"}, kind) {
			continue // these hold any number of points
		}
		texts := Draw(spec, Options{Width: 640, Height: 360}).Texts()
		if !slices.ContainsFunc(texts, func(s string) bool { return strings.HasPrefix(s, "and ") && strings.HasSuffix(s, " more") }) {
			t.Errorf("%s: no line says what is missing in %.200q", kind, texts)
		}
	}
}

func TestHitsOpenTheirRecords(t *testing.T) {
	for _, tc := range []struct {
		spec report.Spec
		size [2]int
		at   XY
		key  string
		hint string
	}{
		{attainmentSample(), [2]int{632, 262}, XY{300, 70}, "person:Anna Lindqvist", "Anna Lindqvist: 75%"},
		{funnelSample(), [2]int{632, 252}, XY{200, 50}, "Qualification", "Qualification: 233"},
		{funnelSample(), [2]int{632, 252}, XY{600, 90}, "lost:Discovery", "33 dropped"},
		{wonByMonth(), [2]int{1096, 158}, XY{1030, 100}, "Nov 1–17", "Nov 1–17: $114K"},
		{gaugeSample(0.27), [2]int{352, 240}, XY{176, 150}, "won", "Won: 27%"},
		{bandsSample(), [2]int{452, 262}, XY{226, 200}, "40–60%", "40–60%: 12"},
		{waterfallSample(), [2]int{632, 328}, XY{150, 90}, "step:New", "New: +$31.2K"},
		{bandSample(), [2]int{592, 328}, XY{504, 110}, "forecast", "day 91"},
		{stacksSample(false), [2]int{632, 300}, XY{106, 225}, "Q1 2017:0", "Q1 2017, GTX Pro: $90K"},
		{stacksSample(false), [2]int{632, 300}, XY{106, 60}, "quarter:Q1 2017", "Q1 2017: $161K"},
		{paretoSample(), [2]int{632, 300}, XY{96, 240}, "reason:Price", "Price: $412K"},
		{bulletsSample(), [2]int{592, 262}, XY{300, 60}, "measure:Won", "Won: $67.3K"},
		{scatterSample(), [2]int{592, 400}, XY{407, 137}, "person:Anna Lindqvist", "Anna Lindqvist: $220K"},
		{heatSample(), [2]int{632, 262}, XY{180, 65}, "Anna Lindqvist:Qualification", "Anna Lindqvist, Qualification: 0"},
		{calendarSample(), [2]int{752, 220}, XY{70, 62}, "2017-01-02", "2017-01-02: 6"},
		{boxesSample(), [2]int{592, 252}, XY{200, 60}, "region:North", "North: 38"},
		{boxesSample(), [2]int{592, 252}, XY{379, 62}, "deal:North", "Condax: 118"},
		{leadersSample(), [2]int{592, 262}, XY{200, 50}, "person:Bram de Vries", "Bram de Vries: $193K"},
		{multiplesSample(), [2]int{632, 262}, XY{60, 80}, "person:Anna Lindqvist", "Anna Lindqvist: $32K"},
		{flowSample(), [2]int{752, 360}, XY{370, 68}, "flow:0-0", "Qualification to Qualification: $120K"},
		{flowSample(), [2]int{752, 360}, XY{604, 290}, "to:Won", "Won: $210K"},
	} {
		hit, ok := Draw(tc.spec, Options{Width: tc.size[0], Height: tc.size[1]}).At(tc.at.X, tc.at.Y)
		if !ok || hit.Key != tc.key || hit.Hint != tc.hint {
			t.Errorf("%T at %v: %+v", tc.spec, tc.at, hit)
		}
	}
	if hit, ok := Draw(linesSample(), Options{Width: 484, Height: 328}).At(2, 2); ok {
		t.Errorf("a hit in the corner: %+v", hit)
	}
}

func TestAxis(t *testing.T) {
	for _, tc := range []struct {
		lo, hi float64
		want   []float64
	}{
		{0, 768_000, []float64{0, 200_000, 400_000, 600_000, 800_000}},
		{0, 123_000, []float64{0, 50_000, 100_000, 150_000}},
		{0, 1, []float64{0, 0.25, 0.5, 0.75, 1}},
		{0, 0, []float64{0}},
		{-3, 7, []float64{-5, 0, 5, 10}},
		{0.446, 0.586, []float64{0.4, 0.45, 0.5, 0.55, 0.6}},
	} {
		if got := axisOver(tc.lo, tc.hi).ticks; !slices.EqualFunc(got, tc.want, func(a, b float64) bool { return max(a-b, b-a) < 1e-9*max(1, b) }) {
			t.Errorf("axis %v to %v: %v, want %v", tc.lo, tc.hi, got, tc.want)
		}
	}
}

func FuzzAxis(f *testing.F) {
	f.Add(0.0, 1.0)
	f.Add(-1e300, 1e300)
	f.Add(1e-300, 2e-300)
	f.Fuzz(func(t *testing.T, a, b float64) {
		x := zeroBased(a, b)
		if n := len(x.ticks); n < 1 || n > 5 {
			t.Errorf("%v, %v: ticks %v", a, b, x.ticks)
		}
		if y := x.at(0, 0, 100); y < -1e-6 || y > 100+1e-6 {
			t.Errorf("%v, %v: zero at %v", a, b, y)
		}
	})
}

func TestFitAndWrap(t *testing.T) {
	if got := Fit("Übergroße Firma", 60, 13, Regular); !strings.HasSuffix(got, "…") || TextWidth(got, 13, Regular) > 60 {
		t.Errorf("fit: %q", got)
	}
	if got := Fit("Firma", 2, 13, Regular); got != "" {
		t.Errorf("no room: %q", got)
	}
	if got := clean("−5\n東"); got != "–5 …" {
		t.Errorf("clean: %q", got)
	}
	lines := Wrap("won deals divided by won and lost deals closed in the period", 150, 11, Regular)
	for _, l := range lines {
		if TextWidth(l, 11, Regular) > 150 {
			t.Errorf("line too wide: %q", l)
		}
	}
	if strings.Join(lines, " ") != "won deals divided by won and lost deals closed in the period" {
		t.Errorf("wrap: %q", lines)
	}
}

func BenchmarkDraw(b *testing.B) {
	for _, s := range samples() {
		b.Run(s.name, func(b *testing.B) {
			for b.Loop() {
				if _, err := Draw(s.spec, Options{Width: 1200, Height: 700}).Image(); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
	for kind, spec := range specsOf(nasty()["many"]) {
		b.Run("200-"+kind, func(b *testing.B) {
			for b.Loop() {
				if _, err := Draw(spec, Options{Width: 1200, Height: 700}).Image(); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

// Pictures of pixels keep their place among what is drawn before and after.
func TestPicturesLieInOrder(t *testing.T) {
	photo := image.NewRGBA(image.Rect(0, 0, 4, 4))
	draw.Draw(photo, photo.Bounds(), image.NewUniform(rgb(0x112233)), image.Point{}, draw.Src)
	c := NewCanvas(Options{Width: 40, Height: 40, Scale: 2})
	c.Rect(0, 0, 20, 40, Accent)
	c.Image(photo, 0, 0, 40, 20)
	c.Rect(10, 10, 10, 10, BadInk)
	img, err := c.Picture("").Image()
	if err != nil {
		t.Fatal(err)
	}
	for at, want := range map[image.Point]Color{
		{X: 10, Y: 10}: rgb(0x112233), {X: 30, Y: 30}: light().bad, {X: 10, Y: 60}: light().accent, {X: 70, Y: 70}: light().bg,
	} {
		if got := img.RGBAAt(at.X, at.Y); got.R != want.R || got.G != want.G || got.B != want.B {
			t.Errorf("at %v stands %v, not %v", at, got, want)
		}
	}
}
