package geo

import (
	"image/color"
	"math"
)

// warn is the colour of what asks for action.
func (f *frame) warn() color.RGBA {
	if f.ink.dark {
		return rgb(0xF2937A)
	}
	return rgb(0xAF3519)
}

// caption writes small text from x on and returns where it ends.
func (f *frame) caption(x, y float64, text string) float64 {
	face := typeface{11 * f.u, false}
	f.text(&f.letters, written{face, text, false}, x, math.Round(y), solid(f.ink.fg2))
	return x + f.letters.width(text, face)
}

// head writes the title above the map.
func (f *frame) head(on bool) {
	if !on || f.spec.Title == "" {
		return
	}
	f.wipe(box{0, 0, float64(f.w), f.stage.y0})
	f.text(&f.letters, written{typeface{13 * f.u, true}, f.spec.Title, false}, 12*f.u, math.Round(20*f.u), solid(f.ink.fg))
}

// wipe clears what of the map reaches into a margin.
func (f *frame) wipe(b box) { f.rounded(b, 0, solid(f.ink.bg)) }

// foot writes the legend and the note below the map.
func (f *frame) foot() {
	if !f.hasFoot() {
		return
	}
	f.wipe(box{0, f.stage.y1, float64(f.w), float64(f.h)})
	x, mid := 12*f.u, (f.stage.y1+float64(f.h))/2
	base := mid + 4*f.u
	if f.spec.Ramp {
		n := len(f.spec.Classes)
		for i, c := range f.spec.Classes {
			at := box{x, mid - 5*f.u, x + 14*f.u, mid + 5*f.u}
			f.rounded(at, 2*f.u, solid(f.ink.along(float64(i)/float64(max(1, n-1)))))
			x = f.caption(at.x1+5*f.u, base, c.Text) + 12*f.u
		}
	}
	if len(f.spec.Sizes.Dots) > 0 {
		if f.spec.Sizes.Title != "" {
			x = f.caption(x, base, f.spec.Sizes.Title) + 12*f.u
		}
		for _, d := range f.spec.Sizes.Dots {
			r := f.radius(d.Value) * f.u
			f.disc(x+r, mid, r, solid(f.ink.fg2))
			x = f.caption(x+2*r+5*f.u, base, d.Text) + 12*f.u
		}
	}
	if f.spec.Note != "" {
		wide := f.letters.width(f.spec.Note, typeface{11 * f.u, false})
		if right := float64(f.w) - 12*f.u - wide; right > x {
			f.caption(right, base, f.spec.Note)
		}
	}
}
