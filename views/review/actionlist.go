package review

import (
	"context"

	"fyne.io/fyne/v2"

	"fieldbook/app"
	"fieldbook/assets/lang"
	"fieldbook/data"
	"fieldbook/views/kit"
)

// actionList is a table of actions that can be settled.
type actionList struct {
	s     *Screen
	table *kit.Table
	panel *kit.Panel
	rows  []data.Row
}

// newActionList returns a panel with its actions; empty says what its being empty
// means.
func newActionList(s *Screen, title, empty string, add func()) *actionList {
	l := &actionList{s: s}
	l.table = kit.NewTable(kit.TableOptions{
		Columns: []kit.Column{
			{Key: "what", Title: lang.T("Action"), Width: 126, Grow: 2, Fixed: true},
			{Key: "who", Title: lang.T("Who"), Width: 80, Grow: 1},
			{Key: "about", Title: lang.T("About"), Width: 84, Grow: 1},
			{Key: "due", Title: lang.T("Due"), Width: 84},
		},
		Select: kit.SelectMany, OnOpen: func(row int) { l.edit(l.rows[row]) }, OnMenu: l.menu,
		OnKey: func(name fyne.KeyName) {
			if name == fyne.KeySpace {
				l.settle(data.ActionDone)
			}
		},
		Empty: kit.NewText(empty, kit.TextStyle{Color: kit.ColorFg2, Align: fyne.TextAlignCenter}),
	})
	opts := kit.PanelOptions{Title: title, Flush: true, Body: l.table}
	if add != nil {
		opts.Action, opts.OnTap = lang.T("New action"), add
	}
	l.panel = kit.NewPanel(opts)
	return l
}

func (l *actionList) show(rows []data.Row, w kit.Words) {
	l.rows = rows
	shown, open := make(kit.SliceRows, len(rows)), 0
	for i, r := range rows {
		shown[i] = actionRow(r, w)
		if app.ActionIsOpen(r) {
			open++
		}
	}
	l.table.SetRows(shown)
	caption := ""
	if len(rows) > 0 {
		caption = lang.T("%s open", w.Num.Count(open))
	}
	l.panel.SetCaption(caption)
	l.panel.OfferAction(l.s.writable())
}

func (l *actionList) chosen() []data.ID {
	var out []data.ID
	for _, id := range l.table.SelectedIDs() {
		if id, err := data.ParseID(id); err == nil {
			out = append(out, id)
		}
	}
	return out
}

func (l *actionList) settle(status string) {
	ids := l.chosen()
	if len(ids) == 0 || !l.s.writable() {
		return
	}
	what := map[string]string{
		data.ActionDone: lang.N("%d action is done", "%d actions are done", len(ids)), data.ActionDropped: lang.N("%d action dropped", "%d actions dropped", len(ids)),
		data.ActionOpen: lang.N("%d action is open again", "%d actions are open again", len(ids)),
	}[status]
	l.s.h.Act(what, func(ctx context.Context) error { return l.s.h.App.Meetings.Settle(ctx, ids, status) }, nil)
}

func (l *actionList) edit(r data.Row) {
	if l.s.writable() {
		l.s.editAction(r)
	}
}

func (l *actionList) menu(row int, at fyne.Position) {
	r := l.rows[row]
	var items []*fyne.MenuItem
	if deal := r.Ref("deal"); !deal.IsZero() {
		items = append(items, fyne.NewMenuItem(lang.T("Open the deal"), func() { l.s.h.Go(kit.Target{Screen: "pipeline", Kind: data.KindDeal, ID: deal}) }))
	}
	if l.s.writable() {
		items = append([]*fyne.MenuItem{
			fyne.NewMenuItem(lang.T("Done (Space)"), func() { l.settle(data.ActionDone) }), fyne.NewMenuItem(lang.T("Drop"), func() { l.settle(data.ActionDropped) }),
			fyne.NewMenuItem(lang.T("Open again"), func() { l.settle(data.ActionOpen) }), fyne.NewMenuItem(lang.T("Edit"), func() { l.edit(r) }),
		}, items...)
		items = append(items, fyne.NewMenuItem(lang.T("History"), func() { l.s.h.ShowHistory(kit.RecordHistory{Kind: data.KindAction, ID: r.ID, Name: r.Title()}) }),
			fyne.NewMenuItem(lang.T("Remove"), func() { l.s.removeActions(l.chosen()) }))
	}
	l.s.h.ShowMenu(at, items...)
}
