package chart

import "fieldbook/app/report"

// boxes draws the spread of values, a row each, on one axis.
func (c *Canvas) boxes(s report.Boxes, f frame) bool {
	list := make([]axisRow, len(s.Rows))
	for i, r := range s.Rows {
		list[i] = axisRow{r.Mark, r.Sub}
	}
	p, ok := planAxisRows(list, f, 26)
	if !ok {
		return false
	}
	if s.Axis == nil {
		s.Axis = report.Numbers{}.Axis()
	}
	a := boxAxis(s.Rows[:p.shown], s.Zero)
	c.gridAcross(across{axis: a, format: s.Axis, plot: p.plot, within: f, drop: 18})
	for i, r := range s.Rows[:p.shown] {
		mid := p.mid(i)
		c.TextIn(r.Label, XY{f.x, mid + 5}, p.label-12, Body())
		value := mid
		if r.Sub == "" || p.row < 32 {
			value = mid + 5
		} else {
			c.TextIn(r.Sub, XY{f.right(), mid + 14}, p.right-8, Small().To(Right))
		}
		c.TextIn(markText(r.Mark), XY{f.right(), value}, p.right-8, Strong().To(Right))
		c.markHit(r.Mark, frame{f.x, mid - p.row/2, f.w, p.row})
		c.box(r, a, frame{p.plot.x, mid - 8, p.plot.w, 16})
	}
	if p.shown < len(s.Rows) {
		c.more(s.Head, len(s.Rows)-p.shown, XY{f.x, f.bottom() - 3})
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
	var values []float64
	for _, r := range rows {
		values = append(values, r.Low, r.Q1, r.Value, r.Q3, r.High)
		for _, m := range r.Beyond {
			values = append(values, m.Value)
		}
	}
	if zero {
		values = append(values, 0)
	}
	return spread(extent(values))
}
