// Package calendar is the screen of a week: what is planned and due on each day,
// dragged to another where it has to wait.
package calendar

import (
	"context"
	"strconv"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"fieldbook/app"
	"fieldbook/assets/lang"
	"fieldbook/data"
	"fieldbook/views/kit"
)

// Screen shows a week, with what is overdue before it.
type Screen struct {
	h      *kit.Host
	loader *kit.Loader
	board  *kit.Board
	root   *fyne.Container
	monday data.Day // 0 is that of today
	days   []column
	all    []app.CalendarEntry
}

var (
	_ kit.Screen     = (*Screen)(nil)
	_ kit.Picking    = (*Screen)(nil)
	_ kit.Titled     = (*Screen)(nil)
	_ kit.Acting     = (*Screen)(nil)
	_ kit.Commanding = (*Screen)(nil)
)

// New returns the screen at this week.
func New(h *kit.Host) *Screen {
	s := &Screen{h: h}
	s.board = kit.NewBoard(source{}, kit.BoardOptions{Runner: h.Runner, OnOpen: s.open, OnMove: s.move})
	s.root = container.NewStack(s.board)
	s.loader = h.Loader(s.root)
	return s
}

// Content implements kit.Screen.
func (s *Screen) Content() fyne.CanvasObject { return s.loader }

// Topics implements kit.Screen.
func (s *Screen) Topics() []string { return app.CalendarKinds() }

// Uses implements kit.Picking.
func (s *Screen) Uses() kit.Uses { return kit.Uses{Scope: true} }

func (s *Screen) writable() bool { return !s.h.App.Book().ReadOnly }

func (s *Screen) first() data.Day {
	if s.monday == 0 {
		return app.MondayOf(s.h.App.Today())
	}
	return s.monday
}

// Crumbs implements kit.Titled.
func (s *Screen) Crumbs() []kit.Crumb {
	n := s.h.NumbersOf()
	return []kit.Crumb{{Text: lang.T("%s – %s", n.Day(s.first()), n.DayYear(s.first().AddDays(6)))}}
}

// Tools implements kit.Titled.
func (s *Screen) Tools() []fyne.CanvasObject {
	return []fyne.CanvasObject{
		kit.NewButton(kit.ButtonOptions{Icon: "chevl", OnTap: func() { s.turn(-7) }}), kit.NewButton(kit.ButtonOptions{Text: lang.T("Today"), OnTap: s.today}),
		kit.NewButton(kit.ButtonOptions{Icon: "chevr", OnTap: func() { s.turn(7) }}),
	}
}

func (s *Screen) turn(days int) {
	s.monday = s.first().AddDays(days)
	s.Reload(s.h.View())
}

func (s *Screen) today() {
	s.monday = 0
	s.Reload(s.h.View())
}

// Primary implements kit.Acting.
func (s *Screen) Primary() *kit.Action {
	if !s.writable() {
		return nil
	}
	return &kit.Action{Text: lang.T("New activity"), Icon: "plus", Do: s.add}
}

// Commands implements kit.Commanding.
func (s *Screen) Commands() []kit.Action {
	out := []kit.Action{
		{Text: lang.T("Next week"), Icon: "chevr", Do: func() { s.turn(7) }},
		{Text: lang.T("Week before"), Icon: "chevl", Do: func() { s.turn(-7) }},
		{Text: lang.T("This week"), Icon: "cal", Do: s.today},
		{Text: lang.T("Save the week as a calendar file"), Icon: "download", Do: s.save},
	}
	if p := s.Primary(); p != nil {
		out = append(out, *p)
	}
	return out
}

type found struct{ week, overdue []app.CalendarEntry }

// Reload implements kit.Screen.
func (s *Screen) Reload(v kit.View) {
	span := data.Period{From: s.first(), To: s.first().AddDays(7)}
	kit.Load(s.loader, func(ctx context.Context) (found, error) {
		var f found
		var err error
		if f.week, err = s.h.App.Calendar.Entries(ctx, v.Scope, span); err == nil {
			f.overdue, err = s.h.App.Calendar.Overdue(ctx, v.Scope)
		}
		return f, err
	}, func(f found) {
		s.all = append(f.overdue, f.week...)
		s.days = columnsOf(f, span.From)
		s.board.SetSource(source{s.days, kit.Words{Num: s.h.NumbersOf(), Today: s.h.App.Today()}})
		s.h.Changed()
	})
}

func (s *Screen) entry(key string) (app.CalendarEntry, bool) {
	if i, err := strconv.Atoi(key); err == nil && i >= 0 && i < len(s.all) {
		return s.all[i], true
	}
	return app.CalendarEntry{}, false
}

// move puts an entry that was dropped on another day there.
func (s *Screen) move(key, to string) {
	e, ok := s.entry(key)
	day, err := data.ParseDay(to)
	if !ok || err != nil || !day.Valid() || !s.writable() || day == e.Day {
		return
	}
	s.h.Act(lang.T("%s is on %s now", e.Title, s.h.NumbersOf().Day(day)), func(ctx context.Context) error { return s.h.App.Calendar.Move(ctx, e, day) }, nil)
}

// open leads to where an entry is kept.
func (s *Screen) open(key string) {
	e, ok := s.entry(key)
	if !ok {
		return
	}
	if e.Kind == data.KindDeal {
		s.h.Go(kit.Target{Screen: "pipeline", Kind: data.KindDeal, ID: e.ID})
		return
	}
	k, err := s.h.App.Records.Kind(e.Kind)
	if err != nil {
		return
	}
	var row data.Row
	s.h.Act(lang.T("Open %s", e.Title), func(ctx context.Context) (err error) {
		row, err = s.h.App.Records.Get(ctx, e.Kind, e.ID)
		return err
	}, func() {
		s.h.ShowRecordForm(kit.RecordForm{
			Title: lang.T("Edit %s", e.Title), Save: lang.T("Save"), Kind: k, Row: &row, What: lang.T("Edit %s", e.Title),
			Fields: []string{"subject", "what", "type", "day", "due_day", "done", "status", "person", "deal", "account", "note"},
			Keep: func(ctx context.Context, v data.Values, _ kit.Values) error {
				return s.h.App.Records.Set(ctx, e.Kind, []data.ID{e.ID}, v)
			},
		})
	})
}

func (s *Screen) add() {
	k, err := s.h.App.Records.Kind(data.KindActivity)
	if err != nil {
		return
	}
	preset := data.Row{Kind: k, Values: map[string]data.Value{"day": s.h.App.Today(), "type": "call"}, Labels: map[string]string{}}
	s.h.ShowRecordForm(kit.RecordForm{
		Title: lang.T("New activity"), Save: lang.T("Save"), Kind: k, Preset: &preset, Fields: []string{"subject", "type", "day", "person", "deal", "account", "note"}, What: lang.T("New activity"),
		Keep: func(ctx context.Context, v data.Values, _ kit.Values) error {
			_, err := s.h.App.Records.Add(ctx, data.KindActivity, v)
			return err
		},
	})
}

func (s *Screen) save() {
	all := s.all
	s.h.AskFile(lang.T("Save the week as a calendar file"), "week-"+s.first().String()+".ics", func(path string) {
		s.h.Act(lang.T("Saved to %s", path), func(context.Context) error { return s.h.App.Calendar.WriteICS(all, path) }, nil)
	})
}
