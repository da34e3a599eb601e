package pipeline

import (
	"context"
	"encoding/json"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"fieldbook/app"
	"fieldbook/assets/lang"
	"fieldbook/data"
	"fieldbook/views/kit"
)

// chipRow is what stands above the table: which deals, what is to be mended,
// what is filtered, and the views that were saved.
func (f *tableFace) chipRow(d tableData) fyne.CanvasObject {
	s, w := f.s, f.s.words()
	all, shown := app.SumTotals(d.base, nil), app.SumTotals(d.totals, nil)
	states := append([]fyne.CanvasObject{}, f.figureChip()...)
	states = append(states, f.stateChips(d.base, w)...)
	tools := []fyne.CanvasObject{
		kit.Grow(sideways(states)),
		kit.NewText(w.view.Holds(lang.T("%s of %s deals", w.num.Count(shown.Count), w.num.Count(all.Count))), kit.TextStyle{Color: kit.ColorFg2}),
		f.searchButton(), f.viewPicker(), f.columnButton(),
	}
	upper := kit.HBox(6, tools...)
	lower := sideways(append([]fyne.CanvasObject{s.choicePicker("stage"), s.choicePicker("owner"), s.choicePicker("product"), s.closePicker()}, f.filterChips(w)...))
	return kit.VBox(8, upper, lower)
}

// sideways puts chips beside each other; they scroll where they do not fit,
// so that a long name never pushes the window wider.
func sideways(chips []fyne.CanvasObject) fyne.CanvasObject {
	return container.NewHScroll(kit.HBox(6, chips...))
}

// figureChip names the figure whose deals are shown; its cross shows all again.
func (f *tableFace) figureChip() []fyne.CanvasObject {
	t := f.s.from
	if t.Keys == nil && t.Query == nil {
		return nil
	}
	name := t.Title
	if name == "" {
		name = lang.T("Chosen deals")
	}
	return []fyne.CanvasObject{newChip(chipOptions{value: name, cross: true, tap: f.s.leaveFigure})}
}

// stateChips are open, won and lost, and what open deals lack.
func (f *tableFace) stateChips(base []app.StageTotal, w words) []fyne.CanvasObject {
	s := f.s
	var out []fyne.CanvasObject
	for _, x := range []struct{ state, label string }{{data.StageOpen, lang.T("Open")}, {data.StageWon, lang.T("Won")}, {data.StageLost, lang.T("Lost")}} {
		n := app.SumTotals(base, func(t app.StageTotal) bool { return t.Type == x.state }).Count
		on := s.wants.Filter.State == x.state
		out = append(out, newChip(chipOptions{name: x.label, value: w.num.Count(n), on: on, tap: func() {
			look := s.wants.Filter
			look.State, look.Fix = x.state, ""
			if on {
				look.State = ""
			}
			s.look(look)
		}}))
	}
	out = append(out, kit.MinBox(fyne.NewSize(1, 16), kit.Fill(kit.ColorLine2)))
	open := app.SumTotals(base, func(t app.StageTotal) bool { return t.Type == data.StageOpen })
	for _, x := range fixes() {
		if n := x.count(open); n > 0 || s.wants.Filter.Fix == x.key {
			out = append(out, s.fixChip(x, n, w))
		}
	}
	return out
}

// filterChips are the filters of columns that have no picker, and the search.
func (f *tableFace) filterChips(w words) []fyne.CanvasObject {
	s := f.s
	var out []fyne.CanvasObject
	for _, c := range s.found.columns {
		cf := s.wants.Filter.column(c.key)
		if cf.empty() || c.key == "stage" || c.key == "owner" || c.key == "product" || c.key == "close" {
			continue
		}
		out = append(out, newChip(chipOptions{name: c.title, value: w.chipText(c, cf), cross: true, tap: func() {
			s.look(s.wants.Filter.with(c.key, columnFilter{}))
		}}))
	}
	if text := s.wants.Filter.Search; text != "" {
		out = append(out, newChip(chipOptions{name: lang.T("Search"), value: "“" + text + "”", cross: true, tap: func() {
			look := s.wants.Filter
			look.Search = ""
			s.look(look)
		}}))
	}
	if s.wants.Filter.narrow() {
		out = append(out, kit.NewLink(lang.T("Save as view"), s.askView), kit.NewLink(lang.T("Clear"), func() { s.look(filter{State: s.wants.Filter.State}) }))
	}
	return out
}

// searchButton asks for words to look for.
func (f *tableFace) searchButton() fyne.CanvasObject {
	return kit.NewButton(kit.ButtonOptions{Icon: "search", OnTap: f.s.askSearch})
}

// askSearch looks for words in names, accounts, products and external ids.
func (s *Screen) askSearch() {
	look := s.wants.Filter
	s.form(formAsk{title: lang.T("Search deals"), save: lang.T("Search"), fields: []kit.Field{
		{Key: "text", Label: lang.T("Words in the name, account, product or external ID"), Value: look.Search, Wide: true},
	}, then: func(v kit.Values) error {
		look.Search = v["text"]
		s.look(look)
		return nil
	}})
}

