package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
)

// rowView draws one row at a time; scrolling gives it another. Its box is
// moved as a whole, so a row that stays on the screen costs one move.
type rowView struct {
	box    *fyne.Container
	back   *canvas.Rectangle
	line   *canvas.Rectangle
	cursor *canvas.Rectangle // beside the row that the keys move
	check  *checkView
	cells  []*cellView
	row    int
	stamp  uint64
	plain  Token // the ground when neither hovered nor selected
	group  bool
}

func newRowView() *rowView {
	v := &rowView{
		box:    container.NewWithoutLayout(),
		back:   &canvas.Rectangle{},
		line:   &canvas.Rectangle{},
		cursor: &canvas.Rectangle{},
		check:  newCheckView(),
		row:    -1,
	}
	v.check.hide()
	v.cursor.Hidden = true
	v.box.Objects = append([]fyne.CanvasObject{v.back, v.line, v.cursor}, v.check.parts()...)
	return v
}

const twoLineMin = 40 // a row at least this high puts Sub below Text

// rowDrawing is what a row is drawn from.
type rowDrawing struct {
	r       *tableRenderer
	row     Row
	number  int
	height  float32
	loading bool
	total   bool
}

func (v *rowView) draw(d rowDrawing) {
	t := d.r.table
	v.plain, v.group = ColorBg, d.row.Group
	if d.total || d.row.Group {
		v.plain = ColorHead
	}
	setFill(v.back, v.plain)
	setFill(v.line, ColorLine)
	v.line.Hidden = d.total
	for len(v.cells) < len(t.shown) {
		v.cells = append(v.cells, &cellView{view: v})
	}
	for place, cv := range v.cells {
		if place >= len(t.shown) || d.row.Group && place > 0 {
			cv.hide()
			continue
		}
		c := t.shown[place]
		box := cellBox{x: d.r.xs[place], w: d.r.ws[place], h: d.height, twoLine: d.height >= twoLineMin, column: t.opts.Columns[c]}
		switch {
		case d.loading:
			cv.placeholder(box, d.number+3*place)
		case d.row.Group:
			box.x, box.w, box.column, box.twoLine = tableEdge, t.Size().Width-2*tableEdge, Column{}, false
			cv.draw(box, cellOf(d.row, 0), true)
		case d.total:
			cv.draw(d.widen(box, place), cellOf(d.row, c), d.row.Bold)
		default:
			cv.draw(box, cellOf(d.row, c), d.row.Bold)
		}
	}
}

// widen gives a cell of the totals the room of its empty neighbours.
func (d rowDrawing) widen(b cellBox, place int) cellBox {
	shown := d.r.table.shown
	empty := func(place int) bool { return cellOf(d.row, shown[place]) == Cell{} }
	if b.column.Shade || empty(place) {
		return b
	}
	if b.column.Align == fyne.TextAlignTrailing {
		for i := place - 1; i >= 0 && empty(i); i-- {
			b.x, b.w = d.r.xs[i], b.w+d.r.ws[i]
		}
		return b
	}
	for i := place + 1; i < len(shown) && empty(i); i++ {
		b.w += d.r.ws[i]
	}
	return b
}

func cellOf(row Row, column int) Cell {
	if column < len(row.Cells) {
		return row.Cells[column]
	}
	return Cell{}
}

// mark shows whether a row is selected, hovered or under the cursor.
func (v *rowView) mark(r *tableRenderer, i int) {
	t := r.table
	chosen := t.opts.Select != SelectCells && t.selection.Has(i)
	ground := v.ground(t, i)
	setFill(v.back, ground)
	v.cursor.Hidden = !t.focused || t.opts.Select == SelectCells || t.cursor.row != i
	if !v.cursor.Hidden {
		setFill(v.cursor, ColorAccent)
	}
	if t.checks() && !v.group && t.opts.Rows != nil {
		v.check.show(fyne.NewPos(tableEdge+PadCell, (t.opts.RowHeight-checkBox)/2), checkOf(chosen))
	} else {
		v.check.hide()
	}
	from, to := t.corners()
	within := t.showsCells() && i >= from.row && i <= to.row
	for place, cv := range v.cells {
		cv.choose(within && place >= from.place && place <= to.place, ground != v.plain)
	}
}

// ground is what the row is filled with: chosen, under the pointer or plain.
func (v *rowView) ground(t *Table, i int) Token {
	switch {
	case t.opts.Select == SelectCells:
		return v.plain
	case t.selection.Has(i):
		return ColorSel
	case t.hover.row == i && !v.group:
		return ColorHover
	default:
		return v.plain
	}
}

func (v *rowView) size(width, height float32) {
	v.box.Resize(fyne.NewSize(width, height))
	v.back.Resize(fyne.NewSize(width, height))
	v.line.Move(fyne.NewPos(0, height-sizeHairline))
	v.line.Resize(fyne.NewSize(width, sizeHairline))
	v.cursor.Resize(fyne.NewSize(2, height-sizeHairline))
}

// setFill gives a rectangle a token's colour and draws it again if that is another.
func setFill(rect *canvas.Rectangle, token Token) {
	c := colorOrNone(token)
	if rect.FillColor != c {
		rect.FillColor = c
		rect.Refresh()
	}
}

// checkState is what a check box shows.
type checkState int

const (
	checkOff checkState = iota
	checkSome
	checkOn
)

func checkOf(on bool) checkState {
	if on {
		return checkOn
	}
	return checkOff
}

// checkView draws a check box of 14.
type checkView struct {
	box  *canvas.Rectangle
	tick *canvas.Image
	dash *canvas.Rectangle
	icon string
}

func newCheckView() *checkView {
	return &checkView{
		box:  &canvas.Rectangle{CornerRadius: 3, StrokeWidth: sizeHairline},
		tick: iconImage("", ColorOn, checkBox-2),
		dash: &canvas.Rectangle{},
	}
}

func (v *checkView) parts() []fyne.CanvasObject {
	return []fyne.CanvasObject{v.box, v.tick, v.dash}
}

func (v *checkView) hide() { v.box.Hidden, v.tick.Hidden, v.dash.Hidden = true, true, true }

func (v *checkView) show(at fyne.Position, state checkState) {
	v.box.Hidden, v.tick.Hidden, v.dash.Hidden = false, state != checkOn, state != checkSome
	fill, line := ColorAccent, ColorAccent
	if state == checkOff {
		fill, line = ColorInput, ColorLine2
	}
	v.box.StrokeColor = Color(line)
	setFill(v.box, fill)
	v.box.Move(at)
	v.box.Resize(fyne.NewSquareSize(checkBox))
	if state == checkOn {
		res := IconColored("check", ColorOn)
		if v.icon != res.Name() {
			v.icon = res.Name()
			v.tick.Resource = res
			v.tick.Refresh()
		}
		v.tick.Move(at.AddXY(1, 1))
	}
	setFill(v.dash, ColorOn)
	v.dash.Move(at.AddXY(3, checkBox/2-1))
	v.dash.Resize(fyne.NewSize(checkBox-6, 2))
}
