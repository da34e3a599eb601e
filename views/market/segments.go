package market

import (
	"fyne.io/fyne/v2"

	"fieldbook/app"
	"fieldbook/assets/lang"
	"fieldbook/data"
	"fieldbook/views/kit"
)

// segmentFace lists the segments with what the book says of each.
type segmentFace struct {
	s     *Screen
	table *kit.Table
	panel *kit.Panel
	root  fyne.CanvasObject
}

func newSegmentFace(s *Screen) *segmentFace {
	f := &segmentFace{s: s}
	const right = fyne.TextAlignTrailing
	f.table = kit.NewTable(kit.TableOptions{
		Columns: []kit.Column{
			{Key: "name", Title: lang.T("Segment"), Width: 170, Grow: 1, Fixed: true},
			{Key: "priority", Title: lang.T("Priority"), Width: 72},
			{Key: "accounts", Title: lang.T("In the book"), Width: 80, Align: right},
			{Key: "coverage", Title: lang.T("Coverage"), Width: 100, Align: right},
			{Key: "potential", Title: lang.T("Potential"), Width: 80, Align: right},
			{Key: "won", Title: lang.T("Won, 12 mo."), Width: 86, Align: right},
			{Key: "share", Title: lang.T("Share"), Width: 104, Align: right},
			{Key: "rate", Title: lang.T("Win rate"), Width: 138, Align: right},
			{Key: "open", Title: lang.T("Open"), Width: 76, Align: right},
			{Key: "white", Title: lang.T("No open deal"), Width: 88, Align: right},
		},
		RowHeight: kit.HeightTwoLine, OnMenu: f.menu,
		OnOpen: func(row int) { f.s.Open(kit.Target{Kind: data.KindSegment, ID: f.s.book.Segments[row].Row.ID}) },
		OnKey: func(name fyne.KeyName) {
			if row, ok := f.chosen(); ok && name == fyne.KeyDelete {
				s.remove(data.KindSegment, row)
			}
		},
		Empty: s.firstStep(onSegments, kit.EmptyOptions{Icon: "market", Title: lang.T("No segments yet"), Text: lang.T("A segment is the accounts that a rule describes, such as: industry is food and employees at least 200. Its size and potential tell how much of it you reach.")}),
	})
	f.panel = kit.NewPanel(kit.PanelOptions{Title: lang.T("Target segments"), Flush: true, Body: f.table})
	f.root = kit.Page(kit.Grow(f.panel))
	return f
}

func (f *segmentFace) show() fyne.CanvasObject {
	w := f.s.words()
	b := f.s.book
	rows := make(kit.SliceRows, len(b.Segments))
	for i, seg := range b.Segments {
		rows[i] = segmentRow(seg, w)
	}
	f.table.SetRows(rows)
	f.panel.SetCaption(f.s.view.Holds(lang.T("%s, won in twelve months up to %s", string(w.Num.Currency), w.Num.Day(b.AsOf))))
	return f.root
}

func segmentRow(seg app.SegmentFigures, w kit.Words) kit.Row {
	r := seg.Row
	name := kit.Cell{Text: r.Title(), Sub: r.Text("rule")}
	if seg.Fault != nil {
		name.Icon, name.Ink, name.Sub = "warn", kit.ColorWarn, kit.Message(seg.Fault, lang.T("The rule cannot be read"))
	}
	cells := []kit.Cell{name, {Text: lang.T(kit.Capital(r.Text("priority")))}, {Text: w.Count(seg.Accounts)}, {Text: lang.T("n/a")}, {Text: kit.EnDash}, {Text: w.Num.Short(seg.WonValue), Sub: lang.N("%d deal", "%d deals", seg.Won)}, {Text: lang.T("n/a")}, rateCell(seg.Deals, w), {Text: w.Num.Short(seg.OpenValue), Sub: lang.N("%d deal", "%d deals", seg.Open)}, {Text: w.Count(seg.Whitespace)}}
	if c, ok := seg.Coverage(); ok {
		cells[3] = kit.Cell{Text: percent(w, c), Sub: lang.T("of %s", w.Num.Count(int(r.Int("size"))))}
	}
	if seg.HasPotential {
		cells[4].Text = w.Num.Short(seg.Potential)
	}
	if share, ok := seg.Share(); ok {
		cells[6].Text = percent(w, share)
	}
	if r.Has("share_goal") {
		cells[6].Sub = lang.T("wanted %s", w.Num.Percent(r.Float("share_goal")/100))
	}
	return kit.Row{ID: r.ID.String(), Cells: cells}
}

// percent writes a share with a decimal where it is below ten percent.
func percent(w kit.Words, share float64) string {
	if share > 0 && share < 0.1 {
		return lang.T("%s%%", w.Num.Number(100*share, 1))
	}
	return w.Num.Percent(share)
}

// rateCell is a win rate with its interval, or that too few deals ended.
func rateCell(d app.Deals, w kit.Words) kit.Cell {
	rate := d.WinRate()
	v, known := rate.Value()
	switch {
	case !known:
		return kit.Cell{Text: lang.T("n/a")}
	case d.TooFew():
		return kit.Cell{Text: lang.T("too few to tell"), Sub: lang.T("n = %s", w.Num.Count(rate.N)), Color: kit.ColorFg2}
	}
	return kit.Cell{Text: w.Num.Percent(v), Sub: lang.T("%s to %s, n = %s", w.Num.Percent(rate.Low), w.Num.Percent(rate.High), w.Num.Count(rate.N))}
}

func (f *segmentFace) chosen() (data.Row, bool) {
	ids := f.table.SelectedIDs()
	for _, seg := range f.s.book.Segments {
		if len(ids) == 1 && seg.Row.ID.String() == ids[0] {
			return seg.Row, true
		}
	}
	return data.Row{}, false
}

func (f *segmentFace) commands() []kit.Action {
	row, ok := f.chosen()
	if !ok {
		return nil
	}
	out := []kit.Action{{Text: lang.T("Accounts of %s", row.Title()), Icon: "building", Do: func() { f.s.Open(kit.Target{Kind: data.KindSegment, ID: row.ID}) }}}
	if f.s.writable() {
		out = append(out, kit.Action{Text: lang.T("Edit %s", row.Title()), Icon: "edit", Do: func() { f.s.edit(data.KindSegment, row) }},
			kit.Action{Text: lang.T("Remove %s", row.Title()), Icon: "x", Do: func() { f.s.remove(data.KindSegment, row) }})
	}
	return out
}

func (f *segmentFace) menu(_ int, at fyne.Position) { f.s.h.ShowActions(at, f.commands()) }
