package roster

import (
	"context"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"fieldbook/app"
	"fieldbook/app/report"
	"fieldbook/assets/lang"
	"fieldbook/data"
	"fieldbook/views/kit"
)

// side is the panel of the person chosen.
type side struct {
	s      *Screen
	root   *fyne.Container
	body   *fyne.Container
	loader *kit.Loader
	id     data.ID
	page   *app.PersonPage

	activity *kit.PaneView // what the person did, day by day
	done     report.Spec
}

// beside is what one load of the panel brings.
type beside struct {
	page  *app.PersonPage
	panes []app.Pane // the calendar of activity
}

func newSide(s *Screen) *side {
	d := &side{s: s, body: container.NewStack()}
	d.activity = s.host.Pane(kit.PaneOptions{Ask: app.PaneAsk{Name: app.PaneActivity}, Min: fyne.NewSize(200, calendarHigh)})
	d.loader = s.host.Loader(d.body)
	panel := kit.NewPanel(kit.PanelOptions{Flush: true, Body: d.loader})
	d.root = container.NewStack(kit.Pad(kit.Insets{Left: kit.GapPanel}, kit.MinBox(fyne.NewSize(sideWidth, 0), panel)))
	d.root.Hide()
	return d
}

// open shows a person; NoID closes the panel.
func (d *side) open(id data.ID) {
	if id == d.id {
		return
	}
	d.id = id
	if id.IsZero() {
		d.root.Hide()
	} else {
		d.root.Show()
		d.reload()
	}
	d.s.root.Refresh()
}

func (d *side) reload() {
	if d.id.IsZero() {
		return
	}
	id, v := d.id, d.s.host.View()
	q := app.PaneQuery{
		FigureQuery: app.FigureQuery{Period: v.Period, AsOf: v.AsOf, Scope: data.Scope{Person: id}}, Numbers: d.s.host.NumbersOf(), Panes: []app.PaneAsk{d.activity.Ask()},
	}
	kit.Load(d.loader, func(ctx context.Context) (b beside, err error) {
		if b.page, err = d.s.host.App.Roster.Person(ctx, id); err != nil {
			return b, err
		}
		b.panes, err = d.s.host.App.Performance.Panes(ctx, q)
		if data.KindOf(err) == data.NotFound { // on that day, the person was not there yet
			err = nil
		}
		return b, err
	}, func(b beside) {
		d.done = nil
		if len(b.panes) > 0 {
			d.activity.Set(b.panes[0], q.FigureQuery)
			d.done = b.panes[0].Spec
		}
		d.show(b.page)
	})
}

// calendarHigh is what the calendar of activity takes.
const calendarHigh = 112

// calendar is what the person did; nil where nothing was.
func (d *side) calendar() fyne.CanvasObject {
	days, ok := d.done.(report.Calendar)
	if !ok || len(days.Days) == 0 {
		return nil
	}
	return kit.VBox(0, kit.HeadRow(lang.T("Activity"), days.N), kit.MinBox(fyne.NewSize(10, calendarHigh), d.activity.Chart()))
}

func (d *side) show(p *app.PersonPage) {
	m := d.s.member(p.Row.ID)
	if m == nil {
		return
	}
	d.page = p
	parts := []fyne.CanvasObject{d.head(p, m), kit.HLine(kit.ColorLine)}
	for _, part := range []fyne.CanvasObject{d.facts(p, m), d.figures(p, m), d.calendar(), d.posts(p), d.reports(p), d.story(p)} {
		if part != nil {
			parts = append(parts, kit.Pad(kit.Insets{Top: 8, Right: kit.PadPanel, Bottom: 4, Left: kit.PadPanel}, part))
		}
	}
	d.body.Objects = []fyne.CanvasObject{kit.Scroll(kit.VBox(0, parts...))}
	d.body.Refresh()
}

