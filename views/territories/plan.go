package territories

import (
	"context"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"fieldbook/app"
	"fieldbook/app/planning"
	"fieldbook/assets/lang"
	"fieldbook/data"
	"fieldbook/views/kit"
)

// planner is the map side of the screen: what is in force or a draft beside it,
// with how even its territories are.
type planner struct {
	s      *Screen
	root   *fyne.Container
	loader *kit.Loader

	plans  []app.PlanInfo
	chosen data.ID // NoID is what is in force
	book   *app.PlanBook
	now    *app.PlanBalance
	by     planning.Measure // the areas are coloured by it; "" by territory
	target data.ID          // the territory that is painted and given to
	tool   kit.MapTool
	caught kit.MapCatch

	view     *kit.MapView
	list     *kit.Balance
	mapPanel *kit.Panel
	balance  *kit.Panel
	spread   *kit.Text // how even the plan is, below the list
	settle   *kit.List
	card     *catchCard
	tools    *kit.Segmented
	solver   *solver
	placing  *placing
	unplaced *unplaced
	words    planWords
}

// planSide is the width of the panels at the right.
const planSide = float32(348)

func newPlanner(s *Screen) *planner {
	p := &planner{s: s, words: planWords{s.words}}
	p.placing = &placing{p: p}
	p.view = kit.NewMapView(kit.MapOptions{
		Runner: s.host.Runner, OnTap: p.tapped, OnMenu: p.menu, OnLasso: p.lassoed, OnPaint: p.painted, OnPainted: p.release, Tip: p.tip, OnPin: p.placing.pin, OnEscape: p.escape,
	})
	p.list = kit.NewBalance(kit.BalanceOptions{
		Title: lang.T("Territory, owner"), Index: lang.T("Off an even share"), Heads: planHeads(), OnTap: p.aim, OnMenu: p.territoryMenu,
	})
	p.spread = kit.Caption("")
	p.settle = kit.NewList(kit.ListOptions{OnOpen: p.openSettle})
	p.card = newCatchCard(p)
	p.solver = newSolver(p)
	p.unplaced = newUnplaced(p)
	p.tools = kit.NewSegmented([]kit.Segment{{Icon: "cursor"}, {Icon: "lasso"}, {Icon: "brush"}, {Icon: "pan"}}, func(i int) {
		p.setTool([]kit.MapTool{kit.MapPointer, kit.MapLasso, kit.MapBrush, kit.MapHand}[i])
	})
	p.root = container.NewStack()
	p.loader = s.host.Loader(p.root)
	p.lay()
	return p
}

// draft reports whether the chosen plan may be changed.
func (p *planner) draft() bool {
	return p.book != nil && p.book.Info.Status == data.PlanDraft && !p.chosen.IsZero() && p.s.writable()
}

// lay puts the panels on the screen.
func (p *planner) lay() {
	icon := func(name string, tap func()) fyne.CanvasObject {
		return kit.NewButton(kit.ButtonOptions{Icon: name, OnTap: tap})
	}
	zoom := kit.HBox(4, icon("zout", p.view.ZoomOut), icon("zin", p.view.ZoomIn), icon("fit", p.view.Fit))
	line := []fyne.CanvasObject{}
	if p.draft() {
		undo := kit.NewButton(kit.ButtonOptions{Text: lang.T("Undo"), Icon: "undo", OnTap: p.undo})
		line = append(line, p.tools, undo)
	}
	line = append(line, kit.Space(), zoom)
	body := container.NewBorder(kit.Pad(kit.Insets{Bottom: 8}, kit.HBox(12, line...)), nil, nil, nil, container.NewStack(p.view, p.card.root))
	p.mapPanel = kit.NewPanel(kit.PanelOptions{Title: lang.T("Map"), Body: body})
	spread := kit.Pad(kit.Insets{Top: 5, Right: kit.PadPanel, Bottom: 5, Left: kit.PadPanel}, p.spread)
	p.balance = kit.NewPanel(kit.PanelOptions{Title: lang.T("Balance"), Flush: true, Body: kit.VBox(0, kit.Grow(p.list), spread)})
	left := fyne.CanvasObject(p.mapPanel)
	if p.draft() {
		left = kit.VBox(kit.GapPanel, kit.Grow(p.mapPanel), p.solver.panel)
	}
	below := kit.MinBox(fyne.NewSize(planSide, 172), kit.NewPanel(kit.PanelOptions{Title: lang.T("To settle"), Flush: true, Body: p.settle}))
	if p.unplaced.open {
		below = kit.MinBox(fyne.NewSize(planSide, unplacedHigh), p.unplaced.panel)
	}
	right := kit.VBox(kit.GapPanel, kit.Grow(p.balance), below)
	side := kit.MinBox(fyne.NewSize(planSide, 0), right)
	p.root.Objects = []fyne.CanvasObject{container.NewBorder(nil, nil, nil, kit.Pad(kit.Insets{Left: kit.GapPanel}, side), left), p.unplaced.ghost.root}
	p.root.Refresh()
	if p.book != nil {
		p.figures()
	}
}

// planLoaded is what one reload brings.
type planLoaded struct {
	plans []app.PlanInfo
	book  *app.PlanBook
	now   *app.PlanBalance
}

