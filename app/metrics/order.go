package metrics

import "cmp"

// ByAttainment orders rows by the highest attainment, then those without a quota,
// alike ones by what was won.
func ByAttainment(a, b Row) int {
	x, okA := a.Attainment.Value()
	y, okB := b.Attainment.Value()
	switch {
	case okA && okB:
		return cmp.Or(cmp.Compare(y, x), cmp.Compare(b.WonValue.Minor, a.WonValue.Minor))
	case okA:
		return -1
	case okB:
		return 1
	}
	return cmp.Compare(b.WonValue.Minor, a.WonValue.Minor)
}
