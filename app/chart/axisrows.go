package chart

import "fieldbook/app/report"

// axisRow is one of several rows on one axis.
type axisRow struct {
	report.Mark
	sub string // under the value
}

// axisRows is where they stand: names at the left, values at the right.
type axisRows struct {
	shown        int
	row          float64 // height of one
	label, right float64 // widths of names and values
	plot         frame
}

// planAxisRows places rows of at least a height; false where there is no room.
func planAxisRows(list []axisRow, f frame, least float64) (axisRows, bool) {
	p := axisRows{}
	p.shown, p.row = rows(len(list), f.h-30, least, 44)
	p.label = widest(p.shown, func(i int) string { return list[i].Label }, Body(), f.w*0.3) + 20
	p.right = max(
		widest(p.shown, func(i int) string { return markText(list[i].Mark) }, Strong(), 120),
		widest(p.shown, func(i int) string { return list[i].sub }, Small(), 150),
	) + 20
	p.plot = frame{f.x + p.label, f.y, f.w - p.label - p.right, float64(p.shown)*p.row + 8}
	return p, p.shown > 0 && p.plot.w >= 60
}

func (p axisRows) mid(i int) float64 { return p.plot.y + 4 + (float64(i)+0.5)*p.row }

// across is an axis under a plot, its grid lines through it.
type across struct {
	axis   axis
	format report.Format
	plot   frame
	within frame   // where its labels stay, from left to right
	drop   float64 // from the plot to their baseline
}

func (c *Canvas) gridAcross(a across) {
	var below slots
	for _, t := range a.axis.ticks {
		x := a.axis.at(t, a.plot.x, a.plot.right())
		c.VLine(x, a.plot.y, a.plot.bottom(), 1, Grid)
		c.label(&below, a.format(t), XY{x, a.plot.bottom() + a.drop}, [2]float64{a.within.x, a.within.right()}, Small())
	}
}
