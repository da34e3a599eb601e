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

// onboardingFace is who begins and what is left to do, trainings, and the
// templates behind them.
type onboardingFace struct {
	s         *Screen
	list      *fyne.Container
	trainings *kit.Records
	modules   *kit.Records
	steps     *kit.Records
	templates *kit.Records
}

func newOnboardingFace(s *Screen) *onboardingFace {
	f := &onboardingFace{s: s, list: container.NewStack()}
	f.trainings = kit.NewRecords(kit.RecordsOptions{
		Host: s.host, Kind: data.KindTraining, Title: lang.T("Training"), Caption: lang.T("who learns what, until when, and with which result"), Add: lang.T("Assign a training"),
		Columns: []string{"person", "module", "due_day", "done_day", "result"}, Sort: []data.Sort{{Field: "due_day"}}, Word: func(r data.Row) string { return r.Labels["module"] },
		Empty: kit.EmptyOptions{Icon: "book", Title: lang.T("No training yet"), Text: lang.T("Assign a module to a person with a day; the result stands here.")},
		More:  []kit.RecordAction{{Text: lang.T("Done today"), Icon: "check", Do: func(r data.Row) { f.tick(data.KindTraining, r, s.host.View().Today) }}},
	})
	f.modules = kit.NewRecords(kit.RecordsOptions{
		Host: s.host, Kind: data.KindModule, Title: lang.T("Modules"), Caption: lang.T("what can be learned"), Add: lang.T("Add a module"), Columns: []string{"name", "skill", "hours", "place"},
		Sort: []data.Sort{{Field: "name"}}, Empty: kit.EmptyOptions{Icon: "book", Title: lang.T("No modules yet"), Text: lang.T("A module is a training that people can be assigned to.")},
	})
	f.templates = kit.NewRecords(kit.RecordsOptions{
		Host: s.host, Kind: data.KindOnboardingTemplate, Title: lang.T("Templates"), Add: lang.T("Add a template"), Columns: []string{"name", "role"},
		Sort: []data.Sort{{Field: "name"}}, Empty: kit.EmptyOptions{Icon: "layers", Title: lang.T("No templates yet"), Text: lang.T("A template holds the steps of somebody’s first months, by role.")},
	})
	f.steps = kit.NewRecords(kit.RecordsOptions{
		Host: s.host, Kind: data.KindOnboardingStep, Title: lang.T("Steps"), Caption: lang.T("days after the start, and who does it"), Add: lang.T("Add a step"), Columns: []string{"name", "template", "due_days", "done_by"},
		Sort: []data.Sort{{Field: "template"}, {Field: "position"}}, Empty: kit.EmptyOptions{Icon: "check", Title: lang.T("No steps yet"), Text: lang.T("Steps become tasks once somebody begins.")},
	})
	return f
}

func (f *onboardingFace) load(ctx context.Context, v kit.View) (func(), error) {
	lines, err := f.s.host.App.Hiring.Onboardings(ctx, v.AsOf)
	if err != nil {
		return nil, err
	}
	show, err := kit.LoadRecords(ctx, f.trainings, f.modules, f.templates, f.steps)
	return func() {
		f.list.Objects = []fyne.CanvasObject{f.people(lines)}
		show()
	}, err
}

func (f *onboardingFace) content() fyne.CanvasObject {
	return kit.Columns(kit.GapPanel, []float32{5, 4}, rows(f.list, f.trainings.Content()), rows(f.templates.Content(), f.steps.Content(), f.modules.Content()))
}

func (f *onboardingFace) commands() []kit.Action {
	return []kit.Action{{Text: lang.T("Begin an onboarding"), Icon: "plus", Do: f.begin}, {Text: lang.T("Assign a training"), Icon: "plus", Do: f.trainings.Add}, {Text: lang.T("Export trainings"), Icon: "upload", Do: f.trainings.Export}}
}

// people lists who begins, with progress and what is to be done.
func (f *onboardingFace) people(lines []app.OnboardingLine) fyne.CanvasObject {
	var out []fyne.CanvasObject
	for _, l := range lines {
		caption := lang.T("%d of %d done, from %s", l.Done, len(l.Tasks), f.s.words.Day(l.Row.Day("start_day")))
		if l.Late > 0 {
			caption = lang.T("%s, %d late", caption, l.Late)
		}
		if l.Ramp != "" {
			caption = lang.T("%s, ramp %s", caption, l.Ramp)
		}
		out = append(out, kit.HBox(8, kit.Grow(kit.HeadRow(l.Row.Labels["person"], caption)), kit.NewLink(lang.T("Print"), func() {
			f.s.print(lang.T("Set the first months on paper"), l.Row.Labels["person"], data.KindOnboarding, l.Row.ID)
		})))
		for _, t := range l.Tasks {
			out = append(out, f.task(t))
		}
	}
	body := kit.Scroll(kit.VBox(2, out...))
	if len(out) == 0 {
		body = kit.NewEmpty(kit.EmptyOptions{Icon: "check", Title: lang.T("Nobody begins"), Text: lang.T("Hire a candidate, or begin the onboarding of somebody who is here.")})
	}
	add := ""
	if f.s.writable() {
		add = lang.T("Begin")
	}
	return kit.NewPanel(kit.PanelOptions{Title: lang.T("First months"), Caption: lang.N("%d person", "%d people", len(lines), len(lines)), Action: add, OnTap: f.begin, Body: body})
}