func (d *side) head(p *app.PersonPage, m *app.Member) fyne.CanvasObject {
	sub := p.Row.Text("title")
	if sub == "" {
		sub = lang.T(kit.Capital(p.Row.Text("role")))
	}
	names := kit.VBox(0, kit.NewText(p.Row.Title(), kit.TextStyle{Bold: true, Cut: true}), kit.NewText(sub, kit.TextStyle{Size: kit.SizeCaption, Color: kit.ColorFg2, Cut: true}))
	line := []fyne.CanvasObject{kit.NewAvatar(p.Row.Title(), 32), kit.Grow(names)}
	for _, mend := range m.Mends {
		line = append(line, kit.NewTag(lang.T(string(mend)), kit.ToneWarn))
		break
	}
	box := []fyne.CanvasObject{kit.HBox(8, line...)}
	if d.s.writable() {
		id := p.Row.ID
		button := func(text, icon string, tap func()) fyne.CanvasObject {
			return kit.NewButton(kit.ButtonOptions{Text: text, Icon: icon, OnTap: tap})
		}
		acts := []fyne.CanvasObject{button(lang.T("Edit"), "edit", func() { d.s.edit(id) })}
		if !m.Left() {
			acts = append(acts, button(lang.T("Move"), "arrow", func() { d.s.askManager([]data.ID{id}) }), button(lang.T("End"), "flag", func() { d.s.askEnd(id) }))
		}
		box = append(box, kit.HBox(8, acts...))
	}
	return kit.Pad(kit.Insets{Top: kit.PadPanel, Right: kit.PadPanel, Bottom: kit.PadPanel, Left: kit.PadPanel}, kit.VBox(10, box...))
}

func (d *side) facts(p *app.PersonPage, m *app.Member) fyne.CanvasObject {
	w := d.s.words
	facts := []kit.Fact{
		{Label: lang.T("Role"), Value: lang.T(kit.Capital(p.Row.Text("role")))},
		{Label: lang.T("Status"), Value: lang.T(kit.Capital(p.Row.Text("status")))},
	}
	if name := managerName(m); name != "" {
		facts = append(facts, kit.Fact{Label: lang.T("Manager"), Value: name, OnTap: func() { d.s.host.Go(kit.Target{Screen: "roster", Kind: data.KindPerson, ID: m.Manager}) }})
	}
	add := func(label, value string) {
		if value != "" && value != kit.EnDash {
			facts = append(facts, kit.Fact{Label: label, Value: value})
		}
	}
	add(lang.T("Region"), m.Place)
	add(lang.T("Hired"), w.Day(p.Row.Day("hire_day")))
	add(lang.T("Left"), w.Day(p.Row.Day("end_day")))
	add(lang.T("Email"), p.Row.Text("email"))
	add(lang.T("Phone"), p.Row.Text("phone"))
	for _, f := range p.Row.Kind.Fields {
		if f.Custom {
			add(f.Label, f.Format(p.Row.Values[f.Name], w.Num.Currency.Digits()))
		}
	}
	add(lang.T("Note"), p.Row.Text("note"))
	return kit.NewFacts(facts)
}

// figures are those of the person, each leading to its records.
func (d *side) figures(p *app.PersonPage, m *app.Member) fyne.CanvasObject {
	w := d.s.words
	v := d.s.host.View()
	deals := func(title, stage string, period bool) func() {
		return func() {
			q := &data.Query{Kind: data.KindDeal, Where: []data.Filter{
				{Field: "owner", Test: data.Is, Values: []data.Value{p.Row.ID}}, {Field: "stage.type", Test: data.Is, Values: []data.Value{stage}},
			}}
			if period && !v.Period.IsAll() {
				q.Where = append(q.Where, data.Filter{Field: "close_day", Test: data.Between, Values: []data.Value{dayOrNil(v.Period.From), dayOrNil(v.Period.To)}})
			}
			d.s.host.Go(kit.Target{Screen: "pipeline", Kind: data.KindDeal, Query: q, Title: title})
		}
	}
	name := p.Row.Title()
	rows := []kit.Fact{}
	if m.Sums.Open > 0 {
		rows = append(rows, kit.Fact{Label: lang.N("%d open deal", "%d open deals", m.Sums.Open, m.Sums.Open), Value: w.Money(m.Sums.OpenValue), OnTap: deals(lang.T("Open deals of %s", name), data.StageOpen, false)})
	}
	if m.Sums.Won > 0 {
		title := lang.T("Won by %s, %s", name, periodText(v.Period))
		rows = append(rows, kit.Fact{Label: lang.N("%d deal won, %s", "%d deals won, %s", m.Sums.Won, m.Sums.Won, periodText(v.Period)), Value: w.Money(m.Sums.WonValue), OnTap: deals(title, data.StageWon, true)})
	}
	if m.Sums.Quota > 0 {
		rows = append(rows, kit.Fact{Label: lang.T("Quota %s", kit.PeriodText(d.s.list.Year)), Value: w.Money(m.Sums.Quota)})
	}
	if p.Held > 0 {
		rows = append(rows, kit.Fact{Label: lang.T("Accounts"), Value: w.Num.Count(p.Held)})
	}
	if len(rows) == 0 {
		return nil
	}
	return kit.VBox(0, kit.HeadRow(lang.T("Figures"), string(w.Num.Currency)), kit.NewFacts(rows))
}

