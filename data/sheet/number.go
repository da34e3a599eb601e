package sheet

import (
	"fmt"
	"math"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// DecimalMark is the sign before the decimals.
type DecimalMark byte

// The decimal marks.
const (
	AnyMark DecimalMark = 0 // only what can be read in one way
	Point   DecimalMark = '.'
	Comma   DecimalMark = ','
)

// decimal is a number as written: digits with the point before the last scale
// of them, times ten to exponent.
type decimal struct {
	negative bool
	digits   string // without leading zeros; "" for nought
	scale    int    // decimals among digits; may be negative after an exponent
	percent  bool
	words    string // currency signs and letters around it

	thousands int // how many times three noughts a word such as k or Mio. adds
}

// dashDecimals is a dash in the place of decimals: 70,- and CHF 70.--.
var dashDecimals = regexp.MustCompile(`(\d)[.,]\s?-{1,2}(?:$|\s)`)

// multiples are words behind a number that multiply it by a thousand or more.
var multiples = map[string]int{"k": 1, "tsd": 1, "mil": 1, "m": 2, "mm": 2, "mio": 2, "mln": 2, "million": 2, "millions": 2, "b": 3, "bn": 3, "mrd": 3, "billion": 3}

// cutMultiple takes such a word off the last of the words around a number.
func cutMultiple(words []string) (rest []string, thousands int) {
	for i, w := range words {
		if n, ok := multiples[strings.ToLower(strings.Trim(w, "."))]; ok {
			return slices.Delete(slices.Clone(words), i, i+1), n
		}
	}
	return words, 0
}

// ParseNumber reads a number as people write it: 1,234.56, 1.234,56, 1 234,56,
// 1'234, 12,34,567, (70), 70-, 12.5 % (which is 0.125), 1.5E+3. Under AnyMark
// a value such as 3,100 gives an *AmbiguousError. Other errors say what is
// wrong with the value.
func ParseNumber(text string, mark DecimalMark) (float64, error) {
	d, err := parseDecimal(text, mark)
	if err != nil {
		return 0, err
	}
	if d.words != "" {
		return 0, numberError(text, fmt.Sprintf("is not a number: it holds %q", d.words))
	}
	if d.percent {
		d.scale += 2
	}
	n, err := strconv.ParseFloat(d.digits+"e"+strconv.Itoa(-d.scale), 64)
	if d.digits == "" {
		n, err = 0, nil
	}
	if err != nil || math.IsInf(n, 0) {
		return 0, numberError(text, "is too large")
	}
	if d.negative && n != 0 {
		n = -n
	}
	return n, nil
}

func numberError(text, why string) error {
	return fmt.Errorf("%q %s", excerpt([]byte(text)), why)
}

// parseDecimal reads a number with whatever currency stands around it.
func parseDecimal(text string, mark DecimalMark) (decimal, error) {
	body, d, err := unwrapNumber(text)
	if err != nil {
		return d, err
	}
	body, exponent, err := cutExponent(text, body)
	if err != nil {
		return d, err
	}
	whole, frac, err := splitNumber(text, body, mark)
	if err != nil {
		return d, err
	}
	d.scale = len(frac) - exponent - 3*d.thousands
	d.digits = strings.TrimLeft(whole+frac, "0")
	return d, nil
}

// unwrapNumber takes sign, brackets, percent sign and words off; what is left
// starts and ends with a digit or a separator.
func unwrapNumber(text string) (body string, d decimal, err error) {
	body = strings.TrimSpace(dashDecimals.ReplaceAllString(strings.TrimSpace(tidyNumber(text)), "$1"))
	if len(body) > 100 {
		return "", d, numberError(text, "is too long for a number")
	}
	if inner, ok := strings.CutPrefix(body, "("); ok {
		if inner, ok = strings.CutSuffix(inner, ")"); !ok {
			return "", d, numberError(text, "opens a bracket and does not close it")
		}
		d.negative, body = true, strings.TrimSpace(inner)
	}
	first, last := numberSpan(body)
	if first < 0 {
		return "", d, numberError(text, "is not a number")
	}
	around := body[:first] + "\x00" + body[last:]
	signs := strings.Count(around, "-")
	if signs+strings.Count(around, "+") > 1 || (signs > 0 && d.negative) {
		return "", d, numberError(text, "has more than one sign")
	}
	d.negative = d.negative || signs == 1
	if n := strings.Count(around, "%"); n > 1 {
		return "", d, numberError(text, "has more than one percent sign")
	} else if n == 1 {
		d.percent = true
	}
	words := strings.Fields(strings.NewReplacer("-", " ", "+", " ", "%", " ", "\x00", " ").Replace(around))
	words, d.thousands = cutMultiple(words)
	d.words = strings.Join(words, " ")
	return body[first:last], d, nil
}

// numberSpan finds the digits of body with the points and commas around them;
// first is -1 where there are none.
func numberSpan(body string) (first, last int) {
	const digits, marks = "0123456789", ".,"
	first = strings.IndexAny(body, digits)
	if first < 0 {
		return -1, -1
	}
	last = strings.LastIndexAny(body, digits) + 1
	return len(strings.TrimRight(body[:first], marks)), len(body) - len(strings.TrimLeft(body[last:], marks))
}

// tidyNumber replaces the many blanks, minus signs and apostrophes of printed
// numbers by the plain ones.
func tidyNumber(text string) string {
	return strings.NewReplacer("\u00a0", " ", "\u202f", " ", "\u2009", " ", "\u2007", " ", "\u2212", "-", "\u2013", "-", "’", "'", "\u200e", "", "\u200f", "").Replace(text)
}

// cutExponent takes E+3 off the end.
func cutExponent(text, body string) (rest string, exponent int, err error) {
	i := strings.IndexAny(body, "eE")
	if i < 0 {
		return body, 0, nil
	}
	exponent, err = strconv.Atoi(body[i+1:])
	if err != nil || exponent > 400 || exponent < -400 {
		return "", 0, numberError(text, "is not a number, or too large for one")
	}
	return body[:i], exponent, nil
}

// splitNumber cuts a number without sign at its decimal mark and drops the
// separators of thousands, which must stand where they belong.
func splitNumber(text, body string, mark DecimalMark) (whole, frac string, err error) {
	if i := strings.IndexFunc(body, func(r rune) bool { return !strings.ContainsRune("0123456789., '", r) }); i >= 0 {
		return "", "", numberError(text, "is not a number")
	}
	if mark == AnyMark {
		if mark, err = guessMark(text, body); err != nil {
			return "", "", err
		}
	}
	whole, frac, _ = strings.Cut(body, string(rune(mark)))
	if strings.Trim(frac, "0123456789") != "" {
		return "", "", numberError(text, fmt.Sprintf("has something else than digits behind the decimal mark %q", string(rune(mark))))
	}
	whole, ok := joinGroups(whole)
	if !ok {
		return "", "", numberError(text, fmt.Sprintf("has separators that stand elsewhere than between thousands (decimal mark %q)", string(rune(mark))))
	}
	return whole, frac, nil
}

// guessMark finds the decimal mark of a single number.
func guessMark(text, body string) (DecimalMark, error) {
	points, commas := strings.Count(body, "."), strings.Count(body, ",")
	switch {
	case points > 0 && commas > 0:
		if strings.LastIndexByte(body, '.') > strings.LastIndexByte(body, ',') {
			return Point, nil
		}
		return Comma, nil
	case points > 1:
		return Comma, nil
	case commas > 1 || points+commas == 0:
		return Point, nil
	}
	used, other := Point, Comma
	if commas == 1 {
		used, other = Comma, Point
	}
	before, after, _ := strings.Cut(body, string(rune(used)))
	if _, grouped := joinGroups(before + string(rune(used)) + after); !grouped || strings.ContainsAny(before, " '") {
		return used, nil
	}
	return other, &AmbiguousError{fmt.Sprintf("%q can be thousands or decimals; say which sign stands before the decimals", text)}
}

// joinGroups drops the separators between groups of digits. Groups are of
// three digits, or of two with three at the end (lakh and crore); the first
// may be shorter and is not nought; all separators are alike.
func joinGroups(whole string) (digits string, ok bool) {
	i := strings.IndexAny(whole, "., '")
	if i < 0 {
		return whole, true
	}
	groups := strings.Split(whole, whole[i:i+1])
	last := len(groups) - 1
	if len(groups[last]) != 3 || groups[0] == "" || strings.HasPrefix(groups[0], "0") {
		return "", false
	}
	size := 3
	if last > 1 {
		size = len(groups[1])
	}
	for j, g := range groups {
		middle := j > 0 && j < last && len(g) != size
		if middle || (size != 3 && size != 2) || (j == 0 && len(g) > size) || strings.Trim(g, "0123456789") != "" {
			return "", false
		}
	}
	return strings.Join(groups, ""), true
}
