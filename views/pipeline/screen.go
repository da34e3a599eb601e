// Package pipeline is the screen of deals: the board by stage, the table, and
// the page of one deal.
package pipeline

import (
	"context"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/driver/desktop"

	"fieldbook/app"
	"fieldbook/assets/lang"
	"fieldbook/data"
	"fieldbook/views/kit"
)

// mode is which of the screen's faces is shown.
type mode int

const (
	modeBoard mode = iota
	modeTable
	modeDeal
)

// Screen is the pipeline.
type Screen struct {
	h     *kit.Host
	mode  mode
	back  mode // where the deal's page came from
	wants wants
	kept  bool       // wants was read from the book
	from  kit.Target // the figure whose deals the table shows, if any
	aside filter     // what was looked at before it
	found around

	pending func() // waits for the first load

	root  *fyne.Container
	board *boardFace
	table *tableFace
	deal  *dealFace
	list  []data.Key // the deals shown last, in their order, for previous and next
}

var (
	_ kit.Screen     = (*Screen)(nil)
	_ kit.Picking    = (*Screen)(nil)
	_ kit.Opening    = (*Screen)(nil)
	_ kit.Titled     = (*Screen)(nil)
	_ kit.Acting     = (*Screen)(nil)
	_ kit.Commanding = (*Screen)(nil)
)

// New makes the screen.
func New(h *kit.Host) *Screen {
	s := &Screen{h: h, root: container.NewStack(), wants: firstWants()}
	s.board = newBoardFace(s)
	s.table = newTableFace(s)
	s.deal = newDealFace(s)
	s.show(modeBoard)
	return s
}

// Content implements kit.Screen.
func (s *Screen) Content() fyne.CanvasObject { return s.root }

// Topics implements kit.Screen.
func (s *Screen) Topics() []string {
	return []string{
		data.KindDeal, data.KindAccount, data.KindProduct, data.KindPerson, data.KindStage, data.KindPipeline, data.KindContact,
		data.KindActivity, data.KindStageEntry, data.KindTerritory, data.KindAssignment, data.KindSetting, data.KindCustomField, data.KindRate,
		data.KindCriterion, data.KindCriterionCheck, data.KindGateOverride, data.KindFramework, data.KindFrameworkElement, data.KindQualification,
		data.KindDiscoveryGuide, data.KindDiscoveryQuestion, data.KindDiscoveryAnswer, data.KindSequence, data.KindSequenceStep, data.KindSequenceRun,
		data.KindDealSplit,
	}
}

// Uses implements kit.Picking: the board and the table show what is now, of
// whom the title row says; a deal's page is of one deal.
func (s *Screen) Uses() kit.Uses { return kit.Uses{Scope: s.mode != modeDeal, AsOf: true} }

// Reload implements kit.Screen.
func (s *Screen) Reload(kit.View) {
	switch s.mode {
	case modeBoard:
		s.board.load()
	case modeTable:
		s.table.load()
	case modeDeal:
		s.deal.load()
	}
}

// show brings a face to the front without loading it.
func (s *Screen) show(m mode) {
	s.mode = m
	face := map[mode]fyne.CanvasObject{modeBoard: s.board.loader, modeTable: s.table.loader, modeDeal: s.deal.loader}[m]
	s.root.Objects = []fyne.CanvasObject{face}
	s.root.Refresh()
}

// turn shows a face and loads it.
func (s *Screen) turn(m mode) {
	s.show(m)
	if m != modeDeal {
		s.wants.Table = m == modeTable
		s.keep()
	}
	s.h.Changed()
	s.Reload(s.h.View())
}

// Open implements kit.Opening. The shell reloads a screen only where it is out
// of date, so what was asked for is loaded here.
func (s *Screen) Open(t kit.Target) {
	switch {
	case t.New:
		s.newDeal()
	case t.Kind == data.KindDeal && !t.ID.IsZero():
		s.openDeal(t.ID, nil)
	case t.Keys != nil || t.Query != nil:
		if !s.ofFigure() {
			s.aside = s.wants.Filter
		}
		s.from = t
		s.wants.Filter = filter{}
		s.turn(modeTable)
	}
}

// ofFigure reports whether the table shows the deals behind a figure.
func (s *Screen) ofFigure() bool { return s.from.Keys != nil || s.from.Query != nil }

// leaveFigure shows again what was looked at before.
func (s *Screen) leaveFigure() {
	s.from = kit.Target{}
	s.look(s.aside)
}

