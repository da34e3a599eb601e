// Package review is the screen on which meetings are held: the weekly pipeline
// review, which walks through the deals that ask for it, and the monthly
// discussion of a team's or a person's figures.
package review

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

// The sorts of meetings, in the order of the switch in the title row.
var sorts = []string{data.MeetingPipeline, data.MeetingPerformance}

// Screen shows what the next meeting would speak of and which were held, or one
// meeting.
type Screen struct {
	h      *kit.Host
	loader *kit.Loader
	root   *fyne.Container
	kind   *kit.Segmented

	front  *frontFace
	deals  *dealsFace
	talk   *talkFace
	open   data.ID // of the meeting that is shown, NoID for the front
	loaded found
}

// found is what one load brought.
type found struct {
	view     kit.View
	agenda   *app.ReviewAgenda
	figures  *app.Discussion
	actions  []data.Row
	meetings []data.Row
	record   *app.MeetingRecord
	empty    bool
}

var (
	_ kit.Screen     = (*Screen)(nil)
	_ kit.Picking    = (*Screen)(nil)
	_ kit.Titled     = (*Screen)(nil)
	_ kit.Acting     = (*Screen)(nil)
	_ kit.Commanding = (*Screen)(nil)
	_ kit.Opening    = (*Screen)(nil)
)

// New returns the screen at its front, set to the pipeline review.
func New(h *kit.Host) *Screen {
	s := &Screen{h: h, root: container.NewStack()}
	s.kind = kit.NewSegmented([]kit.Segment{{Text: lang.T("Pipeline review")}, {Text: lang.T("Performance")}}, func(int) { s.Reload(h.View()) })
	s.front, s.deals, s.talk = newFrontFace(s), newDealsFace(s), newTalkFace(s)
	s.loader = h.Loader(s.root)
	return s
}

// Content implements kit.Screen.
func (s *Screen) Content() fyne.CanvasObject { return s.loader }

// Topics implements kit.Screen.
func (s *Screen) Topics() []string {
	return append(app.FigureKinds(), data.KindMeeting, data.KindMeetingItem, data.KindAction, data.KindTarget, data.KindForecastCall)
}

// Uses implements kit.Picking.
func (s *Screen) Uses() kit.Uses {
	return kit.Uses{Scope: s.open.IsZero(), Period: s.open.IsZero() && s.reviews()}
}

func (s *Screen) reviews() bool { return sorts[s.kind.Current()] == data.MeetingPipeline }

func (s *Screen) writable() bool { return !s.h.App.Book().ReadOnly }

// Crumbs implements kit.Titled.
func (s *Screen) Crumbs() []kit.Crumb {
	r := s.loaded.record
	if s.open.IsZero() || r == nil {
		return nil
	}
	tag := ""
	if r.Held() {
		tag = lang.T("held")
	}
	return []kit.Crumb{{Text: lang.T("Meetings"), OnTap: s.leave}, {Text: lang.T("%s, %s", r.Row.Title(), s.words().Day(r.Row.Day("day"))), Tag: tag}}
}

// Tools implements kit.Titled.
func (s *Screen) Tools() []fyne.CanvasObject {
	if s.open.IsZero() {
		return []fyne.CanvasObject{s.kind}
	}
	return []fyne.CanvasObject{kit.NewButton(kit.ButtonOptions{Text: lang.T("Minutes"), Icon: "print", OnTap: s.saveMinutes})}
}

// Primary implements kit.Acting.
func (s *Screen) Primary() *kit.Action {
	r := s.loaded.record
	switch {
	case !s.writable():
		return nil
	case s.open.IsZero() && s.reviews():
		if s.loaded.agenda == nil || len(s.loaded.agenda.Lines) == 0 {
			return nil
		}
		return &kit.Action{Text: lang.T("Start the review"), Icon: "play", Do: s.start}
	case s.open.IsZero():
		return &kit.Action{Text: lang.T("Start the discussion"), Icon: "play", Do: s.start}
	case r != nil && r.Held():
		return &kit.Action{Text: lang.T("Go on with it"), Icon: "play", Do: s.reopen}
	}
	return &kit.Action{Text: lang.T("End the meeting"), Icon: "check", Do: s.end}
}

// nextKey goes on to the next deal.
var nextKey = &desktop.CustomShortcut{KeyName: fyne.KeyDown, Modifier: fyne.KeyModifierShortcutDefault}

// beforeKey goes back to the deal before.
var beforeKey = &desktop.CustomShortcut{KeyName: fyne.KeyUp, Modifier: fyne.KeyModifierShortcutDefault}

