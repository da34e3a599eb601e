package territories

import (
	"fieldbook/data"
	"fieldbook/views/kit"
)

// contactMore is a button with what a contact can ask of the book.
func (p *accountPage) contactMore(c data.Row) *kit.Button {
	var more *kit.Button
	more = kit.NewButton(kit.ButtonOptions{Icon: "more", Kind: kit.ButtonBare, OnTap: func() {
		actions := p.s.host.PrivacyActions(kit.PersonalData{Kind: data.KindContact, ID: c.ID, Name: c.Title()})
		p.s.host.ShowUnder(more, kit.MenuItems(actions)...)
	}})
	return more
}