func periodText(p data.Period) string {
	if p.IsAll() {
		return lang.T("all time")
	}
	return kit.PeriodText(p)
}

func dayOrNil(d data.Day) data.Value {
	if !d.Valid() {
		return nil
	}
	return d
}

func (d *side) posts(p *app.PersonPage) fyne.CanvasObject {
	var links []fyne.CanvasObject
	if d.s.writable() {
		links = append(links, kit.NewLink(lang.T("Assign"), func() {
			d.s.askPost(p.Row.ID, app.Post{Person: p.Row.ID, Role: data.AssignOwner, From: data.NoDay, To: data.NoDay})
		}))
	}
	rows := []fyne.CanvasObject{kit.HeadRow(lang.T("Territories"), lang.N("%d in all", "%d in all", len(p.Posts), len(p.Posts)), links...)}
	for _, post := range p.Posts {
		ink := kit.ColorFg
		if !post.On(d.s.words.Today) {
			ink = kit.ColorFg2
		}
		place := kit.VBox(0, kit.NewText(post.Place, kit.TextStyle{Color: ink, Cut: true}), kit.NewText(d.s.words.Post(post), kit.TextStyle{Size: kit.SizeCaption, Color: kit.ColorFg2, Cut: true}))
		line := []fyne.CanvasObject{kit.Grow(place), kit.NewTag(lang.T(post.Role), kit.TonePlain)}
		if d.s.writable() {
			line = append(line, kit.NewButton(kit.ButtonOptions{Icon: "edit", Kind: kit.ButtonBare, OnTap: func() { d.s.askPost(p.Row.ID, post) }}))
		}
		rows = append(rows, kit.HLine(kit.ColorLine), kit.MinBox(fyne.NewSize(0, 40), kit.HBox(8, line...)))
	}
	return kit.VBox(0, rows...)
}

func (d *side) reports(p *app.PersonPage) fyne.CanvasObject {
	if len(p.Reports) == 0 {
		return nil
	}
	rows := []fyne.CanvasObject{kit.HeadRow(lang.T("Reports"), lang.N("%d person", "%d people", len(p.Reports), len(p.Reports)))}
	for _, r := range p.Reports {
		open := kit.NewBodyLink(r.Title(), func() { d.s.host.Go(kit.Target{Screen: "roster", Kind: data.KindPerson, ID: r.ID}) })
		rows = append(rows, kit.HLine(kit.ColorLine), kit.HBox(8, open, kit.Space(), kit.Caption(lang.T(kit.Capital(r.Text("role"))))))
	}
	return kit.VBox(0, rows...)
}

const storyRows = 12 // shown of a history

func (d *side) story(p *app.PersonPage) fyne.CanvasObject {
	whole := kit.NewBodyLink(lang.T("Whole history"), func() {
		d.s.host.ShowHistory(kit.RecordHistory{Kind: data.KindPerson, ID: p.Row.ID, Name: p.Row.Title()})
	})
	return kit.VBox(0, kit.HeadRow(lang.T("History"), lang.T("who changed what")), kit.HLine(kit.ColorLine), kit.NewStory(p.Story, storyRows, d.s.words.Day), kit.HBox(0, whole), d.privacy(p))
}
