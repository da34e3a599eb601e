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
	running *kit.ChartView
	course  *kit.Panel
	changes *kit.ChartView
	changed *kit.Panel

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
		OnExpand: s.toggle, OnOpen: s.adjust, OnMenu: s.menu, OnState: func(state kit.TableState) { s.store(prefRollup, state) },
	})
	s.running = h.Chart(fyne.NewSize(260, 160), func(string) {})
	s.changes = h.Chart(fyne.NewSize(260, 160), s.openChange)
	s.roll = kit.NewPanel(kit.PanelOptions{Title: lang.T("Forecast by category"), Flush: true, Body: s.table, Action: lang.T("Accuracy"), OnTap: func() { s.turn(true) }})
	s.ahead = h.Loader(s.running)
	s.course = kit.NewPanel(kit.PanelOptions{Title: " ", Body: s.ahead})
	s.changed = kit.NewPanel(kit.PanelOptions{Title: " ", Body: s.changes})
	page := kit.Page(kit.Grow(s.roll), kit.Grow(kit.Columns(kit.GapPanel, []float32{592, 492}, s.course, s.changed)))
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
	kit.Load(s.loader, func(ctx context.Context) (_ *app.ForecastPage, err error) {
		if !known {
			if columns, err = columnsKept(ctx, s.host.App); err != nil {
				return nil, err
			}
		}
		return s.host.App.Calls.Page(ctx, q)
	}, func(p *app.ForecastPage) {
		if !s.known {
			s.known = true
			s.table.SetState(columns[prefRollup])
			s.accuracy.table.SetState(columns[prefAccuracy])
		}
		s.sheet = &sheet{ForecastPage: p, num: s.host.NumbersOf(), holds: v.Holds}
		s.show()
		s.host.Changed()
		kit.Load(s.ahead, func(ctx context.Context) (app.Band, error) { return s.host.App.Calls.Band(ctx, q) }, func(b app.Band) {
			s.sheet.band = b
			s.showRows()
			s.table.SetTotals(s.sheet.total())
			s.showCourse(b)
		})
	})
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

// show draws what was loaded.
func (s *Screen) show() {
	if s.sheet == nil {
		return
	}
	s.showRows()
	s.table.SetTotals(s.sheet.total())
	s.roll.SetCaption(s.sheet.caption())
	s.showCourse(app.Band{})
	fall := s.sheet.waterfall()
	s.changed.SetTitle(fall.Title)
	s.changed.SetCaption(fall.Caption())
	s.changes.SetSpec(fall)
}

// showCourse draws the way to the quota, with the band once it is there.
func (s *Screen) showCourse(b app.Band) {
	course := s.sheet.course(b)
	s.course.SetTitle(course.Title)
	s.course.SetCaption(course.Caption())
	s.course.SetNote(course.Right)
	s.running.SetSpec(course)
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
