package chart

import "fieldbook/app/report"

// sparkline draws a bare line with a dot on its last value.
func (c *Canvas) sparkline(s report.Sparkline, f frame) bool {
	lo, hi := extent(s.Values)
	c.Hit(Hit{X: f.x, Y: f.y, W: f.w, H: f.h, Key: s.Key, Hint: s.Hint})
	a := axis{lo: lo, hi: hi}
	c.thin(s.Values, frame{f.x + 4, f.y, f.w - 8, f.h}, func(v float64) float64 {
		if hi > lo {
			return a.at(v, f.bottom()-4, f.y+4)
		}
		return f.y + f.h/2
	})
	return true
}
