package chart

import (
	"math"

	"fieldbook/app/report"
)

// sparkline draws a bare line with a dot on its last value.
func (c *Canvas) sparkline(s report.Sparkline, f frame) bool {
	lo, hi := math.Inf(1), math.Inf(-1)
	for _, v := range s.Values {
		if isNumber(v) {
			lo, hi = min(lo, v), max(hi, v)
		}
	}
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
