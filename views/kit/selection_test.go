package kit

import (
	"slices"
	"testing"

	"pgregory.net/rapid"
)

// TestSelectionIsASet holds ranges against a plain set of numbers.
func TestSelectionIsASet(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var s Selection
		set := map[int]bool{}
		const size = 30
		for range rapid.IntRange(1, 30).Draw(t, "steps") {
			from := rapid.IntRange(0, size).Draw(t, "from")
			to := rapid.IntRange(0, size).Draw(t, "to")
			switch rapid.IntRange(0, 2).Draw(t, "what") {
			case 0:
				s.Add(from, to)
				for i := from; i < to; i++ {
					set[i] = true
				}
			case 1:
				s.Remove(from, max(from, to))
				for i := from; i < to; i++ {
					delete(set, i)
				}
			case 2:
				s.Toggle(from)
				if set[from] {
					delete(set, from)
				} else {
					set[from] = true
				}
			}
		}
		var want []int
		for i := range size + 1 {
			if set[i] {
				want = append(want, i)
			}
			if s.Has(i) != set[i] {
				t.Fatalf("Has(%d) is %v", i, s.Has(i))
			}
		}
		if got := slices.Collect(s.Rows()); !slices.Equal(got, want) || s.Count() != len(want) {
			t.Fatalf("rows %v, want %v", got, want)
		}
	})
}

func TestSelectionOfAMillion(t *testing.T) {
	var s Selection
	s.Add(0, 1_000_000)
	s.Toggle(499_999)
	if s.Count() != 999_999 || s.Has(499_999) || !s.Has(500_000) || len(s.spans) != 2 {
		t.Errorf("%d rows in %d ranges", s.Count(), len(s.spans))
	}
}
