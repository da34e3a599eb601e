package chart

import (
	"fieldbook/app/report"
	"fieldbook/assets/lang"
)

// waterfall draws totals on zero and changes between them. Where not all steps
// fit, those before the last total are added up into one, so that it still
// ends where it should.
func (c *Canvas) waterfall(s report.Waterfall, f frame) bool {
	if len(s.Steps) == 0 {
		return false
	}
	if s.Axis == nil {
		s.Axis = report.Numbers{}.Axis()
	}
	const leastStep = 36
	off, all := s.Off(), len(s.Steps)
	s = shortened(s, max(4, int((f.w-60)/leastStep)))
	spans := s.Spans()
	u := upright{axis: s.Axis, top: 18, share: 0.62}
	if off != 0 || len(s.Steps) < all {
		u.top += 14
	}
	for i, sp := range spans {
		u.values = append(u.values, sp.From, sp.To)
		u.labels = append(u.labels, s.Steps[i].Label)
	}
	p, ok := c.planUpright(u, f)
	if !ok {
		return false
	}
	used := 0.0
	if n := all - len(s.Steps); n > 0 {
		used = c.more(s.Head, n+1, XY{f.x, f.y + 9}) + 12
	}
	if off != 0 {
		c.TextIn(lang.T("The changes miss the end by %s", s.Axis(off)), XY{f.x + used, f.y + 9}, f.w-used, SmallBold().In(BadInk))
	}
	c.HLine(p.plot.x, p.plot.right(), p.zero, 1, StrongRule)
	var above slots
	for i, st := range s.Steps {
		if i > 0 {
			// From the level before to this one: a jump shows where totals miss.
			c.HLine(p.mid(i-1)+p.width/2, p.mid(i)-p.width/2, p.y(spans[i-1].To), 1, Caption)
		}
		c.changeBar(st, spans[i], p.mid(i), p)
		c.changeText(st, XY{p.mid(i), p.y(max(spans[i].From, spans[i].To)) - 6}, textPlace{&above, p})
		c.markHit(st.Mark, p.strip(i))
	}
	c.footLabels(u.labels, p, f)
	return true
}

// shortened adds the steps up that are too many, between the first most-2 and
// the last.
func shortened(s report.Waterfall, most int) report.Waterfall {
	n := len(s.Steps)
	if n <= most {
		return s
	}
	keep := most - 2
	spans := s.Spans()
	sum := spans[n-2].To - spans[keep-1].To
	rest := report.Change{Mark: report.Mark{Label: "…", Text: signed(s.Axis, sum), Value: sum, Hint: moreText(s.Head, n-1-keep) + ": " + signed(s.Axis, sum)}}
	steps := append(append([]report.Change(nil), s.Steps[:keep]...), rest, s.Steps[n-1])
	s.Steps = steps
	return s
}

// signed writes a change with its sign.
func signed(format report.Format, v float64) string {
	if v > 0 {
		return "+" + format(v)
	}
	return format(v)
}

// changeBar fills a bar. On paper without colour a fall is hollow.
func (c *Canvas) changeBar(st report.Change, sp report.Span, x float64, p columnsPlan) {
	top, foot := p.y(max(sp.From, sp.To)), p.y(min(sp.From, sp.To))
	if sp.From == sp.To {
		return
	}
	if foot-top < 2 {
		top, foot = (top+foot)/2-1, (top+foot)/2+1
	}
	ink := Accent
	if !st.Total {
		ink = changeInk(st.Tone, sp.To-sp.From)
	}
	c.Rect(x-p.width/2, top, p.width, foot-top, ink)
	if c.opt.Mono && !st.Total && sp.To < sp.From && foot-top > 4 {
		c.Rect(x-p.width/2+1.5, top+1.5, p.width-3, foot-top-3, Ground)
	}
}

func changeInk(t report.Tone, change float64) Ink {
	switch {
	case t == report.Quiet:
		return Ramp2
	case t != report.Plain:
		return InkOf(t)
	case change < 0:
		return BadInk
	}
	return GoodInk
}

func (c *Canvas) changeText(st report.Change, at XY, place textPlace) {
	style := Small().In(Foreground)
	if st.Total {
		style.Weight = Bold
	}
	c.overBar(markText(st.Mark), at, style, place)
}
