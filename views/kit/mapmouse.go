package kit

import (
	"math"
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
)

const (
	zoomStep    = 1.5
	zoomOfWheel = 0.008 // of the logarithm, a px of the wheel
	arrowStep   = 60
	brushRadius = 9
	brushStep   = 3 // px between the places that a stroke touches
	dotSlack    = 3
	loopStep    = 2
)

// mapPress is what a held mouse button does.
type mapPress struct {
	on      bool
	tool    MapTool
	held    fyne.KeyModifier
	at      fyne.Position // where the mouse is
	moved   bool
	painted map[string]bool // codes and, behind a space, ids
}

// MouseDown implements desktop.Mouseable.
func (m *MapView) MouseDown(e *desktop.MouseEvent) {
	focus(m)
	m.endPress()
	if m.drawn == nil || e.Button == desktop.MouseButtonSecondary {
		return
	}
	m.press = mapPress{on: true, tool: m.tool, held: e.Modifier, at: e.Position}
	if e.Button == desktop.MouseButtonTertiary {
		m.press.tool = MapHand
	}
	switch m.press.tool {
	case MapLasso:
		x, y := m.plane(e.Position)
		m.loop = [][2]float64{{x, y}}
		m.changedOver()
	case MapBrush:
		m.press.painted = map[string]bool{}
		m.paintTo(e.Position)
	default:
	}
}

// MouseUp implements desktop.Mouseable.
func (m *MapView) MouseUp(*desktop.MouseEvent) { m.endPress() }

// DragEnd implements fyne.Draggable. Where the button was released elsewhere,
// no MouseUp comes.
func (m *MapView) DragEnd() { m.endPress() }

// Dragged implements fyne.Draggable.
func (m *MapView) Dragged(e *fyne.DragEvent) {
	p := &m.press
	if !p.on || m.drawn == nil {
		return
	}
	if !p.moved {
		p.moved = true
		m.hover(MapCatch{}, e.Position)
	}
	switch p.tool {
	case MapPointer, MapHand, MapPin:
		m.look(m.view.Moved(float64(e.Position.X-p.at.X), float64(e.Position.Y-p.at.Y)))
	case MapLasso:
		m.extendLoop(e.Position)
	case MapBrush:
		m.paintTo(e.Position)
	}
	p.at = e.Position
}

// endPress does what the release of the button means.
func (m *MapView) endPress() {
	p := m.press
	m.press = mapPress{}
	switch {
	case !p.on:
	case p.tool == MapBrush:
		if m.opts.OnPainted != nil {
			m.opts.OnPainted()
		}
	case p.tool == MapLasso && p.moved:
		m.closeLoop()
	case p.tool == MapLasso:
		m.ClearLasso()
		m.tap(p)
	case p.tool == MapPointer && !p.moved:
		m.tap(p)
	case p.tool == MapPin && !p.moved:
		m.pin(p.at)
	}
}

// pin says the degrees at a place of the widget.
func (m *MapView) pin(at fyne.Position) {
	if m.opts.OnPin == nil || !m.onMap(at) {
		return
	}
	if lon, lat, ok := m.drawn.Place(m.plane(at)); ok {
		m.opts.OnPin(lon, lat)
	}
}

func (m *MapView) tap(p mapPress) {
	if m.opts.OnTap != nil {
		add := p.held&(fyne.KeyModifierControl|fyne.KeyModifierShift|fyne.KeyModifierSuper) != 0
		m.opts.OnTap(m.catchAt(p.at), add)
	}
}

// catchAt is what lies at a place of the widget: the points of a dot or
// cluster, else the unit.
func (m *MapView) catchAt(at fyne.Position) MapCatch {
	if !m.onMap(at) {
		return MapCatch{}
	}
	if m.dots {
		k := m.density()
		if ids := m.drawn.PointsAt(float64(at.X)*k, float64(at.Y)*k, dotSlack*k); len(ids) > 0 {
			return MapCatch{Points: ids}
		}
	}
	if m.units {
		if code := m.drawn.UnitAt(m.plane(at)); code != "" {
			return MapCatch{Codes: []string{code}}
		}
	}
	return MapCatch{}
}

func (m *MapView) extendLoop(at fyne.Position) {
	if len(m.loop) > 0 {
		last := m.spot(m.loop[len(m.loop)-1])
		if math.Hypot(float64(at.X-last.X), float64(at.Y-last.Y)) < loopStep {
			return
		}
	}
	x, y := m.plane(at)
	m.loop = append(m.loop, [2]float64{x, y})
	m.changedOver()
}

// closeLoop says what the lasso caught.
func (m *MapView) closeLoop() {
	if len(m.loop) < 3 {
		m.ClearLasso()
		return
	}
	var c MapCatch
	if m.units {
		c.Codes = m.drawn.UnitsIn(m.loop)
	}
	if m.dots {
		c.Points = m.drawn.PointsIn(m.loop)
	}
	if m.opts.OnLasso != nil {
		m.opts.OnLasso(c, m.besideLoop())
	}
}

// besideLoop is a place on the canvas at the right of the lasso.
func (m *MapView) besideLoop() fyne.Position {
	right, top, bottom := float32(0), float32(math.MaxFloat32), float32(0)
	for _, q := range m.loop {
		at := m.spot(q)
		right, top, bottom = max(right, at.X), min(top, at.Y), max(bottom, at.Y)
	}
	at := fyne.NewPos(min(right+12, m.Size().Width), max(0, (top+bottom)/2))
	return fyne.CurrentApp().Driver().AbsolutePositionForObject(m).Add(at)
}

