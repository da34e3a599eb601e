package kit

import (
	"cmp"
	"image/color"
	"math"
	"slices"
	"strconv"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"

	"fieldbook/app/geo"
)

// BalanceRow is one line of a Balance: a territory with its figures and how far
// it is from an even share.
type BalanceRow struct {
	Key     string
	Name    string
	Caption string // below the name: who covers it
	Warn    bool   // the caption asks for action
	Colour  string // "#0072B2"
	Locked  bool
	Figures []string  // one a head
	Values  []float64 // the same as numbers, to sort by
	Index   float64   // 100 is an even share
}

// BalanceSort is what a Balance is sorted by: a head, or one of these.
type BalanceSort int

// What is no head. By index, those farthest from an even share come first.
const (
	BalanceByIndex BalanceSort = -2
	BalanceByName  BalanceSort = -1
)

// BalanceOptions describes a Balance.
type BalanceOptions struct {
	Title  string   // of the first column
	Heads  []string // of the figures, from left to right
	Index  string   // of the bars
	OnTap  func(key string)
	OnMenu func(key string, at fyne.Position)
}

// Balance lists territories with their figures and a bar that shows on which
// side of an even share each is, and whether it is within the band. A click on a
// head sorts by it, a second one the other way round.
type Balance struct {
	widget.BaseWidget
	opts    BalanceOptions
	rows    []BalanceRow
	totals  []string // one a head; none hides the row
	all     string   // the name of the totals
	band    float64  // points to either side of 100
	body    *balanceBody
	head    *balanceStrip
	foot    *balanceStrip
	sort    BalanceSort
	turned  bool // the other way round
	current string
	under   int
}

var _ fyne.Focusable = (*Balance)(nil)

// NewBalance returns a balance without rows.
func NewBalance(opts BalanceOptions) *Balance {
	b := &Balance{opts: opts, under: -1, sort: BalanceByName}
	b.head = newBalanceStrip(balanceHead, b.drawHead, b.tapHead)
	b.foot = newBalanceStrip(balanceFoot, b.drawFoot, nil)
	b.foot.Hide()
	b.body = &balanceBody{balance: b}
	b.body.height = func() float32 { return float32(len(b.rows)) * balanceRow }
	b.body.draw = b.draw
	b.body.hover = b.point
	b.body.mount(b.body)
	b.ExtendBaseWidget(b)
	return b
}

// Set shows other rows; band is how many points of the index to either side of
// 100 are well.
func (b *Balance) Set(rows []BalanceRow, band float64) {
	b.rows, b.band = slices.Clone(rows), band
	b.arrange()
	b.body.Refresh()
	b.body.scroll.Refresh()
	b.body.scrollTo(b.body.scroll.Offset.Y)
}

// SetTotals writes the row below the others; without figures there is none.
func (b *Balance) SetTotals(name string, figures []string) {
	b.all, b.totals = name, figures
	b.foot.Hidden = len(figures) == 0
	b.foot.Refresh()
}

// SetHeads names the figures.
func (b *Balance) SetHeads(heads []string) { b.opts.Heads = heads }

// SortBy sorts the rows, by a head or by name or index; by the same again it
// turns them round.
func (b *Balance) SortBy(by BalanceSort) {
	b.turned = by == b.sort && !b.turned
	b.sort = by
	b.arrange()
	b.head.Refresh()
	b.Select(b.current)
}

func (b *Balance) arrange() {
	slices.SortStableFunc(b.rows, func(x, y BalanceRow) int {
		var c int
		switch {
		case b.sort == BalanceByIndex:
			c = cmp.Compare(math.Abs(y.Index-100), math.Abs(x.Index-100))
		case b.sort >= 0 && int(b.sort) < min(len(x.Values), len(y.Values)):
			c = cmp.Compare(y.Values[b.sort], x.Values[b.sort])
		default:
			c = cmp.Compare(strings.ToLower(x.Name), strings.ToLower(y.Name))
		}
		if b.turned {
			c = -c
		}
		return c
	})
}

// Select marks a row; "" marks none.
func (b *Balance) Select(key string) {
	b.current = key
	for i, r := range b.rows {
		if r.Key == key {
			b.body.reveal(float32(i)*balanceRow, float32(i+1)*balanceRow)
		}
	}
	b.body.Refresh()
}

const (
	balanceHead   = float32(26)
	balanceFoot   = float32(28)
	balanceRow    = float32(50)
	balanceFigure = float32(60)
	balanceIndex  = float32(52) // the number beside the bar
	balanceBar    = float32(13)
	balanceReach  = 30 // points of the index at the end of the bar
)

func (b *Balance) draw(s *scene, view area) {
	from := max(0, int(view.y/balanceRow))
	to := min(len(b.rows), int((view.y+view.h)/balanceRow)+1)
	for i := from; i < to; i++ {
		b.drawRow(s, i, area{0, float32(i) * balanceRow, view.w, balanceRow})
	}
}

