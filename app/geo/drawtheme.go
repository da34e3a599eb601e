package geo

import (
	"image/color"
	"strconv"
	"strings"
)

// Theme is the light or the dark look of a map.
type Theme struct{ Dark bool }

// inks are the colours of a theme.
type inks struct {
	bg, fg, fg2, line, line2, track, accent, head color.RGBA
	land                                          color.RGBA // a unit without group or value
	back                                          color.RGBA // countries around
	ramp                                          [4]color.RGBA
	dark                                          bool
}

func rgb(hex uint32) color.RGBA {
	return color.RGBA{R: uint8(hex >> 16), G: uint8(hex >> 8), B: uint8(hex), A: 255}
}

func (t Theme) inks() inks {
	if t.Dark {
		return inks{
			bg: rgb(0x171C1D), fg: rgb(0xE5EAEA), fg2: rgb(0xA6B0B1), line: rgb(0x2C3435), line2: rgb(0x4A5557), track: rgb(0x2A3334),
			accent: rgb(0x5BC0B9), head: rgb(0x1D2324), land: rgb(0x2A3334), back: rgb(0x1F2627), dark: true,
			ramp: [4]color.RGBA{rgb(0x1F4341), rgb(0x2E6A67), rgb(0x429692), rgb(0x5BC0B9)},
		}
	}
	return inks{
		bg: rgb(0xFFFFFF), fg: rgb(0x1A2223), fg2: rgb(0x556062), line: rgb(0xE1E5E5), line2: rgb(0xBFC7C7), track: rgb(0xE4E9E9),
		accent: rgb(0x0B6466), head: rgb(0xF7F8F8), land: rgb(0xE4E9E9), back: rgb(0xF1F3F3),
		ramp: [4]color.RGBA{rgb(0xCFE3E2), rgb(0x8FC0BE), rgb(0x4B9694), rgb(0x0B6466)},
	}
}

// toward mixes a colour with another, all of it at 1.
func toward(a, b color.RGBA, share float64) color.RGBA {
	f := func(x, y uint8) uint8 { return uint8(float64(x)*(1-share) + float64(y)*share + 0.5) }
	return color.RGBA{f(a.R, b.R), f(a.G, b.G), f(a.B, b.B), 255}
}

func faded(c color.RGBA, alpha float64) color.RGBA {
	c.A = uint8(255*alpha + 0.5)
	return c
}

// parseColour reads "#0072B2"; what is no colour is grey.
func parseColour(s string) color.RGBA {
	v, err := strconv.ParseUint(strings.TrimPrefix(s, "#"), 16, 32)
	if err != nil || len(strings.TrimPrefix(s, "#")) != 6 {
		return rgb(0x8A9496)
	}
	return rgb(uint32(v))
}

// OnDark is a colour as it can be told from the dark theme's ground: a dark grey
// gets lighter, hues stay.
func OnDark(c color.RGBA) color.RGBA {
	high, low := max(c.R, c.G, c.B), min(c.R, c.G, c.B)
	if high-low > 40 || high > 150 {
		return c
	}
	return toward(c, rgb(0xFFFFFF), 0.5)
}

// base is a group's colour as a mark beside its name.
func (k inks) base(c color.RGBA) color.RGBA {
	if k.dark {
		return OnDark(c)
	}
	return c
}

// tint is a group's colour as the ground of an area.
func (k inks) tint(c color.RGBA) color.RGBA {
	if k.dark {
		return toward(k.bg, OnDark(c), 0.34)
	}
	return toward(k.bg, c, 0.32)
}

// strong is a group's colour as a mark upon its tint.
func (k inks) strong(c color.RGBA) color.RGBA {
	if k.dark {
		return toward(OnDark(c), rgb(0xFFFFFF), 0.3)
	}
	return toward(c, rgb(0x000000), 0.35)
}

// along is the colour of the ramp at a share between 0 and 1.
func (k inks) along(share float64) color.RGBA {
	at := max(0, min(1, share)) * float64(len(k.ramp)-1)
	i := min(int(at), len(k.ramp)-2)
	return toward(k.ramp[i], k.ramp[i+1], at-float64(i))
}

// upon is a colour for small text that can be read on a ground.
func (k inks) upon(ground color.RGBA) color.RGBA {
	light := 299*int(ground.R) + 587*int(ground.G) + 114*int(ground.B) // of 255,000
	switch {
	case light > 140_000:
		return toward(rgb(0x1A2223), ground, 0.2)
	default:
		return toward(rgb(0xFFFFFF), ground, 0.1)
	}
}
