package main

import (
	"encoding/json"
	"fmt"
	"os"
)

// topology is a TopoJSON file: arcs of whole numbers on a grid, and features
// whose rings are runs of arcs. Arc ~i is arc i backwards.
type topology struct {
	scale, translate [2]float64
	arcs             [][][2]int // on the grid, absolute
	objects          map[string][]feature
}

type feature struct {
	id    string
	name  string
	admin string
	a3    string
	rings [][]int // outer rings run with their inside on the left, holes too
}

type topoFile struct {
	Transform struct{ Scale, Translate [2]float64 }
	Arcs      [][][2]int
	Objects   map[string]struct{ Geometries []topoGeometry }
}

type topoGeometry struct {
	Type       string
	ID         string
	Properties struct{ Name, Admin, A3 string }
	Arcs       json.RawMessage
}

func readTopology(path string) (*topology, error) {
	raw, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	var file topoFile
	if err := json.Unmarshal(raw, &file); err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	t := &topology{
		scale: file.Transform.Scale, translate: file.Transform.Translate,
		arcs: file.Arcs, objects: map[string][]feature{},
	}
	for _, arc := range t.arcs {
		for i := 1; i < len(arc); i++ {
			arc[i][0] += arc[i-1][0]
			arc[i][1] += arc[i-1][1]
		}
	}
	for name, object := range file.Objects {
		for _, g := range object.Geometries {
			f, err := t.feature(g)
			if err != nil {
				return nil, fmt.Errorf("%s: %s: %w", path, g.Properties.Name, err)
			}
			t.objects[name] = append(t.objects[name], f)
		}
	}
	return t, nil
}

func (t *topology) feature(g topoGeometry) (feature, error) {
	f := feature{id: g.ID, name: g.Properties.Name, admin: g.Properties.Admin, a3: g.Properties.A3}
	var polygons [][][]int
	switch g.Type {
	case "Polygon":
		polygons = make([][][]int, 1)
		if err := json.Unmarshal(g.Arcs, &polygons[0]); err != nil {
			return f, err
		}
	case "MultiPolygon":
		if err := json.Unmarshal(g.Arcs, &polygons); err != nil {
			return f, err
		}
	default:
		return f, fmt.Errorf("a feature of type %q", g.Type)
	}
	for _, polygon := range polygons {
		for i, ring := range polygon {
			// An outer ring runs against the clock, a hole with it.
			if area := t.area(ring); (area < 0) == (i == 0) && area != 0 {
				ring = backwards(ring)
			}
			f.rings = append(f.rings, ring)
		}
	}
	return f, nil
}

func backwards(ring []int) []int {
	turned := make([]int, len(ring))
	for i, ref := range ring {
		turned[len(ring)-1-i] = ^ref
	}
	return turned
}

// points gives the ring in degrees, closed, without jumps across ±180°: it may
// leave that range.
func (t *topology) points(ring []int) [][2]float64 {
	var points [][2]float64
	for _, ref := range ring {
		arc := t.arcs[max(ref, ^ref)]
		for i := range arc {
			at := arc[i]
			if ref < 0 {
				at = arc[len(arc)-1-i]
			}
			p := [2]float64{
				float64(at[0])*t.scale[0] + t.translate[0],
				float64(at[1])*t.scale[1] + t.translate[1],
			}
			if n := len(points); n > 0 {
				for p[0]-points[n-1][0] > 180 {
					p[0] -= 360
				}
				for p[0]-points[n-1][0] < -180 {
					p[0] += 360
				}
				if p == points[n-1] {
					continue
				}
			}
			points = append(points, p)
		}
	}
	return points
}

// area is positive for a ring that runs against the clock.
func (t *topology) area(ring []int) float64 {
	points := t.points(ring)
	sum := 0.0
	for i := 1; i < len(points); i++ {
		a, b := points[i-1], points[i]
		sum += (b[0] - a[0]) * (a[1] + b[1])
	}
	if n := len(points); n > 0 && points[n-1][0] != points[0][0] {
		// Once round a pole: closed along it.
		pole := 90.0
		if points[0][1] < 0 {
			pole = -90
		}
		sum += (points[0][0] - points[n-1][0]) * 2 * pole
	}
	return -sum / 2
}
