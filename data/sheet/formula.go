package sheet

import "strings"

// Text that a spreadsheet would run as a formula is written with an apostrophe
// before it. Text that starts with apostrophes before such a sign gets one
// more, so that taking one away always gives back what was written.

// defuse makes text safe to open in a spreadsheet.
func defuse(text string) string {
	if startsFormula(text) {
		return "'" + text
	}
	return text
}

// undefuse takes back what defuse added.
func undefuse(text string) string {
	if rest, ok := strings.CutPrefix(text, "'"); ok && startsFormula(rest) {
		return rest
	}
	return text
}

// startsFormula reports whether text, apostrophes at its start aside, begins
// as a formula does and is not just a number.
func startsFormula(text string) bool {
	text = strings.TrimLeft(text, "'")
	if text == "" || !strings.ContainsRune("=+-@\t\r\n", rune(text[0])) {
		return false
	}
	return !plainNumber(text)
}

// plainNumber reports whether text is a sign and digits with points and commas
// between digits.
func plainNumber(text string) bool {
	if text[0] != '+' && text[0] != '-' {
		return false
	}
	digit := false
	for _, c := range []byte(text[1:]) {
		switch {
		case c >= '0' && c <= '9':
			digit = true
		case (c == '.' || c == ',') && digit:
			digit = false
		default:
			return false
		}
	}
	return digit
}
