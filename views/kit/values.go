package kit

import (
	"errors"
	"strconv"
	"strings"

	"fieldbook/assets/lang"
	"fieldbook/data"
)

// Values are what a form holds, by field key, in one plain form whatever the
// locale: numbers as "1234.5", money as "1234.50 USD", yes or no as "true" or
// "false", days as "2006-01-02", choices and references as the option's key.
// What is empty is "".
type Values map[string]string

// Number gives the decimal number of a field in units of the given decimals:
// "12.5" with two is 1250. Empty is 0.
func (v Values) Number(key string, decimals int) (int64, error) {
	if v[key] == "" {
		return 0, nil
	}
	n, err := data.ParseDecimal(v[key], decimals)
	return n, atField(key, err)
}

// Whole gives a whole number; empty is 0.
func (v Values) Whole(key string) (int64, error) { return v.Number(key, 0) }

// Bool gives a yes or no.
func (v Values) Bool(key string) bool { return v[key] == "true" }

// Day gives a day; empty is NoDay.
func (v Values) Day(key string) (data.Day, error) {
	d, err := data.ParseDay(v[key])
	return d, atField(key, err)
}

// Money gives an amount with its currency; empty is none of no currency.
func (v Values) Money(key string) (data.Money, error) {
	amount, currency, _ := strings.Cut(v[key], " ")
	if amount == "" {
		return data.Money{}, nil
	}
	c := data.Currency(currency)
	minor, err := data.ParseDecimal(amount, c.Digits())
	return data.Money{Minor: minor, Currency: c}, atField(key, err)
}

func atField(key string, err error) error {
	if err == nil {
		return nil
	}
	return data.FieldErrorf(key, "%s", Message(err, err.Error()))
}

// mistakes sorts an error, joined ones included, into sentences by field; what
// belongs to no field is under "".
func mistakes(err error) map[string]string {
	out := map[string]string{}
	var walk func(err error)
	walk = func(err error) {
		if joined, ok := err.(interface{ Unwrap() []error }); ok {
			for _, e := range joined.Unwrap() {
				walk(e)
			}
			return
		}
		field := ""
		var e *data.Error
		if errors.As(err, &e) {
			field = e.Field
		}
		if out[field] == "" {
			out[field] = Message(err, lang.T("This could not be kept. What you typed is still here."))
		}
	}
	if err != nil {
		walk(err)
	}
	return out
}

// plainNumber turns a number as people type it into "1234.5": separators and
// blanks go, "4.8k" and "1.2m" are thousands and millions. Where the decimal
// sign is a comma the full stop separates thousands.
func plainNumber(text string, comma bool) (string, bool) {
	s := strings.ToLower(strings.Join(strings.Fields(strings.ReplaceAll(text, "\u00a0", " ")), ""))
	s = strings.ReplaceAll(strings.ReplaceAll(s, "–", "-"), "\u2212", "-")
	shift := 0
	if cut, ok := strings.CutSuffix(s, "k"); ok {
		s, shift = cut, 3
	} else if cut, ok := strings.CutSuffix(s, "m"); ok {
		s, shift = cut, 6
	}
	whole, frac, ok := splitNumber(s, comma)
	if !ok {
		return "", false
	}
	n, negative := strings.CutPrefix(whole, "-")
	for ; shift > 0; shift-- {
		if frac == "" {
			frac = "0"
		}
		n, frac = n+frac[:1], frac[1:]
	}
	n = strings.TrimLeft(n, "0")
	if n == "" {
		n = "0"
	}
	if frac = strings.TrimRight(frac, "0"); frac != "" {
		n += "." + frac
	}
	if negative && n != "0" {
		n = "-" + n
	}
	return n, true
}

// splitNumber cuts a number at its decimal sign and takes the separators of
// thousands out, which must stand between groups of three; whole keeps its sign.
func splitNumber(s string, comma bool) (whole, frac string, ok bool) {
	point, thousands := ".", ","
	if comma {
		point, thousands = ",", "."
	}
	whole, frac, _ = strings.Cut(s, point)
	groups := strings.Split(strings.TrimPrefix(whole, "-"), thousands)
	for i, g := range groups {
		if !digits(g) || i > 0 && len(g) != 3 || g == "" && (len(groups) > 1 || frac == "") {
			return "", "", false
		}
	}
	return strings.ReplaceAll(whole, thousands, ""), frac, digits(frac)
}

// Thousands writes a count that is not below zero with its thousands apart.
func Thousands(n int) string {
	text := strconv.Itoa(n)
	for i := len(text) - 3; i > 0; i -= 3 {
		text = text[:i] + "," + text[i:]
	}
	return text
}

func digits(s string) bool {
	return strings.IndexFunc(s, func(r rune) bool { return r < '0' || r > '9' }) < 0
}

// localNumber writes a plain number with the decimal sign of the locale.
func localNumber(plain string, comma bool) string {
	if comma {
		return strings.ReplaceAll(plain, ".", ",")
	}
	return plain
}

// boolValue is a yes or no as a value.
func boolValue(on bool) string { return strconv.FormatBool(on) }
