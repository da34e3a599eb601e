package kit

import (
	"math"

	"fyne.io/fyne/v2"
)

const (
	tableEdge   = 4  // beside the first and last cell, which makes 12 with their padding
	checkWidth  = 30 // of the check-box column
	checkBox    = 14
	treeStep    = 16
	thumbZone   = 10 // grabs the scroll bar
	thumbWidth  = 4
	thumbLeast  = 28
	headerGrip  = 5 // either side of a header's edge
	totalsLine  = 2
	dragSlack   = 6
	lineOfWheel = 3
)

func (t *Table) headHeight() float32 {
	if t.opts.NoHeader {
		return 0
	}
	return HeightRow
}

func (t *Table) totalsHeight() float32 {
	if len(t.totals) == 0 {
		return 0
	}
	return float32(len(t.totals))*HeightRow + totalsLine
}

func (t *Table) bodyHeight() float32 { return max(0, t.totalsTop()-t.headHeight()) }

// totalsTop is where the totals begin: below them a bar that scrolls sideways
// has room of its own, so that it lies on no figure.
func (t *Table) totalsTop() float32 {
	top := t.Size().Height - t.totalsHeight()
	if len(t.totals) > 0 && t.maxLeft() > 0 && !t.opts.NoSideBar {
		top -= thumbZone
	}
	return top
}

// leading returns the room before the first column.
func (t *Table) leading() float32 {
	if t.checks() {
		return tableEdge + checkWidth
	}
	return tableEdge
}

func (t *Table) checks() bool { return t.opts.Check && t.opts.Select == SelectMany }

// layoutColumns returns the left edges and the widths of the shown columns
// for the table's width, before scrolling. What is left over goes to the
// columns that grow.
func (t *Table) layoutColumns() (xs, ws []float32) {
	t.shown = t.shown[:0]
	sum, grow := t.leading()+tableEdge, float32(0)
	for _, c := range t.order {
		if t.hidden[c] {
			continue
		}
		t.shown = append(t.shown, c)
		sum += t.widths[c]
		grow += t.opts.Columns[c].Grow
	}
	rest := max(0, t.Size().Width-sum)
	x := t.leading()
	for _, c := range t.shown {
		w := t.widths[c]
		if g := t.opts.Columns[c].Grow; g > 0 {
			w = float32(math.Floor(float64(w + rest*g/grow)))
		}
		xs, ws = append(xs, x), append(ws, w)
		x += w
	}
	return xs, ws
}

// contentWidth is the width of all shown columns, before scrolling.
func (t *Table) contentWidth() float32 {
	r := t.renderer
	if r == nil || len(r.xs) == 0 {
		return t.leading() + tableEdge
	}
	last := len(r.xs) - 1
	return r.xs[last] + r.ws[last] + tableEdge
}

func (t *Table) maxTop() float64 {
	return max(0, float64(t.Len())*float64(t.opts.RowHeight)-float64(t.bodyHeight()))
}

func (t *Table) maxLeft() float32 { return max(0, t.contentWidth()-t.Size().Width) }

func (t *Table) scrollTo(top float64, left float32) {
	top = math.Round(max(0, min(top, t.maxTop())))
	left = float32(math.Round(float64(max(0, min(left, t.maxLeft())))))
	if top == t.top && left == t.left {
		return
	}
	aside := left != t.left
	t.top, t.left = top, left
	t.redraw()
	if aside && t.opts.OnSide != nil {
		t.opts.OnSide(left)
	}
}

// ScrollSide scrolls sideways to a distance from the left edge.
func (t *Table) ScrollSide(left float32) { t.scrollTo(t.top, left) }

// ScrollTo scrolls no further than needed to show a row.
func (t *Table) ScrollTo(row int) {
	height := float64(t.opts.RowHeight)
	y := float64(row) * height
	body := float64(t.bodyHeight())
	if body < height {
		return // not laid out yet
	}
	t.scrollTo(max(min(t.top, y), y+height-body), t.left)
}

// showPlace scrolls sideways no further than needed to show a column.
func (t *Table) showPlace(place int) {
	r := t.renderer
	if r == nil || place < 0 || place >= len(r.xs) {
		return
	}
	x, w := r.xs[place], r.ws[place]
	t.scrollTo(t.top, max(min(t.left, x-tableEdge), x+w+tableEdge-t.Size().Width))
}

// visibleRows returns the rows [first, last) that are at least partly seen.
func (t *Table) visibleRows() (first, last int) {
	height := float64(t.opts.RowHeight)
	first = int(t.top / height)
	last = int(math.Ceil((t.top + float64(t.bodyHeight())) / height))
	return first, min(last, t.Len())
}

// rowY returns where a row's top is drawn.
func (t *Table) rowY(row int) float32 {
	return t.headHeight() + float32(float64(row)*float64(t.opts.RowHeight)-t.top)
}

// zone is the part of a table under a position.
type zone int

const (
	zoneNone zone = iota
	zoneHead
	zoneEdge // the right edge of a header, which resizes its column
	zoneFilter
	zoneHeadCheck
	zoneBody
	zoneCheck
	zoneThumb
	zoneSideThumb
)

// spot is what is under a position: row is -1 outside the rows, place -1
// outside the columns.
type spot struct {
	zone       zone
	row, place int
}

// spotAt finds what is under a position within the table.
func (t *Table) spotAt(pos fyne.Position) spot {
	s := spot{zone: zoneNone, row: -1, place: t.placeAt(pos.X)}
	size := t.Size()
	switch {
	case pos.Y < t.headHeight():
		return t.headSpot(pos, s)
	case t.maxTop() > 0 && pos.X >= size.Width-thumbZone:
		s.zone = zoneThumb
	case t.maxLeft() > 0 && pos.Y >= size.Height-thumbZone:
		s.zone = zoneSideThumb
	case pos.Y < t.headHeight()+t.bodyHeight():
		row := int((t.top + float64(pos.Y-t.headHeight())) / float64(t.opts.RowHeight))
		if row >= t.Len() {
			return s
		}
		s.zone, s.row = zoneBody, row
		if t.checks() && pos.X+t.left < t.leading()+PadCell/2 {
			s.zone = zoneCheck
		}
	}
	return s
}

func (t *Table) headSpot(pos fyne.Position, s spot) spot {
	s.zone = zoneHead
	r := t.renderer
	if r == nil {
		return s
	}
	x := pos.X + t.left
	if t.checks() && x < t.leading() {
		s.zone = zoneHeadCheck
		return s
	}
	for i := range r.xs {
		if edge := r.xs[i] + r.ws[i]; x >= edge-headerGrip && x <= edge+headerGrip {
			return spot{zone: zoneEdge, row: -1, place: i}
		}
	}
	if s.place >= 0 && s.place < len(r.heads) && r.heads[s.place].filterAt(x) {
		s.zone = zoneFilter
	}
	return s
}

// placeAt returns the shown column at a distance from the table's left, or -1.
func (t *Table) placeAt(x float32) int {
	if t.renderer == nil {
		return -1
	}
	x += t.left
	for i, left := range t.renderer.xs {
		if x >= left && x < left+t.renderer.ws[i] {
			return i
		}
	}
	return -1
}
