package geo

import (
	"image"
	"math"
)

// lineMask gathers lines of one colour: what several of them cover is covered
// once, so that joints do not show.
type lineMask struct {
	pix   []uint8
	w, h  int
	dirty image.Rectangle
}

func (l *lineMask) resize(w, h int) {
	if l.w != w || l.h != h {
		l.pix, l.w, l.h, l.dirty = make([]uint8, w*h), w, h, image.Rectangle{}
	}
}

// paintLines lays the lines on the surface and forgets them.
func (s *surface) paintLines(p paint) {
	l := &s.line
	if l.dirty.Empty() {
		return
	}
	s.blend(l.pix[l.dirty.Min.Y*l.w+l.dirty.Min.X:], l.w, l.dirty, p)
	for y := l.dirty.Min.Y; y < l.dirty.Max.Y; y++ {
		clear(l.pix[y*l.w+l.dirty.Min.X : y*l.w+l.dirty.Max.X])
	}
	l.dirty = image.Rectangle{}
}

// stroke adds a line of the plane, width px wide.
func (s *surface) stroke(line []float32, cam camera, width float64) {
	if len(line) < 4 {
		return
	}
	ax, ay := cam.px(float64(line[0]), float64(line[1]))
	for i := 2; i+1 < len(line); i += 2 {
		bx, by := cam.px(float64(line[i]), float64(line[i+1]))
		if i+3 < len(line) && math.Abs(bx-ax) < detail && math.Abs(by-ay) < detail {
			continue
		}
		s.segment(ax, ay, bx, by, width)
		ax, ay = bx, by
	}
}

// segment adds one straight piece with round ends.
func (s *surface) segment(ax, ay, bx, by, width float64) {
	reach := width/2 + 0.5
	x0, y0, x1, y1 := s.clip.Min.X, s.clip.Min.Y, s.clip.Max.X, s.clip.Max.Y
	if b := (box{float64(x0), float64(y0), float64(x1), float64(y1)}); !b.has(ax, ay) || !b.has(bx, by) {
		var ok bool
		if ax, ay, bx, by, ok = clipped(ax, ay, bx, by, b.grown(reach)); !ok {
			return
		}
	}
	dx, dy := bx-ax, by-ay
	flip := math.Abs(dy) > math.Abs(dx) // walk along the longer side
	if flip {
		ax, ay, bx, by, dx, dy = ay, ax, by, bx, dy, dx
		x0, y0, x1, y1 = y0, x0, y1, x1
	}
	if dx < 0 {
		ax, ay, bx, by, dx, dy = bx, by, ax, ay, -dx, -dy
	}
	long := math.Hypot(dx, dy)
	slope, ux, uy, side := 0.0, 1.0, 0.0, reach
	if long > 0 {
		ux, uy = dx/long, dy/long
		slope, side = dy/dx, reach*long/dx
	}
	from, to := max(x0, int(math.Floor(ax-reach))), min(x1-1, int(math.Ceil(bx+reach)))
	for x := from; x <= to; x++ {
		px := float64(x) + 0.5 - ax
		mid := ay + slope*max(0, min(dx, px)) - 0.5
		for y := max(y0, int(math.Ceil(mid-side))); y <= min(y1-1, int(math.Floor(mid+side))); y++ {
			py := float64(y) + 0.5 - ay
			var far float64
			switch along := px*ux + py*uy; {
			case along < 0:
				far = math.Sqrt(px*px + py*py)
			case along > long:
				far = math.Sqrt((px-dx)*(px-dx) + (py-dy)*(py-dy))
			default:
				far = math.Abs(px*uy - py*ux)
			}
			if cover := reach - far; cover > 0 {
				i := y*s.w + x
				if flip {
					i = x*s.w + y
				}
				s.line.pix[i] = max(s.line.pix[i], uint8(255*min(1, min(cover, width))))
			}
		}
	}
	s.touch(ax, ay, bx, by, reach, flip)
}

