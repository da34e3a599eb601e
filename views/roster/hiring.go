package roster

import (
	"context"
	"fmt"
	"strconv"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"fieldbook/app"
	"fieldbook/assets/lang"
	"fieldbook/data"
	"fieldbook/views/kit"
)

// hiringFace is openings above, and the candidates of the opening chosen as a
// board by stage, with the candidate chosen beside it.
type hiringFace struct {
	s        *Screen
	openings *kit.Records
	board    *kit.Board
	panel    *kit.Panel
	side     *fyne.Container
	all      *app.Recruiting
	opening  data.ID
	chosen   *app.CandidatePage
	want     data.ID
}

func newHiringFace(s *Screen) *hiringFace {
	f := &hiringFace{s: s, all: &app.Recruiting{}, side: container.NewStack()}
	f.openings = kit.NewRecords(kit.RecordsOptions{
		Host: s.host, Kind: data.KindOpening, Title: lang.T("Openings"), Caption: lang.T("select one to see its candidates alone"), Add: lang.T("Add an opening"),
		Columns: []string{"title", "role", "territory", "manager", "start_day", "status", "hired"}, Fields: []string{"title", "role", "territory", "manager", "open_day", "start_day", "status", "strengths", "note"},
		Sort: []data.Sort{{Field: "open_day", Desc: true}},
		Preset: func() data.Values {
			return data.Values{"role": data.RoleRep, "status": data.OpeningOpen, "open_day": s.host.View().Today}
		},
		Empty:  kit.EmptyOptions{Icon: "users", Title: lang.T("No openings"), Text: lang.T("An opening names the place to be filled, from when, and the strengths that you look for.")},
		OnPick: func(row data.Row) { f.narrow(row.ID) },
	})
	f.board = kit.NewBoard(newCandidates(f), kit.BoardOptions{Runner: s.host.Runner, OnOpen: f.open, OnMove: f.move})
	f.panel = kit.NewPanel(kit.PanelOptions{Title: lang.T("Candidates"), Flush: true, Body: f.board})
	return f
}

func (f *hiringFace) load(ctx context.Context, _ kit.View) (func(), error) {
	show, err := f.openings.Load(ctx)
	if err != nil {
		return nil, err
	}
	all, err := f.s.host.App.Hiring.All(ctx, f.opening)
	if err != nil {
		return nil, err
	}
	var page *app.CandidatePage
	if !f.want.IsZero() {
		if page, err = f.s.host.App.Hiring.Candidate(ctx, f.want); err != nil {
			if data.KindOf(err) != data.NotFound {
				return nil, err
			}
			page = nil // gone since
		}
	}
	return func() { //nolint:contextcheck // a screen loads in the context of its window, not in that of what set it off
		f.all, f.chosen = all, page
		show()
		f.board.SetSource(newCandidates(f))
		f.panel.SetCaption(lang.N("%d in all", "%d in all", len(all.Candidates), len(all.Candidates)))
		f.showSide()
	}, nil
}

func (f *hiringFace) content() fyne.CanvasObject {
	top := kit.MinBox(fyne.NewSize(0, 236), f.openings.Content())
	return container.NewBorder(kit.Pad(kit.Insets{Bottom: kit.GapPanel}, top), nil, nil, f.side, f.panel)
}

func (f *hiringFace) commands() []kit.Action {
	out := []kit.Action{{Text: lang.T("Add a candidate"), Icon: "plus", Do: func() { f.ask(nil) }}, {Text: lang.T("Add an opening"), Icon: "plus", Do: f.openings.Add}}
	if n := len(f.all.Vacant); n > 0 {
		out = append(out, kit.Action{Text: lang.N("Open %d vacant territory", "Open %d vacant territories", n, n), Icon: "territories", Do: f.openVacant})
	}
	if f.s.writable() {
		out = append(out, kit.Action{Text: lang.T("Open the places that the revenue plan asks for"), Icon: "quotas", Do: f.openWanted})
	}
	if f.chosen != nil {
		out = append(out, kit.Action{Text: lang.T("Print the scorecard"), Icon: "print", Do: f.print})
	}
	if f.chosen != nil && f.s.writable() {
		out = append(out,
			kit.Action{Text: lang.T("Edit the candidate"), Icon: "edit", Do: func() { f.ask(&f.chosen.Row) }}, kit.Action{Text: lang.T("Score the candidate"), Icon: "star", Do: f.askScore},
			kit.Action{Text: lang.T("Hire the candidate"), Icon: "check", Do: func() { f.askHire(f.chosen.Row) }})
		out = append(out, f.s.host.PrivacyActions(kit.PersonalData{Kind: data.KindCandidate, ID: f.chosen.Row.ID, Name: f.chosen.Row.Title()})...)
	}
	return out
}

