package geo

import (
	"cmp"
	"math"
	"slices"
	"strings"

	"fieldbook/app/report"

	"github.com/paulmach/orb"
)

// Scene is the geometry of one frame and level on the plane. It does not
// change once it is made, so renderers and goroutines may share it.
type Scene struct {
	Frame string
	Level Level

	proj    Projection
	home    box // what Fit shows
	units   []patch
	index   map[string]int
	absent  map[string]bool // codes that the spec named and the atlas does not have here
	back    []patch         // countries around, to see where one is
	borders []border
	over    []border // lines of the level above
}

// patch is a unit on the plane.
type patch struct {
	unit  Unit
	name  string // as the map writes it
	rings [][]float32
	box   box
	main  box     // of its largest ring
	x, y  float64 // where its name stands
	size  float64
}

// border is a border on the plane with the units beside it, -1 for none.
type border struct {
	line        []float32
	box         box
	left, right int
}

// NewScene projects what a spec needs of an atlas: some hundredths of a second
// for all counties, so keep it while Holds says so.
func NewScene(a *Atlas, spec report.MapSpec) *Scene {
	s := &Scene{Frame: spec.Frame, Level: levelOf(spec), index: map[string]int{}, absent: map[string]bool{}}
	within := spec.Frame
	var around box // in degrees from the middle; all of it where a frame is named
	switch spec.Frame {
	case "world":
		within, s.proj = "", equalEarth{lon0: 11}
	case "US":
		s.proj = newAlbersUSA()
	case "":
		s.proj, around = fitting(a, spec)
	default:
		s.proj = countryConic(a.Shape(spec.Frame).Rings)
	}
	s.addUnits(a, within, around)
	s.addLines(a, within)
	for _, x := range spec.Areas {
		if _, ok := s.index[x.Code]; !ok {
			s.absent[x.Code] = true
		}
	}
	switch spec.Frame {
	case "":
		s.home = s.shown(spec)
		if s.Level != Country {
			s.back = s.near(a, a.Units(Country, ""), around)
		}
	case "world", "US":
		s.home = s.extent()
	default:
		s.home = s.mainland(a)
	}
	return s
}

// levelOf is the level that a spec asks for: countries where it names none.
func levelOf(spec report.MapSpec) Level { return Level(cmp.Or(spec.Level, string(Country))) }

// Holds reports whether the scene can show a spec.
func (s *Scene) Holds(spec report.MapSpec) bool {
	if s.Frame != spec.Frame || s.Level != levelOf(spec) {
		return false
	}
	if spec.Frame != "" {
		return true
	}
	for _, area := range spec.Areas {
		if _, ok := s.index[area.Code]; !ok && !s.absent[area.Code] {
			return false
		}
	}
	for _, p := range spec.Points {
		if x, y := s.proj.Forward(p.Lon, p.Lat); onGlobe(p.Lon, p.Lat) && !math.IsNaN(x) && !s.home.has(x, y) {
			return false
		}
	}
	return true
}

// addUnits adds the units that lie within a country, or around a place.
func (s *Scene) addUnits(a *Atlas, within string, around box) {
	units := a.Units(s.Level, within)
	if s.Level == Country && within != "" {
		units = nil
		if u, ok := a.Unit(within); ok {
			units = []Unit{u}
		}
	}
	s.units = s.near(a, units, around)
	// Small units stand upon the larger ones that some of them lie in.
	slices.SortStableFunc(s.units, func(a, b patch) int { return cmp.Compare(b.size, a.size) })
	for i := range s.units {
		s.index[s.units[i].unit.Code] = i
	}
}

// near projects the units that come near a box, all of them without one.
// Antarctica is left out: nobody sells there, and it would fill the map.
func (s *Scene) near(a *Atlas, units []Unit, around box) []patch {
	var out []patch
	for _, u := range units {
		if u.Code == "AQ" {
			continue
		}
		shape := a.Shape(u.Code)
		if around != (box{}) && !reaches(shape.Bounds, around, s.proj.Middle()) {
			continue
		}
		if x := s.area(u, shape.Rings); x != nil {
			x.name = mapName(u)
			out = append(out, *x)
		}
	}
	return out
}

// mapName is a unit's name on a map of its like: "Harris", not "Harris County".
func mapName(u Unit) string {
	if u.Level == County {
		for _, kind := range []string{" County", " Parish", " Borough", " Census Area", " Municipio"} {
			if name, ok := strings.CutSuffix(u.Name, kind); ok {
				return name
			}
		}
	}
	return u.Name
}

// reaches reports whether bounds come within three times a box of degrees
// from the middle.
func reaches(b orb.Bound, around box, middle float64) bool {
	wide, high := around.w()*1.5+3, around.h()*1.5+3
	if b.Max[1] < around.y0-high || b.Min[1] > around.y1+high {
		return false
	}
	if b.Max[0]-b.Min[0] > 180 {
		return true
	}
	half := (b.Max[0] - b.Min[0]) / 2
	at := remainder(wrap(b.Min[0]+half) - middle)
	return at+half >= around.x0-wide && at-half <= around.x1+wide
}

