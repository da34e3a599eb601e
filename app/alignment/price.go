package alignment

import (
	"cmp"
	"math"
	"slices"
)

// pricer looks for the territories around one centre, or one home, that cost
// least less the prices of their units: bounded by parting units, by going
// through all sets that the bound leaves.
type pricer struct {
	*rules
	rows            []int       // with limits
	atLeast, atMost [][]float64 // a territory, a row: the limits, with what the others' limits imply
	stopped         func() bool // asked now and then; nil is never
	beside          []set       // neighbours; nil where none are asked for

	t         int
	value     []float64 // of a unit: what it costs less its price
	order     [][]int32 // for each row: open units, the best value for weight first
	open, in  set
	cost      float64
	load      []float64 // for each row
	nodes     int       // that may still be gone through
	under     float64   // only sets below are of interest
	tell      func(in set, cost float64)
	leastOnly bool
}

func newPricer(r *rules) *pricer {
	p := &pricer{rules: r, value: make([]float64, r.n)}
	for m := range r.measures {
		for t := range r.k {
			if r.low[t][m] > 0 || !math.IsInf(r.high[t][m], 1) {
				p.rows = append(p.rows, m)
				break
			}
		}
	}
	p.tighten()
	p.order, p.load = make([][]int32, max(1, len(p.rows))), make([]float64, len(p.rows))
	if r.near != nil {
		p.beside = make([]set, r.n)
		for i, list := range r.near {
			for _, j := range list {
				p.beside[i] = p.beside[i].with(int(j))
			}
		}
	}
	return p
}

// tighten works out what the limits of all other territories leave for one.
func (p *pricer) tighten() {
	p.atLeast, p.atMost = make([][]float64, p.k), make([][]float64, p.k)
	for t := range p.k {
		p.atLeast[t], p.atMost[t] = slices.Clone(p.low[t]), slices.Clone(p.high[t])
	}
	for m := range p.measures {
		total := 0.0
		for _, w := range p.weight[m] {
			total += w
		}
		for t := range p.k {
			total += p.base[t][m]
		}
		for t := range p.k {
			least, most := total, total
			for u := range p.k {
				if u != t {
					least, most = least-p.high[u][m], most-max(0, p.low[u][m])
				}
			}
			p.atLeast[t][m] = max(p.atLeast[t][m], least-1e-9*total)
			p.atMost[t][m] = min(p.atMost[t][m], most+1e-9*total)
		}
	}
}

// begin prepares for a territory and its centre, -1 for its home. It reports
// whether locks allow that.
func (p *pricer) begin(t, centre int, price []float64) bool {
	p.t, p.open, p.in, p.cost = t, set{}, set{}, 0
	for n, m := range p.rows {
		p.load[n] = p.base[t][m]
	}
	if centre >= 0 && !p.allowed(centre, t) {
		return false
	}
	for n := range p.order {
		p.order[n] = p.order[n][:0]
	}
	for i := range p.n {
		if !p.allowed(i, t) {
			continue
		}
		p.value[i] = p.way(i, t, int32(centre)) + p.moved(i, t) - price[i]
		if i == centre || p.Units[i].Locked == t {
			p.take(i)
			continue
		}
		p.open = p.open.with(i)
		for n := range p.order {
			p.order[n] = append(p.order[n], int32(i))
		}
	}
	for n := range p.order {
		slices.SortFunc(p.order[n], func(a, b int32) int {
			return cmp.Or(cmp.Compare(p.worth(n, a), p.worth(n, b)), cmp.Compare(a, b))
		})
	}
	return true
}

// worth is a unit's value for its weight.
func (p *pricer) worth(n int, i int32) float64 {
	if len(p.rows) == 0 {
		return p.value[i]
	}
	w := p.weight[p.rows[n]][i]
	if w == 0 {
		return math.Copysign(math.Inf(1), p.value[i])
	}
	return p.value[i] / w
}

func (p *pricer) take(i int) {
	p.in, p.open = p.in.with(i), p.open.without(i)
	p.cost += p.value[i]
	for n, m := range p.rows {
		p.load[n] += p.weight[m][i]
	}
}