// columnButton shows and hides columns.
func (f *tableFace) columnButton() fyne.CanvasObject {
	var b *kit.Button
	b = kit.NewButton(kit.ButtonOptions{Text: lang.T("Columns"), Icon: "cols", OnTap: func() { f.s.h.ShowUnder(b, f.table.ColumnItems()...) }})
	return b
}

// viewPicker brings back a saved view.
func (f *tableFace) viewPicker() fyne.CanvasObject {
	s := f.s
	var options []kit.Option
	for _, v := range s.wants.views {
		options = append(options, kit.Option{Key: v.Name, Text: v.Name, Icon: "star"})
	}
	if len(options) == 0 {
		return kit.Gap(0, 0)
	}
	for _, v := range s.wants.views {
		options = append(options, kit.Option{Key: dropPrefix + v.Name, Text: lang.T("Forget “%s”", v.Name), Group: lang.T("Forget")})
	}
	return kit.NewPicker(kit.PickerOptions{Icon: "star", Text: lang.T("Views"), Options: options, OnPick: func(keys []string) {
		if len(keys) == 1 {
			s.pickView(keys[0])
		}
	}})
}

const dropPrefix = "forget:"

func (s *Screen) pickView(key string) {
	for _, v := range s.wants.views {
		switch key {
		case dropPrefix + v.Name:
			s.wants.views = dropView(s.wants.views, v.Name)
			s.h.Remember(prefViews, s.wants.views)
			s.Reload(s.h.View())
			return
		case v.Name:
			var state kit.TableState
			if json.Unmarshal([]byte(v.Table), &state) == nil {
				s.table.table.SetState(state)
				s.h.Remember(prefTable, state)
			}
			s.from = kit.Target{}
			s.look(v.Filter)
			return
		}
	}
}

// askView keeps the filter, the order and the columns under a name.
func (s *Screen) askView() {
	s.form(formAsk{title: lang.T("Save as view"), fields: []kit.Field{
		{Key: "name", Label: lang.T("Name"), Required: true, Wide: true, Help: lang.T("Filter, order and columns come back under this name")},
	}, then: func(v kit.Values) error {
		state, err := json.Marshal(s.table.table.State())
		if err != nil {
			return err
		}
		s.wants.views = keepView(s.wants.views, savedView{Name: v["name"], Filter: s.wants.Filter, Table: string(state)})
		s.h.Remember(prefViews, s.wants.views)
		s.Reload(s.h.View())
		return nil
	}})
}

// bulkBar is what can be done with the selected deals.
type bulkBar struct {
	s      *Screen
	root   *fyne.Container
	count  *kit.Text
	sums   *kit.Text
	loader *kit.Loader
}

func newBulkBar(s *Screen) *bulkBar {
	b := &bulkBar{s: s, count: kit.Strong(""), sums: kit.NewText("", kit.TextStyle{Color: kit.ColorFg2})}
	b.loader = s.h.Loader(b.sums)
	row := []fyne.CanvasObject{b.count, kit.Grow(b.loader)}
	for _, a := range []struct {
		text, icon string
		do         func(chosen)
	}{
		{lang.T("Set next step"), "cal", s.askStep},
		{lang.T("Move stage"), "arrow", s.askStage},
		{lang.T("Owner"), "user", s.askOwner},
		{lang.T("Close day"), "clock", s.askClose},
		{lang.T("Category"), "forecast", s.askCategory},
		{lang.T("Remove"), "x", s.askRemove},
	} {
		if !s.readOnly() {
			row = append(row, kit.NewButton(kit.ButtonOptions{Text: a.text, Icon: a.icon, OnTap: func() { s.withChosen(a.do) }}))
		}
	}
	row = append(row, kit.NewButton(kit.ButtonOptions{Text: lang.T("Export"), Icon: "download", OnTap: s.exportChosen}),
		kit.NewButton(kit.ButtonOptions{Text: lang.T("Clear"), Kind: kit.ButtonBare, OnTap: func() { s.table.table.ClearSelection() }}))
	line := kit.Pad(kit.Insets{Left: kit.PadPanel, Right: kit.PadPanel}, kit.HBox(8, row...))
	b.root = container.NewBorder(kit.HLine(kit.ColorLine), nil, nil, nil, kit.MinBox(fyne.NewSize(0, 48), kit.Fill(kit.ColorSel), line))
	b.root.Hide()
	return b
}

func (b *bulkBar) show(keys []data.Key) {
	if len(keys) == 0 {
		b.loader.Cancel()
		b.root.Hide()
		return
	}
	w := b.s.words()
	b.count.SetText(lang.T("%s selected", w.num.Count(len(keys))))
	kit.Load(b.loader, func(ctx context.Context) (app.StageTotal, error) {
		totals, err := b.s.h.App.Pipeline.StageTotals(ctx, data.Query{Where: []data.Filter{app.KeyFilter(keys)}})
		return app.SumTotals(totals, nil), err
	}, func(t app.StageTotal) {
		b.sums.SetText(lang.T("%s value, %s weighted", w.num.Whole(t.Value), w.num.Whole(t.Weighted)))
	})
	b.root.Show()
	b.root.Refresh()
}

// exportChosen writes the selected deals, or all that are shown, to a file.
func (s *Screen) exportChosen() {
	keys := s.choose().keys
	if len(keys) == 0 {
		keys = s.shown()
	}
	s.h.ExportRows(data.KindDeal, keys)
}
