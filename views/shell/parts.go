package shell

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"

	"fieldbook/assets/lang"
	"fieldbook/views/kit"
)

// The search field is as wide as there is room, down to its icon alone, so
// that the pickers beside it never push the window wider.
const (
	searchWide  = 248
	searchWords = 150 // the least width with words
	searchKey   = 210 // the least width with words and the key
	searchLeast = kit.HeightControl
	searchInset = 9
)

// hotArea is a part of the title row that can be clicked.
type hotArea struct {
	widget.BaseWidget
	content fyne.CanvasObject
	tap     func()
	onHover func(on bool)
}

var (
	_ fyne.Tappable      = (*hotArea)(nil)
	_ desktop.Hoverable  = (*hotArea)(nil)
	_ desktop.Cursorable = (*hotArea)(nil)
)

func newHotArea(content fyne.CanvasObject, tap func(), onHover func(bool)) *hotArea {
	h := &hotArea{content: content, tap: tap, onHover: onHover}
	h.ExtendBaseWidget(h)
	return h
}

// CreateRenderer implements fyne.Widget.
func (h *hotArea) CreateRenderer() fyne.WidgetRenderer { return widget.NewSimpleRenderer(h.content) }

// Tapped implements fyne.Tappable.
func (h *hotArea) Tapped(*fyne.PointEvent) { h.tap() }

// MouseIn implements desktop.Hoverable.
func (h *hotArea) MouseIn(*desktop.MouseEvent) { h.onHover(true) }

// MouseMoved implements desktop.Hoverable.
func (h *hotArea) MouseMoved(*desktop.MouseEvent) {}

// MouseOut implements desktop.Hoverable.
func (h *hotArea) MouseOut() { h.onHover(false) }

// Cursor implements desktop.Cursorable.
func (h *hotArea) Cursor() desktop.Cursor { return desktop.PointerCursor }

// newSearchButton looks like a field and opens the command palette.
func newSearchButton(open func()) fyne.CanvasObject {
	quiet := kit.BoxStyle{Fill: kit.ColorInput, Line: kit.ColorLine2, Radius: kit.RadiusBox}
	back := kit.NewBox(quiet)
	words := kit.NewText(lang.T("Search or run a command"), kit.TextStyle{Color: kit.ColorFg3, Cut: true})
	key := container.NewStack(
		kit.NewBox(kit.BoxStyle{Line: kit.ColorLine, Radius: 3}),
		kit.Pad(kit.Insets{Left: 5, Right: 5, Top: 1, Bottom: 1}, kit.NewText("Ctrl K", kit.TextStyle{Size: kit.SizeCaption, Color: kit.ColorFg2})),
	)
	icon := kit.MinBox(fyne.NewSize(kit.IconControl, kit.IconControl), kit.NewIcon("search", kit.ColorFg2))
	content := container.New(searchLayout{}, back, icon, words, key)
	area := newHotArea(content, open, func(on bool) {
		style := quiet
		if on {
			style.Line = kit.ColorFg2
		}
		back.SetStyle(style)
	})
	return container.New(endLayout{}, area)
}

// searchLayout places the back, icon, words and key of the search field and
// leaves out what has no room.
type searchLayout struct{}

func (searchLayout) MinSize([]fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(searchLeast, kit.HeightControl)
}

func (searchLayout) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	back, icon, words, key := objects[0], objects[1], objects[2], objects[3]
	back.Resize(size)
	middle := func(o fyne.CanvasObject, x, width float32) {
		o.Move(fyne.NewPos(x, float32(int((size.Height-o.MinSize().Height)/2))))
		o.Resize(fyne.NewSize(width, o.MinSize().Height))
	}
	middle(icon, min(searchInset, (size.Width-kit.IconControl)/2), kit.IconControl)
	show(words, size.Width >= searchWords)
	show(key, size.Width >= searchKey)
	end := size.Width - searchInset
	if key.Visible() {
		end = size.Width - 6 - key.MinSize().Width
		middle(key, end, key.MinSize().Width)
	}
	from := float32(searchInset + kit.IconControl + 8)
	middle(words, from, max(0, end-8-from))
}

func show(o fyne.CanvasObject, on bool) {
	if on {
		o.Show()
	} else {
		o.Hide()
	}
}

// endLayout puts the search field at the right end of the room it is given.
type endLayout struct{}

func (endLayout) MinSize(objects []fyne.CanvasObject) fyne.Size { return objects[0].MinSize() }

func (endLayout) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	wide := min(searchWide, size.Width)
	objects[0].Resize(fyne.NewSize(wide, kit.HeightControl))
	objects[0].Move(fyne.NewPos(size.Width-wide, float32(int((size.Height-kit.HeightControl)/2))))
}

// newCrumbLink is a step back in the title row.
func newCrumbLink(text string, tap func()) fyne.CanvasObject {
	label := kit.NewText(text, kit.TextStyle{Size: kit.SizeTitle, Color: kit.ColorFg2})
	return newHotArea(label, tap, func(on bool) {
		token := kit.ColorFg2
		if on {
			token = kit.ColorAccent
		}
		label.SetColor(token)
	})
}
