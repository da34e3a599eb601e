package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"

	"fieldbook/assets/lang"
)

// BoardColumn is one stage of a board. Whole and Part fill its bar, as shares
// (0 to 1) of the largest column.
type BoardColumn struct {
	Key         string
	Title       string
	Count       string
	Sum         string // bold: "$771K"
	Caption     string // at the right of the sum: "$77.1K at 10%"
	Whole, Part float64
	More        string // cards not loaded, "290 more"; "" when all are here
	Slim        bool   // only a place to drop: slim columns share a strip at the right; Caption is their icon
}

// BoardCard is one deal. All text is ready to show.
type BoardCard struct {
	Key      string
	Title    string
	Unnamed  bool // the title says what is missing
	Amount   string
	Product  string
	Day      string // expected close
	Icon     string // of the next step
	Step     string
	StepDay  string
	State    StepState // of the next step
	Initials string
	Owner    string
	Age      string // "19 d in stage", or "stalled 41 d"
	Stalled  bool
}

// StepState is how a next step stands.
type StepState int

// The states of a next step.
const (
	StepPlanned StepState = iota
	StepToday
	StepLate
	StepMissing // Step says so
)

// BoardSource gives a board its cards. Card is called only for what is visible.
type BoardSource interface {
	Columns() []BoardColumn
	Len(column int) int
	Card(column, index int) BoardCard
}

// DropHint stands at the top of a column while a card is dragged over it.
type DropHint struct {
	Title, Caption string
	Badge          string
	Checks         []DropCheck
	Note           string // what dropping will do
}

// DropCheck is one criterion of a DropHint.
type DropCheck struct {
	Text string
	Met  bool
}

// BoardOptions describes a board. Nil callbacks leave out what they are for.
type BoardOptions struct {
	Runner    Runner  // times scrolling at the edges while dragging
	Narrow    float32 // the least width of a column; boardNarrow if 0
	OnOpen    func(key string)
	OnEmpty   func(column string)      // a double click beside the cards
	OnMove    func(key, column string) // dropped, or moved with Ctrl+arrow
	OnShowAll func(column string)
	OnDrag    func(key, column string) // over a column while dragging; both "" when it ends
	Hint      func(key, column string) *DropHint
	OnKey     func(name fyne.KeyName) // a key that the board has no use for
}

// Board shows columns of cards that are dragged between them. Arrows move the
// selection, Ctrl+Left and Ctrl+Right the card, Enter or a double click opens
// it, Escape takes a drag back.
type Board struct {
	widget.BaseWidget
	opts    BoardOptions
	source  BoardSource
	columns []BoardColumn
	bodies  []*boardBody
	links   []*Link
	current boardPlace
	key     string // of the selected card
	focused bool
	drag    *boardDrag
}

type boardPlace struct{ column, index int }

var (
	_ fyne.Focusable    = (*Board)(nil)
	_ fyne.Shortcutable = (*Board)(nil)
)

// NewBoard returns a board of a source.
func NewBoard(source BoardSource, opts BoardOptions) *Board {
	if opts.Narrow == 0 {
		opts.Narrow = boardNarrow
	}
	b := &Board{opts: opts, current: boardPlace{-1, -1}}
	b.ExtendBaseWidget(b)
	b.SetSource(source)
	return b
}

// SetSource shows other cards, or the same anew. The selection stays with its
// card; a drag under way ends without a move.
func (b *Board) SetSource(source BoardSource) {
	b.source, b.columns, b.drag = source, source.Columns(), nil
	for len(b.bodies) < len(b.columns) {
		b.bodies = append(b.bodies, newBoardBody(b, len(b.bodies)))
		b.links = append(b.links, b.newLink(len(b.links)))
	}
	b.current = b.find(b.key)
	for i := range b.columns {
		b.bodies[i].scroll.Refresh()
		b.bodies[i].scrollTo(b.bodies[i].scroll.Offset.Y)
		b.bodies[i].Refresh()
	}
	b.Refresh()
}

func (b *Board) newLink(column int) *Link {
	return NewLink(lang.T("Show all"), func() {
		if b.opts.OnShowAll != nil {
			b.opts.OnShowAll(b.columns[column].Key)
		}
	})
}

