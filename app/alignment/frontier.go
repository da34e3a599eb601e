package alignment

import (
	"cmp"
	"context"
	"math"
	"math/rand/v2"
	"slices"
)

// FrontierOptions say which plans are looked for and how hard.
type FrontierOptions struct {
	Seed       uint64
	Tolerances []float64           // each in place of the problem's Tolerance; nil is a usual range with today's imbalance
	Changes    []float64           // what a usual change costs, in a unit's mean distances; nil is a usual range from none to many
	Moves      int                 // of the search for one plan; 0 goes by the number of units
	Passes     int                 // how often all goals are gone through at most; from the second time on each begins with the best that is there, and a pass that betters nothing is the last. 0 is once
	Progress   func(done, all int) // hears of each plan that was looked for
	Found      func([]Option)      // hears of what is there after the first goal, again whenever there are twice as many, and after each pass
}

// Option is one plan of a frontier.
type Option struct {
	Solution  *Solution // its cost, proof and balance are for the tolerance and the cost of change that it was found with
	Imbalance float64   // how far the farthest territory is from its target, as a part of it: of the mix, else of the worst measure
	Uneven    float64   // how far territories are from their targets on the whole: the root of the mean square, as a part. It goes on telling plans apart where one piece that is too large for any territory fixes the largest deviation
	Travel    float64   // the objective
	Moved     float64   // units that leave their territory of today, or the sum of their Change where any has one
	Today     bool      // the division as it stands
}

// Frontier finds plans none of which is better than another in balance, travel
// and disruption at once. Today's division comes first where every unit is in
// one, whatever rules it breaks; the others keep all rules but the balance and
// are ordered by what they move. The same problem and options give the same
// plans. When ctx ends, what was found by then is returned: Cancel is no error.
//
// A tolerance that is looked for stands for the problem's Tolerance. Where the
// problem has Tolerances and no Mix, these are scaled so that it is the largest.
func Frontier(ctx context.Context, p *Problem, opt FrontierOptions) ([]Option, error) {
	if err := p.Check(); err != nil {
		return nil, err
	}
	f := newFrontier(ctx, p, opt)
	f.aims = f.goals()
	var out []Option
	for pass := range max(1, opt.Passes) {
		if !f.pass(ctx, pass) {
			return f.options(), nil
		}
		was := out
		out = f.options()
		f.prune(out)
		if opt.Found != nil {
			opt.Found(out)
		}
		if slices.EqualFunc(was, out, Option.equals) {
			break
		}
	}
	return out, nil
}

// pass goes through all goals; false where ctx ended before that.
func (f *frontier) pass(ctx context.Context, pass int) bool {
	for n, g := range f.aims {
		f.seek(ctx, g, n, pass)
		if ctx.Err() != nil {
			return false
		}
		if f.opt.Progress != nil {
			f.opt.Progress(pass*len(f.aims)+n+1, max(1, f.opt.Passes)*len(f.aims))
		}
		if f.opt.Found != nil && pass == 0 && n+1 < len(f.aims) && n&(n+1) == 0 {
			f.opt.Found(f.options())
		}
	}
	return true
}

// Choose says which option fits best where so much weight lies on balance, on
// travel and on disruption, each measured within the range that the options
// have; -1 where there is none.
func Choose(options []Option, balance, travel, disruption float64) int {
	score := make([]float64, len(options))
	add := func(weight float64, of func(Option) float64) {
		low, high := math.Inf(1), math.Inf(-1)
		for _, o := range options {
			low, high = min(low, of(o)), max(high, of(o))
		}
		for n, o := range options {
			if high > low {
				score[n] += weight * (of(o) - low) / (high - low)
			}
		}
	}
	add(balance, func(o Option) float64 { return o.Uneven })
	add(travel, func(o Option) float64 { return o.Travel })
	add(disruption, func(o Option) float64 { return o.Moved })
	best := -1
	for n, v := range score {
		if best < 0 || v < score[best]-1e-12 {
			best = n
		}
	}
	return best
}

