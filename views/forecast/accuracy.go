package forecast

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

// accuracy is the face that shows how close forecasts of a period that is over
// came: by person above, by week of who is chosen below.
type accuracy struct {
	screen *Screen
	loader *kit.Loader
	middle *kit.Loader // of the simulation, which takes longer than the rest
	root   *fyne.Container
	page   fyne.CanvasObject
	people *kit.Panel
	weeks  *kit.Panel
	table  *kit.Table
	week   *kit.Table
	scores *scores
}

func newAccuracy(s *Screen) *accuracy {
	a := &accuracy{screen: s, root: container.NewStack()}
	a.table = kit.NewTable(kit.TableOptions{
		Columns: wayColumns(kit.Column{Key: colName, Title: lang.T("Person"), Width: 168, Grow: 1, Fixed: true}, kit.Column{Key: colClosed, Title: lang.T("Won"), Width: 92, Align: fyne.TextAlignTrailing}),
		OnState: func(state kit.TableState) { s.host.Remember(prefAccuracy, state) }, OnSelect: a.showWeeks, RowHeight: kit.HeightTwoLine,
	})
	a.week = kit.NewTable(kit.TableOptions{
		Columns: wayColumns(kit.Column{Key: colName, Title: lang.T("Said on"), Width: 168, Grow: 1, Fixed: true}), RowHeight: kit.HeightTwoLine,
	})
	a.people = kit.NewPanel(kit.PanelOptions{Title: " ", Flush: true, Body: a.table, Action: lang.T("Back to the roll-up"), OnTap: func() { s.turn(false) }})
	a.middle = s.host.Loader(a.week)
	a.weeks = kit.NewPanel(kit.PanelOptions{Title: " ", Flush: true, Body: a.middle})
	a.page = kit.Page(kit.Grow(a.people), kit.Grow(a.weeks))
	a.loader = s.host.Loader(a.root)
	return a
}

// wayColumns puts a column for each way of foretelling behind others.
func wayColumns(first ...kit.Column) []kit.Column {
	for _, way := range app.ForetoldWays {
		first = append(first, kit.Column{Key: way, Title: wayName(way), Width: 196, Align: fyne.TextAlignTrailing})
	}
	return first
}

// load scores the newest period that was over on the day of the view: first
// what people and stages said, then what the simulation would have.
func (a *accuracy) load(v kit.View) {
	period := a.screen.host.App.Forecasts.Ended(v.Period, v.AsOf)
	q := app.AccuracyQuery{Period: period, Scope: v.Scope, Quick: true}
	fetch := func(q app.AccuracyQuery) func(context.Context) (*app.ForecastAccuracy, error) {
		return func(ctx context.Context) (*app.ForecastAccuracy, error) {
			return a.screen.host.App.Forecasts.Accuracy(ctx, q, func(int64, int64) {})
		}
	}
	kit.Load(a.loader, fetch(q), func(f *app.ForecastAccuracy) {
		a.show(f)
		if q.Quick = false; !a.scores.empty() {
			kit.Load(a.middle, fetch(q), a.show)
		}
	})
}

func (a *accuracy) show(f *app.ForecastAccuracy) {
	a.scores = &scores{f, a.screen.host.NumbersOf()}
	period := kit.PeriodText(f.Period)
	if a.scores.empty() {
		a.root.Objects = []fyne.CanvasObject{kit.NewEmpty(kit.EmptyOptions{
			Icon: "forecast", Title: lang.T("No forecast to score yet"),
			Text: lang.T("Nothing was sold or forecast in %s or before it. Once a period with deals has ended, this shows how close calls, the simulation and the stages’ odds came, and who forecasts too much or too little.", period),
			Step: lang.T("Back to the roll-up"), OnTap: func() { a.screen.turn(false) },
		})}
		a.root.Refresh()
		return
	}
	a.people.SetTitle(lang.T("Accuracy of %s", period))
	a.people.SetCaption(a.scores.caption())
	a.table.SetRows(a.scores.people())
	a.showWeeks()
	a.root.Objects = []fyne.CanvasObject{a.page}
	a.root.Refresh()
}

// showWeeks lists what was said of the person chosen, else of all together.
func (a *accuracy) showWeeks() {
	if a.scores == nil {
		return
	}
	who := a.scores.of(a.table.SelectedIDs())
	a.weeks.SetTitle(lang.T("By week: %s", a.scores.name(who)))
	a.weeks.SetCaption(lang.T("%s, against %s won in the end; choose a line above for one person", string(a.scores.Currency), a.scores.num.Whole(who.Actual)))
	a.week.SetRows(a.scores.weeks(who))
}

