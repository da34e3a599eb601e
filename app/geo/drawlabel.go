package geo

import (
	"cmp"
	"image/color"
	"math"
	"slices"

	"github.com/paulmach/orb"
	"github.com/paulmach/orb/clip"
)

// anchor keeps a group's label at its place while the map is moved.
type anchor struct {
	x, y  float64 // plane
	scale float64 // of the view that it was found in
}

// named is a unit's name where it was written.
type named struct {
	text string
	box  box
}

const (
	labelHigh  = 20 // of a group's label, logical px
	labelText  = 11
	swatch     = 8
	nameText   = 10.5
	mostNames  = 300
	candidates = 40
	namesFrom  = 34 // px of a usual unit before units are named
)

// pill is the label of a group.
type pill struct {
	group int
	wanted
	name float64 // width of the name
}

// labels writes the groups' labels and, where there is room, the units' names.
func (f *frame) labels() {
	pills := f.pills()
	var want []wanted
	for _, p := range pills {
		want = append(want, p.wanted)
	}
	boxes, ok := placeLabels(want, f.stage.grown(-2*f.u), nil, 3*f.u)
	var taken []box
	for i, p := range pills {
		if ok[i] {
			taken = append(taken, boxes[i])
			b := boxes[i]
			f.anchors[p.group] = anchor{((b.x0+b.x1)/2 - f.cam.ox) / f.cam.k, ((b.y0+b.y1)/2 - f.cam.oy) / f.cam.k, f.cam.k}
		}
	}
	f.names(taken)
	for i, p := range pills {
		if ok[i] {
			f.pill(p, boxes[i])
		}
	}
}

// pills returns a label for each group that shows, the largest group first.
func (f *frame) pills() []pill {
	where := f.spread()
	var pills []pill
	for g, group := range f.spec.Groups {
		if len(where[g].at) == 0 || group.Name == "" {
			continue
		}
		face := typeface{labelText * f.u, true}
		p := pill{group: g, name: f.letters.width(group.Name, face)}
		p.w, p.h = p.name+(8+swatch+6+8)*f.u, labelHigh*f.u
		if group.Note != "" {
			face.bold = false
			p.w += f.letters.width(group.Note, face) + 10*f.u
		}
		p.at = f.candidates(g, where[g], p)
		pills = append(pills, p)
	}
	slices.SortStableFunc(pills, func(a, b pill) int { return cmp.Compare(where[b.group].size, where[a.group].size) })
	return pills
}

// presence is where a group shows: the middles of its units, or its dots where
// it has no units anywhere, in px.
type presence struct {
	at   [][2]float64
	x, y float64 // sums by size
	size float64
	dots bool // it has no units
}

func (g *presence) add(x, y, size float64) {
	g.at = append(g.at, [2]float64{x, y})
	g.x, g.y, g.size = g.x+x*size, g.y+y*size, g.size+size
}

func (f *frame) spread() []presence {
	out := make([]presence, len(f.groups))
	landed := make([]bool, len(out))
	if !f.spec.Ramp {
		for i, g := range f.group {
			if g < 0 {
				continue
			}
			landed[g] = true
			u := &f.scene.units[i]
			if x, y := f.cam.px(u.x, u.y); f.stage.has(x, y) {
				out[g].add(x, y, u.size*f.cam.k*f.cam.k)
			}
		}
	}
	dots := make([]presence, len(out))
	for _, m := range f.marks {
		for _, i := range m.dots {
			if g := f.dots[i].group; g >= 0 && f.stage.has(m.x, m.y) {
				dots[g].add(m.x, m.y, 1)
			}
		}
	}
	for g := range out {
		if !landed[g] {
			out[g], out[g].dots = dots[g], true
		}
	}
	return out
}

