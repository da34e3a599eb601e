package territories

import (
	"context"
	"fmt"
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"fieldbook/app"
	"fieldbook/app/report"
	"fieldbook/app/visits"
	"fieldbook/assets/lang"
	"fieldbook/data"
	"fieldbook/views/kit"
)

// weekPage is a person's week of visits: who is due, in rounds by day, as list
// and map.
type weekPage struct {
	s      *Screen
	root   *fyne.Container
	loader *kit.Loader
	view   *kit.MapView
	panel  *kit.Panel
	list   *kit.List

	person data.ID
	name   string
	monday data.Day
	week   *app.VisitWeek
	words  planWords
}

func newWeekPage(s *Screen, person data.ID, name string) *weekPage {
	p := &weekPage{s: s, person: person, name: name, monday: app.MondayOf(s.words.Today), words: planWords{s.words}}
	if wd := s.words.Today.AddDays(2); app.MondayOf(wd) != p.monday {
		p.monday = app.MondayOf(wd) // on a weekend the coming week is meant
	}
	open := func(key string) {
		if id, err := data.ParseID(key); err == nil {
			s.Open(kit.Target{Kind: data.KindAccount, ID: id})
		}
	}
	p.view = kit.NewMapView(kit.MapOptions{Runner: s.host.Runner, Tip: p.tip, OnTap: func(c kit.MapCatch, _ bool) {
		p.view.Select(kit.MapCatch{Points: c.Points})
		if len(c.Points) == 1 {
			p.list.Select(c.Points[0])
		}
	}})
	p.view.SetTargets(false, true)
	p.list = kit.NewList(kit.ListOptions{TwoLine: true, OnOpen: open, OnPoint: func(key string) { p.view.Select(kit.MapCatch{Points: []string{key}}) }})
	p.panel = kit.NewPanel(kit.PanelOptions{Title: lang.T("Rounds"), Body: p.view})
	side := kit.NewPanel(kit.PanelOptions{Title: lang.T("Visits"), Flush: true, Body: p.list})
	p.root = container.NewStack(kit.Columns(kit.GapPanel, []float32{1.25, 1}, p.panel, side))
	p.loader = s.host.Loader(p.root)
	return p
}

func (p *weekPage) reload() {
	person, monday := p.person, p.monday
	type loaded struct {
		week *app.VisitWeek
		spec report.MapSpec
	}
	kit.Load(p.loader, func(ctx context.Context) (loaded, error) {
		var l loaded
		var err error
		if l.week, err = p.s.host.App.Visits.Week(ctx, person, monday); err != nil {
			return l, err
		}
		l.spec, err = p.s.host.App.Visits.Map(l.week, p.words.day)
		return l, err
	}, func(l loaded) {
		p.week, p.name = l.week, l.week.Name
		l.spec.Empty = lang.T("No account of %s is due with a known place.", p.name)
		p.panel.SetCaption(p.words.week(l.week))
		p.view.SetSpec(l.spec)
		p.list.SetRows(p.words.weekRows(l.week))
		p.s.host.Changed()
	})
}

// day names the day of a round.
func (w planWords) day(d app.VisitDay) string {
	return lang.T(d.Day.Weekday().String()) + ", " + w.Num.Day(d.Day)
}

// week sums a week up.
func (w planWords) week(v *app.VisitWeek) string {
	text := lang.N("%d visit, %s of %s hours, %s km", "%d visits, %s of %s hours, %s km", v.Stops(), v.Stops(), w.Num.Number(v.Hours, 1), w.Num.Number(v.Capacity, 0), w.Num.Count(int(v.Km)))
	if !v.Home.Placed {
		text += lang.T("; without a known home base")
	}
	return text
}

// weekRows are the visits by day, then what is due and in no round.
func (w planWords) weekRows(v *app.VisitWeek) []kit.ListRow {
	var rows []kit.ListRow
	for _, d := range v.Days {
		rows = append(rows, kit.ListRow{Header: true, Title: w.day(d), Detail: fmt.Sprintf("%s–%s, %s", d.Start.Format("15:04"), d.End.Format("15:04"), lang.T("%s km", w.Num.Count(int(d.Km))))})
		for _, s := range d.Stops {
			rows = append(rows, kit.ListRow{
				Key: s.Account.String(), Title: s.Name, Detail: s.Address, Right: s.Arrive.Format("15:04"), RightDetail: lang.T("%s km, %s min", w.Num.Number(s.Km, 0), w.Num.Number(s.Minutes, 0)), Icon: "pin",
			})
		}
	}
	// Whose place is not known is listed below, due or not.
	left := slices.DeleteFunc(slices.Clone(v.Left), func(s app.VisitStop) bool { return s.Why == visits.NoPlace })
	if len(left) > 0 {
		rows = append(rows, kit.ListRow{Header: true, Title: lang.T("Due, in no round"), Detail: w.Num.Count(len(left)), Tone: kit.ToneWarn})
		for _, s := range left {
			rows = append(rows, kit.ListRow{Key: s.Account.String(), Title: s.Name, Detail: reasonWords(s.Why), Right: w.dueText(s), Icon: "warn", Tone: kit.ToneWarn})
		}
	}
	if len(v.Unplaced) > 0 {
		rows = append(rows, kit.ListRow{Header: true, Title: lang.T("Without a known place"), Detail: w.Num.Count(len(v.Unplaced)), Tone: kit.ToneWarn})
		for _, s := range v.Unplaced {
			rows = append(rows, kit.ListRow{Key: s.Account.String(), Title: s.Name, Detail: lang.T("give it a city, a postal code or coordinates"), Icon: "warn", Tone: kit.ToneWarn})
		}
	}
	if len(rows) == 0 {
		rows = []kit.ListRow{{Header: true, Title: lang.T("Nobody is due this week")}}
	}
	return rows
}

