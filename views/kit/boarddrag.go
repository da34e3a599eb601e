package kit

import (
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
)

// boardDrag is a card on its way to another column.
type boardDrag struct {
	card  BoardCard
	from  boardPlace
	grip  fyne.Position // where the card is held, from its corner
	at    fyne.Position // of the mouse, on the board
	over  int           // column under the mouse, -1 for none
	hint  *DropHint
	speed float32 // of scrolling at an edge, px a tick
	ticks bool
}

// target is the column that would take the card, -1 for none.
func (d *boardDrag) target() int {
	if d == nil || d.over == d.from.column {
		return -1
	}
	return d.over
}

const (
	scrollZone  = 32
	scrollSpeed = 14
	scrollTick  = 30 * time.Millisecond
)

// edgeSpeed is how fast a column scrolls with the mouse at y in a body of a
// height: nothing within, faster the nearer to an edge.
func edgeSpeed(y, height float32) float32 {
	switch {
	case y < scrollZone:
		return -scrollSpeed * min(1, (scrollZone-y)/scrollZone)
	case y > height-scrollZone:
		return scrollSpeed * min(1, (y-height+scrollZone)/scrollZone)
	}
	return 0
}

func (b *Board) startDrag(at boardPlace, grip fyne.Position) {
	b.choose(at)
	b.drag = &boardDrag{card: b.source.Card(at.column, at.index), from: at, grip: grip, over: -1}
}

func (b *Board) dragTo(absolute fyne.Position) {
	d := b.drag
	d.at = absolute.Subtract(fyne.CurrentApp().Driver().AbsolutePositionForObject(b))
	over := b.columnAt(d.at)
	if over != d.over {
		b.enter(over)
	}
	d.speed = 0
	if over >= 0 && !b.columns[over].Slim {
		d.speed = edgeSpeed(d.at.Y-boardHead, b.bodies[over].scroll.Size().Height)
	}
	if d.speed != 0 && !d.ticks {
		d.ticks = true
		b.scrollWhileHeld(d)
	}
	b.Refresh()
}

// enter makes another column the one under the dragged card.
func (b *Board) enter(over int) {
	d := b.drag
	left := d.over
	d.over, d.hint = over, nil
	column := ""
	if over >= 0 {
		column = b.columns[over].Key
	}
	if d.target() >= 0 && b.opts.Hint != nil {
		d.hint = b.opts.Hint(d.card.Key, column)
	}
	if b.opts.OnDrag != nil {
		b.opts.OnDrag(d.card.Key, column)
	}
	for _, c := range []int{left, over, d.from.column} {
		if c >= 0 {
			b.bodies[c].Refresh()
			b.bodies[c].scroll.Refresh()
		}
	}
}

// scrollWhileHeld scrolls the column under the mouse until it leaves the edge.
func (b *Board) scrollWhileHeld(d *boardDrag) {
	if b.drag != d || d.speed == 0 || d.over < 0 || b.opts.Runner == nil {
		d.ticks = false
		return
	}
	body := b.bodies[d.over]
	body.scrollTo(body.scroll.Offset.Y + d.speed)
	b.opts.Runner.After(scrollTick, func() { b.scrollWhileHeld(d) })
}

func (b *Board) endDrag(drop bool) {
	d := b.drag
	if d == nil {
		return
	}
	to := d.target()
	b.drag = nil
	for _, body := range b.bodies {
		body.Refresh()
		body.scroll.Refresh()
		body.scrollTo(body.scroll.Offset.Y)
	}
	b.Refresh()
	if b.opts.OnDrag != nil {
		b.opts.OnDrag("", "")
	}
	if drop && to >= 0 {
		b.move(d.card.Key, d.from.column, to)
	}
}

// boardBody is the scrolled part of one column. It takes the mouse for all of
// its cards, so that they can be plain marks.
type boardBody struct {
	sheet
	board  *Board
	column int
	under  int // card under the mouse, -1 for none
	held   fyne.Position
	active bool // a drag began here and the button is still down
}

var (
	_ desktop.Mouseable   = (*boardBody)(nil)
	_ fyne.Draggable      = (*boardBody)(nil)
	_ fyne.DoubleTappable = (*boardBody)(nil)
)

func newBoardBody(b *Board, column int) *boardBody {
	body := &boardBody{board: b, column: column, under: -1}
	body.height = func() float32 { return body.lead() + cardTop(body.len()) }
	body.draw = body.drawCards
	body.hover = body.point
	body.mount(body)
	return body
}

func (c *boardBody) len() int {
	if c.column >= len(c.board.columns) {
		return 0
	}
	return c.board.source.Len(c.column)
}

func (c *boardBody) point(at fyne.Position, in bool) {
	under := -1
	if in && c.board.drag == nil {
		under = c.cardAt(at)
	}
	if under != c.under {
		c.under = under
		c.Refresh()
	}
}

// cardAt is the index of the card at a position, -1 for none.
func (c *boardBody) cardAt(at fyne.Position) int {
	i := int((at.Y - c.lead()) / cardPitch)
	if at.Y < c.lead() || i >= c.len() {
		return -1
	}
	return i
}

// MouseDown implements desktop.Mouseable.
func (c *boardBody) MouseDown(e *desktop.MouseEvent) {
	focus(c.board)
	c.held = e.Position
	if i := c.cardAt(e.Position); i >= 0 {
		c.board.choose(boardPlace{c.column, i})
	}
}

// MouseUp implements desktop.Mouseable.
func (c *boardBody) MouseUp(*desktop.MouseEvent) {}

// DoubleTapped implements fyne.DoubleTappable.
func (c *boardBody) DoubleTapped(e *fyne.PointEvent) {
	switch {
	case c.cardAt(e.Position) >= 0:
		c.board.open()
	case c.board.opts.OnEmpty != nil && c.column < len(c.board.columns):
		c.board.opts.OnEmpty(c.board.columns[c.column].Key)
	}
}

// Dragged implements fyne.Draggable.
func (c *boardBody) Dragged(e *fyne.DragEvent) {
	if !c.active {
		i := c.cardAt(c.held)
		if i < 0 {
			return
		}
		c.active = true
		c.board.startDrag(boardPlace{c.column, i}, c.held.SubtractXY(bodyInset, cardTop(i)))
	}
	if c.board.drag != nil { // Escape may have ended it
		c.board.dragTo(e.AbsolutePosition)
	}
}

// DragEnd implements fyne.Draggable.
func (c *boardBody) DragEnd() {
	c.active = false
	c.board.endDrag(true)
}
