package alignment

import "math"

// matrixMost is for how many units all distances are kept: 100 MB.
const matrixMost = 3600

// earth is the radius of the sphere in km.
const earth = 6371

// distances measures between units.
type distances struct {
	metric  Metric
	n       int
	x, y, z []float64 // for haversine a point on the unit sphere
	all     []float64 // row by row, nil for many units
}

func newDistances(p *Problem) *distances {
	n := len(p.Units)
	d := &distances{metric: p.Metric, n: n, x: make([]float64, n), y: make([]float64, n)}
	if p.Metric == Haversine {
		d.z = make([]float64, n)
	}
	for i, u := range p.Units {
		var z float64
		d.x[i], d.y[i], z = d.place(u.X, u.Y)
		if d.z != nil {
			d.z[i] = z
		}
	}
	if n <= matrixMost {
		d.all = make([]float64, n*n)
		for i := range n {
			for j := range i {
				v := d.measure(i, j)
				d.all[i*n+j], d.all[j*n+i] = v, v
			}
		}
	}
	return d
}

// at is the distance between two units.
func (d *distances) at(i, j int) float64 {
	if d.all != nil {
		return d.all[i*d.n+j]
	}
	return d.measure(i, j)
}

// place is where a point lies: as it is, or on the unit sphere.
func (d *distances) place(x, y float64) (px, py, pz float64) {
	if d.metric != Haversine {
		return x, y, 0
	}
	lon, lat := x*math.Pi/180, y*math.Pi/180
	return math.Cos(lat) * math.Cos(lon), math.Cos(lat) * math.Sin(lon), math.Sin(lat)
}

func (d *distances) measure(i, j int) float64 {
	dz := 0.0
	if d.z != nil {
		dz = d.z[i] - d.z[j]
	}
	return d.between(d.x[i]-d.x[j], d.y[i]-d.y[j], dz)
}

// to measures every unit to a home.
func (d *distances) to(h Home) []float64 {
	x, y, z := d.place(h.X, h.Y)
	out := make([]float64, d.n)
	for i := range out {
		dz := 0.0
		if d.z != nil {
			dz = d.z[i] - z
		}
		out[i] = d.between(d.x[i]-x, d.y[i]-y, dz)
	}
	return out
}

func (d *distances) between(dx, dy, dz float64) float64 {
	switch d.metric {
	case Haversine:
		half := math.Sqrt(dx*dx+dy*dy+dz*dz) / 2
		return 2 * earth * math.Asin(math.Min(1, half))
	case EuclidFloor:
		return math.Floor(math.Sqrt(dx*dx + dy*dy))
	case Euclid:
	}
	return math.Sqrt(dx*dx + dy*dy)
}
