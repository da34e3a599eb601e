package pipeline

import (
	"context"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"fieldbook/app"
	"fieldbook/assets/lang"
	"fieldbook/data"
	"fieldbook/views/kit"
)

// checklists are what stands below the stage path: what its stage asked for on
// the way in, what it asks for to go on, and how long the deal stands there.
func (f *dealFace) checklists() fyne.CanvasObject {
	p, st := f.process, f.s.found.stages.of(f.story.Deal.Ref("stage"))
	if st.Type != data.StageOpen || len(p.Entry)+len(p.Exit) == 0 && !f.story.Deal.Stalled && !f.story.Deal.Day("snooze_day").Valid() && len(p.Overrides) == 0 {
		return nil
	}
	return kit.Columns(kit.PadPage, []float32{43, 43, 26},
		f.checklist(lang.T("Entry to %s", st.Name), p.Entry), f.checklist(lang.T("To leave %s", st.Name), p.Exit), f.stalling(st))
}

func (f *dealFace) checklist(title string, items []app.CheckedItem) fyne.CanvasObject {
	met := 0
	for _, it := range items {
		if it.Met {
			met++
		}
	}
	head := []fyne.CanvasObject{kit.Grow(kit.NewText(title, kit.TextStyle{Size: kit.SizeCaption, Bold: true, Cut: true}))}
	if len(items) > 0 {
		tone := kit.ToneGood
		if met < len(items) {
			tone = kit.ToneBad
		}
		head = append(head, kit.NewTag(lang.T("%d of %d", met, len(items)), tone))
	} else {
		head = append(head, caption(lang.T("asks for nothing")))
	}
	rows := []fyne.CanvasObject{kit.MinBox(fyne.NewSize(0, 18), kit.HBox(8, head...))}
	for _, it := range items {
		rows = append(rows, f.checkLine(it))
	}
	return kit.VBox(2, rows...)
}

func (f *dealFace) checkLine(it app.CheckedItem) fyne.CanvasObject {
	icon, ink, right := "x", kit.ColorBad, lang.T("missing")
	if it.Met {
		icon, ink, right = "check", kit.ColorGood, ""
	}
	switch {
	case it.Type == data.CriterionFramework:
		right = lang.T("%d of %d points", it.Points, it.Criterion.Points)
	case it.Met && it.Day.Valid():
		right = f.s.words().day(it.Day)
		if it.By != "" {
			right += ", " + firstName(it.By)
		}
	}
	line := kit.HBox(8, kit.NewIcon(icon, ink), kit.Grow(kit.NewText(it.Name, kit.TextStyle{Cut: true})), kit.NewText(right, kit.TextStyle{Size: kit.SizeCaption, Color: kit.ColorFg2}))
	return newTapArea(kit.MinBox(fyne.NewSize(0, 21), line), func() { f.askCheck(it) })
}

// askCheck ticks a criterion, or leads to what meets it.
func (f *dealFace) askCheck(it app.CheckedItem) {
	if f.s.readOnly() {
		return
	}
	switch it.Type {
	case data.CriterionField:
		f.s.editDeal(f.story.Deal)
		return
	case data.CriterionFramework:
		f.showFramework(it.Framework)
		return
	}
	met := "false"
	if it.Met {
		met = "true"
	}
	fields := []kit.Field{
		{Key: "met", Label: lang.T("It is met"), Kind: kit.FieldBool, Value: met, Help: it.Guidance, Wide: true},
		{Key: "evidence", Label: lang.T("How do we know?"), Kind: kit.FieldLong, Value: it.Evidence, Hint: it.Guidance},
	}
	f.s.form(formAsk{title: it.Name, fields: fields, then: func(v kit.Values) error {
		t := app.Tick{Deal: f.id, Criterion: it.ID, Off: v["met"] != "true", Evidence: v["evidence"]}
		f.s.h.Act(it.Name, func(ctx context.Context) error { return f.s.h.App.Process.Tick(ctx, t) }, nil)
		return nil
	}})
}

