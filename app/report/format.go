package report

import (
	"fmt"
	"math"
	"math/big"
	"strconv"
	"strings"

	"fieldbook/data"
)

// minus is the sign of a negative for people: Noto Sans has no U+2212.
const minus = "–"

// notAvailable stands where a denominator is 0.
const notAvailable = "n/a"

// Numbers formats values for people in one currency and locale. Symbol stands
// before a short amount ("$330K"); where it is empty the ISO code does
// ("NOK 330K"). The zero value formats plain English numbers.
type Numbers struct {
	Currency data.Currency
	Symbol   string
	Locale   Locale
}

// Locale says how numbers and days are written. Empty fields take English.
type Locale struct {
	Group    string // between thousands: ","
	Decimal  string // before decimals: "."
	Months   []string
	DayFirst bool // "17 Nov 2017" instead of "Nov 17, 2017"
}

// English is the locale of a Numbers that names none.
func English() Locale {
	return Locale{
		Group: ",", Decimal: ".",
		Months: []string{"Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"},
	}
}

func (l Locale) filled() Locale {
	en := English()
	if l.Group == "" {
		l.Group = en.Group
	}
	if l.Decimal == "" {
		l.Decimal = en.Decimal
	}
	if len(l.Months) != 12 {
		l.Months = en.Months
	}
	return l
}

// Exact writes minor units as a table does: "330,113", with the currency's
// decimals only where the amount has any ("330,113.50").
func (n Numbers) Exact(minor int64) string {
	digits := n.Currency.Digits()
	whole, frac, _ := strings.Cut(strings.TrimPrefix(data.DecimalString(minor, digits), "-"), ".")
	l := n.Locale.filled()
	s := group(whole, l.Group)
	if strings.Trim(frac, "0") != "" {
		s += l.Decimal + frac
	}
	if minor < 0 {
		return minus + s
	}
	return s
}

// Whole writes minor units rounded to major units, half away from zero, for
// columns that show no decimals.
func (n Numbers) Whole(minor int64) string {
	unit := n.Currency.Unit()
	q, r := minor/unit, minor%unit
	if 2*abs(r) >= unit {
		q += int64(sign(r))
	}
	if q < 0 {
		return minus + n.digits(-q)
	}
	return n.digits(q)
}

// Money writes the exact amount with its symbol: "$3,023.50".
func (n Numbers) Money(minor int64) string { return n.withSymbol(n.Exact(minor)) }

// Short writes an amount as a card does: below 10,000 whole, above it three
// digits and K, M, B or T: "$3,023", "$77.1K", "$1.24M".
func (n Numbers) Short(minor int64) string {
	if abs(minor)/10_000 < n.Currency.Unit() {
		return n.withSymbol(n.Whole(minor))
	}
	return n.withSymbol(n.short(float64(minor)/float64(n.Currency.Unit()), false))
}

// Axis formats amounts in major units for grid lines: "$200K", "$1.5M", "0".
func (n Numbers) Axis() Format {
	return func(v float64) string {
		if v == 0 {
			return "0"
		}
		return n.withSymbol(n.short(v, true))
	}
}

// Percent writes a share as a whole percentage: 0.47 is "47%". A share that is
// not a number is "n/a".
func (n Numbers) Percent(share float64) string {
	if math.IsNaN(share) || math.IsInf(share*100, 0) {
		return notAvailable
	}
	return n.Number(share*100, 0) + "%"
}

// Ratio writes a share over its counts: "109 of 233".
func (n Numbers) Ratio(part, whole int) string { return n.Count(part) + " of " + n.Count(whole) }

// Times writes a multiple with one decimal: 2 is "2.0×".
func (n Numbers) Times(v float64) string {
	if math.IsNaN(v) || math.IsInf(v, 0) {
		return notAvailable
	}
	return n.Number(v, 1) + "×"
}

// Count writes a count with separators: "1,234".
func (n Numbers) Count(c int) string {
	if c < 0 {
		return minus + n.digits(-int64(c))
	}
	return n.digits(int64(c))
}

