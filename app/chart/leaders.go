package chart

import (
	"fmt"
	"slices"

	"fieldbook/app/report"
)

// leadersPlan is where the columns of a leaderboard stand: right edges of
// place, move, name and value, and the bars.
type leadersPlan struct {
	place, move, name, value float64
	bar                      frame
	sub                      float64 // width, 0 for none
	axis                     axis
	right                    float64
}

// leaders ranks rows. My row is always among those shown.
func (c *Canvas) leaders(s report.Leaderboard, f frame) bool {
	all := s.Rows
	s.Rows = part(all, c.opt.Rows)
	n, row := rows(len(s.Rows), f.h, 20, 31)
	if n == 0 {
		return false
	}
	shown := slices.Clone(s.Rows[:n])
	if hidden := len(s.Rows) - n; hidden > 0 {
		for _, r := range s.Rows[n:] {
			if r.Mine {
				shown[n-1] = r
			}
		}
		c.more(s.Head, hidden, XY{f.x, f.bottom() - 3})
	}
	measured := shown
	if len(s.Rows) < len(all) {
		measured = all // all parts of a list have the same columns
	}
	p := planLeaders(all, measured, f)
	for i, r := range shown {
		at := frame{f.x, f.y + float64(i)*row, f.w, row}
		if i > 0 && i == n-1 && s.Rows[n-1].Place != r.Place && len(s.Rows) > n {
			c.HLine(f.x, f.right(), at.y, 1, StrongRule) // places are left out here
		}
		c.leader(r, p, at)
	}
	return true
}

// planLeaders places the columns for rows that are measured; values of all rows
// share one axis.
func planLeaders(all, shown []report.Leader, f frame) leadersPlan {
	n := len(shown)
	values := []float64{0}
	moved := false
	for _, r := range all {
		values = append(values, r.Value)
		moved = moved || r.Moved != 0
	}
	p := leadersPlan{axis: tight(values), right: f.right()}
	p.place = f.x + widest(n, func(i int) string { return fmt.Sprint(shown[i].Place) }, Strong(), 40)
	p.move = p.place
	if moved && f.w >= 200 {
		p.move += 20 + widest(n, func(i int) string { return fmt.Sprint(abs(shown[i].Moved)) }, Small(), 30)
	}
	p.name = p.move + 12 + widest(n, func(i int) string { return shown[i].Label }, Body(), f.w*0.28) + 4
	value := widest(n, func(i int) string { return markText(shown[i].Mark) }, Strong(), min(110, f.w*0.3)) + 12
	p.sub = column(widest(n, func(i int) string { return shown[i].Sub }, Small(), 150), 12)
	if f.right()-p.name-value-p.sub < 80 {
		p.sub = 0
	}
	p.bar = frame{x: p.name + 8, w: max(1, f.right()-p.name-8-value-p.sub)}
	p.value = f.right() - p.sub
	return p
}

func (c *Canvas) leader(r report.Leader, p leadersPlan, f frame) {
	mid := f.y + f.h/2
	name, ink := Body(), Ramp3
	if r.Mine {
		name, ink = Strong(), Accent
	}
	if r.Place > 0 {
		c.Text(fmt.Sprint(r.Place), p.place, mid+5, name.To(Right))
	}
	if r.Moved != 0 && p.move > p.place {
		tone := GoodInk
		if r.Moved < 0 {
			tone = BadInk
		}
		c.Triangle(p.place+8, mid+4, r.Moved > 0, tone)
		c.Text(fmt.Sprint(abs(r.Moved)), p.place+18, mid+4, Small().In(tone))
	}
	c.TextIn(r.Label, XY{p.move + 12, mid + 5}, p.name-p.move-12, name)
	zero := p.axis.at(0, p.bar.x, p.bar.right())
	if v := known(r.Value); v != 0 {
		c.Rect(zero, mid-6, p.axis.at(v, p.bar.x, p.bar.right())-zero, 12, ink)
	}
	if p.axis.lo < 0 {
		c.VLine(zero, f.y, f.bottom(), 1, StrongRule)
	}
	c.TextIn(markText(r.Mark), XY{p.value, mid + 5}, p.value-p.bar.right()-4, Strong().To(Right))
	if p.sub > 0 {
		c.TextIn(r.Sub, XY{p.right, mid + 4}, p.sub-10, Small().To(Right))
	}
	c.markHit(r.Mark, f)
}

func abs(n int) int { return max(n, -n) }
