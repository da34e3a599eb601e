package geo

import (
	"math"
	"strconv"
)

// The largest dot of the legend has this radius, in logical px; none is
// smaller or larger than the ends.
const (
	dotRadius = 6.5
	leastDot  = 1.8
	mostDot   = 14
)

// radius of a dot in logical px: its area grows with the size.
func (r *Renderer) radius(size float64) float64 {
	if r.most <= 0 {
		return 4
	}
	return max(leastDot, min(mostDot, dotRadius*math.Sqrt(max(0, size)/r.most)))
}

// place finds where dots and clusters stand in this picture.
func (f *frame) place() {
	var dots []dot
	reach := f.stage.grown(60 * f.u)
	for i, d := range f.dots {
		if !d.known {
			continue
		}
		x, y := f.cam.px(d.x, d.y)
		if !reach.has(x, y) {
			continue
		}
		size := f.spec.Points[i].Size
		dots = append(dots, dot{x, y, f.radius(size) * f.u, size, i})
	}
	f.marks = clusters(dots, crowd{cell: 48 * f.u, most: 12, unit: f.u}, f.cam.ox, f.cam.oy)
}

// points draws dots and clusters.
func (f *frame) points() {
	for _, m := range f.marks {
		if len(m.dots) > 1 {
			f.cluster(m)
			continue
		}
		f.dot(m)
	}
}

func (f *frame) dot(m cluster) {
	i := m.dots[0]
	p := f.spec.Points[i]
	c := f.ink.fg2
	if g := f.dots[i].group; g >= 0 {
		c = f.ink.strong(f.groups[g].base)
	}
	edge, around := f.ink.bg, 0.9*f.u
	if p.Locked {
		edge, around = f.ink.fg, 1.6*f.u
	}
	if f.pickedDots[i] {
		f.ring(m.x, m.y, m.r+1.5*f.u, m.r+3.5*f.u, solid(f.ink.accent))
	}
	f.disc(m.x, m.y, m.r+around, solid(edge))
	if p.Hollow {
		f.disc(m.x, m.y, m.r, solid(c))
		f.disc(m.x, m.y, max(m.r-1.6*f.u, 0.8*f.u), solid(f.ink.bg))
		return
	}
	f.disc(m.x, m.y, m.r, solid(c))
}

// cluster draws a disc with the count, ringed by the shares of the groups.
func (f *frame) cluster(m cluster) {
	counts, none, picked := make([]int, len(f.groups)), 0, false
	for _, i := range m.dots {
		if g := f.dots[i].group; g >= 0 {
			counts[g]++
		} else {
			none++
		}
		picked = picked || f.pickedDots[i]
	}
	if picked {
		f.disc(m.x, m.y, m.r+4*f.u, solid(f.ink.accent))
	}
	f.disc(m.x, m.y, m.r+1.2*f.u, solid(f.ink.bg))
	n := float64(len(m.dots))
	from := 0.0
	slice := func(count int, p paint) {
		if count == 0 {
			return
		}
		to := from + float64(count)/n
		f.arc(m, from, to, p)
		from = to
	}
	for g, count := range counts {
		slice(count, solid(f.ink.strong(f.groups[g].base)))
	}
	slice(none, solid(f.ink.fg2))
	f.disc(m.x, m.y, m.r-2.4*f.u, solid(f.ink.bg))
	text := strconv.Itoa(len(m.dots))
	face := typeface{10 * f.u, true}
	if len(m.dots) > 999 {
		face.px = 9 * f.u
	}
	wide := f.letters.width(text, face)
	f.text(&f.letters, written{face, text, false}, m.x-wide/2, m.y+3.6*f.u, solid(f.ink.fg))
}

// arc paints the part of a disc between two shares of the circle, clockwise
// from the top.
func (f *frame) arc(m cluster, from, to float64, p paint) {
	f.shapeOf(box{m.x - m.r, m.y - m.r, m.x + m.r, m.y + m.r}, p, func(x, y float64) float64 {
		d := math.Hypot(x-m.x, y-m.y) - m.r
		at := math.Atan2(x-m.x, m.y-y) / (2 * math.Pi)
		if at < 0 {
			at++
		}
		if at < from || at >= to {
			return 1
		}
		return d
	})
}
