package chart

import "fieldbook/app/report"

// columnsPlan is where vertical bars stand.
type columnsPlan struct {
	plot     frame
	axis     axis
	step     float64 // from bar to bar
	width    float64 // of a bar
	zero     float64 // y of the baseline
	left     float64 // width of the labels of the axis
	textFrom int     // index of the first bar shown
}

func (p columnsPlan) mid(i int) float64 { return p.plot.x + p.step*(float64(i-p.textFrom)+0.5) }
func (p columnsPlan) y(v float64) float64 {
	return p.axis.at(v, p.plot.bottom(), p.plot.y)
}

// columns draws bars over time. Where not all fit, the latest stay.
func (c *Canvas) columns(s report.Columns, f frame) bool {
	if len(s.Bars) == 0 {
		return false
	}
	values := []float64{0}
	for _, b := range s.Bars {
		values = append(values, b.Value, b.Quota)
	}
	if s.Trend != nil {
		values = append(values, s.Trend.Values...)
	}
	p := columnsPlan{axis: zeroBased(values...), plot: frame{f.x, f.y + 18, f.w, f.h - 18 - 20}}
	if s.Axis != nil {
		left := widest(len(p.axis.ticks), func(i int) string { return s.Axis(p.axis.ticks[i]) }, Small(), f.w/3) + 8
		p.plot.x, p.plot.w, p.left = p.plot.x+left, p.plot.w-left, left-8
	} else {
		p.axis = tight(values)
	}
	if p.plot.w < 10 || p.plot.h < 10 {
		return false
	}
	const leastStep = 6
	if most := int(p.plot.w / leastStep); len(s.Bars) > most {
		p.textFrom = len(s.Bars) - most
	}
	p.step = p.plot.w / float64(len(s.Bars)-p.textFrom)
	p.width = min(max(p.step*0.54, 3), 60)
	p.zero = p.y(0)
	if s.Trend != nil && !trendLabelFits(s, p) {
		// A line of its own above the bars names the trend.
		p.plot.y, p.plot.h = p.plot.y+14, p.plot.h-14
		p.zero = p.y(0)
		c.trendLegend(s.Trend, f)
	}
	c.along(p.plot)
	c.columnsGrid(s.Axis, p)
	for i := p.textFrom; i < len(s.Bars); i++ {
		c.columnBar(s, p, i)
	}
	c.HLine(p.plot.x, p.plot.right(), p.zero, 1, StrongRule)
	c.trend(s, p)
	c.columnTexts(s, p)
	if p.textFrom > 0 {
		c.more(s.Head, p.textFrom, XY{f.x, f.y + 9})
	}
	return true
}

// along marks a plot as going along time.
func (c *Canvas) along(plot frame) { c.time = [2]float64{plot.x, plot.right()} }

// tight is an axis without ticks that ends at the extremes.
func tight(values []float64) axis {
	a := zeroBased(values...)
	lo, hi := extent(values)
	if lo, hi = min(lo, 0), max(hi, 0); hi > lo {
		a.lo, a.hi = max(lo, a.lo), min(hi, a.hi)
	}
	return a
}

// columnsGrid draws and labels the ticks, with a line at each but zero.
func (c *Canvas) columnsGrid(format report.Format, p columnsPlan) {
	if format == nil {
		return
	}
	for _, t := range p.axis.ticks {
		if t != 0 {
			c.HLine(p.plot.x, p.plot.right(), p.y(t), 1, Grid)
		}
		c.TextIn(format(t), XY{p.plot.x - 8, p.y(t) + 4}, p.left, Small().To(Right))
	}
}

func (c *Canvas) columnBar(s report.Columns, p columnsPlan, i int) {
	b, x := s.Bars[i], p.mid(i)
	if v := known(b.Value); v != 0 {
		c.Rect(x-p.width/2, p.y(v), p.width, p.zero-p.y(v), columnInk(s, b))
	}
	if b.Quota > 0 && isNumber(b.Quota) {
		half := min(p.width/2+6, p.step/2-1)
		c.HLine(x-half, x+half, p.y(b.Quota), 2, Foreground)
	}
	c.markHit(b.Mark, p.strip(i))
}

