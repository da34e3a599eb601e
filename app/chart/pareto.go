package chart

import (
	"math"

	"fieldbook/app/report"
)

// pareto draws bars on the scale of their sum, so that the running share and
// the bars have one axis. Those that do not fit are added up into the last.
func (c *Canvas) pareto(s report.Pareto, f frame) bool {
	if len(s.Bars) == 0 {
		return false
	}
	if s.Axis == nil {
		s.Axis = report.Numbers{}.Axis()
	}
	bars, shares := s.Ranked()
	const leastStep, right = 40, 40
	most := max(2, int((f.w-right-60)/leastStep))
	u := upright{axis: s.Axis, top: 12, share: 0.62}
	total := 0.0
	for _, b := range bars {
		total = min(total+max(known(b.Value), 0), math.MaxFloat64/16)
	}
	hidden := len(bars) - most
	if hidden > 0 {
		hidden++
		c.more(s.Head, hidden, XY{f.x, f.y + 9})
		u.top += 14
		bars, shares = folded(s, bars, most), append(shares[:most-1:most-1], shares[len(shares)-1])
	}
	u.values = append(u.values, total)
	for _, b := range bars {
		u.values = append(u.values, b.Value)
		u.labels = append(u.labels, b.Label)
	}
	f.w -= right
	p, ok := c.planUpright(u, f)
	if !ok {
		return false
	}
	line := c.runningShare(s, p, paretoShares{shares, total})
	for i, b := range bars {
		c.paretoBar(b, p, paretoPlace{i: i, vital: vital(s, shares, i), line: line})
	}
	c.HLine(p.plot.x, p.plot.right(), p.zero, 1, StrongRule)
	c.Polyline(line, Stroke{Ink: TrendInk, Width: 2})
	for _, at := range line {
		c.Disc(at.X, at.Y, 2.5, TrendInk)
	}
	c.footLabels(u.labels, p, f)
	return true
}

// folded adds the bars from the most-1st on up into one.
func folded(s report.Pareto, bars []report.Mark, most int) []report.Mark {
	rest := 0.0
	for _, b := range bars[most-1:] {
		rest += known(b.Value)
	}
	text := s.Axis(rest)
	return append(bars[:most-1:most-1], report.Mark{Label: "…", Text: text, Value: rest, Hint: moreText(s.Head, len(bars)-most+1) + ": " + text})
}

// vital reports whether a bar belongs to the few that make most.
func vital(s report.Pareto, shares []float64, i int) bool {
	most := s.Most.At
	if most <= 0 {
		most = 0.8
	}
	return isNumber(shares[i]) && (i == 0 || shares[i-1] < most-1e-9)
}

type paretoShares struct {
	shares []float64
	total  float64
}

// runningShare draws the scale of the share and returns the places of its line.
func (c *Canvas) runningShare(s report.Pareto, p columnsPlan, of paretoShares) []XY {
	if of.total <= 0 {
		return nil
	}
	percent := report.Numbers{}.Percent
	var taken []float64
	mark := func(at float64, label string, st Style) {
		y := p.y(of.total * at)
		for _, t := range taken {
			if math.Abs(t-y) < 13 {
				return
			}
		}
		taken = append(taken, y)
		c.TextIn(label, XY{p.plot.right() + 6, y + 4}, 34, st)
	}
	if s.Most.Label != "" && s.Most.At > 0 && s.Most.At <= 1 {
		c.Polyline([]XY{{p.plot.x, p.y(of.total * s.Most.At)}, {p.plot.right(), p.y(of.total * s.Most.At)}}, Stroke{Ink: Caption, Width: 1, Dash: []float64{2.5, 3}})
		mark(s.Most.At, s.Most.Label, Small().In(Foreground))
	}
	for _, at := range []float64{1, 0, 0.5} {
		mark(at, percent(at), Small())
	}
	var line []XY
	for i, v := range of.shares {
		if isNumber(v) {
			line = append(line, XY{p.mid(i), p.y(of.total * v)})
		}
	}
	return line
}

type paretoPlace struct {
	i     int
	vital bool
	line  []XY
}

func (c *Canvas) paretoBar(b report.Mark, p columnsPlan, at paretoPlace) {
	x, v := p.mid(at.i), known(b.Value)
	ink := Ramp2
	if at.vital {
		ink = Accent
	}
	c.Rect(x-p.width/2, p.y(v), p.width, p.zero-p.y(v), ink)
	c.markHit(b, p.strip(at.i))
	text := markText(b)
	w := TextWidth(clean(text), 11, Bold)
	y := p.y(max(v, 0)) - 5
	if at.i < len(at.line) && at.line[at.i].Y > y-16 {
		// The line runs where the text would stand: it goes into the bar.
		if p.zero-p.y(v) > 22 && w <= p.width-4 {
			c.Text(text, x, p.y(v)+18, SmallBold().In(c.on(ink)).To(Center))
		}
		return
	}
	if w <= p.step-4 {
		c.Text(text, x, y, SmallBold().To(Center))
	}
}
