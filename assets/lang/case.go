package lang

import (
	"strings"
	"unicode/utf8"
)

// Capital writes the first letter of a text as a capital: "ærlig" is "Ærlig".
func Capital(text string) string { return first(text, strings.ToUpper) }

// Small writes the first letter of a text small, as within a sentence.
func Small(text string) string { return first(text, strings.ToLower) }

func first(text string, write func(string) string) string {
	_, n := utf8.DecodeRuneInString(text)
	return write(text[:n]) + text[n:]
}
