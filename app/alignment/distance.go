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
		d.x[i], d.y[i] = u.X, u.Y
		if p.Metric == Haversine {
			lon, lat := u.X*math.Pi/180, u.Y*math.Pi/180
			d.x[i], d.y[i], d.z[i] = math.Cos(lat)*math.Cos(lon), math.Cos(lat)*math.Sin(lon), math.Sin(lat)
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

func (d *distances) measure(i, j int) float64 {
	dx, dy := d.x[i]-d.x[j], d.y[i]-d.y[j]
	switch d.metric {
	case Haversine:
		dz := d.z[i] - d.z[j]
		half := math.Sqrt(dx*dx+dy*dy+dz*dz) / 2
		return 2 * earth * math.Asin(math.Min(1, half))
	case EuclidFloor:
		return math.Floor(math.Sqrt(dx*dx + dy*dy))
	case Euclid:
	}
	return math.Sqrt(dx*dx + dy*dy)
}
