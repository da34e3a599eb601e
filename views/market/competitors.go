package market

import (
	"cmp"
	"context"
	"maps"
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"fieldbook/app"
	"fieldbook/assets/lang"
	"fieldbook/data"
	"fieldbook/views/kit"
)

// competitorFace lists the competitors, with the card of the one chosen.
type competitorFace struct {
	s      *Screen
	table  *kit.Table
	names  *kit.List
	strays *kit.Panel
	card   *fyne.Container
	panel  *kit.Panel
	root   fyne.CanvasObject
	chosen data.ID
}

func newCompetitorFace(s *Screen) *competitorFace {
	f := &competitorFace{s: s, card: container.NewStack()}
	const right = fyne.TextAlignTrailing
	f.table = kit.NewTable(kit.TableOptions{
		Columns: []kit.Column{
			{Key: "name", Title: lang.T("Competitor"), Width: 130, Grow: 1, Fixed: true},
			{Key: "rate", Title: lang.T("Win rate against"), Width: 150, Align: right},
			{Key: "won", Title: lang.T("Won"), Width: 48, Align: right},
			{Key: "lost", Title: lang.T("Lost"), Width: 48, Align: right},
			{Key: "open", Title: lang.T("Open"), Width: 72, Align: right},
		},
		RowHeight: kit.HeightTwoLine, OnSelect: f.choose, OnOpen: func(row int) { s.edit(data.KindCompetitor, s.book.Competitors[row].Row) },
		OnMenu: func(_ int, at fyne.Position) { s.h.ShowActions(at, f.commands()) },
		Empty:  s.firstStep(onCompetitors, kit.EmptyOptions{Icon: "flag", Title: lang.T("No competitors yet"), Text: lang.T("Keep what they are good at and how you answer. Deals that name one count for the win rate against it.")}),
	})
	f.names = kit.NewList(kit.ListOptions{OnOpen: f.adopt})
	list := kit.NewPanel(kit.PanelOptions{Title: lang.T("Competitors"), Caption: lang.T("deals closed in twelve months"), Flush: true, Body: f.table})
	f.strays = kit.NewPanel(kit.PanelOptions{Title: lang.T("Names on deals that are no competitor"), Flush: true, Body: f.names})
	f.panel = kit.NewPanel(kit.PanelOptions{Title: lang.T("Battle card"), Action: lang.T("Print"), OnTap: f.print, Body: f.card})
	left := kit.VBox(kit.GapPanel, kit.Grow(list), kit.Pad(kit.Insets{}, kit.MinBox(fyne.NewSize(0, 170), f.strays)))
	f.root = kit.Page(kit.Grow(kit.Columns(kit.GapPanel, []float32{50, 50}, left, f.panel)))
	return f
}

func (f *competitorFace) show() fyne.CanvasObject {
	w, b := f.s.words(), f.s.book
	rows := make(kit.SliceRows, len(b.Competitors))
	for i, c := range b.Competitors {
		rows[i] = kit.Row{ID: c.Row.ID.String(), Cells: []kit.Cell{
			{Text: c.Row.Title(), Sub: c.Row.Text("website")}, rateCell(c.Deals, w), {Text: w.Count(c.Won)}, {Text: w.Count(c.Lost)}, {Text: w.Num.Short(c.OpenValue), Sub: lang.N("%d deal", "%d deals", c.Open)},
		}}
	}
	f.table.SetRows(rows)
	names := slices.SortedFunc(maps.Keys(b.Unmatched), func(x, y string) int { return cmp.Or(cmp.Compare(b.Unmatched[y], b.Unmatched[x]), cmp.Compare(x, y)) })
	var strays []kit.ListRow
	for _, name := range names {
		strays = append(strays, kit.ListRow{Key: name, Title: name, Right: lang.N("%d deal", "%d deals", b.Unmatched[name])})
	}
	if len(strays) == 0 {
		strays = []kit.ListRow{{Header: true, Title: lang.T("Every name that deals mention is one of these")}}
	}
	f.names.SetRows(strays)
	f.draw()
	return f.root
}

// at is the competitor chosen, the first where none is.
func (f *competitorFace) at() (app.CompetitorFigures, bool) {
	b := f.s.book
	for _, c := range b.Competitors {
		if c.Row.ID == f.chosen {
			return c, true
		}
	}
	if len(b.Competitors) == 0 {
		return app.CompetitorFigures{}, false
	}
	return b.Competitors[0], true
}

func (f *competitorFace) choose() {
	if ids := f.table.SelectedIDs(); len(ids) == 1 && f.s.book != nil {
		if id, err := data.ParseID(ids[0]); err == nil && id != f.chosen {
			f.chosen = id
			f.draw()
			f.s.h.Changed()
		}
	}
}