type frontier struct {
	opt   FrontierOptions
	rules *rules    // of the problem itself
	loose *rules    // without balance and cost of changes: what every plan must keep
	value []float64 // of a unit: how much it counts as moved
	pool  [][]int32
	today []int32 // nil where not every unit is in a territory
	unit  float64 // the cost of a usual change of one mean distance, for one of value
	aims  []goal
	found []finding // of each goal that was looked for
	older []finding // what they took the place of, as far as nothing beats it
}

// finding is a division that was found for a goal.
type finding struct {
	of    []int32
	rules *rules // of the goal
	proof Proof
}

// goal is a plan to look for.
type goal struct{ tolerance, change float64 }

// Usual goals, the most telling first.
var (
	usualTolerances = []float64{0.1, 0.03, 0.35, 0.05, 0.2}
	partsOfToday    = []float64{1, 0.5, 0.75}
	usualChanges    = []float64{0, 20, 1, 0.3, 3, 0.1}
)

func newFrontier(ctx context.Context, p *Problem, opt FrontierOptions) *frontier {
	f := &frontier{opt: opt, rules: newRules(p), value: slices.Repeat([]float64{1}, len(p.Units)), unit: 1}
	if slices.ContainsFunc(p.Units, func(u Unit) bool { return u.Change > 0 }) {
		f.value = f.rules.leave
	}
	f.pool = pools(f.rules)
	f.loose = f.toward(goal{})
	f.today = make([]int32, len(p.Units))
	for i, u := range p.Units {
		f.today[i] = int32(u.Current)
	}
	from := f.today
	if slices.Contains(from, Anywhere) {
		f.today, from = nil, start(ctx, f.loose, f.rng(0))
	}
	value, held := 0.0, 0.0
	for i, u := range p.Units {
		if u.Current != Anywhere {
			value, held = value+f.value[i], held+1
		}
	}
	if way := newState(f.loose, from).total / float64(len(p.Units)); value > 0 && way > 0 {
		f.unit = way * held / value
	}
	return f
}

func (f *frontier) rng(n int) *rand.Rand { return rand.New(rand.NewPCG(f.opt.Seed, uint64(n))) } //nolint:gosec // the same seed shall give the same plans

// goals are all plans to look for: those first that differ most from each other.
func (f *frontier) goals() (out []goal) {
	tolerances, changes := f.opt.Tolerances, f.opt.Changes
	if tolerances == nil {
		tolerances = usualTolerances
		if f.today != nil {
			tolerances = slices.Clone(tolerances)
			imbalance := f.rules.imbalance(newState(f.rules, f.today).load)
			for _, part := range partsOfToday {
				if v := imbalance * part; v > 0 && (part == 1 || v > slices.Max(usualTolerances)) {
					tolerances = append(tolerances, v)
				}
			}
		}
	}
	if f.rules.measures == 0 {
		tolerances = []float64{0}
	}
	if changes == nil {
		changes = usualChanges
	}
	if !slices.ContainsFunc(f.rules.Units, func(u Unit) bool { return u.Current != Anywhere }) {
		changes = []float64{0}
	}
	for n := range len(tolerances) + len(changes) - 1 {
		for c := range changes {
			if t := n - c; t >= 0 && t < len(tolerances) {
				out = append(out, goal{tolerances[t], changes[c]})
			}
		}
	}
	return out
}

// toward is the problem with a goal's tolerance and cost of change; 0 is none.
func (f *frontier) toward(g goal) *rules {
	p := *f.rules.Problem
	p.Tolerance, p.Change, p.Units = g.tolerance, 0, slices.Clone(p.Units)
	if len(p.Tolerances) > 0 && len(p.Mix) == 0 {
		p.Tolerances = slices.Clone(p.Tolerances)
		if most := slices.Max(p.Tolerances); most > 0 {
			for m := range p.Tolerances {
				p.Tolerances[m] *= g.tolerance / most
			}
		}
	}
	for i := range p.Units {
		p.Units[i].Change = g.change * f.unit * f.value[i]
	}
	return newRulesOver(&p, f.rules.dist)
}

