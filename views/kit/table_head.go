package kit

import (
	"slices"
	"strconv"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
)

// headView draws the header of one column.
type headView struct {
	back    *canvas.Rectangle
	title   *canvas.Text
	number  *canvas.Text // which sort key, if there are several
	arrow   *iconView
	filter  *iconView
	filterX float32 // left end of the filter's icon, before scrolling; -1 if none
}

func newHeadView() *headView {
	return &headView{
		back:   &canvas.Rectangle{},
		title:  &canvas.Text{},
		number: &canvas.Text{},
		arrow:  &iconView{img: iconImage("", ColorFg, headArrow)},
		filter: &iconView{img: iconImage("", ColorFg, headFilter)},
	}
}

const (
	headArrow  = 11
	headFilter = 12
	headGap    = 4
)

func (v *headView) parts() []fyne.CanvasObject {
	return []fyne.CanvasObject{v.back, v.title, v.number, v.arrow.img, v.filter.img}
}

func (v *headView) filterAt(x float32) bool {
	return v.filterX >= 0 && x >= v.filterX-headGap && x < v.filterX+headFilter+headGap
}

func (r *tableRenderer) drawHead() {
	t := r.table
	height := t.headHeight()
	r.headBox.Hidden, r.headBar.Hidden, r.headEnd.Hidden = height == 0, height == 0, height == 0
	if height == 0 {
		return
	}
	setFill(r.headBar, ColorHead)
	r.headBar.Resize(fyne.NewSize(t.Size().Width, height))
	setFill(r.headEnd, ColorLine)
	r.headEnd.Move(fyne.NewPos(0, height-sizeHairline))
	r.headEnd.Resize(fyne.NewSize(t.Size().Width, sizeHairline))
	if len(r.headBox.Objects) == 0 {
		r.headBox.Objects = r.check.parts()
	}
	for len(r.heads) < len(t.shown) {
		v := newHeadView()
		r.heads = append(r.heads, v)
		r.headBox.Objects = append(r.headBox.Objects, v.parts()...)
	}
	r.headBox.Move(fyne.NewPos(-t.left, 0))
	r.headBox.Resize(fyne.NewSize(t.contentWidth(), height))
	for i, v := range r.heads {
		for _, o := range v.parts() {
			setVisible(o, i < len(t.shown))
		}
		if i < len(t.shown) {
			v.draw(t, i)
		}
	}
	r.drawHeadCheck()
}

func (r *tableRenderer) drawHeadCheck() {
	t := r.table
	if !t.checks() {
		r.check.hide()
		return
	}
	state := checkOff
	switch n := t.selection.Count(); {
	case n > 0 && n == t.Len():
		state = checkOn
	case n > 0:
		state = checkSome
	}
	r.check.show(fyne.NewPos(tableEdge+PadCell, (HeightRow-checkBox)/2), state)
}

// draw puts arrow, title, number and filter at the column's side of its
// alignment, the title being cut if they do not fit.
func (v *headView) draw(t *Table, place int) {
	c := t.shown[place]
	col := t.opts.Columns[c]
	x, w := t.renderer.xs[place], t.renderer.ws[place]
	key := slices.IndexFunc(t.sort, func(k SortKey) bool { return k.Key == col.Key })
	style := v.style(t, place, key >= 0)
	v.drawGround(t, place, x, w)

	number := ""
	if key >= 0 && len(t.sort) > 1 {
		number = strconv.Itoa(key + 1)
	}
	filtered := t.filtered[col.Key]
	withFilter := filtered || col.Filter && t.hover.head == place
	v.arrow.img.Hidden, v.number.Hidden, v.filter.img.Hidden = key < 0, number == "", !withFilter

	widths := headWidths{number: Measure(number, SizeCaption, false)}
	room := w - 2*PadCell
	if key >= 0 {
		room -= headArrow + headGap
	}
	if number != "" {
		room -= widths.number + headGap
	}
	if withFilter {
		room -= headFilter + headGap
	}
	title := Ellipsis(col.Title, room, SizeCaption, style.bold)
	widths.title = Measure(title, SizeCaption, style.bold)
	setText(v.title, title, style)
	if key >= 0 {
		name := MarkUp
		if t.sort[key].Desc {
			name = MarkDown
		}
		v.arrow.show(name, ColorFg)
	}
	if number != "" {
		setText(v.number, number, lineDrawing{size: SizeCaption, token: ColorFg2})
	}
	if withFilter {
		token := ColorFg2
		if filtered {
			token = ColorAccent
		}
		v.filter.show("filter", token)
	}
	v.place(col.Align == fyne.TextAlignTrailing, x+PadCell, x+w-PadCell, widths)
}