// paintTo drags the brush to a place and tells what it came upon.
func (m *MapView) paintTo(to fyne.Position) {
	from := m.press.at
	var fresh MapCatch
	steps := max(1, int(math.Hypot(float64(to.X-from.X), float64(to.Y-from.Y))/brushStep))
	for i := 1; i <= steps; i++ {
		t := float32(i) / float32(steps)
		x, y := m.plane(fyne.NewPos(from.X+(to.X-from.X)*t, from.Y+(to.Y-from.Y)*t))
		if m.units {
			if code := m.drawn.UnitAt(x, y); code != "" && !m.press.painted[code] {
				m.press.painted[code] = true
				fresh.Codes = append(fresh.Codes, code)
			}
		}
		if !m.dots {
			continue
		}
		for _, id := range m.drawn.PointsNear(x, y, brushRadius/m.view.Scale) {
			if !m.press.painted[" "+id] {
				m.press.painted[" "+id] = true
				fresh.Points = append(fresh.Points, id)
			}
		}
	}
	m.tip.show(to, "", brushRadius)
	if !fresh.Empty() && m.opts.OnPaint != nil {
		m.opts.OnPaint(fresh)
	}
}

// Scrolled implements fyne.Scrollable: the wheel zooms at the mouse.
func (m *MapView) Scrolled(e *fyne.ScrollEvent) {
	const most = 120
	m.zoom(math.Exp(zoomOfWheel*float64(max(-most, min(most, e.Scrolled.DY)))), e.Position)
}

// DoubleTapped implements fyne.DoubleTappable.
func (m *MapView) DoubleTapped(e *fyne.PointEvent) {
	if m.tool == MapPointer || m.tool == MapHand {
		m.zoom(2, e.Position)
	}
}

func (m *MapView) middle() fyne.Position {
	return fyne.NewPos(m.Size().Width/2, m.Size().Height/2)
}

func (m *MapView) zoom(by float64, at fyne.Position) {
	if m.drawn == nil || m.Size().Width <= 0 {
		return
	}
	s := m.screen()
	// What may not come nearer must not drift aside instead.
	free := m.drawn.Bounded(m.view.Zoomed(by, float64(at.X), float64(at.Y), s), s.W, s.H)
	m.look(m.view.Zoomed(free.Scale/m.view.Scale, float64(at.X), float64(at.Y), s))
}

// TappedSecondary implements fyne.SecondaryTappable.
func (m *MapView) TappedSecondary(e *fyne.PointEvent) {
	if m.opts.OnMenu != nil && m.drawn != nil {
		m.opts.OnMenu(m.catchAt(e.Position), e.AbsolutePosition)
	}
}

// MouseIn implements desktop.Hoverable.
func (m *MapView) MouseIn(e *desktop.MouseEvent) { m.MouseMoved(e) }

// MouseMoved implements desktop.Hoverable.
func (m *MapView) MouseMoved(e *desktop.MouseEvent) {
	if !m.press.on {
		m.hover(m.catchAt(e.Position), e.Position)
	}
}

// MouseOut implements desktop.Hoverable.
func (m *MapView) MouseOut() {
	m.hover(MapCatch{}, m.tip.mouse)
	m.tip.hide()
}

func (m *MapView) hover(c MapCatch, at fyne.Position) {
	if !slices.Equal(c.Codes, m.over.Codes) || !slices.Equal(c.Points, m.over.Points) {
		m.over = c
		if m.opts.OnHover != nil {
			m.opts.OnHover(c)
		}
	}
	text, ring := "", float32(0)
	if m.opts.Tip != nil && !c.Empty() {
		text = m.opts.Tip(c)
	}
	if m.tool == MapBrush {
		ring = brushRadius
	}
	m.tip.show(at, text, ring)
}

// Cursor implements desktop.Cursorable.
func (m *MapView) Cursor() desktop.Cursor {
	switch {
	case m.tool == MapHand:
		return desktop.PointerCursor
	case m.tool == MapLasso, m.tool == MapBrush, m.tool == MapPin:
		return desktop.CrosshairCursor
	case !m.over.Empty() && m.opts.OnTap != nil && len(m.over.Points) > 0:
		return desktop.PointerCursor
	}
	return desktop.DefaultCursor
}

// TypedKey implements fyne.Focusable.
func (m *MapView) TypedKey(e *fyne.KeyEvent) {
	if m.drawn == nil {
		return
	}
	switch e.Name {
	case fyne.KeyLeft:
		m.look(m.view.Moved(arrowStep, 0))
	case fyne.KeyRight:
		m.look(m.view.Moved(-arrowStep, 0))
	case fyne.KeyUp:
		m.look(m.view.Moved(0, arrowStep))
	case fyne.KeyDown:
		m.look(m.view.Moved(0, -arrowStep))
	case fyne.KeyEscape:
		m.escape(e)
	default:
	}
}

// escape calls off a stroke or a loop that is being drawn, then what the owner
// has under way.
func (m *MapView) escape(e *fyne.KeyEvent) {
	looped := m.loop != nil
	if m.press.tool == MapLasso {
		m.press = mapPress{} // a loop being drawn is not closed
	}
	m.ClearLasso()
	called := m.opts.OnEscape != nil && m.opts.OnEscape()
	if !looped && !called {
		escapes(m, e)
	}
}

// TypedRune implements fyne.Focusable. The signs come from any key that has
// them on whatever keyboard.
func (m *MapView) TypedRune(r rune) {
	switch r {
	case '+', '=':
		m.ZoomIn()
	case '-', '–', '_':
		m.ZoomOut()
	case '0':
		m.Fit()
	}
}

// FocusGained implements fyne.Focusable.
func (m *MapView) FocusGained() {}

// FocusLost implements fyne.Focusable.
func (m *MapView) FocusLost() {}
