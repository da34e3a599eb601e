package home

import (
	"context"

	"fyne.io/fyne/v2"

	"fieldbook/app"
	"fieldbook/assets/lang"
	"fieldbook/data"
	"fieldbook/views/kit"
)

// planTools open, keep and remove saved what-ifs.
type planTools struct {
	plan                *planPanel
	row                 *fyne.Container
	saved               *kit.Picker
	save, remove, clear *kit.Button
	list                []app.WhatIf
	open                data.ID // the saved one that is shown
	writable            bool
}

func newPlanTools(p *planPanel) *planTools {
	t := &planTools{plan: p}
	t.saved = kit.NewPicker(kit.PickerOptions{Wide: true, Text: lang.T("No what-if saved"), None: lang.T("Tick deals and save it under a name"), OnPick: t.pick})
	t.save = kit.NewButton(kit.ButtonOptions{Text: lang.T("Save"), Icon: "check", OnTap: t.keep})
	t.remove = kit.NewButton(kit.ButtonOptions{Text: lang.T("Remove"), Icon: "x", OnTap: t.take})
	t.clear = kit.NewButton(kit.ButtonOptions{Text: lang.T("Clear"), OnTap: t.reset})
	t.row = kit.HBox(6, kit.Grow(t.saved), t.clear, t.remove, t.save)
	return t
}

// show lists the saved ones. The one that is open stays open, with what was
// changed in it since.
func (t *planTools) show(s *sheet, writable bool) {
	t.list, t.writable = s.WhatIfs, writable
	options := make([]kit.Option, len(t.list))
	for i, w := range t.list {
		options[i] = kit.Option{Key: w.ID.String(), Text: w.Name, Detail: lang.N("%d deal", "%d deals", len(w.Changes))}
	}
	t.saved.SetOptions(options)
	if t.current() == nil {
		t.open = data.NoID
	}
	t.mark()
}

// current is the saved one that is shown, nil for none.
func (t *planTools) current() *app.WhatIf {
	for i := range t.list {
		if t.list[i].ID == t.open {
			return &t.list[i]
		}
	}
	return nil
}

func (t *planTools) mark() {
	chosen := kit.Option{Text: lang.T("No what-if saved")}
	if n := len(t.list); n > 0 {
		chosen.Text = lang.N("%d saved what-if", "%d saved what-ifs", n)
	}
	if w := t.current(); w != nil {
		chosen = kit.Option{Key: w.ID.String(), Text: w.Name}
	}
	t.saved.SetChosen(chosen)
	t.remove.Hidden = t.current() == nil || !t.writable
	t.row.Refresh()
}

// touched shows what can be done with changes.
func (t *planTools) touched(any bool) {
	t.save.Hidden = !t.writable || !any && t.current() == nil
	t.clear.Hidden = !any && t.current() == nil
	t.row.Refresh()
}

func (t *planTools) pick(keys []string) {
	for _, w := range t.list {
		if len(keys) == 1 && w.ID.String() == keys[0] {
			if w.Problem != "" {
				t.plan.screen.host.Say(w.Problem)
				t.mark()
				return
			}
			t.open = w.ID
			t.plan.suppose(w.Changes)
		}
	}
	t.mark()
}

// reset supposes nothing any more; what is saved stays.
func (t *planTools) reset() {
	t.open = data.NoID
	t.plan.suppose(nil)
	t.mark()
}

// keep saves under a name: the open one's, or another.
func (t *planTools) keep() {
	s := t.plan.sheet
	w := app.WhatIf{Person: s.Scope.Person, Period: s.Period.Name, Changes: t.plan.changes()}
	old := t.current()
	if old != nil {
		w.Name = old.Name
	}
	h := t.plan.screen.host
	var kept data.ID
	h.Ask(kit.Question{
		Title: lang.T("Save the what-if"), Save: lang.T("Save"), What: lang.T("Save the what-if"),
		Fields: []kit.Field{{Key: "name", Label: lang.T("Name"), Required: true, Wide: true, Value: w.Name, Help: lang.T("Who sees your numbers sees it too. Another name keeps it as another one.")}},
		Keep: func(ctx context.Context, v kit.Values) error {
			if w.Name = v["name"]; old != nil && w.Name == old.Name {
				w.ID = old.ID
			}
			var err error
			kept, err = h.App.WhatIfs.Save(ctx, w)
			return err
		},
		Then: func() {
			t.open = kept
			t.plan.screen.Reload(h.View())
		},
	})
}

// take removes the open one; undo brings it back.
func (t *planTools) take() {
	w := t.current()
	if w == nil {
		return
	}
	h := t.plan.screen.host
	h.Act(lang.T("Remove the what-if %s", w.Name), func(ctx context.Context) error { return h.App.WhatIfs.Delete(ctx, w.ID) }, func() {
		t.reset()
		t.plan.screen.Reload(h.View())
	})
}
