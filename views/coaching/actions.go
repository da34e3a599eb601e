package coaching

import (
	"context"
	"fmt"

	"fieldbook/app"
	"fieldbook/assets/lang"
	"fieldbook/data"
	"fieldbook/views/kit"
)

// Primary implements kit.Acting.
func (s *Screen) Primary() *kit.Action {
	if !s.writable() || s.person == nil || s.face != facePeople {
		return nil
	}
	return &kit.Action{Text: lang.T("Hold a one-on-one"), Icon: "check", Do: s.askHold}
}

// Commands implements kit.Commanding.
func (s *Screen) Commands() []kit.Action {
	out := []kit.Action{
		{Text: lang.T("Show my people"), Icon: "users", Do: func() { s.turn(facePeople) }},
		{Text: lang.T("Show the wall of recognition"), Icon: "star", Do: func() { s.turn(faceWall) }},
		{Text: lang.T("Show rules and templates"), Icon: "settings", Do: func() { s.turn(faceRules) }},
		{Text: lang.T("Print the wall of recognition"), Icon: "print", Do: s.printWall},
	}
	if s.person == nil || !s.writable() {
		return out
	}
	out = append(out,
		kit.Action{Text: lang.T("Hold a one-on-one"), Icon: "check", Do: s.askHold},
		kit.Action{Text: lang.T("Plan a talk"), Icon: "cal", Do: s.askPlan},
		kit.Action{Text: lang.T("Add a commitment"), Icon: "plus", Do: func() { s.askRecord(data.KindCommitment, nil) }},
		kit.Action{Text: lang.T("Add a goal"), Icon: "plus", Do: func() { s.askRecord(data.KindGoal, nil) }})
	if s.leads() {
		out = append(out,
			kit.Action{Text: lang.T("Begin a review"), Icon: "file", Do: s.askReview},
			kit.Action{Text: lang.T("Recognise somebody"), Icon: "star", Do: func() { s.askRecord(data.KindRecognition, nil) }},
			kit.Action{Text: lang.T("Add a mentoring pair"), Icon: "users", Do: func() { s.askRecord(data.KindMentoring, nil) }})
	}
	return out
}

// turn shows another face.
func (s *Screen) turn(face int) {
	s.face = face
	s.faces.SetCurrent(face)
	s.Reload(s.host.View())
}

// formFields are the fields of each kind's form; the person stands in the preset.
var formFields = map[string][]string{
	data.KindCommitment:  {"what", "person", "due_day", "metric", "status", "note"},
	data.KindGoal:        {"name", "person", "metric", "target", "start_day", "end_day", "status", "note"},
	data.KindMentoring:   {"person", "mentor", "start_day", "end_day", "focus", "note"},
	data.KindRecognition: {"person", "title", "reason", "day", "given_by"},
	data.KindOneOnOne:    {"day", "status", "manager", "agenda", "notes", "figures"},
	data.KindReview:      {"type", "rating", "manager_text", "self_text"},
}

var formTitles = map[string]string{
	data.KindCommitment: "Add a commitment", data.KindGoal: "Add a goal", data.KindMentoring: "Add a mentoring pair", data.KindRecognition: "Recognise somebody",
}

// askRecord asks for a new record of the person chosen, or changes one.
func (s *Screen) askRecord(kind string, row *data.Row) {
	if s.person == nil && row == nil || !s.writable() {
		return
	}
	k, err := s.host.App.Records.Kind(kind)
	if err != nil {
		return // built in; it cannot be missing
	}
	form := kit.RecordForm{Kind: k, Fields: append(formFields[kind], k.CustomNames()...), Row: row}
	if row != nil {
		form.Title, form.What = recordTitle(kind, *row), lang.T("Change %s", recordTitle(kind, *row))
	} else {
		form.Title, form.Save, form.Preset = lang.T(formTitles[kind]), lang.T("Add"), s.preset(k)
		form.What = form.Title
	}
	if kind == data.KindCommitment {
		form.With = data.Values{"day": s.host.App.Today()}
	}
	s.host.ShowRecordForm(form)
}

func recordTitle(kind string, r data.Row) string {
	if kind == data.KindOneOnOne {
		return lang.T("One-on-one of %s", r.Day("day").String())
	}
	return r.Title()
}

