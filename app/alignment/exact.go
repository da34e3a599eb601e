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
	cost := make([]float64, sets) // of a set as a territory, without changes
	for set := 1; set < sets; set++ {
		cost[set] = r.setCost(uint32(set))
	}
	// least[set] is the cost of the territories so far that hold just the set.
	least := make([]float64, sets)
	for set := 1; set < sets; set++ {
		least[set] = math.Inf(1)
	}
	chosen := make([][]uint32, r.k)
	for t := range r.k {
		next := make([]float64, sets)
		pick := make([]uint32, sets)
		for set := range next {
			next[set] = math.Inf(1)
		}
		for set := 1; set < sets; set++ {
			for part := set; part > 0; part = (part - 1) & set {
				if math.IsInf(cost[part], 1) || math.IsInf(least[set^part], 1) {
					continue
				}
				if v := least[set^part] + cost[part] + r.setChange(uint32(part), t); v < next[set] {
					next[set], pick[set] = v, uint32(part)
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

// setCost is the sum of distances of a set to its centre; infinite where it
// breaks the rules.
func (r *rules) setCost(set uint32) float64 {
	for m := range r.measures {
		load := 0.0
		for x := set; x > 0; x &= x - 1 {
			load += r.weight[m][bits.TrailingZeros32(x)]
		}
		if load > r.high[m] || load < r.low[m] {
			return math.Inf(1)
		}
	}
	if r.near != nil && !r.hangsTogether(set) {
		return math.Inf(1)
	}
	least := math.Inf(1)
	for c := set; c > 0; c &= c - 1 {
		sum := 0.0
		for x := set; x > 0; x &= x - 1 {
			sum += r.dist.at(bits.TrailingZeros32(c), bits.TrailingZeros32(x))
		}
		least = min(least, sum)
	}
	return least
}

// setChange is the cost of change of a set as a territory; infinite where a
// lock forbids it.
func (r *rules) setChange(set uint32, t int) float64 {
	sum := 0.0
	for x := set; x > 0; x &= x - 1 {
		i := bits.TrailingZeros32(x)
		if !r.allowed(i, t) {
			return math.Inf(1)
		}
		sum += r.moved(i, t)
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
