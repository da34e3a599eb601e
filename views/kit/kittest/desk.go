package kittest

import (
	"context"
	"testing"

	"fyne.io/fyne/v2"

	"fieldbook/app"
	"fieldbook/data"
	"fieldbook/views/kit"
)

// Desk is one screen in a window over a real book, as the shell shows it: it
// reloads after each commit that touches its topics. Everything runs at once.
type Desk struct {
	Hand
	Host   *kit.Host
	Screen kit.Screen
	Said   []string     // what the status line was given
	Failed []error      // actions and jobs that failed
	Went   []kit.Target // places that the screen led to
	Ready  []*app.Ready // backups that are to replace the book
	view   kit.View
}

// NewDesk shows the screen that build makes over a book and loads it.
func NewDesk(t testing.TB, a *app.App, size fyne.Size, build func(*kit.Host) kit.Screen) *Desk {
	t.Helper()
	d := &Desk{view: kit.View{Period: a.Book().Calendar.QuarterOf(a.Today()), AsOf: a.Today(), Today: a.Today()}}
	d.Window = Window(t, kit.Body(""), size.Width, size.Height)
	d.Host = &kit.Host{
		Context: t.Context(), App: a, Runner: Sync{}, Window: d.Window,
		Go:      func(to kit.Target) { d.Went = append(d.Went, to) },
		Say:     func(text string) { d.Said = append(d.Said, text) },
		Hint:    func(string) {},
		View:    func() kit.View { return d.view },
		Changed: func() {},
		Replace: func(r *app.Ready) { d.Ready = append(d.Ready, r) },
	}
	d.Host.SetView = func(v kit.View) { d.view = v; d.Screen.Reload(v) }
	d.Host.Act = func(what string, call func(context.Context) error, then func()) {
		d.end(what, call(d.Host.Context), then)
	}
	d.Host.Job = func(name string, work func(context.Context, func(done, total int64)) error, then func()) {
		d.end(name, work(d.Host.Context, func(int64, int64) {}), then)
	}
	d.Screen = build(d.Host)
	d.Window.SetContent(d.Screen.Content())
	d.Screen.Reload(d.view)
	t.Cleanup(a.Subscribe(func(c data.Change) {
		if c.Touches(d.Screen.Topics()...) {
			d.Screen.Reload(d.view)
		}
	}))
	return d
}

func (d *Desk) end(what string, err error, then func()) {
	if err != nil {
		d.Failed = append(d.Failed, err)
		return
	}
	d.Said = append(d.Said, what)
	if then != nil {
		then()
	}
}

// Root is everything that is visible: what lies above the screen, if anything
// does, else the screen.
func (d *Desk) Root() fyne.CanvasObject {
	if top := d.Window.Canvas().Overlays().Top(); top != nil {
		return top
	}
	return d.Window.Content()
}

// Tap clicks the visible text, word for word. It reports whether it was there.
func (d *Desk) Tap(text string) bool {
	at, ok := At(d.Root(), text)
	if ok {
		d.Click(at)
	}
	return ok
}

// Press presses the visible button with a word on it.
func (d *Desk) Press(text string) bool {
	b := Button(d.Root(), text)
	if b == nil || b.Disabled() {
		return false
	}
	b.Tapped(nil)
	return true
}

// Do runs the screen's action with these words: its primary one or a command.
func (d *Desk) Do(text string) bool {
	var all []kit.Action
	if a, ok := d.Screen.(kit.Acting); ok && a.Primary() != nil {
		all = append(all, *a.Primary())
	}
	if c, ok := d.Screen.(kit.Commanding); ok {
		all = append(all, c.Commands()...)
	}
	for _, a := range all {
		if a.Text == text {
			a.Do()
			return true
		}
	}
	return false
}
