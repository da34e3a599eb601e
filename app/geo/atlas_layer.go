package geo

import (
	"math"
	"sync"

	"github.com/paulmach/orb"
)

// layer is a map without gaps or overlaps: units whose rings are runs of arcs,
// so that two neighbours have the arc between them in common. Arc ^i is arc i
// backwards. Every ring has its unit on the left.
type layer struct {
	arcs   [][]Point
	units  []int32 // in world.units
	points []Point // inside each
	rings  [][][]int32
	hidden []bool // drawn better in another layer; nil where none is

	shapeOnce sync.Once
	shapes    []Shape
	specks    []bool
	sideOnce  sync.Once
	sides     [][2]int32 // of each arc, left and right: a place in units, -1 for none
	gridOnce  sync.Once
	grid      *grid
}

// isHidden reports whether the unit at a place, -1 for none, is drawn better in
// another layer.
func (l *layer) isHidden(place int32) bool { return l.hidden != nil && place >= 0 && l.hidden[place] }

// shape gives the outline of the unit at a place of the layer.
func (l *layer) shape(place int) Shape {
	l.drawAll()
	return l.shapes[place]
}

func (l *layer) drawAll() {
	l.shapeOnce.Do(func() {
		l.shapes, l.specks = make([]Shape, len(l.rings)), make([]bool, len(l.rings))
		for i, rings := range l.rings {
			l.shapes[i] = l.draw(rings)
			if extent(l.shapes[i]) < 1e-9 {
				l.shapes[i], l.specks[i] = shapeOf([][]Point{speckAt(l.points[i])}), true
			}
		}
	})
}

func (l *layer) draw(rings [][]int32) Shape {
	drawn := make([][]Point, 0, len(rings))
	for _, refs := range rings {
		drawn = append(drawn, wrapRing(l.ring(refs))...)
	}
	return shapeOf(drawn)
}

// speck is half the size in degrees of the square that stands for a unit that
// is too small for the drawing: a city among counties, a small island.
const speck = 0.01

func speckAt(p Point) []Point {
	east, west := min(180, p[0]+speck), max(-180, p[0]-speck)
	south, north := max(-90, p[1]-speck), min(90, p[1]+speck)
	return []Point{{west, south}, {east, south}, {east, north}, {west, north}, {west, south}}
}

// extent is in square degrees.
func extent(s Shape) float64 {
	sum := 0.0
	for _, ring := range s.Rings {
		for i := 1; i < len(ring); i++ {
			sum += (ring[i-1][0]-ring[0][0])*(ring[i][1]-ring[0][1]) - (ring[i][0]-ring[0][0])*(ring[i-1][1]-ring[0][1])
		}
	}
	return math.Abs(sum) / 2
}

func shapeOf(rings [][]Point) Shape {
	s := Shape{Rings: rings}
	for i, ring := range rings {
		if i == 0 {
			s.Bounds = orb.Ring(ring).Bound()
		} else {
			s.Bounds = s.Bounds.Union(orb.Ring(ring).Bound())
		}
	}
	return s
}

// ring joins arcs to a ring. It may leave ±180° but has no jumps.
func (l *layer) ring(refs []int32) []Point {
	size := 1
	for _, ref := range refs {
		size += len(l.arcs[max(ref, ^ref)])
	}
	ring := make([]Point, 0, size)
	for _, ref := range refs {
		arc := l.arcs[max(ref, ^ref)]
		for i := range arc {
			p := arc[i]
			if ref < 0 {
				p = arc[len(arc)-1-i]
			}
			if n := len(ring); n > 0 {
				p[0] += 360 * math.Round((ring[n-1][0]-p[0])/360)
				if p == ring[n-1] {
					continue
				}
			}
			ring = append(ring, p)
		}
	}
	return ring
}

// between gives what lies left and right of every arc.
func (l *layer) between() [][2]int32 {
	l.sideOnce.Do(func() {
		l.sides = make([][2]int32, len(l.arcs))
		for i := range l.sides {
			l.sides[i] = [2]int32{-1, -1}
		}
		for place, rings := range l.rings {
			for _, refs := range rings {
				for _, ref := range refs {
					side := 0
					if ref < 0 {
						ref, side = ^ref, 1
					}
					l.sides[ref][side] = int32(place)
				}
			}
		}
	})
	return l.sides
}

// wrapRing brings a ring without jumps into ±180°, in as many pieces as that
// takes. One that runs round a pole is closed along it.
func wrapRing(ring []Point) [][]Point {
	if len(ring) < 3 {
		return nil
	}
	first, last := ring[0], ring[len(ring)-1]
	if math.Abs(last[0]-first[0]) > 180 {
		pole := math.Copysign(90, first[1])
		ring = append(ring, Point{last[0], pole}, Point{first[0], pole}, first)
	} else if first != last {
		ring = append(ring, first)
	}
	low, high := first[0], first[0]
	for _, p := range ring {
		low, high = min(low, p[0]), max(high, p[0])
	}
	if low >= -180 && high <= 180 {
		return [][]Point{ring}
	}
	var pieces [][]Point
	turns := min(math.Floor((high+180)/360), 2)
	for turn := max(math.Floor((low+180)/360), -2); turn <= turns; turn++ {
		piece := clipAt(clipAt(ring, turn*360-180, 1), turn*360+180, -1)
		for i := range piece {
			piece[i][0] = min(180, max(-180, piece[i][0]-turn*360))
		}
		if len(piece) > 3 {
			pieces = append(pieces, piece)
		}
	}
	return pieces
}

// clipAt keeps what lies east (sign 1) or west (-1) of a meridian.
func clipAt(ring []Point, meridian, sign float64) []Point {
	kept := make([]Point, 0, len(ring)+4)
	for i := 1; i < len(ring); i++ {
		a, b := ring[i-1], ring[i]
		da, db := (a[0]-meridian)*sign, (b[0]-meridian)*sign
		if da >= 0 {
			kept = append(kept, a)
		}
		if da*db < 0 {
			kept = append(kept, Point{meridian, a[1] + (b[1]-a[1])*da/(da-db)})
		}
	}
	if len(kept) > 0 {
		kept = append(kept, kept[0])
	}
	return kept
}

// wrapLine brings a line into ±180°, cut where it crosses that meridian.
func wrapLine(line []Point) [][]Point {
	start, jumps := 0, false
	for i := 1; i < len(line) && !jumps; i++ {
		jumps = math.Abs(line[i][0]-line[i-1][0]) > 180
	}
	if !jumps {
		return [][]Point{line}
	}
	var pieces [][]Point
	var piece []Point
	for i := 1; i < len(line); i++ {
		a, b := line[i-1], line[i]
		if math.Abs(b[0]-a[0]) <= 180 {
			continue
		}
		edge := math.Copysign(180, a[0])
		way := b[0] + math.Copysign(360, a[0]) - a[0]
		lat := a[1]
		if way != 0 {
			lat += (b[1] - a[1]) * (edge - a[0]) / way
		}
		piece = append(append(piece, line[start:i]...), Point{edge, lat})
		pieces = append(pieces, piece)
		piece, start = []Point{{-edge, lat}}, i
	}
	return append(pieces, append(piece, line[start:]...))
}