func (f *onboardingFace) task(t data.Row) fyne.CanvasObject {
	late := !t.Has("done_day") && app.IsLate(t.Day("due_day"), f.s.words.Today)
	due := lang.T("%s, by %s", t.Labels["person"], f.s.words.Day(t.Day("due_day")))
	line := []fyne.CanvasObject{kit.Grow(kit.NewText(t.Title(), kit.TextStyle{Cut: true})), kit.Caption(due)}
	switch {
	case t.Has("done_day"):
		line = append(line, kit.NewTag(lang.T("done"), kit.ToneGood))
	case late:
		line = append(line, kit.NewTag(lang.T("late"), kit.ToneWarn))
	}
	if f.s.writable() {
		text, day := lang.T("Done"), f.s.host.View().Today
		if t.Has("done_day") {
			text, day = lang.T("Not done"), data.NoDay
		}
		line = append(line, kit.NewButton(kit.ButtonOptions{Text: text, Kind: kit.ButtonQuiet, OnTap: func() { f.tick(data.KindOnboardingTask, t, day) }}))
	}
	return kit.HBox(8, line...)
}

func (f *onboardingFace) tick(kind string, row data.Row, day data.Day) {
	f.s.act(lang.T("Mark “%s”", app.RecordName(row)), func(ctx context.Context) error { return f.s.host.App.Hiring.Tick(ctx, kind, row.ID, day) })
}

// begin starts the onboarding of somebody who is here.
func (f *onboardingFace) begin() {
	if !f.s.writable() {
		return
	}
	who := f.s.reference("person", lang.T("Person"), data.KindPerson, "")
	who.Required = true
	f.s.ask(lang.T("Begin an onboarding"), lang.T("Begin an onboarding"), lang.T("Begin"), append([]kit.Field{who}, f.s.startFields(f.s.host.View().Today)...), func(ctx context.Context, v kit.Values) error {
		start, err := startOf(v)
		if err != nil {
			return err
		}
		return f.s.host.App.Hiring.Begin(ctx, v.Ref("person"), start)
	})
}

// skillsFace is the skills of reps, and who is how far short of what is wanted.
type skillsFace struct {
	s      *Screen
	chart  *kit.ChartView
	panel  *kit.Panel
	skills *kit.Records
	levels *kit.Records
}

func newSkillsFace(s *Screen) *skillsFace {
	f := &skillsFace{s: s, chart: s.host.Chart(fyne.NewSize(480, 300), nil)}
	f.panel = kit.NewPanel(kit.PanelOptions{Title: lang.T("Gaps"), Caption: lang.T("levels short of what the skill asks for; blank where nobody looked"), Body: f.chart})
	f.skills = kit.NewRecords(kit.RecordsOptions{
		Host: s.host, Kind: data.KindSkill, Title: lang.T("Skills"), Caption: lang.T("by role, with the level wanted from 1 to 5"), Add: lang.T("Add a skill"), Columns: []string{"name", "role", "target"},
		Sort: []data.Sort{{Field: "name"}}, Empty: kit.EmptyOptions{Icon: "star", Title: lang.T("No skills yet"), Text: lang.T("Name what a role needs, and how far.")},
	})
	f.levels = kit.NewRecords(kit.RecordsOptions{
		Host: s.host, Kind: data.KindSkillLevel, Title: lang.T("Levels"), Caption: lang.T("the newest of each counts"), Add: lang.T("Rate a skill"), Columns: []string{"person", "skill", "level", "self_level", "day"},
		Sort: []data.Sort{{Field: "day", Desc: true}}, Word: func(r data.Row) string { return r.Labels["skill"] },
		Preset: func() data.Values { return data.Values{"day": s.host.View().Today} },
		Empty:  kit.EmptyOptions{Icon: "star", Title: lang.T("No levels yet"), Text: lang.T("Rate how far people have come, from 1 to 5.")},
	})
	return f
}

func (f *skillsFace) load(ctx context.Context, _ kit.View) (func(), error) {
	people, _, err := f.s.host.App.Coaching.People(ctx)
	if err != nil {
		return nil, err
	}
	m, err := f.s.host.App.Hiring.Matrix(ctx, data.RoleRep, people)
	if err != nil {
		return nil, err
	}
	show, err := kit.LoadRecords(ctx, f.skills, f.levels)
	return func() {
		f.chart.SetSpec(gapMap(m))
		show()
	}, err
}

// gapMap shades how far each person is short of each skill.
func gapMap(m *app.SkillMatrix) report.HeatMap {
	out := report.HeatMap{Head: report.Head{Title: lang.T("Gaps"), Unit: lang.T("levels"), Empty: lang.T("No skill was rated yet")}}
	for _, s := range m.Skills {
		out.Columns = append(out.Columns, s.Title())
	}
	for _, p := range m.People {
		row := report.HeatRow{Label: p.Title()}
		seen := false
		for _, s := range m.Skills {
			mark := report.Mark{Value: report.NA()}
			if gap, known := m.Gap(p.ID, s); known {
				mark.Value, seen = float64(gap), true
			}
			row.Cells = append(row.Cells, mark)
		}
		if seen {
			out.Rows = append(out.Rows, row)
		}
	}
	return out
}

func (f *skillsFace) content() fyne.CanvasObject {
	return kit.Columns(kit.GapPanel, nil, f.panel, rows(f.skills.Content(), f.levels.Content()))
}

func (f *skillsFace) commands() []kit.Action {
	return []kit.Action{{Text: lang.T("Print the skills matrix"), Icon: "print", Do: f.print}, {Text: lang.T("Rate a skill"), Icon: "plus", Do: f.levels.Add}, {Text: lang.T("Add a skill"), Icon: "plus", Do: f.skills.Add}, {Text: lang.T("Export levels"), Icon: "upload", Do: f.levels.Export}}
}

func (f *skillsFace) print() {
	f.s.print(lang.T("Set the skills matrix on paper"), lang.T("skills"), data.KindSkill, data.NoID)
}
