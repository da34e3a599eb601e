package chart

import (
	"math"

	"fieldbook/app/report"
)

// shades says how deep a value is: steps by its share of the largest.
type shades struct {
	most float64 // largest magnitude
	low  bool    // some value is below zero
}

// shadeSteps is how many depths can be told apart beside each other.
const shadeSteps = 5

func shadesOf(marks ...[]report.Mark) shades {
	var s shades
	for _, row := range marks {
		for _, m := range row {
			v := known(m.Value)
			s.most = max(s.most, math.Abs(v))
			s.low = s.low || v < 0
		}
	}
	return s
}

// step is the depth of a value: 0 for zero, to shadeSteps for the largest,
// negative below zero.
func (s shades) step(v float64) int {
	if v == 0 || s.most == 0 {
		return 0
	}
	n := int(math.Ceil(math.Abs(v) / s.most * shadeSteps * (1 - 1e-9)))
	n = min(max(n, 1), shadeSteps)
	if v < 0 {
		return -n
	}
	return n
}

// shadeInk is the ink of a depth.
func (c *Canvas) shadeInk(step int) Ink {
	depth := [shadeSteps]float64{0.14, 0.32, 0.52, 0.76, 1}
	switch {
	case step == 0:
		return c.mix(Ground, Track, 0.6)
	case step < 0:
		return c.mix(Ground, BadInk, depth[-step-1])
	}
	return c.mix(Ground, Accent, depth[step-1])
}

// shade fills a cell. Below zero it has a corner, to be told without colour.
func (c *Canvas) shade(step int, f frame) Ink {
	ink := c.shadeInk(step)
	c.Rect(f.x, f.y, f.w, f.h, ink)
	if k := min(f.w, f.h) * 0.3; step < 0 {
		c.Polygon([]XY{{f.right() - k, f.bottom()}, {f.right(), f.bottom() - k}, {f.right(), f.bottom()}}, c.on(ink))
	}
	return ink
}

// scale explains the shades on a line that ends at f's right edge, and at
// want at the earliest; without room for it there is none.
func (c *Canvas) scale(s shades, format report.Format, f frame, want float64) {
	const cell = 12
	low, lowest := 0.0, 0
	if s.low {
		low, lowest = -s.most, -shadeSteps
	}
	before, after := TextWidth(clean(format(low)), 11, Regular)+6, TextWidth(clean(format(s.most)), 11, Regular)+6
	w := before + after + cell*float64(shadeSteps-lowest+1)
	if s.most == 0 || w > f.w {
		return
	}
	x, y := max(f.x, min(want, f.right())-w), f.bottom()
	c.Text(format(low), x, y, Small())
	x += before
	for i := lowest; i <= shadeSteps; i++ {
		c.shade(i, frame{x, y - 9, cell - 1, 10})
		x += cell
	}
	c.Text(format(s.most), x+5, y, Small())
}

// heatPlan is where the cells of a heat map stand.
type heatPlan struct {
	plot       frame
	rows, cols int
	w, h       float64 // of a cell, with its gap
}

// heat draws a shaded table.
func (c *Canvas) heat(s report.HeatMap, f frame) bool {
	if s.Axis == nil {
		s.Axis = report.Numbers{}.Axis()
	}
	p, ok := planHeat(s, f)
	if !ok {
		return false
	}
	left := p.plot.x - f.x
	for i, name := range s.Columns[:p.cols] {
		c.TextIn(name, XY{p.plot.x + (float64(i)+0.5)*p.w, p.plot.y - 7}, p.w-4, Small().To(Center))
	}
	all := make([][]report.Mark, 0, len(s.Rows))
	for _, r := range s.Rows {
		all = append(all, r.Cells)
	}
	depth := shadesOf(all...)
	for i, r := range s.Rows[:p.rows] {
		y := p.plot.y + float64(i)*p.h
		c.TextIn(r.Label, XY{f.x, y + p.h/2 + 4.5}, left-10, Body())
		for j, m := range r.Cells[:min(len(r.Cells), p.cols)] {
			if isNumber(m.Value) {
				c.heatCell(m, depth, frame{p.plot.x + float64(j)*p.w, y, p.w, p.h}, heatName(r, s.Columns[j]))
			}
		}
	}
	if n := len(s.Columns) - p.cols; n > 0 {
		c.TextIn(moreText(s.Head, n), XY{f.right(), f.y + 9}, f.w, Small().To(Right))
	}
	missing := 0.0
	if n := len(s.Rows) - p.rows; n > 0 {
		missing = c.more(s.Head, n, XY{f.x, f.bottom() - 3}) + 12
	}
	c.scale(depth, s.Axis, frame{f.x + missing, f.y, f.w - missing, f.h - 3}, f.right())
	return true
}

func planHeat(s report.HeatMap, f frame) (heatPlan, bool) {
	const head, foot, least = 20, 22, 34
	if len(s.Rows) == 0 || len(s.Columns) == 0 {
		return heatPlan{}, false
	}
	p := heatPlan{}
	p.rows, p.h = rows(len(s.Rows), f.h-head-foot, 16, 34)
	label := widest(p.rows, func(i int) string { return s.Rows[i].Label }, Body(), f.w*0.3) + 12
	p.plot = frame{f.x + label, f.y + head, f.w - label, f.h - head - foot}
	p.cols = min(len(s.Columns), int(p.plot.w/least))
	if p.cols < len(s.Columns) {
		// A line of its own says how many columns are missing.
		p.plot.y, p.plot.h = p.plot.y+14, p.plot.h-14
		p.rows, p.h = rows(len(s.Rows), p.plot.h, 16, 34)
	}
	if p.cols > 0 {
		p.w = min(p.plot.w/float64(p.cols), 110)
	}
	return p, p.cols > 0 && p.rows > 0
}

func heatName(r report.HeatRow, column string) string { return r.Label + ", " + column }

func (c *Canvas) heatCell(m report.Mark, depth shades, f frame, name string) {
	ink := c.shade(depth.step(m.Value), frame{f.x, f.y, f.w - 2, f.h - 2})
	if text := markText(m); f.h >= 16 && TextWidth(clean(text), 11, Regular) <= f.w-6 {
		st := Small().In(c.on(ink))
		if depth.step(m.Value) == 0 {
			st.Ink = Caption
		}
		c.Text(text, f.x+f.w/2-1, f.y+f.h/2+3, st.To(Center))
	}
	if m.Hint == "" {
		m.Hint = name + ": " + markText(m)
	}
	c.markHit(m, f)
}
