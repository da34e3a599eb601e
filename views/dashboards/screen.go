// Package dashboards is the screen of people's own pages: cards and charts arranged
// on a grid, each opening the records behind it.
package dashboards

import (
	"context"
	"maps"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"fieldbook/app"
	"fieldbook/assets/lang"
	"fieldbook/data"
	"fieldbook/views/kit"
)

// Screen shows one of the pages.
type Screen struct {
	host   *kit.Host
	loader *kit.Loader
	root   *fyne.Container
	picker *kit.Picker
	change *kit.Button

	pages     []app.Dashboard
	at        int
	shown     data.ID                // the page looked at; zero is the first
	looks     map[data.ID]app.Layout // of pages that are looked at otherwise and cannot be kept
	arranging bool
	view      kit.View
	grid      *grid
	panes     []*kit.PaneView
}

var (
	_ kit.Screen     = (*Screen)(nil)
	_ kit.Picking    = (*Screen)(nil)
	_ kit.Titled     = (*Screen)(nil)
	_ kit.Acting     = (*Screen)(nil)
	_ kit.Commanding = (*Screen)(nil)
	_ kit.Opening    = (*Screen)(nil)
)

// New returns the screen on its first page.
func New(h *kit.Host) *Screen {
	s := &Screen{host: h, root: container.NewStack(), looks: map[data.ID]app.Layout{}}
	s.picker = kit.NewPicker(kit.PickerOptions{Icon: "layers", OnPick: func(keys []string) {
		if len(keys) > 0 {
			s.turn(keys[0])
		}
	}})
	s.change = kit.NewButton(kit.ButtonOptions{Text: lang.T("Arrange"), Icon: "grip", OnTap: func() { s.arrange(!s.arranging) }})
	s.grid = newGrid(s)
	s.loader = h.Loader(s.root)
	return s
}

// Content implements kit.Screen.
func (s *Screen) Content() fyne.CanvasObject { return s.loader }

// Topics implements kit.Screen.
func (s *Screen) Topics() []string { return append(app.FigureKinds(), data.KindDashboard) }

// Uses implements kit.Picking.
func (s *Screen) Uses() kit.Uses { return kit.Uses{Period: true, Scope: true, AsOf: true} }

// Crumbs implements kit.Titled.
func (s *Screen) Crumbs() []kit.Crumb { return nil }

// Tools implements kit.Titled.
func (s *Screen) Tools() []fyne.CanvasObject { return nil }

// head is the row over the page: which one, and arranging it.
func (s *Screen) head() fyne.CanvasObject {
	row := []fyne.CanvasObject{s.picker, kit.Space()}
	if s.writable() {
		row = append(row, s.change)
	}
	return kit.Pad(kit.Insets{Top: kit.GapPanel, Left: kit.PadPage, Right: kit.PadPage}, kit.HBox(8, row...))
}

// Open implements kit.Opening: a page by its id.
func (s *Screen) Open(t kit.Target) {
	if t.Kind == data.KindDashboard {
		s.shown = t.ID
		s.Reload(s.host.View())
	}
}

// loaded is what one load brings.
type loaded struct {
	pages []app.Dashboard
	at    int
	panes []app.Pane
}

// Reload implements kit.Screen.
func (s *Screen) Reload(v kit.View) {
	s.view = v
	q := app.FigureQuery{Period: v.Period, AsOf: v.AsOf, Scope: v.Scope}
	num, shown, looks := s.host.NumbersOf(), s.shown, maps.Clone(s.looks)
	kit.Load(s.loader, func(ctx context.Context) (loaded, error) {
		var l loaded
		var err error
		if l.pages, err = s.host.App.Dashboards.List(ctx); err != nil {
			return l, err
		}
		for i, p := range l.pages {
			if p.ID == shown && !shown.IsZero() {
				l.at = i
			}
		}
		page := &l.pages[l.at]
		if look, ok := looks[page.ID]; ok {
			page.Layout = look
		}
		l.panes, err = s.host.App.Performance.Panes(ctx, app.PaneQuery{FigureQuery: q, Numbers: num, Panes: asksOf(page.Layout)})
		return l, err
	}, func(l loaded) { s.show(l, q) })
}

// show draws the page that was loaded. Its panes are made anew only where others
// stand on it.
func (s *Screen) show(l loaded, q app.FigureQuery) {
	same := len(s.panes) == len(l.panes) && len(s.pages) > 0 && s.page().ID == l.pages[l.at].ID
	for i := 0; same && i < len(l.panes); i++ {
		same = s.panes[i].Ask().Name == l.panes[i].Name
	}
	s.pages, s.at = l.pages, l.at
	if !same {
		s.panes = nil
		for i, c := range s.page().Layout.Cards {
			s.panes = append(s.panes, s.pane(i, c.PaneAsk))
		}
	}
	for i, p := range l.panes {
		s.panes[i].SetAsk(s.page().Layout.Cards[i].PaneAsk)
		s.panes[i].Set(p, q)
	}
	var options []kit.Option
	for _, p := range s.pages {
		options = append(options, kit.Option{Key: p.ID.String(), Text: pageName(p), Detail: roleText(p.Role)})
	}
	s.picker.SetOptions(options)
	s.picker.SetKeys(s.page().ID.String())
	body := s.grid.content()
	switch {
	case s.page().Fault != nil:
		body = kit.NewEmpty(kit.EmptyOptions{Icon: "warn", Title: lang.T("This page cannot be shown"), Text: kit.Message(s.page().Fault, "")})
	case len(s.panes) == 0:
		body = s.nothing()
	}
	s.grid.set(s.page().Layout, s.panes, s.arranging && s.writable())
	s.root.Objects = []fyne.CanvasObject{kit.VBox(0, s.head(), kit.Grow(body))}
	s.root.Refresh()
	s.host.Changed()
}

// pane is the view of the card at a place.
func (s *Screen) pane(i int, ask app.PaneAsk) *kit.PaneView {
	return s.host.Pane(kit.PaneOptions{Ask: ask, Change: func(ask app.PaneAsk) { s.ask(i, ask) }, More: func() []*fyne.MenuItem {
		if !s.writable() {
			return nil
		}
		return []*fyne.MenuItem{
			fyne.NewMenuItem(lang.T("Arrange this page"), func() { s.arrange(true) }),
			fyne.NewMenuItem(lang.T("Remove from this page"), func() { s.remove(i) }),
		}
	}})
}

func (s *Screen) page() app.Dashboard { return s.pages[s.at] }

// nothing says what an empty page is for.
func (s *Screen) nothing() fyne.CanvasObject {
	opts := kit.EmptyOptions{
		Icon: "layers", Title: lang.T("Nothing stands on this page yet"),
		Text: lang.T("Put the cards and charts here that you look at together. Each opens the records behind it."),
	}
	if s.writable() {
		opts.Step, opts.StepIcon, opts.OnTap = lang.T("Add a card"), "plus", s.add
	}
	return kit.NewEmpty(opts)
}

func (s *Screen) turn(key string) {
	for _, p := range s.pages {
		if p.ID.String() == key {
			s.turnTo(p.ID)
		}
	}
}
