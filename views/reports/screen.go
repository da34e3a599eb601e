// Package reports is the screen of reports on paper: which there are, how they
// are to look, and the pages as they will be printed.
package reports

import (
	"context"
	"maps"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"fieldbook/app"
	"fieldbook/app/pdf"
	"fieldbook/assets/lang"
	"fieldbook/data"
	"fieldbook/views/kit"
)

// Screen shows one report for the view that the title row has chosen.
type Screen struct {
	host    *kit.Host
	loader  *kit.Loader
	root    *fyne.Container
	list    *kit.List
	preview *preview
	middle  *fyne.Container
	panel   *fyne.Container

	paper, side, ink *kit.Segmented

	view    kit.View
	report  string
	options app.ReportOptions
	saved   []app.SavedReport
	chosen  data.ID    // the saved report that the options came from
	pages   *pdf.Paper // nil until there are pages

	filterNames map[app.ReportFilter]string // what their values are called
	readOnly    bool                        // so the options were laid out
}

var (
	_ kit.Screen     = (*Screen)(nil)
	_ kit.Opening    = (*Screen)(nil)
	_ kit.Picking    = (*Screen)(nil)
	_ kit.Titled     = (*Screen)(nil)
	_ kit.Acting     = (*Screen)(nil)
	_ kit.Commanding = (*Screen)(nil)
)

const (
	listWide  = 232
	panelWide = 244
	scrollBar = 10 // what the options keep clear of
)

// New returns the screen with the first report.
func New(h *kit.Host) *Screen {
	s := &Screen{host: h, report: app.ReportQuotaAttainment, preview: newPreview(h)}
	s.list = kit.NewList(kit.ListOptions{TwoLine: true, Stays: true, OnOpen: s.choose})
	s.list.SetRows(list(nil))
	s.paper = kit.NewSegmented([]kit.Segment{{Text: lang.T("A4")}, {Text: lang.T("Letter")}}, func(i int) { s.set(func(o *app.ReportOptions) { o.Letter = i == 1 }) })
	s.side = kit.NewSegmented([]kit.Segment{{Text: lang.T("Upright")}, {Text: lang.T("On its side")}}, func(i int) { s.set(func(o *app.ReportOptions) { o.Landscape = i == 1 }) })
	s.ink = kit.NewSegmented([]kit.Segment{{Text: lang.T("Colour")}, {Text: lang.T("Black and white")}}, func(i int) { s.set(func(o *app.ReportOptions) { o.Mono = i == 1 }) })
	s.middle = container.NewStack(s.preview.root)
	s.panel = container.NewStack()
	s.root = container.NewBorder(nil, nil,
		kit.MinBox(fyne.NewSize(listWide, 1), kit.NewPanel(kit.PanelOptions{Title: lang.T("Choose a report"), Flush: true, Body: kit.Scroll(s.list)})),
		kit.MinBox(fyne.NewSize(panelWide, 1), s.panel), kit.Pad(kit.Insets{Left: kit.GapPanel, Right: kit.GapPanel}, s.middle))
	s.loader = h.Loader(kit.Pad(kit.Insets{Top: kit.GapPanel, Right: kit.GapPanel, Bottom: kit.GapPanel, Left: kit.GapPanel}, s.root))
	s.build()
	return s
}

// build lays the options out.
func (s *Screen) build() {
	label := func(text string, o fyne.CanvasObject) fyne.CanvasObject { return kit.VBox(4, kit.Caption(text), o) }
	wide := func(text, icon string, tap func()) fyne.CanvasObject {
		return kit.NewButton(kit.ButtonOptions{Text: text, Icon: icon, Kind: kit.ButtonQuiet, OnTap: tap})
	}
	var rows []fyne.CanvasObject
	if s.report == app.ReportCharts {
		rows = append(rows, label(lang.T("Cards and charts"), s.charts()), kit.HLine(kit.ColorLine))
	}
	rows = append(rows,
		label(lang.T("Paper"), s.paper), label(lang.T("Held"), s.side), label(lang.T("Print in"), s.ink),
		label(lang.T("Filters"), s.filters()), label(lang.T("Logo"), s.logo()), label(lang.T("Notes"), s.notes()),
		kit.HLine(kit.ColorLine),
		wide(lang.T("Save as PDF"), "download", s.savePDF), wide(lang.T("Print"), "print", s.print), wide(lang.T("Mail"), "mail", s.mail),
		kit.HLine(kit.ColorLine))
	if s.readOnly = s.host.App.Book().ReadOnly; !s.readOnly {
		rows = append(rows, wide(lang.T("Save these settings"), "star", s.keep))
		if !s.chosen.IsZero() {
			rows = append(rows, wide(lang.T("Delete the saved report"), "x", s.remove))
		}
	}
	s.panel.Objects = []fyne.CanvasObject{kit.NewPanel(kit.PanelOptions{Title: lang.T("How it looks"), Body: kit.Scroll(kit.Pad(kit.Insets{Right: scrollBar}, kit.VBox(12, rows...)))})}
	s.panel.Refresh()
	index := map[bool]int{true: 1}
	s.paper.SetCurrent(index[s.options.Letter])
	s.side.SetCurrent(index[s.options.Landscape])
	s.ink.SetCurrent(index[s.options.Mono])
}

