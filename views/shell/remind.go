package shell

import (
	"context"
	"log/slog"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"fieldbook/app"
	"fieldbook/assets/lang"
	"fieldbook/data"
	"fieldbook/views/kit"
)

// remindPause is the longest time between two looks at what is due: clocks are
// set and computers sleep.
const remindPause = 10 * time.Minute

// remindSoon looks at what is due once the screen in front had time to come.
func (s *session) remindSoon() { s.remindIn(watchPause) }

func (s *session) remindIn(wait time.Duration) {
	s.asleep()
	if s.closed || s.app.Book().ReadOnly {
		return
	}
	s.asleep = s.host.Runner.After(wait, s.remind)
}

// remind tells what is due, quietly, and sleeps until there is more.
func (s *session) remind() {
	if s.closed {
		return
	}
	s.host.Runner.Go(func() {
		due, err := s.readDue(s.host.Context)
		if err != nil {
			if data.KindOf(err) != data.Canceled {
				slog.Error("looking at what is due", "err", err)
			}
			due = app.Reminded{}
		}
		s.host.Runner.Do(func() {
			if s.closed {
				return
			}
			s.tellDue(due)
			wait := remindPause
			if due.Later {
				wait = min(wait, due.Wait+time.Second)
			}
			s.remindIn(wait)
		})
	})
}

// readDue reads what is to be told and remembers that it is.
func (s *session) readDue(ctx context.Context) (app.Reminded, error) {
	due, err := s.app.Reminders.Due(ctx)
	if err != nil || len(due.Entries) == 0 {
		return due, err
	}
	return due, s.app.Reminders.Told(ctx, due.Entries)
}

// tellDue says what is due below the title row and, if wanted, by the desktop.
func (s *session) tellDue(due app.Reminded) {
	if len(due.Entries) == 0 {
		return
	}
	s.due = append(s.due, due.Entries...)
	s.frame.showDue(s)
	if due.System {
		fyne.CurrentApp().SendNotification(fyne.NewNotification(lang.T("Due today"), dueWords(due.Entries)))
	}
}

// dueWords name the first of what is due and count the rest.
func dueWords(list []app.CalendarEntry) string {
	first := list[0].Title
	if list[0].Time != "" {
		first = lang.T("%s, %s", first, list[0].Time)
	}
	if n := len(list) - 1; n > 0 {
		return lang.N("%s, and %d more", "%s, and %d more", n, first, n)
	}
	return first
}

// showDue shows the line of what is due, or none.
func (f *frame) showDue(s *session) {
	f.due.Objects = nil
	if len(s.due) > 0 {
		text := kit.NewText(lang.T("Due: %s", dueWords(s.due)), kit.TextStyle{Cut: true})
		line := kit.HBox(8, kit.Gap(kit.PadPage-8, 0), kit.MinBox(fyne.NewSize(kit.IconSize, kit.IconSize), kit.NewIcon("clock", kit.ColorAccent)), kit.Grow(text),
			kit.NewButton(kit.ButtonOptions{Text: lang.T("Open the day"), Icon: "cal", OnTap: s.openDue}),
			kit.NewButton(kit.ButtonOptions{Text: lang.T("Close"), Icon: "x", OnTap: s.closeDue}), kit.Gap(kit.PadPage-8, 0))
		f.due.Objects = []fyne.CanvasObject{kit.VBox(0, kit.MinBox(fyne.NewSize(0, heightBand), container.NewStack(kit.Fill(kit.ColorSel), line)), kit.HLine(kit.ColorLine))}
	}
	f.root.Refresh()
}

func (s *session) openDue() {
	s.closeDue()
	s.open(kit.Target{Screen: "calendar", Kind: data.KindActivity})
}

func (s *session) closeDue() {
	s.due = nil
	s.frame.showDue(s)
}
