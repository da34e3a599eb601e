package shell

import (
	"context"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"fieldbook/app"
	"fieldbook/assets/lang"
	"fieldbook/data"
	"fieldbook/views/kit"
)

// A past day is one switch for all screens: they ask the host's app, which is
// then the book as it stood, read-only. What is about now, such as the settings
// of this computer, says so in the band.

// heightBand is the height of the band above a screen that shows the past.
const heightBand = 36

// travel looks at another day, then chooses the view.
func (s *session) travel(v kit.View) {
	if !v.Past() {
		s.arrive(nil, v)
		return
	}
	s.wanted = v.AsOf
	s.host.Runner.Go(func() {
		past, err := s.app.AsOf(s.host.Context, v.AsOf)
		s.host.Runner.Do(func() {
			switch {
			case err != nil && data.KindOf(err) == data.Canceled:
			case err != nil:
				kit.Failure(s.host.Window, lang.T("Look at %s", s.dayWords(v.AsOf)), err, nil)
				s.renewTitle()
			case s.closed || s.wanted != v.AsOf:
				s.leave(past)
			default:
				s.arrive(past, v)
			}
		})
	})
}

// arrive shows every screen the book as of another day; nil is the present.
func (s *session) arrive(past *app.App, v kit.View) {
	before := s.past
	s.past, s.host.App, s.wanted = past, s.app, v.AsOf
	if past != nil {
		s.host.App = past
	}
	s.frame.showBand(s, v)
	s.choose(v)
	s.leave(before)
}

// leave lets a past day go, once nobody reads it.
func (s *session) leave(past *app.App) {
	if past != nil {
		// What still reads it was called off; a reader that is cut short is dropped.
		s.host.Runner.Go(func() { _ = past.Close() })
	}
}

func (s *session) dayWords(d data.Day) string { return s.host.NumbersOf().DayYear(d) }

// showBand says above every screen that it shows the past, or nothing.
func (f *frame) showBand(s *session, v kit.View) {
	f.band.Objects = nil
	if v.Past() {
		text := kit.NewText(lang.T("As of %s: what was known then. Nothing can be changed here.", s.dayWords(v.AsOf)), kit.TextStyle{Cut: true, Color: kit.ColorWarn})
		line := kit.HBox(8, kit.Gap(kit.PadPage-8, 0), kit.MinBox(fyne.NewSize(kit.IconSize, kit.IconSize), kit.NewIcon("clock", kit.ColorWarn)), kit.Grow(text),
			kit.NewButton(kit.ButtonOptions{Text: lang.T("Back to today"), Icon: "undo", OnTap: s.today}), kit.Gap(kit.PadPage-8, 0))
		f.band.Objects = []fyne.CanvasObject{kit.VBox(0, kit.MinBox(fyne.NewSize(0, heightBand), container.NewStack(kit.Fill(kit.ToneWarn.Ground()), line)), kit.HLine(kit.ColorLine))}
	}
	f.root.Refresh()
}

// today goes back to the present.
func (s *session) today() {
	v := s.view
	v.AsOf = v.Today
	s.setView(v)
}

// askDay asks for a past day to look at.
func (s *session) askDay() {
	form := kit.NewForm(kit.FormOptions{
		Fields: []kit.Field{{Key: "day", Label: lang.T("Day"), Kind: kit.FieldDay, Required: true, Value: s.view.AsOf.String(), Help: lang.T("Every screen then shows what was known at the end of that day.")}},
		Today:  s.view.Today, Runner: s.host.Runner, Save: lang.T("Look"), Style: kit.DateStyle{Calendar: s.app.Book().Calendar},
		OnSave: func(typed kit.Values) error {
			day, err := typed.Day("day")
			if err == nil && !day.Valid() {
				err = data.FieldErrorf("day", "%s", lang.T("Write a day, such as 2026-03-02"))
			}
			if err == nil {
				v := s.view
				v.AsOf = min(day, v.Today)
				s.setView(v)
			}
			return err
		},
	})
	kit.ShowSheet(s.host.Window, lang.T("Look at a past day"), form)
}

// pastActions are the ways into the past and back, for menu and palette.
func (s *session) pastActions() []kit.Action {
	out := []kit.Action{{Text: lang.T("Look at a past day"), Icon: "clock", Do: s.askDay}}
	if s.view.Past() {
		out = append(out, kit.Action{Text: lang.T("Back to today"), Icon: "undo", Do: s.today})
	}
	return out
}

// nowOnly runs what changes the book, or says why it does not.
func (s *session) nowOnly(do func(context.Context) (string, int, error)) func(context.Context) (string, int, error) {
	if !s.view.Past() {
		return do
	}
	return func(context.Context) (string, int, error) {
		return "", 0, data.Errorf(data.Refused, "the past is only looked at; nothing was changed. Go back to today first")
	}
}
