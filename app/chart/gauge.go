package chart

import (
	"math"

	"fieldbook/app/report"
)

// gauge draws the half circle. Text that does not fit beside it is dropped.
func (c *Canvas) gauge(s report.Gauge, f frame) bool {
	side := 2 * max(TextWidth(clean(s.Pace), 11, Regular), TextWidth(clean(s.Quota), 11, Regular))
	r := min((f.w-min(side, f.w*0.5)-28)/2, f.h-24-20, 150)
	if r < 20 {
		return false
	}
	if s.Max.At <= 0 {
		s.Max.At = 1.2
	}
	g := gaugePlan{
		ring: Ring{Center: XY{f.x + f.w/2, f.y + (f.h-r-20)/2 + r + 8}, Inner: r * 0.81, Outer: r},
		max:  s.Max.At,
	}
	c.gaugeRing(s, g)
	c.gaugeText(s, g)
	c.markHit(s.Done, frame{g.ring.Center.X - r, g.ring.Center.Y - r, 2 * r, r})
	return true
}

type gaugePlan struct {
	ring Ring
	max  float64 // share at the right end
}

// angle of a share, kept on the half circle.
func (g gaugePlan) angle(share float64) float64 {
	return math.Pi + math.Pi*min(max(share/g.max, 0), 1)
}

func (g gaugePlan) point(share, radius float64) XY {
	a := g.angle(share)
	return XY{g.ring.Center.X + radius*math.Cos(a), g.ring.Center.Y + radius*math.Sin(a)}
}

func (c *Canvas) gaugeRing(s report.Gauge, g gaugePlan) {
	done := known(share(s.Done.Value, s.Full))
	track, fill := g.ring, g.ring
	fill.From, fill.To = math.Pi, g.angle(done)
	track.From, track.To = fill.To, 2*math.Pi
	c.Ring(track, Track)
	c.Ring(fill, Accent)
}

func (c *Canvas) gaugeText(s report.Gauge, g gaugePlan) {
	ring := g.ring
	left := XY{}
	if v := share(s.Expected, s.Full); v > 0 && v <= g.max && s.Pace != "" {
		c.Polyline([]XY{g.point(v, ring.Inner-4), g.point(v, ring.Outer+7)}, Stroke{Ink: Foreground, Width: 2})
		left = c.gaugeLabel(s.Pace, g.point(v, ring.Outer+11), ring.Center.X, Small().In(Foreground), XY{})
	}
	if isNumber(s.Full) && s.Full > 0 && s.Quota != "" && g.max >= 1 {
		c.Polyline([]XY{g.point(1, ring.Inner-4), g.point(1, ring.Outer+7)}, Stroke{Ink: Caption, Width: 1.5})
		c.gaugeLabel(s.Quota, g.point(1, ring.Outer+11), ring.Center.X, Small(), left)
	}
	band := (ring.Inner + ring.Outer) / 2
	c.Text(s.Zero, ring.Center.X-band, ring.Center.Y+15, Small().To(Center))
	c.Text(s.Max.Label, ring.Center.X+band, ring.Center.Y+15, Small().To(Center))
	room := ring.Inner * 1.7
	figure := Title().To(Center)
	if TextWidth(clean(markText(s.Done)), figure.Size, Bold) > room {
		figure.Size = 13
	}
	c.TextIn(markText(s.Done), XY{ring.Center.X, ring.Center.Y - 26}, room, figure)
	sub := Body().In(Caption).To(Center)
	if TextWidth(clean(s.Sub), sub.Size, Regular) > room {
		sub.Size = 11
	}
	c.TextIn(s.Sub, XY{ring.Center.X, ring.Center.Y - 6}, room, sub)
}

// gaugeLabel writes a text outside the ring, away from its middle, unless it
// would touch the label that ends at avoid. It returns where the text ends.
func (c *Canvas) gaugeLabel(text string, at XY, middle float64, st Style, avoid XY) XY {
	w := TextWidth(clean(text), st.Size, st.Weight)
	x := at.X
	switch {
	case at.X < middle-8:
		x -= w
	case at.X < middle+8:
		x -= w / 2
	}
	y := at.Y + 2
	if avoid != (XY{}) && x < avoid.X+4 && math.Abs(y-avoid.Y) < 13 {
		return avoid
	}
	c.Text(text, x, y, st)
	return XY{x + w, y}
}
