package alignment

import (
	"math"
	"slices"
)

// state is a division in hand.
type state struct {
	*rules
	of      []int32   // the territory of each unit
	members [][]int32 // the units of each territory
	place   []int32   // of a unit in its territory's members
	load    [][]float64
	centre  []int32   // -1 at a home
	length  []float64 // distances of a territory's units to its centre or home
	over    []float64 // excess of a territory

	total  float64 // of length
	excess float64 // of over
	change float64 // cost of changes

	sums  [][]float64 // a territory, a unit: the distances of all members to it; nil for many units
	mark  []int32     // of units, for walks
	stamp int32
	walk  []int32
}

// sumsMost is for how many units the sums of distances are kept, so that the
// best centre after any move is known at once.
const sumsMost = 1200

func newState(r *rules, of []int32) *state {
	s := &state{
		rules: r, of: slices.Clone(of), members: make([][]int32, r.k), place: make([]int32, r.n), load: make([][]float64, r.k),
		centre: make([]int32, r.k), length: make([]float64, r.k), over: make([]float64, r.k), mark: make([]int32, r.n),
	}
	for t := range r.k {
		s.load[t] = slices.Clone(r.base[t])
	}
	if r.n <= sumsMost {
		s.sums = make([][]float64, r.k)
		for t := range s.sums {
			s.sums[t] = make([]float64, r.n)
		}
	}
	for i, t := range s.of {
		s.enter(i, int(t))
		s.change += r.moved(i, int(t))
	}
	for t := range r.k {
		s.settle(t)
	}
	return s
}

// cost is the objective with changes, without excess.
func (s *state) cost() float64 { return s.total + s.change }

// enter puts a unit into a territory's lists.
func (s *state) enter(i, t int) {
	s.of[i], s.place[i] = int32(t), int32(len(s.members[t]))
	s.members[t] = append(s.members[t], int32(i))
	s.sumUp(i, t, 1)
}

// leave takes it out.
func (s *state) leave(i int) {
	t := int(s.of[i])
	last := s.members[t][len(s.members[t])-1]
	s.members[t][s.place[i]], s.place[last] = last, s.place[i]
	s.members[t] = s.members[t][:len(s.members[t])-1]
	s.sumUp(i, t, -1)
}

// sumUp adds what a unit counts for to a territory, or with sign -1 takes it away.
func (s *state) sumUp(i, t int, sign float64) {
	for m := range s.measures {
		s.load[t][m] += sign * s.weight[m][i]
	}
	if s.sums != nil {
		row, sums, times := s.dist.all[i*s.n:(i+1)*s.n], s.sums[t], sign*s.travel[i]
		for j, d := range row {
			sums[j] += times * d
		}
	}
}

// settle finds a territory's centre and counts it anew.
func (s *state) settle(t int) {
	centre, length := s.middle(t)
	s.centre[t] = centre
	s.count(t, length)
}

// count enters a territory's length and excess into the totals.
func (s *state) count(t int, length float64) {
	over := s.rules.excess(t, s.load[t])
	if len(s.members[t]) == 0 && !s.hollow[t] {
		over += empty
	}
	s.total += length - s.length[t]
	s.excess += over - s.over[t]
	if s.excess < 1e-12 {
		s.excess = 0
	}
	s.length[t], s.over[t] = length, over
}

// empty is the excess of a territory without units.
const empty = 10

// spares reports whether a territory can give a unit away.
func (s *state) spares(t int) bool { return len(s.members[t]) > 1 || s.hollow[t] }

// fill gives territories that need a unit and have none one that another can spare.
func (s *state) fill() {
	for t := range s.k {
		for i := 0; i < s.n && len(s.members[t]) == 0 && !s.hollow[t]; i++ {
			if s.allowed(i, t) && s.spares(int(s.of[i])) && s.holdsWithout(i) {
				s.shift(i, t)
			}
		}
	}
}

// middle is the member with the least sum of distances to the others; -1 and the
// distances to it where there is a home.
func (s *state) middle(t int) (centre int32, length float64) {
	if s.atHome(t) {
		for _, i := range s.members[t] {
			length += s.home[t][i]
		}
		return -1, length
	}
	length = math.Inf(1)
	if s.sums != nil {
		for _, j := range s.members[t] {
			if v := s.sums[t][j]; v < length {
				centre, length = j, v
			}
		}
	} else {
		centre, length = s.descend(t)
	}
	if len(s.members[t]) == 0 {
		return 0, 0
	}
	return centre, length
}

// lookedAt is how many members are tried as the centre of a territory of many.
const lookedAt = 12