// bound is below what any set costs that has the units that are in and some that
// are open: infinite where none keeps the limits. part, if there is one, hears
// what of each open unit the tightest row takes.
func (p *pricer) bound(part func(i int32, of float64)) float64 {
	if len(p.rows) == 0 {
		return p.fill(0, math.Inf(-1), math.Inf(1), part)
	}
	least, row := math.Inf(-1), 0
	for n, m := range p.rows {
		if v := p.fill(n, p.atLeast[p.t][m], p.atMost[p.t][m], nil); v > least {
			least, row = v, n
		}
		if least >= p.under {
			return least
		}
	}
	if part != nil {
		m := p.rows[row]
		p.fill(row, p.atLeast[p.t][m], p.atMost[p.t][m], part)
	}
	return least
}

// fill takes units in the order of a row, the last in part.
func (p *pricer) fill(n int, low, high float64, part func(i int32, of float64)) float64 {
	load, cost := 0.0, p.cost
	if len(p.rows) > 0 {
		load = p.load[n]
	}
	if load > high || low > high {
		return math.Inf(1)
	}
	for _, i := range p.order[n] {
		if !p.open.has(int(i)) {
			continue
		}
		v, w := p.value[i], 0.0
		if len(p.rows) > 0 {
			w = p.weight[p.rows[n]][i]
		}
		if v >= 0 && load >= low {
			return cost
		}
		of := fraction(v, w, low-load, high-load)
		if part != nil {
			part(i, of)
		}
		cost, load = cost+of*v, load+of*w
		if v < 0 && of < 1 {
			return cost
		}
	}
	if load < low-1e-12*math.Abs(low) {
		return math.Inf(1)
	}
	return cost
}

// fraction is how much of a unit is taken: of one worth having what there is
// room for, of another what is needed.
func fraction(value, weight, need, room float64) float64 {
	switch {
	case value < 0 && weight > room:
		return room / weight
	case value >= 0 && weight > need:
		return need / weight
	}
	return 1
}

// through goes through the sets that cost less than under, best first as far as
// that is known at once, and tells each; with leastOnly each that is told must be
// better than the one before. It reports whether it came to the end.
func (p *pricer) through(nodes int) bool {
	p.nodes = nodes
	p.narrow()
	p.branch()
	return p.nodes > 0
}

// narrow decides on units that can be only in or only out.
func (p *pricer) narrow() {
	if math.IsInf(p.under, 1) {
		return
	}
	for _, i := range p.open.units() {
		open, in, cost := p.open, p.in, p.cost
		load := slices.Clone(p.load)
		p.open = p.open.without(int(i))
		without := p.bound(nil)
		p.take(int(i))
		with := p.bound(nil)
		if without >= p.under && with < p.under {
			continue
		}
		p.open, p.in, p.cost = open, in, cost
		copy(p.load, load)
		if with >= p.under {
			p.open = p.open.without(int(i))
		}
	}
}

func (p *pricer) branch() {
	if p.nodes--; p.nodes <= 0 || p.nodes%4096 == 0 && p.stopped != nil && p.stopped() {
		p.nodes = 0
		return
	}
	if p.bound(nil) >= p.under || p.apart() {
		return
	}
	i := p.next()
	if i < 0 {
		p.end()
		return
	}
	open, in, cost := p.open, p.in, p.cost
	p.take(i)
	p.branch()
	for n, m := range p.rows {
		p.load[n] -= p.weight[m][i]
	}
	p.in, p.cost = in, cost
	p.open = open.without(i)
	p.branch()
	p.open = open
}

// next is the open unit to decide on: one beside those that are in, where
// territories must hang together; -1 where all is decided.
func (p *pricer) next() int {
	rim := p.open
	if p.beside != nil && !p.in.empty() {
		rim = set{}
		for rest := p.in; !rest.empty(); {
			i := rest.first()
			rest = rest.without(i)
			rim = rim.or(p.beside[i])
		}
		rim = rim.and(p.open)
	}
	for _, i := range p.order[0] {
		if rim.has(int(i)) {
			return int(i)
		}
	}
	return -1
}

// apart reports whether the units that are in can no longer hang together.
func (p *pricer) apart() bool {
	if p.beside == nil || p.in.empty() {
		return false
	}
	return !p.in.minus(p.in.or(p.open).reach(p.in.first(), p.beside)).empty()
}

// end tells a set that keeps the rules.
func (p *pricer) end() {
	if p.in.empty() || p.cost >= p.under {
		return
	}
	for n, m := range p.rows {
		if p.load[n] < p.atLeast[p.t][m] || p.load[n] > p.atMost[p.t][m] {
			return
		}
	}
	if p.beside != nil && !p.in.minus(p.in.reach(p.in.first(), p.beside)).empty() {
		return
	}
	if p.leastOnly {
		p.under = p.cost
	}
	p.tell(p.in, p.cost)
}
