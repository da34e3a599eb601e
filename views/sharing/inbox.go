package sharing

import (
	"path/filepath"
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"fieldbook/app"
	"fieldbook/assets/lang"
	"fieldbook/views/kit"
)

// Sizes of the inbox.
const (
	inboxWidth  = 312
	labelWidth  = 122
	sideHigh    = 88
	fieldsShown = 4 // before they scroll
)

// inbox shows what is to decide at the left, the chosen conflict and the
// history of sharing beside it.
func (s *Screen) inbox() fyne.CanvasObject {
	clashes := of(s.state.clashes, s.person)
	right := []fyne.CanvasObject{}
	if i := s.chosen(clashes); i >= 0 {
		s.current = clashes[i].Row.ID.String()
		right = append(right, s.clashPanel(clashes, i))
	}
	if s.last != nil {
		right = append(right, s.cameLine())
	}
	right = append(right, kit.Grow(s.historyPanel()))
	columns := []fyne.CanvasObject{kit.VBox(kit.GapPanel, right...)}
	if len(s.state.clashes) > 0 {
		columns = append([]fyne.CanvasObject{kit.MinBox(fyne.NewSize(inboxWidth, 0), s.listPanel(clashes))}, columns...)
		return kit.Page(kit.Grow(kit.Columns(kit.GapPanel, []float32{0, 1}, columns...)))
	}
	return kit.Page(kit.Grow(columns[0]))
}

// chosen is the index of the conflict that is looked at, -1 where there is none.
func (s *Screen) chosen(clashes []app.Clash) int {
	i := slices.IndexFunc(clashes, func(c app.Clash) bool { return c.Row.ID.String() == s.current })
	if i < 0 && len(clashes) > 0 {
		i = 0
	}
	return i
}

func (s *Screen) listPanel(clashes []app.Clash) fyne.CanvasObject {
	list := kit.NewList(kit.ListOptions{TwoLine: true, Plain: true, OnOpen: s.choose, OnPoint: s.choose})
	list.SetRows(inbox(clashes, s.host.App.Book().Zone))
	list.Select(s.current)
	body := fyne.CanvasObject(list)
	if s.person != "" && !s.readOnly() {
		all := kit.NewButton(kit.ButtonOptions{Text: lang.T("Keep everything of %s", s.person), Icon: "check", OnTap: s.keepAll})
		body = container.NewBorder(nil, kit.Pad(kit.Insets{Left: kit.PadPanel, Right: kit.PadPanel, Top: 8, Bottom: 8}, kit.HBox(0, all)), nil, nil, list)
	}
	return kit.NewPanel(kit.PanelOptions{Title: lang.T("Conflicts"), Caption: lang.T("both sides changed the same field"), Flush: true, Body: body})
}

func (s *Screen) choose(key string) {
	if key != "" && key != s.current {
		s.current = key
		s.show()
	}
}

// clashPanel shows one record: each field as it was, and what each made of it.
func (s *Screen) clashPanel(clashes []app.Clash, n int) fyne.CanvasObject {
	c := clashes[n]
	step := func(by int) func() {
		return func() { s.choose(clashes[min(max(n+by, 0), len(clashes)-1)].Row.ID.String()) }
	}
	head := kit.Pad(kit.Insets{Top: 6, Bottom: 6, Left: kit.PadPanel, Right: kit.PadPanel}, kit.HBox(8,
		kit.Strong(title(c.Row)), kit.NewTag(lang.T(c.Row.Kind.Label), kit.TonePlain), kit.Grow(kit.NewText(c.Row.Labels["owner"], kit.TextStyle{Size: kit.SizeCaption, Color: kit.ColorFg2, Cut: true})),
		kit.NewButton(kit.ButtonOptions{Icon: "chevl", OnTap: step(-1)}), kit.Body(lang.T("%d of %d", n+1, len(clashes))), kit.NewButton(kit.ButtonOptions{Icon: "chevr", OnTap: step(1)}),
	))
	fields := []fyne.CanvasObject{}
	for _, f := range c.Fields {
		fields = append(fields, s.fieldLine(c, f), kit.HLine(kit.ColorLine))
	}
	high := float32(min(len(c.Fields), fieldsShown)) * (sideHigh + 1)
	foot := kit.Pad(kit.Insets{Top: 8, Bottom: 8, Left: kit.PadPanel, Right: kit.PadPanel}, kit.Caption(lang.T("Whatever is kept, every version stays in the record's history, and the choice can be undone.")))
	return kit.NewPanel(kit.PanelOptions{Flush: true, Body: kit.VBox(0, head, kit.HLine(kit.ColorLine),
		kit.MinBox(fyne.NewSize(0, high), container.NewVScroll(kit.VBox(0, fields...))), container.NewStack(kit.Fill(kit.ColorHead), foot))})
}

// fieldLine is one field: its name, what it was, and the sides.
func (s *Screen) fieldLine(c app.Clash, f app.ClashField) fyne.CanvasObject {
	base := f.Base
	if base == "" {
		base = lang.T("empty")
	}
	cells := []fyne.CanvasObject{
		kit.MinBox(fyne.NewSize(labelWidth, sideHigh), inset(kit.VBox(2, kit.Strong(lang.T(f.Label)), kit.Caption(lang.T("not decided"))))),
		sideCell("", kit.VBox(2, kit.Caption(lang.T("Before")), kit.NewText(base, kit.TextStyle{Color: kit.ColorFg2, Cut: true}))),
	}
	weights := []float32{0, 1}
	for _, mine := range []bool{true, false} {
		for i, side := range f.Sides {
			if side.Mine == mine {
				cells = append(cells, s.side(c, side, i == 0))
				weights = append(weights, 1.4)
			}
		}
	}
	return kit.Columns(0, weights, cells...)
}

