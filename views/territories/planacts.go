package territories

import (
	"context"

	"fyne.io/fyne/v2"

	"fieldbook/app"
	"fieldbook/app/planning"
	"fieldbook/assets/lang"
	"fieldbook/data"
	"fieldbook/views/kit"
)

// tapped selects what was clicked, or adds it to what is selected.
func (p *planner) tapped(c kit.MapCatch, add bool) {
	if p.book == nil {
		return
	}
	if len(c.Points) > 0 {
		c.Codes = nil // a dot is meant, not the ground below it
	}
	if add {
		c = kit.MapCatch{Codes: toggle(p.caught.Codes, c.Codes), Points: toggle(p.caught.Points, c.Points)}
	}
	p.view.ClearLasso()
	p.caught = c
	p.view.Select(c)
	p.card.at = fyne.NewPos(8, 8)
	p.card.show()
}

// toggle adds what is not in a list and takes out what is.
func toggle(list, with []string) []string {
	out := map[string]bool{}
	var order []string
	for _, x := range append(append([]string{}, list...), with...) {
		if out[x] {
			out[x] = false
			continue
		}
		out[x] = true
		order = append(order, x)
	}
	var kept []string
	for _, x := range order {
		if out[x] {
			kept = append(kept, x)
			out[x] = false
		}
	}
	return kept
}

func (p *planner) lassoed(c kit.MapCatch, at fyne.Position) {
	p.caught = c
	p.view.Select(c)
	if c.Empty() {
		p.drop()
		return
	}
	p.card.put(at)
}

// painted hands over what the brush enters, in the picture: the book hears of
// it once the brush is up.
func (p *planner) painted(c kit.MapCatch) {
	at := p.targetPlace()
	if at < 0 || !p.draft() || p.solver.previewing() {
		return
	}
	if len(p.book.Areas) > 0 {
		c.Points = nil // accounts follow their area
	}
	g := p.giving(c, p.target)
	if got := p.book.Try(g); got.Areas+got.Accounts == 0 {
		return
	}
	p.caught.Codes = append(p.caught.Codes, c.Codes...)
	p.caught.Points = append(p.caught.Points, c.Points...)
	p.view.Recolour(at, c)
	p.now = p.book.Balance()
	p.figures()
}

// release keeps what was painted, as one step to undo.
func (p *planner) release() {
	c := p.caught
	p.caught = kit.MapCatch{}
	if c.Empty() {
		return
	}
	p.carry(p.giving(c, p.target))
}

func (p *planner) giving(c kit.MapCatch, to data.ID) app.Giving {
	g := app.Giving{Plan: p.chosen, Areas: c.Codes, Territory: to}
	for _, dot := range c.Points {
		if id, err := data.ParseID(dot); err == nil {
			g.Accounts = append(g.Accounts, id)
		}
	}
	return g
}

// give hands what is caught to a territory: areas where there are any, else the
// accounts by name.
func (p *planner) give(to data.ID) {
	c := p.caught
	if len(c.Codes) > 0 {
		c.Points = nil
	}
	p.drop()
	p.carry(p.giving(c, to))
}

// carry gives in the book and says what stayed.
func (p *planner) carry(g app.Giving) {
	if p.solver.previewing() {
		return
	}
	var got app.Given
	p.s.host.Act(lang.T("Move to a territory"), func(ctx context.Context) (err error) {
		got, err = p.s.host.App.Plans.Give(ctx, g)
		return err
	}, func() {
		if got.Locked > 0 {
			p.s.host.Say(lang.N("%d is locked and stays", "%d are locked and stay", got.Locked, got.Locked))
		}
	})
}

func (p *planner) lock(locked bool) {
	if p.solver.previewing() {
		return
	}
	g := p.giving(p.caught, data.NoID)
	if len(g.Areas) > 0 {
		g.Accounts = nil
	}
	p.drop()
	p.s.host.Act(lang.T("Lock"), func(ctx context.Context) error { return p.s.host.App.Plans.Lock(ctx, g, locked) }, nil)
}

// territoryOptions are the plan's territories to choose from.
func (p *planner) territoryOptions(but data.ID) []kit.Option {
	var out []kit.Option
	for _, t := range p.book.Plan.Territories {
		if t.ID != but {
			out = append(out, kit.Option{Key: t.ID.String(), Text: t.Name, Detail: t.Owner})
		}
	}
	return out
}

// askGive asks whom to give what is caught to; nobody is an answer.
func (p *planner) askGive() {
	if p.solver.previewing() {
		return
	}
	c := p.caught
	if len(c.Codes) > 0 {
		c.Points = nil
	}
	nobody := kit.Option{Key: "nobody", Text: lang.T("Nobody")}
	p.s.host.Ask(kit.Question{
		Title: lang.T("Move to"), Save: lang.T("Move"),
		Fields: []kit.Field{{Key: "territory", Label: lang.T("Territory"), Kind: kit.FieldChoice, Required: true, Options: append(p.territoryOptions(data.NoID), nobody), Wide: true}},
		Keep: func(ctx context.Context, v kit.Values) error {
			_, err := p.s.host.App.Plans.Give(ctx, p.giving(c, v.Ref("territory")))
			return err
		},
		Then: p.drop,
	})
}

