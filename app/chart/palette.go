package chart

import (
	"math"
	"slices"

	"fieldbook/app/report"
)

// palette holds the tokens that charts and pages use.
type palette struct {
	bg, head, line, line2           Color
	fg, fg2, fg3                    Color
	accent, track, good, bad, warn  Color
	mute, grid, ramp1, ramp2, ramp3 Color
	trend                           Color // the one series colour, for a line over bars
	band                            Color
	series                          [seriesInks]Color
	mixed                           []Color // made while drawing, see Canvas.mix
}

// seriesInks is how many series can be told apart.
const seriesInks = 7

// okabeIto are the series colours, which colour-blind people can tell apart, in an
// order whose neighbours differ most.
func okabeIto() [seriesInks]Color {
	return [...]Color{rgb(0x0072B2), rgb(0xE69F00), rgb(0x009E73), rgb(0x56B4E9), rgb(0xD55E00), rgb(0xCC79A7), rgb(0xF0E442)}
}

// greys stand for the series without colour; neighbours differ most.
func greys() [seriesInks]Color {
	return [...]Color{rgb(0x303030), rgb(0xB8B8B8), rgb(0x686868), rgb(0xDCDCDC), rgb(0x484848), rgb(0x989898), rgb(0xEFEFEF)}
}

func rgb(hex uint32) Color {
	return Color{R: uint8(hex >> 16), G: uint8(hex >> 8), B: uint8(hex), A: 255}
}

func light() palette {
	return palette{
		bg: rgb(0xFFFFFF), head: rgb(0xF7F8F8), line: rgb(0xE1E5E5), line2: rgb(0xBFC7C7),
		fg: rgb(0x1A2223), fg2: rgb(0x556062), fg3: rgb(0x5F6A6C),
		accent: rgb(0x0B6466), track: rgb(0xE4E9E9), good: rgb(0x1B6E45), bad: rgb(0xAF3519), warn: rgb(0x7D5200),
		mute: rgb(0xB4BDBE), grid: rgb(0xE9ECEC), ramp1: rgb(0xCFE3E2), ramp2: rgb(0x8FC0BE), ramp3: rgb(0x4B9694),
		trend: rgb(0xD55E00), band: rgb(0xCFE3E2), series: okabeIto(),
	}
}

func dark() palette {
	return palette{
		bg: rgb(0x171C1D), head: rgb(0x1D2324), line: rgb(0x2C3435), line2: rgb(0x4A5557),
		fg: rgb(0xE5EAEA), fg2: rgb(0xA6B0B1), fg3: rgb(0x97A2A4),
		accent: rgb(0x5BC0B9), track: rgb(0x2A3334), good: rgb(0x74C79A), bad: rgb(0xF2937A), warn: rgb(0xE3B65A),
		mute: rgb(0x5C6769), grid: rgb(0x262E2F), ramp1: rgb(0x1F4341), ramp2: rgb(0x2E6A67), ramp3: rgb(0x429692),
		trend: rgb(0xD55E00), band: rgb(0x23494A), series: okabeIto(),
	}
}

// mono turns every colour into the grey of its lightness, for paper without
// colour.
func (p palette) mono() palette {
	for _, c := range []*Color{
		&p.bg, &p.head, &p.line, &p.line2, &p.fg, &p.fg2, &p.fg3, &p.accent, &p.track, &p.good, &p.bad, &p.warn,
		&p.mute, &p.grid, &p.ramp1, &p.ramp2, &p.ramp3, &p.trend, &p.band,
	} {
		y := lightness(*c)
		*c = Color{R: y, G: y, B: y, A: 255}
	}
	p.series = greys()
	return p
}

func lightness(c Color) uint8 {
	return uint8((299*int(c.R) + 587*int(c.G) + 114*int(c.B)) / 1000)
}

func paletteOf(opt Options) palette {
	p := light()
	if opt.Dark {
		p = dark()
	}
	if opt.Mono {
		p = p.mono()
	}
	return p
}

// Ink names a colour by what it is for; the canvas knows its value in the
// light, dark or mono palette.
type Ink int

// The inks.
const (
	Foreground Ink = iota
	Caption
	Placeholder
	Accent
	Track
	Rule       // row lines and borders
	StrongRule // control borders, the line over totals
	HeadGround
	Ground
	Grid
	GoodInk
	BadInk
	WarnInk
	Mute
	Ramp1
	Ramp2
	Ramp3
	TrendInk
	Band
	OnLight // text on a light mark, whatever the ground
	OnDark  // text on a dark mark
	series0 // the first of seriesInks
	mixed0  = series0 + seriesInks
)

// SeriesInk is the ink of the i-th series; those beyond what can be told apart
// share Mute.
func SeriesInk(i int) Ink {
	if i < 0 || i >= seriesInks {
		return Mute
	}
	return series0 + Ink(i)
}

func (p palette) color(i Ink) Color {
	switch {
	case i >= mixed0:
		return p.mixed[i-mixed0]
	case i >= series0:
		return p.series[i-series0]
	}
	return [...]Color{
		p.fg, p.fg2, p.fg3, p.accent, p.track, p.line, p.line2, p.head, p.bg, p.grid,
		p.good, p.bad, p.warn, p.mute, p.ramp1, p.ramp2, p.ramp3, p.trend, p.band, rgb(0x1A2223), rgb(0xFFFFFF),
	}[i]
}

// mix is an ink between two others: a at 0, b at 1.
func (c *Canvas) mix(a, b Ink, t float64) Ink {
	x, y := c.pal.color(a), c.pal.color(b)
	part := func(x, y uint8) uint8 { return uint8(float64(x) + (float64(y)-float64(x))*t + 0.5) }
	m := Color{R: part(x.R, y.R), G: part(x.G, y.G), B: part(x.B, y.B), A: 255}
	if i := slices.Index(c.pal.mixed, m); i >= 0 {
		return mixed0 + Ink(i)
	}
	c.pal.mixed = append(c.pal.mixed, m)
	return mixed0 + Ink(len(c.pal.mixed)-1)
}

// on is the ink of text that stands on a mark: the one of more contrast.
func (c *Canvas) on(mark Ink) Ink {
	l := luminance(c.pal.color(mark)) + 0.05
	if 1.05/l > l/(luminance(c.pal.color(OnLight))+0.05) {
		return OnDark
	}
	return OnLight
}

// luminance is the relative luminance of WCAG.
func luminance(c Color) float64 {
	linear := func(v uint8) float64 {
		s := float64(v) / 255
		if s <= 0.04045 {
			return s / 12.92
		}
		return math.Pow((s+0.055)/1.055, 2.4)
	}
	return 0.2126*linear(c.R) + 0.7152*linear(c.G) + 0.0722*linear(c.B)
}

// InkOf is the ink of a tone.
func InkOf(t report.Tone) Ink {
	switch t {
	case report.Quiet:
		return Caption
	case report.Good:
		return GoodInk
	case report.Bad:
		return BadInk
	case report.Warn:
		return WarnInk
	default:
		return Foreground
	}
}
