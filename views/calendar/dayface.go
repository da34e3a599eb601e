package calendar

import (
	"strconv"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"fieldbook/app"
	"fieldbook/assets/lang"
	"fieldbook/views/kit"
)

// dayFace is one day: what is on it by kind, and what is overdue beside it.
type dayFace struct {
	s       *Screen
	root    fyne.CanvasObject
	today   *kit.List
	panel   *kit.Panel
	body    *fyne.Container
	overdue *kit.List
	late    *kit.Panel
}

func newDayFace(s *Screen) *dayFace {
	f := &dayFace{s: s, body: container.NewStack()}
	f.today, f.overdue = kit.NewList(kit.ListOptions{TwoLine: true, OnOpen: s.open}), kit.NewList(kit.ListOptions{TwoLine: true, OnOpen: s.open})
	f.panel = kit.NewPanel(kit.PanelOptions{Title: lang.T("On this day"), Flush: true, Body: f.body})
	f.late = kit.NewPanel(kit.PanelOptions{Title: lang.T("Overdue"), Flush: true, Body: f.overdue})
	f.root = kit.Page(kit.Grow(kit.Columns(kit.GapPanel, []float32{3, 2}, f.panel, f.late)))
	return f
}

func (f *dayFace) fill(found found, w kit.Words) {
	f.today.SetRows(dayRows(found, w))
	f.overdue.SetRows(lateRows(found, w))
	f.panel.SetCaption(w.Num.Count(len(found.days)))
	f.late.SetCaption(lang.T("%s of the last ninety days", w.Num.Count(len(found.overdue))))
	f.body.Objects = []fyne.CanvasObject{f.today}
	if len(found.days) == 0 {
		o := kit.EmptyOptions{Icon: "cal", Title: lang.T("Nothing on this day"), Text: lang.T("Activities, next steps, close days, talks, commitments and actions stand here.")}
		if f.s.writable() {
			o.Step, o.StepIcon, o.OnTap = lang.T("New activity"), "plus", func() { f.s.add(f.s.day()) }
		}
		f.body.Objects = []fyne.CanvasObject{kit.NewEmpty(o)}
	}
	f.body.Refresh()
}

// dayRows are the entries of a day under the names of their kinds.
func dayRows(f found, w kit.Words) []kit.ListRow {
	counts := map[string]int{}
	for _, e := range f.days {
		counts[e.Sort]++
	}
	var out []kit.ListRow
	for i, e := range f.days {
		if i == 0 || f.days[i-1].Sort != e.Sort {
			out = append(out, kit.ListRow{Header: true, Title: sortName(e.Sort), Detail: w.Num.Count(counts[e.Sort])})
		}
		out = append(out, entryRow(e, len(f.overdue)+i, ""))
	}
	return out
}

func lateRows(f found, w kit.Words) []kit.ListRow {
	var out []kit.ListRow
	for i, e := range f.overdue {
		row := entryRow(e, i, w.Day(e.Day))
		row.Icon, row.Tone = "warn", kit.ToneWarn
		out = append(out, row)
	}
	return out
}

func entryRow(e app.CalendarEntry, at int, day string) kit.ListRow {
	row := kit.ListRow{Key: strconv.Itoa(at), Icon: sortIcon(e.Sort), Title: e.Title, Detail: e.About, Right: e.Time, RightDetail: e.Who, Checked: e.Done}
	if day != "" {
		row.Right = day
	}
	if row.Right == "" {
		row.Right, row.RightDetail = e.Who, ""
	}
	return row
}