type headWidths struct{ title, number float32 }

// place lines the visible parts up: filter, arrow, title, number at the right
// for figures; title, arrow, number, filter at the left for words.
func (v *headView) place(trailing bool, left, right float32, widths headWidths) {
	v.filterX = -1
	put := func(o fyne.CanvasObject, width, height float32) {
		if !o.Visible() {
			return
		}
		if trailing {
			right -= width
			o.Move(snapped(right, (HeightRow-height)/2))
			right -= headGap
		} else {
			o.Move(snapped(left, (HeightRow-height)/2))
			left += width + headGap
		}
		o.Resize(fyne.NewSize(width, height))
		if o == v.filter.img {
			v.filterX = o.Position().X
		}
	}
	line := LineHeight(SizeCaption)
	if trailing {
		put(v.number, widths.number, line)
		put(v.title, widths.title, line)
		put(v.arrow.img, headArrow, headArrow)
	} else {
		put(v.title, widths.title, line)
		put(v.arrow.img, headArrow, headArrow)
		put(v.number, widths.number, line)
	}
	put(v.filter.img, headFilter, headFilter)
}

// style is bold for a sorted column and in the accent for columns with a
// selected cell.
func (v *headView) style(t *Table, place int, sorted bool) lineDrawing {
	d := lineDrawing{size: SizeCaption, token: ColorFg2}
	if sorted {
		d.bold, d.token = true, ColorFg
	}
	if from, to := t.corners(); t.opts.Select == SelectCells && place >= from.place && place <= to.place {
		d.bold, d.token = true, ColorAccent
	}
	return d
}

func (v *headView) drawGround(t *Table, place int, x, w float32) {
	ground := ColorHead
	if t.hover.head == place && t.opts.Columns[t.shown[place]].Sort {
		ground = ColorHover
	}
	setFill(v.back, ground)
	v.back.Move(fyne.NewPos(x, 0))
	v.back.Resize(fyne.NewSize(w, HeightRow-sizeHairline))
}

// outlineView draws the border of the selected rectangle of cells.
type outlineView struct{ sides [4]*canvas.Rectangle }

func newOutlineView() *outlineView {
	v := &outlineView{}
	for i := range v.sides {
		v.sides[i] = &canvas.Rectangle{}
		v.sides[i].Hidden = true
	}
	return v
}

func (v *outlineView) parts() []fyne.CanvasObject {
	return []fyne.CanvasObject{v.sides[0], v.sides[1], v.sides[2], v.sides[3]}
}

func (v *outlineView) draw(r *tableRenderer) {
	t := r.table
	off := !t.showsCells() || t.Len() == 0 || len(r.xs) == 0
	for _, s := range v.sides {
		s.Hidden = off
		setFill(s, ColorAccent)
	}
	if off {
		return
	}
	const thick = 2
	from, to := t.corners()
	x, y := r.xs[from.place]-t.left, t.rowY(from.row)-sizeHairline
	width := r.xs[to.place] + r.ws[to.place] - t.left - x
	bottom := min(t.rowY(to.row)+t.opts.RowHeight, t.Size().Height+thick)
	y = max(y, -thick)
	height := bottom - y
	for i, b := range [4]struct{ x, y, w, h float32 }{
		{x, y, width, thick},
		{x, y + height - thick, width, thick},
		{x, y, thick, height},
		{x + width - thick, y, thick, height},
	} {
		v.sides[i].Move(fyne.NewPos(b.x, b.y))
		v.sides[i].Resize(fyne.NewSize(b.w, b.h))
	}
}
