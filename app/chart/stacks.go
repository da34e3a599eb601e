package chart

import "fieldbook/app/report"

// stacks draws bars of parts, with the series named above them.
func (c *Canvas) stacks(s report.Stacks, f frame) bool {
	if len(s.Bars) == 0 || len(s.Series) == 0 {
		return false
	}
	total := len(s.Bars)
	s.Bars = stacksShown(s, f.w)
	u := upright{axis: s.Axis, share: 0.6, top: 18}
	if s.Grouped {
		u.share = 0.8
	}
	for _, b := range s.Bars {
		up, down := 0.0, 0.0
		for _, m := range stackParts(b, s) {
			if v := known(m.Value); s.Grouped {
				up, down = max(up, v), min(down, v)
			} else {
				up, down = up+max(v, 0), down+min(v, 0)
			}
		}
		u.values = append(u.values, up, down)
		u.labels = append(u.labels, b.Label)
	}
	n := total - len(s.Bars)
	legend := c.legend(s.Series, s.Head, f)
	if n > 0 {
		u.top += 14
	}
	p, ok := c.planUpright(u, frame{f.x, f.y + legend, f.w, f.h - legend})
	if !ok {
		return false
	}
	if n > 0 {
		c.more(s.Head, n, XY{f.x, f.y + legend + 9})
	}
	if s.Time {
		c.along(p.plot)
	}
	var above slots
	for i, b := range s.Bars {
		c.markHit(b.Mark, p.strip(i))
		if s.Grouped {
			c.group(b, s, p, i)
			continue
		}
		top := c.stack(b, s, p, i)
		c.overBar(b.Text, XY{p.mid(i), top - 6}, SmallBold(), textPlace{&above, p})
	}
	c.HLine(p.plot.x, p.plot.right(), p.zero, 1, StrongRule)
	c.footLabels(u.labels, p, f)
	return true
}

// stacksShown are the bars that fit: the latest where they follow in time,
// else the first.
func stacksShown(s report.Stacks, width float64) []report.Stack {
	least := 36.0
	if s.Time {
		least = 8
	}
	if s.Grouped {
		least = max(least, 4*float64(len(s.Series))+6)
	}
	most := max(1, int((width-60)/least))
	switch {
	case len(s.Bars) <= most:
		return s.Bars
	case s.Time:
		return s.Bars[len(s.Bars)-most:]
	}
	return s.Bars[:most]
}

// stackParts are the parts that have a series.
func stackParts(b report.Stack, s report.Stacks) []report.Mark {
	return b.Parts[:min(len(b.Parts), len(s.Series))]
}

// stack draws one bar and returns its top.
func (c *Canvas) stack(b report.Stack, s report.Stacks, p columnsPlan, i int) float64 {
	up, down := 0.0, 0.0
	for j, m := range stackParts(b, s) {
		v := known(m.Value)
		from := up
		if v < 0 {
			from = down
			down += v
		} else {
			up += v
		}
		y0, y1 := p.y(from), p.y(from+v)
		if v == 0 || y0 == y1 {
			continue
		}
		ink := SeriesInk(j)
		at := frame{p.mid(i) - p.width/2, min(y0, y1), p.width, max(y0-y1, y1-y0)}
		c.Rect(at.x, at.y, at.w, at.h, ink)
		if at.h > 3 && from != 0 {
			c.HLine(at.x, at.x+at.w, y0, 1, Ground) // keeps parts apart without colour
		}
		if at.h >= 15 && TextWidth(clean(m.Text), 11, Regular) <= p.width-4 {
			c.Text(m.Text, p.mid(i), at.y+at.h/2+4, Small().In(c.on(ink)).To(Center))
		}
		c.Hit(Hit{X: at.x, Y: at.y, W: at.w, H: at.h, Key: partKey(m, s.Series[j]), Hint: partHint(b, s.Series[j], m)})
	}
	return p.y(up)
}

// groupTexts reports whether every value has room over its bar: some with and
// some without would read as some that matter.
func groupTexts(s report.Stacks, width float64) bool {
	for _, b := range s.Bars {
		for _, m := range stackParts(b, s) {
			if TextWidth(clean(m.Text), 11, Regular) > width-2 {
				return false
			}
		}
	}
	return true
}

// group draws the parts of one bar side by side.
func (c *Canvas) group(b report.Stack, s report.Stacks, p columnsPlan, i int) {
	w := min(p.step*0.8/float64(len(s.Series)), 40)
	x := p.mid(i) - w*float64(len(s.Series))/2
	texts := groupTexts(s, w)
	for j, m := range stackParts(b, s) {
		if s.Series[j].Off {
			x += w
			continue
		}
		v := known(m.Value)
		gap := min(1, w/4)
		c.Rect(x+gap/2, p.y(v), w-gap, p.zero-p.y(v), SeriesInk(j))
		if texts {
			c.Text(m.Text, x+w/2, p.y(max(v, 0))-4, Small().In(Foreground).To(Center))
		}
		c.Hit(Hit{X: x, Y: p.plot.y, W: w, H: p.plot.h, Key: partKey(m, s.Series[j]), Hint: partHint(b, s.Series[j], m)})
		x += w
	}
}

func partKey(m report.Mark, s report.Series) string {
	if m.Key != "" {
		return m.Key
	}
	return s.Key
}

// partHint says which part of which bar a mark is.
func partHint(b report.Stack, s report.Series, m report.Mark) string {
	if m.Hint != "" {
		return m.Hint
	}
	name := m.Label
	if name == "" {
		name = s.Label
	}
	return hint(report.Mark{Label: b.Label + ", " + name, Text: m.Text, Value: m.Value})
}

// legend names the series over a plot, on two lines at most, and returns the
// height it took. Series that share an ink are counted together.
func (c *Canvas) legend(series []report.Series, h report.Head, f frame) float64 {
	const line, swatch = 16, 9
	x, y := f.x, f.y+9
	if len(series) < 2 {
		return 0
	}
	for i, s := range series {
		text, ink := Fit(s.Label, 150, 11, Regular), SeriesInk(i)
		rest := ""
		if n := len(series) - i; n > 1 {
			rest = moreText(h, n)
		}
		w := swatch + 4 + TextWidth(text, 11, Regular)
		need := w
		if rest != "" && y > f.y+9 {
			need += 16 + TextWidth(clean(rest), 11, Regular)
		}
		if x > f.x && x+need > f.right() && y == f.y+9 {
			x, y = f.x, y+line
		}
		if rest != "" && (i >= seriesInks || x > f.x && x+need > f.right()) {
			if i >= seriesInks {
				c.Rect(x, y-8, swatch, swatch, ink)
				x += swatch + 4
			}
			c.TextIn(rest, XY{x, y}, f.right()-x, Small())
			break
		}
		c.Rect(x, y-8, swatch, swatch, ink)
		st := Small().In(Foreground)
		if s.Off {
			c.Rect(x+1.5, y-6.5, swatch-3, swatch-3, Ground)
			st = Small()
		}
		c.TextIn(text, XY{x + swatch + 4, y}, f.right()-x-swatch-4, st)
		c.Hit(Hit{X: x - 2, Y: y - 11, W: w + 4, H: line, Part: s.Label, Hint: s.Label})
		x += w + 16
	}
	return y - f.y + 7
}
