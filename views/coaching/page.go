package coaching

import (
	"fyne.io/fyne/v2"

	"fieldbook/app"
	"fieldbook/app/report"
	"fieldbook/assets/lang"
	"fieldbook/data"
	"fieldbook/views/kit"
)

// personPage is everything of the person chosen, each part in a panel.
func (s *Screen) personPage() fyne.CanvasObject {
	p := s.person
	in := kit.Insets{Right: kit.PadPanel}
	talk := []fyne.CanvasObject{s.agendaPanel(p), s.promisePanel(p), s.goalPanel(p)}
	known := []fyne.CanvasObject{s.figurePanel(p), s.talkPanel(p), s.reviewPanel(p), s.mentorPanel(p), s.recognitionPanel(p)}
	if s.host.Window.Canvas().Size().Width < wideWindow {
		return kit.Scroll(kit.Pad(in, kit.VBox(kit.GapPanel, append(append([]fyne.CanvasObject{s.head(p)}, talk...), known...)...)))
	}
	return kit.Scroll(kit.Pad(in, kit.VBox(kit.GapPanel, s.head(p), kit.Columns(kit.GapPanel, []float32{1.25, 1}, kit.VBox(kit.GapPanel, talk...), kit.VBox(kit.GapPanel, known...)))))
}

// wideWindow is from which width on the page has two columns.
const wideWindow = 1500

func (s *Screen) head(p *app.CoachingPage) fyne.CanvasObject {
	sub := p.Row.Text("title")
	if sub == "" {
		sub = lang.T(kit.Capital(p.Row.Text("role")))
	}
	if m := p.Row.Labels["manager"]; m != "" {
		sub = lang.T("%s, reports to %s", sub, m)
	}
	line := []fyne.CanvasObject{kit.NewAvatar(p.Row.Title(), 32), kit.Grow(kit.VBox(0, kit.Strong(p.Row.Title()), kit.NewText(sub, kit.TextStyle{Size: kit.SizeCaption, Color: kit.ColorFg2, Cut: true})))}
	button := func(text, icon string, do func()) {
		line = append(line, kit.NewButton(kit.ButtonOptions{Text: text, Icon: icon, OnTap: do}))
	}
	if s.writable() {
		button(lang.T("Plan a talk"), "cal", s.askPlan)
	}
	if p.Next != nil {
		button(lang.T("Print"), "print", func() { s.printTalk(*p.Next) })
	}
	return kit.HBox(8, line...)
}

// panel is a part of the page; add is a link at its right.
func (s *Screen) panel(title, caption, add string, do func(), rows ...fyne.CanvasObject) fyne.CanvasObject {
	if add != "" && !s.writable() {
		add = ""
	}
	return kit.NewPanel(kit.PanelOptions{Title: title, Caption: caption, Action: add, OnTap: do, Body: kit.VBox(6, rows...)})
}

func quiet(text string) fyne.CanvasObject {
	return kit.NewText(text, kit.TextStyle{Size: kit.SizeCaption, Color: kit.ColorFg2, Cut: true})
}

// agendaPanel is the next talk: what the book says to talk of, and what was
// written down for it.
func (s *Screen) agendaPanel(p *app.CoachingPage) fyne.CanvasObject {
	title, caption := lang.T("Next one-on-one"), lang.T("none planned; this is what it would be about")
	if p.Next != nil {
		caption = s.words.Day(p.Next.Day("day"))
	}
	var rows []fyne.CanvasObject
	if p.Next != nil && p.Next.Text("agenda") != "" {
		rows = append(rows, kit.NewProse(p.Next.Text("agenda"), 3, kit.TextStyle{}), kit.HLine(kit.ColorLine))
	}
	for _, c := range p.Commitments {
		if app.IsOpenPromise(c.Row) {
			rows = append(rows, agendaLine("check", report.AgendaPromise(c.Row.Title(), s.words.Day(c.Row.Day("due_day")), c.Late), nil))
		}
	}
	for _, d := range p.Agenda.Stalled {
		rows = append(rows, agendaLine("clock", report.AgendaStalled(d.Name, d.Stage, d.Days), s.openDeal(d)))
	}
	for _, d := range p.Agenda.NoStep {
		rows = append(rows, agendaLine("flag", report.AgendaNoStep(d.Name, d.Stage), s.openDeal(d)))
	}
	for _, d := range p.Agenda.Dates {
		rows = append(rows, agendaLine("cal", lang.T("%s, %s", app.DateText(d), s.words.Day(d.Day)), nil))
	}
	if len(rows) == 0 {
		rows = append(rows, quiet(lang.T("Nothing stalls, nothing is due, and nothing was promised.")))
	}
	return s.panel(title, caption, lang.T("Hold it"), s.askHold, rows...)
}