// preset is what a new record of the person begins with.
func (s *Screen) preset(k *data.Kind) *data.Row {
	p, today := s.person.Row, s.host.View().Today
	row := &data.Row{Kind: k, Values: data.Values{"person": p.ID}, Labels: map[string]string{"person": p.Title()}}
	quarter := s.host.App.Book().Calendar.QuarterOf(today)
	switch k.Name {
	case data.KindCommitment:
		row.Values["status"], row.Values["due_day"] = data.PromiseOpen, today.AddDays(14)
	case data.KindGoal:
		row.Values["status"], row.Values["start_day"], row.Values["end_day"] = data.PromiseOpen, quarter.From, quarter.To-1
	case data.KindMentoring:
		row.Values["start_day"] = today
	case data.KindRecognition:
		row.Values["day"] = today
	}
	return row
}

func (s *Screen) settle(kind string, row data.Row, status string) {
	s.host.Act(lang.T("Mark “%s” as %s", row.Title(), lang.T(status)), func(ctx context.Context) error {
		return s.host.App.Coaching.Settle(ctx, kind, row.ID, status)
	}, nil)
}

func (s *Screen) askPlan() {
	id, name := s.person.Row.ID, s.person.Row.Title()
	s.host.Ask(kit.Question{
		Title: lang.T("Plan a talk with %s", name), Save: lang.T("Plan"),
		Fields: []kit.Field{{Key: "day", Label: lang.T("Day"), Kind: kit.FieldDay, Required: true, Value: s.host.View().Today.AddDays(7).String()}},
		Keep: func(ctx context.Context, v kit.Values) error {
			day, err := v.Day("day")
			if err != nil {
				return err
			}
			_, err = s.host.App.Coaching.Plan(ctx, id, day)
			return err
		},
	})
}

// mostSettled is how many open commitments the form of a talk asks about.
const mostSettled = 8

// askHold keeps a talk: the agenda as the book makes it, notes, what became of
// the open commitments, one new commitment, and the next day.
func (s *Screen) askHold() {
	p := s.person
	if p == nil || !s.writable() {
		return
	}
	today := s.host.View().Today
	talk := app.Talk{Person: p.Row.ID}
	agenda := p.Lines(s.words.Num)
	if p.Next != nil {
		talk.ID = p.Next.ID
		if written := p.Next.Text("agenda"); written != "" {
			agenda = written + "\n" + agenda
		}
	}
	var open []data.Row
	fields := []kit.Field{
		{Key: "day", Label: lang.T("Held on"), Kind: kit.FieldDay, Required: true, Value: today.String()},
		{Key: "next", Label: lang.T("Next talk"), Kind: kit.FieldDay, Value: today.AddDays(14).String(), Help: lang.T("Empty for none yet")},
		{Key: "agenda", Label: lang.T("Agenda"), Kind: kit.FieldLong, Value: agenda},
		{Key: "notes", Label: lang.T("Notes"), Kind: kit.FieldLong},
	}
	for _, c := range p.Commitments {
		if app.IsOpenPromise(c.Row) && len(open) < mostSettled {
			fields = append(fields, kit.Field{Key: fmt.Sprintf("was%d", len(open)), Label: c.Row.Title(), Kind: kit.FieldChoice, Value: data.PromiseOpen, Options: promiseOptions()})
			open = append(open, c.Row)
		}
	}
	fields = append(fields,
		kit.Field{Key: "what", Label: lang.T("New commitment"), Wide: true, Help: lang.T("More of them with Add, afterwards")},
		kit.Field{Key: "due", Label: lang.T("Due"), Kind: kit.FieldDay}, kit.Field{Key: "metric", Label: lang.T("Figure to move"), Kind: kit.FieldChoice, Options: metricOptions()})
	s.host.Ask(kit.Question{
		Title: lang.T("One-on-one with %s", p.Row.Title()), Save: lang.T("Keep"), Fields: fields,
		Keep: func(ctx context.Context, v kit.Values) error { return s.hold(ctx, talk, open, v) },
	})
}

