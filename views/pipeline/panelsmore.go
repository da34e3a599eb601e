package pipeline

import (
	"context"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"fieldbook/app"
	"fieldbook/assets/lang"
	"fieldbook/data"
	"fieldbook/views/kit"
)

// stepPanel is what comes next, and what can be done about it.
func (f *dealFace) stepPanel() fyne.CanvasObject {
	w, d := f.s.words(), f.story.Deal
	step, day := d.Text("next_step"), d.Day("next_step_day")
	c := chosen{keys: []data.Key{d.Key}, name: app.DealName(d.Row)}
	opts := kit.PanelOptions{Title: lang.T("Next step")}
	if step == "" && !day.Valid() {
		nothing := kit.HBox(8, kit.NewIcon("warn", kit.ColorWarn), kit.NewText(lang.T("Nothing is planned"), kit.TextStyle{Color: kit.ColorWarn}))
		if f.s.found.stages.of(d.Ref("stage")).Type != data.StageOpen { // a closed deal needs none
			nothing = kit.HBox(8, kit.NewText(lang.T("Nothing is planned"), kit.TextStyle{Color: kit.ColorFg2}))
		}
		body := []fyne.CanvasObject{nothing}
		if !f.s.readOnly() {
			plan := kit.NewButton(kit.ButtonOptions{Text: lang.T("Set next step"), Icon: "cal", OnTap: func() { f.s.askStep(c) }})
			body = append(body, kit.HBox(8, plan))
		}
		opts.Body = kit.VBox(8, append(body, f.sequence()...)...)
		return kit.NewPanel(opts)
	}
	if step == "" {
		step = lang.T("Next step")
	}
	ink, when := kit.ColorFg2, w.weekday(day)
	switch {
	case !day.Valid():
		when = lang.T("no day yet")
	case day < w.today:
		ink, when = kit.ColorBad, lang.T("%s, %s late", when, w.days(int(w.today-day)))
	}
	if owner := d.Labels["owner"]; owner != "" {
		when += " · " + owner
	}
	lines := kit.VBox(0, kit.NewText(step, kit.TextStyle{Bold: true, Cut: true}), kit.NewText(when, kit.TextStyle{Size: kit.SizeCaption, Color: ink, Cut: true}))
	body := []fyne.CanvasObject{kit.HBox(8, kit.NewIcon(stepIcon(step), kit.ColorAccent), kit.Grow(lines))}
	if !f.s.readOnly() {
		done := kit.NewButton(kit.ButtonOptions{Text: lang.T("Done"), Icon: "check", Kind: kit.ButtonPrimary, OnTap: func() { f.finishStep(step) }})
		move := kit.NewButton(kit.ButtonOptions{Text: lang.T("Move"), Icon: "cal", OnTap: f.askStepDay})
		change := kit.NewButton(kit.ButtonOptions{Text: lang.T("Change"), Icon: "edit", OnTap: func() { f.s.askStep(c) }})
		body = append(body, kit.HBox(8, done, move, change))
	}
	opts.Body = kit.VBox(8, append(body, f.sequence()...)...)
	return kit.NewPanel(opts)
}

// finishStep ends the next step: a step of a sequence as that, any other by
// logging what was done.
func (f *dealFace) finishStep(step string) {
	if id, ok := f.stepOfRun(step); ok {
		f.s.h.Act(lang.T("%s is done", step), func(ctx context.Context) error { return f.s.h.App.Process.Finish(ctx, id) }, nil)
		return
	}
	f.askActivity(step, true)
}

// askStepDay moves the next step to another day.
func (f *dealFace) askStepDay() {
	d := f.story.Deal
	c := chosen{keys: []data.Key{d.Key}, name: app.DealName(d.Row)}
	f.s.form(formAsk{title: lang.T("Move the next step"), save: lang.T("Move"), fields: []kit.Field{
		{Key: "day", Label: lang.T("To which day?"), Kind: kit.FieldDay, Value: d.Day("next_step_day").String(), Hint: "fri, +2w", Required: true},
	}, then: func(v kit.Values) error {
		day, err := v.Day("day")
		if err != nil {
			return err
		}
		f.s.set(lang.T("Next step moved"), c, data.Values{"next_step_day": day})
		return nil
	}})
}

