package visits

import (
	"math"
	"slices"
)

// exactMost is up to how many stops the shortest round is found for certain.
const exactMost = 12

// minutesBetween is a matrix of drives in minutes: place 0 is home.
type minutesBetween [][]float64

// drives measures from home and between stops. Where home is not known, it is
// nowhere: a round begins at its first stop and ends at its last.
func (m Model) drives(home Point, stops []DueStop) minutesBetween {
	n := len(stops) + 1
	at := make([]vector, n)
	for i, s := range stops {
		at[i+1] = s.vector()
	}
	if home.Placed {
		at[0] = home.vector()
	}
	out := make(minutesBetween, n)
	for i := range out {
		out[i] = make([]float64, n)
		for j := range i {
			if j == 0 && !home.Placed {
				continue
			}
			d := m.Drive(km(at[i], at[j]) * m.Circuity)
			out[i][j], out[j][i] = d, d
		}
	}
	return out
}

// length is the drive of a round from home through stops in their order and back.
func (b minutesBetween) length(round []int) float64 {
	var sum float64
	at := 0
	for _, s := range round {
		sum += b[at][s]
		at = s
	}
	return sum + b[at][0]
}

// order gives the shortest round through stops: for certain up to exactMost,
// beyond that a good one. The same stops in any order give the same round.
func (b minutesBetween) order(stops []int) []int {
	round := slices.Clone(stops)
	slices.Sort(round)
	switch {
	case len(round) < 2:
		return round
	case len(round) <= exactMost:
		round = b.exact(round)
	default:
		round = b.improve(b.nearest(round))
	}
	if round[0] > round[len(round)-1] { // one of the two ways round
		slices.Reverse(round)
	}
	return round
}

// shorter orders a round anew where that makes it shorter.
func (b minutesBetween) shorter(round []int) []int {
	if other := b.order(round); b.length(other) < b.length(round)-gain {
		return other
	}
	return round
}

// exact is the dynamic programme of Held and Karp (1962).
func (b minutesBetween) exact(stops []int) []int {
	n := len(stops)
	best := make([]float64, (1<<n)*n) // over what was visited, and where that ended
	from := make([]int8, len(best))
	for i := range best {
		best[i] = math.Inf(1)
	}
	for i, s := range stops {
		best[(1<<i)*n+i] = b[0][s]
	}
	for seen := 1; seen < 1<<n; seen++ {
		for last := range n {
			so := best[seen*n+last]
			if math.IsInf(so, 1) {
				continue
			}
			for next := range n {
				if seen&(1<<next) != 0 {
					continue
				}
				to := (seen|1<<next)*n + next
				if d := so + b[stops[last]][stops[next]]; d < best[to] {
					best[to], from[to] = d, int8(last)
				}
			}
		}
	}
	seen, last := 1<<n-1, 0
	for i := range n {
		if best[seen*n+i]+b[stops[i]][0] < best[seen*n+last]+b[stops[last]][0] {
			last = i
		}
	}
	out := make([]int, n)
	for i := n - 1; i >= 0; i-- {
		out[i] = stops[last]
		before := int(from[seen*n+last])
		seen &^= 1 << last
		last = before
	}
	return out
}

// nearest goes on to the stop that is nearest each time.
func (b minutesBetween) nearest(stops []int) []int {
	left := slices.Clone(stops)
	out := make([]int, 0, len(left))
	for at := 0; len(left) > 0; {
		k := 0
		for i, s := range left {
			if b[at][s] < b[at][left[k]] {
				k = i
			}
		}
		at = left[k]
		out = append(out, at)
		left = slices.Delete(left, k, k+1)
	}
	return out
}

// gain is what a change must save at least, so that rounding never goes in circles.
const gain = 1e-9

// improve turns stretches round (2-opt) and moves up to three stops elsewhere
// (Or-opt) as long as that shortens the round.
func (b minutesBetween) improve(round []int) []int {
	for changed := true; changed; {
		changed = b.turnStretch(round) || b.moveStretch(round)
	}
	return round
}

// at is the stop at a place of a round, home before and behind it.
func at(round []int, i int) int {
	if i < 0 || i >= len(round) {
		return 0
	}
	return round[i]
}

func (b minutesBetween) turnStretch(round []int) bool {
	for i := range round {
		for j := i + 1; j < len(round); j++ {
			p, q := at(round, i-1), at(round, j+1)
			if b[p][round[j]]+b[round[i]][q] < b[p][round[i]]+b[round[j]][q]-gain {
				slices.Reverse(round[i : j+1])
				return true
			}
		}
	}
	return false
}

func (b minutesBetween) moveStretch(round []int) bool {
	n := len(round)
	for size := 1; size <= 3; size++ {
		for i := 0; i+size <= n; i++ {
			first, last := round[i], round[i+size-1]
			p, q := at(round, i-1), at(round, i+size)
			saved := b[p][first] + b[last][q] - b[p][q]
			rest := slices.Delete(slices.Clone(round), i, i+size)
			for j := 0; j <= len(rest); j++ {
				c, d := at(rest, j-1), at(rest, j)
				if b[c][first]+b[last][d]-b[c][d] < saved-gain {
					moved := slices.Insert(rest, j, slices.Clone(round[i:i+size])...)
					copy(round, moved)
					return true
				}
			}
		}
	}
	return false
}
