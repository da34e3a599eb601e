package alignment

import (
	"cmp"
	"context"
	"math/rand/v2"
	"slices"
	"time"
)

// A region is a few territories that lie together. Divided anew by themselves,
// from where they are, they find what a search over everything comes upon by luck
// (Taillard and Voss, POPMUSIC, 2002).
const (
	regionUnits  = 120                   // at most, but two territories at least
	regionMost   = 10                    // territories
	regionLeast  = 3                     // territories that a problem must have more of
	regionLoad   = 40                    // units a territory, on average, up to which it is of use
	regionRounds = 4                     // of which the first searches over everything
	regionPace   = 15 * time.Microsecond // times the square of its units
	regionRest   = 60 * time.Millisecond // the least time for one
	regionStuck  = 1                     // times the territories: regions that brought nothing until it is enough
	regionLate   = 0.65                  // of the time: from then on the best of all is looked at
)

// regionTurns are the beginnings that searches over everything take turns with.
var regionTurns = [...]int{0, 2, 4}

// regions goes through regions of a division until the pace is used up or they
// bring nothing more, and gives the best that comes of it.
func (s *solver) regions(ctx context.Context, p pace, rng *rand.Rand, own best) best {
	s.mu.Lock()
	if own.of == nil || p.from > time.Duration(regionLate*float64(s.opt.Limit)) {
		own = best{slices.Clone(s.record.of), s.record.cost, s.record.excess}
	}
	s.mu.Unlock()
	for idle := 0; idle < regionStuck*s.k && ctx.Err() == nil && p.share() < 1; idle++ {
		st := newState(s.rules, own.of)
		ts := st.region(rng)
		sub, units := s.part(st, ts)
		of := make([]int32, len(units))
		for n, i := range units {
			of[n] = int32(slices.Index(ts, int(own.of[i])))
		}
		now := p.elapsed()
		budget := min(max(regionRest, time.Duration(sub.n*sub.n)*regionPace), p.from+p.budget-now)
		look := &search{state: newState(sub, of), rng: rng, pool: pools(sub)}
		look.run(ctx, pace{elapsed: p.elapsed, from: now, budget: max(budget, time.Millisecond)}, 0.3+rng.Float64())
		whole := slices.Clone(own.of)
		for n, i := range units {
			whole[i] = int32(ts[look.best.of[n]])
		}
		if found := judged(s.rules, whole); found.betterThan(own) {
			own, idle = found, 0
			s.hear(own)
		}
	}
	return own
}

// region draws a territory and some that are nearest to it.
func (s *state) region(rng *rand.Rand) []int {
	var all []int
	at := make([]int32, s.k) // a unit in the middle of each
	for t := range s.k {
		if len(s.members[t]) == 0 {
			continue
		}
		all = append(all, t)
		if at[t] = s.centre[t]; at[t] < 0 {
			at[t] = s.members[t][rng.IntN(len(s.members[t]))]
		}
	}
	first := at[all[rng.IntN(len(all))]]
	slices.SortFunc(all, func(a, b int) int {
		return cmp.Or(cmp.Compare(s.dist.at(int(first), int(at[a])), s.dist.at(int(first), int(at[b]))), cmp.Compare(a, b))
	})
	most, units := 2+rng.IntN(regionMost-1), 0
	for n, t := range all {
		if units += len(s.members[t]); n >= most || n >= 2 && units > regionUnits {
			return all[:n]
		}
	}
	return all
}

// part is the problem of some territories alone, and its units by their place in
// the whole.
func (r *rules) part(st *state, ts []int) (*rules, []int32) {
	var units []int32
	for _, t := range ts {
		units = append(units, st.members[t]...)
	}
	slices.Sort(units)
	n := len(units)
	p := *r.Problem
	p.Units, p.Territories, p.Edges, p.Homes = make([]Unit, n), len(ts), nil, nil
	at := make(map[int32]int32, n)
	for k, i := range units {
		at[i] = int32(k)
		p.Units[k] = r.Units[i]
		p.Units[k].Current = slices.Index(ts, r.Units[i].Current) // Anywhere where it is elsewhere: it has left in any case
		if p.Units[k].Locked != Anywhere {
			p.Units[k].Locked = slices.Index(ts, int(st.of[i]))
		}
	}
	sub := &rules{
		Problem: &p, n: n, k: len(ts), dist: r.dist.of(units), travel: pick(r.travel, units), leave: pick(r.leave, units),
		hollow: pick(r.hollow, ts), roam: r.roam, measures: r.measures, base: pick(r.base, ts), target: pick(r.target, ts),
		low: pick(r.low, ts), high: pick(r.high, ts), scale: r.scale, judged: r.judged, alike: r.alike, whole: r.whole,
	}
	for _, w := range r.weight {
		sub.weight = append(sub.weight, pick(w, units))
	}
	if r.home != nil {
		for _, t := range ts {
			if r.home[t] == nil {
				sub.home = append(sub.home, nil)
				continue
			}
			sub.home = append(sub.home, pick(r.home[t], units))
		}
	}
	if r.near != nil {
		sub.near = make([][]int32, n)
		for k, i := range units {
			for _, j := range r.near[i] {
				if to, in := at[j]; in {
					sub.near[k] = append(sub.near[k], to)
				}
			}
		}
	}
	return sub, units
}

// of are the distances between some units alone.
func (d *distances) of(units []int32) *distances {
	out := &distances{metric: d.metric, n: len(units), x: pick(d.x, units), y: pick(d.y, units)}
	if d.z != nil {
		out.z = pick(d.z, units)
	}
	if n := len(units); n <= matrixMost {
		out.all = make([]float64, 0, n*n)
		for _, i := range units {
			for _, j := range units {
				out.all = append(out.all, d.at(int(i), int(j)))
			}
		}
	}
	return out
}

func pick[T any, I int | int32](from []T, at []I) []T {
	out := make([]T, len(at))
	for n, i := range at {
		out[n] = from[i]
	}
	return out
}
