package quotas

import (
	"context"
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"fieldbook/app"
	"fieldbook/assets/lang"
	"fieldbook/data"
	"fieldbook/views/kit"
)

// revenue is the face on which a lead plans what a year is to bring: scenarios,
// divided from above, beside what people can sell.
type revenue struct {
	screen *Screen
	loader *kit.Loader
	root   *fyne.Container
	page   fyne.CanvasObject
	bar    *fyne.Container // the choices, for which the title row has no room
	cards  [5]*kit.Card
	panel  *kit.Panel
	tables *fyne.Container
	table  *kit.Table
	curve  *kit.Curve
	season *kit.Panel
	others *kit.Table
	plans  *kit.Panel

	plan   data.ID // the scenario that was chosen
	by     string
	months bool // a column a month, else a quarter
	made   string
	sheet  *app.RevenueSheet
	past   app.RevenueMonths // the season of what was ever won
	rows   []revenueRow
}

func newRevenue(s *Screen) *revenue {
	r := &revenue{screen: s, by: app.RevenueRegion, tables: container.NewStack(), root: container.NewStack(), bar: container.NewStack()}
	for i := range r.cards {
		r.cards[i] = kit.NewCard(kit.CardData{}, nil)
	}
	r.panel = kit.NewPanel(kit.PanelOptions{Title: " ", Flush: true, Body: r.tables})
	r.curve = kit.NewCurve(kit.CurveOptions{})
	r.season = kit.NewPanel(kit.PanelOptions{Title: lang.T("Season"), Body: r.curve, Action: lang.T("Type it"), OnTap: r.typeSeason})
	r.others = kit.NewTable(kit.TableOptions{Columns: []kit.Column{
		{Key: "name", Title: lang.T("Scenario"), Width: 150, Grow: 1, Fixed: true},
		{Key: "status", Title: lang.T("Status"), Width: 88},
		{Key: "year", Title: lang.T("Year"), Width: 92, Align: fyne.TextAlignTrailing},
		{Key: "approved", Title: lang.T("Approved"), Width: 170, Grow: 1},
	}, Select: kit.SelectOne, OnOpen: r.choose})
	r.plans = kit.NewPanel(kit.PanelOptions{Title: lang.T("Scenarios and versions"), Flush: true, Body: r.others, Action: lang.T("History"), OnTap: r.history})
	cards := make([]fyne.CanvasObject, len(r.cards))
	for i, c := range r.cards {
		cards[i] = c
	}
	const seasonHigh = 190
	r.page = kit.Page(
		r.bar, kit.Columns(kit.GapPanel, nil, cards...), kit.Grow(r.panel),
		kit.MinBox(fyne.NewSize(0, seasonHigh), kit.Columns(kit.GapPanel, []float32{1, 1}, r.season, r.plans)))
	r.loader = s.host.Loader(r.root)
	return r
}

// revenueLoaded is what a load brings.
type revenueLoaded struct {
	sheet *app.RevenueSheet
	past  app.RevenueMonths
	years [2]int
}

func (r *revenue) load(v kit.View) {
	q := app.RevenueQuery{Year: r.screen.year, Plan: r.plan, By: r.by, AsOf: v.AsOf}
	a := r.screen.host.App
	kit.Load(r.loader, func(ctx context.Context) (out revenueLoaded, err error) {
		if out.sheet, err = a.Revenue.Sheet(ctx, q); err != nil {
			return out, err
		}
		if out.years, err = readYears(ctx, a, v.AsOf, q.Year); err != nil {
			return out, err
		}
		out.past, err = a.Quotas.Season(ctx, data.Everyone)
		return out, err
	}, func(l revenueLoaded) {
		r.sheet, r.past, r.screen.years = l.sheet, l.past, l.years
		r.show()
		r.screen.host.Changed()
	})
}

// writes reports whether amounts may be changed here.
func (r *revenue) writes() bool {
	return !r.screen.host.App.Book().ReadOnly && r.sheet != nil && r.sheet.Plan != nil && !r.sheet.Plan.Fixed()
}

