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

// cardsAtFirst is how many cards of a column are read; the rest stand in the table.
const cardsAtFirst = 60

// Orders of the cards.
const (
	orderStep  = "step"
	orderClose = "close"
	orderValue = "value"
	orderSince = "since"
)

func orderOptions() []kit.Option {
	return []kit.Option{
		{Key: orderStep, Text: lang.T("Sort: next step")},
		{Key: orderClose, Text: lang.T("Sort: close day")},
		{Key: orderValue, Text: lang.T("Sort: value")},
		{Key: orderSince, Text: lang.T("Sort: longest in stage")},
	}
}

func orderSort(order string) []data.Sort {
	switch order {
	case orderClose:
		return []data.Sort{{Field: "close_day"}}
	case orderValue:
		return []data.Sort{{Field: app.DealValue, Desc: true}}
	case orderSince:
		return []data.Sort{{Field: app.DealStageDay}}
	}
	return []data.Sort{{Field: app.DealStepDay}}
}

// boardFace is the board with its toolbar.
type boardFace struct {
	s      *Screen
	loader *kit.Loader
	body   *fyne.Container
	bar    *fyne.Container
	board  *kit.Board
	cards  boardCards
}

// boardCards are the columns of the board with what was read of their cards.
type boardCards struct {
	w       words
	stages  []app.Stage
	columns []kit.BoardColumn
	deals   [][]app.Deal
	gates   *app.GatePreview
}

// Columns implements kit.BoardSource.
func (c boardCards) Columns() []kit.BoardColumn { return c.columns }

// Len implements kit.BoardSource.
func (c boardCards) Len(column int) int { return len(c.deals[column]) }

// Card implements kit.BoardSource.
func (c boardCards) Card(column, index int) kit.BoardCard {
	return c.w.cardOf(c.deals[column][index], c.stages[column])
}

// deal finds a card's deal and the column it stands in.
func (c boardCards) deal(key data.Key) (app.Deal, int) {
	for i, deals := range c.deals {
		for _, d := range deals {
			if d.Key == key {
				return d, i
			}
		}
	}
	return app.Deal{}, -1
}

// keys are the deals of all cards, column by column.
func (c boardCards) keys() []data.Key {
	var out []data.Key
	for _, deals := range c.deals {
		for _, d := range deals {
			out = append(out, d.Key)
		}
	}
	return out
}

func newBoardFace(s *Screen) *boardFace {
	f := &boardFace{s: s, body: container.NewStack(), bar: container.NewStack()}
	f.board = kit.NewBoard(f.cards, kit.BoardOptions{
		Runner: s.h.Runner, OnOpen: f.open, OnMove: f.move, OnShowAll: f.showAll, OnKey: s.key, Hint: f.hint,
	})
	f.loader = s.h.Loader(kit.Pad(kit.Insets{Top: 10, Right: kit.PadPage, Bottom: 12, Left: kit.PadPage}, kit.VBox(10, kit.MinBox(fyne.NewSize(0, kit.HeightControl), f.bar), kit.Grow(f.body))))
	return f
}

// boardData is what one load of the board brings.
type boardData struct {
	known
	totals []app.StageTotal // of the filter, all stages of the pipeline
	base   []app.StageTotal // without it
	cards  boardCards
}

func (f *boardFace) load() {
	s, view := f.s, f.s.h.View()
	wants, kept := s.wants, s.kept
	kit.Load(f.loader, func(ctx context.Context) (boardData, error) {
		k, err := s.know(ctx, view, wants, kept)
		if err != nil {
			return boardData{}, err
		}
		d := boardData{known: k}
		return d, f.read(ctx, &d)
	}, f.show)
}

