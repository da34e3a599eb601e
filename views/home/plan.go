package home

import (
	"fyne.io/fyne/v2"

	"fieldbook/assets/lang"
	"fieldbook/data"
	"fieldbook/views/kit"
)

// planPanel is "What gets me there": a person ticks open deals and sees what
// their closing would make of the number. Nothing is written.
type planPanel struct {
	screen *Screen
	panel  *kit.Panel
	figure *kit.Text
	note   *kit.Text
	bar    *planBar
	table  *kit.Table
	sheet  *sheet
}

func newPlanPanel(s *Screen) *planPanel {
	const right = fyne.TextAlignTrailing
	p := &planPanel{screen: s, figure: kit.Title(""), note: kit.Caption(""), bar: newPlanBar()}
	p.table = kit.NewTable(kit.TableOptions{
		Columns: []kit.Column{
			{Key: "deal", Title: lang.T("Deal"), Width: 150, Grow: 1, Fixed: true},
			{Key: "stage", Title: lang.T("Stage"), Width: 88},
			{Key: "close", Title: lang.T("Close"), Width: 60, Align: right},
			{Key: "value", Title: lang.T("Value"), Width: 66, Align: right},
		},
		Select: kit.SelectMany, Check: true, OnSelect: p.ticked, OnOpen: p.open,
		Empty: kit.NewText(lang.T("No open deal is due in the rest of the period"), kit.TextStyle{Color: kit.ColorFg2, Align: fyne.TextAlignCenter}),
	})
	head := kit.Pad(kit.Insets{Right: kit.PadPanel, Bottom: 8, Left: kit.PadPanel}, kit.VBox(6, kit.HBox(8, p.figure, kit.Grow(p.note)), p.bar.box))
	p.panel = kit.NewPanel(kit.PanelOptions{Title: lang.T("What gets me there"), Flush: true, Body: kit.VBox(0, head, kit.Grow(p.table))})
	return p
}

func (p *planPanel) show(s *sheet) {
	p.sheet = s
	p.table.SetRows(kit.SliceRows(s.dueRows()))
	p.ticked()
}

// open goes to a deal.
func (p *planPanel) open(row int) {
	if p.sheet != nil && row >= 0 && row < len(p.sheet.Due) {
		p.screen.host.Go(kit.Target{Screen: "pipeline", Kind: data.KindDeal, ID: p.sheet.Due[row].ID})
	}
}

// ticked adds up what is ticked.
func (p *planPanel) ticked() {
	if p.sheet == nil {
		return
	}
	ids := map[string]bool{}
	for _, id := range p.table.SelectedIDs() {
		ids[id] = true
	}
	num := p.sheet.num
	plan := p.sheet.plan(ids)
	p.panel.SetCaption(lang.T("%s of %s open deals due by %s are ticked", num.Count(plan.deals), num.Count(plan.of), p.due()))
	p.figure.SetText(plan.figure(num))
	p.note.SetText(lang.T("if the ticked deals close as planned: %s", num.Whole(plan.sum())))
	p.bar.set(plan, p.sheet)
}

func (p *planPanel) due() string {
	if p.sheet.Period.IsAll() {
		return lang.T("any day")
	}
	return p.sheet.lastDay()
}

// planBar shows won, ticked and quota on one scale, with what is expected by now.
type planBar struct {
	box                     *fyne.Container
	track, won, add, tick   *kit.Box
	wonText, addText, quota *kit.Text
	wonAt, addAt, tickAt    float32 // shares of the width
}

func newPlanBar() *planBar {
	caption := func(align fyne.TextAlign) *kit.Text {
		return kit.NewText("", kit.TextStyle{Size: kit.SizeCaption, Color: kit.ColorFg2, Align: align})
	}
	b := &planBar{
		track: kit.Fill(kit.ColorTrack), won: kit.Fill(kit.ColorAccent), add: kit.Fill(kit.ColorRamp2), tick: kit.Fill(kit.ColorFg),
		wonText: caption(fyne.TextAlignLeading), addText: caption(fyne.TextAlignCenter), quota: caption(fyne.TextAlignTrailing),
	}
	b.box = &fyne.Container{Layout: b, Objects: []fyne.CanvasObject{b.track, b.won, b.add, b.tick, b.wonText, b.addText, b.quota}}
	return b
}

// set shows a plan; without a quota the bar ends at what would be won.
func (b *planBar) set(p plan, s *sheet) {
	end := float32(max(p.quota, p.sum(), 1))
	b.wonAt, b.addAt, b.tickAt = float32(p.won)/end, float32(p.sum())/end, 0
	b.wonText.SetText(lang.T("won %s", s.num.Whole(p.won)))
	b.addText.SetText("")
	if p.deals > 0 {
		b.addText.SetText(lang.T("ticked %s", s.num.Whole(p.ticked)))
	}
	b.quota.SetText(lang.T("no quota"))
	if p.quota > 0 {
		b.quota.SetText(lang.T("quota %s", s.num.Whole(p.quota)))
		if s.Share < 1 {
			b.tickAt = float32(p.quota) * float32(s.Share) / end
		}
	}
	b.box.Refresh()
}

const planThick = 14

// MinSize implements fyne.Layout.
func (b *planBar) MinSize([]fyne.CanvasObject) fyne.Size { return fyne.NewSize(200, planThick+22) }

// Layout implements fyne.Layout.
func (b *planBar) Layout(_ []fyne.CanvasObject, size fyne.Size) {
	place := func(o fyne.CanvasObject, x, y, w, h float32) {
		o.Move(fyne.NewPos(x, y))
		o.Resize(fyne.NewSize(max(0, w), h))
	}
	place(b.track, 0, 2, size.Width, planThick)
	place(b.won, 0, 2, size.Width*b.wonAt, planThick)
	place(b.add, size.Width*b.wonAt+1, 2, size.Width*(b.addAt-b.wonAt)-1, planThick)
	b.tick.Hidden = b.tickAt == 0
	place(b.tick, size.Width*b.tickAt-1, 0, 2, planThick+4)
	third := size.Width / 3
	y := float32(planThick + 6)
	place(b.wonText, 0, y, third, 16)
	place(b.addText, third, y, third, 16)
	place(b.quota, 2*third, y, third, 16)
}
