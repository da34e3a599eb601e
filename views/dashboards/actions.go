package dashboards

import (
	"context"
	"slices"

	"fieldbook/app"
	"fieldbook/assets/lang"
	"fieldbook/data"
	"fieldbook/views/kit"
)

func (s *Screen) writable() bool {
	return !s.host.App.Book().ReadOnly && len(s.pages) > 0 && s.page().Fault == nil
}

// Primary implements kit.Acting.
func (s *Screen) Primary() *kit.Action {
	if !s.writable() {
		return nil
	}
	return &kit.Action{Text: lang.T("Add a card"), Icon: "plus", Do: s.add}
}

// Commands implements kit.Commanding.
func (s *Screen) Commands() []kit.Action {
	var charts []*kit.ChartView
	for _, p := range s.panes {
		if c := p.Chart(); c != nil {
			charts = append(charts, c)
		}
	}
	out := s.host.ChartActions(charts...)
	if !s.writable() {
		return out
	}
	out = append(out, *s.Primary(),
		kit.Action{Text: lang.T("Make a report of the dashboard"), Icon: "reports", Do: s.report},
		kit.Action{Text: lang.T("Arrange the dashboard"), Icon: "grip", Do: func() { s.arrange(!s.arranging) }},
		kit.Action{Text: lang.T("New dashboard"), Icon: "plus", Do: s.newPage},
		kit.Action{Text: lang.T("Duplicate the dashboard"), Icon: "copy", Do: s.duplicate})
	if !s.page().ID.IsZero() {
		out = append(out,
			kit.Action{Text: lang.T("Rename the dashboard, say for whom it is"), Icon: "edit", Do: s.rename},
			kit.Action{Text: lang.T("Show the dashboard earlier"), Icon: "chevu", Do: func() { s.reorder(-1) }},
			kit.Action{Text: lang.T("Show the dashboard later"), Icon: "chev", Do: func() { s.reorder(1) }},
			kit.Action{Text: lang.T("Remove the dashboard"), Icon: "x", Do: s.removePage})
	}
	return out
}

// laid is the page that is shown with another layout. The page by itself becomes one
// of my own with that.
func (s *Screen) laid(l app.Layout) app.Dashboard {
	page := s.page()
	page.Layout = l
	if page.ID.IsZero() {
		page.Name = lang.T("My dashboard")
	}
	return page
}

// keep writes the layout of the page that is shown.
func (s *Screen) keep(what string, l app.Layout) {
	page := s.laid(l)
	var id data.ID
	s.host.Act(what, func(ctx context.Context) error {
		var err error
		id, err = s.host.App.Dashboards.Save(ctx, page)
		return err
	}, func() {
		if s.shown != id {
			s.shown = id
			s.Reload(s.view)
		}
	})
}

func (s *Screen) ask(i int, ask app.PaneAsk) {
	if !s.writable() { // looked at otherwise, not kept
		s.looks[s.page().ID] = s.page().Layout.Ask(i, ask)
		s.Reload(s.view)
		return
	}
	s.keep(lang.T("Changed %s", kit.PaneText(ask.Name)), s.page().Layout.Ask(i, ask))
}

func (s *Screen) remove(i int) {
	name := kit.PaneText(s.page().Layout.Cards[i].Name)
	s.keep(lang.T("Removed %s", name), s.page().Layout.Remove(i))
}

// arrange begins or ends moving cards about.
func (s *Screen) arrange(on bool) {
	if !s.writable() {
		return
	}
	s.arranging = on
	text := lang.T("Arrange")
	if on {
		text = lang.T("Done")
	}
	s.change.SetText(text)
	s.grid.set(s.page().Layout, s.panes, on)
}

