// Package home is the first screen: for a person how far the number is and what
// moves it, for a team who is where and what needs a look.
package home

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

// Screen shows the page of a team, or that of one person.
type Screen struct {
	host   *kit.Host
	loader *kit.Loader
	root   *fyne.Container
	team   *teamPage
	person *personPage
	goal   *goalPage
	faces  *kit.Segmented
	chosen bool // a face by hand, instead of the one that suits who looks
	view   kit.View
	sheet  *sheet
}

// The faces of a team, region or everyone.
const (
	faceTeam = iota
	faceGoal
)

var (
	_ kit.Screen     = (*Screen)(nil)
	_ kit.Picking    = (*Screen)(nil)
	_ kit.Titled     = (*Screen)(nil)
	_ kit.Acting     = (*Screen)(nil)
	_ kit.Commanding = (*Screen)(nil)
)

// New returns the screen.
func New(h *kit.Host) *Screen {
	s := &Screen{host: h, root: container.NewStack()}
	s.faces = kit.NewSegmented([]kit.Segment{{Text: lang.T("Team")}, {Text: lang.T("Goal")}}, func(face int) { s.turn(face) })
	s.team, s.person, s.goal = newTeamPage(s), newPersonPage(s), newGoalPage(s)
	s.loader = h.Loader(s.root)
	return s
}

// Content implements kit.Screen.
func (s *Screen) Content() fyne.CanvasObject { return s.loader }

// Topics implements kit.Screen.
func (s *Screen) Topics() []string {
	return append(app.FigureKinds(), data.KindWhatIf, data.KindCommissionPlan, data.KindForecastCall)
}

// Uses implements kit.Picking.
func (s *Screen) Uses() kit.Uses { return kit.Uses{Period: true, Scope: true, AsOf: true} }

// Crumbs implements kit.Titled.
func (s *Screen) Crumbs() []kit.Crumb { return nil }

// Tools implements kit.Titled.
func (s *Screen) Tools() []fyne.CanvasObject {
	if s.sheet == nil || s.sheet.Empty || s.sheet.Person != "" {
		return nil
	}
	return []fyne.CanvasObject{s.faces}
}

// turn shows another face of a team.
func (s *Screen) turn(face int) {
	s.chosen = true
	s.faces.SetCurrent(face)
	s.Reload(s.host.View())
}

// Primary implements kit.Acting.
func (s *Screen) Primary() *kit.Action {
	if s.host.App.Book().ReadOnly {
		return nil
	}
	return &kit.Action{Text: lang.T("New deal"), Icon: "plus", Do: s.newDeal}
}

// Commands implements kit.Commanding.
func (s *Screen) Commands() []kit.Action {
	var charts []*kit.ChartView
	for _, p := range s.panes() {
		charts = append(charts, p.Chart())
	}
	out := []kit.Action{
		{Text: lang.T("Show deals won in the period"), Icon: "check", Do: s.showWon},
		{Text: lang.T("Show stalled deals"), Icon: "clock", Do: s.showStalled},
	}
	if len(s.Tools()) > 0 {
		out = append(out, kit.Action{Text: lang.T("Show the team"), Icon: "users", Do: func() { s.turn(faceTeam) }}, kit.Action{Text: lang.T("Show what has to happen for the goal"), Icon: "quotas", Do: func() { s.turn(faceGoal) }})
	}
	if s.sheet != nil && s.sheet.Person != "" {
		out = append(out, kit.Action{Text: lang.T("Print the way to the quota"), Icon: "print", Do: func() { s.host.Go(kit.Target{Screen: "reports", Report: app.ReportRepProgress}) }})
	} else {
		out = append(out, kit.Action{Text: lang.T("Print what the goal needs"), Icon: "print", Do: s.printGoal})
	}
	if s.writable() {
		out = append(out, kit.Action{Text: lang.T("New commission plan"), Icon: "plus", Do: s.planCommission})
	}
	return append(out, s.host.ChartActions(charts...)...)
}

// panes are those of the page that is shown.
func (s *Screen) panes() []*kit.PaneView {
	switch {
	case s.sheet != nil && s.sheet.Person != "":
		return s.person.panes()
	case s.faces.Current() == faceGoal:
		return []*kit.PaneView{s.goal.bridge}
	}
	return []*kit.PaneView{s.team.running, s.team.stages}
}

