// Package forecast is the screen on which people say what a period will come to:
// the roll-up of open deals along the reporting lines, what was won so far, and
// what changed in the last week.
package forecast

import (
	"context"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"fieldbook/app"
	"fieldbook/assets/lang"
	"fieldbook/data"
	"fieldbook/views/kit"
)

// Screen shows the roll-up of the period and scope that the title row has chosen.
type Screen struct {
	host   *kit.Host
	loader *kit.Loader
	ahead  *kit.Loader // of the band, which takes longer than the rest
	root   *fyne.Container

	table   *kit.Table
	roll    *kit.Panel
	course  *kit.PaneView
	changes *kit.PaneView // what changed
	flow    *kit.PaneView // or what became of the deals
	flowing bool          // that is shown
	below   *fyne.Container

	stack    *fyne.Container // the face that is shown
	accuracy *accuracy
	scoring  bool // the accuracy is shown
	known    bool // the columns as they were left have been read

	sheet  *sheet
	rows   []line
	closed map[data.ID]bool // teams that are folded
}

var (
	_ kit.Screen     = (*Screen)(nil)
	_ kit.Picking    = (*Screen)(nil)
	_ kit.Acting     = (*Screen)(nil)
	_ kit.Commanding = (*Screen)(nil)
)

// weekLong is how far back the changes begin by themselves.
const weekLong = 7

// New returns the screen with every team open.
func New(h *kit.Host) *Screen {
	s := &Screen{host: h, closed: map[data.ID]bool{}}
	const right = fyne.TextAlignTrailing
	s.table = kit.NewTable(kit.TableOptions{
		Columns: []kit.Column{
			{Key: colName, Title: lang.T("Person"), Width: 168, Grow: 1, Fixed: true},
			{Key: colClosed, Title: lang.T("Won"), Width: 82, Align: right},
			{Key: colCommit, Title: lang.T("Commit"), Width: 82, Align: right},
			{Key: colBest, Title: lang.T("Best case"), Width: 82, Align: right},
			{Key: colPipeline, Title: lang.T("Pipeline"), Width: 82, Align: right},
			{Key: colAdjusted, Title: lang.T("Adjusted"), Width: 76, Align: right},
			{Key: colNote, Title: lang.T("Note"), Width: 128, Grow: 1},
			{Key: colForecast, Title: lang.T("Forecast"), Width: 84, Align: right},
			{Key: colCall, Title: lang.T("Call"), Width: 84, Align: right},
			{Key: colQuota, Title: lang.T("Quota"), Width: 84, Align: right},
			{Key: colShare, Title: lang.T("Of quota"), Width: 68, Align: right},
			{Key: colOdds, Title: lang.T("Odds"), Width: 56, Align: right},
			{Key: colCoverage, Title: lang.T("Coverage, needed"), Width: 124, Align: right, Hidden: true},
		},
		Empty: kit.NewEmpty(kit.EmptyOptions{
			Icon: "forecast", Title: lang.T("No deals to forecast yet"),
			Text: lang.T("Open deals that are to close in the period stand here under their owners, with what each says and what history makes of it."),
			Step: lang.T("Go to the pipeline"), StepIcon: "pipeline", OnTap: func() { s.host.Go(kit.Target{Screen: "pipeline"}) },
		}),
		OnExpand: s.toggle, OnOpen: s.adjust, OnMenu: s.menu, OnState: func(state kit.TableState) { s.host.Remember(prefRollup, state) },
	})
	pane := func(name string, days int, other string, turn func()) *kit.PaneView {
		return h.Pane(kit.PaneOptions{
			Ask: app.PaneAsk{Name: name, Days: days}, Min: fyne.NewSize(260, 160), Change: func(app.PaneAsk) { s.Reload(s.host.View()) }, Action: other, OnTap: turn,
		})
	}
	s.course = pane(app.PaneCourse, 0, "", nil)
	s.changes = pane(app.PaneChanges, weekLong, lang.T("Flow"), func() { s.showFlow(true) })
	s.flow = pane(app.PaneFlow, weekLong, lang.T("Changes"), func() { s.showFlow(false) })
	s.below = container.NewStack(s.changes.Object())
	s.roll = kit.NewPanel(kit.PanelOptions{Title: lang.T("Forecast by category"), Flush: true, Body: s.table, Action: lang.T("Accuracy"), OnTap: func() { s.turn(true) }})
	s.ahead = h.Loader(s.course.Object())
	page := kit.Page(kit.Grow(s.roll), kit.Grow(kit.Columns(kit.GapPanel, []float32{592, 492}, s.ahead, s.below)))
	s.root = container.NewStack(page)
	s.loader = h.Loader(s.root)
	s.accuracy = newAccuracy(s)
	s.stack = container.NewStack(s.loader)
	return s
}

