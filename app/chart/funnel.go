package chart

import "fieldbook/app/report"

// funnel draws a bar for each step with what came through and what was lost.
func (c *Canvas) funnel(s report.Funnel, f frame) bool {
	n, row := rows(len(s.Steps), f.h, 20, 36)
	if n == 0 {
		return false
	}
	top := 0.0
	for _, st := range s.Steps {
		top = max(top, known(st.Value))
	}
	text := func(get func(report.Step) string) func(int) string {
		return func(i int) string { return get(s.Steps[i]) }
	}
	label := widest(n, text(func(s report.Step) string { return s.Label }), Body(), f.w*0.3)
	label = max(label, min(84, f.w*0.2)) + 16
	count := widest(n, text(func(s report.Step) string { return markText(s.Mark) }), Strong(), 100) + 16
	rate := column(widest(n, text(func(s report.Step) string { return s.Rate }), Body(), 70), 20)
	lost := column(widest(n, text(func(s report.Step) string { return s.Dropped }), Small(), 140), 20)
	if f.w-label-count-rate-lost < 80 {
		lost = 0
	}
	if f.w-label-count-rate-lost < 40 {
		rate = 0
	}
	bar := max(10, f.w-label-count-rate-lost)
	count = f.w - label - bar - rate - lost
	for i, st := range s.Steps[:n] {
		at := frame{f.x, f.y + float64(i)*row, f.w, row}
		mid := at.y + row/2
		high := min(18, row-6)
		ink := Ramp3
		if i == len(s.Steps)-1 {
			ink = Accent
		}
		c.TextIn(st.Label, XY{f.x, mid + 5}, label-10, Body())
		c.Rect(f.x+label, mid-high/2, bar, high, Track)
		if v := known(st.Value); v > 0 {
			c.Rect(f.x+label, mid-high/2, bar*(v/top), high, ink)
		}
		x := f.x + label + bar + count
		c.TextIn(markText(st.Mark), XY{x, mid + 5}, count-6, Strong().To(Right))
		c.TextIn(st.Rate, XY{x + rate, mid + 5}, rate-8, Body().To(Right))
		c.markHit(st.Mark, at)
		if lost > 0 {
			c.TextIn(st.Dropped, XY{f.right(), mid + 4}, lost-8, Small().To(Right))
			if st.Dropped != "" {
				c.Hit(Hit{X: x + rate, Y: at.y, W: lost, H: row, Key: st.LostKey, Hint: st.Dropped})
			}
		}
	}
	if n < len(s.Steps) {
		c.more(s.Head, len(s.Steps)-n, XY{f.x, f.bottom() - 3})
	}
	return true
}

// column is the width of a column with a gap before it, none where it is empty.
func column(w, gap float64) float64 {
	if w == 0 {
		return 0
	}
	return w + gap
}
