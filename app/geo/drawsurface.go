package geo

import (
	"encoding/binary"
	"image"
	"image/color"
	"image/draw"
	"math"

	"golang.org/x/image/vector"
)

// surface is a picture that is drawn on, with scratch memory that is kept from
// frame to frame.
type surface struct {
	img  *image.RGBA
	w, h int
	clip image.Rectangle // nothing outside of it changes
	z    vector.Rasterizer
	mask []uint8 // of one fill
	line lineMask
}

// resize makes the surface w by h pixels.
func (s *surface) resize(w, h int) {
	if s.img == nil || s.w != w || s.h != h {
		s.on(image.NewRGBA(image.Rect(0, 0, w, h)))
	}
}

// on draws on a picture.
func (s *surface) on(img *image.RGBA) {
	s.img, s.w, s.h, s.clip = img, img.Rect.Dx(), img.Rect.Dy(), img.Rect
	s.line.resize(s.w, s.h)
}

// clear fills what is not clipped with one colour.
func (s *surface) clear(c color.RGBA) {
	if s.clip.Empty() {
		return
	}
	first := s.img.Pix[s.img.PixOffset(s.clip.Min.X, s.clip.Min.Y):][:4*s.clip.Dx()]
	binary.LittleEndian.PutUint32(first, packed(c))
	for n := 4; n < len(first); n *= 2 {
		copy(first[n:], first[:n])
	}
	for y := s.clip.Min.Y + 1; y < s.clip.Max.Y; y++ {
		copy(s.img.Pix[s.img.PixOffset(s.clip.Min.X, y):], first)
	}
}

func packed(c color.RGBA) uint32 {
	return uint32(c.R) | uint32(c.G)<<8 | uint32(c.B)<<16 | uint32(c.A)<<24
}

// camera turns the plane into pixels.
type camera struct{ k, ox, oy float64 }

func (c camera) px(x, y float64) (float64, float64) { return x*c.k + c.ox, y*c.k + c.oy }

func (c camera) box(b box) box {
	x0, y0 := c.px(b.x0, b.y0)
	x1, y1 := c.px(b.x1, b.y1)
	return box{x0, y0, x1, y1}
}

// paint is a colour or, with hatch, stripes of it and another.
type paint struct {
	a, b  color.RGBA
	hatch int // width of a pair of stripes in px, 0 for none
	shift int // moves the stripes along with the map
}

func solid(c color.RGBA) paint { return paint{a: c} }

// visible returns the pixels of a box that lie on the surface.
func (s *surface) visible(b box) (image.Rectangle, bool) {
	at := image.Rectangle{
		image.Pt(int(math.Floor(max(b.x0, -1))), int(math.Floor(max(b.y0, -1)))),
		image.Pt(int(math.Ceil(min(b.x1, float64(s.w)))), int(math.Ceil(min(b.y1, float64(s.h))))),
	}.Intersect(s.clip)
	return at, !at.Empty()
}

// fill paints rings of the plane.
func (s *surface) fill(rings [][]float32, b box, cam camera, p paint) {
	at, ok := s.visible(cam.box(b))
	if !ok {
		return
	}
	s.z.Reset(at.Dx(), at.Dy())
	e := feeder{z: &s.z, w: float32(at.Dx()), h: float32(at.Dy())}
	k, ox, oy := float32(cam.k), float32(cam.ox-float64(at.Min.X)), float32(cam.oy-float64(at.Min.Y))
	for _, ring := range rings {
		if len(ring) >= 6 {
			e.ring(ring, k, ox, oy)
		}
	}
	s.flush(at, p)
}

// flush paints what the rasterizer has gathered.
func (s *surface) flush(at image.Rectangle, p paint) {
	n := at.Dx() * at.Dy()
	if cap(s.mask) < n {
		s.mask = make([]uint8, n)
	}
	s.mask = s.mask[:n]
	alpha := &image.Alpha{Pix: s.mask, Stride: at.Dx(), Rect: image.Rect(0, 0, at.Dx(), at.Dy())}
	s.z.DrawOp = draw.Src
	s.z.Draw(alpha, alpha.Rect, image.Opaque, image.Point{})
	s.blend(s.mask, at.Dx(), at, p)
}

// blend paints through a mask whose first byte is that of the corner of at.
func (s *surface) blend(mask []uint8, stride int, at image.Rectangle, p paint) {
	for y := range at.Dy() {
		row := mask[y*stride : y*stride+at.Dx()]
		pix := s.img.Pix[s.img.PixOffset(at.Min.X, at.Min.Y+y):]
		if p.hatch > 0 {
			p.stripes(row, pix, at.Min.X+at.Min.Y+y+p.shift)
		} else {
			p.plain(row, pix)
		}
	}
}