// openDeal shows a deal's page; list is what previous and next go through.
func (s *Screen) openDeal(id data.ID, list []data.Key) {
	if s.mode != modeDeal {
		s.back = s.mode
	}
	s.list = list
	s.deal.id, s.deal.key = id, 0
	s.turn(modeDeal)
}

// openKey is openDeal by a row's key.
func (s *Screen) openKey(key data.Key, list []data.Key) {
	if s.mode != modeDeal {
		s.back = s.mode
	}
	s.list = list
	s.deal.id, s.deal.key = data.NoID, key
	s.turn(modeDeal)
}

// Crumbs implements kit.Titled.
func (s *Screen) Crumbs() []kit.Crumb {
	if s.mode != modeDeal {
		return nil
	}
	return []kit.Crumb{{Text: lang.T("Pipeline"), OnTap: s.leaveDeal}, {Text: s.deal.title(), Tag: s.deal.stageName()}}
}

func (s *Screen) leaveDeal() { s.turn(s.back) }

// Tools implements kit.Titled.
func (s *Screen) Tools() []fyne.CanvasObject {
	if s.mode == modeDeal {
		return s.deal.tools()
	}
	face := kit.NewSegmented([]kit.Segment{{Text: lang.T("Board"), Icon: "pipeline"}, {Text: lang.T("Table"), Icon: "cols"}}, func(i int) {
		s.turn(mode(i))
	})
	face.SetCurrent(int(s.mode))
	tools := []fyne.CanvasObject{face}
	if len(s.found.pipelines) > 1 {
		picker := kit.NewPicker(kit.PickerOptions{Icon: "layers", Options: s.found.pipelines, OnPick: func(keys []string) {
			if len(keys) == 1 {
				s.wants.Pipeline = keys[0]
				s.keep()
				s.Reload(s.h.View())
			}
		}}, s.found.pipeline.String())
		tools = append(tools, picker)
	}
	return tools
}

// Primary implements kit.Acting.
func (s *Screen) Primary() *kit.Action {
	if s.mode == modeDeal {
		return &kit.Action{Text: lang.T("Log activity"), Icon: "plus", Do: s.deal.logActivity}
	}
	return &kit.Action{Text: lang.T("New deal"), Icon: "plus", Shortcut: ctrl(fyne.KeyN), Do: s.newDeal}
}

// Commands implements kit.Commanding.
func (s *Screen) Commands() []kit.Action {
	var out []kit.Action
	if s.mode == modeDeal {
		out = append(out,
			kit.Action{Text: lang.T("Back to the pipeline"), Icon: "chevl", Do: s.leaveDeal},
			kit.Action{Text: lang.T("Previous deal"), Icon: "chevl", Shortcut: ctrl(fyne.KeyPageUp), Do: func() { s.deal.step(-1) }},
			kit.Action{Text: lang.T("Next deal"), Icon: "chevr", Shortcut: ctrl(fyne.KeyPageDown), Do: func() { s.deal.step(1) }},
		)
		if !s.readOnly() {
			out = append(out, kit.Action{Text: lang.T("New deal"), Icon: "plus", Shortcut: ctrl(fyne.KeyN), Do: s.newDeal})
			out = append(out, s.deal.shareCommands()...)
		}
	} else {
		out = append(out,
			kit.Action{Text: lang.T("Show the board"), Icon: "pipeline", Do: func() { s.turn(modeBoard) }},
			kit.Action{Text: lang.T("Show the table"), Icon: "cols", Do: func() { s.turn(modeTable) }},
			kit.Action{Text: lang.T("Open the deal"), Icon: "arrow", Do: s.openChosen},
		)
	}
	if s.readOnly() {
		return out
	}
	return append(out, s.editCommands()...)
}