func (s *Screen) openDeal(d app.DealLine) func() {
	return func() { s.host.Go(kit.Target{Screen: "pipeline", Kind: data.KindDeal, ID: d.ID}) }
}

func agendaLine(icon, text string, open func()) fyne.CanvasObject {
	words := fyne.CanvasObject(kit.NewText(text, kit.TextStyle{Cut: true}))
	if open != nil {
		words = kit.NewBodyLink(text, open)
	}
	return kit.HBox(8, kit.NewIcon(icon, kit.ColorFg2), kit.Grow(words))
}

func (s *Screen) figurePanel(p *app.CoachingPage) fyne.CanvasObject {
	cell := func(text string, width float32, style kit.TextStyle) fyne.CanvasObject {
		style.Align, style.Cut = fyne.TextAlignTrailing, true
		return kit.MinBox(fyne.NewSize(width, 20), kit.NewText(text, style))
	}
	small := kit.TextStyle{Size: kit.SizeCaption, Color: kit.ColorFg2}
	rows := []fyne.CanvasObject{kit.HBox(4, kit.Grow(kit.Caption("")), cell(lang.T("Now"), 76, small), cell(lang.T("Before"), 76, small), cell(lang.T("Colleagues"), 82, small))}
	for _, f := range s.words.figures(p) {
		rows = append(rows, kit.HBox(4, kit.Grow(kit.NewText(f.name, kit.TextStyle{Color: kit.ColorFg2, Cut: true})), cell(f.now, 76, kit.TextStyle{Bold: true}), cell(f.before, 76, kit.TextStyle{}), cell(f.team, 82, kit.TextStyle{Color: kit.ColorFg2})))
	}
	period := lang.T("all time")
	if !p.Period.IsAll() {
		period = kit.PeriodText(p.Period)
	}
	caption := lang.T("%s beside as much of the period before, and the mean of %d", period, p.TeamSize)
	if p.Below > 0 {
		caption = lang.T("%s, with the team of %d; beside as much of the period before, and the mean of %d teams", period, p.Below, p.TeamSize)
	}
	return s.panel(lang.T("Figures"), caption, "", nil, rows...)
}

// promisePanel lists commitments, open ones first, each with what its figure did.
func (s *Screen) promisePanel(p *app.CoachingPage) fyne.CanvasObject {
	open := 0
	var rows []fyne.CanvasObject
	for i, c := range p.Commitments {
		if app.IsOpenPromise(c.Row) {
			open++
		} else if i-open >= 6 {
			break
		}
		rows = append(rows, s.promiseRow(c))
	}
	if len(rows) == 0 {
		rows = append(rows, quiet(lang.T("What is promised in a talk stands here until it is kept, missed or dropped.")))
	}
	return s.panel(lang.T("Commitments"), lang.T("%d open", open), lang.T("Add"), func() { s.askRecord(data.KindCommitment, nil) }, rows...)
}

func (s *Screen) promiseRow(c app.Promise) fyne.CanvasObject {
	days, effect := s.words.promise(c)
	lines := []fyne.CanvasObject{kit.NewBodyLink(c.Row.Title(), func() { s.askRecord(data.KindCommitment, &c.Row) }), quiet(days)}
	if effect != "" {
		lines = append(lines, kit.NewProse(effect, 2, kit.TextStyle{Size: kit.SizeCaption, Color: kit.ColorFg2}))
	}
	word, tone := promiseTag(c.Row, c.Late)
	line := []fyne.CanvasObject{kit.Grow(kit.VBox(0, lines...)), kit.NewTag(word, tone)}
	return kit.HBox(8, append(line, s.settling(data.KindCommitment, c.Row)...)...)
}

// settling are the buttons by which a commitment or goal is settled.
func (s *Screen) settling(kind string, row data.Row) []fyne.CanvasObject {
	if !app.IsOpenPromise(row) || !s.writable() {
		return nil
	}
	button := func(text, status string) fyne.CanvasObject {
		return kit.NewButton(kit.ButtonOptions{Text: text, Kind: kit.ButtonQuiet, OnTap: func() { s.settle(kind, row, status) }})
	}
	return []fyne.CanvasObject{button(lang.T("Kept"), data.PromiseKept), button(lang.T("Missed"), data.PromiseMissed), button(lang.T("Drop"), data.PromiseDropped)}
}