// seek looks for one plan: from the best for it of all that were found before,
// and where changes cost nothing from a new beginning too. In a later pass it
// takes the place of the one found before.
func (f *frontier) seek(ctx context.Context, g goal, n, pass int) {
	r := f.toward(g)
	rng := f.rng(pass*len(f.aims) + n + 1)
	var from [][]int32
	for _, x := range f.found {
		from = append(from, x.of)
	}
	if g.change == 0 && len(from) > 0 {
		from = append(from, start(ctx, r, rng))
	}
	of, proof := r.quickly(ctx, from, quick{rng: rng, pool: f.pool, moves: f.opt.Moves})
	if g.change == 0 {
		of = r.asToday(of, f.value)
	}
	x := finding{of, r, proof}
	if pass > 0 {
		f.found[n], f.older = x, append(f.older, f.found[n])
		return
	}
	f.found = append(f.found, x)
}

// options are the plans that were found, without those that another one beats.
func (f *frontier) options() []Option {
	var out, rest []Option
	if f.today != nil {
		o := f.option(finding{f.today, f.rules, BestFound})
		o.Today = true
		out = append(out, o)
	}
	spare := best{excess: math.Inf(1)}
	var spared finding
	for _, x := range slices.Concat(f.found, f.older) {
		if !f.keeps(x.of) {
			if b := judged(f.loose, x.of); b.betterThan(spare) {
				spare, spared = b, x
			}
			continue
		}
		rest = append(rest, f.option(x))
	}
	if len(rest) == 0 && len(out) == 0 && spared.of != nil {
		return []Option{f.option(spared)}
	}
	bar := rest
	if len(out) > 0 && f.keeps(f.today) {
		bar = append(slices.Clone(out), rest...)
	}
	slices.SortStableFunc(rest, func(a, b Option) int {
		return cmp.Or(cmp.Compare(a.Moved, b.Moved), cmp.Compare(a.Uneven, b.Uneven), cmp.Compare(a.Travel, b.Travel))
	})
	for _, o := range rest {
		beaten := slices.ContainsFunc(bar, func(x Option) bool { return x.beats(o) })
		if !beaten && !slices.ContainsFunc(out, o.equals) {
			out = append(out, o)
		}
	}
	return out
}

// prune forgets older divisions that are none of the options.
func (f *frontier) prune(options []Option) {
	f.older = slices.DeleteFunc(f.older, func(x finding) bool {
		return !slices.ContainsFunc(options, func(o Option) bool {
			return slices.EqualFunc(x.of, o.Solution.Of, func(a int32, b int) bool { return int(a) == b })
		})
	})
}

// keeps reports whether a division keeps all rules but the balance.
func (f *frontier) keeps(of []int32) bool {
	for i, t := range of {
		if !f.loose.allowed(i, int(t)) {
			return false
		}
	}
	st := newState(f.loose, of)
	return st.excess == 0 && st.pieces() == 0
}

func (f *frontier) option(x finding) Option {
	o := Option{Solution: x.rules.proved(x.of, x.proof)}
	load := newState(f.rules, x.of).load
	o.Imbalance, o.Uneven, o.Travel = f.rules.imbalance(load), f.rules.uneven(load), o.Solution.Objective
	for i, u := range f.rules.Units {
		if u.Current != Anywhere && u.Current != int(x.of[i]) {
			o.Moved += f.value[i]
		}
	}
	return o
}

// rounding is what two figures may differ by and still be the same, in parts.
const rounding = 1e-9

func above(a, b float64) bool { return a > b+rounding*max(1, math.Abs(b)) }

// beats reports whether a plan is better than another in one thing and worse in
// none.
func (o Option) beats(x Option) bool {
	if above(o.Uneven, x.Uneven) || above(o.Travel, x.Travel) || above(o.Moved, x.Moved) {
		return false
	}
	return above(x.Uneven, o.Uneven) || above(x.Travel, o.Travel) || above(x.Moved, o.Moved)
}

// equals reports whether two plans are as good in all.
func (o Option) equals(x Option) bool {
	same := func(a, b float64) bool { return !above(a, b) && !above(b, a) }
	return same(o.Uneven, x.Uneven) && same(o.Travel, x.Travel) && same(o.Moved, x.Moved)
}
