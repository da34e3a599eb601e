package pdf

import (
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
	l.canvas().Image(geo.Draw(world, b.Spec, sheet), l.left(), l.y+6, l.width(), h)
	l.y += h + 16
}
