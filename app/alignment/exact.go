package alignment

import (
	"math"
	"math/bits"
)

// exactMost is how many units are solved by going through all divisions.
const exactMost = 16

// solveExactly finds the best division of a few units by going through all sets
// of units for each territory. ok is false where no division keeps the rules.
func solveExactly(r *rules) (of []int32, ok bool) {
	sets := 1 << r.n
	compact := make([]float64, sets) // of a set as a territory without a home; infinite where it does not hang together
	for set := 1; set < sets; set++ {
		compact[set] = r.setLength(uint32(set))
	}
	cost := make([]float64, sets)
	// least[set] is the cost of the territories so far that hold just the set.
	least := make([]float64, sets)
	for set := 1; set < sets; set++ {
		least[set] = math.Inf(1)
	}
	chosen := make([][]uint32, r.k)
	for t := range r.k {
		r.setCosts(t, compact, cost)
		next := make([]float64, sets)
		pick := make([]uint32, sets)
		for set := range next {
			next[set] = math.Inf(1)
		}
		for part, v := range cost {
			if math.IsInf(v, 1) {
				continue
			}
			others := (sets - 1) ^ part
			for rest := others; ; rest = (rest - 1) & others {
				if v+least[rest] < next[rest|part] {
					next[rest|part], pick[rest|part] = v+least[rest], uint32(part)
				}
				if rest == 0 || t == r.k-1 { // in the end nothing may be left over
					break
				}
			}
		}
		least, chosen[t] = next, pick
	}
	if math.IsInf(least[sets-1], 1) {
		return nil, false
	}
	of = make([]int32, r.n)
	rest := uint32(sets - 1)
	for t := r.k - 1; t >= 0; t-- {
		part := chosen[t][rest]
		for m := part; m > 0; m &= m - 1 {
			of[bits.TrailingZeros32(m)] = int32(t)
		}
		rest ^= part
	}
	return of, true
}

// setLength is the sum of distances of a set to its centre; infinite where it
// does not hang together.
func (r *rules) setLength(set uint32) float64 {
	if r.near != nil && !r.hangsTogether(set) {
		return math.Inf(1)
	}
	least := math.Inf(1)
	for c := set; c > 0; c &= c - 1 {
		sum := 0.0
		for x := set; x > 0; x &= x - 1 {
			i := bits.TrailingZeros32(x)
			sum += r.travel[i] * r.dist.at(bits.TrailingZeros32(c), i)
		}
		least = min(least, sum)
	}
	return least
}

// setCosts works out what each set costs as a territory, changes included;
// infinite where it breaks the rules.
func (r *rules) setCosts(t int, compact, cost []float64) {
	for set := range cost {
		cost[set] = r.setCost(uint32(set), t, compact[set])
	}
}

func (r *rules) setCost(set uint32, t int, compact float64) float64 {
	if set == 0 && !r.hollow[t] {
		return math.Inf(1)
	}
	sum := compact
	if r.atHome(t) && !math.IsInf(sum, 1) {
		sum = 0
		for x := set; x > 0; x &= x - 1 {
			sum += r.home[t][bits.TrailingZeros32(x)]
		}
	}
	for x := set; x > 0; x &= x - 1 {
		i := bits.TrailingZeros32(x)
		if !r.allowed(i, t) {
			return math.Inf(1)
		}
		sum += r.moved(i, t)
	}
	for m := range r.measures {
		load := r.base[t][m]
		for x := set; x > 0; x &= x - 1 {
			load += r.weight[m][bits.TrailingZeros32(x)]
		}
		if load > r.high[t][m] || load < r.low[t][m] {
			return math.Inf(1)
		}
	}
	return sum
}

func (r *rules) hangsTogether(set uint32) bool {
	reached := set & -set
	for fresh := reached; fresh > 0; {
		i := bits.TrailingZeros32(fresh)
		fresh &= fresh - 1
		for _, j := range r.near[i] {
			if bit := uint32(1) << j; set&bit > 0 && reached&bit == 0 {
				reached |= bit
				fresh |= bit
			}
		}
	}
	return reached == set
}
