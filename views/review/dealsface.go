package review

import (
	"context"
	"slices"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"fieldbook/app"
	"fieldbook/app/report"
	"fieldbook/assets/lang"
	"fieldbook/data"
	"fieldbook/views/kit"
)

// dealsFace is a pipeline review: the deals of the agenda at the left, the one in
// hand beside them.
type dealsFace struct {
	s       *Screen
	root    fyne.CanvasObject
	list    *kit.List
	head    *kit.Panel
	middle  *fyne.Container
	note    *kit.NoteEntry
	timer   *kit.Text
	checked *actionList
	agreed  *actionList

	record *app.MeetingRecord
	at     string            // the key in hand
	drafts map[string]string // decisions that were typed and are not kept yet
	since  data.Instant      // the one in hand was taken up
	stop   func()            // of the timer
}

func newDealsFace(s *Screen) *dealsFace {
	f := &dealsFace{s: s, drafts: map[string]string{}, middle: container.NewStack(), timer: kit.Caption("")}
	f.list = kit.NewList(kit.ListOptions{TwoLine: true, OnOpen: f.take, OnPoint: f.take, OnRune: func(r rune) {
		if r == 'n' || r == 'N' {
			f.step(1)
		}
	}})
	f.note = kit.NewNoteEntry(lang.T("What was decided. Ctrl+Enter goes on to the next deal."), 3, func() { f.step(1) })
	f.checked = newActionList(s, lang.T("Actions of last time"), lang.T("Nothing was left to do"), nil)
	f.agreed = newActionList(s, lang.T("Agreed today"), lang.T("No actions yet"), f.addAction)
	f.head = kit.NewPanel(kit.PanelOptions{Title: " ", Body: f.middle})
	items := kit.NewPanel(kit.PanelOptions{Title: lang.T("Agenda"), Flush: true, Body: f.list})
	f.root = kit.Page(kit.Grow(kit.Columns(kit.GapPanel, []float32{30, 44, 36}, items, f.head, f.agreed.panel)))
	return f
}

// forget lets go of what was in hand, before another meeting is shown.
func (f *dealsFace) forget() {
	f.at, f.record, f.drafts = "", nil, map[string]string{}
	f.halt()
}

func (f *dealsFace) halt() {
	if f.stop != nil {
		f.stop()
		f.stop = nil
	}
}

func (f *dealsFace) show(r *app.MeetingRecord) {
	if f.record != nil && f.record.Row.ID != r.Row.ID {
		f.forget()
	}
	f.record = r
	w := f.s.words()
	f.list.SetRows(itemRows(r, w))
	f.agreed.show(r.Actions, w)
	keys := itemKeys(r)
	if !slices.Contains(keys, f.at) {
		f.at = f.first(keys)
		f.since = f.s.h.App.Now()
	}
	f.list.Select(f.at)
	f.draw()
	f.tick()
}

// first is where a review begins: at what was not spoken of yet.
func (f *dealsFace) first(keys []string) string {
	if len(keys) == 0 {
		return ""
	}
	if f.record.Held() || keys[0] == keyChecked && f.record.Seen() == 0 {
		return keys[0]
	}
	for _, i := range f.record.Items {
		if !i.Seen {
			return i.Item.String()
		}
	}
	return keys[0]
}

// item is the one in hand; false where that is none.
func (f *dealsFace) item() (app.MeetingItem, bool) {
	if f.record != nil {
		for _, i := range f.record.Items {
			if i.Item.String() == f.at {
				return i, true
			}
		}
	}
	return app.MeetingItem{}, false
}

// draw shows the one in hand.
func (f *dealsFace) draw() {
	i, ok := f.item()
	var body fyne.CanvasObject
	switch {
	case ok:
		f.head.SetTitle(i.Name)
		f.head.SetCaption(report.ReasonNames(i.Reasons))
		f.head.SetNote(f.place())
		body = f.dealBody(i)
	case f.at == keyChecked:
		f.head.SetTitle(lang.T("First, what was agreed last time"))
		f.head.SetCaption("")
		f.head.SetNote("")
		f.checked.show(f.record.Checked, f.s.words())
		body = f.checkedBody()
	default:
		f.head.SetTitle(lang.T("Nothing on the agenda"))
		f.head.SetCaption("")
		body = kit.NewEmpty(kit.EmptyOptions{Icon: "check", Title: lang.T("No deal is on the agenda"), Text: lang.T("Put one on it from the menu Actions, or end the meeting.")})
	}
	f.middle.Objects = []fyne.CanvasObject{body}
	f.middle.Refresh()
}

func (f *dealsFace) place() string {
	at := slices.IndexFunc(f.record.Items, func(i app.MeetingItem) bool { return i.Item.String() == f.at })
	w := f.s.words()
	return lang.T("%s of %s, %s spoken of", w.Num.Count(at+1), w.Num.Count(len(f.record.Items)), w.Num.Count(f.record.Seen()))
}

func (f *dealsFace) running() bool { return f.record != nil && !f.record.Held() && f.s.writable() }

