package shell

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"fieldbook/assets/lang"
	"fieldbook/data"
	"fieldbook/views/kit"
)

// frame is what stands around every screen: rail, title row and status bar.
type frame struct {
	root   *fyne.Container
	rail   *rail
	title  *fyne.Container
	band   *fyne.Container // says that the past is shown
	due    *fyne.Container // says what is due
	body   *fyne.Container
	status *kit.StatusBar
}

func newFrame(s *session) *frame {
	f := &frame{title: container.NewStack(), band: container.NewStack(), due: container.NewStack(), body: container.NewStack(), status: kit.NewStatusBar()}
	var open func(string)
	list := entries()
	if s != nil {
		open, list = s.enter, s.entries
	} else {
		open = func(string) {}
	}
	f.rail = newRail(list, open)
	titleRow := kit.VBox(0, kit.MinBox(fyne.NewSize(0, kit.HeightTitle), f.title), kit.HLine(kit.ColorLine))
	foot := container.NewStack(kit.Fill(kit.ColorRail), kit.VBox(0, kit.HLine(kit.ColorLine), kit.MinBox(fyne.NewSize(0, kit.HeightStatus), f.status)))
	right := kit.VBox(0, titleRow, f.band, f.due, kit.Grow(f.body))
	f.root = container.NewStack(kit.Fill(kit.ColorBg), kit.VBox(0, kit.Grow(kit.Columns(0, []float32{0, 1}, f.rail.root, right)), foot))
	return f
}

// show puts a screen into the frame.
func (f *frame) show(s *session, name string, sc kit.Screen) {
	f.rail.mark(name)
	f.body.Objects = []fyne.CanvasObject{sc.Content()}
	f.body.Refresh()
	f.showTitle(s, sc)
}

// showTitle builds the title row: where we are, what is looked at, search and
// the one thing to do.
func (f *frame) showTitle(s *session, sc kit.Screen) {
	objects := []fyne.CanvasObject{kit.Gap(kit.PadPage-8, 0)}
	e, _ := s.entry(s.current)
	objects = append(objects, crumbs(lang.T(e.label), sc)...)
	if p, ok := sc.(kit.Picking); ok {
		objects = append(objects, s.pickers(p.Uses())...)
	}
	if t, ok := sc.(kit.Titled); ok {
		objects = append(objects, t.Tools()...)
	}
	objects = append(objects, kit.Grow(newSearchButton(s.hooks.palette)))
	if a, ok := sc.(kit.Acting); ok {
		if act := a.Primary(); act != nil && !s.host.App.Book().ReadOnly {
			objects = append(objects, kit.NewButton(kit.ButtonOptions{Text: act.Text, Icon: act.Icon, Kind: kit.ButtonPrimary, OnTap: act.Do}))
		}
	}
	objects = append(objects, kit.Gap(kit.PadPage-8, 0))
	f.title.Objects = []fyne.CanvasObject{kit.HBox(8, objects...)}
	f.title.Refresh()
}

func crumbs(name string, sc kit.Screen) []fyne.CanvasObject {
	var steps []kit.Crumb
	if t, ok := sc.(kit.Titled); ok {
		steps = t.Crumbs()
	}
	if len(steps) == 0 {
		return []fyne.CanvasObject{kit.Title(name), kit.Gap(0, 0)}
	}
	var out []fyne.CanvasObject
	for _, c := range steps {
		switch {
		case c.OnTap != nil:
			out = append(out, newCrumbLink(c.Text, c.OnTap), kit.NewText("/", kit.TextStyle{Size: kit.SizeTitle, Color: kit.ColorFg2}))
		default:
			out = append(out, kit.Title(c.Text))
		}
		if c.Tag != "" {
			out = append(out, kit.NewTag(c.Tag, kit.TonePlain))
		}
	}
	return append(out, kit.Gap(0, 0))
}

// pickers are those of the title row that mean something on the screen.
func (s *session) pickers(u kit.Uses) []fyne.CanvasObject {
	var out []fyne.CanvasObject
	if u.Period {
		out = append(out, s.periodPicker())
	}
	if u.Scope {
		out = append(out, s.scopePicker())
	}
	if u.AsOf {
		out = append(out, s.asOfPicker())
	}
	return out
}

func (s *session) periodPicker() fyne.CanvasObject {
	cal := s.app.Book().Calendar
	p := kit.NewPeriodPicker(cal, kit.PeriodOptions(cal, s.years[0], s.years[1]), func(p data.Period) {
		v := s.view
		v.Period = p
		s.setView(v)
	})
	key := s.view.Period.Name
	if key == "" {
		key = "all"
	}
	p.SetChosen(kit.Option{Key: key, Text: periodWords(s.view.Period)})
	return p
}

func periodWords(p data.Period) string {
	if p.IsAll() {
		return lang.T("All time")
	}
	return kit.PeriodText(p)
}

func (s *session) scopePicker() fyne.CanvasObject {
	p := kit.NewPicker(kit.PickerOptions{
		Icon: "user", Text: lang.T("Everyone"), Options: s.scopes, Find: lang.T("Find a person, team or region"), None: lang.T("Nobody by that name"),
		OnPick: func(keys []string) {
			if len(keys) == 1 {
				s.pickScope(keys[0])
			}
		},
	})
	p.SetChosen(kit.Option{Key: scopeKey(s.view), Text: s.view.Whose})
	return p
}

func scopeKey(v kit.View) string {
	switch {
	case v.Scope.IsEveryone():
		return scopeAll
	case !v.Scope.Territory.IsZero():
		return "territory:" + v.Scope.Territory.String()
	case v.Scope.Team:
		return "team:" + v.Scope.Person.String()
	}
	return "person:" + v.Scope.Person.String()
}

func (s *session) asOfPicker() fyne.CanvasObject {
	label := func(d data.Day) string {
		if d == s.view.Today {
			return lang.T("As of today")
		}
		return lang.T("As of %s", s.dayWords(d))
	}
	return kit.NewDayPicker(kit.CalendarOptions{Day: s.view.AsOf, Today: s.view.Today, OnPick: func(d data.Day) {
		v := s.view
		v.AsOf = min(d, v.Today)
		s.setView(v)
	}}, label)
}
