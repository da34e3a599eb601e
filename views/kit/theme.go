// Package kit holds the widgets that every screen of Fieldbook is built from:
// the theme, cheap text, layouts, buttons, the table, the loader and the
// status bar. It knows nothing of any screen.
package kit

import (
	"image/color"
	"sync"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"

	"fieldbook/assets"
)

// Sizes shared by every screen, in device-independent pixels.
const (
	SizeBody    float32 = 13
	SizeCaption float32 = 11
	SizeTitle   float32 = 20

	HeightControl float32 = 28
	HeightRow     float32 = 28
	HeightTwoLine float32 = 44
	HeightChip    float32 = 24
	HeightTag     float32 = 18
	HeightBadge   float32 = 16
	HeightStatus  float32 = 24
	HeightTitle   float32 = 48

	GapPanel     float32 = 12
	PadPanel     float32 = 12
	PadPage      float32 = 16
	PadCell      float32 = 8
	RadiusBox    float32 = 4
	RadiusPanel  float32 = 6
	IconSize     float32 = 16
	IconControl  float32 = 14
	sizeHairline float32 = 1
)

// Theme is the look of Fieldbook in its light or its dark form. It ignores
// the system's variant: Dark decides.
type Theme struct{ Dark bool }

var _ fyne.Theme = Theme{}

// Color resolves a token or one of Fyne's own colour names.
func (t Theme) Color(name fyne.ThemeColorName, _ fyne.ThemeVariant) color.Color {
	if p, ok := palette[name]; ok {
		if t.Dark {
			return p.dark
		}
		return p.light
	}
	variant := theme.VariantLight
	if t.Dark {
		variant = theme.VariantDark
	}
	return theme.DefaultTheme().Color(name, variant)
}

// Font serves Noto Sans regular and bold; italics fall back to regular,
// monospace and symbols to Fyne's own.
func (t Theme) Font(style fyne.TextStyle) fyne.Resource {
	switch {
	case style.Monospace, style.Symbol:
		return theme.DefaultTheme().Font(style)
	case style.Bold:
		return fontBold()
	default:
		return fontRegular()
	}
}

// Icon serves Fyne's own icons, which only its dialogs show.
func (t Theme) Icon(name fyne.ThemeIconName) fyne.Resource {
	return theme.DefaultTheme().Icon(name)
}

// Size resolves Fyne's size names to the project's sizes.
func (t Theme) Size(name fyne.ThemeSizeName) float32 {
	if s, ok := themeSizes[name]; ok {
		return s
	}
	return theme.DefaultTheme().Size(name)
}

var (
	fontRegular = sync.OnceValue(func() fyne.Resource {
		return fyne.NewStaticResource("NotoSans-Regular.ttf", assets.FontRegular)
	})
	fontBold = sync.OnceValue(func() fyne.Resource {
		return fyne.NewStaticResource("NotoSans-Bold.ttf", assets.FontBold)
	})
)

var themeSizes = map[fyne.ThemeSizeName]float32{
	theme.SizeNameText:               SizeBody,
	theme.SizeNameCaptionText:        SizeCaption,
	theme.SizeNameHeadingText:        SizeTitle,
	theme.SizeNameSubHeadingText:     SizeBody,
	theme.SizeNamePadding:            4,
	theme.SizeNameInnerPadding:       5,
	theme.SizeNameLineSpacing:        4,
	theme.SizeNameInlineIcon:         IconSize,
	theme.SizeNameScrollBar:          10,
	theme.SizeNameScrollBarSmall:     4,
	theme.SizeNameScrollBarRadius:    2,
	theme.SizeNameSeparatorThickness: sizeHairline,
	theme.SizeNameInputBorder:        sizeHairline,
	theme.SizeNameInputRadius:        RadiusBox,
	theme.SizeNameSelectionRadius:    RadiusBox,
}

// IsDark reports whether the running application shows the dark theme.
func IsDark() bool { return currentTheme().Dark }

// Color resolves a token in the theme the running application shows now.
// Resolve it again in Refresh: Fyne refreshes every shown object when the
// theme is switched.
func Color(token Token) color.Color {
	return currentTheme().Color(token, theme.VariantLight)
}

// currentTheme is the application's theme if it is ours, and else the light one.
func currentTheme() Theme {
	app := fyne.CurrentApp()
	if app == nil {
		return Theme{}
	}
	if t, ok := app.Settings().Theme().(Theme); ok {
		return t
	}
	return Theme{}
}
