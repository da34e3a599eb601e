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
	inboxWidth = 312
	decidedMax = 20 // settled conflicts in the list
)

// inbox shows what is to decide at the left, the chosen conflict and the
// history of sharing beside it.
func (s *Screen) inbox() fyne.CanvasObject {
	clashes := of(s.state.clashes, s.filter)
	right := []fyne.CanvasObject{}
	if e, ok := s.decided(); ok {
		right = append(right, s.decidedPanel(e))
	} else if i := s.chosen(clashes); i >= 0 {
		s.current = clashes[i].Row.ID.String()
		right = append(right, s.clashPanel(clashes, i))
	}
	if s.last != nil {
		right = append(right, s.cameLine())
	}
	right = append(right, kit.Grow(s.historyPanel()))
	columns := []fyne.CanvasObject{kit.VBox(kit.GapPanel, right...)}
	if len(s.state.clashes) > 0 || len(settledHere(s.state.events)) > 0 {
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

// decided is the settled conflict that is looked at.
func (s *Screen) decided() (event, bool) {
	for _, e := range settledHere(s.state.events) {
		if e.id.String() == s.current {
			return e, true
		}
	}
	return event{}, false
}

func (s *Screen) listPanel(clashes []app.Clash) fyne.CanvasObject {
	list := kit.NewList(kit.ListOptions{TwoLine: true, Plain: true, OnOpen: s.choose, OnPoint: s.choose})
	zone := s.host.App.Book().Zone
	list.SetRows(append(inbox(clashes, zone), decidedRows(settledHere(s.state.events), zone)...))
	list.Select(s.current)
	body := fyne.CanvasObject(list)
	if len(clashes) > 0 && !s.readOnly() {
		buttons := []fyne.CanvasObject{
			kit.NewButton(kit.ButtonOptions{Text: lang.T("Keep all mine"), Icon: "check", OnTap: func() { s.keepAll(app.Choice{Mine: true}) }}),
			kit.NewButton(kit.ButtonOptions{Text: lang.T("Keep all theirs"), Icon: "check", OnTap: func() { s.keepAll(app.Choice{}) }}),
		}
		foot := []fyne.CanvasObject{kit.HLine(kit.ColorLine), kit.Gap(0, 8), kit.HBox(8, buttons...)}
		if name := s.filter.person; name != "" {
			foot = append(foot, kit.Gap(0, 8), kit.HBox(0, kit.NewButton(kit.ButtonOptions{Text: lang.T("Keep everything of %s", name), Icon: "user", OnTap: s.keepPerson})))
		}
		body = container.NewBorder(nil, kit.Pad(kit.Insets{Left: kit.PadPanel, Right: kit.PadPanel, Bottom: 8}, kit.VBox(0, foot...)), nil, nil, list)
	}
	return kit.NewPanel(kit.PanelOptions{Title: lang.T("Conflicts"), Caption: lang.T("both sides changed the same field"), Flush: true, Body: body})
}

func (s *Screen) choose(key string) {
	if key != "" && key != s.current {
		s.current = key
		s.show()
	}
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
