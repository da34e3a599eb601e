package geo

import "math"

// Screen is the size of a picture in logical px.
type Screen struct{ W, H float64 }

// Plane is the place on the plane under a place of the screen.
func (v View) Plane(x, y float64, s Screen) (px, py float64) {
	return v.X + (x-s.W/2)/v.Scale, v.Y + (y-s.H/2)/v.Scale
}

// Zoomed is the view scaled by a factor around a place of the screen.
func (v View) Zoomed(by, x, y float64, s Screen) View {
	px, py := v.Plane(x, y, s)
	out := View{Scale: v.Scale * by}
	out.X, out.Y = px-(x-s.W/2)/out.Scale, py-(y-s.H/2)/out.Scale
	return out
}

// Moved is the view with the map moved by px of the screen.
func (v View) Moved(dx, dy float64) View {
	return View{v.X - dx/v.Scale, v.Y - dy/v.Scale, v.Scale}
}

// OnMap reports whether a place of the screen lies on the map, not on the
// notes below it.
func (r *Renderer) OnMap(x, y float64, s Screen) bool { return r.stage(s.W, s.H, false).has(x, y) }

// UnitAt returns the code of the unit at a place of the plane, "" for none.
func (r *Renderer) UnitAt(x, y float64) string {
	if i := r.unitAt(x, y); i >= 0 {
		return r.scene.units[i].unit.Code
	}
	return ""
}

// unitAt is the smallest unit at a place, -1 for none.
func (r *Renderer) unitAt(x, y float64) int {
	i := len(r.scene.units) - 1
	for i >= 0 && !r.scene.units[i].has(x, y) {
		i--
	}
	return i
}

// Unit returns what is known of a unit of the map.
func (r *Renderer) Unit(code string) (Unit, bool) {
	i, ok := r.scene.index[code]
	if !ok {
		return Unit{}, false
	}
	return r.scene.units[i].unit, true
}

// Place returns the degrees under a place of the plane.
func (r *Renderer) Place(x, y float64) (lon, lat float64, ok bool) { return r.scene.proj.Inverse(x, y) }

// PointsAt returns the points of the mark at a place of the last picture: one
// for a dot, all of a cluster. Both the place and the slack around small dots
// are in the picture's px.
func (r *Renderer) PointsAt(x, y, slack float64) []string {
	best, nearest := -1, math.Inf(1)
	for i, m := range r.marks {
		if d := math.Hypot(m.x-x, m.y-y) - m.r; d <= slack && d <= nearest {
			best, nearest = i, d
		}
	}
	if best < 0 {
		return nil
	}
	return r.ids(r.marks[best].dots)
}

func (r *Renderer) ids(dots []int) []string {
	out := make([]string, len(dots))
	for i, d := range dots {
		out[i] = r.spec.Points[d].ID
	}
	return out
}

// UnitsIn returns the units whose middle lies within a loop on the plane.
func (r *Renderer) UnitsIn(loop [][2]float64) []string {
	ring, b := loopRing(loop)
	if len(ring) < 6 {
		return nil
	}
	var out []string
	for i := range r.scene.units {
		if u := &r.scene.units[i]; b.has(u.x, u.y) && ringHas(ring, u.x, u.y) {
			out = append(out, u.unit.Code)
		}
	}
	return out
}

// PointsIn returns the points within a loop on the plane.
func (r *Renderer) PointsIn(loop [][2]float64) []string {
	ring, b := loopRing(loop)
	if len(ring) < 6 {
		return nil
	}
	var in []int
	for i, d := range r.dots {
		if d.known && b.has(d.x, d.y) && ringHas(ring, d.x, d.y) {
			in = append(in, i)
		}
	}
	return r.ids(in)
}

// PointsNear returns the points at most r away from a place of the plane.
func (r *Renderer) PointsNear(x, y, reach float64) []string {
	var in []int
	for i, d := range r.dots {
		if d.known && math.Abs(d.x-x) <= reach && math.Abs(d.y-y) <= reach && math.Hypot(d.x-x, d.y-y) <= reach {
			in = append(in, i)
		}
	}
	return r.ids(in)
}

func loopRing(loop [][2]float64) ([]float32, box) {
	ring := make([]float32, 0, 2*len(loop))
	for _, q := range loop {
		ring = append(ring, float32(q[0]), float32(q[1]))
	}
	return ring, boxOf(ring)
}
