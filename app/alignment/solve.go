package alignment

import (
	"context"
	"math"
	"math/rand/v2"
	"slices"
	"sync"
	"time"
)

// Options say how hard to look.
type Options struct {
	Seed    uint64
	Workers int                  // that look at once; 0 is one
	Elapsed func() time.Duration // since the call; nil goes by the number of moves, and gives the same for the same seed
	Limit   time.Duration        // with Elapsed: when to stop
	Runs    int                  // without Elapsed: how often to begin anew; 0 is 6
	Better  func(*Solution)      // hears of each better division, one at a time

	Unproven bool // without Elapsed: no proof is looked for beyond what the search gives
}

// Solve finds a division. It returns once it is proven that there is no better
// one, the limit is reached or ctx ends, with the best found by then: Cancel is
// no error. The error is Invalid for a problem that makes no sense.
//
// Units that have no way along neighbours to the others are first joined with
// the nearest unit that has, as an island is with the coast.
func Solve(ctx context.Context, p *Problem, opt Options) (*Solution, error) {
	if err := p.Check(); err != nil {
		return nil, err
	}
	r := newRules(p)
	if r.n <= exactMost {
		if of, ok := solveExactly(r); ok {
			return r.proved(r.settled(of), Optimal), nil
		}
		if opt.Elapsed != nil { // nothing keeps the rules: what breaks them least is soon found
			opt.Limit = min(opt.Limit, opt.Elapsed()+time.Second)
		}
	}
	s := &solver{rules: r, opt: opt, pool: pools(r)}
	s.record.excess = math.Inf(1)
	return s.solve(ctx), nil
}

// end is when everything stops, a little before the limit: putting the answer
// together, and whoever asked, take time as well.
func (o Options) end() time.Duration { return o.Limit - min(o.Limit/10, time.Second) }

// timed is a context that ends by the clock of a call as well. It tells by Err
// alone, which is what everything here asks.
type timed struct {
	context.Context //nolint:containedctx // it is one
	elapsed         func() time.Duration
	end             time.Duration
}

func (o Options) timed(ctx context.Context) context.Context {
	if o.Elapsed == nil {
		return ctx
	}
	return timed{ctx, o.Elapsed, o.end()}
}

func (t timed) Err() error {
	if err := t.Context.Err(); err != nil {
		return err
	}
	if t.elapsed() >= t.end {
		return context.DeadlineExceeded
	}
	return nil
}

// solver is one call of Solve.
type solver struct {
	*rules
	opt  Options
	pool [][]int32

	mu      sync.Mutex
	record  best
	bound   float64
	centres []int32 // that the bound would choose
}

func (s *solver) solve(ctx context.Context) *Solution {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	ctx = s.opt.timed(ctx)
	if of := today(s.rules); of != nil {
		s.hear(judged(s.rules, of))
	}
	s.hear(judged(s.rules, start(ctx, s.rules, s.rng(0))))
	var all sync.WaitGroup
	switch {
	case s.n <= setMost && s.opt.Elapsed != nil:
		all.Go(func() { s.prove(ctx, cancel) })
	case s.n > setMost && s.n <= boundMost:
		all.Go(func() {
			newBound(s.rules).run(ctx, s.upper, func(bound float64, centres []int32) {
				if s.proves(bound, centres) {
					cancel()
				}
			})
		})
	}
	var searches sync.WaitGroup
	for w := range max(1, s.opt.Workers) {
		searches.Go(func() { s.look(ctx, cancel, w) })
	}
	searches.Wait()
	if s.n <= setMost && s.opt.Elapsed == nil && !s.opt.Unproven {
		s.prove(ctx, cancel)
	}
	cancel()
	all.Wait()
	return s.answer()
}

// answer is the best division with what is proven of it.
func (s *solver) answer() *Solution {
	out := s.solution(s.settled(s.record.of))
	out.Proven = BestFound
	if s.bound > 0 {
		out.Bound, out.Proven = math.Min(s.bound, out.Cost), Bounded
		if out.Balanced && out.Contiguous && s.bound >= out.Cost-1e-6*math.Max(1, out.Cost*1e-3) {
			out.Proven = Optimal
		}
	}
	return out
}

// settled is a division with its territories named as today's, where changes
// cost nothing and so were not heeded.
func (r *rules) settled(of []int32) []int32 {
	if slices.ContainsFunc(r.leave, positive) {
		return of
	}
	return r.asToday(of, slices.Repeat([]float64{1}, r.n))
}

func (s *solver) rng(run int) *rand.Rand { return rand.New(rand.NewPCG(s.opt.Seed, uint64(run))) } //nolint:gosec // the same seed shall give the same division

// judged counts a division.
func judged(r *rules, of []int32) best {
	st := newState(r, of)
	st.fill()
	return best{st.of, st.cost(), st.excess + apart*float64(st.pieces())}
}

// hear takes a better division over.
func (s *solver) hear(b best) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if b.of == nil || s.record.of != nil && !b.betterThan(s.record) {
		return
	}
	s.record = best{slices.Clone(b.of), b.cost, b.excess}
	if s.opt.Better != nil {
		s.opt.Better(s.solution(s.record.of))
	}
}

// upper is the cost of the best division that keeps the rules.
func (s *solver) upper() float64 {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.record.of == nil || s.record.excess > 0 {
		return math.Inf(1)
	}
	return s.record.cost
}

