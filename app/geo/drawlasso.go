package geo

import (
	"image"
)

// Lasso draws a loop of logical px over a copy of the last picture: its ground
// tinted and its line dashed. The copy is the renderer's own.
func (r *Renderer) Lasso(loop [][2]float64, sheet Sheet) *image.RGBA {
	base := &r.surface
	if base.img == nil || len(loop) < 2 {
		return base.img
	}
	s := &r.lasso
	s.resize(base.w, base.h)
	copy(s.img.Pix, base.img.Pix)
	u, ink := sheet.unit(), sheet.Theme.inks()
	points := make([][2]float64, 0, len(loop)+1)
	ring := make([]float32, 0, 2*len(loop))
	for _, q := range loop {
		points = append(points, [2]float64{q[0] * u, q[1] * u})
		ring = append(ring, float32(q[0]*u), float32(q[1]*u))
	}
	points = append(points, points[0])
	s.fill([][]float32{ring}, boxOf(ring), camera{k: 1}, solid(faded(ink.accent, 0.28)))
	s.dashes(points, 2*u, 5*u, 4*u)
	s.paintLines(solid(ink.accent))
	return s.img
}
