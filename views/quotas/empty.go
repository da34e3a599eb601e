package quotas

import (
	"fyne.io/fyne/v2"

	"fieldbook/app"
	"fieldbook/assets/lang"
	"fieldbook/views/kit"
)

// nobody stands where there is no one to set a quota for.
func (s *Screen) nobody() fyne.CanvasObject {
	opts := kit.EmptyOptions{
		Icon: "quotas", Title: lang.T("Nobody to plan for yet"),
		Text: lang.T("Quotas are set here for people, month by month, against what is asked of each region. Add people, or choose another scope."),
	}
	if !s.host.App.Book().ReadOnly {
		opts.Step, opts.StepIcon, opts.OnTap = lang.T("Go to the roster"), "roster", func() { s.host.Go(kit.Target{Screen: "roster"}) }
	}
	return kit.NewEmpty(opts)
}

// firstStep stands where a year has no quota: it begins with last year's or
// with the first number.
func (s *Screen) firstStep(grid *app.QuotaGrid) fyne.CanvasObject {
	text := lang.T("Set each person's quota for each month; a quarter or a year spreads over its months. What regions are asked from above stands against the sum.")
	if !grid.Old {
		text += " " + lang.T("The year before has no quotas either.")
	}
	explain := kit.NewEmpty(kit.EmptyOptions{Icon: "quotas", Title: lang.T("No quotas for %s yet", grid.Year.Name), Text: text})
	kind := kit.ButtonPrimary
	steps := []fyne.CanvasObject{kit.Space()}
	if grid.Old {
		steps = append(steps, kit.NewButton(kit.ButtonOptions{Text: lang.T("Copy last year"), Icon: "copy", Kind: kind, OnTap: s.copyYear}))
		kind = kit.ButtonQuiet
	}
	steps = append(steps, kit.NewButton(kit.ButtonOptions{Text: lang.T("Type the first number"), Icon: "edit", Kind: kind, OnTap: s.begin}), kit.Space())
	const room = 200
	return kit.VBox(0, kit.Space(), kit.MinBox(fyne.NewSize(0, room), explain), kit.HBox(8, steps...), kit.Space(), kit.Space())
}

// begin shows the empty grid with the editor of the first quota open.
func (s *Screen) begin() {
	s.typing = true
	s.showGrid()
	for i, r := range s.model.rows {
		if r.line < 0 {
			continue
		}
		for range i {
			s.table.TypedKey(&fyne.KeyEvent{Name: fyne.KeyDown})
		}
		s.table.TypedKey(&fyne.KeyEvent{Name: fyne.KeyRight})
		s.host.Window.Canvas().Focus(s.table)
		s.table.TypedKey(&fyne.KeyEvent{Name: fyne.KeyF2})
		return
	}
}