// proves takes a better bound over and reports whether it meets the record.
func (s *solver) proves(bound float64, centres []int32) bool {
	top := s.upper()
	s.mu.Lock()
	defer s.mu.Unlock()
	s.bound = max(s.bound, bound)
	s.centres = slices.Clone(centres)
	return bound >= top-1e-9
}

// prove looks for a proof.
func (s *solver) prove(ctx context.Context, cancel func()) {
	efforts := 1
	if s.opt.Elapsed != nil {
		efforts = proofEfforts
	}
	done := newProver(s.rules).run(ctx, efforts, ears{
		upper: s.upper,
		bound: func(bound float64, centres []int32) {
			if s.proves(bound, centres) {
				cancel()
			}
		},
		found: func(of []int32) { s.hear(judged(s.rules, of)) },
	})
	if !done || math.IsInf(s.upper(), 1) {
		return
	}
	s.mu.Lock()
	s.bound = s.record.cost
	s.mu.Unlock()
	cancel()
}

// look searches from one beginning after the other, each time over everything and
// then, where that is of use, through regions of what it found.
func (s *solver) look(ctx context.Context, cancel func(), worker int) {
	every := 1
	if s.opt.Elapsed != nil && s.k > regionLeast && s.n <= regionLoad*s.k {
		every = regionRounds
	}
	var own best
	for run := 0; ctx.Err() == nil; run++ {
		p, ok := s.paceOf(run, every)
		if !ok {
			return
		}
		rng := s.rng(1 + worker + run*max(1, s.opt.Workers))
		if run%every == 0 {
			turn := run + worker
			if every > 1 { // regions do the rest: short searches from the best, from the bound's centres, anew
				turn, p.budget = regionTurns[(run/every+worker)%len(regionTurns)], max(p.budget/2, time.Millisecond)
			}
			of, heat := s.beginning(ctx, turn, rng)
			st := newState(s.rules, of)
			st.fill()
			look := &search{state: st, rng: rng, pool: s.pool, told: s.hear}
			look.run(ctx, p, heat)
			own = look.best
		} else {
			own = s.regions(ctx, p, rng, own)
		}
		s.mu.Lock()
		done := s.record.excess == 0 && s.bound >= s.record.cost-1e-9
		s.mu.Unlock()
		if done {
			cancel()
		}
	}
}

// beginning chooses where a run begins: at the best division so far, warmed a
// little or more, at the centres that the bound chose, or anew.
func (s *solver) beginning(ctx context.Context, run int, rng *rand.Rand) (of []int32, heat float64) {
	s.mu.Lock()
	record, centres := slices.Clone(s.record.of), slices.Clone(s.centres)
	s.mu.Unlock()
	switch {
	case run == 0:
		return record, 1
	case run%4 == 1:
		return record, 0.25
	case run%4 == 2 && len(centres) == s.k && s.near == nil:
		return evened(ctx, s.rules, centres), 0.6
	case run%4 == 3:
		return record, 1
	}
	return start(ctx, s.rules, rng), 1
}

// polishing is what making all moves for the better takes in the end, for a unit.
const polishing = 40 * time.Microsecond

// paceOf is how long a run may take; ok is false where there is no time for it.
func (s *solver) paceOf(run, every int) (p pace, ok bool) {
	if s.opt.Elapsed == nil {
		runs := s.opt.Runs
		if runs == 0 {
			runs = 6
		}
		return pace{moves: 2000*s.n + 20_000}, run < runs
	}
	now := s.opt.Elapsed()
	left := s.opt.end() - now - time.Duration(s.n)*polishing
	if left <= 0 {
		return p, false
	}
	want := time.Duration(s.n*s.n) * 40 * time.Microsecond << min(run/6, 4)
	want = max(want/time.Duration(every), 60*time.Millisecond) // many beginnings rather than long ones where regions do the rest
	if want > left*45/100 {
		want = left * 45 / 100
	}
	if left < s.opt.Limit/20 {
		want = left
	}
	return pace{elapsed: s.opt.Elapsed, from: now, budget: max(want, time.Millisecond)}, true
}

// solution describes a division.
func (r *rules) solution(of []int32) *Solution {
	st := newState(r, of)
	out := &Solution{
		Of: make([]int, r.n), Centres: make([]int, r.k), Distances: slices.Clone(st.length), Loads: r.loads(of),
		Objective: st.total, Cost: st.cost(), Balanced: st.excess == 0, Contiguous: st.pieces() == 0,
	}
	for i, t := range of {
		out.Of[i] = int(t)
		if c := r.Units[i].Current; c != Anywhere && c != int(t) {
			out.Changed++
		}
	}
	for t, c := range st.centre {
		out.Centres[t] = int(c)
		if len(st.members[t]) == 0 {
			out.Centres[t] = -1
		}
	}
	return out
}

// proved describes a division of which no more is known than whether it is
// optimal.
func (r *rules) proved(of []int32, proof Proof) *Solution {
	out := r.solution(of)
	if out.Proven = proof; proof == Optimal {
		out.Bound = out.Cost
	}
	return out
}

// loads are what territories have of each measure.
func (r *rules) loads(of []int32) [][]float64 {
	out := make([][]float64, r.k)
	for t := range out {
		out[t] = make([]float64, len(r.Units[0].Weights))
		if r.Base != nil {
			copy(out[t], r.Base[t])
		}
	}
	for i, t := range of {
		for m, w := range r.Units[i].Weights {
			out[t][m] += w
		}
	}
	return out
}
