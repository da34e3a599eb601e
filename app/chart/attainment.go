package chart

import (
	"math"

	"fieldbook/app/report"
)

// share is done over full, NaN where full is none.
func share(done, full float64) float64 {
	if !isNumber(done) || !isNumber(full) || full <= 0 {
		return math.NaN()
	}
	return done / full
}

// attainmentPlan is where the columns of an attainment chart stand.
type attainmentPlan struct {
	bar      frame   // all bars: from the first to the last row
	row      float64 // height of a row
	pct, sub float64 // right edges
	reach    float64 // share at the right end of the bars, 1 or more
	through  bool    // one pace line through all rows
}

func (c *Canvas) attainment(s report.AttainmentBars, f frame) bool {
	if len(s.Rows) == 0 {
		return false
	}
	const header = 22
	shown := part(s.Rows, c.opt.Rows)
	n, row := rows(len(shown), f.h-header, 20, 31)
	measured := n
	if len(shown) < len(s.Rows) {
		measured = len(s.Rows) // all parts of a list have the same columns
	}
	p := planAttainment(s, f, measured)
	p.row = row
	p.bar.y, p.bar.h = f.y+header, float64(n)*row
	p.through = row < 24 && samePace(s)
	c.attainmentHeader(s, p, f)
	for i, r := range shown[:n] {
		c.attainmentRow(r, p, frame{f.x, p.bar.y + float64(i)*row, f.w, row})
	}
	if p.through {
		x := p.bar.x + p.bar.w*min(s.Pace.At, p.reach)/p.reach
		c.VLine(x, p.bar.y-3, p.bar.bottom(), 2, Foreground)
	}
	if n < len(shown) {
		c.more(s.Head, len(shown)-n, XY{f.x, f.bottom() - 3})
	}
	return true
}

func planAttainment(s report.AttainmentBars, f frame, n int) attainmentPlan {
	label := widest(n, func(i int) string { return s.Rows[i].Label }, Body(), max(f.w*0.3, 60))
	label = max(label, min(134, f.w*0.24)) + 16
	pct := widest(n, func(i int) string { return markText(s.Rows[i].Mark) }, Strong(), 90) + 8
	sub := widest(n, func(i int) string { return s.Rows[i].Sub }, Small(), 150)
	if sub > 0 {
		sub += 12
	}
	if f.w-label-pct-sub < 80 {
		sub = 0
	}
	p := attainmentPlan{reach: 1, sub: f.right(), pct: f.right() - sub}
	p.bar = frame{x: f.x + label, w: max(10, f.w-label-pct-sub-6)}
	for _, r := range s.Rows {
		if v := share(r.Value, r.Full); v > p.reach {
			p.reach = min(v, 2)
		}
		if v := share(r.Expected, r.Full); v > p.reach {
			p.reach = min(v, 2)
		}
	}
	return p
}

// samePace reports whether every row expects the share that the header names.
func samePace(s report.AttainmentBars) bool {
	for _, r := range s.Rows {
		if v := share(r.Expected, r.Full); isNumber(v) && math.Abs(v-s.Pace.At) > 0.005 {
			return false
		}
	}
	return s.Pace.Label != ""
}

// attainmentHeader writes the labels over the bars; where they would touch,
// pace stays before full, full before zero, zero before the grid.
func (c *Canvas) attainmentHeader(s report.AttainmentBars, p attainmentPlan, f frame) {
	at := func(share float64) float64 { return p.bar.x + p.bar.w*share/p.reach }
	y := p.bar.y - 7
	limits := [2]float64{f.x, f.right()}
	var line slots
	if s.Pace.Label != "" && s.Pace.At >= 0 && s.Pace.At <= p.reach {
		st := Small().In(Foreground)
		if len(s.Grid) > 0 {
			st.Weight = Bold
		}
		c.label(&line, s.Pace.Label, XY{at(s.Pace.At), y}, limits, st)
	}
	c.label(&line, s.Full, XY{at(1), y}, limits, Small().In(Foreground))
	c.label(&line, s.Zero, XY{p.bar.x + TextWidth(s.Zero, 11, Regular)/2, y}, limits, Small())
	for _, g := range s.Grid {
		if g.At < 0 || g.At > p.reach {
			continue
		}
		c.VLine(at(g.At), p.bar.y-3, p.bar.bottom(), 1, Rule)
		c.label(&line, g.Label, XY{at(g.At), y}, limits, Small())
	}
}

func (c *Canvas) attainmentRow(r report.Attainment, p attainmentPlan, f frame) {
	mid := f.y + f.h/2
	c.TextIn(r.Label, XY{f.x, mid + 5}, p.bar.x-f.x-10, Body())
	c.TextIn(markText(r.Mark), XY{p.pct, mid + 5}, p.pct-p.bar.right()-6, Strong().To(Right))
	if p.sub > p.pct {
		c.TextIn(r.Sub, XY{p.sub, mid + 4}, p.sub-p.pct-8, Small().In(toneOr(r.Tone, Caption)).To(Right))
	}
	c.progress(r.Value, r.Expected, r.Full, progressPlace{bar: frame{p.bar.x, mid - 6, p.bar.w, 12}, reach: p.reach, noTick: p.through})
	c.markHit(r.Mark, f)
}

// toneOr is the ink of a tone, with another ink for a plain one.
func toneOr(t report.Tone, plain Ink) Ink {
	if t == report.Plain {
		return plain
	}
	return InkOf(t)
}

// progressPlace says where a progress bar stands and what its end means.
type progressPlace struct {
	bar    frame
	reach  float64 // share of full at the right end
	noTick bool    // no tick for what is expected
}

// progress draws done, expected and full: the same mark in chart and table.
// A bar that goes beyond its reach is cut there; without full there is none.
func (c *Canvas) progress(done, expected, full float64, p progressPlace) {
	b := p.bar
	if !isNumber(full) || full <= 0 {
		return
	}
	c.Rect(b.x, b.y, b.w/p.reach, b.h, Track)
	if v := share(done, full); v > 0 {
		c.Rect(b.x, b.y, b.w*min(v, p.reach)/p.reach, b.h, Accent)
	}
	over := min(4, b.h/3)
	c.VLine(b.x+b.w/p.reach, b.y-over, b.bottom()+over, 1, Caption)
	if v := share(expected, full); v > 0 && v <= p.reach && !p.noTick {
		c.VLine(b.x+b.w*v/p.reach, b.y-over, b.bottom()+over, 2, Foreground)
	}
}

// Progress draws the mark of a table cell with its left top corner at a place.
func (c *Canvas) Progress(p report.Progress, at XY, w, h float64) {
	reach := 1.0
	for _, v := range []float64{share(p.Done, p.Full), share(p.Expected, p.Full)} {
		if v > reach {
			reach = min(v, 2)
		}
	}
	c.progress(p.Done, p.Expected, p.Full, progressPlace{bar: frame{at.X, at.Y, w, h}, reach: reach})
}
