package playbook

import (
	"context"

	"fyne.io/fyne/v2"

	"fieldbook/app"
	"fieldbook/assets/lang"
	"fieldbook/data"
	"fieldbook/views/kit"
)

// stallsFace is the heat map above the list of stalled deals.
func (s *Screen) stallsFace() fyne.CanvasObject {
	w := s.words()
	if len(s.book.StalledAll) == 0 && s.book.Open == 0 {
		return kit.NewEmpty(kit.EmptyOptions{Icon: "clock", Title: lang.T("No open deals"), Text: lang.T("Deals that stand in a stage for longer than three in four did, with nothing planned, are listed here with what they lack to go on.")})
	}
	spec := w.heatSpec(s.book.Playbook)
	s.heat.SetSpec(spec)
	heat := kit.NewPanel(kit.PanelOptions{Title: spec.Title, Caption: s.h.View().Holds(spec.Caption()), Body: s.heat})
	rows := make(kit.SliceRows, len(s.book.Stalled))
	for i, l := range s.book.Stalled {
		rows[i] = w.stalledRow(l)
	}
	var table *kit.Table
	table = kit.NewTable(kit.TableOptions{
		Columns: []kit.Column{
			{Key: "deal", Title: lang.T("Deal"), Width: 160, Grow: 1},
			{Key: "owner", Title: lang.T("Owner"), Width: 130},
			{Key: "stage", Title: lang.T("Stage"), Width: 110},
			{Key: "value", Title: lang.T("Value"), Width: 90, Align: fyne.TextAlignTrailing},
			{Key: "days", Title: lang.T("In stage"), Width: 80, Align: fyne.TextAlignTrailing},
			{Key: "missing", Title: lang.T("Missing to go on"), Width: 240, Grow: 2},
		},
		Rows: rows, Select: kit.SelectMany,
		OnOpen: func(row int) { s.h.Go(kit.Target{Screen: "pipeline", Kind: data.KindDeal, ID: s.book.Stalled[row].ID}) },
		OnKey: func(name fyne.KeyName) {
			if name == fyne.KeyW {
				s.snooze(s.picked(table))
			}
		},
		Empty: kit.NewEmpty(kit.EmptyOptions{Icon: "check", Title: lang.T("Nothing has stalled"), Text: lang.T("No open deal stands longer than usual without anything planned.")}),
	})
	caption := lang.T("%s of %s open, the largest first", w.num.Count(len(s.book.StalledAll)), w.num.Count(s.book.Open))
	if n := len(s.book.Snoozed); n > 0 {
		caption += ", " + lang.T("%s wait for a reason", w.num.Count(n))
	}
	opts := kit.PanelOptions{Title: lang.T("Stalled deals"), Caption: caption, Flush: true, Body: table}
	if !s.readOnly() {
		opts.Action, opts.OnTap = lang.T("Let the chosen wait"), func() { s.snooze(s.picked(table)) }
	}
	high := min(float32(len(s.book.Heat))*26+110, 300)
	return kit.Page(kit.MinBox(fyne.NewSize(0, max(high, 170)), heat), kit.Grow(kit.NewPanel(opts)))
}

func (s *Screen) picked(table *kit.Table) []app.StalledLine {
	var out []app.StalledLine
	for i := range table.Selection().Rows() {
		out = append(out, s.book.Stalled[i])
	}
	return out
}

// snooze takes deals off the list until a day, for a reason.
func (s *Screen) snooze(lines []app.StalledLine) {
	if s.readOnly() {
		return
	}
	if len(lines) == 0 {
		s.h.Say(lang.T("Choose a deal first"))
		return
	}
	name := lines[0].Name
	if len(lines) > 1 {
		name = lang.N("%d deal", "%d deals", len(lines))
	}
	s.h.Ask(kit.Question{
		Title: lang.T("Let %s wait", name), Save: lang.T("Let it wait"),
		Fields: []kit.Field{
			{Key: "snooze_day", Label: lang.T("Until"), Kind: kit.FieldDay, Hint: "+2w, end of month", Required: true},
			{Key: "snooze_reason", Label: lang.T("Why?"), Hint: lang.T("Budget comes in May"), Required: true, Wide: true},
		},
		Keep: func(ctx context.Context, v kit.Values) error {
			day, err := v.Day("snooze_day")
			if err != nil {
				return err
			}
			ids := make([]data.ID, len(lines))
			for i, l := range lines {
				ids[i] = l.ID
			}
			return s.h.App.Process.Snooze(ctx, ids, day, v["snooze_reason"])
		},
	})
}

// overridesFace says who overrode which gate, how often, and what became of it.
func (s *Screen) overridesFace() fyne.CanvasObject {
	w, o := s.words(), s.book.Overrides
	if o.Total == 0 {
		return kit.NewEmpty(kit.EmptyOptions{Icon: "flag", Title: lang.T("No gate was overridden"), Text: lang.T("Where a deal goes on without what its stages ask for, the reason stands here, with who gave it and what became of the deal.")})
	}
	counts := func(title string, list []app.OverrideCount) fyne.CanvasObject {
		var rows []kit.ListRow
		for _, c := range list {
			name := c.Name
			if name == "" {
				name = lang.T("By import, or nobody in particular")
			}
			rows = append(rows, kit.ListRow{Key: name, Title: name, Detail: w.outcome(c.Won, c.Lost, c.Open), Right: w.num.Count(c.N)})
		}
		l := kit.NewList(kit.ListOptions{TwoLine: true})
		l.SetRows(rows)
		return kit.NewPanel(kit.PanelOptions{Title: title, Flush: true, Body: l})
	}
	var criteria []app.OverrideCount
	for _, c := range o.Criteria {
		criteria = append(criteria, app.OverrideCount{Name: c.Name, N: c.Overridden, Won: c.Won, Lost: c.Lost, Open: c.Open})
	}
	rows := make(kit.SliceRows, len(o.Newest))
	for i, x := range o.Newest {
		rows[i] = w.overrideRow(x)
	}
	table := kit.NewTable(kit.TableOptions{
		Columns: []kit.Column{
			{Key: "day", Title: lang.T("Day"), Width: 90},
			{Key: "deal", Title: lang.T("Deal"), Width: 140, Grow: 1},
			{Key: "by", Title: lang.T("By"), Width: 120},
			{Key: "gate", Title: lang.T("Gate"), Width: 190},
			{Key: "reason", Title: lang.T("Reason"), Width: 180, Grow: 1},
			{Key: "missing", Title: lang.T("What was missing"), Width: 180, Grow: 1},
			{Key: "state", Title: lang.T("Now"), Width: 80},
		},
		Rows: rows, Select: kit.SelectOne,
		OnOpen: func(row int) {
			s.h.Go(kit.Target{Screen: "pipeline", Kind: data.KindDeal, ID: o.Newest[row].Ref("deal")})
		},
	})
	top := kit.Columns(kit.GapPanel, nil, counts(lang.T("By person"), o.People), counts(lang.T("By gate"), o.Gates), counts(lang.T("By criterion"), criteria))
	lower := kit.NewPanel(kit.PanelOptions{Title: lang.T("Newest"), Caption: lang.T("%s of %s", w.num.Count(len(o.Newest)), w.num.Count(o.Total)), Flush: true, Body: table})
	return kit.Page(kit.MinBox(fyne.NewSize(0, 240), top), kit.Grow(lower))
}
