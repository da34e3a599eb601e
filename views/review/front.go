package review

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"fieldbook/app"
	"fieldbook/app/meeting"
	"fieldbook/app/report"
	"fieldbook/assets/lang"
	"fieldbook/data"
	"fieldbook/views/kit"
)

// frontFace is what the next meeting would speak of, with what is open from
// earlier ones.
type frontFace struct {
	s       *Screen
	root    fyne.CanvasObject
	agenda  *kit.Table
	figures *figureTables
	body    *fyne.Container
	left    *kit.Panel
	actions *actionList
	past    *kit.List
	rest    map[string]meeting.Reason
	ids     []string
	looked  *app.ReviewAgenda
}

func agendaColumns() []kit.Column {
	const right = fyne.TextAlignTrailing
	return []kit.Column{
		{Key: "deal", Title: lang.T("Deal"), Width: 160, Grow: 2, Fixed: true},
		{Key: "owner", Title: lang.T("Owner"), Width: 92},
		{Key: "stage", Title: lang.T("Stage"), Width: 100},
		{Key: "value", Title: lang.T("Value"), Width: 68, Align: right},
		{Key: "close", Title: lang.T("Close day"), Width: 76},
		{Key: "why", Title: lang.T("Also"), Width: 130, Grow: 2},
	}
}

func newFrontFace(s *Screen) *frontFace {
	f := &frontFace{s: s, figures: newFigureTables(s)}
	f.agenda = kit.NewTable(kit.TableOptions{
		Columns: agendaColumns(), RowHeight: kit.HeightTwoLine, OnOpen: f.open,
		Empty: kit.NewEmpty(kit.EmptyOptions{Icon: "check", Title: lang.T("Nothing asks to be spoken of"), Text: lang.T("No deal of this scope changed, slipped, stalled or lacks a next step since the last review.")}),
	})
	f.body = container.NewStack(f.agenda)
	f.left = kit.NewPanel(kit.PanelOptions{Title: lang.T("Agenda"), Flush: true, Body: f.body})
	f.actions = newActionList(s, lang.T("Actions"), lang.T("Nothing is open from earlier meetings"), func() { s.askAction(nil) })
	f.past = kit.NewList(kit.ListOptions{TwoLine: true, OnOpen: func(key string) {
		if id, err := data.ParseID(key); err == nil {
			s.show(id)
		}
	}})
	held := kit.NewPanel(kit.PanelOptions{Title: lang.T("Meetings"), Flush: true, Body: f.past})
	right := kit.VBox(kit.GapPanel, kit.Grow(f.actions.panel), kit.Grow(held))
	f.root = kit.Page(kit.Grow(kit.Columns(kit.GapPanel, []float32{62, 38}, f.left, right)))
	return f
}

func (f *frontFace) show(in found) {
	w := f.s.words()
	if in.agenda != nil {
		f.showAgenda(in, w)
	} else {
		f.left.SetTitle(lang.T("Figures"))
		f.left.SetCaption(in.view.Holds(f.figures.show(in.figures, w)))
		f.put(f.figures.root)
	}
	f.actions.show(in.actions, w)
	rows := make([]kit.ListRow, len(in.meetings))
	for i, r := range in.meetings {
		rows[i] = meetingRow(r, w)
	}
	if len(rows) == 0 {
		rows = []kit.ListRow{{Header: true, Title: lang.T("None was held yet")}}
	}
	f.past.SetRows(rows)
}

func (f *frontFace) showAgenda(in found, w kit.Words) {
	var rows kit.SliceRows
	rows, f.rest = agendaRows(in.agenda, w)
	f.looked, f.ids = in.agenda, make([]string, len(rows))
	for i, r := range rows {
		f.ids[i] = r.ID
	}
	f.agenda.SetRows(rows)
	f.left.SetTitle(lang.T("Agenda"))
	f.left.SetCaption(in.view.Holds(lang.N("%d deal, changes since %s", "%d deals, changes since %s", len(in.agenda.Lines), len(in.agenda.Lines), w.Num.Day(in.agenda.Since))))
	f.put(f.agenda)
}