// Commands implements kit.Commanding.
func (s *Screen) Commands() []kit.Action {
	var out []kit.Action
	if p := s.Primary(); p != nil {
		out = append(out, *p)
	}
	if s.writable() {
		out = append(out, kit.Action{Text: lang.T("New action"), Icon: "plus", Do: func() { s.askAction(nil) }})
	}
	r := s.loaded.record
	if s.open.IsZero() {
		return append(out, kit.Action{Text: lang.T("Show the pipeline review"), Icon: "pipeline", Do: func() { s.turn(0) }},
			kit.Action{Text: lang.T("Show the performance discussion"), Icon: "performance", Do: func() { s.turn(1) }})
	}
	if r == nil {
		return out
	}
	out = append(out, kit.Action{Text: lang.T("Save the minutes"), Icon: "print", Do: s.saveMinutes}, kit.Action{Text: lang.T("Back to all meetings"), Icon: "chevl", Do: s.leave})
	if r.Row.Text("type") == data.MeetingPipeline {
		out = append(out, kit.Action{Text: lang.T("Next deal"), Icon: "chevr", Shortcut: nextKey, Do: func() { s.deals.step(1) }},
			kit.Action{Text: lang.T("Deal before"), Icon: "chevl", Shortcut: beforeKey, Do: func() { s.deals.step(-1) }})
		if s.writable() {
			out = append(out, kit.Action{Text: lang.T("Put a deal on the agenda"), Icon: "plus", Do: s.raise})
		}
	}
	if s.writable() {
		out = append(out, kit.Action{Text: lang.T("Rename the meeting"), Icon: "edit", Do: func() { s.rename(r.Row) }}, kit.Action{Text: lang.T("Remove the meeting"), Icon: "x", Do: func() { s.remove(r.Row) }})
	}
	return out
}

// turn shows the front of a sort of meeting.
func (s *Screen) turn(kind int) {
	s.kind.SetCurrent(kind)
	s.Reload(s.h.View())
}

// Open implements kit.Opening.
func (s *Screen) Open(to kit.Target) {
	if to.Kind == data.KindMeeting && !to.ID.IsZero() {
		s.show(to.ID)
	}
}

// show opens a meeting.
func (s *Screen) show(id data.ID) {
	s.deals.forget()
	s.open, s.loaded.record = id, nil
	s.Reload(s.h.View())
	s.h.Changed()
}

// leave goes back to the front.
func (s *Screen) leave() {
	s.deals.keep()
	s.talk.keep()
	s.open, s.loaded.record = data.NoID, nil
	s.Reload(s.h.View())
	s.h.Changed()
}

// Reload implements kit.Screen.
func (s *Screen) Reload(v kit.View) {
	id, reviews := s.open, s.reviews()
	kit.Load(s.loader, func(ctx context.Context) (found, error) {
		if id.IsZero() {
			return s.lookAhead(ctx, v, reviews)
		}
		return s.lookAt(ctx, v, id)
	}, s.apply)
}

func (s *Screen) lookAhead(ctx context.Context, v kit.View, reviews bool) (found, error) {
	out := found{view: v}
	var err error
	if reviews {
		out.agenda, err = s.h.App.Meetings.Agenda(ctx, app.AgendaQuery{Scope: v.Scope, Day: v.AsOf, Period: v.Period})
	} else {
		out.figures, err = s.h.App.Meetings.Discussion(ctx, v.Scope, v.AsOf)
	}
	if err != nil {
		return out, err
	}
	if out.actions, err = s.h.App.Meetings.OpenActions(ctx, v.Scope); err != nil {
		return out, err
	}
	if out.meetings, err = s.h.App.Meetings.List(ctx, v.Scope); err != nil {
		return out, err
	}
	n, err := s.h.App.Records.Count(ctx, data.Query{Kind: data.KindDeal, Limit: 1})
	out.empty = n == 0 && len(out.meetings) == 0 && len(out.actions) == 0
	return out, err
}

func (s *Screen) lookAt(ctx context.Context, v kit.View, id data.ID) (found, error) {
	out := found{view: v}
	var err error
	if out.record, err = s.h.App.Meetings.Record(ctx, id); err != nil {
		return out, err
	}
	if out.record.Row.Text("type") == data.MeetingPerformance {
		out.figures, err = s.h.App.Meetings.Discussion(ctx, out.record.Scope, out.record.Row.Day("day"))
	}
	return out, err
}

func (s *Screen) apply(f found) {
	if f.record == nil != s.open.IsZero() {
		return
	}
	s.loaded = f
	var page fyne.CanvasObject
	switch {
	case f.empty:
		page = s.nothing()
	case f.record == nil:
		s.front.show(f)
		page = s.front.root
	case f.record.Row.Text("type") == data.MeetingPerformance:
		s.talk.show(f)
		page = s.talk.root
	default:
		s.deals.show(f.record)
		page = s.deals.root
	}
	if len(s.root.Objects) != 1 || s.root.Objects[0] != page {
		s.root.Objects = []fyne.CanvasObject{page}
		s.root.Refresh()
	}
	s.h.Changed()
}

func (s *Screen) nothing() fyne.CanvasObject {
	opts := kit.EmptyOptions{
		Icon: "coaching", Title: lang.T("No deals to speak of yet"),
		Text: lang.T("Here the weekly pipeline review and the monthly performance discussion are held: the agenda makes itself from what changed, and what is decided stays with the deals."),
	}
	if s.writable() {
		opts.Step, opts.StepIcon = lang.T("Import"), "download"
		opts.OnTap = func() { s.h.Go(kit.Target{Screen: "import"}) }
	}
	return kit.NewEmpty(opts)
}

func (s *Screen) words() kit.Words { return kit.Words{Num: s.h.NumbersOf(), Today: s.h.App.Today()} }
