package chart

import (
	"math"
	"slices"
)

// axis is a range of values with rounded ticks.
type axis struct {
	lo, hi float64
	ticks  []float64
}

// axisOver makes an axis of 3 to 5 ticks at multiples of 1, 2, 2.5 or 5 that
// holds lo and hi. Equal ends give one tick there.
func axisOver(lo, hi float64) axis {
	if !(hi > lo) {
		return axis{lo: lo, hi: lo + 1, ticks: []float64{lo}}
	}
	step := niceStep((hi - lo) / 4)
	for math.Ceil(hi/step)-math.Floor(lo/step) > 4 {
		step = niceStep(step * 1.01)
	}
	first, last := math.Floor(lo/step), math.Ceil(hi/step)
	a := axis{lo: first * step, hi: last * step}
	for i := first; i <= last; i++ {
		a.ticks = append(a.ticks, i*step)
	}
	return a
}

// niceStep is the smallest of 1, 2, 2.5, 5 × 10ⁿ that is not below v.
func niceStep(v float64) float64 {
	p := math.Pow(10, math.Floor(math.Log10(v)))
	for _, m := range []float64{1, 2, 2.5, 5} {
		if m*p >= v*(1-1e-9) {
			return m * p
		}
	}
	return 10 * p
}

// at places v between two ends; what lies beyond the axis stands at its end.
// Halves keep the largest floats from overflowing.
func (a axis) at(v, from, to float64) float64 {
	share := (v/2 - a.lo/2) / (a.hi/2 - a.lo/2)
	return from + (to-from)*min(max(share, 0), 1)
}

// zeroBased is the axis of bars: it always holds 0.
func zeroBased(values ...float64) axis {
	lo, hi := 0.0, 0.0
	for _, v := range values {
		if isNumber(v) {
			lo, hi = min(lo, v), max(hi, v)
		}
	}
	// Half the range of float64 leaves room for rounding up.
	const most = math.MaxFloat64 / 16
	return axisOver(max(lo, -most), min(hi, most))
}

// trim ends the axis a little below the lowest value, where rounding left much
// empty room there; ticks below go.
func (a *axis) trim(values []float64) {
	lo := 0.0
	for _, v := range values {
		if isNumber(v) {
			lo = min(lo, v)
		}
	}
	const air = 0.05
	low := lo - (a.hi/2-a.lo/2)*2*air
	if lo == 0 || !isNumber(low) || low <= a.lo || len(a.ticks) < 4 {
		return
	}
	a.lo = low
	a.ticks = slices.DeleteFunc(a.ticks, func(t float64) bool { return t < low })
}
