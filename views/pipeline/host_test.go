package pipeline

import (
	"context"
	"path/filepath"
	"testing"
	"time"

	"fyne.io/fyne/v2"

	"fieldbook/app"
	"fieldbook/data"
	"fieldbook/views/kit"
	"fieldbook/views/kit/kittest"
)

var clock = time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC)

func config() app.Config {
	now := clock
	return app.Config{Now: func() time.Time { now = now.Add(time.Second); return now }, Device: "test"}
}

// desk is the screen in a window on a real book, with a hand to work it.
type desk struct {
	*testing.T
	app    *app.App
	path   string
	screen *Screen
	hand   *kittest.Hand
	view   kit.View
	said   []string
	failed []error
	hold   bool // acts wait for held
	held   func()
	end    func()
}

const (
	deskWide = 1280 - 152
	deskHigh = 800 - 48 - 24
)

func newBook(t *testing.T) (*app.App, string) {
	t.Helper()
	path := filepath.Join(t.TempDir(), "a.book")
	a, err := app.Create(context.Background(), path, app.NewBook{Name: "Test", Currency: "USD", FiscalStart: time.January, Zone: "UTC", As: "Mel Marsh", Role: data.RoleManager}, config())
	if err != nil {
		t.Fatal(err)
	}
	return a, path
}

// sit shows the screen on a book, as the shell does.
func sit(t *testing.T, a *app.App, path string, size fyne.Size) *desk {
	t.Helper()
	d := &desk{T: t, app: a, path: path, view: kit.View{AsOf: a.Today(), Today: a.Today()}}
	h := &kit.Host{
		Context: context.Background(), App: a, Runner: kittest.Sync{}, Go: func(kit.Target) {}, Say: func(s string) { d.said = append(d.said, s) },
		View: func() kit.View { return d.view }, SetView: func(v kit.View) { d.view = v }, Changed: func() {},
	}
	act := func(what string, call func(context.Context) error, then func()) {
		if err := call(h.Context); err != nil {
			d.failed = append(d.failed, err)
			return
		}
		d.said = append(d.said, what)
		if then != nil {
			then()
		}
	}
	h.Act = func(what string, call func(context.Context) error, then func()) {
		if d.held = func() { act(what, call, then) }; !d.hold {
			d.held()
		}
	}
	w := kittest.Window(t, kit.Fill(kit.ColorBg), size.Width, size.Height)
	h.Window = w
	d.screen = New(h)
	w.SetContent(kit.MinBox(size, kit.Fill(kit.ColorBg), d.screen.Content()))
	w.Resize(size)
	d.hand = &kittest.Hand{Window: w}
	d.end = a.Subscribe(func(c data.Change) {
		if c.Touches(d.screen.Topics()...) {
			d.screen.Reload(d.view)
		}
	})
	d.screen.Reload(d.view)
	return d
}

// leave closes the book.
func (d *desk) leave() {
	d.Helper()
	d.end()
	if err := d.app.Close(); err != nil {
		d.Fatal(err)
	}
}

// content is what can be seen now: the topmost dialog, else the screen.
func (d *desk) content() fyne.CanvasObject {
	c := d.hand.Window.Canvas()
	if top := c.Overlays().Top(); top != nil {
		return top
	}
	return c.Content()
}

func (d *desk) press(text string) {
	d.Helper()
	b := kittest.Button(d.content(), text)
	if b == nil {
		d.Fatalf("there is no button %q among %v", text, kittest.Texts(d.content()))
	}
	b.Tapped(nil)
}

func (d *desk) sees(text string) {
	d.Helper()
	if !kittest.Shows(d.content(), text) {
		d.Fatalf("%q is not to be seen; there is %q", text, kittest.Texts(d.content()))
	}
}

func (d *desk) at(text string) fyne.Position {
	d.Helper()
	pos, ok := kittest.At(d.content(), text)
	if !ok {
		d.Fatalf("%q is not to be seen; there is %q", text, kittest.Texts(d.content()))
	}
	return pos
}

// deals lists the book's deals.
func (d *desk) deals() []data.Row {
	d.Helper()
	rows, err := d.app.Records.List(context.Background(), data.Query{Kind: data.KindDeal})
	if err != nil {
		d.Fatal(err)
	}
	return rows
}

func (d *desk) keyOf(id data.ID) data.Key {
	d.Helper()
	row, err := d.app.Records.Get(context.Background(), data.KindDeal, id)
	if err != nil {
		d.Fatal(err)
	}
	return row.Key
}

func (d *desk) only() data.Row {
	d.Helper()
	rows := d.deals()
	if len(rows) != 1 {
		d.Fatalf("the book has %d deals", len(rows))
	}
	return rows[0]
}

// add enters a record.
func add(t *testing.T, a *app.App, kind string, v data.Values) data.ID {
	t.Helper()
	id, err := a.Records.Add(context.Background(), kind, v)
	if err != nil {
		t.Fatal(err)
	}
	return id
}
