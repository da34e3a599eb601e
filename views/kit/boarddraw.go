package kit

import (
	"fyne.io/fyne/v2"

	"fieldbook/assets/lang"
)

const (
	boardGap    = 8
	boardHead   = 66 // from the column's top to its cards
	boardFoot   = 34
	boardInset  = 6 // from the column's edge to its cards
	boardNarrow = 156
	cardHigh    = 88
	cardPitch   = 95
)

// cardTop is where card i begins in its column.
func cardTop(i int) float32 { return float32(i) * cardPitch }

// columnArea is where a column stands on a board of a size.
func (b *Board) columnArea(i int, size fyne.Size) area {
	slim := b.slimColumns()
	n := float32(max(1, len(b.columns)-slim))
	width := size.Width
	if slim > 0 {
		width -= slimWide + boardGap
	}
	w := max(b.opts.Narrow, (width-boardGap*(n-1))/n)
	if i < len(b.columns) && b.columns[i].Slim {
		return b.slimArea(i, slim, area{n * (w + boardGap), 0, slimWide, size.Height})
	}
	return area{float32(i) * (w + boardGap), 0, w, size.Height}
}

// columnAt is the column at a position on the board, -1 for none. The gap
// beside a column belongs to it, so that a card never hangs between two.
func (b *Board) columnAt(at fyne.Position) int {
	for i := range b.columns {
		a := b.columnArea(i, b.Size())
		a.x, a.w = a.x-boardGap/2, a.w+boardGap
		if a.has(at) {
			return i
		}
	}
	return -1
}

// CreateRenderer implements fyne.Widget.
func (b *Board) CreateRenderer() fyne.WidgetRenderer {
	min := func() fyne.Size {
		slim := b.slimColumns()
		n := float32(max(1, len(b.columns)-slim))
		wide := n*b.opts.Narrow + (n-1)*boardGap
		if slim > 0 {
			wide += slimWide + boardGap
		}
		return fyne.NewSize(wide, boardHead+cardPitch+boardFoot)
	}
	return &sketch{of: b, min: min, draw: b.draw}
}

func (b *Board) draw(s *scene, size fyne.Size) {
	for i := range b.columns {
		b.drawColumn(s, i, b.columnArea(i, size))
	}
	if d := b.drag; d != nil {
		w := b.columnArea(0, size).w - 2*boardInset
		at := area{d.at.X - d.grip.X, d.at.Y - d.grip.Y, w, cardHigh}
		s.card(at, d.card, BoxStyle{Fill: ColorBg, Line: ColorAccent, Width: 2, Radius: RadiusBox})
	}
}

func (b *Board) drawColumn(s *scene, i int, at area) {
	c := b.columns[i]
	style, badge := BoxStyle{Fill: ColorHead, Line: ColorLine, Radius: RadiusPanel}, ColorTrack
	if b.drag.target() == i {
		style, badge = BoxStyle{Fill: ColorSel, Line: ColorAccent, Width: 2, Radius: RadiusPanel}, ColorBg
	}
	s.box(at, style)
	if c.Slim {
		s.slimColumn(at, c)
		return
	}
	x, w := at.x+PadPanel, at.w-2*PadPanel
	bw := badgeWidth(c.Count)
	s.text(area{x, 8, w - bw - 6, 20}, c.Title, TextStyle{Bold: true})
	s.badge(at.x+at.w-PadPanel-bw+2, 10, c.Count, badge)
	sum := s.text(area{x, 27, w, 20}, c.Sum, TextStyle{Bold: true})
	s.text(area{x + sum + 6, 28, w - sum - 6, 20}, c.Caption, TextStyle{Size: SizeCaption, Color: ColorFg2, Align: fyne.TextAlignTrailing})
	b.drawBar(s, area{x, 50, w, 4}, c)
	body := area{at.x + 2, boardHead, at.w - 4, at.h - boardHead - 4}
	if c.More != "" {
		body.h -= boardFoot - 4
		foot := at.h - boardFoot
		link := b.links[i].MinSize().Width
		s.text(area{x, foot, w - link - 8, boardFoot - 2}, c.More, TextStyle{Size: SizeCaption, Color: ColorFg2})
		s.put(b.links[i], area{at.x + at.w - PadPanel - link, foot + 4, link, linkHeight})
	}
	s.put(b.bodies[i].frame, body)
}

func (b *Board) drawBar(s *scene, at area, c BoardColumn) {
	s.box(at, BoxStyle{Fill: ColorTrack, Radius: 2})
	for _, part := range []struct {
		share float64
		fill  Token
	}{{c.Whole, ColorRamp2}, {c.Part, ColorAccent}} {
		if w := at.w * float32(min(1, max(0, part.share))); w >= 1 {
			s.box(area{at.x, at.y, w, at.h}, BoxStyle{Fill: part.fill, Radius: min(2, w/2)})
		}
	}
}

// bodyInset is boardInset as seen from the scroll, which stands 2 px inside
// the column.
const bodyInset = boardInset - 2

// lead is the room above the cards that a drop hint and the slot take.
func (c *boardBody) lead() float32 {
	d := c.board.drag
	if d.target() != c.column {
		return 0
	}
	if d.hint == nil {
		return cardPitch
	}
	return c.hintHeight(d.hint) + 7 + cardPitch
}