// draw shows the card of the one chosen.
func (f *competitorFace) draw() {
	c, ok := f.at()
	if !ok {
		f.panel.SetTitle(lang.T("Battle card"))
		f.card.Objects = []fyne.CanvasObject{kit.NewText(lang.T("None is chosen"), kit.TextStyle{Color: kit.ColorFg2, Align: fyne.TextAlignCenter})}
		f.card.Refresh()
		return
	}
	w := f.s.words()
	f.panel.SetTitle(lang.T("Against %s", c.Row.Title()))
	rate := rateCell(c.Deals, w)
	f.panel.SetCaption(rate.Text)
	var parts []fyne.CanvasObject
	for _, part := range []struct{ head, text string }{
		{lang.T("How we answer"), c.Row.Text("answers")},
		{lang.T("Where they are strong"), c.Row.Text("strengths")},
		{lang.T("Where they are weak"), c.Row.Text("weaknesses")},
		{lang.T("Pricing"), c.Row.Text("pricing")},
		{lang.T("Note"), c.Row.Text("note")},
	} {
		if part.text != "" {
			parts = append(parts, kit.VBox(2, kit.HeadRow(part.head, ""), kit.NewProse(part.text, min(6, 1+len(part.text)/70), kit.TextStyle{})))
		}
	}
	var facts []kit.Fact
	for i, d := range c.BySegment {
		if d.Won+d.Lost > 0 {
			rate := rateCell(d, w)
			facts = append(facts, kit.Fact{Label: f.s.book.Segments[i].Row.Title(), Value: rate.Text + ", " + rate.Sub})
		}
	}
	if len(facts) > 0 {
		parts = append(parts, kit.VBox(2, kit.HeadRow(lang.T("Win rate by segment"), ""), kit.NewFacts(facts)))
	}
	var reasons []kit.Fact
	for _, r := range c.Reasons[:min(5, len(c.Reasons))] {
		reasons = append(reasons, kit.Fact{Label: r.Reason, Value: lang.N("%d deal", "%d deals", r.Deals)})
	}
	if len(reasons) > 0 {
		parts = append(parts, kit.VBox(2, kit.HeadRow(lang.T("Why we lost to them"), ""), kit.NewFacts(reasons)))
	}
	f.card.Objects = []fyne.CanvasObject{kit.Scroll(kit.VBox(12, parts...))}
	f.card.Refresh()
}

func (f *competitorFace) commands() []kit.Action {
	c, ok := f.at()
	if !ok {
		return nil
	}
	row := c.Row
	out := []kit.Action{
		{Text: lang.T("Print the card of %s", row.Title()), Icon: "print", Do: f.print},
		{Text: lang.T("Deals against %s", row.Title()), Icon: "pipeline", Do: func() {
			f.s.openDeals(lang.T("Deals against %s", row.Title()), data.Filter{Field: "competitor", Test: data.Contains, Values: []data.Value{row.Title()}})
		}},
	}
	if f.s.writable() {
		out = append(out, kit.Action{Text: lang.T("Edit %s", row.Title()), Icon: "edit", Do: func() { f.s.edit(data.KindCompetitor, row) }},
			kit.Action{Text: lang.T("Remove %s", row.Title()), Icon: "x", Do: func() { f.s.remove(data.KindCompetitor, row) }})
	}
	return out
}

// print asks for a file and writes the card.
func (f *competitorFace) print() {
	c, ok := f.at()
	if !ok {
		return
	}
	f.s.h.AskFile(lang.T("Save the battle card"), "against-"+data.CustomName(c.Row.Title())+".pdf", func(path string) {
		f.s.h.Act(lang.T("Saved to %s", path), func(ctx context.Context) error { return f.s.h.App.Market.WriteBattleCard(ctx, c.Row.ID, path) }, nil)
	})
}

// adopt asks which competitor a name on deals means.
func (f *competitorFace) adopt(name string) {
	if !f.s.writable() {
		return
	}
	field := f.s.h.ReferenceField("competitor", lang.T("Is the same as"), data.KindCompetitor)
	field.Help = lang.T("Left empty, it becomes a competitor of its own")
	f.s.h.Ask(kit.Question{
		Title: lang.T("Who is %s", name), Save: lang.T("Save"), Fields: []kit.Field{field},
		Keep: func(ctx context.Context, v kit.Values) error {
			return f.s.h.App.Market.Adopt(ctx, name, v.Ref("competitor"))
		},
	})
}
