package chart

import (
	"sort"

	"fieldbook/app/report"
	"fieldbook/assets/lang"
)

// flowNode is one node of a flow: its mark and where it stands.
type flowNode struct {
	report.Mark
	sum  float64
	y, h float64
	used float64 // height taken by ribbons placed so far
}

type flowPlan struct {
	left, right float64 // inner edges of the nodes
	from, to    []flowNode
	links       []report.Link
	scale       float64 // px a unit
}

const nodeWidth = 10

// flow draws what became of what. Nodes that do not fit are added up.
func (c *Canvas) flow(s report.Flow, f frame) bool {
	const head, room = 20, 15 // room is the least a node's name needs
	most := max(2, int((f.h-head)/room))
	p := flowPlan{links: flowLinks(s)}
	if len(p.links) == 0 {
		return false
	}
	p.from, p.to = flowNodes(s.From, most, s.Head), flowNodes(s.To, most, s.Head)
	for i, l := range p.links {
		l.From, l.To = min(l.From, len(p.from)-1), min(l.To, len(p.to)-1)
		p.links[i] = l
		p.from[l.From].sum += l.Value
		p.to[l.To].sum += l.Value
	}
	names := func(nodes []flowNode) float64 {
		return widest(len(nodes), func(i int) string { return nodes[i].Label + "  " + nodes[i].Text }, Body(), f.w*0.28) + 8
	}
	p.left, p.right = f.x+names(p.from)+nodeWidth, f.right()-names(p.to)-nodeWidth
	if p.right-p.left < 40 {
		return false
	}
	c.TextIn(s.FromName, XY{p.left, f.y + 9}, p.left-f.x, SmallBold().To(Right))
	c.TextIn(s.ToName, XY{p.right, f.y + 9}, f.right()-p.right, SmallBold())
	p.place(frame{f.x, f.y + head, f.w, f.h - head - 2})
	c.flowRibbons(p)
	c.flowColumn(p.from, p.left-nodeWidth, frame{f.x, f.y + head, p.left - nodeWidth - f.x - 6, f.h - head}, Right)
	c.flowColumn(p.to, p.right, frame{p.right + nodeWidth + 6, f.y + head, f.right() - p.right - nodeWidth - 6, f.h - head}, Left)
	return true
}

// flowLinks are the links that can be drawn, the same node at both ends only
// once: those of one pair are added up unless they have keys of their own.
func flowLinks(s report.Flow) []report.Link {
	var out []report.Link
	for _, l := range s.Links {
		if isNumber(l.Value) && l.Value > 0 && l.From >= 0 && l.From < len(s.From) && l.To >= 0 && l.To < len(s.To) {
			const huge = 1e300 // keeps sums finite
			l.Value = min(l.Value, huge)
			if l.Hint == "" {
				l.Hint = lang.T("%s to %s", s.From[l.From].Label, s.To[l.To].Label) + ": " + markText(l.Mark)
			}
			out = append(out, l)
		}
	}
	return out
}

// flowNodes are the nodes of one side, those beyond most as one.
func flowNodes(marks []report.Mark, most int, h report.Head) []flowNode {
	var out []flowNode
	for i, m := range marks {
		if i == most-1 && len(marks) > most {
			return append(out, flowNode{Mark: report.Mark{Label: moreText(h, len(marks)-i)}})
		}
		out = append(out, flowNode{Mark: m})
	}
	return out
}

// place gives every node its height and place; both sides share one scale.
func (p *flowPlan) place(f frame) {
	total := 0.0
	for _, n := range p.from {
		total += n.sum
	}
	most := max(len(p.from), len(p.to))
	gap := min(12, f.h*0.4/float64(most))
	p.scale = (f.h - gap*float64(most-1)) / total
	for _, side := range [][]flowNode{p.from, p.to} {
		y := f.y
		for i := range side {
			side[i].y, side[i].h = y, side[i].sum*p.scale
			y += side[i].h + gap
		}
	}
}

