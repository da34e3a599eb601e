package territories

import (
	"fyne.io/fyne/v2"

	"fieldbook/data"
	"fieldbook/views/kit"
)

// contactMore is a button with what a contact can ask of the book.
func (p *accountPage) contactMore(c data.Row) *kit.Button {
	var more *kit.Button
	more = kit.NewButton(kit.ButtonOptions{Icon: "more", Kind: kit.ButtonBare, OnTap: func() {
		d := fyne.CurrentApp().Driver()
		at := d.AbsolutePositionForObject(more)
		at.Y += more.Size().Height
		actions := p.s.host.PrivacyActions(kit.PersonalData{Kind: data.KindContact, ID: c.ID, Name: c.Title()})
		p.s.host.ShowActions(at, actions)
	}})
	return more
}
