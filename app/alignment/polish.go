package alignment

import (
	"context"
	"slices"
)

// polishMost is after how many rounds of moves for the better it is enough.
const polishMost = 1000

// least is what a move must bring to be for the better, so that rounding is not
// taken for it.
func (s *search) least() float64 { return 1e-9 + 1e-13*s.fee*(1+s.excess) }

// polish makes every move that is for the better, from the best division on.
func (s *search) polish(ctx context.Context) {
	if s.best.of != nil {
		s.state = newState(s.rules, s.best.of)
	}
	s.recentre()
	for better, round := true, 0; better && round < polishMost && ctx.Err() == nil; round++ {
		better = s.polishShifts(ctx) || s.sums != nil && s.polishSwaps(ctx) || s.rename()
		if s.sums == nil {
			s.recentre()
		}
		s.keep()
	}
}

func (s *search) polishShifts(ctx context.Context) (better bool) {
	tried := make([]int32, 0, poolSize)
	for at, i := range s.rng.Perm(s.n) {
		if at%slice == 0 && ctx.Err() != nil {
			return false
		}
		tried = append(tried[:0], s.of[i])
		for n := range len(s.pool[i]) + s.further() {
			t := int32(n - len(s.pool[i]))
			if t < 0 {
				t = s.of[s.pool[i][n]]
			}
			if slices.Contains(tried, t) {
				continue
			}
			tried = append(tried, t)
			if s.mayShift(i, int(t)) && s.shiftDelta(i, int(t)) < -s.least() {
				s.shift(i, int(t))
				better = true
				break
			}
		}
	}
	return better
}

// further is how many territories are tried for a unit beside those that are
// beside it: all or none.
func (s *search) further() int {
	if s.roam {
		return s.k
	}
	return 0
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
			if s.of[j] != s.of[i] && s.maySwap(i, int(j)) && s.swapDelta(i, int(j)) < -s.least() {
				s.swap(i, int(j))
				better = true
			}
		}
	}
	return better
}

// rename names the territories anew where that is for the better.
func (s *search) rename() (better bool) {
	of := slices.Clone(s.of)
	named(s.rules, of)
	if slices.Equal(of, s.of) {
		return false
	}
	st := newState(s.rules, of)
	if st.cost()+s.fee*st.excess >= s.cost()+s.fee*s.excess-s.least() {
		return false
	}
	s.state = st
	return true
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
