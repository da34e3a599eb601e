package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"

	"fieldbook/app/chart"
	"fieldbook/app/report"
	"fieldbook/assets/lang"
)

// ChartOptions describes a ChartView. What is nil is left out of its menu.
type ChartOptions struct {
	Runner        Runner // draws away from the screen; nil draws in place
	Bare          bool   // within a panel that has the title
	Min           fyne.Size
	OnOpen        func(key string) // a click on a mark
	OnFocus       func(v *ChartView)
	OnCopyPicture func(spec report.Spec)
	OnCopyFigures func(spec report.Spec)
	OnSave        func(spec report.Spec, format string) // "png", "svg" or "pdf"; "xlsx" or "csv" for its figures
	OnPrint       func(spec report.Spec)
	Compare       []Option                // what it can be compared with, the first one nothing
	OnCompare     func(key string)        // one of Compare was chosen
	More          func() []*fyne.MenuItem // further lines of the menu
}

// ChartView shows a chart as sharp as the screen allows, and draws it anew
// when its size, the scale or the theme changes. Hovering says what a mark is,
// a click opens the records behind it, a click on the name of a series leaves it
// out. Dragging across a chart along time looks closer. A right click has the
// rest; the keyboard walks the marks.
type ChartView struct {
	widget.BaseWidget
	opts    ChartOptions
	spec    report.Spec
	compare string   // key of what it is compared with
	asked   chartKey // what is drawn or being drawn
	number  int      // counts drawings, so that late ones are dropped
	picture *chart.Picture
	image   *canvas.Image
	failed  string
	mouse   fyne.Position
	hit     chart.Hit
	over    bool // the mouse, or the keyboard, is over hit

	off     map[string]bool // series that are left out
	zoom    [2]float64      // shares of the width of what goes along time
	drag    [2]float32      // where dragging began and is
	drags   bool
	focused bool
	at      int // the mark that the keyboard is on, -1 none
}

// chartKey is what a drawing depends on beside its spec.
type chartKey struct {
	width, height int
	scale         float64
	dark          bool
}

var (
	_ desktop.Hoverable      = (*ChartView)(nil)
	_ desktop.Cursorable     = (*ChartView)(nil)
	_ fyne.Tappable          = (*ChartView)(nil)
	_ fyne.SecondaryTappable = (*ChartView)(nil)
	_ fyne.Draggable         = (*ChartView)(nil)
	_ fyne.Focusable         = (*ChartView)(nil)
	_ fyne.Shortcutable      = (*ChartView)(nil)
)

// whole is a zoom that shows everything.
var whole = [2]float64{0, 1}

// NewChartView returns a view of a chart; a nil spec shows nothing yet.
func NewChartView(spec report.Spec, opts ChartOptions) *ChartView {
	v := &ChartView{opts: opts, spec: spec, image: &canvas.Image{FillMode: canvas.ImageFillStretch}, zoom: whole, at: -1}
	if opts.Min.IsZero() {
		v.opts.Min = fyne.NewSize(200, 120)
	}
	v.ExtendBaseWidget(v)
	return v
}

// SetSpec shows another chart. What was left out of the one before stays out where
// the new one has it, too; a zoom stays while the title does.
func (v *ChartView) SetSpec(spec report.Spec) {
	if v.spec == nil || spec == nil || v.spec.Describe().Title != spec.Describe().Title {
		v.zoom = whole
	}
	v.spec = spec
	v.redraw()
}

// SetCompare says what the chart shown is compared with.
func (v *ChartView) SetCompare(key string) { v.compare = key }

// Shown is the chart as it is seen: without the series that are left out, and the
// part that is looked at.
func (v *ChartView) Shown() report.Spec {
	if v.spec == nil {
		return nil
	}
	return report.Zoomed(report.Without(v.spec, v.off), v.zoom[0], v.zoom[1])
}

// redraw draws the chart anew.
func (v *ChartView) redraw() {
	v.asked, v.over, v.at = chartKey{}, false, -1
	v.Refresh()
}

// CreateRenderer implements fyne.Widget.
func (v *ChartView) CreateRenderer() fyne.WidgetRenderer {
	return &sketch{of: v, min: func() fyne.Size { return v.opts.Min }, draw: v.draw}
}

