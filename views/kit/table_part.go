package kit

import (
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
)

// lineDrawing is one line of text within a cell.
type lineDrawing struct {
	text  string
	size  float32
	bold  bool
	token Token
	align fyne.TextAlign
	y     float32
}

// line draws a text between two edges, cut if need be, and returns its width.
func (v *cellView) line(slot **canvas.Text, d lineDrawing, left, right float32) float32 {
	if d.text == "" || right <= left {
		return 0
	}
	if *slot == nil {
		*slot = &canvas.Text{}
		v.add(*slot)
	}
	shown := Ellipsis(d.text, right-left, d.size, d.bold)
	if d.align == fyne.TextAlignTrailing && shown != d.text {
		d, shown = figure(d, right-left)
	}
	width := Measure(shown, d.size, d.bold)
	setText(*slot, shown, d)
	switch d.align {
	case fyne.TextAlignTrailing:
		left = right - width
	case fyne.TextAlignCenter:
		left += (right - left - width) / 2
	default: // it starts at left
	}
	(*slot).Move(snapped(left, d.y))
	(*slot).Resize(fyne.NewSize(width, LineHeight(d.size)))
	return width
}

// leastFigure is the size below which a figure cannot be read.
const leastFigure = 9

// figure is a figure that is too wide for its room: smaller, or "…" where no
// size does, since half of it would be read as another.
func figure(d lineDrawing, room float32) (lineDrawing, string) {
	for size := d.size - 1; size >= leastFigure; size-- {
		if Measure(d.text, size, d.bold) <= room {
			d.y += (LineHeight(d.size) - LineHeight(size)) / 2
			d.size = size
			return d, d.text
		}
	}
	return d, "…"
}

// setText draws a text anew only if it differs.
func setText(t *canvas.Text, text string, d lineDrawing) {
	t.Hidden = false
	c := Color(d.token)
	if t.Text == text && t.TextSize == d.size && t.TextStyle.Bold == d.bold && t.Color == c {
		return
	}
	t.Text, t.TextSize, t.TextStyle.Bold, t.Color = text, d.size, d.bold, c
	t.Refresh()
}

// rect draws a filled rectangle at a height within the cell.
func (v *cellView) rect(slot **canvas.Rectangle, token Token, b cellBox, y float32) *canvas.Rectangle {
	if *slot == nil {
		*slot = &canvas.Rectangle{}
		v.add(*slot)
	}
	r := *slot
	r.Hidden = false
	setFill(r, token)
	r.Move(snapped(b.x, y))
	r.Resize(fyne.NewSize(b.w, b.h))
	return r
}

// iconView is an image that is only read again when it shows another icon.
type iconView struct {
	img  *canvas.Image
	name string
}

func (v *cellView) image(slot **iconView, name string, token Token, x float32) {
	if *slot == nil {
		*slot = &iconView{img: iconImage("", ColorFg, IconControl)}
		v.add((*slot).img)
	}
	i := *slot
	i.img.Hidden = false
	i.show(name, token)
	y := (v.h - sizeHairline - IconControl) / 2
	if v.twoLine {
		y = v.textY(true, SizeBody) + (LineHeight(SizeBody)-IconControl)/2
	}
	i.img.Move(snapped(x, y))
}

func (i *iconView) show(name string, token Token) {
	res := IconColored(name, token)
	if full := res.Name(); i.name != full {
		i.name = full
		i.img.Resource = res
		i.img.Refresh()
	}
}

func (v *cellView) add(o fyne.CanvasObject) {
	v.view.box.Objects = append(v.view.box.Objects, o)
}

// shade draws the ground and the edges of a column that is set apart.
func (v *cellView) shade() {
	v.ground(v.plain)
	for i, x := range []float32{v.x, v.x + v.w - sizeHairline} {
		v.rect(&v.rules[i], ColorLine, cellBox{x: x, w: sizeHairline, h: v.h}, 0)
	}
}

// choose shows whether the cell is in the selected rectangle; a row that is
// itself selected or hovered shows through.
func (v *cellView) choose(on, row bool) {
	switch {
	case on:
		v.ground(ColorSel)
	case v.plain != "" && !row:
		v.ground(v.plain)
	case v.back != nil:
		v.back.Hidden = true
	}
}

// ground fills the cell beneath everything else but the row's own ground.
func (v *cellView) ground(token Token) {
	if v.back == nil {
		v.back = &canvas.Rectangle{}
		v.view.box.Objects = slices.Insert(v.view.box.Objects, 1, fyne.CanvasObject(v.back))
	}
	v.back.Hidden = false
	setFill(v.back, token)
	v.back.Move(fyne.NewPos(v.x, 0))
	v.back.Resize(fyne.NewSize(v.w, v.h-sizeHairline))
}
