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
	if lo > hi {
		return true
	}
	y := axis{lo: lo, hi: hi}
	step := (f.w - 8) / float64(max(len(s.Values)-1, 1))
	var run []XY
	var end XY
	for i, v := range s.Values {
		if !isNumber(v) {
			c.Polyline(run, Stroke{Ink: Accent, Width: 1.5})
			run = nil
			continue
		}
		end = XY{f.x + 4 + step*float64(i), f.y + f.h/2}
		if hi > lo {
			end.Y = y.at(v, f.bottom()-4, f.y+4)
		}
		run = append(run, end)
	}
	c.Polyline(run, Stroke{Ink: Accent, Width: 1.5})
	c.Disc(end.X, end.Y, 3, Accent)
	return true
}
