// Package chart draws the specs of package report. A spec is laid out once
// onto a Canvas in logical pixels and comes out as pixels, SVG or, through a
// Renderer of package pdf, on paper.
package chart

import (
	"fmt"
	"math"

	"fieldbook/app/report"
)

// Options says how large and in which palette to draw.
type Options struct {
	Width, Height int     // logical px
	Scale         float64 // device px per logical px of Image and PNG; 0 is 1
	Dark          bool
	Mono          bool // greys only
	Bare          bool // no title and no padding: the panel around has them
	Rows          Span // of a list that goes on over pages, those to draw; none for all
}

// Span is a part of the rows of a list: From the first, up to To without it. They
// are laid out as all of them are.
type Span struct{ From, To int }

// part are the rows of a list to draw.
func part[T any](rows []T, s Span) []T {
	if s.To <= s.From || s.From < 0 || s.To > len(rows) {
		return rows
	}
	return rows[s.From:s.To]
}

func (o Options) scale() float64 {
	if o.Scale <= 0 || math.IsNaN(o.Scale) {
		return 1
	}
	return min(o.Scale, 8)
}

// frame is the part of a canvas that a chart fills.
type frame struct{ x, y, w, h float64 }

func (f frame) right() float64  { return f.x + f.w }
func (f frame) bottom() float64 { return f.y + f.h }

// The room around and above a chart that draws its own title.
const (
	padding     = 12
	titleHeight = 36
)

// Draw lays a spec out. It never fails: what has no value or no room is left
// out and said so in the picture.
func Draw(spec report.Spec, opt Options) *Picture {
	c := NewCanvas(opt)
	head := spec.Describe()
	f := frame{0, 0, c.w, c.h}
	if _, spark := spec.(report.Sparkline); !opt.Bare && !spark {
		f = frame{padding, titleHeight, c.w - 2*padding, c.h - titleHeight - padding}
		c.title(head, padding, c.w-2*padding)
	}
	if f.w >= 1 && f.h >= 1 && !c.body(spec, f) {
		empty := head.Empty
		if empty == "" {
			empty = "Nothing to show"
		}
		c.Text(Fit(empty, f.w, 13, Regular), f.x+f.w/2, f.y+f.h/2+5, Body().In(Caption).To(Center))
	}
	return c.Picture(head.Title)
}

// Empty reports whether a spec has nothing to show, so that Draw would only say so.
func Empty(spec report.Spec) bool {
	const width, height = 800, 400
	return !NewCanvas(Options{Width: width, Height: height}).body(spec, frame{0, 0, width, height})
}

// body draws the spec; false means that there was nothing to draw.
func (c *Canvas) body(spec report.Spec, f frame) bool {
	switch s := spec.(type) {
	case report.AttainmentBars:
		return c.attainment(s, f)
	case report.Gauge:
		return c.gauge(s, f)
	case report.Funnel:
		return c.funnel(s, f)
	case report.Columns:
		return c.columns(s, f)
	case report.Bands:
		return c.bands(s, f)
	case report.Intervals:
		return c.intervals(s, f)
	case report.StageBars:
		return c.stageBars(s, f)
	case report.Lines:
		return c.lines(s, f)
	case report.Sparkline:
		return c.sparkline(s, f)
	}
	return c.bars(spec, f) || c.fields(spec, f)
}

// bars draws the specs that are read by length.
func (c *Canvas) bars(spec report.Spec, f frame) bool {
	switch s := spec.(type) {
	case report.Waterfall:
		return c.waterfall(s, f)
	case report.Stacks:
		return c.stacks(s, f)
	case report.Pareto:
		return c.pareto(s, f)
	case report.Bullets:
		return c.bullets(s, f)
	case report.Leaderboard:
		return c.leaders(s, f)
	}
	return false
}