// narrow shows the candidates of one opening.
func (f *hiringFace) narrow(id data.ID) {
	if id != f.opening {
		f.opening = id
		f.s.Reload(f.s.host.View())
	}
}

func (f *hiringFace) print() {
	f.s.print(lang.T("Set the scorecard on paper"), f.chosen.Row.Title(), data.KindCandidate, f.chosen.Row.ID)
}

// candidates give the board its cards.
type candidates struct {
	f  *hiringFace
	in map[string][]app.Applicant // by stage
}

func newCandidates(f *hiringFace) candidates {
	out := candidates{f, map[string][]app.Applicant{}}
	for _, a := range f.all.Candidates {
		out.in[a.Stage] = append(out.in[a.Stage], a)
	}
	return out
}

// Columns implements kit.BoardSource.
func (c candidates) Columns() []kit.BoardColumn {
	icons := map[string]string{data.CandidateHired: "check", data.CandidateRejected: "x", data.CandidateWithdrew: "undo"}
	var out []kit.BoardColumn
	for i, stage := range app.CandidateStages {
		out = append(out, kit.BoardColumn{Key: stage, Title: lang.T(kit.Capital(stage)), Count: strconv.Itoa(c.Len(i)), Slim: !app.InTheRunning(stage), Caption: icons[stage]})
	}
	return out
}

// Len implements kit.BoardSource.
func (c candidates) Len(column int) int { return len(c.in[app.CandidateStages[column]]) }

// Card implements kit.BoardSource.
func (c candidates) Card(column, index int) kit.BoardCard {
	a := c.in[app.CandidateStages[column]][index]
	card := kit.BoardCard{
		Key: a.Row.ID.String(), Title: a.Row.Title(), Product: a.Row.Labels["opening"], Day: c.f.s.words.Day(a.Row.Day("day")), Initials: kit.Initials(a.Row.Labels["person"]), Owner: a.Row.Labels["person"],
		Step: lang.T("not scored yet"), State: kit.StepMissing, Age: lang.N("%d day", "%d days", a.Days, a.Days),
	}
	if a.Scores > 0 {
		card.Step, card.State, card.Icon = lang.T("%s of 5, scored %d times", c.f.s.words.Num.Number(a.Score, 1), a.Scores), kit.StepPlanned, "star"
	}
	return card
}

func (f *hiringFace) open(key string) {
	if id, err := data.ParseID(key); err == nil {
		f.want = id
		f.s.Reload(f.s.host.View())
	}
}

func (f *hiringFace) applicant(key string) (data.Row, bool) {
	for _, a := range f.all.Candidates {
		if a.Row.ID.String() == key {
			return a.Row, true
		}
	}
	return data.Row{}, false
}

// move asks for the reason of an outcome, and for the start of who is hired.
func (f *hiringFace) move(key, stage string) {
	row, ok := f.applicant(key)
	if !ok || !f.s.writable() {
		return
	}
	what := lang.T("Move %s to %s", row.Title(), lang.T(stage))
	switch {
	case stage == data.CandidateHired:
		f.askHire(row)
	case !app.InTheRunning(stage):
		f.s.ask(what, what, lang.T("Move"), []kit.Field{{Key: "why", Label: lang.T("Why"), Kind: kit.FieldLong, Required: true, Help: lang.T("The decision is kept with the candidate")}}, func(ctx context.Context, v kit.Values) error {
			return f.s.host.App.Hiring.Move(ctx, row.ID, stage, v["why"])
		})
	default:
		f.s.act(what, func(ctx context.Context) error { return f.s.host.App.Hiring.Move(ctx, row.ID, stage, "") })
	}
}