func (s *Scene) area(u Unit, rings [][]orb.Point) *patch {
	x := &patch{unit: u, box: nowhere()}
	for _, ring := range rings {
		x.rings = append(x.rings, projectRing(s.proj, ring)...)
	}
	if len(x.rings) == 0 {
		return nil
	}
	orient(x.rings)
	largest := 0.0
	for _, ring := range x.rings {
		b, size := boxOf(ring), doubleArea(ring)/2
		x.box, x.size = x.box.union(b), x.size+size
		if size > largest {
			largest = size
			x.main, x.x, x.y = b, (b.x0+b.x1)/2, (b.y0+b.y1)/2
		}
	}
	if px, py := s.proj.Forward(u.Lon, u.Lat); x.box.has(px, py) {
		x.x, x.y = px, py
	}
	return x
}

// addLines adds the borders between the units and those of the level above.
func (s *Scene) addLines(a *Atlas, within string) {
	if s.Level == Country && within != "" {
		s.borders = s.coast()
		return
	}
	for _, e := range s.edges(a.Borders(s.Level, within)) {
		if e.left >= 0 || e.right >= 0 {
			s.borders = append(s.borders, e)
		}
	}
	var over []border
	switch {
	case s.Level == State && within == "":
		over = s.edges(a.Borders(Country, ""))
	case s.Level == County, s.Level == ZIP3, s.Level == ZIP:
		over = s.edges(a.Borders(State, within))
	}
	extent := s.extent()
	for _, e := range over {
		if e.box.meets(extent) {
			s.over = append(s.over, e)
		}
	}
}

func (s *Scene) edges(lines []Line) []border {
	var out []border
	place := func(code string) int {
		if i, ok := s.index[code]; ok {
			return i
		}
		return -1
	}
	for _, line := range lines {
		left, right := place(line.Left), place(line.Right)
		for _, piece := range projectLine(s.proj, line.Points) {
			if len(piece) >= 4 {
				out = append(out, border{piece, boxOf(piece), left, right})
			}
		}
	}
	return out
}

// coast returns the outlines of the units themselves.
func (s *Scene) coast() []border {
	var out []border
	for i, u := range s.units {
		for _, ring := range u.rings {
			out = append(out, border{append(ring[:len(ring):len(ring)], ring[0], ring[1]), boxOf(ring), i, -1})
		}
	}
	return out
}

// extent is the box of all units.
func (s *Scene) extent() box {
	b := nowhere()
	for _, u := range s.units {
		b = b.union(u.box)
	}
	if b.w() < 0 {
		return box{-1, -1, 1, 1}
	}
	return b
}

func boxOf(line []float32) box {
	b := nowhere()
	for i := 0; i+1 < len(line); i += 2 {
		b = b.with(float64(line[i]), float64(line[i+1]))
	}
	return b
}

func doubleArea(ring []float32) float64 {
	return math.Abs(turning(ring))
}

// turning is twice the area of a ring, negative where it turns left.
func turning(ring []float32) float64 {
	sum := 0.0
	n := len(ring)
	ax, ay := float64(ring[n-2]), float64(ring[n-1])
	for i := 0; i < n; i += 2 {
		bx, by := float64(ring[i]), float64(ring[i+1])
		sum += ax*by - bx*ay
		ax, ay = bx, by
	}
	return sum
}

// orient turns rings so that what is filled once by the even-odd rule is also
// filled by the non-zero rule: outer rings one way, holes the other.
func orient(rings [][]float32) {
	if len(rings) == 1 {
		return
	}
	boxes := make([]box, len(rings))
	for i, ring := range rings {
		boxes[i] = boxOf(ring)
	}
	for i, ring := range rings {
		depth := 0
		for j := range rings {
			if i != j && boxes[j].has(float64(ring[0]), float64(ring[1])) && boxes[j].w() >= boxes[i].w() &&
				ringHas(rings[j], float64(ring[0]), float64(ring[1])) {
				depth++
			}
		}
		if (turning(ring) > 0) != (depth%2 == 0) {
			for a, b := 0, len(ring)-2; a < b; a, b = a+2, b-2 {
				ring[a], ring[a+1], ring[b], ring[b+1] = ring[b], ring[b+1], ring[a], ring[a+1]
			}
		}
	}
}

// ringHas reports whether a point lies within a ring.
func ringHas(ring []float32, x, y float64) bool {
	in := false
	n := len(ring)
	ax, ay := float64(ring[n-2]), float64(ring[n-1])
	for i := 0; i < n; i += 2 {
		bx, by := float64(ring[i]), float64(ring[i+1])
		if (ay > y) != (by > y) && x < ax+(y-ay)/(by-ay)*(bx-ax) {
			in = !in
		}
		ax, ay = bx, by
	}
	return in
}

// has reports whether a point of the plane lies within the area.
func (a *patch) has(x, y float64) bool {
	if !a.box.has(x, y) {
		return false
	}
	in := false
	for _, ring := range a.rings {
		in = in != ringHas(ring, x, y)
	}
	return in
}
