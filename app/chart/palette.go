package chart

import "fieldbook/app/report"

// palette holds the tokens that charts and pages use.
type palette struct {
	bg, head, line, line2           Color
	fg, fg2, fg3                    Color
	accent, track, good, bad, warn  Color
	mute, grid, ramp1, ramp2, ramp3 Color
	trend                           Color // the one series colour, for a line over bars
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
		trend: rgb(0xD55E00),
	}
}

func dark() palette {
	return palette{
		bg: rgb(0x171C1D), head: rgb(0x1D2324), line: rgb(0x2C3435), line2: rgb(0x4A5557),
		fg: rgb(0xE5EAEA), fg2: rgb(0xA6B0B1), fg3: rgb(0x97A2A4),
		accent: rgb(0x5BC0B9), track: rgb(0x2A3334), good: rgb(0x74C79A), bad: rgb(0xF2937A), warn: rgb(0xE3B65A),
		mute: rgb(0x5C6769), grid: rgb(0x262E2F), ramp1: rgb(0x1F4341), ramp2: rgb(0x2E6A67), ramp3: rgb(0x429692),
		trend: rgb(0xD55E00),
	}
}

// mono turns every colour into the grey of its lightness, for paper without
// colour.
func (p palette) mono() palette {
	for _, c := range []*Color{
		&p.bg, &p.head, &p.line, &p.line2, &p.fg, &p.fg2, &p.fg3, &p.accent, &p.track, &p.good, &p.bad, &p.warn,
		&p.mute, &p.grid, &p.ramp1, &p.ramp2, &p.ramp3, &p.trend,
	} {
		y := uint8((299*int(c.R) + 587*int(c.G) + 114*int(c.B)) / 1000)
		*c = Color{R: y, G: y, B: y, A: 255}
	}
	return p
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
)

func (p palette) color(i Ink) Color {
	return [...]Color{
		p.fg, p.fg2, p.fg3, p.accent, p.track, p.line, p.line2, p.head, p.bg, p.grid,
		p.good, p.bad, p.warn, p.mute, p.ramp1, p.ramp2, p.ramp3, p.trend,
	}[i]
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
