package alignment

import "math/bits"

// set is a set of the first units.
type set [2]uint64

// setMost is how many units fit.
const setMost = 128

func (s set) has(i int) bool { return s[i>>6]>>(i&63)&1 == 1 }

func (s set) with(i int) set {
	s[i>>6] |= 1 << (i & 63)
	return s
}

func (s set) without(i int) set {
	s[i>>6] &^= 1 << (i & 63)
	return s
}

func (s set) and(o set) set   { return set{s[0] & o[0], s[1] & o[1]} }
func (s set) or(o set) set    { return set{s[0] | o[0], s[1] | o[1]} }
func (s set) minus(o set) set { return set{s[0] &^ o[0], s[1] &^ o[1]} }
func (s set) empty() bool     { return s[0]|s[1] == 0 }

// first is the first unit, of a set that has one.
func (s set) first() int {
	if s[0] != 0 {
		return bits.TrailingZeros64(s[0])
	}
	return 64 + bits.TrailingZeros64(s[1])
}

// units are all of them in order.
func (s set) units() (into []int32) {
	for !s.empty() {
		i := s.first()
		into = append(into, int32(i))
		s = s.without(i)
	}
	return into
}

// reach is what of a set hangs together with its unit i.
func (s set) reach(i int, near []set) set {
	reached := set{}.with(i)
	for fresh := reached; !fresh.empty(); {
		j := fresh.first()
		fresh = fresh.without(j)
		more := near[j].and(s).minus(reached)
		reached, fresh = reached.or(more), fresh.or(more)
	}
	return reached
}
