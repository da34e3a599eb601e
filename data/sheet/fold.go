package sheet

import (
	"strings"
	"unicode"

	"golang.org/x/text/cases"
	"golang.org/x/text/unicode/norm"
)

// Fold gives the form under which two spellings of a name are the same: case,
// spaces, punctuation and accents go, so that "GTX Pro", "GTXPro" and
// "gtx-pro" agree. A name without letters or digits keeps its other signs.
// Fold(Fold(x)) is Fold(x).
func Fold(name string) string {
	// Folding case can bring out marks, and decomposing can bring out capitals.
	flat := norm.NFKD.String(cases.Fold().String(norm.NFKD.String(name)))
	flat = cases.Fold().String(flat)
	var folded strings.Builder
	for _, r := range flat {
		switch {
		case bareLetter(r) != "":
			folded.WriteString(bareLetter(r))
		case unicode.IsLetter(r) || unicode.IsDigit(r):
			folded.WriteRune(r)
		}
	}
	if folded.Len() == 0 {
		return norm.NFKD.String(strings.Join(strings.Fields(flat), "")) // marks that stood apart have an order of their own
	}
	return folded.String()
}

// bareLetter gives the plain form of letters that have no accent to take off.
func bareLetter(r rune) string {
	switch r {
	case 'ø':
		return "o"
	case 'ł':
		return "l"
	case 'đ', 'ð':
		return "d"
	case 'ı':
		return "i"
	case 'æ':
		return "ae"
	case 'œ':
		return "oe"
	case 'þ':
		return "th"
	}
	return ""
}