// pane is a chart that this screen loads.
func (s *Screen) pane(opts kit.PaneOptions) *kit.PaneView {
	opts.Change = func(app.PaneAsk) { s.Reload(s.view) }
	return s.host.Pane(opts)
}

// loaded is what one load brings.
type loaded struct {
	home  *app.HomeFigures
	goal  *app.GoalFigures // on the face of the goal
	face  int
	panes map[string]app.Pane // by their names
}

// Reload implements kit.Screen.
func (s *Screen) Reload(v kit.View) {
	s.view = v
	q := app.FigureQuery{Period: v.Period, AsOf: v.AsOf, Scope: v.Scope}
	face, chosen := s.faces.Current(), s.chosen
	num, against := s.host.NumbersOf(), s.team.running.Ask()
	kit.Load(s.loader, func(ctx context.Context) (loaded, error) {
		if !chosen {
			me, err := s.host.App.Me(ctx)
			if err != nil {
				return loaded{}, err
			}
			if face = faceTeam; me.Role == data.RoleLead {
				face = faceGoal
			}
		}
		l, err := s.load(ctx, q, face)
		if err != nil || l.goal != nil {
			return l, err
		}
		asks := []app.PaneAsk{against, {Name: app.PaneStages}}
		if l.home.Person != "" {
			asks = []app.PaneAsk{{Name: app.PaneGauge}, {Name: app.PaneStages}, {Name: app.PaneQuarters}}
		}
		made, err := s.host.App.Performance.Panes(ctx, app.PaneQuery{FigureQuery: q, Numbers: num, Panes: asks})
		l.panes = map[string]app.Pane{}
		for _, p := range made {
			l.panes[p.Name] = p
		}
		return l, err
	}, s.show)
}

func (s *Screen) load(ctx context.Context, q app.FigureQuery, face int) (out loaded, err error) {
	out.face = face
	if face == faceGoal && (q.Scope.Person.IsZero() || q.Scope.Team) {
		if out.goal, err = s.host.App.Performance.Goal(ctx, q); err == nil {
			out.home = out.goal.HomeFigures
		}
		return out, err
	}
	out.home, err = s.host.App.Performance.Home(ctx, q)
	return out, err
}

// show draws what was loaded on the page that fits it.
func (s *Screen) show(l loaded) {
	f := l.home
	s.sheet = &sheet{HomeFigures: f, num: s.host.NumbersOf()}
	s.faces.SetCurrent(l.face)
	var page fyne.CanvasObject
	switch {
	case f.Empty:
		page = s.nothing()
	case f.Person != "":
		s.person.gauge.SetTitle(f.Person)
		s.person.show(s.sheet)
		page = s.person.root
	case l.goal != nil:
		s.goal.show(l.goal, s.sheet)
		page = s.goal.root
	default:
		s.team.show(s.sheet)
		page = s.team.root
	}
	for _, p := range s.panes() {
		if made, ok := l.panes[p.Ask().Name]; ok {
			p.Set(made, f.FigureQuery)
		}
	}
	s.root.Objects = []fyne.CanvasObject{page}
	s.root.Refresh()
	s.host.Changed()
}

// nothing says what the screen is for and offers the first step.
func (s *Screen) nothing() fyne.CanvasObject {
	opts := kit.EmptyOptions{
		Icon: "home", Title: lang.T("Your book is empty"),
		Text: lang.T("Home shows how far the number is and what moves it. Bring your deals in from a spreadsheet or another program to begin."),
	}
	if !s.host.App.Book().ReadOnly {
		opts.Step, opts.StepIcon = lang.T("Import"), "download"
		opts.OnTap = func() { s.host.Go(kit.Target{Screen: "import"}) }
	}
	return kit.NewEmpty(opts)
}

var tones = map[report.Tone]kit.Tone{report.Good: kit.ToneGood, report.Bad: kit.ToneBad, report.Warn: kit.ToneWarn}

// printGoal leads to the page of the goal as it is printed.
func (s *Screen) printGoal() { s.host.Go(kit.Target{Screen: "reports", Report: app.ReportGoal}) }

// newDeal starts a deal where deals are kept.
func (s *Screen) newDeal() {
	s.host.Go(kit.Target{Screen: "pipeline", Kind: data.KindDeal, New: true})
}