func (w planWords) dueText(s app.VisitStop) string {
	if s.OverdueDays > 0 {
		return lang.N("%d day over", "%d days over", s.OverdueDays, s.OverdueDays)
	}
	if s.Due.Valid() {
		return w.Day(s.Due)
	}
	return ""
}

func reasonWords(why visits.Reason) string {
	switch why {
	case visits.NoTime:
		return lang.T("the week's hours are used up")
	case visits.TooFar:
		return lang.T("too far for one day")
	case visits.NoPlace: // listed apart
	}
	return ""
}

func (p *weekPage) tip(c kit.MapCatch) string {
	if p.week == nil || len(c.Points) != 1 {
		return ""
	}
	for _, d := range p.week.Days {
		for _, s := range d.Stops {
			if s.Account.String() == c.Points[0] {
				return lang.T("%s, %s at %s", s.Name, p.words.day(d), s.Arrive.Format("15:04"))
			}
		}
	}
	return ""
}

// tools choose the week.
func (p *weekPage) tools() []fyne.CanvasObject {
	step := func(icon string, weeks int) fyne.CanvasObject {
		return kit.NewButton(kit.ButtonOptions{Icon: icon, OnTap: func() {
			p.monday = p.monday.AddDays(7 * weeks)
			p.reload()
		}})
	}
	return []fyne.CanvasObject{step("chevl", -1), kit.Strong(lang.T("Week of %s", p.words.Num.DayYear(p.monday))), step("chevr", 1)}
}

func (p *weekPage) primary() *kit.Action {
	if !p.s.writable() || p.week == nil || p.week.Stops() == 0 {
		return nil
	}
	return &kit.Action{Text: lang.T("Enter as planned visits"), Icon: "check", Do: p.enter}
}

func (p *weekPage) enter() {
	week := p.week
	var done app.Entered
	p.s.host.Act(lang.T("Enter the week"), func(ctx context.Context) (err error) {
		done, err = p.s.host.App.Visits.Enter(ctx, week)
		return err
	}, func() {
		p.s.host.Say(lang.T("%d visits are new, %d changed, %d gone", done.New, done.Changed, done.Removed))
	})
}

func (p *weekPage) commands() []kit.Action {
	save := func(text, icon, ending string) kit.Action {
		return kit.Action{Text: text, Icon: icon, Do: func() { p.save(text, ending) }}
	}
	out := []kit.Action{
		save(lang.T("Save the week for a calendar"), "cal", ".ics"), save(lang.T("Print the week, a page a day"), "print", ".pdf"), save(lang.T("Save the week as a table"), "download", ".xlsx"),
	}
	if a := p.primary(); a != nil {
		out = append([]kit.Action{*a}, out...)
	}
	return out
}

func (p *weekPage) save(title, ending string) {
	if p.week == nil {
		return
	}
	week := p.week
	kit.SaveFile(p.s.host.Window, kit.FileAsk{Title: title, Name: week.Name + " " + week.Label() + ending, Endings: []string{ending}, Then: func(path string) {
		p.s.host.Act(title, func(ctx context.Context) error { return p.s.host.App.Visits.Write(ctx, week, path) }, func() { p.s.host.Say(lang.T("The week is in %s", path)) })
	}})
}

// askWeek asks whose week to plan; the person aimed at comes first.
func (s *Screen) askWeek() {
	f := s.reference("person", lang.T("Person"), data.KindPerson, lang.T("Visits start from the home base and go to the person's own accounts"))
	f.Required = true
	if i := s.plan.targetPlace(); i >= 0 {
		if t := s.plan.book.Plan.Territories[i]; !t.Person.IsZero() {
			f.Value, f.Chosen = t.Person.String(), kit.Option{Key: t.Person.String(), Text: t.Owner}
		}
	}
	var person data.ID
	s.host.Ask(kit.Question{
		Title: lang.T("A week of visits"), Save: lang.T("Plan"), Fields: []kit.Field{f},
		Keep: func(_ context.Context, v kit.Values) error {
			person = v.Ref("person")
			return nil
		},
		Then: func() { s.openWeek(person) },
	})
}

func (s *Screen) openWeek(person data.ID) {
	s.week = newWeekPage(s, person, "")
	s.place()
	s.week.reload()
	s.host.Changed()
}
