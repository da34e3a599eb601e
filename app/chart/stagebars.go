package chart

import "fieldbook/app/report"

// stageBars draws a part within a whole for each stage on two lines.
func (c *Canvas) stageBars(s report.StageBars, f frame) bool {
	const legend = 24
	n, row := rows(len(s.Rows), f.h-legend, 32, 40)
	if n == 0 {
		return false
	}
	top := 0.0
	for _, r := range s.Rows {
		top = max(top, known(r.Value), known(r.Part))
	}
	label := widest(n, func(i int) string { return s.Rows[i].Label }, Body(), f.w*0.35) + 6
	value := widest(n, func(i int) string { return markText(s.Rows[i].Mark) }, Body(), min(110, f.w*0.4)) + 16
	bar := max(10, f.w-label-value)
	for i, r := range s.Rows[:n] {
		y := f.y + float64(i)*row
		c.TextIn(r.Label, XY{f.x, y + 14}, label-4, Body())
		c.TextIn(markText(r.Mark), XY{f.right(), y + 14}, value-16, Body().To(Right))
		for _, part := range []struct {
			v   float64
			ink Ink
		}{{known(r.Value), Ramp1}, {known(r.Part), Accent}} {
			if part.v > 0 {
				c.Rect(f.x+label, y+2, bar*(part.v/top), 14, part.ink)
			}
		}
		c.TextIn(r.Sub, XY{f.x + label, y + 29}, f.w-label, Small())
		c.markHit(r.Mark, frame{f.x, y, f.w, row})
	}
	x := f.x
	for _, l := range []struct {
		text string
		ink  Ink
	}{{s.Part, Accent}, {s.Whole, Ramp1}} {
		if w := TextWidth(clean(l.text), 11, Regular); l.text != "" && n == len(s.Rows) && x+12+w <= f.right() {
			c.Rect(x, f.bottom()-10, 8, 8, l.ink)
			x += 12 + c.Text(l.text, x+12, f.bottom()-2, Small()) + 12
		}
	}
	if n < len(s.Rows) {
		c.more(s.Head, len(s.Rows)-n, XY{f.x, f.bottom() - 3})
	}
	return true
}
