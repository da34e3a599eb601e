package shell

import (
	"context"
	"runtime"
	"slices"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"

	"fieldbook/assets/lang"
	"fieldbook/data"
	"fieldbook/views/kit"
)

// shortcut is a key with Ctrl, or Cmd on a Mac, and more held down. The desktop
// driver reports undo and redo under names of their own, never as those keys.
func shortcut(key fyne.KeyName, mods ...fyne.KeyModifier) fyne.Shortcut {
	m := fyne.KeyModifierShortcutDefault
	for _, extra := range mods {
		m |= extra
	}
	for _, own := range []fyne.KeyboardShortcut{&fyne.ShortcutUndo{}, &fyne.ShortcutRedo{}} {
		if own.Key() == key && own.Mod() == m {
			return own
		}
	}
	return &desktop.CustomShortcut{KeyName: key, Modifier: m}
}

// shortcutText writes a shortcut as people read it: "Ctrl+Shift+Z".
func shortcutText(s fyne.Shortcut) string {
	k, ok := s.(fyne.KeyboardShortcut)
	if !ok {
		return ""
	}
	var parts []string
	for _, m := range []struct {
		mod  fyne.KeyModifier
		name string
	}{{fyne.KeyModifierControl, "Ctrl"}, {fyne.KeyModifierSuper, superName()}, {fyne.KeyModifierAlt, "Alt"}, {fyne.KeyModifierShift, "Shift"}} {
		if k.Mod()&m.mod != 0 {
			parts = append(parts, m.name)
		}
	}
	return strings.Join(append(parts, string(k.Key())), "+")
}

func superName() string {
	if runtime.GOOS == "darwin" {
		return "Cmd"
	}
	return "Super"
}

// renewMenu builds the main menu: every action has its entry there, and menu
// shortcuts work while a field has the keyboard.
func (sh *shell) renewMenu() {
	if sh.first != nil {
		return // it comes with the page
	}
	menus := []*fyne.Menu{
		sh.menuOf(lang.T("File"), sh.fileActions()),
		sh.menuOf(lang.T("Edit"), sh.editActions()),
		sh.menuOf(lang.T("Go"), sh.goActions()),
	}
	if actions := sh.screenActions(); len(actions) > 0 {
		menus = append(menus, sh.menuOf(lang.T("Actions"), actions))
	}
	menus = append(menus, sh.menuOf(lang.T("View"), sh.viewActions()))
	sh.window.SetMainMenu(fyne.NewMainMenu(menus...))
	sh.window.Canvas().AddShortcut(&fyne.ShortcutRedo{}, func(fyne.Shortcut) { sh.redo() }) // Ctrl+Y, beside the menu's own key
}

// menuOf lists actions. The driver runs their shortcuts while a dialog is open
// too; then only what works on the dialog itself, and Quit, may act.
func (sh *shell) menuOf(name string, actions []kit.Action) *fyne.Menu {
	var items []*fyne.MenuItem
	for _, a := range actions {
		item := fyne.NewMenuItem(a.Text, func() {
			if a.Anywhere || sh.window.Canvas().Overlays().Top() == nil {
				a.Do()
			}
		})
		item.Shortcut = a.Shortcut
		items = append(items, item)
	}
	return fyne.NewMenu(name, items...)
}

// allActions is what the palette offers.
func (sh *shell) allActions() []kit.Action {
	out := sh.screenActions()
	out = append(out, sh.goActions()...)
	out = append(out, sh.editActions()...)
	out = append(out, sh.fileActions()...)
	return append(out, sh.viewActions()...)
}

func (sh *shell) fileActions() []kit.Action {
	actions := []kit.Action{
		{Text: lang.T("New book"), Icon: "plus", Shortcut: shortcut(fyne.KeyN, fyne.KeyModifierShift), Do: sh.askNewBook},
		{Text: lang.T("Open a book"), Icon: "folder", Shortcut: shortcut(fyne.KeyO), Do: sh.askOpenBook},
	}
	if s := sh.session; s != nil {
		if _, ok := s.entry("import"); ok {
			actions = append(actions, kit.Action{Text: lang.T("Import files"), Icon: "download", Shortcut: shortcut(fyne.KeyI), Do: func() { s.show("import") }})
		}
		actions = append(actions,
			kit.Action{Text: lang.T("Export"), Icon: "upload", Do: s.host.Export},
			kit.Action{Text: lang.T("Save a backup"), Icon: "book", Do: sh.askBackup},
			kit.Action{Text: lang.T("Close the book"), Icon: "x", Do: sh.showStart})
	}
	return append(actions, kit.Action{Text: lang.T("Quit"), Icon: "x", Shortcut: shortcut(fyne.KeyQ), Anywhere: true, Do: sh.quit})
}

