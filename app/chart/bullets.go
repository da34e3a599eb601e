package chart

import "fieldbook/app/report"

// bullets draws a measure a row on shades, with a tick at its target.
func (c *Canvas) bullets(s report.Bullets, f frame) bool {
	n, row := rows(len(s.Rows), f.h, 32, 52)
	if n == 0 {
		return false
	}
	label := max(
		widest(n, func(i int) string { return s.Rows[i].Label }, Body(), f.w*0.3),
		widest(n, func(i int) string { return s.Rows[i].Sub }, Small(), f.w*0.3),
	) + 16
	right := max(
		widest(n, func(i int) string { return markText(s.Rows[i].Mark) }, Strong(), min(120, f.w*0.35)),
		widest(n, func(i int) string { return s.Rows[i].Aim }, Small(), min(120, f.w*0.35)),
	) + 16
	if f.w-label-right < 40 {
		label = max(0, f.w-right-40)
	}
	bar := frame{x: f.x + label, w: max(10, f.w-label-right)}
	for i, r := range s.Rows[:n] {
		y := f.y + float64(i)*row
		mid := y + row/2
		name, value := mid-2, mid-2
		if r.Sub == "" {
			name = mid + 5
		}
		if r.Aim == "" {
			value = mid + 5
		}
		c.TextIn(r.Label, XY{f.x, name}, label-12, Body())
		c.TextIn(r.Sub, XY{f.x, mid + 12}, label-12, Small())
		c.TextIn(markText(r.Mark), XY{f.right(), value}, right-12, Strong().To(Right))
		c.TextIn(r.Aim, XY{f.right(), mid + 12}, right-12, Small().To(Right))
		bar.y, bar.h = mid-9, 18
		if r.Axis != nil && row >= 44 {
			bar.y -= 6
		}
		c.bullet(r, bar, row >= 44)
		c.markHit(r.Mark, frame{f.x, y, f.w, row})
	}
	if n < len(s.Rows) {
		c.more(s.Head, len(s.Rows)-n, XY{f.x, f.bottom() - 3})
	}
	return true
}

// bullet draws one row's shades, bar and target on a scale of its own.
func (c *Canvas) bullet(r report.Bullet, f frame, ends bool) {
	a := tight(append([]float64{r.Value, r.Target}, r.Shades...))
	at := func(v float64) float64 { return a.at(v, f.x, f.right()) }
	zero := at(0)
	shades := r.Shades[:min(len(r.Shades), 3)]
	c.Rect(f.x, f.y, f.w, f.h, Track)
	for i := len(shades) - 1; i >= 0; i-- {
		// The poorest is the darkest, whatever number of shades there is.
		if v := shades[i]; isNumber(v) {
			c.Rect(zero, f.y, at(v)-zero, f.h, c.mix(Track, Mute, 0.45*float64(len(shades)-1-i)))
		}
	}
	if v := known(r.Value); v != 0 {
		c.Rect(zero, f.y+5, at(v)-zero, f.h-10, Accent)
	}
	if a.lo < 0 {
		c.VLine(zero, f.y-2, f.bottom()+2, 1, Caption)
	}
	if isNumber(r.Target) {
		c.VLine(min(max(at(r.Target), f.x+1.5), f.right()-1.5), f.y+1, f.bottom()-1, 3, Foreground)
	}
	if r.Axis == nil || !ends {
		return
	}
	var below slots
	limits := [2]float64{f.x, f.right()}
	for _, v := range []float64{a.lo, a.hi, r.Target, 0} {
		if isNumber(v) && a.hi > a.lo {
			c.label(&below, r.Axis(v), XY{at(v), f.bottom() + 14}, limits, Small())
		}
	}
}