func (b *Balance) drawHead(s *scene, size fyne.Size) {
	all := area{0, 0, size.Width, size.Height}
	s.box(all, BoxStyle{Fill: ColorHead})
	s.hline(0, 0, all.w, ColorLine)
	s.hline(0, all.h-1, all.w, ColorLine)
	title := b.opts.Title
	if b.sort == BalanceByIndex && b.opts.Index != "" {
		title = b.opts.Index
	}
	caption := TextStyle{Size: SizeCaption, Color: ColorFg2}
	left := area{PadPanel, 0, b.column(0, all).x - PadPanel - 16, all.h}
	width := s.text(left, title, caption)
	if b.sort < 0 {
		s.icon(left.x+width+4, all.h/2-5, b.mark(b.sort == BalanceByName), ColorFg2, 10)
	}
	caption.Align = fyne.TextAlignTrailing
	for i, head := range b.opts.Heads {
		at := b.column(i, all)
		s.text(at, head, caption)
		if b.sort == BalanceSort(i) {
			s.icon(at.x+at.w-Measure(head, SizeCaption, false)-13, all.h/2-5, b.mark(false), ColorFg2, 10)
		}
	}
}

// mark is the sign of the order, for what begins with the least or the most.
func (b *Balance) mark(least bool) string {
	if least != b.turned {
		return "chevu"
	}
	return "chev"
}

// tapHead sorts by the head at x; the first one goes from name to index.
func (b *Balance) tapHead(x float32, width float32) {
	for i := range b.opts.Heads {
		if at := b.column(i, area{0, 0, width, balanceHead}); x >= at.x-3 && x < at.x+at.w+3 {
			b.SortBy(BalanceSort(i))
			return
		}
	}
	if b.sort == BalanceByName {
		b.SortBy(BalanceByIndex)
		return
	}
	b.SortBy(BalanceByName)
}

func (b *Balance) drawFoot(s *scene, size fyne.Size) {
	all := area{0, 0, size.Width, size.Height}
	s.box(all, BoxStyle{Fill: ColorHead})
	s.hline(0, 0, all.w, ColorLine2)
	s.text(area{PadPanel, 0, b.column(0, all).x - PadPanel, all.h}, b.all, TextStyle{Bold: true})
	for i, text := range b.totals {
		s.text(b.column(i, all), text, TextStyle{Bold: true, Align: fyne.TextAlignTrailing})
	}
}

// column is the place of the n-th figure, right-aligned.
func (b *Balance) column(n int, at area) area {
	right := at.x + at.w - PadPanel - balanceFigure*float32(len(b.opts.Heads)-1-n)
	return area{right - balanceFigure + 6, at.y, balanceFigure - 6, at.h}
}

func (b *Balance) drawRow(s *scene, i int, at area) {
	r := b.rows[i]
	switch {
	case r.Key == b.current && r.Key != "":
		s.box(at, BoxStyle{Fill: ColorSel})
	case i == b.under:
		s.box(at, BoxStyle{Fill: ColorHover})
	}
	s.hline(0, at.y+at.h-1, at.w, ColorLine)
	s.swatch(area{PadPanel, at.y + 9, 10, 10}, r.Colour)
	left := PadPanel + 18
	first := area{left, at.y + 3, b.nameWidth(r, at) - left, 22}
	if r.Locked {
		first.w -= 18
	}
	width := s.text(first, r.Name, TextStyle{Bold: true})
	if r.Locked {
		s.icon(left+width+5, at.y+7, "lock", ColorFg2, 13)
	}
	for n, text := range r.Figures {
		s.text(b.column(n, area{at.x, at.y + 3, at.w, 22}), text, TextStyle{Align: fyne.TextAlignTrailing})
	}
	second := area{left, at.y + 25, at.w/2 - left - 4, 18}
	ink := ColorFg2
	if r.Warn {
		ink = ColorWarn
	}
	s.text(second, r.Caption, TextStyle{Size: SizeCaption, Color: ink})
	b.drawBar(s, r, area{at.w / 2, at.y + 28, at.w/2 - PadPanel - balanceIndex, balanceBar})
}

// nameWidth is where a name has to end: before its first figure, which mostly
// leaves room in its column.
func (b *Balance) nameWidth(r BalanceRow, at area) float32 {
	if len(r.Figures) == 0 {
		return at.w - PadPanel
	}
	first := b.column(0, at)
	return first.x + first.w - Measure(r.Figures[0], SizeBody, false) - 8
}

// drawBar shows the index: to the left of the middle below an even share, to the
// right above; the grey ground is the band.
func (b *Balance) drawBar(s *scene, r BalanceRow, at area) {
	middle, unit := at.x+at.w/2, at.w/2/balanceReach
	wide := unit * float32(math.Min(b.band, balanceReach))
	s.box(area{middle - wide, at.y, 2 * wide, at.h}, BoxStyle{Fill: ColorTrack})
	off := r.Index - 100
	outside := math.Abs(off) > b.band
	ink, sign := ColorAccent, ""
	if outside {
		ink, sign = ColorBad, Direction(off)
	}
	long := unit * float32(math.Min(math.Abs(off), balanceReach))
	from := middle
	if off < 0 {
		from = middle - long
	}
	s.box(area{from, at.y + 4, max(1, long), at.h - 8}, BoxStyle{Fill: ink})
	s.box(area{middle - 0.5, at.y - 1, 1, at.h + 2}, BoxStyle{Fill: ColorFg2})
	text := strconv.Itoa(int(math.Round(r.Index)))
	style := TextStyle{Bold: true, Align: fyne.TextAlignTrailing}
	if outside {
		style.Color = ColorBad
	}
	right := area{at.x + at.w, at.y - 3, balanceIndex, at.h + 6}
	s.text(right, text, style)
	if sign != "" {
		s.icon(right.x+right.w-Measure(text, SizeBody, true)-14, right.y+4, sign, ColorBad, 11)
	}
}

