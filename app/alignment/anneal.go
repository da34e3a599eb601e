package alignment

import (
	"context"
	"math"
	"math/rand/v2"
	"slices"
	"time"
)

// search improves a division by moves that may also be for the worse, the less
// the longer it goes on (simulated annealing: Kirkpatrick, Gelatt and Vecchi,
// Science 220, 1983). Breaking the rules costs more and more.
type search struct {
	*state
	rng  *rand.Rand
	pool [][]int32
	fee  float64 // of one unit of excess
	all  []int32 // every unit, once asked for
	cut  recut
	best best
	told func(best) // hears of each better division
}

// best is a division that was found.
type best struct {
	of     []int32
	cost   float64
	excess float64
}

// betterThan puts keeping the rules before cost.
func (b best) betterThan(o best) bool {
	if o.of == nil || b.excess < o.excess-1e-9 {
		return true
	}
	return b.excess <= o.excess+1e-9 && b.cost < o.cost-1e-9
}

// keep notes the division in hand if it is the best so far.
func (s *search) keep() {
	if s.excess > s.best.excess+1e-9 || s.excess > s.best.excess-1e-9 && s.cost() >= s.best.cost-1e-9 {
		return
	}
	s.best = best{append(s.best.of[:0], s.of...), s.cost(), s.excess}
}

// Temperatures and fees at the beginning and the end, by what a usual move costs.
const (
	hot, cold     = 0.6, 0.0015
	feeLow, feeUp = 0.25, 12
)

// recutEvery is after how many moves, about, two territories are cut anew.
const recutEvery = 300

// slice is how many moves are made before the time is asked.
const slice = 128

// pace says how long a search may take.
type pace struct {
	elapsed func() time.Duration // since Solve began; nil counts moves
	from    time.Duration
	budget  time.Duration
	moves   int
	made    int
}

func (p *pace) share() float64 {
	if p.elapsed == nil {
		return float64(p.made) / float64(p.moves)
	}
	return float64(p.elapsed()-p.from) / float64(p.budget)
}

// run anneals; heat scales the first temperature.
func (s *search) run(ctx context.Context, p pace, heat float64) {
	s.best.excess = math.Inf(1)
	s.keep()
	usual := s.usual()
	per := float64(s.k) / float64(s.n) // of a territory's load that a unit makes
	accepted := 0
	for share := 0.0; share < 1 && ctx.Err() == nil; share = p.share() {
		t := usual * heat * hot * math.Pow(cold/(hot*heat), share)
		s.fee = usual / per * feeLow * math.Pow(feeUp/feeLow, share)
		for range slice {
			if s.step(t) {
				accepted++
				s.keep()
			}
		}
		p.made += slice
		if s.sums == nil && accepted >= s.n/2 {
			s.recentre()
			s.keep()
			accepted = 0
		}
	}
	s.fee = usual / per * 1000
	s.polish(ctx)
	if s.told != nil {
		s.told(s.best)
	}
}

// usual is what a move of a unit to a territory beside it changes, typically.
func (s *search) usual() float64 {
	sum, count := 0.0, 0
	for range 400 {
		i, t := s.beside()
		if t < 0 {
			continue
		}
		if v := math.Abs(s.dist.at(i, int(s.centre[t])) - s.dist.at(i, int(s.centre[s.of[i]]))); v > 0 {
			sum += v
			count++
		}
	}
	if count == 0 {
		return 1
	}
	return sum / float64(count)
}

// beside draws a unit and another territory beside it; -1 where there is none.
func (s *search) beside() (i, t int) {
	i = s.rng.IntN(s.n)
	if len(s.pool[i]) == 0 {
		return i, -1
	}
	t = int(s.of[s.pool[i][s.rng.IntN(len(s.pool[i]))]])
	if t == int(s.of[i]) {
		return i, -1
	}
	return i, t
}

// step tries one move.
func (s *search) step(t float64) bool {
	i, to := s.beside()
	if to < 0 || !s.allowed(i, to) {
		return false
	}
	if s.near != nil && s.rng.IntN(recutEvery) == 0 {
		return s.stepRecut(t)
	}
	if s.rng.IntN(3) > 0 && s.excess == 0 || s.rng.IntN(3) == 0 {
		return s.stepSwap(i, to, t)
	}
	if !s.mayShift(i, to) || !s.takes(s.shiftDelta(i, to), t) {
		return false
	}
	s.shift(i, to)
	return true
}

func (s *search) stepSwap(i, to int, t float64) bool {
	members := s.members[to]
	j := int(members[s.rng.IntN(len(members))])
	if s.near != nil || s.rng.IntN(2) == 0 {
		j = int(s.pool[i][s.rng.IntN(len(s.pool[i]))])
		if int(s.of[j]) != to {
			return false
		}
	}
	if !s.maySwap(i, j) || !s.takes(s.swapDelta(i, j), t) {
		return false
	}
	s.swap(i, j)
	return true
}

