package chart

import (
	"slices"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/bidi"
)

// Characters that are not seen and say how others are set.
const (
	zwnj        = '\u200c' // what is before and behind does not join
	zwj         = '\u200d' // it does
	leftToRight = '\u200e' // a letter from left to right
	rightToLeft = '\u200f' // and one from right to left
)

// run is a part of a text that is set at once: in Noto Sans, or, where borrowed,
// in other fonts.
type run struct {
	text     string
	borrowed bool
	level    int // 0 as the line runs, 1 from right to left, 2 a number therein
}

// runsOf parts a clean text that Noto Sans has not all letters of and puts the
// parts in the order of sight, in a line from left to right. A space between
// borrowed letters is borrowed too, so that a phrase is joined as one.
func runsOf(s string) []run {
	letters := []rune(s)
	levels := levelsOf(letters)
	var out []run
	for i, r := range letters {
		borrowed := lacks(r)
		if !borrowed && len(out) > 0 && out[len(out)-1].borrowed {
			borrowed = unicode.In(r, unicode.Cf, unicode.Mn) || unicode.IsSpace(r) && lacks(afterSpace(letters[i:]))
		}
		if r == rightToLeft {
			continue // it has had its say
		}
		if n := len(out); n == 0 || out[n-1].borrowed != borrowed || out[n-1].level != levels[i] {
			out = append(out, run{borrowed: borrowed, level: levels[i]})
		}
		out[len(out)-1].text += string(r)
	}
	return ordered(out)
}

// afterSpace is the first letter that is no space.
func afterSpace(letters []rune) rune {
	for _, r := range letters {
		if !unicode.IsSpace(r) {
			return r
		}
	}
	return ' '
}

// ordered turns around what runs from right to left, innermost first. Brackets
// and the like that Noto Sans writes are turned here, borrowed letters where they
// are shaped.
func ordered(runs []run) []run {
	for level := 2; level > 0; level-- {
		for from := 0; from < len(runs); from++ {
			to := from
			for to < len(runs) && runs[to].level >= level {
				to++
			}
			slices.Reverse(runs[from:to])
			from = max(from, to-1)
		}
	}
	for i, r := range runs {
		if r.level == 1 && !r.borrowed {
			runs[i].text = bidi.ReverseString(r.text)
		}
	}
	return runs
}

// fromRight reports whether a letter is of a script from right to left.
func fromRight(r rune) bool {
	p, _ := bidi.LookupRune(r)
	return p.Class() == bidi.R || p.Class() == bidi.AL
}

// fromLeft reports whether a letter is of a script from left to right.
func fromLeft(r rune) bool {
	p, _ := bidi.LookupRune(r)
	return p.Class() == bidi.L
}

// levelsOf says how each letter is embedded in a line from left to right. A text
// with letters from right to left alone runs so as a whole.
func levelsOf(letters []rune) []int {
	levels := make([]int, len(letters))
	if !slices.ContainsFunc(letters, fromRight) {
		return levels
	}
	begin := leftToRight
	alone := !slices.ContainsFunc(letters, fromLeft)
	if alone {
		begin = rightToLeft
	}
	var p bidi.Paragraph
	if _, err := p.SetString(string(begin) + string(letters)); err != nil {
		return levels
	}
	order, err := p.Order()
	if err != nil {
		return levels
	}
	for i := range order.NumRuns() {
		r := order.Run(i)
		from, to := r.Pos()
		for at := max(from-1, 0); at < min(to, len(letters)); at++ {
			switch {
			case r.Direction() == bidi.RightToLeft:
				levels[at] = 1
			case alone:
				levels[at] = 2
			}
		}
	}
	return withNumbers(letters, levels)
}

// withNumbers finds the numbers within what runs from right to left: they lead on
// to its left, themselves from left to right.
func withNumbers(letters []rune, levels []int) []int {
	for i := 1; i < len(letters); i++ {
		if levels[i] == 0 && levels[i-1] > 0 && inNumber(letters[i:]) {
			levels[i] = 2
		}
	}
	return levels
}

// inNumber reports whether letters begin within a number: a digit, its sign, or
// what parts two digits.
func inNumber(letters []rune) bool {
	digit := func(r rune) bool { return unicode.Is(unicode.Nd, r) }
	switch {
	case digit(letters[0]) || letters[0] == '%':
		return true
	case len(letters) > 1 && digit(letters[1]):
		return strings.ContainsRune(".,:/-–+$€£", letters[0])
	}
	return false
}
