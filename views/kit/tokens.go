package kit

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"
)

// Token names a colour of the palette. It is Fyne's own colour name, so a
// token also works wherever Fyne asks for one.
type Token = fyne.ThemeColorName

// The palette: what each colour is used for stands in the README of this package.
const (
	ColorBg     Token = theme.ColorNameBackground
	ColorRail   Token = theme.ColorNameMenuBackground
	ColorHead   Token = theme.ColorNameHeaderBackground
	ColorLine   Token = theme.ColorNameSeparator
	ColorLine2  Token = theme.ColorNameInputBorder
	ColorHover  Token = theme.ColorNameHover
	ColorSel    Token = theme.ColorNameSelection
	ColorFg     Token = theme.ColorNameForeground
	ColorFg2    Token = theme.ColorNamePlaceHolder
	ColorFg3    Token = theme.ColorNameDisabled
	ColorAccent Token = theme.ColorNamePrimary
	ColorOn     Token = theme.ColorNameForegroundOnPrimary
	ColorTrack  Token = theme.ColorNameDisabledButton
	ColorGood   Token = theme.ColorNameSuccess
	ColorGoodBg Token = "fieldbook-goodbg"
	ColorBad    Token = theme.ColorNameError
	ColorBadBg  Token = "fieldbook-badbg"
	ColorWarn   Token = theme.ColorNameWarning
	ColorWarnBg Token = "fieldbook-warnbg"
	ColorInput  Token = theme.ColorNameInputBackground
	ColorMute   Token = "fieldbook-mute"
	ColorGrid   Token = "fieldbook-grid"
	ColorRamp1  Token = "fieldbook-ramp1"
	ColorRamp2  Token = "fieldbook-ramp2"
	ColorRamp3  Token = "fieldbook-ramp3"
	ColorBand   Token = "fieldbook-band"

	ColorOrange Token = "fieldbook-orange"
	ColorSky    Token = "fieldbook-sky"
	ColorGreen  Token = "fieldbook-green"
	ColorYellow Token = "fieldbook-yellow"
	ColorBlue   Token = "fieldbook-blue"
	ColorVermil Token = "fieldbook-vermil"
	ColorPurple Token = "fieldbook-purple"
)

// Series returns the token of the n-th series (any n ≥ 0, wrapping after
// seven): the Okabe–Ito colours, for marks that must be told apart and never
// for a state.
func Series(n int) Token {
	series := [...]Token{ColorBlue, ColorOrange, ColorGreen, ColorSky, ColorVermil, ColorPurple, ColorYellow}
	return series[n%len(series)]
}

// shade holds colours as interfaces, so that looking one up costs no memory.
type shade struct{ light, dark color.Color }

func hex(v uint32) color.Color {
	return color.NRGBA{R: uint8(v >> 16), G: uint8(v >> 8), B: uint8(v), A: 0xFF}
}

// ink is the colour of text. Fyne's menus make that of their shortcut hints
// from it: they keep the low byte of 95 % of its alpha, which is 50 of 255 where
// that is whole. Of this one, as opaque to the eye, 255 are left.
type ink struct{ color.Color }

// RGBA implements color.Color.
func (c ink) RGBA() (r, g, b, a uint32) {
	r, g, b, _ = c.Color.RGBA()
	return r, g, b, 0xFFCA
}

func pair(light, dark uint32) shade { return shade{hex(light), hex(dark)} }
func same(v uint32) shade           { return pair(v, v) }

// palette is read only. The second group are Fyne's names that no token
// stands for; they keep Fyne's own dialogs in the same look.
var palette = map[Token]shade{
	ColorBg:     pair(0xFFFFFF, 0x171C1D),
	ColorRail:   pair(0xF3F5F5, 0x101415),
	ColorHead:   pair(0xF7F8F8, 0x1D2324),
	ColorLine:   pair(0xE1E5E5, 0x2C3435),
	ColorLine2:  pair(0xBFC7C7, 0x4A5557),
	ColorHover:  pair(0xEDF1F1, 0x222A2B),
	ColorSel:    pair(0xDCECEB, 0x1C3B3B),
	ColorFg:     {ink{hex(0x1A2223)}, ink{hex(0xE5EAEA)}},
	ColorFg2:    pair(0x556062, 0xA6B0B1),
	ColorFg3:    pair(0x5F6A6C, 0x97A2A4),
	ColorAccent: pair(0x0B6466, 0x5BC0B9),
	ColorOn:     pair(0xFFFFFF, 0x06201F),
	ColorTrack:  pair(0xE4E9E9, 0x2A3334),
	ColorGood:   pair(0x1B6E45, 0x74C79A),
	ColorGoodBg: pair(0xE3F1E9, 0x1A3327),
	ColorBad:    pair(0xAF3519, 0xF2937A),
	ColorBadBg:  pair(0xFAE8E3, 0x402019),
	ColorWarn:   pair(0x7D5200, 0xE3B65A),
	ColorWarnBg: pair(0xFAF0DC, 0x382C12),
	ColorInput:  pair(0xFFFFFF, 0x1D2324),
	ColorMute:   pair(0xB4BDBE, 0x5C6769),
	ColorGrid:   pair(0xE9ECEC, 0x262E2F),
	ColorRamp1:  pair(0xCFE3E2, 0x1F4341),
	ColorRamp2:  pair(0x8FC0BE, 0x2E6A67),
	ColorRamp3:  pair(0x4B9694, 0x429692),
	ColorBand:   pair(0xCFE3E2, 0x23494A),
	ColorOrange: same(0xE69F00),
	ColorSky:    same(0x56B4E9),
	ColorGreen:  same(0x009E73),
	ColorYellow: same(0xF0E442),
	ColorBlue:   same(0x0072B2),
	ColorVermil: same(0xD55E00),
	ColorPurple: same(0xCC79A7),

	theme.ColorNameButton:              pair(0xFFFFFF, 0x171C1D),
	theme.ColorNamePressed:             pair(0xE1E5E5, 0x2C3435),
	theme.ColorNameFocus:               pair(0xCFE3E2, 0x23494A),
	theme.ColorNameHyperlink:           pair(0x0B6466, 0x5BC0B9),
	theme.ColorNameOverlayBackground:   pair(0xFFFFFF, 0x1D2324),
	theme.ColorNameScrollBar:           pair(0xBFC7C7, 0x4A5557),
	theme.ColorNameScrollBarBackground: {color.Transparent, color.Transparent},
	theme.ColorNameForegroundOnError:   pair(0xFFFFFF, 0x06201F),
	theme.ColorNameForegroundOnSuccess: pair(0xFFFFFF, 0x06201F),
	theme.ColorNameForegroundOnWarning: pair(0xFFFFFF, 0x06201F),
	theme.ColorNameShadow:              {color.NRGBA{A: 0x30}, color.NRGBA{A: 0x66}},
}
