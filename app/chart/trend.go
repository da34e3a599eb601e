package chart

import "fieldbook/app/report"

// trendEnd is the last place of the trend, false where it has none in sight.
func trendEnd(s report.Columns, p columnsPlan) (XY, bool) {
	for i := min(len(s.Trend.Values), len(s.Bars)) - 1; i >= p.textFrom; i-- {
		if isNumber(s.Trend.Values[i]) {
			return XY{p.mid(i), p.y(s.Trend.Values[i])}, true
		}
	}
	return XY{}, false
}

// trendLabelFits reports whether the trend's name can stand right of its end
// without touching a bar, a quota or their texts.
func trendLabelFits(s report.Columns, p columnsPlan) bool {
	end, ok := trendEnd(s, p)
	x0, x1 := end.X+8, end.X+8+TextWidth(clean(s.Trend.Label), 11, Regular)
	if !ok || x1 > p.plot.right() {
		return false
	}
	const text = 20
	for i := p.textFrom; i < len(s.Bars); i++ {
		if p.mid(i)+p.step/2 < x0 || p.mid(i)-p.step/2 > x1 {
			continue
		}
		top := p.y(max(known(s.Bars[i].Value), known(s.Bars[i].Quota), 0))
		if top-text < end.Y+6 {
			return false
		}
	}
	return true
}

// trendLegend names the trend above the bars, at the right edge.
func (c *Canvas) trendLegend(t *report.Trend, f frame) {
	w := c.TextIn(t.Label, XY{f.right(), f.y + 9}, f.w/2, Small().To(Right))
	if w == 0 {
		return
	}
	c.HLine(f.right()-w-20, f.right()-w-6, f.y+5, 2, TrendInk)
	if t.Off {
		c.HLine(f.right()-w-16, f.right()-w-10, f.y+5, 2, Ground)
	}
	c.Hit(Hit{X: f.right() - w - 22, Y: f.y - 4, W: w + 22, H: 18, Part: t.Label, Hint: t.Label})
}

// trend draws a line over the bars, in parts where it has gaps.
func (c *Canvas) trend(s report.Columns, p columnsPlan) {
	if s.Trend == nil {
		return
	}
	stroke := Stroke{Ink: TrendInk, Width: 2}
	var run []XY
	for i := p.textFrom; i < min(len(s.Trend.Values), len(s.Bars)); i++ {
		if !isNumber(s.Trend.Values[i]) {
			c.Polyline(run, stroke)
			run = nil
			continue
		}
		run = append(run, XY{p.mid(i), p.y(s.Trend.Values[i])})
	}
	c.Polyline(run, stroke)
	if end, ok := trendEnd(s, p); ok && trendLabelFits(s, p) {
		w := c.Text(s.Trend.Label, end.X+8, end.Y+4, Small())
		c.Hit(Hit{X: end.X + 4, Y: end.Y - 9, W: w + 8, H: 18, Part: s.Trend.Label, Hint: s.Trend.Label})
	}
}
