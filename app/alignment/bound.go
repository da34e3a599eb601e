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
// what it would save as a centre under the capacity, and the prices are adapted.
// Contiguity, least loads and changes are left out, which makes the bound no
// less true.
type bound struct {
	*rules
	price   []float64
	value   float64 // the best so far
	savings []float64
	bag     *bag
}

// Sizes up to which the relaxation is worked out.
const (
	boundMost  = 3600   // units
	bagMost    = 1200   // units with a capacity
	bagDeepest = 8000   // steps of an exact capacity
	bagWork    = 60_000 // steps times units that fit in
)

func newBound(r *rules) *bound {
	b := &bound{rules: r, value: math.Inf(-1), price: make([]float64, r.n), savings: make([]float64, r.n)}
	if r.n <= bagMost && r.measures > 0 && !math.IsInf(r.high[0], 1) {
		b.bag = newBag(r)
	}
	// To begin with a unit pays for the distance to a centre of an even spread.
	for i := range r.n {
		list := make([]float64, 0, r.n)
		for j := range r.n {
			list = append(list, r.dist.at(i, j))
		}
		slices.Sort(list)
		b.price[i] = list[min(r.n-1, 1+r.n/(2*r.k))]
	}
	return b
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
// it chooses, and for each unit by how much it is served too little.
func (b *bound) evaluate(ctx context.Context) (value float64, centres []int32, slack []float64) {
	order := make([]int32, b.n)
	for j := range b.n {
		if j%64 == 0 && ctx.Err() != nil {
			return 0, nil, nil
		}
		order[j] = int32(j)
		b.savings[j] = b.saving(j, nil)
	}
	slices.SortFunc(order, func(x, y int32) int { return cmp.Or(cmp.Compare(b.savings[x], b.savings[y]), cmp.Compare(x, y)) })
	slack = make([]float64, b.n)
	for i, v := range b.price {
		value += v
		slack[i] = 1
	}
	centres = order[:b.k]
	for _, j := range centres {
		value += b.savings[j]
		b.saving(int(j), slack)
	}
	return value, centres, slack
}

// saving is the least that a centre's units can cost less their prices. With
// slack it takes away how much of each unit it serves.
func (b *bound) saving(j int, slack []float64) float64 {
	if b.bag != nil {
		return b.bag.least(b, j, slack)
	}
	sum := 0.0
	row := b.dist.all[j*b.n : (j+1)*b.n]
	for i, d := range row {
		if v := d - b.price[i]; v < 0 {
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
	whole    bool
	size     int
	capacity float64
	weight   []int
	items    []bagItem
	table    []float64
	chosen   [][]bool
}

type bagItem struct {
	unit   int32
	value  float64 // below 0
	weight float64
}

func newBag(r *rules) *bag {
	b := &bag{capacity: r.high[0], whole: true, size: int(math.Floor(r.high[0])), weight: make([]int, r.n)}
	for i, w := range r.weight[0] {
		b.whole = b.whole && w == math.Floor(w)
		b.weight[i] = int(w)
	}
	b.whole = b.whole && b.size <= bagDeepest
	if b.whole {
		b.table = make([]float64, b.size+1)
	}
	return b
}

func (b *bag) least(bound *bound, j int, slack []float64) float64 {
	b.items = b.items[:0]
	sum, load := 0.0, 0.0
	row := bound.dist.all[j*bound.n : (j+1)*bound.n]
	for i, d := range row {
		v := d - bound.price[i]
		if v >= 0 {
			continue
		}
		w := bound.weight[0][i]
		b.items = append(b.items, bagItem{int32(i), v, w})
		sum += v
		load += w
	}
	if load <= b.capacity {
		if slack != nil {
			for _, x := range b.items {
				slack[x.unit]--
			}
		}
		return sum
	}
	if b.whole && len(b.items)*b.size <= bagWork*8 {
		return b.exact(slack)
	}
	return b.parted(slack)
}

// parted fills by value for weight; the last unit enters in part.
func (b *bag) parted(slack []float64) float64 {
	slices.SortFunc(b.items, func(x, y bagItem) int {
		return cmp.Or(cmp.Compare(x.value*max(y.weight, 1e-12), y.value*max(x.weight, 1e-12)), cmp.Compare(x.unit, y.unit))
	})
	room, sum := b.capacity, 0.0
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
func (b *bag) exact(slack []float64) float64 {
	clear(b.table)
	for len(b.chosen) < len(b.items) {
		b.chosen = append(b.chosen, make([]bool, b.size+1))
	}
	for n, x := range b.items {
		w := b.weight[x.unit]
		chosen := b.chosen[n]
		if slack != nil {
			clear(chosen)
		}
		for c := b.size; c >= w; c-- {
			if v := b.table[c-w] + x.value; v < b.table[c] {
				b.table[c] = v
				if slack != nil {
					chosen[c] = true
				}
			}
		}
	}
	if slack != nil {
		c := b.size
		for n, x := range slices.Backward(b.items) {
			if b.chosen[n][c] {
				slack[x.unit]--
				c -= b.weight[x.unit]
			}
		}
	}
	return b.table[b.size]
}