// plain paints a row with the first colour.
func (p paint) plain(row, pix []uint8) {
	full, opaque := packed(p.a), p.a.A == 255
	for x := 0; x < len(row); x++ {
		if x+8 <= len(row) {
			eight := binary.LittleEndian.Uint64(row[x:])
			if eight == math.MaxUint64 && opaque {
				for i := range 8 {
					binary.LittleEndian.PutUint32(pix[4*(x+i):], full)
				}
			}
			if eight == 0 || eight == math.MaxUint64 && opaque {
				x += 7
				continue
			}
		}
		if m := row[x]; m == 255 && opaque {
			binary.LittleEndian.PutUint32(pix[4*x:], full)
		} else if m > 0 {
			mix(pix[4*x:4*x+4:4*x+4], p.a, m)
		}
	}
}

// stripes paints a row with both colours; from says where in them it begins.
func (p paint) stripes(row, pix []uint8, from int) {
	phase := (from%p.hatch + p.hatch) % p.hatch
	for x, m := range row {
		if m > 0 {
			c := p.a
			if phase*2 < p.hatch {
				c = p.b
			}
			mix(pix[4*x:4*x+4:4*x+4], c, m)
		}
		if phase++; phase == p.hatch {
			phase = 0
		}
	}
}

// mix lays a colour (not premultiplied) over a pixel, as far as m of 255.
func mix(pix []uint8, c color.RGBA, m uint8) {
	a := uint32(m) * uint32(c.A) / 255
	pix[0] = uint8((uint32(pix[0])*(255-a) + uint32(c.R)*a + 127) / 255)
	pix[1] = uint8((uint32(pix[1])*(255-a) + uint32(c.G)*a + 127) / 255)
	pix[2] = uint8((uint32(pix[2])*(255-a) + uint32(c.B)*a + 127) / 255)
	pix[3] = uint8(uint32(pix[3]) + (255-uint32(pix[3]))*a/255)
}

// feeder feeds a rasterizer and clips what lies far outside of it.
type feeder struct {
	z    *vector.Rasterizer
	w, h float32
}

// detail is how near, in px, points of a line may lie before one is left out.
const detail = 0.6

func (e feeder) ring(ring []float32, k, ox, oy float32) {
	fx, fy := ring[0]*k+ox, ring[1]*k+oy
	ax, ay := fx, fy
	e.z.MoveTo(ax, ay)
	for i := 2; i+1 < len(ring); i += 2 {
		bx, by := ring[i]*k+ox, ring[i+1]*k+oy
		if dx, dy := bx-ax, by-ay; dx < detail && dx > -detail && dy < detail && dy > -detail {
			continue
		}
		e.line(ax, ay, bx, by)
		ax, ay = bx, by
	}
	e.line(ax, ay, fx, fy)
}

// line adds an edge. Beyond the left side it still counts, upright along the
// side; above, below and to the right it does not.
func (e feeder) line(ax, ay, bx, by float32) {
	if ax >= 0 && bx >= 0 && ay >= 0 && by >= 0 && ax <= e.w && bx <= e.w && ay <= e.h && by <= e.h {
		e.z.LineTo(bx, by)
		return
	}
	ex, ey := bx, by
	if t0, t1, ok := within(ay, by, e.h); ok {
		ax, bx, ay, by = ax+t0*(bx-ax), ax+t1*(bx-ax), ay+t0*(by-ay), ay+t1*(by-ay)
		e.sides(ax, ay, bx, by)
	}
	e.z.MoveTo(ex, ey)
}

// sides adds an edge within the height, bent upright beyond the sides.
func (e feeder) sides(ax, ay, bx, by float32) {
	cuts := [4]float32{0, 1, 1, 1}
	n := 1
	for _, side := range [2]float32{-1, e.w + 1} {
		if (ax < side) != (bx < side) {
			cuts[n] = (side - ax) / (bx - ax)
			n++
		}
	}
	if n == 3 && cuts[1] > cuts[2] {
		cuts[1], cuts[2] = cuts[2], cuts[1]
	}
	cuts[n] = 1
	hold := func(x float32) float32 { return max(-1, min(e.w+1, x)) }
	for i := range n {
		t0, t1 := cuts[i], cuts[i+1]
		e.z.MoveTo(hold(ax+t0*(bx-ax)), ay+t0*(by-ay))
		e.z.LineTo(hold(ax+t1*(bx-ax)), ay+t1*(by-ay))
	}
}

// within returns the part of a→b, as shares of it, that lies in [0, h].
func within(a, b, h float32) (t0, t1 float32, ok bool) {
	if a == b {
		return 0, 1, false // level: no change in what is covered
	}
	t0, t1 = -a/(b-a), (h-a)/(b-a)
	if t0 > t1 {
		t0, t1 = t1, t0
	}
	t0, t1 = max(0, t0), min(1, t1)
	return t0, t1, t0 < t1
}