// stalling says how long the deal stands in its stage against what is usual, and
// offers to let it wait.
func (f *dealFace) stalling(st app.Stage) fyne.CanvasObject {
	w, d := f.s.words(), f.story.Deal
	rows := []fyne.CanvasObject{caption(lang.T("Days in %s", st.Name))}
	if days, ok := w.inStage(d, st); ok {
		text, ink := lang.T("Day %s", w.num.Count(days)), kit.ColorFg
		if after := f.process.StallAfter; after > 0 {
			text = lang.T("Day %s, usually left by day %s", w.num.Count(days), w.num.Number(after, 0))
		}
		if d.Stalled {
			text, ink = lang.T("Stalled: day %s of %s", w.num.Count(days), w.num.Number(f.process.StallAfter, 0)), kit.ColorWarn
		}
		rows = append(rows, kit.NewText(text, kit.TextStyle{Color: ink, Cut: true}))
	}
	until := d.Day("snooze_day")
	waits := until.Valid() && until > w.today
	if waits {
		rows = append(rows, caption(lang.T("Waits until %s: %s", w.day(until), d.Text("snooze_reason"))))
	}
	if !f.s.readOnly() && (d.Stalled || waits) {
		rows = append(rows, kit.NewLink(lang.T("Let it wait"), func() {
			f.s.askSnooze(chosen{keys: []data.Key{d.Key}, name: app.DealName(d.Row)})
		}))
	}
	if n := len(f.process.Overrides); n > 0 {
		rows = append(rows, kit.NewLink(lang.N("%d gate overridden", "%d gates overridden", n), f.showOverrides))
	}
	return kit.VBox(3, rows...)
}

// askSnooze takes deals off the stalled list until a day, for a reason.
func (s *Screen) askSnooze(c chosen) {
	s.form(formAsk{title: lang.T("Let %s wait", c.name), save: lang.T("Let it wait"), fields: []kit.Field{
		{Key: "snooze_day", Label: lang.T("Until"), Kind: kit.FieldDay, Hint: "+2w, end of month", Required: true},
		{Key: "snooze_reason", Label: lang.T("Why?"), Hint: lang.T("Budget comes in May"), Required: true, Wide: true},
	}, then: func(v kit.Values) error {
		day, err := v.Day("snooze_day")
		if err != nil {
			return err
		}
		if day <= s.h.App.Today() {
			return data.FieldErrorf("snooze_day", "%s", lang.T("Choose a day after today"))
		}
		s.act(lang.T("%s waits until %s", c.name, s.words().day(day)), c.keys, func(ctx context.Context, ids []data.ID) error {
			return s.h.App.Process.Snooze(ctx, ids, day, v["snooze_reason"])
		})
		return nil
	}})
}

func (f *dealFace) showOverrides() {
	w := f.s.words()
	list := kit.NewList(kit.ListOptions{TwoLine: true})
	var rows []kit.ListRow
	for _, r := range f.process.Overrides {
		way := lang.T("into %s", r.Labels["to_stage"])
		if from := r.Labels["from_stage"]; from != "" {
			way = lang.T("%s to %s", from, r.Labels["to_stage"])
		}
		rows = append(rows, kit.ListRow{Key: r.ID.String(), Icon: "warn", Tone: kit.ToneWarn, Title: way + ": " + r.Text("reason"), Detail: lang.T("without %s", strings.ReplaceAll(r.Text("missing"), "\n", ", ")), Right: w.day(r.Day("day")), RightDetail: r.Labels["person"]})
	}
	list.SetRows(rows)
	kit.ShowDialog(f.s.h.Window, kit.DialogOptions{Title: lang.T("Gates that %s was let through", f.title()), Width: 560, Body: kit.MinBox(fyne.NewSize(0, min(float32(len(rows))*44+4, 360)), list)})
}

// qualifyPanel is the framework in front, or the discovery guides.
func (f *dealFace) qualifyPanel() fyne.CanvasObject {
	if f.discovery || len(f.process.Frameworks) == 0 {
		return f.discoveryPanel()
	}
	s := f.framework()
	opts := kit.PanelOptions{Title: lang.T("Qualification"), Flush: true, Action: lang.T("Discovery"), OnTap: func() { f.turnTo(true) }}
	opts.Caption = lang.T("%s: %d of %d points, 0 to %d each with evidence", s.Name, s.Points, s.Most(), app.MostPoints)
	var rows []fyne.CanvasObject
	for _, e := range s.Elements {
		rows = append(rows, kit.HLine(kit.ColorLine), f.elementLine(e))
	}
	if len(f.process.Frameworks) > 1 {
		var links []fyne.CanvasObject
		for _, other := range f.process.Frameworks {
			if other.ID != s.ID {
				id := other.ID
				links = append(links, kit.NewLink(other.Name, func() { f.showFramework(id) }))
			}
		}
		rows = append(rows, kit.HLine(kit.ColorLine), kit.Pad(kit.Insets{Left: kit.PadPanel, Right: kit.PadPanel, Top: 5, Bottom: 5}, kit.HBox(12, links...)))
	}
	opts.Body = container.NewVScroll(kit.VBox(0, rows...))
	return kit.NewPanel(opts)
}