func inset(o fyne.CanvasObject) fyne.CanvasObject {
	return kit.Pad(kit.Insets{Top: 10, Right: 10, Bottom: 10, Left: kit.PadPanel}, o)
}

// sideCell is a cell with a line at its left, on a ground.
func sideCell(ground kit.Token, o fyne.CanvasObject) fyne.CanvasObject {
	line := container.NewBorder(nil, nil, kit.MinBox(fyne.NewSize(1, 1), kit.Fill(kit.ColorLine)), nil)
	if ground == "" {
		return container.NewStack(line, inset(o))
	}
	return container.NewStack(kit.Fill(ground), line, inset(o))
}

func (s *Screen) side(c app.Clash, side app.ClashSide, shown bool) fyne.CanvasObject {
	whose, button := lang.T("Theirs"), lang.T("Keep theirs")
	if side.Mine {
		whose, button = lang.T("Mine"), lang.T("Keep mine")
	}
	who := kit.HBox(6, kit.NewText(whose, kit.TextStyle{Size: kit.SizeCaption, Bold: true}),
		kit.Grow(kit.NewText(lang.T("%s, %s, %s", side.Name, side.Device, clockWord(side.At, s.host.App.Book().Zone)), kit.TextStyle{Size: kit.SizeCaption, Color: kit.ColorFg2, Cut: true})))
	text := side.Text
	if text == "" {
		text = lang.T("empty")
	}
	lines := []fyne.CanvasObject{who, kit.NewText(text, kit.TextStyle{Bold: shown, Cut: true})}
	if !s.readOnly() {
		icon := "arrow"
		if shown {
			icon = "check"
		}
		row := c.Row
		keep := kit.NewButton(kit.ButtonOptions{Text: button, Icon: icon, OnTap: func() { s.keep(row, side) }})
		lines = append(lines, kit.Gap(0, 2), kit.HBox(8, keep, kit.Caption(shownWord(shown))))
	}
	ground := kit.Token("")
	if shown {
		ground = kit.ColorSel
	}
	return sideCell(ground, kit.VBox(2, lines...))
}

func shownWord(shown bool) string {
	if shown {
		return lang.T("shown now")
	}
	return ""
}

// cameLine says what the last merge brought.
func (s *Screen) cameLine() fyne.CanvasObject {
	line := []fyne.CanvasObject{
		kit.MinBox(fyne.NewSize(kit.IconSize, kit.IconSize), kit.NewIcon("check", kit.ColorGood)),
		kit.Grow(kit.NewText(lang.T("Merged: %s", broughtWords(s.last)), kit.TextStyle{Cut: true})),
	}
	if e, ok := s.lastMerge(); ok {
		line = append(line, kit.NewButton(kit.ButtonOptions{Text: lang.T("Undo the merge"), Icon: "undo", OnTap: func() { s.undo(e) }}))
	}
	return kit.HBox(8, line...)
}

// historyPanel lists what was merged and settled.
func (s *Screen) historyPanel() fyne.CanvasObject {
	zone := s.host.App.Book().Zone
	rows := make(kit.SliceRows, len(s.state.events))
	for i, e := range s.state.events {
		rows[i] = eventRow(e, zone)
	}
	s.history = kit.NewTable(kit.TableOptions{
		Columns: []kit.Column{
			{Key: "at", Title: lang.T("When"), Width: 160},
			{Key: "what", Title: lang.T("What"), Width: 200, Grow: 1},
			{Key: "who", Title: lang.T("Who"), Width: 120},
			{Key: "device", Title: lang.T("Computer"), Width: 100},
			{Key: "rows", Title: lang.T("Records"), Width: 70, Align: fyne.TextAlignTrailing},
			{Key: "state", Title: lang.T("State"), Width: 90},
		},
		Rows: rows, OnSelect: s.pointed,
		Empty: kit.NewEmpty(kit.EmptyOptions{Icon: "merge", Title: lang.T("Nothing merged yet"), Text: lang.T("Drop a colleague's .fieldbook file on the window, or choose Receive a file.")}),
	})
	body := fyne.CanvasObject(s.history)
	if !s.readOnly() && len(rows) > 0 {
		s.undoer = kit.NewButton(kit.ButtonOptions{Text: lang.T("Undo this step"), Icon: "undo", OnTap: s.undoPointed})
		s.undoer.Disable()
		body = container.NewBorder(kit.Pad(kit.Insets{Left: kit.PadPanel, Bottom: 8}, kit.HBox(0, s.undoer)), nil, nil, nil, s.history)
	}
	return kit.NewPanel(kit.PanelOptions{Title: lang.T("Merged and settled"), Caption: s.sharedWord(), Flush: true, Body: body})
}

func (s *Screen) sharedWord() string {
	if !s.state.ever {
		return lang.T("nothing was shared from here yet")
	}
	return lang.T("last shared %s in %s", clockWord(s.state.shared.At, s.host.App.Book().Zone), filepath.Base(s.state.shared.File))
}

// event is the step that is pointed at in the history.
func (s *Screen) event() (event, bool) {
	ids := s.history.SelectedIDs()
	for _, e := range s.state.events {
		if len(ids) == 1 && e.id.String() == ids[0] {
			return e, true
		}
	}
	return event{}, false
}

func (s *Screen) pointed() {
	if s.undoer == nil {
		return
	}
	if e, ok := s.event(); ok && e.mine && !e.undone {
		s.undoer.Enable()
	} else {
		s.undoer.Disable()
	}
}

func (s *Screen) undoPointed() {
	if e, ok := s.event(); ok {
		s.undo(e)
	}
}
