package alignment

import (
	"context"
	"math/rand/v2"
	"slices"

	"fieldbook/data"
)

// HeadsOptions say which numbers of territories are tried.
type HeadsOptions struct {
	From, To int     // both are tried
	Measure  int     // what a head has a capacity of, such as hours: its place in Weights
	Capacity float64 // of one head; 0 is none
	Seed     uint64
	Moves    int                 // of the search for one number; 0 goes by the number of units
	Progress func(done, all int) // hears of each number that was tried
}

// Headcount is a division into some number of territories.
type Headcount struct {
	Territories int
	Solution    *Solution
	Imbalance   float64 // how far the farthest territory is from its target, as a part of it: of the mix, else of the worst measure
	Travel      float64 // the objective
	Over        int     // territories over the capacity
}

// Heads divides the units anew into each number of territories, and recommends
// the least number with which all are within the capacity: 0 where none of them
// is, or where there is no capacity. When ctx ends, what was found by then is
// returned.
func Heads(ctx context.Context, p *Problem, opt HeadsOptions) (tried []Headcount, recommended int, err error) {
	if err := p.Check(); err != nil {
		return nil, 0, err
	}
	if err := opt.check(p); err != nil {
		return nil, 0, err
	}
	dist := newDistances(p)
	p = p.bridged(dist)
	for k := opt.From; k <= opt.To && (len(tried) == 0 || ctx.Err() == nil); k++ {
		h := headcount(ctx, p.anew(k, opt), dist, opt)
		tried = append(tried, h)
		if recommended == 0 && opt.Capacity > 0 && h.Over == 0 {
			recommended = k
		}
		if opt.Progress != nil {
			opt.Progress(len(tried), opt.To-opt.From+1)
		}
	}
	return tried, recommended, nil
}

func (opt HeadsOptions) check(p *Problem) error {
	if opt.From < 1 || opt.To < opt.From || opt.To > len(p.Units) {
		return data.FieldErrorf("territories", "from %d to %d territories cannot be made of %d points", opt.From, opt.To, len(p.Units))
	}
	if opt.Capacity < 0 || opt.Measure < 0 || opt.Capacity > 0 && opt.Measure >= len(p.Units[0].Weights) {
		return data.FieldErrorf("capacity", "a capacity needs a measure that it is of")
	}
	return nil
}

// anew is the problem with another number of territories, none of which is
// anybody's yet: what is held already is spread evenly, and the measure that the
// capacity is of stands first.
func (p *Problem) anew(k int, opt HeadsOptions) *Problem {
	out := *p
	out.Territories, out.Base, out.Homes, out.Share, out.AsToday, out.Change = k, nil, nil, nil, false, 0
	first := func(list []float64) []float64 {
		list = slices.Clone(list)
		if opt.Capacity > 0 && len(list) > 0 {
			list[0], list[opt.Measure] = list[opt.Measure], list[0]
		}
		return list
	}
	if opt.Capacity > 0 {
		out.Capacity = opt.Capacity
	}
	out.Tolerances, out.Mix = first(p.Tolerances), first(p.Mix)
	out.Units = slices.Clone(p.Units)
	for i := range out.Units {
		u := &out.Units[i]
		u.Weights, u.Current, u.Locked, u.Change = first(u.Weights), Anywhere, Anywhere, 0
	}
	if len(p.Base) > 0 {
		even := make([]float64, len(p.Units[0].Weights))
		for _, load := range p.Base {
			for m, v := range load {
				even[m] += v / float64(k)
			}
		}
		out.Base = slices.Repeat([][]float64{first(even)}, k)
	}
	return &out
}

func headcount(ctx context.Context, p *Problem, dist *distances, opt HeadsOptions) Headcount {
	r := newRulesOver(p, dist)
	rng := rand.New(rand.NewPCG(opt.Seed, uint64(r.k))) //nolint:gosec // the same seed shall give the same division
	of, proof := r.quickly(ctx, nil, quick{rng: rng, pool: pools(r), moves: opt.Moves})
	s := r.proved(of, proof)
	h := Headcount{Territories: r.k, Solution: s, Imbalance: r.imbalance(newState(r, of).load), Travel: s.Objective}
	for _, load := range s.Loads {
		if opt.Capacity > 0 {
			if load[0] > opt.Capacity*(1+rounding) {
				h.Over++
			}
			load[0], load[opt.Measure] = load[opt.Measure], load[0]
		}
	}
	return h
}

// quick says how a plan of many is looked for.
type quick struct {
	rng   *rand.Rand
	pool  [][]int32
	moves int // 0 goes by the number of units
}

// quickExact is for how many units a plan of many is found by going through all
// divisions.
const quickExact = 13

// quickRuns is how often it is tried where no division is found that keeps the
// rules; else twice.
const quickRuns = 4

// quickly finds a good division in a moment, from the best of some, or from new
// beginnings where there are none.
func (r *rules) quickly(ctx context.Context, from [][]int32, q quick) ([]int32, Proof) {
	if r.n <= quickExact && ctx.Err() == nil {
		if of, ok := solveExactly(r); ok {
			return of, Optimal
		}
	}
	first, found := r.bestOf(from), best{}
	if q.moves == 0 {
		q.moves = min(20_000+2000*r.n, 400_000)
	}
	for run, heat := 0, 1.0; run < 2 || run < quickRuns && found.excess > 0; run, heat = run+1, 0.5 {
		switch {
		case first.of == nil || run > 0 && found.excess > 0:
			first = judged(r, start(ctx, r, q.rng))
		case run > 0:
			first = found
		}
		s := &search{state: newState(r, first.of), rng: q.rng, pool: q.pool}
		s.run(ctx, pace{moves: q.moves}, heat)
		if s.best.betterThan(found) {
			found = s.best
		}
	}
	return found.of, BestFound
}

// bestOf is the best of some divisions and today's; without units where there is
// none.
func (r *rules) bestOf(list [][]int32) (out best) {
	if of := today(r); of != nil {
		list = append(slices.Clone(list), of)
	}
	for _, of := range list {
		if b := judged(r, of); b.betterThan(out) {
			out = b
		}
	}
	return out
}
