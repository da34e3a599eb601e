package quotas

import (
	"fyne.io/fyne/v2"

	"fieldbook/assets/lang"
	"fieldbook/views/kit"
)

// The faces of the screen, in the order of their tabs.
const (
	faceGrid = iota
	facePeople
	faceStress
)

// newFaces makes the tabs of the title row.
func (s *Screen) newFaces() {
	s.people, s.stress = newPeople(s), newStress(s)
	s.faces = kit.NewSegmented([]kit.Segment{{Text: lang.T("Quotas")}, {Text: lang.T("Terms")}, {Text: lang.T("Stress test")}}, func(i int) { s.turn(i) })
}

// turn shows a face.
func (s *Screen) turn(face int) {
	s.face = face
	s.faces.SetCurrent(face)
	show := []fyne.CanvasObject{s.loader, s.people.loader, s.stress.root}[face]
	s.stack.Objects = []fyne.CanvasObject{show}
	s.stack.Refresh()
	s.Reload(s.host.View())
	s.host.Changed()
}