func (r *revenue) show() {
	if r.sheet.Plan == nil {
		r.root.Objects = []fyne.CanvasObject{r.first()}
		r.root.Refresh()
		return
	}
	r.bar.Objects = []fyne.CanvasObject{r.choices()}
	r.bar.Refresh()
	w := revenueWords{r.sheet, r.screen.host.NumbersOf()}
	for i, c := range w.cards() {
		r.cards[i].Set(c)
	}
	r.makeTable()
	r.rows = w.rows(r.months)
	rows := make(kit.SliceRows, len(r.rows))
	for i := range r.rows {
		rows[i] = r.rows[i].shown
	}
	r.table.SetRows(rows)
	r.panel.SetTitle(w.title())
	r.panel.SetCaption(w.caption())
	r.showSeason()
	r.others.SetRows(w.scenarios())
	r.root.Objects = []fyne.CanvasObject{r.page}
	r.root.Refresh()
}

func (r *revenue) showSeason() {
	whole, past := r.sheet.Whole.Months.Shares(), r.past.Shares()
	num := r.screen.host.NumbersOf()
	opts := kit.CurveOptions{Values: whole[:], Ghost: past[:], Text: func(share float64) string { return num.Number(share, 1) }}
	for _, m := range r.sheet.Months {
		opts.Labels = append(opts.Labels, columnTitle(m))
	}
	caption := lang.T("percent of the year; the lines are what was won over the years")
	if slices.Max(r.past[:]) == 0 {
		opts.Ghost, caption = nil, lang.T("percent of the year; nothing was won yet to compare with")
	}
	if r.writes() {
		opts.OnDone = r.draw
		caption += "; " + lang.T("drag the bars")
	}
	r.season.SetCaption(caption)
	r.curve.Set(opts)
}

// first stands where the year has no plan.
func (r *revenue) first() fyne.CanvasObject {
	opts := kit.EmptyOptions{
		Icon: "quotas", Title: lang.T("No revenue plan for %s yet", r.sheet.Year.Name),
		Text: lang.T("Say what the year is to bring, divide it among regions, segments and product lines, and see what your people can sell beside it. An approved plan becomes everybody’s quota."),
	}
	if !r.screen.host.App.Book().ReadOnly {
		opts.Step, opts.StepIcon, opts.OnTap = lang.T("New plan"), "plus", r.begin
	}
	return kit.NewEmpty(opts)
}

// makeTable makes the table anew where its columns are other ones.
func (r *revenue) makeTable() {
	key := r.by
	if r.months {
		key += " months"
	}
	if r.writes() {
		key += " edit"
	}
	if key == r.made {
		return
	}
	r.made = key
	opts := kit.TableOptions{Columns: revenueColumns(r.sheet, r.months, r.writes()), Select: kit.SelectCells, OnOpen: r.open}
	if r.writes() {
		opts.OnEdit = r.editor
	}
	r.table = kit.NewTable(opts)
	r.tables.Objects = []fyne.CanvasObject{r.table}
	r.tables.Refresh()
}

func (r *revenue) choose(row int) {
	if row < len(r.sheet.Plans) {
		r.pick(r.sheet.Plans[row].ID)
	}
}

func (r *revenue) pick(plan data.ID) {
	r.plan = plan
	r.load(r.screen.host.View())
}

// open goes to the region or segment of a line.
func (r *revenue) open(row int) {
	l := r.rows[row].line
	if l < 0 || r.sheet.Lines[l].ID.IsZero() {
		return
	}
	to := kit.Target{Screen: "territories", Kind: data.KindTerritory, ID: r.sheet.Lines[l].ID}
	if r.by == app.RevenueSegment {
		to.Screen, to.Kind = "market", data.KindSegment
	}
	r.screen.host.Go(to)
}

func (r *revenue) history() {
	if p := r.sheet.Plan; p != nil {
		r.screen.host.ShowHistory(kit.RecordHistory{Kind: data.KindRevenuePlan, ID: p.ID, Name: p.Name})
	}
}
