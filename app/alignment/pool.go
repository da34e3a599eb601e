package alignment

import (
	"cmp"
	"math"
	"slices"
)

// poolSize is how many near units are looked at for a move.
const poolSize = 24

// pools lists for each unit those beside it: its neighbours, or near ones where
// nothing has neighbours. Which ones is a matter of speed alone, so a near unit
// may be missed: they are looked for along two orders in which units that are
// near mostly stand near.
func pools(r *rules) [][]int32 {
	if r.near != nil {
		return r.near
	}
	near := make([][]int32, r.n)
	for _, angle := range []float64{0, 0.7} {
		f := newField(r, angle)
		order := f.parts(f.everything(), r.n)
		for at := range order {
			i := order[at][0]
			for n := max(0, at-poolSize); n <= min(r.n-1, at+poolSize); n++ {
				if j := order[n][0]; j != i {
					near[i] = append(near[i], j)
				}
			}
		}
	}
	var list []beside
	for i := range near {
		list = list[:0]
		for _, j := range near[i] {
			list = append(list, beside{r.dist.at(i, int(j)), j})
		}
		slices.SortFunc(list, func(a, b beside) int { return cmp.Or(cmp.Compare(a.d, b.d), cmp.Compare(a.unit, b.unit)) })
		list = slices.Compact(list)
		near[i] = near[i][:min(len(list), poolSize)]
		for n := range near[i] {
			near[i][n] = list[n].unit
		}
		near[i] = slices.Clone(near[i])
	}
	return near
}

// field is the units on a plane, turned by an angle.
type field struct {
	*rules
	x, y []float64
}

func newField(r *rules, angle float64) *field {
	f := &field{rules: r, x: make([]float64, r.n), y: make([]float64, r.n)}
	squeeze := 1.0
	if r.Metric == Haversine {
		mean := 0.0
		for _, u := range r.Units {
			mean += u.Y / float64(r.n)
		}
		squeeze = math.Max(0.05, math.Cos(mean*math.Pi/180))
	}
	sin, cos := math.Sincos(angle)
	for i, u := range r.Units {
		x, y := u.X*squeeze, u.Y
		f.x[i], f.y[i] = x*cos-y*sin, x*sin+y*cos
	}
	return f
}

func (f *field) everything() []int32 {
	out := make([]int32, f.n)
	for i := range out {
		out[i] = int32(i)
	}
	return out
}

// parts cuts units into k parts of about one mass each, by straight cuts across
// the longer side, none empty.
func (f *field) parts(units []int32, k int) [][]int32 {
	if k == 1 {
		return [][]int32{units}
	}
	along := f.x
	if extent(f.y, units) > extent(f.x, units) {
		along = f.y
	}
	slices.SortFunc(units, func(a, b int32) int { return cmp.Or(cmp.Compare(along[a], along[b]), cmp.Compare(a, b)) })
	left := k / 2
	mass := 0.0
	for _, i := range units {
		mass += f.mass(int(i))
	}
	want, have, at := mass*float64(left)/float64(k), 0.0, 0
	for at < len(units) && have+f.mass(int(units[at]))/2 <= want {
		have += f.mass(int(units[at]))
		at++
	}
	at = min(max(at, left), len(units)-(k-left))
	if len(units) == k {
		at = left
	}
	return append(f.parts(units[:at], left), f.parts(units[at:], k-left)...)
}

func extent(v []float64, units []int32) float64 {
	low, high := math.Inf(1), math.Inf(-1)
	for _, i := range units {
		low, high = min(low, v[i]), max(high, v[i])
	}
	return high - low
}