func (p *planner) undo() {
	p.s.host.Act(lang.T("Undo"), func(ctx context.Context) error {
		_, err := p.s.host.App.Journal.Undo(ctx, data.NoID)
		return err
	}, nil)
}

// tip names what lies under the mouse.
func (p *planner) tip(c kit.MapCatch) string {
	if p.book == nil || c.Empty() {
		return ""
	}
	if len(c.Points) == 1 {
		if i, ok := p.book.AccountAt(c.Points[0]); ok {
			a := &p.book.Accounts[i]
			text := a.Name
			if v := a.Values.Of(planning.Open); v > 0 {
				text = lang.T("%s, %s open", text, p.words.value(planning.Open, v))
			}
			return text
		}
	}
	if len(c.Points) > 1 {
		return p.words.accounts(len(c.Points))
	}
	if p.by != "" {
		return lang.T("%s, %s %s", p.book.AreaName(c.Codes[0]), p.words.value(p.by, p.book.AreaValue(c.Codes[0], p.by)), measureWord(p.by))
	}
	return p.book.AreaName(c.Codes[0])
}

// menu is the right click on the map.
func (p *planner) menu(c kit.MapCatch, at fyne.Position) {
	if c.Empty() || !p.draft() {
		return
	}
	if p.caught.Empty() || len(p.caught.Codes)+len(p.caught.Points) == 1 {
		p.tapped(c, false)
	}
	items := []*fyne.MenuItem{}
	for _, t := range p.book.Plan.Territories {
		items = append(items, fyne.NewMenuItem(lang.T("Move to %s", t.Name), func() { p.give(t.ID) }))
	}
	items = append(items, fyne.NewMenuItemSeparator(),
		fyne.NewMenuItem(lang.T("Take out of any territory"), func() { p.give(data.NoID) }),
		fyne.NewMenuItem(lang.T("Lock"), func() { p.lock(true) }), fyne.NewMenuItem(lang.T("Unlock"), func() { p.lock(false) }))
	if len(p.caught.Points) > 0 && len(p.caught.Codes) == 0 {
		g := p.giving(p.caught, data.NoID)
		items = append(items, fyne.NewMenuItem(lang.T("Let it go by rules and areas"), func() {
			p.drop()
			p.s.host.Act(lang.T("Let it go by rules and areas"), func(ctx context.Context) error { return p.s.host.App.Plans.Unlist(ctx, p.chosen, g.Accounts) }, nil)
		}))
	}
	p.s.host.ShowMenu(at, items...)
}

// territoryMenu is the right click on a line of the balance.
func (p *planner) territoryMenu(key string, at fyne.Position) {
	p.aim(key)
	i := p.targetPlace()
	if i < 0 {
		return
	}
	actions := []kit.Action{{Text: lang.T("Show on the map"), Icon: "zin", Do: func() { p.view.Focus(i) }}}
	if p.draft() {
		actions = append(actions, p.aboutTerritory(p.book.Plan.Territories[i])...)
	}
	p.s.host.ShowActions(at, actions)
}

func (p *planner) aboutTerritory(t planning.Territory) []kit.Action {
	lock := kit.Action{Text: lang.T("Lock the territory"), Icon: "lock", Do: func() { p.saveLock(t, true) }}
	if t.Locked {
		lock = kit.Action{Text: lang.T("Unlock the territory"), Icon: "lock", Do: func() { p.saveLock(t, false) }}
	}
	return []kit.Action{
		{Text: lang.T("Edit %s", t.Name), Icon: "edit", Do: func() { p.askTerritory(t) }},
		lock,
		{Text: lang.T("Split in two"), Icon: "split", Do: func() { p.split(t) }},
		{Text: lang.T("Merge into another"), Icon: "merge", Do: func() { p.askMergeTerritory(t) }},
		{Text: lang.T("Close, spread over the neighbours"), Icon: "x", Do: func() { p.closeTerritory(t) }},
		{Text: lang.T("Remove, leave its areas open"), Icon: "x", Do: func() { p.removeTerritory(t, data.NoID) }},
	}
}

func (p *planner) saveLock(t planning.Territory, locked bool) {
	t.Locked = locked
	p.s.host.Act(lang.T("Lock the territory"), func(ctx context.Context) error {
		_, err := p.s.host.App.Plans.SaveTerritory(ctx, p.chosen, t)
		return err
	}, nil)
}

func (p *planner) removeTerritory(t planning.Territory, into data.ID) {
	p.s.host.Act(lang.T("Remove %s", t.Name), func(ctx context.Context) error {
		return p.s.host.App.Plans.RemoveTerritory(ctx, p.chosen, t.ID, into)
	}, nil)
}

func (p *planner) askMergeTerritory(t planning.Territory) {
	p.s.host.Ask(kit.Question{
		Title: lang.T("Merge %s", t.Name), Save: lang.T("Merge"),
		Fields: []kit.Field{{Key: "into", Label: lang.T("Into"), Kind: kit.FieldChoice, Required: true, Options: p.territoryOptions(t.ID), Wide: true}},
		Keep: func(ctx context.Context, v kit.Values) error {
			return p.s.host.App.Plans.RemoveTerritory(ctx, p.chosen, t.ID, v.Ref("into"))
		},
	})
}
