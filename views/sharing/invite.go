package sharing

import (
	"context"
	"path/filepath"

	"fyne.io/fyne/v2"

	"fieldbook/app"
	"fieldbook/assets/lang"
	"fieldbook/data"
	"fieldbook/views/kit"
)

// Sizes of the dialogs that ask what to share.
const (
	dialogWide = 580
	nameWide   = 104
)

// inviteBox asks whom to take into the book.
type inviteBox struct {
	screen *Screen
	box    *kit.Dialog
	picker *kit.Picker
	sees   *fyne.Container
	loader *kit.Loader
	phrase *kit.Text
	write  *kit.Button
	person data.Row
}

// invite begins an invitation, of a person where one is known.
func (s *Screen) invite(person data.ID) {
	b := &inviteBox{screen: s, sees: kit.VBox(0)}
	b.loader = s.host.Loader(b.sees)
	b.phrase = kit.Strong("")
	b.picker = kit.NewPicker(kit.PickerOptions{
		Icon: "user", Text: lang.T("Choose a person"), Find: lang.T("Find a person"), None: lang.T("Nobody by that name"), Wide: true,
		Options: strangers(s.state.members), Search: s.host.RecordSearch(data.KindPerson), Runner: s.host.Runner, OnPick: func(keys []string) { b.pick(kit.Values{"to": keys[0]}.Ref("to")) },
	})
	b.write = kit.NewButton(kit.ButtonOptions{Text: lang.T("Choose a place…"), Kind: kit.ButtonPrimary, OnTap: b.ask})
	b.write.Disable()
	another := kit.NewButton(kit.ButtonOptions{Text: lang.T("Other words"), OnTap: b.propose})
	body := kit.VBox(10,
		named(lang.T("Whom"), kit.HBox(8, kit.Grow(b.picker), kit.NewButton(kit.ButtonOptions{Text: lang.T("New person"), Icon: "plus", OnTap: b.newPerson}))),
		told(lang.T("What happens"), kit.MinBox(fyne.NewSize(0, 54), b.loader)),
		named(lang.T("Passphrase"), b.phrase),
		named("", kit.HBox(8, b.copyButton(), another, kit.Space())),
		told("", kit.NewProse(lang.T("Tell it by telephone, not by the same way as the file. It opens this one file, once."), 2, kit.TextStyle{Color: kit.ColorFg2})),
	)
	cancel := kit.NewButton(kit.ButtonOptions{Text: lang.T("Cancel"), OnTap: func() { b.box.Close() }})
	b.propose()
	kit.Load(b.loader, func(context.Context) (string, error) {
		return lang.T("The file makes one computer of whom you choose a member of the book."), nil
	}, b.say)
	b.box = kit.ShowDialog(s.host.Window, kit.DialogOptions{Title: lang.T("Invite somebody into the book"), Body: body, Width: dialogWide, Buttons: []*kit.Button{cancel, b.write}, OnClose: b.loader.Cancel})
	if !person.IsZero() {
		b.pick(person)
	}
}

// strangers are the people of the book who are no members.
func strangers(st memberState) []kit.Option {
	var out []kit.Option
	for _, o := range st.people {
		if devicesOf(st.list, kit.Values{"id": o.Key}.Ref("id")) == 0 {
			out = append(out, o)
		}
	}
	return out
}

// named is a line of a dialog with its name at the left.
func named(name string, content fyne.CanvasObject) fyne.CanvasObject {
	return kit.HBox(8, kit.MinBox(fyne.NewSize(nameWide, kit.HeightControl), kit.NewText(name, kit.TextStyle{Color: kit.ColorFg2})), kit.Grow(content))
}

// told is a line of a dialog that begins at the top of what it says.
func told(name string, content fyne.CanvasObject) fyne.CanvasObject {
	label := kit.VBox(0, kit.MinBox(fyne.NewSize(nameWide, 18), kit.NewText(name, kit.TextStyle{Color: kit.ColorFg2})))
	return kit.Columns(8, []float32{0, 1}, label, content)
}

func (b *inviteBox) copyButton() *kit.Button {
	return copyButton(b.screen, lang.T("Copy"), b.phrase.Text)
}

// copyButton puts a text on the clipboard.
func copyButton(s *Screen, name string, text func() string) *kit.Button {
	return kit.NewButton(kit.ButtonOptions{Text: name, Icon: "copy", OnTap: func() {
		fyne.CurrentApp().Clipboard().SetContent(text())
		s.host.Say(lang.T("Copied"))
	}})
}

func (b *inviteBox) propose() {
	phrase, err := b.screen.host.App.Sharing.Phrase()
	if err != nil {
		kit.Failure(b.screen.host.Window, lang.T("Invite somebody into the book"), err, nil)
		return
	}
	b.phrase.SetText(phrase)
}

