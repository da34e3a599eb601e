package kit

import "fyne.io/fyne/v2"

// slimWide is the width of the strip of slim columns.
const slimWide = 56

func (b *Board) slimColumns() int {
	n := 0
	for _, c := range b.columns {
		if c.Slim {
			n++
		}
	}
	return n
}

// slimArea is the place of a slim column among the n that share a strip.
func (b *Board) slimArea(i, n int, strip area) area {
	place := 0
	for _, c := range b.columns[:i] {
		if c.Slim {
			place++
		}
	}
	h := (strip.h - boardGap*float32(n-1)) / float32(n)
	return area{strip.x, float32(place) * (h + boardGap), strip.w, h}
}

// slimColumn draws what a slim column says: its name, count and sum.
func (s *scene) slimColumn(at area, c BoardColumn) {
	inner := area{at.x + 4, at.y + 8, at.w - 8, 20}
	centred := TextStyle{Align: fyne.TextAlignCenter, Bold: true}
	small := TextStyle{Size: SizeCaption, Align: fyne.TextAlignCenter, Color: ColorFg2}
	s.text(inner, c.Title, centred)
	inner.y += 20
	s.text(inner, c.Count, small)
	inner.y += 16
	s.text(inner, c.Sum, small)
	s.icon(at.x+(at.w-IconSize)/2, at.y+(at.h-IconSize)/2, c.Caption, ColorFg3, IconSize)
}
