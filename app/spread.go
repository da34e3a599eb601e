package app

import (
	"cmp"
	"math"
	"math/bits"
	"slices"
)

// SpreadBy splits total into parts in proportion to weights by the method of
// the largest remainder. Every part is a multiple of step, but for what total
// has beyond whole steps, which goes to the heaviest part. The parts add up to
// total, none is negative, and a heavier weight never gets less than a lighter
// one. Negative weights count as none; without any weight all count alike. A
// total below 0 is spread as 0, a step below 1 as 1.
func SpreadBy(total int64, weights []int64, step int64) []int64 {
	parts := make([]int64, len(weights))
	if len(weights) == 0 || total <= 0 {
		return parts
	}
	step = max(step, 1)
	shares, sum := shares(weights)
	steps := uint64(total / step)
	type left struct {
		at   int
		rest uint64
	}
	var (
		given     uint64
		remainder = make([]left, len(parts))
		heaviest  int
	)
	for i, w := range shares {
		hi, lo := bits.Mul64(steps, w)
		whole, rest := bits.Div64(hi, lo, sum)
		parts[i] = int64(whole) * step
		given += whole
		remainder[i] = left{i, rest}
		if w > shares[heaviest] {
			heaviest = i
		}
	}
	slices.SortStableFunc(remainder, func(a, b left) int { return cmp.Compare(b.rest, a.rest) })
	for i := range steps - given {
		parts[remainder[i].at] += step
	}
	parts[heaviest] += total % step
	return parts
}

// shares makes weights that can be multiplied: none negative, not all 0, with
// a sum that a word holds.
func shares(weights []int64) (out []uint64, sum uint64) {
	out = make([]uint64, len(weights))
	for shift := 0; ; shift++ {
		sum = 0
		fits := true
		for i, w := range weights {
			out[i] = uint64(max(w, 0)) >> shift
			next, carry := bits.Add64(sum, out[i], 0)
			sum, fits = next, fits && carry == 0
		}
		if fits {
			break
		}
	}
	if sum > 0 {
		return out, sum
	}
	for i := range out {
		out[i] = 1
	}
	return out, uint64(len(out))
}

// scaled is amount × part ÷ whole, rounded half up to a multiple of step.
// Nothing may be negative, whole and step not 0; what does not fit into an
// amount leaves it as it was.
func scaled(amount int64, part, whole, step uint64) int64 {
	hi, lo := bits.Mul64(uint64(amount), part)
	whole *= step
	if hi >= whole {
		return amount
	}
	n, rest := bits.Div64(hi, lo, whole)
	if rest >= whole-rest {
		n++
	}
	hi, out := bits.Mul64(n, step)
	if hi > 0 || out > math.MaxInt64 {
		return amount
	}
	return int64(out)
}