// Content implements kit.Screen.
func (s *Screen) Content() fyne.CanvasObject { return s.stack }

// Topics implements kit.Screen.
func (s *Screen) Topics() []string {
	return append(app.FigureKinds(), data.KindForecastCall, data.KindAdjustment)
}

// Uses implements kit.Picking.
func (s *Screen) Uses() kit.Uses { return kit.Uses{Period: true, Scope: true, AsOf: true} }

// Reload implements kit.Screen.
func (s *Screen) Reload(v kit.View) {
	if s.scoring {
		s.accuracy.load(v)
		return
	}
	q := app.FigureQuery{Period: v.Period, AsOf: v.AsOf, Scope: v.Scope}
	known := s.known
	var columns map[string]kit.TableState
	num, asks := s.host.NumbersOf(), []app.PaneAsk{s.course.Ask(), s.shownChange().Ask()}
	kit.Load(s.loader, func(ctx context.Context) (l loaded, err error) {
		if !known {
			if columns, err = columnsKept(ctx, s.host.App); err != nil {
				return l, err
			}
		}
		if l.rollup, err = s.host.App.Calls.Rollup(ctx, q); err != nil {
			return l, err
		}
		l.panes, err = s.host.App.Performance.Panes(ctx, app.PaneQuery{FigureQuery: q, Numbers: num, Panes: asks, Rollup: l.rollup})
		return l, err
	}, func(l loaded) {
		if !s.known {
			s.known = true
			s.table.SetState(columns[prefRollup])
			s.accuracy.table.SetState(columns[prefAccuracy])
		}
		s.sheet = &sheet{FigureQuery: q, rollup: l.rollup, num: num, holds: v.Holds}
		s.showTable()
		s.course.Set(l.panes[0], q)
		s.shownChange().Set(l.panes[1], q)
		s.host.Changed()
		s.lookAhead(q, l.panes[0])
	})
}

// loaded is what one load brings.
type loaded struct {
	rollup *app.Rollup
	panes  []app.Pane // the course and what changed
}

// lookAhead asks the book's history where the period may end, which takes longer
// than the rest.
func (s *Screen) lookAhead(q app.FigureQuery, course app.Pane) {
	num, rollup := s.host.NumbersOf(), s.sheet.rollup
	var band app.Band
	kit.Load(s.ahead, func(ctx context.Context) (_ app.Pane, err error) {
		if band, err = s.host.App.Calls.Band(ctx, q, rollup); err != nil {
			return course, err
		}
		course.Spec, err = s.host.App.Calls.Course(ctx, app.CourseQuery{FigureQuery: q, Numbers: num, Forecast: rollup.Total.Forecast, Against: course.Against, Band: band})
		return course, err
	}, func(course app.Pane) {
		s.sheet.band = band
		s.showTable()
		s.course.Set(course, q)
	})
}

// shownChange is the chart of what changed, or of what became of the deals.
func (s *Screen) shownChange() *kit.PaneView {
	if s.flowing {
		return s.flow
	}
	return s.changes
}

// showFlow shows what became of the deals, or what changed.
func (s *Screen) showFlow(on bool) {
	s.flowing = on
	s.below.Objects = []fyne.CanvasObject{s.shownChange().Object()}
	s.below.Refresh()
	s.Reload(s.host.View())
	s.host.Changed()
}

// turn shows the accuracy of a period that is over, or the roll-up.
func (s *Screen) turn(scoring bool) {
	s.scoring = scoring
	s.stack.Objects = []fyne.CanvasObject{s.loader}
	if scoring {
		s.stack.Objects = []fyne.CanvasObject{s.accuracy.loader}
	}
	s.stack.Refresh()
	s.Reload(s.host.View())
	s.host.Changed()
}

// showTable draws the roll-up.
func (s *Screen) showTable() {
	s.showRows()
	s.table.SetTotals(s.sheet.total())
	s.roll.SetCaption(s.sheet.caption())
}

func (s *Screen) toggle(row int) {
	if at := s.rows[row].at; at.Team {
		s.closed[at.Person] = !s.closed[at.Person]
		s.showRows()
	}
}

func (s *Screen) showRows() {
	s.rows = s.sheet.lines(s.closed)
	rows := make(kit.SliceRows, len(s.rows))
	for i, l := range s.rows {
		rows[i] = l.row
	}
	s.table.SetRows(rows)
}