// framework is the one in front: what was chosen, else what gates ask for.
func (f *dealFace) framework() app.FrameworkScores {
	for _, s := range f.process.Frameworks {
		if s.ID == f.shown {
			return s
		}
	}
	return f.process.Frameworks[0]
}

func (f *dealFace) showFramework(id data.ID) {
	f.shown, f.discovery = id, false
	f.redraw()
}

func (f *dealFace) turnTo(discovery bool) {
	f.discovery = discovery
	f.redraw()
}

func (f *dealFace) redraw() {
	f.body.Objects = []fyne.CanvasObject{f.page()}
	f.body.Refresh()
}

func (f *dealFace) elementLine(e app.ElementScore) fyne.CanvasObject {
	ink, points := kit.ColorAccent, kit.EnDash
	if e.Scored {
		points = pointsOf(e)
		if e.Points < 2 {
			ink = kit.ColorBad
		}
	}
	var boxes []fyne.CanvasObject
	for i := range app.MostPoints {
		fill := kit.ColorTrack
		if e.Scored && i < e.Points {
			fill = ink
		}
		boxes = append(boxes, kit.MinBox(fyne.NewSize(14, 7), kit.NewBox(kit.BoxStyle{Fill: fill, Radius: 2})))
	}
	text := e.Evidence
	if text == "" {
		text = e.Guidance
	}
	day := ""
	if e.Day.Valid() {
		day = f.s.words().dayShort(e.Day)
	}
	bars := container.NewCenter(kit.HBox(3, boxes...))
	line := kit.HBox(10, kit.MinBox(fyne.NewSize(118, 0), kit.NewText(e.Name, kit.TextStyle{Cut: true})), bars,
		kit.MinBox(fyne.NewSize(12, 0), kit.NewText(points, kit.TextStyle{})), kit.Grow(caption(text)), caption(day))
	return newTapArea(kit.MinBox(fyne.NewSize(0, 26), kit.Pad(kit.Insets{Left: kit.PadPanel, Right: kit.PadPanel}, line)), func() { f.askScore(e) })
}

// askScore asks for the points of an element and what they stand on.
func (f *dealFace) askScore(e app.ElementScore) {
	if f.s.readOnly() {
		return
	}
	fields := []kit.Field{
		{Key: "score", Label: lang.T("Points"), Kind: kit.FieldChoice, Options: pointOptions(), Value: pointsOf(e), Required: true, Help: e.Guidance, Wide: true},
		{Key: "evidence", Label: lang.T("How do we know?"), Kind: kit.FieldLong, Value: e.Evidence},
	}
	f.s.form(formAsk{title: e.Name, fields: fields, then: func(v kit.Values) error {
		score := app.Score{Deal: f.id, Element: e.ID, Points: int64(v["score"][0] - '0'), Evidence: v["evidence"]}
		f.s.h.Act(lang.T("%s scored", e.Name), func(ctx context.Context) error { return f.s.h.App.Process.Score(ctx, score) }, nil)
		return nil
	}})
}

// discoveryPanel lists the questions with what the customer said.
func (f *dealFace) discoveryPanel() fyne.CanvasObject {
	opts := kit.PanelOptions{Title: lang.T("Discovery"), Flush: true}
	if len(f.process.Frameworks) > 0 {
		opts.Action, opts.OnTap = lang.T("Qualification"), func() { f.turnTo(false) }
	}
	var rows []kit.ListRow
	byKey := map[string]app.QuestionAnswer{}
	asked, all := 0, 0
	for _, g := range f.process.Guides {
		rows = append(rows, kit.ListRow{Header: true, Title: g.Name, Detail: g.Segment})
		for _, q := range g.Questions {
			all++
			r := kit.ListRow{Key: q.ID.String(), Title: q.Question, Detail: q.Answer}
			if q.Answer == "" {
				r.Detail = q.Hint
			} else {
				asked++
				r.Icon, r.Tone, r.Right = "check", kit.ToneGood, f.s.words().dayShort(q.Day)
			}
			byKey[r.Key] = q
			rows = append(rows, r)
		}
	}
	if all == 0 {
		opts.Body = kit.NewEmpty(kit.EmptyOptions{Icon: "playbook", Title: lang.T("No questions for this stage"), Text: lang.T("Guides of questions and qualification frameworks are made in the Playbook.")})
		return kit.NewPanel(opts)
	}
	opts.Caption = lang.T("%d of %d answered", asked, all)
	list := kit.NewList(kit.ListOptions{TwoLine: true, OnOpen: func(key string) { f.askAnswer(byKey[key]) }})
	list.SetRows(rows)
	opts.Body = list
	return kit.NewPanel(opts)
}

