package oplog

import "sort"

// Range is a run of seqs, both ends included.
type Range struct {
	From, To uint64
}

// Ranges is a set of seqs: sorted runs with gaps between them. What is held of
// a replica is such a set, never a maximum, so a lost file heals.
type Ranges []Range

// Has reports whether seq is in the set.
func (r Ranges) Has(seq uint64) bool {
	i := sort.Search(len(r), func(i int) bool { return r[i].To >= seq })
	return i < len(r) && r[i].From <= seq
}

// Add puts the run from..to into the set and joins what touches.
func (r Ranges) Add(from, to uint64) Ranges {
	if from > to {
		return r
	}
	// The usual case: behind the last run.
	if n := len(r); n > 0 && r[n-1].To+1 == from {
		out := append(Ranges(nil), r...)
		out[n-1].To = to
		return out
	}
	out := make(Ranges, 0, len(r)+1)
	i := 0
	for ; i < len(r) && (r[i].To < from && r[i].To+1 != from); i++ {
		out = append(out, r[i])
	}
	run := Range{from, to}
	for ; i < len(r) && (r[i].From <= to || r[i].From-1 == to); i++ {
		run.From, run.To = min(run.From, r[i].From), max(run.To, r[i].To)
	}
	out = append(out, run)
	return append(out, r[i:]...)
}

// Union is the set of what r or o holds.
func (r Ranges) Union(o Ranges) Ranges {
	out := make(Ranges, 0, len(r)+len(o))
	for len(r) > 0 || len(o) > 0 {
		if len(o) == 0 || len(r) > 0 && r[0].From <= o[0].From {
			out, r = out.join(r[0]), r[1:]
		} else {
			out, o = out.join(o[0]), o[1:]
		}
	}
	return out
}

// join adds a run that begins no earlier than the last one.
func (r Ranges) join(run Range) Ranges {
	if n := len(r); n > 0 && run.From <= r[n-1].To+1 {
		r[n-1].To = max(r[n-1].To, run.To)
		return r
	}
	return append(r, run)
}

// Without lists what r holds and o does not.
func (r Ranges) Without(o Ranges) Ranges {
	var out Ranges
	for _, run := range r {
		from := run.From
		for _, h := range o {
			if h.To < from {
				continue
			}
			if h.From > run.To {
				break
			}
			if h.From > from {
				out = append(out, Range{from, h.From - 1})
			}
			if h.To >= run.To {
				from = run.To + 1
				break
			}
			from = h.To + 1
		}
		if from != 0 && from <= run.To {
			out = append(out, Range{from, run.To})
		}
	}
	return out
}

// Count is how many seqs the set holds.
func (r Ranges) Count() uint64 {
	var n uint64
	for _, run := range r {
		n += run.To - run.From + 1
	}
	return n
}
