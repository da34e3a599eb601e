package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
)

const (
	cellGap   = 6
	tagPad    = 6
	dotWidth  = 5
	dotGap    = 2
	dotHeight = 10
	barHeight = 10
	barTick   = 18
	markSize  = 6
	markEdge  = 3  // of a mark in a corner
	subLeast  = 48 // a sub-text is not cut to less than this
	subKept   = 28 // one as short as "+10" is kept, and the text cut
)

// cellView draws one cell at a time within a row's box. Its parts are made
// when first needed and hidden when not.
type cellView struct {
	view        *rowView
	back        *canvas.Rectangle
	rules       [2]*canvas.Rectangle
	text        *canvas.Text
	sub         *canvas.Text
	icon, tree  *iconView
	tagBack     *canvas.Rectangle
	tagText     *canvas.Text
	bar         [4]*canvas.Rectangle
	dots        []*canvas.Rectangle
	square      *canvas.Rectangle
	ghost       *canvas.Rectangle
	plain       Token // the ground of a shaded column
	x, w, h     float32
	twoLine     bool
	left, right float32 // what is still free while drawing
}

// cellBox is where a cell is drawn, within its row.
type cellBox struct {
	x, w, h float32
	twoLine bool // Sub stands below Text
	column  Column
}

func (v *cellView) hide() {
	for _, r := range []*canvas.Rectangle{v.back, v.rules[0], v.rules[1], v.tagBack, v.square, v.ghost, v.bar[0], v.bar[1], v.bar[2], v.bar[3]} {
		if r != nil {
			r.Hidden = true
		}
	}
	for _, t := range []*canvas.Text{v.text, v.sub, v.tagText} {
		if t != nil {
			t.Hidden = true
		}
	}
	for _, i := range []*iconView{v.icon, v.tree} {
		if i != nil {
			i.img.Hidden = true
		}
	}
	for _, d := range v.dots {
		d.Hidden = true
	}
	v.plain = ""
}

// placeholder draws the grey bar of a cell that is being loaded; seed varies its length.
func (v *cellView) placeholder(b cellBox, seed int) {
	v.hide()
	width := min(b.w-2*PadCell, 32+float32(seed%5)*14)
	x := b.x + PadCell
	if b.column.Align == fyne.TextAlignTrailing {
		x = b.x + b.w - PadCell - width
	}
	r := v.rect(&v.ghost, ColorTrack, cellBox{x: x, w: width, h: 8}, (b.h-8)/2)
	r.CornerRadius = 4
}

func (v *cellView) draw(b cellBox, c Cell, bold bool) {
	v.hide()
	v.x, v.w, v.h, v.twoLine = b.x, b.w, b.h, b.twoLine
	if b.column.Shade {
		v.plain = ColorHead
		v.shade()
	}
	v.left, v.right = b.x+PadCell, b.x+b.w-PadCell
	if c.Level > 0 || c.Tree != TreeLeaf {
		v.drawTree(c)
	}
	bold = bold || c.Bold
	v.drawMark(c, b)
	v.drawDots(c.Dots)
	if b.column.Align == fyne.TextAlignTrailing {
		v.drawTrailing(c, bold)
	} else {
		v.drawLeading(c, bold, b.column.Align)
	}
	if c.Bar != nil {
		v.drawBar(*c.Bar)
	}
}

func (v *cellView) drawTree(c Cell) {
	v.left += float32(c.Level) * treeStep
	if c.Tree != TreeLeaf {
		name := "chevr"
		if c.Tree == TreeOpen {
			name = "chev"
		}
		v.image(&v.tree, name, ColorFg2, v.left-4)
	}
	v.left += IconControl
}

func (v *cellView) drawMark(c Cell, b cellBox) {
	switch {
	case c.Mark == "":
	case b.column.Align == fyne.TextAlignTrailing: // a figure needs all the room of its column
		v.rect(&v.square, c.Mark, cellBox{x: b.x + markEdge, w: markSize, h: markSize}, markEdge)
	default:
		v.rect(&v.square, c.Mark, cellBox{x: v.left, w: markSize, h: markSize}, (v.h-markSize)/2)
		v.left += markSize + cellGap
	}
}

func (v *cellView) drawDots(d Dots) {
	for len(v.dots) < d.Of {
		v.dots = append(v.dots, nil)
	}
	for i := range d.Of {
		token := ColorLine2
		if i < d.N {
			token = ColorAccent
		}
		v.rect(&v.dots[i], token, cellBox{x: v.left, w: dotWidth, h: dotHeight}, (v.h-dotHeight)/2)
		v.left += dotWidth + dotGap
	}
	if d.Of > 0 {
		v.left += cellGap - dotGap
	}
}

