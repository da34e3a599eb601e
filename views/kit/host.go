package kit

import (
	"context"
	"encoding/json"

	"fyne.io/fyne/v2"

	"fieldbook/app"
	"fieldbook/assets/lang"
	"fieldbook/data"
)

// View is what the title row has chosen. It holds for every screen, so that a
// figure followed from one screen to the next stays the same figure.
type View struct {
	Period data.Period
	Scope  data.Scope
	Whose  string   // the scope in words: "Me", "My team", "Central"
	AsOf   data.Day // the day whose knowledge counts; Today where nothing else was picked
	Today  data.Day
	Part   string  // which part of the book this file holds, in words: "Ada's part"; "" is all of it
	Holder data.ID // where that is what one person's is: the person
	Role   string  // by which rights are judged: "" where whoever looks may do everything
}

// Holds adds to the caption of a total that a part of the book is all it counts.
func (v View) Holds(caption string) string {
	if v.Part == "" {
		return caption
	}
	return lang.T("%s, of what this book holds", caption)
}

// HandedOver reports whether a record is here that is no longer the person's
// whose part of the book this is.
func (v View) HandedOver(owner data.ID) bool {
	return !v.Holder.IsZero() && !owner.IsZero() && owner != v.Holder
}

// Past reports whether the view looks at a day before today.
func (v View) Past() bool { return v.AsOf < v.Today }

// Target names a place to go to: a screen and, on it, a record or the records
// behind a figure.
type Target struct {
	Screen string
	Kind   string
	ID     data.ID
	Keys   []data.Key // the records behind a figure
	Title  string     // what the figure was, for Keys
	Query  *data.Query
	New    bool     // start a new record
	Paths  []string // files to import or merge
	Report string   // one of app.ReportNames, on the screen Reports
}

// Host is what the shell gives to each screen. Its functions are called on the
// UI goroutine.
type Host struct {
	Context context.Context //nolint:containedctx // the lifetime of the window
	App     *app.App
	Runner  Runner
	Window  fyne.Window

	// Go shows another place.
	Go func(Target)
	// Say shows one quiet line of what was done.
	Say func(text string)
	// Hint shows one quiet line of what can be done here.
	Hint func(text string)
	// Act runs one call of app off the screen. then follows on the screen where
	// it went well; a failure is shown in a dialog that keeps what was typed.
	Act func(what string, call func(ctx context.Context) error, then func())
	// Job runs long work with a name, progress and Cancel in the status bar.
	Job func(name string, work func(ctx context.Context, progress func(done, total int64)) error, then func())
	// Replace puts a backup into the place of the open book and shows it. The
	// host and all that came from it end with that.
	Replace func(*app.Ready)
	// View is what the title row has chosen; SetView chooses it.
	View    func() View
	SetView func(View)
	chart   *ChartView // the one that had the keyboard last

	// Changed tells the shell that the screen's tools, crumbs or primary action
	// are other ones now.
	Changed func()
}

// Remember keeps on this device how a screen stands, as JSON. What cannot be kept
// costs a click the next time, so nothing is said of it.
func (h *Host) Remember(name string, v any) {
	if b, err := json.Marshal(v); err == nil {
		h.Runner.Go(func() { _ = h.App.SetPref(h.Context, name, string(b)) })
	}
}

// MayMake reports whether whoever looks has a right to make records of a kind here.
// Where they have none, a screen does not offer to.
func (h *Host) MayMake(kind string) bool {
	role := h.View().Role
	return !h.App.Book().ReadOnly && (role == "" || data.MayMake(role, kind))
}

// Loader makes a loader for the screen's content.
func (h *Host) Loader(content fyne.CanvasObject) *Loader {
	return NewLoader(LoaderOptions{Context: h.Context, Runner: h.Runner, Content: content})
}

// Screen is one entry of the navigation rail. Reload fetches through a Loader
// and shows; it is called when the screen is first shown, when the view changes
// and after every commit that touches its topics.
type Screen interface {
	Content() fyne.CanvasObject
	Topics() []string // kinds; none means every change
	Reload(View)
}

// Uses says which pickers of the title row mean something on a screen.
type Uses struct{ Period, Scope, AsOf bool }

// Picking is a screen that heeds pickers of the title row.
type Picking interface{ Uses() Uses }

// Opening is a screen that can show one record or the records behind a figure.
type Opening interface{ Open(Target) }

// Titled is a screen that shows where it stands: crumbs behind its name, the
// last one bold, and widgets of its own in the title row.
type Titled interface {
	Crumbs() []Crumb
	Tools() []fyne.CanvasObject
}

// Crumb is one step of where a screen stands.
type Crumb struct {
	Text  string
	Tag   string
	OnTap func() // nil for where we are
}

// Acting is a screen with a primary action, the one filled button of the title row.
type Acting interface{ Primary() *Action }

// Commanding is a screen with further actions for menu, palette and shortcuts.
type Commanding interface{ Commands() []Action }

// Action is something to do, with its words, icon and shortcut.
type Action struct {
	Text     string
	Icon     string
	Shortcut fyne.Shortcut
	Anywhere bool // its menu entry and shortcut act while a dialog is open, too
	Do       func()
}
