package sheet

import (
	"bytes"
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"unicode/utf8"
)

// A workbook is XML, which holds no control characters. They stand in it as
// _x001B_, the way spreadsheet programs write them, and a text that looks so
// itself has its underscores written as _x005F_.

const escapeStart = "_x"

var escaped = regexp.MustCompile(`_x(00[01][0-9A-F]|005F|FFF[EF])_`)

func illegalInXML(r rune) bool {
	return r < 0x20 && r != '\t' && r != '\n' && r != '\r' || r == 0xFFFE || r == 0xFFFF
}

// escapeXML writes text so that unescapeXML gives it back; most text stays as
// it is.
func escapeXML(text string) string {
	if strings.IndexFunc(text, illegalInXML) < 0 && (!strings.Contains(text, escapeStart) || !escaped.MatchString(text)) {
		return text
	}
	text = strings.ReplaceAll(text, escapeStart, "_x005F_x")
	var out strings.Builder
	for _, r := range text {
		if illegalInXML(r) {
			fmt.Fprintf(&out, "_x%04X_", r)
		} else {
			out.WriteRune(r)
		}
	}
	return out.String()
}

// unescapeXML takes back what escapeXML did.
func unescapeXML(text string) string {
	return escaped.ReplaceAllStringFunc(text, func(code string) string {
		n, err := strconv.ParseUint(code[2:6], 16, 32)
		if err != nil || n == 0 {
			return code
		}
		return string(rune(n))
	})
}

var officeEscaped = regexp.MustCompile(`_x[0-9A-Fa-f]{4}_`)

// officeText takes back what a spreadsheet program, or the library that writes
// workbooks, escaped in a text, whatever letter it is (ECMA-376 part 1, 22.9.2.19).
func officeText(text []byte) []byte {
	if !bytes.Contains(text, []byte(escapeStart)) {
		return text
	}
	return officeEscaped.ReplaceAllFunc(text, func(code []byte) []byte {
		n, err := strconv.ParseUint(string(code[2:6]), 16, 32)
		if r := rune(n); err == nil && utf8.ValidRune(r) {
			return utf8.AppendRune(nil, r)
		}
		return code
	})
}
