package geo

import (
	"image"
	"sync"
)

// ground is what of the map costs most: areas, borders and routes. It is kept,
// so that moving the map draws only what comes into view.
type ground struct {
	img     *image.RGBA
	of      groundKey
	stale   bool
	touched box        // of the plane: what changed since it was drawn
	bands   [2]surface // drawn at the same time, one on each core
}

// touch says that a part of the plane looks otherwise now.
func (g *ground) touch(b box) {
	if g.touched == (box{}) {
		g.touched = b
		return
	}
	g.touched = g.touched.union(b)
}

type groundKey struct {
	w, h   int
	k, u   float64
	ox, oy int
	dark   bool
}

// draw brings the ground to the state of a frame.
func (g *ground) draw(f frame) {
	key := groundKey{f.w, f.h, f.cam.k, f.u, int(f.cam.ox), int(f.cam.oy), f.ink.dark}
	was := g.of
	g.of = key
	if g.img == nil || g.img.Rect.Dx() != f.w || g.img.Rect.Dy() != f.h {
		g.img, g.stale = image.NewRGBA(image.Rect(0, 0, f.w, f.h)), true
	}
	touched := g.touched
	g.touched = box{}
	dx, dy := key.ox-was.ox, key.oy-was.oy
	was.ox, was.oy = key.ox, key.oy
	if g.stale || was != key || max(dx, -dx) >= f.w || max(dy, -dy) >= f.h {
		g.stale = false
		half := image.Rect(0, 0, f.w, f.h)
		half.Max.Y = f.h / 2
		g.parts(f, half, image.Rect(0, f.h/2, f.w, f.h))
		return
	}
	if dx != 0 || dy != 0 {
		shift(g.img, dx, dy)
		g.parts(f, uncovered(g.img.Rect, dx, dy)...)
	}
	if touched != (box{}) {
		const lines = 4 // px that borders reach beyond the areas
		if at, ok := f.visible(f.cam.box(touched).grown(lines * f.u)); ok {
			g.parts(f, at)
		}
	}
}

// parts draws parts of the ground, at most two.
func (g *ground) parts(f frame, parts ...image.Rectangle) {
	var done sync.WaitGroup
	for i, part := range parts {
		f := f // each has its own surface
		f.surface = &g.bands[i]
		f.on(g.img)
		f.clip = part
		done.Go(func() {
			f.areas()
			f.lines()
			f.routes()
		})
	}
	done.Wait()
}

// uncovered are the parts of a picture that are new after a shift.
func uncovered(r image.Rectangle, dx, dy int) []image.Rectangle {
	var out []image.Rectangle
	rest := r
	switch {
	case dy > 0:
		out, rest.Min.Y = append(out, image.Rect(r.Min.X, r.Min.Y, r.Max.X, r.Min.Y+dy)), r.Min.Y+dy
	case dy < 0:
		out, rest.Max.Y = append(out, image.Rect(r.Min.X, r.Max.Y+dy, r.Max.X, r.Max.Y)), r.Max.Y+dy
	}
	switch {
	case dx > 0:
		out = append(out, image.Rect(r.Min.X, rest.Min.Y, r.Min.X+dx, rest.Max.Y))
	case dx < 0:
		out = append(out, image.Rect(r.Max.X+dx, rest.Min.Y, r.Max.X, rest.Max.Y))
	}
	return out
}

// shift moves the pixels of a picture; what is uncovered keeps what it had.
func shift(img *image.RGBA, dx, dy int) {
	w, h := img.Rect.Dx(), img.Rect.Dy()
	from, to, n := 4*max(0, -dx), 4*max(0, dx), 4*(w-max(dx, -dx))
	for i := range h - max(dy, -dy) {
		y := i - min(0, dy) // of the source
		if dy > 0 {
			y = h - dy - 1 - i
		}
		copy(img.Pix[(y+dy)*img.Stride+to:][:n], img.Pix[y*img.Stride+from:][:n])
	}
}
