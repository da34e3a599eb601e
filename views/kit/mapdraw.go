package kit

import (
	"image"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/widget"

	"fieldbook/app/geo"
	"fieldbook/assets/lang"
)

// mapFrame is the picture drawn last and what it depends on.
type mapFrame struct {
	w, h   int
	dark   bool
	stale  bool // the map has changed
	looped bool // the lasso has changed
	image  image.Image
}

// build decodes and projects the map, then draws the newest spec.
func (m *MapView) build() {
	if m.building {
		return // the newest spec is looked at when it ends
	}
	m.building, m.failed = true, ""
	spec, number := m.spec, m.number
	work := func() func() {
		atlas, err := geo.Load()
		if err != nil {
			return func() { m.built(number, nil, err) }
		}
		r := geo.NewRenderer(geo.NewScene(atlas, spec), spec)
		return func() { m.built(number, r, nil) }
	}
	if m.opts.Runner == nil {
		work()()
		return
	}
	m.opts.Runner.Go(func() {
		done := work()
		m.opts.Runner.Do(done)
	})
}

// built takes a map that was made for the spec of a number.
func (m *MapView) built(number int, r *geo.Renderer, err error) {
	m.building = false
	switch {
	case err != nil:
		m.failed = Message(err, lang.T("The map could not be loaded. Your data is safe."))
		m.Refresh()
		return
	case number != m.number && !r.Scene().Holds(m.spec):
		m.build()
		return
	}
	r.SetSpec(m.spec)
	r.Pick(m.picked.Codes, m.picked.Points)
	fresh := m.drawn == nil || m.spec.Frame == "" // another plane
	m.drawn = r
	if fresh {
		m.fitted = true
	}
	m.fit()
	m.changed()
	m.Refresh()
}

// fit shows the whole frame if nothing else was chosen to be seen.
func (m *MapView) fit() {
	if s := m.screen(); m.drawn != nil && m.fitted && s.W > 0 {
		m.view = m.drawn.Fit(s.W, s.H, false)
	}
}

func (m *MapView) screen() geo.Screen {
	return geo.Screen{W: float64(m.Size().Width), H: float64(m.Size().Height)}
}

// look shows another part of the map.
func (m *MapView) look(v geo.View) {
	s := m.screen()
	m.view, m.fitted = m.drawn.Bounded(v, s.W, s.H), false
	m.tip.hide() // something else lies under the mouse
	m.changed()
}

// changed draws the map again.
func (m *MapView) changed() {
	m.frame.stale = true
	m.changedOver()
}

// changedOver draws again what lies over the map.
func (m *MapView) changedOver() {
	m.frame.looped = true
	if m.drawn != nil {
		canvas.Refresh(m.raster)
	}
}

// paint is called by the raster whenever the picture is to go to the screen.
func (m *MapView) paint(w, h int) image.Image {
	if m.drawn == nil || m.Size().Width <= 0 {
		return image.NewRGBA(image.Rect(0, 0, 1, 1))
	}
	f := &m.frame
	stale := f.stale || f.image == nil || f.w != w || f.h != h || f.dark != IsDark()
	f.w, f.h, f.dark = w, h, IsDark()
	sheet := geo.Sheet{Width: w, Height: h, Scale: m.density(), Theme: geo.Theme{Dark: f.dark}}
	if stale {
		f.image = m.drawn.Draw(m.view, sheet)
	}
	if stale || f.looped {
		f.image = m.drawn.Lasso(m.loopOnScreen(), sheet)
	}
	f.stale, f.looped = false, false
	return f.image
}

// density is how many px of the picture a logical px takes.
func (m *MapView) density() float64 {
	if m.frame.w == 0 || m.Size().Width <= 0 {
		return 1
	}
	return float64(m.frame.w) / float64(m.Size().Width)
}

func (m *MapView) loopOnScreen() [][2]float64 {
	out := make([][2]float64, len(m.loop))
	for i, q := range m.loop {
		at := m.spot(q)
		out[i] = [2]float64{float64(at.X), float64(at.Y)}
	}
	return out
}

// plane is the place on the plane under a place of the widget.
func (m *MapView) plane(at fyne.Position) (x, y float64) {
	return m.view.Plane(float64(at.X), float64(at.Y), m.screen())
}

// spot is the place of the widget over a place on the plane.
func (m *MapView) spot(q [2]float64) fyne.Position {
	s := m.screen()
	return fyne.NewPos(float32((q[0]-m.view.X)*m.view.Scale+s.W/2), float32((q[1]-m.view.Y)*m.view.Scale+s.H/2))
}

// CreateRenderer implements fyne.Widget.
func (m *MapView) CreateRenderer() fyne.WidgetRenderer {
	return &sketch{of: m, min: func() fyne.Size { return m.opts.Min }, draw: m.draw}
}

func (m *MapView) draw(s *scene, size fyne.Size) {
	whole := area{0, 0, size.Width, size.Height}
	switch {
	case m.failed != "":
		s.icon(PadPanel, PadPanel, "warn", ColorBad, IconSize)
		s.text(area{PadPanel + 24, PadPanel - 1, size.Width - 2*PadPanel - 24, 18}, m.failed, TextStyle{})
	case m.drawn != nil:
		m.fit()
		m.frame.stale = true
		s.put(m.raster, whole)
		s.put(m.tip, whole)
	case m.shown:
		s.text(whole, lang.T("Loading the map"), TextStyle{Color: ColorFg2, Align: fyne.TextAlignCenter})
	}
}

// mapTip stands over the map, so that moving the mouse does not draw the map
// again: what lies under the mouse in words, and the ring of the brush.
type mapTip struct {
	widget.BaseWidget
	mouse fyne.Position
	text  string
	ring  float32 // radius of the brush, 0 for none
}

func newMapTip() *mapTip {
	t := &mapTip{}
	t.ExtendBaseWidget(t)
	return t
}

func (t *mapTip) hide() { t.show(t.mouse, "", 0) }

func (t *mapTip) show(mouse fyne.Position, text string, ring float32) {
	quiet := text == "" && ring == 0
	if quiet && t.text == "" && t.ring == 0 {
		return
	}
	t.mouse, t.text, t.ring = mouse, text, ring
	t.Refresh()
}

// CreateRenderer implements fyne.Widget.
func (t *mapTip) CreateRenderer() fyne.WidgetRenderer {
	return &sketch{of: t, min: fixed(1, 1), draw: func(s *scene, size fyne.Size) {
		if t.ring > 0 {
			s.dot(t.mouse, t.ring, "", ColorAccent)
		}
		if t.text != "" {
			s.tip(t.mouse, t.text, size)
		}
	}}
}
