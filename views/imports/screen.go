// Package imports is the screen that brings files of other programs into the
// book: what was recognised, what was mended, what a person should decide, and
// what would come, before anything is kept.
package imports

import (
	"context"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"fieldbook/app"
	"fieldbook/assets/lang"
	"fieldbook/views/kit"
)

// Screen is the import wizard. The plan is worked on away from the screen;
// what is shown is a picture of it.
type Screen struct {
	host   *kit.Host
	loader *kit.Loader
	root   *fyne.Container
	work   *workbench

	order  order // the files that are asked for
	shown  picture
	result *app.ImportResult // of an import that was done
	rule   app.InboxRule     // of the watched folder
	file   int               // the chosen file
	tab    int               // of the right panel
}

var (
	_ kit.Screen     = (*Screen)(nil)
	_ kit.Opening    = (*Screen)(nil)
	_ kit.Titled     = (*Screen)(nil)
	_ kit.Acting     = (*Screen)(nil)
	_ kit.Commanding = (*Screen)(nil)
)

// New returns the screen without files.
func New(h *kit.Host) *Screen {
	s := &Screen{host: h, root: container.NewStack(), work: &workbench{app: h.App}}
	s.loader = h.Loader(s.root)
	return s
}

// Content implements kit.Screen.
func (s *Screen) Content() fyne.CanvasObject { return s.loader }

// Topics implements kit.Screen: what is new depends on all that the book holds.
func (s *Screen) Topics() []string { return nil }

// Open implements kit.Opening: it plans the files of a target.
func (s *Screen) Open(t kit.Target) {
	if len(t.Paths) > 0 {
		s.take(t.Paths)
	}
}

// take plans other files, in place of those that were here.
func (s *Screen) take(paths []string) { s.begin(order{paths: paths}) }

func (s *Screen) begin(o order) {
	o.number = s.order.number + 1
	s.order, s.result, s.file, s.tab = o, nil, 0, 0
	s.Reload(s.host.View())
}

// Reload implements kit.Screen: it plans files that are new, and rehearses.
func (s *Screen) Reload(kit.View) {
	switch {
	case s.work.applying.Load():
		return // its end shows what came
	case len(s.order.paths) == 0 || s.result != nil:
		kit.Load(s.loader, s.host.App.Imports.Rule, func(r app.InboxRule) {
			s.rule = r
			s.show()
		})
		return
	}
	o := s.order
	kit.Load(s.loader, func(ctx context.Context) (picture, error) { return s.work.rehearse(ctx, o) }, func(p picture) {
		s.shown = p
		s.file = max(0, min(s.file, len(p.files)-1))
		s.show()
	})
}

// correct changes the plan and rehearses anew. A rehearsal that still runs is
// given up for it.
func (s *Screen) correct(e edit) {
	s.work.later(e)
	s.Reload(s.host.View())
}

// Primary implements kit.Acting.
func (s *Screen) Primary() *kit.Action {
	n := s.shown.total.new + s.shown.total.changed
	switch {
	case s.result != nil:
		return &kit.Action{Text: lang.T("Import more files"), Icon: "download", Do: s.startOver}
	case n == 0:
		return nil // the empty page has a button of its own
	}
	return &kit.Action{Text: lang.N("Import %s row", "Import %s rows", n, kit.Thousands(n)), Icon: "download", Do: s.apply}
}

// Commands implements kit.Commanding.
func (s *Screen) Commands() []kit.Action {
	out := []kit.Action{
		{Text: lang.T("Choose a file"), Icon: "file", Do: s.chooseFile},
		{Text: lang.T("Choose a folder"), Icon: "folder", Do: s.chooseFolder},
	}
	if len(s.order.paths) > 0 && s.result == nil {
		out = append(out, kit.Action{Text: lang.T("Save the mapping"), Icon: "copy", Do: s.saveMapping},
			kit.Action{Text: lang.T("Use a saved mapping"), Icon: "layers", Do: s.loadMapping})
	}
	if len(s.order.paths) > 0 && len(s.shown.files) > 0 {
		out = append(out, kit.Action{Text: lang.T("Import what lands in a folder like this"), Icon: "folder", Do: s.watchFolder})
	}
	if s.rule.Dir != "" {
		out = append(out, kit.Action{Text: lang.T("Stop watching the folder"), Icon: "x", Do: s.stopWatching})
	}
	if s.result != nil && s.result.Txn != "" {
		out = append(out, kit.Action{Text: lang.T("Undo the import"), Icon: "undo", Do: s.undo})
	}
	if s.result != nil && s.result.SetAside() > 0 {
		out = append(out, kit.Action{Text: lang.T("Save the rows that were set aside"), Icon: "file", Do: s.saveAside})
	}
	return out
}

// Crumbs implements kit.Titled.
func (s *Screen) Crumbs() []kit.Crumb { return nil }

// Tools implements kit.Titled.
func (s *Screen) Tools() []fyne.CanvasObject {
	if s.result != nil {
		return nil
	}
	if len(s.order.paths) == 0 {
		return []fyne.CanvasObject{kit.NewButton(kit.ButtonOptions{Text: lang.T("Choose a folder"), Icon: "folder", OnTap: s.chooseFolder})}
	}
	return []fyne.CanvasObject{
		kit.NewButton(kit.ButtonOptions{Text: lang.T("Add a file"), Icon: "file", OnTap: s.chooseFile}),
		kit.NewButton(kit.ButtonOptions{Text: s.mappingWord(), Icon: "layers", OnTap: s.loadMapping}),
		kit.NewButton(kit.ButtonOptions{Text: lang.T("Cancel"), OnTap: s.startOver}),
	}
}

func (s *Screen) mappingWord() string {
	if s.order.mapping == nil {
		return lang.T("Use a saved mapping")
	}
	return lang.T("Mapping: %s", s.order.mappingName)
}

// show draws where the import stands.
func (s *Screen) show() {
	var content fyne.CanvasObject
	switch {
	case s.result != nil:
		content = s.done()
	case len(s.order.paths) == 0:
		content = s.empty()
	default:
		content = s.wizard()
	}
	s.root.Objects = []fyne.CanvasObject{content}
	s.root.Refresh()
	s.host.Changed()
}

func (s *Screen) empty() fyne.CanvasObject {
	first := kit.NewEmpty(kit.EmptyOptions{
		Icon: "download", Title: lang.T("Bring your work in"),
		Text: lang.T("Drop CSV or Excel files on the window, or choose them here: people, accounts, contacts, products, deals, activities, quotas. You see what each column becomes before anything is kept, and the whole import is undone in one step."),
		Step: lang.T("Choose a file"), StepIcon: "folder", OnTap: s.chooseFile,
	})
	if watched := s.watched(); watched != nil {
		return kit.Page(watched, kit.Grow(first))
	}
	return first
}
