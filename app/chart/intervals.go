package chart

import (
	"math"

	"fieldbook/app/report"
)

// intervals draws each rate as a dot on its confidence interval.
func (c *Canvas) intervals(s report.Intervals, f frame) bool {
	n, row := rows(len(s.Rows), f.h-30, 30, 44)
	if n == 0 {
		return false
	}
	if s.Axis == nil {
		s.Axis = report.Numbers{}.Percent
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
	a := intervalAxis(s.Rows[:n])
	var below slots
	for _, t := range a.ticks {
		x := a.at(t, plot.x, plot.right())
		c.VLine(x, plot.y, plot.bottom(), 1, Grid)
		c.label(&below, s.Axis(t), XY{x, plot.bottom() + 18}, [2]float64{f.x, f.right()}, Small())
	}
	for i, r := range s.Rows[:n] {
		mid := f.y + 4 + (float64(i)+0.5)*row
		c.TextIn(r.Label, XY{f.x, mid + 4}, label-12, Body())
		c.TextIn(markText(r.Mark), XY{f.right(), mid}, right-8, Strong().To(Right))
		c.TextIn(r.Sub, XY{f.right(), mid + 14}, right-8, Small().To(Right))
		if isNumber(r.Low) && isNumber(r.High) && r.High >= r.Low {
			x0, x1 := a.at(r.Low, plot.x, plot.right()), a.at(r.High, plot.x, plot.right())
			c.Rect(x0, mid-4, x1-x0, 8, Ramp2)
		}
		if isNumber(r.Value) {
			c.Disc(a.at(r.Value, plot.x, plot.right()), mid, 5, Accent)
		}
		c.markHit(r.Mark, frame{f.x, mid - row/2, f.w, row})
	}
	if n < len(s.Rows) {
		c.more(s.Head, len(s.Rows)-n, XY{f.x, f.bottom() - 3})
	}
	return true
}

// intervalAxis holds every interval. It need not start at zero: dots are read
// by place, not by length.
func intervalAxis(rows []report.Interval) axis {
	lo, hi := math.Inf(1), math.Inf(-1)
	for _, r := range rows {
		for _, v := range []float64{r.Low, r.Value, r.High} {
			if isNumber(v) {
				lo, hi = min(lo, v), max(hi, v)
			}
		}
	}
	if lo > hi {
		return axisOver(0, 1)
	}
	if lo == hi {
		lo, hi = lo-0.05, hi+0.05
	}
	const most = math.MaxFloat64 / 16
	return axisOver(max(lo, -most), min(hi, most))
}
