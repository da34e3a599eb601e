// Package assets holds the files that travel inside the program: icons, the
// application's picture, fonts and the map. It has no logic and imports nothing of
// ours. What is returned is shared: callers do not write to it.
package assets

import "embed"

// Logo is the application's picture as SVG, for use inside the window.
//
//go:embed icon.svg
var Logo []byte

// AppIcon is the application's picture, a PNG of 512 × 512.
//
//go:embed icon.png
var AppIcon []byte

// FontRegular is Noto Sans Regular (TrueType), for body text on screen and on
// paper. It has Latin, Greek and Cyrillic.
//
//go:embed fonts/NotoSans-Regular.ttf
var FontRegular []byte

// FontBold is Noto Sans Bold (TrueType).
//
//go:embed fonts/NotoSans-Bold.ttf
var FontBold []byte

// Atlas is the map of the world: countries, states and provinces, counties
// and postal areas of the United States, cities. Package app/geo reads it.
//
//go:embed geo/atlas.bin
var Atlas []byte

//go:embed icons/*.svg
var icons embed.FS

// Icon returns the SVG of icons/<name>.svg: lines of #1A2223 on a 16 × 16
// grid, without fill. An unknown name returns nil.
func Icon(name string) []byte {
	svg, err := icons.ReadFile("icons/" + name + ".svg")
	if err != nil {
		return nil
	}
	return svg
}