func (b *inviteBox) say(text string) {
	b.sees.Objects = []fyne.CanvasObject{kit.NewProse(text, 3, kit.TextStyle{})}
	b.sees.Refresh()
}

// pick chooses the person and says what he will see.
func (b *inviteBox) pick(person data.ID) {
	h := b.screen.host
	type found struct {
		row    data.Row
		sees   string
		joined bool
	}
	kit.Load(b.loader, func(ctx context.Context) (f found, err error) {
		if f.row, err = h.App.Records.Get(ctx, data.KindPerson, person); err != nil {
			return f, err
		}
		if f.sees, err = h.App.Sharing.Sees(ctx, person); err != nil {
			return f, err
		}
		list, err := h.App.Members.List(ctx)
		f.joined = devicesOf(list, person) > 0
		return f, err
	}, func(f found) {
		b.person = f.row
		b.picker.SetChosen(kit.Option{Key: person.String(), Text: f.row.Title()})
		b.write.Enable()
		b.box.Fit()
		if f.joined {
			b.say(lang.T("%s belongs to the book already. The computer that opens this file becomes another one of that person's, and sees %s.", f.row.Title(), lang.T(f.sees)))
			return
		}
		b.say(lang.T("%s becomes a member as %s on the computer that opens the file, and sees %s.", f.row.Title(), roleWord(f.row.Text("role")), lang.T(f.sees)))
	})
}

// devicesOf counts the computers on which a person is a member.
func devicesOf(list []app.Participant, person data.ID) int {
	n := 0
	for _, m := range list {
		for _, d := range m.Devices {
			if m.Person.ID == person && !d.Invitation && !d.Revoked {
				n++
			}
		}
	}
	return n
}

// newPerson adds somebody to the book and comes back.
func (b *inviteBox) newPerson() {
	h := b.screen.host
	kind, err := h.App.Records.Kind(data.KindPerson)
	if err != nil {
		kit.Failure(h.Window, lang.T("New person"), err, nil)
		return
	}
	b.box.Close()
	var id data.ID
	h.ShowRecordForm(kit.RecordForm{
		Title: lang.T("New person"), Save: lang.T("Add and invite"), Kind: kind, Fields: []string{"name", "role", "manager", "title", "email"},
		Keep: func(ctx context.Context, values data.Values, _ kit.Values) error {
			var err error
			id, err = h.App.Records.Add(ctx, data.KindPerson, values)
			return err
		},
		Then: func() { b.screen.invite(id) },
	})
}

// ask asks where the file goes and writes it.
func (b *inviteBox) ask() {
	s, person, phrase := b.screen, b.person, b.phrase.Text()
	b.box.Close()
	s.host.AskFile(lang.T("Invitation of %s", person.Title()), lang.T("Invitation of %s", person.Title())+".fieldbook", func(path string) {
		s.shareTo(path, app.ShareOptions{To: person.ID, Passphrase: phrase, Invite: true})
	})
}

// tellPhrase shows the passphrase of a file that was written and, of an
// invitation, the founder's fingerprint.
func (s *Screen) tellPhrase(out app.Shared, phrase string) {
	title, text := lang.T("The file is locked"), lang.T("Send the file by any way. Tell the passphrase by another one, such as the telephone. It is kept nowhere.")
	lines := []fyne.CanvasObject{
		named(lang.T("File"), kit.NewText(filepath.Base(out.File), kit.TextStyle{Cut: true})),
		named(lang.T("Passphrase"), kit.Strong(phrase)),
		named("", kit.HBox(0, copyButton(s, lang.T("Copy"), func() string { return phrase }), kit.Space())),
	}
	if out.Invites != "" {
		title = lang.T("%s is invited", out.Invites)
		text = lang.T("Send the file by any way. Tell %s the passphrase by telephone, not by the same way as the file, and compare the fingerprint that is shown when it is opened. The passphrase is kept nowhere.", out.Invites)
		lines = append(lines, named(lang.T("Fingerprint"), kit.NewText(out.Words, kit.TextStyle{Cut: true})))
	}
	lines = append(lines, kit.NewProse(text, 3, kit.TextStyle{Color: kit.ColorFg2}))
	var box *kit.Dialog
	done := kit.NewButton(kit.ButtonOptions{Text: lang.T("Done"), Kind: kit.ButtonPrimary, OnTap: func() { box.Close() }})
	box = kit.ShowDialog(s.host.Window, kit.DialogOptions{Title: title, Body: kit.VBox(8, lines...), Width: dialogWide, Buttons: []*kit.Button{done}})
}