// touch widens what is to be painted.
func (s *surface) touch(ax, ay, bx, by, reach float64, flip bool) {
	if flip {
		ax, ay, bx, by = ay, ax, by, bx
	}
	r := image.Rect(int(math.Floor(min(ax, bx)-reach)), int(math.Floor(min(ay, by)-reach)),
		int(math.Ceil(max(ax, bx)+reach))+1, int(math.Ceil(max(ay, by)+reach))+1)
	s.line.dirty = s.line.dirty.Union(r.Intersect(s.clip))
}

// clipped cuts a straight piece to a box (Liang and Barsky).
func clipped(ax, ay, bx, by float64, b box) (x0, y0, x1, y1 float64, ok bool) {
	t0, t1 := 0.0, 1.0
	dx, dy := bx-ax, by-ay
	for _, side := range [4][2]float64{{-dx, ax - b.x0}, {dx, b.x1 - ax}, {-dy, ay - b.y0}, {dy, b.y1 - ay}} {
		p, q := side[0], side[1]
		switch {
		case p == 0 && q < 0:
			return 0, 0, 0, 0, false
		case p < 0:
			t0 = max(t0, q/p)
		case p > 0:
			t1 = min(t1, q/p)
		}
	}
	return ax + t0*dx, ay + t0*dy, ax + t1*dx, ay + t1*dy, t0 <= t1
}

// dashes adds a line of pixels as dashes of two lengths.
func (s *surface) dashes(points [][2]float64, width, on, off float64) {
	walked := 0.0
	for i := 1; i < len(points); i++ {
		a, b := points[i-1], points[i]
		long := math.Hypot(b[0]-a[0], b[1]-a[1])
		for at := 0.0; at < long; {
			phase := math.Mod(walked+at, on+off)
			step := on - phase
			if phase >= on {
				step = on + off - phase
			}
			end := min(long, at+max(step, 0.01))
			if phase < on {
				s.segment(a[0]+(b[0]-a[0])*at/long, a[1]+(b[1]-a[1])*at/long, a[0]+(b[0]-a[0])*end/long, a[1]+(b[1]-a[1])*end/long, width)
			}
			at = end
		}
		walked += long
	}
}

// shapeOf paints what a distance says to be inside: far is in px, below 0
// within.
func (s *surface) shapeOf(b box, p paint, far func(x, y float64) float64) {
	at, ok := s.visible(b.grown(1))
	if !ok {
		return
	}
	for y := at.Min.Y; y < at.Max.Y; y++ {
		for x := at.Min.X; x < at.Max.X; x++ {
			if cover := 0.5 - far(float64(x)+0.5, float64(y)+0.5); cover > 0 {
				i := s.img.PixOffset(x, y)
				mix(s.img.Pix[i:i+4:i+4], p.a, uint8(255*min(1, cover)))
			}
		}
	}
}

// disc paints a circle.
func (s *surface) disc(x, y, r float64, p paint) {
	s.shapeOf(box{x - r, y - r, x + r, y + r}, p, func(px, py float64) float64 { return math.Hypot(px-x, py-y) - r })
}

// ring paints a circle's line, from inner to outer radius.
func (s *surface) ring(x, y, inner, outer float64, p paint) {
	s.shapeOf(box{x - outer, y - outer, x + outer, y + outer}, p, func(px, py float64) float64 {
		d := math.Hypot(px-x, py-y)
		return max(d-outer, inner-d)
	})
}

// rounded paints a box with round corners.
func (s *surface) rounded(b box, r float64, p paint) {
	cx, cy, hw, hh := (b.x0+b.x1)/2, (b.y0+b.y1)/2, b.w()/2-r, b.h()/2-r
	s.shapeOf(b, p, func(px, py float64) float64 {
		dx, dy := math.Abs(px-cx)-hw, math.Abs(py-cy)-hh
		return math.Hypot(max(dx, 0), max(dy, 0)) + min(0, max(dx, dy)) - r
	})
}
