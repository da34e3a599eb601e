package settings

import (
	"context"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"fieldbook/assets/lang"
	"fieldbook/data"
	"fieldbook/views/kit"
)

// logLimit is how many steps the activity log shows.
const logLimit = 1000

// logPage is who did what and when; steps of this computer can be taken back.
type logPage struct {
	screen *Screen
	table  *kit.Table
	undo   *kit.Button
	panel  *kit.Panel
	steps  []step
}

func newLogPage(s *Screen) *logPage {
	p := &logPage{screen: s}
	p.table = kit.NewTable(kit.TableOptions{
		Columns: []kit.Column{
			{Key: "at", Title: lang.T("When"), Width: 160},
			{Key: "who", Title: lang.T("Who"), Width: 130},
			{Key: "what", Title: lang.T("What"), Width: 260, Grow: 1},
			{Key: "rows", Title: lang.T("Records"), Width: 70, Align: fyne.TextAlignTrailing},
			{Key: "device", Title: lang.T("Computer"), Width: 110},
			{Key: "state", Title: lang.T("State"), Width: 90},
		},
		Empty:    kit.NewEmpty(kit.EmptyOptions{Icon: "clock", Title: lang.T("Nothing happened yet"), Text: lang.T("Every change to the book is listed here: who made it, when, and how many records it touched.")}),
		OnSelect: p.choose,
	})
	p.undo = kit.NewButton(kit.ButtonOptions{Text: lang.T("Undo this step"), Icon: "undo", OnTap: p.undoStep})
	p.undo.Disable()
	body := fyne.CanvasObject(p.table)
	if s.writable() {
		bar := kit.HBox(8, p.undo, kit.Caption(lang.T("Steps made on this computer can be undone, in any order; what was edited since stays.")))
		body = container.NewBorder(kit.Pad(kit.Insets{Left: kit.PadPanel, Bottom: 8}, bar), nil, nil, nil, p.table)
	}
	p.panel = kit.NewPanel(kit.PanelOptions{Title: lang.T("Activity log"), Flush: true, Body: body})
	return p
}

func (p *logPage) content() fyne.CanvasObject { return p.panel }

func (p *logPage) load(ctx context.Context) (func(), error) {
	a := p.screen.host.App
	entries, err := a.Journal.Log(ctx, logLimit)
	if err != nil {
		return nil, err
	}
	mine, err := a.Journal.Steps(ctx, logLimit)
	if err != nil {
		return nil, err
	}
	undone := map[data.ID]bool{}
	for _, m := range mine {
		undone[m.Txn] = m.Undone
	}
	steps := make([]step, len(entries))
	for i, e := range entries {
		gone, here := undone[e.ID]
		steps[i] = step{id: e.ID, at: e.Stamp.Instant(), who: e.Name, device: e.Device, what: e.What, rows: e.Rows, mine: here, undone: gone}
	}
	return func() {
		p.steps = steps
		rows := make(kit.SliceRows, len(steps))
		for i, s := range steps {
			rows[i] = stepRow(s, a.Book().Zone)
		}
		p.table.SetRows(rows)
		p.panel.SetCaption(lang.N("%d step, newest first", "%d steps, newest first", len(steps), len(steps)))
		p.choose()
	}, nil
}

func (p *logPage) chosen() (step, bool) {
	ids := p.table.SelectedIDs()
	for _, s := range p.steps {
		if len(ids) == 1 && s.id.String() == ids[0] {
			return s, true
		}
	}
	return step{}, false
}

func (p *logPage) choose() {
	if s, ok := p.chosen(); ok && s.mine && !s.undone {
		p.undo.Enable()
	} else {
		p.undo.Disable()
	}
}

func (p *logPage) undoStep() {
	s, ok := p.chosen()
	if !ok {
		return
	}
	h := p.screen.host
	h.Act(lang.T("Undo: %s", s.what), func(ctx context.Context) error {
		_, err := h.App.Journal.Undo(ctx, s.id)
		return err
	}, nil)
}

func (p *logPage) commands() []kit.Action { return nil }
