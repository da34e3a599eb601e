package settings

import (
	"context"

	"fyne.io/fyne/v2"

	"fieldbook/app"
	"fieldbook/assets/lang"
	"fieldbook/data"
	"fieldbook/views/kit"
)

// mePage says who uses the book on this computer.
type mePage struct {
	screen *Screen
	picker *kit.Picker
	now    *kit.Text
	told   *reminders
	root   fyne.CanvasObject
}

// nobody is the picker's key for an open book.
const nobody = "nobody"

func newMePage(s *Screen) *mePage {
	p := &mePage{screen: s, told: newReminders(s), now: kit.NewText("", kit.TextStyle{Color: kit.ColorFg2})}
	p.picker = kit.NewPicker(kit.PickerOptions{
		Icon: "user", Text: lang.T("Choose a person"), Find: lang.T("Find a person"), None: lang.T("Nobody by that name; add people on the Roster screen"), OnPick: p.pick, Wide: true,
	})
	who := kit.VBox(8,
		kit.HBox(8, kit.MinBox(fyne.NewSize(320, kit.HeightControl), p.picker)),
		p.now,
		kit.NewText(lang.T("Home shows this person's numbers, and every edit made here carries the name."), kit.TextStyle{Color: kit.ColorFg2, Cut: true}),
	)
	lines := make([]fyne.CanvasObject, len(roles))
	for i, r := range roles {
		lines[i] = fact(lang.T(r.name), lang.T(r.text))
	}
	p.root = kit.VBox(kit.GapPanel,
		kit.NewPanel(kit.PanelOptions{Title: lang.T("Who I am"), Caption: lang.T("on this computer"), Body: who}),
		p.told.panel,
		kit.NewPanel(kit.PanelOptions{Title: lang.T("Roles"), Caption: lang.T("what each person works on"), Body: kit.VBox(0, lines...)}),
	)
	return p
}

func (p *mePage) content() fyne.CanvasObject { return p.root }

func (p *mePage) load(ctx context.Context) (func(), error) {
	a := p.screen.host.App
	me, err := a.Me(ctx)
	if err != nil {
		return nil, err
	}
	told, err := p.told.load(ctx)
	if err != nil {
		return nil, err
	}
	people, err := a.Records.List(ctx, data.Query{Kind: data.KindPerson, Sort: []data.Sort{{Field: "name"}}})
	return func() {
		options := []kit.Option{{Key: nobody, Text: lang.T("Nobody in particular"), Detail: lang.T("an open book")}}
		for _, r := range people {
			if r.Text("status") != data.StatusLeft {
				options = append(options, kit.Option{Key: r.ID.String(), Text: r.Title(), Detail: sentence(r.Text("role"))})
			}
		}
		p.picker.SetOptions(options)
		p.showMe(me)
		told()
	}, err
}

func (p *mePage) showMe(me app.Me) {
	if me.ID.IsZero() {
		p.picker.SetKeys(nobody)
		p.now.SetText(lang.T("Nobody was chosen, so edits carry this computer's name."))
		return
	}
	p.picker.SetChosen(kit.Option{Key: me.ID.String(), Text: me.Name})
	p.now.SetText(lang.T("%s works in this book as %s.", me.Name, roleWord(me.Role)))
}

func roleWord(role string) string {
	switch role {
	case data.RoleLead:
		return lang.T("regional lead")
	case data.RoleManager:
		return lang.T("manager")
	}
	return lang.T("rep")
}

func (p *mePage) pick(keys []string) {
	if len(keys) != 1 {
		return
	}
	id := data.NoID
	if keys[0] != nobody {
		var err error
		if id, err = data.ParseID(keys[0]); err != nil {
			return
		}
	}
	h := p.screen.host
	h.Act(lang.T("Choose who I am"), func(ctx context.Context) error { return h.App.SetMe(ctx, id) }, nil)
}

func (p *mePage) commands() []kit.Action {
	return []kit.Action{{Text: lang.T("Choose who I am"), Icon: "user", Do: p.picker.Open}}
}
