package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"

	"fieldbook/assets/lang"
)

// hoverAt is what the mouse is over: -1 for none.
type hoverAt struct {
	row, head int
	zone      zone
}

type dragKind int

const (
	dragNone   dragKind = iota
	dragResize          // a header's edge
	dragColumn          // a header, to another place; a click if it does not move
	dragCells           // over cells
	dragThumb
	dragSideThumb
)

// dragState is what a held mouse button does.
type dragState struct {
	kind   dragKind
	place  int
	from   fyne.Position
	width  float32 // of the column when its edge was taken
	top    float64
	left   float32
	target int // where a dragged column would go
	moved  bool
	held   fyne.KeyModifier
}

// MouseDown implements desktop.Mouseable.
func (t *Table) MouseDown(e *desktop.MouseEvent) {
	if e.Button != desktop.MouseButtonPrimary {
		return
	}
	t.CancelEdit()
	focus(t)
	s := t.spotAt(e.Position)
	t.drag = dragState{place: s.place, from: e.Position, top: t.top, left: t.left, held: e.Modifier}
	switch s.zone {
	case zoneEdge:
		t.drag.kind, t.drag.width = dragResize, t.renderer.ws[s.place]
	case zoneHead:
		if s.place >= 0 {
			t.drag.kind, t.drag.target = dragColumn, s.place
		}
	case zoneFilter:
		t.askFilter(s.place, e.AbsolutePosition.Subtract(e.Position))
	case zoneHeadCheck:
		t.toggleAll()
	case zoneThumb:
		t.drag.kind = dragThumb
	case zoneSideThumb:
		t.drag.kind = dragSideThumb
	case zoneCheck:
		t.toggleCheck(s.row, e.Modifier)
	case zoneBody:
		t.pressBody(s, e)
	case zoneNone:
	}
}

func (t *Table) askFilter(place int, origin fyne.Position) {
	if t.opts.OnFilter != nil {
		at := origin.AddXY(t.renderer.xs[place]-t.left, t.headHeight())
		t.opts.OnFilter(t.opts.Columns[t.shown[place]].Key, at)
	}
}

func (t *Table) toggleAll() {
	if t.selection.Count() == t.Len() {
		t.selection.Clear()
	} else {
		t.selection.Add(0, t.Len())
	}
	t.selected()
}

func (t *Table) toggleCheck(row int, held fyne.KeyModifier) {
	if held&fyne.KeyModifierShift != 0 {
		t.selection.Add(min(t.anchor.row, row), max(t.anchor.row, row)+1)
	} else if !t.isGroup(row) {
		t.selection.Toggle(row)
		t.anchor.row = row
	}
	t.cursor.row = row
	t.selected()
}

func (t *Table) pressBody(s spot, e *desktop.MouseEvent) {
	if t.hitsChevron(s, e.Position.X) {
		t.opts.OnExpand(s.row)
		return
	}
	if t.isGroup(s.row) {
		return
	}
	if t.opts.Select == SelectCells {
		if s.place < 0 {
			return
		}
		t.cursor = cellAt{s.row, s.place}
		if e.Modifier&fyne.KeyModifierShift == 0 {
			t.anchor = t.cursor
		}
		t.drag.kind = dragCells
		t.selected()
		return
	}
	t.cursor.row = s.row
	many := t.opts.Select == SelectMany
	switch {
	case t.opts.Ticks:
		t.anchor = t.cursor
	case many && e.Modifier&fyne.KeyModifierShift != 0:
		t.selectRange()
	case many && e.Modifier&fyne.KeyModifierShortcutDefault != 0:
		t.selection.Toggle(s.row)
		t.anchor = t.cursor
	default:
		t.selection.Clear()
		t.selection.Add(s.row, s.row+1)
		t.anchor = t.cursor
	}
	t.selected()
}

// selectRange selects the rows from the anchor to the cursor.
func (t *Table) selectRange() {
	t.selection.Clear()
	t.selection.Add(min(t.anchor.row, t.cursor.row), max(t.anchor.row, t.cursor.row)+1)
}

