package settings

import (
	"context"
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"fieldbook/app"
	"fieldbook/assets/lang"
	"fieldbook/data"
	"fieldbook/views/kit"
)

// removedMost is how many deleted records are listed.
const removedMost = 500

// pastPage brings deleted records back, and puts a whole day back.
type pastPage struct {
	screen *Screen
	rows   []app.RemovedRecord
	table  *kit.Table
	panel  *kit.Panel
	back   *kit.Button
	story  *kit.Button
	body   *fyne.Container
	day    data.Day
	plan   app.Reverted
}

func newPastPage(s *Screen) *pastPage {
	p := &pastPage{screen: s, body: container.NewStack(), day: data.NoDay}
	p.table = kit.NewTable(kit.TableOptions{
		Columns: []kit.Column{
			{Key: "at", Title: lang.T("Deleted"), Width: 160},
			{Key: "kind", Title: lang.T("Kind"), Width: 110},
			{Key: "name", Title: lang.T("Record"), Width: 200, Grow: 1},
			{Key: "who", Title: lang.T("By"), Width: 130},
			{Key: "what", Title: lang.T("Step"), Width: 180, Grow: 1},
		},
		OnSelect: p.pointed,
		Empty:    kit.NewEmpty(kit.EmptyOptions{Icon: "clock", Title: lang.T("Nothing was deleted"), Text: lang.T("A record that somebody deletes waits here, with all its history, to be brought back.")}),
	})
	p.back = kit.NewButton(kit.ButtonOptions{Text: lang.T("Bring back"), Icon: "undo", OnTap: p.bringBack})
	p.story = kit.NewButton(kit.ButtonOptions{Text: lang.T("History"), Icon: "clock", OnTap: p.showStory})
	p.pointed()
	tools := []fyne.CanvasObject{p.story}
	if s.writable() {
		tools = append([]fyne.CanvasObject{p.back}, tools...)
	}
	list := container.NewBorder(kit.Pad(kit.Insets{Left: kit.PadPanel, Right: kit.PadPanel, Bottom: 8}, kit.HBox(8, tools...)), nil, nil, nil, p.table)
	p.panel = kit.NewPanel(kit.PanelOptions{Title: lang.T("Deleted records"), Flush: true, Body: list})
	p.body.Objects = []fyne.CanvasObject{p.panel}
	return p
}

func (p *pastPage) content() fyne.CanvasObject { return p.body }

func (p *pastPage) load(ctx context.Context) (func(), error) {
	rows, err := p.screen.host.App.Journal.RemovedRecords(ctx, removedMost)
	return func() {
		p.rows = rows
		zone := p.screen.host.App.Book().Zone
		out := make(kit.SliceRows, len(rows))
		for i, r := range rows {
			out[i] = kit.Row{ID: r.ID.String(), Cells: []kit.Cell{
				{Text: clockWord(r.At, zone)}, {Text: lang.T(r.Label), Color: kit.ColorFg2}, {Text: r.Name}, {Text: r.Who}, {Text: r.What, Color: kit.ColorFg2},
			}}
		}
		p.table.SetRows(out)
		p.panel.SetCaption(lang.N("%d record", "%d records", len(rows), len(rows)))
		p.pointed()
	}, err
}

func (p *pastPage) commands() []kit.Action {
	if !p.screen.writable() {
		return nil
	}
	return []kit.Action{{Text: lang.T("Put a whole day back"), Icon: "undo", Do: p.askDay}}
}

func (p *pastPage) chosen() (app.RemovedRecord, bool) {
	ids := p.table.SelectedIDs()
	i := slices.IndexFunc(p.rows, func(r app.RemovedRecord) bool { return len(ids) == 1 && r.ID.String() == ids[0] })
	if i < 0 {
		return app.RemovedRecord{}, false
	}
	return p.rows[i], true
}

func (p *pastPage) pointed() {
	for _, b := range []*kit.Button{p.back, p.story} {
		if _, ok := p.chosen(); ok {
			b.Enable()
		} else {
			b.Disable()
		}
	}
}

func (p *pastPage) bringBack() {
	r, ok := p.chosen()
	if !ok {
		return
	}
	h := p.screen.host
	h.Act(lang.T("Brought back: %s", r.Name), func(ctx context.Context) error { return h.App.Journal.BringBack(ctx, r) }, nil)
}

func (p *pastPage) showStory() {
	if r, ok := p.chosen(); ok {
		p.screen.host.ShowHistory(kit.RecordHistory{Kind: r.Kind, ID: r.ID, Name: r.Name})
	}
}

