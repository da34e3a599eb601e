package kit

import (
	"context"
	"strconv"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"fieldbook/app"
	"fieldbook/assets/lang"
	"fieldbook/data"
)

// Sizes of a record's history.
const (
	historyWide = 860
	historyHigh = 520
)

// RecordHistory names the record whose history is shown.
type RecordHistory struct {
	Kind string
	ID   data.ID
	Name string
	Then func() // after it was put back
}

// ShowHistory shows who changed what of a record, the newest first, and puts it
// back to before the edit that is pointed at.
func (h *Host) ShowHistory(r RecordHistory) {
	h.Runner.Go(func() {
		story, err := h.App.Journal.Story(h.Context, r.Kind, r.ID)
		h.Runner.Do(func() {
			if err != nil {
				Failure(h.Window, lang.T("History of %s", r.Name), err, nil)
				return
			}
			h.showStory(r, story)
		})
	})
}

func (h *Host) showStory(r RecordHistory, story []app.Edited) {
	zone := h.App.Book().Zone
	rows := make(SliceRows, len(story))
	for i, e := range story {
		rows[i] = Row{ID: strconv.Itoa(i), Cells: []Cell{
			{Text: DateStyle{}.Moment(e.At, zone)},
			{Text: e.Who},
			{Text: storyField(e), Color: ColorFg2},
			{Text: storyValue(e.Old), Color: ColorFg2},
			{Text: storyValue(e.New)},
			{Text: e.What, Color: ColorFg2},
		}}
	}
	var over *overlay
	var table *Table
	back := NewButton(ButtonOptions{Text: lang.T("Put back to before this edit"), Icon: "undo", OnTap: func() {
		if i, ok := pointedRow(table, len(story)); ok {
			over.Close()
			h.putBack(r, story[i].Txn)
		}
	}})
	back.Disable()
	table = NewTable(TableOptions{
		Columns: []Column{
			{Key: "at", Title: lang.T("When"), Width: 160},
			{Key: "who", Title: lang.T("Who"), Width: 110},
			{Key: "field", Title: lang.T("Field"), Width: 110},
			{Key: "old", Title: lang.T("Before"), Width: 130},
			{Key: "new", Title: lang.T("After"), Width: 130},
			{Key: "what", Title: lang.T("Step"), Width: 120, Grow: 1},
		},
		Rows: rows,
		OnSelect: func() {
			if _, ok := pointedRow(table, len(story)); ok {
				back.Enable()
			} else {
				back.Disable()
			}
		},
	})
	buttons := []fyne.CanvasObject{}
	if !h.App.Book().ReadOnly {
		buttons = append(buttons, back)
	}
	buttons = append(buttons, Space(), NewButton(ButtonOptions{Text: lang.T("Close"), OnTap: func() { over.Close() }}))
	foot := Pad(Insets{Top: 10, Right: PadPage, Bottom: 10, Left: PadPage}, HBox(8, buttons...))
	body := titled(lang.T("History of %s", r.Name), container.NewBorder(nil, foot, nil, nil, table))
	over = showOverlay(h.Window.Canvas(), body, overlayOptions{dim: true, size: func(w fyne.Size) fyne.Size {
		return fyne.NewSize(min(historyWide, w.Width-2*PadPage), min(historyHigh, w.Height-2*PadPage))
	}})
}

// pointedRow is the one row of a table that is selected, by its number.
func pointedRow(t *Table, n int) (int, bool) {
	ids := t.SelectedIDs()
	if len(ids) != 1 {
		return 0, false
	}
	i, err := strconv.Atoi(ids[0])
	return i, err == nil && i < n
}

func (h *Host) putBack(r RecordHistory, before data.ID) {
	h.Act(lang.T("Put back: %s", r.Name), func(ctx context.Context) error {
		return h.App.Journal.PutBackBefore(ctx, r.Kind, r.ID, before)
	}, r.Then)
}

func storyField(e app.Edited) string {
	if e.Field.Name == "_deleted" {
		return lang.T("Deleted")
	}
	return lang.T(e.Field.Label)
}

func storyValue(s string) string {
	if s == "" {
		return EnDash
	}
	return s
}