// flowRibbons draws the links. On each side they stand in the order of the
// other side, so that few cross; wide ones lie below narrow ones.
func (c *Canvas) flowRibbons(p flowPlan) {
	type ribbon struct {
		report.Link
		y0, y1, h float64
	}
	rs := make([]ribbon, len(p.links))
	for i, l := range p.links {
		rs[i] = ribbon{Link: l, h: l.Value * p.scale}
	}
	sort.SliceStable(rs, func(i, j int) bool { return rs[i].To < rs[j].To })
	for i := range rs {
		n := &p.from[rs[i].From]
		rs[i].y0 = n.y + n.used
		n.used += rs[i].h
	}
	sort.SliceStable(rs, func(i, j int) bool { return rs[i].From < rs[j].From })
	for i := range rs {
		n := &p.to[rs[i].To]
		rs[i].y1 = n.y + n.used
		n.used += rs[i].h
	}
	sort.SliceStable(rs, func(i, j int) bool { return rs[i].h > rs[j].h })
	for _, r := range rs {
		c.flowRibbon(r.Link, p, [3]float64{r.y0, r.y1, max(r.h, 0.7)})
	}
	for _, r := range rs {
		if ink := c.linkInk(r.Tone); r.h >= 14 {
			c.TextIn(r.Text, XY{p.left + 6, r.y0 + r.h/2 + 4}, (p.right-p.left)/4, Small().In(c.on(ink)))
		}
	}
}

// linkInk is a tone light enough to carry text and lie beside others.
func (c *Canvas) linkInk(t report.Tone) Ink {
	switch t {
	case report.Good, report.Bad, report.Warn:
		return c.mix(Ground, InkOf(t), 0.45)
	case report.Quiet:
		return Track
	default:
		return Ramp1
	}
}

// flowRibbon draws one link from y[0] to y[1], y[2] wide, with a thin edge that
// parts it from what it crosses.
func (c *Canvas) flowRibbon(l report.Link, p flowPlan, y [3]float64) {
	const steps = 24
	var top, foot []XY
	for i := range steps + 1 {
		t := float64(i) / steps
		x, at := p.left+(p.right-p.left)*t, y[0]+(y[1]-y[0])*t*t*(3-2*t)
		top, foot = append(top, XY{x, at}), append(foot, XY{x, at + y[2]})
		if i > 0 {
			last := top[i-1]
			c.Hit(Hit{X: last.X, Y: (last.Y + at) / 2, W: x - last.X, H: max(y[2], 3), Key: l.Key, Hint: l.Hint})
		}
	}
	c.ribbon(top, foot, c.linkInk(l.Tone))
	if y[2] > 3 {
		c.Polyline(top, Stroke{Ink: Ground, Width: 1})
		c.Polyline(foot, Stroke{Ink: Ground, Width: 1})
	}
}

// flowColumn draws the nodes of one side with their names. Names keep apart;
// one whose node is empty is left out where it finds no room.
func (c *Canvas) flowColumn(nodes []flowNode, x float64, names frame, side Align) {
	const apart = 15
	y := make([]float64, len(nodes))
	last := names.y - apart/2
	for i, n := range nodes {
		y[i] = max(n.y+n.h/2, last+apart)
		last = y[i]
	}
	if over := last - (names.bottom() - 6); over > 0 {
		next := names.bottom() - 6
		for i := len(y) - 1; i >= 0 && y[i] > next; i-- {
			y[i] = next
			next -= apart
		}
	}
	for i, n := range nodes {
		c.Rect(x, n.y, nodeWidth, max(n.h, 1), Accent)
		c.markHit(n.Mark, frame{names.x, y[i] - 7, names.w, 14})
		c.markHit(n.Mark, frame{x, n.y, nodeWidth, max(n.h, 3)})
		value := Strong()
		w := TextWidth(clean(n.Text), value.Size, value.Weight)
		if names.w-w-8 < min(TextWidth(clean(n.Label), 13, Regular), 60) {
			w = 0 // the name says more than the value
		}
		room := names.w - w - 8
		if side == Right {
			if w > 0 {
				c.Text(n.Text, names.right(), y[i]+5, value.To(Right))
			}
			c.TextIn(n.Label, XY{names.right() - w - 8, y[i] + 5}, room, Body().To(Right))
			continue
		}
		used := c.TextIn(n.Label, XY{names.x, y[i] + 5}, room, Body())
		if w > 0 {
			c.Text(n.Text, names.x+used+8, y[i]+5, value)
		}
	}
}