// askDay asks for the day whose end everything shall be put back to.
func (p *pastPage) askDay() {
	h := p.screen.host
	form := kit.NewForm(kit.FormOptions{
		Fields: []kit.Field{{Key: "day", Label: lang.T("Day"), Kind: kit.FieldDay, Required: true, Help: lang.T("What was changed after this day goes back to how it stood at its end. You see a list first.")}},
		Today:  h.View().Today, Runner: h.Runner, Save: lang.T("Look first"), Style: kit.DateStyle{Calendar: h.App.Book().Calendar},
		OnSave: func(typed kit.Values) error {
			day, err := typed.Day("day")
			if err == nil {
				p.preview(day)
			}
			return err
		},
	})
	kit.ShowSheet(h.Window, lang.T("Put a whole day back"), form)
}

func (p *pastPage) preview(day data.Day) {
	h := p.screen.host
	h.Job(lang.T("Look at what has changed since %s", day.String()), func(ctx context.Context, _ func(done, total int64)) error {
		var err error
		p.plan, err = h.App.Journal.RevertDay(ctx, day, true)
		return err
	}, func() {
		p.day = day
		p.showPlan()
	})
}

// showPlan lists what would be put back, and what cannot be.
func (p *pastPage) showPlan() {
	rows := kit.SliceRows{}
	for _, r := range p.plan.Failed {
		rows = append(rows, planRow(r, kit.Cell{Text: lang.T("stays: %s", r.Why), Icon: "warn", Ink: kit.ColorWarn}))
	}
	for _, r := range p.plan.Rows {
		rows = append(rows, planRow(r, kit.Cell{Text: lang.T(r.How)}))
	}
	table := kit.NewTable(kit.TableOptions{
		Columns: []kit.Column{{Key: "name", Title: lang.T("Record"), Width: 240, Grow: 1}, {Key: "kind", Title: lang.T("Kind"), Width: 130}, {Key: "how", Title: lang.T("What becomes of it"), Width: 240, Grow: 1}},
		Rows:    rows,
		Empty:   kit.NewEmpty(kit.EmptyOptions{Icon: "check", Title: lang.T("Nothing to put back"), Text: lang.T("Nothing has changed since the end of that day.")}),
	})
	buttons := []fyne.CanvasObject{kit.Space(), kit.NewButton(kit.ButtonOptions{Text: lang.T("Cancel"), OnTap: p.leave})}
	if len(p.plan.Rows) > 0 {
		buttons = append(buttons, kit.NewButton(kit.ButtonOptions{Text: lang.N("Put %d record back", "Put %d records back", len(p.plan.Rows), len(p.plan.Rows)), Icon: "undo", Kind: kit.ButtonPrimary, OnTap: p.putBack}))
	}
	caption := lang.N("%d record changes", "%d records change", len(p.plan.Rows), len(p.plan.Rows))
	if n := len(p.plan.Failed); n > 0 {
		caption += ", " + lang.N("%d stays as it is", "%d stay as they are", n, n)
	}
	foot := kit.Pad(kit.Insets{Top: 8, Bottom: 8, Left: kit.PadPanel, Right: kit.PadPanel}, kit.HBox(8, buttons...))
	p.body.Objects = []fyne.CanvasObject{kit.NewPanel(kit.PanelOptions{
		Title: lang.T("Put everything back to the end of %s", p.screen.host.NumbersOf().DayYear(p.day)), Caption: caption, Note: lang.T("one step, which undo takes back"), Flush: true,
		Body: container.NewBorder(nil, foot, nil, nil, table),
	})}
	p.body.Refresh()
}

func planRow(r app.RevertedRow, how kit.Cell) kit.Row {
	label := r.Kind
	if k, err := data.KindByName(r.Kind); err == nil {
		label = lang.T(k.Label)
	}
	name := r.Name
	if name == "" {
		name = lang.T("%s without a name", label)
	}
	return kit.Row{Cells: []kit.Cell{{Text: name}, {Text: label, Color: kit.ColorFg2}, how}}
}

func (p *pastPage) putBack() {
	h, day := p.screen.host, p.day
	h.Job(lang.T("Put everything back to %s", day.String()), func(ctx context.Context, _ func(done, total int64)) error {
		_, err := h.App.Journal.RevertDay(ctx, day, false)
		return err
	}, p.leave)
}

// leave goes back to the deleted records.
func (p *pastPage) leave() {
	p.plan = app.Reverted{}
	p.body.Objects = []fyne.CanvasObject{p.panel}
	p.body.Refresh()
	p.screen.Reload(p.screen.host.View())
}