// read fetches totals and cards. It runs away from the screen.
func (f *boardFace) read(ctx context.Context, d *boardData) error {
	var err error
	base := d.found.base(kit.Target{})
	if d.base, err = f.s.h.App.Pipeline.Overview(ctx, data.Query{Where: base}); err != nil {
		return err
	}
	look := d.wants.Filter
	look.State = ""
	asked, err := f.s.where(ctx, d.found, look)
	if err != nil {
		return err
	}
	where := append(base, asked...)
	d.totals = d.base
	if look.narrow() {
		if d.totals, err = f.s.h.App.Pipeline.Overview(ctx, data.Query{Where: where, Search: look.Search}); err != nil {
			return err
		}
	}
	d.cards = boardCards{w: f.s.words(), stages: d.found.stages.pipeline(d.found.pipeline)}
	for _, st := range d.cards.stages {
		deals, err := f.readColumn(ctx, st, data.Query{Where: where, Search: look.Search, Sort: orderSort(d.wants.Order)})
		if err != nil {
			return err
		}
		d.cards.deals = append(d.cards.deals, deals)
	}
	d.cards.columns = boardColumns(d.cards, d.totals)
	var rows []data.Row
	for _, deals := range d.cards.deals {
		for _, x := range deals {
			rows = append(rows, x.Row)
		}
	}
	d.cards.gates, err = f.s.h.App.Process.Preview(ctx, rows)
	return err
}

func (f *boardFace) readColumn(ctx context.Context, st app.Stage, q data.Query) ([]app.Deal, error) {
	if st.Type != data.StageOpen {
		return nil, nil
	}
	q.Kind, q.Limit = data.KindDeal, cardsAtFirst
	q.Where = append(append([]data.Filter(nil), q.Where...), data.Filter{Field: "stage", Test: data.Is, Values: []data.Value{st.ID}})
	keys, err := f.s.h.App.Records.Keys(ctx, q)
	if err != nil {
		return nil, err
	}
	return f.s.h.App.Pipeline.Deals(ctx, keys)
}

// boardColumns heads the columns: count, sum, weighted, and bars in the scale
// of the largest open one.
func boardColumns(c boardCards, totals []app.StageTotal) []kit.BoardColumn {
	byStage := map[data.ID]app.StageTotal{}
	var largest int64 = 1
	for _, t := range totals {
		byStage[t.Stage] = t
		if t.Type == data.StageOpen {
			largest = max(largest, t.Value)
		}
	}
	out := make([]kit.BoardColumn, len(c.stages))
	for i, st := range c.stages {
		t := byStage[st.ID]
		col := kit.BoardColumn{Key: st.ID.String(), Title: st.Name, Count: c.w.num.Count(t.Count)}
		if st.Type != data.StageOpen {
			col.Slim, col.Caption = true, map[string]string{data.StageWon: "check", data.StageLost: "x"}[st.Type]
			out[i] = col
			continue
		}
		col.Sum, col.Caption = c.w.num.Short(t.Value), lang.T("%s at %s", c.w.num.Short(t.Weighted), c.w.percent(st.Weight()))
		col.Whole, col.Part = float64(t.Value)/float64(largest), float64(t.Weighted)/float64(largest)
		if more := t.Count - len(c.deals[i]); more > 0 {
			col.More = lang.T("%s more", c.w.num.Count(more))
		}
		out[i] = col
	}
	return out
}

func (f *boardFace) show(d boardData) {
	s := f.s
	if s.learn(d.known) {
		s.turn(modeTable)
		return
	}
	f.cards = d.cards
	f.bar.Objects = nil
	if d.found.any {
		f.bar.Objects = []fyne.CanvasObject{f.toolbar(d)}
	}
	f.bar.Refresh()
	switch {
	case len(d.cards.stages) == 0:
		f.put(kit.NewEmpty(kit.EmptyOptions{
			Icon: "pipeline", Title: lang.T("No pipeline yet"),
			Text: lang.T("A pipeline is the row of stages that deals go through. Make one in Settings, or import deals with their stages."),
		}))
	case !d.found.any:
		f.put(s.noDeals())
	default:
		f.board.SetSource(f.cards)
		f.put(f.board)
	}
}

func (f *boardFace) put(o fyne.CanvasObject) {
	if len(f.body.Objects) != 1 || f.body.Objects[0] != o {
		f.body.Objects = []fyne.CanvasObject{o}
		f.body.Refresh()
	}
}

// noDeals is the empty state of a book without deals.
func (s *Screen) noDeals() fyne.CanvasObject {
	opts := kit.EmptyOptions{
		Icon: "pipeline", Title: lang.T("No deals yet"),
		Text: lang.T("Each deal is a card that moves from stage to stage. Enter the first one, or import those you have from a file."),
	}
	if !s.readOnly() {
		opts.Step, opts.StepIcon, opts.OnTap = lang.T("New deal"), "plus", s.newDeal
	}
	return kit.NewEmpty(opts)
}

