package chart

import (
	"math"
	"slices"
	"sort"

	"fieldbook/app/report"
)

// scatterPlan is where dots stand and what is taken.
type scatterPlan struct {
	plot  frame
	x, y  axis
	r     float64
	taken []frame // dots and texts
	lines []frame // those that part the quadrants
}

func (p scatterPlan) at(d report.Dot) XY {
	return XY{p.x.at(d.X, p.plot.x, p.plot.right()), p.y.at(d.Value, p.plot.bottom(), p.plot.y)}
}

// within reports whether a dot of radius r meets a box.
func (at XY) within(b frame, r float64) bool {
	return at.X > b.x-r && at.X < b.right()+r && at.Y > b.y-r && at.Y < b.bottom()+r
}

// scatter draws dots on two axes, parted into quadrants, and names as many as
// find room.
func (c *Canvas) scatter(s report.Scatter, f frame) bool {
	dots := placed(s.Dots)
	if len(dots) == 0 {
		return false
	}
	for _, axis := range []*report.Format{&s.AxisX, &s.AxisY} {
		if *axis == nil {
			*axis = report.Numbers{}.Axis()
		}
	}
	p, ok := planScatter(s, dots, f)
	if !ok {
		return false
	}
	c.scatterAxes(s, p, f)
	c.quadrants(s, dots, &p)
	for _, d := range dots {
		ink, r := Ramp3, p.r
		if d.Mine {
			ink, r = Accent, p.r+1
		}
		at := p.at(d)
		c.Disc(at.X, at.Y, r+1, Ground)
		c.Disc(at.X, at.Y, r, ink)
		p.taken = append(p.taken, frame{at.X - r, at.Y - r, 2 * r, 2 * r})
		c.Hit(Hit{X: at.X - 7, Y: at.Y - 7, W: 14, H: 14, Key: d.Key, Hint: hint(d.Mark)})
	}
	c.scatterNames(dots, &p)
	return true
}

// placed are the dots that have both numbers.
func placed(dots []report.Dot) []report.Dot {
	var out []report.Dot
	for _, d := range dots {
		if isNumber(d.X) && isNumber(d.Value) {
			out = append(out, d)
		}
	}
	return out
}

func planScatter(s report.Scatter, dots []report.Dot, f frame) (scatterPlan, bool) {
	reach := func(split float64, of func(report.Dot) float64) axis {
		lo, hi := math.Inf(1), math.Inf(-1)
		if isNumber(split) && split != 0 {
			lo, hi = split, split
		}
		for _, d := range dots {
			lo, hi = min(lo, of(d)), max(hi, of(d))
		}
		if lo > 0 && lo < hi/2 {
			lo = 0
		}
		return spread(lo, hi)
	}
	p := scatterPlan{r: 4.5, x: reach(s.SplitX, func(d report.Dot) float64 { return d.X }), y: reach(s.SplitY, func(d report.Dot) float64 { return d.Value })}
	if len(dots) > 100 {
		p.r = 3
	}
	left := widest(len(p.y.ticks), func(i int) string { return s.AxisY(p.y.ticks[i]) }, Small(), f.w/3) + 8
	p.plot = frame{f.x + left, f.y + 8, f.w - left - 8, f.h - 8 - 22}
	if s.YName != "" {
		p.plot.y, p.plot.h = p.plot.y+16, p.plot.h-16
	}
	if s.XName != "" {
		p.plot.h -= 16
	}
	return p, p.plot.w >= 40 && p.plot.h >= 40
}

func (c *Canvas) scatterAxes(s report.Scatter, p scatterPlan, f frame) {
	for _, t := range p.y.ticks {
		y := p.y.at(t, p.plot.bottom(), p.plot.y)
		c.HLine(p.plot.x, p.plot.right(), y, 1, Grid)
		c.TextIn(s.AxisY(t), XY{p.plot.x - 8, y + 4}, p.plot.x-8-f.x, Small().To(Right))
	}
	c.gridAcross(across{axis: p.x, format: s.AxisX, plot: p.plot, within: f, drop: 16})
	c.TextIn(s.YName, XY{f.x, f.y + 10}, f.w, Small())
	c.TextIn(s.XName, XY{f.right(), f.bottom() - 2}, f.w, Small().To(Right))
}