func (v *ChartView) draw(s *scene, size fyne.Size) {
	if !v.opts.Bare {
		s.box(area{0, 0, size.Width, size.Height}, BoxStyle{Fill: ColorBg, Line: ColorLine, Radius: RadiusPanel})
	}
	v.ask(size)
	switch {
	case v.failed != "":
		s.icon(PadPanel, PadPanel, "warn", ColorBad, IconSize)
		s.text(area{PadPanel + 24, PadPanel - 1, size.Width - 2*PadPanel - 24, 18}, v.failed, TextStyle{})
	case v.image.Image != nil:
		s.put(v.image, v.inner(size))
	}
	if v.drags {
		v.drawDrag(s, size)
	}
	if v.zoom != whole {
		s.box(v.allChip(size), BoxStyle{Fill: ColorHead, Line: ColorLine2, Radius: RadiusBox})
		s.text(v.allChip(size), allText(), TextStyle{Size: SizeCaption, Align: fyne.TextAlignCenter})
	}
	if v.focused {
		s.box(area{0, 0, size.Width, size.Height}, BoxStyle{Line: ColorAccent, Width: 1, Radius: RadiusBox})
	}
	if !v.over {
		return
	}
	if v.at >= 0 {
		in := v.inner(size)
		s.box(area{in.x + float32(v.hit.X), in.y + float32(v.hit.Y), float32(v.hit.W), float32(v.hit.H)}, BoxStyle{Line: ColorAccent, Width: 2, Radius: RadiusBox})
	}
	if v.hit.Hint != "" {
		s.tip(v.mouse, v.hit.Hint, size)
	}
}

func allText() string { return lang.T("Show all") }

// allChip is where a zoomed chart offers to show everything again.
func (v *ChartView) allChip(size fyne.Size) area {
	w := Measure(allText(), SizeCaption, false) + 16
	return area{size.Width - w - 4, 4, w, 20}
}

// drawDrag shades what would be looked at closer.
func (v *ChartView) drawDrag(s *scene, size fyne.Size) {
	lo, hi := min(v.drag[0], v.drag[1]), max(v.drag[0], v.drag[1])
	for _, x := range []float32{lo, hi} {
		s.line(fyne.NewPos(x, 0), fyne.NewPos(x, size.Height), ColorAccent, 1)
	}
	s.box(area{lo, size.Height - 4, hi - lo, 4}, BoxStyle{Fill: ColorAccent})
}

// inner is where the picture stands: within the border, if there is one.
func (v *ChartView) inner(size fyne.Size) area {
	at := area{0, 0, size.Width, size.Height}
	if v.opts.Bare {
		return at
	}
	return at.inset(2) // clear of the rounded corners
}

// ask draws the chart unless it is already drawn, or being drawn, that way.
func (v *ChartView) ask(size fyne.Size) {
	in := v.inner(size)
	key := chartKey{int(in.w), int(in.h), 1, IsDark()}
	if c := fyne.CurrentApp().Driver().CanvasForObject(v); c != nil {
		key.scale = float64(c.Scale())
	}
	if v.spec == nil || key == v.asked || key.width < 2 || key.height < 2 {
		return
	}
	v.asked = key
	v.number++
	number, spec, bare := v.number, v.Shown(), v.opts.Bare
	paint := func() func() {
		p := chart.Draw(spec, chart.Options{Width: key.width, Height: key.height, Scale: key.scale, Dark: key.dark, Bare: bare})
		img, err := p.Image()
		return func() {
			if number != v.number {
				return
			}
			v.failed = ""
			if err != nil {
				v.failed = Message(err, lang.T("The chart could not be drawn."))
				return
			}
			v.picture, v.image.Image = p, img
			v.image.Refresh()
		}
	}
	if v.opts.Runner == nil {
		paint()()
		return
	}
	v.opts.Runner.Go(func() {
		show := paint()
		v.opts.Runner.Do(func() {
			show()
			v.Refresh()
		})
	})
}

// tip draws a hint beside the mouse, within the widget.
func (s *scene) tip(mouse fyne.Position, text string, size fyne.Size) {
	lines := wrap(text, 220)
	w := float32(0)
	for _, line := range lines {
		w = max(w, Measure(line, SizeCaption, false))
	}
	w, h := w+16, 14*float32(len(lines))+10
	x := max(0, min(mouse.X+14, size.Width-w))
	y := mouse.Y + 18
	if y+h > size.Height {
		y = max(0, mouse.Y-h-6)
	}
	s.box(area{x, y, w, h}, BoxStyle{Fill: ColorFg, Radius: RadiusBox})
	for i, line := range lines {
		s.text(area{x + 8, y + 5 + 14*float32(i), w, 14}, line, TextStyle{Size: SizeCaption, Color: ColorBg})
	}
}
