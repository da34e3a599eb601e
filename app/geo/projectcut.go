package geo

import (
	"math"

	"github.com/paulmach/orb"
)

// longest is how many degrees an edge may span before it is drawn as several,
// so that it follows the curve of parallels and meridians.
const longest = 2.5

// projectRing returns the pieces of a ring on the plane, cut where the map is
// cut and closed without repeating the first point. A ring that the projection
// leaves out, wholly or in part, gives none.
func projectRing(p Projection, ring []orb.Point) [][]float32 {
	flat := unwrap(ring, p.Middle())
	if len(flat) < 3 {
		return nil
	}
	least, most := spread(flat)
	if most-least > 359 && math.Abs(flat[len(flat)-1][0]-flat[0][0]) > 180 {
		return nil // around a pole
	}
	var pieces [][]float32
	for turn := math.Floor((least + 180) / 360); turn*360-180 < most; turn++ {
		piece := flat
		if least < turn*360-180 || most > turn*360+180 {
			piece = clipLon(clipLon(flat, turn*360-180, 1), turn*360+180, -1)
		}
		if len(piece) < 3 {
			continue
		}
		if out := place(p, piece, turn*360, true); len(out) >= 6 {
			pieces = append(pieces, out)
		}
	}
	return pieces
}

// projectLine returns the pieces of a line on the plane.
func projectLine(p Projection, line []orb.Point) [][]float32 {
	var pieces [][]float32
	flat := unwrap(line, p.Middle())
	for from := 0; from+1 < len(flat); {
		turn := math.Floor(((flat[from][0]+flat[from+1][0])/2 + 180) / 360)
		to := from + 1
		for to+1 < len(flat) && math.Floor(((flat[to][0]+flat[to+1][0])/2+180)/360) == turn {
			to++
		}
		pieces = append(pieces, place(p, flat[from:to+1], turn*360, false))
		from = to
	}
	return pieces
}

// unwrap returns a line in degrees from the middle meridian, without jumps.
func unwrap(line []orb.Point, middle float64) [][2]float64 {
	flat := make([][2]float64, len(line))
	for i, q := range line {
		lon := q[0] - middle
		if i == 0 {
			lon = wrap(lon)
		} else {
			before := flat[i-1][0]
			lon = before + remainder(lon-before)
		}
		flat[i] = [2]float64{lon, q[1]}
	}
	return flat
}

// remainder is the turn from one longitude to another, at most half a circle.
func remainder(turn float64) float64 {
	if turn > 180 || turn < -180 {
		return math.Remainder(turn, 360)
	}
	return turn
}

func spread(flat [][2]float64) (least, most float64) {
	least, most = math.Inf(1), math.Inf(-1)
	for _, q := range flat {
		least, most = min(least, q[0]), max(most, q[0])
	}
	return least, most
}

// clipLon keeps what of a ring lies east (side 1) or west (-1) of a meridian.
func clipLon(ring [][2]float64, lon, side float64) [][2]float64 {
	var out [][2]float64
	for i, b := range ring {
		a := ring[(i+len(ring)-1)%len(ring)]
		da, db := (a[0]-lon)*side, (b[0]-lon)*side
		if (da < 0) != (db < 0) {
			t := da / (da - db)
			out = append(out, [2]float64{lon, a[1] + t*(b[1]-a[1])})
		}
		if db >= 0 {
			out = append(out, b)
		}
	}
	return out
}

// place projects points given in degrees from the middle meridian. Points on
// the cut stay on their side of it. It returns nothing if one is left out.
func place(p Projection, flat [][2]float64, shift float64, closed bool) []float32 {
	out := make([]float32, 0, 2*len(flat))
	put := func(lon, lat float64) bool {
		const edge = 180 - 1e-9
		x, y := p.Forward(wrap(p.Middle()+max(-edge, min(edge, lon))), lat)
		out = append(out, float32(x), float32(y))
		return !math.IsNaN(x)
	}
	n := len(flat)
	for i, b := range flat {
		if i > 0 || closed {
			a := flat[(i+n-1)%n]
			steps := math.Ceil(max(math.Abs(b[0]-a[0]), math.Abs(b[1]-a[1])) / longest)
			for s := 1.0; s < steps; s++ {
				t := s / steps
				if !put(a[0]+t*(b[0]-a[0])-shift, a[1]+t*(b[1]-a[1])) {
					return nil
				}
			}
		}
		if !put(b[0]-shift, b[1]) {
			return nil
		}
	}
	if m := len(out); closed && m >= 4 && out[0] == out[m-2] && out[1] == out[m-1] {
		out = out[:m-2]
	}
	return out
}
