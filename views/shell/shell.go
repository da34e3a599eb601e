package shell

import (
	"context"
	"errors"
	"log/slog"
	"path/filepath"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"fieldbook/app"
	"fieldbook/assets"
	"fieldbook/assets/lang"
	"fieldbook/data"
	"fieldbook/views/kit"
)

// Options say how the window starts.
type Options struct {
	Config app.Config
	Book   string // the book to open; empty opens the last one
	Folder string // where new books and the window's own memory go
	Zone   string // IANA name of the zone that new books count their days in; empty is UTC
	Runner kit.Runner
	Shown  func() // called once when the first screen stands; may be nil
}

// The size of the window at the first start.
const (
	firstWidth  = 1280
	firstHeight = 800
)

// iconWait keeps the icon, whose decoding the window would wait for, from the
// first screen's way.
const iconWait = time.Second

// shell is the window and the book that is open in it, if any.
type shell struct {
	ctx     context.Context //nolint:containedctx // the lifetime of the window
	fyne    fyne.App
	window  fyne.Window
	opts    Options
	runner  *settling
	recent  *recent
	session *session
	stage   *fyne.Container   // holds the page that is shown
	first   fyne.CanvasObject // the first page, while its content loads
	room    []byte            // see startRoom
}

// Run shows the window and returns when it is closed.
func Run(ctx context.Context, fa fyne.App, opts Options) error {
	sh := newShell(ctx, fa, opts)
	stop := context.AfterFunc(ctx, func() { sh.runner.Do(sh.quit) })
	defer stop()
	sh.window.ShowAndRun()
	return sh.closeSession()
}

func newShell(ctx context.Context, fa fyne.App, opts Options) *shell {
	if opts.Runner == nil {
		opts.Runner = kit.FyneRunner{}
	}
	sh := &shell{ctx: ctx, fyne: fa, opts: opts, recent: readRecent(opts.Folder), stage: container.NewStack(), room: make([]byte, startRoom)}
	sh.runner = &settling{lifeline: &lifeline{Runner: opts.Runner}, rest: sh.rested}
	fa.Settings().SetTheme(kit.Theme{Dark: sh.recent.Dark})
	fa.Lifecycle().SetOnStopped(sh.runner.end)
	sh.window = fa.NewWindow("Fieldbook")
	sh.runner.After(iconWait, func() { sh.window.SetIcon(fyne.NewStaticResource("icon.png", assets.AppIcon)) })
	sh.window.SetPadded(false)
	size := fyne.NewSize(firstWidth, firstHeight)
	if sh.recent.Wide > 0 && sh.recent.High > 0 {
		size = fyne.NewSize(sh.recent.Wide, sh.recent.High)
	}
	sh.window.SetContent(sh.stage)
	sh.window.Resize(size)
	sh.window.SetOnDropped(func(_ fyne.Position, uris []fyne.URI) { sh.dropped(uris) })
	sh.window.SetCloseIntercept(sh.quit)
	sh.window.Canvas().AddShortcut(&fyne.ShortcutRedo{}, func(fyne.Shortcut) { sh.redo() }) // Ctrl+Y, beside the menu's key
	path := opts.Book
	if path == "" {
		path, _ = sh.recent.last()
	}
	if path == "" {
		sh.showStart()
	} else {
		sh.renewMenu()
		sh.openBook(path)
	}
	return sh
}

// openBook opens a book and shows it; a failure leads to the start page with
// the reason.
func (sh *shell) openBook(path string) {
	sh.take(func(ctx context.Context) (*app.App, error) {
		a, err := app.Open(ctx, path, sh.opts.Config)
		if k := data.KindOf(err); err != nil && (k == data.Busy || k == data.Refused) {
			if ro, roErr := app.OpenReadOnly(ctx, path, sh.opts.Config); roErr == nil {
				sh.runner.Do(func() { kit.Failure(sh.window, lang.T("Opened read-only"), err, nil) })
				return ro, nil
			}
		}
		if err == nil {
			sh.warm(a)
		}
		return a, err
	}, nil)
}

// warm reads what figures are made from while the window is still coming up.
func (sh *shell) warm(a *app.App) {
	sh.runner.Go(func() {
		if err := a.Performance.Warm(sh.ctx); err != nil {
			slog.Warn("reading ahead", "err", err) // the screen that needs them reads them again and shows why
		}
	})
}

