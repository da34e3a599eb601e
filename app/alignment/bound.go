package alignment

import (
	"cmp"
	"context"
	"math"
	"slices"
)

// bound finds out below what no division can cost, by Lagrangian relaxation
// (Beasley, European Journal of Operational Research 65, 1993): that each unit
// belongs to exactly one territory is given up for prices, each unit is asked
// what it would save as a centre under the capacity, each home what it would save
// as it is, and the prices are adapted. Contiguity, least loads and, away from
// homes, changes are left out, which makes the bound no less true.
type bound struct {
	*rules
	price   []float64
	value   float64 // the best so far
	savings []float64
	values  []float64 // of a unit: what it costs a centre less its price
	free    int       // territories without a home
	room    float64   // what the roomiest of them can take
	bag     *bag
}

// Sizes up to which the relaxation is worked out.
const (
	boundMost   = 3600   // units
	firstPriced = 500    // others that are looked at for the first price of a unit
	bagMost     = 1200   // units with a capacity
	bagDeepest  = 8000   // steps of an exact capacity
	bagWork     = 60_000 // steps times units that fit in
)

func newBound(r *rules) *bound {
	b := &bound{rules: r, value: math.Inf(-1), price: r.firstPrices(), savings: make([]float64, r.n), values: make([]float64, r.n)}
	for t := range r.k {
		if !r.atHome(t) {
			b.free, b.room = b.free+1, max(b.room, b.roomOf(t))
		}
	}
	if r.n <= bagMost && r.limited() {
		b.bag = newBag(r)
	}
	return b
}

// firstPrices are those that a relaxation begins with: a unit pays for the
// distance to a centre of an even spread.
func (r *rules) firstPrices() []float64 {
	price := make([]float64, r.n)
	every := 1 + r.n/firstPriced // of many units some tell enough of how they lie
	list := make([]float64, (r.n+every-1)/every)
	for i := range r.n {
		for n := range list {
			list[n] = r.travel[i] * r.dist.at(i, n*every)
		}
		slices.Sort(list)
		price[i] = list[min(len(list)-1, 1+r.n/(2*r.k*every))]
	}
	return price
}

// roomOf is what the units of a territory may come to.
func (b *bound) roomOf(t int) float64 {
	if b.measures == 0 {
		return math.Inf(1)
	}
	return max(0, b.high[t][0]-b.base[t][0])
}

// run adapts the prices until ctx ends or the bound meets the upper one. Each
// better bound is told, with the centres that the prices choose.
func (b *bound) run(ctx context.Context, upper func() float64, told func(bound float64, centres []int32)) {
	scale, stuck := 2.0, 0
	best := slices.Clone(b.price)
	for ctx.Err() == nil && scale > 1e-3 {
		value, centres, slack := b.evaluate(ctx)
		if ctx.Err() != nil {
			return
		}
		if value > b.value+1e-9*math.Abs(value) {
			if value > b.value+1e-4*math.Abs(value) {
				stuck = 0
			}
			b.value = value
			copy(best, b.price)
			told(math.Max(0, b.proven()), centres)
		}
		if stuck++; stuck > 25 {
			scale, stuck = scale/2, 0
			copy(b.price, best)
			continue
		}
		top := upper()
		if b.proven() >= top-1e-9 {
			return
		}
		if math.IsInf(top, 1) {
			top = value * 1.2
		}
		norm := 0.0
		for _, g := range slack {
			norm += g * g
		}
		if norm == 0 {
			return
		}
		step := scale * math.Max(top-value, 1e-6*math.Abs(top)) / norm
		for i, g := range slack {
			b.price[i] = math.Max(0, b.price[i]+step*g)
		}
	}
}

// proven is the bound as far as rounding can be trusted, a whole number where
// costs are whole.
func (b *bound) proven() float64 {
	if b.whole > 0 {
		return math.Ceil(b.value - 1e-6)
	}
	return b.value * (1 - 1e-12)
}

// evaluate works out the relaxation for the prices: its value, the centres that
// it chooses, -1 at homes, and for each unit by how much it is served too little.
func (b *bound) evaluate(ctx context.Context) (value float64, centres []int32, slack []float64) {
	order := make([]int32, b.n)
	for j := range b.n {
		if j%64 == 0 && ctx.Err() != nil {
			return 0, nil, nil
		}
		order[j] = int32(j)
		if b.free > 0 {
			b.savings[j] = b.saving(j, nil)
		}
	}
	slices.SortFunc(order, func(x, y int32) int { return cmp.Or(cmp.Compare(b.savings[x], b.savings[y]), cmp.Compare(x, y)) })
	slack = make([]float64, b.n)
	for i, v := range b.price {
		value += v
		slack[i] = 1
	}
	for t := range b.k {
		if b.atHome(t) {
			centres = append(centres, -1)
			value += b.savingAt(t, slack)
			continue
		}
		centres = append(centres, order[0])
		value += b.savings[order[0]]
		b.saving(int(order[0]), slack)
		order = order[1:]
	}
	return value, centres, slack
}

