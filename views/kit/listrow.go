package kit

import "fyne.io/fyne/v2"

func (l *List) draw(s *scene, view area) {
	from, to := window(l.tops, view.y, view.y+view.h)
	for i := from; i < to; i++ {
		at := area{0, l.tops[i], view.w, l.tops[i+1] - l.tops[i]}
		if l.rows[i].Header {
			l.drawHeader(s, at, l.rows[i])
			continue
		}
		switch {
		case i == l.current && (l.focused || l.opts.Plain || l.opts.Stays):
			s.box(at, BoxStyle{Fill: ColorSel})
		case i == l.under:
			s.box(at, BoxStyle{Fill: ColorHover})
		}
		if l.opts.TwoLine {
			l.drawTwoLines(s, at, l.rows[i])
		} else {
			l.drawOneLine(s, at, l.rows[i])
		}
		if !l.opts.Plain {
			s.hline(0, at.y+at.h-1, view.w, ColorLine)
		}
	}
}

func (l *List) drawHeader(s *scene, at area, r ListRow) {
	if l.opts.Plain {
		s.text(area{at.x + PadPanel, at.y, at.w - 2*PadPanel, at.h}, r.Title, TextStyle{Size: SizeCaption, Color: ColorFg2})
		return
	}
	s.box(at, BoxStyle{Fill: ColorHead})
	if at.y == 0 { // the row above has its own line
		s.hline(0, 0, at.w, ColorLine)
	}
	s.hline(0, at.y+at.h-1, at.w, ColorLine)
	x := at.x + PadPanel
	x += s.text(area{x, at.y, at.w - 2*PadPanel, at.h}, r.Title, TextStyle{Size: SizeCaption, Bold: true, Color: r.Tone.Ink()}) + 6
	s.text(area{x, at.y, at.w - x - PadPanel, at.h}, r.Detail, TextStyle{Size: SizeCaption, Color: ColorFg2})
}

// textLeft draws a row's icon and returns where its text begins.
func (l *List) textLeft(s *scene, at area, y float32, r ListRow) float32 {
	if r.Icon == "" {
		return at.x + PadPanel
	}
	ink := r.Tone.Ink()
	if r.Tone == TonePlain {
		ink = ColorFg2
	}
	s.icon(at.x+PadPanel, y, r.Icon, ink, IconControl)
	return at.x + PadPanel + 24
}

func (l *List) drawTwoLines(s *scene, at area, r ListRow) {
	small := TextStyle{Size: SizeCaption, Color: ColorFg2}
	smallRight := TextStyle{Size: SizeCaption, Color: ColorFg2, Align: fyne.TextAlignTrailing}
	x := l.textLeft(s, at, at.y+7, r)
	right := at.x + at.w - PadPanel
	upper, lower := area{x, at.y + 5, right - x, 18}, area{x, at.y + 22, right - x, 15}
	figure := TextStyle{Align: fyne.TextAlignTrailing}
	if r.RightDetail == "" {
		figure = smallRight
	}
	upper.w -= spaced(s.text(upper, r.Right, figure))
	lower.w -= spaced(s.text(lower, r.RightDetail, smallRight))
	s.text(upper, r.Title, TextStyle{Bold: r.Bold})
	s.text(lower, r.Detail, small)
}

func (l *List) drawOneLine(s *scene, at area, r ListRow) {
	x := l.textLeft(s, at, at.y+(at.h-IconControl)/2, r)
	right := at.x + at.w - PadPanel
	if r.Checked {
		right -= IconControl
		s.icon(right, at.y+(at.h-IconControl)/2, "check", ColorAccent, IconControl)
		right -= 6
	}
	line := area{x, at.y, right - x, at.h}
	line.w -= spaced(s.text(line, r.Right, TextStyle{Size: SizeCaption, Color: ColorFg2, Align: fyne.TextAlignTrailing}))
	w := s.text(line, r.Title, TextStyle{Bold: r.Bold}) + 8
	s.text(area{line.x + w, line.y, line.w - w, line.h}, r.Detail, TextStyle{Size: SizeCaption, Color: ColorFg2})
}

// spaced is the room a text takes with the gap before it, nothing for none.
func spaced(width float32) float32 {
	if width == 0 {
		return 0
	}
	return width + 8
}
