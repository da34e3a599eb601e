package imports

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"fieldbook/views/kit"
)

// gridColumn is a column of a grid: lines of widgets below a head, for the few
// rows whose pickers stand open to be corrected.
type gridColumn struct {
	title string
	width float32
	grow  float32 // share of the width that is left over
	end   bool    // the content stands at the right
}

// gridRow is as high as a picker and its surroundings.
const gridRow = 32

type grid []gridColumn

// head is the line of titles.
func (g grid) head() fyne.CanvasObject {
	cells := make([]fyne.CanvasObject, len(g))
	for i, c := range g {
		style := kit.TextStyle{Size: kit.SizeCaption, Color: kit.ColorFg2, Cut: true}
		if c.end {
			style.Align = fyne.TextAlignTrailing
		}
		cells[i] = kit.NewText(c.title, style)
	}
	return container.NewStack(kit.Fill(kit.ColorHead), g.cells(kit.HeightRow, cells), ruled())
}

// row is a line of widgets. A tap between them selects it.
func (g grid) row(selected bool, tap func(), cells ...fyne.CanvasObject) fyne.CanvasObject {
	ground := kit.ColorBg
	if selected {
		ground = kit.ColorSel
	}
	return container.NewStack(newTapArea(ground, tap), g.cells(gridRow, cells), ruled())
}

// total is the line at the foot.
func (g grid) total(cells ...fyne.CanvasObject) fyne.CanvasObject {
	return container.NewStack(kit.Fill(kit.ColorHead), g.cells(kit.HeightRow, cells))
}

func (g grid) cells(height float32, cells []fyne.CanvasObject) fyne.CanvasObject {
	return container.New(gridLayout{g, height}, cells...)
}

// ruled is a line below a row.
func ruled() fyne.CanvasObject {
	return container.NewBorder(nil, kit.HLine(kit.ColorLine), nil, nil)
}

type gridLayout struct {
	columns grid
	height  float32
}

// gridEdge is the space at the left and right of a line.
const gridEdge = kit.PadPanel - kit.PadCell

func (l gridLayout) MinSize([]fyne.CanvasObject) fyne.Size {
	width := float32(2 * gridEdge)
	for _, c := range l.columns {
		width += c.width
	}
	return fyne.NewSize(width, l.height)
}

func (l gridLayout) Layout(cells []fyne.CanvasObject, size fyne.Size) {
	var shares float32
	for _, c := range l.columns {
		shares += c.grow
	}
	rest := max(0, size.Width-l.MinSize(nil).Width)
	x := float32(gridEdge)
	for i, c := range l.columns {
		width := c.width
		if shares > 0 {
			width += rest * c.grow / shares
		}
		if i < len(cells) && cells[i] != nil {
			high := cells[i].MinSize().Height
			wide := width - 2*kit.PadCell
			cells[i].Move(fyne.NewPos(float32(int(x+kit.PadCell)), float32(int((size.Height-high)/2))))
			cells[i].Resize(fyne.NewSize(wide, high))
		}
		x += width
	}
}

// tapArea is a ground that hears taps.
type tapArea struct {
	widget.BaseWidget
	ground kit.Token
	tap    func()
}

func newTapArea(ground kit.Token, tap func()) *tapArea {
	a := &tapArea{ground: ground, tap: tap}
	a.ExtendBaseWidget(a)
	return a
}

// Tapped implements fyne.Tappable.
func (a *tapArea) Tapped(*fyne.PointEvent) {
	if a.tap != nil {
		a.tap()
	}
}

// CreateRenderer implements fyne.Widget.
func (a *tapArea) CreateRenderer() fyne.WidgetRenderer {
	return widget.NewSimpleRenderer(kit.Fill(a.ground))
}

// Cells of a grid.

func words(text string) fyne.CanvasObject { return kit.NewText(text, kit.TextStyle{Cut: true}) }

func quiet(text string) fyne.CanvasObject {
	return kit.NewText(text, kit.TextStyle{Cut: true, Color: kit.ColorFg2})
}

func figure(text string, color kit.Token, bold bool) fyne.CanvasObject {
	return kit.NewText(text, kit.TextStyle{Align: fyne.TextAlignTrailing, Color: color, Bold: bold})
}

// marked is an icon and a word at the right edge of a cell.
func marked(icon string, color kit.Token, text string) fyne.CanvasObject {
	return kit.HBox(4, kit.Space(), kit.MinBox(fyne.NewSize(kit.IconControl, kit.IconControl), kit.NewIcon(icon, color)), kit.NewText(text, kit.TextStyle{Color: color}))
}