func (sh *shell) editActions() []kit.Action {
	s := sh.session
	if s == nil {
		return nil
	}
	return []kit.Action{
		{Text: lang.T("Undo"), Icon: "undo", Shortcut: shortcut(fyne.KeyZ), Anywhere: true, Do: sh.undo},
		{Text: lang.T("Redo"), Icon: "undo", Shortcut: shortcut(fyne.KeyZ, fyne.KeyModifierShift), Anywhere: true, Do: sh.redo},
		{Text: lang.T("Find anything"), Icon: "search", Shortcut: shortcut(fyne.KeyK), Do: sh.showPalette},
	}
}

// undo takes back typing in the field that has the keyboard, else the newest
// step of the book.
func (sh *shell) undo() {
	if typing, ok := sh.window.Canvas().Focused().(interface{ Undo() }); ok {
		typing.Undo()
	} else if sh.session != nil && sh.window.Canvas().Overlays().Top() == nil {
		sh.session.undo()
	}
}

func (sh *shell) redo() {
	if typing, ok := sh.window.Canvas().Focused().(interface{ Redo() }); ok {
		typing.Redo()
	} else if sh.session != nil && sh.window.Canvas().Overlays().Top() == nil {
		sh.session.redo()
	}
}

// undo takes back the newest step and says which.
func (s *session) undo() {
	s.reverse(lang.T("There is nothing to undo"), s.nowOnly(func(ctx context.Context) (string, int, error) {
		u, err := s.app.Journal.Undo(ctx, data.NoID)
		return lang.T("Undone: %s", u.What), len(u.Kept), err
	}))
}

func (s *session) redo() {
	s.reverse(lang.T("There is nothing to redo"), s.nowOnly(func(ctx context.Context) (string, int, error) {
		u, err := s.app.Journal.Redo(ctx)
		return lang.T("Redone: %s", u.What), len(u.Kept), err
	}))
}

func (s *session) reverse(nothing string, call func(context.Context) (words string, kept int, err error)) {
	s.host.Runner.Go(func() {
		words, kept, err := call(s.host.Context)
		s.host.Runner.Do(func() {
			switch {
			case err != nil && data.KindOf(err) == data.NotFound:
				s.host.Say(nothing)
			case err != nil:
				kit.Failure(s.host.Window, lang.T("Undo"), err, nil)
			case kept > 0:
				s.host.Say(words + " · " + lang.N("%d record edited since was kept", "%d records edited since were kept", kept))
			default:
				s.host.Say(words)
			}
		})
	})
}

// screenKeys are the keys of the first screens: Ctrl+1 is Home.
var screenKeys = []fyne.KeyName{fyne.Key1, fyne.Key2, fyne.Key3, fyne.Key4, fyne.Key5, fyne.Key6, fyne.Key7, fyne.Key8, fyne.Key9}

func (sh *shell) goActions() []kit.Action {
	s := sh.session
	if s == nil {
		return nil
	}
	var out []kit.Action
	for _, e := range s.entries {
		a := kit.Action{Text: lang.T("Go to %s", lang.T(e.label)), Icon: e.icon, Do: func() { s.enter(e.name) }}
		if len(out) < len(screenKeys) {
			a.Shortcut = shortcut(screenKeys[len(out)])
		}
		out = append(out, a)
	}
	return out
}

// screenActions are what the screen offers, each once: its filled button first.
func (sh *shell) screenActions() []kit.Action {
	s := sh.session
	if s == nil || s.screens[s.current] == nil {
		return nil
	}
	var out []kit.Action
	if a, ok := s.screens[s.current].(kit.Acting); ok {
		if p := a.Primary(); p != nil && !s.view.Past() {
			out = append(out, *p)
		}
	}
	if c, ok := s.screens[s.current].(kit.Commanding); ok {
		for _, command := range c.Commands() {
			if !slices.ContainsFunc(out, func(a kit.Action) bool { return a.Text == command.Text }) {
				out = append(out, command)
			}
		}
	}
	return out
}

func (sh *shell) viewActions() []kit.Action {
	word := lang.T("Dark theme")
	if sh.recent.Dark {
		word = lang.T("Light theme")
	}
	out := []kit.Action{{Text: word, Icon: "brush", Shortcut: shortcut(fyne.KeyD, fyne.KeyModifierShift), Do: sh.switchTheme}}
	if s := sh.session; s != nil {
		out = append(out, s.pastActions()...)
	}
	return out
}