func (f *dealFace) askAnswer(q app.QuestionAnswer) {
	if f.s.readOnly() {
		return
	}
	f.s.form(formAsk{title: q.Question, fields: []kit.Field{
		{Key: "answer", Label: lang.T("What did they say?"), Kind: kit.FieldLong, Value: q.Answer, Hint: q.Hint},
	}, then: func(v kit.Values) error {
		a := app.Answer{Deal: f.id, Question: q.ID, Answer: v["answer"]}
		f.s.h.Act(lang.T("Answer noted"), func(ctx context.Context) error { return f.s.h.App.Process.Answer(ctx, a) }, nil)
		return nil
	}})
}

// sequence are the lines of the sequence that runs, or the way to start one.
func (f *dealFace) sequence() []fyne.CanvasObject {
	w, run := f.s.words(), f.process.Run
	if run == nil {
		if f.s.readOnly() || f.s.found.stages.of(f.story.Deal.Ref("stage")).Type != data.StageOpen {
			return nil
		}
		return []fyne.CanvasObject{kit.NewLink(lang.T("Start a sequence"), f.askSequence)}
	}
	head := []fyne.CanvasObject{kit.Grow(kit.NewText(lang.T("%s, %s left", run.Labels["sequence"], w.num.Ratio(run.Left(), len(run.Steps))), kit.TextStyle{Size: kit.SizeCaption, Bold: true, Cut: true}))}
	if !f.s.readOnly() {
		head = append(head, kit.NewLink(lang.T("Stop"), func() {
			f.s.h.Act(lang.T("%s stopped", run.Labels["sequence"]), func(ctx context.Context) error { return f.s.h.App.Process.Stop(ctx, run.ID) }, nil)
		}))
	}
	rows := []fyne.CanvasObject{kit.HBox(8, head...)}
	for _, step := range run.Steps {
		icon, ink, day := activityIcon(step.Text("type")), kit.ColorFg2, w.day(step.Day("day"))
		dayInk := kit.ColorFg2
		switch {
		case step.Bool("done"):
			icon, ink = "check", kit.ColorGood
		case step.Day("day") < w.today:
			day, dayInk = lang.T("%s, late", day), kit.ColorBad
		}
		line := []fyne.CanvasObject{kit.NewIcon(icon, ink), kit.Grow(kit.NewText(step.Title(), kit.TextStyle{Cut: true})), kit.NewText(day, kit.TextStyle{Size: kit.SizeCaption, Color: dayInk})}
		if !step.Bool("done") && !f.s.readOnly() {
			id := step.ID
			name := step.Title()
			line = append(line, kit.NewLink(lang.T("Done"), func() {
				f.s.h.Act(lang.T("%s is done", name), func(ctx context.Context) error { return f.s.h.App.Process.Finish(ctx, id) }, nil)
			}))
		}
		rows = append(rows, kit.HBox(6, line...))
	}
	return rows
}

// askSequence starts a sequence on the deal.
func (f *dealFace) askSequence() {
	all, err := f.s.h.App.Process.Sequences(f.s.h.Context)
	var options []kit.Option
	for _, q := range all {
		if !q.Bool("retired") && len(q.Steps) > 0 {
			options = append(options, kit.Option{Key: q.ID.String(), Text: q.Title(), Detail: lang.N("%d step", "%d steps", len(q.Steps))})
		}
	}
	if err != nil || len(options) == 0 {
		f.s.h.Say(lang.T("There is no sequence with steps yet; make one in the Playbook"))
		return
	}
	f.s.form(formAsk{title: lang.T("Start a sequence for %s", f.title()), save: lang.T("Start"), fields: []kit.Field{
		{Key: "sequence", Label: lang.T("Sequence"), Kind: kit.FieldChoice, Options: options, Value: options[0].Key, Required: true, Wide: true},
		{Key: "day", Label: lang.T("From"), Kind: kit.FieldDay, Value: f.s.h.App.Today().String(), Required: true},
	}, then: func(v kit.Values) error {
		day, err := v.Day("day")
		if err != nil {
			return err
		}
		id := v.Ref("sequence")
		f.s.h.Act(lang.T("Sequence started"), func(ctx context.Context) error { return f.s.h.App.Process.Start(ctx, f.id, id, day) }, nil)
		return nil
	}})
}

// stepOfRun is the planned activity that the deal's next step stands for.
func (f *dealFace) stepOfRun(step string) (data.ID, bool) {
	if f.process.Run == nil {
		return data.NoID, false
	}
	for _, s := range f.process.Run.Steps {
		if !s.Bool("done") && s.Text("subject") == step {
			return s.ID, true
		}
	}
	return data.NoID, false
}