func (f *frontFace) put(object fyne.CanvasObject) {
	if f.body.Objects[0] != object {
		f.body.Objects = []fyne.CanvasObject{object}
		f.body.Refresh()
	}
}

// open opens a deal, or those that a line stands for.
func (f *frontFace) open(row int) {
	id := f.ids[row]
	if reason, ok := f.rest[id]; ok {
		f.s.h.Go(kit.Target{Screen: "pipeline", Kind: data.KindDeal, Keys: f.looked.Rest[reason], Title: report.ReasonName(reason)})
		return
	}
	if deal, err := data.ParseID(id); err == nil {
		f.s.h.Go(kit.Target{Screen: "pipeline", Kind: data.KindDeal, ID: deal})
	}
}

// figureTables are the figures of a discussion: what moves the result, the
// result, and both by person.
type figureTables struct {
	s                        *Screen
	root                     fyne.CanvasObject
	leading, lagging, people *kit.Table
	ids                      []data.ID
}

func newFigureTables(s *Screen) *figureTables {
	t := &figureTables{s: s}
	const right = fyne.TextAlignTrailing
	columns := func(title string) []kit.Column {
		return []kit.Column{
			{Key: "figure", Title: title, Width: 150, Grow: 1, Fixed: true},
			{Key: "now", Title: lang.T("Month"), Width: 88, Align: right},
			{Key: "before", Title: lang.T("Before"), Width: 88, Align: right},
			{Key: "change", Title: lang.T("Change"), Width: 84},
			{Key: "target", Title: lang.T("Target"), Width: 88, Align: right},
			{Key: "reached", Title: lang.T("Reached"), Width: 72, Align: right},
		}
	}
	t.leading = kit.NewTable(kit.TableOptions{Columns: columns(lang.T("What moves the result"))})
	t.lagging = kit.NewTable(kit.TableOptions{Columns: columns(lang.T("The result"))})
	people := []kit.Column{{Key: "person", Title: lang.T("Person"), Width: 140, Grow: 1, Fixed: true}}
	for _, w := range peopleFigures {
		people = append(people, kit.Column{Key: w.String(), Title: report.WatchName(w), Width: 96, Align: right})
	}
	t.people = kit.NewTable(kit.TableOptions{
		Columns: people, OnOpen: func(row int) { s.h.Go(kit.Target{Screen: "roster", Kind: data.KindPerson, ID: t.ids[row]}) },
		Empty: kit.NewText(lang.T("Nobody of this scope did or won anything in the month"), kit.TextStyle{Color: kit.ColorFg2, Align: fyne.TextAlignCenter}),
	})
	height := func(rows int) float32 { return float32(rows+1)*kit.HeightRow + 6 }
	t.root = kit.VBox(0,
		kit.MinBox(fyne.NewSize(0, height(8)), t.leading), kit.MinBox(fyne.NewSize(0, height(7)), t.lagging), kit.Grow(t.people))
	return t
}

// show fills the tables and gives the caption.
func (t *figureTables) show(d *app.Discussion, w kit.Words) string {
	fill := func(table *kit.Table, lines []report.WatchLine) {
		rows := make(kit.SliceRows, len(lines))
		for i, l := range lines {
			rows[i] = figureRow(l, w.Num)
		}
		table.SetRows(rows)
	}
	fill(t.leading, d.Leading)
	fill(t.lagging, d.Lagging)
	rows := make(kit.SliceRows, len(d.People))
	t.ids = make([]data.ID, len(d.People))
	for i, p := range d.People {
		rows[i], t.ids[i] = personRow(p, w.Num), p.ID
	}
	t.people.SetRows(rows)
	return lang.T("%s beside %s, %s", kit.PeriodText(d.Period), kit.PeriodText(d.Before), string(d.Currency))
}