// candidates are places for a label: where it was if that is still near the
// middle of the group, then near the middle where it covers few dots, then beside those.
func (f *frame) candidates(g int, r presence, p pill) [][2]float64 {
	var out [][2]float64
	cx, cy := r.x/r.size, r.y/r.size
	far := func(q [2]float64) float64 { return math.Hypot(q[0]-cx, (q[1]-cy)*1.5) }
	if a, ok := f.anchors[g]; ok && a.scale == f.cam.k {
		x, y := f.cam.px(a.x, a.y)
		usual := 0.0
		for _, q := range r.at {
			usual += far(q) / float64(len(r.at))
		}
		if old := ([2]float64{x, y}); far(old) < max(0.8*usual, 40*f.u) {
			out = append(out, old)
		}
	}
	near := slices.Clone(r.at)
	slices.SortStableFunc(near, func(a, b [2]float64) int { return cmp.Compare(far(a), far(b)) })
	near = near[:min(len(near), candidates)]
	if r.dots {
		return f.beside(append(out, near...), p)
	}
	score := make(map[[2]float64]float64, len(near))
	for _, q := range near {
		score[q] = far(q)/(60*f.u) + 0.7*float64(f.covered(q, p))
	}
	slices.SortStableFunc(near, func(a, b [2]float64) int { return cmp.Compare(score[a], score[b]) })
	out = append(out, near...)
	for _, q := range near[:min(len(near), 6)] {
		for _, by := range [...][2]float64{{0, 1}, {0, -1}, {0.6, 0}, {-0.6, 0}, {0.5, 1}, {-0.5, 1}, {0.5, -1}, {-0.5, -1}, {0, 2}, {0, -2}} {
			out = append(out, [2]float64{q[0] + by[0]*p.w, q[1] + by[1]*(p.h+4*f.u)})
		}
	}
	// Rather at the edge of the group than upon a count, which then says nothing.
	clear := slices.DeleteFunc(slices.Clone(out), func(q [2]float64) bool { return f.hidesCount(q, p) })
	return append(clear, out...)
}

// hidesCount reports whether a label at q would hide the count of a cluster.
func (f *frame) hidesCount(q [2]float64, p pill) bool {
	return slices.ContainsFunc(f.marks, func(m cluster) bool {
		return len(m.dots) > 1 && math.Abs(m.x-q[0]) < p.w/2+m.r && math.Abs(m.y-q[1]) < p.h/2+m.r
	})
}

// beside are places for the label of a group that is dots alone: around each of
// them, in the order of at, those first where it hides neither dots nor routes,
// then those where it hides no dots.
func (f *frame) beside(at [][2]float64, p pill) [][2]float64 {
	var out [][2]float64
	across, down := p.w/2+(mostDot+3)*f.u, p.h/2+(mostDot+3)*f.u
	for _, q := range at {
		out = append(out, q)
		for _, by := range [...][2]float64{{0, -1}, {0, 1}, {1, 0}, {-1, 0}, {1, -1}, {-1, -1}, {1, 1}, {-1, 1}} {
			out = append(out, [2]float64{q[0] + by[0]*across, q[1] + by[1]*down})
		}
	}
	hides := make(map[[2]float64]int, len(out))
	for _, q := range out {
		switch around := (box{q[0] - p.w/2, q[1] - p.h/2, q[0] + p.w/2, q[1] + p.h/2}); {
		case f.covered(q, p) > 0:
			hides[q] = 2 + f.covered(q, p)
		case f.onRoute(around.grown(2 * f.u)):
			hides[q] = 1
		}
	}
	slices.SortStableFunc(out, func(a, b [2]float64) int { return cmp.Compare(hides[a], hides[b]) })
	return out
}

// onRoute reports whether a route leads through a box.
func (f *frame) onRoute(b box) bool {
	within := orb.Bound{Min: orb.Point{b.x0, b.y0}, Max: orb.Point{b.x1, b.y1}}
	for _, route := range f.spec.Routes {
		var line orb.LineString
		for _, q := range route.Points {
			if x, y := f.scene.proj.Forward(q[0], q[1]); !math.IsNaN(x) {
				x, y = f.cam.px(x, y)
				line = append(line, orb.Point{x, y})
			}
		}
		if len(clip.LineString(within, line)) > 0 {
			return true
		}
	}
	return false
}