// ask shows the form of a candidate.
func (f *hiringFace) ask(row *data.Row) {
	if !f.s.writable() {
		return
	}
	k, err := f.s.host.App.Records.Kind(data.KindCandidate)
	if err != nil {
		return // built in; it cannot be missing
	}
	form := kit.RecordForm{Title: lang.T("Add a candidate"), Save: lang.T("Add"), Kind: k, Row: row, Fields: append([]string{"name", "opening", "person", "email", "phone", "day", "source", "note"}, k.CustomNames()...)}
	form.Preset = &data.Row{Kind: k, Values: data.Values{"day": f.s.host.View().Today}, Labels: map[string]string{}}
	for _, o := range f.all.Openings {
		if o.Row.ID == f.opening {
			form.Preset.Values["opening"], form.Preset.Labels["opening"] = o.Row.ID, o.Row.Title()
			form.Preset.Values["person"], form.Preset.Labels["person"] = o.Row.Values["manager"], o.Row.Labels["manager"]
		}
	}
	form.With = data.Values{"stage": data.CandidateApplied}
	if row != nil {
		form.Title, form.Save, form.What = row.Title(), "", lang.T("Change %s", row.Title())
	}
	f.s.host.ShowRecordForm(form)
}

// askScore asks for a score of each strength that the opening looks for.
func (f *hiringFace) askScore() {
	if f.chosen == nil || !f.s.writable() {
		return
	}
	page := f.chosen
	names := app.Strengths(page.Opening)
	if len(names) == 0 {
		names = []string{lang.T("Overall")}
	}
	levels := []kit.Option{}
	for i := 1; i <= 5; i++ {
		levels = append(levels, kit.Option{Key: strconv.Itoa(i), Text: strconv.Itoa(i)})
	}
	var fields []kit.Field
	for i, name := range names {
		fields = append(fields, kit.Field{Key: fmt.Sprintf("score%d", i), Label: name, Kind: kit.FieldChoice, Options: levels}, kit.Field{Key: fmt.Sprintf("seen%d", i), Label: lang.T("What you saw")})
	}
	f.s.ask(lang.T("Score %s", page.Row.Title()), lang.T("Score %s", page.Row.Title()), lang.T("Score"), fields, func(ctx context.Context, v kit.Values) error {
		var scores []app.StrengthScore
		for i, name := range names {
			n, err := strconv.ParseInt(v[fmt.Sprintf("score%d", i)], 10, 64)
			if err != nil {
				n = 0 // not asked
			}
			scores = append(scores, app.StrengthScore{Strength: name, Score: n, Evidence: v[fmt.Sprintf("seen%d", i)]})
		}
		return f.s.host.App.Hiring.ScoreCandidate(ctx, page.Row.ID, scores)
	})
}

// askHire asks how a candidate begins.
func (f *hiringFace) askHire(row data.Row) {
	if !f.s.writable() {
		return
	}
	fields := append([]kit.Field{{Key: "why", Label: lang.T("Why"), Kind: kit.FieldLong, Help: lang.T("The decision is kept with the candidate")}}, f.s.startFields(f.s.host.View().Today.AddDays(30))...)
	f.s.ask(lang.T("Hire %s", row.Title()), lang.T("Hire %s", row.Title()), lang.T("Hire"), fields, func(ctx context.Context, v kit.Values) error {
		start, err := startOf(v)
		if err != nil {
			return err
		}
		start.Why = v["why"]
		_, err = f.s.host.App.Hiring.Hire(ctx, row.ID, start)
		return err
	})
}

// startFields ask how somebody begins.
func (s *Screen) startFields(day data.Day) []kit.Field {
	return []kit.Field{
		{Key: "day", Label: lang.T("First day"), Kind: kit.FieldDay, Required: true, Value: day.String()},
		s.reference("template", lang.T("Onboarding"), data.KindOnboardingTemplate, lang.T("Its steps become tasks with days and owners")),
		s.reference("profile", lang.T("Ramp"), data.KindRampProfile, lang.T("The quota grows by it")),
		s.reference("mentor", lang.T("Mentor"), data.KindPerson, ""), s.reference("manager", lang.T("Manager"), data.KindPerson, lang.T("Empty takes the usual one")),
	}
}

