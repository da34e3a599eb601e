package geo

import (
	"image"
	"image/color"
	"math"
)

// frame is one picture being drawn.
type frame struct {
	*Renderer
	*surface
	cam   camera
	u     float64 // px per logical px
	ink   inks
	stage box // px
}

// Draw draws the map. The picture is the renderer's own and changes with the
// next call.
func (r *Renderer) Draw(v View, sheet Sheet) *image.RGBA {
	u, w, h := sheet.unit(), max(sheet.Width, 1), max(sheet.Height, 1)
	f := frame{Renderer: r, surface: &r.surface, cam: v.camera(w, h, u), u: u, ink: sheet.Theme.inks()}
	f.stage = r.stage(float64(w)/u, float64(h)/u, sheet.Title)
	f.stage = box{f.stage.x0 * u, f.stage.y0 * u, f.stage.x1 * u, f.stage.y1 * u}
	f.resize(w, h)
	r.ground.draw(f)
	copy(f.img.Pix, r.ground.img.Pix)
	f.place()
	f.points()
	f.labels()
	f.head(sheet.Title)
	f.foot()
	return f.img
}

// view is what is being drawn, in px.
func (f *frame) view() box {
	return box{float64(f.clip.Min.X), float64(f.clip.Min.Y), float64(f.clip.Max.X), float64(f.clip.Max.Y)}
}

// areas fills the units.
func (f *frame) areas() {
	f.clear(f.ink.bg)
	for i := range f.scene.back {
		f.fill(f.scene.back[i].rings, f.scene.back[i].box, f.cam, solid(f.ink.back))
	}
	view := f.view()
	for i := range f.scene.units {
		a := &f.scene.units[i]
		at := f.cam.box(a.box)
		if !at.grown(2 * f.u).meets(view) {
			continue
		}
		p := f.fillOf(i)
		if f.anyPicked && f.picked[i] {
			p.a, p.b = toward(p.a, f.ink.accent, 0.28), toward(p.b, f.ink.accent, 0.28)
		}
		if small := 3 * f.u; f.scene.Level == Country && f.listed[i] && max(at.w(), at.h()) < small {
			f.speck(a, p)
			continue
		}
		f.fill(a.rings, a.box, f.cam, p)
	}
}

// speck keeps a country visible that is too small to be seen.
func (f *frame) speck(a *patch, p paint) {
	x, y := f.cam.px(a.x, a.y)
	f.disc(x, y, 2.2*f.u, solid(f.ink.line2))
	f.disc(x, y, 1.5*f.u, p)
}

// fillOf is how a unit is filled.
func (f *frame) fillOf(i int) paint {
	c := f.ink.land
	switch g := f.group[i]; {
	case f.spec.Ramp:
		c = f.ink.back // paler than the least of the ramp
		if v := f.value[i]; f.listed[i] && !math.IsNaN(v) {
			c = f.ink.along(f.share(v))
		}
	case g >= 0 && f.ink.dark:
		c = f.groups[g].tintDark
	case g >= 0:
		c = f.groups[g].tintLight
	}
	p := solid(c)
	if f.dim[i] {
		to := f.ink.fg
		if g := f.group[i]; g >= 0 && !f.spec.Ramp {
			to = f.ink.base(f.groups[g].base)
		}
		p.b, p.hatch = toward(c, to, 0.3), int(math.Round(6*f.u))
		p.shift = -int(math.Round(f.cam.ox)) - int(math.Round(f.cam.oy))
	}
	return p
}

// share is where on the ramp a value stands.
func (r *Renderer) share(v float64) float64 {
	n := len(r.spec.Classes)
	if n == 0 {
		if r.high <= r.low {
			return 0.5
		}
		return (v - r.low) / (r.high - r.low)
	}
	class := 0
	for i, c := range r.spec.Classes {
		if v >= c.Least {
			class = i
		}
	}
	return float64(class) / float64(max(1, n-1))
}

// lines draws borders: of all units faint, of the level above clear, at the
// coast grey, and strong where groups meet.
func (f *frame) lines() {
	view := f.view()
	pass := func(all []border, width, alpha float64, c color.RGBA, pick func(e *border) bool) {
		for i := range all {
			if e := &all[i]; pick(e) && f.cam.box(e.box).grown(2).meets(view) {
				f.stroke(e.line, f.cam, width*f.u)
			}
		}
		f.paintLines(solid(faded(c, alpha)))
	}
	inner := func(e *border) bool { return e.left >= 0 && e.right >= 0 }
	fine := f.fine()
	pass(f.scene.borders, fine, 0.55, f.ink.bg, inner)
	pass(f.scene.over, 1.1, 1, f.ink.bg, func(*border) bool { return true })
	pass(f.scene.borders, 0.8, 1, f.ink.line2, func(e *border) bool { return !inner(e) })
	if !f.spec.Ramp {
		meet := func(e *border, both bool) bool {
			if !inner(e) || f.group[e.left] == f.group[e.right] {
				return false
			}
			return both == (f.group[e.left] >= 0 && f.group[e.right] >= 0)
		}
		pass(f.scene.borders, 1, 1, f.ink.fg2, func(e *border) bool { return meet(e, false) })
		pass(f.scene.borders, 1.6, 1, f.ink.fg, func(e *border) bool { return meet(e, true) })
	}
	if f.anyPicked {
		pass(f.scene.borders, 2.2, 1, f.ink.accent, f.atPicked)
	}
}

// fine is the width of the faint borders, thinner where they stand dense.
func (f *frame) fine() float64 {
	if len(f.scene.units) == 0 {
		return 1
	}
	return max(0.5, min(1, f.across()/14))
}

// across is how many logical px a usual unit takes.
func (f *frame) across() float64 {
	b := f.cam.box(f.scene.home)
	return math.Sqrt(b.w()*b.h()/float64(max(1, len(f.scene.units)))) / f.u
}

func (f *frame) atPicked(e *border) bool {
	left, right := e.left >= 0 && f.picked[e.left], e.right >= 0 && f.picked[e.right]
	return left != right
}

// routes draws lines through places.
func (f *frame) routes() {
	for _, route := range f.spec.Routes {
		var line []float32
		for _, q := range route.Points {
			x, y := f.scene.proj.Forward(q[0], q[1])
			if math.IsNaN(x) {
				continue
			}
			line = append(line, float32(x), float32(y))
		}
		c := f.ink.fg2
		if g := f.known(route.Group); g >= 0 {
			c = f.ink.strong(f.groups[g].base)
		}
		f.stroke(line, f.cam, 4*f.u)
		f.paintLines(solid(faded(f.ink.bg, 0.8)))
		f.stroke(line, f.cam, 2*f.u)
		f.paintLines(solid(c))
	}
}
