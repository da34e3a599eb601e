// Package quotas is the screen on which quotas are planned: people and
// territories by months, what they add up to against what is asked, and a tool
// that spreads a sum over a selection.
package quotas

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"fieldbook/app"
	"fieldbook/assets/lang"
	"fieldbook/data"
	"fieldbook/views/kit"
)

// Screen is the grid of one fiscal year with its foot and the spread tool.
type Screen struct {
	host   *kit.Host
	loader *kit.Loader
	body   *fyne.Container // the grid, or what stands there without one
	plan   *fyne.Container // panel and tool
	panel  *kit.Panel
	tables *fyne.Container // within the panel
	table  *kit.Table
	foot   *kit.Table
	tool   *tool
	stack  *fyne.Container // the face that is shown

	face    int
	people  *people
	stress  *stress
	revenue *revenue

	year   data.Period
	period data.Period // of the view, which the year follows when it changes
	years  [2]int
	wish   wish
	known  bool // wish has been read
	unit   unit
	made   string             // what the tables' columns were made for
	wide   map[string]float32 // the width that each column needs at least
	open   map[string]bool
	model  *model
	picked picked
	typing bool // a person chose to begin with an empty year
}

// wish is what a person chose and the device remembers.
type wish struct {
	By   string `json:"by,omitempty"`
	Unit string `json:"unit,omitempty"` // "whole" or "thousand"; empty takes what fits
}

const (
	prefWish      = "quotas"
	unitWhole     = "whole"
	unitThousands = "thousand"
)

var (
	_ kit.Screen     = (*Screen)(nil)
	_ kit.Picking    = (*Screen)(nil)
	_ kit.Titled     = (*Screen)(nil)
	_ kit.Commanding = (*Screen)(nil)
	_ kit.Acting     = (*Screen)(nil)
)

// New returns the screen; Reload fills it.
func New(h *kit.Host) *Screen {
	s := &Screen{host: h, open: map[string]bool{}, tables: container.NewStack(), body: container.NewStack()}
	s.tool = newTool(s)
	s.loader = h.Loader(s.body)
	s.stack = container.NewStack(s.loader)
	s.newFaces()
	return s
}

// Content implements kit.Screen.
func (s *Screen) Content() fyne.CanvasObject { return s.stack }

// Topics implements kit.Screen.
func (s *Screen) Topics() []string {
	return []string{
		data.KindRamp, data.KindRampProfile, data.KindAbsence, data.KindTarget, data.KindSignOff, data.KindActivity, data.KindCommissionPlan,
		data.KindRevenuePlan, data.KindRevenueTarget, data.KindOpening, data.KindSegment, data.KindDeal, data.KindAccount,
		data.KindQuota, data.KindPerson, data.KindTerritory, data.KindAssignment, data.KindRate, data.KindSetting,
	}
}

// Uses implements kit.Picking: the year has a picker of its own, and a revenue plan
// is of the whole company.
func (s *Screen) Uses() kit.Uses { return kit.Uses{Scope: s.face != faceRevenue, AsOf: true} }

// Crumbs implements kit.Titled.
func (s *Screen) Crumbs() []kit.Crumb { return nil }

func (s *Screen) setYear(year data.Period) {
	if year != s.year {
		s.year, s.typing, s.picked = year, false, picked{}
	}
}

// loaded is what a load brings.
type loaded struct {
	grid  *app.QuotaGrid
	years [2]int
	wish  wish
}

// Reload implements kit.Screen.
func (s *Screen) Reload(v kit.View) {
	if s.year.Name == "" || s.period != v.Period {
		s.period = v.Period
		s.setYear(app.Span{Period: v.Period, Today: v.AsOf}.Year(s.host.App.Book().Calendar))
	}
	switch s.face {
	case facePeople:
		s.people.load(v)
		return
	case faceStress:
		s.stress.stale()
		return
	case faceRevenue:
		s.revenue.load(v)
		return
	}
	year, wish, known := s.year, s.wish, s.known
	kit.Load(s.loader, func(ctx context.Context) (loaded, error) {
		out := loaded{wish: wish}
		var err error
		if !known {
			out.wish, err = readWish(ctx, s.host.App)
		}
		if err == nil {
			out.years, err = readYears(ctx, s.host.App, v.AsOf, year)
		}
		if err == nil {
			out.grid, err = s.host.App.Quotas.Grid(ctx, year, v.Scope)
		}
		return out, err
	}, s.show)
}