// saving is the least that a centre's units can cost less their prices. With
// slack it takes away how much of each unit it serves.
func (b *bound) saving(j int, slack []float64) float64 {
	row := b.dist.all[j*b.n : (j+1)*b.n]
	for i, d := range row {
		b.values[i] = b.travel[i]*d - b.price[i]
	}
	return b.least(b.room, slack)
}

// savingAt is that of a home.
func (b *bound) savingAt(t int, slack []float64) float64 {
	for i, d := range b.home[t] {
		b.values[i] = math.Inf(1)
		if b.allowed(i, t) {
			b.values[i] = d + b.moved(i, t) - b.price[i]
		}
	}
	return b.least(b.roomOf(t), slack)
}

// least chooses units by their values under a capacity.
func (b *bound) least(room float64, slack []float64) float64 {
	if b.bag != nil {
		return b.bag.least(b.values, room, slack)
	}
	sum := 0.0
	for i, v := range b.values {
		if v < 0 {
			sum += v
			if slack != nil {
				slack[i]--
			}
		}
	}
	return sum
}

// bag chooses what a centre serves under the capacity: exactly where weights are
// whole numbers and few, else as if units could be parted, which costs no less
// true a bound.
type bag struct {
	whole  bool // all weights are whole numbers
	weight []float64
	items  []bagItem
	table  []float64
	chosen [][]bool
}

type bagItem struct {
	unit   int32
	value  float64 // below 0
	weight float64
}

func newBag(r *rules) *bag {
	return &bag{weight: r.weight[0], whole: !slices.ContainsFunc(r.weight[0], func(w float64) bool { return w != math.Floor(w) })}
}

func (b *bag) least(values []float64, room float64, slack []float64) float64 {
	b.items = b.items[:0]
	sum, load := 0.0, 0.0
	for i, v := range values {
		if v >= 0 {
			continue
		}
		b.items = append(b.items, bagItem{int32(i), v, b.weight[i]})
		sum += v
		load += b.weight[i]
	}
	if load <= room {
		if slack != nil {
			for _, x := range b.items {
				slack[x.unit]--
			}
		}
		return sum
	}
	if b.whole && room <= bagDeepest && len(b.items)*int(room) <= bagWork*8 {
		return b.exact(int(room), slack)
	}
	return b.parted(room, slack)
}

// parted fills by value for weight; the last unit enters in part.
func (b *bag) parted(room float64, slack []float64) float64 {
	slices.SortFunc(b.items, func(x, y bagItem) int {
		return cmp.Or(cmp.Compare(x.value*max(y.weight, 1e-12), y.value*max(x.weight, 1e-12)), cmp.Compare(x.unit, y.unit))
	})
	sum := 0.0
	for _, x := range b.items {
		part := 1.0
		if x.weight > room {
			part = room / x.weight
		}
		sum += part * x.value
		room -= part * x.weight
		if slack != nil {
			slack[x.unit] -= part
		}
		if part < 1 {
			break
		}
	}
	return sum
}

// exact is the knapsack by its table.
func (b *bag) exact(size int, slack []float64) float64 {
	b.table = append(b.table[:0], make([]float64, size+1)...)
	for n := range b.items {
		if n == len(b.chosen) {
			b.chosen = append(b.chosen, nil)
		}
		if len(b.chosen[n]) <= size {
			b.chosen[n] = make([]bool, size+1)
		}
	}
	for n, x := range b.items {
		w := int(x.weight)
		chosen := b.chosen[n]
		if slack != nil {
			clear(chosen)
		}
		for c := size; c >= w; c-- {
			if v := b.table[c-w] + x.value; v < b.table[c] {
				b.table[c] = v
				if slack != nil {
					chosen[c] = true
				}
			}
		}
	}
	if slack != nil {
		c := size
		for n, x := range slices.Backward(b.items) {
			if b.chosen[n][c] {
				slack[x.unit]--
				c -= int(x.weight)
			}
		}
	}
	return b.table[size]
}
