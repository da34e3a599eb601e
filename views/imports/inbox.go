package imports

import (
	"context"
	"path/filepath"
	"strings"

	"fyne.io/fyne/v2"

	"fieldbook/app"
	"fieldbook/assets/lang"
	"fieldbook/views/kit"
)

// LandedWords say in a line what became of files that landed in the watched
// folder, and whether somebody should look at it.
func LandedWords(n app.InboxNews) (words string, bad bool) {
	if n.Failed != nil {
		return kit.Message(n.Failed, lang.T("The folder cannot be watched")), true
	}
	var parts []string
	for _, f := range n.Files {
		switch {
		case f.Again:
			continue
		case f.Result == nil:
			parts, bad = append(parts, lang.T("%s was not imported: %s", f.File, f.Why)), true
		default:
			var c counts
			for _, r := range f.Result.Files {
				c.add(counts{r.Rows, r.New, r.Changed, r.Unchanged, r.SetAside})
			}
			bad = bad || c.aside > 0
			parts = append(parts, lang.T("%s: %s", f.File, doneWords(c)))
		}
	}
	return strings.Join(parts, "; "), bad
}

// watchFolder asks for a folder whose files are imported from now on as these
// are.
func (s *Screen) watchFolder() {
	o := s.order
	kit.OpenFolder(s.host.Window, kit.FileAsk{Title: lang.T("Import what lands in a folder like this"), Then: func(dir string) {
		s.host.Act(lang.T("Watch %s", filepath.Base(dir)), func(ctx context.Context) error {
			rule, err := s.work.rule(ctx, o, dir)
			if err != nil {
				return err
			}
			return s.host.App.Imports.SetRule(ctx, rule)
		}, func() {
			s.host.Say(lang.T("Files that land in %s are imported like this while the book is open", filepath.Base(dir)))
			s.Reload(s.host.View())
		})
	}})
}

// stopWatching forgets the rule of the watched folder.
func (s *Screen) stopWatching() {
	s.host.Act(lang.T("Watch no folder"), func(ctx context.Context) error {
		return s.host.App.Imports.SetRule(ctx, app.InboxRule{})
	}, func() { s.Reload(s.host.View()) })
}

// watched tells of the folder that is watched; nil where none is.
func (s *Screen) watched() fyne.CanvasObject {
	if s.rule.Dir == "" {
		return nil
	}
	kinds := []string{}
	for _, m := range s.rule.Mapping.Files {
		kinds = append(kinds, kindWord(m.Kind))
	}
	line := kit.HBox(8,
		kit.MinBox(fyne.NewSize(kit.IconSize, kit.IconSize), kit.NewIcon("folder", kit.ColorAccent)),
		kit.Grow(kit.VBox(2,
			kit.NewText(lang.T("What lands in %s is imported while the book is open", s.rule.Dir), kit.TextStyle{Bold: true, Cut: true}),
			quietCaption(lang.T("%s, by the rule that was made here. What does not fit stays there with a note beside it; what came in goes to its folder done.", strings.Join(kinds, ", "))))),
		kit.NewButton(kit.ButtonOptions{Text: lang.T("Stop watching"), Icon: "x", OnTap: s.stopWatching}))
	return kit.NewPanel(kit.PanelOptions{Body: line})
}