// swatch draws a square of a colour that is data, not a token.
func (s *scene) swatch(at area, colour string) {
	r := s.rects.next(func() *canvas.Rectangle { return &canvas.Rectangle{} })
	BoxStyle{Radius: 2}.apply(r)
	r.FillColor = ParseColour(colour)
	if IsDark() {
		r.FillColor = geo.OnDark(color.RGBAModel.Convert(r.FillColor).(color.RGBA)) //nolint:forcetypeassert // what the model converts to
	}
	s.put(r, at)
}

// ParseColour reads "#0072B2"; what is no colour is a middle grey.
func ParseColour(text string) color.Color {
	v, err := strconv.ParseUint(text[min(1, len(text)):], 16, 32)
	if err != nil || len(text) != 7 || text[0] != '#' {
		return hex(0x8A9496)
	}
	return hex(uint32(v))
}

func (b *Balance) rowAt(y float32) int {
	i := int(math.Floor(float64(y / balanceRow)))
	if y < 0 || i >= len(b.rows) {
		return -1
	}
	return i
}

func (b *Balance) point(at fyne.Position, in bool) {
	under := -1
	if in {
		under = b.rowAt(at.Y)
	}
	if under != b.under {
		b.under = under
		b.body.Refresh()
	}
}

// TypedKey implements fyne.Focusable: arrows walk over the rows.
func (b *Balance) TypedKey(e *fyne.KeyEvent) {
	at := -1
	for i, r := range b.rows {
		if r.Key == b.current {
			at = i
		}
	}
	switch e.Name {
	case fyne.KeyDown:
		b.choose(min(at+1, len(b.rows)-1))
	case fyne.KeyUp:
		b.choose(max(at-1, 0))
	case fyne.KeyHome:
		b.choose(0)
	case fyne.KeyEnd:
		b.choose(len(b.rows) - 1)
	default:
		escapes(b, e)
	}
}

func (b *Balance) choose(i int) {
	if i < 0 || i >= len(b.rows) {
		return
	}
	b.Select(b.rows[i].Key)
	if b.opts.OnTap != nil {
		b.opts.OnTap(b.rows[i].Key)
	}
}

// TypedRune implements fyne.Focusable.
func (b *Balance) TypedRune(rune) {}

// FocusGained implements fyne.Focusable.
func (b *Balance) FocusGained() {}

// FocusLost implements fyne.Focusable.
func (b *Balance) FocusLost() {}

// CreateRenderer implements fyne.Widget.
func (b *Balance) CreateRenderer() fyne.WidgetRenderer {
	return widget.NewSimpleRenderer(VBox(0, b.head, Grow(b.body.frame), b.foot))
}

// balanceStrip is the row above or below the scrolled part.
type balanceStrip struct {
	widget.BaseWidget
	high float32
	draw func(s *scene, size fyne.Size)
	tap  func(x, width float32)
}

func newBalanceStrip(high float32, draw func(*scene, fyne.Size), tap func(x, width float32)) *balanceStrip {
	b := &balanceStrip{high: high, draw: draw, tap: tap}
	b.ExtendBaseWidget(b)
	return b
}

// Tapped implements fyne.Tappable.
func (b *balanceStrip) Tapped(e *fyne.PointEvent) {
	if b.tap != nil {
		b.tap(e.Position.X, b.Size().Width)
	}
}

// CreateRenderer implements fyne.Widget.
func (b *balanceStrip) CreateRenderer() fyne.WidgetRenderer {
	return &sketch{of: b, min: fixed(120, b.high), draw: b.draw}
}

// balanceBody is the scrolled part.
type balanceBody struct {
	sheet
	balance *Balance
}

var _ desktop.Mouseable = (*balanceBody)(nil)

// Tapped implements fyne.Tappable.
func (b *balanceBody) Tapped(e *fyne.PointEvent) {
	focus(b.balance)
	b.balance.choose(b.balance.rowAt(e.Position.Y))
}

// MouseDown implements desktop.Mouseable.
func (b *balanceBody) MouseDown(e *desktop.MouseEvent) {
	i := b.balance.rowAt(e.Position.Y)
	if e.Button == desktop.MouseButtonSecondary && i >= 0 && b.balance.opts.OnMenu != nil {
		b.balance.opts.OnMenu(b.balance.rows[i].Key, e.AbsolutePosition)
	}
}

// MouseUp implements desktop.Mouseable.
func (b *balanceBody) MouseUp(*desktop.MouseEvent) {}