func readWish(ctx context.Context, a *app.App) (wish, error) {
	var w wish
	text, err := a.Pref(ctx, prefWish)
	if err != nil || text == "" {
		return w, err
	}
	if json.Unmarshal([]byte(text), &w) != nil {
		w = wish{} // a damaged wish is the same as none
	}
	return w, nil
}

// readYears gives the years to choose from: those with quotas or plans, and those
// about today and about the one that is shown.
func readYears(ctx context.Context, a *app.App, today data.Day, shown data.Period) ([2]int, error) {
	number := func(p data.Period) int {
		y, _, _ := (p.To - 1).Date()
		return y
	}
	this := number(a.Book().Calendar.YearOf(today))
	out := [2]int{min(this-2, number(shown)-1), max(this+2, number(shown)+1)}
	first, last, ok, err := a.Quotas.Years(ctx)
	if ok {
		out[0], out[1] = min(out[0], number(first)-1), max(out[1], number(last)+1)
	}
	return out, err
}

// show puts what was loaded on the screen.
func (s *Screen) show(l loaded) {
	s.years, s.wish, s.known = l.years, l.wish, true
	if s.unit.currency != l.grid.Currency || !s.typing || !s.model.same(l.grid) {
		s.unit = s.chosenUnit(l.grid)
	}
	s.model = newModel(l.grid, s.wish.By, s.open)
	switch {
	case len(l.grid.People)+len(l.grid.Territories) == 0:
		s.fill(s.nobody())
	case !l.grid.Any && !s.typing && !s.host.App.Book().ReadOnly:
		s.fill(s.firstStep(l.grid))
	default:
		s.typing = true
		s.showGrid()
	}
	s.host.Changed()
}

// same reports whether a grid is of the year shown. While a person types into
// it the unit stays, so that it does not change under the hands.
func (m *model) same(grid *app.QuotaGrid) bool { return m != nil && m.grid.Year == grid.Year }

func (s *Screen) chosenUnit(grid *app.QuotaGrid) unit {
	switch s.wish.Unit {
	case unitWhole:
		return unit{currency: grid.Currency}
	case unitThousands:
		return unit{currency: grid.Currency, shift: 3}
	}
	return fittingUnit(grid)
}

func (s *Screen) fill(o fyne.CanvasObject) {
	if len(s.body.Objects) == 1 && s.body.Objects[0] == o {
		return
	}
	s.body.Objects = []fyne.CanvasObject{o}
	s.body.Refresh()
}

// showGrid shows the model, in new tables where its columns are other ones.
func (s *Screen) showGrid() {
	rows, foot := s.model.tableRows(s.unit), s.model.footRows(s.unit)
	cols := columns(s.model.grid, s.model.by)
	fit(cols, append(rows, foot...)...)
	if key := fmt.Sprint(layoutKey(cols, s.model.by, s.unit), s.host.App.Book().ReadOnly); key != s.made {
		s.made = key
		s.makeTables(cols)
	} else {
		s.widen(cols)
	}
	s.panel.SetCaption(s.model.caption(s.unit))
	s.table.SetRows(rows)
	s.foot.SetRows(foot)
	s.fill(s.plan)
	if s.picked.foot {
		s.pickFoot()
	} else {
		s.pickCells()
	}
}

// layoutKey names the columns apart from their widths: figures that grow while
// a person types must not take the table, and its cursor, from under the hands.
func layoutKey(cols []kit.Column, by string, u unit) string {
	cols = slices.Clone(cols)
	for i := range cols {
		cols[i].Width = 0
	}
	return fmt.Sprintf("%v %s %v", cols, by, u)
}

