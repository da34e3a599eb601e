package calendar

import (
	"context"
	"strconv"

	"fieldbook/app"
	"fieldbook/assets/lang"
	"fieldbook/data"
	"fieldbook/views/kit"
)

// Primary implements kit.Acting.
func (s *Screen) Primary() *kit.Action {
	if !s.writable() {
		return nil
	}
	return &kit.Action{Text: lang.T("New activity"), Icon: "plus", Do: func() { s.add(s.chosenDay()) }}
}

// chosenDay is the day for something new: the one that is shown, the one under
// the keyboard in a month, else today where the week has it.
func (s *Screen) chosenDay() data.Day {
	switch s.faces.Current() {
	case faceDay:
		return s.day()
	case faceMonth:
		if s.grid.Day().Valid() {
			return s.grid.Day()
		}
	}
	if span := s.span(); !span.Contains(s.today()) {
		return span.From
	}
	return s.today()
}

// Commands implements kit.Commanding.
func (s *Screen) Commands() []kit.Action {
	on, back := lang.T("Next week"), lang.T("Week before")
	switch s.faces.Current() {
	case faceDay:
		on, back = lang.T("Next day"), lang.T("Day before")
	case faceMonth:
		on, back = lang.T("Next month"), lang.T("Month before")
	}
	out := []kit.Action{
		{Text: lang.T("Show the day"), Icon: "cal", Do: func() { s.show(faceDay, s.chosenDay()) }},
		{Text: lang.T("Show the week"), Icon: "cal", Do: func() { s.show(faceWeek, s.day()) }},
		{Text: lang.T("Show the month"), Icon: "cal", Do: func() { s.show(faceMonth, s.day()) }},
		{Text: on, Icon: "chevr", Do: func() { s.turn(1) }},
		{Text: back, Icon: "chevl", Do: func() { s.turn(-1) }},
		{Text: lang.T("Go to today"), Icon: "cal", Do: s.now},
		{Text: lang.T("Save what is shown as a calendar file"), Icon: "download", Do: s.save},
	}
	if p := s.Primary(); p != nil {
		out = append(out, *p)
	}
	return out
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
	switch e.Kind {
	case data.KindDeal:
		s.h.Go(kit.Target{Screen: "pipeline", Kind: e.Kind, ID: e.ID})
		return
	case data.KindMeeting:
		s.h.Go(kit.Target{Screen: "review", Kind: e.Kind, ID: e.ID})
		return
	case data.KindOneOnOne:
		s.h.Go(kit.Target{Screen: "coaching", Kind: data.KindPerson, ID: e.Person})
		return
	}
	k, err := s.h.App.Records.Kind(e.Kind)
	if err != nil {
		return // built in; it cannot be missing
	}
	if !s.writable() {
		s.h.Say(lang.T("This shows the past, which cannot be changed"))
		return
	}
	var row data.Row
	s.h.Act(lang.T("Open %s", e.Title), func(ctx context.Context) (err error) {
		row, err = s.h.App.Records.Get(ctx, e.Kind, e.ID)
		return err
	}, func() {
		s.h.ShowRecordForm(kit.RecordForm{
			Title: lang.T("Edit %s", e.Title), Save: lang.T("Save"), Kind: k, Row: &row, What: lang.T("Edit %s", e.Title),
			Fields: []string{"subject", "what", "type", "day", "time", "due_day", "done", "done_day", "result", "status", "person", "deal", "account", "note"},
			Keep: func(ctx context.Context, v data.Values, _ kit.Values) error {
				return s.h.App.Records.Set(ctx, e.Kind, []data.ID{e.ID}, v)
			},
		})
	})
}

// add asks for an activity on a day, of who is looked at, else of who looks.
func (s *Screen) add(day data.Day) {
	k, err := s.h.App.Records.Kind(data.KindActivity)
	if err != nil || !s.writable() || !day.Valid() {
		return
	}
	preset := data.Row{Kind: k, Values: map[string]data.Value{"day": day, "type": "call"}, Labels: map[string]string{}}
	var me app.Me
	s.h.Act(lang.T("New activity"), func(ctx context.Context) (err error) {
		me, err = s.h.App.Me(ctx)
		return err
	}, func() {
		if !me.ID.IsZero() {
			preset.Values["person"], preset.Labels["person"] = me.ID, me.Name
		}
		s.h.ShowRecordForm(kit.RecordForm{
			Title: lang.T("New activity"), Save: lang.T("Save"), Kind: k, Preset: &preset, Fields: []string{"subject", "type", "day", "time", "person", "deal", "account", "note"}, What: lang.T("New activity"),
			Keep: func(ctx context.Context, v data.Values, _ kit.Values) error {
				_, err := s.h.App.Records.Add(ctx, data.KindActivity, v)
				return err
			},
		})
	})
}

func (s *Screen) save() {
	all, span := s.all, s.span()
	s.h.AskFile(lang.T("Save what is shown as a calendar file"), "calendar-"+span.From.String()+".ics", func(path string) {
		s.h.Act(lang.T("Saved to %s", path), func(context.Context) error { return s.h.App.Calendar.WriteICS(all, path) }, nil)
	})
}
