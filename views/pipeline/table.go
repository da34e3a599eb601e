package pipeline

import (
	"context"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"fieldbook/app"
	"fieldbook/assets/lang"
	"fieldbook/data"
	"fieldbook/views/kit"
)

// tableFace is the table with its chips, its totals and the bar of what can be
// done with many deals at once.
type tableFace struct {
	s      *Screen
	loader *kit.Loader
	chips  *fyne.Container
	body   *fyne.Container
	frame  *fyne.Container
	bulk   *bulkBar
	table  *kit.Table
	shape  string         // of the columns that the table was made for
	state  kit.TableState // remembered before there was a table
	barred bool           // the bulk bar is shown
	keys   []data.Key
	deals  map[data.Key]app.Deal // those that were looked at lately
	pages  *kit.Pages[app.Deal]
	totals []app.StageTotal
}

func newTableFace(s *Screen) *tableFace {
	f := &tableFace{s: s, chips: container.NewStack(), body: container.NewStack(), deals: map[data.Key]app.Deal{}}
	f.bulk = newBulkBar(s)
	f.frame = container.NewStack(
		kit.NewBox(kit.BoxStyle{Fill: kit.ColorBg, Line: kit.ColorLine, Radius: kit.RadiusPanel}),
		kit.Pad(kit.Insets{Top: 1, Right: 1, Bottom: 1, Left: 1}, container.NewBorder(nil, f.bulk.root, nil, nil, f.body)),
	)
	content := kit.Pad(kit.Insets{Top: 10, Right: kit.PadPage, Bottom: 12, Left: kit.PadPage}, kit.VBox(10, kit.MinBox(fyne.NewSize(0, 2*kit.HeightControl+8), f.chips), kit.Grow(f.frame)))
	f.loader = s.h.Loader(content)
	return f
}

// take sets the columns as they are remembered.
func (f *tableFace) take(state kit.TableState) { f.state = state }

// dealRows are the rows of the table, fetched in pages. They know every row's
// id, so that the selection outlives a reload.
type dealRows struct {
	f    *tableFace
	keys []data.Key
}

// Len implements kit.Rows.
func (r dealRows) Len() int { return len(r.keys) }

// Row implements kit.Rows.
func (r dealRows) Row(i int) (kit.Row, bool) {
	d, ok := r.f.pages.At(i)
	if !ok {
		return kit.Row{ID: keyText(r.keys[i])}, false
	}
	return r.f.s.words().rowOf(d, r.f.s.found.stages.of(d.Ref("stage")), r.f.s.found.columns), true
}

// Visible passes on what is looked at.
func (r dealRows) Visible(from, to int) { r.f.pages.Visible(from, to) }

// Index finds a row by its id.
func (r dealRows) Index(id string) (int, bool) {
	want := parseKey(id)
	for i, key := range r.keys {
		if key == want {
			return i, true
		}
	}
	return 0, false
}

// tableData is what one load of the table brings.
type tableData struct {
	known
	keys   []data.Key
	totals []app.StageTotal // of the filter
	base   []app.StageTotal // without it
}

func (f *tableFace) load() {
	s, view := f.s, f.s.h.View()
	wants, kept, from := s.wants, s.kept, s.from
	sort := f.sort()
	kit.Load(f.loader, func(ctx context.Context) (tableData, error) {
		k, err := s.know(ctx, view, wants, kept)
		if err != nil {
			return tableData{}, err
		}
		if !kept {
			sort = k.wants.columns.Sort
			if from.Keys != nil || from.Query != nil {
				k.wants.Filter = wants.Filter
			}
		}
		d := tableData{known: k}
		return d, f.read(ctx, &d, from, sort)
	}, f.show)
}

// sort is the table's order.
func (f *tableFace) sort() []kit.SortKey {
	if f.table != nil {
		return f.table.State().Sort
	}
	return f.state.Sort
}

// read fetches the keys and the totals. It runs away from the screen.
func (f *tableFace) read(ctx context.Context, d *tableData, from kit.Target, sort []kit.SortKey) error {
	base := d.found.base(from)
	look := d.wants.Filter
	asked, err := f.s.where(ctx, d.found, look)
	if err != nil {
		return err
	}
	where := append(append([]data.Filter(nil), base...), asked...)
	if d.base, err = f.s.h.App.Pipeline.Overview(ctx, data.Query{Where: base}); err != nil {
		return err
	}
	q := data.Query{Kind: data.KindDeal, Where: where, Search: look.Search, Sort: sortsOf(d.found.columns, sort)}
	if d.totals, err = f.s.h.App.Pipeline.StageTotals(ctx, q); err != nil {
		return err
	}
	d.keys, err = f.s.h.App.Records.Keys(ctx, q)
	return err
}

