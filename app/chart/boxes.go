package chart

import (
	"math"

	"fieldbook/app/report"
)

// boxes draws the spread of values, a row each, on one axis.
func (c *Canvas) boxes(s report.Boxes, f frame) bool {
	n, row := rows(len(s.Rows), f.h-30, 26, 44)
	if n == 0 {
		return false
	}
	if s.Axis == nil {
		s.Axis = report.Numbers{}.Axis()
	}
	label := widest(n, func(i int) string { return s.Rows[i].Label }, Body(), f.w*0.3) + 20
	right := max(
		widest(n, func(i int) string { return markText(s.Rows[i].Mark) }, Strong(), 120),
		widest(n, func(i int) string { return s.Rows[i].Sub }, Small(), 150),
	) + 20
	if f.w-label-right < 60 {
		return false
	}
	plot := frame{f.x + label, f.y, f.w - label - right, float64(n)*row + 8}
	a := boxAxis(s.Rows[:n], s.Zero)
	var below slots
	for _, t := range a.ticks {
		x := a.at(t, plot.x, plot.right())
		c.VLine(x, plot.y, plot.bottom(), 1, Grid)
		c.label(&below, s.Axis(t), XY{x, plot.bottom() + 18}, [2]float64{f.x, f.right()}, Small())
	}
	for i, r := range s.Rows[:n] {
		mid := f.y + 4 + (float64(i)+0.5)*row
		c.TextIn(r.Label, XY{f.x, mid + 5}, label-12, Body())
		value := mid
		if r.Sub == "" || row < 32 {
			value = mid + 5
		} else {
			c.TextIn(r.Sub, XY{f.right(), mid + 14}, right-8, Small().To(Right))
		}
		c.TextIn(markText(r.Mark), XY{f.right(), value}, right-8, Strong().To(Right))
		c.markHit(r.Mark, frame{f.x, mid - row/2, f.w, row})
		c.box(r, a, frame{plot.x, mid - 8, plot.w, 16})
	}
	if n < len(s.Rows) {
		c.more(s.Head, len(s.Rows)-n, XY{f.x, f.bottom() - 3})
	}
	return true
}

// box draws whiskers, box, median and what lies beyond. What has no number is
// left out.
func (c *Canvas) box(r report.Box, a axis, f frame) {
	at := func(v float64) float64 { return a.at(v, f.x, f.right()) }
	mid := f.y + f.h/2
	if isNumber(r.Low) && isNumber(r.High) && r.High >= r.Low {
		c.HLine(at(r.Low), at(r.High), mid, 1, Caption)
		c.VLine(at(r.Low), mid-4, mid+4, 1, Caption)
		c.VLine(at(r.High), mid-4, mid+4, 1, Caption)
	}
	if isNumber(r.Q1) && isNumber(r.Q3) && r.Q3 >= r.Q1 {
		c.Rect(at(r.Q1), f.y, at(r.Q3)-at(r.Q1), f.h, Ramp2)
	}
	for _, m := range r.Beyond {
		if isNumber(m.Value) {
			x := at(m.Value)
			c.Disc(x, mid, 2.5, Ramp3)
			c.Hit(Hit{X: x - 5, Y: mid - 6, W: 10, H: 12, Key: m.Key, Hint: hint(m)})
		}
	}
	if isNumber(r.Value) {
		c.VLine(at(r.Value), f.y-1, f.bottom()+1, 3, Accent)
	}
}

// boxAxis holds every box with all that lies beyond.
func boxAxis(rows []report.Box, zero bool) axis {
	lo, hi := math.Inf(1), math.Inf(-1)
	hold := func(v float64) {
		if isNumber(v) {
			lo, hi = min(lo, v), max(hi, v)
		}
	}
	for _, r := range rows {
		for _, v := range []float64{r.Low, r.Q1, r.Value, r.Q3, r.High} {
			hold(v)
		}
		for _, m := range r.Beyond {
			hold(m.Value)
		}
	}
	if zero {
		hold(0)
	}
	return spread(lo, hi)
}

// spread is an axis from lo to hi that need not hold 0; a single value stands
// in its middle, and no value gives 0 to 1.
func spread(lo, hi float64) axis {
	if lo > hi {
		return axisOver(0, 1)
	}
	if lo == hi {
		pad := max(math.Abs(lo)*0.1, 1e-9)
		if lo == 0 {
			pad = 1
		}
		lo, hi = lo-pad, hi+pad
	}
	const most = math.MaxFloat64 / 16
	return axisOver(max(lo, -most), min(hi, most))
}
