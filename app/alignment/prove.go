package alignment

import (
	"cmp"
	"context"
	"math"
	"slices"
)

// prover solves a problem of not too many units for certain. Lagrangian
// relaxation prices the units (see bound) with each territory's own costs and
// limits; what lies within the gap between bound and record is then gone
// through: all territories that can be part of anything better, and all ways to
// put them together (Baldacci, Hadjiconstantinou, Maniezzo and Mingozzi,
// Computers & Operations Research 29, 2002).
type prover struct {
	*rules
	*pricer
	kinds  []int // territories that differ; one that stands for all where none does
	price  []float64
	closed [][]bool // of a kind and a centre, the home or none: whether it can be in nothing better
	deep   bool     // prices are of whole units, not of parted ones
	effort int
	left   int     // sets that may still be gone through for prices
	best   float64 // bound
}

// choice is what centres cost at some prices.
type choice struct {
	value [][]float64 // of a kind and a centre, the home or none
	row   []float64   // what a kind costs, at least
	at    []float64   // and a centre on top of it: never more than 0
	taken []int       // of a kind: its centre; of all alike: their centres
	total float64
}

// Work that is put into proofs, more of it the greater the effort.
const (
	proofParted  = 300       // rounds with parted units
	proofWhole   = 60        // rounds with whole ones
	proofPrice   = 3000      // sets gone through for one price
	proofPrices  = 1_000_000 // and for all of them
	proofSets    = 150_000   // territories to be put together
	proofNodes   = 1_000_000 // steps of gathering them, and of putting them together
	proofGaps    = 12        // gaps asked for where there is no record, each three times the one before
	proofEfforts = 5         // where there is time
)

func newProver(r *rules) *prover {
	p := &prover{rules: r, pricer: newPricer(r), kinds: []int{0}, price: r.firstPrices(), best: math.Inf(-1)}
	if r.telling() || slices.ContainsFunc(r.Units, func(u Unit) bool { return u.Locked != Anywhere }) {
		p.kinds = nil
		for t := range r.k {
			p.kinds = append(p.kinds, t)
		}
	}
	for range p.kinds {
		p.closed = append(p.closed, make([]bool, r.n+1))
	}
	return p
}

// ears are who hears of what a proof finds on its way.
type ears struct {
	upper func() float64                       // the cost of the record
	bound func(bound float64, centres []int32) // each better bound, with the centres that it chose
	found func(of []int32)                     // a division that is better than the record
}

// run looks for a proof. It reports whether there is nothing better than the
// record, or than what it found.
func (p *prover) run(ctx context.Context, efforts int, e ears) bool {
	p.stopped = func() bool { return ctx.Err() != nil }
	if p.adapt(ctx, proofParted, e) {
		return true
	}
	p.deep = true
	for p.effort = 0; p.effort < efforts && ctx.Err() == nil; p.effort++ {
		if p.adapt(ctx, proofWhole<<p.effort, e) || ctx.Err() == nil && p.enumerate(ctx, e) {
			return true
		}
	}
	return false
}

// enumerate goes through what is left between bound and record.
func (p *prover) enumerate(ctx context.Context, e ears) bool {
	if top := e.upper(); !math.IsInf(top, 1) {
		return p.gather(ctx, top, e.found)
	}
	// Nothing is known to keep the rules: it is asked for little by little.
	for n, gap := 0, 1+0.02*math.Abs(p.best); n < proofGaps && math.IsInf(e.upper(), 1); n, gap = n+1, 3*gap {
		if !p.gather(ctx, p.best+gap, e.found) {
			return false
		}
	}
	return !math.IsInf(e.upper(), 1)
}

// gain is what something better than the record must be better by.
func (p *prover) gain() float64 {
	if p.whole > 0 {
		return 1 - 1e-6
	}
	return 1e-9
}

// adapt moves the prices for some rounds; it reports whether the bound meets the
// record.
func (p *prover) adapt(ctx context.Context, rounds int, e ears) bool {
	scale, stuck := 1.5, 0
	if p.effort > 0 {
		scale = 0.5
	}
	kept := slices.Clone(p.price)
	p.left = proofPrices << (2 * p.effort)
	for range rounds {
		if ctx.Err() != nil || scale < 2e-3 || p.left <= 0 {
			break
		}
		slack := make([]float64, p.n)
		l, ok := p.evaluate(slack)
		top := e.upper()
		if !ok {
			return ctx.Err() == nil // no centre is left
		}
		if l.total > p.best+1e-9*math.Abs(l.total) {
			if l.total > p.best+1e-4*math.Abs(l.total) {
				stuck = 0
			}
			p.best = l.total
			copy(kept, p.price)
			e.bound(math.Max(0, math.Min(p.proven(), top)), p.centresOf(l)) // centres that were given up may cost as little as the record
		}
		if l.total > top-p.gain() {
			return true
		}
		p.close(l, top)
		if stuck++; stuck > 12 {
			scale, stuck = scale/2, 0
			copy(p.price, kept)
			continue
		}
		if math.IsInf(top, 1) {
			top = l.total + 0.2*math.Abs(l.total) + 1
		}
		norm := 0.0
		for _, g := range slack {
			norm += g * g
		}
		if norm < 1e-12 {
			break
		}
		step := scale * math.Max(top-l.total, 1e-6*math.Abs(top)) / norm
		for i, g := range slack {
			p.price[i] += step * g
		}
	}
	copy(p.price, kept)
	return false
}

