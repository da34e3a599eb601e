package kit

import (
	"iter"
	"slices"
)

// Selection is a set of row numbers, kept as ranges: a million rows cost as
// much as one.
type Selection struct{ spans []span }

// span is the rows [from, to).
type span struct{ from, to int }

// Has reports whether a row is in the set.
func (s *Selection) Has(row int) bool {
	i := s.search(row)
	return i < len(s.spans) && s.spans[i].from <= row
}

// search returns the first span that ends behind a row.
func (s *Selection) search(row int) int {
	i, _ := slices.BinarySearchFunc(s.spans, row, func(x span, row int) int {
		if x.to <= row {
			return -1
		}
		return 1
	})
	return i
}

// Count returns how many rows are in the set.
func (s *Selection) Count() int {
	n := 0
	for _, x := range s.spans {
		n += x.to - x.from
	}
	return n
}

// Rows yields the rows in ascending order.
func (s *Selection) Rows() iter.Seq[int] {
	return func(yield func(int) bool) {
		for _, x := range s.spans {
			for row := x.from; row < x.to; row++ {
				if !yield(row) {
					return
				}
			}
		}
	}
}

// Clear takes every row out.
func (s *Selection) Clear() { s.spans = nil }

// Add puts the rows [from, to) into the set.
func (s *Selection) Add(from, to int) {
	if from >= to {
		return
	}
	var kept []span
	for _, x := range s.spans {
		if x.to < from || x.from > to {
			kept = append(kept, x)
			continue
		}
		from, to = min(from, x.from), max(to, x.to)
	}
	s.spans = append(kept, span{from, to})
	slices.SortFunc(s.spans, func(a, b span) int { return a.from - b.from })
}

// Remove takes the rows [from, to) out of the set.
func (s *Selection) Remove(from, to int) {
	var kept []span
	for _, x := range s.spans {
		if x.from < min(x.to, from) {
			kept = append(kept, span{x.from, min(x.to, from)})
		}
		if max(x.from, to) < x.to {
			kept = append(kept, span{max(x.from, to), x.to})
		}
	}
	s.spans = kept
}

// Toggle puts a row in or takes it out.
func (s *Selection) Toggle(row int) {
	if s.Has(row) {
		s.Remove(row, row+1)
	} else {
		s.Add(row, row+1)
	}
}
