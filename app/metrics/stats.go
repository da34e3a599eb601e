package metrics

import (
	"math"
	"math/bits"
	"slices"
)

// Ratio is a figure with what it was made from. It is absent where Den is 0.
// Sums of money in it are minor units.
type Ratio struct {
	Num, Den float64
	N        int // the deals, people or months behind it
}

// Value is Num ÷ Den; false where there is none.
func (r Ratio) Value() (float64, bool) {
	if r.Den == 0 {
		return 0, false
	}
	return r.Num / r.Den, true
}

// Median is the middle of N values, absent where N is 0.
type Median struct {
	twice int64
	N     int
}

// Value is the median; of an even count, the mean of the two in the middle.
func (m Median) Value() (float64, bool) { return float64(m.twice) / 2, m.N > 0 }

// Minor is the median rounded to a whole minor unit, half away from zero.
func (m Median) Minor() (int64, bool) {
	half := m.twice / 2
	if m.twice%2 != 0 {
		half += m.twice % 2
	}
	return half, m.N > 0
}

// WinRate is W ÷ (W + L) with Wilson's 95 % interval.
type WinRate struct {
	Ratio
	Low, High float64
}

// z95 is the 97.5th percentile of the normal distribution.
const z95 = 1.959963984540054

// NewWinRate makes the win rate by count and its score interval (Wilson 1927):
// (p + z²/2n ± z √(p(1−p)/n + z²/4n²)) ÷ (1 + z²/n).
func NewWinRate(won, lost int) WinRate {
	w := WinRate{Ratio: Ratio{Num: float64(won), Den: float64(won + lost), N: won + lost}}
	p, ok := w.Value()
	if !ok {
		return w
	}
	n := w.Den
	mid, spread, scale := p+z95*z95/(2*n), z95*math.Sqrt(p*(1-p)/n+z95*z95/(4*n*n)), 1+z95*z95/n
	w.Low, w.High = max(0, min(p, (mid-spread)/scale)), min(1, max(p, (mid+spread)/scale)) // rounding must not leave p outside
	return w
}

// number is what medians are taken of.
type number interface{ ~int32 | ~int64 }

// median reorders values and gives the middle.
func median[T number](values []T) Median {
	n := len(values)
	if n == 0 {
		return Median{}
	}
	high := nth(values, n/2)
	low := high
	if n%2 == 0 {
		low = slices.Max(values[:n/2])
	}
	return Median{twice: int64(low) + int64(high), N: n}
}

// maxDays bounds the table that medianDays counts in.
const maxDays = 1 << 14

// medianDays is the median of numbers of days, none below 0, given in parts.
// It counts how often each occurs; where some are huge, it sorts.
func medianDays(parts ...[]int32) Median {
	n, longest := 0, int32(0)
	for _, part := range parts {
		n += len(part)
		for _, d := range part {
			longest = max(longest, d)
		}
	}
	if n == 0 || n < 512 || longest >= maxDays {
		return median(slices.Concat(parts...))
	}
	times := make([]int32, longest+1)
	for _, part := range parts {
		for _, d := range part {
			times[d]++
		}
	}
	return Median{twice: int64(quantile(times, (n-1)/2) + quantile(times, n/2)), N: n}
}

// quantile is the value of rank k, from 0, where times[x] counts x.
func quantile(times []int32, k int) int {
	for x, t := range times {
		if k -= int(t); k < 0 {
			return x
		}
	}
	return len(times) - 1
}

// nth reorders values so that values[k] is the one a sort would put there, and
// gives it: quickselect by the median of three, sorting once it goes badly.
func nth[T number](values []T, k int) T {
	lo, hi := 0, len(values)
	for tries := 2 * bits.Len(uint(len(values))); hi-lo > 12; tries-- {
		if tries == 0 {
			break
		}
		below, above := partition(values[lo:hi])
		switch {
		case k < lo+below:
			hi = lo + below
		case k >= lo+above:
			lo += above
		default:
			return values[k]
		}
	}
	slices.Sort(values[lo:hi])
	return values[k]
}

// partition puts what is below a pivot first, then what equals it, then the
// rest, and gives where the second and the third begin.
func partition[T number](v []T) (below, above int) {
	a, b, c := v[0], v[len(v)/2], v[len(v)-1]
	pivot := max(min(a, b), min(max(a, b), c))
	i, above := 0, len(v)
	for i < above {
		switch x := v[i]; {
		case x < pivot:
			v[below], v[i] = x, v[below]
			below++
			i++
		case x > pivot:
			above--
			v[i], v[above] = v[above], x
		default:
			i++
		}
	}
	return below, above
}