// widen gives columns the width that their figures need by now.
func (s *Screen) widen(cols []kit.Column) {
	state, wider := s.table.State(), false
	for _, c := range cols {
		if c.Width > s.wide[c.Key] {
			s.wide[c.Key], state.Widths[c.Key], wider = c.Width, c.Width, true
		}
	}
	if wider {
		s.table.SetState(state)
		s.foot.SetState(state)
	}
}

func (s *Screen) makeTables(cols []kit.Column) {
	s.wide = map[string]float32{}
	for _, c := range cols {
		s.wide[c.Key] = c.Width
	}
	writes := !s.host.App.Book().ReadOnly
	opts := kit.TableOptions{
		Columns: cols, Rows: kit.SliceRows{}, Select: kit.SelectCells,
		OnSelect: s.pickCells, OnExpand: s.expand, OnOpen: s.openRecord,
		OnState: func(state kit.TableState) { s.foot.SetState(state) },
		OnSide:  func(left float32) { s.foot.ScrollSide(left) }, NoSideBar: true,
	}
	foot := kit.TableOptions{
		Columns: cols, Rows: kit.SliceRows{}, Select: kit.SelectCells, NoHeader: true, Shy: true,
		OnSelect: s.pickFoot, OnSide: func(left float32) { s.table.ScrollSide(left) },
	}
	if writes {
		opts.OnEdit, opts.OnPaste, opts.OnClear = s.editCell, s.paste, func(r kit.CellRange) { s.clear(s.model.pick(r)) }
		foot.OnEdit, foot.OnClear = s.editTarget, func(kit.CellRange) { s.clearTarget() }
	}
	s.table, s.foot = kit.NewTable(opts), kit.NewTable(foot)
	s.picked = picked{}
	const footHigh = 4 * kit.HeightRow
	s.tables.Objects = []fyne.CanvasObject{kit.VBox(0, kit.Grow(s.table), kit.HLine(kit.ColorLine2), kit.MinBox(fyne.NewSize(0, footHigh), s.foot))}
	s.panel = kit.NewPanel(kit.PanelOptions{Title: lang.T("Plan %s", s.model.grid.Year.Name), Flush: true, Body: s.tables})
	parts := []fyne.CanvasObject{kit.Grow(s.panel)}
	if writes {
		parts = append(parts, s.tool.panel)
	}
	s.plan = kit.Page(parts...)
}

// pickCells takes up the selection of the grid.
func (s *Screen) pickCells() {
	s.picked = s.model.pick(s.table.Range())
	s.tool.show()
}

// pickFoot takes up the selection of the foot: everybody's quotas, or what is
// asked from above.
func (s *Screen) pickFoot() {
	r := s.foot.Range()
	lines := s.model.people()
	target := r.ToRow == footTarget || r.ToRow == footGap
	if target {
		lines = s.model.top()
	}
	s.picked = picked{lines: lines, months: monthsOf(r.Columns), foot: target}
	s.tool.show()
}

// expand opens or closes a row of the tree.
func (s *Screen) expand(i int) {
	r := s.model.rows[i]
	s.open[r.id] = r.tree == kit.TreeClosed
	s.rearrange()
}

func (s *Screen) rearrange() {
	if s.model == nil {
		return
	}
	s.model = newModel(s.model.grid, s.wish.By, s.open)
	if s.plan != nil {
		s.showGrid()
	}
}

// openRecord goes to the person or territory of a line.
func (s *Screen) openRecord(i int) {
	r := s.model.rows[i]
	if r.line < 0 {
		if r.tree != kit.TreeLeaf {
			s.expand(i)
		}
		return
	}
	if l := s.model.lines[r.line]; l.Person.IsZero() {
		s.host.Go(kit.Target{Screen: "territories", Kind: data.KindTerritory, ID: l.Territory})
	} else {
		s.host.Go(kit.Target{Screen: "roster", Kind: data.KindPerson, ID: l.Person})
	}
}
