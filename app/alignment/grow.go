package alignment

import (
	"container/heap"
	"slices"
)

// grow adds neighbours to the emptiest territory, the nearest first.
func grow(r *rules, at []int32) []int32 {
	g := newGrowth(r, at)
	for i, u := range r.Units {
		if u.Locked != Anywhere {
			g.put(i, u.Locked)
		}
	}
	for t, i := range at {
		if g.of[i] == Anywhere {
			g.put(int(i), t)
		}
	}
	return g.filled()
}

// growth is a division that is being grown around centres.
type growth struct {
	*rules
	at   []int32 // the centres
	of   []int32 // Anywhere: not given yet
	rim  []rim   // of each territory: units beside it, the nearest first
	load []float64
}

func newGrowth(r *rules, at []int32) *growth {
	return &growth{rules: r, at: at, of: slices.Repeat([]int32{Anywhere}, r.n), rim: make([]rim, r.k), load: make([]float64, r.k)}
}

// put gives a unit to a territory.
func (g *growth) put(i, t int) {
	g.of[i] = int32(t)
	g.load[t] += g.mass(i)
	for _, j := range g.near[i] {
		if g.of[j] == Anywhere {
			heap.Push(&g.rim[t], beside{g.way(int(j), t, g.at[t]), j})
		}
	}
}

// filled grows the territories until nothing is left beside them.
func (g *growth) filled() []int32 {
	for g.next() {
		continue
	}
	return g.of
}

// next gives one unit to the emptiest territory that has one beside it.
func (g *growth) next() bool {
	for {
		t := -1
		for u := range g.k {
			if len(g.rim[u]) > 0 && (t < 0 || g.load[u] < g.load[t]) {
				t = u
			}
		}
		if t < 0 {
			return false
		}
		b, _ := heap.Pop(&g.rim[t]).(beside)
		if g.of[b.unit] == Anywhere {
			g.put(int(b.unit), t)
			return true
		}
	}
}

// beside is a unit at the rim of a territory, or near to another one.
type beside struct {
	d    float64
	unit int32
}

type rim []beside

func (r rim) Len() int           { return len(r) }
func (r rim) Less(i, j int) bool { return r[i].d < r[j].d }
func (r rim) Swap(i, j int)      { r[i], r[j] = r[j], r[i] }
func (r *rim) Push(x any)        { *r = append(*r, x.(beside)) } //nolint:forcetypeassert // heap hands back what was put in
func (r *rim) Pop() any {
	last := (*r)[len(*r)-1]
	*r = (*r)[:len(*r)-1]
	return last
}

// today is the division as it stands, with units that nobody holds given to the
// nearest; nil where too little is assigned to begin with.
func today(r *rules) []int32 {
	at := make([]int32, r.k)
	held := make([]int, r.k)
	of := make([]int32, r.n)
	for i, u := range r.Units {
		t := u.Current
		if u.Locked != Anywhere {
			t = u.Locked
		}
		of[i] = int32(t)
		if t != Anywhere {
			at[t] = int32(i)
			held[t]++
		}
	}
	for t := range held {
		if held[t] == 0 && (!r.hollow[t] || slices.Max(held) == 0) {
			return nil
		}
	}
	if r.near != nil {
		return grown(r, of, at)
	}
	for t := range at {
		if held[t] == 0 {
			at[t] = -1
		}
	}
	for i, t := range of {
		if t == Anywhere {
			of[i] = int32(cheapest(r, i, at))
		}
	}
	return of
}

// grown gives units that nobody holds to territories beside them; nil where that
// does not make territories hang together.
func grown(r *rules, of, at []int32) []int32 {
	g := newGrowth(r, at)
	copy(g.of, of)
	for i, t := range of {
		if t != Anywhere {
			g.put(i, int(t))
		}
	}
	of = g.filled()
	if slices.Contains(of, Anywhere) || newState(r, of).pieces() > 0 {
		return nil
	}
	return of
}