func (s *search) takes(delta, t float64) bool {
	return delta <= 0 || s.rng.Float64() < math.Exp(-delta/t)
}

func (s *search) mayShift(i, to int) bool {
	from := int(s.of[i])
	if len(s.members[from]) < 2 || !s.allowed(i, to) || s.sums == nil && int(s.centre[from]) == i {
		return false
	}
	return s.touches(i, to, -1) && s.holdsWithout(i)
}

func (s *search) maySwap(i, j int) bool {
	a, b := int(s.of[i]), int(s.of[j])
	if !s.allowed(i, b) || !s.allowed(j, a) {
		return false
	}
	if s.sums == nil && (int(s.centre[a]) == i || int(s.centre[b]) == j) {
		return false
	}
	if s.near == nil {
		return true
	}
	return s.touches(i, b, j) && s.touches(j, a, i) && s.holdsWithout(i) && s.holdsWithout(j)
}

// shiftDelta is what a shift changes, the fee for excess included.
func (s *search) shiftDelta(i, to int) float64 {
	from := int(s.of[i])
	delta := s.moved(i, to) - s.moved(i, from)
	if s.sums != nil {
		delta += s.lengthWith(from, i, -1) - s.length[from] + s.lengthWith(to, -1, i) - s.length[to]
	} else {
		delta += s.dist.at(i, int(s.centre[to])) - s.dist.at(i, int(s.centre[from]))
	}
	return delta + s.fee*(s.overWith(from, i, -1)-s.over[from]+s.overWith(to, -1, i)-s.over[to])
}

func (s *search) swapDelta(i, j int) float64 {
	a, b := int(s.of[i]), int(s.of[j])
	delta := s.moved(i, b) - s.moved(i, a) + s.moved(j, a) - s.moved(j, b)
	if s.sums != nil {
		delta += s.lengthWith(a, i, j) - s.length[a] + s.lengthWith(b, j, i) - s.length[b]
	} else {
		ca, cb := int(s.centre[a]), int(s.centre[b])
		delta += s.dist.at(i, cb) - s.dist.at(i, ca) + s.dist.at(j, ca) - s.dist.at(j, cb)
	}
	return delta + s.fee*(s.overWith(a, i, j)-s.over[a]+s.overWith(b, j, i)-s.over[b])
}

// lengthWith is the length of a territory without one unit and with another;
// -1 is none.
func (s *state) lengthWith(t, out, in int) float64 {
	sums, least := s.sums[t], math.Inf(1)
	var gone, come []float64
	if out >= 0 {
		gone = s.dist.all[out*s.n : (out+1)*s.n]
	}
	if in >= 0 {
		come = s.dist.all[in*s.n : (in+1)*s.n]
		least = sums[in]
		if gone != nil {
			least -= gone[in]
		}
	}
	for _, x := range s.members[t] {
		if int(x) == out {
			continue
		}
		v := sums[x]
		if gone != nil {
			v -= gone[x]
		}
		if come != nil {
			v += come[x]
		}
		least = min(least, v)
	}
	return least
}

// overWith is the excess of a territory without one unit and with another.
func (s *state) overWith(t, out, in int) float64 {
	over := 0.0
	for m, v := range s.load[t] {
		if out >= 0 {
			v -= s.weight[m][out]
		}
		if in >= 0 {
			v += s.weight[m][in]
		}
		over += s.excessOf(m, v)
	}
	return over
}

// polish makes every move that is for the better, from the best division on.
func (s *search) polish(ctx context.Context) {
	if s.best.of != nil {
		s.state = newState(s.rules, s.best.of)
	}
	s.recentre()
	for better := true; better && ctx.Err() == nil; {
		better = s.polishShifts() || s.sums != nil && s.polishSwaps(ctx)
		if s.sums == nil {
			s.recentre()
		}
		s.keep()
	}
}

func (s *search) polishShifts() (better bool) {
	for _, i := range s.rng.Perm(s.n) {
		tried := []int32{s.of[i]}
		for _, j := range s.pool[i] {
			t := s.of[j]
			if slices.Contains(tried, t) {
				continue
			}
			tried = append(tried, t)
			if s.mayShift(i, int(t)) && s.shiftDelta(i, int(t)) < -1e-9 {
				s.shift(i, int(t))
				better = true
				break
			}
		}
	}
	return better
}

func (s *search) polishSwaps(ctx context.Context) (better bool) {
	for _, i := range s.rng.Perm(s.n) {
		if ctx.Err() != nil {
			return false
		}
		others := s.pool[i]
		if s.near == nil && s.n <= 400 {
			others = s.everybody()
		}
		for _, j := range others {
			if s.of[j] != s.of[i] && s.maySwap(i, int(j)) && s.swapDelta(i, int(j)) < -1e-9 {
				s.swap(i, int(j))
				better = true
			}
		}
	}
	return better
}

func (s *search) everybody() []int32 {
	if s.all == nil {
		s.all = make([]int32, s.n)
		for i := range s.all {
			s.all[i] = int32(i)
		}
	}
	return s.all
}