// columnInk: beside quotas the period that runs is the one to look at; over
// plain months it is the one not to compare yet.
func columnInk(s report.Columns, b report.Bar) Ink {
	quotas := hasQuota(s)
	switch {
	case b.Partial && quotas:
		return Accent
	case b.Partial:
		return Track
	case quotas:
		return Ramp3
	}
	return Ramp2
}

func hasQuota(s report.Columns) bool {
	for _, b := range s.Bars {
		if b.Quota > 0 {
			return true
		}
	}
	return false
}

// columnTexts labels bars and axis. Where labels would touch, the latest and
// then every second, third, … stays.
func (c *Canvas) columnTexts(s report.Columns, p columnsPlan) {
	var below, above slots
	n := len(s.Bars)
	limits := [2]float64{p.plot.x - 30, p.plot.right()}
	every := 1
	for i := p.textFrom; i < n; i++ {
		if w := min(TextWidth(clean(s.Bars[i].Label), 11, Regular), 90) + 6; w > p.step*float64(every) {
			every = int(w/p.step) + 1
		}
	}
	for i := n - 1; i >= p.textFrom; i-- {
		b, x := s.Bars[i], p.mid(i)
		if (n-1-i)%every == 0 {
			c.label(&below, Fit(b.Label, p.step*float64(every)-6, 11, Regular), XY{x, p.plot.bottom() + 16}, limits, Small())
		}
		c.columnText(b, p, &above, columnTextPlace{x: x, inside: s.Axis == nil && !hasQuota(s)})
	}
}

type columnTextPlace struct {
	x      float64
	inside bool // at the foot of the bar where it has room
}

func (c *Canvas) columnText(b report.Bar, p columnsPlan, above *slots, at columnTextPlace) {
	text, v := markText(b.Mark), known(b.Value)
	w := TextWidth(clean(text), 11, Bold)
	if at.inside && v > 0 && p.zero-p.y(v) >= 20 && TextWidth(clean(text), 11, Regular) <= p.width-4 {
		c.Text(text, at.x, p.zero-6, Small().In(Foreground).To(Center))
		return
	}
	const leastStep = 16 // closer bars stand without their values
	if p.step < leastStep || w > p.step*1.2 || !above.take(at.x-w/2, at.x+w/2) {
		return
	}
	top := min(p.y(max(v, 0)), p.y(max(known(b.Quota), 0)))
	if v < 0 && b.Quota <= 0 {
		top = p.zero
	}
	c.Text(text, at.x, top-6, SmallBold().To(Center))
}

// bands draws a histogram. Bars that do not fit are counted at the right.
func (c *Canvas) bands(s report.Bands, f frame) bool {
	if len(s.Bars) == 0 {
		return false
	}
	values := []float64{0}
	for _, b := range s.Bars {
		values = append(values, b.Value)
	}
	p := columnsPlan{axis: tight(values), plot: frame{f.x, f.y + 30, f.w, f.h - 30 - 20}}
	if p.plot.w < 10 || p.plot.h < 10 {
		return false
	}
	n := min(len(s.Bars), max(1, int(p.plot.w/14)))
	p.step = p.plot.w / float64(n)
	p.width = min(p.step*0.81, 84)
	p.zero = p.y(0)
	var below, above slots
	for i, b := range s.Bars[:n] {
		x, v := p.mid(i), known(b.Value)
		ink := Ramp3
		if i == s.Accent {
			ink = Accent
		}
		c.Rect(x-p.width/2, p.y(v), p.width, p.zero-p.y(v), ink)
		text := Fit(markText(b), max(p.step-4, 20), 11, Bold)
		if w := TextWidth(clean(text), 11, Bold); above.take(x-w/2, x+w/2) {
			c.Text(text, x, p.y(max(v, 0))-6, SmallBold().To(Center))
		}
		c.label(&below, Fit(b.Label, max(p.step-6, 40), 11, Regular), XY{x, p.plot.bottom() + 18}, [2]float64{f.x, f.right()}, Small())
		c.markHit(b, frame{x - p.step/2, f.y, p.step, f.h})
	}
	c.HLine(p.plot.x, p.plot.right(), p.zero, 1, StrongRule)
	if n < len(s.Bars) {
		c.more(s.Head, len(s.Bars)-n, XY{f.x, f.y + 9})
	}
	return true
}
