package home

import (
	"maps"
	"strings"

	"fyne.io/fyne/v2"

	"fieldbook/app"
	"fieldbook/app/planning"
	"fieldbook/assets/lang"
	"fieldbook/data"
	"fieldbook/views/kit"
)

// planPanel is "What gets me there": a person ticks open deals, supposes other
// amounts and days, and sees what that would make of the number. Nothing is
// written but what-ifs that are saved under a name.
type planPanel struct {
	screen  *Screen
	panel   *kit.Panel
	figure  *kit.Text
	note    *kit.Text
	bar     *planBar
	table   *kit.Table
	tools   *planTools
	sheet   *sheet
	moved   map[data.ID]planning.Change // other amounts and days; what is ticked, the table knows
	whose   string                      // the person and period that moved and the ticks are of
	filling bool
	changed func(plan) // what would come of it is another now
}

func newPlanPanel(s *Screen) *planPanel {
	const right = fyne.TextAlignTrailing
	p := &planPanel{screen: s, figure: kit.Title(""), note: kit.Caption(""), bar: newPlanBar(), moved: map[data.ID]planning.Change{}}
	p.table = kit.NewTable(kit.TableOptions{
		Columns: []kit.Column{
			{Key: "deal", Title: lang.T("Deal"), Width: 130, Grow: 1, Fixed: true},
			{Key: "stage", Title: lang.T("Stage"), Width: 100},
			{Key: "close", Title: lang.T("Close"), Width: 88, Align: right, Edit: true},
			{Key: "value", Title: lang.T("Value"), Width: 72, Align: right, Edit: true},
		},
		Select: kit.SelectMany, Check: true, Ticks: true, OnSelect: p.ticked, OnOpen: p.open, OnEdit: p.edit,
		Empty: kit.NewText(lang.T("No open deal is due in the rest of the period"), kit.TextStyle{Color: kit.ColorFg2, Align: fyne.TextAlignCenter}),
	})
	p.tools = newPlanTools(p)
	head := kit.Pad(kit.Insets{Right: kit.PadPanel, Bottom: 8, Left: kit.PadPanel}, kit.VBox(6, kit.HBox(8, p.figure, kit.Grow(p.note)), p.bar.box, p.tools.row))
	p.panel = kit.NewPanel(kit.PanelOptions{Title: lang.T("What gets me there"), Flush: true, Body: kit.VBox(0, head, kit.Grow(p.table))})
	return p
}

func (p *planPanel) show(s *sheet) {
	p.sheet = s
	if whose := s.Scope.Person.String() + " " + s.Period.Name; whose != p.whose {
		p.whose = whose
		p.suppose(nil)
	}
	p.fill()
	p.tools.show(s, p.screen.writable())
	p.ticked()
}

// suppose puts other changes in the place of those that are there.
func (p *planPanel) suppose(changes map[data.ID]planning.Change) {
	p.moved = map[data.ID]planning.Change{}
	p.filling = true
	p.table.ClearSelection()
	p.fill()
	for i, d := range p.sheet.offered() {
		c, ok := changes[d.ID]
		if ok && c.Won {
			p.table.Selection().Add(i, i+1)
		}
	}
	maps.Copy(p.moved, changes)
	p.fill()
	p.filling = false
	p.ticked()
}

// fill draws the deals with what is supposed of them.
func (p *planPanel) fill() { p.table.SetRows(kit.SliceRows(p.sheet.dueRows(p.moved))) }

// changes are all that is supposed: also of deals that are not listed any more.
func (p *planPanel) changes() map[data.ID]planning.Change {
	out := map[data.ID]planning.Change{}
	won := map[string]bool{}
	for _, id := range p.table.SelectedIDs() {
		won[id] = true
	}
	listed := map[data.ID]bool{}
	for _, d := range p.sheet.offered() {
		listed[d.ID] = true
		c, ok := p.moved[d.ID]
		if !ok {
			c.Close = data.NoDay
		}
		if c.Won = won[dueID(d)]; !c.IsZero() {
			out[d.ID] = c
		}
	}
	for id, c := range p.moved {
		if !listed[id] && !c.IsZero() {
			out[id] = c
		}
	}
	return out
}

// open goes to a deal.
func (p *planPanel) open(row int) {
	if p.sheet == nil {
		return
	}
	if deals := p.sheet.offered(); row >= 0 && row < len(deals) {
		p.screen.host.Go(kit.Target{Screen: "pipeline", Kind: data.KindDeal, ID: deals[row].ID})
	}
}

// edit supposes another day or amount; nothing typed goes back to the deal's own.
func (p *planPanel) edit(e *kit.Edit) fyne.CanvasObject {
	deals := p.sheet.offered()
	if e.Row >= len(deals) {
		return nil
	}
	d := deals[e.Row]
	c, ok := p.moved[d.ID]
	if !ok {
		c.Close = data.NoDay
	}
	read, before := p.readDay, ""
	if now := c.Of(openDeal(d)); e.Col == closeColumn {
		before = kit.DateStyle{}.Format(now.Close)
	} else {
		read = p.readAmount
		if now.Known {
			before = data.DecimalString(now.Value, p.sheet.num.Currency.Digits())
		}
	}
	return kit.NewCellEntry(e, before, func(text string) error {
		if text = strings.TrimSpace(text); text == before {
			return nil
		}
		if err := read(&c, text); err != nil {
			p.screen.host.Say(kit.Message(err, ""))
			return err
		}
		p.moved[d.ID] = c
		e.Close(kit.EditStay)
		p.table.Selection().Add(e.Row, e.Row+1) // what is supposed of a deal is supposed to happen
		p.fill()
		p.ticked()
		return nil
	})
}

const closeColumn = 2

func (p *planPanel) readDay(c *planning.Change, text string) error {
	if text == "" {
		c.Close = data.NoDay
		return nil
	}
	h := p.screen.host
	day, err := kit.ParseTyped(text, h.View().Today, kit.DateStyle{Calendar: h.App.Book().Calendar})
	if err == nil {
		c.Close = day
	}
	return err
}

func (p *planPanel) readAmount(c *planning.Change, text string) error {
	if text == "" {
		c.Amount, c.HasAmount = 0, false
		return nil
	}
	amount, err := app.ParseOwnAmount(text, p.sheet.num.Currency)
	if err != nil {
		return err
	}
	c.Amount, c.HasAmount = amount, true
	return nil
}

// ticked adds up what is ticked.
func (p *planPanel) ticked() {
	if p.sheet == nil || p.filling {
		return
	}
	num := p.sheet.num
	changes := p.changes()
	plan := p.sheet.plan(changes)
	p.panel.SetCaption(lang.T("%s of %s open deals due by %s are ticked", num.Count(plan.Deals), num.Count(plan.of), p.due()))
	p.figure.SetText(plan.figure(num))
	note := lang.T("if the ticked deals close as planned: %s", num.Whole(plan.Value))
	switch {
	case plan.Outside > 0:
		note += lang.N(", %d closes outside", ", %d close outside", plan.Outside)
	case plan.Unvalued > 0:
		note += lang.N(", %d has no value", ", %d have no value", plan.Unvalued)
	}
	p.note.SetText(note)
	p.bar.set(plan, p.sheet)
	p.tools.touched(len(changes) > 0)
	if p.changed != nil {
		p.changed(plan)
	}
}

func (p *planPanel) due() string {
	if p.sheet.Period.IsAll() {
		return lang.T("any day")
	}
	return p.sheet.lastDay()
}