func (f *dealsFace) dealBody(i app.MeetingItem) fyne.CanvasObject {
	w := f.s.words()
	parts := []fyne.CanvasObject{}
	if i.Away {
		parts = append(parts, kit.NewProse(lang.T("This deal is no longer in the book. Undo brings it back."), 2, kit.TextStyle{Color: kit.ColorFg2}))
	} else {
		parts = append(parts, kit.NewFacts(dealFacts(i, w)))
	}
	if i.Before != "" {
		parts = append(parts, kit.HeadRow(lang.T("Decided before"), w.Day(i.On)), kit.NewProse(i.Before, 3, kit.TextStyle{}))
	}
	open := kit.NewLink(lang.T("Open the deal"), func() { f.s.h.Go(kit.Target{Screen: "pipeline", Kind: data.KindDeal, ID: i.ID}) })
	if !f.running() {
		if i.Decision != "" {
			parts = append(parts, kit.HeadRow(lang.T("Decided"), ""), kit.NewProse(i.Decision, 4, kit.TextStyle{}))
		}
		parts = append(parts, kit.HBox(8, f.nextButton(kit.ButtonQuiet), kit.Space(), open))
		return kit.Scroll(kit.VBox(12, parts...))
	}
	f.setNote(i)
	parts = append(parts, kit.HeadRow(lang.T("Decision"), "", open), kit.Pad(kit.Insets{Right: 6}, f.note),
		kit.HBox(8, f.nextButton(kit.ButtonPrimary), kit.NewButton(kit.ButtonOptions{Text: lang.T("Add an action"), Icon: "plus", OnTap: f.addAction}), kit.Space(), f.timer))
	return kit.Scroll(kit.VBox(12, parts...))
}

// setNote writes what was decided, or what is being typed, into the field.
func (f *dealsFace) setNote(i app.MeetingItem) {
	text, typed := f.drafts[f.at]
	if !typed {
		text = i.Decision
	}
	f.note.OnChanged = nil
	if f.note.Text != text {
		f.note.SetText(text)
	}
	key := f.at
	f.note.OnChanged = func(text string) { f.drafts[key] = text }
}

func (f *dealsFace) nextButton(kind kit.ButtonKind) *kit.Button {
	return kit.NewButton(kit.ButtonOptions{Text: lang.T("Next deal"), After: "chevr", Kind: kind, OnTap: func() { f.step(1) }})
}

func (f *dealsFace) checkedBody() fyne.CanvasObject {
	bar := []fyne.CanvasObject{f.nextButton(kit.ButtonPrimary)}
	if f.s.writable() {
		bar = []fyne.CanvasObject{
			kit.NewButton(kit.ButtonOptions{Text: lang.T("Done"), Icon: "check", OnTap: func() { f.checked.settle(data.ActionDone) }}),
			kit.NewButton(kit.ButtonOptions{Text: lang.T("Drop"), Icon: "x", OnTap: func() { f.checked.settle(data.ActionDropped) }}),
			kit.Space(), f.nextButton(kit.ButtonPrimary),
		}
	}
	return container.NewBorder(nil, kit.Pad(kit.Insets{Top: 8}, kit.HBox(8, bar...)), nil, nil, f.checked.panel)
}

// take shows another item, once what was typed about the one in hand is kept.
func (f *dealsFace) take(key string) {
	if key == f.at || f.record == nil {
		return
	}
	f.keep()
	f.takeUp(key)
}

// takeUp shows another item and begins its clock.
func (f *dealsFace) takeUp(key string) {
	f.at, f.since = key, f.s.h.App.Now()
	f.list.Select(key)
	f.draw()
	f.clock()
}

// step goes on, or back; a deal that is left was spoken of.
func (f *dealsFace) step(by int) {
	if f.record == nil {
		return
	}
	keys := itemKeys(f.record)
	at := slices.Index(keys, f.at) + by
	leaving, was := f.item()
	if by > 0 && was && f.running() {
		f.decide(leaving)
	}
	if at < 0 || at >= len(keys) {
		if by > 0 && f.running() {
			f.s.h.Say(lang.T("That was the last deal of the agenda"))
		}
		return
	}
	f.takeUp(keys[at])
}

// keep writes a decision that was typed about the one in hand.
func (f *dealsFace) keep() {
	i, ok := f.item()
	if text, typed := f.drafts[f.at]; ok && typed && text != i.Decision && f.running() {
		f.decide(i)
	}
}

func (f *dealsFace) decide(i app.MeetingItem) {
	key := i.Item.String()
	text, typed := f.drafts[key]
	if !typed {
		text = i.Decision
	}
	if i.Seen && text == i.Decision {
		delete(f.drafts, key)
		return
	}
	what := lang.T("Spoken of %s", i.Name)
	if text != i.Decision {
		what = lang.T("Decided on %s", i.Name)
	}
	f.s.h.Act(what, func(ctx context.Context) error { return f.s.h.App.Meetings.Decide(ctx, i.Item, text) }, func() { delete(f.drafts, key) })
}

func (f *dealsFace) addAction() {
	if f.record == nil || !f.s.writable() {
		return
	}
	if i, ok := f.item(); ok {
		f.s.askAction(&i)
		return
	}
	f.s.askAction(nil)
}

// tick keeps the clock of the deal in hand while the meeting runs.
func (f *dealsFace) tick() {
	f.clock()
	f.halt()
	if f.running() && f.s.open == f.record.Row.ID {
		f.stop = f.s.h.Runner.After(time.Second, func() {
			f.stop = nil
			if f.s.open == f.record.Row.ID {
				f.tick()
			}
		})
	}
}

func (f *dealsFace) clock() {
	f.timer.SetText(clock(f.s.h.App.Now().Time().Sub(f.since.Time())))
}