func (s *Screen) hold(ctx context.Context, talk app.Talk, open []data.Row, v kit.Values) error {
	var err error
	if talk.Day, err = v.Day("day"); err != nil {
		return err
	}
	if talk.Next, err = v.Day("next"); err != nil {
		return err
	}
	talk.Agenda, talk.Notes, talk.Settled = v["agenda"], v["notes"], map[data.ID]string{}
	for i, r := range open {
		if status := v[fmt.Sprintf("was%d", i)]; status != "" && status != data.PromiseOpen {
			talk.Settled[r.ID] = status
		}
	}
	if v["what"] != "" {
		due, err := v.Day("due")
		if err != nil {
			return err
		}
		promise := data.Values{"what": v["what"]}
		if due.Valid() {
			promise["due_day"] = due
		}
		if v["metric"] != "" {
			promise["metric"] = v["metric"]
		}
		talk.New = []data.Values{promise}
	}
	_, err = s.host.App.Coaching.Hold(ctx, talk)
	return err
}

func promiseOptions() []kit.Option {
	return []kit.Option{
		{Key: data.PromiseOpen, Text: lang.T("Still open")}, {Key: data.PromiseKept, Text: lang.T("Kept")}, {Key: data.PromiseMissed, Text: lang.T("Missed")}, {Key: data.PromiseDropped, Text: lang.T("Dropped")},
	}
}

func metricOptions() []kit.Option {
	var out []kit.Option
	for _, m := range data.WatchedMetrics {
		out = append(out, kit.Option{Key: m, Text: lang.T(kit.Capital(m))})
	}
	return out
}

// askReview begins a review with a template.
func (s *Screen) askReview() {
	p := s.person
	if p == nil || !s.leads() {
		return
	}
	quarter := s.host.App.Book().Calendar.QuarterOf(s.host.View().Today)
	s.host.Ask(kit.Question{
		Title: lang.T("Begin a review of %s", p.Row.Title()), Save: lang.T("Begin"),
		Fields: []kit.Field{
			{Key: "period", Label: lang.T("Period"), Required: true, Value: quarter.Name, Help: lang.T("2026-Q1 or 2026, for instance")},
			s.host.ReferenceField("template", lang.T("Template"), data.KindReviewTemplate),
		},
		Keep: func(ctx context.Context, v kit.Values) error {
			in, err := s.host.App.Book().Calendar.Parse(v["period"])
			if err != nil {
				return data.FieldErrorf("period", "%s", kit.Message(err, err.Error()))
			}
			_, err = s.host.App.Coaching.StartReview(ctx, p.Row.ID, v.Ref("template"), in)
			return err
		},
	})
}

// openReview shows a review to be written; a final one to be read, as it prints.
func (s *Screen) openReview(r data.Row) {
	if r.Text("status") == data.ReviewFinal || !s.leads() {
		s.printReview(r)
		return
	}
	s.askRecord(data.KindReview, &r)
}

func (s *Screen) finish(r data.Row) {
	kit.Confirm(s.host.Window, kit.ConfirmOptions{
		Title: lang.T("Finish the review of %s?", r.Text("period")), Yes: lang.T("Finish"),
		Text: lang.T("Its figures are frozen as they stand today, and the person sees it from now on. Undo makes it a draft again, here; a share file that went out by then holds it."),
		OnYes: func() {
			s.host.Act(lang.T("Finish the review of %s", r.Text("period")), func(ctx context.Context) error { return s.host.App.Coaching.FinishReview(ctx, r.ID) }, nil)
		},
	})
}

func (s *Screen) printTalk(r data.Row) {
	s.host.SavePaper(lang.T("Set the one-on-one on paper"), r.Labels["person"]+" "+r.Day("day").String(), func(ctx context.Context, path string) error {
		return s.host.App.Coaching.PrintTalk(ctx, r.ID, path)
	})
}

func (s *Screen) printReview(r data.Row) {
	s.host.SavePaper(lang.T("Set the review on paper"), r.Labels["person"]+" "+r.Text("period"), func(ctx context.Context, path string) error {
		return s.host.App.Coaching.PrintReview(ctx, r.ID, path)
	})
}

func (s *Screen) printWall() {
	in := s.host.View().Period
	s.host.SavePaper(lang.T("Set the wall on paper"), lang.T("wall of recognition"), func(ctx context.Context, path string) error {
		return s.host.App.Coaching.PrintWall(ctx, in, path)
	})
}
