package chart

import (
	"math"

	"fieldbook/app/report"
)

// multiples draws small lines in a grid.
func (c *Canvas) multiples(s report.Multiples, f frame) bool {
	if len(s.Cells) == 0 {
		return false
	}
	const leastW, leastH, gap = 108, 50, 16
	cols := min(len(s.Cells), max(1, int((f.w+gap)/(leastW+gap))))
	lines := (len(s.Cells) + cols - 1) / cols
	shown, h := rows(lines, f.h+gap, leastH+gap, 120+gap)
	if shown == 0 {
		return false
	}
	n := min(len(s.Cells), shown*cols)
	w := (f.w - gap*float64(cols-1)) / float64(cols)
	y := valueRange(s.Cells)
	for i, cell := range s.Cells[:n] {
		at := frame{f.x + float64(i%cols)*(w+gap), f.y + float64(i/cols)*h, w, h - gap}
		if s.Own {
			y = valueRange(s.Cells[i : i+1])
		}
		c.multiple(cell, y, at)
	}
	if n < len(s.Cells) {
		c.more(s.Head, len(s.Cells)-n, XY{f.x, f.bottom() - 3})
	}
	return true
}

// valueRange holds all values and zero.
func valueRange(cells []report.Multiple) axis {
	values := []float64{0}
	for _, m := range cells {
		values = append(values, m.Values...)
	}
	return tight(values)
}

func (c *Canvas) multiple(m report.Multiple, y axis, f frame) {
	text := Fit(markText(m.Mark), f.w*0.45, 11, Bold)
	used := c.Text(text, f.right(), f.y+11, SmallBold().To(Right))
	c.TextIn(m.Label, XY{f.x, f.y + 11}, f.w-used-8, Small())
	plot := frame{f.x + 1, f.y + 20, f.w - 5, f.h - 24}
	c.HLine(f.x, f.right(), y.at(0, plot.bottom(), plot.y), 1, Rule)
	c.thin(m.Values, plot, func(v float64) float64 { return y.at(v, plot.bottom(), plot.y) })
	c.markHit(m.Mark, f)
}

// thin draws a bare line over the width of a frame, in parts where it has
// gaps, with a dot on its last value.
func (c *Canvas) thin(values []float64, f frame, y func(v float64) float64) {
	stroke := Stroke{Ink: Accent, Width: 1.5}
	step := f.w / float64(max(len(values)-1, 1))
	var run []XY
	end := XY{math.NaN(), 0}
	for i, v := range values {
		if !isNumber(v) {
			c.Polyline(run, stroke)
			run = nil
			continue
		}
		end = XY{f.x + step*float64(i), y(v)}
		run = append(run, end)
	}
	c.Polyline(run, stroke)
	c.Disc(end.X, end.Y, 3, Accent)
}
