package chart

import (
	"strings"
	"sync"
	"unicode"

	"fieldbook/assets"

	"github.com/golang/freetype/truetype"
	"golang.org/x/image/math/fixed"
	"golang.org/x/text/unicode/norm"
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

// clean makes s safe to draw on one line: a minus becomes an en dash, control
// characters spaces, letters and their accents one, and letters that neither
// Noto Sans nor a font of this computer has one "…" together, so that nobody
// sees boxes. Characters that only say how others are set stay where those are
// of a script that heeds them.
func clean(s string) string {
	if !strings.ContainsFunc(s, unclean) {
		return s
	}
	dots, borrowed := false, false // what became of the letter before
	out := strings.Map(func(r rune) rune {
		if unicode.In(r, unicode.Cf, unicode.Variation_Selector) {
			if borrowed && joins(r) {
				return r
			}
			return -1
		}
		was := dots
		dots = false
		switch {
		case r == '\u2212':
			r = '–'
		case unicode.IsControl(r):
			r = ' '
		case !lacks(r):
		case drawable(r):
			borrowed = true
			return r
		case unicode.In(r, unicode.Mn, unicode.Me):
			dots = was
			return -1
		default:
			dots = true
			if was {
				return -1
			}
			r = '…'
		}
		borrowed = borrowed && r == '…' // what ends a name that was cut
		return r
	}, norm.NFC.String(s))
	for strings.Contains(out, "… …") {
		out = strings.ReplaceAll(out, "… …", "…") // says as much
	}
	return out
}

// joins reports whether a character says how its neighbours are joined, or, as
// Fit writes it, on which side what follows stands.
func joins(r rune) bool { return r == zwnj || r == zwj || r == rightToLeft }

func unclean(r rune) bool {
	return r == '\u2212' || unicode.IsControl(r) || unicode.In(r, unicode.Cf, unicode.M) || lacks(r)
}
