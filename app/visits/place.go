package visits

import "math"

// earth is the mean radius of the earth in km.
const earth = 6371

// Point is a place on earth in degrees, if it is known.
type Point struct {
	Lon, Lat float64
	Placed   bool
}

// At is a known place.
func At(lon, lat float64) Point { return Point{lon, lat, true} }

// Stop is an account that may be visited.
type Stop struct {
	ID    string
	Class string
	Point
	Minutes float64 // of a visit, where it is not that of the class
	Value   float64 // which of two that are alike comes first
}

// vector is a point on the unit sphere.
type vector struct{ x, y, z float64 }

func (p Point) vector() vector {
	lon, lat := p.Lon*math.Pi/180, p.Lat*math.Pi/180
	return vector{math.Cos(lat) * math.Cos(lon), math.Cos(lat) * math.Sin(lon), math.Sin(lat)}
}

// km is the great-circle distance: haversine's formula, by the chord.
func km(a, b vector) float64 {
	dx, dy, dz := a.x-b.x, a.y-b.y, a.z-b.z
	half := math.Sqrt(dx*dx+dy*dy+dz*dz) / 2
	if half < 0.05 { // up to 640 km the series is right to a millimetre
		return 2 * earth * half * (1 + half*half/6*(1+half*half*9/20))
	}
	return 2 * earth * math.Asin(math.Min(1, half))
}

// Km is the great-circle distance between two places, 0 where one is not known.
func Km(a, b Point) float64 {
	if !a.Placed || !b.Placed {
		return 0
	}
	return km(a.vector(), b.vector())
}

// Road is the length of the way between two places, by the model's circuity.
func (m Model) Road(a, b Point) float64 { return Km(a, b) * m.Circuity }

// Drive is how many minutes a number of road kilometres takes.
func (m Model) Drive(roadKm float64) float64 { return roadKm / m.SpeedKmh * 60 }

// middle is the centre of places on the sphere; not placed for none.
func middle(stops []Stop) Point {
	var sum vector
	var any bool
	for _, s := range stops {
		if s.Placed {
			v := s.vector()
			sum.x, sum.y, sum.z, any = sum.x+v.x, sum.y+v.y, sum.z+v.z, true
		}
	}
	if !any {
		return Point{}
	}
	return At(math.Atan2(sum.y, sum.x)*180/math.Pi, math.Atan2(sum.z, math.Hypot(sum.x, sum.y))*180/math.Pi)
}

// curveBits is how finely the curve of order goes: 360° / 2^20 is 40 m.
const curveBits = 20

// along is a place's position on a Hilbert curve over the map around home.
// Places that are near each other are mostly near on the curve too, and where a
// place stands on it depends on no other.
func along(home, p Point) uint64 {
	dx := math.Remainder(p.Lon-home.Lon, 360) * math.Cos(home.Lat*math.Pi/180)
	grid := func(degrees float64) uint64 {
		return uint64(math.Min(math.Max((degrees+180)/360, 0), 1) * (1<<curveBits - 1))
	}
	x, y := grid(dx), grid(p.Lat-home.Lat)
	var d uint64
	for s := uint64(1) << (curveBits - 1); s > 0; s /= 2 {
		var rx, ry uint64
		if x&s > 0 {
			rx = 1
		}
		if y&s > 0 {
			ry = 1
		}
		d += s * s * ((3 * rx) ^ ry)
		if ry == 0 { // turn the quarter
			if rx == 1 {
				x, y = (1<<curveBits-1)-x, (1<<curveBits-1)-y
			}
			x, y = y, x
		}
	}
	return d
}
