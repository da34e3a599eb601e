package alignment

import (
	"context"
	"math"
	"math/rand/v2"
	"testing"

	"pgregory.net/rapid"
)

// TestProofsAreTrue gives the proof a record that is too high: it must find the
// best, and never believe that there is less.
func TestProofsAreTrue(t *testing.T) {
	ended, cases := 0, 0
	rapid.Check(t, func(r *rapid.T) {
		p := rapid.SampledFrom([]func(*rapid.T, int) *Problem{drawnProblem, drawnPlan}).Draw(r, "kind")(r, 10)
		rules := newRules(p)
		of, ok := solveExactly(rules)
		if !ok {
			return
		}
		best := rules.solution(of).Cost
		top := best + rapid.SampledFrom([]float64{0, 1, 10}).Draw(r, "too high")
		record := top
		cases++
		done := newProver(rules).run(context.Background(), 3, ears{
			upper: func() float64 { return record },
			bound: func(bound float64, _ []int32) {
				if bound > best+1e-6 {
					r.Fatalf("the bound %g is above the best %g of %+v", bound, best, p)
				}
			},
			found: func(of []int32) {
				if b := judged(rules, of); b.excess == 0 {
					record = b.cost
				}
			},
		})
		if done {
			ended++
		}
		if done && math.Abs(record-best) > 1e-6 {
			r.Fatalf("proven is %g, the best is %g of %+v", record, best, p)
		}
	})
	if ended < cases {
		t.Errorf("%d of %d came to an end", ended, cases)
	}
}

// TestBoundIsTrue is of the bound that is worked out for many units.
func TestBoundIsTrue(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		p := rapid.SampledFrom([]func(*rapid.T, int) *Problem{drawnProblem, drawnPlan}).Draw(r, "kind")(r, 9)
		rules := newRules(p)
		of, ok := solveExactly(rules)
		if !ok {
			return
		}
		best := rules.solution(of).Cost
		newBound(rules).run(context.Background(), func() float64 { return best }, func(bound float64, _ []int32) {
			if bound > best+1e-6 {
				r.Fatalf("the bound %g is above the best %g of %+v", bound, best, p)
			}
		})
	})
}

// TestPatchIsProven holds the search in a hurry to what is proven of more units
// than can be gone through.
func TestPatchIsProven(t *testing.T) {
	p := patch()
	p.Tolerance = 0.2
	s := solved(t, p, Options{Seed: 1, Runs: 2})
	if cost, ok := worth(p, s.Of); s.Proven != Optimal || !ok || math.Abs(cost-s.Cost) > 1e-6 {
		t.Errorf("by hand %g, %t: %+v", cost, ok, s)
	}
	r := newRules(p)
	of, _ := r.quickly(context.Background(), nil, quick{rng: rand.New(rand.NewPCG(1, 1)), pool: pools(r)})
	if b := judged(r, of); b.excess > 0 || b.cost > 1.01*s.Cost {
		t.Errorf("in a hurry it costs %g, the best %g", b.cost, s.Cost)
	}
}
