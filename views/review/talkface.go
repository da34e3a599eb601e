package review

import (
	"context"

	"fyne.io/fyne/v2"

	"fieldbook/app"
	"fieldbook/assets/lang"
	"fieldbook/data"
	"fieldbook/views/kit"
)

// talkFace is a performance discussion: the figures at the left, beside them
// what was agreed last time, what is agreed now and what is to be remembered.
type talkFace struct {
	s       *Screen
	root    fyne.CanvasObject
	figures *figureTables
	left    *kit.Panel
	last    *actionList
	agreed  *actionList
	note    *kit.NoteEntry
	record  *app.MeetingRecord
	typed   bool
}

func newTalkFace(s *Screen) *talkFace {
	f := &talkFace{s: s, figures: newFigureTables(s)}
	f.left = kit.NewPanel(kit.PanelOptions{Title: lang.T("Figures"), Flush: true, Body: f.figures.root})
	f.last = newActionList(s, lang.T("Agreed last time"), lang.T("Nothing was left to do"), nil)
	f.agreed = newActionList(s, lang.T("Agreed today"), lang.T("No actions yet"), func() { s.askAction(nil) })
	f.note = kit.NewNoteEntry(lang.T("What is to be remembered of this discussion"), 5, f.keep)
	f.note.OnLeave(f.keep)
	notes := kit.NewPanel(kit.PanelOptions{Title: lang.T("Notes"), Body: f.note})
	right := kit.VBox(kit.GapPanel, kit.Grow(f.last.panel), kit.Grow(f.agreed.panel), notes)
	f.root = kit.Page(kit.Grow(kit.Columns(kit.GapPanel, []float32{60, 40}, f.left, right)))
	return f
}

func (f *talkFace) show(in found) {
	if f.record == nil || f.record.Row.ID != in.record.Row.ID {
		f.typed = false
	}
	f.record = in.record
	w := f.s.words()
	f.left.SetCaption(f.figures.show(in.figures, w))
	f.last.show(in.record.Checked, w)
	f.agreed.show(in.record.Actions, w)
	if !f.typed {
		f.note.OnChanged = nil
		f.note.SetText(in.record.Row.Text("note"))
	}
	f.note.OnChanged = func(string) { f.typed = true }
	if in.record.Held() || !f.s.writable() {
		f.note.Disable()
	} else {
		f.note.Enable()
	}
}

// keep writes what was typed.
func (f *talkFace) keep() {
	if !f.typed || f.record == nil || f.record.Held() {
		return
	}
	id, text := f.record.Row.ID, f.note.Text
	if text == f.record.Row.Text("note") {
		f.typed = false
		return
	}
	f.typed = false
	f.s.h.Act(lang.T("Notes kept"), func(ctx context.Context) error {
		err := f.s.h.App.Records.Set(ctx, data.KindMeeting, []data.ID{id}, data.Values{"note": text})
		if err != nil {
			f.s.h.Runner.Do(func() { f.typed = true })
		}
		return err
	}, nil)
}