func (s *Screen) goalPanel(p *app.CoachingPage) fyne.CanvasObject {
	var rows []fyne.CanvasObject
	for _, g := range p.Goals {
		word, tone := promiseTag(g.Row, app.IsOpenPromise(g.Row) && app.IsLate(g.Row.Day("end_day"), s.words.Today))
		if app.IsOpenPromise(g.Row) && g.Met {
			word, tone = lang.T("reached"), kit.ToneGood
		}
		line := []fyne.CanvasObject{kit.Grow(kit.VBox(0, kit.NewBodyLink(g.Row.Title(), func() { s.askRecord(data.KindGoal, &g.Row) }), quiet(s.words.goal(g)))), kit.NewTag(word, tone)}
		rows = append(rows, kit.HBox(8, append(line, s.settling(data.KindGoal, g.Row)...)...))
	}
	if len(rows) == 0 {
		rows = append(rows, quiet(lang.T("A goal names what somebody wants to reach, with a figure or without.")))
	}
	return s.panel(lang.T("Goals"), "", lang.T("Add"), func() { s.askRecord(data.KindGoal, nil) }, rows...)
}

const shownTalks = 6

func (s *Screen) talkPanel(p *app.CoachingPage) fyne.CanvasObject {
	var rows []fyne.CanvasObject
	for i, t := range p.Talks {
		if i == shownTalks {
			break
		}
		said := t.Text("notes")
		if said == "" {
			said = lang.T(kit.Capital(t.Text("status")))
		}
		rows = append(rows, kit.HBox(8, kit.Grow(kit.VBox(0, kit.NewBodyLink(s.words.Day(t.Day("day")), func() { s.askRecord(data.KindOneOnOne, &t) }), quiet(said))),
			kit.NewTag(lang.T(t.Text("status")), kit.TonePlain), kit.NewButton(kit.ButtonOptions{Icon: "print", Kind: kit.ButtonBare, OnTap: func() { s.printTalk(t) }})))
	}
	if len(rows) == 0 {
		rows = append(rows, quiet(lang.T("No talk yet.")))
	}
	return s.panel(lang.T("One-on-ones"), lang.N("%d in all", "%d in all", len(p.Talks), len(p.Talks)), "", nil, rows...)
}

func (s *Screen) reviewPanel(p *app.CoachingPage) fyne.CanvasObject {
	var rows []fyne.CanvasObject
	for _, r := range p.Reviews {
		final := r.Text("status") == data.ReviewFinal
		tone := kit.ToneWarn
		if final {
			tone = kit.ToneGood
		}
		line := []fyne.CanvasObject{
			kit.Grow(kit.VBox(0, kit.NewBodyLink(r.Text("period"), func() { s.openReview(r) }), quiet(lang.T("figures of %s", s.words.Day(r.Day("day")))))),
			kit.NewTag(lang.T(r.Text("status")), tone),
		}
		if !final && s.leads() {
			line = append(line, kit.NewButton(kit.ButtonOptions{Text: lang.T("Finish"), OnTap: func() { s.finish(r) }}))
		}
		rows = append(rows, kit.HBox(8, append(line, kit.NewButton(kit.ButtonOptions{Icon: "print", Kind: kit.ButtonBare, OnTap: func() { s.printReview(r) }}))...))
	}
	if len(rows) == 0 {
		rows = append(rows, quiet(lang.T("No review yet.")))
	}
	add := lang.T("Begin")
	if !s.leads() {
		add = ""
	}
	return s.panel(lang.T("Reviews"), "", add, s.askReview, rows...)
}

func (s *Screen) mentorPanel(p *app.CoachingPage) fyne.CanvasObject {
	var rows []fyne.CanvasObject
	for _, m := range p.Mentorings {
		text := lang.T("learns from %s", m.Labels["mentor"])
		if m.Ref("mentor") == p.Row.ID {
			text = lang.T("mentors %s", m.Labels["person"])
		}
		rows = append(rows, kit.VBox(0, kit.NewBodyLink(text, func() { s.askRecord(data.KindMentoring, &m) }), quiet(m.Text("focus"))))
	}
	if len(rows) == 0 {
		rows = append(rows, quiet(lang.T("No mentor, and nobody who learns here.")))
	}
	add := lang.T("Add")
	if !s.leads() {
		add = ""
	}
	return s.panel(lang.T("Mentoring"), "", add, func() { s.askRecord(data.KindMentoring, nil) }, rows...)
}

func (s *Screen) recognitionPanel(p *app.CoachingPage) fyne.CanvasObject {
	var rows []fyne.CanvasObject
	for _, r := range p.Recognitions {
		rows = append(rows, kit.VBox(0, kit.NewText(r.Text("title"), kit.TextStyle{Cut: true}), quiet(s.words.Day(r.Day("day")))))
	}
	if len(rows) == 0 {
		rows = append(rows, quiet(lang.T("Not recognised yet.")))
	}
	add := lang.T("Recognise")
	if !s.leads() {
		add = ""
	}
	return s.panel(lang.T("Recognition"), "", add, func() { s.askRecord(data.KindRecognition, nil) }, rows...)
}
