package geo

import (
	"image"
	"image/color"
	"math"

	"fieldbook/app/report"
)

// View says which part of the plane is shown, whatever the size of the
// picture: what lies in its middle and how many logical px a unit takes.
type View struct{ X, Y, Scale float64 }

// Sheet is what a map is drawn on.
type Sheet struct {
	Width, Height int     // px
	Scale         float64 // px per logical px; 0 is 1
	Theme         Theme
	Title         bool // the spec's title stands above
}

func (s Sheet) unit() float64 {
	if s.Scale <= 0 || math.IsNaN(s.Scale) {
		return 1
	}
	return s.Scale
}

// Room above the map for a title and below it for notes, in logical px.
const (
	headRoom = 30
	footRoom = 24
	fitRoom  = 8
)

// Draw returns a still picture of a spec, everything of its frame within it.
func Draw(a *Atlas, spec report.MapSpec, sheet Sheet) *image.RGBA {
	r := NewRenderer(NewScene(a, spec), spec)
	u := sheet.unit()
	return r.Draw(r.Fit(float64(sheet.Width)/u, float64(sheet.Height)/u, sheet.Title), sheet)
}

// Renderer draws one spec on a scene and answers what lies where. It keeps
// scratch memory and the last picture: one goroutine at a time.
type Renderer struct {
	scene  *Scene
	spec   report.MapSpec
	groups []groupLook

	group  []int32 // of each unit of the scene
	value  []float64
	listed []bool // the spec names the unit
	dim    []bool
	low    float64 // ends of the continuous ramp
	high   float64

	dots    []mark // the points on the plane
	pointOf map[string]int
	most    float64 // the size that the largest dot of the legend stands for

	picked      []bool // units that are outlined
	pickedDots  []bool
	anyPicked   bool
	ground      ground
	surface     surface
	lasso       surface
	letters     letters
	marks       []cluster // of the last picture, in px
	anchors     map[int]anchor
	namesPlaced []named
}

// mark is a point on the plane.
type mark struct {
	x, y  float64
	group int
	known bool // the projection has it
}

type groupLook struct{ base, tintLight, tintDark color.RGBA }

// NewRenderer returns a renderer of a spec that the scene holds.
func NewRenderer(scene *Scene, spec report.MapSpec) *Renderer {
	r := &Renderer{scene: scene}
	r.SetSpec(spec)
	return r
}

// Scene is the geometry that is drawn.
func (r *Renderer) Scene() *Scene { return r.scene }

// Spec is what is drawn, without later recolouring.
func (r *Renderer) Spec() report.MapSpec { return r.spec }

// SetSpec draws another spec that the scene holds. What is picked stays.
func (r *Renderer) SetSpec(spec report.MapSpec) {
	units, points := r.pickedCodes()
	r.spec, r.anchors, r.ground.stale = spec, map[int]anchor{}, true
	n := len(r.scene.units)
	r.group, r.value, r.listed, r.dim = make([]int32, n), make([]float64, n), make([]bool, n), make([]bool, n)
	for i := range r.group {
		r.group[i], r.value[i] = -1, math.NaN()
	}
	r.low, r.high = math.Inf(1), math.Inf(-1)
	for _, a := range spec.Areas {
		i, ok := r.scene.index[a.Code]
		if !ok {
			continue
		}
		r.listed[i], r.group[i], r.value[i], r.dim[i] = true, int32(r.known(a.Group)), a.Value, a.Dim
		if !math.IsNaN(a.Value) {
			r.low, r.high = min(r.low, a.Value), max(r.high, a.Value)
		}
	}
	r.groups = make([]groupLook, len(spec.Groups))
	for i, g := range spec.Groups {
		c := parseColour(g.Colour)
		r.groups[i] = groupLook{c, Theme{}.inks().tint(c), Theme{Dark: true}.inks().tint(c)}
	}
	r.placePoints()
	r.Pick(units, points)
}

// known is a group's index, -1 where there is no such group.
func (r *Renderer) known(group int) int {
	if group < 0 || group >= len(r.spec.Groups) {
		return -1
	}
	return group
}

func (r *Renderer) placePoints() {
	r.dots, r.pointOf, r.most = make([]mark, len(r.spec.Points)), make(map[string]int, len(r.spec.Points)), 0
	for i, p := range r.spec.Points {
		x, y := r.scene.proj.Forward(p.Lon, p.Lat)
		r.dots[i] = mark{x, y, r.known(p.Group), onGlobe(p.Lon, p.Lat) && !math.IsNaN(x)}
		r.pointOf[p.ID] = i
		r.most = max(r.most, p.Size)
	}
	for i, d := range r.spec.Sizes.Dots {
		if i == 0 {
			r.most = 0
		}
		r.most = max(r.most, d.Value)
	}
}

