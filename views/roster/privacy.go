package roster

import (
	"fyne.io/fyne/v2"

	"fieldbook/app"
	"fieldbook/assets/lang"
	"fieldbook/data"
	"fieldbook/views/kit"
)

func personalData(row data.Row) kit.PersonalData {
	return kit.PersonalData{Kind: data.KindPerson, ID: row.ID, Name: row.Title()}
}

// privacy is what the person can ask of the book.
func (d *side) privacy(p *app.PersonPage) fyne.CanvasObject {
	rows := []fyne.CanvasObject{kit.HeadRow(lang.T("Personal data"), lang.T("what the book owes the person")), kit.HLine(kit.ColorLine)}
	for _, a := range d.s.host.PrivacyActions(personalData(p.Row)) {
		rows = append(rows, kit.HBox(0, kit.NewBodyLink(a.Text, a.Do)))
	}
	return kit.VBox(0, rows...)
}