func (f *tableFace) show(d tableData) {
	s := f.s
	s.learn(d.known)
	f.makeTable()
	f.keys, f.totals = d.keys, d.totals
	clear(f.deals)
	f.pages = f.newPages(d.keys)
	const most = 500 // a larger selection is not worth asking every row for
	if f.table.Selection().Count() > most {
		f.table.ClearSelection()
	}
	f.table.SetRows(dealRows{f, d.keys})
	f.table.SetTotals(s.words().totalsRow(s.found.columns, app.SumTotals(d.totals, nil)))
	f.table.SetFiltered(s.wants.Filter.filtered(s.found.columns)...)
	f.chips.Objects = []fyne.CanvasObject{f.chipRow(d)}
	f.chips.Refresh()
	f.selected()
	var shown fyne.CanvasObject = f.table
	if !s.found.any {
		shown = s.noDeals()
	}
	f.body.Objects = []fyne.CanvasObject{shown}
	f.body.Refresh()
}

// newPages fetches deals of a list by their place in it.
func (f *tableFace) newPages(keys []data.Key) *kit.Pages[app.Deal] {
	return kit.NewPages(kit.PagesOptions[app.Deal]{
		Context: f.s.h.Context, Runner: f.s.h.Runner,
		Fetch: func(ctx context.Context, from, n int) ([]app.Deal, error) {
			return f.s.h.App.Pipeline.Deals(ctx, keys[from:min(from+n, len(keys))])
		},
		OnLoaded: func(from, to int) {
			for i := from; i < to; i++ {
				if d, ok := f.pages.At(i); ok {
					f.deals[d.Key] = d
				}
			}
			f.table.RowsChanged(from, to)
		},
		OnError: func(err error) { f.s.h.Say(kit.Message(err, lang.T("Some rows could not be read"))) },
	})
}

// makeTable makes the table, and again where the book got other columns.
func (f *tableFace) makeTable() {
	shape := ""
	for _, c := range f.s.found.columns {
		shape += c.key + " "
	}
	if f.table != nil && f.shape == shape {
		return
	}
	if f.table != nil {
		f.state = f.table.State()
	}
	f.shape = shape
	f.table = kit.NewTable(kit.TableOptions{
		Columns: kitColumns(f.s.found.columns), Select: kit.SelectMany, Check: true, State: f.state,
		Empty: kit.NewEmpty(kit.EmptyOptions{
			Icon: "search", Title: lang.T("No deal passes the filter"), Text: lang.T("Take a chip away, or look at all deals."),
			Step: lang.T("Show all deals"), OnTap: f.clear,
		}),
		OnOpen:   func(row int) { f.s.openKey(f.keys[row], f.keys) },
		OnSelect: f.selected,
		OnSort:   func([]kit.SortKey) { f.load() },
		OnState:  func(state kit.TableState) { f.s.h.Remember(prefTable, state) },
		OnFilter: f.askHeader,
		OnMenu:   f.menu,
		OnKey:    f.s.key,
	})
}

// askHeader asks for the filter of the column whose header was clicked.
func (f *tableFace) askHeader(key string, _ fyne.Position) { f.s.askFilter(key) }

func (f *tableFace) clear() {
	f.s.from = kit.Target{}
	f.s.look(filter{})
}

// chosen are the selected deals.
func (f *tableFace) chosen() []data.Key {
	if f.table == nil {
		return nil
	}
	var out []data.Key
	for i := range f.table.Selection().Rows() {
		if i < len(f.keys) {
			out = append(out, f.keys[i])
		}
	}
	return out
}

// selected keeps the bulk bar in step with the selection.
func (f *tableFace) selected() {
	keys := f.chosen()
	if f.bulk.show(keys); f.bulk.root.Visible() != f.barred {
		f.barred = f.bulk.root.Visible()
		f.frame.Refresh() // its layout does not hear of it
	}
}

// menu is the right click on a deal.
func (f *tableFace) menu(row int, at fyne.Position) {
	s := f.s
	items := []*fyne.MenuItem{fyne.NewMenuItem(lang.T("Open"), func() { s.openKey(f.keys[row], f.keys) })}
	if !s.readOnly() {
		items = append(items, fyne.NewMenuItemSeparator())
		for _, a := range []struct {
			text string
			do   func(chosen)
		}{
			{lang.T("Move to a stage"), s.askStage},
			{lang.T("Set the next step"), s.askStep},
			{lang.T("Change the owner"), s.askOwner},
			{lang.T("Change the close day"), s.askClose},
			{lang.T("Change the forecast category"), s.askCategory},
			{lang.T("Remove"), s.askRemove},
		} {
			items = append(items, fyne.NewMenuItem(a.text, func() { s.withChosen(a.do) }))
		}
	}
	items = append(items, fyne.NewMenuItemSeparator(), fyne.NewMenuItem(lang.T("Export"), s.exportChosen))
	s.h.ShowMenu(at, items...)
}