// descend looks for the centre among the members that are nearest to the mean
// of all.
func (s *state) descend(t int) (centre int32, length float64) {
	members := s.members[t]
	var x, y, z, count float64
	for _, i := range members {
		times := max(s.travel[i], 1e-9) // where nothing travels any centre will do
		x, y, count = x+times*s.dist.x[i], y+times*s.dist.y[i], count+times
		if s.dist.z != nil {
			z += times * s.dist.z[i]
		}
	}
	x, y, z = x/count, y/count, z/count
	type near struct {
		unit int32
		d    float64
	}
	best := make([]near, 0, lookedAt+1)
	for _, i := range members {
		dx, dy, dz := s.dist.x[i]-x, s.dist.y[i]-y, 0.0
		if s.dist.z != nil {
			dz = s.dist.z[i] - z
		}
		d := dx*dx + dy*dy + dz*dz
		if len(best) == lookedAt && d >= best[lookedAt-1].d {
			continue
		}
		at, _ := slices.BinarySearchFunc(best, d, func(n near, d float64) int {
			if n.d < d {
				return -1
			}
			return 1
		})
		best = slices.Insert(best, at, near{i, d})
		if len(best) > lookedAt {
			best = best[:lookedAt]
		}
	}
	length = math.Inf(1)
	for _, c := range best {
		sum := 0.0
		for _, i := range members {
			sum += s.travel[i] * s.dist.at(int(c.unit), int(i))
		}
		if sum < length {
			centre, length = c.unit, sum
		}
	}
	return centre, length
}

// shift moves a unit into another territory.
func (s *state) shift(i, to int) {
	from := int(s.of[i])
	s.change += s.moved(i, to) - s.moved(i, from)
	s.leave(i)
	s.enter(i, to)
	s.follow(from, []int32{int32(i)}, nil)
	s.follow(to, nil, []int32{int32(i)})
}

// follow counts a territory anew after units left and came. Where sums of
// distances are not kept its centre stays, unless it left, until recentre.
func (s *state) follow(t int, left, came []int32) {
	if s.sums != nil || slices.Contains(left, s.centre[t]) || len(s.members[t]) == len(came) {
		s.settle(t)
		return
	}
	c, length := s.centre[t], s.length[t]
	for _, i := range left {
		length -= s.way(int(i), t, c)
	}
	for _, i := range came {
		length += s.way(int(i), t, c)
	}
	s.count(t, length)
}

// recentre finds every centre anew.
func (s *state) recentre() {
	for t := range s.k {
		s.settle(t)
	}
	s.total, s.excess = 0, 0
	for t := range s.k { // what rounding left behind goes
		s.total += s.length[t]
		s.excess += s.over[t]
	}
}

// swap exchanges two units of different territories.
func (s *state) swap(i, j int) {
	a, b := int(s.of[i]), int(s.of[j])
	s.change += s.moved(i, b) - s.moved(i, a) + s.moved(j, a) - s.moved(j, b)
	s.leave(i)
	s.leave(j)
	s.enter(i, b)
	s.enter(j, a)
	s.follow(a, []int32{int32(i)}, []int32{int32(j)})
	s.follow(b, []int32{int32(j)}, []int32{int32(i)})
}

// holdsWithout reports whether a territory still hangs together without a unit.
// Mostly the unit's neighbours are each other's neighbours, which is soon seen;
// else the territory is walked until all of them are reached.
func (s *state) holdsWithout(i int) bool {
	if s.near == nil {
		return true
	}
	t := s.of[i]
	s.stamp += 2
	seen, wanted := s.stamp, s.stamp-1
	left := 0
	for _, j := range s.near[i] {
		if s.of[j] == t {
			s.mark[j] = wanted
			s.walk = append(s.walk[:0], j)
			left++
		}
	}
	if left <= 1 {
		return true
	}
	start := s.walk[0]
	s.mark[i], s.mark[start] = seen, seen
	left--
	for n := 0; n < len(s.walk) && left > 0; n++ { // among the neighbours alone
		for _, j := range s.near[s.walk[n]] {
			if s.mark[j] == wanted {
				s.mark[j] = seen
				s.walk = append(s.walk, j)
				left--
			}
		}
	}
	for n := 0; n < len(s.walk) && left > 0; n++ {
		for _, j := range s.near[s.walk[n]] {
			if s.of[j] != t || s.mark[j] == seen {
				continue
			}
			if s.mark[j] == wanted {
				left--
			}
			s.mark[j] = seen
			s.walk = append(s.walk, j)
		}
	}
	return left == 0
}

// touches reports whether a unit has a neighbour in a territory, other than one.
// One that has no other units is touched anywhere.
func (s *state) touches(i, t, without int) bool {
	if s.near == nil || len(s.members[t]) == 0 || without >= 0 && len(s.members[t]) == 1 {
		return true
	}
	for _, j := range s.near[i] {
		if int(s.of[j]) == t && int(j) != without {
			return true
		}
	}
	return false
}

// pieces counts the parts that territories fall into beyond one each.
func (s *state) pieces() int {
	if s.near == nil {
		return 0
	}
	parts := 0
	s.eachPiece(func([]int32) { parts++ })
	for t := range s.k {
		if len(s.members[t]) > 0 {
			parts--
		}
	}
	return parts
}

// eachPiece calls fn with the units of every part of a territory that hangs
// together. The slice is fn's until it returns.
func (s *state) eachPiece(fn func(units []int32)) {
	s.stamp += 2
	for i := range s.n {
		if s.mark[i] == s.stamp {
			continue
		}
		s.mark[i] = s.stamp
		s.walk = append(s.walk[:0], int32(i))
		for n := 0; n < len(s.walk); n++ {
			for _, j := range s.near[s.walk[n]] {
				if s.of[j] == s.of[i] && s.mark[j] != s.stamp {
					s.mark[j] = s.stamp
					s.walk = append(s.walk, j)
				}
			}
		}
		fn(s.walk)
	}
}
