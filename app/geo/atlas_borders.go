package geo

import (
	"slices"
	"strings"
)

// Borders gives every border of a level once, coasts included: all that have
// a unit of it within the given one on a side; all of the level where within
// is "". The codes on the sides are those of any units that lie there, also
// outside of within. Lines do not cross ±180°.
func (a *Atlas) Borders(level Level, within string) []Line {
	switch level {
	case Country:
		return a.arcLines(a.countries, within)
	case State:
		return append(a.arcLines(a.states, within), a.countyLines(within, State)...)
	case County:
		return a.countyLines(within, County)
	case ZIP, ZIP3:
		return a.zipLines(level, within)
	}
	return nil
}

// codes gives the codes of a layer's units by place.
func (l *layer) codes(w *world) []string {
	codes := make([]string, len(l.units))
	for i, u := range l.units {
		codes[i] = w.units[u].Code
	}
	return codes
}

// arcLines gives the arcs between units of different codes. Those of hidden
// units come with the layer that is drawn more finely.
func (a *Atlas) arcLines(l *layer, within string) []Line {
	var lines []Line
	codes, wanted := l.codes(a.world), a.wanted(within)
	for arc, sides := range l.between() {
		if l.isHidden(sides[0]) || l.isHidden(sides[1]) {
			continue
		}
		lines = addLine(lines, l.arcs[arc], codeAt(codes, sides[0]), codeAt(codes, sides[1]), wanted)
	}
	return lines
}

func codeAt(codes []string, place int32) string {
	if place < 0 {
		return ""
	}
	return codes[place]
}

// wanted tells of codes whether they lie within a unit; asked once for each.
func (a *Atlas) wanted(within string) func(code string) bool {
	known := map[string]bool{"": false}
	return func(code string) bool {
		if within == "" {
			return code != ""
		}
		in, ok := known[code]
		if !ok {
			in = a.Within(code, within)
			known[code] = in
		}
		return in
	}
}

func addLine(lines []Line, points []Point, left, right string, wanted func(string) bool) []Line {
	if left == right || !wanted(left) && !wanted(right) || len(points) < 2 {
		return lines
	}
	for _, piece := range wrapLine(points) {
		lines = append(lines, Line{piece, left, right})
	}
	return lines
}

// countyLines gives the borders of the counties, or of their states, with
// what lies across them in Canada and Mexico.
func (a *Atlas) countyLines(within string, level Level) []Line {
	var lines []Line
	codes := a.counties.codes(a.world)
	if level == State {
		for i := range codes {
			codes[i] = a.stateOf(int32(i))
		}
	}
	wanted := a.wanted(within)
	for arc, sides := range a.counties.between() {
		left, right := codeAt(codes, sides[0]), codeAt(codes, sides[1])
		if division, ok := a.abroad[int32(arc)]; ok && level == State {
			across := a.units[a.states.units[division]].Code
			if left == "" {
				left = across
			} else if right == "" {
				right = across
			}
		}
		lines = addLine(lines, a.counties.arcs[arc], left, right, wanted)
	}
	return lines
}

// zipLines gives the borders of the cells of ZIPs, or of ZIP3s.
func (a *Atlas) zipLines(level Level, within string) []Line {
	code := func(zip int32) string {
		if zip < 0 {
			return ""
		}
		if level == ZIP3 {
			return a.areaCode(int(a.zips.areaOf[zip]))
		}
		return a.zips.code(int(zip))
	}
	edges := a.zipEdges(within)
	edges = slices.DeleteFunc(edges, func(e edge) bool { return code(e.left) == code(e.right) })
	if level == ZIP3 {
		for i, e := range edges { // any ZIP of the area stands for it
			edges[i].left, edges[i].right = a.anyOf(e.left), a.anyOf(e.right)
		}
	}
	var lines []Line
	wanted := a.wanted(within)
	for _, l := range chain(edges) {
		lines = addLine(lines, wrappedLine(l.points), code(l.left), code(l.right), wanted)
	}
	return lines
}

func (a *Atlas) anyOf(zip int32) int32 {
	if zip < 0 {
		return -1
	}
	return a.zips.areas[a.zips.areaOf[zip]].first
}

// zipEdges gives the borders between all ZIPs of the states that have some
// within a unit.
func (a *Atlas) zipEdges(within string) []edge {
	var edges []edge
	done := map[int32]bool{}
	regions := a.regionsOf(within)
	a.meshAll(regions)
	for _, r := range regions {
		edges = append(edges, r.inner...)
		for _, arc := range a.outline()[r.state] {
			if done[arc] {
				continue
			}
			done[arc] = true
			regions := []*region{r}
			for _, side := range a.counties.between()[arc] {
				if across := a.zips.regions[a.stateOf(side)]; across != nil && across != r {
					a.mesh(across)
					regions = append(regions, across)
				}
			}
			edges = a.arcEdges(edges, arc, regions)
		}
	}
	return edges
}

// regionsOf lists the states that have ZIPs within a unit, by code.
func (a *Atlas) regionsOf(within string) []*region {
	u, ok := a.Unit(within)
	if !ok && within != "" {
		return nil
	}
	if u.Level == ZIP3 {
		i, _ := a.zips.findArea(u.Name)
		return a.areaRegions(i)
	}
	state := u.In
	if u.Level == State {
		state = u.Code
	}
	var regions []*region
	for code, r := range a.zips.regions {
		if within == "" || code == state || u.Level == Country && a.Within(code, within) {
			regions = append(regions, r)
		}
	}
	slices.SortFunc(regions, func(x, y *region) int { return strings.Compare(x.state, y.state) })
	return regions
}

type chained struct {
	points      []Point
	left, right int32
}

// chain joins the edges between the same two neighbours to lines.
func chain(edges []edge) []chained {
	for i, e := range edges {
		if e.left > e.right {
			edges[i] = edge{e.to, e.from, e.right, e.left}
		}
	}
	slices.SortStableFunc(edges, func(x, y edge) int {
		if x.left != y.left {
			return int(x.left - y.left)
		}
		return int(x.right - y.right)
	})
	var lines []chained
	for start := 0; start < len(edges); {
		e := edges[start]
		end := start + 1
		for end < len(edges) && edges[end].left == e.left && edges[end].right == e.right {
			end++
		}
		if end == start+1 {
			lines = append(lines, chained{[]Point{e.from, e.to}, e.left, e.right})
		} else {
			for _, points := range stitch(edges[start:end]) {
				lines = append(lines, chained{points, e.left, e.right})
			}
		}
		start = end
	}
	return lines
}

// wrappedLine brings points back from beyond ±180°.
func wrappedLine(points []Point) []Point {
	for i := range points {
		points[i] = wrapped(points[i])
	}
	return points
}
