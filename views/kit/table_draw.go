package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
)

// tableRenderer draws a table. The header and the totals are drawn after the
// rows and over them; the table itself clips, being scrollable.
type tableRenderer struct {
	table   *Table
	xs, ws  []float32 // of the shown columns, before scrolling
	heads   []*headView
	rows    *fyne.Container
	views   []*rowView // row i is drawn by view i mod len
	outline *outlineView
	headBox *fyne.Container
	headBar *canvas.Rectangle
	headEnd *canvas.Rectangle
	check   *checkView
	totals  *fyne.Container
	totView []*rowView
	footBar *canvas.Rectangle
	empty   *fyne.Container
	thumb   *canvas.Rectangle
	side    *canvas.Rectangle
	marker  *canvas.Rectangle // where a dragged column would go
	objects []fyne.CanvasObject
	drawing bool
}

// CreateRenderer implements fyne.Widget.
func (t *Table) CreateRenderer() fyne.WidgetRenderer {
	r := &tableRenderer{
		table:   t,
		rows:    container.NewWithoutLayout(),
		outline: newOutlineView(),
		headBox: container.NewWithoutLayout(),
		headBar: &canvas.Rectangle{},
		headEnd: &canvas.Rectangle{},
		check:   newCheckView(),
		totals:  container.NewWithoutLayout(),
		footBar: &canvas.Rectangle{},
		empty:   container.NewCenter(t.opts.Empty),
		thumb:   &canvas.Rectangle{CornerRadius: thumbWidth / 2},
		side:    &canvas.Rectangle{CornerRadius: thumbWidth / 2},
		marker:  &canvas.Rectangle{},
	}
	t.renderer = r
	r.Layout(t.Size())
	return r
}

func (r *tableRenderer) MinSize() fyne.Size {
	t := r.table
	return fyne.NewSize(120, t.headHeight()+t.opts.RowHeight+t.totalsHeight())
}

func (r *tableRenderer) Layout(fyne.Size) {
	r.table.restamp()
	r.draw()
}

func (r *tableRenderer) Refresh() {
	r.table.restamp()
	r.draw()
}

func (r *tableRenderer) Objects() []fyne.CanvasObject {
	r.objects = append(r.objects[:0], r.rows)
	r.objects = append(r.objects, r.outline.parts()...)
	r.objects = append(r.objects, r.headBar, r.headBox, r.headEnd, r.totals, r.footBar, r.empty, r.marker)
	if e := r.table.edit; e != nil {
		r.objects = append(r.objects, e.editor)
	}
	return append(r.objects, r.thumb, r.side)
}

func (r *tableRenderer) Destroy() {}

// draw brings what is shown up to date. It touches only what changed.
func (r *tableRenderer) draw() {
	t := r.table
	if r.drawing || t.Size().IsZero() {
		return
	}
	r.drawing = true
	defer func() { r.drawing = false }()
	r.xs, r.ws = t.layoutColumns()
	t.top = max(0, min(t.top, t.maxTop()))
	t.left = max(0, min(t.left, t.maxLeft()))
	r.drawRows()
	r.outline.draw(r)
	r.drawHead()
	r.drawTotals()
	r.drawBars()
	r.drawEdit()
	r.empty.Hidden = t.opts.Rows == nil || t.Len() > 0
	r.empty.Move(fyne.NewPos(0, t.headHeight()))
	r.empty.Resize(fyne.NewSize(t.Size().Width, t.bodyHeight()))
	canvas.Refresh(r.rows)
}

// forget has the rows [from, to) drawn again.
func (r *tableRenderer) forget(from, to int) {
	for _, v := range r.views {
		if v.row >= from && v.row < to {
			v.stamp = 0
		}
	}
}

func (r *tableRenderer) drawRows() {
	t := r.table
	first, last := t.visibleRows()
	if t.opts.Rows == nil { // placeholders over the whole height
		first, last = 0, int(t.bodyHeight()/t.opts.RowHeight)
	} else if v, ok := t.opts.Rows.(interface{ Visible(from, to int) }); ok {
		v.Visible(first, last)
	}
	r.needViews(int(t.bodyHeight()/t.opts.RowHeight) + 2)
	for _, v := range r.views {
		v.box.Hidden = true
	}
	width := max(t.Size().Width, t.contentWidth())
	for i := first; i < last; i++ {
		v := r.views[i%len(r.views)]
		v.box.Hidden = false
		r.drawRow(v, i)
		v.box.Move(fyne.NewPos(-t.left, t.rowY(i)))
		v.size(width, t.opts.RowHeight)
	}
}