func (t *Table) isGroup(row int) bool {
	r, ok := t.opts.Rows.Row(row)
	return ok && r.Group
}

// hitsChevron reports whether a press opens or closes a row of a tree.
func (t *Table) hitsChevron(s spot, x float32) bool {
	if t.opts.OnExpand == nil || s.place < 0 {
		return false
	}
	row, ok := t.opts.Rows.Row(s.row)
	if !ok {
		return false
	}
	c := cellOf(row, t.shown[s.place])
	left := t.renderer.xs[s.place] - t.left + PadCell + float32(c.Level)*treeStep
	return c.Tree != TreeLeaf && x >= left-treeStep/2 && x < left+treeStep
}

// MouseUp implements desktop.Mouseable.
func (t *Table) MouseUp(e *desktop.MouseEvent) {
	d := t.drag
	t.drag = dragState{}
	switch {
	case d.kind == dragResize && d.moved:
		t.stateChanged()
	case d.kind == dragColumn && d.moved:
		t.moveColumn(d.place, d.target)
		t.redraw()
	case d.kind == dragColumn:
		t.toggleSort(t.shown[d.place], d.held&fyne.KeyModifierShift != 0)
	case d.kind == dragThumb && !d.moved:
		t.pageTowards(e.Position)
	}
}

// pageTowards scrolls a page up or down to where the scroll bar's track was pressed.
func (t *Table) pageTowards(pos fyne.Position) {
	at, long := t.thumb()
	y := pos.Y - t.headHeight()
	switch {
	case y < at:
		t.scrollTo(t.top-float64(t.bodyHeight()), t.left)
	case y > at+long:
		t.scrollTo(t.top+float64(t.bodyHeight()), t.left)
	}
}

// Dragged implements fyne.Draggable.
func (t *Table) Dragged(e *fyne.DragEvent) {
	d := &t.drag
	delta := e.Position.Subtract(d.from)
	switch d.kind {
	case dragResize:
		d.moved = true
		t.resizeColumn(t.shown[d.place], d.width+delta.X)
	case dragColumn:
		if !d.moved && max(delta.X, -delta.X) < dragSlack {
			return
		}
		d.moved, d.target = true, t.dropPlace(e.Position.X)
		t.redraw()
	case dragCells:
		t.dragCellsTo(e.Position)
	case dragThumb:
		d.moved = true
		_, long := t.thumb()
		t.scrollTo(d.top+float64(delta.Y)/float64(t.bodyHeight()-long)*t.maxTop(), t.left)
	case dragSideThumb:
		d.moved = true
		_, long := t.sideThumb()
		t.scrollTo(t.top, d.left+delta.X/(t.Size().Width-long)*t.maxLeft())
	case dragNone:
	}
}

// dropPlace returns the place before which a column dropped at x would go.
func (t *Table) dropPlace(x float32) int {
	x += t.left
	for i, left := range t.renderer.xs {
		if x < left+t.renderer.ws[i]/2 {
			return i
		}
	}
	return len(t.renderer.xs)
}

// dragCellsTo extends the rectangle to a position, scrolling at the edges.
func (t *Table) dragCellsTo(pos fyne.Position) {
	body := t.headHeight() + t.bodyHeight()
	row := int((t.top + float64(pos.Y-t.headHeight())) / float64(t.opts.RowHeight))
	switch {
	case pos.Y < t.headHeight():
		row = t.cursor.row - 1
	case pos.Y > body:
		row = t.cursor.row + 1
	}
	t.cursor.row = max(0, min(row, t.Len()-1))
	if place := t.placeAt(pos.X); place >= 0 {
		t.cursor.place = place
	}
	t.ScrollTo(t.cursor.row)
	t.showPlace(t.cursor.place)
	t.selected()
}

// DragEnd implements fyne.Draggable. MouseUp has settled the drag; where no
// mouse is, as in tests, it ends here.
func (t *Table) DragEnd() {
	if t.drag.kind != dragNone {
		t.MouseUp(&desktop.MouseEvent{PointEvent: fyne.PointEvent{Position: t.drag.from}})
	}
}

