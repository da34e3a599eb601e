package alignment

import (
	"context"
	"math"
	"math/rand/v2"
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
	torn bool // locks hold pieces of a territory apart, to begin with
	best best
	told func(best) // hears of each better division
}

// best is a division that was found.
type best struct {
	of     []int32
	cost   float64
	excess float64 // with what does not hang together
}

// apart is the excess of a piece of a territory that does not hang together.
const apart = 10

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
	excess := s.excess
	if s.torn {
		pieces := s.pieces()
		s.torn = pieces > 0 // what hangs together stays so
		excess += apart * float64(pieces)
		if (best{s.of, s.cost(), excess}).betterThan(s.best) {
			s.best = best{append(s.best.of[:0], s.of...), s.cost(), excess}
		}
		return
	}
	s.best = best{append(s.best.of[:0], s.of...), s.cost(), excess}
}

// Temperatures and fees at the beginning and the end, by what a usual move costs.
const (
	hot, cold     = 0.6, 0.0015
	feeLow, feeUp = 0.25, 12
)

// recutEvery is after how many moves, about, two territories are cut anew: the
// fewer units, the less work that is.
func (s *search) recutEvery() int { return min(max(recutOften, s.n/8), recutSeldom) }

const recutOften, recutSeldom = 5, 300

// roamEvery is after how many moves, about, a unit may go to any territory where
// not only those beside it are of use.
const roamEvery = 6

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
	if s.torn = s.pieces() > 0; s.torn {
		s.state = newState(s.rules, joined(s.rules, s.of))
		s.fill()
	}
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
		if v := math.Abs(s.way(i, t, s.centre[t]) - s.way(i, int(s.of[i]), s.centre[s.of[i]])); v > 0 {
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
	if s.roam && s.rng.IntN(roamEvery) == 0 {
		if t = s.rng.IntN(s.k); t == int(s.of[i]) {
			return i, -1
		}
		return i, t
	}
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
	if s.near != nil && s.rng.IntN(s.recutEvery()) == 0 {
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
	if len(members) == 0 {
		return false
	}
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
	if !s.spares(from) || !s.allowed(i, to) || s.sums == nil && int(s.centre[from]) == i {
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
		if len(s.members[to]) > 0 || s.atHome(to) {
			delta += s.way(i, to, s.centre[to])
		}
		delta -= s.way(i, from, s.centre[from])
	}
	return delta + s.fee*(s.overWith(from, i, -1)-s.over[from]+s.overWith(to, -1, i)-s.over[to])
}

func (s *search) swapDelta(i, j int) float64 {
	a, b := int(s.of[i]), int(s.of[j])
	delta := s.moved(i, b) - s.moved(i, a) + s.moved(j, a) - s.moved(j, b)
	if s.sums != nil {
		delta += s.lengthWith(a, i, j) - s.length[a] + s.lengthWith(b, j, i) - s.length[b]
	} else {
		ca, cb := s.centre[a], s.centre[b]
		delta += s.way(i, b, cb) - s.way(i, a, ca) + s.way(j, a, ca) - s.way(j, b, cb)
	}
	return delta + s.fee*(s.overWith(a, i, j)-s.over[a]+s.overWith(b, j, i)-s.over[b])
}

// lengthWith is the length of a territory without one unit and with another;
// -1 is none.
func (s *state) lengthWith(t, out, in int) float64 {
	if s.atHome(t) {
		length := s.length[t]
		if out >= 0 {
			length -= s.home[t][out]
		}
		if in >= 0 {
			length += s.home[t][in]
		}
		return length
	}
	if in < 0 && len(s.members[t]) == 1 {
		return 0
	}
	sums, least := s.sums[t], math.Inf(1)
	var gone, come []float64
	var goes, comes float64 // how often their distances count
	if out >= 0 {
		gone, goes = s.dist.all[out*s.n:(out+1)*s.n], s.travel[out]
	}
	if in >= 0 {
		come, comes = s.dist.all[in*s.n:(in+1)*s.n], s.travel[in]
		least = sums[in]
		if gone != nil {
			least -= goes * gone[in]
		}
	}
	for _, x := range s.members[t] {
		if int(x) == out {
			continue
		}
		v := sums[x]
		if gone != nil {
			v -= goes * gone[x]
		}
		if come != nil {
			v += comes * come[x]
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
		over += s.excessOf(t, m, v)
	}
	return over
}