func (s *Screen) add() {
	s.host.Ask(kit.Question{
		Title: lang.T("Add a card"), Save: lang.T("Add"),
		Fields: []kit.Field{{Key: "pane", Label: lang.T("Card or chart"), Kind: kit.FieldChoice, Required: true, Wide: true, Options: kit.PaneChoices()}},
		Keep: func(ctx context.Context, v kit.Values) error {
			_, err := s.host.App.Dashboards.Save(ctx, s.laid(s.page().Layout.Add(app.PaneAsk{Name: v["pane"]})))
			return err
		},
	})
}

// newPage asks for a name and makes an empty page.
func (s *Screen) newPage() { s.make(lang.T("New dashboard"), app.Layout{}) }

// duplicate makes a page of my own from the one that is shown.
func (s *Screen) duplicate() { s.make(lang.T("Duplicate the dashboard"), s.page().Layout) }

func (s *Screen) make(title string, l app.Layout) {
	var id data.ID
	s.host.Ask(kit.Question{
		Title: title, Save: lang.T("Add"), Fields: []kit.Field{{Key: "name", Label: lang.T("Name"), Required: true, Wide: true}},
		Keep: func(ctx context.Context, v kit.Values) error {
			var err error
			id, err = s.host.App.Dashboards.Save(ctx, app.Dashboard{Name: v["name"], Layout: l})
			return err
		},
		Then: func() { s.turnTo(id) },
	})
}

// report makes a saved report of what stands on the page, in the order of reading.
func (s *Screen) report() {
	page := s.page()
	s.host.Ask(kit.Question{
		Title: lang.T("Make a report of the dashboard"), What: lang.T("Report made; it is on Reports"), Save: lang.T("Add"),
		Fields: []kit.Field{{Key: "name", Label: lang.T("Name"), Required: true, Wide: true, Value: pageName(page)}},
		Keep: func(ctx context.Context, v kit.Values) error {
			_, err := s.host.App.Reports.AddChart(ctx, data.NoID, v["name"], page.Layout.Charts()...)
			return err
		},
	})
}

func (s *Screen) turnTo(id data.ID) {
	s.shown, s.arranging = id, false
	s.Reload(s.view)
}

// rename changes a page's name and for whom it is.
func (s *Screen) rename() {
	page := s.page()
	roles := []kit.Option{{Text: lang.T("Me")}, {Key: data.RoleRep, Text: lang.T("Reps")}, {Key: data.RoleManager, Text: lang.T("Managers")}, {Key: data.RoleLead, Text: lang.T("Leads")}}
	s.host.Ask(kit.Question{
		Title: lang.T("Rename the dashboard"), Save: lang.T("Save"),
		Fields: []kit.Field{
			{Key: "name", Label: lang.T("Name"), Required: true, Value: page.Name},
			{Key: "role", Label: lang.T("Shown to"), Kind: kit.FieldChoice, Options: roles, Value: page.Role, Help: lang.T("Whoever has this role sees the page, too.")},
		},
		Keep: func(ctx context.Context, v kit.Values) error {
			values := data.Values{"name": v["name"], "role": nil}
			if v["role"] != "" {
				values["role"] = v["role"]
			}
			return s.host.App.Records.Set(ctx, data.KindDashboard, []data.ID{page.ID}, values)
		},
	})
}

// reorder moves the page among the others.
func (s *Screen) reorder(by int) {
	to := s.at + by
	if to < 0 || to >= len(s.pages) {
		return
	}
	order := slices.Clone(s.pages)
	order[s.at], order[to] = order[to], order[s.at]
	s.shown = s.page().ID
	s.host.Act(lang.T("Moved %s", s.page().Name), func(ctx context.Context) error { return s.host.App.Dashboards.Order(ctx, order) }, nil)
}

func (s *Screen) removePage() {
	page := s.page()
	s.shown = data.NoID
	s.host.Act(lang.T("Removed %s", page.Name), func(ctx context.Context) error {
		return s.host.App.Records.Remove(ctx, data.KindDashboard, []data.ID{page.ID})
	}, nil)
}
