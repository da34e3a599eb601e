package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"
)

// ListRow is one row of a List: a group's header, or a thing with one or two
// lines and what stands at its right.
type ListRow struct {
	Key         string
	Header      bool   // a group; Detail is its count
	Icon        string //
	Title       string // 13 px
	Detail      string // 11 px, below; beside the title in lists of one line
	Right       string // 13 px; on its own without RightDetail it is 11 px
	RightDetail string // 11 px, below
	Tone        Tone   // of a header's title, or of the icon
	Bold        bool
	Checked     bool // a tick at the right
}

// ListOptions describes a List.
type ListOptions struct {
	TwoLine bool // rows 44 high rather than 28
	Plain   bool // no lines between rows: menus and pop-ups
	Stays   bool // the selected row shows that it is without the keyboard too: what stands beside it is of it
	OnOpen  func(key string)
	OnPoint func(key string)                   // the selection moved
	OnRune  func(r rune)                       // a letter was typed while the list had the keyboard
	OnDrag  func(key string, at fyne.Position) // a row is dragged, the mouse at a place of the canvas; "" once that ends
	OnDrop  func(key string, at fyne.Position) // a dragged row was let go of; Escape calls it off
}

// List shows rows in groups, drawing only what is visible. A click, Enter or
// Space opens a row; arrows, Page, Home and End move over the rows that are no
// headers.
type List struct {
	widget.BaseWidget
	opts    ListOptions
	rows    []ListRow
	tops    []float32
	body    *listBody
	current int // -1 for none
	under   int // row under the mouse, -1 for none
	focused bool
	drag    *listDrag // nil for none
}

var _ fyne.Focusable = (*List)(nil)

// NewList returns a list without rows.
func NewList(opts ListOptions) *List {
	l := &List{opts: opts, current: -1, under: -1, tops: []float32{0}}
	l.body = &listBody{list: l}
	l.body.height = func() float32 { return l.tops[len(l.rows)] }
	l.body.draw = l.draw
	l.body.hover = l.point
	l.body.mount(l.body)
	l.ExtendBaseWidget(l)
	return l
}

// SetRows shows other rows; the selection stays with its key if it is still
// there.
func (l *List) SetRows(rows []ListRow) {
	key := l.Current()
	l.rows, l.current, l.under = rows, -1, -1
	l.tops = make([]float32, len(rows)+1)
	for i, r := range rows {
		l.tops[i+1] = l.tops[i] + l.rowHeight(r)
		if key != "" && !r.Header && r.Key == key {
			l.current = i
		}
	}
	l.body.Refresh()
	l.body.scroll.Refresh()
	l.body.scrollTo(l.body.scroll.Offset.Y)
}

func (l *List) rowHeight(r ListRow) float32 {
	switch {
	case r.Header:
		return 26
	case l.opts.TwoLine:
		return HeightTwoLine
	}
	return HeightRow
}

// Height is what all rows take together.
func (l *List) Height() float32 { return l.tops[len(l.rows)] }

// Current is the key of the selected row, "" without one.
func (l *List) Current() string {
	if l.current < 0 || l.current >= len(l.rows) {
		return ""
	}
	return l.rows[l.current].Key
}

// Select moves the selection to a key without opening it.
func (l *List) Select(key string) {
	for i, r := range l.rows {
		if !r.Header && r.Key == key {
			l.choose(i)
			return
		}
	}
}

// Step moves the selection by n rows, headers not counted, and stops at the ends.
func (l *List) Step(n int) {
	step, at := 1, l.current
	if n < 0 {
		step, n = -1, -n
		if at < 0 {
			at = len(l.rows)
		}
	}
	found := l.current
	for i := at + step; i >= 0 && i < len(l.rows) && n > 0; i += step {
		if !l.rows[i].Header {
			found = i
			n--
		}
	}
	l.choose(found)
}

// Open opens the selected row.
func (l *List) Open() {
	if key := l.Current(); key != "" && l.opts.OnOpen != nil {
		l.opts.OnOpen(key)
	}
}

func (l *List) choose(i int) {
	if i < 0 || i >= len(l.rows) {
		return
	}
	top := l.tops[i]
	if i > 0 && l.rows[i-1].Header {
		top = l.tops[i-1]
	}
	l.body.reveal(top, l.tops[i+1])
	if i != l.current {
		l.current = i
		if l.opts.OnPoint != nil {
			l.opts.OnPoint(l.rows[i].Key)
		}
	}
	l.body.Refresh()
}

func (l *List) point(at fyne.Position, in bool) {
	under := -1
	if in {
		under = l.rowAt(at.Y)
	}
	if under != l.under {
		l.under = under
		l.body.Refresh()
	}
}

func (l *List) rowAt(y float32) int {
	from, to := window(l.tops, y, y+0.1)
	if from >= to || l.rows[from].Header {
		return -1
	}
	return from
}

// Key moves or opens as a key says and reports whether the key was one of the
// list's own; an entry above a list hands its arrows on with it.
func (l *List) Key(name fyne.KeyName) bool {
	page := max(1, int(l.body.scroll.Size().Height/l.rowHeight(ListRow{}))-1)
	switch name {
	case fyne.KeyUp:
		l.Step(-1)
	case fyne.KeyDown:
		l.Step(1)
	case fyne.KeyPageUp:
		l.Step(-page)
	case fyne.KeyPageDown:
		l.Step(page)
	case fyne.KeyReturn, fyne.KeyEnter:
		l.Open()
	default:
		return false
	}
	return true
}

// TypedKey implements fyne.Focusable.
func (l *List) TypedKey(e *fyne.KeyEvent) {
	switch e.Name {
	case fyne.KeyHome:
		l.Step(-len(l.rows))
	case fyne.KeyEnd:
		l.Step(len(l.rows))
	case fyne.KeySpace:
		l.Open()
	case fyne.KeyEscape:
		if !l.callOff() {
			escapes(l, e)
		}
	default:
		if !l.Key(e.Name) {
			escapes(l, e)
		}
	}
}

// TypedRune implements fyne.Focusable.
func (l *List) TypedRune(r rune) {
	if l.opts.OnRune != nil {
		l.opts.OnRune(r)
	}
}

// FocusGained implements fyne.Focusable.
func (l *List) FocusGained() { l.setFocused(true) }

// FocusLost implements fyne.Focusable.
func (l *List) FocusLost() { l.setFocused(false) }

func (l *List) setFocused(on bool) {
	l.focused = on
	l.body.Refresh()
}

// CreateRenderer implements fyne.Widget.
func (l *List) CreateRenderer() fyne.WidgetRenderer {
	return widget.NewSimpleRenderer(l.body.frame)
}

// listBody is the scrolled part; it turns clicks into opened rows, and drags.
type listBody struct {
	sheet
	list *List
}

// Tapped implements fyne.Tappable.
func (b *listBody) Tapped(e *fyne.PointEvent) {
	if i := b.list.rowAt(e.Position.Y); i >= 0 {
		if !b.list.opts.Plain {
			focus(b.list)
		}
		b.list.choose(i)
		b.list.Open()
	}
}
