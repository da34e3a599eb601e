package kit

import "fyne.io/fyne/v2"

// listDrag is a row that is dragged out of a list.
type listDrag struct {
	key string // "" for a drag that began on no row or was called off
	at  fyne.Position
}

// Dragged implements fyne.Draggable.
func (b *listBody) Dragged(e *fyne.DragEvent) {
	l := b.list
	if l.opts.OnDrag == nil {
		return
	}
	if l.drag == nil {
		l.drag = &listDrag{}
		if i := l.rowAt(e.Position.Y - e.Dragged.DY); i >= 0 {
			l.drag.key = l.rows[i].Key
			focus(l)
			l.choose(i)
		}
	}
	if l.drag.key != "" {
		l.drag.at = e.AbsolutePosition
		l.opts.OnDrag(l.drag.key, l.drag.at)
	}
}

// DragEnd implements fyne.Draggable.
func (b *listBody) DragEnd() {
	l := b.list
	d := l.drag
	if l.drag = nil; d == nil || d.key == "" {
		return
	}
	l.opts.OnDrag("", d.at)
	if l.opts.OnDrop != nil {
		l.opts.OnDrop(d.key, d.at)
	}
}

// callOff ends a drag without a drop; it reports whether there was one.
func (l *List) callOff() bool {
	if l.drag == nil || l.drag.key == "" {
		return false
	}
	l.drag.key = ""
	l.opts.OnDrag("", l.drag.at)
	return true
}
