package dashboards

import (
	"math"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"

	"fieldbook/app"
	"fieldbook/assets/lang"
	"fieldbook/views/kit"
)

const (
	rowHigh    = 40
	rowStep    = rowHigh + kit.GapPanel
	cornerSize = 18
)

// grid lays panes out in columns and rows. While a page is arranged, each has a
// mover over it.
type grid struct {
	screen *Screen
	box    *fyne.Container
	scroll fyne.CanvasObject
	layout app.Layout // as shown: while something is dragged, as it would be
	movers []*mover
}

func newGrid(s *Screen) *grid {
	g := &grid{screen: s}
	g.box = container.New(g)
	g.scroll = kit.Scroll(kit.Pad(kit.Insets{Top: kit.PadPage, Right: kit.PadPage, Bottom: kit.PadPage, Left: kit.PadPage}, g.box))
	return g
}

func (g *grid) content() fyne.CanvasObject { return g.scroll }

func (g *grid) set(l app.Layout, panes []*kit.PaneView, arranging bool) {
	g.layout, g.movers = l, nil
	g.box.Objects = nil
	for _, p := range panes {
		g.box.Add(p.Object())
	}
	if arranging {
		for i := range panes {
			m := newMover(g, i)
			g.movers = append(g.movers, m)
			g.box.Add(m)
		}
	}
	g.box.Refresh()
	g.scroll.Refresh()
}

// MinSize implements fyne.Layout.
func (g *grid) MinSize([]fyne.CanvasObject) fyne.Size {
	bottom := 0
	for _, c := range g.layout.Cards {
		bottom = max(bottom, c.Y+c.H)
	}
	return fyne.NewSize(600, float32(bottom)*rowStep)
}

func (g *grid) step() float32 {
	return (g.box.Size().Width + kit.GapPanel) / app.GridColumns
}

// Layout implements fyne.Layout.
func (g *grid) Layout(objects []fyne.CanvasObject, _ fyne.Size) {
	n := len(g.layout.Cards)
	if n == 0 {
		return
	}
	step := g.step()
	for i, o := range objects {
		c := g.layout.Cards[i%n]
		o.Move(fyne.NewPos(float32(c.X)*step, float32(c.Y)*rowStep))
		o.Resize(fyne.NewSize(float32(c.W)*step-kit.GapPanel, float32(c.H)*rowStep-kit.GapPanel))
	}
}

// try shows how the page would be; keep writes it.
func (g *grid) try(l app.Layout) {
	g.layout = l
	g.box.Refresh()
}

func (g *grid) keep(i int, l app.Layout) {
	if l.String() == g.screen.page().Layout.String() {
		g.try(l)
		return
	}
	g.screen.keep(lang.T("Moved %s", kit.PaneText(l.Cards[i].Name)), l)
}

// mover is what is dragged while a page is arranged: anywhere to move, at the lower
// right corner to size. The arrows move the one that has the keyboard; W, N, T and S
// make it wider, narrower, taller and shorter; Delete takes it off.
type mover struct {
	widget.BaseWidget
	grid    *grid
	at      int
	box     *kit.Box
	drags   bool
	sizing  bool
	from    app.Layout // as it was before
	start   fyne.Position
	focused bool
}

var (
	_ fyne.Draggable         = (*mover)(nil)
	_ fyne.Focusable         = (*mover)(nil)
	_ fyne.Tappable          = (*mover)(nil)
	_ fyne.SecondaryTappable = (*mover)(nil)
	_ desktop.Cursorable     = (*mover)(nil)
)

func newMover(g *grid, at int) *mover {
	m := &mover{grid: g, at: at, box: kit.NewBox(kit.BoxStyle{Line: kit.ColorAccent, Width: 1, Radius: kit.RadiusPanel})}
	m.ExtendBaseWidget(m)
	return m
}

// CreateRenderer implements fyne.Widget.
func (m *mover) CreateRenderer() fyne.WidgetRenderer {
	return widget.NewSimpleRenderer(container.New(corners{}, m.box, kit.NewIcon("grip", kit.ColorAccent), kit.NewIcon("fit", kit.ColorAccent)))
}

// corners puts a frame around, one icon at the top and one at the lower right.
type corners struct{}

// MinSize implements fyne.Layout.
func (corners) MinSize([]fyne.CanvasObject) fyne.Size { return fyne.NewSize(40, 40) }

// Layout implements fyne.Layout.
func (corners) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	objects[0].Resize(size)
	for i, at := range []fyne.Position{fyne.NewPos(size.Width/2-8, 2), fyne.NewPos(size.Width-cornerSize, size.Height-cornerSize)} {
		objects[i+1].Move(at)
		objects[i+1].Resize(fyne.NewSquareSize(16))
	}
}

