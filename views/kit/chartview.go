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
	OnCopyPicture func(spec report.Spec)
	OnCopyFigures func(spec report.Spec)
	OnSave        func(spec report.Spec, format string) // "png", "svg" or "pdf"; "xlsx" or "csv" for its figures
	OnPrint       func(spec report.Spec)
}

// ChartView shows a chart as sharp as the screen allows, and draws it anew
// when its size, the scale or the theme changes. Hovering says what a mark is,
// a click opens the records behind it, a right click copies and saves.
type ChartView struct {
	widget.BaseWidget
	opts    ChartOptions
	spec    report.Spec
	asked   chartKey // what is drawn or being drawn
	number  int      // counts drawings, so that late ones are dropped
	picture *chart.Picture
	image   *canvas.Image
	failed  string
	mouse   fyne.Position
	hit     chart.Hit
	over    bool // the mouse is over hit
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
)

// NewChartView returns a view of a chart; a nil spec shows nothing yet.
func NewChartView(spec report.Spec, opts ChartOptions) *ChartView {
	v := &ChartView{opts: opts, spec: spec, image: &canvas.Image{FillMode: canvas.ImageFillStretch}}
	if opts.Min.IsZero() {
		v.opts.Min = fyne.NewSize(200, 120)
	}
	v.ExtendBaseWidget(v)
	return v
}

// SetSpec shows another chart.
func (v *ChartView) SetSpec(spec report.Spec) {
	v.spec, v.asked, v.over = spec, chartKey{}, false
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
	if v.over && v.hit.Hint != "" {
		s.tip(v.mouse, v.hit.Hint, size)
	}
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
	number, spec, bare := v.number, v.spec, v.opts.Bare
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

func (v *ChartView) hitAt(at fyne.Position) (chart.Hit, bool) {
	if v.picture == nil {
		return chart.Hit{}, false
	}
	in := v.inner(v.Size())
	return v.picture.At(float64(at.X-in.x), float64(at.Y-in.y))
}

// Tapped implements fyne.Tappable.
func (v *ChartView) Tapped(e *fyne.PointEvent) {
	if hit, ok := v.hitAt(e.Position); ok && hit.Key != "" && v.opts.OnOpen != nil {
		v.opts.OnOpen(hit.Key)
	}
}

// TappedSecondary implements fyne.SecondaryTappable: the menu.
func (v *ChartView) TappedSecondary(e *fyne.PointEvent) {
	c := fyne.CurrentApp().Driver().CanvasForObject(v)
	items := v.menu()
	if c == nil || len(items) == 0 || v.spec == nil {
		return
	}
	widget.ShowPopUpMenuAtPosition(fyne.NewMenu("", items...), c, e.AbsolutePosition)
}

func (v *ChartView) menu() []*fyne.MenuItem {
	var items []*fyne.MenuItem
	add := func(label string, do func(report.Spec)) {
		if do != nil {
			items = append(items, fyne.NewMenuItem(label, func() { do(v.spec) }))
		}
	}
	add(lang.T("Copy picture"), v.opts.OnCopyPicture)
	add(lang.T("Copy figures"), v.opts.OnCopyFigures)
	if save := v.opts.OnSave; save != nil {
		for _, format := range []struct{ key, label string }{{"png", lang.T("Save as PNG")}, {"svg", lang.T("Save as SVG")}, {"pdf", lang.T("Save as PDF")}, {"xlsx", lang.T("Save the figures as XLSX")}, {"csv", lang.T("Save the figures as CSV")}} {
			add(format.label, func(spec report.Spec) { save(spec, format.key) })
		}
	}
	add(lang.T("Print"), v.opts.OnPrint)
	return items
}

// MouseIn implements desktop.Hoverable.
func (v *ChartView) MouseIn(e *desktop.MouseEvent) { v.MouseMoved(e) }

// MouseMoved implements desktop.Hoverable.
func (v *ChartView) MouseMoved(e *desktop.MouseEvent) {
	hit, over := v.hitAt(e.Position)
	if !over && !v.over {
		return
	}
	v.mouse, v.hit, v.over = e.Position, hit, over
	v.Refresh()
}

// MouseOut implements desktop.Hoverable.
func (v *ChartView) MouseOut() {
	v.over = false
	v.Refresh()
}

// Cursor implements desktop.Cursorable.
func (v *ChartView) Cursor() desktop.Cursor {
	if v.over && v.hit.Key != "" && v.opts.OnOpen != nil {
		return desktop.PointerCursor
	}
	return desktop.DefaultCursor
}
