package geo

import (
	"cmp"
	"maps"
	"math"
	"slices"
)

// Neighbours tells which of some units border on each other, as pairs of
// their places in codes, the smaller first, in order. Units of different
// levels border too, save that of ZIPs and larger ones. So that the whole
// hangs together, islands and groups apart are joined to what is nearest. A
// code that the map does not know has no neighbours and is not joined; of a
// code that comes twice the first counts, and the others are its neighbours.
func (a *Atlas) Neighbours(codes []string) [][2]int {
	n := neighbours{at: map[string]int{}, pairs: map[[2]int]bool{}}
	zips, areas := false, false
	var known []int
	for i, code := range codes {
		u, ok := a.Unit(code)
		if !ok {
			continue
		}
		if first, double := n.at[code]; double {
			n.pairs[[2]int{first, i}] = true
			continue
		}
		n.at[code] = i
		known = append(known, i)
		zips, areas = zips || u.Level == ZIP, areas || u.Level == ZIP3
	}
	a.bordering(&n)
	if zips || areas {
		a.borderingCells(&n)
	}
	a.joinGroups(&n, codes, known)
	return slices.SortedFunc(maps.Keys(n.pairs), func(x, y [2]int) int {
		return cmp.Or(cmp.Compare(x[0], y[0]), cmp.Compare(x[1], y[1]))
	})
}

type neighbours struct {
	at    map[string]int // code → place
	pairs map[[2]int]bool
}

func (n *neighbours) add(i, j int) {
	if i >= 0 && j >= 0 && i != j {
		n.pairs[[2]int{min(i, j), max(i, j)}] = true
	}
}

// owner gives the place of the smallest of the codes that the unit lies in.
func (a *Atlas) owner(n *neighbours, u Unit) int {
	for {
		if i, ok := n.at[u.Code]; ok {
			return i
		}
		if u.Level == State && u.In == home && isPart(u.Code[3:]) {
			if i, ok := n.at[u.Code[3:]]; ok {
				return i
			}
		}
		if u.In == "" {
			return -1
		}
		u = a.units[a.byCode[u.In]]
	}
}

func (a *Atlas) bordering(n *neighbours) {
	for _, l := range []*layer{a.countries, a.states, a.counties} {
		owners := make([]int, len(l.units))
		for i, u := range l.units {
			owners[i] = a.owner(n, a.units[u])
		}
		for arc, sides := range l.between() {
			if l.isHidden(sides[0]) && l.isHidden(sides[1]) {
				continue // the counties tell
			}
			if sides[0] >= 0 && sides[1] >= 0 {
				n.add(owners[sides[0]], owners[sides[1]])
				continue
			}
			if division, ok := a.abroad[int32(arc)]; ok && l == a.counties && max(sides[0], sides[1]) >= 0 {
				n.add(owners[max(sides[0], sides[1])], a.owner(n, a.units[a.states.units[division]]))
			}
		}
	}
}

// borderingCells adds the ZIPs and ZIP3s whose cells touch.
func (a *Atlas) borderingCells(n *neighbours) {
	place := make([]int, len(a.zips.numbers))
	states := map[string]bool{}
	for i := range place {
		place[i] = -1
		at, ok := n.at[a.zips.code(i)]
		if !ok {
			at, ok = n.at[a.areaCode(int(a.zips.areaOf[i]))]
		}
		if ok {
			place[i] = at
			states[a.countyUnit(a.zips.counties[i]).In] = true
		}
	}
	for _, state := range slices.Sorted(maps.Keys(states)) {
		for _, e := range a.zipEdges(state) {
			if e.left >= 0 && e.right >= 0 {
				n.add(place[e.left], place[e.right])
			}
		}
	}
}

// joinGroups links the groups that do not hang together, smallest first, each
// to the unit nearest to it.
func (a *Atlas) joinGroups(n *neighbours, codes []string, known []int) {
	if len(known) < 2 {
		return
	}
	groups := newGroups(len(codes))
	for pair := range n.pairs {
		groups.join(pair[0], pair[1])
	}
	outlines := make([]outline, len(codes))
	for _, i := range known {
		outlines[i] = a.outlineOf(codes[i])
	}
	for {
		members := groups.members(known)
		if len(members) < 2 {
			return
		}
		small := members[0]
		best, away := [2]int{-1, -1}, math.Inf(1)
		for _, i := range small {
			for _, j := range known {
				if groups.of(j) == groups.of(i) || outlines[i].atLeast(&outlines[j]) >= away {
					continue
				}
				if d := outlines[i].distance(&outlines[j], away); d < away {
					best, away = [2]int{i, j}, d
				}
			}
		}
		if best[0] < 0 {
			best = [2]int{small[0], members[1][0]} // no shape at all
		}
		n.add(best[0], best[1])
		groups.join(best[0], best[1])
	}
}

// groups is a forest of what hangs together.
type groups []int

func newGroups(n int) groups {
	g := make(groups, n)
	for i := range g {
		g[i] = i
	}
	return g
}

func (g groups) of(i int) int {
	for g[i] != i {
		g[i] = g[g[i]]
		i = g[i]
	}
	return i
}

func (g groups) join(i, j int) { g[max(g.of(i), g.of(j))] = min(g.of(i), g.of(j)) }

// members lists the groups, the smallest first.
func (g groups) members(of []int) [][]int {
	lists := map[int][]int{}
	for _, i := range of {
		lists[g.of(i)] = append(lists[g.of(i)], i)
	}
	return slices.SortedFunc(maps.Values(lists), func(x, y []int) int {
		return cmp.Or(cmp.Compare(len(x), len(y)), cmp.Compare(x[0], y[0]))
	})
}

// outline is points on the border of a unit in space, on a globe of radius 1,
// with a ball that holds them.
type outline struct {
	points [][3]float64
	centre [3]float64
	radius float64
}

const mostPoints = 400 // of a unit's outline; more do not find another neighbour

func (a *Atlas) outlineOf(code string) outline {
	u, _ := a.Unit(code)
	o := outline{centre: space(Point{u.Lon, u.Lat})}
	if u.Level == ZIP || u.Level == ZIP3 {
		o.points = [][3]float64{o.centre}
		return o
	}
	shape := a.Shape(code)
	total := 0
	for _, ring := range shape.Rings {
		total += len(ring)
	}
	every := total/mostPoints + 1
	for _, ring := range shape.Rings {
		for i := 0; i < len(ring); i += every {
			p := space(ring[i])
			o.points = append(o.points, p)
			o.radius = max(o.radius, apart(&o.centre, &p))
		}
	}
	return o
}

func space(p Point) [3]float64 {
	lon, lat := p[0]*math.Pi/180, p[1]*math.Pi/180
	return [3]float64{math.Cos(lat) * math.Cos(lon), math.Cos(lat) * math.Sin(lon), math.Sin(lat)}
}

func apart(a, b *[3]float64) float64 {
	x, y, z := a[0]-b[0], a[1]-b[1], a[2]-b[2]
	return math.Sqrt(x*x + y*y + z*z)
}

// atLeast is a distance that two outlines are not nearer than.
func (o *outline) atLeast(to *outline) float64 {
	return apart(&o.centre, &to.centre) - o.radius - to.radius
}

// distance is that of the two nearest points, if below a limit.
func (o *outline) distance(to *outline, limit float64) float64 {
	for i := range o.points {
		p := &o.points[i]
		if apart(p, &to.centre)-to.radius >= limit {
			continue
		}
		for j := range to.points {
			limit = min(limit, apart(p, &to.points[j]))
		}
	}
	return limit
}
