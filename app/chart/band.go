package chart

import "fieldbook/app/report"

// areas fills what lies under lines that ask for it.
func (c *Canvas) areas(s report.Lines, p linesPlan) {
	for _, l := range s.Series {
		if !l.Area {
			continue
		}
		ink := Ramp1
		if l.Style == report.Past {
			ink = Track
		}
		var top, foot []XY
		end := func() {
			c.ribbon(top, foot, ink)
			top, foot = nil, nil
		}
		for _, pt := range l.Points {
			if !isNumber(pt.Y) || !(pt.X >= p.x.lo && pt.X <= p.x.hi) {
				end()
				continue
			}
			top, foot = append(top, p.at(pt)), append(foot, p.at(report.Point{X: pt.X}))
		}
		end()
	}
}

// band fills a range, in parts where it has gaps, and names its ends.
func (c *Canvas) band(r *report.Range, p *linesPlan) {
	if r == nil {
		return
	}
	var high, low, last []XY
	end := func() {
		c.ribbon(high, low, Band)
		if len(high) > 0 {
			last = []XY{high[len(high)-1], low[len(low)-1]}
		}
		high, low = nil, nil
	}
	half := max(4, min(12, p.plot.w/float64(max(len(r.Points), 1))/2))
	for _, pt := range r.Points {
		if !isNumber(pt.Low) || !isNumber(pt.High) || !(pt.X >= p.x.lo && pt.X <= p.x.hi) {
			end()
			continue
		}
		lo, hi := p.at(report.Point{X: pt.X, Y: min(pt.Low, pt.High)}), p.at(report.Point{X: pt.X, Y: max(pt.Low, pt.High)})
		high, low = append(high, hi), append(low, lo)
		c.Hit(Hit{X: hi.X - half, Y: hi.Y - 4, W: 2 * half, H: lo.Y - hi.Y + 8, Key: r.Key, Hint: pt.Hint})
	}
	end()
	if last != nil && last[0].X > p.plot.right()-12 {
		p.labels = append(p.labels, endLabel{text: r.High, y: last[0].Y, st: Small()}, endLabel{text: r.Low, y: last[1].Y, st: Small()})
	}
}

// ribbon fills what lies between two courses; a single place is a stroke.
func (c *Canvas) ribbon(top, foot []XY, ink Ink) {
	switch len(top) {
	case 0:
	case 1:
		c.VLine(top[0].X, top[0].Y, foot[0].Y, 3, ink)
	default:
		outline := append([]XY(nil), top...)
		for i := len(foot) - 1; i >= 0; i-- {
			outline = append(outline, foot[i])
		}
		c.Polygon(outline, ink)
	}
}