// quadrants draws the lines that part the plot and names those corners where no dot
// lies.
func (c *Canvas) quadrants(s report.Scatter, dots []report.Dot, p *scatterPlan) {
	// Half a step of the grid from an edge a line still parts something.
	x, y := p.x.at(s.SplitX, p.plot.x, p.plot.right()), p.y.at(s.SplitY, p.plot.bottom(), p.plot.y)
	hasX, hasY := isNumber(s.SplitX) && s.SplitX > p.x.lo && s.SplitX < p.x.hi, isNumber(s.SplitY) && s.SplitY > p.y.lo && s.SplitY < p.y.hi
	if hasX {
		c.VLine(x, p.plot.y, p.plot.bottom(), 1, Caption)
		p.lines = append(p.lines, frame{x, p.plot.y, 1, p.plot.h})
	}
	if hasY {
		c.HLine(p.plot.x, p.plot.right(), y, 1, Caption)
		p.lines = append(p.lines, frame{p.plot.x, y, p.plot.w, 1})
	}
	if !hasX || !hasY || p.plot.h < 140 {
		return
	}
	c.corners(s.Quadrants, x, dots, p)
}

// corners names the quadrants that a line at x parts, where no dot lies.
func (c *Canvas) corners(names [4]string, x float64, dots []report.Dot, p *scatterPlan) {
	for i, name := range names {
		at, room, st := XY{p.plot.x + 6, p.plot.y + 14}, x-p.plot.x-12, Small().In(Placeholder)
		if i%2 == 1 {
			at.X, room, st = p.plot.right()-6, p.plot.right()-x-12, st.To(Right)
		}
		if i > 1 {
			at.Y = p.plot.bottom() - 6
		}
		name = Fit(name, room, st.Size, st.Weight)
		w := TextWidth(name, st.Size, st.Weight)
		box := frame{at.X - 8, at.Y - 11, w + 16, 14}
		if i%2 == 1 {
			box.x -= w
		}
		if w > 0 && !slices.ContainsFunc(dots, func(d report.Dot) bool { return p.at(d).within(box, p.r) }) {
			c.Text(name, at.X, at.Y, st)
			p.taken = append(p.taken, box)
		}
	}
}

// scatterNames writes names beside their dots where nothing is in the way: mine
// first, then those that lie farthest out.
func (c *Canvas) scatterNames(dots []report.Dot, p *scatterPlan) {
	mid := XY{p.plot.x + p.plot.w/2, p.plot.y + p.plot.h/2}
	out := func(d report.Dot) float64 {
		at := p.at(d)
		return math.Hypot((at.X-mid.X)/p.plot.w, (at.Y-mid.Y)/p.plot.h)
	}
	order := append([]report.Dot(nil), dots...)
	sort.SliceStable(order, func(i, j int) bool {
		if order[i].Mine != order[j].Mine {
			return order[i].Mine
		}
		return out(order[i]) > out(order[j])
	})
	const most = 150 // names tried: more would only be noise
	for _, d := range order[:min(len(order), most)] {
		st := Small().In(Foreground)
		if d.Mine {
			st.Weight = Bold
		}
		text := Fit(d.Label, 140, st.Size, st.Weight)
		w := TextWidth(text, st.Size, st.Weight)
		if text == "" {
			continue
		}
		if at, ok := p.room(p.at(d), w); ok {
			p.taken = append(p.taken, frame{at.X, at.Y, w, 14})
			c.Text(text, at.X, at.Y+11, st)
		}
	}
}

// room finds the place of a name beside a dot, clear of the lines if it can be.
func (p scatterPlan) room(dot XY, w float64) (XY, bool) {
	gap := p.r + 3
	for _, lines := range [][]frame{p.lines, nil} {
		for _, o := range []XY{{gap, -7}, {-gap - w, -7}, {-w / 2, -gap - 14}, {-w / 2, gap}, {gap, -gap - 10}, {gap, gap - 4}, {-gap - w, -gap - 10}, {-gap - w, gap - 4}} {
			at := XY{dot.X + o.X, dot.Y + o.Y}
			if p.free(frame{at.X, at.Y, w, 14}, lines) {
				return at, true
			}
		}
	}
	return XY{}, false
}

// free reports whether a box lies within the plot, clear of what is taken and
// of some lines.
func (p scatterPlan) free(b frame, lines []frame) bool {
	if b.x < p.plot.x || b.right() > p.plot.right()+8 || b.y < p.plot.y-8 || b.bottom() > p.plot.bottom()+2 {
		return false
	}
	meets := func(t frame) bool {
		return b.x < t.right()+1 && t.x < b.right()+1 && b.y < t.bottom() && t.y < b.bottom()
	}
	return !slices.ContainsFunc(p.taken, meets) && !slices.ContainsFunc(lines, meets)
}