func (m *mover) atCorner(p fyne.Position) bool {
	return p.X > m.Size().Width-cornerSize-4 && p.Y > m.Size().Height-cornerSize-4
}

// Dragged implements fyne.Draggable.
func (m *mover) Dragged(e *fyne.DragEvent) {
	if !m.drags {
		m.drags, m.from = true, m.grid.layout
		m.start = e.AbsolutePosition.Subtract(e.Dragged)
		m.sizing = m.atCorner(e.Position.Subtract(e.Dragged))
	}
	by := e.AbsolutePosition.Subtract(m.start)
	dx := int(math.Round(float64(by.X / m.grid.step())))
	dy := int(math.Round(float64(by.Y / rowStep)))
	c := m.from.Cards[m.at]
	if m.sizing {
		m.grid.try(m.from.Place(m.at, c.X, c.Y, c.W+dx, c.H+dy))
		return
	}
	m.grid.try(m.from.Place(m.at, c.X+dx, c.Y+dy, c.W, c.H))
}

// DragEnd implements fyne.Draggable.
func (m *mover) DragEnd() {
	if m.drags {
		m.drags = false
		m.grid.keep(m.at, m.grid.layout)
	}
}

// by moves and sizes the card in steps.
func (m *mover) by(dx, dy, dw, dh int) {
	l := m.grid.layout
	c := l.Cards[m.at]
	if dy > 0 { // past what is below
		dy += c.H
	}
	m.grid.keep(m.at, l.Place(m.at, c.X+dx, c.Y+dy, c.W+dw, c.H+dh))
}

// Tapped implements fyne.Tappable.
func (m *mover) Tapped(*fyne.PointEvent) {
	if c := fyne.CurrentApp().Driver().CanvasForObject(m); c != nil {
		c.Focus(m)
	}
}

// TappedSecondary implements fyne.SecondaryTappable.
func (m *mover) TappedSecondary(e *fyne.PointEvent) { m.menu(e.AbsolutePosition) }

func (m *mover) menu(at fyne.Position) {
	m.grid.screen.host.ShowMenu(at,
		fyne.NewMenuItem(lang.T("Wider"), func() { m.by(0, 0, 1, 0) }),
		fyne.NewMenuItem(lang.T("Narrower"), func() { m.by(0, 0, -1, 0) }),
		fyne.NewMenuItem(lang.T("Taller"), func() { m.by(0, 0, 0, 1) }),
		fyne.NewMenuItem(lang.T("Shorter"), func() { m.by(0, 0, 0, -1) }),
		fyne.NewMenuItem(lang.T("Remove from this page"), func() { m.grid.screen.remove(m.at) }),
	)
}

// FocusGained implements fyne.Focusable.
func (m *mover) FocusGained() { m.mark(true) }

// FocusLost implements fyne.Focusable.
func (m *mover) FocusLost() { m.mark(false) }

func (m *mover) mark(focused bool) {
	m.focused = focused
	style := kit.BoxStyle{Line: kit.ColorAccent, Width: 1, Radius: kit.RadiusPanel}
	if focused {
		style.Width = 3
	}
	m.box.SetStyle(style)
}

// TypedRune implements fyne.Focusable.
func (m *mover) TypedRune(r rune) {
	switch r {
	case 'w', 'W':
		m.by(0, 0, 1, 0)
	case 'n', 'N':
		m.by(0, 0, -1, 0)
	case 't', 'T':
		m.by(0, 0, 0, 1)
	case 's', 'S':
		m.by(0, 0, 0, -1)
	}
}

// TypedKey implements fyne.Focusable.
func (m *mover) TypedKey(e *fyne.KeyEvent) {
	switch e.Name {
	case fyne.KeyLeft:
		m.by(-1, 0, 0, 0)
	case fyne.KeyRight:
		m.by(1, 0, 0, 0)
	case fyne.KeyUp:
		m.by(0, -1, 0, 0)
	case fyne.KeyDown:
		m.by(0, 1, 0, 0)
	case fyne.KeyDelete, fyne.KeyBackspace:
		m.grid.screen.remove(m.at)
	case fyne.KeyEscape:
		m.grid.screen.arrange(false)
	case desktop.KeyMenu, fyne.KeyF10, fyne.KeyReturn:
		m.menu(fyne.CurrentApp().Driver().AbsolutePositionForObject(m))
	default:
	}
}

// Cursor implements desktop.Cursorable.
func (m *mover) Cursor() desktop.Cursor { return desktop.PointerCursor }