// editCommands change the deal that is open, or those that are chosen.
func (s *Screen) editCommands() []kit.Action {
	return []kit.Action{
		{Text: lang.T("Edit the deal"), Icon: "edit", Shortcut: ctrl(fyne.KeyE), Do: s.editChosen},
		{Text: lang.T("Move to the next stage (Ctrl+Right)"), Icon: "arrow", Do: func() { s.moveChosen(1) }},
		{Text: lang.T("Move to the stage before (Ctrl+Left)"), Icon: "chevl", Do: func() { s.moveChosen(-1) }},
		{Text: lang.T("Move to a stage"), Icon: "arrow", Do: func() { s.withChosen(s.askStage) }},
		{Text: lang.T("Set the next step"), Icon: "cal", Do: func() { s.withChosen(s.askStep) }},
		{Text: lang.T("Let stalled deals wait"), Icon: "clock", Do: func() { s.withChosen(s.askSnooze) }},
		{Text: lang.T("Change the owner"), Icon: "user", Do: func() { s.withChosen(s.askOwner) }},
		{Text: lang.T("Change the close day"), Icon: "clock", Do: func() { s.withChosen(s.askClose) }},
		{Text: lang.T("Change the forecast category"), Icon: "forecast", Do: func() { s.withChosen(s.askCategory) }},
		{Text: lang.T("Export deals"), Icon: "download", Do: s.exportChosen},
		{Text: lang.T("Remove deals (Del)"), Icon: "x", Do: func() { s.withChosen(s.askRemove) }},
	}
}

func (s *Screen) readOnly() bool { return s.h.App.Book().ReadOnly }

func (s *Screen) words() words {
	w := newWords(s.h.App.Book(), s.h.App.Today())
	w.view = s.h.View()
	return w
}

// key acts on a key that board or table have no use for.
func (s *Screen) key(name fyne.KeyName) {
	if s.readOnly() {
		return
	}
	switch name {
	case fyne.KeyN:
		s.newDeal()
	case fyne.KeyE:
		s.editChosen()
	case fyne.KeyDelete, fyne.KeyBackspace:
		s.withChosen(s.askRemove)
	default: // of no use here either
	}
}

func ctrl(key fyne.KeyName) fyne.Shortcut {
	return &desktop.CustomShortcut{KeyName: key, Modifier: fyne.KeyModifierShortcutDefault}
}

// around is what both board and table need to know of the book.
type around struct {
	stages    stageBook
	pipelines []kit.Option
	pipeline  data.ID
	people    []kit.Option
	products  []kit.Option
	kind      *data.Kind
	columns   []column
	scope     []data.Filter
	any       bool // the book has a deal at all
}

// lookAround reads it. It runs away from the screen.
func (s *Screen) lookAround(ctx context.Context, v kit.View, w wants) (around, error) {
	var a around
	stages, err := s.h.App.Pipeline.Stages(ctx)
	if err == nil {
		err = s.h.App.Pipeline.Weigh(ctx, stages)
	}
	if err != nil {
		return a, err
	}
	a.stages = stageBook{stages}
	for _, list := range []struct {
		kind string
		sort string
		into *[]kit.Option
	}{{data.KindPipeline, "position", &a.pipelines}, {data.KindPerson, "name", &a.people}, {data.KindProduct, "name", &a.products}} {
		rows, err := s.h.App.Records.List(ctx, data.Query{Kind: list.kind, Sort: []data.Sort{{Field: list.sort}}})
		if err != nil {
			return a, err
		}
		for _, r := range rows {
			*list.into = append(*list.into, kit.Option{Key: r.ID.String(), Text: r.Title()})
		}
	}
	if a.pipeline, err = s.chosenPipeline(ctx, a, w.Pipeline); err != nil {
		return a, err
	}
	if a.kind, err = s.h.App.Records.Kind(data.KindDeal); err != nil {
		return a, err
	}
	a.columns = columnsOf(a.kind)
	if a.scope, err = s.h.App.ScopeFilters(ctx, v.Scope); err != nil {
		return a, err
	}
	some, err := s.h.App.Records.List(ctx, data.Query{Kind: data.KindDeal, Limit: 1})
	a.any = len(some) > 0
	return a, err
}

// chosenPipeline is the pipeline that was picked, else the one with the most
// open deals.
func (s *Screen) chosenPipeline(ctx context.Context, a around, wanted string) (data.ID, error) {
	for _, p := range a.pipelines {
		if id, err := data.ParseID(wanted); err == nil && p.Key == wanted {
			return id, nil
		}
	}
	return s.h.App.Pipeline.Busiest(ctx, a.stages.all)
}

// base are the conditions of the pipeline and the scope; a figure's own deals
// are shown whoever has them and wherever they stand.
func (a around) base(t kit.Target) []data.Filter {
	switch {
	case t.Keys != nil:
		return []data.Filter{app.KeyFilter(t.Keys)}
	case t.Query != nil:
		return t.Query.Where
	}
	out := []data.Filter{{Field: "stage.pipeline", Test: data.Is, Values: []data.Value{a.pipeline}}}
	return append(out, a.scope...)
}
