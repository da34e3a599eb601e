package sharing

import (
	"context"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"fieldbook/app"
	"fieldbook/assets/lang"
	"fieldbook/data"
	"fieldbook/views/kit"
)

// membersPage shows who belongs to the book, on which devices.
type membersPage struct {
	screen  *Screen
	state   memberState
	table   *kit.Table
	revoke  *kit.Button
	readmit *kit.Button
}

// memberState is what the page is drawn from.
type memberState struct {
	founded bool
	list    []app.Participant
	words   string // the founder's fingerprint
	mine    app.Standing
	me      app.Me
	people  []kit.Option // to choose from before anything is typed
}

func (p *membersPage) load(ctx context.Context) (st memberState, err error) {
	a := p.screen.host.App
	st.founded, st.people = a.Members.Founded(), p.screen.host.RecordSearch(data.KindPerson)("")
	if st.me, err = a.Me(ctx); err != nil {
		return st, err
	}
	if st.mine, err = a.Members.Mine(ctx); err != nil || !st.founded {
		return st, err
	}
	if st.words, err = a.Members.FounderWords(ctx); err != nil {
		return st, err
	}
	st.list, err = a.Members.List(ctx)
	return st, err
}

// invites reports whether whoever uses the book here may take others in.
func (p *membersPage) invites() bool {
	mine := p.state.mine
	return p.state.founded && mine.Member && (mine.Lead || mine.Role == data.RoleManager) && !p.screen.readOnly()
}

func (p *membersPage) primary() *kit.Action {
	switch {
	case p.invites():
		return &kit.Action{Text: lang.T("Invite…"), Icon: "mail", Do: func() { p.screen.invite(data.NoID) }}
	case !p.state.founded && !p.screen.readOnly() && !p.state.me.ID.IsZero():
		return &kit.Action{Text: lang.T("Give the book members"), Icon: "users", Do: p.askFound}
	}
	return nil
}

func (p *membersPage) content() fyne.CanvasObject {
	if !p.state.founded {
		return p.open()
	}
	rows := []fyne.CanvasObject{}
	if !p.state.mine.Member {
		rows = append(rows, p.strangerPanel())
	}
	return kit.Page(append(rows, kit.Grow(p.listPanel()))...)
}

// open explains what members are, in a book that has none.
func (p *membersPage) open() fyne.CanvasObject {
	empty := kit.EmptyOptions{
		Icon: "users", Title: lang.T("This is an open book"),
		Text: lang.T("Whoever holds a copy of it may change everything. With members, each works with a role: a rep changes own deals and accounts, a manager the team's, a lead everything. Share files are then locked for the devices of who gets them, and what somebody changed without a right to it waits for your word. You become the first member, with a lead's rights. This cannot be taken back."),
	}
	if !p.screen.readOnly() {
		empty.Step, empty.StepIcon, empty.OnTap = lang.T("Give the book members"), "users", p.askFound
		if p.state.me.ID.IsZero() {
			empty.Step, empty.StepIcon = lang.T("Say first who you are"), "user"
			empty.OnTap = func() { p.screen.host.Go(kit.Target{Screen: "settings", Kind: data.KindPerson}) }
		}
	}
	return kit.NewEmpty(empty)
}

// strangerPanel tells a computer that does not belong to the book what that
// means.
func (p *membersPage) strangerPanel() fyne.CanvasObject {
	head := kit.HBox(8, kit.MinBox(fyne.NewSize(kit.IconSize, kit.IconSize), kit.NewIcon("warn", kit.ColorWarn)), kit.Strong(lang.T("This computer is not a member of the book")))
	text := lang.T("You can read the book, but change nothing in it. Ask %s for an invitation, a file with a passphrase, and drop it on this window.", p.founder())
	return kit.NewPanel(kit.PanelOptions{Body: kit.VBox(8, head, kit.NewProse(text, 2, kit.TextStyle{Color: kit.ColorFg2}))})
}

func (p *membersPage) founder() string {
	for _, m := range p.state.list {
		if m.Founder {
			return m.Person.Title()
		}
	}
	return lang.T("a lead")
}

