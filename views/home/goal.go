package home

import (
	"strings"

	"fyne.io/fyne/v2"

	"fieldbook/app"
	"fieldbook/app/report"
	"fieldbook/assets/lang"
	"fieldbook/data"
	"fieldbook/views/kit"
)

// goalPage says of a team, a region or everyone what needs to happen to hit the
// goal of the period.
type goalPage struct {
	screen  *Screen
	root    fyne.CanvasObject
	cards   []*kit.Card
	keys    [cardCount]string
	bridge  *kit.PaneView
	by      *kit.Segmented
	groups  *kit.Table
	stages  *kit.Table
	body    *swap
	panel   *kit.Panel
	needs   *kit.List
	figures *app.GoalFigures
	sheet   *sheet
	links   []app.PaneLink // behind the rows of the table
}

// byStage is the place of the stages behind the groups of GoalFigures.
const byStage = 3

func newGoalPage(s *Screen) *goalPage {
	p := &goalPage{screen: s}
	objects := make([]fyne.CanvasObject, cardCount)
	for i := range cardCount {
		c := kit.NewCard(kit.CardData{}, func() { s.open(p.keys[i]) })
		p.cards = append(p.cards, c)
		objects[i] = c
	}
	p.bridge = s.pane(kit.PaneOptions{Ask: app.PaneAsk{Name: app.PaneGoal}, Min: fyne.NewSize(260, 170)})
	p.by = kit.NewSegmented([]kit.Segment{{Text: lang.T("Teams")}, {Text: lang.T("Regions")}, {Text: lang.T("Territories")}, {Text: lang.T("Stages")}}, func(int) { p.showGroups() })
	p.groups, p.stages = p.table(goalColumns()), p.table(stageColumns())
	p.body = newSwap(p.groups)
	p.panel = kit.NewPanel(kit.PanelOptions{Title: lang.T("Where the gap is"), Flush: true, Body: p.body.box})
	p.needs = kit.NewList(kit.ListOptions{TwoLine: true, OnOpen: p.open})
	left := kit.VBox(kit.GapPanel, p.bridge.Object(), kit.HBox(8, p.by, kit.Space(), kit.NewLink(lang.T("Print"), s.printGoal), kit.NewLink(lang.T("How these are counted"), p.define)), kit.Grow(p.panel))
	right := kit.NewPanel(kit.PanelOptions{Title: lang.T("What has to happen"), Flush: true, Body: p.needs})
	p.root = kit.Page(kit.Columns(kit.GapPanel, nil, objects...), kit.Grow(newAside(aside{low: 320, wide: 400}, left, right)))
	return p
}

func goalColumns() []kit.Column {
	const right = fyne.TextAlignTrailing
	return []kit.Column{
		{Key: "name", Title: lang.T("Name"), Width: 112, Grow: 1, Fixed: true},
		{Key: "bar", Title: lang.T("Won, expected, goal"), Width: 104, Grow: 1},
		{Key: "goal", Title: lang.T("Goal"), Width: 70, Align: right},
		{Key: "won", Title: lang.T("Won"), Width: 70, Align: right},
		{Key: "expected", Title: lang.T("Expected"), Width: 78, Align: right},
		{Key: "gap", Title: lang.T("Gap"), Width: 70, Align: right},
		{Key: "due", Title: lang.T("Open, due"), Width: 70, Align: right},
		{Key: "coverage", Title: lang.T("Cov."), Width: 58, Align: right},
	}
}

func stageColumns() []kit.Column {
	const right = fyne.TextAlignTrailing
	return []kit.Column{
		{Key: "name", Title: lang.T("Stage"), Width: 112, Grow: 1, Fixed: true},
		{Key: "bar", Title: lang.T("Expected of due"), Width: 104, Grow: 1},
		{Key: "deals", Title: lang.T("Deals due"), Width: 70, Align: right},
		{Key: "due", Title: lang.T("Open, due"), Width: 70, Align: right},
		{Key: "chance", Title: lang.T("Chance"), Width: 70, Align: right},
		{Key: "expected", Title: lang.T("Expected"), Width: 70, Align: right},
		{Key: "lost", Title: lang.T("Will go by"), Width: 70, Align: right},
		{Key: "stalled", Title: lang.T("Stalled"), Width: 70, Align: right},
	}
}

func (p *goalPage) show(f *app.GoalFigures, s *sheet) {
	p.figures, p.sheet = f, s
	for i, c := range s.goalCards(f) {
		p.keys[i] = c.Key
		p.cards[i].Set(kit.CardData{Name: c.Name, Figure: c.Text, Caption: c.Sub, Change: c.Change, Trend: c.trend, Tone: tones[c.Tone], Spark: c.Spark})
	}
	p.bridge.Set(p.screen.host.App.Performance.GoalPane(f, s.num), f.FigureQuery)
	p.showGroups()
	p.needs.SetRows(s.toDo(f))
}

// showGroups fills the table with what is chosen above it.
func (p *goalPage) showGroups() {
	if p.figures == nil {
		return
	}
	currency := string(p.sheet.num.Currency)
	if p.by.Current() == byStage {
		rows, links := p.sheet.stageRows(p.figures)
		p.links = links
		p.panel.SetTitle(lang.T("Where it is decided"))
		p.panel.SetCaption(p.screen.view.Holds(lang.T("%s, open deals due in the period, in the order of the stages", currency)))
		p.stages.SetRows(rows)
		p.body.set(p.stages)
		return
	}
	groups := p.figures.Groups[p.by.Current()]
	rows, links := p.sheet.groupRows(groups)
	p.links = links
	p.panel.SetTitle(lang.T("Where the gap is"))
	p.panel.SetCaption(p.screen.view.Holds(lang.T("%s, %s, the widest gap first", currency, p.sheet.span())))
	p.groups.SetRows(rows)
	p.groups.SetTotals(p.sheet.goalTotal(p.figures, groups.By))
	p.body.set(p.groups)
}

func (p *goalPage) table(columns []kit.Column) *kit.Table {
	return kit.NewTable(kit.TableOptions{Columns: columns, OnOpen: p.openRow, Empty: kit.NewText(lang.T("Nothing to show"), kit.TextStyle{Color: kit.ColorFg2, Align: fyne.TextAlignCenter})})
}

func (p *goalPage) openRow(row int) {
	if row >= 0 && row < len(p.links) {
		p.screen.follow(p.links[row])
	}
}

// personPrefix begins the key of a line that is one person.
const personPrefix = "person:"

// open follows a line: a person to the talk with him, anything else to its deals.
func (p *goalPage) open(key string) {
	text, person := strings.CutPrefix(key, personPrefix)
	if id, err := data.ParseID(text); person && err == nil {
		p.screen.host.Go(kit.Target{Screen: "coaching", Kind: data.KindPerson, ID: id})
		return
	}
	p.screen.open(key)
}

// define says how the figures of the page are counted.
func (p *goalPage) define() {
	rows := []fyne.CanvasObject{}
	for _, d := range report.GoalDefinitions() {
		rows = append(rows, kit.Strong(d.Name), kit.NewProse(d.Text, 3, kit.TextStyle{Color: kit.ColorFg2}))
	}
	kit.ShowDialog(p.screen.host.Window, kit.DialogOptions{Title: lang.T("How these are counted"), Width: 560, Body: kit.MinBox(fyne.NewSize(520, 420), kit.Scroll(kit.VBox(6, rows...)))})
}
