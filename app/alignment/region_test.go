package alignment

import (
	"context"
	"math"
	"math/rand/v2"
	"slices"
	"sync/atomic"
	"testing"
	"time"

	"pgregory.net/rapid"
)

// TestARegionCountsAsTheWhole: what a change within some territories costs, and
// by how much it breaks the rules, is the same in the problem of those alone.
func TestARegionCountsAsTheWhole(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := drawnPlan(t, 12)
		r := newRules(p)
		of := make([]int32, r.n)
		for i := range of {
			of[i] = int32(rapid.IntRange(0, r.k-1).Draw(t, "of"))
		}
		st := newState(r, of)
		ts := st.region(rand.New(rand.NewPCG(1, rapid.Uint64().Draw(t, "seed"))))
		sub, units := r.part(st, ts)
		was, is := make([]int32, len(units)), make([]int32, len(units))
		whole := slices.Clone(of)
		for n, i := range units {
			was[n], is[n] = int32(slices.Index(ts, int(of[i]))), int32(rapid.IntRange(0, len(ts)-1).Draw(t, "to"))
			whole[i] = int32(ts[is[n]])
		}
		a, b := newState(sub, was), newState(sub, is)
		c, d := newState(r, of), newState(r, whole)
		if x, y := b.cost()-a.cost(), d.cost()-c.cost(); math.Abs(x-y) > 1e-6 {
			t.Fatalf("the change costs %g in the region %v and %g in the whole", x, ts, y)
		}
		if x, y := b.excess-a.excess, d.excess-c.excess; math.Abs(x-y) > 1e-6 {
			t.Fatalf("the excess changes by %g in the region %v and by %g in the whole", x, ts, y)
		}
		if x, y := b.pieces()-a.pieces(), d.pieces()-c.pieces(); x != y {
			t.Fatalf("the region %v falls into %d pieces more, the whole into %d", ts, x, y)
		}
	})
}

// TestASearchThroughRegions: what it finds keeps the rules and lies near what no
// division can be below.
func TestASearchThroughRegions(t *testing.T) {
	rng := rand.New(rand.NewPCG(3, 4))
	p := &Problem{Territories: 18, Metric: Euclid}
	total := 0.0
	for range 180 {
		w := float64(1 + rng.IntN(20))
		total += w
		p.Units = append(p.Units, Unit{X: 100 * rng.Float64(), Y: 100 * rng.Float64(), Weights: []float64{w}, Current: Anywhere, Locked: Anywhere})
	}
	p.Capacity = math.Ceil(total / float64(p.Territories) / 0.93)
	var clock atomic.Int64
	elapsed := func() time.Duration { return time.Duration(clock.Add(1)) * 20 * time.Microsecond }
	s, err := Solve(context.Background(), p, Options{Seed: 1, Elapsed: elapsed, Limit: 1500 * time.Millisecond})
	if err != nil || !s.Balanced {
		t.Fatalf("%+v %v", s, err)
	}
	keeps(t, p, s)
	if s.Objective < s.Bound {
		t.Errorf("%g is below the bound %g", s.Objective, s.Bound)
	}
	if s.Gap() > 0.02 {
		t.Errorf("%g is %.1f %% above the bound", s.Objective, 100*s.Gap())
	}
}