// Number writes v with the given decimals, rounded half away from zero.
func (n Numbers) Number(v float64, decimals int) string {
	if math.IsNaN(v) || math.IsInf(v, 0) {
		return notAvailable
	}
	p := math.Pow(10, float64(decimals))
	if r := math.Round(v * p); !math.IsInf(r, 0) {
		v = r / p
	}
	l := n.Locale.filled()
	whole, frac, _ := strings.Cut(strconv.FormatFloat(math.Abs(v), 'f', decimals, 64), ".")
	s := group(whole, l.Group)
	if frac != "" {
		s += l.Decimal + frac
	}
	if v < 0 {
		return minus + s
	}
	return s
}

// Day writes a day without its year: "Nov 17".
func (n Numbers) Day(d data.Day) string {
	if d == data.NoDay {
		return ""
	}
	l := n.Locale.filled()
	_, m, day := d.Date()
	if l.DayFirst {
		return fmt.Sprintf("%d %s", day, l.Months[m-1])
	}
	return fmt.Sprintf("%s %d", l.Months[m-1], day)
}

// DayYear writes a day with its year: "Nov 17, 2017".
func (n Numbers) DayYear(d data.Day) string {
	if d == data.NoDay {
		return ""
	}
	y, _, _ := d.Date()
	if n.Locale.DayFirst {
		return fmt.Sprintf("%s %d", n.Day(d), y)
	}
	return fmt.Sprintf("%s, %d", n.Day(d), y)
}

// short writes three significant digits and a letter; trim drops zero
// decimals, as an axis wants it.
func (n Numbers) short(v float64, trim bool) string {
	a, letter := math.Abs(v), ""
	for _, step := range []string{"K", "M", "B", "T"} {
		if round3(a) < 1000 {
			break
		}
		a, letter = a/1000, step
	}
	if a >= 1e6 || a > 0 && a < 1e-6 {
		return strings.ReplaceAll(strconv.FormatFloat(v, 'g', 3, 64), "-", minus)
	}
	a = round3(a)
	decimals := 0
	if a > 0 && (letter != "" || trim) {
		decimals = max(0, 2-int(math.Floor(math.Log10(a))))
	}
	s := strconv.FormatFloat(a, 'f', decimals, 64)
	if trim && decimals > 0 {
		s = strings.TrimRight(strings.TrimRight(s, "0"), ".")
	}
	l := n.Locale.filled()
	whole, frac, _ := strings.Cut(s, ".")
	s = group(whole, l.Group)
	if frac != "" {
		s += l.Decimal + frac
	}
	if v < 0 {
		s = minus + s
	}
	return s + letter
}

// round3 rounds to three significant digits; from 1000 on to whole numbers.
func round3(v float64) float64 {
	if v == 0 || math.IsInf(v, 0) || math.IsNaN(v) {
		return v
	}
	p := math.Pow(10, max(0, 2-math.Floor(math.Log10(v))))
	return math.Round(v*p) / p
}

func (n Numbers) withSymbol(s string) string {
	symbol := n.Symbol
	if symbol == "" && n.Currency != "" {
		symbol = string(n.Currency) + "\u00a0"
	}
	if rest, negative := strings.CutPrefix(s, minus); negative {
		return minus + symbol + rest
	}
	return symbol + s
}

func (n Numbers) digits(v int64) string {
	return group(new(big.Int).SetInt64(v).Text(10), n.Locale.filled().Group)
}

// group puts sep between groups of three digits.
func group(digits, sep string) string {
	for i := len(digits) - 3; i > 0; i -= 3 {
		digits = digits[:i] + sep + digits[i:]
	}
	return digits
}

// abs is |v|, and the largest int64 for the smallest.
func abs(v int64) int64 {
	if v == math.MinInt64 {
		return math.MaxInt64
	}
	return max(v, -v)
}

func sign(v int64) int {
	if v < 0 {
		return -1
	}
	return 1
}

// major is an amount of minor units in whole ones, as charts are drawn from.
func (n Numbers) major(minor int64) float64 {
	return float64(minor) / float64(n.Currency.Unit())
}