// Content implements kit.Screen.
func (s *Screen) Content() fyne.CanvasObject { return s.loader }

// Topics implements kit.Screen: any change may be one of what a report holds.
func (s *Screen) Topics() []string { return nil }

// Uses implements kit.Picking.
func (s *Screen) Uses() kit.Uses { return kit.Uses{Period: true, Scope: true, AsOf: true} }

// Crumbs implements kit.Titled.
func (s *Screen) Crumbs() []kit.Crumb {
	title := titleOf(s.report)
	for _, r := range s.saved {
		if r.ID == s.chosen {
			title = r.Name
		}
	}
	return []kit.Crumb{{Text: title}}
}

// Open implements kit.Opening: it shows a report as it begins.
func (s *Screen) Open(t kit.Target) {
	if t.Report != "" {
		s.view = s.host.View()
		s.choose(t.Report)
	}
}

// Tools implements kit.Titled.
func (s *Screen) Tools() []fyne.CanvasObject { return nil }

// Primary implements kit.Acting.
func (s *Screen) Primary() *kit.Action {
	return &kit.Action{Text: lang.T("Save as PDF"), Icon: "download", Do: s.savePDF}
}

// Commands implements kit.Commanding.
func (s *Screen) Commands() []kit.Action {
	out := []kit.Action{
		{Text: lang.T("Save the report as PDF"), Icon: "download", Do: s.savePDF},
		{Text: lang.T("Print the report"), Icon: "print", Do: s.print},
		{Text: lang.T("Mail the report"), Icon: "mail", Do: s.mail},
	}
	for _, r := range names() {
		out = append(out, kit.Action{Text: lang.T("Report, %s", r.Title), Icon: "reports", Do: func() { s.choose(r.Key) }})
	}
	return out
}

// made is what a load brings.
type made struct {
	pages *pdf.Paper // nil where the report lacks something
	lack  string
	saved []app.SavedReport
	names map[app.ReportFilter]string
}

// Reload implements kit.Screen.
func (s *Screen) Reload(v kit.View) {
	s.view = v
	report, options, chosen := s.report, viewed(s.options, v, s.report), s.chosen
	m := made{lack: lacks(report, options, v)}
	kit.Load(s.loader, func(ctx context.Context) (made, error) {
		var err error
		if m.saved, err = s.host.App.Reports.Saved(ctx); err != nil {
			return m, err
		}
		m.names = s.namesOf(ctx, options.Filters)
		if m.lack != "" {
			return m, nil
		}
		q, err := s.host.App.Reports.Query(report, options)
		if err != nil {
			return m, err
		}
		for _, r := range m.saved {
			if r.ID == chosen {
				q.Title = r.Name
			}
		}
		m.pages, err = s.host.App.Reports.Paper(ctx, q)
		return m, err
	}, s.show)
}

// show draws what was loaded.
func (s *Screen) show(m made) {
	s.pages, s.saved = m.pages, m.saved
	if !maps.Equal(s.filterNames, m.names) || s.readOnly != s.host.App.Book().ReadOnly {
		s.filterNames = m.names
		s.build()
	}
	s.mark()
	body := fyne.CanvasObject(s.preview.root)
	if m.pages == nil {
		body = s.nothing(m.lack)
	}
	s.middle.Objects = []fyne.CanvasObject{body}
	s.middle.Refresh()
	if m.pages != nil {
		s.preview.show(m.pages.Pages())
	}
}

// mark shows which report of the list is chosen.
func (s *Screen) mark() {
	current := s.report
	if !s.chosen.IsZero() {
		current = s.chosen.String()
	}
	s.list.SetRows(list(s.saved))
	s.list.Select(current)
}
