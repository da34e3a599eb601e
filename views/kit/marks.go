package kit

import (
	"bytes"
	"fmt"
	"image/color"
)

// Marks stand in for glyphs that Noto Sans lacks. They are used as icons.
const (
	MarkUp    = "mark-up"    // ▲ better, ascending
	MarkDown  = "mark-down"  // ▼ worse, descending
	MarkLeast = "mark-least" // ≥ at least
)

// EnDash stands for a missing figure and, before digits, for a minus sign.
const EnDash = "–"

// Direction names the mark of a change: up, down, or "" for none.
func Direction(change float64) string {
	switch {
	case change > 0:
		return MarkUp
	case change < 0:
		return MarkDown
	default:
		return ""
	}
}

const (
	inkColor  = "#1A2223"
	markOpen  = `<svg xmlns="http://www.w3.org/2000/svg" width="16" height="16" viewBox="0 0 16 16">`
	markClose = `</svg>`
)

// marks is read only.
var marks = map[string]string{
	MarkUp:   markOpen + `<path fill="` + inkColor + `" d="M8 4.5 12.5 11.5H3.5z"/>` + markClose,
	MarkDown: markOpen + `<path fill="` + inkColor + `" d="M8 11.5 3.5 4.5h9z"/>` + markClose,
	MarkLeast: markOpen + `<path fill="none" stroke="` + inkColor + `" stroke-width="1.5" stroke-linecap="round" stroke-linejoin="round"` +
		` d="M4 3.5 12 7 4 10.5M4 13.5h8"/>` + markClose,
}

// recolor replaces the ink that every icon is drawn with.
func recolor(svg []byte, c color.Color) []byte {
	r, g, b, _ := c.RGBA()
	ink := fmt.Appendf(nil, "#%02X%02X%02X", r>>8, g>>8, b>>8)
	svg = bytes.ReplaceAll(svg, []byte(inkColor), ink)
	return bytes.ReplaceAll(svg, []byte("currentColor"), ink)
}
