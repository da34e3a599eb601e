package alignment

import (
	"context"
	"math"
	"slices"
	"testing"

	"pgregory.net/rapid"
)

// drawnCrowd are units of one weight around centres that hold too few of them,
// each with the nearest centre.
func drawnCrowd(t *rapid.T) (r *rules, of, centres []int32) {
	n, k := rapid.IntRange(4, 8).Draw(t, "units"), rapid.IntRange(2, 3).Draw(t, "territories")
	p := &Problem{Territories: k, Metric: Euclid, Capacity: math.Ceil(float64(n) / float64(k))}
	at := rapid.IntRange(0, 30)
	for range n {
		p.Units = append(p.Units, Unit{X: float64(at.Draw(t, "x")), Y: float64(at.Draw(t, "y")), Weights: []float64{1}, Current: Anywhere, Locked: Anywhere})
	}
	r = newRules(p)
	for t := range k {
		centres = append(centres, int32(t))
	}
	return r, spread(r, centres), centres
}

func lengthTo(r *rules, of, centres []int32) float64 {
	sum := 0.0
	for i, t := range of {
		sum += r.way(i, int(t), centres[t])
	}
	return sum
}

// TestEveningOutCostsLeast holds it against all divisions that keep the capacity.
func TestEveningOutCostsLeast(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		r, of, centres := drawnCrowd(t)
		least := math.Inf(1)
		all := make([]int32, r.n)
		var place func(i int)
		place = func(i int) {
			if i == r.n {
				if newState(r, all).excess == 0 {
					least = min(least, lengthTo(r, all, centres))
				}
				return
			}
			for to := range r.k {
				all[i] = int32(to)
				place(i + 1)
			}
		}
		place(0)
		levelled(context.Background(), r, of, centres)
		if got := lengthTo(r, of, centres); newState(r, of).excess > 0 || math.Abs(got-least) > 1e-9 {
			t.Fatalf("%v costs %g, the least is %g", of, got, least)
		}
	})
}

func TestEveningOutEndsWithItsContext(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		r, of, centres := drawnCrowd(t)
		ctx, cancel := context.WithCancel(context.Background())
		cancel()
		was := slices.Clone(of)
		if levelled(ctx, r, of, centres); !slices.Equal(was, of) {
			t.Fatalf("%v became %v after the end", was, of)
		}
	})
}