func (b *Board) find(key string) boardPlace {
	if key != "" {
		for c := range b.columns {
			for i := range b.source.Len(c) {
				if b.source.Card(c, i).Key == key {
					return boardPlace{c, i}
				}
			}
		}
	}
	return boardPlace{-1, -1}
}

// Selected is the key of the selected card, "" without one.
func (b *Board) Selected() string { return b.key }

// Select selects a card and scrolls it into view.
func (b *Board) Select(key string) {
	if at := b.find(key); at.column >= 0 {
		b.choose(at)
	}
}

func (b *Board) choose(at boardPlace) {
	if at.column < 0 || at.column >= len(b.columns) || b.source.Len(at.column) == 0 {
		return
	}
	at.index = max(0, min(at.index, b.source.Len(at.column)-1))
	before := b.current
	b.current, b.key = at, b.source.Card(at.column, at.index).Key
	body := b.bodies[at.column]
	body.reveal(cardTop(at.index), cardTop(at.index+1))
	body.Refresh()
	if before.column >= 0 && before.column < len(b.columns) && before.column != at.column {
		b.bodies[before.column].Refresh()
	}
}

// step goes to the nearest column in a direction that has cards.
func (b *Board) step(by int) {
	if b.current.column < 0 {
		b.choose(boardPlace{0, 0})
		return
	}
	for c := b.current.column + by; c >= 0 && c < len(b.columns); c += by {
		if b.source.Len(c) > 0 {
			b.choose(boardPlace{c, b.current.index})
			return
		}
	}
}

// TypedKey implements fyne.Focusable.
func (b *Board) TypedKey(e *fyne.KeyEvent) {
	at := b.current
	switch e.Name {
	case fyne.KeyEscape:
		b.endDrag(false)
	case fyne.KeyLeft:
		b.step(-1)
	case fyne.KeyRight:
		b.step(1)
	case fyne.KeyUp:
		b.choose(boardPlace{max(0, at.column), at.index - 1})
	case fyne.KeyDown:
		b.choose(boardPlace{max(0, at.column), at.index + 1})
	case fyne.KeyHome:
		b.choose(boardPlace{at.column, 0})
	case fyne.KeyEnd:
		b.choose(boardPlace{at.column, b.length(at.column) - 1})
	case fyne.KeyReturn, fyne.KeyEnter:
		b.open()
	default:
		if b.opts.OnKey != nil {
			b.opts.OnKey(e.Name)
		}
	}
}

func (b *Board) length(column int) int {
	if column < 0 {
		return 0
	}
	return b.source.Len(column)
}

func (b *Board) open() {
	if b.key != "" && b.opts.OnOpen != nil {
		b.opts.OnOpen(b.key)
	}
}

// TypedShortcut implements fyne.Shortcutable: Ctrl+Left and Ctrl+Right move
// the selected card.
func (b *Board) TypedShortcut(s fyne.Shortcut) {
	c, ok := s.(*desktop.CustomShortcut)
	sideways := ok && (c.KeyName == fyne.KeyLeft || c.KeyName == fyne.KeyRight)
	if !sideways || c.Modifier&(fyne.KeyModifierControl|fyne.KeyModifierSuper) == 0 {
		if c, ok := fyne.CurrentApp().Driver().CanvasForObject(b).(fyne.Shortcutable); ok {
			c.TypedShortcut(s)
		}
		return
	}
	to := b.current.column + 1
	if c.KeyName == fyne.KeyLeft {
		to -= 2
	}
	if b.current.column >= 0 {
		b.move(b.key, b.current.column, to)
	}
}

func (b *Board) move(key string, from, to int) {
	if to != from && to >= 0 && to < len(b.columns) && b.opts.OnMove != nil {
		b.opts.OnMove(key, b.columns[to].Key)
	}
}

// TypedRune implements fyne.Focusable.
func (b *Board) TypedRune(rune) {}

// FocusGained implements fyne.Focusable.
func (b *Board) FocusGained() { b.setFocused(true) }

// FocusLost implements fyne.Focusable.
func (b *Board) FocusLost() { b.setFocused(false) }

func (b *Board) setFocused(on bool) {
	b.focused = on
	if b.current.column < 0 && on {
		b.step(1)
		return
	}
	if b.current.column >= 0 {
		b.bodies[b.current.column].Refresh()
	}
}
