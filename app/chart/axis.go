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
	// Half the range of float64 leaves room for rounding up.
	const most = math.MaxFloat64 / 16
	lo, hi = max(lo, -most), min(hi, most)
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
	lo, hi := extent(values)
	return axisOver(min(lo, 0), max(hi, 0))
}

// extent is the least and the largest of the numbers among values; lo lies above
// hi where there is none.
func extent(values []float64) (lo, hi float64) {
	lo, hi = math.Inf(1), math.Inf(-1)
	for _, v := range values {
		if isNumber(v) {
			lo, hi = min(lo, v), max(hi, v)
		}
	}
	return lo, hi
}

// spread is an axis from lo to hi that need not hold 0; a single value stands
// in its middle, and no value gives 0 to 1.
func spread(lo, hi float64) axis {
	if lo > hi {
		return axisOver(0, 1)
	}
	if lo == hi {
		pad := max(math.Abs(lo)*0.1, 1e-9)
		if lo == 0 {
			pad = 1
		}
		lo, hi = lo-pad, hi+pad
	}
	return axisOver(lo, hi)
}

// trim ends the axis a little below the lowest value, where rounding left much
// empty room there; ticks below go.
func (a *axis) trim(values []float64) {
	lo, _ := extent(values)
	lo = min(lo, 0)
	const air = 0.05
	low := lo - (a.hi/2-a.lo/2)*2*air
	if lo == 0 || !isNumber(low) || low <= a.lo || len(a.ticks) < 4 {
		return
	}
	a.lo = low
	a.ticks = slices.DeleteFunc(a.ticks, func(t float64) bool { return t < low })
}
