package chart

import (
	"sort"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Fit cuts s with … so that it is at most width wide. It returns nothing where
// not even one letter and the … fit.
func Fit(s string, width, size float64, w Weight) string {
	s = clean(s)
	const tolerance = 0.01
	room := width + tolerance
	if strings.ContainsFunc(s, lacks) {
		return fitBorrowed(s, func(part string) bool { return TextWidth(part, size, w) <= room })
	}
	dots := room - TextWidth("…", size, w)
	used, fits := 0.0, 0
	for i, r := range s {
		if used <= dots {
			fits = i
		}
		used += TextWidth(string(r), size, w)
		if used > room {
			return dotted(s[:fits])
		}
	}
	return s
}

// fitBorrowed cuts a text whose letters join, so that a part is not as wide as
// its letters are by themselves.
func fitBorrowed(s string, fits func(string) bool) string {
	if fits(s) {
		return s
	}
	cuts := clusters(s)
	n := sort.Search(len(cuts), func(i int) bool { return !fits(dotted(s[:cuts[i]])) })
	if n == 0 {
		return ""
	}
	return dotted(s[:cuts[n-1]])
}

// dotted ends a text that was cut, nothing where nothing is left. The dots stand
// where its last letter leads to.
func dotted(s string) string {
	s = strings.TrimRight(s, " ·,")
	if s == "" {
		return ""
	}
	if last, _ := utf8.DecodeLastRuneInString(s); fromRight(last) {
		return s + "…" + string(rightToLeft)
	}
	return s + "…"
}

// clusters are the places where a text may be cut: behind a letter with its marks.
func clusters(s string) []int {
	var out []int
	for i, r := range s {
		if i > 0 && !unicode.In(r, unicode.M, unicode.Cf) {
			out = append(out, i)
		}
	}
	if s != "" {
		out = append(out, len(s))
	}
	return out
}

// Wrap breaks s into lines at most width wide and leaves nothing out: a word
// that is wider goes on in the next line. Chinese and Japanese break between
// letters.
func Wrap(s string, width, size float64, w Weight) []string {
	return wrap(s, func(part string) bool { return TextWidth(part, size, w) <= width })
}

// wrapLabel breaks s into lines of at most width, in which wide words are cut.
func wrapLabel(s string, width, size float64, w Weight) []string {
	words := strings.Fields(clean(s))
	for i, word := range words {
		if !strings.ContainsFunc(word, breaks) {
			words[i] = Fit(word, width, size, w)
		}
	}
	return Wrap(strings.Join(words, " "), width, size, w)
}

func wrap(s string, fits func(string) bool) []string {
	var lines []string
	line := ""
	for _, p := range pieces(clean(s)) {
		next := line + p.text
		if p.spaced && line != "" {
			next = line + " " + p.text
		}
		if line != "" && !fits(next) {
			lines = append(lines, line)
			next = p.text
		}
		for line = next; !fits(line); {
			head := broken(line, fits)
			if head == line {
				break
			}
			lines, line = append(lines, head), line[len(head):]
		}
	}
	if line != "" {
		lines = append(lines, line)
	}
	return lines
}

// broken is as much of the begin of a word as fits, a letter at least.
func broken(word string, fits func(string) bool) string {
	cuts := clusters(word)
	n := sort.Search(len(cuts), func(i int) bool { return !fits(word[:cuts[i]]) })
	return word[:cuts[max(n-1, 0)]]
}

// piece is what a line does not break within, with a space before it or without.
type piece struct {
	text   string
	spaced bool
}

// pieces are the words of a text, in scripts that write none the letters.
func pieces(s string) []piece {
	var out []piece
	for _, word := range strings.Fields(s) {
		from, spaced, before := 0, true, rune(0)
		for i, r := range word {
			if i > from && (breaks(r) || breaks(before)) && !strings.ContainsRune(closers, r) && !strings.ContainsRune(openers, before) {
				out = append(out, piece{word[from:i], spaced})
				from, spaced = i, false
			}
			before = r
		}
		out = append(out, piece{word[from:], spaced})
	}
	return out
}

// What no line begins with, and none ends with.
const (
	closers = "。、，．：；！？）】」』〉》・ー々ぁぃぅぇぉっゃゅょァィゥェォッャュョ"
	openers = "（【「『〈《"
)

// breaks reports whether lines break before and behind a letter.
func breaks(r rune) bool {
	return unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana) || r >= 0x3000 && r <= 0x303f || r >= 0xff00 && r <= 0xff65
}