// toolbar is the row above the board.
func (f *boardFace) toolbar(d boardData) fyne.CanvasObject {
	s, w := f.s, d.cards.w
	open := func(t app.StageTotal) bool { return t.Type == data.StageOpen }
	base, now := app.SumTotals(d.base, open), app.SumTotals(d.totals, open)
	row := []fyne.CanvasObject{s.closePicker(), s.choicePicker("product")}
	for _, x := range fixes() {
		n := x.count(base)
		if n == 0 && s.wants.Filter.Fix != x.key {
			continue
		}
		if x.key == "no_step" || x.key == "no_close" || x.key == "past_close" {
			continue // the table's; a board says these on its cards
		}
		row = append(row, s.fixChip(x, n, w))
	}
	note := kit.Space()
	if w.view.Part != "" {
		note = kit.Grow(kit.NewText(lang.T("of what this book holds"), kit.TextStyle{Size: kit.SizeCaption, Color: kit.ColorFg2, Align: fyne.TextAlignTrailing, Cut: true}))
	}
	row = append(row, note, kit.Strong(w.num.Count(now.Count)), kit.NewText(lang.T("open"), kit.TextStyle{Color: kit.ColorFg2}),
		kit.Gap(4, 0), swatch(kit.ColorRamp2), kit.Strong(w.num.Short(now.Value)), kit.NewText(lang.T("value"), kit.TextStyle{Color: kit.ColorFg2}),
		kit.Gap(4, 0), swatch(kit.ColorAccent), kit.Strong(w.num.Short(now.Weighted)), kit.NewText(lang.T("weighted"), kit.TextStyle{Color: kit.ColorFg2}),
		kit.Gap(4, 0), s.orderPicker())
	return kit.HBox(6, row...)
}

func swatch(token kit.Token) fyne.CanvasObject {
	return kit.MinBox(fyne.NewSize(8, 8), kit.Fill(token))
}

func (s *Screen) orderPicker() fyne.CanvasObject {
	return kit.NewPicker(kit.PickerOptions{Options: orderOptions(), OnPick: func(keys []string) {
		if len(keys) == 1 {
			s.wants.Order = keys[0]
			s.keep()
			s.Reload(s.h.View())
		}
	}}, s.wants.Order)
}

func (f *boardFace) open(key string) { f.s.openKey(parseKey(key), f.cards.keys()) }

// showAll lists a whole column in the table.
func (f *boardFace) showAll(column string) {
	id, err := data.ParseID(column)
	if err != nil {
		return
	}
	name := f.s.found.stages.of(id).Name
	f.s.wants.Filter = f.s.wants.Filter.with("stage", columnFilter{Keys: []string{column}, Names: []string{name}})
	f.s.wants.Filter.State = data.StageOpen
	f.s.turn(modeTable)
}

// hint says, while a card is dragged over a column, what its gates ask for.
func (f *boardFace) hint(key, column string) *kit.DropHint {
	d, at := f.cards.deal(parseKey(key))
	id, err := data.ParseID(column)
	if at < 0 || err != nil {
		return nil
	}
	items := f.cards.gates.Items(d.Row, id)
	if len(items) == 0 {
		return nil
	}
	out := &kit.DropHint{Title: lang.T("To go to %s", f.s.found.stages.of(id).Name), Caption: app.DealName(d.Row), Note: lang.T("All is there.")}
	missing := 0
	for _, it := range items {
		text := it.Name
		if it.Type == data.CriterionFramework {
			text = lang.T("%s, %d of %d points", text, it.Points, it.Criterion.Points)
		}
		if !it.Met {
			missing++
		}
		out.Checks = append(out.Checks, kit.DropCheck{Text: text, Met: it.Met})
	}
	out.Badge = lang.T("%d of %d", len(items)-missing, len(items))
	if missing > 0 {
		out.Note = lang.T("Drop it to fill in what is missing, or to say why it goes on without.")
	}
	return out
}

// move answers a card that was dropped, or moved by keys.
func (f *boardFace) move(key, column string) {
	d, at := f.cards.deal(parseKey(key))
	id, err := data.ParseID(column)
	if at < 0 || err != nil || f.s.readOnly() {
		return
	}
	f.s.moveDeal(d, f.s.found.stages.of(id))
}
