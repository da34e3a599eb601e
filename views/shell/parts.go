package shell

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"

	"fieldbook/assets/lang"
	"fieldbook/views/kit"
)

const (
	searchWide = 248
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
	line := kit.HBox(8, kit.MinBox(fyne.NewSize(kit.IconControl, kit.IconControl), kit.NewIcon("search", kit.ColorFg2)), kit.Grow(words), key)
	content := kit.MinBox(fyne.NewSize(searchWide, kit.HeightControl), back, kit.Pad(kit.Insets{Left: 9, Right: 6}, line))
	return newHotArea(content, open, func(on bool) {
		style := quiet
		if on {
			style.Line = kit.ColorFg2
		}
		back.SetStyle(style)
	})
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