// covered counts the marks that a label at q would hide.
func (f *frame) covered(q [2]float64, p pill) int {
	n := 0
	for i := range f.marks {
		m := &f.marks[i]
		if math.Abs(m.x-q[0]) < p.w/2+m.r && math.Abs(m.y-q[1]) < p.h/2+m.r {
			n++
			if len(m.dots) > 1 {
				n += 2 // a count that cannot be read says nothing
			}
		}
	}
	return n
}

func (f *frame) pill(p pill, b box) {
	u := f.u
	b = box{math.Round(b.x0), math.Round(b.y0), math.Round(b.x1), math.Round(b.y1)}
	f.rounded(b, 4*u, solid(f.ink.line2))
	f.rounded(b.grown(-u), 3*u, solid(f.ink.bg))
	x, y := b.x0+8*u, (b.y0+b.y1)/2
	f.rounded(box{x, y - swatch/2*u, x + swatch*u, y + swatch/2*u}, 2*u, solid(f.ink.base(f.groups[p.group].base)))
	x += (swatch + 6) * u
	base := math.Round(y + labelText*0.36*u)
	group := f.spec.Groups[p.group]
	f.text(&f.letters, written{typeface{labelText * u, true}, group.Name, false}, x, base, solid(f.ink.fg))
	note := f.ink.fg2
	if group.Warn {
		note = f.warn()
	}
	f.text(&f.letters, written{typeface{labelText * u, false}, group.Note, false}, x+p.name+10*u, base, solid(note))
}

// inside are places for a name in a unit from which neither end sticks out.
func (f *frame) inside(u *patch, wide float64) [][2]float64 {
	var out [][2]float64
	x, y := f.cam.px(u.x, u.y)
	half, step := wide/2, 13*f.u
	for _, by := range [...][2]float64{{0, 0}, {0, -1}, {0, 1}, {0.5, 0}, {-0.5, 0}, {0.5, -1}, {-0.5, -1}, {0.5, 1}, {-0.5, 1}} {
		px, py := x+by[0]*half, y+by[1]*step
		left, level := (px-half-f.cam.ox)/f.cam.k, (py-f.cam.oy)/f.cam.k
		if right := (px + half - f.cam.ox) / f.cam.k; u.has(left, level) && u.has(right, level) {
			out = append(out, [2]float64{px, py})
		}
	}
	return out
}

// names writes units' names where they fit into the unit, largest first.
func (f *frame) names(taken []box) {
	f.namesPlaced = f.namesPlaced[:0]
	if f.across() < namesFrom {
		return
	}
	face := typeface{nameText * f.u, false}
	type candidate struct {
		unit *patch
		on   color.RGBA
		wide float64
		size float64
	}
	var fits []candidate
	for i := range f.scene.units {
		u := &f.scene.units[i]
		at := f.cam.box(u.main)
		if at.w() < 24*f.u || at.h() < 18*f.u || !at.meets(f.stage) {
			continue
		}
		if wide := f.letters.width(u.name, face); wide+8*f.u < at.w() {
			fits = append(fits, candidate{u, f.fillOf(i).a, wide, u.size})
		}
	}
	slices.SortStableFunc(fits, func(a, b candidate) int { return cmp.Compare(b.size, a.size) })
	fits = fits[:min(len(fits), mostNames)]
	want := make([]wanted, len(fits))
	for i, c := range fits {
		want[i] = wanted{c.wide + 4*f.u, 14 * f.u, f.inside(c.unit, c.wide)}
	}
	for _, m := range f.marks {
		taken = append(taken, box{m.x - m.r, m.y - m.r, m.x + m.r, m.y + m.r})
	}
	boxes, ok := placeLabels(want, f.stage, taken, f.u)
	for i, c := range fits {
		if !ok[i] {
			continue
		}
		b := boxes[i]
		f.namesPlaced = append(f.namesPlaced, named{c.unit.name, b})
		x, y := b.x0+2*f.u, math.Round((b.y0+b.y1)/2+nameText*0.36*f.u)
		f.text(&f.letters, written{face, c.unit.name, true}, x, y, solid(faded(c.on, 0.7)))
		f.text(&f.letters, written{face, c.unit.name, false}, x, y, solid(f.ink.upon(c.on)))
	}
}