// Scrolled implements fyne.Scrollable.
func (t *Table) Scrolled(e *fyne.ScrollEvent) {
	t.CancelEdit()
	t.scrollTo(t.top-float64(e.Scrolled.DY)*lineOfWheel, t.left-e.Scrolled.DX*lineOfWheel)
	t.setHover(t.spotAt(e.Position))
}

// DoubleTapped implements fyne.DoubleTappable.
func (t *Table) DoubleTapped(e *fyne.PointEvent) {
	s := t.spotAt(e.Position)
	switch s.zone {
	case zoneEdge:
		t.fitColumn(t.shown[s.place])
	case zoneBody:
		if t.isGroup(s.row) || t.hitsChevron(s, e.Position.X) {
			return
		}
		if s.place < 0 || !t.startEdit(cellAt{s.row, s.place}, "") {
			t.open(s.row)
		}
	default:
	}
}

func (t *Table) open(row int) {
	if t.opts.OnOpen != nil && row >= 0 && row < t.Len() {
		t.opts.OnOpen(row)
	}
}

// TappedSecondary implements fyne.SecondaryTappable.
func (t *Table) TappedSecondary(e *fyne.PointEvent) {
	s := t.spotAt(e.Position)
	switch s.zone {
	case zoneHead, zoneEdge, zoneFilter, zoneHeadCheck:
		t.columnMenu(e.AbsolutePosition)
	case zoneBody, zoneCheck:
		if t.opts.OnMenu == nil || t.isGroup(s.row) {
			return
		}
		if t.opts.Select != SelectCells && !t.opts.Ticks && !t.selection.Has(s.row) {
			t.Select(s.row)
		}
		t.opts.OnMenu(s.row, e.AbsolutePosition)
	default:
	}
}

// columnMenu offers the columns to show and hide.
func (t *Table) columnMenu(at fyne.Position) {
	c := fyne.CurrentApp().Driver().CanvasForObject(t)
	if c == nil {
		return
	}
	widget.ShowPopUpMenuAtPosition(fyne.NewMenu("", t.ColumnItems()...), c, at)
}

// ColumnItems returns menu items that show and hide the columns, for a
// "Columns" button beside the table.
func (t *Table) ColumnItems() []*fyne.MenuItem {
	var items []*fyne.MenuItem
	for _, c := range t.order {
		if t.opts.Columns[c].Title == "" {
			continue
		}
		item := fyne.NewMenuItem(t.opts.Columns[c].Title, func() { t.hideColumn(c, !t.hidden[c]) })
		item.Checked = !t.hidden[c]
		item.Disabled = t.opts.Columns[c].Fixed
		items = append(items, item)
	}
	reset := fyne.NewMenuItem(lang.T("Columns as they were"), func() {
		t.SetState(TableState{Sort: t.sort})
		t.stateChanged()
	})
	return append(items, fyne.NewMenuItemSeparator(), reset)
}

// MouseIn implements desktop.Hoverable.
func (t *Table) MouseIn(e *desktop.MouseEvent) { t.setHover(t.spotAt(e.Position)) }

// MouseMoved implements desktop.Hoverable.
func (t *Table) MouseMoved(e *desktop.MouseEvent) { t.setHover(t.spotAt(e.Position)) }

// MouseOut implements desktop.Hoverable.
func (t *Table) MouseOut() { t.setHover(spot{row: -1, place: -1}) }

func (t *Table) clearHover() { t.hover = hoverAt{row: -1, head: -1} }

func (t *Table) setHover(s spot) {
	old := t.hover
	t.clearHover()
	t.hover.zone, t.hover.row = s.zone, s.row
	switch s.zone {
	case zoneHead, zoneEdge, zoneFilter:
		t.hover.head = s.place
	default:
	}
	if old != t.hover {
		t.redraw()
	}
}

// Cursor implements desktop.Cursorable.
func (t *Table) Cursor() desktop.Cursor {
	switch {
	case t.hover.zone == zoneEdge || t.drag.kind == dragResize:
		return desktop.HResizeCursor
	case t.hover.zone == zoneFilter:
		return desktop.PointerCursor
	default:
		return desktop.DefaultCursor
	}
}