func startOf(v kit.Values) (app.Start, error) {
	day, err := v.Day("day")
	return app.Start{Day: day, Template: v.Ref("template"), Profile: v.Ref("profile"), Mentor: v.Ref("mentor"), Manager: v.Ref("manager")}, err
}

// openVacant makes openings for the territories that nobody owns.
func (f *hiringFace) openVacant() {
	var fields []kit.Field
	for i, t := range f.all.Vacant {
		fields = append(fields, kit.Field{Key: fmt.Sprintf("t%d", i), Label: t.Title(), Kind: kit.FieldBool, Value: "yes"})
	}
	vacant := f.all.Vacant
	fields = append(fields, kit.Field{Key: "needed", Label: lang.T("Needed from"), Kind: kit.FieldDay, Value: f.s.host.View().Today.AddDays(60).String()})
	f.s.ask(lang.T("Open places for vacant territories"), lang.T("Open places for vacant territories"), lang.T("Open"), fields, func(ctx context.Context, v kit.Values) error {
		needed, err := v.Day("needed")
		if err != nil {
			return err
		}
		var ids []data.ID
		for i, t := range vacant {
			if v.Bool(fmt.Sprintf("t%d", i)) {
				ids = append(ids, t.ID)
			}
		}
		return f.s.host.App.Hiring.OpenVacant(ctx, ids, needed)
	})
}

// showSide is the candidate chosen: facts, strengths, what was decided.
func (f *hiringFace) showSide() {
	f.side.Objects = nil
	if p := f.chosen; p != nil {
		f.side.Objects = []fyne.CanvasObject{kit.Pad(kit.Insets{Left: kit.GapPanel}, kit.MinBox(fyne.NewSize(sideWidth, 0), kit.NewPanel(kit.PanelOptions{Title: p.Row.Title(), Caption: p.Row.Text("stage"), Action: lang.T("Close"), OnTap: func() {
			f.want = data.NoID
			f.s.Reload(f.s.host.View())
		}, Body: kit.Scroll(f.candidate(p))})))}
	}
	f.side.Refresh()
}

func (f *hiringFace) candidate(p *app.CandidatePage) fyne.CanvasObject {
	var facts []kit.Fact
	for _, x := range []struct{ label, value string }{
		{lang.T("Opening"), p.Row.Labels["opening"]},
		{lang.T("Hiring manager"), p.Row.Labels["person"]},
		{lang.T("Applied"), f.s.words.Day(p.Row.Day("day"))},
		{lang.T("Source"), p.Row.Text("source")},
		{lang.T("Email"), p.Row.Text("email")},
		{lang.T("Phone"), p.Row.Text("phone")},
		{lang.T("Why"), p.Row.Text("decision")},
	} {
		if x.value != "" && x.value != kit.EnDash {
			facts = append(facts, kit.Fact{Label: x.label, Value: x.value})
		}
	}
	parts := []fyne.CanvasObject{}
	if f.s.writable() {
		parts = append(parts, kit.HBox(8, kit.NewButton(kit.ButtonOptions{Text: lang.T("Score"), Icon: "star", OnTap: f.askScore}), kit.NewButton(kit.ButtonOptions{Text: lang.T("Edit"), Icon: "edit", OnTap: func() { f.ask(&p.Row) }}),
			kit.NewButton(kit.ButtonOptions{Text: lang.T("Hire"), Icon: "check", OnTap: func() { f.askHire(p.Row) }})))
	}
	parts = append(parts, kit.NewFacts(facts), kit.NewLink(lang.T("Print the scorecard"), f.print))
	var strengths []kit.Fact
	for _, s := range p.Strengths {
		value := lang.T("not scored")
		if s.N > 0 {
			value = lang.T("%s of 5, n = %d", f.s.words.Num.Number(s.Mean, 1), s.N)
		}
		strengths = append(strengths, kit.Fact{Label: s.Name, Value: value})
	}
	if len(strengths) > 0 {
		parts = append(parts, kit.HeadRow(lang.T("Strengths"), lang.T("means of the scorecards")), kit.NewFacts(strengths))
	}
	return kit.VBox(8, append(parts, kit.HeadRow(lang.T("Decisions"), lang.T("who changed what")), kit.NewStory(p.Story, storyRows, f.s.words.Day))...)
}