// activityPanel lists what was done, newest first.
func (f *dealFace) activityPanel() fyne.CanvasObject {
	w := f.s.words()
	opts := kit.PanelOptions{Title: lang.T("Activities"), Flush: true}
	rows := make([]kit.ListRow, len(f.story.Activities))
	for i, a := range f.story.Activities {
		rows[i] = w.activityRow(a)
	}
	if len(rows) == 0 {
		opts.Body = kit.NewEmpty(kit.EmptyOptions{Icon: "phone", Title: lang.T("Nothing logged yet"), Text: lang.T("Calls, emails, meetings, visits, tasks and notes stand here.")})
		return kit.NewPanel(opts)
	}
	opts.Caption = lang.N("%d, last %s", "%d, last %s", len(rows), len(rows), w.ago(f.story.Activities[0].Day("day")))
	list := kit.NewList(kit.ListOptions{TwoLine: true})
	list.SetRows(rows)
	opts.Body = list
	return kit.NewPanel(opts)
}

// ago says how long ago a day was.
func (w words) ago(d data.Day) string {
	switch n := int(w.today - d); {
	case !d.Valid():
		return kit.EnDash
	case n == 0:
		return lang.T("today")
	case n < 0:
		return w.day(d)
	default:
		return lang.N("%d day ago", "%d days ago", n)
	}
}

func (w words) activityRow(a data.Row) kit.ListRow {
	r := kit.ListRow{Key: a.ID.String(), Icon: activityIcon(a.Text("type")), Title: kit.Capital(a.Text("type")), Right: w.weekday(a.Day("day"))}
	if n := a.Int("minutes"); n > 0 {
		r.Title = lang.T("%s, %d min", r.Title, n)
	}
	if with := a.Labels["contact"]; with != "" {
		r.Title = lang.T("%s with %s", r.Title, with)
	}
	r.Detail = a.Text("subject")
	if note := a.Text("note"); note != "" {
		if r.Detail != "" {
			r.Detail += ": "
		}
		r.Detail += note
	}
	return r
}

// historyPanel tells who changed what and when, newest first.
func (f *dealFace) historyPanel() fyne.CanvasObject {
	w := f.s.words()
	zone := f.s.h.App.Book().Zone
	var rows kit.SliceRows
	for _, e := range f.story.Edits {
		at := e.At.Time().In(zone)
		if e.Field.Name == "" {
			rows = append(rows, kit.Row{Cells: []kit.Cell{{Text: w.day(data.DayOf(at, zone)), Sub: at.Format("15:04")}, {Text: e.Name}, {Text: lang.T("Entry"), Color: kit.ColorFg2}, {Text: e.What}}})
			continue
		}
		rows = append(rows, kit.Row{Cells: []kit.Cell{
			{Text: w.day(data.DayOf(at, zone)), Sub: at.Format("15:04")},
			{Text: e.Name},
			{Text: lang.T(e.Field.Label), Color: kit.ColorFg2},
			{Text: w.change(e)},
		}})
	}
	table := kit.NewTable(kit.TableOptions{
		Columns: []kit.Column{
			{Key: "when", Title: lang.T("When"), Width: 100},
			{Key: "who", Title: lang.T("Who"), Width: 110},
			{Key: "field", Title: lang.T("Field"), Width: 100},
			{Key: "change", Title: lang.T("Change"), Width: 120, Grow: 1},
		},
		Rows: rows,
	})
	return kit.NewPanel(kit.PanelOptions{
		Title: lang.T("History"), Caption: lang.N("%d change", "%d changes", len(rows)), Flush: true, Body: container.NewStack(table), Action: lang.T("Put back"),
		OnTap: func() { f.s.h.ShowHistory(kit.RecordHistory{Kind: data.KindDeal, ID: f.id, Name: f.title()}) },
	})
}

// change writes an edit: "Nov 30 to Nov 25".
func (w words) change(e app.DealEdit) string {
	from, to := w.editText(e.Field, e.Old, e.From), w.editText(e.Field, e.New, e.To)
	switch {
	case from == "":
		return to
	case to == "":
		return lang.T("%s taken away", from)
	}
	return lang.T("%s to %s", from, to)
}

func (w words) editText(f data.Field, v data.Value, name string) string {
	if v == nil {
		return ""
	}
	if f.Type == data.TypeRef {
		return name
	}
	row := data.Row{Values: data.Values{f.Name: v}, Labels: map[string]string{}}
	return w.fieldText(f, row)
}
