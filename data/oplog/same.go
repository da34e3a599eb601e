package oplog

import (
	"bytes"
	"encoding/json"
	"slices"
	"strconv"
	"strings"
)

// Same reports whether two values of a cell say the same, however they are
// written: 1 is 1.0, the order of an object's members does not matter, and an
// absent member is as good as null, as is an object of none.
func Same(a, b json.RawMessage) bool {
	if bytes.Equal(a, b) {
		return true
	}
	x, ok := loose(a)
	if !ok {
		return false
	}
	y, ok := loose(b)
	return ok && same(x, y)
}

func loose(raw json.RawMessage) (v any, ok bool) {
	d := json.NewDecoder(bytes.NewReader(raw))
	d.UseNumber()
	return v, d.Decode(&v) == nil
}

func same(a, b any) bool {
	if blank(a) || blank(b) {
		return blank(a) && blank(b)
	}
	switch x := a.(type) {
	case json.Number:
		y, ok := b.(json.Number)
		return ok && (x == y || plain(x.String()) == plain(y.String()))
	case []any:
		y, ok := b.([]any)
		return ok && slices.EqualFunc(x, y, same)
	case map[string]any:
		y, ok := b.(map[string]any)
		return ok && holds(x, y) && holds(y, x)
	}
	return a == b
}

// holds reports whether each member of an object is the same in another one.
func holds(x, y map[string]any) bool {
	for name, v := range x {
		if !same(v, y[name]) {
			return false
		}
	}
	return true
}

// blank reports whether a value says nothing.
func blank(v any) bool {
	switch x := v.(type) {
	case nil:
		return true
	case map[string]any:
		for _, m := range x {
			if !blank(m) {
				return false
			}
		}
		return true
	}
	return false
}

// decimal is a number as its digits, without zeros at either end, and where its
// point stands.
type decimal struct {
	negative bool
	digits   string
	point    int
}

func plain(number string) decimal {
	var d decimal
	text, exponent, _ := strings.Cut(strings.ToLower(number), "e")
	text, d.negative = strings.CutPrefix(text, "-")
	whole, fraction, _ := strings.Cut(text, ".")
	n, err := strconv.Atoi(exponent)
	if err != nil && exponent != "" {
		return decimal{digits: number} // an exponent beyond all numbers: alike only where written alike
	}
	digits := strings.TrimLeft(whole+fraction, "0")
	d.point = n + len(digits) - len(fraction)
	if d.digits = strings.TrimRight(digits, "0"); d.digits == "" {
		return decimal{}
	}
	return d
}