// drawLeading puts icon, text, sub-text and tag from the left on.
func (v *cellView) drawLeading(c Cell, bold bool, align fyne.TextAlign) {
	if c.Icon != "" {
		v.image(&v.icon, c.Icon, c.ink(), v.left)
		v.left += IconControl + cellGap
	}
	if c.Tag.Text != "" {
		v.right -= cellTagWidth(c.Tag) + cellGap
	}
	below := v.twoLine && c.Sub != ""
	text := lineDrawing{text: c.Text, size: SizeBody, bold: bold, token: c.color(), align: align, y: v.textY(below, SizeBody)}
	keep := float32(0)
	if wide := Measure(c.Sub, SizeCaption, false); c.Sub != "" && !below && wide <= subKept && v.right-v.left > subLeast+wide {
		keep = wide + cellGap
	}
	width := v.line(&v.text, text, v.left, v.right-keep)
	if below {
		v.line(&v.sub, lineDrawing{text: c.Sub, size: SizeCaption, token: ColorFg2, y: v.h/2 + 2}, v.left, v.right)
	}
	if width > 0 {
		v.left += width + cellGap
	}
	if c.Sub != "" && !below && v.right-v.left >= min(subLeast, Measure(c.Sub, SizeCaption, false)) {
		width := v.line(&v.sub, lineDrawing{text: c.Sub, size: SizeCaption, token: ColorFg2, y: v.textY(false, SizeCaption)}, v.left, v.right)
		v.left += width + cellGap
	}
	if c.Tag.Text != "" {
		v.tag(c.Tag, v.left)
	}
}

// drawTrailing puts text at the right end and icon, tag and sub-text before it.
func (v *cellView) drawTrailing(c Cell, bold bool) {
	below := v.twoLine && c.Sub != ""
	room := v.left
	if c.Icon != "" {
		room += IconControl + 1
	}
	text := lineDrawing{text: c.Text, size: SizeBody, bold: bold, token: c.color(), align: fyne.TextAlignTrailing, y: v.textY(below, SizeBody)}
	v.right -= v.line(&v.text, text, room, v.right)
	if c.Icon != "" {
		v.image(&v.icon, c.Icon, c.ink(), v.right-IconControl-1)
		v.right -= IconControl + 1
	}
	sub := lineDrawing{text: c.Sub, size: SizeCaption, token: ColorFg2, align: fyne.TextAlignTrailing}
	switch {
	case below:
		sub.y = v.h/2 + 2
		v.line(&v.sub, sub, v.left, v.x+v.w-PadCell)
	case c.Sub != "":
		sub.y = v.textY(false, SizeCaption)
		v.right -= v.line(&v.sub, sub, v.left, v.right-cellGap) + cellGap
	}
	if c.Tag.Text != "" {
		if width := cellTagWidth(c.Tag) + cellGap; v.right-width >= v.left {
			v.tag(c.Tag, v.right-width)
			v.right -= width
		}
	}
	v.right -= cellGap
}

// textY returns where a line starts: in the middle, or above it if a second
// line stands below.
func (v *cellView) textY(below bool, size float32) float32 {
	if below {
		return v.h/2 - LineHeight(size) + 1
	}
	return (v.h - sizeHairline - LineHeight(size)) / 2
}

// drawBar draws done, expected and full into what the text left free.
func (v *cellView) drawBar(b Bar) {
	width := v.right - v.left
	if width < dotWidth {
		return
	}
	part := func(f float64) float32 { return float32(max(0, min(1, f))) * width }
	bar := func(slot **canvas.Rectangle, token Token, x, w, h float32) {
		v.rect(slot, token, cellBox{x: x, w: w, h: h}, (v.h-h)/2)
	}
	bar(&v.bar[0], ColorTrack, v.left, part(b.Full), barHeight)
	bar(&v.bar[1], ColorAccent, v.left, part(b.Done), barHeight)
	if b.Expected > 0 {
		bar(&v.bar[2], ColorFg, v.left+part(b.Expected)-1, 2, barTick)
	}
	bar(&v.bar[3], ColorFg2, v.left+part(b.Full)-1, 1, barTick)
}

func cellTagWidth(t Pill) float32 { return Measure(t.Text, SizeCaption, false) + 2*tagPad }

func (v *cellView) tag(t Pill, x float32) {
	color, ground := t.Color, t.Bg
	if color == "" {
		color = ColorFg
	}
	if ground == "" {
		ground = ColorTrack
	}
	width := cellTagWidth(t)
	v.rect(&v.tagBack, ground, cellBox{x: x, w: width, h: HeightTag}, (v.h-HeightTag)/2).CornerRadius = RadiusBox
	line := lineDrawing{text: t.Text, size: SizeCaption, token: color, y: (v.h - LineHeight(SizeCaption)) / 2}
	v.line(&v.tagText, line, x+tagPad, x+width)
}

func (c Cell) color() Token {
	if c.Color == "" {
		return ColorFg
	}
	return c.Color
}

func (c Cell) ink() Token {
	switch {
	case c.Ink != "":
		return c.Ink
	case c.Color != "":
		return c.Color
	default:
		return ColorFg2
	}
}

// natural returns the width that shows a cell whole.
func (c Cell) natural(bold bool) float32 {
	width := 2*PadCell + Measure(c.Text, SizeBody, bold || c.Bold)
	if c.Sub != "" {
		width += Measure(c.Sub, SizeCaption, false) + cellGap
	}
	if c.Tag.Text != "" {
		width += cellTagWidth(c.Tag) + cellGap
	}
	if c.Icon != "" {
		width += IconControl + cellGap
	}
	if c.Tree != TreeLeaf || c.Level > 0 {
		width += float32(c.Level)*treeStep + IconControl
	}
	if c.Dots.Of > 0 {
		width += float32(c.Dots.Of)*(dotWidth+dotGap) + cellGap
	}
	if c.Bar != nil {
		width += 120
	}
	return width
}
