package chart

import "fieldbook/app/report"

// intervals draws each rate as a dot on its confidence interval.
func (c *Canvas) intervals(s report.Intervals, f frame) bool {
	list := make([]axisRow, len(s.Rows))
	for i, r := range s.Rows {
		list[i] = axisRow{r.Mark, r.Sub}
	}
	p, ok := planAxisRows(list, f, 30)
	if !ok {
		return false
	}
	if s.Axis == nil {
		s.Axis = report.Numbers{}.Percent
	}
	a := intervalAxis(s.Rows[:p.shown])
	c.gridAcross(across{axis: a, format: s.Axis, plot: p.plot, within: f, drop: 18})
	at := func(v float64) float64 { return a.at(v, p.plot.x, p.plot.right()) }
	for i, r := range s.Rows[:p.shown] {
		mid := p.mid(i)
		c.TextIn(r.Label, XY{f.x, mid + 4}, p.label-12, Body())
		c.TextIn(markText(r.Mark), XY{f.right(), mid}, p.right-8, Strong().To(Right))
		c.TextIn(r.Sub, XY{f.right(), mid + 14}, p.right-8, Small().To(Right))
		if isNumber(r.Low) && isNumber(r.High) && r.High >= r.Low {
			c.Rect(at(r.Low), mid-4, at(r.High)-at(r.Low), 8, Ramp2)
		}
		if isNumber(r.Value) {
			c.Disc(at(r.Value), mid, 5, Accent)
		}
		c.markHit(r.Mark, frame{f.x, mid - p.row/2, f.w, p.row})
	}
	if p.shown < len(s.Rows) {
		c.more(s.Head, len(s.Rows)-p.shown, XY{f.x, f.bottom() - 3})
	}
	return true
}

// intervalAxis holds every interval. It need not start at zero: dots are read
// by place, not by length.
func intervalAxis(rows []report.Interval) axis {
	var values []float64
	for _, r := range rows {
		values = append(values, r.Low, r.Value, r.High)
	}
	lo, hi := extent(values)
	if lo == hi {
		lo, hi = lo-0.05, hi+0.05
	}
	return spread(lo, hi)
}