func (c *boardBody) drawCards(s *scene, view area) {
	lead := c.lead()
	w := view.w - 2*bodyInset
	if lead > 0 {
		slot := area{bodyInset, lead - cardPitch, w, cardHigh}
		if hint := c.board.drag.hint; hint != nil {
			c.drawHint(s, area{bodyInset, 0, w, c.hintHeight(hint)}, hint)
		}
		s.box(slot, BoxStyle{Fill: ColorSel, Line: ColorAccent, Radius: RadiusBox})
	}
	from := max(0, int((view.y-lead)/cardPitch))
	to := min(c.len(), int((view.y+view.h-lead)/cardPitch)+1)
	for i := from; i < to; i++ {
		at := area{bodyInset, lead + cardTop(i), w, cardHigh}
		card := c.board.source.Card(c.column, i)
		if d := c.board.drag; d != nil && d.from == (boardPlace{c.column, i}) {
			s.box(at, BoxStyle{Fill: ColorTrack, Line: ColorLine2, Radius: RadiusBox})
			s.text(area{at.x + 9, at.y + 8, at.w - 18, 18}, lang.T("Moving"), TextStyle{Size: SizeCaption, Color: ColorFg2})
			continue
		}
		s.card(at, card, c.cardStyle(i))
	}
}

func (c *boardBody) cardStyle(i int) BoxStyle {
	style := BoxStyle{Fill: ColorBg, Line: ColorLine, Radius: RadiusBox}
	switch {
	case c.board.current == (boardPlace{c.column, i}) && c.board.focused:
		style.Line, style.Width = ColorAccent, 2
	case i == c.under:
		style.Line = ColorLine2
	}
	return style
}

// card draws a deal: title and amount, product and close day, next step,
// owner and age.
func (s *scene) card(at area, c BoardCard, style BoxStyle) {
	s.box(at, style)
	x, w := at.x+9, at.w-18
	small := TextStyle{Size: SizeCaption, Color: ColorFg2}
	title := TextStyle{Bold: true}
	if c.Unnamed {
		title.Color = ColorWarn
	}
	s.both(area{x, at.y + 7, w, 18}, c.Title, title, c.Amount, TextStyle{})
	s.both(area{x, at.y + 26, w, 14}, c.Product, small, c.Day, small)
	s.cardStep(area{x, at.y + 44, w, 18}, c)
	const face = 20
	s.avatar(x, at.y+65, c.Initials, face)
	foot := area{x + face + 5, at.y + 66, w - face - 5, 18}
	if c.Stalled {
		tag := tagSpan(c.Age)
		s.tag(at.x+at.w-9-tag, foot.y, c.Age, ToneWarn)
		s.text(area{foot.x, foot.y, foot.w - tag - 4, foot.h}, c.Owner, small)
		return
	}
	s.both(foot, c.Owner, small, c.Age, small)
}

// cardStep draws the next step; late and missing ones stand out by icon and
// word as well as by colour.
func (s *scene) cardStep(at area, c BoardCard) {
	icon, ink, dayInk, bold := c.Icon, ColorFg, ColorFg2, false
	iconInk := ColorFg2
	switch c.State {
	case StepToday:
		dayInk, bold = ColorFg, true
	case StepLate:
		iconInk, dayInk = ColorBad, ColorBad
	case StepMissing:
		icon, ink, iconInk = "warn", ColorWarn, ColorWarn
	default: // planned for another day
	}
	s.icon(at.x-1, at.y+(at.h-IconControl)/2, icon, iconInk, IconControl)
	s.both(area{at.x + 17, at.y, at.w - 17, at.h}, c.Step, TextStyle{Size: SizeCaption, Color: ink},
		c.StepDay, TextStyle{Size: SizeCaption, Color: dayInk, Bold: bold})
}

// both draws a text at each end of a line; the right one keeps its width.
func (s *scene) both(at area, left string, leftStyle TextStyle, right string, rightStyle TextStyle) {
	rightStyle.Align = fyne.TextAlignTrailing
	w := s.text(at, right, rightStyle)
	if w > 0 {
		w += 6
	}
	s.text(area{at.x, at.y, at.w - w, at.h}, left, leftStyle)
}

const (
	hintLine = 21
	hintTop  = 50
)

func (c *boardBody) hintHeight(h *DropHint) float32 {
	w := c.Size().Width - 2*bodyInset - 18
	return hintTop + hintLine*float32(len(h.Checks)) + 14 + 14*float32(len(wrap(h.Note, w))) + 8
}

func (c *boardBody) drawHint(s *scene, at area, h *DropHint) {
	s.box(at, BoxStyle{Fill: ColorBg, Line: ColorAccent, Radius: RadiusBox})
	x, w := at.x+9, at.w-18
	tone := ToneGood
	for _, check := range h.Checks {
		if !check.Met {
			tone = ToneBad
		}
	}
	if h.Badge != "" {
		s.tag(at.x+at.w-9-tagSpan(h.Badge), at.y+9, h.Badge, tone)
		w -= tagSpan(h.Badge) + 6
	}
	s.text(area{x, at.y + 9, w, 18}, h.Title, TextStyle{Bold: true})
	w = at.w - 18
	s.text(area{x, at.y + 29, w, 14}, h.Caption, TextStyle{Size: SizeCaption, Color: ColorFg2})
	y := at.y + hintTop
	for _, check := range h.Checks {
		icon, tone, ink := "check", ToneGood, ColorFg
		if !check.Met {
			icon, tone, ink = "x", ToneBad, ColorBad
		}
		s.icon(x, y+4, icon, tone.Ink(), 12)
		s.text(area{x + 17, y, w - 17, 20}, check.Text, TextStyle{Size: SizeCaption, Color: ink})
		y += hintLine
	}
	s.hline(x, y+6, w, ColorLine)
	for i, line := range wrap(h.Note, w) {
		s.text(area{x, y + 13 + 14*float32(i), w, 14}, line, TextStyle{Size: SizeCaption})
	}
}