func (p *membersPage) listPanel() fyne.CanvasObject {
	p.table = kit.NewTable(kit.TableOptions{
		Rows: deviceRows(p.state.list), OnSelect: p.pointed,
		Columns: []kit.Column{
			{Key: "who", Title: lang.T("Who"), Width: 200},
			{Key: "role", Title: lang.T("Role"), Width: 90},
			{Key: "device", Title: lang.T("Computer"), Width: 170},
			{Key: "words", Title: lang.T("Fingerprint"), Width: 330, Grow: 1},
			{Key: "state", Title: lang.T("State"), Width: 200},
		},
	})
	body := fyne.CanvasObject(p.table)
	p.revoke, p.readmit = nil, nil
	if p.state.mine.Member && !p.screen.readOnly() {
		p.revoke = kit.NewButton(kit.ButtonOptions{Text: lang.T("Revoke…"), Icon: "x", OnTap: p.askRevoke})
		p.readmit = kit.NewButton(kit.ButtonOptions{Text: lang.T("Take in again"), Icon: "undo", OnTap: p.takeInAgain})
		p.revoke.Disable()
		p.readmit.Disable()
		bar := kit.HBox(8, p.revoke, p.readmit, kit.Grow(kit.NewText(lang.T("Compare a fingerprint by reading its six words to each other."), kit.TextStyle{Size: kit.SizeCaption, Color: kit.ColorFg2, Cut: true})))
		body = container.NewBorder(kit.Pad(kit.Insets{Left: kit.PadPanel, Right: kit.PadPanel, Bottom: 8}, bar), nil, nil, nil, p.table)
	}
	n := len(p.state.list)
	return kit.NewPanel(kit.PanelOptions{
		Title: lang.T("Members"), Caption: lang.N("%d person", "%d people", n, n),
		Note: lang.T("founded by %s: %s", p.founder(), p.state.words), Flush: true, Body: body,
	})
}

// chosen is the device that is pointed at, and whose it is.
func (p *membersPage) chosen() (app.Participant, app.Device, bool) {
	ids := p.table.SelectedIDs()
	for _, m := range p.state.list {
		for _, d := range m.Devices {
			if len(ids) == 1 && d.ID.String() == ids[0] {
				return m, d, true
			}
		}
	}
	return app.Participant{}, app.Device{}, false
}

func (p *membersPage) pointed() {
	if p.revoke == nil {
		return
	}
	_, d, ok := p.chosen()
	p.revoke.SetEnabled(ok && !d.Revoked && !d.Mine)
	p.readmit.SetEnabled(ok && d.Revoked && !d.Invitation)
}

func (p *membersPage) askFound() {
	h := p.screen.host
	kit.Confirm(h.Window, kit.ConfirmOptions{
		Title: lang.T("Give the book members"), Yes: lang.T("Give the book members"),
		Text: lang.T("You, %s, become the first member on this computer, with a lead's rights. What the book holds now counts. What others did that has not come here yet will wait for your word. Invite everybody who is to go on working in it.", p.state.me.Name),
		OnYes: func() {
			h.Act(lang.T("The book has members"), func(ctx context.Context) error { return h.App.Members.Found(ctx) }, nil)
		},
	})
}

func (p *membersPage) askRevoke() {
	m, d, ok := p.chosen()
	if !ok {
		return
	}
	h := p.screen.host
	ask := kit.ConfirmOptions{
		Title: lang.T("Revoke %s of %s?", d.Name, m.Person.Title()), Yes: lang.T("Revoke"), Danger: true,
		Text: lang.T("What was done on it up to what this book holds counts. Whatever comes from it later does not; it waits under Refused, where you can accept it. Files are no longer locked for it. What it holds already it keeps."),
		OnYes: func() {
			h.Act(lang.T("Revoked: %s of %s", d.Name, m.Person.Title()), func(ctx context.Context) error { return h.App.Members.Revoke(ctx, d.ID) }, nil)
		},
	}
	if d.Invitation {
		ask.Title = lang.T("Withdraw the invitation of %s?", m.Person.Title())
		ask.Text = lang.T("Whoever opens the file can no longer join by it. Invite again whenever you want.")
		ask.Yes = lang.T("Withdraw")
	}
	kit.Confirm(h.Window, ask)
}

func (p *membersPage) takeInAgain() {
	m, d, ok := p.chosen()
	if !ok {
		return
	}
	h := p.screen.host
	h.Act(lang.T("Taken in again: %s of %s", d.Name, m.Person.Title()), func(ctx context.Context) error { return h.App.Members.Readmit(ctx, d.ID) }, nil)
}