// fields draws the specs that are read by place or shade.
func (c *Canvas) fields(spec report.Spec, f frame) bool {
	switch s := spec.(type) {
	case report.Scatter:
		return c.scatter(s, f)
	case report.HeatMap:
		return c.heat(s, f)
	case report.Calendar:
		return c.calendar(s, f)
	case report.Boxes:
		return c.boxes(s, f)
	case report.Multiples:
		return c.multiples(s, f)
	case report.Flow:
		return c.flow(s, f)
	}
	return false
}

// title writes title, caption and right note on one line, in that order of
// importance where the line is too short for all.
func (c *Canvas) title(h report.Head, x, w float64) {
	const baseline, gap = 25, 8
	used := c.TextIn(h.Title, XY{x, baseline}, w, Strong())
	if used > 0 {
		used += gap
	}
	right := TextWidth(clean(h.Right), 11, Regular)
	if h.Right != "" && used+right <= w {
		c.Text(h.Right, x+w, baseline, Small().To(Right))
		w -= right + gap
	}
	c.TextIn(h.Caption(), XY{x + used, baseline}, w-used, Small())
}

// markText is what a mark says: its text, or "n/a" where it has no value.
func markText(m report.Mark) string {
	if m.Text == "" && !isNumber(m.Value) {
		return "n/a"
	}
	return m.Text
}

// isNumber reports whether v is a number that can be placed.
func isNumber(v float64) bool { return !math.IsNaN(v) && !math.IsInf(v, 0) }

// known is v, or 0 where there is none.
func known(v float64) float64 {
	if isNumber(v) {
		return v
	}
	return 0
}

func hint(m report.Mark) string {
	if m.Hint != "" {
		return m.Hint
	}
	if t := markText(m); t != "" && m.Label != "" {
		return m.Label + ": " + t
	} else if t != "" {
		return t
	}
	return m.Label
}

// markHit is the region of a mark.
func (c *Canvas) markHit(m report.Mark, f frame) {
	c.Hit(Hit{X: f.x, Y: f.y, W: f.w, H: f.h, Key: m.Key, Hint: hint(m)})
}

// more says how many marks did not fit and returns the width of that.
func (c *Canvas) more(h report.Head, n int, at XY) float64 {
	return c.Text(moreText(h, n), at.X, at.Y, Small())
}

func moreText(h report.Head, n int) string {
	pattern := h.More
	if pattern == "" {
		pattern = "and %d more"
	}
	return fmt.Sprintf(pattern, n)
}

// rows divides the height h among n rows between the least and the best row
// height. Where not all fit, the last line is left for "and n more".
func rows(n int, h, least, best float64) (shown int, height float64) {
	if n == 0 {
		return 0, best
	}
	if float64(n)*least <= h {
		return n, min(best, h/float64(n))
	}
	return max(0, int((h-16)/least)), least
}

// widest is the width of the widest text, at most limit.
func widest(n int, text func(i int) string, st Style, limit float64) float64 {
	w := 0.0
	for i := range n {
		w = max(w, TextWidth(clean(text(i)), st.Size, st.Weight))
	}
	return min(w, limit)
}

// slots keeps texts on one line from touching.
type slots struct{ taken [][2]float64 }

// take claims a span with a gap of 4 px; false where it is taken.
func (s *slots) take(x0, x1 float64) bool {
	for _, t := range s.taken {
		if x0 < t[1]+4 && x1 > t[0]-4 {
			return false
		}
	}
	s.taken = append(s.taken, [2]float64{x0, x1})
	return true
}

// label writes a text centred on x within limits where it is free.
func (c *Canvas) label(s *slots, text string, at XY, limits [2]float64, st Style) {
	w := TextWidth(clean(text), st.Size, st.Weight)
	x := min(max(at.X-w/2, limits[0]), limits[1]-w)
	if text == "" || x < limits[0]-0.5 || !s.take(x, x+w) {
		return
	}
	c.Text(text, x, at.Y, st.To(Left))
}
