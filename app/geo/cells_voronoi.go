package geo

import "math"

// corner is a corner of a cell, and the site across the side that begins there.
type corner struct {
	at     spot
	across int32 // -1: the frame
}

// cell gives the corners of what is nearer to a site than to the others,
// against the clock, within a frame.
func (r *region) cell(site int32, low, high spot) []corner {
	s := r.sites[site]
	corners := []corner{
		{low, -1}, {spot{high[0], low[1]}, -1}, {high, -1}, {spot{low[0], high[1]}, -1},
	}
	var spare []corner
	reach := math.Inf(1) // of the farthest corner, squared
	r.around(s, func(d float64) bool { return d*d < 4*reach }, func(other int32) {
		if o := r.sites[other]; other != site && o != s && cuts(corners, s, o) {
			spare = cutOff(spare[:0], corners, s, o, other)
			corners, spare = spare, corners
			reach = 0
			for _, c := range corners {
				reach = max(reach, square2(s, c.at))
			}
		}
	})
	return corners
}

// cuts tells whether a corner is nearer to o than to s.
func cuts(corners []corner, s, o spot) bool {
	nx, ny := o[0]-s[0], o[1]-s[1]
	limit := (o[0]*o[0] - s[0]*s[0] + o[1]*o[1] - s[1]*s[1]) / 2
	for i := range corners {
		if corners[i].at[0]*nx+corners[i].at[1]*ny > limit {
			return true
		}
	}
	return false
}

// cutOff keeps what is nearer to s than to o.
func cutOff(kept, corners []corner, s, o spot, other int32) []corner {
	nx, ny := o[0]-s[0], o[1]-s[1]
	limit := (o[0]*o[0] - s[0]*s[0] + o[1]*o[1] - s[1]*s[1]) / 2
	beyond := func(c corner) float64 { return c.at[0]*nx + c.at[1]*ny - limit }
	for i, c := range corners {
		next := corners[(i+1)%len(corners)]
		d, e := beyond(c), beyond(next)
		if d <= 0 {
			kept = append(kept, c)
		}
		if d <= 0 == (e <= 0) {
			continue
		}
		share := d / (d - e)
		met := spot{c.at[0] + share*(next.at[0]-c.at[0]), c.at[1] + share*(next.at[1]-c.at[1])}
		if d <= 0 {
			kept = append(kept, corner{met, other})
		} else {
			kept = append(kept, corner{met, c.across})
		}
	}
	return kept
}

// meeting gives the point as far from three sites, computed in the same way
// whichever of them asks; else where the asker found it.
func (r *region) meeting(a, b, c int32, found spot) spot {
	if b < 0 || c < 0 {
		return found
	}
	if a > b {
		a, b = b, a
	}
	if b > c {
		b, c = c, b
	}
	if a > b {
		a, b = b, a
	}
	p, q, s := r.sites[a], r.sites[b], r.sites[c]
	qx, qy, sx, sy := q[0]-p[0], q[1]-p[1], s[0]-p[0], s[1]-p[1]
	twice := 2 * (qx*sy - qy*sx)
	if math.Abs(twice) < 1e-12 {
		return found
	}
	q2, s2 := qx*qx+qy*qy, sx*sx+sy*sy
	return spot{p[0] + (sy*q2-qy*s2)/twice, p[1] + (qx*s2-sx*q2)/twice}
}

// sides calls do with every side between two cells once: from and to with the
// site left of them.
func (r *region) sides(low, high spot, do func(from, to spot, left, right int32)) {
	for i := range r.sites {
		site := int32(i)
		corners := r.cell(site, low, high)
		for k, c := range corners {
			if c.across <= site {
				continue
			}
			before, next := corners[(k+len(corners)-1)%len(corners)], corners[(k+1)%len(corners)]
			from := r.meeting(site, before.across, c.across, c.at)
			to := r.meeting(site, c.across, next.across, next.at)
			if square2(from, to) > 1e-14 {
				do(from, to, site, c.across)
			}
		}
	}
}
