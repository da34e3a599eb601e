package chart

import (
	"math"
	"slices"
	"sort"

	"fieldbook/app/report"
)

// linesPlan is where running totals stand.
type linesPlan struct {
	plot   frame
	x, y   axis
	ends   float64 // width of the column of end labels
	labels []endLabel
	level  float64 // where the level's line is, 0 without one
}

// endLabel is a text at the right end of a line.
type endLabel struct {
	text string
	y    float64
	st   Style
	part bool // of a series, not of a level or band
}

func (p linesPlan) at(pt report.Point) XY {
	return XY{p.x.at(pt.X, p.plot.x, p.plot.right()), p.y.at(pt.Y, p.plot.bottom(), p.plot.y)}
}

func (c *Canvas) lines(s report.Lines, f frame) bool {
	if s.Axis == nil {
		s.Axis = report.Numbers{}.Axis()
	}
	p, ok := planLines(s, f)
	if !ok {
		return false
	}
	c.along(p.plot)
	for _, t := range p.y.ticks {
		y := p.y.at(t, p.plot.bottom(), p.plot.y)
		ink := Grid
		if t == 0 {
			ink = StrongRule
		}
		c.HLine(p.plot.x, p.plot.right(), y, 1, ink)
		c.TextIn(s.Axis(t), XY{p.plot.x - 8, y + 4}, p.plot.x-8-f.x, Small().To(Right))
	}
	var below slots
	for _, t := range s.Ticks {
		if x := p.x.at(t.At, p.plot.x, p.plot.right()); x >= p.plot.x-1 && x <= p.plot.right()+1 {
			c.VLine(x, p.plot.bottom(), p.plot.bottom()+4, 1, StrongRule)
			c.label(&below, t.Label, XY{x, p.plot.bottom() + 16}, [2]float64{f.x, f.right()}, Small())
		}
	}
	c.areas(s, p)
	c.band(s.Range, &p)
	if s.Level != nil && isNumber(s.Level.Value) {
		y := p.y.at(s.Level.Value, p.plot.bottom(), p.plot.y)
		c.HLine(p.plot.x, p.plot.right(), y, 1, Foreground)
		p.level = y
		p.labels = append(p.labels, endLabel{text: s.Level.Label, y: y, st: Small().In(Foreground)})
		c.Hit(Hit{X: p.plot.x, Y: y - 3, W: p.plot.w + p.ends, H: 7, Key: s.Level.Key, Hint: s.Level.Label})
	}
	for _, style := range []report.LineStyle{report.Past, report.Expected, report.Likely, report.Main} {
		for _, l := range s.Series {
			if l.Style == style {
				c.line(l, &p)
			}
		}
	}
	c.endLabels(p)
	c.leftOut(s, p)
	return true
}

// leftOut names the series that are left out, at the upper left of the plot.
func (c *Canvas) leftOut(s report.Lines, p linesPlan) {
	x := p.plot.x + 4
	for _, l := range s.Series {
		if !l.Off {
			continue
		}
		w := c.TextIn(l.Label, XY{x + 14, p.plot.y + 8}, p.plot.right()-x-14, Small())
		if w == 0 {
			return
		}
		c.HLine(x, x+3, p.plot.y+4, 1.5, Caption)
		c.HLine(x+7, x+10, p.plot.y+4, 1.5, Caption)
		c.Hit(Hit{X: x, Y: p.plot.y - 4, W: w + 14, H: 16, Part: l.Label, Hint: l.Label})
		x += w + 26
	}
}

func planLines(s report.Lines, f frame) (linesPlan, bool) {
	values, lo, hi := linesReach(s)
	if len(values) == 1 {
		return linesPlan{}, false
	}
	if s.Level != nil {
		values = append(values, s.Level.Value)
	}
	if s.MaxX > s.MinX {
		lo, hi = s.MinX, s.MaxX
	}
	if !(hi > lo) {
		hi = lo + 1
	}
	p := linesPlan{x: axis{lo: lo, hi: hi}, y: zeroBased(values...)}
	left := widest(len(p.y.ticks), func(i int) string { return s.Axis(p.y.ticks[i]) }, Small(), f.w/3) + 8
	p.ends = endWidth(s, max(f.w/4, min(84, f.w*0.4)))
	p.plot = frame{f.x + left, f.y + 8, f.w - left - p.ends, f.h - 8 - 24}
	return p, p.plot.w >= 20 && p.plot.h >= 20
}

// linesReach returns all values in sight after a zero, and from where to where
// they go across.
func linesReach(s report.Lines) (values []float64, lo, hi float64) {
	values, lo, hi = []float64{0}, math.Inf(1), math.Inf(-1)
	see := func(x float64, ys ...float64) {
		if isNumber(x) && (s.MaxX <= s.MinX || x >= s.MinX && x <= s.MaxX) && !slices.ContainsFunc(ys, func(y float64) bool { return !isNumber(y) }) {
			values = append(values, ys...)
			lo, hi = min(lo, x), max(hi, x)
		}
	}
	for _, l := range s.Series {
		for _, pt := range l.Points {
			see(pt.X, pt.Y)
		}
	}
	if s.Range != nil {
		for _, pt := range s.Range.Points {
			see(pt.X, pt.Low, pt.High)
		}
	}
	return values, lo, hi
}

