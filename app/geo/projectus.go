package geo

import "math"

// albersUSA shows the lower 48 states by Albers and, below them in the west,
// Alaska at about a third of its scale and Hawaii, and off Florida Puerto Rico
// with the Virgin Islands.
type albersUSA struct {
	main   *albers
	insets []inset
}

// inset is a projection of its own in a box of the map.
type inset struct {
	of    *albers
	scale float64
	x, y  float64 // where its middle stands
	box   box
	holds func(lon, lat float64) bool
}

// box is a rectangle of the plane or of the screen.
type box struct{ x0, y0, x1, y1 float64 }

func (b box) has(x, y float64) bool { return x >= b.x0 && x <= b.x1 && y >= b.y0 && y <= b.y1 }
func (b box) meets(o box) bool {
	return b.x0 < o.x1 && o.x0 < b.x1 && b.y0 < o.y1 && o.y0 < b.y1
}
func (b box) w() float64 { return b.x1 - b.x0 }
func (b box) h() float64 { return b.y1 - b.y0 }

// with returns the box that holds a point as well.
func (b box) with(x, y float64) box {
	return box{min(b.x0, x), min(b.y0, y), max(b.x1, x), max(b.y1, y)}
}

func (b box) grown(by float64) box { return box{b.x0 - by, b.y0 - by, b.x1 + by, b.y1 + by} }

// union returns the box that holds both.
func (b box) union(o box) box { return b.with(o.x0, o.y0).with(o.x1, o.y1) }

// nowhere is the empty box, to which with adds.
func nowhere() box { return box{math.Inf(1), math.Inf(1), math.Inf(-1), math.Inf(-1)} }

func newAlbersUSA() *albersUSA {
	return &albersUSA{
		main: newAlbers(29.5, 45.5, -96, 38.7).centred(-96.6, 38.7),
		insets: []inset{
			{
				of: newAlbers(55, 65, -154, 58.5).centred(-156, 58.5), scale: 0.35, x: -0.307, y: 0.201,
				box:   box{-0.45, 0.100, -0.214, 0.25},
				holds: func(lon, lat float64) bool { return lat > 50.5 && (lon < -129 || lon > 170) },
			},
			{
				of: newAlbers(8, 18, -157, 19.9).centred(-160, 19.9), scale: 1, x: -0.205, y: 0.212,
				box:   box{-0.214, 0.160, -0.115, 0.25},
				holds: func(lon, lat float64) bool { return lat < 30 && lon < -154 && lon > -161 },
			},
			{
				of: newAlbers(8, 18, -66, 18).centred(-66, 18), scale: 1, x: 0.330, y: 0.224,
				box:   box{0.290, 0.204, 0.380, 0.25},
				holds: func(lon, lat float64) bool { return lat < 19.5 && lat > 17 && lon > -68.5 && lon < -64 },
			},
		},
	}
}

// Middle implements Projection.
func (u *albersUSA) Middle() float64 { return -96 }

// Forward implements Projection.
func (u *albersUSA) Forward(lon, lat float64) (x, y float64) {
	for _, in := range u.insets {
		if in.holds(lon, lat) {
			x, y = in.of.Forward(lon, lat)
			return in.x + x*in.scale, in.y + y*in.scale
		}
	}
	if lat < 23 || lat > 50.5 || lon < -130 || lon > -60 {
		return math.NaN(), math.NaN()
	}
	return u.main.Forward(lon, lat)
}

// Inverse implements Projection.
func (u *albersUSA) Inverse(x, y float64) (lon, lat float64, ok bool) {
	for _, in := range u.insets {
		if !in.box.has(x, y) {
			continue
		}
		lon, lat, ok = in.of.Inverse((x-in.x)/in.scale, (y-in.y)/in.scale)
		if ok && in.holds(lon, lat) {
			return lon, lat, true
		}
	}
	lon, lat, ok = u.main.Inverse(x, y)
	return lon, lat, ok && lat >= 23 && lat <= 50.5 && lon >= -130 && lon <= -60
}