// take closes the open book and shows the one that open gives. then follows
// once its first screen stands.
func (sh *shell) take(open func(ctx context.Context) (*app.App, error), then func()) {
	if err := sh.closeSession(); err != nil {
		slog.Error("closing the book", "err", err)
	}
	sh.runner.Go(func() {
		a, err := open(sh.ctx)
		var b beginning
		if err == nil {
			if b, err = readBeginning(sh.ctx, a); err != nil {
				err = errors.Join(err, a.Close())
			}
		}
		sh.runner.Do(func() {
			if err != nil {
				sh.showStart()
				sh.failedToOpen(err)
				return
			}
			sh.enter(a, b)
			if then != nil {
				then()
			}
		})
	})
}

// replace puts a backup into the place of the open book and opens it. Where
// that fails the book as it was is opened again, and the reason shown.
func (sh *shell) replace(backup *app.Ready) {
	path := sh.session.app.Book().Path
	var failed error
	sh.take(func(ctx context.Context) (*app.App, error) {
		failed = backup.Put(ctx)
		a, err := app.Open(ctx, path, sh.opts.Config)
		if err != nil {
			return nil, errors.Join(failed, err)
		}
		return a, nil
	}, func() {
		if failed != nil {
			kit.Failure(sh.window, lang.T("Restore a backup"), failed, nil)
			return
		}
		sh.session.host.Say(lang.T("The book is as it was in the backup; the one before it is kept beside it"))
	})
}

func (sh *shell) enter(a *app.App, b beginning) {
	if err := sh.recent.opened(a.Book().Path); err != nil {
		slog.Warn("remembering the book", "err", err)
	}
	sh.session = newSession(sh.ctx, a, sh.window, sh.runner, sessionHooks{menuChanged: sh.renewMenu, palette: sh.showPalette, replace: sh.replace})
	sh.window.SetTitle(a.Book().Name + " – Fieldbook")
	sh.showFirst(sh.session.frame.root)
	sh.session.begin(b)
}

func (sh *shell) closeSession() error {
	if sh.session == nil {
		return nil
	}
	s := sh.session
	sh.session = nil
	return s.close()
}

func (sh *shell) quit() {
	size := sh.window.Canvas().Size()
	sh.recent.Wide, sh.recent.High = size.Width, size.Height
	if err := errors.Join(sh.recent.save(), sh.closeSession()); err != nil {
		slog.Error("closing", "err", err)
	}
	sh.runner.end()
	sh.fyne.Quit()
}

func (sh *shell) switchTheme() {
	sh.recent.Dark = !sh.recent.Dark
	sh.fyne.Settings().SetTheme(kit.Theme{Dark: sh.recent.Dark})
	if err := sh.recent.save(); err != nil {
		slog.Warn("remembering the theme", "err", err)
	}
	sh.renewMenu()
}

// dropped takes files that were dropped on the window: a book is opened, a
// share file previewed, anything else offered for import.
func (sh *shell) dropped(uris []fyne.URI) {
	var share, tables []string
	for _, u := range uris {
		path := u.Path()
		switch filepath.Ext(path) {
		case ".book":
			sh.openBook(path)
			return
		case ".fieldbook":
			share = append(share, path)
		default:
			tables = append(tables, path)
		}
	}
	switch {
	case sh.session == nil && len(tables) > 0:
		sh.askNewBookThen(func() { sh.session.open(kit.Target{Screen: "import", Paths: tables}) })
	case sh.session == nil && len(share) > 0:
		sh.lookAt(share[0], "")
	case sh.session == nil:
	case len(share) > 0:
		sh.session.open(kit.Target{Screen: "sharing", Paths: share})
	default:
		sh.session.open(kit.Target{Screen: "import", Paths: tables})
	}
}

func (sh *shell) askOpenBook() {
	kit.OpenFile(sh.window, kit.FileAsk{Title: lang.T("Open a book"), Endings: []string{".book"}, Folder: sh.opts.Folder, Then: sh.openBook})
}

func (sh *shell) askBackup() {
	s := sh.session
	name := s.app.Book().Name + " " + s.app.Today().String() + ".book"
	kit.SaveFile(sh.window, kit.FileAsk{Title: lang.T("Save a backup"), Name: name, Folder: sh.opts.Folder, Then: func(path string) {
		s.host.Job(lang.T("Save a backup"), func(ctx context.Context, _ func(done, total int64)) error {
			return s.app.Journal.Backup(ctx, path)
		}, nil)
	}})
}