// endWidth is the room right of the plot for labels.
func endWidth(s report.Lines, limit float64) float64 {
	w := 0.0
	if s.Level != nil {
		w = TextWidth(clean(s.Level.Label), 11, Regular)
	}
	for _, l := range s.Series {
		if l.Style != report.Expected {
			w = max(w, TextWidth(clean(l.Label), 11, Bold))
		}
	}
	if s.Range != nil {
		w = max(w, TextWidth(clean(s.Range.Low), 11, Regular), TextWidth(clean(s.Range.High), 11, Regular))
	}
	return min(w+8, limit)
}

// line draws one series in parts where it has gaps. A main line ends in a dot.
func (c *Canvas) line(l report.Line, p *linesPlan) {
	stroke := map[report.LineStyle]Stroke{
		report.Main:     {Ink: Accent, Width: 2.5},
		report.Past:     {Ink: Mute, Width: 1.5},
		report.Expected: {Ink: Caption, Width: 1.5, Dash: []float64{2.5, 3}},
		report.Likely:   {Ink: Accent, Width: 2, Dash: []float64{4, 3}},
	}[l.Style]
	var run, all []XY
	for _, pt := range l.Points {
		if !isNumber(pt.Y) || !(pt.X >= p.x.lo && pt.X <= p.x.hi) {
			c.Polyline(run, stroke)
			run = nil
			continue
		}
		at := p.at(pt)
		run, all = append(run, at), append(all, at)
		c.pointHit(l, pt, at, *p)
	}
	c.Polyline(run, stroke)
	if len(all) == 0 {
		return
	}
	end := all[len(all)-1]
	if l.Style == report.Main || len(all) == 1 {
		c.Disc(end.X, end.Y, 3.5, stroke.Ink)
	}
	c.lineLabel(l, all, p)
}

func (c *Canvas) pointHit(l report.Line, pt report.Point, at XY, p linesPlan) {
	key, text := pt.Key, pt.Hint
	if key == "" {
		key = l.Key
	}
	if text == "" {
		text = l.Label
	}
	half := max(4, min(12, p.plot.w/float64(max(len(l.Points), 1))/2))
	c.Hit(Hit{X: at.X - half, Y: at.Y - 8, W: 2 * half, H: 16, Key: key, Hint: text})
}

// lineLabel names a line: at its end in the right column, above its end where
// it stops inside the plot, or below its course where it is what is expected.
func (c *Canvas) lineLabel(l report.Line, all []XY, p *linesPlan) {
	end := all[len(all)-1]
	st := Small()
	if l.Style == report.Main || l.Style == report.Likely {
		st = SmallBold()
	}
	w := TextWidth(clean(l.Label), st.Size, st.Weight)
	part := func(x, baseline float64) {
		c.Hit(Hit{X: x - 2, Y: baseline - 11, W: w + 4, H: 14, Part: l.Label, Hint: l.Label})
	}
	switch {
	case l.Style == report.Expected:
		at := all[len(all)*3/4]
		if at.X+8+w > p.plot.right() || at.Y+16 > p.plot.bottom() {
			return
		}
		c.Text(l.Label, at.X+8, at.Y+16, st)
		part(at.X+8, at.Y+16)
	case end.X > p.plot.right()-12:
		p.labels = append(p.labels, endLabel{l.Label, end.Y, st, true})
	case end.X-w >= p.plot.x:
		y := p.clear(end.Y - 8)
		c.Text(l.Label, end.X-8, y, st.To(Right))
		part(end.X-8-w, y)
	case end.X+8+w <= p.plot.right():
		y := p.clear(end.Y - 6)
		c.Text(l.Label, end.X+8, y, st)
		part(end.X+8, y)
	}
}

// clear is a baseline within the plot whose text the line of the level does not
// strike through: above it where there is room, else below.
func (p *linesPlan) clear(y float64) float64 {
	y = max(y, p.plot.y+4)
	if p.level <= 0 || p.level > y+3 || p.level < y-11 {
		return y
	}
	if above := p.level - 4; above >= p.plot.y+4 {
		return above
	}
	return p.level + 13
}

// endLabels writes the labels of the right column, moved apart where they
// would touch.
func (c *Canvas) endLabels(p linesPlan) {
	const apart = 14
	sort.SliceStable(p.labels, func(i, j int) bool { return p.labels[i].y < p.labels[j].y })
	last := math.Inf(-1)
	for i := range p.labels {
		p.labels[i].y = max(p.labels[i].y, last+apart)
		last = p.labels[i].y
	}
	if over := last - p.plot.bottom(); over > 0 {
		for i := range p.labels {
			p.labels[i].y -= over
		}
	}
	for _, l := range p.labels {
		w := c.TextIn(l.text, XY{p.plot.right() + 6, l.y + 4}, p.ends-6, l.st)
		if l.part {
			c.Hit(Hit{X: p.plot.right() + 4, Y: l.y - 8, W: w + 4, H: 15, Part: l.text, Hint: l.text})
		}
	}
}
