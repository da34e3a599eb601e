// Package settings is the screen on which a book is set up: what it is called,
// who uses it, pipelines, products, custom fields and rates, and where one sees
// that it is safe.
package settings

import (
	"context"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"fieldbook/assets/lang"
	"fieldbook/data"
	"fieldbook/views/kit"
)

// listWidth is that of the sections at the left.
const listWidth = 208

// page is one section of the settings.
type page interface {
	content() fyne.CanvasObject
	// load reads what the page shows, away from the screen; show puts it there.
	load(ctx context.Context) (show func(), err error)
	// commands are the page's actions, the primary one first.
	commands() []kit.Action
}

// Screen shows sections at the left and one of them beside.
type Screen struct {
	host    *kit.Host
	list    *kit.List
	body    *fyne.Container
	loader  *kit.Loader
	root    fyne.CanvasObject
	pages   map[string]page
	writes  bool // the pages were made for a book that can be changed
	current string
}

var (
	_ kit.Screen     = (*Screen)(nil)
	_ kit.Opening    = (*Screen)(nil)
	_ kit.Acting     = (*Screen)(nil)
	_ kit.Commanding = (*Screen)(nil)
)

// New returns the screen at its first section.
func New(h *kit.Host) *Screen {
	s := &Screen{host: h, body: container.NewStack(), pages: map[string]page{}}
	s.writes = s.writable()
	s.list = kit.NewList(kit.ListOptions{Plain: true, OnOpen: s.show, OnPoint: s.show})
	s.list.SetRows(sectionRows())
	s.loader = h.Loader(s.body)
	left := kit.NewPanel(kit.PanelOptions{Title: lang.T("Set up"), Flush: true, Body: s.list})
	s.root = kit.Pad(kit.Insets{Top: kit.PadPage, Right: kit.PadPage, Bottom: kit.PadPage, Left: kit.PadPage},
		kit.Columns(kit.GapPanel, []float32{0, 1}, kit.MinBox(fyne.NewSize(listWidth, 0), left), s.loader))
	s.place(sections[0].key)
	s.list.Select(s.current)
	return s
}

// Content implements kit.Screen.
func (s *Screen) Content() fyne.CanvasObject { return s.root }

// Topics implements kit.Screen: the activity log tells of every commit.
func (s *Screen) Topics() []string { return nil }

// Open implements kit.Opening: a target of the kind person leads to who uses
// the book here, one of aliases to records that seem to stand twice.
func (s *Screen) Open(t kit.Target) {
	switch t.Kind {
	case data.KindPerson:
		s.show(sectionMe)
	case data.KindAlias:
		s.show(sectionTwins)
	}
}

// Reload implements kit.Screen.
func (s *Screen) Reload(kit.View) {
	if writes := s.writable(); writes != s.writes {
		s.writes, s.pages = writes, map[string]page{} // a page offers what can be changed
		s.place(s.current)
	}
	p := s.pages[s.current]
	kit.Load(s.loader, p.load, func(show func()) { show() })
}

// Primary implements kit.Acting.
func (s *Screen) Primary() *kit.Action {
	if c := s.Commands(); len(c) > 0 {
		return &c[0]
	}
	return nil
}

// Commands implements kit.Commanding.
func (s *Screen) Commands() []kit.Action { return s.pages[s.current].commands() }

// show brings a section to the front and loads it.
func (s *Screen) show(key string) {
	if key == "" || key == s.current {
		return
	}
	s.place(key)
	s.list.Select(key)
	s.host.Changed()
	s.Reload(s.host.View())
}

// place puts a section on the screen, made when it is first needed.
func (s *Screen) place(key string) {
	s.current = key
	if s.pages[key] == nil {
		s.pages[key] = s.make(key)
	}
	s.body.Objects = []fyne.CanvasObject{s.pages[key].content()}
	s.body.Refresh()
}

func (s *Screen) make(key string) page {
	switch key {
	case sectionMe:
		return newMePage(s)
	case sectionRights:
		return newRightsPage(s)
	case sectionStages:
		return newStagesPage(s)
	case sectionProducts:
		return newProductsPage(s)
	case sectionFields:
		return newFieldsPage(s)
	case sectionRates:
		return newRatesPage(s)
	case sectionBackups:
		return newBackupsPage(s)
	case sectionLocks:
		return newLocksPage(s)
	case sectionPast:
		return newPastPage(s)
	case sectionTwins:
		return newTwinsPage(s)
	case sectionLog:
		return newLogPage(s)
	case sectionCheck:
		return newCheckPage(s)
	case sectionAbout:
		return newAboutPage()
	}
	return newBookPage(s)
}

// writable reports whether the book can be changed.
func (s *Screen) writable() bool { return !s.host.App.Book().ReadOnly }