// reload reads the chosen plan. One that is gone gives way to what is in force.
func (p *planner) reload() {
	chosen := p.chosen
	kit.Load(p.loader, func(ctx context.Context) (planLoaded, error) {
		var out planLoaded
		var err error
		if out.plans, err = p.s.host.App.Plans.List(ctx); err != nil {
			return out, err
		}
		out.book, err = p.s.host.App.Plans.Book(ctx, chosen)
		if data.KindOf(err) == data.NotFound && err != nil {
			out.book, err = p.s.host.App.Plans.Book(ctx, data.NoID)
		}
		if err == nil {
			out.now = out.book.Balance()
		}
		return out, err
	}, func(l planLoaded) {
		p.plans, p.book, p.now = l.plans, l.book, l.now
		p.chosen = l.book.Info.ID
		p.solver.renew()
		if !p.draft() {
			p.tool = kit.MapPointer
			p.tools.SetCurrent(0)
			p.view.SetTool(kit.MapPointer)
		}
		p.lay()
		p.show()
		p.s.host.Changed()
	})
}

// show draws what was loaded or painted.
func (p *planner) show() {
	if p.book == nil {
		return
	}
	p.words.Words = p.s.words.Words
	view := app.PlanView{By: p.by, Size: planning.Open, Index: p.now.Index}
	spec := p.book.Map(view)
	p.words.dress(&spec, p.book, p.by)
	p.view.SetSpec(spec)
	p.view.SetTargets(len(p.book.Areas) > 0, true)
	p.figures()
	p.settle.SetRows(p.words.settleRows(p.book.Gaps(), p.book))
	p.unplaced.show()
	p.solver.show()
}

// figures shows the balance and the captions, which change while one paints.
func (p *planner) figures() {
	p.mapPanel.SetCaption(p.words.mapCaption(p.book))
	p.balance.SetCaption(p.words.balanceCaption(p.book))
	p.balance.SetNote(p.words.outside(p.now))
	p.list.SetHeads(planHeads())
	p.list.Set(p.words.balanceRows(p.book, p.now), p.book.Info.Tolerance)
	p.list.SetTotals(p.words.totals(p.now))
	p.spread.SetText(p.words.spread(p.now, p.book.Info.Tolerance))
	p.list.Select(p.target.String())
}

// choose shows another plan.
func (p *planner) choose(id data.ID) {
	p.chosen, p.target = id, data.NoID
	p.unplaced.close()
	p.drop()
	p.solver.forget()
	p.reload()
}

// aim makes a territory the one that is painted and given to.
func (p *planner) aim(key string) {
	id, err := data.ParseID(key)
	if err != nil {
		return
	}
	p.target = id
	p.card.show()
}

func (p *planner) setTool(t kit.MapTool) {
	p.tool = t
	p.view.SetTool(t)
	hint := ""
	if t == kit.MapBrush && p.targetPlace() < 0 {
		hint = lang.T("Choose a territory on the right, then paint")
	}
	p.s.host.Hint(hint)
}

// targetPlace is the place of the territory aimed at, -1 for none.
func (p *planner) targetPlace() int {
	if p.book == nil {
		return -1
	}
	for i, t := range p.book.Plan.Territories {
		if t.ID == p.target {
			return i
		}
	}
	return -1
}

// escape calls off what is under way; true where something was.
func (p *planner) escape() bool {
	switch {
	case p.placing.on():
		p.placing.stop()
	case !p.caught.Empty():
		p.drop()
	default:
		return false
	}
	return true
}

// drop forgets what was caught.
func (p *planner) drop() {
	p.caught = kit.MapCatch{}
	p.view.ClearLasso()
	p.view.Select(p.caught)
	p.card.show()
}

// Keys of pickers that name no record and no measure.
const (
	planInForce     = "in force"
	planEarlier     = "earlier"
	colourTerritory = "territory"
)

// titleTools stand in the title row.
func (p *planner) titleTools() []fyne.CanvasObject {
	options := []kit.Option{inForce()}
	kept := 0
	for _, info := range p.plans {
		if info.Snapshot() && info.ID != p.chosen {
			kept++
			continue
		}
		options = append(options, p.words.planOption(info))
	}
	if kept > 0 {
		options = append(options, kit.Option{Key: planEarlier, Text: lang.T("Drafts as they were…"), Detail: p.words.Num.Count(kept), Group: lang.T("Before large steps")})
	}
	plan := kit.NewPicker(kit.PickerOptions{Options: options, Icon: "layers", OnPick: func(keys []string) {
		if keys[0] == planEarlier {
			p.listSnapshots()
			p.s.host.Changed() // the picker goes on showing the plan in front
			return
		}
		p.choose(planOf(keys[0]))
	}}, planKey(p.chosen))
	tools := []fyne.CanvasObject{plan}
	if p.book != nil && len(p.book.Areas) > 0 {
		colours := []kit.Option{{Key: colourTerritory, Text: lang.T("Colour: territory")}}
		colour := string(p.by)
		if p.by == "" {
			colour = colourTerritory
		}
		for _, m := range planning.Measures {
			colours = append(colours, kit.Option{Key: string(m), Text: lang.T("Colour: %s", measureWord(m))})
		}
		tools = append(tools, kit.NewPicker(kit.PickerOptions{Options: colours, OnPick: func(keys []string) {
			if p.by = planning.Measure(keys[0]); keys[0] == colourTerritory {
				p.by = ""
			}
			p.show()
		}}, colour))
	}
	return tools
}
