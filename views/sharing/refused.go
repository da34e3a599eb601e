package sharing

import (
	"context"
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"fieldbook/app"
	"fieldbook/assets/lang"
	"fieldbook/views/kit"
)

// detailHigh is the height of the panel below the list of refused changes.
const detailHigh = 168

// refusedPage lists what came in share files and does not count.
type refusedPage struct {
	screen *Screen
	list   []app.Held
	table  *kit.Table
	accept *kit.Button
	aside  *kit.Button
	detail *fyne.Container
}

func (p *refusedPage) content() fyne.CanvasObject {
	if len(p.list) == 0 {
		return kit.NewEmpty(kit.EmptyOptions{
			Icon: "check", Title: lang.T("Nothing was refused"),
			Text: lang.T("What somebody changed without a right to it waits here when a share file brings it, until who has the right accepts it or sets it aside."),
		})
	}
	rows := make(kit.SliceRows, len(p.list))
	for i, h := range p.list {
		rows[i] = heldRow(h, p.screen.host.App.Book().Zone)
	}
	p.detail = container.NewStack()
	p.table = kit.NewTable(kit.TableOptions{
		Rows: rows, Select: kit.SelectMany, Check: true, RowHeight: kit.HeightTwoLine, OnSelect: p.pointed,
		Columns: []kit.Column{
			{Key: "record", Title: lang.T("Record"), Width: 200, Grow: 1},
			{Key: "what", Title: lang.T("What was changed"), Width: 280, Grow: 1},
			{Key: "who", Title: lang.T("Who and when"), Width: 180},
			{Key: "why", Title: lang.T("Why it does not count"), Width: 300, Grow: 1},
		},
	})
	body := fyne.CanvasObject(p.table)
	p.accept, p.aside = nil, nil
	if !p.screen.readOnly() {
		p.accept = kit.NewButton(kit.ButtonOptions{Text: lang.T("Accept"), Icon: "check", OnTap: p.acceptChosen})
		p.aside = kit.NewButton(kit.ButtonOptions{Text: lang.T("Set aside"), Icon: "x", OnTap: p.asideChosen})
		bar := kit.HBox(8, p.accept, p.aside, kit.Grow(kit.NewText(lang.T("Accepted changes count as yours, so you need the right to them."), kit.TextStyle{Size: kit.SizeCaption, Color: kit.ColorFg2, Cut: true})))
		body = container.NewBorder(kit.Pad(kit.Insets{Left: kit.PadPanel, Right: kit.PadPanel, Bottom: 8}, bar), nil, nil, nil, p.table)
	}
	n := len(p.list)
	panel := kit.NewPanel(kit.PanelOptions{
		Title: lang.T("Refused"), Caption: lang.N("%d change that does not count", "%d changes that do not count", n, n), Flush: true, Body: body,
	})
	p.pointed()
	return kit.Page(kit.Grow(panel), kit.MinBox(fyne.NewSize(0, detailHigh), p.detail))
}

// chosen are the changes that are marked.
func (p *refusedPage) chosen() []app.Held {
	ids := p.table.SelectedIDs()
	var out []app.Held
	for _, h := range p.list {
		if slices.Contains(ids, heldKey(h)) {
			out = append(out, h)
		}
	}
	return out
}

func (p *refusedPage) pointed() {
	chosen := p.chosen()
	if p.accept != nil {
		may := len(chosen) > 0 && p.screen.state.members.mine.Member
		p.accept.SetEnabled(may)
		p.aside.SetEnabled(may)
	}
	p.detail.Objects = []fyne.CanvasObject{p.detailPanel(chosen)}
	p.detail.Refresh()
}

// detailPanel shows all fields of the one change that is marked.
func (p *refusedPage) detailPanel(chosen []app.Held) fyne.CanvasObject {
	if len(chosen) != 1 {
		text := lang.T("Mark a change to see all of its fields.")
		if n := len(chosen); n > 1 {
			text = lang.T("%d changes are marked.", n)
		}
		return kit.NewPanel(kit.PanelOptions{Title: lang.T("The change"), Body: kit.NewText(text, kit.TextStyle{Color: kit.ColorFg2, Cut: true})})
	}
	h := chosen[0]
	var facts []kit.Fact
	for _, c := range h.Changes {
		old, now := c.Old, c.New
		if old == "" {
			old = kit.EnDash
		}
		if now == "" {
			now = lang.T("empty")
		}
		facts = append(facts, kit.Fact{Label: lang.T(c.Label), Value: lang.T("%s → %s", old, now)})
	}
	note := lang.T("“%s” by %s on %s", h.Act.What, h.Act.Name, h.Act.Device)
	return kit.NewPanel(kit.PanelOptions{Title: h.Title, Caption: note, Body: kit.Scroll(kit.NewFacts(facts))})
}

func (p *refusedPage) acceptChosen() {
	list := p.chosen()
	if len(list) == 0 {
		return
	}
	h := p.screen.host
	h.Act(lang.N("%d change accepted", "%d changes accepted", len(list), len(list)), func(ctx context.Context) error { return h.App.Members.Accept(ctx, list) }, nil)
}

func (p *refusedPage) asideChosen() {
	list := p.chosen()
	if len(list) == 0 {
		return
	}
	h := p.screen.host
	kit.Confirm(h.Window, kit.ConfirmOptions{
		Title: lang.N("Set %d change aside?", "Set %d changes aside?", len(list), len(list)), Yes: lang.T("Set aside"), Danger: true,
		Text: lang.T("What is set aside does not count in this book and is not shown again. The book stays as it is."),
		OnYes: func() {
			h.Act(lang.N("%d change set aside", "%d changes set aside", len(list), len(list)), func(ctx context.Context) error { return h.App.Members.Discard(ctx, list) }, nil)
		},
	})
}