// scores is the accuracy of a period in words.
type scores struct {
	*app.ForecastAccuracy
	num report.Numbers
}

func (s *scores) empty() bool { return len(s.Total.Ways) == 0 && len(s.People) == 0 }

func (s *scores) caption() string {
	return lang.T("%s; sum of errors against the sum of what came (WAPE), then the side (bias); n counts weekly predictions", string(s.Currency))
}

func wayName(way string) string {
	switch way {
	case app.ByCall:
		return lang.T("Calls")
	case app.ByMiddle:
		return lang.T("Simulation (P50)")
	case app.ByWeighted:
		return lang.T("Weighted by stage")
	}
	return lang.T("Naive: the period before")
}

func (s *scores) name(p *app.ForetellerScore) string {
	switch {
	case p.ID.IsZero():
		return lang.T("Together")
	case p.Team:
		return lang.T("%s’s team", p.Name)
	}
	return p.Name
}

// of is the person of the selected line, all together for none.
func (s *scores) of(ids []string) *app.ForetellerScore {
	for i := range s.People {
		if len(ids) == 1 && s.People[i].ID.String() == ids[0] {
			return &s.People[i]
		}
	}
	return &s.Total
}

// people lists all together, then each person or team.
func (s *scores) people() kit.SliceRows {
	rows := kit.SliceRows{s.row(&s.Total)}
	for i := range s.People {
		rows = append(rows, s.row(&s.People[i]))
	}
	return rows
}

func (s *scores) row(p *app.ForetellerScore) kit.Row {
	cells := []kit.Cell{{Text: s.name(p), Bold: p.Team}, {Text: s.num.Whole(p.Actual), Copy: s.decimal(p.Actual)}}
	for _, way := range app.ForetoldWays {
		cells = append(cells, s.score(p.Way(way)))
	}
	return kit.Row{ID: p.ID.String(), Cells: cells}
}

// score is how one way did: how far off, to which side, from how many.
func (s *scores) score(w app.WayScore) kit.Cell {
	if w.N == 0 {
		return kit.Cell{Text: kit.EnDash}
	}
	n := lang.T("n %s", s.num.Count(w.N))
	wape, ok := w.WAPE.Value()
	if !ok {
		return kit.Cell{Text: lang.T("n/a"), Sub: lang.T("nothing came, %s", n)}
	}
	bias, _ := w.Bias.Value()
	return kit.Cell{Text: lang.T("off by %s", s.num.Percent(wape)), Sub: s.side(bias) + ", " + n}
}

// side names a bias: above 0 too much was foretold.
func (s *scores) side(bias float64) string {
	size := s.num.Percent(max(bias, -bias))
	switch {
	case size == s.num.Percent(0):
		return lang.T("no bias")
	case bias > 0:
		return lang.T("%s over-forecast", size)
	}
	return lang.T("%s under-forecast", size)
}

// weeks lists what was foretold on each snapshot day.
func (s *scores) weeks(p *app.ForetellerScore) kit.SliceRows {
	type key struct {
		day data.Day
		way string
	}
	told := map[key]app.Foretold{}
	for _, t := range p.Told {
		told[key{t.Day, t.Way}] = t
	}
	var rows kit.SliceRows
	for _, day := range s.Weeks {
		cells := []kit.Cell{{Text: s.num.DayYear(day)}}
		for _, way := range app.ForetoldWays {
			t, ok := told[key{day, way}]
			cells = append(cells, s.said(t, ok))
		}
		rows = append(rows, kit.Row{ID: day.String(), Cells: cells})
	}
	return rows
}

// said is one prediction with its error.
func (s *scores) said(t app.Foretold, ok bool) kit.Cell {
	if !ok {
		return kit.Cell{Text: kit.EnDash}
	}
	c := kit.Cell{Text: s.num.Whole(t.Minor), Copy: s.decimal(t.Minor)}
	switch e := t.Error(); {
	case e > 0:
		c.Sub = lang.T("%s over-forecast", s.num.Whole(e))
	case e < 0:
		c.Sub = lang.T("%s under-forecast", s.num.Whole(-e))
	default:
		c.Sub = lang.T("exact")
	}
	return c
}

func (s *scores) decimal(minor int64) string {
	return data.Money{Minor: minor, Currency: s.Currency}.Decimal()
}
