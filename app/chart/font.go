package chart

import (
	"strings"
	"sync"
	"unicode"

	"fieldbook/assets"

	"github.com/golang/freetype/truetype"
	"golang.org/x/image/math/fixed"
)

// Weight is a weight of Noto Sans.
type Weight int

// The two weights there are.
const (
	Regular Weight = iota
	Bold
)

// fonts parses the embedded fonts once. They are part of the program, so one
// that does not parse is a broken build.
var fonts = sync.OnceValue(func() [2]*Font {
	return [2]*Font{parse(assets.FontRegular), parse(assets.FontBold)}
})

func parse(ttf []byte) *Font {
	f, err := truetype.Parse(ttf)
	if err != nil {
		panic("chart: embedded font: " + err.Error())
	}
	return f
}

// FontFor returns the parsed font that renderers are given for a weight.
func FontFor(w Weight) *Font { return fonts()[w] }

// TextWidth is the advance width of s in the unit of size, the same for every
// output.
func TextWidth(s string, size float64, w Weight) float64 {
	f := FontFor(w)
	em := fixed.Int26_6(f.FUnitsPerEm())
	sum := 0
	for _, r := range s {
		if lacks(r) {
			return borrowedWidth(s, size, w)
		}
		sum += int(f.HMetric(em, f.Index(r)).AdvanceWidth)
	}
	return float64(sum) * size / float64(em)
}

// borrowedWidth is the width of a text that Noto Sans has not all letters of.
func borrowedWidth(s string, size float64, w Weight) float64 {
	sum := 0.0
	for _, r := range runsOf(s) {
		if r.borrowed {
			sum += shape(r.text).width * size
		} else {
			sum += TextWidth(r.text, size, w)
		}
	}
	return sum
}

// Fit cuts s with … so that it is at most width wide. It returns nothing where
// not even one letter and the … fit.
func Fit(s string, width, size float64, w Weight) string {
	s = clean(s)
	const tolerance = 0.01
	room := width + tolerance
	dots := room - TextWidth("…", size, w)
	used, fits := 0.0, 0
	for i, r := range s {
		if used <= dots {
			fits = i
		}
		used += TextWidth(string(r), size, w)
		if used > room {
			if cut := strings.TrimRight(s[:fits], " ·,"); cut != "" {
				return cut + "…"
			}
			return ""
		}
	}
	return s
}

// Wrap breaks s into lines at most width wide. A word that is wider is cut.
func Wrap(s string, width, size float64, w Weight) []string {
	var lines []string
	line := ""
	for _, word := range strings.Fields(clean(s)) {
		next := word
		if line != "" {
			next = line + " " + word
		}
		if line != "" && TextWidth(next, size, w) > width {
			lines = append(lines, line)
			next = word
		}
		line = Fit(next, width, size, w)
	}
	if line != "" {
		lines = append(lines, line)
	}
	return lines
}

// clean makes s safe to draw on one line: a minus becomes an en dash, control
// characters spaces, and letters that neither Noto Sans nor a font of this
// computer has one "…" together, so that nobody sees boxes.
func clean(s string) string {
	if !strings.ContainsFunc(s, unclean) {
		return s
	}
	dots := false // the letter before was replaced
	out := strings.Map(func(r rune) rune {
		was := dots
		dots = false
		switch {
		case r == '\u2212':
			return '–'
		case unicode.IsControl(r):
			return ' '
		case r == '\u200b', r == '\ufeff':
			dots = was
			return -1
		case !lacks(r) || drawable(r):
			return r
		case unicode.In(r, unicode.Mn, unicode.Cf, unicode.Me):
			dots = was
			return -1
		}
		dots = true
		if was {
			return -1
		}
		return '…'
	}, s)
	for strings.Contains(out, "… …") {
		out = strings.ReplaceAll(out, "… …", "…") // says as much
	}
	return out
}

func unclean(r rune) bool {
	return r == '\u2212' || r == '\u200b' || r == '\ufeff' || unicode.IsControl(r) || lacks(r)
}
