package home

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"fieldbook/views/kit"
)

// aside lays two objects out side by side: the right one is wide, and in a
// narrow window gives way, down to low, before the left one gets less than it
// needs.
type aside struct{ low, wide float32 }

func newAside(a aside, left, right fyne.CanvasObject) fyne.CanvasObject {
	return container.New(a, left, right)
}

// MinSize implements fyne.Layout.
func (a aside) MinSize(objects []fyne.CanvasObject) fyne.Size {
	left, right := objects[0].MinSize(), objects[1].MinSize()
	return fyne.NewSize(left.Width+kit.GapPanel+a.low, max(left.Height, right.Height))
}

// Layout implements fyne.Layout.
func (a aside) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	room := size.Width - kit.GapPanel
	right := max(a.low, min(a.wide, room-objects[0].MinSize().Width))
	left := max(0, room-right)
	objects[0].Resize(fyne.NewSize(left, size.Height))
	objects[0].Move(fyne.NewPos(0, 0))
	objects[1].Resize(fyne.NewSize(right, size.Height))
	objects[1].Move(fyne.NewPos(left+kit.GapPanel, 0))
}
