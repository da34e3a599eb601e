package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"

	"fieldbook/app/geo"
	"fieldbook/app/report"
)

// MapTool says what the mouse does on a map.
type MapTool int

// The tools: taps and pans; draws a loop; paints; only pans; says where was
// tapped, and pans.
const (
	MapPointer MapTool = iota
	MapLasso
	MapBrush
	MapHand
	MapPin
)

// MapCatch is what a tap, a stroke of the brush or a lasso caught: codes of
// units and ids of points.
type MapCatch struct{ Codes, Points []string }

// Empty reports whether nothing was caught.
func (c MapCatch) Empty() bool { return len(c.Codes) == 0 && len(c.Points) == 0 }

// MapOptions describes a MapView. Callbacks may be nil.
type MapOptions struct {
	Runner Runner // loads and projects away from the screen; nil does it in place
	Min    fyne.Size

	OnTap     func(c MapCatch, add bool)         // add: Ctrl, Shift or Cmd was held; an empty catch is an empty place
	OnMenu    func(c MapCatch, at fyne.Position) // right click; at: on the canvas
	OnLasso   func(c MapCatch, at fyne.Position) // closed; it stays drawn until ClearLasso; at: where a pop-up may stand
	OnPaint   func(c MapCatch)                   // units and points entered since the last call, while the brush is down
	OnPainted func()                             // the brush is up
	OnHover   func(c MapCatch)                   // something else lies under the mouse
	Tip       func(c MapCatch) string            // shown near the mouse; "" for nothing
	OnPin     func(lon, lat float64)             // MapPin was tapped on the map, in degrees
	OnEscape  func() bool                        // Escape; true where something was called off
}

// MapView shows a map that is moved by dragging, the arrows and the wheel. The
// atlas is decoded and projected away from the screen; until then the view
// says that it loads. Units and points are caught as SetTargets says.
type MapView struct {
	widget.BaseWidget
	opts   MapOptions
	raster *canvas.Raster
	tip    *mapTip

	spec     report.MapSpec
	shown    bool // SetSpec was called
	number   int  // counts specs
	building bool
	failed   string
	drawn    *geo.Renderer // nil until the map is there
	view     geo.View
	fitted   bool // the whole frame is shown; a new size is fitted again
	picked   MapCatch

	frame mapFrame
	tool  MapTool
	units bool
	dots  bool

	press mapPress
	loop  [][2]float64 // the lasso, on the plane
	over  MapCatch     // under the mouse
}

var (
	_ fyne.Focusable         = (*MapView)(nil)
	_ fyne.Scrollable        = (*MapView)(nil)
	_ fyne.Draggable         = (*MapView)(nil)
	_ fyne.DoubleTappable    = (*MapView)(nil)
	_ fyne.SecondaryTappable = (*MapView)(nil)
	_ desktop.Mouseable      = (*MapView)(nil)
	_ desktop.Hoverable      = (*MapView)(nil)
	_ desktop.Cursorable     = (*MapView)(nil)
)

// NewMapView returns a view that shows nothing until SetSpec. It catches units
// and points.
func NewMapView(opts MapOptions) *MapView {
	if opts.Min.IsZero() {
		opts.Min = fyne.NewSize(240, 160)
	}
	m := &MapView{opts: opts, units: true, dots: true, fitted: true}
	m.raster = canvas.NewRaster(m.paint)
	m.tip = newMapTip()
	m.ExtendBaseWidget(m)
	return m
}

// SetSpec draws other data. Zoom, place and what is selected are kept while the
// frame is the same.
func (m *MapView) SetSpec(spec report.MapSpec) {
	same := m.shown && m.spec.Frame == spec.Frame
	m.spec, m.shown = spec, true
	m.number++
	if m.drawn != nil && m.drawn.Scene().Holds(spec) {
		m.drawn.SetSpec(spec)
		m.drawn.Pick(m.picked.Codes, m.picked.Points)
		m.changed()
		return
	}
	if !same {
		m.drawn, m.loop, m.fitted = nil, nil, true
	}
	m.build()
	m.Refresh()
}

// Recolour gives units and points another group at once, before a new spec
// says so.
func (m *MapView) Recolour(group int, c MapCatch) {
	if m.drawn != nil {
		m.drawn.Recolour(group, c.Codes, c.Points)
		m.changed()
	}
}

// Select outlines these units and points and no others.
func (m *MapView) Select(c MapCatch) {
	m.picked = c
	if m.drawn != nil {
		m.drawn.Pick(c.Codes, c.Points)
		m.changed()
	}
}

// SetTool chooses what the mouse does. A lasso that is drawn stays.
func (m *MapView) SetTool(t MapTool) {
	m.endPress()
	m.tool = t
	m.tip.hide()
}

// SetTargets says what the tools catch.
func (m *MapView) SetTargets(units, points bool) { m.units, m.dots = units, points }

// ZoomIn goes nearer to the middle.
func (m *MapView) ZoomIn() { m.zoom(zoomStep, m.middle()) }

// ZoomOut goes farther from the middle.
func (m *MapView) ZoomOut() { m.zoom(1/zoomStep, m.middle()) }

// Fit shows the whole frame.
func (m *MapView) Fit() {
	m.fitted = true
	m.fit()
	m.changed()
}

// Focus shows all of a group.
func (m *MapView) Focus(group int) {
	if m.drawn != nil && m.Size().Width > 0 {
		s := m.screen()
		m.look(m.drawn.Focus(group, s.W, s.H))
	}
}

// ClearLasso takes the lasso away.
func (m *MapView) ClearLasso() {
	if m.loop == nil {
		return
	}
	m.loop = nil
	m.changedOver()
}

// Ready reports whether the map is there.
func (m *MapView) Ready() bool { return m.drawn != nil }

// Unit returns what the map knows of a unit on it.
func (m *MapView) Unit(code string) (geo.Unit, bool) {
	if m.drawn == nil {
		return geo.Unit{}, false
	}
	return m.drawn.Unit(code)
}

// PlaceAt returns the degrees at a place on the canvas, for what is dropped there.
func (m *MapView) PlaceAt(absolute fyne.Position) (lon, lat float64, ok bool) {
	at := absolute.Subtract(fyne.CurrentApp().Driver().AbsolutePositionForObject(m))
	if !m.onMap(at) {
		return 0, 0, false
	}
	return m.drawn.Place(m.plane(at))
}

// UnitUnder is the code of the unit at a place on the canvas, "" for none.
func (m *MapView) UnitUnder(absolute fyne.Position) string {
	at := absolute.Subtract(fyne.CurrentApp().Driver().AbsolutePositionForObject(m))
	if !m.onMap(at) {
		return ""
	}
	return m.drawn.UnitAt(m.plane(at))
}

// onMap reports whether a place of the widget lies on the map that is shown.
func (m *MapView) onMap(at fyne.Position) bool {
	return m.drawn != nil && (area{0, 0, m.Size().Width, m.Size().Height}).has(at) && m.drawn.OnMap(float64(at.X), float64(at.Y), m.screen())
}