func (r *tableRenderer) needViews(n int) {
	if n <= len(r.views) {
		return
	}
	for len(r.views) < n {
		v := newRowView()
		r.views = append(r.views, v)
		r.rows.Objects = append(r.rows.Objects, v.box)
	}
	r.table.restamp() // rows move to other views
}

func (r *tableRenderer) drawRow(v *rowView, i int) {
	t := r.table
	if v.row != i || v.stamp != t.stamp {
		row, ok := Row{}, false
		if t.opts.Rows != nil {
			row, ok = t.opts.Rows.Row(i)
		}
		v.draw(rowDrawing{r: r, row: row, loading: !ok, number: i, height: t.opts.RowHeight})
		v.row, v.stamp = i, t.stamp
		if !ok {
			v.stamp = 0 // ask again next time
		}
	}
	v.mark(r, i)
}

func (r *tableRenderer) drawTotals() {
	t := r.table
	width := max(t.Size().Width, t.contentWidth())
	y := t.totalsTop()
	r.footBar.Hidden = len(t.totals) == 0
	r.footBar.FillColor = Color(ColorLine2)
	r.footBar.Move(fyne.NewPos(0, y))
	r.footBar.Resize(fyne.NewSize(t.Size().Width, totalsLine))
	for len(r.totView) < len(t.totals) {
		v := newRowView()
		r.totView = append(r.totView, v)
		r.totals.Objects = append(r.totals.Objects, v.box)
	}
	for i, v := range r.totView {
		v.box.Hidden = i >= len(t.totals)
		if v.box.Hidden {
			continue
		}
		if v.stamp != t.stamp {
			v.draw(rowDrawing{r: r, row: t.totals[i], total: true, height: HeightRow})
			v.stamp = t.stamp
		}
		v.box.Move(fyne.NewPos(-t.left, y+totalsLine+float32(i)*HeightRow))
		v.size(width, HeightRow)
	}
}

// drawBars draws the scroll bars, which take no room from the rows.
func (r *tableRenderer) drawBars() {
	t := r.table
	size := t.Size()
	r.thumb.FillColor, r.side.FillColor = Color(ColorLine2), Color(ColorLine2)
	r.thumb.Hidden = t.maxTop() == 0
	if !r.thumb.Hidden {
		at, long := t.thumb()
		r.thumb.Move(fyne.NewPos(size.Width-thumbWidth-2, t.headHeight()+at))
		r.thumb.Resize(fyne.NewSize(thumbWidth, long))
	}
	r.side.Hidden = t.maxLeft() == 0 || t.opts.NoSideBar
	if !r.side.Hidden {
		at, long := t.sideThumb()
		r.side.Move(fyne.NewPos(at, size.Height-thumbWidth-2))
		r.side.Resize(fyne.NewSize(long, thumbWidth))
	}
	r.marker.FillColor = Color(ColorAccent)
	r.marker.Hidden = t.drag.kind != dragColumn || !t.drag.moved
	if !r.marker.Hidden {
		x := t.leading()
		if to := t.drag.target; to < len(r.xs) {
			x = r.xs[to]
		} else if n := len(r.xs); n > 0 {
			x = r.xs[n-1] + r.ws[n-1]
		}
		r.marker.Move(fyne.NewPos(x-t.left-1, 0))
		r.marker.Resize(fyne.NewSize(2, t.totalsTop()))
	}
}

// thumb returns the upright scroll bar's start and length within the body.
func (t *Table) thumb() (at, long float32) {
	body := t.bodyHeight()
	whole := float64(t.Len()) * float64(t.opts.RowHeight)
	long = max(thumbLeast, float32(float64(body)*float64(body)/whole))
	return float32(t.top/t.maxTop()) * (body - long), long
}

// sideThumb returns the lying scroll bar's start and length.
func (t *Table) sideThumb() (at, long float32) {
	width := t.Size().Width
	long = max(thumbLeast, width*width/t.contentWidth())
	return t.left / t.maxLeft() * (width - long), long
}
