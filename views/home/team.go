package home

import (
	"fyne.io/fyne/v2"

	"fieldbook/app"
	"fieldbook/app/metrics"
	"fieldbook/assets/lang"
	"fieldbook/views/kit"
)

const cardCount = 5

// teamPage is the page of a manager, or of everyone.
type teamPage struct {
	screen  *Screen
	root    fyne.CanvasObject
	cards   []*kit.Card
	keys    [cardCount]string
	against *kit.Table // with quotas
	results *kit.Table // without
	panel   *kit.Panel
	body    *swap
	running *kit.PaneView
	stages  *kit.PaneView
	needs   *kit.List
	rows    []metrics.Row
}

// What the right-hand panels take where there is room, and at least.
const (
	needsWide  = 316
	needsLow   = 256
	stagesWide = 272
	stagesLow  = 240
)

func newTeamPage(s *Screen) *teamPage {
	p := &teamPage{screen: s}
	objects := make([]fyne.CanvasObject, cardCount)
	for i := range cardCount {
		c := kit.NewCard(kit.CardData{}, func() { s.open(p.keys[i]) })
		p.cards = append(p.cards, c)
		objects[i] = c
	}
	p.against, p.results = p.table(againstColumns()), p.table(resultColumns())
	p.body = newSwap(p.against)
	p.panel = kit.NewPanel(kit.PanelOptions{Title: lang.T("Team against quota"), Flush: true, Body: p.body.box})
	p.running = s.pane(kit.PaneOptions{Ask: app.PaneAsk{Name: app.PaneRunning}, Min: fyne.NewSize(260, 150)})
	p.stages = s.pane(kit.PaneOptions{Ask: app.PaneAsk{Name: app.PaneStages}, Min: fyne.NewSize(stagesLow-2*kit.PadPanel, 150)})
	p.needs = kit.NewList(kit.ListOptions{TwoLine: true, OnOpen: s.open})
	left := kit.VBox(kit.GapPanel,
		kit.Grow(p.panel),
		kit.Grow(newAside(aside{low: stagesLow, wide: stagesWide}, p.running.Object(), p.stages.Object())))
	right := kit.NewPanel(kit.PanelOptions{Title: lang.T("Needs you"), Flush: true, Body: p.needs})
	p.root = kit.Page(
		kit.Columns(kit.GapPanel, nil, objects...),
		kit.Grow(newAside(aside{low: needsLow, wide: needsWide}, left, right)))
	return p
}

func (p *teamPage) table(columns []kit.Column) *kit.Table {
	return kit.NewTable(kit.TableOptions{Columns: columns, OnOpen: p.openRow, Empty: kit.NewText(lang.T("Nobody to show"), kit.TextStyle{Color: kit.ColorFg2, Align: fyne.TextAlignCenter})})
}

func againstColumns() []kit.Column {
	const right = fyne.TextAlignTrailing
	return []kit.Column{
		{Key: "person", Title: lang.T("Person"), Width: 132, Grow: 1, Fixed: true},
		{Key: "bar", Title: lang.T("Done, pace, quota"), Width: 112, Grow: 1},
		{Key: "attained", Title: lang.T("Attained"), Width: 66, Align: right},
		{Key: "pace", Title: lang.T("Of pace"), Width: 70, Align: right},
		{Key: "won", Title: lang.T("Won"), Width: 84, Align: right},
		{Key: "quota", Title: lang.T("Quota"), Width: 84, Align: right},
		{Key: "left", Title: lang.T("Left"), Width: 80, Align: right},
		{Key: "coverage", Title: lang.T("Cov."), Width: 58, Align: right},
	}
}

func resultColumns() []kit.Column {
	const right = fyne.TextAlignTrailing
	return []kit.Column{
		{Key: "person", Title: lang.T("Person"), Width: 140, Grow: 1, Fixed: true},
		{Key: "bar", Title: lang.T("Won"), Width: 160, Grow: 1},
		{Key: "won", Title: "", Width: 84, Align: right},
		{Key: "deals", Title: lang.T("Deals"), Width: 60, Align: right},
		{Key: "rate", Title: lang.T("Win rate"), Width: 70, Align: right},
		{Key: "open", Title: lang.T("Open value"), Width: 90, Align: right},
	}
}

func (p *teamPage) openRow(row int) {
	if row < 0 || row >= len(p.rows) {
		return
	}
	s := p.screen
	r := &p.rows[row]
	s.follow(app.PaneLink{
		Title:  lang.T("Won by %s, %s", s.sheet.name(r), s.sheet.span()),
		Behind: []app.Behind{{Mark: metrics.Mark{By: metrics.ByPerson, Place: r.Place, Period: s.sheet.Period, Measure: metrics.WonDeals}}},
	})
}

func (p *teamPage) show(s *sheet) {
	for i, c := range s.cards() {
		p.keys[i] = c.Key
		p.cards[i].Set(kit.CardData{Name: c.Name, Figure: c.Text, Caption: c.Sub, Change: c.Change, Trend: c.trend, Tone: tones[c.Tone], Spark: c.Spark})
	}
	p.rows = s.team()
	t := &s.Team.Total
	p.panel.SetCaption(p.screen.view.Holds(lang.T("%s, %s, n = %s closed", string(s.num.Currency), s.span(), s.num.Count(t.Won+t.Lost))))
	if t.Quota.Set {
		p.panel.SetTitle(lang.T("Team against quota"))
		p.body.set(p.against)
		p.against.SetRows(s.againstRows(p.rows))
		p.against.SetTotals(s.againstTotal())
	} else {
		p.panel.SetTitle(lang.T("Won by person"))
		p.body.set(p.results)
		p.results.SetRows(s.resultRows(p.rows))
		p.results.SetTotals(s.resultTotal())
	}
	p.needs.SetRows(s.needs())
}

// swap is room for one of several objects.
type swap struct{ box *fyne.Container }

func newSwap(first fyne.CanvasObject) *swap { return &swap{kit.MinBox(fyne.NewSize(10, 10), first)} }

func (s *swap) set(object fyne.CanvasObject) {
	if s.box.Objects[0] != object {
		s.box.Objects = []fyne.CanvasObject{object}
		s.box.Refresh()
	}
}
