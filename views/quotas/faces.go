package quotas

import (
	"strconv"

	"fyne.io/fyne/v2"

	"fieldbook/assets/lang"
	"fieldbook/views/kit"
)

// The faces of the screen, in the order of their tabs.
const (
	faceGrid = iota
	facePeople
	faceStress
	faceRevenue
)

// newFaces makes what the faces show.
func (s *Screen) newFaces() {
	s.people, s.stress, s.revenue = newPeople(s), newStress(s), newRevenue(s)
}

// facePicker chooses a face in the title row.
func (s *Screen) facePicker() *kit.Picker {
	return kit.NewPicker(kit.PickerOptions{Options: []kit.Option{
		{Key: strconv.Itoa(faceRevenue), Text: lang.T("Revenue plan")}, {Key: strconv.Itoa(faceGrid), Text: lang.T("By month")}, {Key: strconv.Itoa(facePeople), Text: lang.T("Ramp, leave and signatures")}, {Key: strconv.Itoa(faceStress), Text: lang.T("Stress test")},
	}, OnPick: func(keys []string) {
		if face, err := strconv.Atoi(keys[0]); err == nil {
			s.turn(face)
		}
	}}, strconv.Itoa(s.face))
}

// turn shows a face.
func (s *Screen) turn(face int) {
	s.face = face
	show := []fyne.CanvasObject{s.loader, s.people.loader, s.stress.loader, s.revenue.loader}[face]
	s.stack.Objects = []fyne.CanvasObject{show}
	s.stack.Refresh()
	s.Reload(s.host.View())
	s.host.Changed()
}