// Recolour gives units and points another group at once. The next SetSpec
// says what holds.
func (r *Renderer) Recolour(group int, units, points []string) {
	group = r.known(group)
	for _, code := range units {
		if i, ok := r.scene.index[code]; ok {
			r.group[i], r.listed[i] = int32(group), true
			r.ground.touch(r.scene.units[i].box)
		}
	}
	for _, id := range points {
		if i, ok := r.pointOf[id]; ok {
			r.dots[i].group = group
		}
	}
}

// Pick outlines these units and points and no others.
func (r *Renderer) Pick(units, points []string) {
	for i, on := range r.picked {
		if on {
			r.ground.touch(r.scene.units[i].box)
		}
	}
	r.picked, r.pickedDots, r.anyPicked = make([]bool, len(r.scene.units)), make([]bool, len(r.dots)), false
	for _, code := range units {
		if i, ok := r.scene.index[code]; ok {
			r.picked[i], r.anyPicked = true, true
			r.ground.touch(r.scene.units[i].box)
		}
	}
	for _, id := range points {
		if i, ok := r.pointOf[id]; ok {
			r.pickedDots[i] = true
		}
	}
}

func (r *Renderer) pickedCodes() (units, points []string) {
	for i, on := range r.picked {
		if on {
			units = append(units, r.scene.units[i].unit.Code)
		}
	}
	for i, on := range r.pickedDots {
		if on {
			points = append(points, r.spec.Points[i].ID)
		}
	}
	return units, points
}

// hasFoot reports whether notes stand below the map.
func (r *Renderer) hasFoot() bool {
	return r.spec.Note != "" || len(r.spec.Sizes.Dots) > 0 || r.spec.Ramp && len(r.spec.Classes) > 0
}

// stage is the part of a picture that the map has, in logical px.
func (r *Renderer) stage(w, h float64, title bool) box {
	b := box{0, 0, w, h}
	if title {
		b.y0 = headRoom
	}
	if r.hasFoot() {
		b.y1 -= footRoom
	}
	return b
}

// Fit is the view that shows the whole frame in a picture of w × h logical px.
func (r *Renderer) Fit(w, h float64, title bool) View {
	return r.show(r.scene.home, w, h, title)
}

// Focus is the view that shows all of a group, or the whole frame where it
// has nothing on the map.
func (r *Renderer) Focus(group int, w, h float64) View {
	b := nowhere()
	for i, g := range r.group {
		if int(g) == group {
			b = b.union(r.scene.units[i].box)
		}
	}
	for _, d := range r.dots {
		if d.known && d.group == group {
			b = b.with(d.x, d.y)
		}
	}
	if b.w() < 0 {
		return r.Fit(w, h, false)
	}
	return r.show(b.grown(0.05*max(b.w(), b.h(), 0.002)), w, h, false)
}

func (r *Renderer) show(b box, w, h float64, title bool) View {
	stage := r.stage(w, h, title)
	k := min((stage.w()-2*fitRoom)/max(b.w(), 1e-6), (stage.h()-2*fitRoom)/max(b.h(), 1e-6))
	k = max(k, 1)
	v := View{X: (b.x0 + b.x1) / 2, Y: (b.y0 + b.y1) / 2, Scale: k}
	v.X += (w/2 - (stage.x0+stage.x1)/2) / k
	v.Y += (h/2 - (stage.y0+stage.y1)/2) / k
	return v
}

// Bounded keeps a view near the map: no further out than the whole frame and
// no further in than a town, its middle on the map.
func (r *Renderer) Bounded(v View, w, h float64) View {
	fit := r.Fit(w, h, false)
	const out, in = 0.7, 6e4
	v.Scale = max(fit.Scale*out, min(v.Scale, max(in, fit.Scale*4)))
	home := r.scene.home
	v.X, v.Y = max(home.x0, min(home.x1, v.X)), max(home.y0, min(home.y1, v.Y))
	return v
}

// camera is a view on a picture of w × h px. The map moves by whole px, so that
// what is drawn already can be moved along.
func (v View) camera(w, h int, unit float64) camera {
	k := v.Scale * unit
	return camera{k, math.Round(float64(w)/2 - v.X*k), math.Round(float64(h)/2 - v.Y*k)}
}
