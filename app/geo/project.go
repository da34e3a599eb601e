package geo

import "math"

// Projection maps degrees onto a plane whose unit is the radius of the earth
// and whose y grows downwards.
type Projection interface {
	// Forward returns NaN for a place that the projection leaves out.
	Forward(lon, lat float64) (x, y float64)
	// Inverse reports false where no place lies at x, y.
	Inverse(x, y float64) (lon, lat float64, ok bool)
	// Middle is the meridian in the middle; the map is cut opposite to it.
	Middle() float64
}

const (
	radians = math.Pi / 180
	degrees = 180 / math.Pi
)

// wrap brings a longitude into [-180, 180].
func wrap(lon float64) float64 {
	if lon >= -180 && lon <= 180 {
		return lon
	}
	return lon - 360*math.Floor((lon+180)/360)
}

// albers is the equal-area conic of Albers, or the equal-area cylinder where
// its parallels lie the same distance north and south of the equator.
type albers struct {
	lon0     float64 // degrees
	n, c, r0 float64
	flat     float64 // cosine of the parallel of the cylinder, 0 for a cone
	dx, dy   float64 // what lies at lon0 and lat0 is at 0, 0 but for these
}

// newAlbers is true to scale along both parallels, all in degrees.
func newAlbers(south, north, lon0, lat0 float64) *albers {
	s, n := math.Sin(south*radians), math.Sin(north*radians)
	a := &albers{lon0: lon0, n: (s + n) / 2}
	if math.Abs(a.n) < 1e-3 {
		a.flat = max(math.Cos(south*radians), 0.1)
		a.r0 = math.Sin(lat0*radians) / a.flat
		return a
	}
	cos := math.Cos(south * radians)
	a.c = cos*cos + 2*a.n*s
	a.r0 = a.radius(lat0)
	return a
}

func (a *albers) radius(lat float64) float64 {
	return math.Sqrt(max(0, a.c-2*a.n*math.Sin(lat*radians))) / a.n
}

// Middle implements Projection.
func (a *albers) Middle() float64 { return a.lon0 }

// Forward implements Projection.
func (a *albers) Forward(lon, lat float64) (x, y float64) {
	l := wrap(lon-a.lon0) * radians
	if a.flat > 0 {
		return l*a.flat - a.dx, a.r0 - math.Sin(lat*radians)/a.flat - a.dy
	}
	r := a.radius(lat)
	sin, cos := math.Sincos(a.n * l)
	return r*sin - a.dx, r*cos - a.r0 - a.dy
}

// Inverse implements Projection.
func (a *albers) Inverse(x, y float64) (lon, lat float64, ok bool) {
	x, y = x+a.dx, y+a.dy
	if a.flat > 0 {
		s := (a.r0 - y) * a.flat
		lon, lat = x/a.flat*degrees, math.Asin(s)*degrees
		return wrap(a.lon0 + lon), lat, math.Abs(s) <= 1 && math.Abs(lon) <= 180
	}
	y += a.r0
	sign := math.Copysign(1, a.n)
	r := math.Hypot(x, y) * sign
	s := (a.c - r*r*a.n*a.n) / (2 * a.n)
	lon = math.Atan2(x*sign, y*sign) / a.n * degrees
	if math.Abs(s) > 1+1e-12 || math.Abs(lon) > 180+1e-9 {
		return 0, 0, false
	}
	return wrap(a.lon0 + lon), math.Asin(max(-1, min(1, s))) * degrees, true
}

// centred moves the plane so that a place lies at 0, 0.
func (a *albers) centred(lon, lat float64) *albers {
	a.dx, a.dy = 0, 0
	a.dx, a.dy = a.Forward(lon, lat)
	return a
}

// equalEarth is the projection of Šavrič, Patterson and Jenny (2018) for maps
// of the world: areas are true, and shapes please.
type equalEarth struct{ lon0 float64 }

const (
	ee1 = 1.340264
	ee2 = -0.081106
	ee3 = 0.000893
	ee4 = 0.003796
)

// Middle implements Projection.
func (e equalEarth) Middle() float64 { return e.lon0 }

// height returns y and its derivative for the parametric latitude t.
func (equalEarth) height(t float64) (y, dy float64) {
	t2 := t * t
	t6 := t2 * t2 * t2
	return t * (ee1 + ee2*t2 + t6*(ee3+ee4*t2)), ee1 + 3*ee2*t2 + t6*(7*ee3+9*ee4*t2)
}

// Forward implements Projection.
func (e equalEarth) Forward(lon, lat float64) (x, y float64) {
	t := math.Asin(math.Sqrt(3) / 2 * math.Sin(lat*radians))
	y, dy := e.height(t)
	return wrap(lon-e.lon0) * radians * math.Cos(t) * 2 / math.Sqrt(3) / dy, -y
}

// Inverse implements Projection.
func (e equalEarth) Inverse(x, y float64) (lon, lat float64, ok bool) {
	y = -y
	t := y
	for range 12 {
		v, dv := e.height(t)
		t -= (v - y) / dv
	}
	s := math.Sin(t) * 2 / math.Sqrt(3)
	_, dy := e.height(t)
	lon = x * math.Sqrt(3) / 2 * dy / math.Cos(t) * degrees
	if math.IsNaN(lon) || math.Abs(s) > 1+1e-9 || math.Abs(lon) > 180+1e-9 {
		return 0, 0, false
	}
	return wrap(e.lon0 + lon), math.Asin(max(-1, min(1, s))) * degrees, true
}
