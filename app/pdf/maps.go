package pdf

import (
	"image"

	"fieldbook/app/geo"
	"fieldbook/app/report"
)

const (
	mapHigh  = 400 // px, of a map that asks for no height
	mapScale = 3   // device px per logical px: 288 dots an inch
)

func (l *layout) mapHeight(b report.Map) float64 {
	if b.Height > 0 {
		return min(float64(b.Height), l.body()-40)
	}
	return min(mapHigh, l.body()-40)
}

// atlas sets a map on the whole width. A program whose map is damaged leaves it
// out: the figures beside it stand.
func (l *layout) atlas(b report.Map) {
	world, err := geo.Load()
	if err != nil {
		return
	}
	h := l.mapHeight(b)
	l.need(h + 16)
	sheet := geo.Sheet{Width: int(l.width()) * mapScale, Height: int(h) * mapScale, Scale: mapScale, Theme: geo.Theme{}}
	picture := geo.Draw(world, b.Spec, sheet)
	if l.opt.Mono {
		picture = grey(picture)
	}
	l.canvas().Image(picture, l.left(), l.y+6, l.width(), h)
	l.y += h + 16
}

// grey is a picture without its colours. Maps tell their groups apart by names
// and borders as well.
func grey(img *image.RGBA) *image.RGBA {
	out := image.NewRGBA(img.Rect)
	for i := 0; i+3 < len(img.Pix); i += 4 {
		y := uint8((299*int(img.Pix[i]) + 587*int(img.Pix[i+1]) + 114*int(img.Pix[i+2])) / 1000)
		out.Pix[i], out.Pix[i+1], out.Pix[i+2], out.Pix[i+3] = y, y, y, img.Pix[i+3]
	}
	return out
}