func (p *prover) proven() float64 {
	if p.whole > 0 {
		return math.Ceil(p.best - 1e-6)
	}
	return p.best - 1e-11*math.Abs(p.best)
}

// centresOf are the centres of a choice, one a territory, -1 at a home; nil where
// some have none.
func (p *prover) centresOf(l choice) []int32 {
	out := make([]int32, p.k)
	for t, j := range l.taken {
		switch {
		case j < p.n:
			out[t] = int32(j)
		case p.atHome(t):
			out[t] = -1
		default:
			return nil
		}
	}
	return out
}

// evaluate prices every kind and centre, and chooses those that cost least
// together: slack is by how much each unit is served too little. ok is false
// where too few centres are left.
func (p *prover) evaluate(slack []float64) (l choice, ok bool) {
	served := make([][][]float64, len(p.kinds)) // of a kind, a centre: what of each unit
	for n, t := range p.kinds {
		if p.stopped() {
			return l, false
		}
		served[n] = make([][]float64, p.n+1)
		l.value = append(l.value, make([]float64, p.n+1))
		for j := range p.n + 1 {
			l.value[n][j] = math.Inf(1)
			if !p.closed[n][j] && p.atHome(t) == (j == p.n) || j == p.n && p.hollow[t] {
				served[n][j] = make([]float64, p.n)
				l.value[n][j] = p.least(t, j, served[n][j])
			}
		}
	}
	if !p.choose(&l) {
		return l, false
	}
	for i, v := range p.price {
		l.total += v
		slack[i] = 1
	}
	for n, j := range l.taken {
		if len(p.kinds) == 1 {
			n = 0
		}
		for i, v := range served[n][j] {
			slack[i] -= v
		}
	}
	return l, true
}

// least is below what a territory around a centre costs less the prices of its
// units, with what it serves.
func (p *prover) least(t, j int, served []float64) float64 {
	value := math.Inf(1)
	if j < p.n || p.atHome(t) {
		centre := j
		if j == p.n {
			centre = -1
		}
		if p.begin(t, centre, p.price) {
			p.under = math.Inf(1)
			value = p.bound(func(i int32, of float64) { served[i] = of })
			for _, i := range p.in.units() {
				served[i] = 1
			}
			if p.deep && !math.IsInf(value, 1) {
				value = p.wholly(value, served)
			}
		}
	}
	if j == p.n && p.hollow[t] && value > 0 && p.excess(t, p.base[t]) == 0 {
		clear(served)
		return 0 // it stays without units
	}
	return value
}

// wholly is least without parting units, if that is not too much work.
func (p *prover) wholly(parted float64, served []float64) float64 {
	var best set
	p.leastOnly, p.tell = true, func(in set, _ float64) { best = in }
	if p.left <= 0 {
		return parted
	}
	some := min(p.left, proofPrice<<p.effort)
	all := p.through(some)
	if p.left -= some - p.nodes; !all {
		return parted
	}
	if !math.IsInf(p.under, 1) {
		clear(served)
		for _, i := range best.units() {
			served[i] = 1
		}
	}
	return p.under
}

// choose finds the centres that cost least together, and adds what they cost.
func (p *prover) choose(l *choice) bool {
	if len(p.kinds) == 1 && p.k > 1 {
		return p.chooseAlike(l)
	}
	cost := make([][]float64, p.k)
	for t := range cost {
		cost[t] = slices.Clone(l.value[t][:p.n])
		for u := range p.k {
			if u == t {
				cost[t] = append(cost[t], l.value[t][p.n])
			} else {
				cost[t] = append(cost[t], math.Inf(1))
			}
		}
	}
	taken, row, at := matching(cost)
	if taken == nil {
		return false
	}
	l.row, l.at = row, append(slices.Clone(at[:p.n]), 0)
	for t, j := range taken {
		if l.total += cost[t][j]; j >= p.n {
			// A column that is one territory's own takes nothing from the others.
			l.row[t], j = l.row[t]+at[j], p.n
		}
		l.taken = append(l.taken, j)
	}
	return true
}

func (p *prover) chooseAlike(l *choice) bool {
	order := make([]int, p.n)
	for j := range order {
		order[j] = j
	}
	value := l.value[0]
	slices.SortFunc(order, func(a, b int) int { return cmp.Or(cmp.Compare(value[a], value[b]), cmp.Compare(a, b)) })
	last := value[order[p.k-1]]
	if math.IsInf(last, 1) {
		return false
	}
	l.taken, l.row, l.at = order[:p.k], []float64{last}, make([]float64, p.n+1)
	for _, j := range l.taken {
		l.total += value[j]
		l.at[j] = value[j] - last
	}
	return true
}

// close gives up centres that cannot be in anything better than the record.
func (p *prover) close(l choice, top float64) {
	for n := range p.kinds {
		for j, v := range l.value[n] {
			if j < p.n && l.total+v-l.row[n]-l.at[j] > top-p.gain() {
				p.closed[n][j] = true
			}
		}
	}
}
